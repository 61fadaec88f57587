//! Finding indicators in text, from `benches/text`, as a library for Node: compiled as the page is, so that what it takes there
//! is what it takes in the page.

use std::path::PathBuf;

use anyhow::Result;

use super::{Profile, library};
use crate::process;
use crate::tools::Tools;

/// Builds the library, and returns its folder.
pub fn build(tools: &Tools, profile: Profile) -> Result<PathBuf> {
    process::announce("building the finding of indicators for Node (usually 2 minutes)");
    library::build(tools, profile, "report-text", "nodejs")
}
