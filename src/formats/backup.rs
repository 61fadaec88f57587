//! The backup: the whole notebook as one JSON file, read and written.
//!
//! `docs/notebook-format.md` describes it. The bytes depend on nothing but the notebook: not on the time, the
//! author or the order in which incidents were opened. Each incident stands on a line of its own, so that ordinary
//! tools can search, compare and cut the file.
//!
//! The file carries the heads of every log's chains. Reading it checks every chain; what does not fit is told and
//! nothing is refused for it: the file may be all there is.

use crate::model::chain::{self, Fault, Heads, Scope};
use crate::model::id::LONGEST as LONGEST_ID;
use crate::model::{Activity, Incident, IncidentId, stored};
use crate::notebook::{Act, Preparation, Put, Why};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// What the file says it is.
pub const FORMAT: &str = "firsthour-notebook";

/// The version that is written, and the newest that can be read.
pub const VERSION: u32 = 2;

/// A backup being written, incident by incident, so that a long one can be written in pieces.
#[derive(Debug)]
pub struct Writing {
    text: String,
    any: bool,
    heads: Heads,
}

impl Default for Writing {
    fn default() -> Self {
        let text = format!("{{\n\"format\":\"{FORMAT}\",\n\"version\":{VERSION},\n\"incidents\":[");
        Self { text, any: false, heads: Heads::default() }
    }
}

impl Writing {
    /// Adds an incident. They have to come in the order of their ids, as the notebook's rows do.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn push(&mut self, incident: &Incident) -> Result<(), serde_json::Error> {
        let json = serde_json::to_string(incident)?;
        self.text.push_str(if self.any { ",\n" } else { "\n" });
        self.text.push_str(&json);
        self.any = true;
        self.heads.add(Scope::Incident(&incident.id), &incident.activity);
        Ok(())
    }

    /// The whole file.
    ///
    /// # Errors
    /// When the preparation cannot be written as JSON.
    pub fn finish(mut self, preparation: &Preparation) -> Result<String, serde_json::Error> {
        let json = serde_json::to_string(&Preparation { copy: None, ..preparation.clone() })?;
        self.heads.add(Scope::Notebook, &preparation.log);
        self.text.push_str(if self.any { "\n],\n" } else { "],\n" });
        self.text.push_str("\"preparation\":");
        self.text.push_str(&json);
        if !self.heads.is_empty() {
            let (heads, head) = (serde_json::to_string(&self.heads)?, self.heads.head());
            for part in [",\n\"heads\":", &heads, ",\n\"head\":\"", &head.to_string(), "\""] {
                self.text.push_str(part);
            }
        }
        self.text.push_str("\n}\n");
        Ok(self.text)
    }
}

