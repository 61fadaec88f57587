//! How much folding may write by the minute.
//!
//! Chromium writes local storage to disk at its own pace and takes it that a page has no more than about ten megabytes
//! an hour for it; whoever writes more waits longer until anything is on disk, the next edit included. So folding,
//! which nobody waits for, keeps below that on average. What was not used is saved up for some minutes.

/// How many UTF-16 units folding may write in a minute: 170 KiB, two bytes each.
pub const PER_MINUTE: i64 = 87_040;

/// For how many minutes what was not used is saved up.
const SAVED_UP: i64 = 5;

const MINUTE: i64 = 60_000;

/// What is left to write now.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// Units times [`MINUTE`], so that nothing is lost to rounding. Below zero while more was written than there was.
    left: i64,
    /// As of this time, in milliseconds.
    at: i64,
}

impl Allowance {
    /// All that can be saved up.
    pub fn new(now: i64) -> Self {
        Self { left: SAVED_UP * PER_MINUTE * MINUTE, at: now }
    }

    fn left(self, now: i64) -> i64 {
        // A clock that was set back gives nothing.
        let passed = now.saturating_sub(self.at).max(0);
        self.left.saturating_add(passed.saturating_mul(PER_MINUTE)).min(SAVED_UP * PER_MINUTE * MINUTE)
    }

    /// Notes that so many units were written.
    pub fn spend(&mut self, now: i64, units: usize) {
        let units = i64::try_from(units).unwrap_or(i64::MAX);
        self.left = self.left(now).saturating_sub(units.saturating_mul(MINUTE));
        self.at = now;
    }

    /// In how many milliseconds the next fold may begin.
    pub fn wait(self, now: i64) -> u32 {
        let missing = self.left(now).min(0).saturating_neg();
        u32::try_from(missing / PER_MINUTE).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_too_much_is_waited_for() {
        let mut allowance = Allowance::new(0);
        allowance.spend(0, 5 * 87_040);
        assert_eq!(allowance.wait(0), 0);
        allowance.spend(0, 87_040);
        assert_eq!(allowance.wait(0), 60_000);
        assert_eq!(allowance.wait(45_000), 15_000);
        assert_eq!(allowance.wait(60_000), 0);
    }

    /// However folding comes about, an hour's share is what the minutes give and what was saved up before.
    #[test]
    fn an_hours_folding_keeps_to_an_hours_share() {
        let mut allowance = Allowance::new(0);
        let (mut now, mut written) = (0, 0);
        while now < 60 * MINUTE {
            let units = 20_000 + usize::try_from(now % 31_000).unwrap();
            allowance.spend(now, units);
            written += i64::try_from(units).unwrap();
            now += i64::from(allowance.wait(now)).max(2_000);
        }
        assert!(written <= (60 + SAVED_UP) * PER_MINUTE + 51_000, "{written}");
        assert!(written > 60 * PER_MINUTE, "{written}");
    }

    #[test]
    fn what_is_saved_up_has_an_end_and_a_clock_set_back_gives_nothing() {
        let mut allowance = Allowance::new(0);
        allowance.spend(1_000 * MINUTE, 6 * 87_040);
        assert_eq!(allowance.wait(1_000 * MINUTE), 60_000);
        assert_eq!(allowance.wait(0), 60_000);
    }
}
