//! Files for other programs: under which marking, what leaves and what stays, and the saving.

use std::collections::BTreeSet;

use leptos::{prelude::*, task::spawn_local};

use super::Giving;
use crate::{
    app::{
        browser,
        parts::{
            badge::Tone,
            banner::Banner,
            field::{Checkbox, Select},
        },
        prefs::use_words,
        slice::{Slice, fraction},
        state::{State, use_state},
    },
    formats::export::{EXPORTS, Export, Held, How, Part, Preview, Share, Tlp, file_name, share, sharing},
    model::IncidentId,
    playbooks::library,
    words::Words,
};

/// How a file for another program is to be, and what it will hold.
#[derive(Clone, Copy)]
pub struct Exporting {
    giving: Giving,
    /// Stored, because a state is many signals and this is handed around a lot.
    state: StoredValue<State>,
    marking: RwSignal<Tlp>,
    spreadsheet: RwSignal<bool>,
    /// What leaves and what stays; none while it is found out.
    preview: RwSignal<Option<Preview>>,
    /// Counts the previews, so that one that was overtaken is not shown.
    run: StoredValue<u32>,
    words: &'static Words,
}

impl Exporting {
    /// Follows what is to be given, and finds out what of it may leave.
    pub fn new(giving: Giving) -> Self {
        let exporting = Self {
            giving,
            state: StoredValue::new(use_state()),
            marking: RwSignal::new(Tlp::Amber),
            spreadsheet: RwSignal::new(true),
            preview: RwSignal::new(None),
            run: StoredValue::new(0),
            words: use_words(),
        };
        // The marking that is offered is the one that the incidents have.
        Effect::new(move |_| {
            if giving.open.get() {
                exporting.marking.set(exporting.offered(&giving.ids.get()));
            }
        });
        Effect::new(move |_| {
            let (ids, marking) = (giving.ids.get(), exporting.marking.get());
            let is_asked = giving.open.get() && giving.format.with(Option::is_some);
            exporting.preview.set(None);
            let run = exporting.run.try_update_value(|run| {
                *run += 1;
                *run
            });
            if is_asked {
                spawn_local(exporting.look(ids, marking, run));
            }
        });
        exporting
    }

    /// The strictest marking that any of these incidents has by itself; where there is none, the organisation's and its clients'.
    fn offered(self, ids: &BTreeSet<IncidentId>) -> Tlp {
        let state = self.state.get_value();
        let marked = match ids.first() {
            Some(id) if ids.len() == 1 => {
                state.incident_now(id).and_then(|incident| sharing::of_incident(&incident))
            }
            _ => state.with_now(|notebook| {
                let rows = ids.iter().filter_map(|id| notebook.row(id));
                rows.flat_map(|row| &row.tags).filter_map(|tag| Tlp::strictest_in(tag)).max()
            }),
        };
        marked.unwrap_or(Tlp::Amber)
    }

    async fn look(self, ids: BTreeSet<IncidentId>, marking: Tlp, run: Option<u32>) {
        let state = self.state.get_value();
        let mut preview = Preview::default();
        let mut slice = Slice::begin();
        for id in &ids {
            if let Some(incident) = state.incident_now(id) {
                preview.add(&incident, marking);
            }
            if slice.is_over() {
                slice.rest().await;
                if self.run.try_get_value() != run {
                    return;
                }
            }
        }
        self.preview.set(Some(preview));
    }

    fn export(self) -> Option<&'static dyn Export> {
        EXPORTS.get(self.giving.format.get()?).copied()
    }

    /// Whether there is something to save.
    pub fn is_ready(self) -> bool {
        let Some(export) = self.export() else { return false };
        self.preview
            .with(|preview| preview.as_ref().is_some_and(|preview| !preview.carried(export).is_empty()))
    }

    /// Saves the file, or a file for each incident, in steps. `progress` hears how far it is, 0 to 1, and says whether to go
    /// on. The result is what to say about it; none where the browser took none, or where it was given up.
    pub async fn save(
        self,
        ids: &BTreeSet<IncidentId>,
        mut progress: impl FnMut(f64) -> bool,
    ) -> Option<String> {
        let export = untrack(|| self.export())?;
        let (state, marking) = (self.state.get_value(), self.marking.get_untracked());
        let spreadsheet = export.is_table() && self.spreadsheet.get_untracked();
        let how = How { library: library(), language: self.words.lang, spreadsheet };
        let mut shares: Vec<Share> = Vec::new();
        let mut saved = Vec::new();
        let mut slice = Slice::begin();
        for (done, id) in ids.iter().enumerate() {
            // One that is damaged says so by itself.
            shares.extend(state.incident_now(id).and_then(|incident| share(&incident, marking).0));
            if export.one_each() && !shares.is_empty() {
                let name = file_name(export, &shares, marking);
                browser::download(&name, export.mime(), export.write(&shares, &how).as_bytes())
                    .then(|| saved.push(name))?;
                shares.clear();
            }
            slice.rest_if_over(|| progress(fraction(done, ids.len()) / 2.0)).await?;
        }
        if !shares.is_empty() {
            let (mut file, mut piece) = (browser::Parcel::default(), String::new());
            for (done, text) in export.pieces(&shares, how).enumerate() {
                piece.push_str(&text);
                if piece.len() >= PIECE {
                    file.add(piece.as_bytes());
                    piece.clear();
                }
                // How many pieces there will be nobody knows; of most formats it is one for each incident.
                slice.rest_if_over(|| progress(0.5 + fraction(done, shares.len()).min(1.0) / 2.0)).await?;
            }
            file.add(piece.as_bytes());
            let name = file_name(export, &shares, marking);
            file.hand_over(&name, export.mime()).then(|| saved.push(name))?;
        }
        match saved.as_slice() {
            [] => None,
            [one] => Some((self.words.merge.saved)(one)),
            several => Some((self.words.exporting.exported)(several.len())),
        }
    }
}

