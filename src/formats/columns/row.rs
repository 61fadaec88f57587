//! One row of a table: an incident where the columns name incidents, an alert where they name alerts, an event where they
//! say when and what ([`events`](super::events)), else things that belong to one incident of the whole table.
//!
//! What a column means is written under the name that an incident's or alert's record has for it, so that the readers of
//! [`record`](crate::formats::record) take it from there; cells without a meaning are kept under their column's name.

use super::RowsAre;
use super::dates::Order;
use super::dictionary::{Meaning, folded};
use super::events::{EventRow, Moment, Told, moment};
use super::survey::Columns;
use super::things::{Things, note_context};
use super::values::{is_nothing, list, term};
use crate::formats::answers::Answers;
use crate::formats::assemble::Evidence;
use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Place, Remark, Spot, Why};
use crate::formats::record::{self, AlertNames, Header, IncidentNames, SYSTEM, never};
use crate::formats::table::Table;
use crate::formats::{Confidence, FormatId};
use crate::model::taxonomy::Verdict;
use crate::model::{AlertId, Extra, Incident, IncidentId, Origin, Time, TimelineEvent};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// The system that incidents of a table come from which is not the portal's.
const TABLE: &str = "table";

/// Columns that the portal's incident queue has and few other tables do, folded.
const PORTAL: &[&str] = &[
    "activealerts",
    "impactedassets",
    "investigationstate",
    "servicesources",
    "detectionsources",
    "devicegroups",
    "datasensitivity",
    "priorityscore",
    "lastupdatetime",
];

/// How many of those make a table the portal's.
const ENOUGH: usize = 3;

const INCIDENT: IncidentNames =
    IncidentNames { id: &["id"], name: &["name"], created: &["created"], updated: &["updated"] };

const ALERT: AlertNames = AlertNames {
    id: &["id"],
    created: &["created"],
    updated: &["updated"],
    resolved: &["resolvedDateTime"],
    first_activity: &["firstActivity"],
    last_activity: &["lastActivity"],
    actor: &[],
};

/// The rows of a table, whose columns are known.
#[derive(Debug)]
pub struct Rows {
    kind: RowsAre,
    /// Where rows are events: which columns say so.
    told: Option<Told>,
    columns: Vec<(String, Meaning, Option<Order>)>,
    /// Whose numbering its incidents have: the portal's, or this table's own.
    tenant: Option<String>,
    /// What the table is called, and what its one incident's id is made of.
    called: String,
    seed: String,
    /// The one incident of all that names no other.
    whole: Option<usize>,
    by_id: HashMap<String, usize>,
}

/// A row's cells by what they mean.
#[derive(Default)]
struct Taken {
    fields: Vec<(&'static str, Json<'static>)>,
    things: Things,
    incident: Option<String>,
    incident_name: Option<String>,
    description: Option<String>,
    tags: Option<BTreeSet<String>>,
    verdict: Option<Verdict>,
    kept: Extra,
}

impl Rows {
    /// Begins with what is known of the columns. The text is what the id of a table without incidents is made of.
    pub fn new(found: &Columns, names: &[String], text: &[u8], answers: &Answers) -> Self {
        let has = |meaning: Meaning| found.columns.iter().any(|column| column.meaning == meaning);
        let kind = found.rows_are();
        let own = names.iter().filter(|name| PORTAL.contains(&folded(name).as_str())).count();
        let is_portal = own >= ENOUGH && has(Meaning::IncidentId);
        let head = &text[..text.len().min(64 * 1024)];
        Self {
            kind,
            told: Told::of(found),
            columns: found
                .columns
                .iter()
                .enumerate()
                .map(|(at, column)| (name_of(&column.name, at), column.meaning, column.order))
                .collect(),
            tenant: (!is_portal).then(|| found.header.clone()),
            called: answers.called.clone(),
            seed: format!("{}|{}", text.len(), String::from_utf8_lossy(head)),
            whole: None,
            by_id: HashMap::new(),
        }
    }

