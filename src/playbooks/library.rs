//! The library as it travels inside the program: the structure as plain statics, the words deflated, each language
//! on its own, and inflated when first asked for. What is embedded is written by `build/playbooks.rs`.

use std::sync::OnceLock;

use super::{Kind, Playbook, Step, Suggest};
use crate::model::Phase;
use crate::words::Lang;

/// Splits the fields of a packed text. The build refuses control characters in playbooks, so it cannot occur in one.
const FIELD_SEPARATOR: char = '\u{1f}';

// Brings PLAYBOOKS: [Playbook; _], and FACTS, WORDS_EN, WORDS_NL: Packed.
include!(concat!(env!("OUT_DIR"), "/playbooks.rs"));

/// Every playbook of the program.
#[derive(Debug)]
pub struct Library {
    playbooks: &'static [Playbook],
}

/// How heavy one packed text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// Bytes of the text itself.
    pub raw: usize,
    /// Bytes of it inside the program.
    pub deflated: usize,
}

/// The library. Costs nothing: no text is inflated before it is asked for.
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

    /// How heavy the words of a language are.
    pub fn weight(&self, language: Lang) -> Weight {
        packed_words(language).weight()
    }

    /// How heavy the texts are that all languages share.
    pub fn weight_of_facts(&self) -> Weight {
        FACTS.weight()
    }
}

/// A deflated run of fields, and the fields once somebody has asked for one.
struct Packed {
    deflated: &'static [u8],
    fields: OnceLock<Box<[Box<str>]>>,
}

impl Packed {
    const fn new(deflated: &'static [u8]) -> Self {
        Self { deflated, fields: OnceLock::new() }
    }

    fn inflate(&self) -> String {
        // The build wrote these bytes and a test reads every field of them, so the empty fallback only spares the
        // page a panic.
        let bytes = miniz_oxide::inflate::decompress_to_vec(self.deflated).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    fn take<const N: usize>(&'static self, at: usize) -> [&'static str; N] {
        let fields =
            self.fields.get_or_init(|| self.inflate().split(FIELD_SEPARATOR).map(Box::from).collect());
        std::array::from_fn(|offset| fields.get(at + offset).map_or("", |field| &**field))
    }

    fn weight(&self) -> Weight {
        Weight { raw: self.inflate().len(), deflated: self.deflated.len() }
    }
}

fn packed_words(language: Lang) -> &'static Packed {
    match language {
        Lang::En => &WORDS_EN,
        Lang::Nl => &WORDS_NL,
    }
}

/// `N` fields of the words of a language, or of English where that language lacks them, and which it became.
pub(super) fn words<const N: usize>(language: Lang, at: usize) -> (Lang, [&'static str; N]) {
    let found = packed_words(language).take(at);
    if found.iter().all(|field| field.is_empty()) {
        return (Lang::En, WORDS_EN.take(at));
    }
    (language, found)
}

/// `N` fields of the texts that all languages share.
pub(super) fn facts<const N: usize>(at: usize) -> [&'static str; N] {
    FACTS.take(at)
}
