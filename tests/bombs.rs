//! Files made to fill the memory or to take for ever: each is read or refused within the memory that `src/formats/mod.rs`
//! states, counted by an allocator of this test's own. That it takes no time out of proportion is not measured: what would
//! be quadratic takes minutes here, and whoever runs the tests sees it.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss)]

#[path = "support/memory.rs"]
mod memory;

use firsthour::formats::backup::{self, Backup};
use firsthour::formats::{Intake, ReadError, read, sealed};
use firsthour::model::activity::Cause;
use firsthour::model::{Activity, Incident, IncidentId, Time, What};
use firsthour::storage::pack;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The allocator counts for the whole program, so one test runs at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// About how long each part of a bomb is, in bytes: what is out of proportion shows at this length.
const SIZE: usize = 100_000;

/// Reads a file within the memory it may take, and shows how much that was.
fn bomb(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Intake, ReadError> {
    let incidents = |read: &Result<Intake, _>| read.as_ref().map_or(0, |intake| intake.incidents.len());
    let bytes = bytes.into();
    own(name, bytes.len(), incidents, || read(bytes))
}

/// Runs what reads so many bytes within the memory it may take, and shows how much that was.
fn own<T>(name: &str, length: usize, incidents: impl FnOnce(&T) -> usize, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let (result, taken) = memory::taken(run);
    let times = taken as f64 / length as f64;
    println!("{name:60} {length:>8} bytes {times:8.1} times {:6} ms", start.elapsed().as_millis());
    let most = length * memory::MULTIPLE + incidents(&result) * memory::INCIDENT + memory::ALLOWANCE;
    assert!(taken <= most, "{name}: {length} bytes took {taken}, {most} are allowed");
    result
}

/// A format that holds JSON: what stands before and after the fields of one of its records.
struct Frame {
    name: &'static str,
    head: &'static str,
    tail: &'static str,
    /// Lists that the reader takes apart.
    lists: &'static [&'static str],
}

const FRAMES: &[Frame] = &[
    Frame {
        name: "Graph incident",
        head: r##"{"@odata.type":"#microsoft.graph.security.incident","id":"1","displayName":"x","##,
        tail: "}",
        lists: &["alerts", "customTags", "comments", "systemTags"],
    },
    Frame {
        name: "Graph alert",
        head: r##"{"@odata.type":"#microsoft.graph.security.alert","id":"1","title":"x","##,
        tail: "}",
        lists: &["evidence", "mitreTechniques", "comments"],
    },
    Frame {
        name: "Defender incident",
        head: r#"{"incidentId":1,"incidentName":"x","createdTime":"2026-03-01T08:00:00Z","#,
        tail: "}",
        lists: &["alerts", "tags", "comments"],
    },
    Frame {
        name: "Defender alert's entities",
        head: r#"{"incidentId":1,"incidentName":"x","alerts":[{"alertId":"a","title":"x","#,
        tail: "}]}",
        lists: &["entities", "devices", "mitreTechniques"],
    },
    Frame {
        name: "Endpoint alert",
        head: r#"{"id":"da1","incidentId":1,"machineId":"m","alertCreationTime":"2026-03-01T08:00:00Z","title":"x","#,
        tail: "}",
        lists: &["evidence", "comments", "mitreTechniques", "loggedOnUsers"],
    },
    Frame {
        name: "Sentinel incident",
        head: r#"{"type":"Microsoft.SecurityInsights/Incidents","name":"n","properties":{"title":"x","#,
        tail: "}}",
        lists: &["labels", "relatedAnalyticRuleIds", "alerts", "comments"],
    },
    Frame {
        name: "STIX bundle",
        head: r#"{"type":"bundle","id":"bundle--a1b2c3d4-0000-4000-8000-000000000001","#,
        tail: "}",
        lists: &["objects"],
    },
    Frame {
        name: "MISP event",
        head: r#"{"Event":{"uuid":"a1b2c3d4-0000-4000-8000-000000000001","info":"x","date":"2026-03-01","analysis":"0","#,
        tail: "}}",
        lists: &["Attribute", "Object", "Tag"],
    },
];

