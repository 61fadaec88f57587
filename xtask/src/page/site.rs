//! The static site: Trunk compiles the crate, names every file by its content and writes `dist/`; the policy comes on top.

use std::fs;

use anyhow::{Context, Result};

use super::{Profile, html, policy, stylesheet};
use crate::tools::Tools;
use crate::{process, project};

/// Builds `dist/`.
pub fn build(tools: &Tools, profile: Profile) -> Result<()> {
    stylesheet::build()?;
    fetch_crates(tools)?;
    process::announce(match profile {
        Profile::Dev => "building the page, quick and large (the first time usually 2 minutes)",
        Profile::Release => "building the page, small (the first time usually 5 minutes)",
    });
    let mut trunk = tools.command(&tools.trunk)?;
    // Trunk reads NO_COLOR as a yes or no and refuses the customary `1`.
    trunk.env_remove("NO_COLOR").arg("build");
    // Where Trunk was when a compiler found an error is of no use to who made it.
    trunk.env("RUST_BACKTRACE", "0");
    match (profile, &tools.wasm_opt) {
        // Trunk calls wasm-opt in release mode only, and fails where there is none.
        (Profile::Release, Some(_)) => trunk.arg("--release"),
        _ => trunk.args(["--cargo-profile", profile.cargo_profile()]),
    };
    process::run(&mut trunk)?;
    seal()
}

/// Trunk is told to stay off the network and tells cargo the same, so the crates have to be there before.
fn fetch_crates(tools: &Tools) -> Result<()> {
    let mut cargo = tools.command("cargo")?;
    cargo.args(["fetch", "--locked", "--quiet"]);
    process::run(&mut cargo).context("fetching the crates that Cargo.lock names")
}

fn seal() -> Result<()> {
    let path = project::dist().join("index.html");
    let page = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let page = policy::seal_site(&html::without_comments(&page)?)?;
    fs::write(&path, page).with_context(|| format!("writing {}", path.display()))
}
