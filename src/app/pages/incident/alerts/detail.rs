//! Everything that is known of one alert, and what the responder makes of it.

use leptos::prelude::*;

use super::OPEN;
use crate::{
    app::{
        pages::incident::{
            classifying::{Choice, ClassificationFields},
            here::{Here, use_here},
            linked_entities::LinkedEntities,
            other_fields::OtherFields,
            stepper::Stepper,
        },
        parts::{
            description_list::{DescriptionList, Fact},
            dialog::{Dialog, DialogSize},
            field::Select,
            portal_link::PortalLink,
            terms::SeverityTerm,
            time::{Time as TimeView, TimeStyle},
        },
        prefs::use_words,
    },
    model::{
        Alert, AlertField, AlertId, Time,
        taxonomy::{AlertStatus, InvestigationState},
    },
    notebook::Act,
};

/// The alert that the address names, over the page.
#[component]
pub fn AlertDetail(
    /// The ids of the alerts in the list, for going on to the next.
    shown: Memo<Vec<String>>,
) -> impl IntoView {
    let here = use_here();
    let asked = here.asked(OPEN);
    // Only which alert it is: what can be changed in it follows the notebook by itself, and keeps the focus meanwhile.
    let known = Memo::new(move |_| {
        let id = AlertId::try_from(asked.get().as_str()).ok()?;
        here.read(|incident| incident.alerts.contains_key(&id)).unwrap_or(false).then_some(id)
    });
    let alert = move || {
        let id = known.get()?;
        here.now(|incident| incident.alerts.get(&id).cloned()).flatten()
    };
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(known.with(Option::is_some)));
    let title = Signal::derive(move || alert().map(|alert| alert.title).unwrap_or_default());
    let actions = move || view! { <Stepper key_in_address=OPEN shown/> };
    view! {
        <Dialog open title size=DialogSize::Large actions on_close=move || here.ask(OPEN, "")>
            {move || alert().map(|alert| view! { <Detail alert/> })}
        </Dialog>
    }
}

#[component]
fn Detail(alert: Alert) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let facts = facts(here, &alert);
    let id = alert.id.clone();
    let techniques = (!alert.techniques.is_empty()).then(|| alert.techniques.join(", "));
    let text = |title: &'static str, text: String| {
        (!text.trim().is_empty()).then(|| {
            view! {
                <section>
                    <h3>{title}</h3>
                    <p class="incident-text">{text}</p>
                </section>
            }
        })
    };
    view! {
        <AlertControls alert=alert.clone()/>
        {text(texts.description, alert.description.clone())}
        {text(texts.recommended_actions, alert.recommended_actions.clone())}
        <DescriptionList>
            {facts}
            {techniques.map(|techniques| view! { <Fact name=texts.techniques><code>{techniques}</code></Fact> })}
        </DescriptionList>
        {alert.link.clone().map(|address| view! { <p><PortalLink address label=texts.open_in_portal/></p> })}
        <LinkedEntities is_about=move |_, entity| {
            entity.sightings.iter().any(|sighting| sighting.alert == id)
        }/>
        <OtherFields fields=alert.extra/>
    }
}

fn facts(here: Here, alert: &Alert) -> Vec<AnyView> {
    let words = here.words;
    let texts = &words.incident;
    let severity = alert.severity.clone();
    let mut facts = vec![view! { <Fact name=texts.severity><SeverityTerm severity/></Fact> }.into_any()];
    let mut add = |name: &'static str, value: String| {
        if !value.trim().is_empty() {
            facts.push(view! { <Fact name>{value}</Fact> }.into_any());
        }
    };
    add(texts.category, words.vocabulary.category(&alert.category).into_owned());
    add(texts.source, words.vocabulary.service_source(&alert.service_source).into_owned());
    add(texts.detection_source, alert.detection_source.clone());
    if alert.investigation_state != InvestigationState::Unknown {
        add(
            texts.investigation,
            words.vocabulary.investigation_state(&alert.investigation_state).into_owned(),
        );
    }
    add(texts.assignee, alert.assignee.clone().unwrap_or_default());
    add(texts.threat, alert.threat.clone().unwrap_or_default());
    add(texts.actor, alert.actor.clone().unwrap_or_default());
    add(texts.source_id, alert.source_id.clone());
    let times: [(&'static str, &Option<Time>); 5] = [
        (texts.first_activity, &alert.first_activity),
        (texts.last_activity, &alert.last_activity),
        (texts.raised, &alert.created),
        (texts.updated, &alert.updated),
        (texts.resolved_at, &alert.resolved),
    ];
    for (name, time) in times {
        if let Some(time) = time {
            let (at, original) = (time.millis(), time.text().to_owned());
            facts
                .push(view! { <Fact name><TimeView at original style=TimeStyle::Second/></Fact> }.into_any());
        }
    }
    facts
}

/// Status and classification of the alert.
#[component]
fn AlertControls(alert: Alert) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let statuses: Vec<_> = AlertStatus::ALL
        .iter()
        .map(|status| (status.code().to_owned(), words.vocabulary.alert_status(status).into_owned()))
        .collect();
    let id = alert.id.clone();
    let status = {
        let id = id.clone();
        here.slice(move |incident| {
            incident.alerts.get(&id).map(|alert| alert.status.code().to_owned()).unwrap_or_default()
        })
    };
    let id = StoredValue::new(id);
    let set = move |fields: &[AlertField]| {
        let id = id.get_value();
        let differs = |field: &AlertField| {
            here.now(|incident| incident.alerts.get(&id).is_some_and(|alert| field.of(alert) != *field))
                .unwrap_or(false)
        };
        let changed: Vec<AlertField> = fields.iter().filter(|field| differs(field)).cloned().collect();
        if !changed.is_empty() {
            here.act(|incident, _| {
                let one = |field| Act::SetAlerts(incident.id.clone(), vec![(id.clone(), field)]);
                Act::All(changed.into_iter().map(one).collect())
            });
        }
    };
    let choice = Choice::new();
    choice.show(alert.classification.clone(), alert.determination.clone());
    // Each change is saved as it is made.
    Effect::new(move |before: Option<()>| {
        let classification = choice.classification.get();
        let determination = choice.determination.get();
        if before.is_some() {
            set(&[AlertField::Classification(classification), AlertField::Determination(determination)]);
        }
    });
    view! {
        <fieldset class="incident-controls" disabled=here.cannot_write()>
            <legend class="visually-hidden">{words.incident.your_judgement}</legend>
            <Select
                label=words.incident.status
                value=status
                options=statuses
                on_change=move |code: String| set(&[AlertField::Status(AlertStatus::parse(&code))])
            />
            <ClassificationFields choice/>
        </fieldset>
    }
}
