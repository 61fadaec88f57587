//! Tools that are crates: Trunk and wasm-bindgen. Fetched ready-made where the person has cargo-binstall, else compiled.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result};

use super::{folder, stated_version};
use crate::process;

/// Settings that make compiling a tool fast and the tool slow: it then takes a third of the time, and these tools wait
/// for files more than they compute.
const QUICK_COMPILE: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
];

/// A program in an exact version of a crate.
pub struct CargoTool {
    pub package: &'static str,
    pub program: &'static str,
    pub version: String,
    /// What `cargo install` is told besides the name.
    pub options: &'static [&'static str],
    /// How long compiling it takes, for the person who waits.
    pub usual_time: &'static str,
}

impl CargoTool {
    /// The program: from PATH, else from the cache folder, else installed into the cache folder.
    pub fn ensure(&self) -> Result<PathBuf> {
        if let Some(found) = process::find(self.program).filter(|found| self.is_right(found)) {
            return Ok(found);
        }
        let folder = folder(&format!("{}-{}", self.package, self.version))?;
        let program = folder.join("bin").join(format!("{}{}", self.program, env::consts::EXE_SUFFIX));
        if !self.is_right(&program) {
            self.install(&folder)?;
        }
        Ok(program)
    }

    fn is_right(&self, program: &Path) -> bool {
        stated_version(program).as_ref() == Some(&self.version)
    }

    fn install(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        if process::find("cargo-binstall").is_some() {
            process::announce(&format!(
                "fetching {} {} with cargo-binstall (usually seconds)",
                self.package, self.version
            ));
            let mut fetch = self.cargo(folder, "binstall");
            if process::run(fetch.arg("--no-confirm")).is_ok() {
                return Ok(());
            }
            process::note("that did not work, so it is compiled instead");
        }
        process::announce(&format!(
            "compiling {} {}, once (usually {})",
            self.package, self.version, self.usual_time
        ));
        let mut locked = self.cargo(folder, "install");
        locked.args(self.options).arg("--locked");
        // Registry mirrors may lag behind the versions a tool was released with, so try without its lock file as well.
        let mut unlocked = self.cargo(folder, "install");
        unlocked.args(self.options);
        process::run(&mut locked).or_else(|_| process::run(&mut unlocked)).with_context(|| {
            format!("{} could not be installed; try by hand: {}", self.package, process::line(&unlocked))
        })
    }

    /// `cargo SUBCOMMAND --root FOLDER PACKAGE@VERSION`, away from the project so that its settings do not reach the tool.
    fn cargo(&self, folder: &Path, subcommand: &str) -> Command {
        let mut command = Command::new("cargo");
        command
            .current_dir(folder)
            .envs(QUICK_COMPILE)
            .env_remove("CARGO_TARGET_DIR")
            .args([subcommand, "--root"])
            .arg(folder)
            .arg(format!("{}@{}", self.package, self.version));
        command
    }
}