impl Frame {
    fn with(&self, fields: &str) -> String {
        format!("{}{fields}{}", self.head, self.tail)
    }
}

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// So many bytes of list elements or fields that are made by number.
fn filled(bytes: usize, element: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        let comma = if number == 0 { "" } else { "," };
        write!(text, "{comma}{}", element(number)).unwrap();
    }
    text
}

/// A value of a list, by its number.
type Element = fn(usize) -> String;

/// What a list may be full of.
const ELEMENTS: &[(&str, Element)] = &[
    ("texts", |_| "\"\"".to_owned()),
    ("numbers", |_| "0".to_owned()),
    ("objects", |_| "{}".to_owned()),
    ("objects with a field", |_| "{\"a\":0}".to_owned()),
    ("lists", |_| "[]".to_owned()),
    ("addresses", |n| {
        format!("{{\"type\":\"ipv4-addr\",\"entityType\":\"Ip\",\"ipAddress\":\"{n}\",\"value\":\"{n}\"}}")
    }),
    ("titles", |n| format!("{{\"id\":\"{n}\",\"title\":\"{n}\"}}")),
];

#[test]
fn no_shape_of_json_takes_more_than_is_stated() {
    let _alone = alone();
    for frame in FRAMES {
        let bomb = |what: &str, fields: &str| bomb(&format!("{}: {what}", frame.name), frame.with(fields));
        let deep = format!("{}{}", "[".repeat(SIZE / 2), "]".repeat(SIZE / 2));
        assert!(bomb("deep lists", &format!("\"x\":{deep}")).is_err());
        assert!(bomb("deep objects, cut off", &format!("\"x\":{}", "{\"a\":".repeat(SIZE / 5))).is_err());
        let _ = bomb("a number of many digits", &format!("\"x\":{}", "9".repeat(SIZE)));
        let _ = bomb("an exponent", "\"x\":1e999999999,\"severity\":-1e-999999999");
        let _ = bomb("one field again and again", &filled(SIZE, |_| "\"id\":\"1\"".to_owned()));
        let _ = bomb("many fields", &filled(SIZE, |n| format!("\"{n}\":0")));
        for list in frame.lists {
            for (what, element) in ELEMENTS {
                let items = filled(SIZE, element);
                let _ = bomb(&format!("{list} of {what}"), &format!("\"{list}\":[{items}]"));
            }
        }
    }
}

