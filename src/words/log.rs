//! What was done, in words: an entry of the activity log as a sentence, and an act as the few words that an undo
//! button needs.
//!
//! Both are made from one [`Deed`], which knows the verb in both tenses, so that the log and the button never
//! describe the same thing differently.

mod conflict;
mod custody;

pub use conflict::ConflictWords;

use super::deed::{
    ADD, ASSIGN, BEGIN, CLEAR, COMMENT, CREATE, DELETE, Deed, EDIT, IMPORT, KEEP, LINK, MARK, MERGE, PART, REMOVE, REOPEN, RESOLVE, RESTATE, RETRACT, SET, SKIP, SPLIT, TICK, UNASSIGN, UNMARK, UPDATE, Verb, WRITE, join,
};
use super::{Lang, Words};
use crate::model::activity::Cause;
use crate::model::taxonomy::{
    AlertStatus, Classification, Determination, RemediationStatus, Severity, Status, Verdict,
};
use crate::model::{Activity, EntityField, EventId, EvidenceId, EvidenceItem, EvidenceKind, Incident, IncidentField, IncidentId, PlaybookId, SourceFile, StepId, Subject, Time, TimelineEvent, What};
use crate::notebook::{Act, Notebook, Put, Why};
use crate::playbooks::library;

/// The longest value that a sentence quotes, in characters.
const LONGEST_QUOTE: usize = 80;

/// Deeds in words, in one language.
#[derive(Debug)]
pub struct Log {
    lang: Lang,
}

/// English.
pub const EN: Log = Log { lang: Lang::En };

/// Dutch.
pub const NL: Log = Log { lang: Lang::Nl };

/// To what a deed is done, and where its values are read.
struct Target {
    /// As an object: `the incident`, `12 alerts`, `“Read the original message”`.
    name: String,
    kind: TargetKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TargetKind {
    Incident,
    Alert,
    Entity,
    Step,
    Note,
    Event,
    Evidence,
}

impl Log {
    const fn words(&self) -> &'static Words {
        self.lang.words()
    }

    /// An entry as a sentence without a full stop: `Ann set the severity from low to high`. The reader's way of
    /// writing times is the caller's.
    pub fn sentence(&self, entry: &Activity, time: &dyn Fn(&Time) -> String) -> String {
        format!("{} {}", entry.by, self.predicate(entry, time))
    }

    /// An entry without who did it: `set the severity from low to high`.
    pub fn predicate(&self, entry: &Activity, time: &dyn Fn(&Time) -> String) -> String {
        let recorded = entry.cause.is_done().then_some((entry.by.as_str(), &entry.at));
        let deed = self.deed_of(&entry.what, recorded, time).past(self.lang);
        match (entry.cause, self.lang) {
            (Cause::Done, _) => deed,
            (Cause::Undone, Lang::En) => format!("took an act back: {deed}"),
            (Cause::Undone, Lang::Nl) => format!("maakte iets ongedaan: {deed}"),
            (Cause::Redone, Lang::En) => format!("did an act again: {deed}"),
            (Cause::Redone, Lang::Nl) => format!("deed iets opnieuw: {deed}"),
        }
    }

