//! Merging entities by hand and splitting them again: nothing is lost, everything can be taken back, and what an import or
//! a colleague brings finds its place in what was merged.

// Helpers of a test may state what they expect as bluntly as the tests do.
#![allow(clippy::unwrap_used)]

#[path = "support/acts.rs"]
mod support;

use firsthour::model::entity::{Facts, Ip, User};
use firsthour::model::taxonomy::Verdict;
use firsthour::model::{Entity, EntityField, EntityId, Incident, StepField, StepId, StepPlace};
use firsthour::notebook::merge::{self, join};
use firsthour::notebook::{Act, History, Notebook, Refusal, Row, Why, acts};
use firsthour::words::Lang;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use support::{edit, entity, incident, incident_id, notebook, time};

fn ids(numbers: &[u8]) -> Vec<EntityId> {
    numbers.iter().map(|number| entity(*number).id).collect()
}

fn do_it(notebook: &mut Notebook, make: impl FnOnce(&Incident) -> Act) -> Act {
    let act = make(notebook.incident(&incident_id(0)).unwrap());
    notebook.apply(edit(1, act)).unwrap().inverse
}

fn here(notebook: &Notebook) -> &Incident {
    notebook.incident(&incident_id(0)).unwrap()
}

/// Its entities as they are stored and as they are shown.
fn entities(notebook: &Notebook) -> (Vec<Entity>, Vec<Entity>) {
    let incident = here(notebook);
    let shown = incident.shown_entities().into_iter().map(std::borrow::Cow::into_owned).collect();
    (incident.entities.values().cloned().collect(), shown)
}

#[test]
fn merged_entities_are_one_in_lists_counts_and_links() {
    let mut notebook = notebook();
    let [one, other] = [entity(0).id, entity(1).id];
    do_it(&mut notebook, |incident| {
        acts::set_entity(incident, &other, &EntityField::Verdict(Verdict::Malicious))
    });
    do_it(&mut notebook, |incident| {
        let step = StepId::try_from("tri-01").unwrap();
        let place = StepPlace { phase: firsthour::model::Phase::Triage, scenario: None };
        Act::SetStep(incident.id.clone(), step, place, StepField::Entities([other.clone()].into()))
    });
    do_it(&mut notebook, |incident| acts::merge_entities(incident, &one, std::slice::from_ref(&other)));
    let incident = here(&notebook);
    assert_eq!((incident.entities.len(), incident.entity_count()), (3, 2));
    let row = Row::of(incident);
    assert_eq!((row.entities.values().sum::<usize>(), row.malicious), (2, 1));
    let step = &incident.checklist.steps[&StepId::try_from("tri-01").unwrap()];
    assert!(incident.is_among(&one, &step.entities), "a link to a part is a link to the whole");
    assert_eq!(incident.entity(&other).unwrap().verdict, Verdict::Malicious);
}

#[test]
fn what_is_decided_of_a_merged_entity_is_decided_of_every_part() {
    let mut notebook = notebook();
    let [one, other] = [entity(0).id, entity(1).id];
    do_it(&mut notebook, |incident| {
        acts::set_entity(incident, &other, &EntityField::Verdict(Verdict::Malicious))
    });
    do_it(&mut notebook, |incident| acts::merge_entities(incident, &one, std::slice::from_ref(&other)));
    let clean = EntityField::Verdict(Verdict::NoThreatsFound);
    let inverse = do_it(&mut notebook, |incident| acts::set_entity(incident, &one, &clean));
    assert_eq!(here(&notebook).entity(&one).unwrap().verdict, Verdict::NoThreatsFound);
    notebook.apply(edit(2, inverse)).unwrap();
    assert_eq!(here(&notebook).entity(&one).unwrap().verdict, Verdict::Malicious);
    let before = entities(&notebook);
    let inverse = do_it(&mut notebook, |incident| acts::remove_entity(incident, &one));
    assert_eq!(here(&notebook).entities.len(), 1);
    notebook.apply(edit(3, inverse)).unwrap();
    assert_eq!(entities(&notebook), before);
}

