//! `cargo xtask`: the one command that builds, serves, tests and measures First Hour.
//!
//! | module | what it does |
//! |---|---|
//! | [`commands`] | what a person can ask for: one file a command, one line in the list |
//! | [`tools`] | finds, installs or explains every program the commands need |
//! | [`page`] | turns the crate into `dist/` and `dist/firsthour.html` |
//! | [`serve`] | serves it while it is being worked on |
//! | [`project`], [`process`] | where things are; how other programs are run |

mod commands;
mod page;
mod process;
mod project;
mod serve;
mod tools;

use std::process::ExitCode;

fn main() -> ExitCode {
    match commands::dispatch(std::env::args_os().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
