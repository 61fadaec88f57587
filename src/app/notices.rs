//! What a person has to know about how the notebook is kept, at the top of every page: nothing is kept, a newer
//! program wrote it, it is nearly full, part of it had to be repaired.

use leptos::prelude::*;

use super::{
    parts::{
        badge::Tone,
        banner::Banner,
        button::{Button, ButtonKind},
        icon::Icon,
    },
    prefs::use_words,
    state::use_state,
};
use crate::storage::Access;

/// From so many percent on the meter is not enough and the page says so.
const NEARLY_FULL: u8 = 85;

/// The notices that apply now.
#[component]
pub fn Notices() -> impl IntoView {
    let state = use_state();
    let words = &use_words().keeping;
    let keeping = state.keeping;
    let blocked = keeping.is_blocked.then(|| {
        view! { <Banner tone=Tone::Warning title=words.blocked_title>{words.blocked}</Banner> }
    });
    let percent = Memo::new(move |_| keeping.usage().get().percent());
    let nearly_full = move || {
        (percent.get() >= NEARLY_FULL).then(|| {
            let text = (words.nearly_full)(percent.get());
            view! { <Banner tone=Tone::Warning title=words.nearly_full_title>{text}</Banner> }
        })
    };
    view! {
        {blocked}
        {move || access_notice(keeping.access.get())}
        {nearly_full}
        <Repaired/>
    }
}

fn access_notice(access: Access) -> Option<AnyView> {
    let words = &use_words().keeping;
    let text = words.read_only(access);
    match access {
        Access::Writer => None,
        Access::Newer(_) => {
            Some(view! { <Banner tone=Tone::Warning title=words.newer_title>{text}</Banner> }.into_any())
        }
    }
}

/// What was found damaged when the notebook was opened, until the reader dismisses it. What was set aside stays listed in
/// the settings.
#[component]
fn Repaired() -> impl IntoView {
    let state = use_state();
    let words = &use_words().keeping;
    let dismissed = RwSignal::new(false);
    let lines = Memo::new(move |_| {
        let report = state.keeping.report.get();
        let missing = (report.missing_edits > 0).then(|| (words.repair_missing_edits)(report.missing_edits));
        let mended = report.mended.iter().map(|mended| words.mended(mended));
        let aside = report.set_aside.iter().map(|aside| words.aside(aside));
        missing.into_iter().chain(mended).chain(aside).collect::<Vec<_>>()
    });
    let save = move || state.keeping.save_set_aside(state);
    let actions = move || {
        let something = state.keeping.report.with(|report| !report.set_aside.is_empty());
        something.then(|| {
            view! {
                <Button label=words.aside_download icon=Icon::Download kind=ButtonKind::Secondary on_press=save/>
            }
        })
    };
    move || {
        (!dismissed.get() && !lines.with(Vec::is_empty)).then(|| {
            view! {
                <Banner
                    tone=Tone::Warning
                    title=words.repair_title
                    actions
                    on_dismiss=move || dismissed.set(true)
                >
                    <p>{words.repair_text}</p>
                    <ul>{lines.get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                </Banner>
            }
        })
    }
}
