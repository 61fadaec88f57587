//! What a person does, in a real Chromium, on the page as it was built. Run with `cargo xtask test`, which builds the page
//! and names it, the browser and the tools; a plain `cargo test` has no page to open, lists these tests as ignored and says so.
//!
//! One file a theme; [`harness`] is what they stand on. Every test ends with a look at the console and at every request.

// Tests state bluntly what they expect; clippy knows that of `#[test]` functions only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backup;
mod door;
mod entities;
mod evidence;
mod exporting;
mod harness;
mod hostile;
mod import;
mod killing;
mod kills;
mod large;
// Shared with the benchmarks, which use more of it.
#[allow(dead_code)]
#[path = "../../benches/browser/made_up.rs"]
mod made_up;
mod main_job;
mod merge;
mod noticing;
mod pages;
mod playbooks;
mod proof;
mod reminders;
mod repair;
#[path = "../support/samples.rs"]
mod samples;
mod seal;
mod shell;
mod steps;
mod storage;
mod tabs;
mod timeline;

use std::process::ExitCode;
use std::sync::Arc;

use harness::driver::Driver;
use harness::environment::Environment;
use harness::visit::{self, Test, World};

/// More than two browsers at once only make each other late on a machine of two cores.
const BROWSERS: usize = 2;

fn tests() -> Vec<Test> {
    let themes = [
        backup::tests,
        door::tests,
        entities::tests,
        evidence::tests,
        exporting::tests,
        hostile::tests,
        import::tests,
        kills::tests,
        large::tests,
        main_job::tests,
        merge::tests,
        noticing::tests,
        pages::tests,
        playbooks::tests,
        proof::tests,
        reminders::tests,
        repair::tests,
        seal::tests,
        shell::tests,
        storage::tests,
        tabs::tests,
        timeline::tests,
    ];
    themes.into_iter().flat_map(|tests| tests()).collect()
}

fn main() -> ExitCode {
    let mut arguments = libtest_mimic::Arguments::from_args();
    let world = match Environment::read() {
        None => {
            eprintln!(
                "browser tests: no built page to open, so none is run; `cargo xtask test` builds it and runs them"
            );
            None
        }
        // A listing needs no browser.
        Some(environment) if !arguments.list => match Driver::start(&environment.chromedriver) {
            Ok(driver) => Some(Arc::new(World { environment, driver: Arc::new(driver) })),
            Err(error) => {
                eprintln!("browser tests: {error}");
                return ExitCode::FAILURE;
            }
        },
        Some(_) => None,
    };
    arguments.test_threads = Some(arguments.test_threads.unwrap_or(BROWSERS).min(BROWSERS));
    visit::keep_panics();
    let trials = tests().into_iter().map(|test| test.into_trial(world.as_ref())).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}
