//! Patterns of indicators, where they are simple: comparisons for equality, joined by OR, and by AND where they tell of
//! one and the same thing. The grammar is STIX 2.1's, section 9; everything else stays a text.

use crate::model::Extra;
use serde_json::Value;

/// The things that a simple pattern compares with, as observables; none where the pattern is not simple.
pub fn read(pattern: &str) -> Option<Vec<Extra>> {
    let tokens = tokens(pattern)?;
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let mut things = Vec::new();
    loop {
        reader.expect(&Token::Open)?;
        reader.alternatives(&mut things)?;
        reader.expect(&Token::Close)?;
        match reader.next() {
            None => return Some(things),
            Some(Token::Word(word)) if word == "OR" => {}
            // AND between observations, FOLLOWEDBY and qualifiers speak of more than one thing at a time.
            Some(_) => return None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Open,
    Close,
    Group,
    GroupEnd,
    Equal,
    Comma,
    Word(String),
    Text(String),
}

/// Cuts a pattern; none where it has what no simple pattern has.
fn tokens(pattern: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = pattern.trim();
    let mut in_path = false;
    while let Some(first) = rest.chars().next() {
        let single = match first {
            '[' if !in_path => Some(Token::Open),
            ']' if !in_path => Some(Token::Close),
            '(' => Some(Token::Group),
            ')' => Some(Token::GroupEnd),
            '=' => Some(Token::Equal),
            ',' => Some(Token::Comma),
            _ => None,
        };
        if let Some(token) = single {
            tokens.push(token);
            rest = &rest[1..];
        } else if first.is_whitespace() {
            rest = rest.trim_start();
        } else if first == '\'' {
            let (text, after) = quoted(rest)?;
            tokens.push(Token::Text(text));
            rest = after;
        } else {
            let (word, after) = word(rest)?;
            tokens.push(Token::Word(word));
            rest = after;
        }
        in_path = false;
    }
    Some(tokens)
}

/// A text in single quotes, with `\'` and `\\` for themselves.
fn quoted(rest: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\'' => return Some((text, &rest[at + 1..])),
            '\\' => text.push(letters.next()?.1),
            letter => text.push(letter),
        }
    }
    None
}

/// A word, number or path; a path may have steps in quotes (`hashes.'SHA-256'`) and in brackets (`values[0]`).
fn word(rest: &str) -> Option<(String, &str)> {
    let mut word = String::new();
    let mut at = 0;
    while let Some(letter) = rest[at..].chars().next() {
        match letter {
            '\'' if word.ends_with('.') => {
                let (text, after) = quoted(&rest[at..])?;
                word.push_str(&text);
                at = rest.len() - after.len();
            }
            '[' if !word.is_empty() => {
                let close = rest[at..].find(']')?;
                let inside = &rest[at + 1..at + close];
                if inside != "*" && !inside.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                word.push_str(&rest[at..=at + close]);
                at += close + 1;
            }
            letter if letter.is_alphanumeric() || "-_.:+".contains(letter) => {
                word.push(letter);
                at += letter.len_utf8();
            }
            _ => break,
        }
    }
    (!word.is_empty()).then_some((word, &rest[at..]))
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
}

/// Groups inside groups deeper than this make no simple pattern.
const DEEPEST: usize = 16;

impl Reader<'_> {
    fn next(&mut self) -> Option<&Token> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn expect(&mut self, token: &Token) -> Option<()> {
        (self.next()? == token).then_some(())
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_it = matches!(self.peek(), Some(Token::Word(there)) if there == word);
        self.at += usize::from(is_it);
        is_it
    }

    /// `a OR b OR (c OR d)`.
    fn alternatives(&mut self, things: &mut Vec<Extra>) -> Option<()> {
        self.alternatives_within(things, 0)
    }

    fn alternatives_within(&mut self, things: &mut Vec<Extra>, depth: usize) -> Option<()> {
        loop {
            if self.peek() == Some(&Token::Group) && depth < DEEPEST {
                self.at += 1;
                self.alternatives_within(things, depth + 1)?;
                self.expect(&Token::GroupEnd)?;
            } else {
                self.together(things)?;
            }
            if !self.takes("OR") {
                return Some(());
            }
        }
    }

    /// `a AND b` of one and the same thing; `x IN (…)` is one thing for each value.
    fn together(&mut self, things: &mut Vec<Extra>) -> Option<()> {
        let (kind, path, values) = self.comparison()?;
        if values.len() > 1 {
            for value in values {
                things.push(thing(&kind, &[(path.clone(), value)])?);
            }
            return Some(());
        }
        let mut parts = vec![(path, values.into_iter().next()?)];
        while self.takes("AND") {
            let (other, path, values) = self.comparison()?;
            if other != kind || values.len() != 1 {
                return None;
            }
            parts.push((path, values.into_iter().next()?));
        }
        things.push(thing(&kind, &parts)?);
        Some(())
    }

    /// `type:path = 'value'` or `type:path IN ('a', 'b')`.
    fn comparison(&mut self) -> Option<(String, String, Vec<String>)> {
        let Token::Word(word) = self.next()? else { return None };
        let (kind, path) = word.split_once(':')?;
        let (kind, path) = (kind.to_owned(), path.to_owned());
        if self.takes("IN") {
            self.expect(&Token::Group)?;
            let mut values = Vec::new();
            loop {
                values.push(self.value()?);
                match self.next()? {
                    Token::Comma => {}
                    Token::GroupEnd => return Some((kind, path, values)),
                    _ => return None,
                }
            }
        }
        self.expect(&Token::Equal)?;
        Some((kind, path, vec![self.value()?]))
    }

    fn value(&mut self) -> Option<String> {
        match self.next()? {
            Token::Text(text) | Token::Word(text) => Some(text.clone()),
            _ => None,
        }
    }
}

