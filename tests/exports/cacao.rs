//! CACAO playbooks: what the standard requires, to the letter, and whether our own reader gives back what was written.
//!
//! No package holds the standard's schema, and that would not see a step that is not there or a way without an end. So its rules
//! stand here: CACAO Security Playbooks 2.0, sections 3 (playbook), 4 (steps), 5 (commands), 6 (agents), 8 (markings), 10 (variables).

use crate::incidents::{all, at, how, shared, written};
use firsthour::formats::export::{ExportId, Tlp};
use firsthour::formats::{FormatId, read};
use firsthour::model::checklist::{Marked, StepPlace, StepState};
use firsthour::model::playbook::{HOLDS, HOLDS_NOT};
use firsthour::model::{
    Extra, Fork, ForkKind, Incident, IncidentId, KeptPlaybook, KeptStep, Mark, Phase, PlaybookId,
    PlaybookSource, StepId, Within,
};
use firsthour::playbooks::{ChecklistStep, StepText, library, steps_of};
use firsthour::words::Lang;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a step of a type has to have, and what it may have besides.
const STEPS: [(&str, &[&str], &[&str]); 7] = [
    ("start", &["on_completion"], &[]),
    ("end", &[], &[]),
    ("action", &["commands", "agent"], &["on_completion"]),
    ("if-condition", &["condition", "on_true"], &["on_false", "on_completion"]),
    ("while-condition", &["condition", "on_true"], &["on_completion"]),
    ("switch-condition", &["switch", "cases"], &["on_completion"]),
    ("parallel", &["next_steps"], &["on_completion"]),
];

/// What any step may have.
const OF_ANY_STEP: [&str; 4] = ["type", "name", "description", "step_variables"];

const REQUIRED: [&str; 9] =
    ["type", "spec_version", "id", "name", "created_by", "created", "modified", "workflow_start", "workflow"];

const OPTIONAL: [&str; 8] = [
    "description",
    "playbook_types",
    "playbook_activities",
    "severity",
    "labels",
    "markings",
    "agent_definitions",
    "data_marking_definitions",
];

fn names(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn holds(value: &Value, required: &[&str], optional: &[&str]) {
    let there = names(value);
    for name in required {
        assert!(there.contains(name), "{name} is missing: {value}");
    }
    for name in there {
        assert!(required.contains(&name) || optional.contains(&name), "{name} has no place: {value}");
    }
}

/// `kind--` and a UUID of version 4 or 5, in lower case.
fn identified<'v>(value: &'v Value, kind: &str) -> &'v str {
    let id = value.as_str().unwrap();
    let uuid = id
        .strip_prefix(kind)
        .and_then(|rest| rest.strip_prefix("--"))
        .unwrap_or_else(|| panic!("{id} is no {kind}"));
    assert_eq!(uuid.len(), 36, "{id}");
    for (at, digit) in uuid.char_indices() {
        let is_right = match at {
            8 | 13 | 18 | 23 => digit == '-',
            14 => matches!(digit, '4' | '5'),
            19 => matches!(digit, '8' | '9' | 'a' | 'b'),
            _ => matches!(digit, '0'..='9' | 'a'..='f'),
        };
        assert!(is_right, "{id}");
    }
    id
}

/// RFC 3339 in UTC, to exactly three decimals.
fn timestamp(value: &Value) -> &str {
    let text = value.as_str().unwrap();
    assert!(text.len() == 24 && text.as_bytes()[19] == b'.' && text.ends_with('Z'), "{text}");
    assert!(at(text).zone_stated(), "{text}");
    text
}

fn said(value: &Value) {
    assert!(value.as_str().is_some_and(|text| !text.is_empty()), "it says nothing: {value}");
}

