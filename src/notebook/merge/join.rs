//! Two copies of an incident become one, whoever starts: nothing that either has is dropped.
//!
//! Each field is a register. The activity logs tell who wrote it last on each side and whether the other side had seen
//! that ([`history`]); a side that has goes on. Where both wrote it apart from each other, what comes later in the
//! joined log shows, and both values are listed with who and when. What no log tells of is what a source said
//! ([`said`]). Parts are joined by id ([`parts`]); an entity also by what identifies it ([`same`]).

mod history;
mod parts;
mod said;
mod same;
mod steps;
mod weave;

pub use history::union as union_of_logs;
pub use steps::{playbooks, preparation};

use self::history::{History, Ruling, Side, part};
use super::FieldChange;
use crate::model::conflict::Conflict;
use crate::model::field::SettableField;
use crate::model::{Checklist, Clocks, Extras, Incident, IncidentField, ReviewAnswers, Subject, Time};
use crate::notebook::Act;

/// A conflict, and what would show the other value instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Both values with who and when.
    pub conflict: Conflict,
    /// The act that puts the other value in place; none where both are there anyway.
    pub instead: Option<Act>,
}

/// Two copies of an incident as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The incident with everything of both. Of two ids it has the smaller one.
    pub incident: Incident,
    /// What both changed, apart from each other.
    pub disputes: Vec<Dispute>,
    /// What the first copy takes over from the second.
    pub taken: Vec<FieldChange>,
}

/// Joins two copies of an incident. Incident and disputes are the same either way round.
pub fn join(one: &Incident, other: &Incident) -> Joined {
    let aliases = same::aliases(one, other);
    let [one, other] = [one, other].map(|copy| same::renamed(copy, &aliases));
    let (one, other): (&Incident, &Incident) = (&one, &other);
    let mut history = History::new(&one.activity, &other.activity, &aliases);
    let activity = std::mem::take(&mut history.log);
    let id = (&one.id).min(&other.id).clone();
    let mut joining = Joining { history: &history, id: &id, disputes: Vec::new(), taken: Vec::new() };
    let updated = [one.source_updated.as_ref(), other.source_updated.as_ref()];
    let preferred = history.untold(updated);
    let mut incident = Incident {
        id: id.clone(),
        created: (&one.created).min(&other.created).clone(),
        source_updated: updated[0].max(updated[1]).cloned(),
        system_tags: match preferred {
            Some(side) => side.of([one, other]).system_tags.clone(),
            None => one.system_tags.union(&other.system_tags).cloned().collect(),
        },
        origins: one.origins.union(&other.origins).cloned().collect(),
        link: said::joined(&one.link, &other.link, preferred),
        source: parts::sources(&one.source, &other.source, preferred),
        guided: one.guided || other.guided,
        extra: said::objects(one.extra.clone(), other.extra.clone(), preferred),
        activity,
        // What follows is put in place field by field and part by part below.
        name: String::new(),
        description: String::new(),
        severity: one.severity.clone(),
        status: one.status.clone(),
        classification: one.classification.clone(),
        determination: one.determination.clone(),
        assignee: None,
        tags: std::collections::BTreeSet::new(),
        clocks: Clocks::default(),
        priority: None,
        closing_note: String::new(),
        review: ReviewAnswers::default(),
        alerts: std::collections::BTreeMap::new(),
        entities: std::collections::BTreeMap::new(),
        checklist: Checklist::default(),
        notes: std::collections::BTreeMap::new(),
        events: std::collections::BTreeMap::new(),
        evidence: std::collections::BTreeMap::new(),
    };
    let about = About { part: part("incident", ""), subject: Subject::Incident, updated };
    joining.fields(&about, one, other, &mut incident, |field: IncidentField| {
        Some(Act::SetIncident(id.clone(), field))
    });
    incident.alerts = joining.alerts(one, other);
    incident.entities = joining.entities(one, other);
    incident.checklist = joining.checklist(one, other);
    incident.notes = joining.notes(one, other);
    incident.events = joining.events(one, other);
    incident.evidence = joining.evidence(one, other);
    raw_data(&history, one, other, &mut incident);
    let (disputes, taken) = (joining.disputes, joining.taken);
    Joined { incident, disputes, taken }
}

