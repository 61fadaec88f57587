//! What speaks against a word's being what it looks like. Defanging settles it: nobody defangs a file name.

use super::Doubt;
use super::tld::{is_file_ending, is_top_level};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What becomes of a word that has the shape of a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is a domain.
    Sure,
    /// It may be something else.
    Ask(Doubt),
    /// It is none: two sentences without a space between them.
    No,
}

/// Platforms that antivirus products begin their names for threats with (CARO's scheme), before a slash or colon.
const PLATFORMS: &[&str] = &[
    "win",
    "linux",
    "android",
    "androidos",
    "osx",
    "macos",
    "ios",
    "unix",
    "js",
    "vbs",
    "vba",
    "html",
    "php",
    "asp",
    "aspx",
    "jsp",
    "python",
    "perl",
    "bat",
    "java",
    "pdf",
    "doc",
    "script",
    "powershell",
    "psh",
    "generic",
    "gen",
    "spy",
    "packed",
    "pua",
    "virus",
    "uds",
];

/// Words that only names for threats have, wherever they stand in one.
const THREATS: &[&str] = &[
    "win32",
    "win64",
    "msil",
    "o97m",
    "w97m",
    "x97m",
    "trojan",
    "worm",
    "backdoor",
    "heur",
    "exploit",
    "ransom",
    "adware",
    "hacktool",
    "riskware",
    "rootkit",
    "trojandropper",
    "trojandownloader",
    "trojanspy",
    "not-a-virus",
];

/// Labels that names in programs begin with: domains written backwards, and well-known roots.
const CODE_ROOTS: &[&str] = &[
    "com",
    "org",
    "net",
    "io",
    "edu",
    "gov",
    "de",
    "ru",
    "cn",
    "jp",
    "uk",
    "nl",
    "fr",
    "java",
    "javax",
    "android",
    "androidx",
    "kotlin",
    "system",
    "microsoft",
    "windows",
    "self",
    "this",
    "document",
    "window",
    "console",
    "os",
    "sys",
    "socket",
    "asp",
    "vb",
    "ado",
    "array",
    "object",
    "string",
    "module",
    "exports",
    "math",
    "json",
    "process",
    "wscript",
];

/// Libraries and frameworks whose name ends as a file's does.
const LIBRARIES: &[&str] = &[
    "node", "vue", "react", "next", "nuxt", "express", "angular", "backbone", "ember", "three", "d3",
    "chart", "socket", "moment", "electron",
];

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a word with dots is an antivirus product's name for a threat, or the part of one behind the platform.
pub fn is_detection_name(word: &str, before: &str) -> bool {
    let head = before.trim_end_matches(['/', ':', '!']);
    let head = head.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or(head);
    let follows =
        before.ends_with(['/', ':', '!']) && (is_one_of(PLATFORMS, head) || is_one_of(THREATS, head));
    follows || word.split('.').any(|label| is_one_of(THREATS, label))
}

/// What a word that has the shape of a domain is, by itself and by what stands right before and after it.
pub fn of_domain(word: &str, before: &str, after: &str) -> Verdict {
    let Some((names, last)) = word.rsplit_once('.') else { return Verdict::No };
    let lower = last.to_ascii_lowercase();
    if is_detection_name(names, before) {
        return Verdict::Ask(Doubt::DetectionName);
    }
    // Part of a path, or a detection name of a platform that nobody has listed.
    if before.ends_with(['/', '\\']) {
        return Verdict::Ask(if starts_with_capital(last) { Doubt::DetectionName } else { Doubt::FileName });
    }
    if names.eq_ignore_ascii_case("www")
        || word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
    {
        return Verdict::Sure;
    }
    let all_upper = |text: &str| !text.chars().any(char::is_lowercase);
    let first = names.split('.').next().unwrap_or(names);
    if starts_with_capital(last) {
        if !all_upper(last) {
            // `done.So` is two sentences, `System.Net` a name in a program.
            let glued = !names.contains('.') && !starts_with_capital(names);
            return if glued { Verdict::No } else { Verdict::Ask(Doubt::CodeName) };
        }
        if !all_upper(names) || is_one_of(CODE_ROOTS, first) {
            return Verdict::Ask(Doubt::CodeName);
        }
    }
    if is_one_of(CODE_ROOTS, first) && !first.eq_ignore_ascii_case("windows") {
        return Verdict::Ask(Doubt::CodeName);
    }
    // A call, or a rule of a style sheet.
    if after.starts_with(['(', '{'])
        || after.starts_with(" {")
        || names.contains('_') && !names.contains('.') && is_file_ending(&lower)
    {
        return Verdict::Ask(Doubt::CodeName);
    }
    if is_file_ending(&lower) && !names.contains('.') {
        return Verdict::Ask(Doubt::FileName);
    }
    Verdict::Sure
}

