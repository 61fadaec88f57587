//! Gathers what a file's records tell into incidents: records are recognised, alerts find their incident, copies of
//! one incident come together.

use crate::formats::assemble::{Evidence, IncidentBuilder};
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Findings, Remark, Spot, Why};
use crate::formats::record::{AlertRecord, Header, SYSTEM, never};
use crate::formats::{Confidence, FORMATS, Format, FormatId, foreign};
use crate::model::{Alert, Incident, IncidentId, KeptPlaybook, Origin, TimelineEvent};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// The most logs and tables that the name of a timeline's incident lists.
const MOST_NAMED: usize = 3;

/// Incidents under construction, and what was remarked on the way.
#[derive(Debug, Default)]
pub struct Gathering {
    builders: Vec<Gathered>,
    by_source_id: HashMap<String, Vec<usize>>,
    /// Incidents without an id at the source, by the id they have here.
    by_own_id: HashMap<IncidentId, usize>,
    /// The incident of what names none, and what tells its events.
    unnamed: Option<usize>,
    told_by: Vec<String>,
    records: BTreeMap<FormatId, usize>,
    /// Incident they stand in, incident they name, how many.
    other_incident: BTreeMap<(usize, String), usize>,
    /// Whether a record only looked like what it was read as.
    unsure: bool,
    pub(crate) playbooks: Vec<KeptPlaybook>,
    pub(crate) findings: Findings,
}

#[derive(Debug)]
struct Gathered {
    builder: IncidentBuilder,
    tenant: Option<String>,
    source_id: Option<String>,
    /// How often the incident itself came; zero where only its alerts did.
    headers: usize,
}

