//! The languages the playbook library is written in. `build.rs` compiles this file too, so it depends on nothing.

/// A language of the library. English is the one every playbook is written in; the others may lag behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, complete by construction.
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// Every language, English first.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// The BCP 47 tag: the folder name of a translation, and the `lang` of what is shown.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }
}
