//! The frame around every page: rail, top bar, main landmark, and what hovers above them.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    actions::{Action, Jump, use_global_actions, use_jumps, use_registry},
    browser,
    giving::GiveDialog,
    import::ImportDoor,
    location::use_location,
    long_work::LongWorkDialog,
    notices::Notices,
    pages::{self, incident::entities::safe_name},
    parts::{
        button::{Button, ButtonKind},
        icon::{Icon, IconView},
        keycap::KeyCap,
        menu::Menu,
        palette::{KeyHelp, Palette},
        terms::kind_icon,
        toast::ToastRegion,
    },
    prefs::{Theme, Zone, use_prefs, use_words},
    route::Route,
    seal::use_seal,
    seen::use_seen,
    state::use_state,
};
use crate::{analysis::correlation::Found, notebook::Row, words::Lang};

mod foot;

pub use foot::{FootStatus, SaveState};

/// The element id of the language menu, where the focus goes when the language has changed.
pub const LANGUAGE_MENU: &str = "language-menu";

/// A place of the rail.
#[derive(Clone)]
struct Place {
    label: &'static str,
    icon: Icon,
    route: Route,
    keys: &'static str,
}

fn places() -> [Place; 5] {
    let words = &use_words().shell;
    let place = |label, icon, route, keys| Place { label, icon, route, keys };
    [
        place(words.incidents, Icon::Incidents, Route::home(), "g i"),
        place(use_words().entities.title, Icon::Entities, Route::entities(), "g e"),
        place(words.playbooks, Icon::Playbooks, Route::playbooks(), "g p"),
        place(words.prepare, Icon::Prepare, Route::Prepare, "g r"),
        place(words.settings, Icon::Settings, Route::Settings, "g s"),
    ]
}

/// Whether the rail marks `place` as the one where `route` is.
fn is_at(place: &Route, route: &Route) -> bool {
    match (place, route) {
        (Route::Incidents { .. }, Route::Incident { .. })
        | (Route::Entities { .. }, Route::Entity { .. })
        | (Route::Playbooks { .. }, Route::Playbooks { .. })
        | (Route::Settings, Route::Room | Route::Repairs) => true,
        _ => place.same_page(route),
    }
}

/// The frame. It reads [`FootStatus`] from context where the page keeps a notebook.
#[component]
pub fn Shell() -> impl IntoView {
    let words = &use_words().shell;
    let location = use_location();
    register_global_actions();
    offer_incidents();
    offer_entities();

    let page = Memo::new_with_compare(
        move |_| location.route().get(),
        |before: Option<&Route>, now: Option<&Route>| match (before, now) {
            (Some(before), Some(now)) => !before.same_page(now),
            _ => true,
        },
    );
    // A new page is announced by moving the focus to its heading; the first one is where the reader already is.
    Effect::new(move |seen: Option<()>| {
        page.track();
        if seen.is_some() {
            request_animation_frame(|| {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                browser::focus("#main h1");
            });
        }
    });
    view! {
        // Not a link to #main: that would be an address of this page.
        <button type="button" class="skip-link" on:click=|_| browser::focus("#main")>
            {words.skip_to_content}
        </button>
        <div class="shell">
            <Rail/>
            <TopBar/>
            <main id="main" class="shell-main" tabindex="-1">
                <Notices/>
                {move || pages::page(page.get())}
            </main>
            <foot::Foot/>
        </div>
        <ImportDoor/>
        <GiveDialog/>
        <LongWorkDialog work=use_state().work/>
        <Palette/>
        <KeyHelp/>
        <ToastRegion/>
    }
}

