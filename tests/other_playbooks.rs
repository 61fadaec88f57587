//! Playbooks of other tools through the one door: the published ones beside the project, some of our own, and bad ones.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/samples.rs"]
mod samples;

use firsthour::formats::{FormatId, Intake, PlaybookFault, Why, read};
use firsthour::model::activity::Cause;
use firsthour::model::playbook::{HOLDS, HOLDS_NOT};
use firsthour::model::{Entity, Facts, ForkKind, Incident, IncidentId, KeptPlaybook, Phase, Time};
use firsthour::notebook::merge::{Outcome, aim};
use firsthour::notebook::{Act, Edit, Notebook, Put, Why as Reason};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;

fn intake(json: &Value) -> Intake {
    read(json.to_string()).unwrap_or_else(|error| panic!("{json}: {error:?}"))
}

fn only(intake: &Intake, format: FormatId) -> &KeptPlaybook {
    assert_eq!((intake.format, intake.playbooks.len(), intake.incidents.len()), (format, 1, 0));
    &intake.playbooks[0]
}

/// Tasks, items of their lists, and steps by phase.
fn counts(playbook: &KeptPlaybook) -> (usize, usize, [usize; 6]) {
    let tasks = playbook.steps.iter().filter(|step| step.level == 0).count();
    let by_phase =
        Phase::OF_INCIDENT.map(|phase| playbook.steps.iter().filter(|step| step.phase == phase).count());
    (tasks, playbook.steps.len() - tasks, by_phase)
}

/// Whether the notebook takes it as it is.
fn keeps(playbook: &KeptPlaybook) {
    let act = Act::KeepPlaybook(Arc::new(playbook.clone()));
    let at = firsthour::model::Time::from_millis(0);
    Notebook::default().apply(Edit { at, by: "ann".into(), act, cause: Cause::Done }).unwrap();
}

fn faults(intake: &Intake) -> Vec<PlaybookFault> {
    let fault = |why: &Why| match why {
        Why::Playbook { fault, .. } => fault.clone(),
        other => panic!("{other:?}"),
    };
    intake.set_aside.iter().map(|aside| fault(&aside.why)).collect()
}

#[test]
fn the_published_templates_are_read_whole() {
    for (name, format, title, expected) in [
        (
            "thehive/irm-1-worminfection.json",
            FormatId::TheHive,
            "Malware infection response (CERT-SG IRM1)",
            (6, 51, [6, 15, 12, 11, 6, 7]),
        ),
        (
            "thehive/irm-16-phishing.json",
            FormatId::TheHive,
            "Phishing (CERT-SG IRM16)",
            (6, 53, [19, 17, 7, 2, 3, 11]),
        ),
        (
            "thehive/irm-17-ransomware.json",
            FormatId::TheHive,
            "Ransomware (CERT-SG IRM17)",
            (6, 54, [13, 13, 13, 6, 8, 7]),
        ),
        ("iris/data_breach.json", FormatId::Iris, "Data Breach", (5, 0, [0, 3, 1, 0, 0, 1])),
        ("iris/phishing_attack.json", FormatId::Iris, "Phishing Attack", (5, 0, [1, 1, 2, 0, 0, 1])),
        ("iris/ransomware_attack.json", FormatId::Iris, "Ransomware Attack", (7, 0, [0, 2, 1, 0, 3, 1])),
    ] {
        let Some(intake) = samples::intake(name) else { continue };
        let playbook = only(&intake, format);
        assert_eq!((playbook.title.as_str(), counts(playbook)), (title, expected), "{name}");
        assert!(intake.set_aside.is_empty() && intake.remarks.is_empty(), "{name}");
        keeps(playbook);
    }
}

#[test]
fn tasks_stand_in_their_order_and_what_has_no_name_here_is_kept() {
    let Some(intake) = samples::intake("thehive/irm-16-phishing.json") else { return };
    let playbook = only(&intake, FormatId::TheHive);
    let tasks: Vec<&str> =
        playbook.steps.iter().filter(|step| step.level == 0).map(|step| step.title.as_str()).collect();
    assert_eq!(
        tasks,
        ["Preparation", "Identification", "Containment", "Remediation", "Recovery", "Lessons learned"]
    );
    assert_eq!(playbook.source.id, "IRM-16-Phishing");
    assert_eq!(playbook.source.author, "florian@strangebee.com");
    assert!(playbook.summary.contains("WHO SHOULD USE IRM SHEETS?"));
    assert_eq!(playbook.extra.get("pap"), Some(&json!(2)));
    assert!(playbook.extra.keys().all(|name| !name.starts_with('_')), "the server's own fields are noise");
    assert!(playbook.steps[0].how.contains("Don’t wait for phishing incidents"), "text stays with its task");
    let Some(iris) = samples::intake("iris/phishing_attack.json") else { return };
    assert!(only(&iris, FormatId::Iris).extra.contains_key("note_groups"), "notes are kept");
    assert_eq!(only(&iris, FormatId::Iris).extra.get("classification"), Some(&json!("fraud:phishing")));
}

