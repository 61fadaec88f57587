//! In which other incidents an entity was seen: fills the index of entities in idle moments, and says it beside every
//! entity.
//!
//! Reading begins when something on the page first asks what the index knows, in slices shorter than a frame with rests between
//! them; a page that is about what it knows asks to go on without rests. Nothing of it is kept.

use std::{collections::VecDeque, time::Duration};

use leptos::{prelude::*, task::spawn_local};

use super::{
    browser,
    parts::icon::{Icon, IconView},
    prefs::use_words,
    route::Route,
    state::{State, use_state},
};
use crate::{
    analysis::correlation::Index,
    model::{EntityId, IncidentId},
};

/// How long after the first question reading begins: what the person came for is drawn first.
const BEGIN_AFTER: Duration = Duration::from_millis(300);

/// How long after an edit the index follows it.
const FOLLOW_AFTER: Duration = Duration::from_millis(250);

/// For how long, in milliseconds, a slice reads before the page may draw.
const SLICE: f64 = 6.0;

/// How long, in milliseconds, reading rests between two slices while nobody looks at what it finds.
const REST: u32 = 40;

/// How often, in milliseconds, those who show what was found are told of more.
const TELL_EVERY: f64 = 500.0;

/// The index of the page's notebook.
#[derive(Clone, Copy)]
pub struct Seen {
    index: StoredValue<Index>,
    /// Moves when the index knows more.
    version: RwSignal<u32>,
    /// Incidents that are still to be read.
    waiting: StoredValue<VecDeque<IncidentId>>,
    is_reading: StoredValue<bool>,
    /// Whether anything has asked yet; until then no incident is read for it.
    is_wanted: StoredValue<bool>,
    /// How many places on the page show what was found.
    watchers: StoredValue<usize>,
    state: State,
}

impl Seen {
    /// Provides the index as context and, once something has asked, keeps it up to date.
    pub fn provide() -> Self {
        let seen = Self {
            index: StoredValue::new(Index::default()),
            version: RwSignal::new(0),
            waiting: StoredValue::new(VecDeque::new()),
            is_reading: StoredValue::new(false),
            is_wanted: StoredValue::new(false),
            watchers: StoredValue::new(0),
            state: use_state(),
        };
        provide_context(seen);
        Effect::new(move |_| {
            seen.state.with(|_| ());
            if seen.is_wanted.get_value() {
                set_timeout(move || seen.look(), FOLLOW_AFTER);
            }
        });
        seen
    }

    /// Reads the index and follows it.
    pub fn with<T>(self, read: impl FnOnce(&Index) -> T) -> T {
        if !self.is_wanted.get_value() {
            self.is_wanted.set_value(true);
            set_timeout(move || self.look(), BEGIN_AFTER);
        }
        self.version.track();
        self.index.with_value(read)
    }

    /// Reads on without rests for as long as the caller is on screen.
    pub fn watch(self) {
        self.watchers.update_value(|watchers| *watchers += 1);
        self.is_wanted.set_value(true);
        self.look();
        on_cleanup(move || {
            self.watchers.try_update_value(|watchers| *watchers = watchers.saturating_sub(1));
        });
    }

    /// How many incidents were read, and of how many; none once all were.
    pub fn reading(self) -> Memo<Option<(usize, usize)>> {
        Memo::new(move |_| {
            let of = self.state.with(|notebook| notebook.rows().len());
            let done = self.with(Index::len);
            (done < of).then_some((done, of))
        })
    }

    /// Looks which incidents the index does not hold as they are, and begins to read them.
    fn look(self) {
        let Some(()) = self.index.try_update_value(|index| {
            self.state.with_now(|notebook| {
                let rows = notebook.rows();
                index.retain(|id| rows.contains_key(id));
                let behind = rows.values().filter(|row| !index.is_current(row)).map(|row| row.id.clone());
                self.waiting.set_value(behind.collect());
            });
        }) else {
            return;
        };
        if self.waiting.with_value(VecDeque::is_empty) {
            // Something may have been taken out.
            return self.version.update(|version| *version += 1);
        }
        if !self.is_reading.get_value() {
            self.is_reading.set_value(true);
            spawn_local(self.read());
        }
    }

    async fn read(self) {
        let mut told = browser::now();
        loop {
            let Some(more) = self.slice() else { return };
            if !more || browser::now() - told > TELL_EVERY {
                told = browser::now();
                self.version.update(|version| *version += 1);
            }
            if !more {
                return self.is_reading.set_value(false);
            }
            if self.watchers.with_value(|watchers| *watchers > 0) {
                browser::breathe().await;
            } else {
                gloo_timers::future::TimeoutFuture::new(REST).await;
            }
        }
    }

    /// Reads for as long as a frame of the page can spare; tells whether there is more, or none where the page is gone.
    fn slice(self) -> Option<bool> {
        let until = browser::now() + SLICE;
        loop {
            let Some(id) = self.waiting.try_update_value(VecDeque::pop_front)? else { return Some(false) };
            let Some(row) = self.state.with_now(|notebook| notebook.row(&id).cloned()) else { continue };
            let incident = self.state.peek(&id);
            self.index.try_update_value(|index| match incident {
                Some(incident) => index.put(&row, &incident),
                // It is set aside where somebody opens it, and holds nothing up until then.
                None => index.pass_over(&row),
            })?;
            if browser::now() > until {
                return Some(true);
            }
        }
    }
}

/// The index of the page.
pub fn use_seen() -> Seen {
    expect_context()
}

/// In how many other incidents an entity was seen, as the way to its own page; nothing where in none.
#[component]
pub fn Elsewhere(
    /// The incident in which it is shown.
    incident: IncidentId,
    /// The entity.
    entity: EntityId,
) -> impl IntoView {
    let words = &use_words().entities;
    let seen = use_seen();
    let address = Route::entity(entity.as_str()).to_string();
    let count = Memo::new(move |_| seen.with(|index| index.elsewhere(&incident, &entity)));
    move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <a class="entity-elsewhere" href=address.clone()>
                    <IconView icon=Icon::Incidents/>
                    <span>{(words.elsewhere)(count)}</span>
                </a>
            }
        })
    }
}

/// How far reading is, where what is shown may not be all, and of how many incidents it can never be.
#[component]
pub fn StillReading() -> impl IntoView {
    let words = &use_words().entities;
    let seen = use_seen();
    let reading = seen.reading();
    let unread = Memo::new(move |_| seen.with(Index::unread));
    let said = move || match (reading.get(), unread.get()) {
        (Some((done, of)), _) => Some((words.reading)(done, of)),
        (None, 0) => None,
        (None, unread) => Some((words.unread)(unread)),
    };
    view! {
        <p class="muted still-reading" role="status">
            {said}
        </p>
    }
}
