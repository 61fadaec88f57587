//! Room: how much there is, how much is taken, and what is held back so that there is always room to save what is
//! open, to fold and to delete.
//!
//! ```text
//! 0 ──────── new input (imports, new incidents) ────────┬─ edits of what is open ─┬─ deleting ─┐ capacity
//!                                                       └──────── reserve ────────┴────────────┘
//! ```
//!
//! Half of the reserve is laid up as a filling ([`spare`]) that is given up when it is needed, so that another program
//! of the origin cannot take it.

/// What Chromium and Firefox give an origin, in UTF-16 units with the keys. Safari counts bytes and gives packed
/// texts half of that; the store learns it from the first write that is refused.
pub const CAPACITY: usize = 5_242_880;

/// What new input does not get, a twentieth: room to fold the journal, to delete, to save what is open.
pub fn reserve(capacity: usize) -> usize {
    capacity / 20
}

/// The length of the filling that is given up when the browser refuses an edit of what is open or a save that frees
/// room, be it that another program of the origin took all the rest. The journal is folded before folding it would take
/// more than this.
pub fn spare(capacity: usize) -> usize {
    (reserve(capacity) / 2).max(32_768).min(reserve(capacity))
}

/// What an edit of what is open leaves free, so that incidents can still be deleted: a page of rows and the manifest.
pub const TO_DELETE: usize = 8_192;

/// From so many entries on the journal is folded before folding it would take more than the filling gives. Fewer would
/// write an incident that is larger than the filling anew with every edit.
pub const JOURNAL_SPARED: usize = 16;

/// What folding one more incident takes: its snapshot and the page of its row, as they commonly are.
const NEXT: usize = 8_192;

/// How an edit of what is open is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As one more entry of the journal.
    Append,
    /// By folding the journal with it.
    Fold,
}

/// How an edit is kept where so many units are `free`, also those of the filling: its entry takes `entry` units, and
/// folding the journal with it takes at most `fold` before it gives any back. `due` says that the journal is long enough.
/// None where there is no room for it.
///
/// Appending has to leave room for folding with one more such edit of another incident, or the journal could never be
/// folded again.
pub fn way(free: usize, entry: usize, fold: usize, due: bool) -> Option<Way> {
    let free = free.saturating_sub(TO_DELETE);
    match () {
        () if !due && entry + fold + growth(entry) + NEXT <= free => Some(Way::Append),
        () if fold <= free => Some(Way::Fold),
        () => None,
    }
}

/// From so many entries on the journal should be folded when there is time.
pub const JOURNAL_WISH: usize = 64;

/// From so many entries on the journal is folded before the next edit is taken.
pub const JOURNAL_LIMIT: usize = 512;

/// From so many units on the journal is folded before the next edit is taken.
pub const JOURNAL_UNITS_LIMIT: usize = 131_072;

/// The most that a snapshot can grow by an edit whose journal entry has this many units: its text stands in the
/// state and in the log, three bytes for each unit at most, fifteen bits of them in each packed unit, and some for
/// the names of the fields.
pub fn growth(entry: usize) -> usize {
    4 * entry + 128
}

/// The most that the snapshot of each further incident grows by an act that touches several: who, when and what in
/// its log.
pub const LOGGED: usize = 256;

/// What the meter shows, in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// What everything of this origin takes, also other programs' data.
    pub used: usize,
    /// What of it is filling, which is given up when it is needed.
    pub spare: usize,
    /// What of it is the journal, which folding makes smaller.
    pub journal: usize,
    /// What new input may fill.
    pub available: usize,
    /// What the browser gives, as far as is known.
    pub capacity: usize,
}

impl Usage {
    /// What is taken for good.
    pub fn taken(&self) -> usize {
        self.used.saturating_sub(self.spare)
    }

    /// How full it is for new input, from 0 to 100.
    pub fn percent(&self) -> u8 {
        let percent = (self.taken() * 100).checked_div(self.available).unwrap_or(100);
        u8::try_from(percent.min(100)).unwrap_or(100)
    }

    /// How full it is, in words' terms.
    pub fn level(&self) -> Level {
        match self.available.saturating_sub(self.taken()) {
            free if free < SMALL_IMPORT => Level::Full,
            _ if self.percent() >= NEARLY => Level::Nearly,
            _ => Level::Roomy,
        }
    }
}

/// From so many percent on the meter is not enough and the page says what takes the room.
pub const NEARLY: u8 = 85;

/// Where less than this is free, most new incidents would be refused: an export of one incident takes about as much.
pub const SMALL_IMPORT: usize = 4_096;

/// How full it is for new input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// There is nothing to say.
    Roomy,
    /// It is time to free some.
    Nearly,
    /// New input is refused; what is open can still be saved.
    Full,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_leaves_room_to_fold_and_a_fold_leaves_room_to_delete() {
        let free = TO_DELETE + 20_000;
        let fold = 20_000 - NEXT - 100 - growth(100);
        assert_eq!(way(free, 100, fold, false), Some(Way::Append));
        assert_eq!(way(free, 101, fold, false), Some(Way::Fold));
        assert_eq!(way(free, 100, fold, true), Some(Way::Fold));
        assert_eq!(way(free, 50_000, 20_000, false), Some(Way::Fold));
        assert_eq!(way(free, 1, 20_001, false), None);
        assert_eq!(way(0, 0, 1, false), None);
    }

    #[test]
    fn the_warning_comes_at_eighty_five_percent_and_the_filling_does_not_count() {
        let usage = |taken: usize| Usage {
            used: taken + spare(CAPACITY),
            spare: spare(CAPACITY),
            journal: 0,
            available: CAPACITY - reserve(CAPACITY),
            capacity: CAPACITY,
        };
        let available = usage(0).available;
        assert_eq!((usage(0).percent(), usage(0).level()), (0, Level::Roomy));
        assert_eq!(usage(available * 84 / 100).level(), Level::Roomy);
        assert_eq!(usage(available * 86 / 100).level(), Level::Nearly);
        assert_eq!(usage(available - SMALL_IMPORT).level(), Level::Nearly);
        assert_eq!(usage(available - SMALL_IMPORT + 1).level(), Level::Full);
        assert_eq!((usage(CAPACITY).percent(), usage(CAPACITY).level()), (100, Level::Full));
    }

    #[test]
    fn the_filling_is_half_the_reserve_where_the_browser_gives_what_it_should() {
        assert_eq!(spare(CAPACITY), reserve(CAPACITY) / 2);
        for capacity in [0, 10_000, 200_000, 2_600_000, CAPACITY] {
            assert!(spare(capacity) <= reserve(capacity), "{capacity}");
        }
    }
}
