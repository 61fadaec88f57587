//! Case templates of DFIR-IRIS.
//!
//! Fields: IRIS' documentation of case templates and the published ones. Notes came as `note_groups` before version 2.4 and
//! come as `note_directories` since; their texts are what a case is begun with and stay with the playbook.

use super::{Draft, Task, joined};
use crate::formats::gather::Gathering;
use crate::formats::json::Fields;
use crate::formats::outcome::Spot;
use crate::formats::{Confidence, Format, FormatId};

/// Case templates of DFIR-IRIS.
pub struct Iris;

impl Format for Iris {
    fn id(&self) -> FormatId {
        FormatId::Iris
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let parts = ["tasks", "note_groups", "note_directories"];
        let head = ["title_prefix", "display_name", "note_groups", "note_directories", "classification"];
        if record.has("name") && record.states(&parts) && record.states(&head) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        let name = record.text("name").unwrap_or_default();
        let title = record.text("display_name").unwrap_or_else(|| name.clone());
        let mut draft = Draft::new("iris", &name, &title);
        draft.source.author = record.text("author").unwrap_or_default();
        let description = record.text("description").unwrap_or_default();
        draft.summary = joined(&description, &record.text("summary").unwrap_or_default());
        for (_, mut task) in record.objects("tasks") {
            let Some(title) = task.text("title") else { continue };
            let text = task.text("description").unwrap_or_default();
            draft.task(Task { title, text, extra: task.into_extra(), ..Task::default() });
        }
        draft.extra = record.into_extra();
        draft.finish(place.to_place(), name.as_bytes(), into);
        None
    }
}
