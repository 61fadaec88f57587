//! The report to take away: what it holds, how it looks, and the answers of the review that it ends with.
//!
//! The review is asked here because the report is where its answers are read: who writes them sees them in place.

use leptos::prelude::*;
use std::collections::BTreeSet;

use super::here::{Here, use_here};
use crate::{
    app::{
        browser,
        giving::use_giving,
        parts::{
            badge::{Chip, Tone},
            button::{Button, ButtonKind},
            copy_button::CopyButton,
            field::{Checkbox, Select},
            icon::Icon,
            markdown::Markdown,
            toast::{Toast, use_toasts},
        },
        prefs::{Zone, use_prefs, use_words},
    },
    formats::report::{Options, Part, html, markdown, report},
    playbooks::library,
    words::Lang,
};

mod review;

/// The tab.
#[component]
pub fn Report() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let language = RwSignal::new(words.lang);
    let parts = RwSignal::new(BTreeSet::from(Part::ALL));
    let defang = RwSignal::new(true);
    let zone = use_prefs().zone();
    let options = Signal::derive(move || Options {
        language: language.get(),
        parts: parts.get(),
        defang: defang.get(),
        offset_minutes: (zone.get() == Zone::Local).then(offset_minutes),
    });
    let preview = Memo::new(move |_| {
        let (now, author) = (here.state().now(), here.state().author());
        here.read(|incident| markdown(&report(incident, library(), &options.get(), &now, &author)))
            .unwrap_or_default()
    });
    let giving = use_giving();
    let toasts = use_toasts();
    let save = move |kind: FileKind| {
        if !download(here, &options.get_untracked(), kind) {
            toasts.show(Toast::new(Tone::Danger, texts.download_failed));
        }
    };
    let languages: Vec<_> =
        Lang::ALL.iter().map(|lang| (lang.code().to_owned(), lang.native_name().to_owned())).collect();
    let chip = move |part: Part| {
        let pressed = Signal::derive(move || parts.with(|parts| parts.contains(&part)));
        let toggle = move || {
            parts.update(|parts| {
                if !parts.remove(&part) {
                    parts.insert(part);
                }
            });
        };
        view! { <Chip label=part.title(words.lang) pressed on_press=toggle/> }
    };
    view! {
        <div class="stack">
            <section class="panel incident-report-options" aria-labelledby="incident-report">
                <h2 id="incident-report">{texts.report}</h2>
                <div class="cluster" role="group" aria-label=texts.report_parts>
                    {Part::ALL.map(chip).collect_view()}
                </div>
                <div class="incident-report-row">
                    <Select
                        label=words.shell.language
                        value=Signal::derive(move || language.get().code().to_owned())
                        options=languages
                        on_change=move |code: String| language.set(Lang::parse(&code).unwrap_or_default())
                    />
                    <Checkbox label=texts.defang checked=defang on_change=move |on| defang.set(on)/>
                </div>
                <p class="muted">{texts.defang_hint}</p>
                <div class="cluster">
                    <Button
                        label=texts.download_html
                        icon=Icon::Download
                        kind=ButtonKind::Primary
                        on_press=move || save(FileKind::Html)
                    />
                    <Button
                        label=texts.download_markdown
                        icon=Icon::Download
                        on_press=move || save(FileKind::Markdown)
                    />
                    <CopyButton text=preview label=texts.copy_markdown/>
                    <Button
                        label=words.merge.save_incident
                        icon=Icon::Download
                        kind=ButtonKind::Ghost
                        on_press=move || giving.give([here.id()])
                    />
                </div>
            </section>
            <review::Review/>
            <section class="panel incident-report-preview" aria-labelledby="incident-report-preview">
                <h2 id="incident-report-preview">{texts.preview}</h2>
                <div lang=move || language.get().code()>
                    <Markdown text=preview/>
                </div>
            </section>
        </div>
    }
}

/// The kinds of file that a report becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Html,
    Markdown,
}

fn download(here: Here, options: &Options, kind: FileKind) -> bool {
    let (now, author) = (here.state().now(), here.state().author());
    let text = here.now(|incident| {
        let report = report(incident, library(), options, &now, &author);
        match kind {
            FileKind::Html => html(&report),
            FileKind::Markdown => markdown(&report),
        }
    });
    let Some(text) = text else { return false };
    let number = here
        .now(|incident| incident.origins.iter().next().map(|origin| origin.id.clone()))
        .flatten()
        .unwrap_or_else(|| here.id().to_string());
    let safe: String =
        number.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(40).collect();
    let (ending, mime) = match kind {
        FileKind::Html => ("html", "text/html;charset=utf-8"),
        FileKind::Markdown => ("md", "text/markdown;charset=utf-8"),
    };
    browser::download(&format!("incident-{safe}-report.{ending}"), mime, text.as_bytes())
}

/// The reader's zone now, in minutes east of Greenwich.
fn offset_minutes() -> i32 {
    // The browser counts minutes west, and there are never more than a day's.
    #[allow(clippy::cast_possible_truncation)]
    {
        -(js_sys::Date::new_0().get_timezone_offset() as i32)
    }
}
