//! A preparation step in the list.

use leptos::prelude::*;

use super::{body::Body, handle_of, review::ReviewMark};
use crate::{
    app::{
        pages::step::{
            handle::StepHandle,
            marks::{Decision, Excerpt, Holder},
            row::StepRow,
        },
        state::use_state,
    },
    playbooks::library,
};

/// A preparation step.
#[component]
pub fn Row(
    /// Its id in the library.
    id: &'static str,
    /// Where the step goes that is to be skipped.
    skipping: RwSignal<Option<StepHandle>>,
    /// The names to suggest.
    people: Memo<Vec<String>>,
) -> impl IntoView {
    let (_, step) = library().step(id)?;
    let handle = handle_of(use_state(), step)?;
    let expanded = RwSignal::new(false);
    Some(view! {
        <StepRow
            step=handle
            expanded
            on_toggle=move || expanded.update(|open| *open = !*open)
            marks=move || {
                view! {
                    <div class="step-marks">
                        <Decision step=handle/>
                        <Holder step=handle/>
                        <ReviewMark step=handle/>
                        <Excerpt step=handle/>
                    </div>
                }
            }
            body=move || view! { <Body step handle skipping people/> }
        />
    })
}
