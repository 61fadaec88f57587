//! Playbooks that people keep: in the notebook, in a backup, in two notebooks that are merged, on a checklist with ways.

// Helpers of a test may state what they expect as bluntly as the tests do.
#![allow(clippy::unwrap_used)]

#[path = "support/acts.rs"]
mod support;

use firsthour::model::activity::Cause;
use firsthour::model::{CopyId, KeptPlaybook, Phase, StepField, StepId, StepPlace, Subject, What};
use firsthour::notebook::merge::notebooks::merged_preparation;
use firsthour::notebook::{Act, Edit, Notebook, Preparation, Refusal, Row, acts};
use firsthour::playbooks::{library, phase_totals, progress_of, steps_of};
use std::sync::Arc;
use support::{edit, incident_id, kept, notebook, time};

fn begun(copy: &str) -> Notebook {
    let mut notebook = notebook();
    notebook.apply(edit(0, Act::BeginCopy(CopyId::derived(&[copy])))).unwrap();
    notebook
}

fn titles(preparation: &Preparation) -> Vec<&str> {
    preparation.playbooks.values().map(|kept| kept.title.as_str()).collect()
}

/// What both notebooks keep after each has merged the other's preparation.
fn both(one: &Notebook, other: &Notebook) -> Preparation {
    let join = |mine: &Notebook, theirs: &Notebook| {
        let joined = merged_preparation(mine.preparation(), theirs.preparation());
        joined.unwrap_or_else(|| Preparation::clone(mine.preparation()))
    };
    let (there, back) = (join(one, other), join(other, one));
    assert_eq!(there.playbooks, back.playbooks, "the other way round keeps other playbooks");
    let again = merged_preparation(&there, other.preparation());
    assert!(again.is_none_or(|again| again.playbooks == there.playbooks), "once more changes something");
    there
}

#[test]
fn keeping_renaming_and_removing_are_logged_and_taken_back() {
    let mut notebook = begun("ours");
    let before = notebook.preparation().playbooks.clone();
    let mut inverses = Vec::new();
    for act in [
        Act::KeepPlaybook(kept(0, "P")),
        Act::RenamePlaybook(kept(0, "").id.clone(), "Ours".into()),
        Act::KeepPlaybook(kept(0, "Q")),
        Act::RemovePlaybook(kept(0, "").id.clone()),
    ] {
        inverses.push(notebook.apply(edit(1, act)).unwrap().inverse);
    }
    assert!(notebook.preparation().playbooks.is_empty());
    let log = &notebook.preparation().log;
    assert!(matches!(&log[1].what, What::PlaybookKept { source, steps: 3, .. } if source == "a.json"));
    assert!(
        matches!(&log[2].what, What::Set { subject: Subject::Playbook(..), from, to, .. } if from == "P" && to == "Ours")
    );
    assert!(matches!(&log[4].what, What::Removed(Subject::Playbook(_, title)) if title == "Q"));
    for (act, expected) in inverses.into_iter().rev().zip([vec!["Q"], vec!["Ours"], vec!["P"], vec![]]) {
        let undo = Edit { at: time(2), by: "ann".into(), act, cause: Cause::Undone };
        notebook.apply(undo).unwrap();
        assert_eq!(titles(notebook.preparation()), expected);
    }
    assert_eq!(notebook.preparation().playbooks, before);
}

#[test]
fn a_playbook_that_does_not_hang_together_is_refused() {
    let mut notebook = notebook();
    let broken = |change: fn(&mut KeptPlaybook)| {
        let mut playbook = KeptPlaybook::clone(&kept(0, "P"));
        change(&mut playbook);
        Act::KeepPlaybook(Arc::new(playbook))
    };
    for (act, refusal) in [
        (broken(|playbook| playbook.steps.swap(0, 1)), Refusal::Misplaced("Step one".into())),
        (
            broken(|playbook| playbook.steps[1].within.as_mut().unwrap().way = "c".into()),
            Refusal::Misplaced("Step one".into()),
        ),
        (
            broken(|playbook| playbook.steps[2].id = playbook.steps[1].id.clone()),
            Refusal::Misplaced("Step other".into()),
        ),
        (broken(|playbook| playbook.steps[0].phase = Phase::Prepare), Refusal::Misplaced("Step fork".into())),
        (broken(|playbook| playbook.steps.clear()), Refusal::Empty),
        (
            broken(|playbook| playbook.steps = vec![playbook.steps[0].clone(); 2_001]),
            Refusal::TooMany { limit: 2_000, count: 2_001 },
        ),
    ] {
        assert_eq!(notebook.apply(edit(1, act)).unwrap_err(), refusal);
    }
}

