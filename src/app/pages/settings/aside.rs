//! What could not be read, ever since somebody last discarded it: each record with what is wrong, all of them as a
//! file, and one by one a way to discard it for good.

use leptos::prelude::*;

use super::Panel;
use crate::app::{
    parts::{
        button::{Button, ButtonKind},
        icon::Icon,
    },
    prefs::use_words,
    state::use_state,
};
use crate::storage::Aside;

/// The records that were set aside; nothing where there are none.
#[component]
pub fn SetAside() -> impl IntoView {
    let state = use_state();
    let words = &use_words().keeping;
    let records = RwSignal::new(state.keeping.set_aside());
    let one = move |record: Aside| {
        let line = words.aside(&record);
        let discard = move || {
            let show = move || records.set(state.keeping.set_aside());
            state.keeping.discard(state, record.key.clone(), show);
        };
        view! {
            <li class="cluster">
                <span>{line}</span>
                <Button label=words.aside_discard icon=Icon::Trash small=true kind=ButtonKind::Danger on_press=discard/>
            </li>
        }
    };
    move || {
        (!records.with(Vec::is_empty)).then(|| {
            view! {
                <Panel title=words.aside_title>
                    <p>{words.aside_text}</p>
                    <ul>{records.get().into_iter().map(one).collect_view()}</ul>
                    <Button
                        label=words.aside_download
                        icon=Icon::Download
                        on_press=move || state.keeping.save_set_aside(state)
                    />
                </Panel>
            }
        })
    }
}