#[test]
fn the_published_cacao_playbooks_are_read_whole() {
    for (name, title, how) in [
        ("cacao/http-playbook.json", "get", "Get request with\n\nhttp-api:\n\n    GET get HTTP1.1"),
        (
            "cacao/manual-playbook.json",
            "manual",
            "Instruction to the operator to be executed manually\n\nprepare Falcon for hyperspeed jump",
        ),
    ] {
        let Some(intake) = samples::intake(name) else { continue };
        let playbook = only(&intake, FormatId::Cacao);
        assert_eq!(playbook.steps.len(), 1, "{name}");
        let step = &playbook.steps[0];
        assert_eq!((step.title.as_str(), step.how.as_str()), (title, how));
        assert_eq!(step.source_id, "action--eb9372d4-d524-49fc-bf24-be26ea084779");
        assert!(step.extra.contains_key("agent") && playbook.extra.contains_key("agent_definitions"));
        assert!(intake.set_aside.is_empty());
        keeps(playbook);
    }
}

/// A CACAO playbook of these steps, which begins at `start--0`.
fn cacao(steps: &[(&str, Value)]) -> Value {
    let mut workflow = json!({"end--0": {"type": "end"}});
    for (id, step) in steps {
        workflow[*id] = step.clone();
    }
    json!({
        "type": "playbook",
        "spec_version": "cacao-2.0",
        "id": "playbook--1b5b1b5b-0000-4000-8000-000000000001",
        "name": "Ours",
        "created_by": "identity--1b5b1b5b-0000-4000-8000-000000000002",
        "created": "2026-11-24T12:00:00.000Z",
        "modified": "2026-11-24T12:00:00.000Z",
        "workflow_start": "start--0",
        "workflow": workflow,
    })
}

fn action(name: &str, next: &str) -> Value {
    json!({"type": "action", "name": name, "on_completion": next, "commands": [{"type": "manual", "command": name}]})
}

fn start(next: &str) -> Value {
    json!({"type": "start", "on_completion": next})
}

/// Each step with the way it lies on.
fn laid(playbook: &KeptPlaybook) -> Vec<(String, String)> {
    let way = |step: &firsthour::model::KeptStep| {
        let within = step.within.as_ref()?;
        Some(format!("{}: {}", playbook.step(&within.step)?.title, within.way))
    };
    playbook.steps.iter().map(|step| (step.title.clone(), way(step).unwrap_or_default())).collect()
}

fn list(steps: &[(&str, &str)]) -> Vec<(String, String)> {
    steps.iter().map(|(title, way)| ((*title).to_owned(), (*way).to_owned())).collect()
}

#[test]
fn the_ways_of_a_cacao_playbook_are_laid_out_for_a_person() {
    let intake = intake(&cacao(&[
        ("start--0", start("if--1")),
        (
            "if--1",
            json!({"type": "if-condition", "name": "Spread?", "condition": "__hosts__:value > 1",
                   "on_true": "action--a", "on_false": "switch--1", "on_completion": "parallel--1"}),
        ),
        ("action--a", action("Isolate", "end--0")),
        (
            "switch--1",
            json!({"type": "switch-condition", "name": "Which?", "switch": "__kind__:value",
                   "cases": {"worm": "action--b", "trojan": "action--c", "default": "action--c"}}),
        ),
        ("action--b", action("Block", "action--j")),
        ("action--c", action("Clean", "action--j")),
        ("action--j", action("Join", "end--0")),
        (
            "parallel--1",
            json!({"type": "parallel", "name": "Both", "next_steps": ["action--d", "while--1"],
                   "on_completion": "action--z"}),
        ),
        ("action--d", action("Tell", "end--0")),
        (
            "while--1",
            json!({"type": "while-condition", "name": "Still?", "condition": "more",
                   "on_true": "action--e", "on_completion": "end--0"}),
        ),
        ("action--e", action("Look again", "while--1")),
        ("action--z", action("Close", "end--0")),
    ]));
    let playbook = only(&intake, FormatId::Cacao);
    assert_eq!(
        laid(playbook),
        list(&[
            ("Spread?", ""),
            ("Isolate", "Spread?: true"),
            ("Which?", "Spread?: false"),
            ("Clean", "Which?: default"),
            ("Clean", "Which?: trojan"),
            ("Block", "Which?: worm"),
            ("Join", "Spread?: false"),
            ("Both", ""),
            ("Tell", "Both: 1"),
            ("Still?", "Both: 2"),
            ("Look again", "Still?: true"),
            ("Close", ""),
        ])
    );
    assert!(intake.set_aside.is_empty(), "{:?}", intake.set_aside);
    let fork = playbook.steps[0].fork.as_ref().unwrap();
    assert_eq!((fork.kind, fork.condition.as_str()), (ForkKind::If, "__hosts__:value > 1"));
    assert_eq!(fork.ways, [HOLDS, HOLDS_NOT]);
    assert!(playbook.steps.iter().all(|step| !step.source_id.is_empty()));
    keeps(playbook);
}

