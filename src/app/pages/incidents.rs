//! The page Incidents: what asks for attention, the filters, the table with its preview, and the doors of an empty notebook.

mod bulk;
mod empty;
mod figures;
mod filters;
mod list;
mod new_incident;
mod preview;
mod priority;
mod table;

use leptos::prelude::*;

use self::list::List;
use crate::app::{
    actions::{Action, use_actions},
    import::use_import,
    location::{Location, use_location},
    parts::{action_button::ActionButton, button::ButtonKind, icon::Icon, page_header::PageHeader},
    prefs::use_words,
    route::Route,
    state::{State, use_state},
};
use crate::notebook::{Why, acts};

/// The page Incidents.
#[component]
pub fn IncidentsPage() -> impl IntoView {
    let words = use_words();
    let list = List::provide();
    let new_open = RwSignal::new(false);
    let import = use_import();
    let state = use_state();
    let read_only = state.is_read_only();
    let writable = Signal::derive(move || !read_only.get());
    let location = use_location();
    let texts = &words.incidents;
    let guided = Action::new("incidents.guided", texts.guided, Icon::Prepare, move || {
        open_guided(state, texts.did_guide, location);
    })
    .when(writable);
    let import_action =
        Action::new("incidents.import", texts.import, Icon::Upload, move || import.pick()).when(writable);
    let paste =
        Action::new("incidents.paste", texts.paste, Icon::Paste, move || import.open_paste()).when(writable);
    let new = Action::new("incidents.new", texts.new, Icon::Plus, move || new_open.set(true))
        .keys("n")
        .when(writable);
    use_actions(vec![import_action, paste, new, guided, list.preview_action()]);
    let is_empty = Memo::new(move |_| list.all().with(Vec::is_empty));
    // An empty notebook offers all this as doors. The inner closure is what follows the notebook: the outer one runs once.
    let actions = move || {
        move || {
            (!is_empty.get()).then(|| {
                view! {
                    <ActionButton action=guided kind=ButtonKind::Ghost/>
                    <ActionButton action=paste kind=ButtonKind::Ghost/>
                    <ActionButton action=import_action/>
                    <ActionButton action=new kind=ButtonKind::Primary/>
                }
            })
        }
    };
    view! {
        <PageHeader title=words.shell.incidents actions/>
        {move || {
            if is_empty.get() {
                view! { <empty::Doors guided paste new/> }.into_any()
            } else {
                view! {
                    <figures::FigureLinks/>
                    <filters::Filters/>
                    <bulk::BulkBar/>
                    <table::IncidentTable/>
                }
                    .into_any()
            }
        }}
        <new_incident::NewIncident open=new_open/>
    }
}

/// Opens the guided first incident, once it is in the notebook.
fn open_guided(state: State, said: &'static str, location: Location) {
    let id = crate::sample::id();
    let address = Route::incident(id.as_str());
    if state.with_now(|notebook| notebook.row(&id).is_some()) {
        return location.navigate(&address);
    }
    let incident = crate::sample::first_incident(&state.now());
    state.act_then(acts::put(Why::Created, incident), move || {
        state.say_done(said);
        location.navigate(&address);
    });
}