/// Words after which four numbers are a version, or the number of a section.
const NUMBERED: &[&str] = &[
    "version",
    "versions",
    "versie",
    "versies",
    "build",
    "v",
    "ver",
    "vers",
    "release",
    "releases",
    "firmware",
    "update",
    "updated",
    "upgrade",
    "upgraded",
    "patch",
    "patched",
    "section",
    "sections",
    "chapter",
    "par",
    "para",
    "paragraph",
    "paragraaf",
    "sectie",
    "hoofdstuk",
    "clause",
    "appendix",
    "bijlage",
    "table",
    "tabel",
    "figure",
    "figuur",
    "sec",
];

/// Words between two versions: `from 1.2.3.4 to 1.2.3.5`.
const BETWEEN: &[&str] = &[
    "from", "to", "and", "or", "than", "before", "after", "below", "above", "until", "through", "is", "of",
    "van", "naar", "tot", "en", "voor", "na",
];

/// How many words before four numbers are looked at.
const WORDS_BEFORE: usize = 6;

/// Whether four numbers are a version or a section, by the words before them, or a product's (`Chrome/120.0.0.0`).
pub fn names_a_version(before: &str) -> bool {
    if let Some(product) = before.strip_suffix('/') {
        return product.ends_with(char::is_alphabetic);
    }
    let words = before.split([' ', '\t', '(', ':', '=', '-', ',']).rev().filter(|word| !word.is_empty());
    for word in words.take(WORDS_BEFORE) {
        let word = word.trim_end_matches('.');
        if is_one_of(NUMBERED, word) {
            return true;
        }
        let is_number = word.chars().all(|c| c.is_ascii_digit() || c == '.');
        if !is_number && !is_one_of(BETWEEN, word) {
            return false;
        }
    }
    false
}

/// Hosts of those who write about threats, and of what they cite. An address of theirs that was not defanged is what
/// to read, not what to look for. Nobody else can put files there.
const SOURCES: &str = "welivesecurity.com eset.com securelist.com kaspersky.com talosintelligence.com mandiant.com fireeye.com \
    crowdstrike.com sentinelone.com paloaltonetworks.com unit42.paloaltonetworks.com proofpoint.com trendmicro.com \
    checkpoint.com research.checkpoint.com bleepingcomputer.com krebsonsecurity.com thedfirreport.com sophos.com \
    malwarebytes.com recordedfuture.com symantec.com broadcom.com bitdefender.com mcafee.com trellix.com fortinet.com \
    zscaler.com elastic.co huntress.com volexity.com group-ib.com secureworks.com cybereason.com withsecure.com f-secure.com \
    fox-it.com nccgroup.com mitre.org cve.org nvd.nist.gov cisa.gov us-cert.gov fbi.gov ic3.gov ncsc.nl ncsc.gov.uk \
    cert.europa.eu enisa.europa.eu bsi.bund.de cert.ssi.gouv.fr cert.pl cert.gov.ua first.org sans.org isc.sans.edu \
    virustotal.com urlscan.io shodan.io any.run joesandbox.com hybrid-analysis.com abuse.ch otx.alienvault.com \
    wikipedia.org w3.org ietf.org rfc-editor.org owasp.org oasis-open.org misp-project.org \
    learn.microsoft.com docs.microsoft.com msrc.microsoft.com support.microsoft.com technet.microsoft.com";

static SOURCE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| SOURCES.split_ascii_whitespace().collect());

/// Whether a host in lower case is one of a source's.
pub fn is_source(host: &str) -> bool {
    let dots = host.match_indices('.').map(|(dot, _)| &host[dot + 1..]);
    std::iter::once(host).chain(dots).any(|name| SOURCE.contains(name))
}