#[test]
fn ways_that_meet_go_on_together_and_an_action_can_fail() {
    let intake = intake(&cacao(&[
        ("start--0", start("if--1")),
        (
            "if--1",
            json!({"type": "if-condition", "condition": "c", "on_true": "action--a", "on_false": "action--b"}),
        ),
        ("action--a", action("A", "action--j")),
        ("action--b", action("B", "action--j")),
        (
            "action--j",
            json!({"type": "action", "name": "J", "commands": [], "on_success": "end--0", "on_failure": "action--f"}),
        ),
        ("action--f", action("Call for help", "end--0")),
    ]));
    let playbook = only(&intake, FormatId::Cacao);
    assert_eq!(
        laid(playbook),
        list(&[("c", ""), ("A", "c: true"), ("B", "c: false"), ("J", ""), ("Call for help", "J: failure")])
    );
    assert!(intake.set_aside.is_empty());
}

#[test]
fn steps_that_are_missing_or_lead_in_circles_are_reported_by_name() {
    let intake = intake(&cacao(&[
        ("start--0", start("if--1")),
        (
            "if--1",
            json!({"type": "if-condition", "name": "Check", "condition": "c",
                   "on_true": "action--gone", "on_false": "action--a"}),
        ),
        ("action--a", action("First", "action--b")),
        ("action--b", action("Second", "action--a")),
        ("action--lost", action("Lost", "end--0")),
    ]));
    let playbook = only(&intake, FormatId::Cacao);
    assert_eq!(laid(playbook), list(&[("Check", ""), ("First", "Check: false"), ("Second", "Check: false")]));
    assert_eq!(
        faults(&intake),
        [
            PlaybookFault::Missing { step: "Check".into(), next: "action--gone".into() },
            PlaybookFault::Cycle { step: "Second".into(), back: "First".into() },
            PlaybookFault::Unreached { step: "Lost".into() },
        ]
    );
    assert!(intake.set_aside[2].raw.contains("Lost"), "what is left out is shown as it came");
    keeps(playbook);
}

#[test]
fn what_cannot_be_a_playbook_is_refused_with_the_reason() {
    let fault = |json: Value| match read(json.to_string()).unwrap_err().why {
        Why::Playbook { fault, .. } => fault,
        other => panic!("{other:?}"),
    };
    let empty = json!({"name": "Empty", "titlePrefix": "", "tasks": []});
    assert_eq!(fault(empty), PlaybookFault::NoSteps);
    let tasks: Vec<Value> = (0..2_500).map(|n| json!({"title": format!("Task {n}")})).collect();
    let many = json!({"name": "Many", "titlePrefix": "", "tasks": tasks});
    assert_eq!(fault(many), PlaybookFault::TooManySteps { count: 2_500 });
    let nowhere = cacao(&[("action--a", action("A", "end--0"))]);
    assert_eq!(
        fault(nowhere),
        PlaybookFault::Missing { step: "workflow_start".into(), next: "start--0".into() }
    );
}

