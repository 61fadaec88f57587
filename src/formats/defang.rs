//! Defanging: writing indicators so that nobody opens them by accident, and back.
//!
//! `https://evil.example/a.b` becomes `hxxps://evil[.]example/a.b`: the scheme is broken and the dots of hosts, IP
//! addresses and e-mail domains stand in brackets, as the field has long written them. Only what makes the address work is touched,
//! so paths, file names and version numbers stay readable, and what is defanged already stays as it is.

use crate::model::refang::{change_scheme, scheme_of};
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Defangs one indicator: a web address, a host or domain name, an IP address or an e-mail address. Whoever calls
/// this knows that the text is one; for text that may contain some there is [`defang_text`].
pub fn defang(indicator: &str) -> String {
    if indicator.contains("://") {
        return defang_url(indicator);
    }
    if let Some((local, domain)) = indicator.rsplit_once('@') {
        return format!("{local}@{}", bracket_dots(domain));
    }
    let (host, rest) = split_host(indicator);
    if is_ipv6(host.split('%').next().unwrap_or(host)) {
        return format!("{}{rest}", bracket_colons(host));
    }
    format!("{}{rest}", bracket_dots(host))
}

/// Defangs every indicator in a text and leaves the rest alone. It is conservative: a name counts as a domain only
/// under a top-level domain that is in wide use and that no common file ending shares, class names and versions are
/// left, and so is everything in a folder's path.
pub fn defang_text(text: &str) -> Cow<'_, str> {
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut word_before = "";
    let mut at = 0;
    while let Some((start, end)) = next_run(text, at) {
        let run = &text[start..end];
        let (from, to) = trimmed(run);
        let core = &run[from..to];
        let in_path = text[..start + from].ends_with(['\\', '/']);
        if !in_path && let Some(safe) = defang_word(core, word_before) {
            let out = out.get_or_insert_with(|| String::with_capacity(text.len() + 16));
            out.push_str(&text[copied..start + from]);
            out.push_str(&safe);
            copied = start + to;
        }
        word_before = core;
        at = end;
    }
    match out {
        Some(mut out) => {
            out.push_str(&text[copied..]);
            Cow::Owned(out)
        }
        None => Cow::Borrowed(text),
    }
}

/// The next run of characters that an indicator may consist of.
fn next_run(text: &str, from: usize) -> Option<(usize, usize)> {
    let belongs = |c: char| c.is_alphanumeric() || ".-_~:/?#@!$&*+=%[]".contains(c);
    let start = from + text[from..].find(belongs)?;
    let end = text[start..].find(|c: char| !belongs(c)).map_or(text.len(), |length| start + length);
    Some((start, end))
}

/// A run without the punctuation around it: the full stop that ends a sentence is no part of an address.
fn trimmed(run: &str) -> (usize, usize) {
    let core = run.trim_start_matches(['[', '*', '_', '#', '!', '.', '-', '?', '&', '=']);
    let from = run.len() - core.len();
    let core = core.trim_end_matches(['.', ':', '!', '?', '*', '_', ']', '-', '#', '&', '=']);
    (from, from + core.len())
}

/// The word defanged, if it is an indicator.
fn defang_word(word: &str, word_before: &str) -> Option<String> {
    if word.contains("://") {
        return Some(defang_url(word)).filter(|safe| safe != word);
    }
    let safe = match word.rsplit_once('@') {
        Some((local, rest)) => {
            let (host, _) = split_host(rest);
            if local.is_empty() || !is_domain(host, |_| true) {
                return None;
            }
            defang(word)
        }
        None => {
            let (host, _) = split_host(word);
            let is_address = is_ipv4(host) && !names_a_version(word_before);
            if !is_address && !is_telling_ipv6(host) && !is_domain(host, is_common_tld) {
                return None;
            }
            defang(word)
        }
    };
    (safe != word).then_some(safe)
}

/// Breaks every address of a text that has one, also one inside another's query.
fn defang_url(text: &str) -> String {
    let mut whole = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = (&rest[..at], &rest[at + 3..]);
        let scheme = change_scheme(before, "http", 't', 'x');
        let bracketed = before.ends_with('[') && after.starts_with(']');
        let broken = scheme_of(&scheme).to_ascii_lowercase().starts_with("hxxp");
        whole.push_str(&scheme);
        // Three marks between nothing and nothing are no address, and brackets around them would be trimmed off again.
        let names_nothing = scheme_of(&scheme).is_empty() || after.is_empty();
        whole.push_str(if bracketed || broken || names_nothing { "://" } else { "[://]" });
        rest = after;
        if bracketed {
            whole.push(']');
            rest = &rest[1..];
        }
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        // A second scheme that follows without a slash belongs to the next round.
        let end = rest.find("://").map_or(end, |next| end.min(next));
        let authority = &rest[..end];
        match authority.rfind(']') {
            Some(close) if authority.starts_with('[') && !authority.contains("[.]") => {
                whole.push_str(&bracket_colons(&authority[..close]));
                whole.push_str(&bracket_dots(&authority[close..]));
            }
            _ => whole.push_str(&bracket_dots(authority)),
        }
        rest = &rest[end..];
    }
    whole.push_str(rest);
    whole
}

