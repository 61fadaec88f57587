//! The report from outside: a worked incident reads as one expects, and hostile text in every field stays text.

// What stands outside the tests themselves only serves them.
#![allow(clippy::unwrap_used, clippy::panic)]

mod hostile;
mod incident;
mod tags;

use firsthour::formats::report::{Options, Part, Report, file_name, html, markdown, report};
use firsthour::model::{EventId, Incident, Time, TimelineEvent};
use firsthour::playbooks::library;
use firsthour::words::Lang;
use incident::{DISK, at, intrusion};
use tags::tags;

fn made(incident: &Incident, options: &Options) -> Report {
    report(incident, library(), options, &at("17:00:00"), "Ann Visser")
}

fn in_both(incident: &Incident, options: &Options) -> (String, String) {
    let report = made(incident, options);
    (markdown(&report), html(&report))
}

#[test]
fn every_part_is_there_in_order_in_each_language() {
    for language in Lang::ALL {
        let (md, page) = in_both(&intrusion(), &Options::new(language));
        let mut md_at = 0;
        let mut html_at = 0;
        for part in Part::ALL {
            let heading = format!("\n## {}\n", part.title(language));
            md_at += md[md_at..].find(&heading).unwrap_or_else(|| panic!("{part:?} in {language:?}"));
            html_at += page[html_at..].find(&format!("<section id=\"{}\"", part.code())).unwrap();
        }
        assert!(page.contains(&format!("<html lang=\"{}\">", language.code())));
    }
}

#[test]
fn an_event_stands_in_the_timeline_with_who_tells_it_and_whether_its_zone_is_known() {
    let mut incident = intrusion();
    let entity = incident.entities.values().next().unwrap().clone();
    let written = Time::parse("2026-11-23 08:59:00").unwrap();
    let mut event =
        TimelineEvent::new(EventId::derived(&["call"]), written, "Asked about http://bad.example/x");
    event.source = "Helpdesk".into();
    event.entities.insert(entity.id.clone());
    incident.events.insert(event.id.clone(), event);
    let (md, _) = in_both(&incident, &Options::new(Lang::En));
    let row = md.lines().find(|line| line.contains("Asked about")).unwrap();
    for part in ["2026-11-23 08:59:00 (zone not stated)", "Event", "hxxp", "Helpdesk"] {
        assert!(row.contains(part), "{part} is not in {row}");
    }
    assert!(!row.contains("http://"));
}

#[test]
fn only_the_chosen_parts_are_written() {
    let parts = [Part::Summary, Part::Review].into();
    let (md, page) = in_both(&intrusion(), &Options { parts, ..Options::new(Lang::En) });
    assert!(md.contains("\n## Summary\n") && md.contains("\n## Review\n") && !md.contains("\n## Alerts\n"));
    assert_eq!(page.matches("<section").count(), 2);
}

#[test]
fn the_summary_says_what_a_manager_asks() {
    let (md, _) = in_both(&intrusion(), &Options::new(Lang::En));
    for line in [
        "# Multi-stage incident involving initial access &amp; credential access on multiple users",
        "**Incident report** · Microsoft Defender 28282 · ID in the notebook ",
        "Made on 2026-11-23 17:00:00Z by Ann Visser with First Hour.",
        "- **Severity:** High",
        "- **Status:** Resolved",
        "- **Classification:** True positive · Compromised account",
        "- **Assigned to:** Ann Visser",
        "| Acknowledged | 2026-11-23 09:12:30Z | 19 min to acknowledge |",
        "| Contained | 2026-11-23 11:38:00Z | 2 h 25 min to contain, from acknowledged |",
        "| Devices | 2 | ams-dc-01\\[.]contoso\\[.]com, fin-ws-03\\[.]contoso\\[.]com · Critical: 1 |",
        "> Two people followed a link to a copy of our sign-in page; one gave a password.",
    ] {
        assert!(md.contains(line), "{line}\n\n{md}");
    }
}

#[test]
fn what_was_done_is_told_with_who_when_and_why() {
    let (md, page) = in_both(&intrusion(), &Options::new(Lang::En));
    assert!(md.contains("Ann Visser imported 6 alerts and 11 entities from incidents-export.json"));
    assert!(md.contains("| Skipped · No server of ours was reached | Ann Visser | 2026-11-23 09:"), "{md}");
    assert!(md.contains("Sign-ins from 203\\[.]0\\[.]113\\[.]77 in both accounts"));
    assert!(md.contains("- Call the bank about the changed account number · due 2026-11-23 16:00:00Z"));
    assert!(
        md.contains(
            "- 2026-11-23 09:21:00Z · Bram de Wit commented (retracted)\n\n  > Three people clicked."
        )
    );
    assert!(page.contains("<del>Three people clicked.</del>"));
    assert!(md.contains("### What was missing or slow?\n\n*Not answered.*"));
}

#[test]
fn an_evidence_item_leaves_with_its_hash_and_its_chain_of_custody() {
    let (md, page) = in_both(&intrusion(), &Options::new(Lang::En));
    for line in [
        format!(
            "| E-01 FIN-WS-03.E01 · Disk image · 512,110,190,592 bytes · Samsung PM9A1, serial S64NX0R | `{DISK}` | \
             Room 2.14 | Carla Smit · Forensic lab · Hash matched on 2026-11-23 12:24:00Z |"
        ),
        "### Chain of custody: E-01 FIN-WS-03.E01\n".into(),
        format!(
            "| 2026-11-23 11:05:00Z | Bram de Wit | collected the item and kept it at “Evidence safe 2” · SHA-256 {DISK} | \
             Ann Visser, 2026-11-23 12:10:00Z |"
        ),
        "over to “Chris” (“Forensic lab”): To be examined · Withdrawn by Ann Visser, 2026-11-23 12:15:00Z · Wrong name |"
            .into(),
        "| 2026-11-23 12:20:00Z | Carla Smit | copied the item: Working copy on LAB-7 |".into(),
    ] {
        assert!(md.contains(&line), "{line}\n\n{md}");
    }
    assert!(page.contains(&format!("<code>{DISK}</code>")));
    let (md, _) = in_both(&intrusion(), &Options::new(Lang::Nl));
    assert!(md.contains("droeg het bewijsstuk over aan “Carla Smit”"), "{md}");
}

