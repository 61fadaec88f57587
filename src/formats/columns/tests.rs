//! What tables of several makers come to, and what is asked about them.

use super::*;
use crate::formats::answers::{Answers, Asked};
use crate::formats::{FormatId, Intake, read, read_with};
use crate::model::taxonomy::{Severity, Status};
use crate::model::{EntityKind, Incident};
use proptest::prelude::*;

fn names(incident: &Incident) -> Vec<(EntityKind, String)> {
    let mut names: Vec<_> =
        incident.entities.values().map(|entity| (entity.facts.kind(), entity.facts.name())).collect();
    names.sort();
    names
}

fn meanings(intake: &Intake) -> Vec<Meaning> {
    let columns = intake.questions.columns.as_ref().unwrap();
    columns.columns.iter().map(|column| column.meaning).collect()
}

const QUEUE: &str = "\u{feff}Priority score,Incident name,Incident Id,Tags,Severity,Investigation state,Categories,\
    Impacted assets,Active alerts,Service sources,First activity,Last activity,Status,Assigned to,Classification\r\n\
    87,\"Multi-stage incident, on two endpoints\",4711,vip;exec,High,2 investigation states,\"Execution, Persistence\",\
    \"Devices: PC-1, PC-2.corp.example; Accounts: CORP\\anna, bob@corp.example\",3/5,Endpoint,\"Nov 24, 2026 8:30:00 AM\",\
    \"Nov 24, 2026 9:00:00 AM\",Active,anna@corp.example,Not set\r\n\
    12,Phish delivered,4712,,Low,,Initial access,3 mailboxes,0/1,Office 365,\"Nov 23, 2026 1:00:00 PM\",,Resolved,Unassigned,\
    True positive\r\n";

#[test]
fn the_portals_incident_queue_is_read_with_its_assets() {
    let intake = read(QUEUE).unwrap();
    assert_eq!((intake.format, intake.incidents.len(), intake.set_aside.len()), (FormatId::Table, 2, 0));
    let [first, second] = &intake.incidents[..] else { panic!() };
    assert_eq!(first.name, "Multi-stage incident, on two endpoints");
    assert_eq!((&first.severity, &first.status), (&Severity::High, &Status::Active));
    assert_eq!(first.tags.iter().map(String::as_str).collect::<Vec<_>>(), ["exec", "vip"]);
    assert_eq!(first.assignee.as_deref(), Some("anna@corp.example"));
    assert_eq!(
        names(first),
        [
            (EntityKind::Device, "PC-1".to_owned()),
            (EntityKind::Device, "PC-2".to_owned()),
            (EntityKind::User, "anna".to_owned()),
            (EntityKind::User, "bob@corp.example".to_owned()),
        ]
        .map(|(kind, name)| (
            kind,
            first.entities.values().find(|e| e.facts.name().contains(&name)).unwrap().facts.name()
        ))
    );
    // What has no field of its own is kept under its column's name.
    assert_eq!(first.extra["Active alerts"], "3/5");
    assert_eq!(first.extra["First activity"], "Nov 24, 2026 8:30:00 AM");
    assert_eq!((&second.severity, &second.status), (&Severity::Low, &Status::Resolved));
    assert_eq!(
        (second.assignee.as_deref(), second.extra["Impacted assets"].as_str()),
        (None, Some("3 mailboxes"))
    );
    // The portal's numbers are those of its API: the same incident, whichever way it comes.
    let origin = first.origins.first().unwrap();
    assert_eq!((origin.system.as_str(), origin.id.as_str()), ("defender", "4711"));
}

#[test]
fn a_list_of_alerts_finds_its_incidents_and_its_things() {
    let text = "Case;Waarschuwing;Ernst;Apparaat;Gebruiker;IP-adres;SHA256;Regel\n\
        C-1;Verdacht proces;Hoog;PC-1;anna;10.0.0.5;;7\n\
        C-1;Verdacht proces;Hoog;PC-2;anna;;;7\n\
        C-2;Malware;laag;;;203[.]0[.]113[.]9;2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824;8\n";
    let intake = read(text).unwrap();
    let counts: Vec<_> = intake
        .incidents
        .iter()
        .map(|incident| (incident.name.as_str(), incident.alerts.len(), incident.entities.len()))
        .collect();
    // An account that is known by its name alone may be another one in the next alert.
    assert_eq!(counts, [("C-1", 2, 5), ("C-2", 1, 2)]);
    let malware = intake.incidents[1].alerts.values().next().unwrap();
    assert_eq!((malware.title.as_str(), &malware.severity), ("Malware", &Severity::Low));
    assert_eq!(malware.extra["Regel"], "8");
    assert_eq!(read(text).unwrap().incidents, intake.incidents);
}

#[test]
fn a_list_of_indicators_is_one_incident_with_entities() {
    let text = "type,value,comment,to_ids\ndomain,update.zip,C2,1\nip-dst,203.0.113.9,,1\nmd5,d41d8cd98f00b204e9800998ecf8427e,dropper,0\nfilename,a.b,odd,0\nnumber,12,none,0\n";
    let answers = Answers { called: "feed.csv".to_owned(), ..Answers::default() };
    let intake = read_with(text, answers).unwrap();
    let [incident] = &intake.incidents[..] else { panic!("{:?}", intake.incidents.len()) };
    assert_eq!(incident.name, "feed.csv");
    assert_eq!(
        names(incident),
        [
            (EntityKind::Ip, "203.0.113.9".to_owned()),
            (EntityKind::File, "a.b".to_owned()),
            (EntityKind::File, "d41d8cd98f00b204e9800998ecf8427e".to_owned()),
            (EntityKind::Domain, "update.zip".to_owned()),
        ]
        .into_iter()
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
    );
    assert_eq!(intake.set_aside.len(), 1);
    assert_eq!((intake.set_aside[0].place.line, &intake.set_aside[0].why), (Some(6), &Why::NothingInRow));
}

