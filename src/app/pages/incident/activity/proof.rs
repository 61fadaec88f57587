//! Under the log: where its chains end, and checking that nothing was changed in it.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::here::use_here,
        parts::{
            badge::Tone,
            banner::Banner,
            button::{Button, ButtonKind},
            copy_button::CopyButton,
            icon::Icon,
            time::{TimeStyle, format_time},
        },
        prefs::{use_prefs, use_words},
    },
    model::{
        Link, Time,
        chain::{self, Verified},
    },
};

/// The head of each chain, whether each entry shows its hash, and the check.
#[component]
pub fn LogProof(
    /// Whether each entry shows its hash.
    hashes: RwSignal<bool>,
) -> impl IntoView {
    let here = use_here();
    let texts = &use_words().proof;
    let heads = here.slice(|incident| {
        let heads = chain::heads(&incident.activity);
        heads.into_iter().map(|(copy, head)| (copy.clone(), head)).collect::<Vec<_>>()
    });
    // What was found is about the log as it was; with the next entry it is no longer said.
    let length = here.slice(|incident| incident.activity.len());
    let found: RwSignal<Option<Verified>> = RwSignal::new(None);
    Effect::new(move |before: Option<usize>| {
        let now = length.get();
        if before.is_some_and(|before| before != now) {
            found.set(None);
        }
        now
    });
    let verify = move || found.set(here.now(chain::verify_incident));
    let label =
        Signal::derive(move || if hashes.get() { texts.hide_hashes } else { texts.show_hashes }.to_owned());
    let head = move |(copy, head): (_, chain::Fingerprint)| {
        let label = if heads.with(Vec::len) == 1 {
            texts.head.to_owned()
        } else {
            (texts.head_of)(&format!("{copy}"))
        };
        view! {
            <li class="cluster">
                <span>{label}</span>
                <code title=head.to_string()>{head.short()}</code>
                <CopyButton text=head.to_string() label=texts.copy_head icon_only=true/>
            </li>
        }
    };
    view! {
        <section class="incident-proof" aria-label=texts.title>
            <Show when=move || !heads.with(Vec::is_empty) fallback=move || view! { <p>{texts.no_head}</p> }>
                <ul class="incident-heads">{move || heads.get().into_iter().map(head).collect_view()}</ul>
            </Show>
            <div class="cluster">
                <Button
                    label
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || hashes.update(|shown| *shown = !*shown)
                />
                <Button label=texts.verify icon=Icon::Check small=true on_press=verify/>
            </div>
            <div class="incident-found" role="status">
                {move || found.get().map(|found| view! { <Found found/> })}
            </div>
        </section>
    }
}

/// What checking has found.
#[component]
fn Found(found: Verified) -> impl IntoView {
    let words = use_words();
    let texts = &words.proof;
    let zone = use_prefs().zone().get_untracked();
    let time = |at: &Time| format_time(at.millis(), words.lang, zone, TimeStyle::Second);
    if found.faults.is_empty() {
        let (tone, title) =
            if found.before == 0 { (Tone::Success, texts.fits) } else { (Tone::Accent, texts.title) };
        return view! { <Banner tone title>{texts.found(&found)}</Banner> }.into_any();
    }
    let faults: Vec<_> =
        found.faults.iter().map(|fault| view! { <p>{texts.fault(fault, &time)}</p> }).collect();
    view! {
        <Banner tone=Tone::Danger title=texts.does_not_fit>
            {faults}
            <p>{texts.what_then}</p>
        </Banner>
    }
    .into_any()
}

/// An entry's own hash, on demand.
#[component]
pub fn Hash(
    /// Its place in a chain.
    link: Option<Link>,
    /// Whether it is asked for.
    hashes: RwSignal<bool>,
) -> impl IntoView {
    let hash = link.map(|link| link.hash.to_string());
    move || hashes.get().then(|| hash.clone().map(|hash| view! { <code class="incident-hash">{hash}</code> }))
}
