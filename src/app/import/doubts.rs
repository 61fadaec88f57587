//! Values that look like an indicator and may as well be something else: the person says what each is.

use leptos::prelude::*;

use super::questions::Of;
use crate::{
    app::{
        parts::{disclosure::Disclosure, field::Select},
        prefs::use_words,
    },
    formats::{Doubtful, Taken, defang::defang},
};

/// The most that are shown; the rest stays out, and is counted.
const SHOWN: usize = 100;

/// The doubtful values of a source.
#[component]
pub fn Doubts<'a>(
    /// Whose they are.
    of: Of,
    /// The values.
    doubts: &'a [Doubtful],
) -> impl IntoView + use<> {
    let texts = &use_words().intake;
    let title = (texts.doubts_of)(doubts.len());
    let more = doubts.len().saturating_sub(SHOWN);
    let rows: Vec<_> = doubts
        .iter()
        .take(SHOWN)
        .enumerate()
        .map(|(place, doubt)| view! { <OneDoubt of=of.clone() place doubt/> })
        .collect();
    view! {
        <Disclosure
            open=true
            summary=move || view! { <span class="import-aside-title">{title.clone()}</span> }
        >
            <p class="muted">{texts.doubts_hint}</p>
            <ul class="import-columns">{rows}</ul>
            {(more > 0).then(|| view! { <p class="muted">{(texts.more_doubts)(more)}</p> })}
        </Disclosure>
    }
}

#[component]
fn OneDoubt<'a>(of: Of, place: usize, doubt: &'a Doubtful) -> impl IntoView + use<> {
    let words = use_words();
    let texts = &words.intake;
    let value = defang(&doubt.value);
    let options =
        [("nothing", texts.leave), ("looks", words.looks_like(doubt.kind)), ("file", texts.as_file)];
    let chosen = match of.source().wanted.answers.doubts.get(&doubt.value) {
        Some(Taken::AsItLooks) => "looks",
        Some(Taken::File) => "file",
        Some(Taken::Nothing) | None => "nothing",
    };
    let options: Vec<(String, String)> =
        options.into_iter().map(|(code, label)| (code.to_owned(), label.to_owned())).collect();
    let question = format!("doubt-{place}");
    let key = of.key(&question);
    let (own, sentence) = (doubt.value.clone(), doubt.sentence.clone());
    let where_ = words.import.place(&doubt.place);
    let choose = move |code: String| {
        let taken = match code.as_str() {
            "looks" => Taken::AsItLooks,
            "file" => Taken::File,
            _ => Taken::Nothing,
        };
        of.answer(&question, |wanted| {
            wanted.answers.doubts.insert(own.clone(), taken);
        });
    };
    view! {
        <li data-question=key>
            <div class="import-column">
                <strong>{value.clone()}</strong>
                <span class="muted">{format!("{}, {where_}", words.doubt(doubt.doubt))}</span>
                <span class="import-examples">{sentence}</span>
            </div>
            <Select label=(texts.take_as)(&value) hide_label=true value=chosen options on_change=choose/>
        </li>
    }
}
