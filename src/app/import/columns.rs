//! What the columns of a table are taken to mean, to be corrected where that is wrong.

use leptos::prelude::*;

use super::questions::Of;
use crate::{
    app::{
        parts::{disclosure::Disclosure, field::Select},
        prefs::use_words,
    },
    formats::{Column, Columns, Known, Meaning},
};

/// The most columns that are shown; the rest is counted.
const SHOWN: usize = 80;

/// The columns of a table.
#[component]
pub fn ColumnsQuestion<'a>(
    /// Whose they are.
    of: Of,
    /// What is asked about them.
    asked: &'a Columns,
    /// Whether they are in sight from the start.
    open: bool,
) -> impl IntoView + use<> {
    let texts = &use_words().intake;
    let known = asked.columns.iter().filter(|column| column.known != Known::Not).count();
    let title = (texts.columns_of)(known, asked.columns.len());
    let more = asked.columns.len().saturating_sub(SHOWN);
    let rows: Vec<_> = asked
        .columns
        .iter()
        .take(SHOWN)
        .enumerate()
        .map(|(place, column)| view! { <OneColumn of=of.clone() place column/> })
        .collect();
    view! {
        <Disclosure open summary=move || title.clone()>
            <p class="muted">{texts.columns_hint}</p>
            <ul class="import-columns">{rows}</ul>
            {(more > 0).then(|| view! { <p class="muted">{(texts.more_columns)(more)}</p> })}
        </Disclosure>
    }
}

#[component]
fn OneColumn<'a>(of: Of, place: usize, column: &'a Column) -> impl IntoView + use<> {
    let words = use_words();
    let texts = &words.intake;
    let name = if column.name.is_empty() {
        format!("{} ({})", place + 1, texts.nameless)
    } else {
        column.name.clone()
    };
    let offered = Meaning::ALL.iter().filter(|meaning| **meaning != Meaning::Name);
    let options: Vec<(String, String)> =
        offered.map(|meaning| (meaning.code().to_owned(), words.meaning(*meaning).to_owned())).collect();
    let value = column.meaning.code().to_owned();
    let question = format!("column-{place}");
    let key = of.key(&question);
    let choose = move |code: String| {
        let Some(meaning) = Meaning::parse(&code) else { return };
        let Ok(found) = &of.source().found else { return };
        let Some(columns) = &found.questions.columns else { return };
        let mut meanings: Vec<Meaning> = columns.columns.iter().map(|column| column.meaning).collect();
        if let Some(one) = meanings.get_mut(place) {
            *one = meaning;
        }
        of.answer(&question, |wanted| wanted.answers.columns = Some(meanings));
    };
    let examples = column.examples.join(" · ");
    view! {
        <li data-question=key>
            <div class="import-column">
                <strong>{name.clone()}</strong>
                <span class="muted">{words.known(column.known)}</span>
                <span class="import-examples">{examples}</span>
            </div>
            <Select label=(texts.means_of)(&name) hide_label=true value options on_change=choose/>
        </li>
    }
}
