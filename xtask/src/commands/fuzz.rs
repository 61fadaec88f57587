//! `cargo xtask fuzz`: looks for inputs that make a reader panic, hang or fill the memory, guided by what code they reach.
//!
//! The targets in `fuzz/` are cargo-fuzz's kind, which wants a nightly compiler; the flags below are all that it takes of one,
//! and the stable compiler has them too. What is found on the way stays in `fuzz/corpus/`, and the next run goes on from there.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Program;

use anyhow::{Context, Result, bail};
use lexopt::{Arg, ValueExt as _};

use super::Command;
use crate::{process, project};

pub const COMMAND: Command = Command {
    name: "fuzz",
    options: "[TARGET...] [--minutes N] [--input FILE]",
    about: "feeds a reader, or every one in turn, what nobody would write, N minutes each (1); --input runs one file, such as a finding",
    run,
};

/// Tells LLVM to count which code an input reaches and what it compares with, as libFuzzer reads it.
const COVERAGE: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// The longest input, in bytes: longer ones make a run slow and find nothing that shorter ones do not.
const LONGEST: u32 = 4096;

/// How long one input may take, in seconds. The slowest takes some hundredths.
const SLOWEST: u32 = 5;

/// How much memory the whole program may take, in megabytes.
const MEMORY: u32 = 2048;

fn run(mut options: lexopt::Parser) -> Result<()> {
    let (mut targets, mut minutes, mut input) = (Vec::new(), 1_u32, None);
    while let Some(option) = options.next()? {
        match option {
            Arg::Long("minutes") => minutes = options.value()?.parse()?,
            Arg::Long("input") => input = Some(PathBuf::from(options.value()?)),
            Arg::Value(name) => targets.push(name.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let folder = project::root().join("fuzz");
    let known = known(&folder)?;
    if let Some(unknown) = targets.iter().find(|name| !known.contains(name)) {
        bail!("there is no target `{unknown}`; there are {}", known.join(", "));
    }
    if targets.is_empty() {
        targets = known;
    }
    if input.is_some() && targets.len() != 1 {
        bail!("--input needs the one target that is to read the file");
    }
    for target in &targets {
        let program = build(&folder, target)?;
        if let Some(input) = &input {
            process::run(Program::new(&program).current_dir(&folder).arg(fs::canonicalize(input)?))?;
            continue;
        }
        process::announce(&format!("fuzzing {target} ({minutes} minutes)"));
        process::run(&mut fuzzing(&folder, &program, target, minutes)?).with_context(|| {
            format!("{target} has a finding; `cargo xtask fuzz {target} --input fuzz/artifacts/{target}/…` runs it again")
        })?;
    }
    process::announce("fuzz: nothing was found");
    Ok(())
}

/// Every target, by name.
fn known(folder: &Path) -> Result<Vec<String>> {
    let targets = folder.join("fuzz_targets");
    let files = fs::read_dir(&targets).with_context(|| format!("reading {}", targets.display()))?;
    let mut names = Vec::new();
    for file in files {
        let path = file?.path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

/// The program of a target, compiled so that it counts what it reaches.
fn build(folder: &Path, target: &str) -> Result<PathBuf> {
    let host = rustc_version::version_meta().context("asking rustc for its version")?.host;
    process::announce(&format!("compiling {target} (usually 3 minutes the first time)"));
    let mut cargo = Program::new("cargo");
    // Naming the machine keeps the flags away from build scripts, which have nothing to count with.
    cargo.current_dir(folder).env("CARGO_ENCODED_RUSTFLAGS", COVERAGE.join("\u{1f}")).args([
        "build",
        "--release",
        "--locked",
        "--target",
        &host,
        "--bin",
        target,
    ]);
    process::run(&mut cargo)
        .context("libFuzzer is C++ and is compiled with the target; a C++ compiler has to be on PATH")?;
    Ok(folder.join("target").join(host).join("release").join(target))
}

/// The program with what it begins with and how far it may go.
fn fuzzing(folder: &Path, program: &Path, target: &str, minutes: u32) -> Result<Program> {
    let corpus = Path::new("corpus").join(target);
    let artifacts = Path::new("artifacts").join(target);
    for made in [&corpus, &artifacts] {
        let made = folder.join(made);
        fs::create_dir_all(&made).with_context(|| format!("creating {}", made.display()))?;
    }
    let mut fuzzing = Program::new(program);
    fuzzing.current_dir(folder).arg(corpus);
    let seeds = [Path::new("seeds").join(target), PathBuf::from("../tests/fixtures/formats")];
    fuzzing.args(seeds.iter().filter(|seeds| folder.join(seeds).is_dir()));
    let own = Path::new("dictionaries").join(format!("{target}.dict"));
    let words = if folder.join(&own).is_file() { own } else { PathBuf::from("dictionaries/json.dict") };
    fuzzing.arg(setting("-dict=", words));
    // A prefix, so that the name of the file follows.
    fuzzing.arg(setting("-artifact_prefix=", artifacts.join("")));
    fuzzing.arg(format!("-max_total_time={}", minutes * 60));
    fuzzing.arg(format!("-max_len={LONGEST}"));
    fuzzing.arg(format!("-timeout={SLOWEST}"));
    fuzzing.arg(format!("-rss_limit_mb={MEMORY}"));
    fuzzing.arg("-print_final_stats=1");
    Ok(fuzzing)
}

fn setting(name: &str, value: PathBuf) -> OsString {
    let mut setting = OsString::from(name);
    setting.push(value);
    setting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_a_program_of_the_package() {
        let folder = project::root().join("fuzz");
        let package = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let known = known(&folder).unwrap();
        assert!(known.len() > 10, "{known:?}");
        for target in known {
            let program = format!("name = \"{target}\"\npath = \"fuzz_targets/{target}.rs\"");
            assert!(package.contains(&program), "{target} is not listed in fuzz/Cargo.toml");
        }
    }

    #[test]
    fn a_target_begins_with_its_seeds_and_its_words() {
        let folder = project::root().join("fuzz");
        let line = process::line(&fuzzing(&folder, Path::new("text"), "text", 10).unwrap());
        for part in ["text corpus/text seeds/text ", "-dict=dictionaries/text.dict", "-max_total_time=600"] {
            assert!(line.contains(part), "{line}");
        }
    }
}
