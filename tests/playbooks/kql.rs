//! Enough of a KQL reader to catch what goes wrong in a query that nobody can run here: open brackets and quotes,
//! unknown tables, columns that the tables do not have, misspelt operators and functions.

use std::collections::{BTreeMap, BTreeSet};

const SCHEMA: &str = include_str!("schema.txt");

/// The operators, keywords and functions the playbooks use. A new one is added here once it was looked up.
const LANGUAGE: &str = "ago and arg_max arg_min array_length asc bag_pack between bin by case coalesce contains count \
    countif datetime dcount dcountif desc distinct dynamic endswith extend extract false has has_all has_any iff in \
    inner isempty isnotempty join kind left leftanti leftouter leftsemi let make_bag make_list make_set make_set_if max \
    min mv-expand not now on or order parse_json project project-away render right round split startswith strcat \
    summarize take take_any timechart to todatetime todynamic toint tolower top toreal toscalar tostring true typeof \
    union where withsource";

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Mark(char),
}

/// What is wrong with a query, or nothing.
pub fn problems(query: &str) -> Vec<String> {
    match tokens(query) {
        Ok(tokens) => brackets(&tokens).into_iter().chain(names(&tokens)).collect(),
        Err(problem) => vec![problem],
    }
}

/// Tables and their columns.
fn schema() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut groups = BTreeMap::new();
    let mut tables = BTreeMap::new();
    let lines = SCHEMA.lines().filter(|line| !line.starts_with('#'));
    for (name, columns) in lines.filter_map(|line| line.split_once(": ")) {
        let mut all = BTreeSet::new();
        for column in columns.split(' ') {
            match groups.get(column) {
                Some(group) => all.extend(group),
                None => _ = all.insert(column),
            }
        }
        if name.starts_with('+') { &mut groups } else { &mut tables }.insert(name, all);
    }
    tables
}

fn tokens(query: &str) -> Result<Vec<Token>, String> {
    let characters: Vec<char> = query.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let character = characters[at];
        if character == '"' || character == '\'' {
            let verbatim = at > 0 && characters[at - 1] == '@';
            at = end_of_string(&characters, at, verbatim)
                .ok_or_else(|| format!("a string is not closed: {}", line_of(query, at)))?;
        } else if character == '/' && characters.get(at + 1) == Some(&'/') {
            while at < characters.len() && characters[at] != '\n' {
                at += 1;
            }
        } else if character.is_alphanumeric() || character == '_' {
            let start = at;
            while characters.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                at += 1;
            }
            let mut word: String = characters[start..at].iter().collect();
            // mv-expand, project-away: a hyphen inside a word is only ever part of an operator.
            if matches!(word.as_str(), "mv" | "project") && characters.get(at) == Some(&'-') {
                let rest: String =
                    characters[at..].iter().take_while(|c| c.is_alphabetic() || **c == '-').collect();
                at += rest.len();
                word.push_str(&rest);
            }
            if word == "datetime" {
                // A literal such as 2026-01-15T10:30:00Z is not KQL of its own.
                while at < characters.len() && characters[at] != ')' {
                    at += 1;
                }
                at += 1;
            }
            tokens.push(Token::Word(word));
        } else {
            if !character.is_whitespace() {
                tokens.push(Token::Mark(character));
            }
            at += 1;
        }
    }
    Ok(tokens)
}

/// The place after the closing quote of the string that opens at `at`.
fn end_of_string(characters: &[char], at: usize, verbatim: bool) -> Option<usize> {
    let quote = characters[at];
    let mut place = at + 1;
    loop {
        match characters.get(place)? {
            '\n' => return None,
            '\\' if !verbatim => place += 2,
            found if *found == quote => return Some(place + 1),
            _ => place += 1,
        }
    }
}

fn line_of(query: &str, at: usize) -> &str {
    let line = query.chars().take(at).filter(|c| *c == '\n').count();
    query.lines().nth(line).unwrap_or_default()
}

