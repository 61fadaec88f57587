//! A job that takes a while: how far it is, and whether somebody has stopped it.

use leptos::prelude::*;

/// The place of a job, of which one runs at a time.
#[derive(Clone, Copy)]
pub struct Job {
    share: RwSignal<Option<f64>>,
    /// Counts the runs and what was stopped of them.
    latest: StoredValue<u32>,
}

/// One run of it.
#[derive(Clone, Copy)]
pub struct Run {
    job: Job,
    number: u32,
}

impl Default for Job {
    /// It does not run yet.
    fn default() -> Self {
        Self { share: RwSignal::new(None), latest: StoredValue::new(0) }
    }
}

impl Job {
    /// How far it is, 0 to 1; none while it does not run.
    pub fn share(self) -> Signal<Option<f64>> {
        self.share.into()
    }

    /// Whether it runs.
    pub fn is_running(self) -> Signal<bool> {
        Signal::derive(move || self.share.with(Option::is_some))
    }

    /// Whether it runs at this moment.
    pub fn runs_now(self) -> bool {
        self.share.with_untracked(Option::is_some)
    }

    /// Begins a run; one that is under way gives way to it.
    pub fn begin(self) -> Run {
        self.stop();
        self.share.set(Some(0.0));
        Run { job: self, number: self.latest.get_value() }
    }

    /// Stops the run that is under way: it gives up at its next step.
    pub fn stop(self) {
        self.latest.update_value(|latest| *latest = latest.wrapping_add(1));
        self.share.set(None);
    }
}

impl Run {
    /// Whether it was not stopped. One that nobody sees any more goes on.
    pub fn goes_on(self) -> bool {
        self.job.latest.try_get_value().is_none_or(|latest| latest == self.number)
    }

    /// Tells how far it is, 0 to 1. Returns whether to go on.
    pub fn tell(self, share: f64) -> bool {
        let goes_on = self.goes_on();
        if goes_on {
            let _ = self.job.share.try_set(Some(share));
        }
        goes_on
    }

    /// It is over. Returns whether that is news: not where it was stopped.
    pub fn end(self) -> bool {
        let goes_on = self.goes_on();
        if goes_on {
            let _ = self.job.share.try_set(None);
        }
        goes_on
    }
}
