//! The shape of a playbook file and of its translation, and the rules that both must keep.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::phase::Phase;

/// The longest a step's title may be: it stands on one line beside its tick box.
const TITLE_LIMIT: usize = 60;
/// Translations get a little more room than the English they come from.
const TRANSLATED_TITLE_LIMIT: usize = 72;
const KINDS: [&str; 3] = ["prepare", "general", "scenario"];
/// The entity kinds a step can name, by the codes that stored notebooks use.
const ENTITY_KINDS: [&str; 22] = [
    "device",
    "user",
    "mailbox",
    "mail-message",
    "mail-cluster",
    "file",
    "process",
    "ip",
    "network",
    "mac-address",
    "url",
    "domain",
    "application",
    "registry-key",
    "registry-value",
    "cloud-resource",
    "security-group",
    "mutex",
    "user-agent",
    "wallet",
    "vulnerability",
    "technique",
];

/// A file as it was read.
pub struct Source {
    /// Its path, for messages.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

impl Source {
    /// The playbook it must hold: its file name without the ending.
    pub fn id(&self) -> &str {
        let file = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        file.strip_suffix(".toml").unwrap_or(file)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Original {
    pub id: String,
    pub version: u32,
    pub kind: String,
    pub title: String,
    pub summary: String,
    pub source: String,
    pub suggest: Option<Suggest>,
    pub step: Vec<OriginalStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suggest {
    #[serde(default)]
    pub categories: Vec<String>,
    #[serde(default)]
    pub techniques: Vec<String>,
    #[serde(default)]
    pub titles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginalStep {
    pub id: String,
    pub phase: String,
    pub title: String,
    pub why: String,
    pub how: String,
    pub portal: Option<String>,
    pub query: Option<String>,
    #[serde(default)]
    pub entities: Vec<String>,
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    pub title: String,
    pub summary: String,
    pub step: Vec<TranslatedStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranslatedStep {
    pub id: String,
    pub title: String,
    pub why: String,
    pub how: String,
}

/// The file's content, or nothing and a problem more.
pub fn parse<T: DeserializeOwned>(source: &Source, problems: &mut Vec<String>) -> Option<T> {
    if !source.text.starts_with('#') {
        problems
            .push(format!("{}: must open with a comment that says what it is responsible for", source.name));
    }
    toml::from_str(&source.text)
        .map_err(|error| problems.push(format!("{}: {}", source.name, error.to_string().trim())))
        .ok()
}

/// Holds a playbook against the rules. `seen` remembers in which file each step id stands.
pub fn check_original(
    source: &Source,
    playbook: &Original,
    seen: &mut BTreeMap<String, String>,
    problems: &mut Vec<String>,
) {
    let file = &source.name;
    if playbook.id != source.id() {
        problems.push(format!("{file}: id is \"{}\", expected \"{}\" as the file", playbook.id, source.id()));
    }
    if playbook.version == 0 {
        problems.push(format!("{file}: version starts at 1"));
    }
    if !KINDS.contains(&playbook.kind.as_str()) {
        problems.push(format!("{file}: kind \"{}\" is not one of {}", playbook.kind, KINDS.join(", ")));
    }
    if (playbook.kind == "scenario") != playbook.suggest.is_some() {
        problems.push(format!("{file}: a scenario, and only a scenario, has a [suggest] table"));
    }
    if playbook.suggest.as_ref().is_some_and(|suggest| {
        suggest.categories.is_empty() && suggest.techniques.is_empty() && suggest.titles.is_empty()
    }) {
        problems.push(format!("{file}: [suggest] names nothing that could point here"));
    }
    for (field, text) in
        [("title", &playbook.title), ("summary", &playbook.summary), ("source", &playbook.source)]
    {
        check_text(file, field, text, problems);
    }
    for step in &playbook.step {
        let place = format!("{file}: step {}", step.id);
        if let Some(first) = seen.insert(step.id.clone(), file.clone()) {
            problems.push(format!("{place}: the id is already used in {first}"));
        }
        let Some(phase) = Phase::from_code(&step.phase) else {
            let known = Phase::ALL.map(Phase::code).join(", ");
            problems.push(format!("{place}: phase \"{}\" is not one of {known}", step.phase));
            continue;
        };
        if (phase == Phase::Prepare) != (playbook.kind == "prepare") {
            problems
                .push(format!("{place}: phase prepare belongs in the playbook of kind prepare, and only it"));
        }
        check_title(&place, &step.title, TITLE_LIMIT, problems);
        for (field, text) in [("why", &step.why), ("how", &step.how), ("source", &step.source)] {
            check_text(&place, field, text, problems);
        }
        for (field, text) in [("portal", &step.portal), ("query", &step.query)] {
            if let Some(text) = text {
                check_text(&place, field, text, problems);
            }
        }
        for kind in &step.entities {
            if !ENTITY_KINDS.contains(&kind.as_str()) {
                problems.push(format!(
                    "{place}: entity kind \"{kind}\" is not one of {}",
                    ENTITY_KINDS.join(", ")
                ));
            }
        }
    }
}

/// Holds a translation against the rules and against the playbook it translates: the same steps, no more, no fewer.
pub fn check_translation(
    source: &Source,
    translation: &Translation,
    playbooks: &[Original],
    problems: &mut Vec<String>,
) {
    let file = &source.name;
    let Some(playbook) = playbooks.iter().find(|playbook| playbook.id == source.id()) else {
        problems.push(format!("{file}: translates \"{}\", but there is no such playbook", source.id()));
        return;
    };
    check_text(file, "title", &translation.title, problems);
    check_text(file, "summary", &translation.summary, problems);
    for step in &playbook.step {
        match translation.step.iter().filter(|words| words.id == step.id).count() {
            0 => problems.push(format!("{file}: step {} is not translated", step.id)),
            1 => {}
            count => problems.push(format!("{file}: step {} is translated {count} times", step.id)),
        }
    }
    for words in &translation.step {
        let place = format!("{file}: step {}", words.id);
        if !playbook.step.iter().any(|step| step.id == words.id) {
            problems.push(format!("{place}: the playbook has no such step"));
        }
        check_title(&place, &words.title, TRANSLATED_TITLE_LIMIT, problems);
        check_text(&place, "why", &words.why, problems);
        check_text(&place, "how", &words.how, problems);
    }
}

fn check_title(place: &str, title: &str, limit: usize, problems: &mut Vec<String>) {
    check_text(place, "title", title, problems);
    let length = title.chars().count();
    if length > limit {
        problems
            .push(format!("{place}: title is {length} characters long, {limit} is the limit: \"{title}\""));
    }
}

fn check_text(place: &str, field: &str, text: &str, problems: &mut Vec<String>) {
    if text.trim().is_empty() {
        problems.push(format!("{place}: {field} is empty"));
    }
    if let Some(found) = text.chars().find(|found| found.is_control() && *found != '\n') {
        problems.push(format!("{place}: {field} holds the control character U+{:04X}", u32::from(found)));
    }
}
