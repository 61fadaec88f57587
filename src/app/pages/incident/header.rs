//! The head of the page: what the incident is called, where it comes from, how it stands and who has it.

use leptos::{html, prelude::*};

use super::{
    acting::HeaderActions,
    here::{Here, use_here},
    path::Path,
    tags::Tags,
};
use crate::{
    analysis::priority::Band,
    app::{
        actions::Action,
        parts::{
            assignee::Assignee,
            button::{Button, ButtonKind},
            icon::{Icon, IconView},
            menu::Menu,
            page_header::PageHeader,
            portal_link::PortalLink,
            terms::{band_tone, severity_tone, status_stage},
        },
        prefs::use_words,
    },
    model::{
        IncidentField,
        taxonomy::{Classification, Determination, Severity, Status},
    },
    notebook::acts,
};

/// The head of the page.
#[component]
pub fn Header(
    /// Whether the name is being changed.
    renaming: RwSignal<bool>,
) -> impl IntoView {
    let here = use_here();
    let words = &use_words().incident;
    let name = here.slice(|incident| incident.name.clone());
    let rename = move || {
        view! {
            <Button
                label=words.rename
                icon=Icon::Edit
                icon_only=true
                small=true
                kind=ButtonKind::Ghost
                disabled=here.cannot_write()
                on_press=move || renaming.set(true)
            />
        }
    };
    view! {
        <div class="incident-head">
            <PageHeader
                title=name
                beside=rename
                subtitle=move || view! { <Origins/> }
                actions=move || view! { <HeaderActions/> }
            />
            <Show when=move || renaming.get()>
                <NameForm renaming/>
            </Show>
            <div class="incident-facts">
                <PriorityFact/>
                <SeverityFact/>
                <StatusFact/>
                <ClassificationFact/>
                <AssigneeFact/>
                <Tags/>
            </div>
            <Path/>
        </div>
    }
}

/// A field under the heading, for as long as the name is being changed.
#[component]
fn NameForm(renaming: RwSignal<bool>) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let input: NodeRef<html::Input> = NodeRef::new();
    let text = RwSignal::new(here.now(|incident| incident.name.clone()).unwrap_or_default());
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
            input.select();
        }
    });
    let close = move || {
        renaming.set(false);
        request_animation_frame(|| crate::app::browser::focus("#main h1"));
    };
    let save = move || {
        let name = text.get_untracked().trim().to_owned();
        if !name.is_empty() {
            here.set(IncidentField::Name(name));
            close();
        }
    };
    view! {
        <form
            class="incident-rename"
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <label class="visually-hidden" for="incident-name">{words.incident.name}</label>
            <input
                class="input"
                id="incident-name"
                node_ref=input
                required=true
                maxlength="1000"
                autocomplete="off"
                prop:value=move || text.get()
                on:input:target=move |event| text.set(event.target().value())
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        close();
                    }
                }
            />
            <Button label=words.incident.save submit=true kind=ButtonKind::Primary on_press=|| {}/>
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=close/>
        </form>
    }
}

/// What the outside world calls it, and the way there.
#[component]
fn Origins() -> impl IntoView {
    let here = use_here();
    let words = &use_words().incident;
    let origins = here.slice(|incident| {
        incident.origins.iter().map(|origin| (origin.system.clone(), origin.id.clone())).collect::<Vec<_>>()
    });
    let link = here.slice(|incident| incident.link.clone());
    let by_hand = move || origins.with(Vec::is_empty).then_some(words.written_by_hand);
    let named = move || {
        let texts: Vec<String> =
            origins.get().iter().map(|(system, id)| (words.origin)(system, id)).collect();
        texts.join(" · ")
    };
    view! {
        <span class="cluster">
            <span>{by_hand} {named}</span>
            {move || link.get().map(|link| view! { <PortalLink address=link label=words.open_in_portal/> })}
        </span>
    }
}

#[component]
fn FactFrame(
    name: &'static str,
    #[prop(optional, into)] tone: Signal<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="incident-fact" role="group" aria-label=name data-tone=move || tone.get()>
            <span class="incident-fact-name" aria-hidden="true">{name}</span>
            {children()}
        </div>
    }
}

