//! Dropping raw source data: measured when asked, dropped as one edit that can be taken back.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    app::{
        browser,
        pages::settings::Panel,
        parts::{button::Button, icon::Icon, progress::Progress},
        prefs::use_words,
        slice::{Slice, fraction},
        state::{State, use_state},
    },
    model::{Extras, IncidentId},
    notebook::acts,
};

/// The raw source data of each incident that has any.
#[derive(Clone, Default)]
struct Found {
    /// The incident, whether it is resolved, and how many bytes it is before packing.
    incidents: Vec<(IncidentId, bool, usize)>,
}

impl Found {
    fn ids(&self, resolved_only: bool) -> Vec<IncidentId> {
        let some = self.incidents.iter().filter(|(_, resolved, _)| *resolved || !resolved_only);
        some.map(|(id, ..)| id.clone()).collect()
    }

    fn bytes(&self, resolved_only: bool) -> usize {
        let some = self.incidents.iter().filter(|(_, resolved, _)| *resolved || !resolved_only);
        some.map(|(.., bytes)| bytes).sum()
    }
}

/// The panel.
#[component]
pub fn RawData() -> impl IntoView {
    let words = use_words();
    let texts = &words.care;
    let state = use_state();
    let measuring: RwSignal<Option<f64>> = RwSignal::new(None);
    let found: RwSignal<Option<Found>> = RwSignal::new(None);
    let read_only = state.is_read_only();
    let measure_all = move || {
        measuring.set(Some(0.0));
        spawn_local(async move {
            let measured = measure(state, |share| {
                let _ = measuring.try_set(Some(share));
            })
            .await;
            let _ = measuring.try_set(None);
            let _ = found.try_set(Some(measured));
        });
    };
    let drop_from = move |ids: Vec<IncidentId>| {
        let said = (texts.raw_dropped)(&words.amounts.incidents(ids.len()));
        found.set(None);
        spawn_local(async move {
            if state.act_long(acts::drop_raw_data(ids), |_, _| {}, || true).await {
                state.say_done(said);
            }
        });
    };
    let button = move |ids: Vec<IncidentId>, label: fn(&str) -> String| {
        let label = label(&words.amounts.incidents(ids.len()));
        (!ids.is_empty()).then(|| {
            view! { <Button label icon=Icon::Trash disabled=read_only on_press=move || drop_from(ids.clone())/> }
        })
    };
    let offered = move |found: Found| {
        let (resolved, all) = (found.ids(true), found.ids(false));
        if all.is_empty() {
            return view! { <p role="status">{texts.raw_none}</p> }.into_any();
        }
        let same = resolved.len() == all.len();
        let sizes = [true, false].map(|resolved_only| browser::size(found.bytes(resolved_only)));
        view! {
            <p role="status">{(texts.raw_found)(&sizes[0], &sizes[1])}</p>
            {button(resolved, texts.raw_drop_resolved)}
            {(!same).then(|| button(all, texts.raw_drop_all))}
        }
        .into_any()
    };
    let body = move || match (measuring.get(), found.get()) {
        (Some(_), _) => view! { <Progress label=texts.raw_measuring share=measuring/> }.into_any(),
        (None, Some(found)) => offered(found),
        (None, None) => {
            view! { <Button label=texts.raw_measure icon=Icon::Search on_press=measure_all/> }.into_any()
        }
    };
    view! {
        <Panel title=texts.raw>
            <p class="muted">{texts.raw_text}</p>
            {body}
        </Panel>
    }
}

/// Looks at every incident, a little at a time; `progress` hears how far it is, 0 to 1.
async fn measure(state: State, mut progress: impl FnMut(f64)) -> Found {
    let rows: Vec<_> = state.with_now(|notebook| notebook.rows().values().cloned().collect());
    let mut found = Found::default();
    let mut slice = Slice::begin();
    for (done, row) in rows.iter().enumerate() {
        let bytes = state.incident_now(&row.id).map_or(0, |incident| Extras::of(&incident).bytes());
        if bytes > 0 {
            found.incidents.push((row.id.clone(), !row.is_open(), bytes));
        }
        if slice.is_over() {
            progress(fraction(done, rows.len()));
            slice.rest().await;
        }
    }
    found
}
