//! A notebook full of made-up incidents, and what people did about them: every import stands in the log by itself; a
//! tenth of the incidents somebody took on and began to work through the checklist; half of those are resolved.

use std::rc::Rc;

use firsthour::formats::read;
use firsthour::model::activity::Cause;
use firsthour::model::taxonomy::{Classification, Determination, Status};
use firsthour::model::{
    CopyId, Incident, IncidentField, IncidentId, Mark, Marked, Phase, StepField, StepId, StepPlace, Time,
};
use firsthour::notebook::merge::plan;
use firsthour::notebook::{Act, Edit, Why};
use firsthour::storage::{MemoryStore, NotSaved, Opened};

use super::{Random, export};

/// When people began to work, in milliseconds after 1970.
const BEGUN: i64 = 1_790_000_000_000;

/// How long after that it is for the incident with this number.
fn hours(number: usize) -> i64 {
    i64::try_from(number).unwrap_or_default() * 2_900_000
}

/// Imports the incidents with these numbers as one file and does what people did about them. Returns them.
///
/// # Errors
/// Where the store refuses one of these edits.
pub fn take_in(
    opened: &mut Opened<Rc<MemoryStore>>,
    first: usize,
    last: usize,
) -> Result<Vec<Incident>, NotSaved> {
    let intake = read(export(first..=last)).unwrap();
    let ids: Vec<IncidentId> = intake.incidents.iter().map(|incident| incident.id.clone()).collect();
    let act = plan(&opened.notebook, intake.incidents).act(Why::Imported("incidents.json".into())).unwrap();
    let at = Time::from_millis(BEGUN + hours(first));
    if opened.notebook.copy().is_none() {
        // As the page does before the first edit: from here on the logs are chained.
        save(
            opened,
            Edit {
                at: at.clone(),
                by: "ann@contoso.example".into(),
                act: Act::BeginCopy(copy()),
                cause: Cause::Done,
            },
        )?;
    }
    save(opened, Edit { at, by: "ann@contoso.example".into(), act, cause: Cause::Done })?;
    for (number, id) in (first..).zip(&ids) {
        for edit in edits(number, id) {
            save(opened, edit)?;
        }
    }
    opened.store.fold(&opened.notebook)?;
    Ok(ids.iter().map(|id| Incident::clone(opened.notebook.incident(id).unwrap())).collect())
}

fn save(opened: &mut Opened<Rc<MemoryStore>>, edit: Edit) -> Result<(), NotSaved> {
    opened.store.commit(&mut opened.notebook, edit).map(drop)
}

/// The copy of the notebook that all of this is done in.
fn copy() -> CopyId {
    CopyId::derived(&["made up"])
}

/// The edits of this incident, the number of which is its seed.
fn edits(number: usize, id: &IncidentId) -> Vec<Edit> {
    let mut random = Random(0xD0_0E ^ (number as u64) << 24);
    if !random.percent(10) {
        return Vec::new();
    }
    let by = random.pick(&["ann@contoso.example", "bram@contoso.example", "chen@contoso.example"]);
    let mut now = BEGUN + hours(number);
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
            BEGUN + hours(number) + i64::try_from(random.below(900_000)).unwrap_or_default(),
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
