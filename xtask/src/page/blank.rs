//! The smallest Leptos page, from `benches/blank`: what our own start is measured against.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Profile, library};
use crate::tools::Tools;
use crate::{process, project};

/// Builds the blank page the way the site is built, and returns its folder.
pub fn build(tools: &Tools, profile: Profile) -> Result<PathBuf> {
    process::announce("building the blank page to measure against (the first time usually 2 minutes)");
    let folder = library::build(tools, profile, "blank", "web")?;
    let page = project::root().join("benches/blank/index.html");
    fs::copy(&page, folder.join("index.html")).with_context(|| format!("copying {}", page.display()))?;
    Ok(folder)
}
