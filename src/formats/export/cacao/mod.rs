//! CACAO 2.0: an incident's checklist as a playbook, its steps as manual actions; where ways of a kept playbook part, as the
//! standard has it ([`workflow`]).
//!
//! The standard knows playbooks, not their execution. What was done about a step is carried as far as it goes: in the step's
//! variables `__status__` (`open`, `done`, `skipped`, or `ruled-out` where another way was chosen), `__way__`, `__outcome__`, `__reason__`, `__by__`, `__at__` and `__due__`, which any reader
//! of the standard keeps. Every step of the checklist is in it, so the playbook can be run elsewhere.

mod workflow;

use super::sharing::{Part, Share};
use super::{Export, ExportId, How, Pieces, pretty, stamp, uuid, whole};
use crate::model::taxonomy::Severity;
use crate::model::{Incident, Mark};
use crate::playbooks::{ChecklistStep, StepText, steps_of};
use serde_json::{Map, Value, json};
use workflow::Workflow;

/// CACAO 2.0 playbooks.
pub struct Cacao;

impl Export for Cacao {
    fn id(&self) -> ExportId {
        ExportId::Cacao
    }

    fn ending(&self) -> &'static str {
        ".cacao.json"
    }

    fn mime(&self) -> &'static str {
        "application/json"
    }

    fn carries(&self) -> &'static [Part] {
        &[Part::Incident, Part::Step]
    }

    fn one_each(&self) -> bool {
        true
    }

    fn pieces<'a>(&'a self, shares: &'a [Share], how: How<'a>) -> Pieces<'a> {
        whole(move || {
            let mut playbooks: Vec<Value> = shares.iter().map(|share| playbook(share, &how)).collect();
            pretty(&if playbooks.len() == 1 { playbooks.remove(0) } else { Value::Array(playbooks) })
        })
    }
}

fn playbook(share: &Share, how: &How<'_>) -> Value {
    let incident = &share.incident;
    let id = |kind: &str, part: &str| {
        format!("{kind}--{}", uuid::named_as_4(&["cacao", incident.id.as_str(), kind, part]))
    };
    let creator = format!("identity--{}", uuid::named_as_4(&["cacao", "first hour"]));
    let agent = id("individual", "responder");
    let steps = steps_of(how.library, &incident.checklist);
    let (start, end) = (id("start", ""), id("end", ""));
    let mut workflow =
        Workflow::write(&steps, (&start, &end), &id, &|step: &ChecklistStep| action(step, how, &agent));
    if steps.is_empty() {
        // A playbook has to have a step.
        let none = id("action", "none");
        let command = json!({"type": "manual", "command": "-"});
        workflow.insert(start.clone(), json!({"type": "start", "on_completion": none}));
        workflow.insert(
            none,
            json!({"type": "action", "name": "-", "commands": [command], "agent": agent, "on_completion": end}),
        );
    }
    let level = share.own.unwrap_or(share.marking);
    let marking = format!("marking-tlp--{}", level.uuid());
    let mut labels: Vec<&str> =
        incident.tags.iter().map(String::as_str).filter(|tag| !tag.is_empty()).collect();
    labels.insert(0, "first-hour");
    let responder =
        incident.assignee.as_deref().filter(|name| !name.is_empty()).unwrap_or("Incident responder");
    let mut out = json!({
        "type": "playbook",
        "spec_version": "cacao-2.0",
        "id": id("playbook", ""),
        "name": if incident.name.is_empty() { incident.id.as_str() } else { &incident.name },
        "playbook_types": ["investigation", "mitigation", "remediation"],
        "playbook_activities": ["step-sequence"],
        "created_by": creator,
        "created": stamp(&incident.created),
        "modified": stamp((&incident.created).max(&share.changed)),
        "labels": labels,
        "markings": [marking],
        "workflow_start": start,
        "workflow": workflow,
        "agent_definitions": {agent: {"type": "individual", "name": responder}},
        "data_marking_definitions": {
            marking.clone(): {
                "type": "marking-tlp",
                "id": marking,
                // The standard's own objects, word for word.
                "created_by": "identity--5abe695c-7bd5-4c31-8824-2528696cdbf1",
                "created": "2022-10-01T00:00:00.000Z",
                "tlpv2_level": level.label(),
            },
        },
    });
    if let Some(severity) = severity(incident) {
        out["severity"] = severity.into();
    }
    if !incident.description.is_empty() {
        out["description"] = incident.description.as_str().into();
    }
    out
}

/// 1 to 100; none where it is not known.
fn severity(incident: &Incident) -> Option<u8> {
    match incident.severity {
        Severity::Informational => Some(10),
        Severity::Low => Some(30),
        Severity::Medium => Some(60),
        Severity::High => Some(90),
        Severity::Unknown | Severity::Other(_) => None,
    }
}

/// A step as something that a person does; the workflow says what comes after it.
fn action(step: &ChecklistStep, how: &How<'_>, agent: &str) -> Value {
    let (why, instructions) = match &step.text {
        StepText::Own(own) => ("", own.how.as_str()),
        StepText::Kept(text) => ("", text.step().map_or("", |step| step.how.as_str())),
        StepText::Library(_, step) => {
            let words = step.words(how.language);
            (words.why, words.how)
        }
    };
    let title = Some(step.title(how.language)).filter(|title| !title.is_empty()).unwrap_or("-");
    let command = if instructions.is_empty() { title } else { instructions };
    let mut out = json!({
        "type": "action",
        "name": title,
        "commands": [{"type": "manual", "command": command, "playbook_activity": "step-sequence"}],
        "agent": agent,
        "step_variables": state(step),
    });
    if !why.is_empty() {
        out["description"] = why.into();
    }
    out
}

/// What was done about a step.
fn state(step: &ChecklistStep) -> Map<String, Value> {
    let state = &step.state;
    let marked = state.marked.as_ref();
    let (status, reason) = match marked.map(|marked| &marked.mark) {
        None if !step.applies => ("ruled-out", ""),
        None => ("open", ""),
        Some(Mark::Done) => ("done", ""),
        Some(Mark::Skipped(reason)) => ("skipped", reason.as_str()),
    };
    let at = marked.map(|marked| stamp(&marked.at)).unwrap_or_default();
    let due = state.due.as_ref().map(stamp).unwrap_or_default();
    let by = marked.map_or_else(|| state.assignee.as_deref().unwrap_or_default(), |marked| &marked.by);
    let variables = [
        ("status", status, "open, done, skipped, or ruled-out where another way was chosen"),
        ("phase", step.place.phase.code(), "The phase of the response it belongs to"),
        ("way", state.way.as_deref().unwrap_or_default(), "The way that was chosen where ways part"),
        ("outcome", &state.outcome, "What came of it"),
        ("reason", reason, "Why it was skipped"),
        ("by", by, "Who did it, or is to do it"),
        ("at", &at, "When that was decided"),
        ("due", &due, "When it is due"),
    ];
    variables
        .into_iter()
        .filter(|(_, value, _)| !value.is_empty())
        .map(|(name, value, text)| {
            (format!("__{name}__"), json!({"type": "string", "description": text, "value": value}))
        })
        .collect()
}
