//! Whose turn it is: what comes in takes the place of what is being read, and waits for what is being saved.

use std::mem;

/// The imports of a page, one at a time. `T` is where one comes from.
#[derive(Debug)]
pub struct Turns<T> {
    /// Counts the imports and what was stopped of them; one that is not the latest stops at its next step.
    latest: u32,
    saving: bool,
    waiting: Vec<T>,
}

impl<T> Default for Turns<T> {
    fn default() -> Self {
        Self { latest: 0, saving: false, waiting: Vec::new() }
    }
}

impl<T> Turns<T> {
    /// An import comes in. What was being read, or waited for a decision, gives way to it. None where another is being
    /// saved: then it waits until [`Turns::saved`].
    pub fn begin(&mut self, sources: Vec<T>) -> Option<(u32, Vec<T>)> {
        if self.saving {
            self.waiting.extend(sources);
            return None;
        }
        self.stop();
        Some((self.latest, sources))
    }

    /// What was decided on is being saved from now on; none where another is.
    pub fn save(&mut self) -> Option<u32> {
        if self.saving {
            return None;
        }
        self.stop();
        self.saving = true;
        Some(self.latest)
    }

    /// The save is over, however it ended. Gives back all that waited for it.
    pub fn saved(&mut self) -> Vec<T> {
        self.saving = false;
        mem::take(&mut self.waiting)
    }

    /// Stops what is going on. A save that is stopped is over only when it says so.
    pub fn stop(&mut self) {
        self.latest = self.latest.wrapping_add(1);
    }

    /// Whether this one goes on.
    pub fn is_latest(&self, job: u32) -> bool {
        self.latest == job
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_in_during_a_save_waits_and_stops_nothing() {
        let mut turns = Turns::default();
        turns.begin(vec!["first"]).unwrap();
        let saving = turns.save().unwrap();
        assert_eq!(turns.begin(vec!["second"]), None);
        assert_eq!(turns.begin(vec!["third", "fourth"]), None);
        assert!(turns.is_latest(saving), "the save was stopped");
        assert_eq!(turns.saved(), ["second", "third", "fourth"]);
        assert!(turns.saved().is_empty());
        assert!(turns.begin(vec!["fifth"]).is_some());
    }

    #[test]
    fn what_is_being_read_gives_way() {
        let mut turns = Turns::default();
        let (first, _) = turns.begin(vec![1]).unwrap();
        let (second, sources) = turns.begin(vec![2]).unwrap();
        assert!(!turns.is_latest(first) && turns.is_latest(second));
        assert_eq!(sources, [2]);
    }

    #[test]
    fn a_save_that_is_stopped_keeps_the_others_waiting_until_it_is_over() {
        let mut turns = Turns::default();
        let saving = turns.save().unwrap();
        turns.stop();
        assert!(!turns.is_latest(saving));
        assert_eq!(turns.begin(vec![1]), None);
        assert_eq!(turns.save(), None);
        assert_eq!(turns.saved(), [1]);
        assert!(turns.save().is_some());
    }
}