#[test]
fn a_chosen_way_leaves_the_other_out_of_checklist_and_row_alike() {
    let mut notebook = notebook();
    let id = incident_id(0);
    let place = StepPlace { phase: Phase::Containment, scenario: Some(kept(0, "").id.clone()) };
    let step = |name: &str| StepId::try_from(format!("kept-0-{name}")).unwrap();
    let containment = Phase::Containment.index().unwrap();
    let count = |notebook: &Notebook| {
        let incident = notebook.incident(&id).unwrap();
        let steps = steps_of(library(), &incident.checklist);
        let listed = progress_of(steps.iter().filter(|step| step.place.phase == Phase::Containment));
        assert_eq!(phase_totals(library(), &Row::of(incident))[containment], listed);
        listed
    };
    let general = count(&notebook).total;
    notebook.apply(edit(1, Act::UsePlaybook(id.clone(), kept(0, "P")))).unwrap();
    assert_eq!(count(&notebook).total, general + 3, "before a choice every way counts");
    notebook.apply(edit(2, acts::tick(&id, &step("other"), &place, "ann", &time(2)))).unwrap();
    assert_eq!(count(&notebook).done, 1);
    let choose = |way: &str| {
        Act::SetStep(id.clone(), step("fork"), place.clone(), StepField::Way(Some(way.to_owned())))
    };
    notebook.apply(edit(3, choose("a"))).unwrap();
    assert_eq!((count(&notebook).total, count(&notebook).done), (general + 2, 0));
    let undo = notebook.apply(edit(4, Act::RemoveScenario(id.clone(), kept(0, "").id.clone()))).unwrap();
    assert_eq!(count(&notebook).total, general);
    notebook.apply(edit(5, undo.inverse)).unwrap();
    let checklist = &notebook.incident(&id).unwrap().checklist;
    assert_eq!(checklist.steps[&step("fork")].way.as_deref(), Some("a"), "the choice is kept");
    assert_eq!(count(&notebook).total, general + 2);
    notebook.apply(edit(6, choose("b"))).unwrap();
    assert_eq!(count(&notebook).done, 1, "what was done on the other way counts again");
    let log = &notebook.incident(&id).unwrap().activity;
    assert!(log.iter().any(|entry| matches!(
        &entry.what,
        What::Set { subject: Subject::OwnStep(_, title), field, to, .. }
            if title == "Step fork" && field == "way" && to == "a"
    )));
}

#[test]
fn two_notebooks_keep_what_either_kept_and_nobody_removed_since() {
    let (mut one, mut other) = (begun("one"), begun("other"));
    one.apply(edit(1, Act::KeepPlaybook(kept(0, "P")))).unwrap();
    other.apply(edit(2, Act::KeepPlaybook(kept(1, "Q")))).unwrap();
    assert_eq!(titles(&both(&one, &other)), ["P", "Q"]);
    other.apply(edit(3, Act::KeepPlaybook(kept(0, "P")))).unwrap();
    other.apply(edit(4, Act::RenamePlaybook(kept(0, "").id.clone(), "Later".into()))).unwrap();
    assert_eq!(titles(&both(&one, &other)), ["Later", "Q"]);
    one.apply(edit(5, Act::RemovePlaybook(kept(0, "").id.clone()))).unwrap();
    assert_eq!(titles(&both(&one, &other)), ["Q"], "it was removed after it was renamed");
    other.apply(edit(6, Act::KeepPlaybook(kept(0, "Again")))).unwrap();
    assert_eq!(titles(&both(&one, &other)), ["Again", "Q"]);
}
