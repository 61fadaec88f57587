//! A large edit that is under way: what it is, how far it is, and the way to stop it, in a dialog over the page. What is done
//! before anybody could read it is not shown.

use std::time::Duration;

use leptos::prelude::*;

use super::{
    job::{Job, Run},
    parts::{
        dialog::{Dialog, DialogSize},
        progress::Progress,
    },
    prefs::use_words,
};

/// How long it takes before it is shown.
const SHOW_AFTER: Duration = Duration::from_millis(400);

/// The large edit, as context.
#[derive(Clone, Copy)]
pub struct LongWork {
    job: Job,
    what: RwSignal<String>,
    open: RwSignal<bool>,
}

impl Default for LongWork {
    /// None is under way.
    fn default() -> Self {
        Self { job: Job::default(), what: RwSignal::new(String::new()), open: RwSignal::new(false) }
    }
}

impl LongWork {
    /// Begins one, called so; none where another is under way.
    pub fn begin(self, what: String) -> Option<Run> {
        if self.job.runs_now() {
            return None;
        }
        self.what.set(what);
        let run = self.job.begin();
        set_timeout(
            move || {
                if run.goes_on() && self.job.runs_now() {
                    self.open.set(true);
                }
            },
            SHOW_AFTER,
        );
        Some(run)
    }

    /// It is over.
    pub fn end(self, run: Run) {
        run.end();
        self.open.set(false);
    }
}

/// The dialog. Stands once, in the shell.
#[component]
pub fn LongWorkDialog(
    /// What it shows.
    work: LongWork,
) -> impl IntoView {
    let words = &use_words().keeping;
    view! {
        <Dialog
            open=work.open
            title=words.large_title
            size=DialogSize::Small
            on_close=move || work.job.stop()
        >
            <Progress label=work.what share=work.job.share() on_cancel=move || work.open.set(false)/>
            <p class="muted">{words.large_text}</p>
        </Dialog>
    }
}
