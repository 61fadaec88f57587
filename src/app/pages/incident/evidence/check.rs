//! Checks an evidence item: its file is hashed anew and compared, and what comes of it is recorded.

use leptos::prelude::*;

use super::files::{FileList, Files, Hashing};
use crate::{
    app::{
        hashing::Fingerprint,
        pages::incident::here::{Here, use_here},
        parts::{
            badge::Tone,
            banner::Banner,
            button::{Button, ButtonKind},
            description_list::{DescriptionList, Fact},
            file_zone::FileZone,
        },
        prefs::use_words,
    },
    model::{CustodyEvent, EvidenceField, EvidenceId, Handling},
    notebook::Act,
};

/// What a check came to.
#[derive(Clone, PartialEq)]
struct Outcome {
    expected: String,
    found: String,
}

/// Where the file comes again.
#[component]
pub fn HashCheck(
    /// Of which item.
    id: EvidenceId,
    /// Called when the person has seen it.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.evidence;
    let files = Files::new();
    let outcome = RwSignal::new(None::<Outcome>);
    let known = Memo::new(move |_| {
        files.list.with(|list| {
            list.last().and_then(|chosen| match chosen.state.get() {
                Hashing::Done(found) => Some(found),
                _ => None,
            })
        })
    });
    // One file, one entry: the effect runs once for each fingerprint that becomes known.
    Effect::new(move |_| {
        if let Some(found) = known.get() {
            outcome.set(untrack(|| record(here, &id, &found)));
        }
    });
    view! {
        <section class="panel evidence-task" aria-label=texts.check_hash>
            <h3>{texts.check_hash}</h3>
            <FileZone
                title=texts.check_drop
                hint=texts.check_hint
                button=texts.choose_file
                on_files=move |chosen| {
                    outcome.set(None);
                    files.clear();
                    files.take(chosen);
                }
            />
            <FileList files/>
            {move || outcome.get().map(|outcome| view! { <Result outcome/> })}
            <div class="incident-form-actions">
                <Button label=words.parts.close kind=ButtonKind::Ghost on_press=move || on_done.run(())/>
            </div>
        </section>
    }
}

/// Records the check. Where no hash was known, this one becomes the item's.
fn record(here: Here, id: &EvidenceId, found: &Fingerprint) -> Option<Outcome> {
    let expected =
        here.now(|incident| incident.evidence.get(id).map(|item| item.sha256.clone())).flatten()?;
    let (by, at) = (here.state().author(), here.state().now());
    let handling = Handling::HashChecked { sha256: found.sha256.clone(), expected: expected.clone() };
    let event = CustodyEvent { at, by, handling, why: String::new() };
    let done = here.act(|incident, _| {
        let set = |field| Act::SetEvidence(incident.id.clone(), id.clone(), field);
        let mut acts = vec![Act::Custody(incident.id.clone(), id.clone(), event)];
        if expected.is_empty() {
            acts.push(set(EvidenceField::Sha256(found.sha256.clone())));
            acts.push(set(EvidenceField::Size(Some(found.size))));
        }
        Act::All(acts)
    });
    done.then(|| Outcome { expected, found: found.sha256.clone() })
}

#[component]
fn Result(outcome: Outcome) -> impl IntoView {
    let texts = &use_words().evidence;
    let Outcome { expected, found } = outcome;
    let (tone, title) = match expected.as_str() {
        "" => (Tone::Informational, texts.nothing_to_compare),
        expected if expected == found => (Tone::Success, texts.matches),
        _ => (Tone::Danger, texts.differs),
    };
    let differs = (!expected.is_empty() && expected != found).then(|| {
        view! {
            <DescriptionList>
                <Fact name=texts.should_be><code class="evidence-hash">{expected}</code></Fact>
                <Fact name=texts.is_now><code class="evidence-hash">{found}</code></Fact>
            </DescriptionList>
        }
    });
    view! { <Banner tone title alert=true>{differs}</Banner> }
}
