//! Eviction playbooks of CISA's Playbook-NG: for each ATT&CK technique the countermeasures to take, by their ids.
//!
//! Fields: Playbook-NG's specification 2.0.0 and 1.0.0. A file names countermeasures of the COUN7ER data set by id alone; their
//! names are bundled (`coun7er/NOTICE.md`). One that serves several techniques is one step under each.

use super::{Draft, PlaybookFault, Task};
use crate::compact::Order as _;
use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Spot, Why};
use crate::formats::{Confidence, Format, FormatId};
use crate::model::Phase;

/// A line each: id and name.
static NAMES: &str = include_str!("coun7er/names.txt");

/// Playbooks of Playbook-NG.
pub struct PlaybookNg;

impl Format for PlaybookNg {
    fn id(&self) -> FormatId {
        FormatId::PlaybookNg
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let mapped = matches!(record.get("tech_to_items"), Some(Json::Object(_)));
        match (mapped, record.has("dataset_id") || record.has("spec_version")) {
            (true, true) => Confidence::Certain,
            (true, false) => Confidence::Likely,
            (false, _) => Confidence::No,
        }
    }

    fn read(&self, mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        let title = record.text("title").unwrap_or_else(|| "Playbook-NG".to_owned());
        let created = record.text("created").unwrap_or_default();
        let key = if created.is_empty() { title.clone() } else { format!("{title} ({created})") };
        let mut draft = Draft::new("playbook-ng", &key, &title);
        draft.source.modified = record.text("updated").unwrap_or_default();
        // Countermeasures put an intruder out and keep one out.
        draft.phase = Phase::Eradication;
        let Some(Json::Object(mut techniques)) = record.take("tech_to_items") else { return None };
        let mut names: Vec<String> = techniques.names().map(str::to_owned).collect();
        names.order();
        names.dedup();
        for technique in names {
            let Some(Json::Object(mut mapped)) = techniques.take(&technique) else { continue };
            for (_, mut item) in mapped.objects("items") {
                let Some(id) = item.text("id") else { continue };
                let name = name_of(&id);
                if name.is_none() {
                    let (name, fault) = (title.clone(), PlaybookFault::UnknownItem { id: id.clone() });
                    into.findings.set_aside(place.to_place(), Why::Playbook { name, fault }, id.as_bytes());
                }
                let step_title = name.map_or_else(|| id.clone(), |name| format!("{name} ({id})"));
                let mut extra = item.into_extra();
                extra.extend(mapped.peek("confidence").map(|said| ("confidence".to_owned(), said.into())));
                // The phase is the same for all: a name that says "block" belongs under its technique, too.
                draft.step(Task {
                    title: step_title,
                    heading: technique.clone(),
                    group: technique.clone(),
                    id,
                    extra,
                    ..Task::default()
                });
            }
        }
        draft.extra = record.into_extra();
        draft.finish(place.to_place(), title.as_bytes(), into);
        None
    }
}

/// What COUN7ER calls a countermeasure.
fn name_of(id: &str) -> Option<&'static str> {
    NAMES
        .lines()
        .find_map(|line| line.split_once(' ').filter(|(known, _)| *known == id))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_countermeasure_has_its_name() {
        assert_eq!(NAMES.lines().count(), 152);
        assert!(NAMES.lines().all(|line| line.starts_with("CM") && line.len() > 8));
        assert_eq!(name_of("CM0001"), Some("Disable Server Message Block (SMB) Protocol"));
        assert_eq!(name_of("CM9999"), None);
    }
}
