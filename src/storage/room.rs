//! Room: how much there is, how much is taken, and what is held back so that there is always room to fold.

/// What Chromium and Firefox give an origin, in UTF-16 units with the keys. Safari counts bytes and gives packed
/// texts half of that; the store learns it from the first write that is refused.
pub const CAPACITY: usize = 5_242_880;

/// What new input does not get, a twentieth: room to fold the journal, to delete, to save what is open.
pub fn reserve(capacity: usize) -> usize {
    capacity / 20
}

/// The length of the filling that is given up when the browser refuses a save that frees room, be it that another
/// program of the origin took the reserve. Enough for a page of rows and the manifest, and small enough to be on
/// disk soon.
pub const SPARE: usize = 32_768;

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
    /// What of it is the journal, which folding makes smaller.
    pub journal: usize,
    /// What new input may fill.
    pub available: usize,
    /// What the browser gives, as far as is known.
    pub capacity: usize,
}

impl Usage {
    /// How full it is for new input, from 0 to 100.
    pub fn percent(&self) -> u8 {
        let percent = (self.used * 100).checked_div(self.available).unwrap_or(100);
        u8::try_from(percent.min(100)).unwrap_or(100)
    }
}
