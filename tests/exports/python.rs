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
const PACKAGES: [&str; 4] =
    ["stix2-validator==3.3.2", "pymisp==2.5.34.4", "mitreattack-python==6.3.1", "py-ocsf-models==0.10.0"];

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
    finish(&mut venv, began, PATIENCE).map_err(|why| format!("there is no Python environment ({why})"))?;
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

/// Why a command gave no result.
enum Trouble {
    /// It could not be run, or not in time.
    NotRun(String),
    /// It ran and failed, with these words.
    Failed(String),
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotRun(why) | Self::Failed(why) => f.write_str(why.trim()),
        }
    }
}

/// Runs a command to its end, or ends it.
fn finish(command: &mut Command, began: Instant, patience: Duration) -> Result<String, Trouble> {
    let not_run = |error: std::io::Error| Trouble::NotRun(error.to_string());
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(not_run)?;
    let (out, err) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let status = loop {
        match child.try_wait().map_err(not_run)? {
            Some(status) => break status,
            None if began.elapsed() < patience => std::thread::sleep(Duration::from_millis(50)),
            None => {
                end(&mut child);
                return Err(Trouble::NotRun(format!("it took longer than {} s", patience.as_secs())));
            }
        }
    };
    let (out, err) = (out.join().unwrap_or_default(), err.join().unwrap_or_default());
    if status.success() { Ok(out + &err) } else { Err(Trouble::Failed(out + &err)) }
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

/// Runs Python with these arguments on a file of each incident; the result is what it said. Says that it skipped where
/// it cannot.
fn validate(id: ExportId, name: &str, arguments: &[&str]) -> Option<String> {
    let skipped = |why: &str| {
        println!("SKIPPED: {name} did not look at what is written: {why}");
        None
    };
    let python = match python() {
        Ok(python) => python,
        Err(why) => return skipped(why),
    };
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("exports-{name}"));
    fs::create_dir_all(&scratch).unwrap();
    let mut command = Command::new(python);
    command.args(arguments).env("PYTHONUTF8", "1");
    for (which, incident) in all() {
        let path = scratch.join(format!("{which}.json"));
        fs::write(&path, written(id, &incident)).unwrap();
        command.arg(&path);
    }
    match finish(&mut command, Instant::now(), VALIDATION) {
        Ok(said) => {
            println!("{name}: {said}");
            Some(said)
        }
        Err(Trouble::NotRun(why)) => skipped(&why),
        Err(Trouble::Failed(said)) => {
            panic!("{name} has something to say about {}:\n{said}", scratch.display())
        }
    }
}

#[test]
fn stix2_validator_is_strict_and_content() {
    let strict =
        ["-m", "stix2validator.scripts.stix2_validator", "--strict", "--strict-types", "--strict-properties"];
    if let Some(said) = validate(ExportId::Stix, "stix2-validator", &strict) {
        assert_eq!(said.matches("STIX JSON: Valid").count(), all().len());
        assert!(!said.contains("[!]") && !said.to_lowercase().contains("warning"), "it warns");
    }
}

/// PyMISP gives back what it was given, and its own schema and table of types agree with it.
const PYMISP: &str = r#"
import json, sys, pathlib, jsonschema, pymisp
folder = pathlib.Path(pymisp.__file__).parent / "data"
def same(one, other, path):
    if isinstance(one, dict):
        for name, value in one.items():
            # Numbers of a database that this event was never in.
            if name in ("id", "event_id", "object_id", "org_id", "orgc_id"):
                continue
            # Empty lists are left out.
            if name not in other and value == []:
                continue
            assert name in other, f"{path}/{name} is gone"
            same(value, other[name], f"{path}/{name}")
    elif isinstance(one, list):
        assert len(one) == len(other), f"{path}: {len(one)} became {len(other)}"
        for number, (mine, theirs) in enumerate(zip(one, other)):
            same(mine, theirs, f"{path}/{number}")
    else:
        assert one == other, f"{path}: {one!r} became {other!r}"
types = json.load(open(folder / "describeTypes.json"))["result"]["category_type_mappings"]
for path in sys.argv[1:]:
    given = json.load(open(path, encoding="utf-8"))["Event"]
    jsonschema.validate({"Event": given}, json.load(open(folder / "schema-lax.json")))
    event = pymisp.MISPEvent()
    event.from_dict(**given)
    same(given, json.loads(event.to_json()), "")
    attributes = list(event.attributes) + [a for o in event.objects for a in o.attributes]
    for attribute in attributes:
        assert attribute.type in types[attribute.category], f"{attribute.type} is no type of {attribute.category}"
    print(path, len(attributes), "attributes")
"#;

#[test]
fn pymisp_gives_back_what_it_was_given() {
    if let Some(said) = validate(ExportId::Misp, "pymisp", &["-c", PYMISP]) {
        assert!(!said.contains("template"), "an object does not fit its template");
    }
}

/// The library of the Navigator's makers takes the layer, in its strict mode, and gives the same techniques.
const NAVLAYERS: &str = r#"
import json, sys
from mitreattack.navlayers import Layer
ids = lambda layer: [(one["techniqueID"], one.get("score"), one.get("comment")) for one in layer.get("techniques", [])]
for path in sys.argv[1:]:
    given = json.load(open(path, encoding="utf-8"))
    layer = Layer(strict=True)
    layer.from_dict(given)
    assert layer.layer is not None, "the layer was refused"
    back = layer.to_dict()
    assert back["versions"]["layer"] == "4.5"
    assert ids(given) == ids(back), (ids(given), ids(back))
    print(path, len(ids(back)), "techniques")
"#;

#[test]
fn navlayers_takes_the_layer() {
    let _ = validate(ExportId::Navigator, "navlayers", &["-c", NAVLAYERS]);
}

/// There is no model of the whole class in this library, but there are models of its parts.
const OCSF: &str = r#"
import json, sys
from py_ocsf_models.objects.finding_info import FindingInformation
from py_ocsf_models.objects.metadata import Metadata
from py_ocsf_models.objects.observable import Observable
for line in (line for path in sys.argv[1:] for line in open(path, encoding="utf-8")):
    finding = json.loads(line)
    Metadata.model_validate(finding["metadata"])
    for one in finding["finding_info_list"]:
        FindingInformation.model_validate(one)
    for one in finding.get("observables", []):
        Observable.model_validate(one)
    print(len(finding["finding_info_list"]), "findings,", len(finding.get("observables", [])), "observables")
"#;

#[test]
fn ocsf_models_take_the_parts_of_a_finding() {
    let _ = validate(ExportId::Ocsf, "py-ocsf-models", &["-c", OCSF]);
}
