//! `cargo xtask test`: everything that has to hold before a change is taken. It is what continuous integration runs.

use std::ffi::OsString;

use anyhow::Result;
use lexopt::Arg;

use super::{Command, browser_cargo, check};
use crate::page::{self, Profile};
use crate::tools::{self, Tools};
use crate::{process, project};

pub const COMMAND: Command = Command {
    name: "test",
    options: "[--fast] [-- FILTER]",
    about: "formatting, lints, tests on this machine, then tests in a real browser; --fast builds the page for them with --dev",
    run,
};

fn run(mut options: lexopt::Parser) -> Result<()> {
    let mut profile = Profile::Release;
    let mut filter = Vec::new();
    while let Some(option) = options.next()? {
        match option {
            Arg::Long("fast") => profile = Profile::Dev,
            Arg::Value(word) => filter.push(word),
            other => return Err(other.unexpected().into()),
        }
    }
    check::formatting()?;
    check::lints()?;
    check::host_tests(&filter)?;
    let tools = tools::for_page(profile)?;
    lints_for_the_browser(&tools)?;
    page::build(&tools, profile)?;
    print!("{}", page::sizes::of_dist(&project::dist())?);
    browser_tests(&filter)?;
    process::announce("test: everything passed");
    Ok(())
}

/// Clippy on what compiles for the browser only.
fn lints_for_the_browser(tools: &Tools) -> Result<()> {
    process::announce("lints of the page (usually a minute the first time)");
    let mut clippy = tools.wasm.clippy()?;
    clippy.args([
        "--package=firsthour",
        "--target=wasm32-unknown-unknown",
        "--lib",
        "--bins",
        "--locked",
        "--",
        "-D",
        "warnings",
    ]);
    process::run(&mut clippy)
}

/// The tests of `tests/browser/`, on the page just built.
fn browser_tests(filter: &[OsString]) -> Result<()> {
    let mut cargo = browser_cargo()?;
    process::announce("tests in the browser (usually minutes)");
    cargo.args(["test", "--package=firsthour", "--test=browser", "--locked", "--"]).args(filter);
    process::run(&mut cargo)
}
