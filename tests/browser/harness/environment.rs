//! Which page, browser and tools to use. `cargo xtask test` names them by environment variables; without them there is
//! nothing to test, and the tests are listed as ignored.

use std::env;
use std::path::{Path, PathBuf};

/// What a browser test needs from outside.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The folder of the built site, which also holds `firsthour.html`.
    pub dist: PathBuf,
    /// The browser.
    pub chrome: PathBuf,
    /// The program that drives it.
    pub chromedriver: PathBuf,
    /// `axe.min.js` of axe-core, where npm could provide it.
    pub axe: Option<PathBuf>,
}

impl Environment {
    /// Reads the variables; `None` where no built page is named.
    pub fn read() -> Option<Self> {
        let path = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        Some(Self {
            dist: path("FIRSTHOUR_DIST")?,
            chrome: path("FIRSTHOUR_CHROME").unwrap_or_else(|| "chromium".into()),
            chromedriver: path("FIRSTHOUR_CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into()),
            axe: path("FIRSTHOUR_AXE"),
        })
    }

    /// The page as one file.
    pub fn single_file(&self) -> PathBuf {
        self.dist.join("firsthour.html")
    }
}

/// Where pictures of pages go, for people to look at.
pub fn screenshots() -> PathBuf {
    folder("screenshots")
}

/// Where profiles and downloads of running tests live.
pub fn scratch() -> PathBuf {
    folder("tmp")
}

fn folder(name: &str) -> PathBuf {
    // Cargo names `target/tmp`; what people look at belongs beside it.
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    tmp.parent().unwrap_or(tmp).join(name)
}