/// How many bytes are given to the browser at once.
const PIECE: usize = 1 << 18;

/// The marking, the choices of the format, and the preview.
#[component]
pub fn ExportPanel(exporting: Exporting) -> impl IntoView {
    let words = exporting.words;
    let texts = &words.exporting;
    let markings: Vec<_> =
        Tlp::ALL.iter().map(|level| (level.code().to_owned(), words.lang.marking(*level))).collect();
    view! {
        <p class="muted">{move || exporting.export().map(|export| words.lang.export_text(export.id()))}</p>
        <Select
            label=texts.marking
            value=Signal::derive(move || exporting.marking.get().code().to_owned())
            options=markings
            hint=texts.rule
            on_change=move |code: String| exporting.marking.set(Tlp::parse(&code).unwrap_or(Tlp::Amber))
        />
        <Show when=move || exporting.export().is_some_and(Export::is_table)>
            <div>
                <Checkbox
                    label=texts.spreadsheet
                    checked=exporting.spreadsheet
                    on_change=move |on| exporting.spreadsheet.set(on)
                />
                <p class="field-hint">{texts.spreadsheet_text}</p>
            </div>
        </Show>
        <div role="status" class="give-preview">
            {move || match (exporting.export(), exporting.preview.get()) {
                (Some(export), Some(preview)) => view! { <PreviewView exporting export preview/> }.into_any(),
                _ => view! { <p class="muted">{texts.looking}</p> }.into_any(),
            }}
        </div>
    }
}

/// What leaves and what stays.
#[component]
fn PreviewView(exporting: Exporting, export: &'static dyn Export, preview: Preview) -> impl IntoView {
    let words = exporting.words;
    let texts = &words.exporting;
    let sentence = |parts: Vec<(Part, usize)>| {
        let parts: Vec<String> =
            parts.into_iter().map(|(part, count)| words.lang.parts(part, count)).collect();
        words.amounts.list(&parts)
    };
    let (carried, homeless) = (preview.carried(export), preview.without_place(export));
    let leaves = if preview.incidents() == 0 {
        view! { <Banner tone=Tone::Warning title=texts.nothing_leaves/> }.into_any()
    } else if carried.is_empty() {
        view! { <Banner tone=Tone::Warning title=texts.nothing_here/> }.into_any()
    } else {
        let several = export.one_each().then_some(preview.incidents()).filter(|count| *count > 1);
        let label = exporting.marking.get_untracked().label();
        view! {
            <section aria-label=texts.leaves>
                <h3>{texts.leaves}</h3>
                <p>{sentence(carried)}</p>
                {(!homeless.is_empty())
                    .then(|| view! { <p class="muted">{(texts.no_place)(&sentence(homeless))}</p> })}
                {(preview.unmarked > 0)
                    .then(|| view! { <p class="muted">{(texts.unmarked)(preview.unmarked, &label)}</p> })}
                {several.map(|count| view! { <p class="muted">{(texts.files)(count)}</p> })}
            </section>
        }
        .into_any()
    };
    let held = |held: &Held| {
        view! {
            <li>
                <strong>{words.lang.held_name(held)}</strong>
                <span class="muted">{format!(" · {}", words.lang.held_why(&held.why))}</span>
            </li>
        }
    };
    let stays = if preview.held.is_empty() {
        view! { <p class="muted">{texts.nothing_stays}</p> }.into_any()
    } else {
        view! {
            <section aria-label=texts.stays>
                <h3>{texts.stays}</h3>
                <ul>{preview.held.iter().map(held).collect_view()}</ul>
                {(preview.more_held > 0)
                    .then(|| view! { <p class="muted">{(texts.more_stays)(preview.more_held)}</p> })}
            </section>
        }
        .into_any()
    };
    view! {
        {leaves}
        {stays}
    }
}
