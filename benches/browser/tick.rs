//! One tick of a checklist step, from the act to saved.

use firsthour::words::Lang;

use crate::harness::find::{Finds as _, Name, has};
use crate::harness::page::Page;
use crate::import::marks;
use crate::median;

/// How many steps are ticked; one more before warms the page up.
pub const TIMES: usize = 11;

/// Opens an incident and ticks steps. Returns the time from the act to saved, in milliseconds.
pub fn measure(page: &Page) -> f64 {
    page.link(has("made-up incident")).number(0).click();
    let checklist = page.region(Lang::En.words().incident.checklist);
    let mut times = Vec::new();
    for number in 0..=TIMES {
        let before = marks(page, "firsthour:saved");
        checklist.checkbox(Name::Any).number(number).click();
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
