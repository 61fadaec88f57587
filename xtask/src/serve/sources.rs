//! Whether a source of the page has changed: found by looking, which needs no library and misses nothing an editor does.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};

/// What the page is made of, besides the crates that Cargo.lock names.
const SOURCES: &[&str] =
    &["src", "style", "index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock", "build.rs"];

/// A value that changes when a source under `root` is written, added or removed: how many there are and the newest time.
pub fn newest_change(root: &Path) -> Result<(usize, SystemTime)> {
    let mut seen = (0, SystemTime::UNIX_EPOCH);
    for source in SOURCES {
        look(&root.join(source), &mut seen)?;
    }
    Ok(seen)
}

fn look(path: &Path, seen: &mut (usize, SystemTime)) -> Result<()> {
    // Editors replace files by others, so one that was listed may be gone by now.
    let Ok(facts) = fs::metadata(path) else { return Ok(()) };
    seen.0 += 1;
    seen.1 = seen.1.max(facts.modified().context("this file system does not keep the time of changes")?);
    if facts.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
            look(&entry?.path(), seen)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_change_is_seen() {
        let root = std::env::temp_dir().join(format!("xtask-sources-{}", std::process::id()));
        let page = root.join("src/app/page.rs");
        fs::create_dir_all(root.join("src/app")).unwrap();
        let empty = newest_change(&root).unwrap();

        fs::write(&page, "one").unwrap();
        let added = newest_change(&root).unwrap();
        assert_ne!(empty, added);

        let later = added.1 + std::time::Duration::from_secs(1);
        fs::File::options().write(true).open(&page).unwrap().set_modified(later).unwrap();
        let written = newest_change(&root).unwrap();
        assert_ne!(added, written);

        fs::write(root.join("notes.txt"), "not a source").unwrap();
        assert_eq!(newest_change(&root).unwrap(), written);

        fs::remove_dir_all(&root).unwrap();
        assert_ne!(newest_change(&root).unwrap(), written);
    }
}
