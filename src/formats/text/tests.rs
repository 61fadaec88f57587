//! What is found in a text of our own that has every kind of indicator and every trap.

use super::*;
use proptest::prelude::*;

const REPORT: &str = r"
Incident report -- harvest 2026

The mail came from billing(at)invoice-desk[.]example-pay[.]com and led to hxxps://login-portal[.]top/a/b?id=7. From there
update[.]zip was fetched; the archive's SHA-256 is 0F02F371B1B592CAD7FADCDE66B520E70F02F371B1B592CAD7FADCDE66B520E7.
It dropped C:\Program Files\Common Files\svc host.exe and `/etc/cron.d/sync`, and set
HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon\Shell. The mutex was Global\mtx_77aa.
Traffic went to 203[.]0[.]113[.]9:8443, 198.51.100.0/24, 2001:db8::7 and c2.evil-host.ru (agent version 4.2.1.9).
Detected as Win64/Spy.Agent.CC by one product. Exploited: CVE-2021-44228 (T1190, T1059.001).
User S-1-5-21-1004336348-1177238915-682003330-512, MAC 00-1A-2B-3C-4D-5E, wallet 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa.
They ran `powershell -nop -w hidden -enc SQBFAFgA` twice. See com.apple.FaceTime and System.Net, setup.sh, and update.zip.
UPN: ann@contoso.onmicrosoft.com. Then nothing.So we stopped.
";

fn of(kind: Kind) -> Vec<String> {
    let found = find(REPORT).into_iter();
    found.filter(|found| found.kind == kind && found.doubt.is_none()).map(|found| found.value).collect()
}

#[test]
fn every_kind_is_found_in_a_report() {
    assert_eq!(of(Kind::Email), ["billing@invoice-desk.example-pay.com"]);
    assert_eq!(of(Kind::Url), ["https://login-portal.top/a/b?id=7"]);
    // Defanged once, `update.zip` is a domain here.
    assert_eq!(of(Kind::Domain), ["update.zip", "c2.evil-host.ru"]);
    assert_eq!(of(Kind::Sha256), ["0f02f371b1b592cad7fadcde66b520e70f02f371b1b592cad7fadcde66b520e7"]);
    assert_eq!(of(Kind::FilePath), [r"C:\Program Files\Common Files\svc host.exe", "/etc/cron.d/sync"]);
    assert_eq!(
        of(Kind::RegistryKey),
        [r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon\Shell"]
    );
    assert_eq!(of(Kind::Mutex), [r"Global\mtx_77aa"]);
    assert_eq!(of(Kind::Ipv4), ["203.0.113.9"]);
    assert_eq!(of(Kind::Network), ["198.51.100.0/24"]);
    assert_eq!(of(Kind::Ipv6), ["2001:db8::7"]);
    assert_eq!(of(Kind::Cve), ["CVE-2021-44228"]);
    assert_eq!(of(Kind::Technique), ["T1190", "T1059.001"]);
    assert_eq!(of(Kind::Sid), ["S-1-5-21-1004336348-1177238915-682003330-512"]);
    assert_eq!(of(Kind::Mac), ["00:1a:2b:3c:4d:5e"]);
    assert_eq!(of(Kind::Bitcoin), ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]);
    assert_eq!(of(Kind::CommandLine), ["powershell -nop -w hidden -enc SQBFAFgA"]);
    assert_eq!(of(Kind::UserPrincipalName), ["ann@contoso.onmicrosoft.com"]);
}

#[test]
fn what_may_be_something_else_is_doubted() {
    let doubted: Vec<(String, Doubt)> =
        find(REPORT).into_iter().filter_map(|found| Some((found.value, found.doubt?))).collect();
    assert_eq!(
        doubted,
        [
            ("4.2.1.9".to_owned(), Doubt::Version),
            ("spy.agent.cc".to_owned(), Doubt::DetectionName),
            ("system.net".to_owned(), Doubt::CodeName),
            ("setup.sh".to_owned(), Doubt::FileName),
        ]
    );
}