/// Fails where a playbook is not as the standard has it.
fn conforms(playbook: &Value) {
    holds(playbook, &REQUIRED, &OPTIONAL);
    assert_eq!((&playbook["type"], &playbook["spec_version"]), (&"playbook".into(), &"cacao-2.0".into()));
    identified(&playbook["id"], "playbook");
    identified(&playbook["created_by"], "identity");
    said(&playbook["name"]);
    assert!(timestamp(&playbook["created"]) <= timestamp(&playbook["modified"]));
    assert!(playbook.get("severity").is_none_or(|one| one.as_u64().is_some_and(|one| one <= 100)));
    for list in ["playbook_types", "playbook_activities", "labels", "markings"] {
        playbook[list].as_array().unwrap().iter().for_each(said);
    }
    for (id, agent) in playbook["agent_definitions"].as_object().unwrap() {
        identified(&id.as_str().into(), agent["type"].as_str().unwrap());
        holds(agent, &["type", "name"], &[]);
        said(&agent["name"]);
    }
    for marking in playbook["markings"].as_array().unwrap() {
        let definition = &playbook["data_marking_definitions"][identified(marking, "marking-tlp")];
        holds(definition, &["type", "id", "created_by", "created", "tlpv2_level"], &[]);
        assert_eq!((&definition["type"], &definition["id"]), (&"marking-tlp".into(), marking));
        identified(&definition["created_by"], "identity");
        timestamp(&definition["created"]);
    }
    let workflow = playbook["workflow"].as_object().unwrap();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, step) in workflow {
        let kind = step["type"].as_str().unwrap();
        *kinds.entry(kind).or_default() += 1;
        identified(&id.as_str().into(), kind);
        step_conforms(step, playbook);
    }
    assert_eq!(kinds["start"], 1);
    assert!(kinds["action"] >= 1 && kinds["end"] >= 1);
    let mut walked = BTreeSet::new();
    let start = playbook["workflow_start"].as_str().unwrap();
    assert_eq!(workflow[start]["type"], "start");
    branch(playbook, start, &mut walked);
    assert_eq!(walked.len(), workflow.len(), "some steps are never reached");
}

fn step_conforms(step: &Value, playbook: &Value) {
    let (_, required, optional) =
        STEPS.iter().find(|(kind, ..)| step["type"] == *kind).unwrap_or_else(|| panic!("{step}"));
    holds(step, required, &[*required, *optional, &OF_ANY_STEP].concat());
    for text in ["name", "description", "condition", "switch"] {
        step.get(text).into_iter().for_each(said);
    }
    for (name, variable) in step.get("step_variables").and_then(Value::as_object).into_iter().flatten() {
        let inner = name.strip_prefix("__").and_then(|name| name.strip_suffix("__")).unwrap();
        assert!(!inner.is_empty() && inner.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
        holds(variable, &["type", "value"], &["description"]);
        assert_eq!(variable["type"], "string");
        said(&variable["value"]);
    }
    if step["type"] == "action" {
        assert!(playbook["agent_definitions"].get(step["agent"].as_str().unwrap()).is_some(), "{step}");
        let commands = step["commands"].as_array().unwrap();
        assert!(!commands.is_empty());
        for command in commands {
            holds(command, &["type", "command"], &["playbook_activity"]);
            assert_eq!(command["type"], "manual");
            said(&command["command"]);
        }
    }
}

/// Follows a branch from its first step to an end of its own, and the branches inside it.
fn branch(playbook: &Value, first: &str, walked: &mut BTreeSet<String>) {
    let mut id = first;
    loop {
        let step = playbook["workflow"].get(id).unwrap_or_else(|| panic!("{id} leads nowhere"));
        assert!(walked.insert(id.to_owned()), "{id} is come to twice");
        let cases = step.get("cases").and_then(Value::as_object).into_iter().flatten().map(|(_, to)| to);
        let next = step.get("next_steps").and_then(Value::as_array).into_iter().flatten();
        let inner = ["on_true", "on_false"].into_iter().filter_map(|way| step.get(way));
        let inner: Vec<_> = inner.chain(cases).chain(next).collect();
        assert!(
            !inner.is_empty() || matches!(step["type"].as_str(), Some("start" | "end" | "action")),
            "{step}"
        );
        for to in inner {
            branch(playbook, to.as_str().unwrap(), walked);
        }
        match step.get("on_completion") {
            Some(next) => id = next.as_str().unwrap(),
            None => break assert_eq!(step["type"], "end", "a branch without an end"),
        }
    }
}

/// A step and its place, as far as the standard carries them.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    title: String,
    phase: Phase,
    fork: Option<(ForkKind, String, Vec<String>)>,
    /// The title of the step where the ways part, and the way.
    within: Option<(String, String)>,
    status: String,
    way: String,
}

