//! `cargo xtask shots`: pictures of every page, light and dark, wide and narrow, for people to look at.

use anyhow::Result;
use lexopt::Arg;

use super::{Command, browser_cargo};
use crate::page::{self, Profile};
use crate::{process, project, tools};

pub const COMMAND: Command = Command {
    name: "shots",
    options: "[--release]",
    about: "pictures of every page, light and dark, wide and narrow, into target/screenshots",
    run,
};

fn run(mut options: lexopt::Parser) -> Result<()> {
    let mut profile = Profile::Dev;
    while let Some(option) = options.next()? {
        match option {
            Arg::Long("release") => profile = Profile::Release,
            other => return Err(other.unexpected().into()),
        }
    }
    let tools = tools::for_page(profile)?;
    page::site::build(&tools, profile)?;
    let mut cargo = browser_cargo()?;
    cargo.args([
        "test",
        "--package=firsthour",
        "--test=browser",
        "--locked",
        "--",
        "--ignored",
        "pictures::",
    ]);
    process::announce("taking pictures (usually a minute)");
    process::run(&mut cargo)?;
    process::announce(&format!(
        "pictures are in {}",
        project::target_folder()?.join("screenshots").display()
    ));
    Ok(())
}
