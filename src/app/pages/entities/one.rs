//! One entity: every incident in which it occurs, what it was found to be there, and what is known of it.

use std::sync::Arc;

use leptos::prelude::*;

use super::events::Events;
use crate::{
    analysis::correlation::Occurrence,
    app::{
        pages::incident::entities::{EntityFacts, safe_name},
        parts::{
            button::{Button, ButtonKind, ButtonLink},
            copy_button::CopyButton,
            description_list::{DescriptionList, Fact},
            empty_state::EmptyState,
            icon::{Icon, IconView},
            page_header::PageHeader,
            table::{Column, DataTable},
            terms::{RemediationTerm, SeverityTerm, StatusTerm, VerdictTerm, kind_icon},
            time::Time,
        },
        prefs::use_words,
        route::{IncidentTab, Query, Route},
        seen::{StillReading, use_seen},
        state::{State, use_state},
    },
    model::{
        Entity, EntityField, EntityId, EntityKind, IncidentId,
        taxonomy::{RemediationStatus, Verdict},
    },
    notebook::{Act, Row, acts},
};

/// The entity in one incident.
#[derive(Clone, PartialEq)]
pub(super) struct There {
    pub row: Arc<Row>,
    pub entity: EntityId,
    kind: EntityKind,
    name: String,
    verdict: Verdict,
    remediation: RemediationStatus,
    alerts: usize,
    /// In how many timeline events it is named.
    pub events: usize,
    /// When it was seen there first and last, in milliseconds since 1970-01-01T00:00Z.
    pub seen: Option<(i64, i64)>,
}

impl There {
    fn of(occurrence: Occurrence<'_>) -> Self {
        let Occurrence { row, trace } = occurrence;
        Self {
            row: Arc::clone(row),
            entity: trace.entity.clone(),
            kind: trace.kind,
            name: trace.name.clone(),
            verdict: trace.verdict.clone(),
            remediation: trace.remediation.clone(),
            alerts: trace.alerts,
            events: trace.events,
            seen: trace.seen,
        }
    }

    /// What names its line in the table: it may occur in one incident twice.
    fn key(&self) -> String {
        format!("{}/{}", self.row.id, self.entity)
    }

    /// Its details on the incident's page.
    fn address(&self) -> String {
        let query = Query::new().with("entity", self.entity.as_str());
        Route::Incident { id: self.row.id.to_string(), tab: IncidentTab::Entities, query }.to_string()
    }
}

/// The page of the entity that has this id in any incident.
#[component]
pub fn EntityPage(id: String) -> impl IntoView {
    let words = use_words();
    let texts = &words.entities;
    let seen = use_seen();
    let state = use_state();
    seen.watch();
    let wanted = EntityId::try_from(id.as_str()).ok();
    let there = Memo::new(move |_| {
        let Some(id) = &wanted else { return Vec::new() };
        seen.with(|index| index.occurrences(id).into_iter().map(There::of).collect::<Vec<_>>())
    });
    let is_known = Memo::new(move |_| there.with(|there| !there.is_empty()));
    let head = Memo::new(move |_| there.with(|there| there.first().map(|one| (one.kind, one.name.clone()))));
    let title = Signal::derive(move || {
        head.get().map_or_else(|| texts.entity.to_owned(), |(kind, name)| safe_name(kind, &name))
    });
    // It follows what is found while reading goes on, which the header by itself does not.
    let subtitle = move || {
        move || {
            let (kind, _) = head.get()?;
            let incidents: std::collections::BTreeSet<_> =
                there.with(|there| there.iter().map(|one| one.row.id.clone()).collect());
            let occurs = (texts.occurs_in)(incidents.len());
            Some(view! {
                <span class="cluster">
                    <IconView icon=kind_icon(kind)/>
                    <span>{format!("{} · {occurs}", words.vocabulary.entity_kind(kind))}</span>
                </span>
            })
        }
    };
    let missing = move || {
        seen.reading().get().is_none().then(|| {
            view! {
                <EmptyState icon=Icon::Entities title=texts.missing text=texts.missing_text>
                    <ButtonLink label=texts.all_entities href=Route::entities().to_string()/>
                </EmptyState>
            }
        })
    };
    view! {
        <PageHeader title subtitle actions=move || view! { <Actions there/> }/>
        <div class="stack entities">
            <StillReading/>
            <Show when=move || is_known.get() fallback=missing>
                <Incidents there/>
                <Events there/>
                {move || latest(state, there).map(|entity| view! { <Known entity there/> })}
            </Show>
        </div>
    }
}

/// The entity as the incident has it in which it was seen last.
fn latest(state: State, there: Memo<Vec<There>>) -> Option<Entity> {
    let (incident, entity) =
        there.with(|there| there.first().map(|one| (one.row.id.clone(), one.entity.clone())))?;
    state.incident_now(&incident)?.entity(&entity).map(std::borrow::Cow::into_owned)
}

