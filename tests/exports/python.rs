//! The formats' own validators, which are Python packages: installed once into a cache of the person's, with pinned versions, and
//! left out with a plain word where Python, the network or time is missing.

use crate::incidents::{all, written};
use firsthour::formats::export::ExportId;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What is installed. Raise a version here and the cache is made anew.
const PACKAGES: [&str; 1] = ["stix2-validator==3.3.2"];

/// How long an installation may take: about four times as long as it does on a slow line.
const PATIENCE: Duration = Duration::from_secs(240);

/// How long a validator may take.
const VALIDATION: Duration = Duration::from_secs(120);

/// The Python with the validators, or why there is none.
fn python() -> Result<&'static Path, &'static str> {
    static PYTHON: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    PYTHON.get_or_init(install).as_deref().map_err(String::as_str)
}

fn install() -> Result<PathBuf, String> {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .ok_or("there is no cache folder")?;
    let pins = PACKAGES.join("\n");
    let folder = base.join("firsthour").join("validators");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|there| there == pins) {
        return Ok(python);
    }
    let began = Instant::now();
    let system = if cfg!(windows) { "python" } else { "python3" };
    let mut venv = Command::new(system);
    venv.args(["-m", "venv", "--clear"]).arg(&folder);
    finish(&mut venv, began, PATIENCE).map_err(|why| format!("no Python environment ({why})"))?;
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--retries",
        "1",
        "--timeout",
        "15",
    ]);
    pip.args(PACKAGES);
    finish(&mut pip, began, PATIENCE).map_err(|why| format!("the packages are not at hand ({why})"))?;
    fs::write(&installed, pins).map_err(|error| error.to_string())?;
    Ok(python)
}

/// Runs a command to its end, or ends it. What it wrote where it failed is the error.
fn finish(command: &mut Command, began: Instant, patience: Duration) -> Result<String, String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let (out, err) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if began.elapsed() < patience => std::thread::sleep(Duration::from_millis(50)),
            Ok(None) => {
                end(&mut child);
                return Err(format!("it took longer than {} s", patience.as_secs()));
            }
            Err(error) => return Err(error.to_string()),
        }
    };
    let (out, err) = (out.join().unwrap_or_default(), err.join().unwrap_or_default());
    if status.success() { Ok(out) } else { Err(format!("{out}{err}")) }
}

fn end(child: &mut Child) {
    // Whether it ended by itself in the meantime does not matter.
    let _ = child.kill();
    let _ = child.wait();
}

fn drain(pipe: Option<impl std::io::Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut text = String::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_string(&mut text);
        }
        text
    })
}

/// Runs Python with these arguments on a file of each incident. Says that it skipped where it cannot.
fn validate(id: ExportId, name: &str, arguments: &[&str]) {
    let python = match python() {
        Ok(python) => python,
        Err(why) => return println!("SKIPPED: {name} did not look at what is written: {why}"),
    };
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("exports-{name}"));
    fs::create_dir_all(&scratch).unwrap();
    for (which, incident) in all() {
        let path = scratch.join(format!("{which}.json"));
        fs::write(&path, written(id, &incident)).unwrap();
        let mut command = Command::new(python);
        command.args(arguments).arg(&path).env("PYTHONUTF8", "1");
        match finish(&mut command, Instant::now(), VALIDATION) {
            Ok(said) => println!("{name}, {which}: {}", said.lines().last().unwrap_or("nothing to say")),
            Err(said) => panic!("{name} has something to say about {which} ({}):\n{said}", path.display()),
        }
    }
}

#[test]
fn stix2_validator_is_strict_and_content() {
    let strict =
        ["-m", "stix2validator.scripts.stix2_validator", "--strict", "--strict-types", "--strict-properties"];
    validate(ExportId::Stix, "stix2-validator", &strict);
}