#[test]
fn playbook_ng_names_what_to_do_by_technique() {
    let intake = intake(&json!({
        "dataset_id": "coun7er", "dataset_version": "1.0", "title": "Volt", "template_used": null,
        "version": "1", "created": "2026-01-01", "updated": "2026-01-02", "spec_version": "2.0.0",
        "tech_to_items": {
            "T1021.002": {"confidence": "high", "items": [{"id": "CM0001", "version": "1.0"}]},
            "unmapped": {"confidence": "low", "items": [{"id": "CM0002", "version": "1.0"}, {"id": "CM7777", "version": "1.0"}]},
        },
        "ignored_items": [],
    }));
    let playbook = only(&intake, FormatId::PlaybookNg);
    let steps: Vec<_> =
        playbook.steps.iter().map(|step| (step.heading.as_str(), step.title.as_str())).collect();
    assert_eq!(
        steps,
        [
            ("T1021.002", "Disable Server Message Block (SMB) Protocol (CM0001)"),
            ("unmapped", "Enable Email Attachment Filtering and Message Authentication (CM0002)"),
            ("unmapped", "CM7777"),
        ]
    );
    assert_eq!(faults(&intake), [PlaybookFault::UnknownItem { id: "CM7777".into() }]);
    assert_eq!(playbook.steps[0].extra.get("confidence"), Some(&json!("high")));
    keeps(playbook);
}

#[test]
fn a_task_list_in_markdown_is_a_playbook_and_a_report_with_bullets_is_none() {
    let intake = read("# Stolen laptop\n\n## Containment\n- [ ] Lock the account\n- [x] Wipe it\n").unwrap();
    let playbook = only(&intake, FormatId::Tasks);
    assert_eq!((playbook.title.as_str(), counts(playbook).2), ("Stolen laptop", [0, 0, 2, 0, 0, 0]));
    keeps(playbook);
    let report = read("Seen today:\n- evil[.]com\n- 192[.]0[.]2[.]1\n").unwrap();
    assert_eq!((report.format, report.incidents.len()), (FormatId::Text, 1));
}

/// The techniques of an incident with their scores and comments.
fn marked(incident: &Incident) -> Vec<(String, String, String)> {
    let one = |entity: &Entity| match &entity.facts {
        Facts::Technique(technique) => (
            technique.technique_id.clone().unwrap(),
            technique.scores.join(", "),
            technique.comments.join(", "),
        ),
        other => panic!("{other:?}"),
    };
    let mut marked: Vec<_> = incident.entities.values().map(one).collect();
    marked.sort();
    marked
}

#[test]
fn a_layer_of_the_navigator_puts_its_techniques_on_an_incident() {
    let Some(intake) = samples::intake("navigator/spec-v4.5-example1.json") else { return };
    assert_eq!((intake.format, intake.incidents.len()), (FormatId::Navigator, 1));
    let incident = &intake.incidents[0];
    assert_eq!(
        marked(incident),
        [
            ("T1053", "", ""),
            ("T1078", "", ""),
            ("T1098", "80 persistence", ""),
            ("T1110", "0", "This is a comment for technique T1110"),
            (
                "T1110.001",
                "100",
                "This is a comment for T1110.001 - the first subtechnique of technique T1110.001"
            ),
            (
                "T1134",
                "75 defense-evasion",
                "this is a comment for T1134 which is only applied on the defense-evasion tactic"
            ),
        ]
        .map(|(id, score, comment)| (id.to_owned(), score.to_owned(), comment.to_owned()))
    );
    assert!(!incident.techniques().contains("T1078"), "what is switched off does not count");
    assert_eq!(incident.techniques().len(), 5);
    let row = |id: &str| {
        let is_it = |entity: &&Entity| matches!(&entity.facts, Facts::Technique(t) if t.technique_id.as_deref() == Some(id));
        incident.entities.values().find(is_it).unwrap().extra["navigator"][0].clone()
    };
    assert_eq!((&row("T1098")["score"], &row("T1098")["tactic"]), (&json!(80), &json!("persistence")));
    assert_eq!(row("T1053")["metadata"].as_array().unwrap().len(), 3);
    assert_eq!(row("T1110")["layer"], "example layer");
    let Some(two) = samples::intake("navigator/spec-v4.5-example2.json") else { return };
    assert_eq!(two.incidents.len(), 2, "a list of two layers, which share their name");
}