    /// That somebody commented, for where the comment itself stands below: `commented`.
    pub fn commented(&self) -> &'static str {
        self.deed(&COMMENT, "", "").past
    }

    /// An act in a few words: `tick “Read the original message”`. The notebook gives names to what the act names by id.
    pub fn act(&self, act: &Act, notebook: &Notebook) -> String {
        let mut leaves = Vec::new();
        flatten(act, &mut leaves);
        let Some(telling) = leaves.iter().find(|leaf| is_telling(leaf)).or(leaves.first()) else {
            return self.lang.pick("change nothing", "niets wijzigen").to_owned();
        };
        let mut text = self.deed_to_do(telling, notebook).infinitive(self.lang);
        let incidents = act.incidents().len();
        if incidents > 1 && !matches!(telling, Act::Put(_)) {
            text = format!("{text} ({})", self.words().amounts.incidents(incidents));
        }
        text
    }

    /// What undo would take back: `Undo: tick “Read the original message”`.
    pub fn undo(&self, act: &Act, notebook: &Notebook) -> String {
        format!("{}: {}", self.lang.pick("Undo", "Ongedaan maken"), self.act(act, notebook))
    }

    /// What redo would do again.
    pub fn redo(&self, act: &Act, notebook: &Notebook) -> String {
        format!("{}: {}", self.lang.pick("Redo", "Opnieuw"), self.act(act, notebook))
    }

    fn deed(&self, verb: &Verb, object: impl Into<String>, tail: impl Into<String>) -> Deed {
        Deed::new(self.lang, verb, object.into(), tail.into())
    }

    /// A file with what its bytes are known by, so that anybody can check that a file at hand is this one.
    fn source(&self, source: &SourceFile) -> String {
        match &source.content {
            None => source.name.clone(),
            Some(content) => {
                let size = self.words().amounts.bytes(content.size);
                format!("{} ({size}, SHA-256 {})", source.name, content.sha256)
            }
        }
    }

    /// What was done. Who wrote it down and when matters for what may have been done by another, and earlier.
    fn deed_of(
        &self,
        what: &What,
        recorded: Option<(&str, &Time)>,
        time: &dyn Fn(&Time) -> String,
    ) -> Deed {
        let pick = |en, nl| self.lang.pick(en, nl);
        let incident = pick("the incident", "het incident");
        match what {
            What::Created => self.deed(&CREATE, incident, ""),
            What::Imported { source, alerts: 0, entities: 0, events: 0 } => {
                self.deed(&UPDATE, incident, format!("{} {}", pick("from", "vanuit"), self.source(source)))
            }
            What::Imported { source, alerts, entities, events } => {
                let amounts = &self.words().amounts;
                let mut what = vec![amounts.alerts(*alerts), amounts.entities(*entities)];
                what.extend((*events > 0).then(|| amounts.events(*events)));
                let what = amounts.list(&what);
                self.deed(&IMPORT, what, format!("{} {}", pick("from", "uit"), self.source(source)))
            }
            What::Merged { source, alerts, entities, conflicts, unlisted, .. } => {
                let amounts = &self.words().amounts;
                let mut tail = format!("{} {source}", pick("from", "uit"));
                let new = [(*alerts, amounts.alerts(*alerts)), (*entities, amounts.entities(*entities))];
                let new: Vec<String> =
                    new.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
                if !new.is_empty() {
                    tail = format!("{tail}, {} {}", pick("with", "met"), amounts.list(&new));
                }
                if !conflicts.is_empty() {
                    tail = format!("{tail}, {}", self.words().merge.conflicts(conflicts.len() + unlisted));
                }
                let copy = pick("another copy of the incident", "een andere kopie van het incident");
                self.deed(&MERGE, copy, tail)
            }
            What::Unmerged => {
                self.deed(&RESTATE, pick("the incident as it was before merging", "het incident van vóór het samenvoegen"), "")
            }
            What::PutBack => self.deed(&RESTATE, pick("an earlier state", "een eerdere stand"), ""),
            What::Set { subject, field, from, to } => {
                self.set(&self.target(subject), field, from, to, Some(time))
            }
            What::Added(subject) => self.deed(&ADD, self.named(subject), ""),
            What::Removed(subject) => self.deed(&REMOVE, self.named(subject), ""),
            What::Comment(text) => self.deed(&COMMENT, "", format!(": {text}")),
            What::Retracted { at, by, retracted } => {
                let verb = if *retracted { &RETRACT } else { &RESTATE };
                let what = match self.lang {
                    Lang::En => format!("the comment of {by}, {}", time(at)),
                    Lang::Nl => format!("de opmerking van {by}, {},", time(at)),
                };
                self.deed(verb, what, "")
            }
            What::Custody { subject, event } => self.custody(recorded, subject, event, time),
            What::CustodyWithdrawn { subject, event, why } => self.custody_withdrawn(subject, event, why),
            What::CopyBegun(copy) => {
                self.deed(&BEGIN, pick("a copy of the notebook", "een kopie van het notitieboek"), format!(": {copy}"))
            }
            What::IncidentsDeleted { count, named, .. } => {
                let names = named.iter().map(|(_, name, _)| name.as_str());
                self.deed(&DELETE, self.incidents(*count, names), "")
            }
            What::IncidentsPutBack { count, named } => {
                self.deed(&RESTATE, self.incidents(*count, named.iter().map(|(_, name)| name.as_str())), "")
            }
            What::CopyMerged { source, count } => self.deed(
                &MERGE,
                self.words().amounts.incidents(*count),
                format!("{} {source}", pick("from", "uit")),
            ),
            What::PlaybookKept { subject, source, size, sha256, .. } => {
                let mut from = if source.is_empty() {
                    String::new()
                } else {
                    format!("{} {}", pick("from", "uit"), shortened(source))
                };
                let size = size.map(|size| self.words().amounts.file_size(size));
                let proof: Vec<String> = size
                    .into_iter()
                    .chain((!sha256.is_empty()).then(|| format!("SHA-256 {sha256}")))
                    .collect();
                if !proof.is_empty() {
                    from = format!("{from} ({})", proof.join(", "));
                }
                self.deed(&KEEP, self.named(subject), from)
            }
            What::CopyUnmerged(count) => self.deed(
                &RESTATE,
                self.words().amounts.incidents(*count),
                pick("as they were before merging", "zoals die waren vóór het samenvoegen"),
            ),
            What::Restored(count) => self.deed(
                &RESTATE,
                self.words().amounts.incidents(*count),
                pick("from a backup", "uit een reservekopie"),
            ),
        }
    }

    /// One incident by its name, several by their number and names.
    fn incidents<'a>(&self, count: usize, names: impl Iterator<Item = &'a str>) -> String {
        let names: Vec<String> = names.map(quoted).collect();
        match (count, names.as_slice()) {
            (1, [name]) => format!("incident {name}"),
            (_, []) => self.words().amounts.incidents(count),
            _ => format!("{}: {}", self.words().amounts.incidents(count), names.join(", ")),
        }
    }

    fn deed_to_do(&self, act: &Act, notebook: &Notebook) -> Deed {
        let pick = |en, nl| self.lang.pick(en, nl);
        let incident = |id: &IncidentId| notebook.incident(id).map(|incident| &**incident);
        match act {
            Act::SetIncident(_, IncidentField::Status(Status::Resolved)) => {
                self.deed(&RESOLVE, pick("the incident", "het incident"), "")
            }
            Act::SetIncident(_, field) => {
                self.set(&self.target(&Subject::Incident), field.name(), "", &field.text(), None)
            }
            Act::SetAlerts(id, fields) => {
                let subject = match fields.as_slice() {
                    [(alert, _)] => incident(id)
                        .and_then(|incident| incident.alerts.get(alert))
                        .map(|alert| Subject::Alert(alert.id.clone(), alert.title.clone())),
                    _ => None,
                };
                let target = self.target(&subject.unwrap_or(Subject::Alerts(fields.len())));
                let (name, to) = fields.last().map_or(("", String::new()), |(_, f)| (f.name(), f.text()));
                self.set(&target, name, "", &to, None)
            }
            Act::SetEntities(id, fields) => {
                let subject = match fields.as_slice() {
                    [(entity, _)] => incident(id)
                        .and_then(|incident| incident.entities.get(entity))
                        .map(|entity| Subject::Entity(entity.id.clone(), entity.name())),
                    _ => None,
                };
                let target = self.target(&subject.unwrap_or(Subject::Entities(fields.len())));
                let (name, to) = fields.last().map_or(("", String::new()), |(_, field)| match field {
                    EntityField::SameAs(Some(other)) => {
                        let other = incident(id).and_then(|incident| incident.entities.get(other));
                        (field.name(), other.map(crate::model::Entity::name).unwrap_or_default())
                    }
                    _ => (field.name(), field.text()),
                });
                self.set(&target, name, "", &to, None)
            }
            Act::AddEntity(_, entity) => {
                self.deed(&ADD, self.named(&Subject::Entity(entity.id.clone(), entity.name())), "")
            }
            Act::RemoveEntity(id, entity) => {
                let name = incident(id).and_then(|i| i.entities.get(entity)).map(crate::model::Entity::name);
                self.deed(&REMOVE, name.map_or(pick("an entity", "een entiteit").into(), |n| quoted(&n)), "")
            }
            Act::SetStep(id, step, _, field) => {
                let target = self.target(&step_subject(incident(id), step));
                self.set(&target, field.name(), "", &field.text(), None)
            }
            Act::AddOwnStep(_, step, own) => {
                self.deed(&ADD, self.named(&Subject::OwnStep(step.clone(), own.title.clone())), "")
            }
            Act::RemoveOwnStep(id, step) => {
                self.deed(&REMOVE, self.named(&step_subject(incident(id), step)), "")
            }
            Act::AddScenario(_, playbook) => {
                self.deed(&ADD, self.named(&Subject::Scenario(playbook.clone())), "")
            }
            Act::RemoveScenario(_, playbook) => {
                self.deed(&REMOVE, self.named(&Subject::Scenario(playbook.clone())), "")
            }
            Act::UsePlaybook(_, kept) => {
                self.deed(&ADD, self.named(&Subject::Playbook(kept.id.clone(), kept.title.clone())), "")
            }
            Act::KeepPlaybook(kept) => {
                self.deed(&KEEP, self.named(&Subject::Playbook(kept.id.clone(), kept.title.clone())), "")
            }
            Act::RenamePlaybook(id, title) => {
                self.set(&self.target(&kept_subject(notebook, id)), "name", "", title, None)
            }
            Act::RemovePlaybook(id) => self.deed(&REMOVE, self.named(&kept_subject(notebook, id)), ""),
            Act::AddNote(..) => self.deed(&ADD, pick("a note", "een notitie"), ""),
            Act::SetNote(..) => self.deed(&EDIT, pick("a note", "een notitie"), ""),
            Act::RemoveNote(..) => self.deed(&REMOVE, pick("a note", "een notitie"), ""),
            Act::Comment(_, text) => self.deed(&COMMENT, "", format!(": {}", shortened(text))),
            Act::Retract(.., by, retracted) => {
                let what = format!("{} {by}", pick("the comment of", "de opmerking van"));
                self.deed(if *retracted { &RETRACT } else { &RESTATE }, what, "")
            }
            Act::SetExtras(_, extras) => {
                let verb = if extras.is_empty() { &REMOVE } else { &RESTATE };
                self.deed(verb, self.named(&Subject::RawData), "")
            }
            Act::AddEvent(_, event) => self.deed(&ADD, self.named(&event_subject(Some(event), &event.id)), ""),
            Act::SetEvent(id, event, field) => {
                let known = incident(id).and_then(|incident| incident.events.get(event));
                self.set(&self.target(&event_subject(known, event)), field.name(), "", &field.text(), None)
            }
            Act::RemoveEvent(id, event) => {
                let known = incident(id).and_then(|incident| incident.events.get(event));
                self.deed(&REMOVE, self.named(&event_subject(known, event)), "")
            }
            Act::AddEvidence(_, item) => {
                self.deed(&ADD, self.named(&Subject::Evidence(item.id.clone(), item.title())), "")
            }
            Act::SetEvidence(id, item, field) => {
                let target = self.target(&evidence_subject(incident(id), item));
                self.set(&target, field.name(), "", &field.text(), None)
            }
            Act::RemoveEvidence(id, item) => {
                self.deed(&REMOVE, self.named(&evidence_subject(incident(id), item)), "")
            }
            Act::Custody(id, item, event) => {
                self.custody_to_do(&evidence_subject(incident(id), item), event)
            }
            Act::WithdrawCustody(id, item, event, _) => {
                self.custody_withdrawn(&evidence_subject(incident(id), item), event, "")
            }
            Act::SetPreparation(step, field) => {
                let target = self.target(&Subject::Step(step.clone()));
                self.set(&target, field.name(), "", &field.text(), None)
            }
            Act::BeginCopy(_) => {
                self.deed(&BEGIN, pick("a copy of the notebook", "een kopie van het notitieboek"), "")
            }
            Act::Put(put) => self.put(put, notebook),
            Act::All(_) => self.deed(&EDIT, pick("several things", "meerdere dingen"), ""),
        }
    }

    fn put(&self, put: &Put, notebook: &Notebook) -> Deed {
        let name = match put.incidents.as_slice() {
            [(id, incident)] => incident
                .as_ref()
                .map(|incident| incident.name.clone())
                .or_else(|| notebook.row(id).map(|row| row.name.clone())),
            _ => None,
        };
        let what = match name {
            Some(name) => format!("{} {}", self.lang.pick("incident", "incident"), quoted(&name)),
            None => self.words().amounts.incidents(put.incidents.len()),
        };
        match &put.why {
            Why::Created => self.deed(&CREATE, what, ""),
            Why::Imported(source) => {
                self.deed(&IMPORT, what, format!("{} {source}", self.lang.pick("from", "uit")))
            }
            Why::Merged(source) => {
                self.deed(&MERGE, what, format!("{} {source}", self.lang.pick("from", "uit")))
            }
            Why::Restored => self.deed(&RESTATE, self.lang.pick("a backup", "een reservekopie"), ""),
            Why::Deleted => self.deed(&DELETE, what, ""),
            Why::PutBack | Why::Unmerged => self.deed(&RESTATE, what, ""),
        }
    }

    /// One field set, in the words that people use for it.
    fn set(
        &self,
        target: &Target,
        field: &str,
        from: &str,
        to: &str,
        time: Option<&dyn Fn(&Time) -> String>,
    ) -> Deed {
        let pick = |en, nl| self.lang.pick(en, nl);
        let name = || target.name.clone();
        match (field, to.is_empty()) {
            ("marked", true) => self.deed(&REOPEN, name(), ""),
            ("marked", false) => match to.strip_prefix("skipped: ") {
                Some(reason) => self.deed(&SKIP, name(), format!(": {}", shortened(reason))),
                None => self.deed(&TICK, name(), ""),
            },
            ("entities", false) => {
                let count = self.words().amounts.entities(to.split(", ").count());
                self.deed(&LINK, count, format!("{} {}", pick("to", "aan"), target.name))
            }
            ("evidence", false) => {
                let count = self.words().amounts.evidence(to.split(", ").count());
                self.deed(&LINK, count, format!("{} {}", pick("to", "aan"), target.name))
            }
            ("assignee", false) => {
                self.deed(&ASSIGN, name(), format!("{} {}", pick("to", "aan"), shortened(to)))
            }
            ("assignee", true) => self.deed(&UNASSIGN, name(), ""),
            ("sameAs", false) => self.deed(&MERGE, name(), format!("{} {}", pick("with", "met"), quoted(to))),
            ("sameAs", true) => self.deed(&SPLIT, name(), ""),
            ("notSameAs", _) => self.deed(&PART, name(), pick("from another entity", "van een andere entiteit")),
            ("critical", _) => {
                let verb = if to == "yes" { &MARK } else { &UNMARK };
                self.deed(verb, name(), pick("as critical", "als kritiek"))
            }
            ("text", _) => self.deed(&EDIT, name(), ""),
            ("description" | "closingNote" | "note" | "outcome", false) => {
                self.deed(&WRITE, self.field_of(target, field), format!(": {}", shortened(to)))
            }
            (review, false) if review.starts_with("review") && review != "reviewed" => {
                self.deed(&WRITE, self.field_of(target, field), format!(": {}", shortened(to)))
            }
            (_, true) => self.deed(&CLEAR, self.field_of(target, field), ""),
            _ => {
                let mut object = self.field_of(target, field);
                let is_time = is_time(field);
                let from = self.value(target.kind, field, from, time);
                if !from.is_empty() {
                    object = join(&[&object, pick("from", "van"), &from]);
                }
                let to = self.value(target.kind, field, to, time);
                if !(is_time && to.is_empty()) {
                    object = join(&[&object, pick("to", "op"), &to]);
                }
                self.deed(&SET, object, "")
            }
        }
    }

    /// `the severity`, or with what it belongs to where that is not the incident: `the severity of 12 alerts`.
    fn field_of(&self, target: &Target, field: &str) -> String {
        let phrase = self.words().fields.phrase(field);
        match target.kind {
            TargetKind::Incident => phrase.into_owned(),
            _ => format!("{phrase} {} {}", self.lang.pick("of", "van"), target.name),
        }
    }

    /// A field's value as a reader knows it, inside a sentence. A time without a way of writing it is left out.
    fn value(
        &self,
        kind: TargetKind,
        field: &str,
        text: &str,
        time: Option<&dyn Fn(&Time) -> String>,
    ) -> String {
        if text.is_empty() {
            return String::new();
        }
        let terms = &self.words().vocabulary;
        let term = match field {
            "severity" => terms.severity(&Severity::parse(text)).into_owned(),
            "status" if kind == TargetKind::Alert => {
                terms.alert_status(&AlertStatus::parse(text)).into_owned()
            }
            "status" => terms.status(&Status::parse(text)).into_owned(),
            "classification" => terms.classification(&Classification::parse(text)).into_owned(),
            "determination" => terms.determination(&Determination::parse(text)).into_owned(),
            "evidenceKind" => terms.evidence_kind(&EvidenceKind::parse(text)).into_owned(),
            "verdict" => terms.verdict(&Verdict::parse(text)).into_owned(),
            "remediation" => terms.remediation(&RemediationStatus::parse(text)).into_owned(),
            _ if is_time(field) => {
                return match (time, Time::parse(text)) {
                    (Some(time), Ok(parsed)) => time(&parsed),
                    (Some(_), Err(_)) => shortened(text),
                    (None, _) => String::new(),
                };
            }
            "way" => return (self.words().kept.way)(text),
            "name" | "label" | "foundAt" | "identifier" | "takenFrom" | "message" => return quoted(text),
            _ => return shortened(text),
        };
        lower_first(&term)
    }

    /// What an entry is about, as the object of a sentence that changes one of its fields.
    fn target(&self, subject: &Subject) -> Target {
        let kind = match subject {
            Subject::Incident | Subject::RawData => TargetKind::Incident,
            Subject::Alert(..) | Subject::Alerts(_) => TargetKind::Alert,
            Subject::Entity(..) | Subject::Entities(_) => TargetKind::Entity,
            Subject::Step(_) | Subject::OwnStep(..) | Subject::Scenario(_) | Subject::Playbook(..) => {
                TargetKind::Step
            }
            Subject::Note(..) => TargetKind::Note,
            Subject::Event(..) => TargetKind::Event,
            Subject::Evidence(..) => TargetKind::Evidence,
        };
        let name = match subject {
            Subject::Entity(_, name) | Subject::OwnStep(_, name) => quoted(name),
            Subject::Step(id) => quoted(self.step_title(id)),
            _ => self.named(subject),
        };
        Target { name, kind }
    }

    /// What an entry is about, with what kind of thing it is.
    fn named(&self, subject: &Subject) -> String {
        let pick = |en, nl| self.lang.pick(en, nl);
        let amounts = &self.words().amounts;
        match subject {
            Subject::Incident => pick("the incident", "het incident").into(),
            Subject::Alert(_, title) => format!("{} {}", pick("alert", "waarschuwing"), quoted(title)),
            Subject::Entity(_, name) => format!("{} {}", pick("entity", "entiteit"), quoted(name)),
            Subject::Alerts(count) => amounts.alerts(*count),
            Subject::Entities(count) => amounts.entities(*count),
            Subject::Step(id) => format!("{} {}", pick("step", "stap"), quoted(self.step_title(id))),
            Subject::OwnStep(_, title) => format!("{} {}", pick("step", "stap"), quoted(title)),
            Subject::Scenario(id) => {
                let title = library().playbook(id.as_str()).map(|book| book.words(self.lang).title);
                format!("{} {}", pick("playbook", "draaiboek"), quoted(title.unwrap_or(id.as_str())))
            }
            Subject::Playbook(_, title) => format!("{} {}", pick("playbook", "draaiboek"), quoted(title)),
            Subject::Note(_, words) => format!("{} {}", pick("note", "notitie"), quoted(words)),
            Subject::RawData => pick("the raw source data", "de ruwe brongegevens").into(),
            Subject::Event(_, words) if words.is_empty() => pick("an event", "een gebeurtenis").into(),
            Subject::Event(_, words) => format!("{} {}", pick("event", "gebeurtenis"), quoted(words)),
            Subject::Evidence(_, name) if name.is_empty() => pick("an evidence item", "een bewijsstuk").into(),
            Subject::Evidence(_, name) => format!("{} {}", pick("evidence item", "bewijsstuk"), quoted(name)),
        }
    }

    fn step_title<'a>(&self, id: &'a StepId) -> &'a str {
        library().step(id.as_str()).map_or(id.as_str(), |(_, step)| step.words(self.lang).title)
    }
}

