//! The dialog of an import: how far it is, what it would do, and the decision.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::{
    Found, Import, Kind, Source, Stage, Way,
    columns::ColumnsQuestion,
    conflicts::Conflicts,
    doubts::Doubts,
    new_or_updated,
    playbooks::Playbooks,
    questions::{Of, Questions},
    refusal::Refusal,
    table::ImportTable,
};
use crate::{
    app::{
        parts::{
            badge::{Badge, Tone},
            banner::Banner,
            button::{Button, ButtonKind},
            dialog::{Dialog, DialogSize},
            disclosure::Disclosure,
            icon::Icon,
            progress::Progress,
            radios::{Radio, Radios},
            time::{TimeStyle, format_time},
        },
        prefs::{use_prefs, use_words},
    },
    formats::{Known, Remark, SetAside, backup::LogFault},
    model::Time,
    notebook::merge::Outcome,
};

/// The dialog.
#[component]
pub fn ImportDialog(import: Import) -> impl IntoView {
    let words = use_words();
    let texts = &words.import;
    let stage = import.stage;
    let title = Signal::derive(move || {
        stage.with(|stage| match stage {
            Stage::Idle | Stage::Working(..) => texts.working_title,
            Stage::Ready(sources) if sources.iter().all(|source| source.found.is_err()) => {
                texts.refused_title
            }
            Stage::Ready(sources) => match only_way(sources, import.restores.get()) {
                Some(Way::Merge) => words.merge.title,
                Some(Way::Restore) => texts.restore_title,
                _ => texts.preview_title,
            },
        })
    });
    // Only its end draws the dialog anew: while it works, the bar moves and the cancel button keeps the focus.
    let ready = Memo::new_with_compare(
        move |_| {
            stage.with(|stage| match stage {
                Stage::Ready(sources) => Some(Arc::clone(sources)),
                _ => None,
            })
        },
        |before: Option<&Option<Arc<Vec<Source>>>>, now: Option<&Option<Arc<Vec<Source>>>>| match (
            before, now,
        ) {
            (Some(Some(before)), Some(Some(now))) => !Arc::ptr_eq(before, now),
            (Some(None), Some(None)) => false,
            _ => true,
        },
    );
    let label = Signal::derive(move || {
        stage.with(|stage| match stage {
            Stage::Working(label, _) => label.clone(),
            _ => String::new(),
        })
    });
    let share = Signal::derive(move || {
        stage.with(|stage| match stage {
            Stage::Working(_, share) => *share,
            _ => None,
        })
    });
    let actions = move || move || ready.get().map(|sources| view! { <Decision import sources/> });
    view! {
        <Dialog open=import.open title size=DialogSize::Large actions on_close=move || import.stop()>
            {move || match ready.get() {
                Some(sources) => view! { <Ready import sources/> }.into_any(),
                None => view! { <Progress label share on_cancel=move || import.stop()/> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Decision(import: Import, sources: Arc<Vec<Source>>) -> impl IntoView {
    let words = use_words();
    let texts = &words.import;
    // What merging has nothing of, restoring cannot have either.
    if !sources.iter().any(|source| source.has_news(false)) {
        return view! {
            <Button label=texts.choose_other icon=Icon::Upload on_press=move || import.pick()/>
            <Button label=texts.done kind=ButtonKind::Primary on_press=move || import.stop()/>
        }
        .into_any();
    }
    let is_open = sources.iter().any(Source::is_open);
    let count = Memo::new(move |_| import.chosen.with(BTreeSet::len));
    let stored = StoredValue::new(Arc::clone(&sources));
    let playbooks = Memo::new(move |_| stored.with_value(|sources| import.chosen_playbooks(sources).len()));
    // A backup's preparation comes back even where every incident is left out.
    let preparation = move || {
        let restores = import.restores.get();
        stored.with_value(|sources| sources.iter().any(|source| source.preparation(restores).is_some()))
    };
    let label = move || {
        let way = stored.with_value(|sources| only_way(sources, import.restores.get()));
        match way {
            Some(Way::Merge) => (words.merge.merge_these)(count.get()),
            Some(Way::Restore) => (texts.restore_these)(count.get()),
            _ if count.get() == 0 && playbooks.get() > 0 => (words.kept.keep_these)(playbooks.get()),
            _ => (texts.import_these)(count.get()),
        }
    };
    view! {
        <Button label=words.parts.cancel on_press=move || import.stop()/>
        <Button
            label=Signal::derive(label)
            icon=Icon::Check
            kind=ButtonKind::Primary
            disabled=Signal::derive(move || {
                is_open || count.get() == 0 && !preparation() && playbooks.get() == 0
            })
            on_press=move || import.commit(&sources)
        />
    }
    .into_any()
}

#[component]
fn Ready(import: Import, sources: Arc<Vec<Source>>) -> impl IntoView {
    let words = use_words();
    let texts = &words.import;
    let copies = sources.iter().any(Source::is_copy);
    let news = sources.iter().any(|source| source.has_news(false));
    let any_read = sources.iter().any(|source| source.found.is_ok());
    let open = sources.iter().any(Source::is_open).then(|| {
        view! { <Banner tone=Tone::Warning title=words.intake.open_questions>{words.intake.open_questions_text}</Banner> }
    });
    // A table whose columns are not known yet has nothing new because nothing of it was read.
    let any_read = any_read
        && !sources.iter().any(|source| {
            source
                .found
                .as_ref()
                .is_ok_and(|found| found.questions.columns.is_some() && found.items.is_empty())
        });
    let nothing = (!news && any_read).then(|| {
        view! { <Banner tone=Tone::Success title=texts.nothing_new>{texts.nothing_new_text}</Banner> }
    });
    let way = (copies && news).then(|| view! { <WayChoice import sources=Arc::clone(&sources)/> });
    let rows = move || {
        let restores = import.restores.get();
        let of = |at| Of { import, sources: Arc::clone(&sources), at };
        let described =
            (0..sources.len()).map(|at| view! { <SourceView of=of(at) restores/> }).collect_view();
        let offered = new_or_updated(&sources, restores).next().is_some();
        let table = offered.then(|| view! { <ImportTable import sources=Arc::clone(&sources) restores/> });
        let conflicts = (!restores).then(|| view! { <Conflicts import sources=Arc::clone(&sources)/> });
        view! {
            {described}
            {conflicts}
            <Playbooks import sources=Arc::clone(&sources)/>
            {table}
        }
    };
    view! {
        <div class="import-preview">
            {nothing}
            {open}
            {way}
            {rows}
        </div>
    }
}

/// What is done with all files that could be read, where that is one thing.
fn only_way(sources: &[Source], restores: bool) -> Option<Way> {
    let mut ways = sources.iter().filter_map(|source| source.way(restores));
    let first = ways.next()?;
    ways.all(|way| way == first).then_some(first)
}

/// Whether copies of a notebook are merged or restored.
#[component]
fn WayChoice(import: Import, sources: Arc<Vec<Source>>) -> impl IntoView {
    let texts = &use_words().merge;
    let radio = |label: &str, text: &str| Radio { label: label.to_owned(), text: text.to_owned() };
    let radios = vec![radio(texts.merge, texts.merge_text), radio(texts.replace, texts.replace_text)];
    view! {
        <Radios
            legend=texts.how
            radios
            chosen=Signal::derive(move || usize::from(import.restores.get()))
            on_choose=move |place| import.restore(&sources, place == 1)
        />
    }
}

#[component]
fn SourceView(of: Of, restores: bool) -> impl IntoView {
    let source = of.source();
    match &source.found {
        Ok(found) => view! { <FoundView of=of.clone() source found restores/> }.into_any(),
        Err(refused) => view! {
            <section class="import-source">
                <Refusal name=&source.name refused/>
                <Questions of=of.clone()/>
            </section>
        }
        .into_any(),
    }
}

#[component]
fn FoundView<'a>(of: Of, source: &'a Source, found: &'a Found, restores: bool) -> impl IntoView + use<> {
    let words = use_words();
    let texts = &words.import;
    let name = &source.name;
    let mixed = found.remarks.iter().any(|remark| matches!(remark, Remark::MixedFormats(_)));
    let is_chosen = source.wanted.answers.read_as.is_some();
    let sure = if mixed { texts.mostly } else { words.confidence(found.confidence, is_chosen) };
    let columns = found.questions.columns.as_ref().map(|asked| {
        let unsure = asked.columns.iter().any(|column| matches!(column.known, Known::Not | Known::ByContent));
        view! { <ColumnsQuestion of=of.clone() asked open=unsure/> }
    });
    let rows = found.questions.columns.as_ref().map(|asked| {
        let rows = words.rows_are(asked.rows_are()).unwrap_or(words.intake.no_columns);
        view! { <p>{rows}</p> }
    });
    let doubts = (!found.questions.doubts.is_empty())
        .then(|| view! { <Doubts of=of.clone() doubts=&found.questions.doubts/> });
    let format = match found.kind {
        Kind::Export(format) => texts.format(format),
        Kind::Backup | Kind::Copy => texts.backup,
    };
    let preparation = match source.way(restores) {
        Some(Way::Merge) => words.merge.preparation_too,
        _ => texts.preparation_too,
    };
    let preparation = source.preparation(restores).is_some().then(|| view! { <p>{preparation}</p> });
    let count = |outcome| source.items(restores).iter().filter(|item| item.outcome == outcome).count();
    let counts = [Outcome::New, Outcome::Updated].map(|outcome| (outcome, count(outcome)));
    let counts = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(outcome, count)| {
            let tone = if outcome == Outcome::New { Tone::Accent } else { Tone::Success };
            view! { <Badge label=format!("{}: {count}", texts.outcome(outcome)) tone/> }
        })
        .collect_view();
    let (same, older) = (count(Outcome::Unchanged), count(Outcome::Older));
    let as_they_are =
        (same + older > 0).then(|| view! { <p class="muted">{(texts.as_they_are)(same, older)}</p> });
    view! {
        <section class="import-source">
            <h3>{name.to_owned()}</h3>
            <p class="muted">{format!("{format}: {sure}")}</p>
            <div class="cluster">{counts}</div>
            {as_they_are}
            {preparation}
            {rows}
            <Questions of/>
            {columns}
            {doubts}
            <LogFaults faults=found.log_faults.clone()/>
            <SetAsideList set_aside=found.set_aside.clone()/>
            <RemarkList remarks=found.remarks.clone()/>
        </section>
    }
}

/// The most faults of a backup's logs that are told.
const MOST_FAULTS: usize = 20;

/// The warning that a log in the backup was changed.
#[component]
fn LogFaults(faults: Vec<LogFault>) -> impl IntoView {
    let words = use_words();
    let texts = &words.proof;
    let prefs = use_prefs();
    let more = faults.len().saturating_sub(MOST_FAULTS);
    let none = faults.is_empty();
    let zone = prefs.zone().get_untracked();
    let time = |at: &Time| format_time(at.millis(), words.lang, zone, TimeStyle::Second);
    let lines: Vec<_> = faults
        .iter()
        .take(MOST_FAULTS)
        .map(|LogFault { incident, fault }| {
            let log = incident.clone().unwrap_or_else(|| texts.own_log.to_owned());
            view! { <li><strong>{log}</strong>": "{texts.fault(fault, &time)}</li> }
        })
        .collect();
    (!none).then(|| {
        view! {
            <Banner tone=Tone::Warning title=texts.backup_warning>
                <p>{texts.backup_warning_text}</p>
                <ul class="import-remarks">{lines}</ul>
                {(more > 0).then(|| view! { <p>{(texts.more_faults)(more)}</p> })}
            </Banner>
        }
    })
}

#[component]
fn SetAsideList(set_aside: Vec<SetAside>) -> impl IntoView {
    let texts = &use_words().import;
    let title = (texts.set_aside)(set_aside.len());
    let some = !set_aside.is_empty();
    let records: Vec<_> = set_aside
        .into_iter()
        .map(|record| {
            view! {
                <li>
                    <p>
                        <code>{texts.place(&record.place)}</code>
                        " "
                        {texts.why(&record.why)}
                    </p>
                    <p class="muted">{texts.next(&record.why)}</p>
                    <pre class="excerpt" aria-label=texts.raw tabindex="0"><code>{record.raw}</code></pre>
                </li>
            }
        })
        .collect();
    some.then(|| {
        view! {
            <Disclosure
                open=true
                summary=move || view! { <span class="import-aside-title">{title.clone()}</span> }
            >
                <p>{texts.set_aside_text}</p>
                <ul class="import-aside">{records}</ul>
            </Disclosure>
        }
    })
}

#[component]
fn RemarkList(remarks: Vec<Remark>) -> impl IntoView {
    let texts = &use_words().import;
    let title = (texts.remarks)(remarks.len());
    let lines: Vec<_> = remarks.iter().map(|remark| view! { <li>{texts.remark(remark)}</li> }).collect();
    (!remarks.is_empty()).then(|| {
        view! {
            <Disclosure summary=move || title.clone()>
                <ul class="import-remarks">{lines}</ul>
            </Disclosure>
        }
    })
}