fn brackets(tokens: &[Token]) -> Option<String> {
    let mut open = Vec::new();
    for token in tokens {
        let Token::Mark(mark) = token else { continue };
        let expected = match mark {
            '(' | '[' | '{' => {
                open.push(*mark);
                continue;
            }
            ')' => '(',
            ']' => '[',
            '}' => '{',
            _ => continue,
        };
        if open.pop() != Some(expected) {
            return Some(format!("a '{mark}' closes nothing"));
        }
    }
    open.pop().map(|mark| format!("a '{mark}' is not closed"))
}

fn names(tokens: &[Token]) -> Vec<String> {
    let schema = schema();
    let language: BTreeSet<&str> = LANGUAGE.split_whitespace().collect();
    let word = |at: usize| match tokens.get(at) {
        Some(Token::Word(word)) => Some(word.as_str()),
        _ => None,
    };
    let mark = |at: usize| match tokens.get(at) {
        Some(Token::Mark(mark)) => Some(*mark),
        _ => None,
    };
    // `Name = …` gives a name; `==` and `=~` compare.
    let names_something = |at: usize| mark(at + 1) == Some('=') && !matches!(mark(at + 2), Some('=' | '~'));
    let mut known: BTreeSet<&str> = language;
    let mut tables = 0;
    for at in 0..tokens.len() {
        let Some(name) = word(at) else { continue };
        if let Some(columns) = schema.get(name) {
            tables += 1;
            known.insert(name);
            known.extend(columns);
        }
        if names_something(at) {
            known.insert(name);
        }
        // In `(Name: string)` and `mv-expand x to typeof(…)` names come with a type.
        if mark(at + 1) == Some(':') {
            known.insert(name);
        }
        if at >= 2 && word(at - 2) == Some("withsource") {
            known.insert(name);
        }
    }
    let mut problems = Vec::new();
    if tables == 0 {
        problems.push("names no table of the schema".to_owned());
    }
    for at in 0..tokens.len() {
        let Some(name) = word(at) else { continue };
        // What follows a dot lies inside a dynamic value, where the schema says nothing.
        let inside_dynamic = at > 0 && mark(at - 1) == Some('.') && (at < 2 || mark(at - 2) != Some('.'));
        let number = name.starts_with(|c: char| c.is_ascii_digit());
        if !inside_dynamic && !number && !known.contains(name) {
            problems.push(format!("\"{name}\" is no column of the tables used, no name given in the query and no word of the language"));
        }
    }
    problems
}

#[test]
fn a_sound_query_has_no_problems() {
    let query = r#"
let device = "host.example.com"; // the device
let start = datetime(2026-01-15T10:30:00Z);
DeviceProcessEvents
| where DeviceName =~ device and Timestamp between ((start - 2h) .. (start + 10m))
| where FolderPath has @"\Temp\" or FileName in~ ("a.exe", 'b "c" \' (')
| summarize Times = count(), Files = make_set(FileName, 10) by AccountName
| order by Times desc
"#;
    assert_eq!(problems(query), [""; 0]);
}

#[test]
fn mistakes_are_found() {
    let found = |query: &str| problems(query).join("\n");
    assert!(found("DeviceInfo | where (DeviceName == 'a'").contains("'(' is not closed"));
    assert!(found("DeviceInfo | where DeviceName in ('a'])").contains("']' closes nothing"));
    assert!(found("DeviceInfo | where DeviceName == \"a").contains("string is not closed"));
    assert!(found("DeviceInformation | take 10").contains("names no table"));
    assert!(
        found("DeviceInfo | where ProcessCommandLine has 'a'")
            .contains("\"ProcessCommandLine\" is no column")
    );
    assert!(found("DeviceInfo | were DeviceName == 'a'").contains("\"were\""));
    assert!(found("DeviceInfo | where DeviceName == host").contains("\"host\""));
}
