//! Builds a package of ours beside the page, compiled as the page is, so that what is measured with it can be compared.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::Profile;
use crate::process;
use crate::tools::Tools;

/// Compiles `package` and makes its bindings for `kind` of place (`web` or `nodejs`, as wasm-bindgen calls them). Returns
/// the folder, which has the package's name.
pub fn build(tools: &Tools, profile: Profile, package: &str, kind: &str) -> Result<PathBuf> {
    let name = profile.cargo_profile();
    let mut cargo = tools.command("cargo")?;
    cargo
        .args(["build", "--target=wasm32-unknown-unknown", "--locked", "--profile", name, "--package"])
        .arg(package);
    process::run(&mut cargo)?;

    let target = tools.wasm.target_folder()?;
    let folder = target.join("beside").join(package);
    let file = package.replace('-', "_");
    let mut bindgen = tools.command(&tools.wasm_bindgen)?;
    bindgen
        .args(["--no-typescript", "--target", kind, "--out-name", &file, "--out-dir"])
        .arg(&folder)
        .arg(target.join("wasm32-unknown-unknown").join(name).join(format!("{file}.wasm")));
    process::run(&mut bindgen)?;
    if let Some(wasm_opt) = &tools.wasm_opt {
        let wasm = folder.join(format!("{file}_bg.wasm"));
        process::run(Command::new(wasm_opt).arg("-Oz").arg(&wasm).arg("-o").arg(&wasm))?;
    }
    Ok(folder)
}
