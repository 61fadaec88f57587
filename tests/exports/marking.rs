//! What is marked stricter than the marking that was chosen stays, and so does what names it, in every format.

use crate::incidents::{at, guided, how};
use firsthour::formats::export::{EXPORTS, Held, Part, Reason, Tlp, share};
use firsthour::formats::read;
use firsthour::model::activity::Cause;
use firsthour::model::checklist::{StepPlace, StepState};
use firsthour::model::{Activity, EntityKind, EventId, Incident, Note, NoteId, TimelineEvent, What};
use serde_json::json;

/// The guided incident with one address, one note, one comment and the conclusion marked, and others that name the address.
fn marked() -> (Incident, String) {
    let mut incident = guided();
    let ip = incident.entities.values_mut().find(|entity| entity.kind() == EntityKind::Ip).unwrap();
    ip.tags.insert("tlp:red".into());
    let address = ip.name();
    for (name, text) in [
        ("secret", "TLP:AMBER+STRICT\nWho told us".to_owned()),
        ("names it", format!("It came from {}.", address.replace('.', "[.]"))),
        ("harmless", "TLP:GREEN Block the mail.".to_owned()),
    ] {
        let note = Note {
            id: NoteId::derived(&[name]),
            text,
            by: "Ann".into(),
            created: at("2026-11-24T11:00:00Z"),
            edited: at("2026-11-24T11:00:00Z"),
        };
        incident.notes.insert(note.id.clone(), note);
    }
    let call = format!("ConnectionSuccess to {address}");
    let event = TimelineEvent::new(EventId::derived(&["call"]), at("2026-11-24T10:00:00Z"), call);
    incident.events.insert(event.id.clone(), event);
    let said = What::Comment(format!("connected to {address}"));
    incident.activity.push(Activity::new(at("2026-11-24T11:30:00Z"), "Ann", said, Cause::Done));
    incident.closing_note = "For us only (TLP:RED): the password was reused.".into();
    (incident, address)
}

fn of(held: &[Held], part: Part) -> Vec<&Reason> {
    held.iter().filter(|one| one.part == part).map(|one| &one.why).collect()
}

#[test]
fn what_is_stricter_stays_and_so_does_what_names_it() {
    let (incident, address) = marked();
    let (shared, held) = share(&incident, Tlp::Amber);
    let shared = shared.unwrap();
    assert_eq!(of(&held, Part::Text), [&Reason::Marked(Tlp::Red)]);
    assert!(of(&held, Part::Note).contains(&&Reason::Marked(Tlp::AmberStrict)));
    assert!(of(&held, Part::Note).contains(&&Reason::Names(address.clone())));
    assert_eq!(of(&held, Part::Event), [&Reason::Names(address.clone())]);
    assert_eq!(of(&held, Part::Comment), [&Reason::Names(address.clone())]);
    assert!(of(&held, Part::Entity).contains(&&Reason::Marked(Tlp::Red)));
    assert_eq!(shared.incident.notes.len(), 2, "the one of the guided incident and the harmless one");
    for export in EXPORTS {
        let text = export.write(std::slice::from_ref(&shared), &how());
        for secret in [address.as_str(), "password was reused", "Who told us"] {
            assert!(!text.contains(secret), "{:?} tells {secret}", export.id());
        }
    }
    // Under the strictest marking everything leaves.
    let (shared, held) = share(&incident, Tlp::Red);
    assert_eq!(held, []);
    assert_eq!(shared.unwrap().incident.entities, incident.entities);
}

#[test]
fn an_incident_that_is_stricter_itself_stays_as_a_whole() {
    let mut incident = guided();
    incident.tags.insert("TLP:RED".into());
    let (shared, held) = share(&incident, Tlp::AmberStrict);
    assert!(shared.is_none());
    assert_eq!(of(&held, Part::Incident), [&Reason::Marked(Tlp::Red)]);

    let (mut incident, address) = marked();
    incident.name = format!("Calls to {address}");
    let (shared, held) = share(&incident, Tlp::Amber);
    assert!(shared.is_none());
    assert_eq!(held.last().unwrap().why, Reason::Names(address));
}

#[test]
fn what_has_no_marking_has_its_incidents_and_else_the_one_that_was_chosen() {
    let mut incident = guided();
    let entity = incident.entities.values().next().unwrap().clone();
    let shared = share(&incident, Tlp::Green).0.unwrap();
    assert_eq!((shared.of_entity(&entity), shared.own), (Tlp::Green, None));
    assert_eq!(
        shared.unmarked,
        shared
            .counts()
            .into_iter()
            .filter(|(part, _)| *part != Part::Technique)
            .map(|(_, n)| n)
            .sum::<usize>()
    );
    incident.system_tags.insert("tlp:clear".into());
    let shared = share(&incident, Tlp::Green).0.unwrap();
    assert_eq!((shared.of_entity(&entity), shared.unmarked), (Tlp::Clear, 0));
}

