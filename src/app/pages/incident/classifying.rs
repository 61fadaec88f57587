//! What an incident turned out to be: classification, and the determinations that go with it.

use leptos::prelude::*;

use super::here::use_here;
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            dialog::Dialog,
            field::Select,
        },
        prefs::use_words,
    },
    model::{
        IncidentField,
        taxonomy::{Classification, Determination},
    },
    notebook::{Act, acts},
};

/// A classification and a determination that are being chosen.
#[derive(Clone, Copy)]
pub struct Choice {
    /// The classification.
    pub classification: RwSignal<Classification>,
    /// The determination.
    pub determination: RwSignal<Determination>,
}

impl Choice {
    /// A choice of nothing yet.
    pub fn new() -> Self {
        Self {
            classification: RwSignal::new(Classification::Unknown),
            determination: RwSignal::new(Determination::Unknown),
        }
    }

    /// Shows what is the case now.
    pub fn show(self, classification: Classification, determination: Determination) {
        self.classification.set(classification);
        self.determination.set(determination);
    }
}

/// The two fields. A new classification takes a determination that it does not offer away.
#[component]
pub fn ClassificationFields(
    /// What is being chosen.
    choice: Choice,
    /// What is wrong with the classification.
    #[prop(optional, into)]
    classification_error: Signal<Option<String>>,
    /// What is wrong with the determination.
    #[prop(optional, into)]
    determination_error: Signal<Option<String>>,
) -> impl IntoView {
    let words = use_words();
    let classes: Vec<_> = Classification::ALL
        .iter()
        .map(|class| (class.code().to_owned(), words.vocabulary.classification(class).into_owned()))
        .collect();
    let determinations = Signal::derive(move || {
        let offered = choice.classification.with(Classification::determinations);
        let unknown = [Determination::Unknown];
        let with_unknown = unknown.iter().chain(offered.iter().filter(|one| **one != Determination::Unknown));
        with_unknown
            .map(|one| (one.code().to_owned(), words.vocabulary.determination(one).into_owned()))
            .collect::<Vec<_>>()
    });
    view! {
        <Select
            label=words.incident.classification
            value=Signal::derive(move || choice.classification.with(|class| class.code().to_owned()))
            options=classes
            error=classification_error
            on_change=move |code: String| {
                let class = Classification::parse(&code);
                if !choice.determination.with_untracked(|one| class.determinations().contains(one)) {
                    choice.determination.set(Determination::Unknown);
                }
                choice.classification.set(class);
            }
        />
        <Select
            label=words.incident.determination
            value=Signal::derive(move || choice.determination.with(|one| one.code().to_owned()))
            options=determinations
            error=determination_error
            on_change=move |code: String| choice.determination.set(Determination::parse(&code))
        />
    }
}

/// The dialog that classifies the incident without resolving it.
#[component]
pub fn ClassifyDialog() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let open = here.dialogs.classify;
    let choice = Choice::new();
    Effect::new(move |_| {
        if open.get() {
            here.now(|incident| {
                choice.show(incident.classification.clone(), incident.determination.clone());
            });
        }
    });
    let save = move || {
        let id = here.id();
        let fields = [
            IncidentField::Classification(choice.classification.get_untracked()),
            IncidentField::Determination(choice.determination.get_untracked()),
        ];
        let changed =
            |field: &IncidentField| here.now(|incident| field.of(incident) != *field).unwrap_or(false);
        let sets: Vec<Act> = fields.into_iter().filter(changed).map(|field| acts::set(&id, field)).collect();
        if sets.is_empty() || here.state().act(Act::All(sets)) {
            open.set(false);
        }
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button label=words.incident.save kind=ButtonKind::Primary on_press=save/>
        }
    };
    view! {
        <Dialog open title=words.incident.classify actions>
            <ClassificationFields choice/>
            <p class="muted">{words.incident.classify_hint}</p>
        </Dialog>
    }
}