#[test]
fn a_layer_of_the_first_formats_is_read_and_empty_rows_are_no_techniques() {
    let intake = intake(&json!({
        "name": "Old", "version": "3.0", "domain": "mitre-enterprise", "filters": {"stages": ["act"]},
        "techniques": [
            {"techniqueID": "t1059", "tactic": "execution", "score": 1.5, "comment": "seen", "color": "", "enabled": true},
            {"techniqueID": "T1059", "tactic": "persistence", "score": 2, "color": "", "enabled": true},
            {"techniqueID": "T1566", "tactic": "initial-access", "color": "", "comment": "", "enabled": true,
             "metadata": [], "showSubtechniques": true},
            {"tactic": "execution"},
        ],
    }));
    let incident = &intake.incidents[0];
    let one = ("T1059".to_owned(), "1.5 execution, 2 persistence".to_owned(), "seen".to_owned());
    assert_eq!(marked(incident), [one]);
    let rows = &incident.entities.values().next().unwrap().extra["navigator"];
    assert_eq!(rows.as_array().map(Vec::len), Some(2), "one for each tactic");
    assert_eq!(rows[0]["score"], 1.5);
    assert_eq!(incident.extra["navigatorLayer"]["unmarked"], json!(["T1566"]));
    assert_eq!(incident.extra["navigatorLayer"]["filters"], json!({"stages": ["act"]}));
    assert_eq!(intake.set_aside.len(), 1);
    assert_eq!(intake.set_aside[0].place.path, "techniques[3]");
}

#[test]
fn the_legend_of_a_layer_says_what_its_colours_mean() {
    let intake = intake(&json!({
        "name": "Coloured", "versions": {"layer": "4.5"}, "domain": "enterprise-attack",
        "legendItems": [{"label": "seen twice", "color": "#FF00FF"}, {"label": "", "color": "#000000"}, "odd"],
        "techniques": [
            {"techniqueID": "T1059", "color": "#ff00ff", "score": 3, "tactic": "execution"},
            {"techniqueID": "T1059", "color": "#ff00ff", "score": 3, "tactic": "persistence"},
            {"techniqueID": "T1566", "color": "#000000"},
        ],
    }));
    let meanings: Vec<_> = intake.incidents[0]
        .entities
        .values()
        .map(|entity| match &entity.facts {
            Facts::Technique(technique) => (technique.color_meanings.clone(), technique.scores.clone()),
            other => panic!("{other:?}"),
        })
        .filter(|(meanings, _)| !meanings.is_empty())
        .collect();
    assert_eq!(
        meanings,
        [(vec!["seen twice".to_owned()], vec!["3 execution".to_owned(), "3 persistence".to_owned()])]
    );
}

#[test]
fn a_layer_goes_into_an_incident_that_is_there() {
    let layer = |score: u32| {
        read(
            json!({
                "name": "Coverage", "versions": {"layer": "4.5"}, "domain": "enterprise-attack",
                "techniques": [{"techniqueID": "T1059", "score": score, "comment": "seen"}, {"techniqueID": "T1566", "score": 1}],
            })
            .to_string(),
        )
        .unwrap()
        .incidents
    };
    let mut notebook = Notebook::default();
    let at = || Time::from_millis(0);
    let put = |notebook: &mut Notebook, incident: Arc<Incident>| {
        let put = Put {
            why: Reason::Restored,
            incidents: vec![(incident.id.clone(), Some(incident))],
            preparation: None,
        };
        let edit = Edit { at: at(), by: "ann".into(), act: Act::Put(put), cause: Cause::Done };
        notebook.apply(edit).unwrap();
    };
    let id = IncidentId::derived(&["one"]);
    put(&mut notebook, Arc::new(Incident::new(id.clone(), "The one", at())));
    let item = aim::plan_into(&notebook, &id, layer(75)).unwrap();
    assert_eq!(
        (item.outcome, item.new_entities, item.incident.name.as_str()),
        (Outcome::Updated, 2, "The one")
    );
    assert_eq!(item.incident.techniques().into_iter().collect::<Vec<_>>(), ["T1059", "T1566"]);
    assert_eq!(item.incident.extra["Coverage"]["navigatorLayer"]["domain"], "enterprise-attack");
    put(&mut notebook, item.incident);
    assert_eq!(aim::plan_into(&notebook, &id, layer(75)).unwrap().outcome, Outcome::Unchanged);
    // A later layer's score stands first, and the earlier one stays.
    let rescored = aim::plan_into(&notebook, &id, layer(80)).unwrap();
    assert_eq!((rescored.outcome, rescored.new_entities), (Outcome::Updated, 0));
    assert_eq!(marked(&rescored.incident)[0].1, "80, 75");
}

