//! The files that are about to become evidence items: each is hashed, one after the other, and can be left out.

use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

use crate::{
    app::{
        hashing::{Fingerprint, Stopped, fingerprint, size_of},
        parts::{
            button::{Button, ButtonKind},
            icon::{Icon, IconView},
            progress::Progress,
        },
        prefs::use_words,
    },
    model::EvidenceKind,
};

/// A file that was chosen.
#[derive(Clone, Copy)]
pub struct Chosen {
    key: u32,
    /// Its name.
    pub name: StoredValue<String>,
    size: u64,
    /// How far its hash is.
    pub state: RwSignal<Hashing>,
}

/// How far the hash of a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hashing {
    /// So many bytes are done.
    Running(u64),
    /// It is known.
    Done(Fingerprint),
    /// The browser cannot read the file.
    Unreadable,
}

/// The files of a dialog.
#[derive(Clone, Copy)]
pub struct Files {
    /// In the order in which they came.
    pub list: RwSignal<Vec<Chosen>>,
    next: StoredValue<u32>,
}

impl Files {
    /// None yet.
    pub fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Takes files in and hashes them.
    pub fn take(self, files: Vec<File>) {
        let chosen: Vec<(Chosen, File)> = files
            .into_iter()
            .map(|file| {
                let key = self.next.get_value();
                self.next.set_value(key.wrapping_add(1));
                let (name, size) = (StoredValue::new(file.name()), size_of(&file));
                (Chosen { key, name, size, state: RwSignal::new(Hashing::Running(0)) }, file)
            })
            .collect();
        self.list.update(|list| list.extend(chosen.iter().map(|(chosen, _)| *chosen)));
        spawn_local(async move {
            for (chosen, file) in chosen {
                let wanted = move || self.wants(chosen.key);
                if !wanted() {
                    continue;
                }
                let found = fingerprint(&file, move |done| {
                    chosen.state.try_set(Hashing::Running(done));
                    wanted()
                })
                .await;
                match found {
                    Ok(found) => chosen.state.try_set(Hashing::Done(found)),
                    Err(Stopped::Unreadable) => chosen.state.try_set(Hashing::Unreadable),
                    Err(Stopped::Asked) => None,
                };
            }
        });
    }

    /// Forgets all of them; what is being hashed stops.
    pub fn clear(self) {
        self.list.set(Vec::new());
    }

    /// Whether the hash of each is known.
    pub fn are_known(self) -> bool {
        self.list.with(|list| {
            list.iter().all(|chosen| chosen.state.with(|state| matches!(state, Hashing::Done(_))))
        })
    }

    fn wants(self, key: u32) -> bool {
        self.list.try_with_untracked(|list| list.iter().any(|chosen| chosen.key == key)).unwrap_or(false)
    }

    fn leave_out(self, key: u32) {
        self.list.update(|list| list.retain(|chosen| chosen.key != key));
    }
}

impl Chosen {
    /// What kind of evidence it probably is.
    pub fn kind(self) -> EvidenceKind {
        self.name.with_value(|name| EvidenceKind::of_file(name))
    }
}

/// The files with how far each is.
#[component]
pub fn FileList(
    /// Which.
    files: Files,
) -> impl IntoView {
    let texts = &use_words().evidence;
    view! {
        <Show when=move || !files.list.with(Vec::is_empty)>
            <ul class="evidence-files" aria-label=texts.files>
                <For each=move || files.list.get() key=|chosen| chosen.key let:chosen>
                    <ChosenFile files chosen/>
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn ChosenFile(files: Files, chosen: Chosen) -> impl IntoView {
    let words = use_words();
    let texts = &words.evidence;
    let name = chosen.name.get_value();
    let shown = name.clone();
    let leave_out = move || files.leave_out(chosen.key);
    // The bar must not be drawn anew at every step, or its button would lose the focus.
    let running = Memo::new(move |_| chosen.state.with(|state| matches!(state, Hashing::Running(_))));
    let label = Signal::derive(move || {
        let done = match chosen.state.get() {
            Hashing::Running(done) => done,
            _ => chosen.size,
        };
        (texts.hashing)(&shown, &words.amounts.file_size(done), &words.amounts.file_size(chosen.size))
    });
    #[allow(clippy::cast_precision_loss)] // A share needs no more than a double's digits.
    let share = Signal::derive(move || match chosen.state.get() {
        Hashing::Running(done) if chosen.size > 0 => Some(done as f64 / chosen.size as f64),
        _ => None,
    });
    let outcome = move || match chosen.state.get() {
        Hashing::Done(Fingerprint { size, sha256 }) => view! {
            <span class="muted">{words.amounts.bytes(size)}</span>
            <code class="evidence-hash">{sha256}</code>
        }
        .into_any(),
        Hashing::Unreadable => view! { <span class="evidence-bad">{texts.cannot_read}</span> }.into_any(),
        Hashing::Running(_) => ().into_any(),
    };
    let name = StoredValue::new(name);
    view! {
        <li class="evidence-file">
            <Show
                when=move || running.get()
                fallback=move || {
                    view! {
                        <IconView icon=Icon::File/>
                        <span class="evidence-file-text">
                            <strong>{name.get_value()}</strong>
                            {outcome}
                        </span>
                        <Button
                            label=format!("{}: {}", texts.remove_file, name.get_value())
                            icon=Icon::Close
                            icon_only=true
                            small=true
                            kind=ButtonKind::Ghost
                            on_press=leave_out
                        />
                    }
                }
            >
                <Progress label share on_cancel=leave_out/>
            </Show>
        </li>
    }
}
