//! CACAO security playbooks 2.0, and 1.x as far as they are the same.
//!
//! Fields: OASIS CACAO Security Playbooks 2.0 (2023), sections 3 and 4. A workflow is a graph of steps by id; [`graph`] lays it out
//! in the order a person follows it, with the ways that part. What has no name here (agents, targets, variables,
//! signatures) is kept with the step or the playbook, so that it can be written again.

mod graph;

use super::{Draft, TEXT, TITLE, cut, joined, phase, titled};
use crate::compact::Gather as _;
use crate::formats::gather::Gathering;
use crate::formats::json::Fields;
use crate::formats::outcome::{Spot, Why};
use crate::formats::{Confidence, Format, FormatId};
use crate::model::{Extra, KeptStep, Phase};
use graph::{Laid, Node};
use serde_json::Value;
use std::collections::BTreeMap;

/// CACAO playbooks.
pub struct Cacao;

impl Format for Cacao {
    fn id(&self) -> FormatId {
        FormatId::Cacao
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let says_so = record.peek("spec_version").is_some_and(|version| version.starts_with("cacao-"))
            || record.peek("spec_version") == Some("1.0");
        let is_playbook = record.peek("type").is_some_and(|kind| kind.starts_with("playbook"));
        match (record.has("workflow"), says_so || record.has("workflow_start")) {
            (true, true) if is_playbook => Confidence::Certain,
            (true, true) => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        let mut playbook = record.into_extra();
        let take = |playbook: &mut Extra, name: &str| match playbook.remove(name) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        let id = take(&mut playbook, "id");
        let name = take(&mut playbook, "name");
        let title = if name.trim().is_empty() { &id } else { &name };
        let key = if id.is_empty() { &name } else { &id };
        let mut draft = Draft::new("cacao", key, title);
        draft.summary = take(&mut playbook, "description");
        draft.source.author = take(&mut playbook, "created_by");
        draft.source.modified = take(&mut playbook, "modified");
        draft.phase = kind_of(&playbook);
        let start = take(&mut playbook, "workflow_start");
        let workflow = match playbook.remove("workflow") {
            Some(Value::Object(workflow)) => workflow,
            _ => Extra::new(),
        };
        let nodes: BTreeMap<String, Node> = workflow
            .into_iter()
            .filter_map(|(id, step)| match step {
                Value::Object(step) => Some((id, Node::of(step))),
                _ => None,
            })
            .gather();
        let Laid { steps, faults } = graph::lay_out(&nodes, &start);
        for (fault, about) in faults {
            let raw =
                about.and_then(|id| nodes.get(&id)).map(|node| Value::Object(node.step.clone()).to_string());
            let why = Why::Playbook { name: draft.title.clone(), fault };
            into.findings.set_aside(place.to_place(), why, raw.unwrap_or_default().as_bytes());
        }
        let mut ids = Vec::with_capacity(steps.len());
        for laid in steps {
            let Some(node) = nodes.get(laid.id) else { continue };
            let id = draft.step_id(&["step", laid.id]);
            ids.push(id.clone());
            let within = laid
                .within
                .and_then(|(at, way)| Some(crate::model::Within { step: ids.get(at)?.clone(), way }));
            let mut step = step_of(node, laid.id);
            if let Some(own) = own_phase(node) {
                draft.phase = own;
            } else if within.is_none() {
                // Never back to an earlier phase: the order of the workflow is the order of the checklist.
                let said = phase::named(&[&step.title]).filter(|said| *said > draft.phase);
                draft.phase = said.unwrap_or(draft.phase);
            }
            (step.id, step.phase, step.fork, step.within) = (id, draft.phase, laid.fork, within);
            draft.steps.push(step);
        }
        if !start.is_empty() {
            playbook.insert("workflow_start".to_owned(), start.into());
        }
        draft.extra = playbook;
        draft.finish(place.to_place(), title.clone().as_bytes(), into);
        None
    }
}

/// The phase that a playbook of this kind begins in.
fn kind_of(playbook: &Extra) -> Phase {
    let kinds = playbook.get("playbook_types").and_then(Value::as_array);
    let first = kinds.and_then(|kinds| kinds.iter().find_map(Value::as_str)).unwrap_or_default();
    match first {
        "investigation" => Phase::Analysis,
        "mitigation" => Phase::Containment,
        "remediation" => Phase::Eradication,
        _ => Phase::Triage,
    }
}

/// The phase that a checklist of this program stated when it was written as a playbook.
fn own_phase(node: &Node) -> Option<Phase> {
    let code = node.step.get("step_variables")?.get("__phase__")?.get("value")?.as_str()?;
    Phase::from_code(code).filter(|phase| phase.index().is_some())
}

/// A step without its place.
fn step_of(node: &Node, id: &str) -> KeptStep {
    let text = |name: &str| node.step.get(name).and_then(Value::as_str).unwrap_or_default();
    let commands = commands(&node.step);
    let said = [text("name"), &node.condition, text("description"), &commands, id];
    let name = said.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default();
    let (title, more) = titled(name.lines().next().unwrap_or_default());
    let description = text("description");
    // A step that says no more than its name has a command that says it again, because it has to have one.
    let other = |text: &'_ str| if text == name { String::new() } else { text.to_owned() };
    let how = joined(&more, &joined(&other(description), &other(&commands)));
    let taken = ["name", "description"];
    let extra = node.step.iter().filter(|(name, _)| !taken.contains(&name.as_str()));
    KeptStep {
        // The caller gives the step its id, phase and place.
        id: crate::model::StepId::derived(&[id]),
        phase: Phase::Triage,
        title: if title.is_empty() { cut(id, TITLE) } else { title },
        how: cut(&how, TEXT),
        heading: String::new(),
        level: 0,
        fork: None,
        within: None,
        source_id: id.to_owned(),
        extra: extra.map(|(name, value)| (name.clone(), value.clone())).collect(),
    }
}

/// A step's commands as Markdown: what a person is to do as text, what a machine would run as code.
fn commands(step: &Extra) -> String {
    let list = step.get("commands").and_then(Value::as_array).into_iter().flatten();
    let one = |command: &Value| -> Option<String> {
        let text = |name: &str| command.get(name).and_then(Value::as_str);
        let decoded = || text("command_b64").and_then(decode);
        let said = text("command").map(str::to_owned).or_else(decoded)?;
        let kind = text("type").unwrap_or_default();
        Some(match kind {
            "manual" | "" => said,
            // Four spaces make code of a line whatever stands in it.
            _ => format!("{kind}:\n\n    {}", said.trim().replace('\n', "\n    ")),
        })
    };
    list.filter_map(one).collect::<Vec<_>>().join("\n\n")
}

/// A text in base 64, if it is one.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        (bits, count) = (bits << 6 | u32::from(digit), count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap_or_default());
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_read_and_what_is_none_is_not() {
        assert_eq!(decode("Z2V0IC9kZXZpY2Vz").as_deref(), Some("get /devices"));
        assert_eq!(decode("YQ==").as_deref(), Some("a"));
        assert_eq!(decode("not base 64!"), None);
        assert_eq!(decode("/////w=="), None, "it is no text");
    }
}
