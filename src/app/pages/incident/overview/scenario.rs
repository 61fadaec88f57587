//! Suggests the scenario playbook that the alerts point to, with the reasons.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::here::{Here, use_here},
        parts::{
            badge::Tone,
            banner::Banner,
            button::{Button, ButtonKind, ButtonLink},
        },
        prefs::use_words,
        route::Route,
    },
    model::PlaybookId,
    notebook::Act,
    playbooks::{library, suggest},
};

/// The best suggestion that has not been waved away on this page, if there is one.
#[component]
pub fn ScenarioSuggestion() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let dismissed = RwSignal::new(Vec::<&'static str>::new());
    let found = here.slice(move |incident| {
        suggest(library(), incident)
            .into_iter()
            .map(|suggestion| {
                let reasons: Vec<String> =
                    suggestion.reasons.iter().take(3).map(|reason| words.reasons.scenario(reason)).collect();
                (suggestion.playbook.id, reasons)
            })
            .collect::<Vec<_>>()
    });
    let best = Memo::new(move |_| {
        let dismissed = dismissed.get();
        found.with(|found| found.iter().find(|(id, _)| !dismissed.contains(id)).cloned())
    });
    move || {
        let (id, reasons) = best.get()?;
        let playbook = library().playbook(id)?;
        let told = playbook.words(words.lang);
        let actions = move || {
            view! {
                <Button
                    label=words.incident.add_scenario
                    small=true
                    kind=ButtonKind::Primary
                    disabled=here.cannot_write()
                    on_press=move || add(here, id)
                />
                <ButtonLink
                    label=words.incident.read_scenario
                    small=true
                    href=Route::playbook(id).to_string()
                />
            }
        };
        Some(view! {
            <Banner
                tone=Tone::Accent
                title=(words.incident.suggested)(told.title)
                actions
                on_dismiss=move || dismissed.update(|dismissed| dismissed.push(id))
            >
                <p>{told.summary}</p>
                <p class="muted">{format!("{} {}", words.incident.because, words.amounts.list(&reasons))}</p>
            </Banner>
        })
    }
}

fn add(here: Here, id: &str) {
    let words = &here.words.incident;
    if let Ok(playbook) = PlaybookId::try_from(id) {
        here.act_and_say(|incident, _| Act::AddScenario(incident.id.clone(), playbook), words.scenario_added);
    }
}
