//! What is embedded: complete, in order, in plain language, and light.

use firsthour::model::Phase;
use firsthour::playbooks::{Kind, Playbook, Step, library};
use firsthour::words::Lang;

/// The most that all texts may add to what is sent of the program, in bytes.
const WEIGHT_LIMIT: usize = 160_000;

fn steps() -> impl Iterator<Item = (&'static Playbook, &'static Step)> {
    library().playbooks().iter().flat_map(|playbook| playbook.steps.iter().map(move |step| (playbook, step)))
}

/// Every text of the library that a person reads, with the place it stands in.
fn texts() -> Vec<(String, &'static str)> {
    let mut texts = Vec::new();
    for language in Lang::ALL {
        for playbook in library().playbooks() {
            let words = playbook.words(language);
            let place = format!("{} {}", language.code(), playbook.id);
            texts.push((format!("{place} title"), words.title));
            texts.push((format!("{place} summary"), words.summary));
        }
        for (_, step) in steps() {
            let words = step.words(language);
            let place = format!("{} {}", language.code(), step.id);
            texts.push((format!("{place} title"), words.title));
            texts.push((format!("{place} why"), words.why));
            texts.push((format!("{place} how"), words.how));
        }
    }
    texts
}

/// Fails with every text the rule does not like.
#[track_caller]
fn none_where(rule: &str, broken: impl Fn(&str, &str) -> bool) {
    let found: Vec<_> =
        texts().into_iter().filter(|(place, text)| broken(place, text)).map(|(place, _)| place).collect();
    assert!(found.is_empty(), "{rule}: {found:#?}");
}

#[test]
fn there_is_preparation_then_the_general_playbook_then_scenarios() {
    let kinds: Vec<_> = library().playbooks().iter().map(|playbook| playbook.kind).collect();
    assert_eq!(kinds[..2], [Kind::Prepare, Kind::General]);
    assert!(kinds[2..].iter().all(|kind| *kind == Kind::Scenario));
}

#[test]
fn the_general_playbooks_cover_every_phase() {
    let count = |id: &str, phase| library().playbook(id).unwrap().steps_of(phase).count();
    let counts = [
        (Phase::Triage, 14),
        (Phase::Analysis, 25),
        (Phase::Containment, 16),
        (Phase::Eradication, 12),
        (Phase::Recovery, 11),
        (Phase::Review, 17),
    ];
    assert_eq!(count("prepare", Phase::Prepare), 22);
    for (phase, at_least) in counts {
        assert!(count("general", phase) >= at_least, "{}", phase.code());
    }
}

#[test]
fn steps_stand_in_the_order_of_the_phases() {
    for playbook in library().playbooks() {
        assert!(playbook.steps.is_sorted_by_key(|step| step.phase), "{}", playbook.id);
    }
}

#[test]
fn phases_have_codes_that_come_back() {
    for phase in Phase::ALL {
        assert_eq!(Phase::from_code(phase.code()), Some(phase));
    }
    assert_eq!(Phase::from_code("post"), None);
}

#[test]
fn only_scenarios_are_suggested() {
    for playbook in library().playbooks() {
        let suggest = &playbook.suggest;
        let says = suggest.categories.len() + suggest.techniques.len() + suggest.titles.len();
        assert_eq!(says > 0, playbook.kind == Kind::Scenario, "{}", playbook.id);
        for technique in suggest.techniques {
            let digits = technique.strip_prefix('T').unwrap_or_default();
            assert!(
                digits.len() >= 4 && digits.chars().all(|c| c.is_ascii_digit() || c == '.'),
                "{}: {technique} is not an ATT&CK technique",
                playbook.id
            );
        }
    }
}

#[test]
fn a_step_is_found_by_its_id() {
    let (playbook, step) = library().step("con-02").unwrap();
    assert_eq!((playbook.id, step.phase), ("general", Phase::Containment));
    assert!(step.entities.contains(&"device"));
    assert_eq!(library().step("con-00"), None);
    assert_eq!(library().playbook("nothing"), None);
}

