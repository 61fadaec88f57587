//! PAGES: one view of the page a file, and which address shows which.

pub mod entities;
pub mod gallery;
pub mod incident;
pub mod incidents;
pub mod not_found;
pub mod playbooks;
pub mod prepare;
pub mod repairs;
pub mod room;
pub mod settings;
pub mod step;

use leptos::prelude::*;

use super::{
    location::use_location,
    route::{IncidentTab, Route},
};

/// The page at an address. It is drawn once; the tab, the filters and the selection in its address are for the page to
/// follow, through [`use_location`].
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Incidents { .. } => view! { <incidents::IncidentsPage/> }.into_any(),
        Route::Incident { id, .. } => {
            let location = use_location();
            let tab = Memo::new(move |_| match location.route().get() {
                Route::Incident { tab, .. } => tab,
                _ => IncidentTab::default(),
            });
            view! { <incident::IncidentPage id tab/> }.into_any()
        }
        Route::Entities { .. } => view! { <entities::EntitiesPage/> }.into_any(),
        Route::Entity { id } => view! { <entities::EntityPage id/> }.into_any(),
        Route::Playbooks { id, .. } => view! { <playbooks::PlaybooksPage id/> }.into_any(),
        Route::Prepare => view! { <prepare::PreparePage/> }.into_any(),
        Route::Settings => view! { <settings::SettingsPage/> }.into_any(),
        Route::Room => view! { <room::RoomPage/> }.into_any(),
        Route::Repairs => view! { <repairs::RepairsPage/> }.into_any(),
        Route::Gallery => view! { <gallery::GalleryPage/> }.into_any(),
        Route::NotFound { address } => view! { <not_found::NotFoundPage address/> }.into_any(),
    }
}
