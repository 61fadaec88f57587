//! What a person can ask for. A new command is one file that defines a [`Command`] and one line in [`COMMANDS`].

mod bench;
mod build;
mod check;
mod fuzz;
mod serve;
mod shots;
mod test;

use std::ffi::OsString;

use std::process::Command as Program;

use anyhow::{Result, bail};

use crate::project;
use crate::tools::{self, browser};

/// One thing `cargo xtask` can do.
pub struct Command {
    /// What is typed after `cargo xtask`.
    name: &'static str,
    /// Its options, as shown in the help.
    options: &'static str,
    /// What it does, in one line.
    about: &'static str,
    /// Does it, with the options as typed.
    run: fn(lexopt::Parser) -> Result<()>,
}

/// Every command, in the order the help shows them.
const COMMANDS: &[Command] = &[
    serve::COMMAND,
    build::COMMAND,
    check::COMMAND,
    test::COMMAND,
    shots::COMMAND,
    bench::COMMAND,
    fuzz::COMMAND,
];

/// Runs the command that the words after `cargo xtask` ask for.
pub fn dispatch(words: impl IntoIterator<Item = OsString>) -> Result<()> {
    let mut words = words.into_iter();
    let Some(name) = words.next() else {
        print!("{}", help());
        return Ok(());
    };
    if ["help", "--help", "-h"].iter().any(|asked| name == *asked) {
        print!("{}", help());
        return Ok(());
    }
    let Some(command) = COMMANDS.iter().find(|command| name == command.name) else {
        bail!("there is no command `{}`\n\n{}", name.display(), help());
    };
    (command.run)(lexopt::Parser::from_args(words))
}

/// The words after `--`, where a command has no other options: which tests to run.
fn filter(mut options: lexopt::Parser) -> Result<Vec<OsString>> {
    let mut words = Vec::new();
    while let Some(option) = options.next()? {
        match option {
            lexopt::Arg::Value(word) => words.push(word),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(words)
}

/// The person's cargo, which will run something in a browser on the page as it was built last. That program learns by these
/// variables what to use:
///
/// | variable | what it names |
/// |---|---|
/// | `FIRSTHOUR_DIST` | the folder of the site, which also holds `firsthour.html` |
/// | `FIRSTHOUR_CHROME` | the browser |
/// | `FIRSTHOUR_CHROMEDRIVER` | the program that drives it |
/// | `FIRSTHOUR_AXE` | `axe.min.js` of axe-core; not set where npm could not provide it |
fn browser_cargo() -> Result<Program> {
    let browser = browser::ensure()?;
    let mut cargo = Program::new("cargo");
    cargo
        .current_dir(project::root())
        .env("FIRSTHOUR_DIST", project::dist())
        .env(browser::CHROME, &browser.chrome)
        .env(browser::CHROMEDRIVER, &browser.chromedriver);
    match tools::axe()? {
        Some(axe) => cargo.env("FIRSTHOUR_AXE", axe),
        None => cargo.env_remove("FIRSTHOUR_AXE"),
    };
    Ok(cargo)
}

fn help() -> String {
    let heads: Vec<String> =
        COMMANDS.iter().map(|command| format!("{} {}", command.name, command.options)).collect();
    let width = heads.iter().map(String::len).max().unwrap_or(0);
    let lines =
        heads.iter().zip(COMMANDS).map(|(head, command)| format!("  {head:width$}  {}\n", command.about));
    format!("cargo xtask <command>\n\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_lists_every_command() {
        let help = help();
        for command in COMMANDS {
            assert!(help.contains(command.name) && help.contains(command.about), "{help}");
        }
    }

    #[test]
    fn an_unknown_command_is_refused_with_the_list() {
        let error = dispatch(["frobnicate".into()]).unwrap_err().to_string();
        assert!(error.contains("`frobnicate`") && error.contains("build"), "{error}");
    }

    #[test]
    fn an_unknown_option_is_refused() {
        for command in COMMANDS {
            let error = dispatch([command.name.into(), "--no-such-option".into()]).unwrap_err().to_string();
            assert!(error.contains("--no-such-option"), "{}: {error}", command.name);
        }
    }
}
