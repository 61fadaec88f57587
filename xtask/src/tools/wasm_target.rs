//! The compiler for the browser: Rust's standard library for `wasm32-unknown-unknown`, which is not part of an ordinary
//! installation of Rust.
//!
//! Two ways lead to it. `rustup target add` downloads it, which is what most machines can do. Where Rust's download site is out
//! of reach but Debian's packages are not (networks that mirror package registries only), Debian's own compiler builds the
//! library from Debian's copy of its source. [`decide`] says which; [`ensure`] does it.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::debian;
use super::debian_rust::{self, DebianRust};
use crate::{process, project};

pub(super) const TARGET: &str = "wasm32-unknown-unknown";
/// Set to `installed`, `rustup` or `debian`, this names the way to take instead of the one that would be chosen.
const OVERRIDE: &str = "FIRSTHOUR_WASM_TARGET";
const BY_HAND: &str = "rustup target add wasm32-unknown-unknown";

/// A compiler that can build the page, as settings for the cargo that uses it.
pub enum WasmToolchain {
    /// The person's own, which has the library.
    Own,
    /// Debian's.
    Debian(DebianRust),
}

/// What the decision depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Facts {
    /// The person's compiler has the library.
    own_has_it: bool,
    /// rustup is installed and has not failed yet.
    rustup: bool,
    /// Debian's compiler and the library's source are installed.
    debian_ready: bool,
    /// Debian's packages can be installed: the system is Debian, we are root, and it has not failed yet.
    debian_installable: bool,
    /// The person asked for this way.
    asked: Option<Way>,
}

/// A way to the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Installed,
    Rustup,
    Debian,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    UseOwn,
    AddByRustup,
    InstallDebian,
    BuildOnDebian,
    Explain,
}

/// Decides what to do next. A step that fails makes the fact it stood on false, and the decision is asked again.
fn decide(facts: Facts) -> Step {
    let allowed = |way| facts.asked.is_none_or(|asked| asked == way);
    if facts.own_has_it && facts.asked != Some(Way::Debian) {
        Step::UseOwn
    } else if facts.rustup && allowed(Way::Rustup) {
        Step::AddByRustup
    } else if facts.debian_ready && allowed(Way::Debian) {
        Step::BuildOnDebian
    } else if facts.debian_installable && allowed(Way::Debian) {
        Step::InstallDebian
    } else {
        Step::Explain
    }
}

/// Finds, installs or builds the library.
pub fn ensure() -> Result<WasmToolchain> {
    let mut facts = Facts {
        own_has_it: own_has_it(),
        rustup: process::find("rustup").is_some(),
        debian_ready: debian_rust::is_ready(),
        debian_installable: debian::is_debian() && debian::is_root(),
        asked: asked(env::var(OVERRIDE).ok().as_deref())?,
    };
    loop {
        match decide(facts) {
            Step::UseOwn => return Ok(WasmToolchain::Own),
            Step::AddByRustup => {
                process::announce(&format!(
                    "adding Rust's {TARGET} target with rustup, once (usually seconds)"
                ));
                if let Err(error) = process::run(Command::new("rustup").args(["target", "add", TARGET])) {
                    process::note(&format!("{error:#}"));
                }
                facts.rustup = false;
                facts.own_has_it = own_has_it();
            }
            Step::InstallDebian => {
                if let Err(error) = debian_rust::install() {
                    process::note(&format!("{error:#}"));
                }
                facts.debian_installable = false;
                facts.debian_ready = debian_rust::is_ready();
            }
            Step::BuildOnDebian => return Ok(WasmToolchain::Debian(DebianRust::build()?)),
            Step::Explain => bail!(
                "Rust's standard library for {TARGET} is missing and could not be installed; by hand: {BY_HAND}, or on Debian as \
                 root: apt-get install {} and the lld of its LLVM version",
                debian_rust::PACKAGES.join(" ")
            ),
        }
    }
}

fn asked(value: Option<&str>) -> Result<Option<Way>> {
    Ok(match value {
        None | Some("") => None,
        Some("installed") => Some(Way::Installed),
        Some("rustup") => Some(Way::Rustup),
        Some("debian") => Some(Way::Debian),
        Some(other) => bail!("{OVERRIDE} is `{other}`; it may be installed, rustup or debian"),
    })
}

fn own_has_it() -> bool {
    let folder = process::output(Command::new("rustc").current_dir(project::root()).args([
        "--print",
        "target-libdir",
        "--target",
        TARGET,
    ]));
    folder.is_ok_and(|folder| has_std(Path::new(folder.trim())))
}