#[test]
fn a_hit_keeps_its_sentence_and_its_place() {
    let found = find(REPORT);
    let mutex = found.iter().find(|found| found.kind == Kind::Mutex).unwrap();
    assert_eq!(&REPORT[mutex.sentence.clone()], r"The mutex was Global\mtx_77aa.");
    let domain = found.iter().find(|found| found.value == "update.zip").unwrap();
    assert_eq!((&REPORT[domain.at.clone()], domain.count), ("update[.]zip", 2));
}

#[test]
fn addresses_end_where_they_end() {
    for (text, url) in [
        ("(see https://a.example.com/x_(y).)", "https://a.example.com/x_(y)"),
        ("link:https://a.example.com/x[the page]", "https://a.example.com/x"),
        ("hXXp[:]//1[.]2.3.4:81/a.php,", "http://1.2.3.4:81/a.php"),
        ("<https://A.Example.com/Path>", "https://a.example.com/Path"),
        ("http://[2001:db8::1]:8080/x.", "http://[2001:db8::1]:8080/x"),
        ("evil.com/gate.php?id=1", "evil.com/gate.php?id=1"),
        ("url=hxxp://evil[.]com/a", "http://evil.com/a"),
        ("fxp://files.evil.com", "ftp://files.evil.com"),
    ] {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((found[0].kind, found[0].value.as_str()), (Kind::Url, url), "{text}");
    }
}

#[test]
fn work_grows_with_the_text_and_not_with_its_square() {
    // Not timed: what would be quadratic here takes minutes, and the test runner's limit says so.
    for piece in [
        "a.",
        "hxxp://",
        "C:\\a b\\",
        "[.]",
        "\\.",
        "@",
        "powershell -e \"",
        "1.2.3.",
        "(((((",
        "::",
        "a@",
        "HKU\\1 ",
        "C:\\a. ",
        "http://a.b/))))",
        "~/a ",
        "hxxp:\\\\",
        "(at) ",
    ] {
        find(&piece.repeat(400_000 / piece.len()));
    }
}

#[test]
fn the_line_after_changes_nothing() {
    // Found by fuzzing: the word after `[at]` was looked for beyond the end of the line.
    let text = "see https://evil.example [at] }\nfiles.evil.com";
    assert_eq!(find(text)[0].value, find(&text[..text.find('\n').unwrap()])[0].value);
}

proptest! {
    #[test]
    fn any_text_is_read_and_what_is_found_stands_there(text in "(.|\\n){0,120}|[a-c0-9.:/@\\\\\\[\\]() hxtp\\n]{0,120}") {
        for found in find(&text) {
            prop_assert!(text.get(found.at.clone()).is_some_and(|at| !at.is_empty()));
            prop_assert!(text.get(found.sentence.clone()).is_some());
            prop_assert!(found.sentence.start <= found.at.start && found.at.end <= found.sentence.end);
        }
    }

    #[test]
    fn defanged_and_live_are_the_same(host in "[a-z]{3,9}\\.(com|net|ru|top)", path in "(/[a-z]{1,5}){0,2}") {
        let live = format!("http://{host}{path}");
        let safe = crate::formats::defang::defang(&live);
        prop_assert_eq!(&find(&format!("x {safe} y"))[0].value, &live);
        prop_assert_eq!(&find(&format!("x {} y", host.replace('.', "[.]")))[0].value, &host);
    }

    #[test]
    fn pieces_give_what_the_whole_gives(cut in 0..REPORT.len()) {
        let cut = REPORT[..floor(REPORT, cut)].rfind('\n').map_or(0, |end| end + 1);
        let mut finder = Finder::default();
        finder.take(REPORT, 0..cut);
        finder.take(REPORT, cut..REPORT.len());
        prop_assert_eq!(finder.finish(), find(REPORT));
    }
}
