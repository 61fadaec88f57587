//! What people did about the made-up incidents: every import stands in the log by itself; a sixth of the incidents somebody took
//! on and began to work through the checklist; half of those are resolved.

use firsthour::model::activity::Cause;
use firsthour::model::taxonomy::{Classification, Determination, Status};
use firsthour::model::{IncidentField, IncidentId, Mark, Marked, Phase, StepField, StepId, StepPlace, Time};
use firsthour::notebook::{Act, Edit};

use super::Random;

/// The edits of this incident, the number of which is its seed.
pub fn edits(number: usize, id: &IncidentId) -> Vec<Edit> {
    let mut random = Random(0xD0_0E ^ (number as u64) << 24);
    if !random.percent(16) {
        return Vec::new();
    }
    let by = random.pick(&["ann@contoso.example", "bram@contoso.example", "chen@contoso.example"]);
    let mut now = 1_790_000_000_000 + i64::try_from(number).unwrap_or_default() * 2_900_000;
    let mut edits = Vec::new();
    let mut add = |random: &mut Random, act| {
        now += 20_000 + i64::try_from(random.below(400_000)).unwrap_or_default();
        edits.push(Edit { at: Time::from_millis(now), by: by.to_owned(), act, cause: Cause::Done });
    };
    let set = |field| Act::SetIncident(id.clone(), field);
    add(&mut random, set(IncidentField::Assignee(Some(by.to_owned()))));
    add(&mut random, set(IncidentField::Status(Status::InProgress)));
    for step in 1..=1 + random.below(4) {
        let Ok(step) = StepId::try_from(format!("tri-{step:02}")) else { continue };
        let at = Time::from_millis(
            1_790_000_000_000 + i64::try_from(number * 2_900_000 + random.below(900_000)).unwrap_or_default(),
        );
        let marked = Marked { mark: Mark::Done, by: by.to_owned(), at };
        let place = StepPlace { phase: Phase::Triage, scenario: None };
        add(&mut random, Act::SetStep(id.clone(), step, place, StepField::Marked(Some(marked))));
    }
    if random.percent(50) {
        add(&mut random, set(IncidentField::Classification(Classification::TruePositive)));
        add(&mut random, set(IncidentField::Determination(Determination::Malware)));
        add(&mut random, set(IncidentField::Status(Status::Resolved)));
    }
    edits
}
