//! Who is writing, and language, theme and time zone.

use leptos::prelude::*;

use super::Panel;
use crate::{
    app::{
        parts::field::{Select, TextField},
        prefs::{Theme, Zone, use_prefs, use_words},
    },
    words::Lang,
};

/// Who is writing.
#[component]
pub fn You() -> impl IntoView {
    let words = &use_words().settings;
    let prefs = use_prefs();
    view! {
        <Panel title=words.you>
            <TextField
                label=words.author
                hint=words.author_hint
                value=prefs.author()
                on_commit=move |name: String| prefs.set_author(&name)
            />
        </Panel>
    }
}

/// Language, theme and time zone.
#[component]
pub fn Display() -> impl IntoView {
    let words = use_words();
    let prefs = use_prefs();
    let languages: Vec<_> =
        Lang::ALL.map(|lang| (lang.code().to_owned(), lang.native_name().to_owned())).into();
    let themes: Vec<_> = Theme::ALL
        .map(|theme| {
            let label = match theme {
                Theme::Light => words.shell.theme_light,
                Theme::Dark => words.shell.theme_dark,
                Theme::System => words.shell.theme_system,
            };
            (theme.name().to_owned(), label.to_owned())
        })
        .into();
    let zones: Vec<_> = [Zone::Local, Zone::Utc]
        .map(|zone| {
            let label = match zone {
                Zone::Local => words.shell.zone_local,
                Zone::Utc => words.shell.zone_utc,
            };
            (zone_name(zone).to_owned(), label.to_owned())
        })
        .into();
    let set_theme = move |name: String| {
        if let Some(theme) = Theme::ALL.into_iter().find(|theme| theme.name() == name) {
            prefs.set_theme(theme);
        }
    };
    let set_lang = move |code: String| {
        if let Some(lang) = Lang::parse(&code) {
            prefs.set_lang(lang);
        }
    };
    let set_zone = move |name: String| {
        prefs.set_zone(if name == zone_name(Zone::Utc) { Zone::Utc } else { Zone::Local });
    };
    view! {
        <Panel title=words.settings.display>
            <Select
                label=words.shell.language
                value=Signal::derive(move || prefs.lang().get().code().to_owned())
                options=languages
                on_change=set_lang
            />
            <Select
                label=words.shell.theme
                value=Signal::derive(move || prefs.theme().get().name().to_owned())
                options=themes
                on_change=set_theme
            />
            <Select
                label=words.shell.zone
                hint=words.settings.zone_hint
                value=Signal::derive(move || zone_name(prefs.zone().get()).to_owned())
                options=zones
                on_change=set_zone
            />
        </Panel>
    }
}

const fn zone_name(zone: Zone) -> &'static str {
    match zone {
        Zone::Local => "local",
        Zone::Utc => "utc",
    }
}
