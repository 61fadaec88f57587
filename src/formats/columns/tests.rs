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

fn events(intake: &Intake) -> Vec<(&str, &str)> {
    let [incident] = &intake.incidents[..] else { panic!("{} incidents", intake.incidents.len()) };
    assert!(incident.alerts.is_empty());
    let mut events: Vec<_> = incident.events.values().map(|e| (e.at.text(), e.message.as_str())).collect();
    events.sort_unstable();
    events
}

fn rows_are(intake: &Intake) -> RowsAre {
    intake.questions.columns.as_ref().unwrap().rows_are()
}

#[test]
fn a_table_of_times_and_texts_is_a_timeline() {
    let text = "time,description\n2026-11-24T08:30:00Z,Mail opened\n2026-11-24T08:31:00+01:00,\"Macro ran, then stopped\"\n";
    let intake = read_with(text, Answers { called: "log.csv".to_owned(), ..Answers::default() }).unwrap();
    assert_eq!(
        (meanings(&intake), rows_are(&intake)),
        (vec![Meaning::Created, Meaning::Event], RowsAre::Events)
    );
    assert_eq!(
        events(&intake),
        [("2026-11-24T08:30:00Z", "Mail opened"), ("2026-11-24T08:31:00+01:00", "Macro ran, then stopped")]
    );
    assert_eq!((intake.incidents[0].name.as_str(), intake.questions.zone), ("log.csv", None));
    // Read once more under another name, and longer, it is the same incident with the same events.
    let longer = format!("{text}2026-11-24T09:00:00Z,Called the user\n");
    let longer =
        read_with(longer, Answers { called: "log (1).csv".to_owned(), ..Answers::default() }).unwrap();
    assert_eq!(longer.incidents[0].id, intake.incidents[0].id);
    assert!(intake.incidents[0].events.keys().all(|id| longer.incidents[0].events.contains_key(id)));
    assert_eq!(longer.incidents[0].events.len(), 3);
}

#[test]
fn an_event_keeps_what_its_row_says_besides_and_is_about_its_things() {
    let text = "time\thost\tuser\tmessage\tlevel\tproduct\tcategory\n\
        2026-11-24 08:30:00Z\tPC-1\tCORP\\anna\tService installed\twarning\tSysmon\tPersistence\n";
    let intake = read(text).unwrap();
    let event = intake.incidents[0].events.values().next().unwrap();
    assert_eq!(
        (event.message.as_str(), event.kind.as_str(), event.source.as_str()),
        ("Service installed", "Persistence", "Sysmon")
    );
    assert_eq!(event.extra.get("level").and_then(|level| level.as_str()), Some("warning"));
    assert_eq!(event.extra.len(), 1);
    assert_eq!((event.entities.len(), intake.incidents[0].entities.len()), (2, 2));
}

#[test]
fn where_names_say_nothing_the_cells_tell_what_is_when_and_what() {
    let text = "Wanneer;Wat;Nr\n24-11-2026 08:30;Mail geopend;1\n24-11-2026 08:45;Gebeld met de helpdesk;2\n";
    let intake = read(text).unwrap();
    assert_eq!(meanings(&intake), [Meaning::Created, Meaning::Event, Meaning::Kept]);
    let columns = &intake.questions.columns.as_ref().unwrap().columns;
    assert_eq!((columns[0].known, columns[1].known), (Known::ByContent, Known::ByContent));
    assert_eq!(events(&intake)[0], ("2026-11-24T08:30", "Mail geopend"));
    assert_eq!(intake.questions.zone.as_ref().unwrap().count, 2);
    // How it was written is kept; the zone that was answered moves the time and not the event's id.
    let answered = read_with(text, Answers { offset: Some(60), ..Answers::default() }).unwrap();
    assert_eq!(events(&answered)[0].0, "2026-11-24T08:30+01:00");
    assert!(answered.incidents[0].events.keys().eq(intake.incidents[0].events.keys()));
    assert!(answered.incidents[0].events.values().all(|event| event.extra.contains_key("Wanneer")));
    // Without a header the first row would be taken for one, and be lost.
    assert_ne!(
        read("2026-11-24 08:30,one\n2026-11-24 08:31,two\n").map(|intake| intake.format),
        Ok(FormatId::Table)
    );
    // Words beside addresses need not be what happened.
    let feed = read("first_seen,ip,campaign\n2026-11-24,192.0.2.7,Spring\n").unwrap();
    assert_eq!(rows_are(&feed), RowsAre::Things);
}

#[test]
fn an_event_whose_day_can_be_read_two_ways_waits_for_the_answer() {
    let text = "date,time,event\n03/04/2026,09:00,Sign-in\n04/05/2026,10:30,Sign-out\n";
    let intake = read(text).unwrap();
    assert_eq!(intake.questions.order.as_ref().unwrap().count, 2);
    assert_eq!((intake.incidents.len(), intake.set_aside.len(), rows_are(&intake)), (0, 0, RowsAre::Events));
    let answers = Answers { order: Some(Order::MonthFirst), offset: Some(0), ..Answers::default() };
    let answered = read_with(text, answers).unwrap();
    assert_eq!(
        events(&answered),
        [("2026-03-04T09:00+00:00", "Sign-in"), ("2026-04-05T10:30+00:00", "Sign-out")]
    );
}

#[test]
fn an_event_without_time_or_text_is_set_aside_with_its_line() {
    let text = "time,host,message\n,PC-1,No time\nnoon,PC-1,Bad time\n2026-11-24T08:30:00Z,PC-1,\n2026-11-24T08:30:00Z,PC-1,Good\n";
    let intake = read(text).unwrap();
    assert_eq!(events(&intake), [("2026-11-24T08:30:00Z", "Good")]);
    let aside: Vec<_> = intake.set_aside.iter().map(|one| (one.place.line, one.why.clone())).collect();
    assert_eq!(
        aside,
        [
            (Some(2), Why::WithoutTime { text: String::new() }),
            (Some(3), Why::WithoutTime { text: "noon".to_owned() }),
            (Some(4), Why::WithoutMessage),
        ]
    );
}

#[test]
fn the_person_says_which_column_is_what_happened() {
    let text = "time,host,message\n2026-11-24T08:30:00Z,PC-1,Odd\n";
    let read_as = |meanings: [Meaning; 3]| {
        read_with(text, Answers { columns: Some(meanings.to_vec()), ..Answers::default() }).unwrap()
    };
    let other = read_as([Meaning::Created, Meaning::Event, Meaning::Kept]);
    assert_eq!(events(&other), [("2026-11-24T08:30:00Z", "PC-1")]);
    let alerts = read_as([Meaning::Created, Meaning::Device, Meaning::AlertTitle]);
    assert_eq!((rows_are(&alerts), alerts.incidents[0].alerts.len()), (RowsAre::Alerts, 1));
    let things = read_as([Meaning::Created, Meaning::Device, Meaning::Description]);
    assert_eq!((rows_are(&things), things.incidents[0].entities.len()), (RowsAre::Things, 1));
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
