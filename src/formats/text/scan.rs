//! Walks once over a clean text and hands over every indicator in it.
//!
//! The text is cut into runs between white space and quotes. In a run, what reaches over ordinary separators is
//! looked for first (paths and registry keys, also with spaces; web addresses), then its words one by one.

use super::clean::Clean;
use super::host::{domain, ipv4, ipv6, is_dotted_name};
use super::token::{self, Around};
use super::{Doubt, Kind, floor, lines, paths};
use std::ops::Range;

/// Something found, in bytes of the clean text.
pub struct Hit {
    pub kind: Kind,
    pub value: String,
    pub at: Range<usize>,
    pub doubt: Option<Doubt>,
}

/// How much of the line before a word is looked at, in bytes.
const BEFORE: usize = 64;

/// Longer words than this are data, not indicators, in bytes.
const LONGEST_WORD: usize = 4096;

/// Hands over every indicator of the text.
pub fn scan(clean: &Clean, found: &mut impl FnMut(Hit)) {
    lines::command_lines(&clean.text, found);
    let text = clean.text.as_str();
    let mut at = 0;
    while let Some(skip) = text[at..].find(|c: char| !parts_runs(c)) {
        let start = at + skip;
        let end = text[start..].find(parts_runs).map_or(text.len(), |length| start + length);
        at = run(clean, start, end, found).max(end);
    }
}

/// What parts runs: white space, quotes of all languages, and marks that no address has.
fn parts_runs(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '"' | '`'
                | '<'
                | '>'
                | '|'
                | '^'
                | '“'
                | '”'
                | '„'
                | '‘'
                | '’'
                | '«'
                | '»'
                | '，'
                | '、'
                | '•'
                | '…'
                | '→'
                | '·'
        )
}

/// Reads one run; tells how far it was read, which a path with spaces makes more than the run.
fn run(clean: &Clean, start: usize, end: usize, found: &mut impl FnMut(Hit)) -> usize {
    let text = clean.text.as_str();
    let mut at = start;
    while at < end {
        let rest = &text[at..end];
        // What belongs together over separators begins with a letter or one of a few marks, after any other.
        if let Some((kind, value, read_to)) = paths::read(text, at) {
            found(Hit { kind, value, at: at..read_to, doubt: None });
            at = read_to;
            continue;
        }
        if let Some(address) = address(clean, at, end) {
            let read_to = address.at.end;
            found(address);
            at = read_to;
            continue;
        }
        let length = rest.find(parts_words).unwrap_or(rest.len());
        if length == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        // `word` in `key:C:\path` and `key=https://…` ends where such a thing begins.
        let length = begins_inside(text, at, at + length).unwrap_or(length);
        at = word(clean, at..at + length, end, found);
    }
    at
}

/// What parts the words of a run.
fn parts_words(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | '(' | ')' | '[' | ']' | '{' | '}' | '=' | '\'' | '*' | '&' | '?' | '!' | '#' | '$' | '~'
    )
}

/// Where a path or address begins inside a word, if one does after a mark.
fn begins_inside(text: &str, start: usize, end: usize) -> Option<usize> {
    let word = &text[start..end];
    if let Some(scheme) = word.find("://") {
        let letters =
            word[..scheme].len() - word[..scheme].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
        let begin = scheme - letters;
        return (begin > 0).then_some(begin);
    }
    word.find(":\\").filter(|colon| *colon > 1).map(|colon| colon - 1).filter(|begin| {
        word.is_char_boundary(*begin) && !word[..*begin].ends_with(|c: char| c.is_alphanumeric())
    })
}

/// The web address that begins at a place.
fn address(clean: &Clean, at: usize, end: usize) -> Option<Hit> {
    let run = &clean.text[at..floor(&clean.text, end.min(at + LONGEST_WORD))];
    let letters = run
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '*' || c == '+'))
        .filter(|length| *length > 1)?;
    let scheme = scheme(&run[..letters])?;
    let rest = run[letters..].strip_prefix("://")?;
    // A second address after a comma or a bracket is its own.
    let next = rest
        .find("://")
        .and_then(|second| rest[..second].rfind([',', ';', '(', ')', '[', ']']))
        .unwrap_or(rest.len());
    let rest = &rest[..next];
    let host_end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = &rest[..host_end];
    let (host, bracketed) = match authority.rsplit('@').next().unwrap_or(authority).strip_prefix('[') {
        Some(six) => (six.split(']').next().unwrap_or(six), true),
        None => {
            (authority.rsplit('@').next().unwrap_or(authority).split(':').next().unwrap_or_default(), false)
        }
    };
    let host = host.trim_end_matches(['.', ',', ';', ')', ']', '}', '\'', '*', '_', '!', ':']);
    let is_host = if bracketed { ipv6(host).is_some() } else { ipv4(host).is_some() || is_host_name(host) };
    if !is_host {
        return None;
    }
    // An opening square bracket after the host begins a label: AsciiDoc and wikis write `https://…[text]`.
    let stop = if bracketed { rest.find(']').map_or(0, |close| close + 1) } else { 0 };
    let cut = rest[stop..].find(['[', ']', '{', '}']).map_or(rest.len(), |length| stop + length);
    let body = trim_end(&rest[..cut]);
    let value = format!("{scheme}://{}", with_host_in_lower_case(body));
    Some(Hit { kind: Kind::Url, value, at: at..at + letters + 3 + body.len(), doubt: None })
}

