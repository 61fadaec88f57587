//! A believable incident for the report's tests: an intrusion that began with a phishing message, worked to the end.

use firsthour::model::activity::Cause;
use firsthour::model::entity::{Device, Domain, File, Ip, MailMessage, Mailbox, Process, Url, User};
use firsthour::model::taxonomy::{
    AlertStatus, Classification, Determination, RemediationStatus, Role, ServiceSource, Severity, Status,
    Verdict,
};
use firsthour::model::{
    Alert, AlertId, CustodyEvent, Entity, EntityId, EvidenceId, EvidenceItem, EvidenceKind, Facts, Handling,
    Incident, IncidentField, IncidentId, Note, NoteId, Origin, OwnStep, Phase, PlaybookId, Sighting,
    StepField, StepId, StepPlace, Time,
};
use firsthour::notebook::{Act, Edit, Notebook, Put, Why, acts};
use firsthour::playbooks::{library, steps_of};
use std::sync::Arc;

/// The SHA-256 of the disk image that was secured.
pub const DISK: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A time of the day it happened.
pub fn at(clock: &str) -> Time {
    Time::parse(&format!("2026-11-23T{clock}Z")).unwrap()
}

/// The incident as it was when the review was held.
pub fn intrusion() -> Incident {
    let mut notebook = Notebook::default();
    let incident = imported();
    let id = incident.id.clone();
    let mut act = |clock: &str, by: &str, make: &dyn Fn(&Incident, &Time) -> Act| {
        let now = at(clock);
        let before = notebook.incident(&id).map_or_else(|| incident.clone(), |there| Incident::clone(there));
        let act = make(&before, &now);
        notebook.apply(Edit { at: now, by: by.into(), act, cause: Cause::Done }).unwrap();
    };
    let set =
        |field: IncidentField| move |incident: &Incident, _: &Time| acts::set(&incident.id, field.clone());
    act("09:10:00", "Ann Visser", &|incident, _| {
        Act::Put(Put {
            why: Why::Imported("incidents-export.json".into()),
            incidents: vec![(incident.id.clone(), Some(Arc::new(incident.clone())))],
            preparation: None,
        })
    });
    act("09:12:30", "Ann Visser", &|incident, now| acts::take(incident, "Ann Visser", now));
    act("09:13:00", "Ann Visser", &|incident, _| {
        Act::AddScenario(incident.id.clone(), PlaybookId::try_from("phishing").unwrap())
    });
    act("09:20:00", "Bram de Wit", &|incident, _| {
        Act::Comment(
            incident.id.clone(),
            "The link goes to https://login.contoso-mail.com/verify\nTwo people clicked.".into(),
        )
    });
    act("09:21:00", "Bram de Wit", &|incident, _| {
        Act::Comment(incident.id.clone(), "Three people clicked.".into())
    });
    act("09:24:00", "Bram de Wit", &|incident, _| {
        Act::Retract(incident.id.clone(), at("09:21:00"), "Bram de Wit".into(), true)
    });
    let steps: Vec<_> =
        steps_of(library(), &imported().checklist).into_iter().map(|step| (step.id, step.place)).collect();
    for (place, (step, phase)) in steps.iter().enumerate().filter(|(place, _)| place % 4 != 3) {
        let clock = format!("{:02}:{:02}:00", 9 + (30 + place) / 60, (30 + place) % 60);
        act(&clock, if place % 3 == 0 { "Bram de Wit" } else { "Ann Visser" }, &|incident, now| {
            if place % 11 == 5 {
                acts::skip(&incident.id, step, phase, "No server of ours was reached", "Ann Visser", now)
            } else {
                acts::tick(&incident.id, step, phase, "Ann Visser", now)
            }
        });
        if place % 7 == 0 {
            let outcome =
                StepField::Outcome("Sign-ins from 203.0.113.77 in both accounts since 08:51.".into());
            act(&clock, "Ann Visser", &|incident, _| {
                Act::SetStep(incident.id.clone(), step.clone(), phase.clone(), outcome.clone())
            });
        }
    }
    let own = StepId::try_from("own-bank").unwrap();
    act("12:00:00", "Ann Visser", &|incident, _| {
        let own_step = OwnStep {
            phase: Phase::Recovery,
            title: "Call the bank about the changed account number".into(),
            how: String::new(),
        };
        Act::AddOwnStep(incident.id.clone(), own.clone(), own_step)
    });
    let place = StepPlace { phase: Phase::Recovery, scenario: None };
    act("12:01:00", "Ann Visser", &|incident, _| {
        Act::SetStep(incident.id.clone(), own.clone(), place.clone(), StepField::Due(Some(at("16:00:00"))))
    });
    act("11:40:00", "Ann Visser", &set(IncidentField::Contained(Some(at("11:38:00")))));
    let disk = EvidenceId::try_from("disk").unwrap();
    act("12:10:00", "Ann Visser", &|incident, _| {
        let mut item = EvidenceItem::new(disk.clone(), "FIN-WS-03.E01", EvidenceKind::DiskImage);
        item.label = "E-01".into();
        item.size = Some(512_110_190_592);
        item.sha256 = DISK.into();
        item.identifier = "Samsung PM9A1, serial S64NX0R".into();
        item.found_at = "Room 2.14".into();
        acts::collect(&incident.id, item, &at("11:05:00"), "Bram de Wit", "Evidence safe 2")
    });
    let mut custody = |clock: &str, by: &str, when: &str, handling: Handling, why: &str| {
        let event = CustodyEvent { at: at(when), by: by.into(), handling, why: why.into() };
        act(clock, "Ann Visser", &|incident, _| {
            Act::Custody(incident.id.clone(), disk.clone(), event.clone())
        });
        event
    };
    let to = |name: &str| Handling::HandedOver { to: name.into(), kept_at: "Forensic lab".into() };
    let wrong = custody("12:14:00", "Bram de Wit", "11:50:00", to("Chris"), "To be examined");
    custody("12:16:00", "Bram de Wit", "11:50:00", to("Carla Smit"), "To be examined");
    custody("12:20:00", "Carla Smit", "12:20:00", Handling::Copied, "Working copy on LAB-7");
    let checked = Handling::HashChecked { sha256: DISK.into(), expected: DISK.into() };
    custody("12:25:00", "Carla Smit", "12:24:00", checked, "");
    act("12:15:00", "Ann Visser", &|incident, _| {
        Act::WithdrawCustody(incident.id.clone(), disk.clone(), wrong.clone(), "Wrong name".into())
    });
    act("12:30:00", "Ann Visser", &|incident, _| {
        Act::AddNote(incident.id.clone(), Note {
            id: NoteId::try_from("n1").unwrap(),
            text: "# What the message said\n\nAn *urgent* invoice from **Fabrikam**, with a button to\n[view it](https://login.contoso-mail.com/verify).\n\n| Time | Who | What |\n|---|---|---|\n| 08:47 | j.jansen | clicked |\n| 08:49 | m.bakker | clicked, gave the password |\n\n```\nDeviceNetworkEvents\n| where RemoteUrl has \"contoso-mail\"\n```\n\n- [x] Blocked at the proxy\n- [ ] Told the supplier\n".into(),
            by: "Ann Visser".into(),
            created: at("10:05:00"),
            edited: at("12:30:00"),
        })
    });
    act("15:02:00", "Ann Visser", &|incident, now| {
        acts::resolve(
            incident,
            acts::Conclusion {
                classification: Classification::TruePositive,
                determination: Determination::CompromisedAccount,
                note: "Two people followed a link to a copy of our sign-in page; one gave a password. The attacker read mail for \
                       forty minutes, made an inbox rule and tried to move on to FIN-WS-03, where Defender stopped the tool. Both \
                       accounts were reset, sessions revoked, the rule and the message removed. No payment was made."
                    .into(),
            },
            now,
        )
    });
    act(
        "16:30:00",
        "Ann Visser",
        &set(IncidentField::ReviewWhatHappened(
            "A supplier's mailbox was taken over and wrote to us at 08:44.".into(),
        )),
    );
    act(
        "16:31:00",
        "Ann Visser",
        &set(IncidentField::ReviewWentWell(
            "The first report came from a colleague within six minutes.".into(),
        )),
    );
    act(
        "16:32:00",
        "Ann Visser",
        &set(IncidentField::ReviewPrevention(
            "Sign-in that cannot be phished, and no legacy protocols.".into(),
        )),
    );
    act("16:40:00", "Ann Visser", &set(IncidentField::Reviewed(Some(at("16:40:00")))));
    Incident::clone(notebook.incident(&id).unwrap())
}

