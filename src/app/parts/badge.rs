//! Badges and chips: severity, status, verdict, counts and tags, each by colour *and* icon *and* word.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::app::prefs::use_words;

/// What a badge means; decides its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// High severity, malicious, failed.
    High,
    /// Medium severity, suspicious.
    Medium,
    /// Low severity.
    Low,
    /// Informational.
    Informational,
    /// Done, clean, healthy.
    Success,
    /// Needs attention soon.
    Warning,
    /// Has gone wrong, or is beyond its time.
    Danger,
    /// Belongs to the one accent of the page: active, selected.
    Accent,
    /// No meaning of its own.
    #[default]
    Neutral,
}

impl Tone {
    /// All tones, for the gallery.
    pub const ALL: [Self; 9] = [
        Self::High,
        Self::Medium,
        Self::Low,
        Self::Informational,
        Self::Success,
        Self::Warning,
        Self::Danger,
        Self::Accent,
        Self::Neutral,
    ];

    /// The value of `data-tone` that the style knows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Informational => "informational",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
            Self::Accent => "accent",
            Self::Neutral => "neutral",
        }
    }

    /// The shape that goes with a severity.
    pub const fn severity_icon(self) -> Icon {
        match self {
            Self::High => Icon::High,
            Self::Medium => Icon::Medium,
            Self::Low => Icon::Low,
            Self::Informational => Icon::Informational,
            _ => Icon::Unknown,
        }
    }
}

/// A word with a meaning. Plain text, so it costs little in a long list.
#[component]
pub fn Badge(
    /// The word.
    #[prop(into)]
    label: String,
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// An icon before the word.
    #[prop(optional, into)]
    icon: Option<Icon>,
) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.name()>
            {icon.map(|icon| view! { <IconView icon/> })}
            <span>{label}</span>
        </span>
    }
}

/// A severity: its colour, its shape and its word.
#[component]
pub fn SeverityBadge(
    /// High, medium, low or informational; any other tone is shown as an unknown severity.
    tone: Tone,
    /// The word, in the reader's language, or as it came where it is unknown.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class="badge severity" data-tone=tone.name()>
            <IconView icon=tone.severity_icon()/>
            <span>{label}</span>
        </span>
    }
}

/// How far something is; decides the shape of its dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has started.
    New,
    /// Somebody is at it.
    Active,
    /// It is done.
    Done,
    /// It is closed without being done: skipped, redirected.
    Closed,
}

impl Stage {
    const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Active => "active",
            Self::Done => "done",
            Self::Closed => "closed",
        }
    }
}

/// A status: a dot whose fill says how far, and the word.
#[component]
pub fn StatusBadge(
    /// How far it is.
    stage: Stage,
    /// The word.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class="status" data-stage=stage.name()>
            <span class="status-dot" aria-hidden="true"></span>
            <span>{label}</span>
        </span>
    }
}

/// A tag or filter that can be turned on and off, or taken away.
#[component]
pub fn Chip(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// How many things it stands for, shown after the label.
    #[prop(optional, into)]
    count: Option<Signal<usize>>,
    /// For a filter: whether it is on. Needs `on_press`.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    /// Called when pressed.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Called when taken away; shows a cross.
    #[prop(optional, into)]
    on_remove: Option<Callback<()>>,
    /// An icon before the label.
    #[prop(optional, into)]
    icon: Option<Icon>,
) -> impl IntoView {
    let words = &use_words().parts;
    let inside = move || {
        view! {
            {icon.map(|icon| view! { <IconView icon/> })}
            <span>{move || label.get()}</span>
            {count.map(|count| view! { <span class="chip-count">{move || count.get()}</span> })}
        }
    };
    let body = match on_press {
        Some(on_press) => view! {
            <button
                type="button"
                class="chip-body"
                aria-pressed=move || pressed.get().map(|pressed| pressed.to_string())
                on:click=move |_| on_press.run(())
            >
                {inside()}
            </button>
        }
        .into_any(),
        None => view! { <span class="chip-body">{inside()}</span> }.into_any(),
    };
    view! {
        <span class="chip">
            {body}
            {on_remove
                .map(|on_remove| {
                    view! {
                        <button
                            type="button"
                            class="chip-remove"
                            aria-label=move || format!("{}: {}", words.clear, label.get())
                            on:click=move |_| on_remove.run(())
                        >
                            <IconView icon=Icon::Close/>
                        </button>
                    }
                })}
        </span>
    }
}