/// Raw data that one side dropped, or took back after dropping it, is as that side has it; where both did, as the one
/// that did it last. A part that only the other side has keeps its own: nobody dropped that. Where no log tells of it,
/// what has been joined stands.
fn raw_data(history: &History<'_>, one: &Incident, other: &Incident, joined: &mut Incident) {
    let side = match history.whole_part(&part("rawData", "")) {
        Ruling::Follows(side) | Ruling::Apart(side) => side,
        Ruling::Untold => return,
    };
    Extras::copy(side.of([one, other]), joined);
}

/// A join being made.
struct Joining<'a> {
    history: &'a History<'a>,
    id: &'a crate::model::IncidentId,
    disputes: Vec<Dispute>,
    taken: Vec<FieldChange>,
}

/// What a field belongs to.
struct About<'a> {
    /// Its name in the logs.
    part: String,
    subject: Subject,
    /// When the source last spoke of it, on each side.
    updated: [Option<&'a Time>; 2],
}

impl About<'_> {
    fn name(&self) -> String {
        match &self.subject {
            Subject::Alert(_, name)
            | Subject::Entity(_, name)
            | Subject::OwnStep(_, name)
            | Subject::Playbook(_, name)
            | Subject::Note(_, name)
            | Subject::Event(_, name)
            | Subject::Evidence(_, name) => name.clone(),
            Subject::Step(id) => id.to_string(),
            _ => String::new(),
        }
    }
}

impl Joining<'_> {
    /// Joins every settable field of a record and writes what comes of it into the result.
    fn fields<F: SettableField>(
        &mut self,
        about: &About<'_>,
        one: &F::Record,
        other: &F::Record,
        result: &mut F::Record,
        instead: impl Fn(F) -> Option<Act>,
    ) {
        for (mine, theirs) in F::all(one).into_iter().zip(F::all(other)) {
            let value = if mine == theirs { mine } else { self.field(about, mine, theirs, &instead) };
            value.write(result);
        }
    }

    /// Joins one field in which the copies differ.
    fn field<F: SettableField>(
        &mut self,
        about: &About<'_>,
        mine: F,
        theirs: F,
        instead: &impl Fn(F) -> Option<Act>,
    ) -> F {
        let name = mine.stable_name();
        if let Some(set) = self.set(about, &mine, &theirs) {
            self.take(about, &mine, &set);
            return set;
        }
        let texts = [mine.value_text(), theirs.value_text()];
        let values = [texts[0].as_str(), texts[1].as_str()];
        let (side, disputed) = match self.history.field(&about.part, name, values) {
            Ruling::Follows(side) => (side, false),
            Ruling::Apart(side) => (side, true),
            Ruling::Untold => match self.history.untold(about.updated) {
                Some(side) => (side, false),
                None => (said::greater(&mine, &theirs), true),
            },
        };
        if side == Side::Other {
            self.take(about, &mine, &theirs);
        }
        // Two people who ticked the same step agree, although each of them did it.
        if disputed && texts[0] != texts[1] {
            let [kept, other] = [side, side.opposite()]
                .map(|side| self.history.version(side, &about.part, name, side.of(values)));
            let conflict = Conflict { subject: about.subject.clone(), field: name.to_owned(), kept, other };
            let instead = instead(side.opposite().of([mine.clone(), theirs.clone()]));
            self.disputes.push(Dispute { conflict, instead });
        }
        side.of([mine, theirs])
    }

    /// A set is joined member by member: what either added stays, what either took away goes.
    fn set<F: SettableField>(&self, about: &About<'_>, mine: &F, theirs: &F) -> Option<F> {
        let name = mine.stable_name();
        let has = |value: &F, member: &str| {
            let found = std::cell::Cell::new(false);
            // Asked of one side alone, a join names that side's members.
            value.joined(value, &|text| {
                found.set(found.get() || text == member);
                false
            });
            found.get()
        };
        mine.joined(theirs, &|member| {
            let there = [has(mine, member), has(theirs, member)];
            match self.history.member(&about.part, name, member) {
                _ if there[0] == there[1] => there[0],
                Ruling::Follows(side) | Ruling::Apart(side) => side.of(there),
                Ruling::Untold => self.history.untold(about.updated).is_none_or(|side| side.of(there)),
            }
        })
    }

    fn take<F: SettableField>(&mut self, about: &About<'_>, mine: &F, result: &F) {
        let (from, to) = (mine.value_text(), result.value_text());
        if from != to {
            self.taken.push(FieldChange { of: about.name(), field: mine.stable_name(), from, to });
        }
    }
}