fn is_time(field: &str) -> bool {
    matches!(field, "noticed" | "acknowledged" | "contained" | "resolvedAt" | "reviewed" | "due" | "edited" | "at")
}

fn flatten<'a>(act: &'a Act, leaves: &mut Vec<&'a Act>) {
    match act {
        Act::All(acts) => acts.iter().for_each(|act| flatten(act, leaves)),
        leaf => leaves.push(leaf),
    }
}

/// Whether this part of a compound act says best what the whole was for.
fn is_telling(act: &Act) -> bool {
    matches!(
        act,
        Act::SetIncident(_, IncidentField::Status(Status::Resolved)) | Act::AddOwnStep(..) | Act::Put(_)
    )
}

fn step_subject(incident: Option<&Incident>, step: &StepId) -> Subject {
    crate::notebook::target::step_subject(incident.map(|incident| &incident.checklist), step)
}

fn kept_subject(notebook: &Notebook, id: &PlaybookId) -> Subject {
    let kept = notebook.preparation().playbooks.get(id);
    Subject::Playbook(id.clone(), kept.map(|kept| kept.title.clone()).unwrap_or_default())
}

/// A timeline event by its first words; without any where it is not there any more.
fn event_subject(known: Option<&TimelineEvent>, event: &EventId) -> Subject {
    Subject::Event(event.clone(), known.map(|event| event.message.clone()).unwrap_or_default())
}