#[component]
fn PriorityFact() -> impl IntoView {
    let here = use_here();
    let words = &use_words().incident;
    let urgency = here.urgency();
    let parts = move || {
        urgency.with(|urgency| {
            let known = urgency.as_ref();
            known.map_or((0, Band::Low, false), |found| (found.value, found.band(), found.computed.is_some()))
        })
    };
    let label = Signal::derive(move || {
        let (value, band, own) = parts();
        let text = (words.priority_of)(value, &(words.band)(band));
        if own { format!("{text} · {}", words.overruled) } else { text }
    });
    let tone = Signal::derive(move || band_tone(parts().1).name());
    view! {
        <FactFrame name=words.priority tone>
            <Button
                label
                icon=Icon::Insights
                kind=ButtonKind::Ghost
                on_press=move || here.dialogs.priority.set(true)
                attr:aria-haspopup="dialog"
            />
        </FactFrame>
    }
}

#[component]
fn SeverityFact() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let severity = here.slice(|incident| Some(incident.severity.clone()));
    let current = move || severity.get().unwrap_or(Severity::Unknown);
    let choose = |value: &'static Severity, id: &'static str| {
        let label = words.vocabulary.severity(value).into_owned();
        Action::new(id, label, severity_tone(value).severity_icon(), move || {
            here.set(IncidentField::Severity(value.clone()));
        })
        .checked(Signal::derive(move || current() == *value))
        .when(here.can_write())
    };
    let ids =
        ["severity.unknown", "severity.informational", "severity.low", "severity.medium", "severity.high"];
    let actions = Severity::ALL.iter().zip(ids).rev().map(|(value, id)| choose(value, id)).collect();
    let lead = move || {
        view! { {move || view! { <IconView icon=severity_tone(&current()).severity_icon()/> }} }
    };
    view! {
        <FactFrame
            name=words.incident.severity
            tone=Signal::derive(move || severity_tone(&current()).name())
        >
            <Menu
                label=Signal::derive(move || words.vocabulary.severity(&current()).into_owned())
                lead
                actions
            />
        </FactFrame>
    }
}

#[component]
fn StatusFact() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let status = here.slice(|incident| Some(incident.status.clone()));
    let current = move || status.get().unwrap_or(Status::Active);
    let choose = |value: &'static Status, id: &'static str, icon| {
        let label = words.vocabulary.status(value).into_owned();
        Action::new(id, label, icon, move || {
            if *value == Status::Resolved {
                here.dialogs.resolve.set(true);
            } else {
                set_status(here, value);
            }
        })
        .checked(Signal::derive(move || current() == *value))
        .when(here.can_write())
    };
    let actions = vec![
        choose(&Status::Active, "status.active", Icon::Bell),
        choose(&Status::InProgress, "status.in-progress", Icon::Clock),
        choose(&Status::AwaitingAction, "status.awaiting", Icon::User),
        choose(&Status::Resolved, "status.resolved", Icon::Check),
    ];
    let lead = move || {
        let stage = move || match status_stage(&current()) {
            crate::app::parts::badge::Stage::New => "new",
            crate::app::parts::badge::Stage::Active => "active",
            crate::app::parts::badge::Stage::Done => "done",
            crate::app::parts::badge::Stage::Closed => "closed",
        };
        view! { <span class="status" data-stage=stage><span class="status-dot" aria-hidden="true"></span></span> }
    };
    view! {
        <FactFrame name=words.incident.status>
            <Menu
                label=Signal::derive(move || words.vocabulary.status(&current()).into_owned())
                lead
                actions
            />
        </FactFrame>
    }
}

fn set_status(here: Here, status: &Status) {
    if here.now(|incident| incident.status != *status).unwrap_or(false) {
        here.act(|incident, now| acts::set_status(incident, status.clone(), now));
    }
}

#[component]
fn ClassificationFact() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let found =
        here.slice(|incident| Some((incident.classification.clone(), incident.determination.clone())));
    let label = Signal::derive(move || {
        let (classification, determination) =
            found.get().unwrap_or((Classification::Unknown, Determination::Unknown));
        let class = words.vocabulary.classification(&classification).into_owned();
        match determination {
            Determination::Unknown => class,
            other => format!("{class} · {}", words.vocabulary.determination(&other)),
        }
    });
    view! {
        <FactFrame name=words.incident.classification>
            <Button
                label
                icon=Icon::Shield
                kind=ButtonKind::Ghost
                disabled=here.cannot_write()
                on_press=move || here.dialogs.classify.set(true)
                attr:aria-haspopup="dialog"
            />
        </FactFrame>
    }
}

#[component]
fn AssigneeFact() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let assignee = here.slice(|incident| incident.assignee.clone());
    view! {
        <FactFrame name=words.incident.assignee>
            <button
                type="button"
                class="button"
                data-kind="ghost"
                aria-haspopup="dialog"
                disabled=here.cannot_write()
                on:click=move |_| here.dialogs.assign.set(true)
            >
                {move || view! { <Assignee name=assignee.get()/> }}
            </button>
        </FactFrame>
    }
}