/// The scheme as it is without defanging; none where the letters are no scheme of an address.
fn scheme(letters: &str) -> Option<String> {
    let lower = letters.to_ascii_lowercase();
    let plain = match lower.as_str() {
        "hxxp" | "hxtp" | "htxp" | "h**p" | "httx" | "hxpp" | "meow" | "xxxx" | "http" => "http",
        "hxxps" | "hxtps" | "htxps" | "h**ps" | "hxpps" | "xxxxs" | "https" => "https",
        "fxp" | "ftp" => "ftp",
        "fxps" | "ftps" => "ftps",
        "sftp" | "ws" | "wss" | "ldap" | "ldaps" | "tcp" | "udp" | "smb" | "ssh" | "rdp" | "telnet"
        | "dns" | "smtp" | "socks5" | "socks4" | "git" | "rtmp" | "rmi" | "iiop" => &lower,
        _ => return None,
    };
    Some(plain.to_owned())
}

/// A host that an address may have: under any ending, since `http://` has settled what it is, or a single name.
fn is_host_name(host: &str) -> bool {
    is_dotted_name(host)
        || (host.len() > 1 && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'))
}

/// A text without the punctuation that belongs to the sentence around it; a closing bracket stays where it closes one.
fn trim_end(text: &str) -> &str {
    let mut text = text;
    loop {
        let open = |c, o| c == ')' && text.matches(o).count() >= text.matches(c).count();
        let Some(last) = text.chars().next_back() else { return text };
        let is_outside = matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '\\')
            || (last == ')' && !open(last, '('));
        if !is_outside {
            return text;
        }
        text = &text[..text.len() - last.len_utf8()];
    }
}

/// An address's rest after the scheme, its host in lower case as names are equal in either.
fn with_host_in_lower_case(body: &str) -> String {
    let end = body.find(['/', '?', '#']).unwrap_or(body.len());
    format!("{}{}", body[..end].to_lowercase(), &body[end..])
}

/// Reads one word of a run that ends at `end`, and the words in it where it is none as a whole. Tells how far it read.
fn word(clean: &Clean, at: Range<usize>, end: usize, found: &mut impl FnMut(Hit)) -> usize {
    let text = clean.text.as_str();
    let word_end = at.end;
    let at = trimmed(text, at);
    if at.len() < 3 || at.len() > LONGEST_WORD || emit(clean, at.clone(), found) {
        return word_end;
    }
    if let Some(address) = without_scheme(clean, at.clone(), end) {
        let read_to = address.at.end;
        found(address);
        return read_to.max(word_end);
    }
    let mut from = at.start;
    for part in text[at.clone()].split_inclusive(['/', ':', '\\', '+']) {
        let to = from + part.len();
        let inner = trimmed(text, from..to);
        if inner.len() >= 3 && inner != at {
            emit(clean, inner, found);
        }
        from = to;
    }
    word_end
}

/// A host with a path and no scheme, such as `evil.com/a.php?id=1`.
fn without_scheme(clean: &Clean, at: Range<usize>, end: usize) -> Option<Hit> {
    let word = &clean.text[at.clone()];
    let slash = word.find('/').filter(|slash| *slash > 0 && slash + 1 < word.len())?;
    let name = word[..slash].split(':').next()?;
    let host = at.start..at.start + slash;
    let is_host =
        ipv4(name).is_some() || domain(name).is_some_and(|_| is_surely_a_domain(clean, &host, name));
    if !is_host {
        return None;
    }
    let rest = &clean.text[at.start..floor(&clean.text, end.min(at.start + LONGEST_WORD))];
    let rest = &rest[..rest.find([',', ';', '(', ')', '[', ']', '{', '}', '\'', '*']).unwrap_or(rest.len())];
    let rest = trim_end(rest);
    let value = with_host_in_lower_case(rest);
    Some(Hit { kind: Kind::Url, value, at: at.start..at.start + rest.len(), doubt: None })
}

fn is_surely_a_domain(clean: &Clean, at: &Range<usize>, name: &str) -> bool {
    let before = before(&clean.text, at.start);
    let around = Around { before, after: "", defanged: clean.was_defanged(at) };
    matches!(token::read(name, around), Some((Kind::Domain, _, None)))
}

/// Hands a word over if it is an indicator.
fn emit(clean: &Clean, at: Range<usize>, found: &mut impl FnMut(Hit)) -> bool {
    let text = clean.text.as_str();
    let around =
        Around { before: before(text, at.start), after: &text[at.end..], defanged: clean.was_defanged(&at) };
    let Some((kind, value, doubt)) = token::read(&text[at.clone()], around) else { return false };
    found(Hit { kind, value, at, doubt });
    true
}

/// The text of the line before a place.
fn before(text: &str, at: usize) -> &str {
    let from = floor(text, at.saturating_sub(BEFORE));
    let before = &text[from..at];
    before.rfind('\n').map_or(before, |line| &before[line + 1..])
}

/// A range without punctuation at its ends.
fn trimmed(text: &str, at: Range<usize>) -> Range<usize> {
    let word = &text[at.clone()];
    let start = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let core = start.trim_end_matches(|c: char| !c.is_alphanumeric());
    let from = at.start + word.len() - start.len();
    from..from + core.len()
}
