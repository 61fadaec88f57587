//! One registry of what a person can do: the same [`Action`] stands behind a button, a key, a menu entry and a line of
//! the command palette.
//!
//! A page registers its actions with [`use_actions`] while it is on screen; they leave with it. Later registrations win
//! over earlier ones where they bind the same key, so a page may take a key from the shell and a dialog from the page.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{
    browser,
    keys::{Outcome, Press, Sequence},
    parts::icon::Icon,
};

/// Something a person can do.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// A stable name, unique among the actions on screen: `"incident.resolve"`.
    pub id: &'static str,
    /// What it does, in the words of the page: "Resolve incident".
    pub label: Signal<String>,
    /// Its icon.
    pub icon: Icon,
    /// Its key or key sequence as [`keys`](super::keys) writes it; empty if it has none.
    pub keys: &'static str,
    /// Whether it can be done now.
    pub enabled: Signal<bool>,
    /// For one of several choices: whether it is the chosen one.
    pub checked: Option<Signal<bool>>,
    /// Whether it takes something away; shown as such.
    pub danger: bool,
    /// Whether the palette and the key help list it; false for plain movement such as "next row".
    pub listed: bool,
    run: Callback<()>,
}

impl Action {
    /// An action without a key that can always be done.
    pub fn new(
        id: &'static str,
        label: impl Into<Signal<String>>,
        icon: Icon,
        run: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            id,
            label: label.into(),
            icon,
            keys: "",
            enabled: Signal::stored(true),
            checked: None,
            danger: false,
            listed: true,
            run: Callback::new(move |()| run()),
        }
    }

    /// Binds a key or a sequence: `"e"`, `"g i"`, `"Ctrl+k"`.
    #[must_use]
    pub fn keys(mut self, keys: &'static str) -> Self {
        self.keys = keys;
        self
    }

    /// Makes it possible only while `enabled` holds.
    #[must_use]
    pub fn when(mut self, enabled: impl Into<Signal<bool>>) -> Self {
        self.enabled = enabled.into();
        self
    }

    /// Makes it one of several choices, chosen while `checked` holds.
    #[must_use]
    pub fn checked(mut self, checked: impl Into<Signal<bool>>) -> Self {
        self.checked = Some(checked.into());
        self
    }

    /// Marks it as taking something away.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Keeps it out of the palette; the key help still shows it.
    #[must_use]
    pub fn unlisted(mut self) -> Self {
        self.listed = false;
        self
    }

    /// Does it, if it can be done now. Returns whether it was done.
    pub fn run(self) -> bool {
        let enabled = self.enabled.try_get_untracked().unwrap_or(false);
        if enabled {
            self.run.run(());
        }
        enabled
    }
}

/// A line of the palette that is data rather than an action: an incident to jump to.
#[derive(Clone, Debug)]
pub struct Jump {
    /// What is matched and shown first.
    pub label: String,
    /// Shown after it, and matched too: an id, a severity.
    pub detail: String,
    /// Its icon.
    pub icon: Icon,
    /// Where it leads: a `#/…` address.
    pub address: String,
}

/// The actions and jumps on screen, and the two dialogs that list them.
#[derive(Clone, Copy)]
pub struct Registry {
    scopes: RwSignal<Vec<Scope>>,
    jumps: RwSignal<Vec<(u32, Signal<Vec<Jump>>)>>,
    /// Finds more to jump to by what is typed.
    search: StoredValue<Option<Search>>,
    next_id: StoredValue<u32>,
    /// Whether the command palette is open.
    pub palette_open: RwSignal<bool>,
    /// Whether the key help is open.
    pub keys_open: RwSignal<bool>,
}

/// What finds lines of the palette by a text.
type Search = std::sync::Arc<dyn Fn(&str) -> Vec<Jump> + Send + Sync>;

/// The actions of one place on the page.
#[derive(Clone, Debug)]
struct Scope {
    id: u32,
    global: bool,
    actions: Vec<Action>,
}

impl Registry {
    /// Provides the registry as context and listens to the keyboard.
    pub fn provide() -> Self {
        let registry = Self {
            scopes: RwSignal::default(),
            jumps: RwSignal::default(),
            search: StoredValue::new(None),
            next_id: StoredValue::new(0),
            palette_open: RwSignal::new(false),
            keys_open: RwSignal::new(false),
        };
        let sequence = StoredValue::new(Sequence::default());
        let listener = window_event_listener(ev::keydown, move |event| registry.on_key(&event, sequence));
        on_cleanup(move || listener.remove());
        provide_context(registry);
        registry
    }

    /// The actions of the page on screen, then those that are everywhere.
    pub fn actions(self) -> (Vec<Action>, Vec<Action>) {
        self.scopes.with(|scopes| {
            let of = |global| {
                let chosen = scopes.iter().rev().filter(|scope| scope.global == global);
                chosen.flat_map(|scope| scope.actions.iter().copied()).collect()
            };
            (of(false), of(true))
        })
    }