#[test]
fn indicators_leave_defanged_unless_told_otherwise() {
    let live = ["203.0.113.77", "login.contoso-mail.com", "https://login", "billing@fabrikam-supplies.com"];
    let (md, page) = in_both(&intrusion(), &Options::new(Lang::En));
    for indicator in live {
        assert!(!md.contains(indicator) && !page.contains(indicator), "{indicator}");
    }
    assert!(page.contains("hxxps://login[.]contoso-mail[.]com/verify"));
    assert!(page.contains("mimikatz.exe") && page.contains("incidents-export.json"), "file names stay");
    let hrefs: Vec<_> =
        tags(&page).into_iter().flat_map(|tag| tag.attributes).filter(|(name, _)| name == "href").collect();
    assert!(
        hrefs
            .iter()
            .all(|(_, to)| to.starts_with('#') || to == "https://security.microsoft.com/incidents/28282")
    );
    let (md, page) = in_both(&intrusion(), &Options { defang: false, ..Options::new(Lang::En) });
    assert!(page.contains("203.0.113.77") && md.contains("203.0.113.77"));
    assert!(page.contains(
        "<a href=\"https://login.contoso-mail.com/verify\" rel=\"noopener noreferrer\">view it</a>"
    ));
}

#[test]
fn times_are_in_utc_with_the_readers_own_behind_them_if_asked() {
    let (md, _) = in_both(&intrusion(), &Options { offset_minutes: Some(60), ..Options::new(Lang::Nl) });
    assert!(md.contains("Alle tijden zijn in UTC, met UTC+01:00 tussen haakjes."));
    assert!(md.contains("| Opgepakt | 2026-11-23 09:12:30Z (10:12) | 19 min tot oppakken |"), "{md}");
}

#[test]
fn the_page_is_self_contained_and_accessible() {
    let (_, page) = in_both(&intrusion(), &Options::new(Lang::En));
    assert!(page.contains("content=\"default-src 'none'; style-src 'sha256-"));
    let tags = tags(&page);
    assert!(tags.iter().all(|tag| tag.attributes.iter().all(|(name, _)| name != "src" && name != "style")));
    let headers = tags.iter().filter(|tag| tag.name == "th");
    assert!(headers.clone().count() > 50);
    assert!(headers.clone().all(|tag| tag.attributes.iter().any(|(name, _)| name == "scope")));
    let tables = tags.iter().filter(|tag| tag.name == "table").count();
    let captions = tags.iter().filter(|tag| tag.name == "caption").count();
    assert_eq!(tables, captions + 1, "every table but the note's own has a caption");
    let mut before = 0;
    for tag in tags.iter().filter(|tag| !tag.name.starts_with('/')) {
        if let Some(level) = tag.name.strip_prefix('h').and_then(|level| level.parse::<usize>().ok()) {
            assert!(level <= before + 1, "h{level} after h{before}");
            before = level;
        }
    }
    assert_eq!(tags.iter().filter(|tag| tag.name == "h1").count(), 1);
}

#[test]
fn the_policy_allows_the_style_sheet_that_is_there() {
    use sha2::{Digest, Sha256};
    let (_, page) = in_both(&intrusion(), &Options::new(Lang::En));
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash: Vec<u8> = Sha256::digest(style.as_bytes()).to_vec();
    let said = page.split_once("'sha256-").unwrap().1.split_once('\'').unwrap().0;
    assert_eq!(decoded(said), hash);
    assert_eq!(page.matches("<style").count(), 1);
}

/// Base 64 read back, bit by bit.
fn decoded(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = Vec::new();
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let digit = alphabet.iter().position(|other| *other == letter).unwrap();
        bits.extend((0..6).rev().map(|place| (digit >> place) & 1));
    }
    bits.chunks_exact(8)
        .map(|byte| byte.iter().fold(0u8, |sum, bit| sum << 1 | u8::try_from(*bit).unwrap()))
        .collect()
}

#[test]
fn the_file_is_named_after_the_incident() {
    let mut incident = intrusion();
    assert_eq!(file_name(&incident, "html"), "incident-28282-report.html");
    let mut origin = incident.origins.pop_first().unwrap();
    origin.id = "../../etc/pass\0wd".into();
    incident.origins.insert(origin);
    assert_eq!(file_name(&incident, "md"), "incident-etcpasswd-report.md");
}

#[test]
fn an_incident_about_which_nothing_is_known_makes_a_report_too() {
    use firsthour::model::IncidentId;
    let bare = Incident::new(IncidentId::derived(&["bare"]), "", at("08:00:00"));
    for language in Lang::ALL {
        let (md, page) = in_both(&bare, &Options::new(language));
        assert!(md.contains(language.words().report.empty_alerts));
        assert!(page.contains(language.words().report.empty_notes));
    }
}

#[test]
fn the_report_of_a_worked_incident_is_left_where_it_can_be_looked_at() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    for language in Lang::ALL {
        let (md, page) = in_both(&intrusion(), &Options::new(language));
        for (ending, text) in [("md", md), ("html", page)] {
            let path = format!("{folder}/report-{}.{ending}", language.code());
            std::fs::write(&path, &text).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }
}
