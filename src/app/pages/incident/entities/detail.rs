//! Everything that is known of one entity.

use leptos::prelude::*;

use super::{
    OPEN, controls::EntityControls, facts::EntityFacts, follow_up::FollowUpOffer, merging::Parts, safe_name,
    sightings::Sightings,
};
use crate::{
    app::{
        pages::incident::{
            here::{Here, use_here},
            linked_steps::LinkedSteps,
            other_fields::OtherFields,
            stepper::Stepper,
        },
        parts::{
            button::{Button, ButtonKind},
            copy_button::CopyButton,
            description_list::DescriptionList,
            dialog::{Dialog, DialogSize},
            icon::{Icon, IconView},
            terms::kind_icon,
        },
        prefs::use_words,
        seen::Elsewhere,
    },
    model::{Entity, EntityId, Facts},
    notebook::acts,
};

/// The entity that the address names, over the page.
#[component]
pub fn EntityDetail(
    /// The ids of the entities in the list, for going on to the next.
    shown: Memo<Vec<String>>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let asked = here.asked(OPEN);
    let known = Memo::new(move |_| {
        let id = EntityId::try_from(asked.get().as_str()).ok()?;
        // An old address may name a part of what was merged since.
        here.read(|incident| incident.entity(&id).map(|entity| entity.id.clone())).flatten()
    });
    let entity = move || {
        let id = known.get()?;
        here.now(|incident| incident.entity(&id).map(std::borrow::Cow::into_owned)).flatten()
    };
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(known.with(Option::is_some)));
    let title = Signal::derive(move || {
        entity().map(|entity| safe_name(entity.kind(), &entity.name())).unwrap_or_default()
    });
    let remove = move || {
        if let Some(id) = known.get_untracked() {
            remove_entity(here, &id);
        }
    };
    let actions = move || {
        view! {
            <Button
                label=words.incident.remove_entity
                icon=Icon::Trash
                kind=ButtonKind::Danger
                disabled=here.cannot_write()
                on_press=remove
            />
            <Stepper key_in_address=OPEN shown/>
        }
    };
    view! {
        <Dialog open title size=DialogSize::Large actions on_close=move || here.ask(OPEN, "")>
            {move || entity().map(|entity| view! { <Detail entity/> })}
        </Dialog>
    }
}

fn remove_entity(here: Here, id: &EntityId) {
    let words = &here.words.incident;
    let name =
        here.now(|incident| incident.entity(id).map(|entity| entity.name())).flatten().unwrap_or_default();
    here.ask(OPEN, "");
    here.act_and_say(|incident, _| acts::remove_entity(incident, id), (words.entity_removed)(&name));
}

#[component]
fn Detail(entity: Entity) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let kind = entity.kind();
    let name = entity.name();
    let safe = safe_name(kind, &name);
    let is_defanged = safe != name;
    let copies = if is_defanged {
        view! {
            <CopyButton text=safe label=texts.copy_defanged/>
            <CopyButton text=name label=texts.copy_live/>
        }
        .into_any()
    } else {
        view! { <CopyButton text=name label=texts.copy_name/> }.into_any()
    };
    let facts = view! { <EntityFacts entity=entity.clone()/> };
    let raw = match &entity.facts {
        Facts::Other(other) => Some((other.type_name.clone(), other.raw.clone())),
        _ => None,
    };
    let json = |fields: &crate::model::Extra| serde_json::to_string_pretty(fields).unwrap_or_default();
    let (id, extra) = (entity.id.clone(), entity.extra.clone());
    view! {
        <p class="cluster">
            <IconView icon=kind_icon(kind)/>
            <span>{words.vocabulary.entity_kind(kind)}</span>
            {copies}
            <Elsewhere incident=here.id() entity=entity.id.clone()/>
        </p>
        <FollowUpOffer/>
        <EntityControls id=entity.id.clone()/>
        <DescriptionList>{facts}</DescriptionList>
        {raw
            .map(|(type_name, raw)| {
                view! {
                    <section>
                        <h3>{(texts.raw_of)(&type_name)}</h3>
                        <pre class="incident-json" tabindex="0">{json(&raw)}</pre>
                    </section>
                }
            })}
        <Parts id=entity.id.clone()/>
        <Sightings entity=entity.clone()/>
        <LinkedSteps is_about=move |step| {
            here.now(|incident| incident.is_among(&id, &step.entities)).unwrap_or(false)
        }/>
        <OtherFields fields=extra/>
    }
}