/// Where alerts that are read one by one belong: the format that reads them and the incident they are part of.
pub type Owner = (&'static dyn Format, usize);

impl Gathering {
    /// Takes a row of a table whose head this format has recognised, whatever the row itself leaves empty.
    pub fn row(&mut self, format: FormatId, row: Fields<'_>, place: &Spot<'_>) {
        if let Some(reader) = FORMATS.iter().find(|reader| reader.id() == format) {
            *self.records.entry(format).or_default() += 1;
            reader.read(row, place, self);
        }
    }

    /// Takes one record of a file. `raw` is the record's text, to show its beginning if it has to be set aside. The
    /// result is where further alerts of this record belong, if it is an incident.
    pub fn record(&mut self, record: Json<'_>, place: &Spot<'_>, raw: &[u8]) -> Option<Owner> {
        let fields = match record {
            Json::Object(fields) => fields,
            Json::List(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    self.record(item, &place.element("", index), raw);
                }
                return None;
            }
            _ => {
                self.findings.set_aside(place.to_place(), Why::NotARecord, raw);
                return None;
            }
        };
        let asked_for = self.findings.answers.read_as;
        let best = FORMATS
            .iter()
            .map(|format| (format.recognise(&fields), *format))
            .filter(|(_, format)| asked_for.is_none_or(|asked| asked == format.id()))
            .max_by_key(|(confidence, _)| *confidence);
        let best = best.map(|(confidence, format)| match asked_for {
            Some(_) => (Confidence::Certain, format),
            None => (confidence, format),
        });
        match best {
            Some((confidence, format)) if confidence > Confidence::No => {
                *self.records.entry(format.id()).or_default() += 1;
                self.unsure |= confidence < Confidence::Certain;
                format.read(fields, place, self).map(|incident| (format, incident))
            }
            _ => self.unrecognised(fields, place, raw),
        }
    }

    /// A list inside the record is read on; everything else is set aside for a reason.
    fn unrecognised(&mut self, mut fields: Fields<'_>, place: &Spot<'_>, raw: &[u8]) -> Option<Owner> {
        if matches!(fields.get("value"), Some(Json::List(_))) {
            if ["@odata.nextLink", "nextLink"].iter().any(|name| fields.has(name)) {
                self.note_more_pages();
            }
            if let Some(Json::List(items)) = fields.take("value") {
                for (index, item) in items.into_iter().enumerate() {
                    self.record(item, &place.element("value", index), raw);
                }
            }
            return None;
        }
        let why = if let Some(kind) = foreign::recognise(&fields) {
            Why::NotYet(kind)
        } else {
            let names = fields.names().take(8).map(str::to_owned).collect();
            if is_partial(&fields) { Why::Partial { fields: names } } else { Why::Unknown { fields: names } }
        };
        self.findings.set_aside(place.to_place(), why, raw);
        None
    }

    /// Notes that a document was read as a whole.
    pub fn note_document(&mut self, format: FormatId) {
        *self.records.entry(format).or_default() += 1;
    }

    /// Remarks, once, that a list says that it has more pages.
    pub fn note_more_pages(&mut self) {
        if !self.findings.remarks.contains(&Remark::MorePages) {
            self.findings.remark(Remark::MorePages);
        }
    }

    /// Takes an incident without its alerts; the result names it for [`Gathering::alert`].
    pub fn incident(&mut self, header: Header) -> usize {
        let Header { mut incident, source_id, tenant } = header;
        let known = match &source_id {
            Some(id) => self.find(id, tenant.as_deref()),
            None => self.by_own_id.get(&incident.id).copied(),
        };
        let Some(at) = known else {
            if let Some(id) = &source_id {
                self.keep_tenants_apart(&mut incident, id, tenant.as_deref());
            }
            return self.push(incident, source_id, tenant, 1);
        };
        let known = &mut self.builders[at];
        known.headers += 1;
        known.tenant = known.tenant.take().or(tenant);
        let old = &mut known.builder.incident;
        let is_newer = known.headers == 1 || incident.source_updated > old.source_updated;
        incident.id = old.id.clone();
        if is_newer {
            std::mem::swap(old, &mut incident);
        }
        let (kept, other) = (old, incident);
        kept.origins.extend(other.origins);
        kept.link = kept.link.take().or(other.link);
        kept.activity.extend(other.activity);
        at
    }

    /// Takes an alert that stands in an incident.
    pub fn alert(&mut self, at: usize, record: AlertRecord, evidence: Vec<Evidence>) {
        let AlertRecord { mut alert, incident_id, tenant, incident_link, comments } = record;
        let gathered = &mut self.builders[at];
        if let Some(named) = incident_id
            && gathered.source_id.as_ref() != Some(&named)
        {
            alert.extra.insert("incidentId".to_owned(), Value::String(named.clone()));
            *self.other_incident.entry((at, named)).or_default() += 1;
        }
        let incident = &mut gathered.builder.incident;
        if let Some(tenant) = tenant {
            match &gathered.tenant {
                Some(known) if *known != tenant => {
                    alert.extra.insert("tenantId".to_owned(), Value::String(tenant));
                }
                Some(_) => {}
                None => gathered.tenant = Some(tenant),
            }
        }
        if let Some(link) = incident_link {
            match &incident.link {
                Some(known) if *known != link => {
                    alert.extra.insert("incidentWebUrl".to_owned(), Value::String(link));
                }
                Some(_) => {}
                None => incident.link = Some(link),
            }
        }
        incident.activity.extend(comments);
        gathered.builder.add_alert(alert, evidence);
    }

    /// Takes an alert that stands by itself: it finds its incident by the id it names, or is one of its own.
    pub fn lone_alert(&mut self, record: AlertRecord, evidence: Vec<Evidence>) {
        let tenant = record.tenant.clone();
        let at = match &record.incident_id {
            Some(id) => self.named(id, tenant.as_deref()),
            None => self.own(IncidentId::derived(&[SYSTEM, "alert", record.alert.id.as_str()])),
        };
        self.alert(at, record, evidence);
    }

    /// Takes what a row of a table tells of an alert that names no incident: each such alert is one of its own.
    pub fn alert_row(&mut self, alert: Alert, evidence: Vec<Evidence>) {
        let at = self.own(IncidentId::derived(&[SYSTEM, "alert", alert.id.as_str()]));
        self.builders[at].builder.add_alert_row(alert, evidence);
    }

    /// Takes a timeline event of a file that names no incident. All of a file's are in one, whose id is made of the first
    /// of them, so that a longer export of the same comes to the same incident.
    pub fn event(&mut self, event: TimelineEvent, about: Vec<Evidence>) {
        let at = self.unnamed(event.own_id().as_str());
        let incident = &mut self.builders[at].builder;
        if !self.told_by.contains(&event.source) && self.told_by.len() < MOST_NAMED {
            self.told_by.push(event.source.clone());
            incident.incident.name = self.told_by.join(", ");
        }
        self.event_at(at, event, about);
    }

    /// Takes a timeline event of an incident. Where its time says no zone, that is asked.
    pub fn event_at(&mut self, at: usize, mut event: TimelineEvent, about: Vec<Evidence>) {
        let (questions, answers) = (&mut self.findings.questions, &self.findings.answers);
        questions.settle(answers, event.at.clone());
        if let Some(minutes) = answers.offset {
            event.set_zone(minutes);
        }
        self.builders[at].builder.add_event(event, about);
    }

    /// The incident of what a file holds that names none: one for all of it, known by the first of it.
    pub fn unnamed(&mut self, first: &str) -> usize {
        let at = self.unnamed.unwrap_or_else(|| self.own(IncidentId::derived(&["unnamed", first])));
        self.unnamed = Some(at);
        at
    }

    /// An incident under construction, without its alerts and entities.
    pub fn incident_at(&mut self, at: usize) -> &mut Incident {
        &mut self.builders[at].builder.incident
    }

    /// The incident of this id, which has none at its source; begun where it is not there yet.
    fn own(&mut self, id: IncidentId) -> usize {
        match self.by_own_id.get(&id) {
            Some(at) => *at,
            None => self.push(Incident::new(id, "", never()), None, None, 0),
        }
    }

    /// The incident that the source knows by this id, of which a file holds parts; begun where it is not there yet.
    pub fn named(&mut self, id: &str, tenant: Option<&str>) -> usize {
        self.find(id, tenant).unwrap_or_else(|| {
            let mut incident = Incident::new(IncidentId::derived(&[SYSTEM, id]), "", never());
            let tenant = tenant.map(str::to_owned);
            incident.origins.insert(Origin {
                system: SYSTEM.to_owned(),
                tenant: tenant.clone(),
                id: id.to_owned(),
            });
            self.keep_tenants_apart(&mut incident, id, tenant.as_deref());
            self.push(incident, Some(id.to_owned()), tenant, 0)
        })
    }

    /// Takes a thing that an incident names outside its alerts.
    pub fn loose(&mut self, at: usize, evidence: Evidence) {
        self.builders[at].builder.add_loose(evidence);
    }

    fn find(&self, id: &str, tenant: Option<&str>) -> Option<usize> {
        self.by_source_id.get(id)?.iter().copied().find(|at| {
            let known = self.builders[*at].tenant.as_deref();
            known.is_none() || tenant.is_none() || known == tenant
        })
    }

    /// Gives an incident an id of its own where another tenant's incident has the same number.
    fn keep_tenants_apart(&mut self, incident: &mut Incident, id: &str, tenant: Option<&str>) {
        if self.by_source_id.contains_key(id) {
            incident.id = IncidentId::derived(&[SYSTEM, id, tenant.unwrap_or_default()]);
            self.findings.remark(Remark::TwoTenants { id: id.to_owned() });
        }
    }

    fn push(
        &mut self,
        incident: Incident,
        source_id: Option<String>,
        tenant: Option<String>,
        headers: usize,
    ) -> usize {
        let at = self.builders.len();
        match &source_id {
            Some(id) => self.by_source_id.entry(id.clone()).or_default().push(at),
            None => {
                self.by_own_id.insert(incident.id.clone(), at);
            }
        }
        self.builders.push(Gathered { builder: IncidentBuilder::new(incident), tenant, source_id, headers });
        at
    }

    /// Counts a record that a format reads by itself.
    pub fn count(&mut self, format: FormatId, confidence: Confidence) {
        *self.records.entry(format).or_default() += 1;
        self.unsure |= confidence < Confidence::Certain;
    }

    /// How many records of each format were read.
    pub fn formats(&self) -> &BTreeMap<FormatId, usize> {
        &self.records
    }

    /// How sure it is that every record is of the format it was read as.
    pub fn confidence(&self) -> Confidence {
        if self.unsure { Confidence::Likely } else { Confidence::Certain }
    }

    /// Hands over the builders for finishing, with what is to be said about each.
    pub(crate) fn into_unfinished(mut self) -> (Vec<Unfinished>, Findings) {
        if self.records.len() > 1 {
            let counts = self.records.iter().map(|(format, count)| (*format, *count)).collect();
            self.findings.remark(Remark::MixedFormats(counts));
        }
        let mut unfinished: Vec<Unfinished> = self
            .builders
            .into_iter()
            .map(|gathered| {
                let mut builder = gathered.builder;
                if let Some(tenant) = gathered.tenant {
                    let origins = std::mem::take(&mut builder.incident.origins);
                    builder.incident.origins = origins
                        .into_iter()
                        .map(|origin| Origin { tenant: Some(tenant.clone()), ..origin })
                        .collect();
                }
                Unfinished { builder, headers: gathered.headers, named: Vec::new() }
            })
            .collect();
        for ((at, named), count) in self.other_incident {
            if let Some(incident) = unfinished.get_mut(at) {
                incident.named.push((named, count));
            }
        }
        (unfinished, self.findings)
    }
}

