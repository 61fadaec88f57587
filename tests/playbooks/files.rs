//! The build's check of playbook files: each mistake is refused with the file and the step it is in.

use firsthour::model::EntityKind;

use crate::compiler::{Lang, Source, compile};

const GENERAL: &str = r#"# A test playbook.
id = "general"
version = 1
kind = "general"
title = "General"
summary = "For every incident."
source = "Ourselves"

[[step]]
id = "con-01"
phase = "containment"
title = "Isolate the device"
why = "It stops the spread."
how = "Press the button."
entities = ["device"]
source = "Ourselves"

[[step]]
id = "tri-01"
phase = "triage"
title = "Look at the list"
why = "To see what is new."
how = "Open it."
source = "Ourselves"
"#;

const DUTCH: &str = r#"# Een vertaling.
title = "Algemeen"
summary = "Voor elk incident."

[[step]]
id = "tri-01"
title = "Bekijk de lijst"
why = "Om te zien wat nieuw is."
how = "Open hem."

[[step]]
id = "con-01"
title = "Isoleer het apparaat"
why = "Dat stopt de verspreiding."
how = "Druk op de knop."
"#;

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

/// Everything the compiler has against this playbook and this translation, in one text.
fn problems(general: &str, dutch: &str) -> String {
    let translations = [(Lang::Nl, vec![source("library/nl/general.toml", dutch)])];
    compile(&[source("library/general.toml", general)], &translations)
        .err()
        .map(|problems| problems.join("\n"))
        .unwrap_or_default()
}

/// The playbook with a change must be refused with a message that holds all of these.
#[track_caller]
fn refused(from: &str, to: &str, expected: &[&str]) {
    assert!(GENERAL.contains(from), "the test playbook has no {from}");
    let found = problems(&GENERAL.replacen(from, to, 1), DUTCH);
    for part in expected {
        assert!(found.contains(part), "expected \"{part}\" in:\n{found}");
    }
}

#[test]
fn a_good_playbook_and_its_translation_pass() {
    assert_eq!(problems(GENERAL, DUTCH), "");
}

#[test]
fn every_language_is_a_file_of_its_own() {
    let translate = |language| (language, vec![source("library/nl/general.toml", DUTCH)]);
    let translations: Vec<_> = Lang::ALL.into_iter().skip(1).map(translate).collect();
    let compiled = compile(&[source("library/general.toml", GENERAL)], &translations).unwrap();
    let names: Vec<_> = compiled.files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["playbooks.rs", "facts.txt", "en.txt", "nl.txt"]);
}

#[test]
fn steps_stand_by_phase_whatever_the_order_in_the_file() {
    let compiled = compile(&[source("library/general.toml", GENERAL)], &[]).unwrap();
    let structure = String::from_utf8(compiled.files().swap_remove(0).1).unwrap();
    assert!(structure.find("tri-01").unwrap() < structure.find("con-01").unwrap());
}

#[test]
fn a_mistake_names_file_and_step() {
    refused(
        "phase = \"triage\"",
        "phase = \"triag\"",
        &["library/general.toml: step tri-01", "triag", "analysis"],
    );
    refused("\"Look at the list\"", "\" \"", &["step tri-01", "title is empty"]);
    refused("\"To see what is new.\"", "\"\"", &["step tri-01", "why is empty"]);
    refused("\"Open it.\"", "\"\\n\"", &["step tri-01", "how is empty"]);
    refused("\"Open it.\"", "\"Open\\u001fit.\"", &["step tri-01", "control character U+001F"]);
    refused("id = \"tri-01\"", "id = \"con-01\"", &["step con-01", "already used in library/general.toml"]);
    refused("[\"device\"]", "[\"machine\"]", &["step con-01", "entity kind \"machine\""]);
    refused("phase = \"triage\"", "phase = \"prepare\"", &["step tri-01", "only it"]);
}

#[test]
fn a_step_can_name_every_entity_kind_of_the_model() {
    for kind in EntityKind::ALL {
        let found = problems(&GENERAL.replace("[\"device\"]", &format!("[\"{}\"]", kind.code())), DUTCH);
        // "Other" has no facts of its own that could stand beside a step.
        assert_eq!(found.is_empty(), *kind != EntityKind::Other, "{}: {found}", kind.code());
    }
}

#[test]
fn a_title_that_does_not_fit_its_line_is_refused() {
    let long = format!("\"{}\"", "long ".repeat(13).trim());
    refused("\"Look at the list\"", &long, &["step tri-01", "64 characters long, 60 is the limit"]);
}

#[test]
fn a_mistake_in_the_head_names_the_file() {
    refused("# A test playbook.\n", "", &["library/general.toml", "open with a comment"]);
    refused("id = \"general\"", "id = \"generic\"", &["expected \"general\" as the file"]);
    refused("kind = \"general\"", "kind = \"usual\"", &["kind \"usual\"", "prepare, general, scenario"]);
    refused("kind = \"general\"", "kind = \"scenario\"", &["only a scenario, has a [suggest] table"]);
    refused("version = 1", "version = 0", &["version starts at 1"]);
    refused("version = 1", "version = 1\nauthor = \"me\"", &["unknown field `author`"]);
    refused("version = 1", "version = ", &["line 3"]);
}

#[test]
fn a_suggestion_must_name_something() {
    let scenario = GENERAL.replacen("\"general\"\ntitle", "\"scenario\"\ntitle", 1);
    let scenario = scenario.replacen("source = \"Ourselves\"\n", "source = \"Ourselves\"\n[suggest]\n", 1);
    assert!(problems(&scenario, DUTCH).contains("names nothing"), "{}", problems(&scenario, DUTCH));
}

#[test]
fn a_translation_has_exactly_the_steps_of_its_playbook() {
    let missing = DUTCH.split("[[step]]\nid = \"con-01\"").next().unwrap();
    assert_eq!(problems(GENERAL, missing), "library/nl/general.toml: step con-01 is not translated");

    let unknown = DUTCH.replace("con-01", "con-02");
    let found = problems(GENERAL, &unknown);
    assert!(found.contains("step con-01 is not translated"), "{found}");
    assert!(found.contains("step con-02: the playbook has no such step"), "{found}");

    let twice = DUTCH.replace("con-01", "tri-01");
    assert!(problems(GENERAL, &twice).contains("step tri-01 is translated 2 times"));

    let empty = DUTCH.replace("\"Druk op de knop.\"", "\"\"");
    assert_eq!(problems(GENERAL, &empty), "library/nl/general.toml: step con-01: how is empty");
}

#[test]
fn a_translation_of_nothing_is_refused() {
    let translations = [(Lang::Nl, vec![source("library/nl/gone.toml", DUTCH)])];
    let found = compile(&[source("library/general.toml", GENERAL)], &translations).err().unwrap();
    assert_eq!(found, ["library/nl/gone.toml: translates \"gone\", but there is no such playbook"]);
}

#[test]
fn all_mistakes_are_told_at_once() {
    let broken = GENERAL.replace("\"Open it.\"", "\"\"").replace("[\"device\"]", "[\"machine\"]");
    assert_eq!(problems(&broken, DUTCH).lines().count(), 2);
}
