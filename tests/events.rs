//! Timelines and parts of incidents from files: advanced hunting, Timesketch, Plaso, and what Sentinel gives one by one.
//!
//! First the published files of `../shared/samples`, counted by hand; where that folder does not exist those tests say so
//! and end. Then rows of our own in the same shapes, one for each trap and each refusal.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/samples.rs"]
mod samples;

use firsthour::formats::{Answers, FormatId, Intake, Remark, Why, read, read_with};
use firsthour::model::activity::Cause;
use firsthour::model::{EntityKind, Facts, Incident, Mark, TimelineEvent};
use firsthour::notebook::merge::{Outcome, plan};
use firsthour::notebook::{Edit, Notebook, Why as Reason};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn intake(text: &str) -> Intake {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// Read once more, with the zone that times without one are in.
fn in_zone(text: &str, minutes: i32) -> Intake {
    let answers = Answers { offset: Some(minutes), ..Answers::default() };
    read_with(text.as_bytes(), answers).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// How many times are without a zone.
fn zoneless(intake: &Intake) -> usize {
    intake.questions.zone.as_ref().map_or(0, |asked| asked.count)
}

fn kinds(incident: &Incident) -> BTreeMap<EntityKind, usize> {
    let mut kinds = BTreeMap::new();
    for entity in incident.entities.values() {
        *kinds.entry(entity.kind()).or_default() += 1;
    }
    kinds
}

/// The events of the only incident, earliest first.
fn events(intake: &Intake) -> Vec<&TimelineEvent> {
    let [incident] = &intake.incidents[..] else { panic!("{} incidents", intake.incidents.len()) };
    let mut events: Vec<_> = incident.events.values().collect();
    events.sort_by(|a, b| (&a.at, &a.message).cmp(&(&b.at, &b.message)));
    events
}

fn names(intake: &Intake, event: &TimelineEvent) -> Vec<String> {
    event.entities.iter().map(|id| intake.incidents[0].entities[id].name()).collect()
}

#[test]
fn the_golden_saml_hunt_becomes_nine_events_on_one_timeline() {
    let Some(intake) = samples::intake("microsoft/22-xdr-advanced-hunting.simuland.ndjson") else { return };
    assert_eq!(intake.format, FormatId::Hunting);
    assert_eq!((&intake.set_aside[..], zoneless(&intake)), (&[][..], 0));
    let events = events(&intake);
    assert_eq!((events.len(), intake.incidents[0].alerts.len()), (9, 0));
    assert_eq!(events[0].at.text(), "2021-08-02T13:08:18.374Z");
    let ldap = events.iter().find(|event| event.kind == "LdapSearch").unwrap();
    assert_eq!(ldap.at.text(), "2021-08-02T13:11:39.7724491Z");
    assert!(ldap.message.starts_with("LdapSearch: ") && ldap.message.contains("adfs01.simulandlabs.com"));
    // The JSON that stood in a text stands there as what it is.
    assert_eq!(ldap.extra["AdditionalFields"]["ScopeOfSearch"], "Base");
    let kinds = kinds(&intake.incidents[0]);
    let users = intake.incidents[0].entities.values().filter(|entity| entity.kind() == EntityKind::User);
    let users: Vec<String> = users.map(firsthour::model::Entity::name).collect();
    assert!(users.iter().any(|name| name.contains("wardog")), "{users:?}");
    assert!(users.iter().any(|name| name.contains("pgustavo")), "{users:?}");
    assert_eq!(kinds[&EntityKind::Device], 2, "the federation server and the domain controller");
    assert_eq!(kinds[&EntityKind::Ip], 3);
    // A device id of zeros was left out by the publisher and identifies nothing.
    for entity in intake.incidents[0].entities.values() {
        if let Facts::Device(device) = &entity.facts {
            assert_eq!(device.mde_device_id, None);
        }
    }
}

#[test]
fn timesketchs_own_examples_are_read_to_the_microsecond() {
    let Some(csv) = samples::intake("timesketch/sigma_events.csv") else { return };
    assert_eq!(csv.format, FormatId::Timesketch);
    let told: Vec<_> =
        events(&csv).iter().map(|event| (event.at.text().to_owned(), event.kind.clone())).collect();
    assert_eq!(told.len(), 4);
    assert_eq!(told[0], ("2015-07-24T19:01:01+00:00".to_owned(), "Write time".to_owned()));
    assert_eq!(events(&csv)[2].message, "Install: zmap:amd64 (1.1.0-1) [Commandline: apt-get install zmap]");
    assert_eq!(events(&csv)[2].source, "apt:history:line");
    let lines = samples::intake("timesketch/sigma_events.jsonl").unwrap();
    let last = *events(&lines).last().unwrap();
    assert_eq!((events(&lines).len(), last.at.text()), (5, "2022-01-22T23:07:43.502205+00:00"));
    assert_eq!(names(&lines, last), ["DESKTOP-B0TAAAA"]);
    // Four of these give a `timestamp` that is decades from their `datetime`.
    let disagree = |remark: &&Remark| matches!(remark, Remark::TimesDisagree { .. });
    assert_eq!(lines.remarks.iter().filter(disagree).count(), 4);
    let precise = samples::intake("timesketch/validate_time_precision.csv").unwrap();
    let times: Vec<_> = events(&precise).iter().map(|event| event.at.text().to_owned()).collect();
    assert_eq!(times, ["2015-07-24T19:01:01+00:00", "2024-07-24T10:57:02.877297Z"]);
}

#[test]
fn what_sentinel_gives_one_by_one_finds_its_incident() {
    let Some(incidents) = samples::intake("microsoft/35-sentinel-list-incidents.azure-rest-2024-09-01.json")
    else {
        return;
    };
    let mut notebook = Notebook::default();
    let mut import = |intake: Intake| {
        let plan = plan(&notebook, intake.incidents);
        let edit = Edit {
            at: firsthour::model::Time::from_millis(0),
            by: "ann".into(),
            act: plan.act(Reason::Imported("x.json".into())).unwrap(),
            cause: Cause::Done,
        };
        notebook.apply(edit).unwrap();
        plan.items[0].outcome
    };
    assert_eq!(import(incidents), Outcome::New);
    let tasks = samples::intake("microsoft/38-sentinel-incident-tasks.azure-rest-2024-09-01.json").unwrap();
    assert_eq!((tasks.format, import(tasks)), (FormatId::SentinelParts, Outcome::Updated));
    let comments =
        samples::intake("microsoft/39-sentinel-incident-comments.azure-rest-2024-09-01.json").unwrap();
    assert_eq!(import(comments), Outcome::Updated);
    let [incident] = &notebook.loaded().collect::<Vec<_>>()[..] else { panic!("more than one incident") };
    let step = incident.checklist.own.values().next().unwrap();
    assert_eq!((step.title.as_str(), step.how.as_str()), ("Task title", "Task description"));
    assert!(incident.checklist.steps.is_empty(), "the task is new, so the step is open");
    let note = incident.notes.values().next().unwrap();
    assert_eq!((note.text.as_str(), note.by.as_str()), ("Some message", "john doe"));
    assert_eq!(note.created.text(), "2019-01-01T13:15:30Z");
}

#[test]
fn sentinels_alerts_and_entities_are_read_though_they_name_no_incident() {
    let Some(alerts) = samples::intake("microsoft/36-sentinel-incident-alerts.azure-rest-2024-09-01.json")
    else {
        return;
    };
    let alert = alerts.incidents[0].alerts.values().next().unwrap();
    assert_eq!((alert.title.as_str(), alert.severity.code()), ("myAlert", "low"));
    assert_eq!(alert.source_id, "baa8a239-6fde-4ab7-a093-d09f7b75c58c");
    assert_eq!(alert.first_activity.as_ref().unwrap().text(), "2020-07-20T18:21:53.6158361Z");
    let entities =
        samples::intake("microsoft/37-sentinel-incident-entities.azure-rest-2024-09-01.json").unwrap();
    assert_eq!(kinds(&entities.incidents[0]), [(EntityKind::User, 1)].into());
    let Facts::User(user) = &entities.incidents[0].entities.values().next().unwrap().facts else { panic!() };
    assert_eq!(
        (user.account_name.as_deref(), user.domain_name.as_deref()),
        (Some("administrator"), Some("domain"))
    );
}

/// Sentinel's shapes: as its SDK prints them, and flattened with dots.
#[test]
fn tasks_and_comments_are_read_in_every_shape() {
    let address = |rest: &str| {
        format!(
            "/subscriptions/1/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w/providers/Microsoft.SecurityInsights/Incidents/abc/{rest}"
        )
    };
    let task = address("tasks/t1");
    let flat = format!(
        r#"{{"id":"{task}","name":"t1","type":"Microsoft.SecurityInsights/Incidents/Tasks","title":"Call","description":"<b>now</b>",
            "status":"Completed","created_time_utc":"2026-01-01T10:00:00Z","last_modified_time_utc":"2026-01-01T11:00:00Z",
            "last_modified_by":{{"name":"Ann","email":"a@b.example"}}}}"#
    );
    let dotted = format!(
        r#"{{"id":"{task}","name":"t1","type":"Microsoft.SecurityInsights/incidents/tasks","properties.title":"Call",
            "properties.description":"<b>now</b>","properties.status":"Completed",
            "properties.lastModifiedTimeUtc":"2026-01-01T11:00:00Z","properties.lastModifiedBy.name":"Ann"}}"#
    );
    for text in [flat, dotted] {
        let intake = intake(&text);
        let incident = &intake.incidents[0];
        assert_eq!(incident.origins.first().unwrap().id, "sentinel/abc");
        let (id, step) = incident.checklist.own.first_key_value().unwrap();
        // Markup from outside is text.
        assert_eq!((step.title.as_str(), step.how.as_str()), ("Call", "<b>now</b>"));
        let marked = incident.checklist.steps[id].marked.as_ref().unwrap();
        assert_eq!((&marked.mark, marked.by.as_str()), (&Mark::Done, "Ann"));
        assert_eq!(marked.at.text(), "2026-01-01T11:00:00Z");
    }
    let comment = address("comments/c1");
    let text = format!(
        r#"{{"id":"{comment}","name":"c1","type":"Microsoft.SecurityInsights/Incidents/Comments","message":"Seen before",
            "created_time_utc":"2026-01-01T10:00:00Z","author":{{"email":"a@b.example"}}}}"#
    );
    let read = intake(&text);
    let note = read.incidents[0].notes.values().next().unwrap();
    assert_eq!((note.text.as_str(), note.by.as_str()), ("Seen before", "a@b.example"));
}

