//! How fast the page is, in a real Chromium: starting with 0, 100 and 1,000 stored incidents against a blank Leptos page,
//! importing against `JSON.parse` of the same file, saving many incidents against saving few, one tick until it is saved. Run with `cargo xtask bench`.
//!
//! Everything that is compared is measured in the same run, since times on two machines say nothing about each other. It
//! prints figures and judges none: a busy machine is not a defect. Only `--kills`, which kills the browser in the middle of
//! work, fails where anything is lost.

// A measurement that cannot be taken says so bluntly; clippy knows that of `#[test]` functions only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

// Shared with the tests, which use more of it.
#[allow(dead_code)]
#[path = "../../tests/browser/harness/mod.rs"]
mod harness;
#[path = "../../tests/browser/killing.rs"]
mod killing;

mod boot;
mod import;
mod kills;
mod made_up;
mod tick;

use std::env;
use std::process::ExitCode;
use std::sync::Arc;

use harness::driver::Driver;
use harness::environment::Environment;
use harness::page::Page;
use harness::visit::{Plan, World};

fn main() -> ExitCode {
    let blank = env::var_os("FIRSTHOUR_BLANK").unwrap_or_default();
    let Some(environment) = Environment::read() else {
        eprintln!("nothing to measure; `cargo xtask bench` builds the pages and measures them");
        return ExitCode::SUCCESS;
    };
    let driver = match Driver::start(&environment.chromedriver) {
        Ok(driver) => Arc::new(driver),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    if let Some(kills) = env::var("FIRSTHOUR_KILLS").ok().and_then(|kills| kills.parse().ok()) {
        return done(kills::measure(&Arc::new(World { environment, driver }), kills));
    }
    let blank = Environment { dist: blank.into(), ..environment.clone() };
    let blank = Arc::new(World { environment: blank, driver: Arc::clone(&driver) });
    let ours = Arc::new(World { environment, driver });
    done(measure(&ours, &blank))
}

fn done(measured: Result<(), String>) -> ExitCode {
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(ours: &Arc<World>, blank: &Arc<World>) -> Result<(), String> {
    println!("\nstart to first paint, median of {} (ms)", boot::TIMES);
    let blank_ms = boot::measure(&visit(blank, "bench-blank")?, boot::HEADING);
    println!("  {:34} {blank_ms:8.1}", "blank Leptos page");
    for stored in [0, 100, 1_000] {
        let page = visit(ours, &format!("bench-{stored}"))?;
        page.open("#/incidents");
        if stored > 0 {
            import::take_in(&page, &made_up::small(1..=stored));
        }
        let ready = if stored > 0 { boot::ROWS } else { boot::HEADING };
        let ms = boot::measure(&page, ready);
        println!("  {:34} {ms:8.1}   {:.2} times blank", format!("{stored} incidents stored"), ms / blank_ms);
        if stored == 1_000 {
            println!(
                "\none tick until it is saved, with {stored} incidents stored, median of {} (ms)",
                tick::TIMES
            );
            println!("  {:34} {:8.2}", "from the act to saved", tick::measure(&page));
        }
    }
    let page = visit(ours, "bench-import")?;
    page.open("#/incidents");
    import::compare(&page);
    import::print_saving(&visit(ours, "bench-saving")?);
    Ok(())
}

fn visit(world: &Arc<World>, name: &str) -> Result<Page, String> {
    Page::visit(Arc::clone(world), Plan::USUAL, name)
}

/// The middle of what was measured.
fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
