//! Actions for several incidents at once: each is one edit, undone as one.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::list::{List, use_list};
use crate::compact::Gather as _;
use crate::{
    app::{
        actions::{Action, use_actions},
        giving::use_giving,
        parts::{
            action_button::ActionButton,
            button::{Button, ButtonKind},
            combobox::Combobox,
            dialog::{Dialog, DialogSize},
            field::TextField,
            icon::Icon,
            menu::Menu,
            terms::severity_tone,
        },
        prefs::use_words,
        state::{State, use_state},
    },
    model::{
        Incident, IncidentField, IncidentId, Time,
        taxonomy::{Severity, Status},
    },
    notebook::{Act, acts},
};

/// The chosen incidents and what can be done to them.
#[derive(Clone, Copy)]
struct Bulk {
    list: List,
    state: State,
}

impl Bulk {
    fn count(self) -> usize {
        self.list.selection.with_untracked(BTreeSet::len)
    }

    fn ids(self) -> Vec<IncidentId> {
        self.list.selection.with_untracked(|chosen| {
            chosen.iter().filter_map(|id| IncidentId::try_from(id.clone()).ok()).collect()
        })
    }

    /// Does one thing to each chosen incident, as one edit.
    fn each(self, said: String, act: impl Fn(&Incident, &Time) -> Act) {
        let now = self.state.now();
        let incidents: Vec<Arc<Incident>> =
            self.ids().iter().filter_map(|id| self.state.incident_now(id)).collect();
        let acts = incidents.iter().map(|incident| act(incident, &now)).collect();
        self.state.act_and_say(Act::All(acts), said);
    }

    fn delete(self, said: String) {
        let ids = self.ids();
        // Taking it back needs what was deleted.
        for id in &ids {
            self.state.incident_now(id);
        }
        self.state.act_and_say(acts::delete(ids), said);
    }
}

/// The bar that appears when incidents are chosen.
#[component]
pub fn BulkBar() -> impl IntoView {
    let words = use_words();
    let list = use_list();
    let bulk = Bulk { list, state: use_state() };
    let count = Memo::new(move |_| list.selection.with(BTreeSet::len));
    let assign_open = RwSignal::new(false);
    let tags_open = RwSignal::new(false);
    let texts = &words.incidents;
    let delete = Action::new("incidents.delete", texts.delete, Icon::Trash, move || {
        bulk.delete((texts.did_delete)(bulk.count()));
    })
    .danger();
    let giving = use_giving();
    let save = Action::new("incidents.save", words.merge.save_chosen, Icon::Download, move || {
        giving.give(bulk.ids());
    })
    .when(Signal::derive(move || count.get() > 0));
    use_actions(vec![save]);
    view! {
        <Show when=move || { count.get() > 0 }>
            <div class="bulk-bar" role="toolbar" aria-label=texts.bulk>
                <strong role="status">{move || (words.parts.selected)(count.get())}</strong>
                <Menu label=texts.assign icon=Icon::User actions=assign_actions(bulk, assign_open) small=true/>
                <Menu label=texts.set_status icon=Icon::Check actions=status_actions(bulk) small=true/>
                <Menu label=texts.set_severity icon=Icon::High actions=severity_actions(bulk) small=true/>
                <Button
                    label=texts.add_tags
                    icon=Icon::Tag
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || tags_open.set(true)
                />
                <ActionButton action=save small=true/>
                <ActionButton action=delete small=true/>
                <Button
                    label=texts.clear_selection
                    icon=Icon::Close
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || list.selection.set(BTreeSet::new())
                />
            </div>
        </Show>
        <AssignDialog bulk open=assign_open/>
        <TagsDialog bulk open=tags_open/>
    }
}

fn assign_actions(bulk: Bulk, dialog: RwSignal<bool>) -> Vec<Action> {
    let words = &use_words().incidents;
    vec![
        Action::new("incidents.assign-me", words.assign_me, Icon::User, move || {
            let me = bulk.state.author();
            bulk.each((words.did_assign)(bulk.count(), &me), |incident, now| acts::take(incident, &me, now));
        }),
        Action::new("incidents.assign-to", words.assign_to, Icon::Group, move || dialog.set(true)),
        Action::new("incidents.assign-nobody", words.assign_nobody, Icon::Close, move || {
            bulk.each((words.did_unassign)(bulk.count()), |incident, now| acts::assign(incident, None, now));
        }),
    ]
}

