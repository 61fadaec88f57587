//! `cargo xtask check`: what to run before every commit. Needs no browser and no tool that an ordinary Rust lacks.

use std::ffi::OsString;
use std::process::Command as Program;

use anyhow::{Context as _, Result};

use super::{Command, filter};
use crate::{process, project};

pub const COMMAND: Command = Command {
    name: "check",
    options: "[-- FILTER]",
    about: "the quick part of test: formatting, lints, and the tests that need no browser",
    run,
};

fn run(options: lexopt::Parser) -> Result<()> {
    let filter = filter(options)?;
    formatting()?;
    lints()?;
    host_tests(&filter)?;
    process::announce("check: everything passed");
    Ok(())
}

/// Whether every file is formatted as rustfmt does it.
pub fn formatting() -> Result<()> {
    process::announce("formatting (seconds)");
    process::run(cargo().args(["fmt", "--all", "--check"]))
        .map_err(|error| error.context("not formatted; run `cargo fmt --all`"))
}

/// Clippy on everything that compiles for this machine.
pub fn lints() -> Result<()> {
    process::announce("lints (usually a minute the first time)");
    let clippy = |targets: &[&str]| {
        process::run(cargo().arg("clippy").args(targets).args(["--locked", "--", "-D", "warnings"]))
    };
    clippy(&["--workspace", "--all-targets"])?;
    // What cargo calls all targets are those it tests unasked.
    for (package, test) in project::tests_on_request()? {
        clippy(&["--package", &package, "--test", &test])?;
    }
    fuzz_targets()
}

/// Clippy on the fuzz targets: a workspace of their own, which nothing else compiles. Without libFuzzer, so that it needs no
/// C++ compiler; in the same target folder, so that most of it is compiled already.
fn fuzz_targets() -> Result<()> {
    let mut clippy = cargo();
    clippy.args(["clippy", "--manifest-path=fuzz/Cargo.toml", "--no-default-features", "--locked"]);
    clippy.arg("--target-dir").arg(project::target_folder()?).args(["--", "-D", "warnings"]);
    process::run(&mut clippy).context("the fuzz targets no longer fit what they fuzz")
}

/// Every test that needs no browser, those in the documentation included.
pub fn host_tests(filter: &[OsString]) -> Result<()> {
    process::announce("tests on this machine (usually 2 minutes the first time)");
    if process::find("cargo-nextest").is_none() {
        return process::run(cargo().args(["test", "--workspace", "--locked", "--"]).args(filter));
    }
    // A filter may match nothing here and be meant for the browser tests.
    let none = if filter.is_empty() { "--no-tests=fail" } else { "--no-tests=pass" };
    process::run(cargo().args(["nextest", "run", "--workspace", "--locked", none, "--"]).args(filter))?;
    // nextest leaves the examples in the documentation to cargo.
    process::run(cargo().args(["test", "--workspace", "--doc", "--locked", "--"]).args(filter))
}

/// The person's cargo, in the project's folder.
fn cargo() -> Program {
    let mut cargo = Program::new("cargo");
    cargo.current_dir(project::root());
    cargo
}
