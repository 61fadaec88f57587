//! Evidence items: added by file and by hand, handed over, checked and withdrawn; all of it in the report, and there again
//! after a reload.

use std::fmt::Write as _;

use firsthour::model::EvidenceKind;
use firsthour::words::{Lang, Words};
use sha2::{Digest as _, Sha256};

use crate::harness::checks::{accessible, fits};
use crate::harness::find::{Finds as _, Target, has};
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::main_job::tab_to;
use crate::steps::en;

/// The SHA-256 of `abc`: the example of FIPS 180-4.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// Larger than any piece that is read at once, and no multiple of one.
const LARGE: usize = 30_000_001;

/// More bytes than a number of 32 bits counts.
const HUGE: u64 = 6_000_000_000;

pub fn tests() -> Vec<Test> {
    vec![
        test("evidence::a_file_is_recorded_handed_over_checked_and_reported", whole_chain),
        test("evidence::from_disk", whole_chain).at(Place::SingleFile),
        test("evidence::a_large_file_is_hashed_in_pieces", large_file),
        test("evidence::by_hand_with_the_keyboard_alone", by_keyboard),
        test("evidence::a_step_is_about_an_item", in_a_step),
        test("evidence::is_accessible_in_light_colours", looks),
        test("evidence::is_accessible_in_dark_colours", looks).dark(),
        test("evidence::is_accessible_on_a_narrow_screen", looks).narrow(),
        test("evidence::is_accessible_in_dutch", looks).reading("nl-NL,nl"),
        test("pictures::evidence-wide-light", |page| pictures(page, "wide-light")).only_when_asked(),
        test("pictures::evidence-narrow-dark", |page| pictures(page, "narrow-dark"))
            .narrow()
            .dark()
            .only_when_asked(),
    ]
}

/// Takes the guided incident and opens its evidence items. Returns the incident's address.
#[track_caller]
fn open_evidence(page: &Page, words: &Words) -> String {
    page.open("#/incidents");
    page.button(words.incidents.guided).click();
    page.wait_until("the guided incident is open", |page| page.route().starts_with("#/incidents/"));
    let incident = page.route();
    page.open(&format!("{incident}/evidence"));
    page.sees(words.evidence.none);
    incident
}

/// Adds a file as evidence and leaves the list on screen.
#[track_caller]
fn add_file(page: &Page, words: &Words, name: &str, bytes: &[u8], hash: &str) {
    let texts = &words.evidence;
    page.button(texts.add).number(0).click();
    let dialog = page.dialog(texts.add);
    dialog.wait();
    page.drop_bytes(name, bytes);
    page.sees(hash);
    dialog.field(texts.kept_at).fill("Safe 2");
    dialog.button(&(texts.add_these)(1)).click();
    dialog.wait_gone();
}

#[track_caller]
fn open_item<'a>(page: &'a Page, title: &str) -> Target<'a> {
    page.link(title).click();
    let dialog = page.dialog(title);
    dialog.wait();
    dialog
}

fn whole_chain(page: &Page) {
    let words = en();
    let texts = &words.evidence;
    let incident = open_evidence(page, words);
    add_file(page, words, "Security.evtx", b"abc", ABC);
    page.sees("E-01 Security.evtx");
    page.sees(&words.vocabulary.evidence_kind(&EvidenceKind::Log));

    let item = open_item(page, "E-01 Security.evtx");
    item.button(texts.hand_over).click();
    let form = item.region(texts.hand_over);
    form.button(texts.record).click();
    page.sees(texts.reason_missing);
    form.combobox(texts.received_by).fill("Bob");
    form.field(texts.why).fill("For analysis");
    form.button(texts.record).click();
    form.wait_gone();
    page.sees("handed the item over to “Bob”: For analysis");

    // Another file is told from the right one, and both checks are entries.
    item.button(texts.check_hash).click();
    item.region(texts.check_hash).wait();
    page.drop_bytes("Security.evtx", b"abd");
    page.sees(texts.differs);
    page.drop_bytes("Security.evtx", b"abc");
    page.sees(texts.matches);
    page.sees("checked the item and its hash does not match");
    page.sees("checked the item and its hash matches");
    item.region(texts.check_hash).button(words.parts.close).click();
    // It was no import, whatever was dropped.
    assert!(
        !page.dialog(words.import.preview_title).exists()
            && !page.dialog(words.import.refused_title).exists()
    );

    // The last two entries are the checks; the one before is the hand-over.
    item.button(texts.withdraw).number(1).click();
    let form = item.region(texts.withdraw_this);
    form.field(texts.withdraw_why).fill("It went to Bea");
    form.button(texts.withdraw).click();
    form.wait_gone();
    page.sees("It went to Bea");

    page.reload();
    let item = page.dialog("E-01 Security.evtx");
    item.wait();
    page.sees(ABC);
    page.sees("handed the item over to “Bob”: For analysis");
    page.sees("It went to Bea");

    page.open(&format!("{incident}/activity"));
    page.sees("handed evidence item “E-01 Security.evtx” over to “Bob”: For analysis");
    page.open(&format!("{incident}/report"));
    let report = page.download(|page| page.button(words.incident.download_markdown).click()).text();
    for part in [
        &format!("| `{ABC}` |"),
        "### Chain of custody: E-01 Security.evtx",
        "handed the item over to “Bob”: For analysis · Withdrawn by",
        "and its hash does not match",
    ] {
        assert!(report.contains(part), "the report lacks {part}:\n{report}");
    }
    page.open(&format!("{incident}/evidence"));
    let register = page.download(|page| page.button(texts.save_register).click());
    assert!(register.name.ends_with("-evidence.csv"), "{}", register.name);
    assert!(register.text().contains(&format!("\"E-01\",\"Security.evtx\",\"Log\",\"\",\"3\",\"{ABC}\"")));
}

