//! Turns the crate into the page: `dist/`, a static site, and `dist/firsthour.html`, the same page as one file.

pub mod blank;
pub mod html;
mod library;
pub mod policy;
pub mod rooms;
pub mod single_file;
pub mod site;
pub mod sizes;
pub mod stylesheet;
pub mod text;

use anyhow::Result;

use crate::tools::Tools;

/// How the crate is compiled for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build, slow to run: for work on the page and for browser tests while writing them.
    Dev,
    /// What people get: small.
    Release,
}

impl Profile {
    /// The cargo profile of Cargo.toml, which is also the name of its folder under the target folder.
    pub fn cargo_profile(self) -> &'static str {
        match self {
            Profile::Dev => "wasm-dev",
            Profile::Release => "release",
        }
    }
}

/// Builds both forms of the page.
pub fn build(tools: &Tools, profile: Profile) -> Result<()> {
    site::build(tools, profile)?;
    single_file::build(tools, profile)
}
