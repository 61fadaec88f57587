//! The incident that the page is about, and what every part of the page needs to read and change it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    analysis::priority::{Priority, priority},
    app::{
        location::{Location, use_location},
        prefs::use_words,
        route::{IncidentTab, Query, Route},
        state::{State, use_state},
    },
    model::{EntityId, Incident, IncidentField, IncidentId, Time, What},
    notebook::{Act, Row, acts},
    words::Words,
};

/// The incident of this page, from context.
#[derive(Clone, Copy)]
pub struct Here {
    id: StoredValue<IncidentId>,
    incident: Memo<Option<Arc<Incident>>>,
    row: Memo<Option<Arc<Row>>>,
    tab: Signal<IncidentTab>,
    location: Location,
    /// Stored, because a state is many signals and this is handed around a lot.
    state: StoredValue<State>,
    /// The texts of the page. Kept, because a key arrives outside the tree in which contexts are found.
    pub words: &'static Words,
    /// An entity that was just found to matter, for which the page offers the next steps.
    pub offer: RwSignal<Option<EntityId>>,
    /// The dialogs that buttons, keys and the palette open.
    pub dialogs: Dialogs,
}

/// Which of the page's dialogs are open.
#[derive(Clone, Copy)]
pub struct Dialogs {
    /// Resolve.
    pub resolve: RwSignal<bool>,
    /// Classify.
    pub classify: RwSignal<bool>,
    /// Assign.
    pub assign: RwSignal<bool>,
    /// Priority.
    pub priority: RwSignal<bool>,
    /// Clocks.
    pub clocks: RwSignal<bool>,
}

impl Here {
    /// Provides the incident as context.
    pub fn provide(id: IncidentId, tab: Signal<IncidentTab>) -> Self {
        let state = use_state();
        let closed = || RwSignal::new(false);
        let here = Self {
            incident: state.incident(id.clone()),
            row: state.row(id.clone()),
            id: StoredValue::new(id),
            tab,
            location: use_location(),
            state: StoredValue::new(state),
            words: use_words(),
            offer: RwSignal::new(None),
            dialogs: Dialogs {
                resolve: closed(),
                classify: closed(),
                assign: closed(),
                priority: closed(),
                clocks: closed(),
            },
        };
        provide_context(here);
        here
    }

    /// The notebook it stands in.
    pub fn state(self) -> State {
        self.state.get_value()
    }

    /// The tab that is open.
    pub fn tab(self) -> Signal<IncidentTab> {
        self.tab
    }

    /// Its id.
    pub fn id(self) -> IncidentId {
        self.id.get_value()
    }

    /// Whether it exists.
    pub fn exists(self) -> Memo<bool> {
        Memo::new(move |_| self.incident.with(Option::is_some))
    }