#[test]
fn markings_of_the_source_count() {
    let mut incident = guided();
    let one = incident.entities.values_mut().next().unwrap();
    let refs = json!(["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"]);
    one.extra.insert("object_marking_refs".into(), refs);
    let held = share(&incident, Tlp::Amber).1;
    assert_eq!(of(&held, Part::Entity)[0], &Reason::Marked(Tlp::Red));
    // A marking definition with an id of its own, as producers of STIX 2.0 made them.
    let mut incident = guided();
    incident.extra.insert("object_marking_refs".into(), json!(["marking-definition--1"]));
    let definition = json!([{"type": "marking-definition", "id": "marking-definition--1", "definition_type": "tlp", "definition": {"tlp": "red"}}]);
    incident.extra.insert("definitions".into(), definition);
    assert!(share(&incident, Tlp::Amber).0.is_none());
}

#[test]
fn what_was_taken_back_and_what_the_log_tells_of_this_notebook_never_leaves() {
    let mut incident = guided();
    let then = at("2026-11-24T11:30:00Z");
    let said = What::Comment("A mistake".into());
    incident.activity.push(Activity::new(then.clone(), "Ann", said, Cause::Done));
    let back = What::Retracted { at: then.clone(), by: "Ann".into(), retracted: true };
    incident.activity.push(Activity::new(then.clone(), "Ann", back, Cause::Done));
    let imported = What::Imported { source: "secret-path.json".into(), alerts: 1, entities: 1, events: 0 };
    incident.activity.push(Activity::new(then, "Ann", imported, Cause::Done));
    let shared = share(&incident, Tlp::Red).0.unwrap();
    assert_eq!(shared.incident.activity.len(), 1, "Bob's comment");
    for export in EXPORTS {
        let text = export.write(std::slice::from_ref(&shared), &how());
        assert!(!text.contains("A mistake") && !text.contains("secret-path"), "{:?}", export.id());
    }
}

#[test]
fn a_kept_playbook_stays_where_it_is_marked_stricter_and_so_does_what_was_done_about_it() {
    let told = |tlp: &serde_json::Value, extra: &str, marking: Tlp| {
        let mut incident = guided();
        let mut template = json!({"name": "ours", "displayName": "Our own way", "tasks": [
            {"title": "Call the minister", "description": "By the red phone."}]});
        template[extra] = tlp.clone();
        let playbook = read(template.to_string()).unwrap().playbooks.remove(0);
        let step = playbook.steps[0].id.clone();
        let place = StepPlace { phase: playbook.steps[0].phase, scenario: Some(playbook.id.clone()) };
        let state = StepState { outcome: "She was told".into(), ..StepState::open(place) };
        incident.checklist.steps.insert(step, state);
        incident.checklist.scenarios.push(playbook.id.clone());
        incident.checklist.playbooks.insert(playbook.id.clone(), std::sync::Arc::new(playbook));
        let (shared, held) = share(&incident, marking);
        let shared = shared.unwrap();
        let texts = EXPORTS.iter().map(|export| export.write(std::slice::from_ref(&shared), &how()));
        let telling = texts.filter(|text| {
            ["Call the minister", "red phone", "She was told"].iter().any(|secret| text.contains(secret))
        });
        let of_steps: Vec<_> = held.into_iter().filter(|one| one.part == Part::Step).collect();
        (telling.count(), of_steps)
    };
    let stays =
        |level| vec![Held { part: Part::Step, name: "Our own way".into(), why: Reason::Marked(level) }];
    // How TheHive marks a template, how a label does, how CACAO does.
    let hive = json!(2);
    assert_eq!(told(&hive, "tlp", Tlp::Green), (0, stays(Tlp::Amber)));
    assert!(told(&hive, "tlp", Tlp::Amber).0 > 0, "at its own level it leaves");
    assert_eq!(told(&json!(3), "tlp", Tlp::AmberStrict), (0, stays(Tlp::Red)));
    assert_eq!(told(&json!(["tlp:red"]), "tags", Tlp::Amber), (0, stays(Tlp::Red)));
    let cacao = json!(["marking-tlp--e828b379-4e03-4974-9ac4-e53a884c97c1"]);
    assert_eq!(told(&cacao, "markings", Tlp::Amber), (0, stays(Tlp::Red)));
    let (telling, held) = told(&json!(0), "tlp", Tlp::Clear);
    assert!(telling > 0 && held.is_empty());
}