/// Whether what follows this text is what a document links to or shows in its own markup (AsciiDoc, Markdown): a part of
/// the document, beside it.
pub fn is_link_target(before: &str) -> bool {
    let word = &before[before.rfind([' ', '\t']).map_or(0, |space| space + 1)..];
    word.contains("](") || ["link:", "image:", "include:", "xref:"].iter().any(|mark| word.contains(mark))
}

/// Whether a word ends like a file does that no top-level domain is named after.
pub fn is_file_name(word: &str) -> bool {
    let Some((name, ending)) = word.rsplit_once('.') else { return false };
    let ending = ending.to_ascii_lowercase();
    let plain = |c: char| c.is_alphanumeric() || "-_.+~@$#!%&".contains(c);
    !name.is_empty()
        && name.len() <= 120
        && name.chars().all(plain)
        && name.chars().any(char::is_alphanumeric)
        && !is_top_level(&ending)
        && (ending.len() > 1 || name.len() > 1 && !name.contains('.'))
        && !(ending == "js" && is_one_of(LIBRARIES, name))
        && ENDINGS.contains(ending.as_str())
}

static ENDINGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| FILES.split(' ').collect());

/// Endings of files that turn up in incidents, without those that are top-level domains.
const FILES: &str = "exe dll sys drv ocx cpl scr com bat cmd ps1 psm1 psd1 vbs vbe js jse wsf wsh hta lnk url msi msp msu \
    mst inf ini cfg conf reg pif jar class war apk ipa dex elf bin dat tmp log bak doc docx docm dot dotm rtf xls xlsx xlsm \
    xlsb xll ppt pptx pptm pdf odt ods csv txt xml json html htm mht eml msg one rar 7z gz tgz tar bz2 xz ace arj iso img vhd \
    vhdx vmdk dmg pkg deb rpm php asp aspx ashx asmx jsp jspx war c cpp h cs go rb vb swf chm ico png jpg jpeg gif bmp svg db \
    sqlite mdb pst ost evtx etl dmp mem pcap pcapng key pem pfx p12 crt cer der plist dylib kext so0 service timer yml yaml \
    toml lock cab2 theme library-ms search-ms appx msix nupkg node wasm pyc pyd onepkg mui ax tlb efi";

fn starts_with_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_may_be_something_else_is_asked_about() {
        use Doubt::{CodeName, DetectionName, FileName};
        for (word, before, verdict) in [
            ("evil.com", "see ", Verdict::Sure),
            ("Infoafrica.top", "`", Verdict::Sure),
            ("EVIL.COM", "", Verdict::Sure),
            ("windows.update.co", "", Verdict::Sure),
            ("Spy.Agent.CC", "Win64/", Verdict::Ask(DetectionName)),
            ("Trojan.Win32.Agent.cc", "", Verdict::Ask(DetectionName)),
            ("update.zip", "opened ", Verdict::Ask(FileName)),
            ("setup.sh", "", Verdict::Ask(FileName)),
            ("www.update.zip", "", Verdict::Sure),
            ("com.apple", "", Verdict::Ask(CodeName)),
            ("System.Net", "", Verdict::Ask(CodeName)),
            ("Temp.NET", "", Verdict::Ask(CodeName)),
            ("ASP.NET", "", Verdict::Ask(CodeName)),
            ("done.So", "", Verdict::No),
        ] {
            assert_eq!(of_domain(word, before, ""), verdict, "{before}{word}");
        }
    }

    #[test]
    fn files_are_told_by_their_ending() {
        for name in ["a.exe", "report.final.docx", "ntdll.DLL", "update_1.ps1"] {
            assert!(is_file_name(name), "{name}");
        }
        for name in ["update.zip", "a.com", "exe", ".exe", "a b.exe", "evil.top"] {
            assert!(!is_file_name(name), "{name}");
        }
    }

    #[test]
    fn a_version_is_told_by_the_word_before() {
        assert!(names_a_version("Agent version ") && names_a_version("build: ") && names_a_version("(v"));
        assert!(!names_a_version("server ") && !names_a_version(""));
    }
}