/// An incident that Sentinel has from Defender carries Defender's number, but its tasks name the resource.
#[test]
fn a_task_finds_the_incident_that_defender_numbers() {
    let incident = r#"{"id":"/x/incidents/abc","name":"abc","type":"Microsoft.SecurityInsights/Incidents","properties":{
        "title":"Odd","providerName":"Microsoft XDR","providerIncidentId":"77","severity":"Low","status":"New",
        "createdTimeUtc":"2026-01-01T10:00:00Z"}}"#;
    let ids: Vec<String> =
        intake(incident).incidents[0].origins.iter().map(|origin| origin.id.clone()).collect();
    assert_eq!(ids, ["77", "sentinel/abc"]);
}

fn evidence(rest: &str) -> String {
    format!(
        r#"{{"time":"2026-01-01T10:00:05Z","tenantId":"t","operationName":"Publish","category":"AdvancedHunting-AlertEvidence",
        "properties":{{"Timestamp":"2026-01-01T10:00:00.1234567Z","AlertId":"da1","Title":"Odd process","Severity":"High",
        "Categories":"[\"Execution\",\"Impact\"]","AttackTechniques":"[\"Phishing (T1566)\",\"PowerShell (T1059.001)\"]",
        "ServiceSource":"Microsoft Defender for Office 365","EvidenceRole":"Impacted",{rest}}}}}"#
    )
    .replace('\n', " ")
}

