//! Slices of the page's one thread: long work stops after a while, lets the page draw and answer, and is asked whether to go
//! on.

use super::browser;

/// How long a slice is, in milliseconds.
const LENGTH: f64 = 16.0;

/// A slice of the page's one thread.
pub struct Slice {
    began: f64,
}

impl Slice {
    /// It begins now.
    pub fn begin() -> Self {
        Self { began: browser::now() }
    }

    /// Whether it has taken long enough.
    pub fn is_over(&self) -> bool {
        browser::now() - self.began > LENGTH
    }

    /// Lets the browser draw and answer; then the next slice begins.
    pub async fn rest(&mut self) {
        browser::breathe().await;
        self.began = browser::now();
    }

    /// Rests where the slice is over. Before that `tell` may show how far the work is; none where it says to give up.
    pub async fn rest_if_over(&mut self, tell: impl FnOnce() -> bool) -> Option<()> {
        if self.is_over() {
            let goes_on = tell();
            self.rest().await;
            return goes_on.then_some(());
        }
        Some(())
    }
}

/// Such a part of a whole, 0 to 1.
pub fn fraction(done: usize, of: usize) -> f64 {
    #[allow(clippy::cast_precision_loss)] // It needs no more than a double's digits.
    {
        done as f64 / of.max(1) as f64
    }
}
