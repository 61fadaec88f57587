//! What a person has to know about how the notebook is kept, at the top of every page: nothing is kept, a newer
//! program wrote it, it is nearly full, part of it had to be repaired.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{
    backup::save_fork,
    mirroring::MirrorState,
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
    let mirror = move || (!keeping.is_blocked).then(|| mirror_notice(&keeping.mirroring.standing().get()));
    view! {
        {blocked}
        {mirror}
        <Forked/>
        {move || access_notice(keeping.access.get())}
        {nearly_full}
        <Repaired/>
    }
}

/// How far back a killed browser could reach, where there is no second copy.
fn mirror_notice(standing: &MirrorState) -> Option<AnyView> {
    let words = &use_words().keeping;
    match standing {
        MirrorState::Opening | MirrorState::There => None,
        MirrorState::Without(why) => {
            let text = words.without_mirror(why);
            let banner = view! { <Banner tone=Tone::Warning title=words.no_mirror_title>{text}</Banner> };
            Some(banner.into_any())
        }
        MirrorState::Stuck(why) => {
            let text = (words.stuck)(why);
            Some(view! { <Banner tone=Tone::Danger title=words.stuck_title>{text}</Banner> }.into_any())
        }
    }
}

/// Two histories of the notebook were found; the one that gave way can be taken away as a file.
#[component]
fn Forked() -> impl IntoView {
    let state = use_state();
    let words = &use_words().keeping;
    let save = move || {
        spawn_local(async move {
            save_fork(state).await;
        });
    };
    let discard = move || spawn_local(state.keeping.mirroring.discard_fork(state.keeping));
    let actions = move || {
        view! {
            <Button label=words.forked_download icon=Icon::Download kind=ButtonKind::Secondary on_press=save/>
            <Button label=words.forked_discard icon=Icon::Trash kind=ButtonKind::Ghost on_press=discard/>
        }
    };
    move || {
        state.keeping.forked.get().then(|| {
            view! { <Banner tone=Tone::Warning title=words.forked_title actions>{words.forked}</Banner> }
        })
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