/// The incident as it came out of the export.
fn imported() -> Incident {
    let known = |text: &str| Some(text.to_owned());
    let origin = Origin { system: "defender".into(), tenant: None, id: "28282".into() };
    let id = IncidentId::derived(&["defender", "28282"]);
    let mut incident = Incident::new(
        id,
        "Multi-stage incident involving initial access & credential access on multiple users",
        at("08:52:10"),
    );
    incident.origins.insert(origin);
    incident.severity = Severity::High;
    incident.status = Status::Active;
    incident.clocks.noticed = Some(at("08:53:00"));
    incident.description =
        "Phishing from a known supplier, sign-ins from an anonymous proxy and a blocked credential tool."
            .into();
    incident.tags.insert("Finance".into());
    incident.link = Some("https://security.microsoft.com/incidents/28282".into());
    incident.checklist.scenarios = vec![];
    let alerts = [
        (
            "08:44:12",
            "Email messages containing malicious URL removed after delivery",
            Severity::Medium,
            ServiceSource::Office365,
            "InitialAccess",
            "T1566.002",
        ),
        (
            "08:47:40",
            "A potentially malicious URL click was detected",
            Severity::High,
            ServiceSource::Office365,
            "InitialAccess",
            "T1566",
        ),
        (
            "08:51:03",
            "Anonymous IP address involving one user",
            Severity::Medium,
            ServiceSource::IdentityProtection,
            "InitialAccess",
            "T1078",
        ),
        (
            "08:58:20",
            "Suspicious inbox manipulation rule",
            Severity::Medium,
            ServiceSource::CloudApps,
            "DefenseEvasion",
            "T1564.008",
        ),
        (
            "09:04:55",
            "Mimikatz credential theft tool",
            Severity::High,
            ServiceSource::Endpoint,
            "CredentialAccess",
            "T1003.001",
        ),
        (
            "09:05:10",
            "Suspicious process injection observed",
            Severity::Low,
            ServiceSource::Endpoint,
            "DefenseEvasion",
            "T1055",
        ),
    ];
    for (clock, title, severity, source, category, technique) in alerts {
        let mut alert = Alert::new(AlertId::derived(&[title]), title);
        alert.severity = severity;
        alert.status = AlertStatus::New;
        alert.service_source = source;
        alert.category = category.into();
        alert.techniques = vec![technique.into()];
        alert.first_activity = Some(at(clock));
        alert.description =
            "This alert was raised because an activity matched a pattern that attackers use.".into();
        incident.alerts.insert(alert.id.clone(), alert);
    }
    let mimikatz = AlertId::derived(&["Mimikatz credential theft tool"]);
    let click = AlertId::derived(&["A potentially malicious URL click was detected"]);
    let mut add = |key: &str,
                   facts: Facts,
                   verdict: Verdict,
                   remediation: RemediationStatus,
                   role: Role,
                   alert: &AlertId| {
        let mut entity = Entity::new(EntityId::derived(&[key]), facts);
        entity.verdict = verdict.clone();
        entity.remediation = remediation.clone();
        entity.critical = key == "dc";
        let roles = [role].into();
        entity.sightings.push(Sighting { alert: alert.clone(), roles, verdict, remediation, at: None });
        incident.entities.insert(entity.id.clone(), entity);
    };
    let device = |name: &str| {
        Facts::Device(Device {
            host_name: known(name),
            dns_name: known(&format!("{}.contoso.com", name.to_lowercase())),
            os_platform: known("Windows11"),
            risk_score: known("high"),
            ip_addresses: vec!["10.2.4.31".into()],
            ..Device::default()
        })
    };
    let user = |name: &str, shown: &str| {
        Facts::User(User {
            user_principal_name: known(&format!("{name}@contoso.com")),
            display_name: known(shown),
            sid: known("S-1-5-21-1004336348-1177238915-682003330-512"),
            ..User::default()
        })
    };
    add("ws", device("FIN-WS-03"), Verdict::Suspicious, RemediationStatus::None, Role::Attacked, &mimikatz);
    add(
        "dc",
        device("AMS-DC-01"),
        Verdict::NoThreatsFound,
        RemediationStatus::None,
        Role::Contextual,
        &mimikatz,
    );
    add(
        "jj",
        user("j.jansen", "Joke Jansen"),
        Verdict::Unknown,
        RemediationStatus::None,
        Role::Compromised,
        &click,
    );
    add(
        "mb",
        user("m.bakker", "Mo Bakker"),
        Verdict::Suspicious,
        RemediationStatus::None,
        Role::Compromised,
        &click,
    );
    add(
        "box",
        Facts::Mailbox(Mailbox { primary_address: known("m.bakker@contoso.com"), ..Mailbox::default() }),
        Verdict::Suspicious,
        RemediationStatus::PendingApproval,
        Role::Attacked,
        &click,
    );
    add(
        "mail",
        Facts::MailMessage(MailMessage {
            subject: known("Overdue invoice 2026-1187"),
            sender: known("billing@fabrikam-supplies.com"),
            recipient: known("m.bakker@contoso.com"),
            urls: vec!["https://login.contoso-mail.com/verify".into()],
            delivery_action: known("Delivered"),
            ..MailMessage::default()
        }),
        Verdict::Malicious,
        RemediationStatus::Remediated,
        Role::Source,
        &click,
    );
    add(
        "url",
        Facts::Url(Url { url: known("https://login.contoso-mail.com/verify?user=m.bakker%40contoso.com") }),
        Verdict::Malicious,
        RemediationStatus::Blocked,
        Role::Attacker,
        &click,
    );
    add(
        "ip",
        Facts::Ip(Ip { address: known("203.0.113.77"), country: known("Unknown"), city: None }),
        Verdict::Malicious,
        RemediationStatus::None,
        Role::Attacker,
        &click,
    );
    add(
        "dom",
        Facts::Domain(Domain { name: known("contoso-mail.com"), ip_addresses: vec!["203.0.113.77".into()] }),
        Verdict::Suspicious,
        RemediationStatus::None,
        Role::Attacker,
        &click,
    );
    add(
        "file",
        Facts::File(File {
            folder: known("C:\\Users\\m.bakker\\AppData\\Local\\Temp"),
            file_name: known("mimikatz.exe"),
            sha256: known("61c0810a23580cf492a6ba4f7654566108331e7a4134c968c2d6a05261b2d8a1"),
            ..File::default()
        }),
        Verdict::Malicious,
        RemediationStatus::Prevented,
        Role::Created,
        &mimikatz,
    );
    add(
        "process",
        Facts::Process(Process {
            command_line: known(
                "powershell.exe -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAKQA=",
            ),
            image_name: known("powershell.exe"),
            process_id: known("7712"),
            ..Process::default()
        }),
        Verdict::Malicious,
        RemediationStatus::Unremediated,
        Role::Created,
        &mimikatz,
    );
    incident
}