fn any_step() -> impl Strategy<Value = (String, Value)> {
    let id = || (0u8..12).prop_map(|n| format!("step--{n}"));
    let next = || prop_oneof![4 => id(), 1 => Just("end--0".to_owned()), 1 => Just("step--gone".to_owned())];
    let step = prop_oneof![
        next().prop_map(|next| action("a", &next)),
        (next(), next(), next()).prop_map(|(yes, no, next)| json!({
            "type": "if-condition", "condition": "c", "on_true": yes, "on_false": no, "on_completion": next
        })),
        (next(), next())
            .prop_map(|(yes, no)| json!({"type": "if-condition", "on_true": yes, "on_false": no})),
        (next(), next()).prop_map(
            |(yes, next)| json!({"type": "while-condition", "on_true": yes, "on_completion": next})
        ),
        proptest::collection::vec(next(), 0..5)
            .prop_map(|steps| json!({"type": "parallel", "next_steps": steps})),
        proptest::collection::btree_map("[a-c]", next(), 0..3)
            .prop_map(|cases| json!({"type": "switch-condition", "switch": "s", "cases": cases})),
        (next(), next()).prop_map(|(yes, no)| json!({"type": "action", "on_success": yes, "on_failure": no})),
    ];
    (id(), step)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_workflow_ends_and_makes_a_playbook_that_hangs_together(
        steps in proptest::collection::vec(any_step(), 1..14), first in 0u8..12,
    ) {
        let mut all: Vec<(&str, Value)> = steps.iter().map(|(id, step)| (id.as_str(), step.clone())).collect();
        let begin = format!("step--{first}");
        all.push(("start--0", start(&begin)));
        if let Ok(intake) = read(cacao(&all).to_string()) {
            for playbook in &intake.playbooks {
                keeps(playbook);
                prop_assert!(playbook.steps.len() <= 2_000);
            }
            let again = read(cacao(&all).to_string()).unwrap();
            prop_assert_eq!(again.playbooks, intake.playbooks, "the same file is the same playbook");
        }
    }
}

#[test]
fn deep_and_wide_workflows_are_cut_and_said_so() {
    // Ways inside ways, a thousand deep; and one step with a hundred thousand ways.
    let ids: Vec<String> = (0..1_000).map(|n| format!("step--{n}")).collect();
    let mut steps: Vec<(&str, Value)> = ids
        .iter()
        .enumerate()
        .map(|(n, id)| {
            let inner = format!("step--{}", n + 1);
            (id.as_str(), json!({"type": "if-condition", "name": id, "condition": "c", "on_true": inner}))
        })
        .collect();
    steps.push(("step--1000", action("inmost", "end--0")));
    steps.push(("start--0", start("step--0")));
    let deep = intake(&cacao(&steps));
    assert!(faults(&deep).contains(&PlaybookFault::TooDeep { step: "step--24".into() }));
    keeps(only(&deep, FormatId::Cacao));
    let ways: Vec<&str> = vec!["action--a"; 100_000];
    let wide = intake(&cacao(&[
        ("start--0", start("parallel--1")),
        ("parallel--1", json!({"type": "parallel", "name": "Wide", "next_steps": ways})),
        ("action--a", action("A", "end--0")),
    ]));
    assert!(faults(&wide).contains(&PlaybookFault::TooDeep { step: "Wide".into() }));
}

/// Found by fuzzing: what was read and shown in the preview was refused by the notebook.
#[test]
fn steps_and_playbooks_without_a_word_in_their_names_can_be_kept() {
    keeps(only(&read("# X\n- [ ] Wipe it\n- [ ] ```\n- [ ]  \n").unwrap(), FormatId::Tasks));
    keeps(only(&read("** **\n- [ ] **\n").unwrap(), FormatId::Tasks));
    let tasks = json!([{"title": " "}, {"title": "``", "description": "- **\n- [ ] __\n-  "}]);
    keeps(only(&intake(&json!({"name": "", "titlePrefix": "", "tasks": tasks})), FormatId::TheHive));
    keeps(only(&intake(&json!({"name": " ", "note_groups": [], "tasks": tasks})), FormatId::Iris));
    let items = json!({"T1059": {"items": [{"id": " "}, {"id": "``"}]}});
    keeps(only(
        &intake(&json!({"dataset_id": "x", "title": "", "tech_to_items": items})),
        FormatId::PlaybookNg,
    ));
    let mut nameless = cacao(&[("start--0", start(" ")), (" ", json!({"type": "action", "name": "``"}))]);
    nameless["name"] = json!("**");
    keeps(only(&intake(&nameless), FormatId::Cacao));
}
