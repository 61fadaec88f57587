//! The page that says what was found damaged and what became of it: now and at earlier starts, item by item, with the
//! damaged records as a file and the ways on.

use leptos::prelude::*;

use super::settings::Panel;
use crate::{
    app::{
        import::use_import,
        parts::{
            badge::{Badge, Tone},
            button::{Button, ButtonKind},
            dialog::{Dialog, DialogSize},
            file_drop::FileButton,
            icon::Icon,
            page_header::PageHeader,
            time::Time,
        },
        prefs::use_words,
        state::use_state,
    },
    storage::{Aside, repairs::Repair},
    words::Words,
};

/// The page.
#[component]
pub fn RepairsPage() -> impl IntoView {
    let state = use_state();
    let words = use_words();
    let texts = &words.care;
    let repairs = state.keeping.repairs;
    let records = RwSignal::new(state.keeping.set_aside());
    // Found while reading, discarded in another tab.
    Effect::new(move |_| {
        state.keeping.report.track();
        records.set(state.keeping.set_aside());
    });
    let is_clean = move || repairs.with(Vec::is_empty) && records.with(Vec::is_empty);
    let found = move || {
        let one = |repair: Repair| {
            let is_new = repair.at.millis() >= state.keeping.opened;
            let title = if is_new { texts.repairs_now } else { texts.repairs_earlier };
            view! { <Found title repair/> }
        };
        repairs.get().into_iter().rev().map(one).collect_view()
    };
    let forget = move || {
        (!repairs.with(Vec::is_empty)).then(|| {
            let forget = move || state.keeping.forget_repairs();
            view! { <Button label=texts.repairs_forget kind=ButtonKind::Ghost on_press=forget/> }
        })
    };
    view! {
        <PageHeader title=texts.repairs/>
        <div class="settings">
            {move || {
                is_clean()
                    .then(|| view! { <Panel title=texts.repairs><p role="status">{texts.repairs_clean}</p></Panel> })
            }}
            {found}
            <SetAside records/>
            <Next/>
            {forget}
        </div>
    }
}

/// What one start found.
#[component]
fn Found(title: &'static str, repair: Repair) -> impl IntoView {
    let words = use_words();
    let one = |(tone, kind, text): (Tone, &'static str, String)| {
        view! {
            <li>
                <Badge tone label=kind/>
                <span class="repairs-text">{text}</span>
            </li>
        }
    };
    view! {
        <Panel title>
            <p class="muted"><Time at=repair.at.millis()/></p>
            <ul class="repairs-list">{items(words, &repair).into_iter().map(one).collect_view()}</ul>
        </Panel>
    }
}

/// Each thing that was found: lost, put right or set aside, and in words.
fn items(words: &Words, repair: &Repair) -> Vec<(Tone, &'static str, String)> {
    let texts = &words.care;
    let keeping = &words.keeping;
    let lost = (repair.missing_edits > 0)
        .then(|| (Tone::Danger, texts.repairs_lost, (keeping.repair_missing_edits)(repair.missing_edits)));
    let mended =
        repair.mended.iter().map(|mended| (Tone::Success, texts.repairs_rebuilt, keeping.mended(mended)));
    let aside = repair
        .set_aside
        .iter()
        .map(|aside| (Tone::Warning, texts.repairs_aside, keeping.aside(aside, &texts.part(&aside.key))));
    lost.into_iter().chain(aside).chain(mended).collect()
}

/// What could not be read and still stands there: each record, all of them as a file, and one by one a way to discard
/// it for good.
#[component]
fn SetAside(records: RwSignal<Vec<Aside>>) -> impl IntoView {
    let state = use_state();
    let words = use_words();
    let (keeping, texts) = (&words.keeping, &words.care);
    let asked: RwSignal<Option<Aside>> = RwSignal::new(None);
    let open = RwSignal::new(false);
    let line = move |record: &Aside| keeping.aside(record, &texts.part(&record.key));
    let save = move || state.keeping.save_set_aside(state);
    let discard = move || {
        if let Some(record) = asked.get_untracked() {
            let show = move || {
                let _ = records.try_set(state.keeping.set_aside());
            };
            state.keeping.discard(state, record.key, show);
        }
        open.set(false);
    };
    let one = move |record: Aside| {
        let text = line(&record);
        let ask = move || {
            asked.set(Some(record.clone()));
            open.set(true);
        };
        view! {
            <li>
                <span class="repairs-text">{text}</span>
                <Button
                    label=keeping.aside_discard
                    icon=Icon::Trash
                    small=true
                    kind=ButtonKind::Danger
                    disabled=state.is_read_only()
                    on_press=ask
                />
            </li>
        }
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel on_press=move || open.set(false)/>
            <Button label=keeping.aside_download icon=Icon::Download on_press=save/>
            <Button label=keeping.aside_discard icon=Icon::Trash kind=ButtonKind::Danger on_press=discard/>
        }
    };
    let panel = move || {
        (!records.with(Vec::is_empty)).then(|| {
            view! {
                <Panel title=keeping.aside_title>
                    <p>{keeping.aside_text}</p>
                    <ul class="repairs-list">{records.get().into_iter().map(one).collect_view()}</ul>
                    <Button label=keeping.aside_download icon=Icon::Download on_press=save/>
                </Panel>
            }
        })
    };
    view! {
        {panel}
        <Dialog open title=texts.discard_title size=DialogSize::Small actions>
            <p>{move || asked.with(|asked| asked.as_ref().map(line))}</p>
            <p>{texts.discard_text}</p>
        </Dialog>
    }
}

/// What a person can do: read again, or bring back a backup.
#[component]
fn Next() -> impl IntoView {
    let words = use_words();
    let texts = &words.care;
    let import = use_import();
    let again = move || {
        // From the very start, so that also the second copy is looked at again.
        let _ = window().location().reload();
    };
    view! {
        <Panel title=texts.repairs_next>
            <p class="muted">{texts.repairs_again_text}</p>
            <Button label=texts.repairs_again icon=Icon::Redo on_press=again/>
            <p class="muted">{texts.repairs_restore_text}</p>
            <FileButton
                label=words.settings.restore_choose
                accept=".json"
                on_files=move |files| import.read_files(files)
            />
        </Panel>
    }
}