/// A host, and what follows it: port, path, query. An IPv6 address keeps its colons.
fn split_host(text: &str) -> (&str, &str) {
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let host = &text[..end];
    let end = match host.split_once(':') {
        Some((name, port)) if !port.contains(':') && !name.ends_with('[') => name.len(),
        _ => end,
    };
    text.split_at(end)
}

/// Puts dots into brackets, except those that are.
fn bracket_dots(text: &str) -> String {
    bracket(text, '.', "[.]")
}

fn bracket_colons(text: &str) -> String {
    bracket(&bracket(text, ':', "[:]"), '.', "[.]")
}

fn bracket(text: &str, mark: char, bracketed: &str) -> String {
    text.split(bracketed).map(|part| part.replace(mark, bracketed)).collect::<Vec<_>>().join(bracketed)
}

fn is_ipv4(host: &str) -> bool {
    host.replace("[.]", ".").parse::<Ipv4Addr>().is_ok()
}

fn is_ipv6(host: &str) -> bool {
    host.parse::<Ipv6Addr>().is_ok()
}

/// An IPv6 address that is surely one: `a::b` in a text is rather a name in a program.
fn is_telling_ipv6(host: &str) -> bool {
    is_ipv6(host) && host.len() > 2 && host.contains(|c: char| c.is_ascii_digit())
}

fn names_a_version(word: &str) -> bool {
    ["version", "versie", "build", "v", "ver", "release"].iter().any(|name| word.eq_ignore_ascii_case(name))
}

/// Whether it has the shape of a domain name whose last label is admitted.
fn is_domain(host: &str, admits: impl Fn(&str) -> bool) -> bool {
    let host = host.replace("[.]", ".");
    let Some((names, last)) = host.rsplit_once('.') else { return false };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // `Microsoft.Com` and `System.Net` are names in a program: nobody writes a top-level domain with one capital.
    let one_case = last.chars().all(char::is_lowercase)
        || last.chars().all(char::is_uppercase)
        || last.starts_with("xn--");
    last.chars().count() >= 2 && one_case && names.split('.').all(is_label) && admits(last)
}