    /// Takes the row that was read last.
    pub fn take(&mut self, table: &Table, line: usize, count: usize, into: &mut Gathering) {
        if self.kind == RowsAre::Nothing {
            return;
        }
        let place = Place { line: Some(line), path: String::new() };
        if let Some(told) = &self.told {
            into.count(FormatId::Table, Confidence::Likely);
            if let Some(EventRow { event, about }) = told.read(&self.columns, table, count, &place, into) {
                self.event(event, about, into);
            }
            return;
        }
        let taken = self.cells(table, count, &place, into);
        into.count(FormatId::Table, Confidence::Likely);
        match self.kind {
            RowsAre::Incidents => {
                let (at, things) = self.incident(taken, &place, into);
                for thing in things {
                    into.loose(at, thing);
                }
            }
            RowsAre::Alerts => self.alert(taken, &place, into),
            RowsAre::Events | RowsAre::Things | RowsAre::Nothing => {
                if !self.things(taken, into) {
                    let cells: Vec<_> = (0..count).map(|column| table.cell(column)).collect();
                    into.findings.set_aside(place, Why::NothingInRow, cells.join(" ").as_bytes());
                }
            }
        }
    }

    fn cells(&self, table: &Table, count: usize, place: &Place, into: &mut Gathering) -> Taken {
        let mut taken = Taken::default();
        let kind_of_indicator = self
            .columns
            .iter()
            .take(count)
            .position(|(_, meaning, _)| *meaning == Meaning::IndicatorType)
            .map(|column| table.cell(column).into_owned());
        for (column, (name, meaning, order)) in self.columns.iter().enumerate().take(count) {
            let cell = table.cell(column);
            if cell.trim().is_empty() || *meaning == Meaning::LeftOut {
                continue;
            }
            let is_kept = if meaning.is_time() {
                !self.time(&mut taken, (name, *meaning, *order), cell.trim(), place, into)
            } else if is_thing(*meaning) {
                !taken.things.take(*meaning, &cell, kind_of_indicator.as_deref())
            } else {
                !taken.take(self.kind, *meaning, cell.trim())
            };
            if is_kept {
                taken.kept.insert(name.clone(), cell.trim().into());
            }
        }
        taken
    }

    /// Takes a cell with a time; false where it stays what it is. Where the time is written in another way here than in
    /// the cell, both are kept.
    fn time(
        &self,
        taken: &mut Taken,
        (name, meaning, order): (&str, Meaning, Option<Order>),
        cell: &str,
        place: &Place,
        into: &mut Gathering,
    ) -> bool {
        if is_nothing(cell) {
            return true;
        }
        let text = match moment(cell, order, into) {
            Moment::At(text) => text,
            Moment::Asked => return false,
            Moment::None => {
                let text = cell.chars().take(60).collect();
                let field = name.to_owned();
                into.findings.remark(Remark::UnreadableTime { place: place.clone(), field, text });
                return false;
            }
        };
        let findings = &mut into.findings;
        let field = match (self.kind, meaning) {
            (RowsAre::Events | RowsAre::Things | RowsAre::Nothing, _)
            | (RowsAre::Incidents, Meaning::FirstActivity | Meaning::LastActivity) => {
                return false;
            }
            (_, Meaning::Created) => "created",
            (_, Meaning::Updated) => "updated",
            (_, Meaning::FirstActivity) => "firstActivity",
            (_, Meaning::LastActivity) => "lastActivity",
            _ => "resolvedDateTime",
        };
        let Ok(time) = Time::parse(&text) else { return false };
        if taken.has(field) {
            return false;
        }
        let time = findings.questions.settle(&findings.answers, time);
        let is_as_written = time.text() == cell;
        taken.put(field, time.text());
        is_as_written
    }

