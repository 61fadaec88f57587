//! What a person has to know about how the notebook is kept, at the top of every page: nothing is kept, a newer
//! program wrote it, it is nearly full, part of it had to be repaired, it is time for a backup.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{
    agent::forgets_after_a_week,
    backup::{copy_backup_and_say, save_backup_and_say, save_fork},
    browser,
    mirroring::MirrorState,
    parts::{
        badge::Tone,
        banner::Banner,
        button::{Button, ButtonKind, ButtonLink},
        icon::Icon,
    },
    persist::PersistNotice,
    prefs::use_words,
    route::Route,
    seal::use_seal,
    state::use_state,
    urge::Urge,
};
use crate::storage::Access;
use crate::storage::room::Level;

/// The notices that apply now.
#[component]
pub fn Notices() -> impl IntoView {
    let state = use_state();
    let words = &use_words().keeping;
    let keeping = state.keeping;
    let blocked = keeping.is_blocked.then(|| {
        let copy = move || copy_backup_and_say(state);
        let actions = move || {
            let label = use_words().care.copy_backup;
            view! {
                <BackupButton/>
                <Button label icon=Icon::Copy on_press=copy/>
            }
        };
        view! { <Banner tone=Tone::Warning title=words.blocked_title actions>{words.blocked}</Banner> }
    });
    let mirror = move || (!keeping.is_blocked).then(|| mirror_notice(&keeping.mirroring.standing().get()));
    view! {
        {blocked}
        {mirror}
        <Forked/>
        {move || access_notice(keeping.access.get())}
        <Filling/>
        <Repaired/>
        <Reminder/>
        <PersistNotice/>
    }
}

/// Saves a backup with one press. Where the notebook is locked with a passphrase a person chooses first whether the file
/// is, too.
#[component]
pub fn BackupButton() -> impl IntoView {
    let state = use_state();
    let seal = use_seal();
    let label = use_words().settings.backup_save;
    move || {
        if seal.is_on().get() {
            view! { <ButtonLink label icon=Icon::Download href=Route::Settings.to_string()/> }.into_any()
        } else {
            view! { <Button label icon=Icon::Download on_press=move || save_backup_and_say(state)/> }
                .into_any()
        }
    }
}

/// That the room runs out: how much is taken, by whom where it is another program, and the way to freeing some.
#[component]
fn Filling() -> impl IntoView {
    let state = use_state();
    let words = use_words();
    let usage = state.keeping.usage();
    let level = Memo::new(move |_| usage.get().level());
    let percent = Memo::new(move |_| usage.get().percent());
    let actions = move || {
        view! {
            <ButtonLink label=words.care.room_open icon=Icon::Insights href=Route::Room.to_string()/>
            <BackupButton/>
        }
    };
    // What others take is worth a sentence only where it is more than a little.
    let others = move || {
        let others = state.keeping.census().map_or(0, |census| census.others_total());
        (others > usage.get_untracked().available / 20)
            .then(|| view! { <p>{(words.care.others_text)(&browser::size(others))}</p> })
    };
    move || {
        let (tone, title) = match level.get() {
            Level::Roomy => return None,
            Level::Nearly => (Tone::Warning, words.keeping.nearly_full_title),
            Level::Full => (Tone::Danger, words.care.full_title),
        };
        let text = match level.get() {
            Level::Full => words.care.full.to_owned(),
            _ => (words.keeping.nearly_full)(percent.get()),
        };
        Some(view! { <Banner tone title actions><p>{text}</p> {others()}</Banner> })
    }
}

/// That it is time for a backup: quiet at first, a warning when much has been at stake for long.
#[component]
fn Reminder() -> impl IntoView {
    let state = use_state();
    let words = use_words();
    let keeping = state.keeping;
    let unsaved = Memo::new(move |_| keeping.unsaved(state));
    let actions = move || {
        let later = move || keeping.put_off(unsaved.get_untracked().1);
        view! {
            <BackupButton/>
            <Button label=words.care.remind_later on_press=later/>
        }
    };
    move || {
        let (worth, urge) = unsaved.get();
        let tone = match urge {
            // Where nothing is kept the page says so already, and offers the same.
            _ if keeping.is_blocked => return None,
            Urge::None | Urge::Foot => return None,
            Urge::Notice => Tone::Informational,
            Urge::Warning => Tone::Warning,
        };
        let incidents = words.amounts.incidents(worth.incidents);
        let changes = words.amounts.changes(usize::try_from(worth.edits).unwrap_or(usize::MAX));
        let text = match keeping.backup().get() {
            Some(_) => (words.care.remind)(&changes, &incidents),
            None => (words.care.remind_never)(&incidents),
        };
        let forgets = window().navigator().user_agent().is_ok_and(|agent| forgets_after_a_week(&agent));
        Some(view! {
            <Banner tone title=words.care.remind_title actions>
                <p>{text}</p>
                {forgets.then(|| view! { <p>{words.care.a_week}</p> })}
            </Banner>
        })
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
    let all = use_words();
    let words = &all.keeping;
    let dismissed = RwSignal::new(false);
    let lines = Memo::new(move |_| {
        let report = state.keeping.report.get();
        let missing = (report.missing_edits > 0).then(|| (words.repair_missing_edits)(report.missing_edits));
        let mended = report.mended.iter().map(|mended| words.mended(mended));
        let aside = report.set_aside.iter().map(|aside| words.aside(aside, &all.care.part(&aside.key)));
        missing.into_iter().chain(mended).chain(aside).collect::<Vec<_>>()
    });
    let save = move || state.keeping.save_set_aside(state);
    let actions = move || {
        let something = state.keeping.report.with(|report| !report.set_aside.is_empty());
        let file = something.then(|| {
            view! {
                <Button label=words.aside_download icon=Icon::Download kind=ButtonKind::Secondary on_press=save/>
            }
        });
        view! {
            <ButtonLink label=all.care.repairs_open icon=Icon::Info href=Route::Repairs.to_string()/>
            {file}
        }
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
