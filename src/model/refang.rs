//! Taking defanging off: `hxxps://evil[.]example` is `https://evil.example` wherever it is compared, searched or kept.
//!
//! Writing indicators so that nobody opens them by accident is the business of `formats/defang.rs`; finding them in
//! running text, in every spelling in use, that of `formats/text/`. This is for a value that is an indicator.

use crate::model::entity::Facts;
use std::borrow::Cow;

/// What stands between brackets for a mark, in the spellings that single values come in.
const SPELLINGS: &[(&str, &str)] = &[
    ("[://]", "://"),
    ("[.]", "."),
    ("(.)", "."),
    ("{.}", "."),
    ("[dot]", "."),
    ("(dot)", "."),
    ("{dot}", "."),
    ("[:]", ":"),
    ("[@]", "@"),
    ("(@)", "@"),
    ("[at]", "@"),
    ("(at)", "@"),
];

/// Takes the defanging off: `hXXp`, `[.]`, `(.)`, `[dot]`, `[:]`, `[@]`, `[at]` and their likes.
pub fn refang(text: &str) -> Cow<'_, str> {
    if !text.contains(['[', '(', '{']) && !text.to_ascii_lowercase().contains("hxxp") {
        return Cow::Borrowed(text);
    }
    let mut text = text.to_owned();
    for (from, to) in SPELLINGS {
        replace_any_case(&mut text, from, to);
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at);
        whole.push_str(&change_scheme(before, "hxxp", 'x', 't'));
        whole.push_str("://");
        rest = &after[3..];
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

fn replace_any_case(text: &mut String, from: &str, to: &str) {
    let mut at = 0;
    // Lower-casing ASCII keeps every place, so a find in one text is a place in the other.
    while let Some(found) = text[at..].to_ascii_lowercase().find(from) {
        let start = at + found;
        text.replace_range(start..start + from.len(), to);
        at = start + to.len();
    }
}

/// The letters at the end of a text that can be a scheme.
pub fn scheme_of(before: &str) -> &str {
    let before = before.strip_suffix('[').unwrap_or(before);
    let start = before
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || "+-".contains(c)))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    &before[start..]
}

/// Changes a letter, small or large, of the scheme that a text ends with, if it is this one or this one with an `s`.
pub fn change_scheme(before: &str, name: &str, from: char, to: char) -> String {
    let scheme = scheme_of(before);
    let is_it = scheme.to_ascii_lowercase().strip_prefix(name).is_some_and(|rest| matches!(rest, "" | "s"));
    if !is_it {
        return before.to_owned();
    }
    let start = before.rfind(scheme).unwrap_or_default();
    let (large_from, large_to) = (from.to_ascii_uppercase(), to.to_ascii_uppercase());
    let broken: String = scheme
        .chars()
        .map(|c| {
            if c == from {
                to
            } else if c == large_from {
                large_to
            } else {
                c
            }
        })
        .collect();
    format!("{}{broken}{}", &before[..start], &before[start + scheme.len()..])
}

impl Facts {
    /// Takes the defanging off every field that holds an address, so that what is kept is the thing itself. Names,
    /// paths and command lines stay as they came: brackets may belong to them.
    pub fn refang(&mut self) {
        let fields: &mut [&mut Option<String>] = match self {
            Self::Ip(ip) => &mut [&mut ip.address],
            Self::Network(network) => &mut [&mut network.cidr],
            Self::Url(url) => &mut [&mut url.url],
            Self::Domain(domain) => &mut [&mut domain.name],
            Self::Mailbox(mailbox) => &mut [&mut mailbox.primary_address, &mut mailbox.user_principal_name],
            Self::User(user) => &mut [&mut user.user_principal_name],
            Self::MailMessage(mail) => {
                &mut [&mut mail.sender, &mut mail.envelope_sender, &mut mail.sender_ip, &mut mail.recipient]
            }
            _ => &mut [],
        };
        for text in fields.iter_mut().filter_map(|field| field.as_mut()) {
            if let Cow::Owned(live) = refang(text) {
                *text = live;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Domain, File};

    #[test]
    fn the_spellings_of_others_are_understood() {
        assert_eq!(refang("hXXps[:]//evil(.)com"), "hTTps://evil.com");
        assert_eq!(refang("ann[AT]evil[dot]com"), "ann@evil.com");
        assert_eq!(refang("192[.]0[.]2{.}1"), "192.0.2.1");
        assert_eq!(refang("the hxxp protocol"), "the hxxp protocol");
        assert!(matches!(refang("https://evil.example/a"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_addresses_lose_their_brackets() {
        let mut domain = Facts::Domain(Domain { name: Some("evil[.]com".into()), ..Domain::default() });
        domain.refang();
        assert_eq!(domain.name(), "evil.com");
        let mut file = Facts::File(File { file_name: Some("a[.]exe".into()), ..File::default() });
        file.refang();
        assert_eq!(file.name(), "a[.]exe");
    }
}