/// rustc names the folder whether or not it is there, so look for the library in it.
fn has_std(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut entries| {
        entries.any(|entry| {
            entry.is_ok_and(|entry| {
                let name = entry.file_name();
                name.to_string_lossy().starts_with("libstd-")
                    && Path::new(&name).extension().is_some_and(|extension| extension == "rlib")
            })
        })
    })
}

impl WasmToolchain {
    /// A command that runs `program` in the project's folder so that cargo compiles for the browser with this compiler.
    /// `folders` come first on PATH.
    pub fn command<'a>(
        &self,
        program: impl AsRef<OsStr>,
        folders: impl Iterator<Item = &'a Path>,
    ) -> Result<Command> {
        let mut command = Command::new(program);
        command.current_dir(project::root());
        match self {
            WasmToolchain::Own => {
                command.env("PATH", process::path_with(folders)?);
            }
            WasmToolchain::Debian(debian) => {
                command.env("PATH", process::path_with(folders.chain([debian_rust::folder()]))?);
                command.env("CARGO_TARGET_DIR", self.target_folder()?);
                debian.use_for(&mut command);
            }
        }
        Ok(command)
    }

    /// Clippy for this compiler, in the project's folder.
    pub fn clippy(&self) -> Result<Command> {
        let program = match self {
            WasmToolchain::Own => Path::new("cargo"),
            WasmToolchain::Debian(_) => debian_rust::clippy()?,
        };
        let mut command = self.command(program, std::iter::empty())?;
        command.arg("clippy");
        Ok(command)
    }

    /// Where this compiler's output lies. Debian's has a folder of its own, or each compiler would discard the other's work.
    pub fn target_folder(&self) -> Result<PathBuf> {
        let folder = project::target_folder()?;
        Ok(match self {
            WasmToolchain::Own => folder,
            WasmToolchain::Debian(_) => folder.join("debian"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERYTHING: Facts =
        Facts { own_has_it: true, rustup: true, debian_ready: true, debian_installable: true, asked: None };

    #[test]
    fn what_is_there_is_used() {
        assert_eq!(decide(EVERYTHING), Step::UseOwn);
    }

    #[test]
    fn rustup_comes_before_debian() {
        assert_eq!(decide(Facts { own_has_it: false, ..EVERYTHING }), Step::AddByRustup);
    }

    #[test]
    fn where_rustup_fails_debian_builds() {
        let without_rustup = Facts { own_has_it: false, rustup: false, ..EVERYTHING };
        assert_eq!(decide(without_rustup), Step::BuildOnDebian);
        assert_eq!(decide(Facts { debian_ready: false, ..without_rustup }), Step::InstallDebian);
    }

    #[test]
    fn where_nothing_can_be_done_it_is_explained() {
        assert_eq!(decide(Facts::default()), Step::Explain);
    }

    #[test]
    fn the_way_asked_for_is_the_only_one_tried() {
        let asked = |way| Facts { asked: Some(way), ..EVERYTHING };
        assert_eq!(decide(asked(Way::Debian)), Step::BuildOnDebian);
        assert_eq!(decide(Facts { debian_ready: false, ..asked(Way::Debian) }), Step::InstallDebian);
        assert_eq!(decide(Facts { own_has_it: false, rustup: false, ..asked(Way::Rustup) }), Step::Explain);
        assert_eq!(decide(Facts { own_has_it: false, ..asked(Way::Installed) }), Step::Explain);
    }

    #[test]
    fn every_failure_leads_to_an_end() {
        for bits in 0..16_u8 {
            for way in [None, Some(Way::Installed), Some(Way::Rustup), Some(Way::Debian)] {
                let mut facts = Facts {
                    own_has_it: bits & 1 != 0,
                    rustup: bits & 2 != 0,
                    debian_ready: bits & 4 != 0,
                    debian_installable: bits & 8 != 0,
                    asked: way,
                };
                let steps = std::iter::from_fn(|| {
                    let step = decide(facts);
                    match step {
                        Step::AddByRustup => facts.rustup = false,
                        Step::InstallDebian => facts.debian_installable = false,
                        Step::UseOwn | Step::BuildOnDebian | Step::Explain => return None,
                    }
                    Some(step)
                });
                assert!(steps.take(5).count() <= 2, "{bits:04b} {way:?}");
            }
        }
    }

    #[test]
    fn the_override_is_checked() {
        assert_eq!(asked(None).unwrap(), None);
        assert_eq!(asked(Some("debian")).unwrap(), Some(Way::Debian));
        assert!(asked(Some("fedora")).unwrap_err().to_string().contains("fedora"));
    }

    #[test]
    fn a_folder_without_the_library_does_not_count() {
        assert!(!has_std(Path::new("/no/such/folder")));
        assert!(!has_std(Path::new(env!("CARGO_MANIFEST_DIR"))));
    }
}
