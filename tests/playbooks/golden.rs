//! Step ids never go away: notebooks that people keep refer to them.

use std::collections::BTreeSet;

use firsthour::playbooks::library;

const GOLDEN: &str = include_str!("../golden/step-ids.txt");

fn golden() -> BTreeSet<&'static str> {
    GOLDEN.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// `playbook/step` for every step of the library.
fn present() -> BTreeSet<String> {
    let playbooks = library().playbooks().iter();
    playbooks
        .flat_map(|playbook| playbook.steps.iter().map(|step| format!("{}/{}", playbook.id, step.id)))
        .collect()
}

#[test]
fn no_step_id_has_gone() {
    let present = present();
    let gone: Vec<_> = golden().into_iter().filter(|id| !present.contains(*id)).collect();
    assert!(
        gone.is_empty(),
        "these steps were removed, renamed or moved to another playbook, but notebooks that people keep refer to \
         them. Put the old id back; a step that no longer applies keeps its id and says so: {gone:?}"
    );
}

#[test]
fn every_step_id_is_on_record() {
    let golden = golden();
    let new: Vec<_> = present().into_iter().filter(|id| !golden.contains(id.as_str())).collect();
    assert!(
        new.is_empty(),
        "new steps are welcome. Add their lines to tests/golden/step-ids.txt, so that they stay:\n{}",
        new.join("\n")
    );
}