/// One long text that many small things refer to must not come to stand in each of them.
#[test]
fn what_is_referred_to_is_not_copied_into_all_that_refer_to_it() {
    let _alone = alone();
    let long = "x".repeat(SIZE);
    let cell = |entities: &str| {
        let cell = format!("[{entities}]").replace('"', "\"\"");
        format!("SystemAlertId,DisplayName,Entities\n1,One,\"{cell}\"\n")
    };
    let refers = |n: usize| {
        format!(
            r#"{{"$id":"p{n}","Type":"process","ProcessId":"{n}","ImageFile":{{"$ref":"f"}},"Account":{{"$ref":"a"}}}}"#
        )
    };
    let long_names = format!(
        r#"{{"$id":"f","Type":"file","Name":"{long}","Directory":"{long}"}},{{"$id":"a","Type":"account","Name":"{long}"}},"#
    );
    let sentinel =
        bomb("Sentinel: processes of one file", cell(&(long_names + &filled(SIZE, refers)))).unwrap();
    assert!(sentinel.incidents[0].entities.len() > 1_000);
    // A ring of pointers, and a tower of them.
    let ring = |n: usize| {
        format!(
            r#"{{"$id":"{n}","Type":"process","ParentProcess":{{"$ref":"{}"}},"ImageFile":{{"$ref":"{n}"}}}}"#,
            n + 1
        )
    };
    assert!(bomb("Sentinel: a ring", cell(&filled(SIZE, ring))).is_ok());

    let stix = |objects: String| {
        format!(
            r#"{{"type":"bundle","id":"bundle--a1b2c3d4-0000-4000-8000-000000000001","objects":[{objects}]}}"#
        )
    };
    let directory = format!(
        r#"{{"type":"directory","id":"d","path":"{long}"}},{{"type":"user-account","id":"u","account_login":"{long}"}},"#
    );
    let file = |n: usize| {
        format!(
            r#"{{"type":"file","id":"f{n}","name":"{n}","parent_directory_ref":"d"}},{{"type":"process","pid":{n},"creator_user_ref":"u"}}"#
        )
    };
    assert!(bomb("STIX: files of one folder", stix(directory + &filled(SIZE, file))).is_ok());
    let names = |n: usize| {
        format!(
            r#"{{"type":"note","id":"n{n}","created":"2026-03-01T08:00:00Z","content":"{n}","created_by_ref":"i"}}"#
        )
    };
    let author = format!(r#"{{"type":"identity","id":"i","name":"{long}"}},"#);
    assert!(bomb("STIX: notes of one author", stix(author + &filled(SIZE, names))).is_ok());
    let many = filled(SIZE, |n| format!("'{n}'"));
    let pattern = format!("[url:value IN ({many})]");
    let indicator = format!(
        r#"{{"type":"indicator","id":"i","pattern":"{pattern}","description":"{long}","name":"{long}"}}"#
    );
    assert!(bomb("STIX: an indicator of many", stix(indicator)).is_ok());
    let own = |n: usize| {
        format!(r#"{{"type":"file","id":"f{n}","name":"{n}","parent_directory_ref":"f{}"}}"#, n + 1)
    };
    assert!(bomb("STIX: a ring", stix(filled(SIZE, own))).is_ok());

    let event = |fields: String| {
        format!(
            r#"{{"Event":{{"uuid":"a1b2c3d4-0000-4000-8000-000000000001","info":"x","date":"2026-03-01","analysis":"0",{fields}}}}}"#
        )
    };
    let said = filled(SIZE, |n| format!(r#"{{"type":"text","value":"{n}"}}"#));
    assert!(
        bomb(
            "MISP: texts of one author",
            event(format!(r#""Orgc":{{"name":"{long}"}},"Attribute":[{said}]"#))
        )
        .is_ok()
    );
    let parts = filled(SIZE, |n| format!(r#"{{"type":"url","value":"{n}"}}"#));
    assert!(
        bomb(
            "MISP: parts of one object",
            event(format!(r#""Object":[{{"name":"{long}","Attribute":[{parts}]}}]"#))
        )
        .is_ok()
    );
    let nested = |n: usize| format!("{}{}", "{\"Event\":".repeat(n), "}".repeat(n));
    let _ = bomb("MISP: events in events", nested(100));

    let alerts = filled(SIZE, |n| format!(r#"{{"alertId":"{n}","incidentId":{n},"title":"x"}}"#));
    let defender = format!(r#"{{"incidentId":"i","incidentName":"{long}","alerts":[{alerts}]}}"#);
    assert!(bomb("Defender: alerts that name other incidents", defender).is_ok());
    let alerts = filled(SIZE, |n| {
        format!(r#"{{"id":"{n}","title":"x","createdDateTime":"x","alertWebUrl":"x","comments":"{n}"}}"#)
    });
    let graph = format!(
        r#"{{"@odata.type":"incident","id":"{long}","displayName":"{long}","tenantId":"{long}","incidentWebUrl":"https://{long}","lastUpdateDateTime":"x","alerts":[{alerts}]}}"#
    );
    assert!(bomb("Graph: alerts of a long name", graph).is_ok());
}

/// One thing that is seen again and again, each time with something else.
#[test]
fn what_is_said_again_and_again_is_kept_once() {
    let _alone = alone();
    let evidence = filled(SIZE, |n| {
        format!(
            r#"{{"@odata.type":"ipEvidence","ipAddress":"203.0.113.7","countryLetterCode":"{n}","x":"{n}"}}"#
        )
    });
    let frame = &FRAMES[1];
    let one =
        bomb("one address of many countries", frame.with(&format!(r#""evidence":[{evidence}]"#))).unwrap();
    assert_eq!(one.incidents[0].entities.len(), 1);
    let again = format!(r#"{{"incidentId":1,"incidentName":"{}","alerts":[]}}"#, "x".repeat(60)) + "\n";
    assert_eq!(bomb("one incident again and again", again.repeat(SIZE / 90)).unwrap().incidents.len(), 1);
    let lines = filled(SIZE, |n| format!("\n{{\"broken{n}")).replace(',', "");
    let _ = bomb(
        "lines that are broken",
        "{\"incidentId\":1,\"incidentName\":\"x\"}\n{\"incidentId\":2}".to_owned() + &lines,
    );
    let tenants = filled(SIZE, |n| format!(r#"{{"incidentId":1,"incidentName":"x","tenantId":"{n}"}}"#))
        .replace("},{", "}\n{");
    let _ = bomb("one number in many tenants", tenants);
}

#[test]
fn no_shape_of_a_table_takes_more_than_is_stated() {
    let _alone = alone();
    let head = "SystemAlertId,DisplayName,Entities";
    let _ = bomb(
        "a million columns",
        format!("{head},{}\n1,x,{}\n", "c,".repeat(1_000_000), ",".repeat(1_000_000)),
    );
    let columns = filled(SIZE, |n| format!("c{n}"));
    let _ =
        bomb("columns with names", format!("{head},{columns}\n{}", "1,x,,1,1,1,1,1,1,1\n".repeat(SIZE / 20)));
    let _ = bomb("a cell that is never closed", format!("{head}\n1,\"{}", "x,\n".repeat(SIZE)));
    let _ = bomb("quotes", format!("{head}\n{}", "\"".repeat(SIZE)));
    let _ = bomb("empty rows", format!("{head}\n{}", "\n".repeat(SIZE)));
    let _ = bomb("empty cells", format!("{head}\n{}", ",,\n".repeat(SIZE / 3)));
    let _ = bomb("short rows", format!("{head}\n{}", "1\n".repeat(SIZE / 2)));
    let rows = (0..SIZE / 10).fold(String::new(), |rows, n| rows + &format!("{n},x\n"));
    let _ = bomb("small alerts", format!("{head}\n{rows}"));
    let rows = (0..SIZE / 10).fold(String::new(), |rows, n| rows + &format!("1/1/26,{n}\n"));
    let _ = bomb("small events", format!("time,event\n{rows}"));
    let _ = bomb("separators only", ",".repeat(SIZE));
}

#[test]
fn no_running_text_takes_more_than_is_stated() {
    let _alone = alone();
    for (name, element) in [
        (
            "short addresses",
            (|n| format!("{}.{}.{}.{}", n % 9, n / 9 % 9, n / 81 % 9, n / 729 % 250)) as Element,
        ),
        ("short networks", |n| format!("{}.{}.{}.0/24", n % 9, n / 9 % 250, n / 2250 % 250)),
        ("short domains", |n| format!("a{n:x}.nl")),
        ("short paths", |n| format!("~/{n}")),
        ("short keys", |n| format!("HKU\\{n}")),
        ("techniques", |n| format!("T1{:03}.{:03}", n / 1000 % 1000, n % 1000)),
        ("defanged", |n| format!("a{n}[.]nl[.]")),
        ("doubtful names", |n| format!("a{n}.zip")),
        ("commands", |n| format!("\nsc stop {n}")),
    ] {
        for (ending, between) in [("spaces", " "), ("commas", ","), ("lines", "\n"), ("sentences", ". ")] {
            let text = format!("x {}", filled(SIZE, element).replace(',', between));
            let _ = bomb(&format!("{name} between {ending}"), text);
        }
    }
    for (name, piece) in [
        ("brackets", "["),
        ("dots", "."),
        ("backslashes", "\\"),
        ("quotes", "\"'`"),
        ("unseen", "\u{200b}"),
        ("colons", ":"),
        ("at signs", "a@"),
    ] {
        let _ = bomb(name, format!("x {}", piece.repeat(SIZE)));
    }
}

#[test]
fn our_own_files_take_no_more_than_is_stated() {
    let _alone = alone();
    let open = |name: &str, text: &str| {
        let count = |read: &Result<Backup, _>| read.as_ref().map_or(0, |backup| backup.incidents.len());
        own(&format!("backup: {name}"), text.len(), count, || backup::read(text))
    };
    let file = |incidents: &str, rest: &str| {
        format!(r#"{{"format":"firsthour-notebook","version":2,"incidents":[{incidents}]{rest}}}"#)
    };
    let time = Time::parse("2026-03-01T08:00:00Z").unwrap();
    let incident =
        |number: usize| Incident::new(IncidentId::derived(&[&number.to_string()]), "", time.clone());
    let written = |number: usize| serde_json::to_string(&incident(number)).unwrap();
    let with = |fields: &str| file(&written(0).replacen('{', &format!("{{{fields},"), 1), "");
    assert!(open("deep", &with(&format!("\"x\":{}", "[".repeat(SIZE)))).is_err());
    open("many fields", &with(&filled(SIZE, |n| format!("\"x{n}\":0")))).unwrap();
    open("objects", &with(&format!("\"x\":[{}]", filled(SIZE, |_| "{}".to_owned())))).unwrap();
    open("incidents", &file(&filled(SIZE, written), "")).unwrap();
    let said = Activity::new(time.clone(), "", What::Comment(String::new()), Cause::Done);
    let mut long = incident(0);
    long.activity = vec![said; SIZE / 50];
    open("a long log", &file(&serde_json::to_string(&long).unwrap(), "")).unwrap();
    let heads = filled(SIZE, |n| format!("\"{n}\":{{\"{n}\":\"x\"}}"));
    open("heads", &file("", &format!(",\"heads\":{{{heads}}},\"head\":\"x\""))).unwrap();

    let shut =
        |name: &str, text: &str| own(&format!("sealed: {name}"), text.len(), |_| 0, || sealed::read(text));
    let file = |memory: u32, content: &str| {
        format!(
            r#"{{"format":"firsthour-sealed","version":1,"kdf":{{"algorithm":"argon2id","version":19,"memory":{memory},"passes":1,"lanes":1}},"salt":"KioqKioqKioqKioqKioqKg==","content":"{content}"}}"#
        )
    };
    assert!(shut("long", &file(8, &"AAAA".repeat(SIZE / 4))).is_ok());
    assert!(shut("four terabytes for its key", &file(u32::MAX, "")).is_err());
}

/// Records of storage: nothing is unpacked to more than deflate can make of that many bytes, whatever is claimed.
#[test]
fn a_record_that_claims_to_be_large_is_refused() {
    let _alone = alone();
    let zeros = pack::pack("k", &vec![0; 64 << 20]);
    let (whole, taken) = memory::taken(|| pack::unpack("k", &zeros).map(|(content, _)| content.len()));
    assert_eq!(whole, Ok(64 << 20));
    assert!(taken < 65 << 20, "{taken}");
    // A short text that claims four gigabytes.
    for mark in ['D', 'E'] {
        let claims = format!("{mark}{}", "\u{b3ff}".repeat(40));
        let (refused, taken) = memory::taken(|| pack::unpack("k", &claims).is_err());
        assert!(refused && taken < 100_000, "{mark}: {taken}");
    }
}