fn large_file(page: &Page) {
    let words = en();
    let bytes: Vec<u8> = (0..LARGE).map(|place| u8::try_from(place % 251).unwrap()).collect();
    let hash = Sha256::digest(&bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let texts = &words.evidence;
    open_evidence(page, words);
    page.button(texts.add).number(0).click();
    let dialog = page.dialog(texts.add);
    dialog.wait();
    // More than a page could ever hold, and longer under way than it takes to stop it: a file full of nothing.
    let huge = page.file_with("disk.dd", b"");
    std::fs::File::options().write(true).open(&huge).unwrap().set_len(HUGE).unwrap();
    page.drop_file(&huge);
    page.sees(&words.amounts.file_size(HUGE));
    dialog.region(texts.files).button(words.parts.cancel).click();
    page.sees_no_more("disk.dd");
    page.drop_bytes("memory.vmem", &bytes);
    page.sees(&hash);
    page.sees(&words.amounts.bytes(LARGE as u64));
}

fn by_keyboard(page: &Page) {
    let words = en();
    let texts = &words.evidence;
    page.open("#/incidents");
    page.button(words.incidents.guided).click();
    page.heading(has("Multi-stage incident")).wait();
    page.press(&["5"]);
    page.wait_until("the tab is open", |page| page.route().ends_with("/evidence"));
    tab_to(page, texts.add);
    page.press(&["Enter"]);
    page.dialog(texts.add).wait();
    tab_to(page, &words.fields.settable("name"));
    page.type_text("Laptop of the CFO");
    tab_to(page, texts.kept_at);
    page.type_text("Safe 2");
    tab_to(page, &(texts.add_these)(0));
    page.press(&["Enter"]);
    page.sees("E-01 Laptop of the CFO");
    tab_to(page, "E-01 Laptop of the CFO");
    page.press(&["Enter"]);
    page.dialog("E-01 Laptop of the CFO").wait();
    tab_to(page, texts.move_it);
    page.press(&["Enter"]);
    tab_to(page, texts.new_place);
    page.type_text("Lab");
    tab_to(page, texts.record);
    page.press(&["Enter"]);
    page.sees("moved the item to “Lab”");
    // What was done can be taken back, which is an entry too.
    page.press(&["Escape"]);
    page.dialog("E-01 Laptop of the CFO").wait_gone();
    page.press(&["Ctrl+z"]);
    page.wait_until("it is in the safe again", |page| {
        page.text().contains("Safe 2") && !page.text().contains("Lab\n")
    });
}

fn in_a_step(page: &Page) {
    let words = en();
    let incident = open_evidence(page, words);
    add_file(page, words, "Security.evtx", b"abc", ABC);
    page.open(&incident);
    page.press(&["g", "c"]);
    page.wait_until("the focus is on a step", |page| page.focused().starts_with("checkbox"));
    page.press(&["Enter"]);
    let checklist = page.region(words.incident.checklist);
    checklist.combobox(words.evidence.link).fill("E-01 Security.evtx");
    page.press(&["Enter"]);
    checklist.link("E-01 Security.evtx").click();
    let item = page.dialog("E-01 Security.evtx");
    item.heading(words.incident.linked_steps).wait();
}

fn looks(page: &Page) {
    page.open("#/incidents");
    let words = Lang::ALL
        .into_iter()
        .map(Lang::words)
        .find(|words| page.button(words.incidents.guided).exists())
        .unwrap();
    let texts = &words.evidence;
    open_evidence(page, words);
    page.button(texts.add).number(0).click();
    page.dialog(texts.add).wait();
    accessible(page, "the dialog that adds");
    page.press(&["Escape"]);
    page.dialog(texts.add).wait_gone();
    add_file(page, words, "Security.evtx", b"abc", ABC);
    accessible(page, "the list of evidence items");
    fits(page, "the list");
    let item = open_item(page, "E-01 Security.evtx");
    accessible(page, "an evidence item");
    item.button(texts.hand_over).click();
    item.region(texts.hand_over).button(texts.record).click();
    page.sees(texts.reason_missing);
    accessible(page, "the form of a hand-over with what is missing");
    item.button(texts.check_hash).click();
    item.region(texts.check_hash).wait();
    page.drop_bytes("Security.evtx", b"abd");
    page.sees(texts.differs);
    accessible(page, "a check that failed");
    item.button(texts.withdraw).number(0).click();
    item.region(texts.withdraw_this).wait();
    accessible(page, "the form of a withdrawal");
}

fn pictures(page: &Page, name: &str) {
    let words = en();
    let texts = &words.evidence;
    open_evidence(page, words);
    add_file(page, words, "Security.evtx", b"abc", ABC);
    add_file(page, words, "FIN-WS-03.E01", b"abc", ABC);
    let take = |what: &str| page.screenshot(&format!("{what}-{name}")).unwrap();
    take("evidence-list");
    let item = open_item(page, "E-01 Security.evtx");
    item.button(texts.hand_over).click();
    let form = item.region(texts.hand_over);
    form.combobox(texts.received_by).fill("Bob");
    form.field(texts.why).fill("For analysis");
    form.button(texts.record).click();
    form.wait_gone();
    item.button(texts.withdraw).number(1).click();
    let form = item.region(texts.withdraw_this);
    form.field(texts.withdraw_why).fill("It went to Bea");
    form.button(texts.withdraw).click();
    form.wait_gone();
    take("evidence-item");
    page.press(&["Escape"]);
    page.button(texts.add).number(0).click();
    page.dialog(texts.add).wait();
    take("evidence-add");
}