#[component]
fn Rail() -> impl IntoView {
    let words = &use_words().shell;
    let location = use_location();
    let items = places().map(|place| {
        let here = place.route.clone();
        view! {
            <li>
                <a
                    class="rail-link"
                    href=place.route.to_string()
                    title=place.label
                    aria-current=move || location.route().with(|route| is_at(&here, route)).then_some("page")
                >
                    <IconView icon=place.icon/>
                    <span>{place.label}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="rail" aria-label=words.main_navigation>
            <a class="rail-brand" href=Route::home().to_string()>
                <IconView icon=Icon::Brand/>
                <span>{words.product}</span>
            </a>
            <ul>{items.collect_view()}</ul>
        </nav>
    }
}

#[component]
fn TopBar() -> impl IntoView {
    let words = use_words();
    let prefs = use_prefs();
    let registry = use_registry();
    let utc = Signal::derive(move || prefs.zone().get() == Zone::Utc);
    view! {
        <header class="top-bar">
            <button
                type="button"
                class="top-search"
                aria-haspopup="dialog"
                aria-keyshortcuts="Control+K"
                on:click=move |_| registry.palette_open.set(true)
            >
                <IconView icon=Icon::Search/>
                <span>{words.shell.search_or_command}</span>
                <KeyCap keys="Ctrl+k"/>
            </button>
            <div class="top-tools">
                <Button
                    label=words.shell.zone_utc
                    icon=Icon::Clock
                    kind=ButtonKind::Ghost
                    pressed=utc
                    on_press=move || prefs.set_zone(if utc.get_untracked() { Zone::Local } else { Zone::Utc })
                />
                <div id=LANGUAGE_MENU>
                    <Menu
                        label=words.shell.language
                        icon=Icon::Globe
                        icon_only=true
                        actions=language_actions()
                    />
                </div>
                {move || {
                    let icon = theme_icon(prefs.theme().get());
                    view! { <Menu label=words.shell.theme icon icon_only=true actions=theme_actions()/> }
                }}
                <Button
                    label=words.keys.show
                    icon=Icon::Keyboard
                    icon_only=true
                    kind=ButtonKind::Ghost
                    on_press=move || registry.keys_open.set(true)
                />
            </div>
        </header>
    }
}

fn theme_icon(theme: Theme) -> Icon {
    match theme {
        Theme::Light => Icon::Sun,
        Theme::Dark => Icon::Moon,
        Theme::System => Icon::System,
    }
}

fn theme_actions() -> Vec<Action> {
    let words = &use_words().shell;
    let prefs = use_prefs();
    let one = |theme: Theme| {
        let (id, label) = match theme {
            Theme::Light => ("theme.light", words.theme_light),
            Theme::Dark => ("theme.dark", words.theme_dark),
            Theme::System => ("theme.system", words.theme_system),
        };
        Action::new(id, label, theme_icon(theme), move || prefs.set_theme(theme))
            .checked(Signal::derive(move || prefs.theme().get() == theme))
    };
    Theme::ALL.into_iter().map(one).collect()
}

fn language_actions() -> Vec<Action> {
    let prefs = use_prefs();
    let one = |lang: Lang| {
        let id = match lang {
            Lang::En => "language.en",
            Lang::Nl => "language.nl",
        };
        Action::new(id, lang.native_name(), Icon::Globe, move || prefs.set_lang(lang))
            .checked(Signal::derive(move || prefs.lang().get() == lang))
    };
    Lang::ALL.into_iter().map(one).collect()
}

/// Undo and redo, each with what it would take back or do again.
fn history_actions() -> [Action; 2] {
    let words = use_words();
    let state = use_state();
    let (undo, redo) = (state.next_undo(), state.next_redo());
    let undo_label = Signal::derive(move || match undo.get() {
        Some(act) => state.with(|notebook| words.log.undo(&act, notebook)),
        None => words.parts.undo.to_owned(),
    });
    let redo_label = Signal::derive(move || match redo.get() {
        Some(act) => state.with(|notebook| words.log.redo(&act, notebook)),
        None => words.shell.redo.to_owned(),
    });
    let read_only = state.is_read_only();
    [
        Action::new("undo", undo_label, Icon::Undo, move || state.undo())
            .keys("Ctrl+z")
            .when(Signal::derive(move || !read_only.get() && undo.with(Option::is_some))),
        Action::new("redo", redo_label, Icon::Redo, move || state.redo())
            .keys("Ctrl+y")
            .when(Signal::derive(move || !read_only.get() && redo.with(Option::is_some))),
    ]
}

/// Lets the palette jump to every incident. Asked for only while the palette is open.
fn offer_incidents() {
    let words = use_words();
    let state = use_state();
    let jump = |row: &Arc<Row>| Jump {
        label: row.name.clone(),
        detail: words.vocabulary.severity(&row.severity).into_owned(),
        icon: Icon::Incidents,
        address: Route::incident(row.id.as_str()).to_string(),
    };
    use_jumps(Signal::derive(move || {
        state.with(|notebook| notebook.rows().values().map(jump).collect::<Vec<_>>())
    }));
}

/// How many entities the palette finds at most.
const ENTITIES_FOUND: usize = 20;

/// The fewest letters that the palette looks for entities with.
const ENTITY_LETTERS: usize = 3;

/// Lets the palette find the entities of every incident.
fn offer_entities() {
    let words = use_words();
    let seen = use_seen();
    let jump = move |found: Found| Jump {
        label: safe_name(found.kind, &found.name),
        detail: (words.entities.occurs_in)(found.incidents),
        icon: kind_icon(found.kind),
        address: Route::entity(found.id.as_str()).to_string(),
    };
    use_registry().search_with(move |text: &str| {
        if text.trim().chars().count() < ENTITY_LETTERS {
            return Vec::new();
        }
        seen.with(|index| index.search(text, ENTITIES_FOUND)).into_iter().map(jump).collect()
    });
}

/// What can be done on every page. In menus a choice reads by itself ("Dark"); in the palette it says of what ("Theme: Dark").
fn register_global_actions() {
    let words = use_words();
    let prefs = use_prefs();
    let registry = use_registry();
    let location = use_location();
    let named = |group: &'static str| {
        move |mut action: Action| {
            let label = action.label;
            action.label = Signal::derive(move || format!("{group}: {}", label.get()));
            action
        }
    };
    let go = |id, place: Place| {
        let route = place.route.clone();
        Action::new(id, (words.shell.go_to)(place.label), place.icon, move || location.navigate(&route))
            .keys(place.keys)
    };
    let open_palette = move || registry.palette_open.set(true);
    let mut actions = vec![
        Action::new("palette", words.keys.palette, Icon::Search, open_palette).keys("Ctrl+k").unlisted(),
        Action::new("search", words.shell.search, Icon::Search, open_palette).keys("/").unlisted(),
        Action::new("keys", words.keys.show, Icon::Keyboard, move || registry.keys_open.set(true)).keys("?"),
    ];
    let ids = ["go.incidents", "go.entities", "go.playbooks", "go.prepare", "go.settings"];
    actions.extend(ids.into_iter().zip(places()).map(|(id, place)| go(id, place)));
    actions.push(Action::new("go.design", (words.shell.go_to)(words.shell.design), Icon::Info, move || {
        location.navigate(&Route::Gallery);
    }));
    actions.extend(history_actions());
    let seal = use_seal();
    let can_lock = Signal::derive(move || seal.phase().get().is_some());
    actions.push(
        Action::new("lock", words.lock.lock_now, Icon::Lock, move || seal.lock_now())
            .keys("g l")
            .when(can_lock),
    );
    let toggle_zone = move || {
        let other = match prefs.zone().get_untracked() {
            Zone::Local => Zone::Utc,
            Zone::Utc => Zone::Local,
        };
        prefs.set_zone(other);
    };
    let zone_label = Signal::derive(move || match prefs.zone().get() {
        Zone::Local => format!("{}: {}", words.shell.zone, words.shell.zone_utc),
        Zone::Utc => format!("{}: {}", words.shell.zone, words.shell.zone_local),
    });
    actions.push(Action::new("zone", zone_label, Icon::Clock, toggle_zone).keys("u"));
    actions.extend(theme_actions().into_iter().map(named(words.shell.theme)));
    actions.extend(language_actions().into_iter().map(named(words.shell.language)));
    use_global_actions(actions);
}
