//! Running other programs: finding them on PATH, announcing what takes time, and failing with the command line that failed.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Says what is about to happen, and how long that usually takes where it is worth saying.
pub fn announce(what: &str) {
    eprintln!("==> {what}");
}

/// Adds a detail to the step announced last.
pub fn note(what: &str) {
    eprintln!("    {what}");
}

/// Runs `command` with its output shown as it comes.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("could not start `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// Runs `command` and returns what it wrote to standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not start `{}`", line(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` ended with {}: {}", line(command), output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The program `name` on PATH, if there is one.
pub fn find(name: &str) -> Option<PathBuf> {
    find_in(&env::var_os("PATH")?, name)
}

fn find_in(path: &OsStr, name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(path).map(|folder| folder.join(&file)).find(|candidate| is_program(candidate))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// PATH with `folders` before what it holds already.
pub fn path_with<'a>(folders: impl Iterator<Item = &'a Path>) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = folders.map(Path::to_path_buf).chain(env::split_paths(&path));
    env::join_paths(folders).context("a tool's folder has a character that cannot stand in PATH")
}

/// A command as a person would type it, for messages.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| quote(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_so_that_it_can_be_pasted() {
        let mut command = Command::new("cargo");
        command.args(["test", "--", "it's here", ""]);
        assert_eq!(line(&command), r"cargo test -- 'it'\''s here' ''");
    }

    #[test]
    fn a_failing_program_is_an_error_that_names_it() {
        let error =
            run(Command::new("cargo").arg("--no-such-option").stderr(Stdio::null())).unwrap_err().to_string();
        assert!(error.starts_with("`cargo --no-such-option` ended with"), "{error}");
    }

    #[test]
    fn a_missing_program_is_an_error_that_names_it() {
        let error = run(&mut Command::new("no-such-program-here")).unwrap_err().to_string();
        assert_eq!(error, "could not start `no-such-program-here`");
    }

    #[test]
    fn only_programs_count_as_found() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(find_in(folder.as_os_str(), "Cargo.toml"), None, "a file that cannot be run");
        assert!(find("cargo").is_some());
    }

    #[test]
    fn tools_come_first_on_path() {
        let path = path_with([Path::new("/tools/bin")].into_iter()).unwrap();
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        let before: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap()).collect();
        assert_eq!(folders[0], Path::new("/tools/bin"));
        assert_eq!(folders[1..], before);
    }
}
