//! A table of things that an import would add, each with a box: alerts, entities, timeline events and steps alike.

use std::collections::{BTreeSet, HashMap};

use leptos::prelude::*;

use crate::{
    app::{
        parts::{
            icon::IconView,
            table::{Column, DataTable},
            terms::{SeverityTerm, kind_icon},
            when::When,
        },
        prefs::use_words,
    },
    model::{EntityKind, Phase, Time, taxonomy::Severity},
    notebook::merge::aim::Part,
};

/// One thing.
pub struct PartRow {
    /// What it is.
    pub part: Part,
    name: String,
    beside: Beside,
}

impl PartRow {
    /// A thing of this name.
    pub fn new(part: Part, name: String, beside: Beside) -> Self {
        Self { part, name, beside }
    }
}

/// What stands beside a thing's name.
pub enum Beside {
    /// How bad an alert is.
    Severity(Severity),
    /// What an entity is.
    Kind(EntityKind),
    /// When an event happened.
    Time(Time),
    /// Where a step belongs.
    Phase(Phase),
}

impl Beside {
    fn draw(&self) -> AnyView {
        let terms = &use_words().vocabulary;
        match self {
            Self::Severity(severity) => view! { <SeverityTerm severity=severity.clone()/> }.into_any(),
            Self::Kind(kind) => view! {
                <span class="import-kind"><IconView icon=kind_icon(*kind)/>{terms.entity_kind(*kind)}</span>
            }
            .into_any(),
            Self::Time(at) => view! { <When at=at.clone()/> }.into_any(),
            Self::Phase(phase) => terms.phase(*phase).into_any(),
        }
    }
}

/// The table. Like every table it is windowed where it is long.
#[component]
pub fn PartsTable(
    /// What the things are; the accessible name.
    caption: String,
    /// What stands beside their names.
    beside: String,
    /// The things, in order.
    rows: Vec<PartRow>,
    /// Those that come in, by their ids.
    taken: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let ids: Vec<String> = rows.iter().map(|row| row.part.id().to_owned()).collect();
    let rows: HashMap<String, PartRow> =
        rows.into_iter().map(|row| (row.part.id().to_owned(), row)).collect();
    let rows = StoredValue::new(rows);
    let name = move |id: String| {
        rows.with_value(|rows| rows.get(&id).map_or_else(String::new, |row| row.name.clone()))
    };
    let cells = move |id: String| {
        let beside = rows.with_value(|rows| rows.get(&id).map(|row| row.beside.draw()));
        vec![name(id).into_any(), beside.into_any()]
    };
    let columns = vec![Column::new("name", use_words().import.name).wide(), Column::new("beside", beside)];
    view! { <DataTable caption columns ids cells selection=taken row_name=name/> }
}
