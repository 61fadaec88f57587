//! The command palette: every action on screen, every page and every incident, a few letters away. And the key help,
//! which lists the same actions by their keys.

use leptos::{html, prelude::*};
use web_sys::{KeyboardEvent, ScrollLogicalPosition};

use super::{
    dialog::Dialog,
    icon::{Icon, IconView},
    keycap::KeyCap,
};
use crate::app::{
    actions::{Action, Jump, use_registry},
    browser, fuzzy,
    location::use_location,
    prefs::use_words,
    route::Route,
};
use crate::compact::Order as _;

/// Lines shown at most; more letters find the rest.
const AT_MOST: usize = 50;

/// A line of the palette.
#[derive(Clone, Debug)]
enum Line {
    Action(Action),
    Jump(Jump),
}

impl Line {
    fn label(&self) -> String {
        match self {
            Self::Action(action) => action.label.get(),
            Self::Jump(jump) => jump.label.clone(),
        }
    }

    fn icon(&self) -> Icon {
        match self {
            Self::Action(action) => action.icon,
            Self::Jump(jump) => jump.icon,
        }
    }

    fn score(&self, needle: &str) -> Option<u32> {
        match self {
            Self::Action(action) => fuzzy::score(needle, &action.label.get()),
            Self::Jump(jump) => fuzzy::score(needle, &format!("{} {}", jump.label, jump.detail)),
        }
    }
}

