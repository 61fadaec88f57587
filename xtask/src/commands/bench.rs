//! `cargo xtask bench`: how large and how fast the page is. Prints figures; none of them fails.

use std::fs;
use std::process::Command as Program;

use anyhow::{Context, Result};
use lexopt::{Arg, ValueExt as _};

use super::{Command, browser_cargo};
use crate::page::{self, Profile, blank, text};
use crate::tools::{self, Tools};
use crate::{process, project};

/// How many times the browser is killed unless told otherwise.
const KILLS: u32 = 200;

pub const COMMAND: Command = Command {
    name: "bench",
    options: "[--fast] [--text] [--kills [N]]",
    about: "sizes, room for 10,000 incidents, text in Node, then start, import and saving in a real browser; --fast measures a page built with --dev; --text measures text alone; --kills kills the browser N times (200) in the middle of work instead and counts what is lost",
    run,
};

fn run(mut options: lexopt::Parser) -> Result<()> {
    let (mut profile, mut kills, mut text_alone) = (Profile::Release, None, false);
    while let Some(option) = options.next()? {
        match option {
            Arg::Long("fast") => profile = Profile::Dev,
            Arg::Long("text") => text_alone = true,
            Arg::Long("kills") => kills = Some(KILLS),
            Arg::Value(number) if kills.is_some() => kills = Some(number.parse()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let tools = tools::for_page(profile)?;
    if text_alone {
        return reading_text(&tools, profile);
    }
    page::build(&tools, profile)?;
    let mut cargo = browser_cargo()?;
    // Under `cargo bench` the measuring program itself would be optimised, which takes minutes and measures nothing better.
    cargo.args(["test", "--package=firsthour", "--bench=browser", "--locked"]);
    if let Some(kills) = kills {
        process::announce("killing the browser again and again (usually 4 seconds each)");
        return process::run(cargo.env("FIRSTHOUR_KILLS", kills.to_string()));
    }
    cargo.env_remove("FIRSTHOUR_KILLS").env("FIRSTHOUR_BLANK", blank::build(&tools, profile)?);
    print!("{}", page::sizes::of_dist(&project::dist())?);
    process::announce("filling a notebook with 10,000 incidents (usually 2 minutes)");
    process::run(&mut filling(profile))?;
    reading_text(&tools, profile)?;
    process::announce("measuring in the browser (usually 2 minutes; leave the machine alone meanwhile)");
    process::run(&mut cargo)
}

/// Finds indicators in reports, in the same Node process as CyberChef's operations do.
fn reading_text(tools: &Tools, profile: Profile) -> Result<()> {
    let Some(node) = process::find("node") else {
        process::note("node is not installed: reading text is not measured");
        return Ok(());
    };
    let library = text::build(tools, profile)?;
    // None of it is needed to measure our own.
    let cyberchef = tools::cyberchef()?.unwrap_or_default();
    let reports = project::root().join("tests/fixtures/text");
    let mut files = Vec::new();
    for file in fs::read_dir(&reports).with_context(|| format!("reading {}", reports.display()))? {
        files.push(file?.path());
    }
    files.sort();
    process::announce("finding indicators in report text (seconds; shortest of 15)");
    let script = project::root().join("benches/text/compare.mjs");
    process::run(Program::new(node).arg(script).arg(library).arg(cyberchef).args(files))
}

/// Counts what a full notebook takes; on the host, since a text is as long there as in a browser.
fn filling(profile: Profile) -> Program {
    let mut cargo = Program::new("cargo");
    cargo.current_dir(project::root()).args(["bench", "--package=firsthour", "--bench=size", "--locked"]);
    if matches!(profile, Profile::Dev) {
        cargo.arg("--profile=dev");
    }
    cargo
}
