//! What the list shows and in which order: the query in the address, the rows it admits by what they and the entities of
//! their incidents say, each row's priority once a minute, the selection and the row that keys act on.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::prelude::*;

use crate::{
    analysis::priority,
    app::{
        actions::Action,
        location::{Location, use_location},
        parts::icon::Icon,
        prefs::use_words,
        route::{self, Route},
        seen::use_seen,
        state::use_state,
    },
    model::{EntityKind, IncidentId},
    notebook::{
        Row,
        query::{Measures, Query, Sort},
    },
    playbooks::{Progress, library, phase_totals},
};

/// Names the row in the preview; stands in the address beside the query.
const PREVIEW: &str = "preview";

/// The list, shared by everything on its page.
#[derive(Clone, Copy)]
pub struct List {
    location: Location,
    all: Memo<Vec<Arc<Row>>>,
    query: Memo<Query>,
    ids: Memo<Vec<String>>,
    previewed: Memo<Option<String>>,
    /// The ids chosen by box.
    pub selection: RwSignal<BTreeSet<String>>,
    /// The row that keys act on.
    pub active: RwSignal<Option<String>>,
}

impl List {
    /// Follows the address and the notebook, and provides the list as context.
    pub fn provide() -> Self {
        let state = use_state();
        let location = use_location();
        let minute = state.minute();
        let all = state.rows();
        let seen = use_seen();
        let query = Memo::new(move |_| Query::from_pairs(location.route().get().query().pairs()));
        let previewed =
            Memo::new(move |_| location.route().with(|route| route.query().get(PREVIEW).map(str::to_owned)));
        // Sorting compares priorities, and a priority takes work: each row's is made once for each change or minute.
        let priorities: Memo<BTreeMap<IncidentId, u8>> = Memo::new(move |_| {
            let now = minute.get();
            all.with(|rows| rows.iter().map(|row| (row.id.clone(), priority::value(row, &now))).collect())
        });
        let ids = Memo::new(move |_| {
            let (query, now) = (query.get(), minute.get());
            let admitted = |says: &dyn Fn(&IncidentId, &str) -> bool| -> Vec<Arc<Row>> {
                let is_admitted = |row: &&Arc<Row>| query.admits(row, &now, |word| says(&row.id, word));
                all.with(|rows| rows.iter().filter(is_admitted).cloned().collect())
            };
            // Only who looks for something makes the page read what is in the incidents.
            let mut rows = if query.has_words() {
                seen.with(|index| admitted(&|id, word| index.says(id, word)))
            } else {
                admitted(&|_, _| false)
            };
            priorities.with(|priorities| {
                let measures = Measures {
                    priority: &|row| priorities.get(&row.id).copied().unwrap_or_default(),
                    progress: &|row| phase_totals(library(), row).into_iter().sum::<Progress>().per_mille(),
                };
                query.arrange(&mut rows, &measures);
            });
            rows.into_iter().map(|row| row.id.as_str().to_owned()).collect()
        });
        let searches = Memo::new(move |_| query.with(Query::has_words));
        Effect::new(move |_| {
            if searches.get() {
                seen.watch();
            }
        });
        let selection: RwSignal<BTreeSet<String>> = RwSignal::default();
        let active = RwSignal::new(previewed.get_untracked());
        let list = Self { location, all, query, ids, previewed, selection, active };
        // Once the preview is open it follows the row that keys act on.
        Effect::new(move |_| {
            let active = active.get();
            if list.previewed.with_untracked(Option::is_some) && active.is_some() {
                list.preview(active.as_deref());
            }
        });
        // What a filter hides or a deletion takes away is no longer chosen: bulk actions touch only what is in sight.
        Effect::new(move |_| {
            let shown: BTreeSet<String> = ids.with(|ids| ids.iter().cloned().collect());
            if selection.with_untracked(|chosen| !chosen.is_subset(&shown)) {
                selection.update(|chosen| chosen.retain(|id| shown.contains(id)));
            }
        });
        provide_context(list);
        list
    }

    /// Every row of the notebook.
    pub fn all(self) -> Memo<Vec<Arc<Row>>> {
        self.all
    }

    /// What the address asks for.
    pub fn query(self) -> Memo<Query> {
        self.query
    }

    /// The ids that the query admits, in its order.
    pub fn ids(self) -> Memo<Vec<String>> {
        self.ids
    }

    /// Why an incident is in the list although its row does not say all the words that were asked for: the entities that do,
    /// each by its kind and name.
    pub fn entities_found(self, row: Memo<Option<Arc<Row>>>) -> Memo<Vec<(EntityKind, String)>> {
        let seen = use_seen();
        Memo::new(move |_| {
            let Some(row) = row.get() else { return Vec::new() };
            let unsaid = self.query.with(|query| query.unsaid(&row));
            if unsaid.is_empty() {
                return Vec::new();
            }
            let mut found: Vec<(EntityKind, String)> = seen.with(|index| {
                let named = unsaid.iter().filter_map(|word| index.naming(&row.id, word));
                named.map(|trace| (trace.kind, trace.name.clone())).collect()
            });
            found.dedup();
            found
        })
    }

    /// The id in the preview; none while it is closed.
    pub fn previewed(self) -> Memo<Option<String>> {
        self.previewed
    }

    /// Asks for something else, keeping the preview.
    pub fn ask(self, change: impl FnOnce(&mut Query)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        let preview = self.previewed.get_untracked().unwrap_or_default();
        self.location.replace(&Route::Incidents { query: address(&query).with(PREVIEW, &preview) });
    }

    /// Shows a row in the preview, or closes it.
    pub fn preview(self, id: Option<&str>) {
        let query = address(&self.query.get_untracked()).with(PREVIEW, id.unwrap_or_default());
        self.location.replace(&Route::Incidents { query });
    }

    /// Opens an incident's own page.
    pub fn open(self, id: &str) {
        self.location.navigate(&Route::incident(id));
    }

    /// Shows or hides the preview.
    pub fn preview_action(self) -> Action {
        Action::new("incidents.preview", use_words().incidents.toggle_preview, Icon::Info, move || {
            if self.previewed.with_untracked(Option::is_some) {
                self.preview(None);
                return;
            }
            let first = || self.ids.with_untracked(|ids| ids.first().cloned());
            let id = self.active.get_untracked().or_else(first);
            self.active.set(id.clone());
            self.preview(id.as_deref());
        })
        .keys("p")
    }
}

/// The list of the page.
pub fn use_list() -> List {
    use_context().unwrap_or_else(List::provide)
}

/// The address of a query.
pub fn address(query: &Query) -> route::Query {
    query.to_pairs().into_iter().collect()
}

/// The column that sorts by this.
pub fn sort_of(key: &str) -> Option<Sort> {
    Sort::ALL.iter().copied().find(|sort| sort.code() == key)
}

/// Whether the direction that people want first is the one with the greatest first.
pub fn starts_descending(sort: Sort) -> bool {
    !matches!(sort, Sort::Name | Sort::Status | Sort::Assignee | Sort::Progress)
}
