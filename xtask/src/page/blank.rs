//! The smallest Leptos page, from `benches/blank`: what our own start is measured against.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Profile;
use crate::tools::Tools;
use crate::{process, project};

/// Builds the blank page the way the site is built, and returns its folder.
pub fn build(tools: &Tools, profile: Profile) -> Result<PathBuf> {
    process::announce("building the blank page to measure against (the first time usually 2 minutes)");
    let name = profile.cargo_profile();
    let mut cargo = tools.command("cargo")?;
    cargo.args([
        "build",
        "--package=blank",
        "--target=wasm32-unknown-unknown",
        "--locked",
        "--profile",
        name,
    ]);
    process::run(&mut cargo)?;

    let target = tools.wasm.target_folder()?;
    let folder = target.join("blank-page");
    let mut bindgen = tools.command(&tools.wasm_bindgen)?;
    bindgen
        .args(["--target=web", "--no-typescript", "--out-name=blank", "--out-dir"])
        .arg(&folder)
        .arg(target.join("wasm32-unknown-unknown").join(name).join("blank.wasm"));
    process::run(&mut bindgen)?;
    if let Some(wasm_opt) = &tools.wasm_opt {
        let wasm = folder.join("blank_bg.wasm");
        process::run(std::process::Command::new(wasm_opt).arg("-Oz").arg(&wasm).arg("-o").arg(&wasm))?;
    }
    let page = project::root().join("benches/blank/index.html");
    fs::copy(&page, folder.join("index.html")).with_context(|| format!("copying {}", page.display()))?;
    Ok(folder)
}
