//! Tools that are npm packages: wasm-opt, axe-core and CyberChef. All are of use and none is required, so a machine without
//! npm gets a page that is a little larger, tests that do not look at accessibility and figures without a comparison, and is
//! told so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{folder, stated_version};
use crate::process;

/// Older ones do not know all the WebAssembly that rustc writes today.
const OLDEST_WASM_OPT: u32 = 117;

/// wasm-opt, if it is on PATH or can be had from npm.
pub fn wasm_opt() -> Result<Option<PathBuf>> {
    if let Some(found) =
        process::find("wasm-opt").filter(|found| stated_version(found).is_some_and(|text| is_recent(&text)))
    {
        return Ok(Some(found));
    }
    let file = Path::new(".bin/wasm-opt");
    file_of(
        "binaryen",
        "132.0.0",
        file,
        "the page is built without wasm-opt, which makes it half as large again",
    )
}

/// The last word of `wasm-opt --version` is its number, or its tag in brackets: `wasm-opt version 132 (version_132)`.
fn is_recent(version: &str) -> bool {
    let digits: String = version.chars().filter(char::is_ascii_digit).collect();
    digits.parse().is_ok_and(|number: u32| number >= OLDEST_WASM_OPT)
}

/// axe-core's one script, which finds accessibility problems in an open page, if it can be had from npm.
pub fn axe() -> Result<Option<PathBuf>> {
    file_of(
        "axe-core",
        "4.14.1",
        Path::new("axe-core/axe.min.js"),
        "browser tests do not look for accessibility problems",
    )
}

/// The folder of CyberChef, whose operations find indicators in text as well, if it can be had from npm: 280 MB, and only
/// `bench` asks for it.
pub fn cyberchef() -> Result<Option<PathBuf>> {
    let package = file_of(
        "cyberchef",
        "11.5.0",
        Path::new("cyberchef/package.json"),
        "text is measured without a comparison",
    )?;
    Ok(package.and_then(|file| file.parent().map(Path::to_path_buf)))
}

/// `file` inside the `node_modules` of npm's `package`, installed into the cache folder if it is not there.
/// `without` says what happens where that cannot be done.
fn file_of(package: &str, version: &str, file: &Path, without: &str) -> Result<Option<PathBuf>> {
    let folder = folder(&format!("{package}-{version}"))?;
    let path = folder.join("node_modules").join(file);
    if path.exists() {
        return Ok(Some(path));
    }
    let Some(npm) = process::find("npm") else {
        process::note(&format!("npm is not installed: {without}"));
        return Ok(None);
    };
    process::announce(&format!("fetching {package} {version} with npm, once (usually seconds)"));
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    let mut install = Command::new(npm);
    install.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(&folder);
    install.arg(format!("{package}@{version}"));
    if let Err(error) = process::run(&mut install) {
        process::note(&format!("{error:#}: {without}"));
        return Ok(None);
    }
    Ok(path.exists().then_some(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_wasm_opt_is_passed_over() {
        assert!(is_recent("132"));
        assert!(is_recent("(version_132)"));
        assert!(!is_recent("108"));
        assert!(!is_recent("unknown"));
    }
}
