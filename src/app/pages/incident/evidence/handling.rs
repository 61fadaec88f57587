//! Records what happened to an evidence item: who handed it to whom and why, where it went, what was done with it.

use leptos::prelude::*;

use super::detail::Task;
use crate::{
    app::{
        pages::incident::here::{Here, use_here},
        parts::{
            button::{Button, ButtonKind},
            combobox::Combobox,
            field::{InputKind, Select, TextArea, TextField},
            moment::{read_moment, write_moment},
        },
        prefs::{Zone, use_prefs, use_words},
    },
    model::{CustodyEvent, EvidenceId, Handling},
    notebook::{Act, custody::custody},
};

/// The kinds of handling that a person records; a check of the hash records itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    HandedOver,
    Moved,
    Copied,
    Examined,
    Returned,
    Destroyed,
    Collected,
}

impl Kind {
    /// What stands under "More".
    const OTHERS: [Self; 5] =
        [Self::Copied, Self::Examined, Self::Returned, Self::Destroyed, Self::Collected];

    const fn code(self) -> &'static str {
        match self {
            Self::HandedOver => "handedOver",
            Self::Moved => "moved",
            Self::Copied => "copied",
            Self::Examined => "examined",
            Self::Returned => "returned",
            Self::Destroyed => "destroyed",
            Self::Collected => "collected",
        }
    }

    fn parse(code: &str) -> Self {
        Self::OTHERS.into_iter().find(|kind| kind.code() == code).unwrap_or(Self::Copied)
    }

    const fn label(self, texts: &'static crate::words::evidence::Evidence) -> &'static str {
        match self {
            Self::HandedOver => texts.hand_over,
            Self::Moved => texts.move_it,
            Self::Copied => texts.copied,
            Self::Examined => texts.examined,
            Self::Returned => texts.returned,
            Self::Destroyed => texts.destroyed,
            Self::Collected => texts.collected,
        }
    }

    /// Whether it goes to somebody.
    const fn has_receiver(self) -> bool {
        matches!(self, Self::HandedOver | Self::Returned)
    }

    /// Whether it may go somewhere.
    const fn has_place(self) -> bool {
        matches!(self, Self::HandedOver | Self::Moved | Self::Collected)
    }

    const fn needs_place(self) -> bool {
        matches!(self, Self::Moved | Self::Collected)
    }
}

/// What is filled in.
#[derive(Clone, Copy)]
struct Draft {
    kind: RwSignal<Kind>,
    by: RwSignal<String>,
    to: RwSignal<String>,
    at: RwSignal<String>,
    kept_at: RwSignal<String>,
    why: RwSignal<String>,
}

