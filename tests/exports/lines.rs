//! Navigator layers, Timesketch lines, OCSF findings and CACAO playbooks: what each format asks for, from every incident.

use crate::incidents::{all, at, format, full, guided, how, shared, written};
use firsthour::formats::export::{ExportId, Tlp};
use firsthour::formats::{FormatId, read};
use firsthour::model::{Mark, StepId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(json).collect()
}

#[test]
fn a_layer_scores_techniques_by_the_alerts_that_name_them() {
    let layer = json(&written(ExportId::Navigator, &full()));
    assert_eq!((&layer["domain"], &layer["versions"]["layer"]), (&"enterprise-attack".into(), &"4.5".into()));
    let scores: BTreeMap<&str, u64> = layer["techniques"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["techniqueID"].as_str().unwrap(), one["score"].as_u64().unwrap()))
        .collect();
    assert_eq!(scores, BTreeMap::from([("T1059", 1), ("T1566.001", 1)]));
    assert_eq!(layer["metadata"][0]["value"], "TLP:AMBER");
    // What is no number of a technique has no place; an incident without any is an empty layer.
    let [_, _, (_, hostile), (_, sparse)] = all();
    assert_eq!(json(&written(ExportId::Navigator, &hostile))["techniques"], Value::Array(Vec::new()));
    assert_eq!(json(&written(ExportId::Navigator, &sparse))["techniques"], Value::Array(Vec::new()));
    // Techniques of the industrial matrix are a layer of their own, and several layers a list.
    let mut both = full();
    both.alerts.values_mut().next().unwrap().techniques.push("T0883".into());
    let layers = json(&written(ExportId::Navigator, &both));
    let domains: Vec<_> =
        layers.as_array().unwrap().iter().map(|layer| layer["domain"].as_str().unwrap()).collect();
    assert_eq!(domains, ["enterprise-attack", "ics-attack"]);
}

/// The scores of a layer, by technique and tactic.
fn scores(layer: &str) -> BTreeMap<(String, String), f64> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = json(layer)["techniques"].as_array().unwrap().clone();
    let score =
        |row: &Value| Some(((text(&row["techniqueID"]), text(&row["tactic"])), row["score"].as_f64()?));
    rows.iter().filter_map(score).collect()
}

#[test]
fn a_layer_that_is_read_and_written_keeps_its_scores() {
    let given = r#"{"name": "Given", "versions": {"layer": "4.5"}, "domain": "enterprise-attack", "techniques": [
        {"techniqueID": "T1059", "score": 75, "tactic": "execution", "comment": "seen"},
        {"techniqueID": "T1059", "score": 12.5, "tactic": "persistence"},
        {"techniqueID": "T1566.001", "score": -3}, {"techniqueID": "T1078", "score": 0}]}"#;
    let incident = read(given).unwrap().incidents.swap_remove(0);
    let out = written(ExportId::Navigator, &incident);
    assert_eq!(scores(&out), scores(given));
    let layer = json(&out);
    assert_eq!(layer["techniques"][0]["comment"], "seen");
    assert_eq!((&layer["gradient"]["minValue"], &layer["gradient"]["maxValue"]), (&(-3).into(), &75.into()));
    // What was scored by alerts comes back with that score, and keeps it.
    let ours = written(ExportId::Navigator, &full());
    let back = read(ours.as_str()).unwrap().incidents.swap_remove(0);
    assert!(back.alerts.is_empty() && !scores(&ours).is_empty());
    assert_eq!(scores(&written(ExportId::Navigator, &back)), scores(&ours));
}

