//! `cargo xtask bench`: how large and how fast the page is. Prints figures; none of them fails.

use anyhow::Result;
use lexopt::Arg;

use super::{Command, browser_cargo};
use crate::page::{self, Profile, blank};
use crate::{process, project, tools};

pub const COMMAND: Command = Command {
    name: "bench",
    options: "[--fast]",
    about: "sizes, then start, import and saving in a real browser; --fast measures a page built with --dev",
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
    process::announce("measuring in the browser (usually 2 minutes; leave the machine alone meanwhile)");
    process::run(&mut cargo)
}
