//! Case templates of `TheHive` 3, 4 and 5.
//!
//! Fields: `TheHive`'s documentation of case templates, and templates as published. Custom fields are a list in 5, an object
//! before. What begins with an underscore belongs to the server that it came from.

use super::{Draft, Task, joined};
use crate::compact::Order as _;
use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::Spot;
use crate::formats::{Confidence, Format, FormatId};

/// Case templates of `TheHive`.
pub struct TheHive;

impl Format for TheHive {
    fn id(&self) -> FormatId {
        FormatId::TheHive
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        if !record.has("name") || !record.has("tasks") {
            return Confidence::No;
        }
        let says_so = record.peek("_type").is_some_and(|kind| kind.eq_ignore_ascii_case("CaseTemplate"));
        if says_so || record.states(&["titlePrefix", "displayName", "pap", "customFields", "metrics"]) {
            return Confidence::Certain;
        }
        let Some(Json::List(tasks)) = record.get("tasks") else { return Confidence::No };
        let has_titles = tasks.iter().all(|task| task.as_object().is_some_and(|task| task.has("title")));
        if has_titles { Confidence::Likely } else { Confidence::No }
    }

    fn read(&self, mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        let name = record.text("name").unwrap_or_default();
        let title = record.text("displayName").unwrap_or_else(|| name.clone());
        let mut draft = Draft::new("thehive", &name, &title);
        draft.source.author = record.text_of(&["_createdBy", "createdBy"]).unwrap_or_default();
        draft.source.modified = record.text_of(&["_updatedAt", "updatedAt"]).unwrap_or_default();
        let description = record.text("description").unwrap_or_default();
        draft.summary = joined(&description, &record.text("summary").unwrap_or_default());
        let mut tasks: Vec<(f64, Fields<'_>)> = record
            .objects("tasks")
            .into_iter()
            .map(|(index, mut task)| {
                let order = task.text("order").and_then(|order| order.parse().ok());
                // A list is never so long that its numbers are not exact.
                #[allow(clippy::cast_precision_loss)]
                (order.unwrap_or(index as f64), task)
            })
            .collect();
        tasks.order_by(|(one, _), (other, _)| one.total_cmp(other));
        for (_, mut task) in tasks {
            let Some(title) = task.text("title") else { continue };
            let group = task.text("group").filter(|group| group != "default").unwrap_or_default();
            draft.task(Task {
                title,
                heading: group.clone(),
                group,
                text: task.text("description").unwrap_or_default(),
                id: task.text("_id").unwrap_or_default(),
                extra: rest(task),
            });
        }
        draft.extra = rest(record);
        draft.finish(place.to_place(), name.as_bytes(), into);
        None
    }
}

/// What has no name here, without what belongs to the server.
fn rest(fields: Fields<'_>) -> crate::model::Extra {
    fields.into_extra().into_iter().filter(|(name, _)| !name.starts_with('_')).collect()
}
