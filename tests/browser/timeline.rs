//! The timeline: an event is written down by hand, corrected, removed and brought back, with what its time says of its zone;
//! a file of Timesketch opens as one.

use firsthour::words::Words;

use crate::harness::checks::accessible;
use crate::harness::find::{Finds as _, has};
use crate::harness::page::Page;
use crate::harness::visit::{Test, test};
use crate::steps::{en, import_text, take_the_guided_incident};

pub fn tests() -> Vec<Test> {
    vec![
        test("timeline::an_event_is_written_down_corrected_and_removed", by_hand),
        test("timeline::a_timesketch_file_opens_as_a_timeline", from_a_file),
        test("timeline::is_accessible", looks),
        test("timeline::is_accessible_on_a_narrow_screen_in_the_dark", looks).narrow().dark(),
        test("pictures::timeline-wide-light", |page| pictures(page, "wide-light")).only_when_asked(),
        test("pictures::timeline-narrow-dark", |page| pictures(page, "narrow-dark"))
            .narrow()
            .dark()
            .only_when_asked(),
    ]
}

/// Takes the guided incident and opens its timeline. Returns the timeline's address.
#[track_caller]
fn open_timeline(page: &Page) -> String {
    page.open("#/incidents");
    take_the_guided_incident(page);
    let address = format!("{}/timeline", page.route());
    page.open(&address);
    address
}

/// Writes an event down whose time says no zone, and leaves it so.
#[track_caller]
fn write_down(page: &Page, words: &Words, what: &str) {
    let texts = &words.timeline;
    page.button(texts.add).number(0).click();
    let dialog = page.dialog(texts.add);
    dialog.wait();
    dialog.field(has("When")).fill("2026-03-02 08:15:30");
    dialog.combobox(texts.zone).choose(texts.zone_missing);
    dialog.field(has("What happened")).fill(what);
    dialog.button(texts.add).click();
    dialog.wait_gone();
}

fn by_hand(page: &Page) {
    let words = en();
    let texts = &words.timeline;
    let address = open_timeline(page);

    // Nothing is saved without a time and words for what happened.
    page.button(texts.add).number(0).click();
    let dialog = page.dialog(texts.add);
    dialog.button(texts.add).click();
    page.sees(texts.time_unreadable);
    page.sees(texts.message_missing);
    dialog.button(words.parts.cancel).click();
    dialog.wait_gone();

    write_down(page, words, "Mia called the helpdesk");
    page.sees("2026-03-02 08:15:30");
    page.sees(texts.zone_missing);

    // Said in which zone it was, it is marked no longer; what was written stays the same moment.
    page.link("Mia called the helpdesk").click();
    let event = page.dialog(texts.event);
    event.button(words.incident.edit).click();
    event.combobox(texts.zone).choose("UTC");
    event.field(has("Told by")).fill("Helpdesk");
    event.button(words.incident.save).click();
    page.sees("Helpdesk");
    page.sees_no_more(texts.zone_missing);

    event.button(texts.remove).click();
    event.wait_gone();
    page.sees(&(texts.removed)("Mia called the helpdesk"));
    page.button(words.parts.undo).click();
    page.link("Mia called the helpdesk").wait();
    page.is_saved();
    page.open(&address);
    page.reload();
    page.link("Mia called the helpdesk").wait();
}

fn from_a_file(page: &Page) {
    page.open("#/incidents");
    let csv = "message,timestamp,datetime,timestamp_desc,hostname\n\
        Service installed,1437764461123456,2015-07-24T19:01:01+00:00,Creation Time,pc7\n\
        Prefetch written,,2015-07-24T19:05:00+00:00,Write time,pc7\n";
    import_text(page, "timeline.csv", csv);
    page.heading("Timesketch").wait();
    let incident = page.route();
    page.open(&format!("{incident}/timeline"));
    page.link("Service installed").wait();
    page.link("Prefetch written").click();
    page.sees("pc7");
}

fn looks(page: &Page) {
    let words = en();
    open_timeline(page);
    write_down(page, words, "Mia called the helpdesk");
    accessible(page, "the timeline");
    page.link("Mia called the helpdesk").click();
    page.dialog(words.timeline.event).wait();
    accessible(page, "an event");
    page.dialog(words.timeline.event).button(words.incident.edit).click();
    page.field(has("What happened")).wait();
    accessible(page, "the form of an event");
}

fn pictures(page: &Page, name: &str) {
    let words = en();
    open_timeline(page);
    write_down(page, words, "Mia called the helpdesk: her mailbox sends mail that she did not write");
    let shot = |what: &str| {
        page.screenshot(&format!("timeline-{what}-{name}")).unwrap_or_else(|error| panic!("{error}"));
    };
    shot("list");
    page.link(has("Mia called")).click();
    page.dialog(words.timeline.event).wait();
    shot("event");
    page.dialog(words.timeline.event).button(words.incident.edit).click();
    page.field(has("What happened")).wait();
    shot("form");
}