/// The observable that has these values in these places. A place inside a list or behind a reference is none.
fn thing(kind: &str, parts: &[(String, String)]) -> Option<Extra> {
    let mut object = Extra::new();
    object.insert("type".to_owned(), kind.into());
    for (path, value) in parts {
        match path.split_once('.') {
            None if !path.contains('[') => {
                object.insert(path.clone(), value.as_str().into());
            }
            Some(("hashes", algorithm)) => {
                let hashes = object.entry("hashes").or_insert_with(|| Value::Object(Extra::new()));
                hashes.as_object_mut()?.insert(algorithm.to_owned(), value.as_str().into());
            }
            Some(("parent_directory_ref", "path")) => {
                object.insert("parent_directory".to_owned(), value.as_str().into());
            }
            Some(("from_ref" | "sender_ref", "value")) => {
                object.insert("from".to_owned(), value.as_str().into());
            }
            _ => return None,
        }
    }
    Some(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(pattern: &str) -> Option<Vec<String>> {
        let things = read(pattern)?;
        Some(things.into_iter().map(|thing| serde_json::to_string(&thing).unwrap()).collect())
    }

    #[test]
    fn simple_patterns_become_their_values() {
        for (pattern, expected) in [
            ("[ipv4-addr:value = '10.0.0.1']", vec![r#"{"type":"ipv4-addr","value":"10.0.0.1"}"#]),
            (
                "[domain-name:value = 'a.com' OR ipv4-addr:value = '1.2.3.4'] OR [url:value = 'http://x/\\'y\\'']",
                vec![
                    r#"{"type":"domain-name","value":"a.com"}"#,
                    r#"{"type":"ipv4-addr","value":"1.2.3.4"}"#,
                    r#"{"type":"url","value":"http://x/'y'"}"#,
                ],
            ),
            (
                "[file:hashes.'SHA-256' = 'ab' AND file:name = 'x.exe']",
                vec![r#"{"hashes":{"SHA-256":"ab"},"name":"x.exe","type":"file"}"#],
            ),
            (
                "[(ipv4-addr:value IN ('1.1.1.1', '2.2.2.2'))]",
                vec![
                    r#"{"type":"ipv4-addr","value":"1.1.1.1"}"#,
                    r#"{"type":"ipv4-addr","value":"2.2.2.2"}"#,
                ],
            ),
            ("[file:size = 25]", vec![r#"{"size":"25","type":"file"}"#]),
        ] {
            assert_eq!(
                values(pattern).as_deref(),
                Some(&expected.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>()[..]),
                "{pattern}"
            );
        }
    }

    #[test]
    fn what_is_more_than_a_comparison_is_left() {
        for pattern in [
            "[email-message:subject MATCHES '^x']",
            "[ipv4-addr:value != '1.1.1.1']",
            "[ipv4-addr:value = '1.1.1.1'] AND [url:value = 'http://x']",
            "[ipv4-addr:value = '1.1.1.1'] REPEATS 5 TIMES",
            "[file:name = 'a' AND ipv4-addr:value = '1.1.1.1']",
            "[email-message:body_multipart[*].body_raw_ref.name = 'x']",
            "[file:name = 'a",
            "",
            "[]",
        ] {
            assert_eq!(values(pattern), None, "{pattern}");
        }
        assert_eq!(read(&"[(".repeat(10_000)), None);
        assert_eq!(read(&format!("[{}", "(".repeat(100_000))), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_left(pattern in "[a-c:=.'\\[\\]() ANDORI,\\\\-]{0,60}") {
            read(&pattern);
        }

        #[test]
        fn any_value_comes_back(value in ".{0,20}") {
            let quoted = value.replace('\\', "\\\\").replace('\'', "\\'");
            let things = read(&format!("[url:value = '{quoted}']")).unwrap();
            prop_assert_eq!(things[0]["value"].as_str(), Some(value.as_str()));
        }
    }
}
