//! `cargo xtask build`: leaves `dist/` and `dist/firsthour.html`, and says how large they are and what each room weighs.

use anyhow::Result;
use lexopt::Arg;

use super::Command;
use crate::page::{self, Profile};
use crate::{process, project, tools};

pub const COMMAND: Command = Command {
    name: "build",
    options: "[--dev]",
    about: "builds dist/ (a static site) and dist/firsthour.html (the same page as one file); --dev is quick and large",
    run,
};

fn run(mut options: lexopt::Parser) -> Result<()> {
    let mut profile = Profile::Release;
    while let Some(option) = options.next()? {
        match option {
            Arg::Long("dev") => profile = Profile::Dev,
            other => return Err(other.unexpected().into()),
        }
    }
    let tools = tools::for_page(profile)?;
    page::build(&tools, profile)?;
    print!("{}", page::sizes::of_dist(&project::dist())?);
    if profile == Profile::Release {
        print!("\n{}", page::rooms::of_wasm(&page::single_file::before_wasm_opt(&tools)?)?);
    }
    process::announce(&format!(
        "built {} and {}",
        project::dist().display(),
        project::single_file().display()
    ));
    Ok(())
}