#[test]
fn the_log_says_who_was_merged_with_whom_in_both_languages() {
    let mut notebook = notebook();
    let [one, other] = [entity(0).id, entity(1).id];
    do_it(&mut notebook, |incident| acts::merge_entities(incident, &one, std::slice::from_ref(&other)));
    let last = here(&notebook).activity.last().unwrap().clone();
    let said = |lang: Lang| lang.words().log.sentence(&last, &|time| time.utc());
    assert_eq!(said(Lang::En), "ann merged “192.0.2.1” with “192.0.2.0”");
    assert_eq!(said(Lang::Nl), "ann voegde “192.0.2.1” samen met “192.0.2.0”");
    do_it(&mut notebook, |incident| acts::split_entity(incident, &other));
    let last = here(&notebook).activity.last().unwrap().clone();
    assert_eq!(Lang::En.words().log.sentence(&last, &|time| time.utc()), "ann split off “192.0.2.1”");
}

#[test]
fn what_cannot_be_one_is_refused() {
    let mut notebook = notebook();
    let user = Entity::new(EntityId::derived(&["ann"]), Facts::User(User::default()));
    do_it(&mut notebook, |incident| Act::AddEntity(incident.id.clone(), Arc::new(user.clone())));
    let incident = here(&notebook).clone();
    let mut refused = |keep: &EntityId, other: &EntityId| {
        let field = EntityField::SameAs(Some(keep.clone()));
        let act = Act::SetEntities(incident.id.clone(), vec![(other.clone(), field)]);
        notebook.apply(edit(2, act)).unwrap_err()
    };
    let ip = entity(0).id;
    assert!(matches!(refused(&ip, &user.id), Refusal::OtherKind { .. }));
    assert!(matches!(refused(&EntityId::derived(&["gone"]), &ip), Refusal::NoSuchPart(_)));
    assert_eq!(refused(&ip, &ip), Refusal::NothingToDo);
}

#[test]
fn a_file_that_is_imported_again_leaves_merged_what_was_merged() {
    let mut notebook = notebook();
    let [one, other] = [entity(0).id, entity(1).id];
    do_it(&mut notebook, |incident| acts::merge_entities(incident, &one, std::slice::from_ref(&other)));
    let mut newer = incident(0);
    let facts = Ip { address: Some("192.0.2.1".into()), country: Some("NL".into()), ..Ip::default() };
    newer.entities.get_mut(&other).unwrap().facts = Facts::Ip(facts);
    let plan = merge::plan(&notebook, vec![newer]);
    assert_eq!(plan.items[0].new_entities, 0);
    notebook.apply(edit(2, plan.act(Why::Imported("again.json".into())).unwrap())).unwrap();
    let incident = here(&notebook);
    assert_eq!(incident.shown_as(&other), &one);
    let shown = incident.entity(&one).unwrap();
    let Facts::Ip(facts) = &shown.facts else { panic!("{shown:?}") };
    assert_eq!(facts.country.as_deref(), Some("NL"), "what a part learns, the whole knows");
}

#[test]
fn a_merge_that_only_one_copy_made_stands_in_both() {
    let mut mine = notebook();
    let theirs = mine.clone();
    let [one, other] = [entity(0).id, entity(1).id];
    do_it(&mut mine, |incident| acts::merge_entities(incident, &one, std::slice::from_ref(&other)));
    let joined = join::join(here(&mine), here(&theirs));
    assert_eq!(joined.incident.shown_as(&other), &one);
    assert!(joined.disputes.is_empty());
    assert_eq!(join::join(here(&theirs), here(&mine)).incident, joined.incident);
}