/// An evidence item by its name; without one where it is not there any more.
fn evidence_subject(incident: Option<&Incident>, item: &EvidenceId) -> Subject {
    let known = incident.and_then(|incident| incident.evidence.get(item));
    Subject::Evidence(item.clone(), known.map(EvidenceItem::title).unwrap_or_default())
}

fn quoted(text: &str) -> String {
    format!("“{}”", shortened(text))
}

/// The beginning of a text on one line.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().nth(LONGEST_QUOTE).is_none() {
        return line;
    }
    let mut short: String = line.chars().take(LONGEST_QUOTE - 1).collect();
    short.push('…');
    short
}

/// A term inside a sentence: its first letter small, unless it is an abbreviation.
fn lower_first(term: &str) -> String {
    let mut letters = term.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain([second]).chain(letters).collect()
        }
        _ => term.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, Phase, StepPlace};
    use crate::notebook::{Edit, acts};

    pub(super) fn entry(by: &str, minute: i64, what: What, cause: Cause) -> Activity {
        Activity::new(Time::from_millis(minute * 60_000), by, what, cause)
    }

    fn said(log: &Log, what: What, cause: Cause) -> String {
        log.sentence(&entry("Ann", 0, what, cause), &|time| time.utc())
    }

    fn set(subject: Subject, field: &str, from: &str, to: &str) -> What {
        What::Set { subject, field: field.into(), from: from.into(), to: to.into() }
    }

    #[test]
    fn an_entry_reads_as_a_sentence_in_each_language() {
        let severity = || set(Subject::Incident, "severity", "low", "high");
        assert_eq!(said(&EN, severity(), Cause::Done), "Ann set the severity from low to high");
        assert_eq!(said(&NL, severity(), Cause::Done), "Ann zette de ernst van laag op hoog");
        let imported = || What::Imported { source: "x.json".into(), alerts: 12, entities: 30, events: 0 };
        assert_eq!(said(&EN, imported(), Cause::Done), "Ann imported 12 alerts and 30 entities from x.json");
        assert_eq!(
            said(&NL, imported(), Cause::Done),
            "Ann importeerde 12 waarschuwingen en 30 entiteiten uit x.json"
        );
        let assigned = || set(Subject::Alerts(3), "assignee", "", "Bob");
        assert_eq!(said(&EN, assigned(), Cause::Done), "Ann assigned 3 alerts to Bob");
        assert_eq!(said(&NL, assigned(), Cause::Done), "Ann wees 3 waarschuwingen toe aan Bob");
        assert_eq!(
            said(&EN, What::Comment("Looks bad".into()), Cause::Done),
            "Ann commented: Looks bad"
        );
    }

    #[test]
    fn what_was_undone_says_so() {
        let what = set(Subject::Incident, "status", "resolved", "inProgress");
        assert_eq!(
            said(&EN, what, Cause::Undone),
            "Ann took an act back: set the status from resolved to in progress"
        );
    }

    #[test]
    fn a_step_is_named_by_its_title_and_a_skip_by_its_reason() {
        let step = StepId::try_from("tri-01").unwrap();
        let title = library().step("tri-01").unwrap().1.words(Lang::En).title;
        let what = set(Subject::Step(step.clone()), "marked", "", "skipped: not ours");
        assert_eq!(said(&EN, what, Cause::Done), format!("Ann skipped “{title}”: not ours"));
        let own = set(Subject::OwnStep(step, "Bel de bank".into()), "marked", "", "done");
        assert_eq!(said(&NL, own, Cause::Done), "Ann vinkte “Bel de bank” af");
    }

    #[test]
    fn times_are_written_as_the_reader_writes_them() {
        let what = set(Subject::Incident, "contained", "", "2026-11-24T08:30:00+01:00");
        assert_eq!(
            said(&EN, what, Cause::Done),
            "Ann set the time it was contained to 2026-11-24 07:30:00Z"
        );
    }

    #[test]
    fn undo_says_what_it_takes_back() {
        let now = Time::from_millis(0);
        let id = IncidentId::derived(&["1"]);
        let mut notebook = Notebook::default();
        let create = acts::create(id.clone(), "Odd sign-in", "", Severity::Low, &now);
        assert_eq!(EN.undo(&create, &notebook), "Undo: write down incident “Odd sign-in”");
        notebook
            .apply(Edit { at: now.clone(), by: "Ann".into(), act: create, cause: Cause::Done })
            .unwrap();
        let place = StepPlace { phase: Phase::Triage, scenario: None };
        let tick = acts::tick(&id, &StepId::try_from("tri-01").unwrap(), &place, "Ann", &now);
        let title = |lang| library().step("tri-01").unwrap().1.words(lang).title;
        assert_eq!(EN.undo(&tick, &notebook), format!("Undo: tick “{}”", title(Lang::En)));
        assert_eq!(NL.redo(&tick, &notebook), format!("Opnieuw: “{}” afvinken", title(Lang::Nl)));
        let take = acts::take(notebook.incident(&id).unwrap(), "Ann", &now);
        assert_eq!(NL.act(&take, &notebook), "het incident aan Ann toewijzen");
        let resolve = acts::set_status(notebook.incident(&id).unwrap(), Status::Resolved, &now);
        assert_eq!(EN.act(&resolve, &notebook), "resolve the incident");
        assert_eq!(EN.act(&acts::delete([id]), &notebook), "delete incident “Odd sign-in”");
        let gone = Act::RemoveEntity(IncidentId::derived(&["1"]), EntityId::derived(&["x"]));
        assert_eq!(EN.act(&gone, &notebook), "remove an entity");
    }

    #[test]
    fn long_values_are_cut_and_stay_on_one_line() {
        let what = set(Subject::Incident, "description", "", &"word\n".repeat(500));
        let sentence = said(&EN, what, Cause::Done);
        assert!(sentence.chars().count() < 130 && !sentence.contains('\n') && sentence.ends_with('…'));
    }
}