    /// An incident of its own, or one that a row before named too.
    fn incident(&mut self, taken: Taken, place: &Place, into: &mut Gathering) -> (usize, Vec<Evidence>) {
        let Taken { fields, things, incident, incident_name, description, tags, kept, .. } = taken;
        let id = incident.clone().or_else(|| incident_name.clone()).unwrap_or_default();
        let mut record = Fields::default();
        for (name, value) in fields {
            record.put(name, value);
        }
        let mut put = |name: &str, text: Option<String>| {
            if let Some(text) = text {
                record.put(name, Json::Text(Cow::Owned(text)));
            }
        };
        put("id", Some(id.clone()).filter(|id| !id.is_empty()));
        put(
            "name",
            incident_name.or_else(|| incident.map(|id| format!("{} {id}", self.called).trim().to_owned())),
        );
        put("description", description);
        if let Some(tags) = tags {
            let tags = tags.into_iter().map(|tag| Json::Text(Cow::Owned(tag))).collect();
            record.put("customTags", Json::List(tags));
        }
        let mut header = record::incident(record, &INCIDENT, &Spot::At(place), &mut into.findings);
        header.incident.extra.extend(kept);
        self.number(&mut header, &id);
        let at = into.incident(header);
        self.by_id.insert(id, at);
        (at, things.finish())
    }

    /// Gives an incident the number of its source: the portal's are the API's; those of another table are its own.
    fn number(&self, header: &mut Header, id: &str) {
        let Some(tenant) = self.tenant.as_ref().filter(|_| header.source_id.is_some()) else { return };
        let origin = Origin { system: TABLE.to_owned(), tenant: Some(tenant.clone()), id: id.to_owned() };
        header.incident.id = IncidentId::derived(&[TABLE, tenant, id]);
        header.incident.origins = [origin].into();
        header.tenant = Some(tenant.clone());
    }

    fn alert(&mut self, mut taken: Taken, place: &Place, into: &mut Gathering) {
        let named = taken.incident.take().or_else(|| taken.incident_name.clone());
        let at = match &named {
            Some(id) => match self.by_id.get(id) {
                Some(at) => *at,
                None => {
                    let (incident, incident_name) = (Some(id.clone()), taken.incident_name.take());
                    let header = Taken { incident, incident_name, ..Taken::default() };
                    self.incident(header, place, into).0
                }
            },
            None => self.whole(into),
        };
        let Taken { mut fields, things, description, tags, kept, .. } = taken;
        if let Some(text) = description {
            fields.push(("description", text_of(text)));
        }
        let mut record = Fields::default();
        let has_id = fields.iter().any(|(name, _)| *name == "id");
        // Without a number, an alert is known by all that its row says.
        let own = (!has_id).then(|| format!("{fields:?}{kept:?}{things:?}"));
        for (name, value) in fields {
            record.put(name, value);
        }
        let mut alert = record::alert(record, &ALERT, &Spot::At(place), &mut into.findings);
        let tenant = self.tenant.as_deref().unwrap_or(SYSTEM);
        match own {
            Some(own) => alert.alert.id = AlertId::derived(&[TABLE, tenant, &own]),
            None if self.tenant.is_some() => {
                alert.alert.id = AlertId::derived(&[TABLE, tenant, &alert.alert.source_id]);
            }
            None => {}
        }
        if let Some(tags) = tags {
            alert.alert.extra.insert("tags".to_owned(), tags.into_iter().collect());
        }
        alert.alert.extra.extend(kept);
        into.alert(at, alert, things.finish());
    }

    /// Takes the things of a row; false where there are none.
    fn things(&mut self, taken: Taken, into: &mut Gathering) -> bool {
        let Taken { things, description, tags, verdict, kept, .. } = taken;
        let mut evidence = things.finish();
        if evidence.is_empty() {
            return false;
        }
        if let Some(text) = description {
            note_context(&mut evidence, &text);
        }
        let at = self.whole(into);
        for mut piece in evidence {
            piece.tags.clone_from(&tags);
            piece.verdict.clone_from(&verdict);
            piece.extra.extend(kept.clone());
            into.loose(at, piece);
        }
        true
    }

    /// Events are in one incident, which a longer table of the same comes to again.
    fn event(&mut self, event: TimelineEvent, about: Vec<Evidence>, into: &mut Gathering) {
        let at = into.unnamed(event.own_id().as_str());
        if self.whole.is_none() {
            into.incident_at(at).name.clone_from(&self.called);
        }
        self.whole = Some(at);
        into.event_at(at, event, about);
    }

