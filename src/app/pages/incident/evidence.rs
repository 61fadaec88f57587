//! The evidence items: what was secured while the incident was handled, who has it and where it is kept.

use leptos::prelude::*;

use super::here::{Here, use_here};
use super::list_parts::AddButton;
use crate::compact::Order as _;
use crate::{
    app::{
        browser,
        parts::{
            badge::{Badge, Tone},
            button::{Button, ButtonKind},
            empty_state::EmptyState,
            icon::{Icon, IconView},
            table::{Column, DataTable},
            time::{TimeStyle, format_time},
        },
        prefs::{use_prefs, use_words},
    },
    formats::evidence_register,
    model::{EvidenceId, EvidenceItem, EvidenceKind},
    notebook::custody::{Whereabouts, custody},
};

mod add;
mod chain;
mod check;
mod describe;
mod detail;
mod files;
mod handling;
mod withdrawing;

/// The key under which the address names the item that is open.
pub const OPEN: &str = "item";

/// The icon of a kind of evidence item.
fn kind_icon(kind: &EvidenceKind) -> Icon {
    match kind {
        EvidenceKind::DiskImage | EvidenceKind::MemoryImage => Icon::Registry,
        EvidenceKind::Log => Icon::Report,
        EvidenceKind::NetworkCapture => Icon::Ip,
        EvidenceKind::Screenshot => Icon::App,
        EvidenceKind::Mail => Icon::Mail,
        EvidenceKind::Device => Icon::Device,
        EvidenceKind::File | EvidenceKind::OtherKind | EvidenceKind::Other(_) => Icon::File,
    }
}

/// The tab.
#[component]
pub fn EvidenceItems() -> impl IntoView {
    let here = use_here();
    let texts = &use_words().evidence;
    let any = here.slice(|incident| !incident.evidence.is_empty());
    let adding = RwSignal::new(false);
    let add = move || view! { <AddButton label=texts.add open=adding/> };
    view! {
        <Show
            when=move || any.get()
            fallback=move || {
                view! {
                    <EmptyState icon=Icon::Lock title=texts.none text=texts.none_text>
                        {add()}
                    </EmptyState>
                }
            }
        >
            <div class="stack">
                <div class="cluster">
                    {add()}
                    <Button
                        label=texts.save_register
                        icon=Icon::Download
                        kind=ButtonKind::Ghost
                        on_press=move || save_register(here)
                    />
                </div>
                <ItemList/>
            </div>
        </Show>
        <add::AddItems open=adding/>
    }
}

#[component]
fn ItemList() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.evidence;
    let shown = here.slice(|incident| {
        let mut items: Vec<&EvidenceItem> = incident.evidence.values().collect();
        items.order_by(|one, other| (&one.label, &one.name).cmp(&(&other.label, &other.name)));
        items.into_iter().map(|item| item.id.to_string()).collect::<Vec<_>>()
    });
    let active = RwSignal::new(None);
    let columns = vec![
        Column::new("item", texts.item).wide(),
        Column::new("held", texts.held_by),
        Column::new("kept", texts.kept_at).optional(),
        Column::new("hash", texts.hash),
    ];
    view! {
        <DataTable
            caption=texts.title
            columns
            ids=shown
            cells=move |id: String| cells(here, &id)
            active
            on_open=move |id: String| here.ask(OPEN, &id)
        />
        <detail::ItemDetail shown/>
    }
}

/// What a row shows of an item.
#[derive(Clone, PartialEq)]
struct Cells {
    title: String,
    kind: EvidenceKind,
    size: Option<u64>,
    whereabouts: Whereabouts,
    holder: String,
    kept_at: String,
    /// When the hash was last checked and whether it matched; none where it never was.
    checked: Option<(i64, bool)>,
    has_hash: bool,
    has_gap: bool,
}

fn cells_of(here: Here, id: EvidenceId) -> Memo<Option<Cells>> {
    here.slice(move |incident| {
        let item = incident.evidence.get(&id)?;
        let now = custody(incident, &id);
        Some(Cells {
            title: item.title(),
            kind: item.kind.clone(),
            size: item.size,
            whereabouts: now.whereabouts,
            holder: now.holder.to_owned(),
            kept_at: now.kept_at.to_owned(),
            checked: now.checked.map(|(at, matches)| (at.millis(), matches)),
            has_hash: !item.sha256.is_empty(),
            has_gap: now.has_gap,
        })
    })
}

fn cells(here: Here, id: &str) -> Vec<AnyView> {
    let words = here.words;
    let texts = &words.evidence;
    let Ok(id) = EvidenceId::try_from(id) else { return Vec::new() };
    let item = cells_of(here, id.clone());
    let address = move || here.address_asking(OPEN, id.as_str());
    let title = move || item.get().map(|item| item.title).unwrap_or_default();
    let about = move || {
        let item = item.get()?;
        let kind = words.vocabulary.evidence_kind(&item.kind).into_owned();
        let size = item.size.map(|size| words.amounts.file_size(size));
        Some([kind].into_iter().chain(size).collect::<Vec<_>>().join(" · "))
    };
    vec![
        view! {
            <span class="incident-entity">
                {move || item.get().map(|item| view! { <IconView icon=kind_icon(&item.kind)/> })}
                <span class="incident-row-name">
                    <a class="truncate" href=address title=title>{title}</a>
                    <span class="muted">{about}</span>
                </span>
            </span>
        }
        .into_any(),
        (move || {
            item.get().map(|item| {
                let holder = (texts.whereabouts)(item.whereabouts, &item.holder);
                view! {
                    <span class="evidence-holder">
                        {holder}
                        {item.has_gap.then(|| view! { <Badge label=texts.has_gap tone=Tone::Warning icon=Icon::Warning/> })}
                    </span>
                }
            })
        })
        .into_any(),
        (move || item.get().map(|item| item.kept_at)).into_any(),
        (move || item.get().map(|item| view! { <HashState checked=item.checked has_hash=item.has_hash/> }))
            .into_any(),
    ]
}

/// Whether there is a hash, and whether it held when it was last checked.
#[component]
fn HashState(
    /// When it was last checked, in milliseconds, and whether it matched.
    checked: Option<(i64, bool)>,
    /// Whether there is one.
    has_hash: bool,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.evidence;
    let zone = use_prefs().zone();
    match checked {
        Some((at, matches)) => {
            let (tone, icon) =
                if matches { (Tone::Success, Icon::Check) } else { (Tone::Danger, Icon::Warning) };
            let title = move || format_time(at, words.lang, zone.get(), TimeStyle::Minute);
            view! { <span title=title><Badge label=(texts.checked)(matches) tone icon/></span> }.into_any()
        }
        None if has_hash => view! { <span>{texts.recorded_hash}</span> }.into_any(),
        None => view! { <span class="muted">{texts.no_hash}</span> }.into_any(),
    }
}

fn save_register(here: Here) {
    let words = here.words;
    let Some(text) = here.now(|incident| evidence_register::csv(incident, words.lang)) else { return };
    let name = here
        .now(|incident| crate::formats::report::file_name(incident, "csv").replace("-report", "-evidence"))
        .unwrap_or_default();
    if !browser::download(&name, "text/csv;charset=utf-8", text.as_bytes()) {
        here.state().complain(words.evidence.register_failed);
    }
}