/// A name for a file that holds what is called so, safe in every file system: letters, digits and hyphens.
pub fn file_name(called: &str) -> String {
    let mut stem = String::new();
    for letter in called.chars().take(200) {
        if letter.is_alphanumeric() {
            stem.extend(letter.to_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem: String = stem.chars().take(60).collect();
    // Before a name that a system keeps for itself, such as `con`, stands a word of ours.
    match stem.trim_matches('-') {
        "" => "incident.json".to_owned(),
        stem => format!("incident-{stem}.json"),
    }
}

/// What a backup holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backup {
    /// The incidents, in the file's order.
    pub incidents: Vec<Incident>,
    /// The preparation.
    pub preparation: Preparation,
    /// What is wrong with its logs.
    pub faults: Vec<LogFault>,
}

/// Something wrong with one of a backup's logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFault {
    /// The name of the incident whose log it is; its id where it is not in the file; none for the notebook's own log.
    pub incident: Option<String>,
    /// What, and at which entry.
    pub fault: Fault,
}

impl Backup {
    /// The act that puts everything in place as it was saved. A preparation with nothing in it does not replace one.
    pub fn restoring(self) -> Act {
        let incidents = self.incidents.into_iter();
        Act::Put(Put {
            why: Why::Restored,
            incidents: incidents.map(|incident| (incident.id.clone(), Some(Arc::new(incident)))).collect(),
            preparation: (!self.preparation.is_empty()).then(|| Arc::new(self.preparation)),
        })
    }
}

/// Why a file cannot be read as a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadBackup {
    /// It is not JSON, from this line and column on.
    NotJson {
        /// Counted from one.
        line: usize,
        /// Counted from one.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// It is JSON, but does not say that it is a backup of this program.
    NotBackup,
    /// A newer program wrote it, in this version.
    Newer(u32),
    /// A part of it is not as it should be.
    Part {
        /// Where, as a path such as `incidents[3]`, with the incident's name where it has one.
        place: String,
        /// What is wrong there.
        message: String,
    },
    /// Two incidents have this id.
    Twice(IncidentId),
}

impl fmt::Display for BadBackup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson { line, column, message } => write!(
                f,
                "line {line}, column {column}: {message}; the file may have been cut short, so fetch it again"
            ),
            Self::NotBackup => {
                write!(f, "this is not a backup: \"format\": \"{FORMAT}\" was expected; choose another file")
            }
            Self::Newer(version) => write!(
                f,
                "a newer version wrote this backup (version {version}, up to {VERSION} can be read); update first"
            ),
            Self::Part { place, message } => {
                write!(f, "{place}: {message}; correct it there or restore an earlier backup")
            }
            Self::Twice(id) => write!(f, "two incidents have the id {id}; remove one of them from the file"),
        }
    }
}

impl std::error::Error for BadBackup {}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct File {
    incidents: Vec<Incident>,
    #[serde(default)]
    preparation: Preparation,
    #[serde(default)]
    heads: Option<Value>,
    #[serde(default)]
    head: Option<Value>,
}

/// Whether the text says that it is a backup, whatever its version and whether or not the rest can be read.
pub fn is_backup(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
        && text.get(..4096).unwrap_or(text).contains(&format!("\"{FORMAT}\""))
}

/// Reads a backup.
///
/// # Errors
/// A [`BadBackup`] that names the place.
pub fn read(text: &str) -> Result<Backup, BadBackup> {
    let text = text.trim_start_matches('\u{feff}');
    let head: Head = serde_json::from_str(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => BadBackup::NotBackup,
        _ => not_json(&error),
    })?;
    if head.format != FORMAT {
        return Err(BadBackup::NotBackup);
    }
    if head.version > VERSION {
        return Err(BadBackup::Newer(head.version));
    }
    let file: File = stored::from_str(text).map_err(|error| find_fault(text, &error))?;
    let mut seen = BTreeSet::new();
    for (place, incident) in file.incidents.iter().enumerate() {
        if !seen.insert(&incident.id) {
            return Err(BadBackup::Twice(incident.id.clone()));
        }
        check_names(place, incident)?;
    }
    let faults = check_logs(&file);
    Ok(Backup { incidents: file.incidents, preparation: file.preparation, faults })
}

/// Recomputes every chain, and compares where they end with what the file says.
fn check_logs(file: &File) -> Vec<LogFault> {
    let mut logs: BTreeMap<String, (Option<&str>, &[Activity])> = BTreeMap::new();
    let (mut faults, mut heads) = (Vec::new(), Heads::default());
    let own = (Scope::Notebook, None, file.preparation.log.as_slice());
    let incidents = file.incidents.iter().map(|incident| {
        (Scope::Incident(&incident.id), Some(incident.name.as_str()), incident.activity.as_slice())
    });
    for (scope, name, log) in incidents.chain([own]) {
        let of_log = chain::verify(log, scope).faults.into_iter();
        faults.extend(of_log.map(|fault| LogFault { incident: name.map(str::to_owned), fault }));
        heads.add(scope, log);
        logs.insert(scope.to_string(), (name, log));
    }
    let (Some(said), Some(head)) = (&file.heads, &file.head) else { return faults };
    // A list that is none says nothing about any chain, and then all of them end elsewhere.
    let said: Heads = stored::from_str(&said.to_string()).unwrap_or_default();
    let unlike = said.unlike(&heads);
    if unlike.is_empty() && head.as_str() != Some(heads.head().to_string().as_str()) {
        faults.push(LogFault { incident: None, fault: chain::other_head(&[], "") });
    }
    faults.extend(unlike.into_iter().map(|(scope, copy)| match logs.get(scope) {
        Some((name, log)) => {
            LogFault { incident: name.map(str::to_owned), fault: chain::other_head(log, copy) }
        }
        None => {
            let id = scope.rsplit('/').next().unwrap_or_default().chars().take(LONGEST_ID).collect();
            LogFault { incident: Some(id), fault: chain::other_head(&[], copy) }
        }
    }));
    faults
}