fn fork(fork: &Fork) -> (ForkKind, String, Vec<String>) {
    (fork.kind, fork.condition.clone(), fork.ways.clone())
}

fn expected(steps: &[ChecklistStep]) -> Vec<Told> {
    let title = |id: &StepId| steps.iter().find(|step| step.id == *id).unwrap().title(Lang::En).to_owned();
    let told = |step: &ChecklistStep| {
        let kept = if let StepText::Kept(text) = &step.text { text.step() } else { None };
        let within = kept.and_then(|kept| kept.within.as_ref());
        let status = match step.state.marked.as_ref().map(|marked| &marked.mark) {
            Some(Mark::Done) => "done",
            Some(Mark::Skipped(_)) => "skipped",
            None if step.applies => "open",
            None => "ruled-out",
        };
        Told {
            title: step.title(Lang::En).to_owned(),
            phase: step.place.phase,
            fork: kept.and_then(|kept| kept.fork.as_ref()).map(fork),
            within: within.map(|within| (title(&within.step), within.way.clone())),
            status: status.to_owned(),
            way: step.state.way.clone().unwrap_or_default(),
        }
    };
    steps.iter().map(told).collect()
}

fn read_back(playbook: &KeptPlaybook) -> Vec<Told> {
    let told = |step: &KeptStep| {
        let variable = |name: &str| {
            let value = step.extra["step_variables"].get(name).and_then(|one| one["value"].as_str());
            value.unwrap_or_default().to_owned()
        };
        let within = step.within.as_ref();
        Told {
            title: step.title.clone(),
            phase: step.phase,
            fork: step.fork.as_ref().map(fork),
            within: within
                .map(|within| (playbook.step(&within.step).unwrap().title.clone(), within.way.clone())),
            status: variable("__status__"),
            way: variable("__way__"),
        }
    };
    playbook.steps.iter().map(told).collect()
}

fn comes_back(incident: &Incident) {
    let text = written(ExportId::Cacao, incident);
    conforms(&serde_json::from_str(&text).unwrap());
    let intake = read(text).unwrap();
    assert_eq!((intake.format, intake.playbooks.len(), &intake.set_aside[..]), (FormatId::Cacao, 1, &[][..]));
    let steps = steps_of(library(), &shared(incident, Tlp::Amber).incident.checklist);
    assert_eq!(read_back(&intake.playbooks[0]), expected(&steps));
    // What to do in a step of a kept playbook comes back to the letter.
    for (step, back) in steps.iter().zip(&intake.playbooks[0].steps) {
        if let StepText::Kept(text) = &step.text {
            assert_eq!(text.step().unwrap().how, back.how, "{}", back.title);
        }
    }
}

#[test]
fn every_playbook_is_as_the_standard_has_it_and_comes_back() {
    for (name, incident) in all() {
        println!("{name}");
        comes_back(&incident);
    }
    // Two incidents are a list of two.
    let shares: Vec<_> = all().iter().map(|(_, incident)| shared(incident, Tlp::Green)).collect();
    let list: Value =
        serde_json::from_str(&crate::incidents::format(ExportId::Cacao).write(&shares, &how())).unwrap();
    list.as_array().unwrap().iter().for_each(conforms);
}

/// A piece of a playbook: a step, or one where ways part with what lies on them.
#[derive(Debug, Clone)]
enum Piece {
    Step(bool),
    Fork(ForkKind, Vec<Vec<Piece>>),
}