#[test]
fn a_column_without_a_known_name_is_known_by_what_stands_in_it_and_the_person_may_say_otherwise() {
    let text = "host,colour,seen from\nPC-1,red,10.0.0.1\nPC-2,blue,10.0.0.2\n";
    let intake = read(text).unwrap();
    assert_eq!(meanings(&intake), [Meaning::Device, Meaning::Kept, Meaning::Ip]);
    let columns = intake.questions.columns.as_ref().unwrap();
    assert_eq!((columns.columns[2].known, columns.columns[1].known), (Known::ByContent, Known::Not));
    assert_eq!(columns.columns[1].examples, ["red", "blue"]);
    assert_eq!(intake.incidents[0].entities.len(), 4);

    let answered = vec![Meaning::LeftOut, Meaning::AlertTitle, Meaning::Ip];
    let again = read_with(text, Answers { columns: Some(answered.clone()), ..Answers::default() }).unwrap();
    assert_eq!(meanings(&again), answered);
    assert_eq!(again.incidents[0].alerts.len(), 2);
    assert_eq!(again.questions.columns.unwrap().header, columns.header);
}

#[test]
fn a_table_of_which_nothing_is_known_still_asks() {
    let answers = Answers { read_as: Some(FormatId::Table), ..Answers::default() };
    let intake = read_with("foo,bar\n1,2\n3,4\n", answers).unwrap();
    assert_eq!((intake.incidents.len(), meanings(&intake)), (0, vec![Meaning::Kept; 2]));
}

#[test]
fn a_date_with_two_readings_and_a_time_without_a_zone_are_asked() {
    let text = "Alert,Time\nOdd,03/04/2026 09:00\nOdder,04/05/2026 10:00\n";
    let intake = read(text).unwrap();
    assert_eq!(intake.questions.order, Some(Asked { example: "03/04/2026 09:00".to_owned(), count: 2 }));
    let created = |intake: &Intake| -> Vec<Option<String>> {
        intake.incidents[0]
            .alerts
            .values()
            .map(|alert| alert.created.as_ref().map(|time| time.text().to_owned()))
            .collect()
    };
    assert_eq!(created(&intake), [None, None]);
    assert!(intake.incidents[0].alerts.values().all(|alert| alert.extra.contains_key("Time")));
    let answers = Answers { order: Some(Order::DayFirst), offset: Some(120), ..Answers::default() };
    let answered = read_with(text, answers).unwrap();
    let mut times = created(&answered);
    times.sort();
    assert_eq!(times, [Some("2026-04-03T09:00+02:00".to_owned()), Some("2026-05-04T10:00+02:00".to_owned())]);
    assert_eq!(answered.questions.zone.unwrap().count, 2);

    // Where another cell of the column tells, there is nothing to ask.
    let told = read(format!("{text}Oddest,24/12/2026 11:00\n")).unwrap();
    assert_eq!(told.questions.order, None);
    assert!(created(&told).iter().all(Option::is_some));
}

#[test]
fn every_encoding_gives_the_same_table() {
    let text = "Naam;Ernst;Status;Eigenaar\r\nCafé “Zoë”;Hoog;Nieuw;Renée\r\n";
    let of = |bytes: Vec<u8>| read(bytes).unwrap().incidents[0].name.clone();
    let utf16 = |big: bool| -> Vec<u8> {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
    };
    let windows: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            other => u8::try_from(u32::from(other)).unwrap(),
        })
        .collect();
    for bytes in [text.as_bytes().to_vec(), utf16(false), utf16(true), windows] {
        assert_eq!(of(bytes), "Café “Zoë”");
    }
}

#[test]
fn a_quote_that_is_never_closed_is_told_with_its_line_and_column() {
    let intake = read("Alert,Device\nOne,PC-1\nTwo,\"PC-2\nThree,PC-3\n").unwrap();
    let [aside] = &intake.set_aside[..] else { panic!("{:?}", intake.set_aside) };
    assert_eq!((aside.place.line, &aside.why), (Some(3), &Why::OpenQuote { column: 5 }));
    assert_eq!(intake.incidents[0].alerts.len(), 2);
}

#[test]
fn prose_with_commas_is_no_table() {
    let text =
        "Once, twice, three times.\nThen it led to evil[.]com, and 203[.]0[.]113[.]9 answered, again.\n";
    assert_eq!(read(text).unwrap().format, FormatId::Text);
}

proptest! {
    #[test]
    fn any_table_is_read_or_refused_and_reading_again_gives_the_same(
        header in "[a-zA-Z ,;\\t\"]{0,40}",
        rows in prop::collection::vec("[a-z0-9 ./:,;\\t\"@\\\\-]{0,60}", 0..12),
    ) {
        let text = format!("Alert,IP,Time,{header}\n{}", rows.join("\n"));
        let as_table = || Answers { read_as: Some(FormatId::Table), ..Answers::default() };
        let first = read_with(text.as_str(), as_table());
        if let Ok(intake) = &first {
            // Every row is an alert or set aside, and nothing was asked that is not there.
            let alerts: usize = intake.incidents.iter().map(|incident| incident.alerts.len()).sum();
            prop_assert!(alerts + intake.set_aside.len() <= rows.len() + 1);
        }
        prop_assert_eq!(first, read_with(text.as_str(), as_table()));
    }
}
