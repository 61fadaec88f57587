//! Every program the commands need: found on PATH in the right version, else in the person's cache folder, else installed
//! there from a package registry, else explained. What is installed once serves every clone.

pub mod browser;
mod cargo_tool;
mod debian;
mod debian_rust;
mod npm;
mod wasm_target;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::page::Profile;
use crate::{process, project};
use cargo_tool::CargoTool;
use wasm_target::WasmToolchain;

pub use npm::{axe, cyberchef};

/// The newest Trunk that Rust 1.88 to 1.95 can build; 0.22 asks for 1.96.
const TRUNK: &str = "0.21.14";

/// What building the page takes.
pub struct Tools {
    /// The compiler for the browser.
    pub wasm: WasmToolchain,
    /// Builds the site.
    pub trunk: PathBuf,
    /// Writes the JavaScript that stands between the browser and the WebAssembly.
    pub wasm_bindgen: PathBuf,
    /// Makes the WebAssembly about a third smaller. The page also works without.
    pub wasm_opt: Option<PathBuf>,
}

/// Finds or installs what building the page in `profile` takes.
pub fn for_page(profile: Profile) -> Result<Tools> {
    let wasm = wasm_target::ensure()?;
    let trunk = CargoTool {
        package: "trunk",
        program: "trunk",
        version: TRUNK.to_owned(),
        options: &["--no-default-features", "--features", "rustls"],
        usual_time: "2 to 6 minutes",
    };
    let wasm_bindgen = CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        // It speaks a private format with the library of the same name, so the two must be of one version.
        version: project::locked_version("wasm-bindgen")?,
        options: &["--no-default-features"],
        usual_time: "2 to 5 minutes",
    };
    Ok(Tools {
        wasm,
        trunk: trunk.ensure()?,
        wasm_bindgen: wasm_bindgen.ensure()?,
        wasm_opt: if profile == Profile::Release { npm::wasm_opt()? } else { None },
    })
}

impl Tools {
    /// A command that runs `program` in the project's folder, with these tools first on PATH.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Result<Command> {
        let programs = [Some(&self.trunk), Some(&self.wasm_bindgen), self.wasm_opt.as_ref()];
        let folders = programs.into_iter().flatten().filter_map(|program| program.parent());
        self.wasm.command(program, folders)
    }
}

/// The version a program states, as the last word of the first line of `program --version`.
fn stated_version(program: &Path) -> Option<String> {
    let text = process::output(Command::new(program).arg("--version")).ok()?;
    last_word(&text).map(str::to_owned)
}

fn last_word(text: &str) -> Option<&str> {
    text.lines().next()?.split_whitespace().last()
}

/// The folder for tool `name`, which is created by what installs into it.
fn folder(name: &str) -> Result<PathBuf> {
    Ok(project::cache()?.join("tools").join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_last_word_of_the_first_line() {
        assert_eq!(last_word("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(last_word("rustup 1.28.2 (x)\nmore 1.0"), Some("(x)"));
        assert_eq!(last_word(""), None);
    }
}
