//! One evidence item: what it is, who has it and where, its chain of custody, and what can be recorded.

use leptos::prelude::*;

use super::{
    OPEN, cells_of, chain::Chain, check::HashCheck, describe::Describe, handling::HandlingForm, kind_icon,
    withdrawing::WithdrawForm,
};
use crate::{
    app::{
        browser,
        pages::incident::{
            entities::{OPEN as OPEN_ENTITY, safe_name},
            here::{Here, use_here},
            linked_steps::LinkedSteps,
            stepper::Stepper,
        },
        parts::{
            badge::Tone,
            banner::Banner,
            button::{Button, ButtonKind},
            copy_button::CopyButton,
            description_list::{DescriptionList, Fact},
            dialog::{Dialog, DialogSize},
            disclosure::Disclosure,
            icon::{Icon, IconView},
            time::Time as TimeView,
        },
        prefs::use_words,
        route::{IncidentTab, Query},
    },
    model::{CustodyEvent, EvidenceId, EvidenceItem},
    notebook::Act,
};

/// What is being recorded about the item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// It goes to somebody else.
    HandOver,
    /// It goes to another place.
    Move,
    /// Its hash is compared.
    Check,
    /// Anything else.
    Other,
    /// This entry of the chain does not hold.
    Withdraw(CustodyEvent),
}

/// The item that the address names, over the page.
#[component]
pub fn ItemDetail(
    /// The ids of the items in the list, for going on to the next.
    shown: Memo<Vec<String>>,
) -> impl IntoView {
    let here = use_here();
    let texts = &use_words().evidence;
    let asked = here.asked(OPEN);
    let known = Memo::new(move |_| {
        let id = EvidenceId::try_from(asked.get().as_str()).ok()?;
        here.read(|incident| incident.evidence.contains_key(&id)).unwrap_or(false).then_some(id)
    });
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(known.with(Option::is_some)));
    let title = Signal::derive(move || {
        let id = known.get()?;
        here.read(|incident| incident.evidence.get(&id).map(EvidenceItem::title)).flatten()
    });
    let title = Signal::derive(move || title.get().unwrap_or_default());
    let actions = move || {
        view! {
            <Button
                label=texts.remove
                icon=Icon::Trash
                kind=ButtonKind::Danger
                disabled=here.cannot_write()
                on_press=move || {
                    if let Some(id) = known.get_untracked() {
                        remove(here, &id);
                    }
                }
            />
            <Stepper key_in_address=OPEN shown/>
        }
    };
    view! {
        <Dialog open title size=DialogSize::Large actions on_close=move || here.ask(OPEN, "")>
            {move || known.get().map(|id| view! { <Detail id/> })}
        </Dialog>
    }
}

fn remove(here: Here, id: &EvidenceId) {
    let name =
        here.now(|incident| incident.evidence.get(id).map(EvidenceItem::title)).flatten().unwrap_or_default();
    here.ask(OPEN, "");
    here.act_and_say(
        |incident, _| Act::RemoveEvidence(incident.id.clone(), id.clone()),
        (here.words.evidence.removed)(&name),
    );
}

#[component]
fn Detail(id: EvidenceId) -> impl IntoView {
    let here = use_here();
    let texts = &use_words().evidence;
    let task = RwSignal::new(None::<Task>);
    let stored = StoredValue::new(id.clone());
    let linked = id.clone();
    let begin = move |new: Task| {
        task.set(Some(new));
        request_animation_frame(|| browser::focus(".evidence-task :is(input, select, textarea, button)"));
    };
    let done = move || {
        task.set(None);
        request_animation_frame(|| browser::focus(".evidence-tasks button"));
    };
    let button = move |label: &'static str, icon, new: Task| {
        let pressed = {
            let new = new.clone();
            Signal::derive(move || task.with(|task| task.as_ref() == Some(&new)))
        };
        view! {
            <Button
                label
                icon
                pressed
                disabled=here.cannot_write()
                on_press=move || begin(new.clone())
            />
        }
    };
    let form = move || {
        let id = stored.get_value();
        task.get().map(|task| match task {
            Task::Check => view! { <HashCheck id on_done=done/> }.into_any(),
            Task::Withdraw(event) => view! { <WithdrawForm id event on_done=done/> }.into_any(),
            task => view! { <HandlingForm id task on_done=done/> }.into_any(),
        })
    };
    view! {
        <Standing id=id.clone()/>
        <div class="cluster evidence-tasks">
            {button(texts.hand_over, Icon::User, Task::HandOver)}
            {button(texts.move_it, Icon::External, Task::Move)}
            {button(texts.check_hash, Icon::Shield, Task::Check)}
            {button(texts.other, Icon::Plus, Task::Other)}
        </div>
        {form}
        <Facts id=id.clone()/>
        <Chain id=id.clone() on_withdraw=move |event| begin(Task::Withdraw(event))/>
        <LinkedSteps is_about=move |step| step.evidence.contains(&linked)/>
        <Disclosure summary=move || texts.describe>
            <Describe id=id.clone()/>
        </Disclosure>
    }
}

