//! The filters above the entities: the two groups, the kinds within them, the verdicts, and words.

use leptos::prelude::*;
use std::collections::BTreeMap;

use crate::compact::Order as _;
use crate::{
    app::{
        pages::incident::{
            filter_chips::{Choice, FilterChips, FilterText},
            here::use_here,
        },
        parts::{
            badge::Chip,
            button::{Button, ButtonKind},
            icon::Icon,
        },
        prefs::use_words,
    },
    model::{EntityKind, taxonomy::Verdict},
    notebook::filter::{Group, Need},
};

/// The filters.
#[component]
pub fn EntityFilters(
    /// How many entities they leave.
    found: Signal<usize>,
    /// Opens the dialog that adds one.
    adding: RwSignal<bool>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let kinds = here.slice(|incident| {
        let mut counts: BTreeMap<EntityKind, usize> = BTreeMap::new();
        for entity in incident.shown_entities() {
            *counts.entry(entity.kind()).or_default() += 1;
        }
        counts
    });
    let verdicts = here.slice(|incident| {
        let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
        for entity in incident.shown_entities() {
            *counts.entry(entity.verdict.clone()).or_default() += 1;
        }
        counts
    });
    let group = here.asked("group");
    let groups = Signal::derive(move || {
        let counts = kinds.get();
        [(Group::Assets, texts.assets), (Group::Evidence, texts.evidence_and_response)]
            .map(|(group, label)| Choice {
                code: group.code().to_owned(),
                label: label.to_owned(),
                count: counts.iter().filter(|(kind, _)| group.has(**kind)).map(|(_, count)| count).sum(),
            })
            .to_vec()
    });
    let by_kind = Signal::derive(move || {
        let group = Group::parse(&group.get());
        kinds
            .get()
            .into_iter()
            .filter(|(kind, _)| group.has(*kind))
            .map(|(kind, count)| Choice {
                code: kind.code().to_owned(),
                label: words.vocabulary.entity_kinds(kind).to_owned(),
                count,
            })
            .collect::<Vec<_>>()
    });
    let by_verdict = Signal::derive(move || {
        let mut counts: Vec<_> = verdicts.get().into_iter().collect();
        counts.order_by_key(|(verdict, _)| std::cmp::Reverse(verdict.weight()));
        counts
            .into_iter()
            .map(|(verdict, count)| Choice {
                label: words.vocabulary.verdict(&verdict).into_owned(),
                code: verdict.code().to_owned(),
                count,
            })
            .collect::<Vec<_>>()
    });
    let total = here.slice(crate::model::Incident::entity_count);
    let need = here.asked("needs");
    let needed = move || {
        let label = match Need::parse(&need.get())? {
            Need::Approval => texts.needs_approval,
            Need::Remediation => texts.needs_remediation,
        };
        Some(view! { <Chip label icon=Icon::Filter on_remove=move || here.ask("needs", "")/> })
    };
    view! {
        <div class="incident-filters">
            <FilterText label=texts.search_entities/>
            <FilterChips key_in_address="group" label=texts.group choices=groups single=true/>
            <FilterChips key_in_address="kind" label=texts.kind choices=by_kind/>
            <FilterChips key_in_address="verdict" label=texts.verdict choices=by_verdict/>
            {needed}
            <p class="muted" role="status">{move || (texts.shown)(found.get(), total.get())}</p>
            <Show when=move || found.get() != total.get()>
                <Button
                    label=texts.clear_filters
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || here.ask_nothing()
                />
            </Show>
            <span class="incident-filters-end">
                <Button
                    label=texts.add_entity
                    icon=Icon::Plus
                    small=true
                    disabled=here.cannot_write()
                    on_press=move || adding.set(true)
                />
            </span>
        </div>
    }
}