/// Top-level domains that addresses in incidents have, without those that are common file endings too: py, sh, pl,
/// rs, md, so, ps, zip, mov. Missing one costs little (the name is not clickable either); a file name with brackets
/// in it costs a responder's trust.
fn is_common_tld(last: &str) -> bool {
    const GENERIC: &str = " com net org info biz edu gov mil int name mobi aero coop museum jobs travel tel asia cat post \
        xyz top online site website club shop store app dev cloud icu live life tech pro vip win bid link click work works \
        space fun host press pw news media email digital network systems solutions services support agency company center \
        world today rocks ninja guru zone page wiki blog design studio group team one best buzz monster cyou rest bar \
        stream download loan date trade racing review science party webcam faith accountant men gdn kim sbs cfd lol \
        quest beauty hair skin makeup mom autos boats homes yachts example onion ";
    const COUNTRIES: &str = " ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt \
        bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo \
        fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke \
        kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc me mg mh mk ml mn mo mp mq mr ms mt mu mv mw mx \
        my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pm pn pr pt pw qa re ro ru rw sa sb sc sd se sg si sj \
        sk sl sm sn sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi \
        vn vu wf ws ye yt za zm zw ";
    let wanted = format!(" {} ", last.to_lowercase());
    last.starts_with("xn--") || GENERIC.contains(&wanted) || COUNTRIES.contains(&wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refang(text: &str) -> String {
        crate::model::refang::refang(text).into_owned()
    }

    #[test]
    fn each_kind_of_indicator_is_defanged_where_it_works() {
        for (live, safe) in [
            ("https://evil.example.com/a/b.php?q=1.2", "hxxps://evil[.]example[.]com/a/b.php?q=1.2"),
            ("HTTP://evil.com", "HXXP://evil[.]com"),
            ("http://ann:pw@evil.com:8080/x", "hxxp://ann:pw@evil[.]com:8080/x"),
            ("http://[2001:db8::1]:443/x", "hxxp://[2001[:]db8[:][:]1]:443/x"),
            ("ftp://evil.com/x", "ftp[://]evil[.]com/x"),
            ("https://a.com/?to=http://b.com/", "hxxps://a[.]com/?to=hxxp://b[.]com/"),
            ("198.51.100.7", "198[.]51[.]100[.]7"),
            ("198.51.100.7:443", "198[.]51[.]100[.]7:443"),
            ("198.51.100.0/24", "198[.]51[.]100[.]0/24"),
            ("2001:db8::1", "2001[:]db8[:][:]1"),
            ("fe80::1%eth0", "fe80[:][:]1%eth0"),
            ("evil.example.com", "evil[.]example[.]com"),
            ("ann.smith@contoso.com", "ann.smith@contoso[.]com"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(defang(live), safe);
            assert_eq!(refang(safe), live);
            assert_eq!(defang(safe), safe);
        }
    }

    #[test]
    fn others_ways_of_defanging_are_read() {
        assert_eq!(refang("hxxps[:]//evil(.)com"), "https://evil.com");
        assert_eq!(refang("ann[at]evil[dot]com"), "ann@evil.com");
        assert_eq!(refang("the hxxp protocol"), "the hxxp protocol");
    }

    #[test]
    fn a_text_keeps_its_words_and_loses_its_live_addresses() {
        for (text, safe) in [
            ("Open https://evil.com/a.b, then stop.", "Open hxxps://evil[.]com/a.b, then stop."),
            ("See evil.com.", "See evil[.]com."),
            ("from 203.0.113.9: 4 tries", "from 203[.]0[.]113[.]9: 4 tries"),
            ("mail <ann@contoso.com>", "mail <ann@contoso[.]com>"),
            ("(evil.ru/path.php)", "(evil[.]ru/path.php)"),
            ("[a](http://b.nl) ![c](https://d.nl/e.png)", "[a](hxxp://b[.]nl) ![c](hxxps://d[.]nl/e.png)"),
            ("url=http://evil.com&x", "url=hxxp://evil[.]com&x"),
            ("ip 2001:db8::7 called", "ip 2001[:]db8[:][:]7 called"),
            ("**evil.com**", "**evil[.]com**"),
            ("http://évil.com/ü", "hxxp://évil[.]com/ü"),
        ] {
            assert_eq!(defang_text(text), safe);
            assert_eq!(defang_text(safe), safe);
            assert_eq!(refang(safe), text);
        }
    }

    #[test]
    fn files_versions_classes_and_times_are_left_alone() {
        for text in [
            "ran helper.v2.py and setup.sh",
            "opened invoice.zip and report.final.docx",
            "class Microsoft.Com and System.Net.Http",
            "version 1.2.3.4 of the agent",
            "10.0.19041.1 is a build",
            r"C:\Users\ann\evil.com",
            "/usr/share/evil.io",
            "std::vector and a::b at 12:30:45",
            "e.g. this, i.e. that... and 3.14",
            "dropped ntdll.dll in %TEMP%",
            "",
        ] {
            assert_eq!(defang_text(text), text);
            assert!(matches!(defang_text(text), Cow::Borrowed(_)));
        }
    }

    fn indicators() -> impl Strategy<Value = String> {
        prop_oneof![
            "(https?|HTTPS|ftp|ldap)://([a-z0-9-]{1,8}\\.){1,3}[a-z]{2,4}(:[0-9]{1,5})?(/[a-z./?=&#%]{0,20})?",
            "([0-9]{1,3}\\.){3}[0-9]{1,3}(:[0-9]{1,4}|/[0-9]{1,2})?",
            "[0-9a-f]{1,4}:[0-9a-f]{1,4}::[0-9a-f]{1,4}",
            "http://\\[[0-9a-f]{1,4}::[0-9a-f]{1,4}\\](:[0-9]{2})?/x",
            "[a-z.]{1,9}@([a-z0-9-]{1,8}\\.){1,2}[a-z]{2,4}",
            "([a-z0-9-]{1,8}\\.){1,3}[a-z]{2,6}",
        ]
    }

    proptest! {
        #[test]
        fn an_indicator_survives_defanging_and_defanging_twice_is_once(live in indicators()) {
            let safe = defang(&live);
            prop_assert_eq!(refang(&safe), live);
            prop_assert_eq!(defang(&safe), safe);
        }

        #[test]
        fn a_text_around_an_indicator_survives(before in "[a-z ,.]{0,12}", live in indicators(), after in "[ ,.!)]{0,4}") {
            let text = format!("{before} {live}{after}");
            let safe = defang_text(&text).into_owned();
            prop_assert_eq!(defang_text(&safe), safe.as_str());
            prop_assert_eq!(refang(&safe), text);
        }

        #[test]
        fn any_text_comes_back_and_nothing_panics(text in "[^\\[({]{0,60}") {
            prop_assume!(!text.to_lowercase().contains("hxxp"));
            prop_assert_eq!(refang(&defang_text(&text)), text.as_str());
            prop_assert_eq!(refang(&defang(&text)), text);
        }

        #[test]
        fn even_text_full_of_marks_is_defanged_once(text in "[a-c.:/@\\[\\]htps ]{0,40}") {
            let safe = defang_text(&text).into_owned();
            prop_assert_eq!(defang_text(&safe), safe.as_str(), "{}", text);
        }
    }
}