#[test]
fn every_line_of_a_timeline_is_an_event_that_timesketch_takes() {
    for (name, incident) in all() {
        let events = lines(&written(ExportId::Timesketch, &incident));
        let mut before = i64::MIN;
        for event in &events {
            for required in ["message", "datetime", "timestamp_desc"] {
                assert!(event[required].is_string() || required == "message", "{name}: {event}");
            }
            let time = at(event["datetime"].as_str().unwrap());
            assert!(time.zone_stated());
            let micros = event["timestamp"].as_i64().unwrap();
            assert_eq!(time.instant().timestamp_micros(), micros, "{name}: {event}");
            assert!(micros >= before, "{name}: not in order");
            before = micros;
            assert!(event.to_string().len() < 3 * 32_766);
        }
    }
    let events = lines(&written(ExportId::Timesketch, &full()));
    let kinds: BTreeSet<&str> =
        events.iter().map(|event| event["timestamp_desc"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        BTreeSet::from([
            "Alert: first activity",
            "Alert: last activity",
            "Comment",
            "Note written",
            "ProcessCreated",
            "Step done",
            "Step left out"
        ])
    );
    // Seven digits came; six have a place in microseconds, and the text of the source is beside them.
    let first = events.iter().find(|event| event["timestamp_desc"] == "Alert: first activity").unwrap();
    assert_eq!(
        (&first["datetime"], &first["original_time"]),
        (&"2026-03-01T09:00:00.123456+00:00".into(), &"2026-03-01T09:00:00.1234567Z".into())
    );
}

#[test]
fn a_finding_has_what_ocsf_requires() {
    let shares: Vec<_> = all().iter().map(|(_, incident)| shared(incident, Tlp::Amber)).collect();
    let findings = lines(&format(ExportId::Ocsf).write(&shares, &how()));
    assert_eq!(findings.len(), 4);
    for finding in &findings {
        for required in [
            "activity_id",
            "category_uid",
            "class_uid",
            "finding_info_list",
            "metadata",
            "severity_id",
            "status_id",
            "time",
            "type_uid",
        ] {
            assert!(!finding[required].is_null(), "{required}: {finding}");
        }
        assert_eq!(finding["type_uid"].as_u64().unwrap(), 200_500 + finding["activity_id"].as_u64().unwrap());
        assert!(finding["assignee"].is_object() != finding["assignee_group"].is_object());
        assert!(!finding["finding_info_list"].as_array().unwrap().is_empty());
        assert_eq!(finding["metadata"]["labels"][0], "tlp:amber");
    }
    let [first, ..] = findings.as_slice() else { panic!("no finding") };
    let (one, guided) = (&first["finding_info_list"][0], guided());
    assert_eq!(first["finding_info_list"].as_array().unwrap().len(), guided.alerts.len());
    assert!(one["title"].is_string() && one["uid"].is_string());
    assert_eq!(
        (&first["status_id"], &first["verdict_id"], &first["severity_id"]),
        (&2.into(), &2.into(), &4.into())
    );
}

/// Follows a playbook from its start to its end.
fn walk(playbook: &Value) -> Vec<&Value> {
    let workflow = playbook["workflow"].as_object().unwrap();
    let mut next = playbook["workflow_start"].as_str().unwrap();
    let mut walked = Vec::new();
    loop {
        let step = workflow.get(next).unwrap_or_else(|| panic!("{next} leads nowhere"));
        walked.push(step);
        assert!(walked.len() <= workflow.len(), "it goes round in circles");
        match step["on_completion"].as_str() {
            Some(id) => next = id,
            None => break,
        }
    }
    assert_eq!(walked.len(), workflow.len(), "some steps are never reached");
    assert_eq!(walked[walked.len() - 1]["type"], "end");
    walked
}

#[test]
fn a_playbook_leads_from_start_to_end_and_tells_what_was_done() {
    for (name, incident) in all() {
        let text = written(ExportId::Cacao, &incident);
        assert_eq!(text, written(ExportId::Cacao, &incident), "{name}");
        let playbook = json(&text);
        for required in [
            "type",
            "spec_version",
            "id",
            "name",
            "created_by",
            "created",
            "modified",
            "workflow_start",
            "workflow",
        ] {
            assert!(!playbook[required].is_null(), "{name}: {required}");
        }
        for time in ["created", "modified"] {
            let time = playbook[time].as_str().unwrap();
            assert_eq!((time.len(), &time[19..20], &time[23..]), (24, ".", "Z"), "{name}");
        }
        let steps = walk(&playbook);
        let actions: Vec<_> = steps.iter().filter(|step| step["type"] == "action").collect();
        assert!(actions.len() > 20, "{name}");
        for action in actions {
            let agent = action["agent"].as_str().unwrap();
            assert!(playbook["agent_definitions"][agent].is_object(), "{name}");
            assert_ne!(action["commands"][0]["command"], "", "{name}");
        }
        let marking = playbook["markings"][0].as_str().unwrap();
        assert_eq!(playbook["data_marking_definitions"][marking]["tlpv2_level"], "TLP:AMBER");
    }
    let incident = full();
    let states = |wanted: &str| {
        let playbook = json(&written(ExportId::Cacao, &incident));
        let steps = walk(&playbook);
        steps.iter().filter(|step| step["step_variables"]["__status__"]["value"] == wanted).count()
    };
    let decided = |done: bool| {
        let states = incident.checklist.steps.values().filter_map(|state| state.marked.as_ref());
        states.filter(|marked| (marked.mark == Mark::Done) == done).count()
    };
    assert_eq!((states("done"), states("skipped")), (decided(true), decided(false)));
    let playbook = json(&written(ExportId::Cacao, &incident));
    let own = walk(&playbook).into_iter().find(|step| step["name"] == "Rebuild the server").unwrap().clone();
    assert!(incident.checklist.own.contains_key(&StepId::derived(&["own"])));
    assert_eq!(
        (
            &own["commands"][0]["command"],
            &own["step_variables"]["__outcome__"]["value"],
            &own["step_variables"]["__by__"]["value"]
        ),
        (&"From the image.".into(), &"Rebuilt".into(), &"Ann".into())
    );
}

#[test]
fn a_timeline_comes_back_through_our_own_reader() {
    for (name, incident) in all() {
        let text = written(ExportId::Timesketch, &incident);
        let with_words = lines(&text).iter().filter(|event| event["message"] != Value::Null).count();
        if with_words == 0 {
            continue;
        }
        let intake = read(text).unwrap();
        assert_eq!((intake.format, intake.set_aside.len()), (FormatId::Timesketch, 0), "{name}");
        let events: Vec<_> = intake.incidents.iter().flat_map(|incident| incident.events.values()).collect();
        assert!(!events.is_empty() && events.len() <= with_words, "{name}");
        for event in incident.events.values() {
            let back = events.iter().find(|back| back.message == event.message).unwrap();
            assert_eq!(back.at.instant(), event.at.instant());
            assert_eq!((&back.kind, &back.source), (&event.kind, &event.source));
            assert_eq!(back.extra["InitiatingProcess"], "explorer.exe");
        }
    }
}