#[test]
fn a_step_says_what_its_file_says() {
    let (_, step) = library().step("con-02").unwrap();
    let words = step.words(Lang::En);
    assert_eq!(words.language, Lang::En);
    assert_eq!(words.title, "Isolate the affected devices, but keep them on");
    assert!(words.how.starts_with("Isolate from the device page"));
    let facts = step.facts();
    assert_eq!(facts.portal, Some("Defender portal > Assets > Devices > the device > Isolate device"));
    assert_eq!(facts.query, None);
    assert!(facts.source.starts_with("Microsoft: "));
    // The last step of the library too: fields are found by number.
    let last = library().playbooks().last().unwrap().steps.last().unwrap();
    assert!(!last.facts().source.is_empty());
    assert!(!last.words(Lang::En).how.is_empty());
}

#[test]
fn a_playbook_is_wholly_in_one_language() {
    for language in Lang::ALL {
        for playbook in library().playbooks() {
            let spoken = playbook.words(language).language;
            assert!(spoken == language || spoken == Lang::En);
            for step in playbook.steps {
                assert_eq!(step.words(language).language, spoken, "{} in {}", step.id, language.code());
            }
        }
    }
}

#[test]
fn every_text_is_there() {
    none_where("empty", |_, text| text.is_empty());
    for (playbook, step) in steps() {
        assert!(!step.facts().source.is_empty(), "{}", step.id);
        assert!(!playbook.source().is_empty(), "{}", playbook.id);
    }
}

#[test]
fn titles_are_short_and_imperative() {
    let title = |place: &str| place.ends_with(" title");
    none_where("a title ends without punctuation", |place, text| {
        title(place) && text.ends_with(['.', ':', ';', '!', '?'])
    });
    none_where("a title starts with a capital", |place, text| {
        title(place) && !text.starts_with(char::is_uppercase)
    });
    none_where(
        "an English title says what to do: no -ing form, no article, no \"you\" in front",
        |place, text| {
            let first = text.split(' ').next().unwrap_or_default();
            let step_title = title(place)
                && place.starts_with("en ")
                && library().step(&place[3..place.len() - 6]).is_some();
            step_title
                && (first.ends_with("ing") && first != "Bring"
                    || ["The", "A", "An", "You", "Your"].contains(&first))
        },
    );
}

#[test]
fn sentences_are_clean() {
    none_where("two spaces in a row", |_, text| text.contains("  "));
    none_where("space at the end of a line", |_, text| text.lines().any(|line| line.ends_with(' ')));
    none_where("space before punctuation", |_, text| {
        [" ,", " .", " ;", " ?"].iter().any(|bad| text.contains(bad))
    });
    none_where("a word twice in a row", |_, text| {
        let words: Vec<_> = text.split_whitespace().collect();
        words.windows(2).any(|pair| pair[0] == pair[1] && pair[0].chars().all(char::is_alphabetic))
    });
    none_where("a backtick without its partner", |_, text| text.matches('`').count() % 2 == 1);
    none_where("a why or a paragraph ends as a sentence", |place, text| {
        !place.ends_with(" title") && !text.ends_with(['.', '?', '"', ':', ')'])
    });
}

#[test]
fn a_paragraph_is_one_line() {
    none_where(
        "each line is a paragraph or a list item, so a line that goes on from the one above is a slip",
        |_, text| text.lines().any(|line| line.starts_with(char::is_lowercase) || line.starts_with(' ')),
    );
    none_where("a list item begins with \"- \"", |_, text| {
        text.lines()
            .any(|line| line == "-" || line.starts_with(['*', '\u{2022}']) || line.starts_with("-\u{a0}"))
    });
}

#[test]
fn a_how_is_long_enough_to_act_on_and_short_enough_to_read() {
    none_where("how: 12 to 150 words", |place, text| {
        place.ends_with(" how") && !(12..=150).contains(&text.split_whitespace().count())
    });
    none_where("why: at most 45 words", |place, text| {
        place.ends_with(" why") && text.split_whitespace().count() > 45
    });
}

#[test]
fn the_texts_stay_light() {
    let deflated = |text: &str| miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 10).len();
    let mut total = deflated(library().facts());
    for language in Lang::ALL {
        total += deflated(library().words(language));
    }
    println!(
        "{} steps in {} playbooks, {total} bytes deflated",
        steps().count(),
        library().playbooks().len()
    );
    assert!(
        total <= WEIGHT_LIMIT,
        "the playbooks add {total} bytes to the program, {WEIGHT_LIMIT} is the limit"
    );
}