/// Who has it, where it is, and whether it is what it was.
#[component]
fn Standing(id: EvidenceId) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.evidence;
    let now = cells_of(here, id);
    let facts = move || {
        now.get().map(|now| {
            let kind = words.vocabulary.evidence_kind(&now.kind).into_owned();
            let place = (!now.kept_at.is_empty()).then(|| {
                view! { <Fact name=texts.kept_at>{now.kept_at.clone()}</Fact> }
            });
            view! {
                <p class="cluster">
                    <IconView icon=kind_icon(&now.kind)/>
                    <span>{kind}</span>
                    {now.size.map(|size| view! { <span class="muted">{words.amounts.bytes(size)}</span> })}
                </p>
                <DescriptionList>
                    <Fact name=texts.held_by>{(texts.whereabouts)(now.whereabouts, &now.holder)}</Fact>
                    {place}
                </DescriptionList>
            }
        })
    };
    let broken = Memo::new(move |_| now.with(|now| now.as_ref().and_then(|now| now.checked)));
    let gap = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(|now| now.has_gap)));
    view! {
        {facts}
        {move || match broken.get() {
            Some((at, false)) => Some(view! {
                <Banner tone=Tone::Danger title=texts.differs>
                    <TimeView at/>
                </Banner>
            }),
            _ => None,
        }}
        {move || gap.get().then(|| view! { <Banner tone=Tone::Warning title=texts.has_gap/> })}
    }
}

/// What it is known by.
#[component]
fn Facts(id: EvidenceId) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let item = {
        let id = id.clone();
        here.slice(move |incident| incident.evidence.get(&id).cloned())
    };
    let label = move |field: &str| words.fields.settable(field).into_owned();
    let hash = move |field: &'static str, digits: String| {
        (!digits.is_empty()).then(|| {
            view! {
                <Fact name=label(field)>
                    <code class="evidence-hash">{digits.clone()}</code>
                    <CopyButton text=digits icon_only=true/>
                </Fact>
            }
        })
    };
    let text = move |field: &'static str, text: String| {
        (!text.is_empty())
            .then(|| view! { <Fact name=label(field)><span class="incident-value">{text}</span></Fact> })
    };
    let source = move |item: &EvidenceItem| {
        let id = item.taken_from.clone()?;
        let known =
            here.now(|incident| incident.entity(&id).map(|entity| safe_name(entity.kind(), &entity.name())));
        let shown = match known.flatten() {
            Some(name) => {
                let address =
                    here.address_with(IncidentTab::Entities, Query::new().with(OPEN_ENTITY, id.as_str()));
                view! { <a href=address>{name}</a> }.into_any()
            }
            None => view! { <span class="muted">{words.evidence.gone}</span> }.into_any(),
        };
        Some(view! { <Fact name=label("takenFrom")>{shown}</Fact> })
    };
    move || {
        item.get().map(|item| {
            view! {
                <DescriptionList>
                    {hash("sha256", item.sha256.clone())}
                    {hash("sha1", item.sha1.clone())}
                    {hash("md5", item.md5.clone())}
                    {source(&item)}
                    {text("foundAt", item.found_at.clone())}
                    {text("identifier", item.identifier.clone())}
                    {text("note", item.note.clone())}
                </DescriptionList>
            }
        })
    }
}
