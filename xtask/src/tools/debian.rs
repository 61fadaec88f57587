//! Debian's packages: installed where we may, named where we may not.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// Whether this system has Debian's package tools.
pub fn is_debian() -> bool {
    process::find("apt-get").is_some() && Path::new("/etc/debian_version").exists()
}

/// Whether this process may install packages.
pub fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Installs `packages`, or says which command does it.
pub fn install(packages: &[&str], usual_time: &str) -> Result<()> {
    let by_hand = by_hand(packages);
    if !is_debian() || !is_root() {
        bail!("this needs packages that only the system's owner can install: {by_hand}");
    }
    process::announce(&format!("installing Debian's {} (usually {usual_time})", packages.join(", ")));
    // The lists of packages may be absent or old, as in a fresh container; refresh them only then.
    process::run(&mut apt(packages))
        .or_else(|_| {
            process::run(Command::new("apt-get").args(["update", "--quiet"]))?;
            process::run(&mut apt(packages))
        })
        .with_context(|| format!("Debian's packages could not be installed; try by hand: {by_hand}"))
}

fn apt(packages: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "--yes", "--quiet", "--no-install-recommends"])
        .args(packages);
    command
}

/// The command a person runs to install `packages`.
pub fn by_hand(packages: &[&str]) -> String {
    format!("sudo apt-get install {}", packages.join(" "))
}
