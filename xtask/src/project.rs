//! Where things are: the project, its build output, its lock file's versions, the person's cache folder.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};

use crate::process;

/// The project's folder, the one that holds `index.html`.
pub fn root() -> PathBuf {
    // `cargo run` says where xtask's sources are now; a binary started by hand falls back to where it was built.
    let xtask = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().map_or_else(|| xtask.clone(), Path::to_path_buf)
}

/// The built site: static files, ready to be served from anywhere.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The whole page as one file, inside [`dist`].
pub fn single_file() -> PathBuf {
    dist().join("firsthour.html")
}

/// Where tools are kept between clones: `$XDG_CACHE_HOME/firsthour`, else `~/.cache/firsthour`.
pub fn cache() -> Result<PathBuf> {
    cache_from(env::var_os("XDG_CACHE_HOME").map(PathBuf::from), env::home_dir())
        .context("neither XDG_CACHE_HOME nor a home folder is set, so there is no place to keep tools; set XDG_CACHE_HOME to a folder")
}

fn cache_from(xdg: Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    // The XDG specification says to ignore a relative path.
    let base = xdg.filter(|path| path.is_absolute()).or_else(|| home.map(|home| home.join(".cache")))?;
    Some(base.join("firsthour"))
}

/// Cargo's build output, wherever the person's settings put it.
pub fn target_folder() -> Result<PathBuf> {
    let folder = metadata()?["target_directory"].as_str().map(PathBuf::from);
    folder.context("`cargo metadata` names no target folder")
}

/// The test targets, with their packages, that cargo runs and lints only when asked for by name (`test = false`).
pub fn tests_on_request() -> Result<Vec<(String, String)>> {
    Ok(on_request(&metadata()?))
}

fn on_request(metadata: &Value) -> Vec<(String, String)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for package in list(&metadata["packages"]) {
        for target in list(&package["targets"]) {
            if target["kind"] == json!(["test"]) && target["test"] == json!(false) {
                found.push((text(&package["name"]), text(&target["name"])));
            }
        }
    }
    found
}

fn metadata() -> Result<Value> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).args(["metadata", "--format-version=1", "--no-deps", "--offline"]);
    serde_json::from_str(&process::output(&mut cargo)?).context("reading what `cargo metadata` says")
}

/// The exact version of `package` in Cargo.lock. Where several are locked, the first.
pub fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    version_in_lock(&lock, package)
        .map(str::to_owned)
        .ok_or_else(|| anyhow!("Cargo.lock names no package `{package}`; run `cargo generate-lockfile`"))
}

fn version_in_lock<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().map(str::trim).skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

    #[test]
    fn the_lock_is_read_by_the_whole_name() {
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in_lock(LOCK, "wasm"), None);
    }

    #[test]
    fn tests_on_request_are_those_that_plain_cargo_test_leaves_out() {
        let metadata = json!({"packages": [{"name": "app", "targets": [
            {"kind": ["test"], "name": "flows", "test": true},
            {"kind": ["test"], "name": "browser", "test": false},
            {"kind": ["bin"], "name": "app", "test": false},
        ]}]});
        assert_eq!(on_request(&metadata), [("app".to_owned(), "browser".to_owned())]);
    }

    #[test]
    fn the_cache_is_the_xdg_folder_else_the_home_folder() {
        let home = || Some(PathBuf::from("/home/ada"));
        assert_eq!(cache_from(Some("/var/cache".into()), home()), Some("/var/cache/firsthour".into()));
        assert_eq!(cache_from(Some("relative".into()), home()), Some("/home/ada/.cache/firsthour".into()));
        assert_eq!(cache_from(None, home()), Some("/home/ada/.cache/firsthour".into()));
        assert_eq!(cache_from(None, None), None);
    }
}