    /// One thing about it, as a signal that moves only when that thing does. After the incident was deleted, the
    /// default, for as long as the page is still on screen.
    pub fn slice<T>(self, read: impl Fn(&Incident) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.incident.with(|incident| incident.as_deref().map(&read).unwrap_or_default()))
    }

    /// Something about its row, likewise.
    pub fn of_row<T>(self, read: impl Fn(&Row) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.row.with(|row| row.as_deref().map(&read).unwrap_or_default()))
    }

    /// How urgent it is, as time passes.
    pub fn urgency(self) -> Memo<Option<Priority>> {
        let minute = self.state().minute();
        Memo::new(move |_| {
            let now = minute.get();
            self.row.with(|row| row.as_deref().map(|row| priority(row, &now)))
        })
    }

    /// Reads it and follows it.
    pub fn read<T>(self, read: impl FnOnce(&Incident) -> T) -> Option<T> {
        self.incident.with(|incident| incident.as_deref().map(read))
    }

    /// Reads it as it is now.
    pub fn now<T>(self, read: impl FnOnce(&Incident) -> T) -> Option<T> {
        self.incident.try_get_untracked().flatten().as_deref().map(read)
    }

    /// Reads its row as it is now.
    pub fn row_now<T>(self, read: impl FnOnce(&Row) -> T) -> Option<T> {
        self.row.try_get_untracked().flatten().as_deref().map(read)
    }

    /// Whether it can be changed here and now.
    pub fn can_write(self) -> Signal<bool> {
        let read_only = self.state().is_read_only();
        Signal::derive(move || !read_only.get())
    }

    /// The opposite, as controls ask for it.
    pub fn cannot_write(self) -> Signal<bool> {
        self.state().is_read_only()
    }

    /// Does what `make` says about it as it is now. Returns whether it was done.
    pub fn act(self, make: impl FnOnce(&Incident, &Time) -> Act) -> bool {
        let now = self.state().now();
        self.now(|incident| make(incident, &now)).is_some_and(|act| self.state().act(act))
    }

    /// The same, said in a toast that can take it back.
    pub fn act_and_say(self, make: impl FnOnce(&Incident, &Time) -> Act, said: impl Into<String>) -> bool {
        let now = self.state().now();
        self.now(|incident| make(incident, &now)).is_some_and(|act| self.state().act_and_say(act, said))
    }

    /// Sets one field; a value that it has already is no act.
    pub fn set(self, field: IncidentField) -> bool {
        if self.now(|incident| field.of(incident) == field).unwrap_or(true) {
            return false;
        }
        self.state().act(acts::set(&self.id(), field))
    }

    /// The address of one of its tabs.
    pub fn address(self, tab: IncidentTab) -> String {
        self.address_with(tab, Query::new())
    }

    /// The address of one of its tabs with something asked in it.
    pub fn address_with(self, tab: IncidentTab, query: Query) -> String {
        Route::Incident { id: self.id().to_string(), tab, query }.to_string()
    }

    /// What the address asks under this key; empty where nothing.
    pub fn asked(self, key: &'static str) -> Memo<String> {
        let route = self.location.route();
        Memo::new(move |_| route.with(|route| route.query().get(key).unwrap_or_default().to_owned()))
    }

    /// Asks for something in the address, without a step in the history; an empty value asks no longer.
    pub fn ask(self, key: &'static str, value: &str) {
        let query = self.location.route().get_untracked().query().with(key, value);
        self.location.replace(&Route::Incident {
            id: self.id().to_string(),
            tab: self.tab.get_untracked(),
            query,
        });
    }

    /// The address of this view with one more thing asked.
    pub fn address_asking(self, key: &str, value: &str) -> String {
        let query = self.location.route().with(Route::query).with(key, value);
        self.address_with(self.tab.get(), query)
    }

    /// Asks for nothing in the address any more.
    pub fn ask_nothing(self) {
        let (id, tab) = (self.id().to_string(), self.tab.get_untracked());
        self.location.replace(&Route::Incident { id, tab, query: Query::new() });
    }

    /// Goes to a tab.
    pub fn go(self, tab: IncidentTab, query: Query) {
        self.location.navigate(&Route::Incident { id: self.id().to_string(), tab, query });
    }

    /// Deletes the incident and goes back to the list, which stays able to bring it back.
    pub fn delete(self) {
        let words = &self.words.incident;
        let name = self.now(|incident| incident.name.clone()).unwrap_or_default();
        let (state, id) = (self.state(), self.id());
        self.location.navigate(&Route::home());
        state.act_and_say(acts::delete([id]), (words.deleted)(&name));
    }

    /// The names of everybody who ever had or did something in this notebook, once each.
    pub fn people(self) -> Memo<Vec<String>> {
        let prefs = crate::app::prefs::use_prefs();
        Memo::new(move |_| {
            let mut names: std::collections::BTreeSet<String> = self
                .state()
                .with(|notebook| notebook.rows().values().filter_map(|row| row.assignee.clone()).collect());
            self.incident.with(|incident| {
                for entry in incident.iter().flat_map(|incident| &incident.activity) {
                    names.insert(entry.by.clone());
                    if let What::Custody { event, .. } = &entry.what {
                        names.extend(event.people().map(str::to_owned));
                    }
                }
            });
            names.extend(Some(prefs.author().get()).filter(|author| !author.is_empty()));
            names.into_iter().collect()
        })
    }

    /// Every tag of this notebook, once.
    pub fn known_tags(self) -> Memo<Vec<String>> {
        Memo::new(move |_| {
            let tags: std::collections::BTreeSet<String> = self
                .state()
                .with(|notebook| notebook.rows().values().flat_map(|row| row.tags.iter().cloned()).collect());
            tags.into_iter().collect()
        })
    }
}

/// The incident of this page, which provides it before it draws its parts.
pub fn use_here() -> Here {
    expect_context()
}