fn any_pieces() -> impl Strategy<Value = Vec<Piece>> {
    let kind = prop_oneof![
        Just(ForkKind::If),
        Just(ForkKind::While),
        Just(ForkKind::Switch),
        Just(ForkKind::Parallel)
    ];
    let piece = any::<bool>().prop_map(Piece::Step).prop_recursive(3, 24, 4, move |inner| {
        let way = proptest::collection::vec(inner, 0..3);
        (kind.clone(), proptest::collection::vec(way, 2..4)).prop_map(|(kind, ways)| Piece::Fork(kind, ways))
    });
    proptest::collection::vec(piece, 1..6)
}

/// Adds pieces to a playbook, with the steps inside a fork after it.
fn add(pieces: &[Piece], phase: Phase, within: Option<&Within>, playbook: &mut KeptPlaybook) {
    for piece in pieces {
        let number = playbook.steps.len();
        let id = StepId::derived(&["generated", &number.to_string()]);
        let mut step = KeptStep {
            id: id.clone(),
            phase,
            title: format!("Step {number}"),
            how: String::new(),
            heading: String::new(),
            level: 0,
            fork: None,
            within: within.cloned(),
            source_id: String::new(),
            extra: Extra::new(),
        };
        let (kind, inner) = match piece {
            Piece::Step(says_how) => {
                step.how = if *says_how { format!("How to do {number}.\n\n- a\n- b") } else { String::new() };
                playbook.steps.push(step);
                continue;
            }
            Piece::Fork(kind, inner) => (*kind, inner),
        };
        let ways: Vec<String> = match kind {
            ForkKind::If | ForkKind::While => vec![HOLDS.into(), HOLDS_NOT.into()],
            ForkKind::Switch => (0..inner.len()).map(|way| format!("case {way}")).collect(),
            ForkKind::Parallel => (0..inner.len()).map(|way| (way + 1).to_string()).collect(),
        };
        let condition = if kind.is_choice() { format!("condition {number}") } else { String::new() };
        "Look first.".clone_into(&mut step.how);
        step.fork = Some(Fork { kind, condition, ways: ways.clone() });
        playbook.steps.push(step);
        for (way, pieces) in ways.into_iter().zip(inner) {
            // Nothing lies where the condition of a loop does not hold: that is what comes after it.
            if kind != ForkKind::While || way == HOLDS {
                add(pieces, phase, Some(&Within { step: id.clone(), way }), playbook);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn any_playbook_on_any_checklist_comes_back(
        parts in proptest::collection::vec(any_pieces(), 1..4),
        decided in proptest::collection::vec((0usize..60, 0u8..4), 0..12),
    ) {
        let id = PlaybookId::derived(&["generated"]);
        let mut playbook = KeptPlaybook {
            id: id.clone(),
            title: "Generated".into(),
            summary: String::new(),
            source: PlaybookSource::default(),
            steps: Vec::new(),
            extra: Extra::new(),
        };
        for (pieces, phase) in parts.iter().zip([Phase::Triage, Phase::Containment, Phase::Review]) {
            add(pieces, phase, None, &mut playbook);
        }
        let mut incident = Incident::new(IncidentId::derived(&["generated"]), "Generated", at("2026-03-01T10:00:00Z"));
        for (number, what) in decided {
            let Some(step) = playbook.steps.get(number) else { continue };
            let place = StepPlace { phase: step.phase, scenario: Some(id.clone()) };
            let mut state = StepState::open(place);
            let marked = |mark| Some(Marked { mark, by: "Ann".into(), at: at("2026-03-01T11:00:00Z") });
            match (what, &step.fork) {
                (0 | 1, Some(fork)) if fork.kind.is_choice() => state.way = fork.ways.last().cloned(),
                (0, _) => state.marked = marked(Mark::Done),
                (1, _) => state.marked = marked(Mark::Skipped("no need".into())),
                _ => state.outcome = "Nothing found".into(),
            }
            incident.checklist.steps.insert(step.id.clone(), state);
        }
        incident.checklist.scenarios.push(id.clone());
        incident.checklist.playbooks.insert(id, Arc::new(playbook));
        comes_back(&incident);
    }
}
