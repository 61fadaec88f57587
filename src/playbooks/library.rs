//! The library as it travels inside the program: the structure as plain statics, the words of each language as one text
//! that is split when first asked for. What is embedded is written by `build/playbooks.rs`.

use std::sync::OnceLock;

use super::{Kind, Playbook, Step, Suggest};
use crate::model::Phase;
use crate::words::Lang;

/// Splits the fields of a text. The build refuses control characters in playbooks, so it cannot occur in one.
const FIELD_SEPARATOR: char = '\u{1f}';

// Brings PLAYBOOKS: [Playbook; _], and FACTS, WORDS_EN, WORDS_NL: Text.
include!(concat!(env!("OUT_DIR"), "/playbooks.rs"));

/// Every playbook of the program.
#[derive(Debug)]
pub struct Library {
    playbooks: &'static [Playbook],
}

/// The library. Costs nothing: no text is split before it is asked for.
pub fn library() -> &'static Library {
    static LIBRARY: Library = Library { playbooks: &PLAYBOOKS };
    &LIBRARY
}

impl Library {
    /// All playbooks: preparation, the general one, then the scenarios by id.
    pub fn playbooks(&self) -> &'static [Playbook] {
        self.playbooks
    }

    /// The playbook with this id.
    pub fn playbook(&self, id: &str) -> Option<&'static Playbook> {
        self.playbooks.iter().find(|playbook| playbook.id == id)
    }

    /// The playbooks of one kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &'static Playbook> {
        self.playbooks.iter().filter(move |playbook| playbook.kind == kind)
    }

    /// The step with this id and the playbook it stands in.
    pub fn step(&self, id: &str) -> Option<(&'static Playbook, &'static Step)> {
        self.playbooks.iter().find_map(|playbook| {
            playbook.steps.iter().find(|step| step.id == id).map(|step| (playbook, step))
        })
    }

    /// Every word of a language as one text, for who weighs it.
    pub fn words(&self, language: Lang) -> &'static str {
        words_of(language).text
    }

    /// The texts that all languages share, as one.
    pub fn facts(&self) -> &'static str {
        FACTS.text
    }
}

/// A run of fields, and where each stands once somebody has asked for one.
struct Text {
    text: &'static str,
    fields: OnceLock<Box<[&'static str]>>,
}

impl Text {
    const fn new(text: &'static str) -> Self {
        Self { text, fields: OnceLock::new() }
    }

    fn take<const N: usize>(&'static self, at: usize) -> [&'static str; N] {
        let fields = self.fields.get_or_init(|| self.text.split(FIELD_SEPARATOR).collect());
        std::array::from_fn(|offset| fields.get(at + offset).copied().unwrap_or_default())
    }
}

fn words_of(language: Lang) -> &'static Text {
    match language {
        Lang::En => &WORDS_EN,
        Lang::Nl => &WORDS_NL,
    }
}

/// `N` fields of the words of a language, or of English where that language lacks them, and which it became.
pub(super) fn words<const N: usize>(language: Lang, at: usize) -> (Lang, [&'static str; N]) {
    let found = words_of(language).take(at);
    if found.iter().all(|field| field.is_empty()) {
        return (Lang::En, WORDS_EN.take(at));
    }
    (language, found)
}

/// `N` fields of the texts that all languages share.
pub(super) fn facts<const N: usize>(at: usize) -> [&'static str; N] {
    FACTS.take(at)
}
