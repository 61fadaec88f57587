//! Checks the playbook files and puts them together: pure, so that the tests can feed it bad files (`tests/playbook_files.rs`).
//!
//! Out come Rust statics with the structure, and one run of fields per language plus one for what all languages
//! share. They are not packed: what serves the page packs it whole, and better. Fields are found by number; the order
//! in which `put_together` writes them is the order in which `src/playbooks/playbook.rs` reads them.

// The build needs only a language's code; the page needs more of it.
#[allow(dead_code)]
#[path = "../src/words/language.rs"]
mod language;
// The build needs only a phase's code; the model needs more of it.
#[allow(dead_code)]
#[path = "../src/model/phase.rs"]
mod phase;
#[path = "playbook_file.rs"]
mod playbook_file;

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub use language::Lang;
use phase::Phase;
pub use playbook_file::Source;
use playbook_file::{Original, OriginalStep, Translation, check_original, check_translation, parse};

/// What the program embeds.
pub struct Compiled {
    structure: String,
    facts: Vec<String>,
    words: Vec<(Lang, Vec<String>)>,
}

impl Compiled {
    /// File names and contents, as `src/playbooks/library.rs` includes them.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = vec![
            ("playbooks.rs".to_owned(), self.structure.clone().into_bytes()),
            ("facts.txt".to_owned(), run(&self.facts)),
        ];
        files.extend(
            self.words.iter().map(|(language, fields)| (format!("{}.txt", language.code()), run(fields))),
        );
        files
    }
}

/// Checks every file and puts the library together.
///
/// # Errors
/// All problems found, each with its file and step.
pub fn compile(originals: &[Source], translations: &[(Lang, Vec<Source>)]) -> Result<Compiled, Vec<String>> {
    let mut problems = Vec::new();
    let mut playbooks: Vec<Original> = Vec::new();
    let mut step_files = BTreeMap::new();
    for source in originals {
        let Some(mut playbook) = parse::<Original>(source, &mut problems) else { continue };
        check_original(source, &playbook, &mut step_files, &mut problems);
        // Stable, so within a phase the order of the file stays.
        playbook.step.sort_by_key(|step| Phase::from_code(&step.phase));
        playbooks.push(playbook);
    }
    playbooks.sort_by_key(|playbook| match playbook.kind.as_str() {
        "prepare" => 0,
        "general" => 1,
        _ => 2,
    });
    let mut translated = Vec::new();
    for (language, sources) in translations {
        let mut by_id = BTreeMap::new();
        for source in sources {
            let Some(translation) = parse::<Translation>(source, &mut problems) else { continue };
            check_translation(source, &translation, &playbooks, &mut problems);
            by_id.insert(source.id().to_owned(), translation);
        }
        translated.push((*language, by_id));
    }
    if problems.is_empty() { Ok(put_together(&playbooks, &translated)) } else { Err(problems) }
}

fn put_together(playbooks: &[Original], translated: &[(Lang, BTreeMap<String, Translation>)]) -> Compiled {
    let mut facts = Vec::new();
    let mut english = Vec::new();
    let mut structure = format!("static PLAYBOOKS: [Playbook; {}] = [", playbooks.len());
    for playbook in playbooks {
        let suggest = playbook.suggest.as_ref();
        write_line(
            &mut structure,
            &format!(
                "Playbook {{ id: {:?}, version: {}, kind: Kind::{}, suggest: Suggest {{ categories: &{:?}, \
                 techniques: &{:?}, titles: &{:?} }}, words_at: {}, facts_at: {}, steps: &[",
                playbook.id,
                playbook.version,
                kind_variant(&playbook.kind),
                suggest.map_or(&[][..], |suggest| &suggest.categories),
                suggest.map_or(&[][..], |suggest| &suggest.techniques),
                suggest.map_or(&[][..], |suggest| &suggest.titles),
                english.len(),
                facts.len(),
            ),
        );
        english.extend([playbook.title.clone(), playbook.summary.clone()]);
        facts.push(playbook.source.clone());
        for step in &playbook.step {
            write_line(&mut structure, &step_line(step, english.len(), facts.len()));
            english.extend([step.title.clone(), step.why.clone(), step.how.trim().to_owned()]);
            facts.extend([
                step.portal.clone().unwrap_or_default(),
                step.query.as_deref().unwrap_or_default().trim().to_owned(),
                step.source.clone(),
            ]);
        }
        write_line(&mut structure, "] },");
    }
    write_line(&mut structure, "];");
    let mut words = vec![(Lang::En, english)];
    for (language, by_id) in translated {
        words.push((*language, translated_fields(playbooks, by_id)));
    }
    write_line(&mut structure, &text_static("FACTS", "facts"));
    for (language, _) in &words {
        let name = format!("WORDS_{}", language.code().to_uppercase());
        write_line(&mut structure, &text_static(&name, language.code()));
    }
    Compiled { structure, facts, words }
}

/// The fields of a language in the order of the English ones; empty ones where a playbook is not translated.
fn translated_fields(playbooks: &[Original], by_id: &BTreeMap<String, Translation>) -> Vec<String> {
    let mut fields = Vec::new();
    for playbook in playbooks {
        let translation = by_id.get(&playbook.id);
        fields.extend(translation.map_or_else(
            || [String::new(), String::new()],
            |words| [words.title.clone(), words.summary.clone()],
        ));
        for step in &playbook.step {
            let words = translation.and_then(|words| words.step.iter().find(|words| words.id == step.id));
            fields.extend(words.map_or_else(
                || [String::new(), String::new(), String::new()],
                |words| [words.title.clone(), words.why.clone(), words.how.trim().to_owned()],
            ));
        }
    }
    fields
}

fn step_line(step: &OriginalStep, words_at: usize, facts_at: usize) -> String {
    // `check_original` has let only known phases through.
    let phase = Phase::from_code(&step.phase).unwrap_or(Phase::Prepare);
    format!(
        "Step {{ id: {:?}, phase: Phase::{phase:?}, entities: &{:?}, words_at: {words_at}, facts_at: {facts_at} }},",
        step.id, step.entities,
    )
}

fn kind_variant(kind: &str) -> &'static str {
    match kind {
        "prepare" => "Prepare",
        "general" => "General",
        _ => "Scenario",
    }
}

fn text_static(name: &str, file: &str) -> String {
    format!("static {name}: Text = Text::new(include_str!(concat!(env!(\"OUT_DIR\"), \"/{file}.txt\")));")
}

fn write_line(text: &mut String, line: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{line}");
}

fn run(fields: &[String]) -> Vec<u8> {
    fields.join("\u{1f}").into_bytes()
}
