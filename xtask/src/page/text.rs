//! Finding indicators in text, from `benches/text`, as a library for Node: compiled as the page is, so that what it takes there
//! is what it takes in the page.

use std::path::PathBuf;

use anyhow::Result;

use super::Profile;
use crate::process;
use crate::tools::Tools;

/// Builds the library, and returns its folder.
pub fn build(tools: &Tools, profile: Profile) -> Result<PathBuf> {
    process::announce("building the finding of indicators for Node (usually 2 minutes)");
    let name = profile.cargo_profile();
    let mut cargo = tools.command("cargo")?;
    cargo.args([
        "build",
        "--package=report-text",
        "--target=wasm32-unknown-unknown",
        "--locked",
        "--profile",
        name,
    ]);
    process::run(&mut cargo)?;

    let target = tools.wasm.target_folder()?;
    let folder = target.join("report-text");
    let mut bindgen = tools.command(&tools.wasm_bindgen)?;
    bindgen
        .args(["--target=nodejs", "--no-typescript", "--out-name=report_text", "--out-dir"])
        .arg(&folder)
        .arg(target.join("wasm32-unknown-unknown").join(name).join("report_text.wasm"));
    process::run(&mut bindgen)?;
    if let Some(wasm_opt) = &tools.wasm_opt {
        let wasm = folder.join("report_text_bg.wasm");
        process::run(std::process::Command::new(wasm_opt).arg("-Oz").arg(&wasm).arg("-o").arg(&wasm))?;
    }
    Ok(folder)
}