/// Copying it, and judging it in every incident at once.
#[component]
fn Actions(there: Memo<Vec<There>>) -> impl IntoView {
    let words = use_words();
    let texts = &words.entities;
    let state = use_state();
    let name = Signal::derive(move || there.with(|there| there.first().map(|one| one.name.clone())));
    let copies = move || {
        let (kind, name) = there.with(|there| there.first().map(|one| (one.kind, one.name.clone())))?;
        let safe = safe_name(kind, &name);
        let defanged = (safe != name).then(|| {
            view! { <CopyButton text=safe label=words.incident.copy_defanged/> }
        });
        let label = if defanged.is_some() { words.incident.copy_live } else { words.incident.copy_name };
        Some(view! {
            {defanged}
            <CopyButton text=name label/>
        })
    };
    let judge = move |verdict: Verdict| {
        let places: Vec<(IncidentId, EntityId)> = there.with_untracked(|there| {
            let open = there.iter().filter(|one| one.verdict != verdict);
            open.map(|one| (one.row.id.clone(), one.entity.clone())).collect()
        });
        let incidents: std::collections::BTreeSet<_> = places.iter().map(|(id, _)| id.clone()).collect();
        let each = places.iter().filter_map(|(incident, entity)| {
            let incident = state.incident_now(incident)?;
            Some(acts::set_entity(&incident, entity, &EntityField::Verdict(verdict.clone())))
        });
        let act = Act::All(each.collect());
        state.act_and_say(act, (texts.marked_everywhere)(incidents.len()));
    };
    let cannot = move |verdict: Verdict| {
        let read_only = state.is_read_only();
        Signal::derive(move || {
            read_only.get() || there.with(|there| there.iter().all(|one| one.verdict == verdict))
        })
    };
    view! {
        <Show when=move || name.with(Option::is_some)>
            {copies}
            <Button
                label=texts.mark_clean
                icon=Icon::Check
                disabled=cannot(Verdict::NoThreatsFound)
                on_press=move || judge(Verdict::NoThreatsFound)
            />
            <Button
                label=texts.mark_malicious
                icon=Icon::High
                kind=ButtonKind::Primary
                disabled=cannot(Verdict::Malicious)
                on_press=move || judge(Verdict::Malicious)
            />
        </Show>
    }
}

/// Every incident in which it occurs.
#[component]
fn Incidents(there: Memo<Vec<There>>) -> impl IntoView {
    let texts = &use_words().entities;
    let ids = Memo::new(move |_| there.with(|there| there.iter().map(There::key).collect::<Vec<_>>()));
    let columns = vec![
        Column::new("incident", texts.incident).wide(),
        Column::new("verdict", texts.verdict_there),
        Column::new("alerts", texts.alerts_there).numeric().optional(),
        Column::new("first", texts.first_seen).optional(),
        Column::new("last", texts.last_seen),
    ];
    view! {
        <section class="stack">
            <h2>{texts.incidents}</h2>
            <DataTable caption=texts.incidents columns ids cells=move |key: String| cells(there, &key)/>
        </section>
    }
}

fn cells(there: Memo<Vec<There>>, key: &str) -> Vec<AnyView> {
    let texts = &use_words().entities;
    let key = key.to_owned();
    let one = Memo::new(move |_| there.with(|there| there.iter().find(|one| one.key() == key).cloned()));
    let first_name = Memo::new(move |_| there.with(|there| there.first().map(|one| one.name.clone())));
    let incident = move || {
        let one = one.get()?;
        let other_name = first_name.with(|name| name.as_ref() != Some(&one.name));
        let known_as = other_name.then(|| format!("{}: {}", texts.known_as, safe_name(one.kind, &one.name)));
        Some(view! {
            <span class="incident-row-name">
                <a class="truncate" href=one.address() title=one.row.name.clone()>{one.row.name.clone()}</a>
                <span class="cluster muted">
                    <SeverityTerm severity=one.row.severity.clone()/>
                    <StatusTerm status=one.row.status.clone()/>
                    {known_as}
                </span>
            </span>
        })
    };
    let verdict = move || {
        one.get().map(|one| {
            view! {
                <span class="cluster">
                    <VerdictTerm verdict=one.verdict/>
                    <RemediationTerm status=one.remediation/>
                </span>
            }
        })
    };
    let time = move |pick: fn((i64, i64)) -> i64| {
        move || one.get().and_then(|one| one.seen).map(|seen| view! { <Time at=pick(seen)/> })
    };
    vec![
        incident.into_any(),
        verdict.into_any(),
        (move || one.get().map(|one| one.alerts)).into_any(),
        time(|(first, _)| first).into_any(),
        time(|(_, last)| last).into_any(),
    ]
}

/// What is known of it.
#[component]
fn Known(entity: Entity, there: Memo<Vec<There>>) -> impl IntoView {
    let words = use_words();
    let texts = &words.entities;
    let span = there.with_untracked(|there| {
        let times = || there.iter().filter_map(|one| one.seen);
        Some((times().map(|(first, _)| first).min()?, times().map(|(_, last)| last).max()?))
    });
    let span = span.map(|(first, last)| {
        view! {
            <Fact name=texts.first_seen><Time at=first/></Fact>
            <Fact name=texts.last_seen><Time at=last/></Fact>
        }
    });
    let is_local = entity.facts.recognised_by().is_empty();
    let note = (!entity.note.is_empty()).then(|| {
        view! {
            <section>
                <h2>{texts.notes_there}</h2>
                <p class="incident-text">{entity.note.clone()}</p>
            </section>
        }
    });
    view! {
        <section class="panel">
            <h2>{texts.facts}</h2>
            {is_local.then(|| view! { <p class="muted">{texts.local}</p> })}
            <DescriptionList><EntityFacts entity=entity.clone()/> {span}</DescriptionList>
        </section>
        {note}
    }
}
