//! From the start of loading to the first paint that shows the list.

use crate::harness::page::Page;
use crate::median;

/// How often a page is loaded; one more load before warms the browser up.
pub const TIMES: usize = 7;

/// The page is there when its heading is.
pub const HEADING: &str = "document.querySelector('main h1')";

/// The page is there when rows of the list are.
pub const ROWS: &str =
    "document.querySelectorAll('main tbody tr, main [role=rowgroup] [role=row]').length > 3";

/// Loads the page again and again, and returns how long it takes until what `ready` asks for has been painted, in milliseconds.
pub fn measure(page: &Page, ready: &str) -> f64 {
    // A task that is posted from an animation frame runs after that frame's paint.
    let source = format!(
        "(() => {{
           const seen = new MutationObserver(() => {{
             if (!({ready})) return;
             seen.disconnect();
             requestAnimationFrame(() => {{
               const painted = new MessageChannel();
               painted.port1.onmessage = () => {{ window.firsthourPainted = performance.now(); }};
               painted.port2.postMessage(0);
             }});
           }});
           seen.observe(document, {{ childList: true, subtree: true }});
         }})()"
    );
    page.before_every_page(&source);
    page.go("#/incidents");
    let mut times = Vec::new();
    for _ in 0..=TIMES {
        page.load_again();
        page.wait_until("the list has been painted", |page| {
            page.evaluate("return typeof window.firsthourPainted === 'number'") == true
        });
        times.push(page.evaluate("return window.firsthourPainted").as_f64().unwrap_or(f64::NAN));
    }
    times.remove(0);
    median(times)
}
