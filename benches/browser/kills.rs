//! How much a killed browser loses: the page is edited without a pause, the whole browser is killed at a random moment and
//! started again, and what the page had shown as saved is counted against what is there.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use crate::harness::visit::World;
use crate::killing::{Dice, Outcome, Victim};
use crate::visit;

/// How many kills one notebook goes through before the next begins.
const FOR_ONE_NOTEBOOK: usize = 20;

/// Kills the browser so many times and prints the figures. Fails where anything was lost or damaged.
pub fn measure(ours: &Arc<World>, kills: usize) -> Result<(), String> {
    let mut dice = Dice::any();
    let mut sum = Sum::default();
    println!("\nkilling the browser {kills} times in the middle of editing");
    let mut number = 0;
    while number < kills {
        let page = visit(ours, &format!("bench-kills-{number}"))?;
        let mut victim = Victim::prepare(&page);
        for _ in 0..FOR_ONE_NOTEBOOK.min(kills - number) {
            number += 1;
            let after = Duration::from_millis(50 + dice.below(2_450));
            let early = (dice.below(5) == 0).then(|| Duration::from_millis(dice.below(500)));
            let outcome = victim.kill(&page, after, early);
            if outcome.lost().all() > 0 || !outcome.damage.is_empty() {
                println!("  kill {number} after {after:?}, then {early:?}: {outcome:?}");
            }
            sum.add(outcome);
            print!("\r  {number} of {kills}");
            let _ = std::io::stdout().flush();
        }
    }
    println!("\r  {:34} {:8}", "kills", sum.kills);
    println!("  {:34} {:8}", "edits shown as saved", sum.saved);
    println!("  {:34} {:8}", "edits there afterwards", sum.found);
    println!("  {:34} {:8}", "edits shown as saved and lost", sum.lost);
    println!("  {:34} {:8}", "stores damaged", sum.damaged);
    println!("  {:34} {:8.1} ms", "from the act to saved, p50", sum.time(0.5));
    println!("  {:34} {:8.1} ms", "from the act to saved, p95", sum.time(0.95));
    if sum.lost > 0 || sum.damaged > 0 {
        return Err("something was lost or damaged".to_owned());
    }
    Ok(())
}

/// How the outcomes of many kills add up.
#[derive(Debug, Default)]
struct Sum {
    /// How many kills.
    kills: usize,
    /// What the page had shown as saved.
    saved: usize,
    /// What was there afterwards.
    found: usize,
    /// What had been shown as saved and was gone.
    lost: usize,
    /// How many times something was wrong with the store.
    damaged: usize,
    /// From acts until they were shown as saved, in milliseconds.
    times: Vec<f64>,
}

impl Sum {
    /// Takes in one more.
    fn add(&mut self, outcome: Outcome) {
        self.kills += 1;
        self.saved += outcome.saved.all();
        self.found += outcome.found.all();
        self.lost += outcome.lost().all();
        self.damaged += usize::from(!outcome.damage.is_empty());
        self.times.extend(outcome.times);
    }

    /// The time below which this share of the edits was saved.
    fn time(&self, share: f64) -> f64 {
        let mut times = self.times.clone();
        times.sort_by(f64::total_cmp);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let place = (times.len() as f64 * share) as usize;
        times.get(place.min(times.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
    }
}
