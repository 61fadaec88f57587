//! `cargo xtask serve`: the page on this machine, built anew and reloaded in the browser whenever a source changes.
//!
//! It serves what `build` makes, policy and relative addresses included, so that what works here works when hosted. Trunk's own
//! server is not used: it changes an inline script while serving it, which the policy rightly blocks.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use lexopt::{Arg, ValueExt as _};

use super::Command;
use crate::page::{self, Profile};
use crate::serve::server::{self, Builds};
use crate::serve::sources;
use crate::{process, project, tools};

pub const COMMAND: Command = Command {
    name: "serve",
    options: "[--port N] [--release]",
    about: "builds the page, serves it on this machine, and reloads it whenever a source changes",
    run,
};

/// How often the sources are looked at.
const INTERVAL: Duration = Duration::from_millis(400);

fn run(mut options: lexopt::Parser) -> Result<()> {
    let (mut port, mut profile) = (8080_u16, Profile::Dev);
    while let Some(option) = options.next()? {
        match option {
            Arg::Long("port") => port = options.value()?.parse()?,
            Arg::Long("release") => profile = Profile::Release,
            other => return Err(other.unexpected().into()),
        }
    }
    let listener = server::listen(port)?;
    let tools = tools::for_page(profile)?;
    let mut seen = sources::newest_change(&project::root())?;
    page::site::build(&tools, profile)?;

    let address = listener.server_addr();
    let builds = Arc::new(Builds::default());
    thread::Builder::new()
        .name("server".to_owned())
        .spawn({
            let builds = Arc::clone(&builds);
            move || server::serve(&listener, &project::dist(), &builds)
        })
        .context("starting the server")?;
    process::announce(&format!("open http://{address}/ (it follows every change; stop with Ctrl+C)"));

    loop {
        thread::sleep(INTERVAL);
        let now = sources::newest_change(&project::root())?;
        if now == seen {
            continue;
        }
        seen = now;
        match page::site::build(&tools, profile) {
            Ok(()) => builds.finished(),
            // The page served stays the last one that could be built.
            Err(error) => process::note(&format!("not built: {error:#}")),
        }
    }
}
