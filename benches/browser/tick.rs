//! One tick of a checklist step, from the act to saved.

use crate::harness::find::{Finds as _, Name};
use crate::harness::page::Page;
use crate::import::marks;
use crate::median;

/// How many steps are ticked; one more before warms the page up.
pub const TIMES: usize = 15;

/// Opens an incident and ticks steps. Returns the time from the act to saved, in milliseconds.
pub fn measure(page: &Page) -> f64 {
    page.link(Name::Has("made-up incident 0001".to_owned())).click();
    page.wait_until("the incident is open", |page| page.route().starts_with("#/incidents/"));
    let mut times = Vec::new();
    for number in 0..=TIMES {
        let before = marks(page, "firsthour:saved");
        page.checkbox(Name::Any).number(number).click();
        page.wait_until("the tick is saved", |page| marks(page, "firsthour:saved") > before);
        let time = page.evaluate(
            "const at = name => performance.getEntriesByName(name).at(-1).startTime;
             return at('firsthour:saved') - at('firsthour:act')",
        );
        times.push(time.as_f64().unwrap_or(f64::NAN));
    }
    times.remove(0);
    median(times)
}