/// An incident whose records were all read.
#[derive(Debug)]
pub(crate) struct Unfinished {
    builder: IncidentBuilder,
    headers: usize,
    named: Vec<(String, usize)>,
}

impl Unfinished {
    /// How many alerts and events it has.
    pub fn size(&self) -> usize {
        self.builder.alert_count() + self.builder.event_count()
    }

    /// The finished incident.
    pub fn finish(self, findings: &mut Findings) -> Incident {
        let incident = self.builder.build(findings);
        let name = || Findings::called(&incident.name);
        if self.headers == 0 && !incident.origins.is_empty() {
            findings.remark(Remark::AlertsOnly { incident: name() });
        }
        if self.headers > 1 {
            findings.remark(Remark::Repeated { incident: name(), times: self.headers });
        }
        for (named, count) in self.named {
            findings.remark(Remark::OtherIncident { incident: name(), named, count });
        }
        incident
    }
}

/// Whether a record is the answer to a change request: it tells how an incident was changed, but not which.
fn is_partial(fields: &Fields<'_>) -> bool {
    let names_none = !["id", "incidentId", "incidentName", "displayName", "title", "alertId"]
        .iter()
        .any(|name| fields.has(name));
    let changed = ["status", "assignedTo", "classification", "determination", "tags", "customTags"];
    names_none && changed.iter().filter(|name| fields.states(&[name])).count() > 1
}
