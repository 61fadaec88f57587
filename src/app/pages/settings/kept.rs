//! How the notebook is kept, in short: what is promised, what is not, and what the browser has promised.

use leptos::prelude::*;

use super::Panel;
use crate::app::{
    agent::forgets_after_a_week,
    parts::{button::Button, icon::Icon},
    persist::{Promise, use_persist},
    prefs::use_words,
    state::use_state,
};

/// How the notebook is kept.
#[component]
pub fn Kept() -> impl IntoView {
    let words = &use_words().care;
    let persist = use_persist();
    let state = use_state();
    let promise = persist.promise();
    let said = move || match promise.get() {
        Promise::Given => words.persist_yes,
        Promise::Refused => words.persist_no,
        Promise::Unasked => words.persist_unasked,
        Promise::Unavailable => words.persist_unavailable,
    };
    let forgets = window().navigator().user_agent().is_ok_and(|agent| forgets_after_a_week(&agent));
    view! {
        <Panel title=words.kept_title>
            <ul class="settings-points">
                {words.kept.map(|point| view! { <li>{point}</li> }).collect_view()}
            </ul>
            <p role="status">{said}</p>
            {move || {
                matches!(promise.get(), Promise::Unasked | Promise::Refused).then(|| {
                    view! { <Button label=words.persist_ask icon=Icon::Shield on_press=move || persist.ask(state)/> }
                })
            }}
            {forgets.then(|| view! { <p>{words.a_week}</p> })}
        </Panel>
    }
}