proptest! {
    #[test]
    fn merging_and_splitting_gives_the_same_back(
        verdicts in proptest::collection::vec(0u8..3, 0..4),
        groups in proptest::collection::vec((0u8..3, 0u8..3), 1..5),
    ) {
        let mut notebook = notebook();
        for number in verdicts {
            let _ = notebook.apply(edit(1, {
                let field = EntityField::Verdict(Verdict::Suspicious);
                Act::SetEntities(incident_id(0), vec![(entity(number).id, field)])
            }));
        }
        let before = entities(&notebook);
        for (keep, other) in groups {
            let incident = here(&notebook);
            let act = acts::merge_entities(incident, &ids(&[keep])[0], &ids(&[other]));
            let merges = !incident.is_same_entity(&entity(keep).id, &entity(other).id);
            let count = incident.entity_count();
            let done = notebook.apply(edit(2, act)).is_ok();
            prop_assert_eq!(done, merges);
            prop_assert_eq!(here(&notebook).entity_count(), count - usize::from(merges));
        }
        // Every value that any part knew is still told by what is shown.
        let told: String = entities(&notebook).1.iter().map(|one| serde_json::to_string(one).unwrap()).collect();
        for number in 0..3u8 {
            let address = format!("192.0.2.{number}");
            prop_assert!(told.contains(&address), "{}", address);
        }
        for number in 0..3u8 {
            let id = entity(number).id;
            while here(&notebook).parts_of(&id).len() > 1 {
                let count = here(&notebook).entity_count();
                let act = acts::split_entity(here(&notebook), &id);
                notebook.apply(edit(3, act)).unwrap();
                prop_assert_eq!(here(&notebook).entity_count(), count + 1);
            }
        }
        prop_assert_eq!(entities(&notebook), before);
    }

    #[test]
    fn taking_back_any_merging_and_splitting_gives_the_same_back(
        steps in proptest::collection::vec((any::<bool>(), 0u8..3, 0u8..3), 1..6),
    ) {
        let mut notebook = notebook();
        let before = entities(&notebook);
        let mut history = History::default();
        let mut done = 0;
        for (merges, one, other) in steps {
            let incident = here(&notebook);
            let act = if merges {
                acts::merge_entities(incident, &entity(one).id, &ids(&[other]))
            } else {
                acts::split_entity(incident, &entity(one).id)
            };
            if let Ok(change) = notebook.apply(edit(1, act)) {
                history.record(change);
                done += 1;
            }
        }
        for _ in 0..done {
            history.undo(&mut notebook, time(2), "ann".into()).unwrap();
        }
        prop_assert_eq!(entities(&notebook), before);
    }

    #[test]
    fn two_who_merge_apart_come_to_the_same(
        mine in proptest::collection::vec((0u8..3, 0u8..3), 0..3),
        theirs in proptest::collection::vec((0u8..3, 0u8..3), 0..3),
    ) {
        let merged = |pairs: &[(u8, u8)], minute| {
            let mut notebook = notebook();
            for (keep, other) in pairs {
                let act = acts::merge_entities(here(&notebook), &entity(*keep).id, &ids(&[*other]));
                let _ = notebook.apply(edit(minute, act));
            }
            here(&notebook).clone()
        };
        let (mine, theirs) = (merged(&mine, 1), merged(&theirs, 2));
        let joined = join::join(&mine, &theirs).incident;
        prop_assert_eq!(&join::join(&theirs, &mine).incident, &joined);
        prop_assert_eq!(&join::join(&joined, &theirs).incident.entities, &joined.entities);
        let shown: BTreeSet<_> = joined.shown_entities().iter().map(|one| one.id.clone()).collect();
        for id in joined.entities.keys() {
            prop_assert!(shown.contains(joined.shown_as(id)), "nothing is hidden by two who merged each into the other");
        }
    }
}

#[test]
fn what_was_merged_leaves_as_one_with_what_names_it() {
    let mut notebook = notebook();
    let [one, other] = [entity(0).id, entity(1).id];
    do_it(&mut notebook, |incident| {
        let step = StepId::try_from("tri-01").unwrap();
        let place = StepPlace { phase: firsthour::model::Phase::Triage, scenario: None };
        Act::SetStep(incident.id.clone(), step, place, StepField::Entities([other.clone()].into()))
    });
    do_it(&mut notebook, |incident| acts::merge_entities(incident, &one, std::slice::from_ref(&other)));
    let shown = here(&notebook).as_shown();
    assert_eq!(shown.entities.len(), 2);
    assert_eq!(shown.checklist.steps[&StepId::try_from("tri-01").unwrap()].entities, [one.clone()].into());
    assert!(shown.entities[&one].same_as.is_none());
}