/// The command palette. Stands once, in the shell; [`Registry::palette_open`](crate::app::actions::Registry) opens it.
#[component]
pub fn Palette() -> impl IntoView {
    let words = use_words();
    let registry = use_registry();
    let location = use_location();
    let open = registry.palette_open;
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    let input: NodeRef<html::Input> = NodeRef::new();
    let needle = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);

    let lines = Memo::new_with_compare(
        move |_| {
            if !open.get() {
                return Vec::new();
            }
            let needle = needle.get();
            matches(&needle, registry.actions(), registry.jumps(), registry.found(&needle))
        },
        |_, _| true,
    );
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = dialog.get() else { return };
        if open && !dialog.open() {
            let _ = dialog.show_modal();
            if let Some(input) = input.get() {
                input.set_value("");
                let _ = input.focus();
            }
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let choose = move |line: Option<Line>| {
        open.set(false);
        // The dialog gives the focus back when it closes; what the line does may move it again, so it comes after.
        set_timeout(
            move || match line {
                Some(Line::Action(action)) => {
                    action.run();
                }
                Some(Line::Jump(jump)) => location.navigate(&Route::parse(&jump.address)),
                None => {}
            },
            std::time::Duration::ZERO,
        );
    };
    let move_to = move |next: usize| {
        at.set(next);
        if let Some(line) = browser::find(&format!("#palette-line-{next}")) {
            browser::bring_into_sight(&line, ScrollLogicalPosition::Nearest);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let count = lines.with_untracked(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => move_to((at.get_untracked() + 1) % count),
            "ArrowUp" => move_to((at.get_untracked() + count - 1) % count),
            "Enter" => {
                let line = lines.with_untracked(|lines| lines.get(at.get_untracked()).cloned());
                if line.is_some() {
                    choose(line);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let one = move |(i, line): (usize, Line)| {
        let (label, icon) = (line.label(), line.icon());
        let side = match &line {
            Line::Action(action) if !action.keys.is_empty() => {
                view! { <KeyCap keys=action.keys/> }.into_any()
            }
            Line::Action(_) => ().into_any(),
            Line::Jump(jump) => {
                view! { <span class="palette-detail">{jump.detail.clone()}</span> }.into_any()
            }
        };
        view! {
            <li
                id=format!("palette-line-{i}")
                class="palette-line"
                role="option"
                aria-selected=move || (at.get() == i).to_string()
                on:click=move |_| choose(Some(line.clone()))
                on:mousemove=move |_| if at.get_untracked() != i { at.set(i) }
            >
                <IconView icon/>
                <span class="palette-label">{label}</span>
                {side}
            </li>
        }
    };
    let count = move || lines.with(Vec::len);
    view! {
        <dialog
            node_ref=dialog
            class="palette"
            aria-label=words.shell.palette_title
            on:close=move |_| {
                open.set(false);
                needle.set(String::new());
                at.set(0);
            }
            // A press on the backdrop arrives at the dialog itself; nothing typed here is worth keeping.
            on:click=move |event: web_sys::MouseEvent| {
                if event.target() == event.current_target() {
                    open.set(false);
                }
            }
        >
            <div class="palette-box">
                <div class="palette-search">
                    <IconView icon=Icon::Search/>
                    <input
                        node_ref=input
                        type="text"
                        role="combobox"
                        aria-expanded="true"
                        aria-controls="palette-lines"
                        aria-autocomplete="list"
                        aria-activedescendant=move || (count() > 0).then(|| format!("palette-line-{}", at.get()))
                        aria-label=words.shell.palette_hint
                        placeholder=words.shell.palette_hint
                        autocomplete="off"
                        spellcheck="false"
                        on:input:target=move |event| {
                            needle.set(event.target().value());
                            at.set(0);
                        }
                        on:keydown=on_key
                    />
                    <KeyCap keys="Escape"/>
                </div>
                <ul id="palette-lines" class="palette-lines" role="listbox" aria-label=words.shell.palette_title>
                    {move || lines.get().into_iter().enumerate().map(one).collect::<Vec<_>>()}
                </ul>
                <p class="palette-nothing" hidden=move || count() != 0>
                    {words.shell.palette_nothing}
                </p>
                <p class="visually-hidden" role="status">{move || (words.shell.palette_results)(count())}</p>
            </div>
        </dialog>
    }
}

/// The lines that match, best first. Where they match alike, the page's own actions come first; then, once something
/// is typed, what one can jump to: a name typed means the incident, not "Undo: …" of something of that name.
fn matches(
    needle: &str,
    (here, everywhere): (Vec<Action>, Vec<Action>),
    jumps: Vec<Jump>,
    found: Vec<Jump>,
) -> Vec<Line> {
    let can = |action: &Action| action.listed && action.enabled.get();
    let mut all: Vec<Line> = here.into_iter().filter(can).map(Line::Action).collect();
    let everywhere = everywhere.into_iter().filter(can).map(Line::Action);
    let jumps = jumps.into_iter().map(Line::Jump);
    if needle.trim().is_empty() {
        all.extend(everywhere.chain(jumps));
    } else {
        all.extend(jumps.chain(everywhere));
    }
    let mut scored: Vec<(u32, Line)> =
        all.into_iter().filter_map(|line| Some((line.score(needle)?, line))).collect();
    // What was found by an identifier need not say the letters in its name.
    scored
        .extend(found.into_iter().map(Line::Jump).map(|line| (line.score(needle).unwrap_or_default(), line)));
    scored.order_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().take(AT_MOST).map(|(_, line)| line).collect()
}

/// The key help. Stands once, in the shell; [`Registry::keys_open`](crate::app::actions::Registry) opens it.
#[component]
pub fn KeyHelp() -> impl IntoView {
    let words = use_words();
    let registry = use_registry();
    let section = move |title: &'static str, actions: Vec<Action>, escape: bool| {
        let rows: Vec<_> = actions
            .into_iter()
            .filter(|action| !action.keys.is_empty())
            .map(|action| {
                view! {
                    <div class="key-help-row">
                        <dt>{move || action.label.get()}</dt>
                        <dd><KeyCap keys=action.keys/></dd>
                    </div>
                }
            })
            .collect();
        (escape || !rows.is_empty()).then(|| {
            view! {
                <section>
                    <h3>{title}</h3>
                    <dl class="key-help">
                        {rows}
                        {escape
                            .then(|| {
                                view! {
                                    <div class="key-help-row">
                                        <dt>{words.keys.escape_does}</dt>
                                        <dd><KeyCap keys="Escape"/></dd>
                                    </div>
                                }
                            })}
                    </dl>
                </section>
            }
        })
    };
    view! {
        <Dialog open=registry.keys_open title=words.keys.title>
            <p class="muted">{words.keys.intro}</p>
            {move || {
                let (here, everywhere) = registry.actions();
                view! {
                    {section(words.keys.here, here, false)}
                    {section(words.keys.everywhere, everywhere, true)}
                }
            }}
        </Dialog>
    }
}
