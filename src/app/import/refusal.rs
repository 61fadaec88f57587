//! Why a file could not be read: what, where, the piece of text there, and what to do next.

use leptos::prelude::*;

use super::Refused;
use crate::app::{
    excerpt::Excerpt,
    parts::{badge::Tone, banner::Banner},
    prefs::use_words,
};

/// A file that was refused.
#[component]
pub fn Refusal<'a>(
    /// The file's name.
    name: &'a str,
    /// Why.
    refused: &'a Refused,
) -> impl IntoView + use<> {
    let all = use_words();
    let words = &all.import;
    let (what, place, excerpt, next) = match refused {
        Refused::Unreadable => ((words.unreadable)(name), String::new(), None, words.unreadable_next),
        Refused::Format(error, excerpt) => {
            (words.why(&error.why), words.place(&error.place), excerpt.clone(), words.next(&error.why))
        }
        Refused::Backup(bad) => (words.bad_backup(bad), String::new(), None, words.bad_backup_next(bad)),
        Refused::Sealed(shut) => (all.shut(shut), String::new(), None, all.shut_next(shut)),
    };
    let title = format!("{name}: {}", words.refused_title);
    view! {
        <Banner tone=Tone::Danger title alert=true>
            <div class="refusal">
                <p>{what}</p>
                {(!place.is_empty()).then(|| view! { <p><code>{place}</code></p> })}
                {excerpt.map(|excerpt| view! { <Piece excerpt/> })}
                <p>
                    <strong>{words.what_to_do}": "</strong>
                    {next}
                </p>
            </div>
        </Banner>
    }
}

#[component]
fn Piece(excerpt: Excerpt) -> impl IntoView {
    // The end of a line has no character to mark, so a mark stands where it would be.
    let at = if excerpt.at.is_empty() { "⏎".to_owned() } else { excerpt.at };
    view! {
        <pre class="excerpt"><code>{excerpt.before}<mark>{at}</mark>{excerpt.after}</code></pre>
    }
}