    /// Everything the palette can jump to.
    pub fn jumps(self) -> Vec<Jump> {
        self.jumps.with(|sources| sources.iter().flat_map(|(_, source)| source.get()).collect())
    }

    /// Lets the palette jump to what `search` finds by the text that is typed: for data that is too much to list.
    pub fn search_with(self, search: impl Fn(&str) -> Vec<Jump> + Send + Sync + 'static) {
        self.search.set_value(Some(std::sync::Arc::new(search)));
    }

    /// What the search finds by this text.
    pub fn found(self, text: &str) -> Vec<Jump> {
        let search = self.search.get_value();
        search.map(|search| search(text)).unwrap_or_default()
    }

    fn register(self, global: bool, actions: Vec<Action>) {
        let id = self.new_id();
        self.scopes.update(|scopes| scopes.push(Scope { id, global, actions }));
        on_cleanup(move || {
            let _ = self.scopes.try_update(|scopes| scopes.retain(|scope| scope.id != id));
        });
    }

    fn new_id(self) -> u32 {
        self.next_id
            .try_update_value(|next| {
                *next += 1;
                *next
            })
            .unwrap_or_default()
    }

    fn on_key(self, event: &KeyboardEvent, sequence: StoredValue<Sequence>) {
        if event.default_prevented() || event.is_composing() || event.repeat() && event.key() == "Enter" {
            return;
        }
        let key = event.key();
        let control = event.ctrl_key() || event.meta_key();
        let press = Press { key: &key, control, alt: event.alt_key(), shift: event.shift_key() };
        let stroke = press.stroke();
        if stroke == "Ctrl+k" && self.palette_open.get_untracked() {
            // Or the browser would take the key for its own search.
            event.prevent_default();
            self.palette_open.set(false);
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if target.as_ref().is_some_and(is_typing) && stroke != "Ctrl+k" {
            if stroke == "Escape" && browser::find("dialog[open]").is_none() {
                target.map(|target| target.blur());
            }
            return;
        }
        // Enter and Space belong to the control that has the focus.
        if matches!(key.as_str(), "Enter" | " ") && target.as_ref().is_some_and(is_operable) {
            return;
        }
        let in_dialog = browser::find("dialog[open]").is_some();
        let bound: Vec<Action> = self.scopes.with_untracked(|scopes| {
            let actions = scopes.iter().rev().flat_map(|scope| &scope.actions);
            // While a dialog is open, the page behind it is inert, and so are its keys. What cannot be done now leaves its
            // key to what can: two lists on one page share j and k by where the focus is.
            let can_run = |action: &&Action| action.enabled.try_get_untracked().unwrap_or(false);
            actions.filter(|action| !action.keys.is_empty() && !in_dialog).filter(can_run).copied().collect()
        });
        let bindings: Vec<&str> = bound.iter().map(|action| action.keys).collect();
        let outcome = sequence.try_update_value(|keys| keys.press(&stroke, event.time_stamp(), &bindings));
        match outcome {
            Some(Outcome::Run(index)) => {
                if bound.get(index).is_some_and(|action| action.run()) {
                    event.prevent_default();
                }
            }
            Some(Outcome::Wait) => event.prevent_default(),
            Some(Outcome::Nothing) | None => {}
        }
    }
}

/// The registry of the page.
pub fn use_registry() -> Registry {
    use_context().unwrap_or_else(Registry::provide)
}

/// Registers the actions of a page, a dialog or a list for as long as the caller is on screen.
pub fn use_actions(actions: Vec<Action>) {
    use_registry().register(false, actions);
}

/// Registers actions that are there on every page. The shell's business.
pub fn use_global_actions(actions: Vec<Action>) {
    use_registry().register(true, actions);
}

/// Lets the palette jump to data, for as long as the caller is on screen.
pub fn use_jumps(source: impl Into<Signal<Vec<Jump>>>) {
    let registry = use_registry();
    let id = registry.new_id();
    let source = source.into();
    registry.jumps.update(|sources| sources.push((id, source)));
    on_cleanup(move || {
        let _ = registry.jumps.try_update(|sources| sources.retain(|(other, _)| *other != id));
    });
}

/// Whether a press in this element is text.
fn is_typing(element: &HtmlElement) -> bool {
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(
            element.get_attribute("type").as_deref(),
            Some("checkbox" | "radio" | "button" | "submit" | "file" | "range")
        ),
        _ => element.is_content_editable(),
    }
}

/// Whether the element answers to Enter or Space itself.
fn is_operable(element: &HtmlElement) -> bool {
    matches!(element.tag_name().as_str(), "A" | "BUTTON" | "SUMMARY" | "INPUT" | "SELECT")
        || element.has_attribute("role")
}
