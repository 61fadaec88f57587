//! A real browser for the browser tests: Chromium or Chrome, and the chromedriver of the same version.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::debian;
use crate::process;

/// The environment variable that names the browser, for us and for the tests.
pub const CHROME: &str = "FIRSTHOUR_CHROME";
/// The environment variable that names chromedriver, for us and for the tests.
pub const CHROMEDRIVER: &str = "FIRSTHOUR_CHROMEDRIVER";

const BROWSERS: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PACKAGES: &[&str] = &["chromium", "chromium-driver"];

/// A browser and the program that drives it.
pub struct Browser {
    pub chrome: PathBuf,
    pub chromedriver: PathBuf,
}

/// Finds both programs: where the environment names them, else on PATH, else by installing Debian's packages.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = find()? {
        return Ok(browser);
    }
    if debian::is_debian() && debian::is_root() {
        debian::install(PACKAGES, "a minute")?;
        if let Some(browser) = find()? {
            return Ok(browser);
        }
    }
    bail!(
        "the browser tests need Chromium (or Chrome) and chromedriver of the same version on PATH, or named by {CHROME} and \
         {CHROMEDRIVER}. On Debian: {}. Elsewhere: https://googlechromelabs.github.io/chrome-for-testing/",
        debian::by_hand(PACKAGES)
    );
}

fn find() -> Result<Option<Browser>> {
    let chrome = match named(CHROME)? {
        Some(path) => Some(path),
        None => BROWSERS.iter().find_map(|name| process::find(name)),
    };
    let chromedriver = match named(CHROMEDRIVER)? {
        Some(path) => Some(path),
        None => process::find("chromedriver"),
    };
    Ok(chrome.zip(chromedriver).map(|(chrome, chromedriver)| Browser { chrome, chromedriver }))
}

fn named(variable: &str) -> Result<Option<PathBuf>> {
    let Some(path) = env::var_os(variable).map(PathBuf::from) else { return Ok(None) };
    if !path.is_file() {
        bail!("{variable} names {}, which is not there", path.display());
    }
    Ok(Some(path))
}
