//! Walks once over a clean text and hands over every indicator in it.
//!
//! The text is cut into runs between white space and quotes. In a run, what reaches over ordinary separators is
//! looked for first (paths and registry keys, also with spaces; web addresses), then its words one by one.

use super::clean::Clean;
use super::host::{domain, ipv4, ipv6, is_dotted_name};
use super::token::{self, Around};
use super::{Doubt, Kind, doubt, floor, lines, paths};
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
    loop {
        let start = run_start(text, at);
        if start == text.len() {
            return;
        }
        let end = run_end(text, start);
        at = run(clean, start, end, found).max(end);
    }
}

/// Parts runs.
const RUN: u8 = 1;
/// Parts the words of a run.
const WORD: u8 = 2;
/// One of these is in every word that is an indicator; most words have none.
const TELLING: u8 = 4;

/// What each ASCII character does.
const CLASSES: [u8; 128] = {
    let mut classes = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = match byte {
            0..=b' ' | 0x7f | b'"' | b'`' | b'<' | b'>' | b'|' | b'^' => RUN,
            b',' | b';' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'=' | b'\'' | b'*' | b'&' | b'?'
            | b'!' | b'#' | b'$' | b'~' => WORD,
            b'0'..=b'9' | b'.' | b':' | b'@' => TELLING,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// What a byte of a text does, if it is an ASCII character.
fn class(byte: u8) -> Option<u8> {
    CLASSES.get(usize::from(byte)).copied()
}

/// What parts runs beyond ASCII: white space, quotes of all languages, and marks that no address has.
fn parts_runs(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '，' | '、' | '•' | '…' | '→' | '·')
}

/// The character that begins at a place, and what it does.
fn character(text: &str, at: usize) -> (usize, u8) {
    let c = text[at..].chars().next().unwrap_or_default();
    (c.len_utf8(), if parts_runs(c) { RUN } else { 0 })
}

/// Where the next run begins, or the text's end.
fn run_start(text: &str, mut at: usize) -> usize {
    while let Some(byte) = text.as_bytes().get(at) {
        let (length, class) = class(*byte).map_or_else(|| character(text, at), |class| (1, class));
        if class & RUN == 0 {
            break;
        }
        at += length;
    }
    at
}

/// Where the run that begins at a place ends.
fn run_end(text: &str, mut at: usize) -> usize {
    while let Some(byte) = text.as_bytes().get(at) {
        let (length, class) = class(*byte).map_or_else(|| character(text, at), |class| (1, class));
        if class & RUN != 0 {
            break;
        }
        at += length;
    }
    at
}

/// Where the word that begins at a place ends, at `end` at the latest, and what all its characters do. What parts words
/// is ASCII, and so is all that is telling.
fn word_end(text: &str, start: usize, end: usize) -> (usize, u8) {
    let mut all = 0;
    for (length, byte) in text.as_bytes()[start..end].iter().enumerate() {
        let class = class(*byte).unwrap_or_default();
        if class & WORD != 0 {
            return (start + length, all);
        }
        all |= class;
    }
    (end, all)
}

/// Reads one run; tells how far it was read, which a path with spaces makes more than the run.
fn run(clean: &Clean, start: usize, end: usize, found: &mut impl FnMut(Hit)) -> usize {
    let text = clean.text.as_str();
    let mut at = start;
    while at < end {
        // What belongs together over separators begins with a letter or one of a few marks, after any other.
        if let Some((kind, value, read_to)) = paths::read(text, at) {
            found(Hit { kind, value, at: at..read_to, doubt: None });
            at = read_to;
            continue;
        }
        let (word_end, classes) = word_end(text, at, end);
        if word_end == at {
            at += 1;
            continue;
        }
        if classes & TELLING == 0 {
            at = word_end;
            continue;
        }
        if let Some(address) = address(clean, at, end) {
            let read_to = address.at.end;
            found(address);
            at = read_to;
            continue;
        }
        // `word` in `key:C:\path` and `key=https://…` ends where such a thing begins.
        let word_end = begins_inside(text, at, word_end).map_or(word_end, |length| at + length);
        at = word(clean, at..word_end, end, found);
    }
    at
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
        .bytes()
        .position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'*' || byte == b'+'))
        .filter(|length| *length > 1)?;
    let rest = run[letters..].strip_prefix("://")?;
    let scheme = scheme(&run[..letters])?;
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
    let place = at..at + letters + 3 + body.len();
    let is_source = !clean.was_defanged(&place) && doubt::is_source(&host.to_ascii_lowercase());
    let mut value = format!("{scheme}://{}", with_host_in_lower_case(body));
    if value.contains('\\') {
        // As browsers read it.
        value = value.replace('\\', "/");
    }
    if value.contains("&amp;") {
        // The text is a page's source.
        value = value.replace("&amp;", "&");
    }
    Some(Hit { kind: Kind::Url, value, at: place, doubt: is_source.then_some(Doubt::Source) })
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
    // How many brackets close more than was opened.
    let mut closing = text.matches(')').count().saturating_sub(text.matches('(').count());
    while let Some(last) = text.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '\\' => {}
            ')' if closing > 0 => closing -= 1,
            _ => break,
        }
        text = &text[..text.len() - last.len_utf8()];
    }
    text
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
    let mut at = trimmed(text, at);
    // As mail servers write addresses (RFC 5321, section 4.1.3).
    if text[at.clone()].get(..5).is_some_and(|tag| tag.eq_ignore_ascii_case("IPv6:")) {
        at.start += 5;
    }
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
    let is_source = !clean.was_defanged(&host) && doubt::is_source(&name.to_ascii_lowercase());
    let doubt = is_source.then_some(Doubt::Source);
    Some(Hit { kind: Kind::Url, value, at: at.start..at.start + rest.len(), doubt })
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
    let Some((kind, mut value, doubt)) = token::read(&text[at.clone()], around) else { return false };
    let mut at = at;
    if matches!(kind, Kind::Email | Kind::UserPrincipalName)
        && let Some(begins) = with_apostrophe(&text[..at.start])
    {
        value = format!("{}{value}", text[begins..at.start].to_lowercase());
        at.start = begins;
    }
    found(Hit { kind, value, at, doubt });
    true
}

/// Where a name such as O'Brien begins whose rest begins where this text ends: an apostrophe parts words everywhere else.
fn with_apostrophe(before: &str) -> Option<usize> {
    let name = before.strip_suffix('\'')?;
    let letter = name.strip_suffix(['o', 'O', 'd', 'D'])?;
    (!letter.ends_with(char::is_alphanumeric)).then_some(letter.len())
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
