//! The overview: what happened, what matters now, how far it spread, and how long it took.

use leptos::prelude::*;

use crate::app::pages::incident::clocks::Clocks;

mod attack;
mod description;
mod figures;
mod histogram;
mod matters;
mod story;
mod top;

/// The overview.
#[component]
pub fn Overview() -> impl IntoView {
    view! {
        <div class="incident-overview">
            <story::Story/>
            <figures::Figures/>
            <matters::Matters/>
            <Clocks/>
            <attack::Attack/>
            <top::TopEntities/>
            <description::Description/>
        </div>
    }
}
