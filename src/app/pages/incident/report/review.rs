//! What the post-incident review asks, each answer saved when its field is left.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::here::use_here,
        parts::{button::Button, field::TextArea, icon::Icon, time::Time as TimeView},
        prefs::use_words,
    },
    model::{Clock, IncidentField, ReviewAnswers},
    notebook::Act,
};

/// One question: its field's stable name, where its answer stands, and the field that sets it.
type Question = (&'static str, fn(&ReviewAnswers) -> &String, fn(String) -> IncidentField);

const QUESTIONS: [Question; 5] = [
    ("reviewWhatHappened", |answers| &answers.what_happened, IncidentField::ReviewWhatHappened),
    ("reviewWentWell", |answers| &answers.went_well, IncidentField::ReviewWentWell),
    ("reviewWentBadly", |answers| &answers.went_badly, IncidentField::ReviewWentBadly),
    ("reviewDoDifferently", |answers| &answers.do_differently, IncidentField::ReviewDoDifferently),
    ("reviewPrevention", |answers| &answers.prevention, IncidentField::ReviewPrevention),
];

/// The questions.
#[component]
pub fn Review() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let answers = here.slice(|incident| incident.review.clone());
    let reviewed = here.slice(|incident| incident.clocks.reviewed.clone());
    let question = move |(name, read, make): Question| {
        view! {
            <TextArea
                label=words.fields.settable(name).into_owned()
                value=Signal::derive(move || answers.with(|answers| read(answers).clone()))
                rows=2
                disabled=here.cannot_write()
                on_commit=move |text: String| {
                    here.set(make(text.trim().to_owned()));
                }
            />
        }
    };
    let finish = move || {
        here.act(|incident, now| {
            Act::SetIncident(incident.id.clone(), Clock::Reviewed.field(Some(now.clone())))
        });
    };
    let state = move || match reviewed.get() {
        Some(at) => view! {
            <p class="muted">
                {words.vocabulary.clock(Clock::Reviewed)}
                " "
                <TimeView at=at.millis() original=at.text().to_owned()/>
            </p>
        }
        .into_any(),
        None => view! {
            <div>
                <Button
                    label=texts.mark_reviewed
                    icon=Icon::Check
                    disabled=here.cannot_write()
                    on_press=finish
                />
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="panel stack" aria-labelledby="incident-review">
            <div>
                <h2 id="incident-review">{texts.review}</h2>
                <p class="muted">{texts.review_hint}</p>
            </div>
            {QUESTIONS.map(question).collect_view()}
            {state}
        </section>
    }
}
