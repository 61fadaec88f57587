//! The alerts of an incident under construction: which are one, what their ids are, and what they say of the incident.

use super::{Evidence, IncidentBuilder};
use crate::compact::Order as _;
use crate::formats::outcome::{Findings, Remark};
use crate::model::taxonomy::{ServiceSource, Severity, Status};
use crate::model::{Alert, AlertId, Time};
use std::collections::BTreeMap;

impl IncidentBuilder {
    /// Adds an alert with its evidence. A copy of an alert that is already there adds its evidence to it; a later
    /// state of one replaces it; a different alert under the same id is kept beside it.
    pub fn add_alert(&mut self, alert: Alert, evidence: Vec<Evidence>) {
        let place = *self.by_content.entry(content_key(&alert)).or_insert(self.alerts.len());
        match self.alerts.get_mut(place) {
            Some(known) if alert.updated > known.updated => *known = alert,
            Some(_) => {}
            None => self.alerts.push(alert),
        }
        for piece in evidence {
            self.add_evidence(piece, Some(place));
        }
    }

    /// Adds what one row of a table tells of an alert: rows of one id are one alert, whichever of them gives its title, and
    /// each fills in what those before it left out.
    pub fn add_alert_row(&mut self, alert: Alert, evidence: Vec<Evidence>) {
        let places = self.by_row.entry(alert.id.clone()).or_default();
        let fits = |at: &usize| {
            let title = &self.alerts[*at].title;
            title.is_empty() || alert.title.is_empty() || *title == alert.title
        };
        let place = places.iter().copied().find(fits).unwrap_or_else(|| {
            places.push(self.alerts.len());
            self.alerts.len()
        });
        match self.alerts.get_mut(place) {
            Some(known) => fill(known, alert),
            None => self.alerts.push(alert),
        }
        for piece in evidence {
            self.add_evidence(piece, Some(place));
        }
    }

    /// What the incident itself does not say and its alerts do.
    pub(super) fn fill_from_alerts(&mut self, findings: &mut Findings) {
        let incident = &mut self.incident;
        if incident.name.is_empty() {
            let worst = self.alerts.iter().filter(|alert| !alert.title.is_empty()).max_by(|a, b| {
                // The earliest of the worst: `max_by` takes the last of equals.
                rank(&a.severity).cmp(rank(&b.severity)).then_with(|| b.created.cmp(&a.created))
            });
            let origin = incident.origins.first().map(|origin| origin.id.clone());
            incident.name = worst
                .map(|alert| alert.title.clone())
                .or(origin)
                .unwrap_or_else(|| incident.id.as_str().to_owned());
        }
        let earliest = self.alerts.iter().filter_map(|alert| alert.created.as_ref()).min();
        if incident.created.is_never() {
            let activity = self.alerts.iter().filter_map(|alert| alert.first_activity.as_ref()).min();
            match earliest.or(activity).or(incident.source_updated.as_ref()) {
                Some(time) => incident.created = time.clone(),
                None => {
                    findings.remark(Remark::WithoutCreation { incident: Findings::called(&incident.name) });
                }
            }
        }
        let created = Some(&incident.created).filter(|time| !time.is_never());
        incident.clocks.noticed = created.into_iter().chain(earliest).min().cloned();
        let states_severity = incident.source.iter().any(|field| field.name() == "severity");
        if !states_severity
            && incident.severity == Severity::Unknown
            && let Some(worst) = self.alerts.iter().map(|alert| &alert.severity).max_by_key(|s| rank(s))
        {
            incident.severity = worst.clone();
        }
        let all_resolved = !self.alerts.is_empty() && self.alerts.iter().all(|alert| !alert.is_active());
        let states_status = incident.source.iter().any(|field| field.name() == "status");
        if !states_status && all_resolved {
            incident.status = Status::Resolved;
        }
        if incident.status == Status::Resolved && incident.clocks.resolved.is_none() && all_resolved {
            let times: Option<Vec<_>> = self.alerts.iter().map(|alert| alert.resolved.as_ref()).collect();
            incident.clocks.resolved = times.and_then(|times| times.into_iter().max().cloned());
        }
    }

    /// One id for each alert: where several carry the same id of the source, the second and later ones, in the
    /// order of their creation and title, get an ordinal.
    pub(super) fn alert_ids(&self, findings: &mut Findings) -> Vec<AlertId> {
        let mut ids: Vec<AlertId> = self.alerts.iter().map(|alert| alert.id.clone()).collect();
        let mut by_id: BTreeMap<&AlertId, Vec<usize>> = BTreeMap::new();
        for (at, alert) in self.alerts.iter().enumerate() {
            by_id.entry(&alert.id).or_default().push(at);
        }
        for mut places in by_id.into_values().filter(|places| places.len() > 1) {
            places.order_by_key(|at| (&self.alerts[*at].created, &self.alerts[*at].title));
            for (ordinal, at) in places.iter().enumerate().skip(1) {
                let ordinal = (ordinal + 1).to_string();
                ids[*at] = AlertId::derived(&[ids[*at].as_str(), &ordinal]);
            }
            findings.remark(Remark::SharedAlertId {
                incident: Findings::called(&self.incident.name),
                alert: self.alerts[places[0]].source_id.clone(),
                count: places.len(),
            });
        }
        ids
    }
}

/// Takes from another row of the same alert what is not known of it yet; its activity spans all rows.
fn fill(known: &mut Alert, row: Alert) {
    let text = |mine: &mut String, theirs: String| {
        if mine.is_empty() {
            *mine = theirs;
        }
    };
    text(&mut known.title, row.title);
    text(&mut known.description, row.description);
    text(&mut known.category, row.category);
    text(&mut known.detection_source, row.detection_source);
    if known.severity == Severity::Unknown {
        known.severity = row.severity;
    }
    if known.service_source == ServiceSource::Unknown {
        known.service_source = row.service_source;
    }
    for field in row.source {
        if !known.source.iter().any(|there| there.name() == field.name()) {
            known.source.push(field);
        }
    }
    for technique in row.techniques {
        if !known.techniques.contains(&technique) {
            known.techniques.push(technique);
        }
    }
    known.threat = known.threat.take().or(row.threat);
    known.first_activity = match (known.first_activity.take(), row.first_activity) {
        (Some(mine), Some(theirs)) => Some(mine.min(theirs)),
        (mine, theirs) => mine.or(theirs),
    };
    known.last_activity = known.last_activity.take().max(row.last_activity);
    for (name, value) in row.extra {
        known.extra.entry(name).or_insert(value);
    }
}

/// The order of severities; one without a name here is no worse than an unknown one.
fn rank(severity: &Severity) -> &Severity {
    if matches!(severity, Severity::Other(_)) { &Severity::Unknown } else { severity }
}

/// What copies and states of one alert have in common: title and creation never change. Ids alone do not tell, since
/// anonymised exports give one id to many alerts.
fn content_key(alert: &Alert) -> String {
    let created = alert.created.as_ref().map(Time::text).unwrap_or_default();
    format!("{}\u{1f}{created}\u{1f}{}", alert.id, alert.title)
}
