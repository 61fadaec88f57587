//! `cargo xtask bench`: how large and how fast the page is. Prints figures; none of them fails.

use std::process::Command as Program;

use anyhow::Result;
use lexopt::Arg;

use super::{Command, browser_cargo};
use crate::page::{self, Profile, blank};
use crate::{process, project, tools};

pub const COMMAND: Command = Command {
    name: "bench",
    options: "[--fast]",
    about: "sizes, room for 10,000 incidents, then start, import and saving in a real browser; --fast measures a page built with --dev",
    run,
};

fn run(mut options: lexopt::Parser) -> Result<()> {
    let mut profile = Profile::Release;
    while let Some(option) = options.next()? {
        match option {
            Arg::Long("fast") => profile = Profile::Dev,
            other => return Err(other.unexpected().into()),
        }
    }
    let tools = tools::for_page(profile)?;
    page::build(&tools, profile)?;
    let blank = blank::build(&tools, profile)?;
    let mut cargo = browser_cargo()?;
    // Under `cargo bench` the measuring program itself would be optimised, which takes minutes and measures nothing better.
    cargo.args(["test", "--package=firsthour", "--bench=browser", "--locked"]).env("FIRSTHOUR_BLANK", blank);
    print!("{}", page::sizes::of_dist(&project::dist())?);
    process::announce("filling a notebook with 10,000 incidents (usually 2 minutes)");
    process::run(&mut filling(profile))?;
    process::announce("measuring in the browser (usually 2 minutes; leave the machine alone meanwhile)");
    process::run(&mut cargo)
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
