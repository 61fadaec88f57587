//! What a step says: why, how, where in the portal, the hunting query and the source.

use leptos::prelude::*;

use super::query::HuntingQuery;
use crate::{
    app::prefs::use_words,
    model::Entity,
    playbooks::{Block, Span, Step, blocks},
};

/// A step of the library, read in full.
#[component]
pub fn Instructions(
    /// The step.
    step: &'static Step,
    /// The entities that its query can be filled in from.
    #[prop(optional, into)]
    linked: Signal<Vec<Entity>>,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.checklist;
    let (said, facts) = (step.words(words.lang), step.facts());
    let foreign = said.language != words.lang;
    view! {
        <div class="instructions">
            {foreign.then(|| view! { <p class="muted">{texts.only_english}</p> })}
            <div class="instructions-said" lang=foreign.then(|| said.language.code())>
                <Labelled label=texts.why><p>{said.why}</p></Labelled>
                <Labelled label=texts.how><How text=said.how/></Labelled>
            </div>
            {facts
                .portal
                .map(|portal| {
                    view! { <Labelled label=texts.portal><p>{portal.replace(" > ", " › ")}</p></Labelled> }
                })}
            {facts.query.map(|query| view! { <HuntingQuery query linked/> })}
            <p class="instructions-source">{format!("{}: {}", texts.source, facts.source)}</p>
        </div>
    }
}

/// A text under a small label.
#[component]
pub fn Labelled(
    /// What the text is.
    label: &'static str,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="labelled">
            <p class="labelled-label">{label}</p>
            {children()}
        </div>
    }
}

/// Instructions as paragraphs, lists and code.
#[component]
pub fn How(
    /// The plain text they are written in.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let spans = |spans: Vec<Span<'_>>| {
        spans
            .into_iter()
            .map(|span| match span {
                Span::Text(text) => text.to_owned().into_any(),
                Span::Code(code) => view! { <code>{code.to_owned()}</code> }.into_any(),
            })
            .collect_view()
    };
    let shown: Vec<AnyView> = blocks(&text)
        .into_iter()
        .map(|block| match block {
            Block::Paragraph(said) => view! { <p>{spans(said)}</p> }.into_any(),
            Block::List(items) => {
                let items = items.into_iter().map(|item| view! { <li>{spans(item)}</li> }).collect_view();
                view! { <ul class="instructions-list">{items}</ul> }.into_any()
            }
        })
        .collect();
    view! { <div class="instructions-how">{shown}</div> }
}