fn status_actions(bulk: Bulk) -> Vec<Action> {
    let words = use_words();
    let one = |(id, status): (&'static str, Status)| {
        let label = words.vocabulary.status(&status).into_owned();
        Action::new(id, label.clone(), Icon::Check, move || {
            let said = (words.incidents.did_status)(bulk.count(), &label);
            bulk.each(said, |incident, now| acts::set_status(incident, status.clone(), now));
        })
    };
    [
        ("incidents.active", Status::Active),
        ("incidents.in-progress", Status::InProgress),
        ("incidents.awaiting", Status::AwaitingAction),
        ("incidents.resolved", Status::Resolved),
    ]
    .map(one)
    .into()
}

fn severity_actions(bulk: Bulk) -> Vec<Action> {
    let words = use_words();
    let one = |(id, severity): (&'static str, Severity)| {
        let label = words.vocabulary.severity(&severity).into_owned();
        let icon = severity_tone(&severity).severity_icon();
        Action::new(id, label.clone(), icon, move || {
            let said = (words.incidents.did_severity)(bulk.count(), &label);
            bulk.each(said, |incident, _| acts::set(&incident.id, IncidentField::Severity(severity.clone())));
        })
    };
    [
        ("incidents.high", Severity::High),
        ("incidents.medium", Severity::Medium),
        ("incidents.low", Severity::Low),
        ("incidents.informational", Severity::Informational),
    ]
    .map(one)
    .into()
}

#[component]
fn AssignDialog(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let texts = &words.incidents;
    let name = RwSignal::new(String::new());
    let people = Memo::new(move |_| {
        let people: BTreeSet<String> =
            bulk.list.all().with(|rows| rows.iter().filter_map(|row| row.assignee.clone()).collect());
        people.into_iter().collect::<Vec<_>>()
    });
    let apply = move || {
        let who = name.get_untracked();
        open.set(false);
        bulk.each((texts.did_assign)(bulk.count(), &who), |incident, now| {
            acts::assign(incident, Some(who.clone()), now)
        });
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel on_press=move || open.set(false)/>
            <Button
                label=texts.apply
                kind=ButtonKind::Primary
                disabled=Signal::derive(move || name.with(String::is_empty))
                on_press=apply
            />
        }
    };
    view! {
        <Dialog
            open
            title=Signal::derive(move || (texts.assign_title)(bulk.list.selection.with(BTreeSet::len)))
            size=DialogSize::Small
            actions
        >
            <Combobox
                label=texts.assign_name
                value=name
                suggestions=people
                on_commit=move |text: String| name.set(text)
            />
        </Dialog>
    }
}

#[component]
fn TagsDialog(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let texts = &words.incidents;
    let text = RwSignal::new(String::new());
    let tags = move || {
        text.with(|text| {
            text.split(',')
                .map(str::trim)
                .filter(|tag| !tag.is_empty())
                .map(str::to_owned)
                .gather::<BTreeSet<_>>()
        })
    };
    let apply = move || {
        let added = tags();
        open.set(false);
        text.set(String::new());
        let said: Vec<&str> = added.iter().map(String::as_str).collect();
        bulk.each((texts.did_tags)(bulk.count(), &said.join(", ")), |incident, _| {
            let tags = incident.tags.union(&added).cloned().collect();
            acts::set(&incident.id, IncidentField::Tags(tags))
        });
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel on_press=move || open.set(false)/>
            <Button
                label=texts.apply
                kind=ButtonKind::Primary
                disabled=Signal::derive(move || tags().is_empty())
                on_press=apply
            />
        }
    };
    view! {
        <Dialog
            open
            title=Signal::derive(move || (texts.tags_title)(bulk.list.selection.with(BTreeSet::len)))
            size=DialogSize::Small
            actions
        >
            <TextField
                label=texts.tags_label
                hint=texts.tags_hint
                value=text
                on_input=move |typed| text.set(typed)
            />
        </Dialog>
    }
}
