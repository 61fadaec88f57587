//! Debian's compiler, made able to compile for the browser: its packages, the standard library that is built from its
//! source, and the linker. Used where Rust's own download site cannot be reached.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use rustc_build_sysroot::{SysrootBuilder, SysrootConfig};

use super::debian;
use super::wasm_target::TARGET;
use crate::{process, project};

/// Debian's current Rust; its plain `rustc` package may be years old.
pub const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", CLIPPY_PACKAGE];
const CLIPPY_PACKAGE: &str = "rust-web-clippy";

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const CLIPPY: &str = "/usr/bin/cargo-clippy";
const SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

/// Debian's compiler with the library built by us and the linker that belongs to it.
pub struct DebianRust {
    sysroot: PathBuf,
    linker: String,
}

/// Where the compiler and its cargo lie.
pub fn folder() -> &'static Path {
    Path::new("/usr/bin")
}

/// Whether all that building takes is installed.
pub fn is_ready() -> bool {
    let is_there = |path: &&str| Path::new(path).exists();
    [RUSTC, CARGO, SOURCE].iter().all(is_there)
        && llvm().is_ok_and(|llvm| process::find(&linker(&llvm)).is_some())
}

/// Installs all that building takes.
pub fn install() -> Result<()> {
    debian::install(PACKAGES, "a minute")?;
    debian::install(&[&format!("lld-{}", llvm()?)], "seconds")
}

/// Clippy for this compiler. `cargo clippy` would find the one of the person's own compiler first.
pub fn clippy() -> Result<&'static Path> {
    let clippy = Path::new(CLIPPY);
    if !clippy.exists() {
        debian::install(&[CLIPPY_PACKAGE], "seconds")?;
    }
    Ok(clippy)
}

/// The major version of the compiler's LLVM, which its linker has to share.
fn llvm() -> Result<String> {
    let facts = process::output(Command::new(RUSTC).arg("-vV"))?;
    llvm_in(&facts).map(str::to_owned).context("Debian's rustc does not say which LLVM it has")
}

fn llvm_in(rustc_facts: &str) -> Option<&str> {
    rustc_facts.lines().find_map(|line| line.strip_prefix("LLVM version: "))?.split('.').next()
}

/// The linker for WebAssembly in Debian's package `lld-NN`. rustc asks for `rust-lld`, which Debian does not have.
fn linker(llvm: &str) -> String {
    format!("wasm-ld-{llvm}")
}

impl DebianRust {
    /// Builds the library into the cache folder, unless it is there.
    pub fn build() -> Result<Self> {
        let version = rustc_version::VersionMeta::for_command(Command::new(RUSTC))
            .context("asking Debian's rustc for its version")?;
        // Cargo takes a library in the same folder for the same library, so a folder is never built into in another way.
        let sysroot = project::cache()?.join(format!("debian-rust-{}-lto", version.semver));
        let mut cargo = Command::new(CARGO);
        // Building the standard library needs features that only its own build may use; the page is built without this.
        cargo.env("RUSTC", RUSTC).env("RUSTC_BOOTSTRAP", "1");
        forget_rustup(&mut cargo);
        SysrootBuilder::new(&sysroot, TARGET)
        .sysroot_config(SysrootConfig::WithStd { std_features: vec!["panic-unwind".to_owned()] })
        // The page is optimised across crates at link time, the standard library included, which takes its bitcode.
        .rustflag("-Cembed-bitcode=yes")
        .rustc_version(version)
        .cargo(cargo)
        .when_build_required(|| {
            process::announce(&format!("building Rust's standard library for {TARGET} with Debian's compiler, once (usually 1 minute)"));
        })
        .build_from_source(Path::new(SOURCE))
        .map_err(|error| anyhow!("{error:#}"))
        .context("Rust's standard library could not be built with Debian's compiler")?;
        Ok(Self { sysroot, linker: linker(&llvm()?) })
    }

    /// Makes the cargo that `command` is or starts use this compiler. PATH has to lead to [`folder`] first.
    pub fn use_for(&self, command: &mut Command) {
        // The variable stands in for the flags of .cargo/config.toml, so it has to carry them too.
        let mut flag = OsString::from("--cfg erase_components --sysroot=");
        flag.push(&self.sysroot);
        forget_rustup(command)
            .env("RUSTC", RUSTC)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flag)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &self.linker);
    }
}

/// `cargo xtask` runs under the person's cargo, which tells its children to use the same toolchain.
fn forget_rustup(command: &mut Command) -> &mut Command {
    command
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTC_WRAPPER")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linker_follows_the_compilers_llvm() {
        let facts = "rustc 1.96.0\nhost: x86_64-unknown-linux-gnu\nLLVM version: 22.1.8\n";
        assert_eq!(llvm_in(facts).map(linker).as_deref(), Some("wasm-ld-22"));
        assert_eq!(llvm_in("rustc 1.96.0\n"), None);
    }
}
