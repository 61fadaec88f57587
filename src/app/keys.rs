//! Keys: how a pressed key is written, and how presses become one of the bound key sequences.
//!
//! A binding is text: strokes separated by spaces, each a key name with its modifiers, as in `g i`, `Ctrl+k`, `?`,
//! `Shift+Enter`. Letters and signs carry their own shift (`?`, not `Shift+/`), so bindings hold on every keyboard layout.

/// How long a started sequence waits for its next stroke, in milliseconds.
const PATIENCE_MS: f64 = 1_200.0;

/// A key press, as a browser reports it.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// `KeyboardEvent.key`.
    pub key: &'a str,
    /// Control, or Command on a Mac.
    pub control: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
}

impl Press<'_> {
    /// The stroke as bindings write it.
    pub fn stroke(&self) -> String {
        let named = self.key.chars().count() > 1;
        let mut stroke = String::new();
        if self.control {
            stroke.push_str("Ctrl+");
        }
        if self.alt {
            stroke.push_str("Alt+");
        }
        if self.shift && (named || self.control) {
            stroke.push_str("Shift+");
        }
        match self.key {
            " " => stroke.push_str("Space"),
            // With Control, browsers report the letter in the case that Shift or Caps Lock gives it.
            key if self.control && !named => stroke.push_str(&key.to_lowercase()),
            key => stroke.push_str(key),
        }
        stroke
    }
}

/// What a stroke leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The binding at this place in the list is complete.
    Run(usize),
    /// At least one binding goes on from here.
    Wait,
    /// Nothing is bound to this.
    Nothing,
}

/// Strokes so far of a sequence that is not complete.
#[derive(Debug, Default)]
pub struct Sequence {
    strokes: String,
    last_ms: f64,
}

impl Sequence {
    /// Takes the next stroke. `bindings` are tried in order, so the first of two equal ones wins; `now_ms` is any
    /// steady clock in milliseconds.
    pub fn press(&mut self, stroke: &str, now_ms: f64, bindings: &[&str]) -> Outcome {
        let stale = now_ms - self.last_ms > PATIENCE_MS;
        self.last_ms = now_ms;
        if !self.strokes.is_empty() && !stale {
            let longer = format!("{} {stroke}", self.strokes);
            let outcome = self.advance(longer, bindings);
            if outcome != Outcome::Nothing {
                return outcome;
            }
        }
        self.advance(stroke.to_owned(), bindings)
    }

    fn advance(&mut self, strokes: String, bindings: &[&str]) -> Outcome {
        self.strokes.clear();
        if let Some(index) = bindings.iter().position(|binding| *binding == strokes) {
            return Outcome::Run(index);
        }
        let prefix = format!("{strokes} ");
        if bindings.iter().any(|binding| binding.starts_with(&prefix)) {
            self.strokes = strokes;
            return Outcome::Wait;
        }
        Outcome::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINDINGS: [&str; 5] = ["g i", "g p", "?", "Ctrl+k", "j"];

    fn stroke(key: &str, control: bool, shift: bool) -> String {
        Press { key, control, alt: false, shift }.stroke()
    }

    #[test]
    fn strokes_are_written_as_bindings_write_them() {
        assert_eq!(stroke("?", false, true), "?");
        assert_eq!(stroke("K", true, false), "Ctrl+k");
        assert_eq!(stroke("Z", true, true), "Ctrl+Shift+z");
        assert_eq!(stroke("Enter", false, true), "Shift+Enter");
        assert_eq!(stroke(" ", false, false), "Space");
    }

    #[test]
    fn a_sequence_waits_and_then_runs() {
        let mut keys = Sequence::default();
        assert_eq!(keys.press("g", 0.0, &BINDINGS), Outcome::Wait);
        assert_eq!(keys.press("p", 300.0, &BINDINGS), Outcome::Run(1));
        assert_eq!(keys.press("p", 400.0, &BINDINGS), Outcome::Nothing);
    }

    #[test]
    fn a_sequence_that_waited_too_long_is_forgotten() {
        let mut keys = Sequence::default();
        assert_eq!(keys.press("g", 0.0, &BINDINGS), Outcome::Wait);
        assert_eq!(keys.press("i", 5_000.0, &BINDINGS), Outcome::Nothing);
    }

    #[test]
    fn a_stroke_that_ends_no_sequence_still_counts_by_itself() {
        let mut keys = Sequence::default();
        assert_eq!(keys.press("g", 0.0, &BINDINGS), Outcome::Wait);
        assert_eq!(keys.press("j", 100.0, &BINDINGS), Outcome::Run(4));
        assert_eq!(keys.press("Ctrl+k", 200.0, &BINDINGS), Outcome::Run(3));
    }
}