    /// The incident of the whole table.
    fn whole(&mut self, into: &mut Gathering) -> usize {
        let (seed, called) = (&self.seed, &self.called);
        *self.whole.get_or_insert_with(|| {
            let incident = Incident::new(IncidentId::derived(&[TABLE, seed]), called.as_str(), never());
            into.incident(Header { incident, source_id: None, tenant: None })
        })
    }
}

impl Taken {
    fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|(name, _)| *name == field)
    }

    fn put(&mut self, field: &'static str, text: &str) -> bool {
        let is_free = !self.has(field);
        if is_free {
            self.fields.push((field, text_of(text.to_owned())));
        }
        is_free
    }

    /// Takes a cell of a row of this kind; false where it is kept under its column's name: nothing has that meaning
    /// there, or another column had it first.
    fn take(&mut self, kind: RowsAre, meaning: Meaning, cell: &str) -> bool {
        let once = |place: &mut Option<String>| {
            let is_free = place.is_none();
            if is_free {
                *place = Some(cell.to_owned());
            }
            is_free
        };
        match (kind, meaning) {
            (_, Meaning::Kept | Meaning::Name) | (RowsAre::Nothing, _) => false,
            _ if is_nothing(cell) => true,
            (_, Meaning::IncidentId) => once(&mut self.incident),
            (_, Meaning::IncidentName) => once(&mut self.incident_name),
            (_, Meaning::Description) => once(&mut self.description),
            (_, Meaning::Tags) => {
                self.tags.get_or_insert_default().extend(list(cell));
                true
            }
            (RowsAre::Things, Meaning::Verdict) => {
                let is_free = self.verdict.is_none();
                self.verdict.get_or_insert_with(|| Verdict::parse(term(cell)));
                is_free
            }
            (RowsAre::Things, _) => false,
            (_, Meaning::Severity) => self.put("severity", term(cell)),
            (_, Meaning::Status) => self.put("status", term(cell)),
            (_, Meaning::Classification) => self.put("classification", term(cell)),
            (_, Meaning::Determination) => self.put("determination", term(cell)),
            (_, Meaning::Assignee) => self.put("assignedTo", cell),
            (_, Meaning::Link) => {
                self.put(if kind == RowsAre::Alerts { "alertWebUrl" } else { "incidentWebUrl" }, cell)
            }
            (RowsAre::Alerts, Meaning::AlertId) => self.put("id", cell),
            (RowsAre::Alerts, Meaning::AlertTitle) => self.put("title", cell),
            (RowsAre::Alerts, Meaning::Category) => self.put("category", cell),
            (RowsAre::Alerts, Meaning::Threat) => self.put("threatFamilyName", cell),
            (RowsAre::Alerts, Meaning::Product) => self.put("detectionSource", cell),
            (RowsAre::Alerts, Meaning::Techniques) => {
                let is_free = !self.has("mitreTechniques");
                if is_free {
                    let techniques = list(cell).into_iter().map(text_of).collect();
                    self.fields.push(("mitreTechniques", Json::List(techniques)));
                }
                is_free
            }
            _ => false,
        }
    }
}

fn text_of(text: String) -> Json<'static> {
    Json::Text(Cow::Owned(text))
}

/// A column's name, or its number where it has none.
fn name_of(name: &str, at: usize) -> String {
    if name.is_empty() { format!("{}", at + 1) } else { name.to_owned() }
}

/// Whether a column of this meaning speaks of things.
pub fn is_thing(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Device
            | Meaning::User
            | Meaning::Sid
            | Meaning::Mailbox
            | Meaning::Ip
            | Meaning::Domain
            | Meaning::Url
            | Meaning::FileName
            | Meaning::FilePath
            | Meaning::Hash
            | Meaning::CommandLine
            | Meaning::RegistryKey
            | Meaning::Indicator
            | Meaning::Assets
    )
}
