//! What a table's columns are, and what it is sorted by.

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its stable name; sorting speaks of it.
    pub key: &'static str,
    /// Its heading.
    pub label: String,
    /// Whether its heading sorts.
    pub sortable: bool,
    /// Whether it holds numbers, and is set to the right.
    pub numeric: bool,
    /// Whether it may go on narrow screens.
    pub optional: bool,
    /// Whether its cells take what room is left, on one line with the rest cut off.
    pub wide: bool,
}

impl Column {
    /// A column that does not sort.
    pub fn new(key: &'static str, label: impl Into<String>) -> Self {
        Self { key, label: label.into(), sortable: false, numeric: false, optional: false, wide: false }
    }

    /// Lets its heading sort.
    #[must_use]
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    /// Sets its cells to the right.
    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// Lets it go on narrow screens.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Gives it what room is left.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

/// What a table is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's key.
    pub key: String,
    /// Whether the greatest comes first.
    pub descending: bool,
}