#[test]
fn rows_of_one_alert_come_together_whatever_table_they_are_of() {
    let info = r#"{"Timestamp":"2026-01-01T09:59:00Z","AlertId":"da1","Title":"Odd process","Category":"Execution","Severity":"High","ServiceSource":"Microsoft Defender XDR","DetectionSource":"EDR"}"#;
    let machine = evidence(r#""EntityType":"Machine","DeviceId":"d1","DeviceName":"pc7.corp.example""#);
    let file = evidence(
        r#""EntityType":"File","FileName":"a.exe","FolderPath":"C:\\Temp","SHA1":"356a192b7913b04c54574d18c28d46e6395428ab","FileSize":12"#,
    );
    let ip = evidence(
        r#""EntityType":"Ip","RemoteIP":"198.51.100.7","AdditionalFields":"{\"$id\":\"1\",\"Type\":\"ip\",\"Address\":\"198.51.100.7\",\"Location\":{\"CountryCode\":\"NL\",\"$ref\":\"1\"}}""#,
    );
    let odd = evidence(r#""EntityType":"Kubernetes Pod","CloudResource":"pod-1""#);
    let intake = intake(&[info, &machine, &file, &ip, &odd].join("\n"));
    assert_eq!(intake.format, FormatId::Hunting);
    let [incident] = &intake.incidents[..] else { panic!("{} incidents", intake.incidents.len()) };
    let [alert] = &incident.alerts.values().collect::<Vec<_>>()[..] else { panic!("not one alert") };
    assert_eq!(alert.techniques, ["T1566", "T1059.001"]);
    assert_eq!(
        (alert.service_source.code(), alert.detection_source.as_str()),
        ("microsoft365Defender", "EDR")
    );
    assert_eq!(alert.first_activity.as_ref().unwrap().text(), "2026-01-01T09:59:00Z");
    assert_eq!(alert.last_activity.as_ref().unwrap().text(), "2026-01-01T10:00:00.1234567Z");
    assert_eq!(incident.entities.len(), 4);
    let entity = |kind| incident.entities.values().find(|entity| entity.kind() == kind).unwrap();
    let Facts::Ip(ip) = &entity(EntityKind::Ip).facts else { panic!() };
    assert_eq!(ip.country.as_deref(), Some("NL"), "what stands as JSON in the cell is read too");
    let Facts::Other(other) = &entity(EntityKind::Other).facts else { panic!() };
    assert_eq!((other.type_name.as_str(), &other.raw["CloudResource"]), ("Kubernetes Pod", &"pod-1".into()));
    let device = entity(EntityKind::Device);
    assert_eq!(device.sightings[0].roles.first().unwrap().code(), "Impacted");
    assert_eq!(device.sightings[0].alert, alert.id);
}

#[test]
fn an_alert_with_another_title_under_the_same_id_is_kept_beside_it() {
    let rows = [("One", "a"), ("Two", "b")].map(|(title, host)| {
        format!(r#"{{"Timestamp":"2026-01-01T10:00:00Z","AlertId":"x","Title":"{title}","EntityType":"Machine","DeviceName":"{host}.corp.example"}}"#)
    });
    let intake = intake(&rows.join("\n"));
    assert_eq!(intake.incidents[0].alerts.len(), 2);
    assert!(intake.remarks.iter().any(|remark| matches!(remark, Remark::SharedAlertId { count: 2, .. })));
}

#[test]
fn event_tables_are_read_from_the_portal_the_api_and_the_stream() {
    let row = r#"{"Timestamp":"2026-01-01T10:00:00Z","DeviceId":"d1","DeviceName":"pc7.corp.example","ActionType":"ProcessCreated","FileName":"x.exe","FolderPath":"C:\\Temp\\x.exe","ProcessId":7,"ProcessCommandLine":"x.exe -y","ProcessCreationTime":"2026-01-01T10:00:00Z","AccountName":"ann","AccountDomain":"corp","AccountSid":"S-1-5-21-1-2-3-1104","InitiatingProcessFileName":"cmd.exe","InitiatingProcessId":6,"InitiatingProcessAccountSid":"S-1-5-18","InitiatingProcessAccountName":"system","ReportId":9}"#;
    let stream = format!(
        r#"{{"records":[{{"time":"2026-01-01T10:00:05Z","category":"AdvancedHunting-DeviceProcessEvents","properties":{row}}}]}}"#
    );
    let api =
        format!(r#"{{"Stats":{{}},"Schema":[{{"Name":"Timestamp","Type":"DateTime"}}],"Results":[{row}]}}"#);
    let csv = "Timestamp,DeviceId,DeviceName,ActionType,FileName,FolderPath,ProcessId,ProcessCommandLine,ProcessCreationTime,AccountName,AccountDomain,AccountSid,InitiatingProcessFileName,InitiatingProcessId\n\
        \"Jan 1, 2026 10:00:00 AM\",d1,pc7.corp.example,ProcessCreated,x.exe,C:\\Temp\\x.exe,7,x.exe -y,2026-01-01T10:00:00Z,ann,corp,S-1-5-21-1-2-3-1104,cmd.exe,6\n";
    for text in [row, &format!("[{row}]"), &stream, &api, csv] {
        let intake = intake(text);
        let events = events(&intake);
        assert_eq!((intake.format, events.len()), (FormatId::Hunting, 1), "{text}");
        assert_eq!(events[0].message, "ProcessCreated: x.exe -y · ann · pc7.corp.example");
        // The account of Windows itself is no entity.
        let kinds = kinds(&intake.incidents[0]);
        assert_eq!(
            kinds,
            [(EntityKind::Device, 1), (EntityKind::User, 1), (EntityKind::Process, 2)].into(),
            "{text}"
        );
        assert_eq!(events[0].entities.len(), 4);
    }
    assert_eq!(events(&intake(&stream))[0].source, "DeviceProcessEvents");
    // The portal's table says no zone, so the zone is asked for.
    assert_eq!(zoneless(&intake(csv)), 1);
    let portal = in_zone(csv, 60);
    assert_eq!(events(&portal)[0].at.text(), "2026-01-01T10:00:00+01:00");
    assert_eq!(events(&portal)[0].id, events(&intake(csv))[0].id);
}

#[test]
fn mail_sign_in_and_registry_rows_name_their_things() {
    let rows = [
        r#"{"Timestamp":"2026-01-01T10:00:00Z","NetworkMessageId":"m1","SenderFromAddress":"evil@bad.example","SenderIPv4":"203.0.113.9","RecipientEmailAddress":"ann@corp.example","Subject":"Invoice","DeliveryAction":"Delivered","ReportId":"r1"}"#,
        r#"{"Timestamp":"2026-01-01T10:01:00Z","ActionType":"LogonFailed","AccountUpn":"ann@corp.example","IPAddress":"203.0.113.9","DestinationDeviceName":"dc01.corp.example","ReportId":"r2"}"#,
        r#"{"Timestamp":"2026-01-01T10:02:00Z","ActionType":"RegistryValueSet","DeviceName":"pc7.corp.example","RegistryKey":"HKEY_LOCAL_MACHINE\\SOFTWARE\\Run","RegistryValueName":"x","RegistryValueData":"y","ReportId":3}"#,
    ];
    let intake = intake(&rows.join("\n"));
    let events = events(&intake);
    let messages: Vec<&str> = events.iter().map(|event| event.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "Advanced hunting: Invoice · evil@bad.example · ann@corp.example",
            "LogonFailed: dc01.corp.example · ann@corp.example · 203.0.113.9",
            "RegistryValueSet: HKEY_LOCAL_MACHINE\\SOFTWARE\\Run · pc7.corp.example",
        ]
    );
    assert_eq!(events[0].entities.len(), 3, "message, mailbox and address");
    let value = |entity: &&firsthour::model::Entity| entity.kind() == EntityKind::RegistryValue;
    let Facts::RegistryValue(value) = &intake.incidents[0].entities.values().find(value).unwrap().facts
    else {
        panic!()
    };
    assert_eq!(
        (value.hive.as_deref(), value.key.as_deref()),
        (Some("HKEY_LOCAL_MACHINE"), Some("SOFTWARE\\Run"))
    );
}

#[test]
fn a_row_without_a_time_or_an_alerts_id_is_set_aside_with_its_place() {
    let rows = [
        r#"{"Timestamp":"2026-01-01T10:00:00Z","ActionType":"A","ReportId":1}"#,
        r#"{"Timestamp":"sometime","ActionType":"B","ReportId":2}"#,
        r#"{"category":"AdvancedHunting-AlertEvidence","time":"2026-01-01T10:00:00Z","properties":{"EntityType":"Ip"}}"#,
        r#"{"category":"AdvancedHunting-DeviceEvents","time":"2026-01-01T10:00:00Z","properties":"not an object"}"#,
    ];
    let intake = intake(&rows.join("\n"));
    let why: Vec<_> = intake.set_aside.iter().map(|aside| (aside.place.line, aside.why.clone())).collect();
    assert_eq!(
        why,
        [
            (Some(2), Why::WithoutTime { text: "sometime".into() }),
            (Some(3), Why::WithoutAlertId),
            (Some(4), Why::NotARecord),
        ]
    );
    assert_eq!(events(&intake).len(), 1);
}

#[test]
fn the_same_rows_twice_are_the_same_events_and_a_longer_export_grows_the_incident() {
    let row = |minute: u32| {
        format!(
            r#"{{"Timestamp":"2026-01-01T10:{minute:02}:00Z","ActionType":"A","DeviceName":"a.corp.example","ReportId":{minute}}}"#
        )
    };
    let short = intake(&[row(1), row(2), row(2)].join("\n"));
    let long = intake(&[row(1), row(2), row(3)].join("\n"));
    assert_eq!((short.incidents[0].events.len(), long.incidents[0].events.len()), (2, 3));
    assert_eq!(short.incidents[0].id, long.incidents[0].id);
    let shared = short.incidents[0].events.keys().filter(|id| long.incidents[0].events.contains_key(*id));
    assert_eq!(shared.count(), 2);
}

#[test]
fn timesketch_takes_the_exacter_of_two_times_that_agree_and_says_where_they_do_not() {
    let head = "message,timestamp,datetime,timestamp_desc,src_ip,hostname";
    let text = format!(
        "{head}\nExact,1437764461123456,2015-07-24T19:01:01+00:00,Write time,203.0.113.9,pc7\n\
         Counted,1437764462000001,,Write time,,\nOther,1,2015-07-24T19:01:03Z,Write time,,\n\
         Naive,,2015-07-24 19:01:04.5,Write time,,\n,,2015-07-24T19:01:05Z,,x,\nNone,,,Write time,,\nBad,,24/07/2015,Write time,,\n"
    );
    let intake = intake(&text);
    let told: Vec<_> =
        events(&intake).iter().map(|event| (event.message.clone(), event.at.text().to_owned())).collect();
    let expected = [
        ("Exact", "2015-07-24T19:01:01.123456Z"),
        ("Counted", "2015-07-24T19:01:02.000001Z"),
        ("Other", "2015-07-24T19:01:03Z"),
        ("Naive", "2015-07-24 19:01:04.5"),
    ];
    assert_eq!(told, expected.map(|(message, at)| (message.to_owned(), at.to_owned())));
    assert_eq!(names(&intake, events(&intake)[0]).len(), 2);
    let why: Vec<_> = intake.set_aside.iter().map(|aside| (aside.place.line, aside.why.clone())).collect();
    assert_eq!(
        why,
        [
            (Some(6), Why::WithoutMessage),
            (Some(7), Why::WithoutTime { text: String::new() }),
            (Some(8), Why::WithoutTime { text: "24/07/2015".into() }),
        ]
    );
    assert_eq!(intake.questions.zone.as_ref().unwrap().example, "2015-07-24 19:01:04.5");
    let moved = in_zone(&text, -300);
    let moved = &moved.incidents[0].events[&events(&intake)[3].id];
    assert_eq!(moved.at.instant().to_rfc3339(), "2015-07-25T00:01:04.500+00:00");
    assert_eq!(moved.written.as_deref(), Some("2015-07-24 19:01:04.5"));
}

#[test]
fn plasos_table_is_read_and_asks_for_zones_that_are_no_offsets() {
    let text = "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra\n\
        06/30/2013,08:15:01,UTC,M...,WEBHIST,Firefox History,Last Visited Time,ann,pc7,short,http://bad.example/ visited,2,TSK:/x,16,-,sqlite/firefox,a: 1; b: 2\n\
        06/30/2013,10:15:02,Europe/Amsterdam,.A..,LOG,Syslog,Entry Written,-,-,-,Accepted password for ann,2,-,-,-,syslog,-\n\
        00/00/0000,--:--:--,UTC,....,FILE,OS,Not a time,-,-,-,Unset,2,-,-,-,filestat,-\n";
    let intake = intake(text);
    assert_eq!(intake.format, FormatId::Plaso);
    let first = events(&intake)[0];
    assert_eq!(first.message, "http://bad.example/ visited");
    assert_eq!(
        (first.at.text(), first.kind.as_str(), first.source.as_str()),
        ("2013-06-30T08:15:01Z", "Last Visited Time", "Firefox History")
    );
    assert_eq!((first.entities.len(), &first.extra["extra"]), (2, &"a: 1; b: 2".into()));
    assert_eq!((zoneless(&intake), &events(&intake)[1].extra["timezone"]), (1, &"Europe/Amsterdam".into()));
    assert_eq!(events(&in_zone(text, 120))[1].at.instant().to_rfc3339(), "2013-06-30T08:15:02+00:00");
    assert!(matches!(&intake.set_aside[0].why, Why::WithoutTime { text } if text.starts_with("00/00/0000")));
}

#[test]
fn plasos_json_keeps_microseconds_and_says_which_times_are_local() {
    let event = |timestamp: &str, date_time: &str, message: &str| {
        format!(
            r#"{{"__container_type__":"event","__type__":"AttributeContainer","date_time":{date_time},"timestamp":{timestamp},"timestamp_desc":"Creation Time","data_type":"windows:evtx:record","parser":"winevtx","hostname":"pc7","message":"{message}","pathspec":{{"type_indicator":"OS"}}}}"#
        )
    };
    let filetime =
        r#"{"__class_name__":"Filetime","__type__":"DateTimeValues","timestamp":132873376635022050}"#;
    let local = r#"{"__class_name__":"TimeElements","is_local_time":true}"#;
    let unset = r#"{"__class_name__":"SemanticTime","string":"Not set"}"#;
    let all = [
        event("1642892863502205", filetime, "One"),
        event("1642892864000000", local, "Two"),
        event("0", unset, "Three"),
    ];
    let whole = format!(r#"{{"event_0":{},"event_1":{},"event_2":{}}}"#, all[0], all[1], all[2]);
    for text in [all.join("\n"), whole] {
        let intake = intake(&text);
        assert_eq!(intake.format, FormatId::Plaso);
        let told: Vec<_> = events(&intake).iter().map(|event| event.at.text().to_owned()).collect();
        assert_eq!(told, ["2022-01-22T23:07:43.502205Z", "2022-01-22T23:07:44.000000"]);
        assert_eq!(events(&intake)[0].source, "windows:evtx:record");
        assert_eq!((zoneless(&intake), intake.set_aside.len()), (1, 1));
    }
}

/// A table that only looks like one of these is somebody else's.
#[test]
fn a_table_with_a_time_and_other_columns_is_not_taken() {
    for text in ["Timestamp,Name,Severity\n2026-01-01,a,b\n", "date,time,event\n01/02/2026,10:00,x\n"] {
        assert!(
            !read(text.as_bytes()).is_ok_and(|intake| matches!(
                intake.format,
                FormatId::Hunting | FormatId::Timesketch | FormatId::Plaso
            )),
            "{text}"
        );
    }
}

#[test]
fn our_own_files_of_these_formats_are_read() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats");
    for (name, format, events, alerts, set_aside) in [
        ("hunting_rows.ndjson", FormatId::Hunting, 2, 1, 0),
        ("timesketch.csv", FormatId::Timesketch, 2, 0, 1),
        ("plaso_l2t.csv", FormatId::Plaso, 2, 0, 0),
        ("plaso_lines.jsonl", FormatId::Plaso, 1, 0, 1),
        ("sentinel_parts.json", FormatId::SentinelParts, 0, 0, 0),
    ] {
        let intake = read(std::fs::read(folder.join(name)).unwrap()).unwrap();
        let count = |of: fn(&Incident) -> usize| intake.incidents.iter().map(of).sum::<usize>();
        let told = (
            intake.format,
            count(|incident| incident.events.len()),
            count(|incident| incident.alerts.len()),
            intake.set_aside.len(),
        );
        assert_eq!(told, (format, events, alerts, set_aside), "{name}");
    }
}

#[test]
fn what_is_not_understood_is_kept_with_the_thing_or_set_aside() {
    let row = evidence(
        r#""EntityType":"File","FileName":"a.exe","SHA1":"356a192b7913b04c54574d18c28d46e6395428ab","DeviceName":"pc7","RemoteUrl":"odd.example","NewColumn":{"a":1}"#,
    );
    let intake = intake(&row);
    let file = intake.incidents[0].entities.values().next().unwrap();
    let kept: Vec<&str> = file.extra.keys().map(String::as_str).collect();
    assert_eq!(kept, ["DeviceName", "NewColumn", "RemoteUrl"]);
    let answer = r#"{"Schema":[],"Results":[7,{"Timestamp":"2026-01-01T10:00:00Z","ActionType":"A"}]}"#;
    let answer = self::intake(answer);
    assert_eq!((events(&answer).len(), &answer.set_aside[0].why), (1, &Why::NotARecord));
    let types = r#"{"Timestamp":"2026-01-01T10:00:00Z","ActionType":"A","ReportId_long":7,"ReportId_string":"","AdditionalFields_string":"{\"a\":1}","AdditionalFields_dynamic":{"b":2}}"#;
    let types = self::intake(types);
    let extra = &events(&types)[0].extra;
    assert_eq!((&extra["ReportId"], &extra["AdditionalFields"]["b"]), (&7.into(), &2.into()));
    assert_eq!(extra["AdditionalFields_string"]["a"], 1);
    let empty = r#"[{"id":"/x/incidents/abc/comments/c","type":"Microsoft.SecurityInsights/incidents/comments","properties":{"message":" "}},
        {"id":"/x/incidents/abc/tasks/t","type":"Microsoft.SecurityInsights/incidents/tasks","properties":{"title":"T"}}]"#;
    assert_eq!(self::intake(empty).set_aside[0].why, Why::WithoutMessage);
}