fn not_json(error: &serde_json::Error) -> BadBackup {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    BadBackup::NotJson { line: error.line(), column: error.column(), message }
}

/// Finds which part it is that cannot be read, to name it as a person knows it.
fn find_fault(text: &str, error: &serde_json::Error) -> BadBackup {
    let Ok(whole) = stored::from_str::<Value>(text) else { return not_json(error) };
    let incidents = whole.get("incidents").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for (place, value) in incidents.iter().enumerate() {
        // Written and read again: reading from values as well would compile the whole model a second time. Where in that
        // writing it is says nothing to a person.
        if let Err(error) = stored::from_str::<Incident>(&value.to_string()) {
            let name = value.get("name").and_then(Value::as_str);
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            return BadBackup::Part { place: named_place(place, name), message };
        }
    }
    BadBackup::Part {
        place: format!("line {}, column {}", error.line(), error.column()),
        message: error.to_string(),
    }
}

fn named_place(place: usize, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("incidents[{place}] ({})", name.chars().take(60).collect::<String>()),
        None => format!("incidents[{place}]"),
    }
}

/// Alerts, entities, notes and events stand under their ids; one that stands under another's could not be found again.
fn check_names(place: usize, incident: &Incident) -> Result<(), BadBackup> {
    let alerts = incident.alerts.iter().map(|(key, alert)| ("alerts", key.as_str(), alert.id.as_str()));
    let entities =
        incident.entities.iter().map(|(key, entity)| ("entities", key.as_str(), entity.id.as_str()));
    let notes = incident.notes.iter().map(|(key, note)| ("notes", key.as_str(), note.id.as_str()));
    let events = incident.events.iter().map(|(key, event)| ("events", key.as_str(), event.id.as_str()));
    match alerts.chain(entities).chain(notes).chain(events).find(|(_, key, id)| key != id) {
        None => Ok(()),
        Some((list, key, id)) => Err(BadBackup::Part {
            place: format!("{}.{list}[{key}]", named_place(place, Some(&incident.name))),
            message: format!("its id is {id}, so it does not belong there"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Note, NoteId, StepField, StepId, Time};
    use crate::notebook::{Edit, Notebook};
    use proptest::prelude::*;

    fn time() -> Time {
        Time::parse("2026-01-01T00:00:00Z").unwrap()
    }

    fn incident(name: &str) -> Incident {
        Incident::new(IncidentId::derived(&[name]), name, time())
    }

    fn write(incidents: &[Incident], preparation: &Preparation) -> String {
        let mut sorted: Vec<&Incident> = incidents.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let mut writing = Writing::default();
        for incident in sorted {
            writing.push(incident).unwrap();
        }
        writing.finish(preparation).unwrap()
    }

    fn apply(notebook: &mut Notebook, act: Act) {
        notebook
            .apply(Edit { at: time(), by: "Ann".into(), act, cause: crate::model::activity::Cause::Done })
            .unwrap();
    }

    #[test]
    fn an_empty_notebook_makes_a_file_that_reads_back_empty() {
        let text = write(&[], &Preparation::default());
        assert_eq!(
            text,
            "{\n\"format\":\"firsthour-notebook\",\n\"version\":2,\n\"incidents\":[],\n\"preparation\":{}\n}\n"
        );
        assert_eq!(read(&text), Ok(Backup::default()));
        assert!(is_backup(&text));
    }

    #[test]
    fn a_restored_notebook_equals_the_one_that_was_saved_and_writes_the_same_bytes() {
        let mut notebook = Notebook::default();
        let backup = Backup { incidents: vec![incident("a"), incident("b")], ..Backup::default() };
        apply(&mut notebook, backup.restoring());
        apply(
            &mut notebook,
            Act::SetPreparation(StepId::try_from("pre-01").unwrap(), StepField::Outcome("done".into())),
        );
        apply(&mut notebook, Act::Comment(incident("a").id, "hello".into()));
        let export = |notebook: &Notebook| {
            let incidents: Vec<Incident> = notebook.loaded().map(|it| Incident::clone(it)).collect();
            write(&incidents, notebook.preparation())
        };
        let text = export(&notebook);
        let mut restored = Notebook::default();
        apply(&mut restored, read(&text).unwrap().restoring());
        assert_eq!(restored, notebook);
        assert_eq!(export(&restored), text);
    }

    #[test]
    fn a_files_name_is_safe_whatever_the_incident_is_called() {
        for (called, name) in [
            ("Multi-stage incident: Øystein's PC!", "incident-multi-stage-incident-øystein-s-pc.json"),
            ("../../etc/passwd", "incident-etc-passwd.json"),
            ("CON", "incident-con.json"),
            ("\u{202e}gpj.exe", "incident-gpj-exe.json"),
            ("…", "incident.json"),
        ] {
            assert_eq!(file_name(called), name);
        }
        assert_eq!(file_name(&"a".repeat(999)).len(), "incident-.json".len() + 60);
    }

    #[test]
    fn a_file_of_another_kind_or_a_newer_version_is_refused_with_the_next_step() {
        assert_eq!(read("[]"), Err(BadBackup::NotBackup));
        assert_eq!(read("{\"format\":\"other\",\"version\":1}"), Err(BadBackup::NotBackup));
        let newer = read("{\"format\":\"firsthour-notebook\",\"version\":3,\"shape\":1}").unwrap_err();
        assert_eq!(newer, BadBackup::Newer(3));
        assert!(newer.to_string().contains("update first"));
        assert!(matches!(read("{\"format\":"), Err(BadBackup::NotJson { line: 1, column: 10, .. })));
    }

    #[test]
    fn a_fault_is_named_by_the_incident_it_is_in() {
        let text = write(&[incident("Phish")], &Preparation::default());
        let cut = &text[..text.len() - 30];
        assert!(matches!(read(cut), Err(BadBackup::NotJson { .. })));
        let wrong = read(&text.replace("2026-01-01T", "soon")).unwrap_err();
        assert!(
            matches!(&wrong, BadBackup::Part { place, .. } if place == "incidents[0] (Phish)"),
            "{wrong}"
        );
        assert!(wrong.to_string().contains("is not a time"), "{wrong}");
        let twice =
            text.replace("\n],", &format!(",\n{}\n],", serde_json::to_string(&incident("Phish")).unwrap()));
        assert_eq!(read(&twice), Err(BadBackup::Twice(incident("Phish").id)));
    }

    #[test]
    fn a_note_under_another_notes_id_is_refused() {
        let mut odd = incident("Phish");
        let note = Note {
            id: NoteId::derived(&["1"]),
            text: String::new(),
            by: "Ann".into(),
            created: time(),
            edited: time(),
        };
        odd.notes.insert(NoteId::derived(&["2"]), note);
        let fault = read(&write(&[odd], &Preparation::default())).unwrap_err();
        assert!(fault.to_string().contains("notes["), "{fault}");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), cut in any::<prop::sample::Index>()) {
            let _ = read(&text);
            let whole = write(&[incident(&text)], &Preparation::default());
            prop_assert_eq!(read(&whole).map(|it| it.incidents), Ok(vec![incident(&text)]));
            let cut: String = whole.chars().take(cut.index(whole.chars().count() - 2)).collect();
            prop_assert!(read(&cut).is_err());
        }
    }
}