/// The form.
#[component]
pub fn HandlingForm(
    /// Of which item.
    id: EvidenceId,
    /// What is to be recorded.
    task: Task,
    /// Called when it is recorded, or left.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.evidence;
    let prefs = use_prefs();
    let (kind, title) = match task {
        Task::HandOver => (Kind::HandedOver, texts.hand_over),
        Task::Move => (Kind::Moved, texts.move_it),
        _ => (Kind::Copied, texts.other),
    };
    let draft = Draft {
        kind: RwSignal::new(kind),
        by: RwSignal::new(first_by(here, &id, kind)),
        to: RwSignal::new(String::new()),
        at: RwSignal::new(write_moment(&here.state().now(), prefs)),
        kept_at: RwSignal::new(String::new()),
        why: RwSignal::new(String::new()),
    };
    let tried = RwSignal::new(false);
    let missing = move |text: RwSignal<String>, when: fn(Kind) -> bool, said: &'static str| {
        Signal::derive(move || {
            let missing = when(draft.kind.get()) && text.with(|text| text.trim().is_empty());
            (tried.get() && missing).then(|| said.to_owned())
        })
    };
    let bad_time = Signal::derive(move || {
        (tried.get() && draft.at.with(|text| read_moment(text, prefs).is_none()))
            .then(|| texts.time_missing.to_owned())
    });
    let stored = StoredValue::new(id.clone());
    let save = move || {
        tried.set(true);
        let at = draft.at.with_untracked(|text| read_moment(text, prefs));
        let event = at.and_then(|at| untrack(|| to_event(here, draft, &stored.get_value(), at)));
        if let Some(event) = event
            && here.act(|incident, _| Act::Custody(incident.id.clone(), stored.get_value(), event))
        {
            on_done.run(());
        }
    };
    let others = Kind::OTHERS.map(|kind| (kind.code().to_owned(), kind.label(texts).to_owned())).to_vec();
    let choice = (task == Task::Other).then(|| {
        view! {
            <Select
                label=texts.handling
                value=Signal::derive(move || draft.kind.get().code().to_owned())
                options=others
                on_change=move |code: String| {
                    let kind = Kind::parse(&code);
                    draft.kind.set(kind);
                    draft.by.set(first_by(here, &stored.get_value(), kind));
                }
            />
        }
    });
    let people = here.people();
    view! {
        <section class="panel evidence-task" aria-label=title>
            <h3>{title}</h3>
            <div class="evidence-fields">
                {choice}
                <Combobox
                    label=Signal::derive(move || match draft.kind.get() {
                        Kind::HandedOver => texts.released_by.to_owned(),
                        Kind::Collected => texts.collected_by.to_owned(),
                        _ => texts.done_by.to_owned(),
                    })
                    value=draft.by
                    suggestions=people
                    error=missing(draft.by, |_| true, texts.who_missing)
                    on_commit=move |text| draft.by.set(text)
                />
                <Show when=move || draft.kind.get().has_receiver()>
                    <Combobox
                        label=texts.received_by
                        value=draft.to
                        suggestions=people
                        error=missing(draft.to, Kind::has_receiver, texts.who_missing)
                        on_commit=move |text| draft.to.set(text)
                    />
                </Show>
                <TextField
                    label=Signal::derive(move || match prefs.zone().get() {
                        Zone::Utc => texts.at_utc.to_owned(),
                        Zone::Local => texts.at.to_owned(),
                    })
                    kind=InputKind::DateTime
                    value=draft.at
                    error=bad_time
                    on_input=move |text| draft.at.set(text)
                />
                <Show when=move || draft.kind.get().has_place()>
                    <TextField
                        label=texts.new_place
                        value=draft.kept_at
                        placeholder=if kind == Kind::HandedOver { texts.same_place } else { texts.kept_at_example }
                        error=missing(draft.kept_at, Kind::needs_place, texts.place_missing)
                        on_input=move |text| draft.kept_at.set(text)
                    />
                </Show>
            </div>
            <TextArea
                label=texts.why
                value=draft.why
                rows=2
                error=missing(draft.why, needs_reason, texts.reason_missing)
                on_input=move |text| draft.why.set(text)
            />
            <div class="incident-form-actions">
                <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || on_done.run(())/>
                <Button label=texts.record kind=ButtonKind::Primary on_press=save/>
            </div>
        </section>
    }
}

/// Who probably did it: whoever has the item releases it, anything else is done by whoever writes it down.
fn first_by(here: Here, id: &EvidenceId, kind: Kind) -> String {
    let holder = here.now(|incident| custody(incident, id).holder.to_owned()).unwrap_or_default();
    if kind.has_receiver() && !holder.is_empty() { holder } else { here.state().author() }
}

fn needs_reason(kind: Kind) -> bool {
    matches!(kind, Kind::HandedOver | Kind::Destroyed)
}

/// What is filled in as an event; none where something is missing, which the fields say.
fn to_event(here: Here, draft: Draft, id: &EvidenceId, at: crate::model::Time) -> Option<CustodyEvent> {
    let text = |signal: RwSignal<String>| signal.with(|text| text.trim().to_owned());
    let (kind, by, to) = (draft.kind.get(), text(draft.by), text(draft.to));
    let (kept_at, why) = (text(draft.kept_at), text(draft.why));
    let lacks = by.is_empty()
        || kind.has_receiver() && to.is_empty()
        || kind.needs_place() && kept_at.is_empty()
        || needs_reason(kind) && why.is_empty();
    if lacks {
        return None;
    }
    let handling = match kind {
        Kind::HandedOver => Handling::HandedOver { to, kept_at },
        Kind::Moved => Handling::Moved { kept_at },
        Kind::Copied => Handling::Copied,
        Kind::Examined => Handling::Examined,
        Kind::Returned => Handling::Returned { to },
        Kind::Destroyed => Handling::Destroyed,
        Kind::Collected => {
            let sha256 = here.now(|incident| incident.evidence.get(id).map(|item| item.sha256.clone()));
            Handling::Collected { kept_at, sha256: sha256.flatten().unwrap_or_default() }
        }
    };
    Some(CustodyEvent { at, by, handling, why })
}
