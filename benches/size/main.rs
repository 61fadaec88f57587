//! What a notebook takes: units for each incident, beside the plain JSON and beside `xz -9` of all of it, and how long packing takes.
//! Run by `cargo xtask bench`; it prints figures and judges none. `tests/storage/size.rs` holds them to the budget.

// A measurement that cannot be taken says so bluntly; clippy knows that of `#[test]` functions only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_precision_loss)]

#[path = "../incidents/mod.rs"]
mod incidents;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::Instant;

use firsthour::formats::read;
use firsthour::model::activity::Cause;
use firsthour::model::{Incident, IncidentId, Time};
use firsthour::notebook::merge::plan;
use firsthour::notebook::{Edit, Why};
use firsthour::storage::kv::units;
use firsthour::storage::{Access, MemoryStore, Opened, open};

/// How many incidents are to fit.
const INCIDENTS: usize = 10_000;

/// How many come out of one file.
const FILE: usize = 500;

/// What browsers give.
const CAPACITY: usize = firsthour::storage::room::CAPACITY;

fn main() {
    // `cargo test --benches` runs this too, and measures nothing there.
    let count = if std::env::args().any(|argument| argument == "--bench") { INCIDENTS } else { 20 };
    let count = std::env::var("N").map_or(count, |n| n.parse().unwrap());
    let kv = Rc::new(MemoryStore::new());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    let begun = Instant::now();
    let mut json = Vec::new();
    for first in (1..=count).step_by(FILE) {
        let last = (first + FILE - 1).min(count);
        for incident in take_in(&mut opened, first, last) {
            json.push(serde_json::to_string(&incident).unwrap());
        }
    }
    opened.store.fold(&opened.notebook).unwrap();
    let took = begun.elapsed();
    print(&kv, &json, count);
    println!("  read, saved and worked on in {took:.1?}");
    let mut f = std::fs::File::create("/tmp/small/short.jsonl").unwrap();
    let mut g = std::fs::File::create("/tmp/small/rows.jsonl").unwrap();
    for (k, t) in kv.texts() {
        if k.starts_with("firsthour/1/rows/") {
            g.write_all(&firsthour::storage::pack::unpack(&k, &t).unwrap().0).unwrap();
            g.write_all(b"\n").unwrap();
        }
    }
    for (k, t) in kv.texts() {
        if k.starts_with("firsthour/1/i/") {
            f.write_all(&firsthour::storage::pack::unpack(&k, &t).unwrap().0).unwrap();
            f.write_all(b"\n").unwrap();
        }
    }
}

/// Imports the incidents with these numbers and does what people did about them.
fn take_in(opened: &mut Opened<Rc<MemoryStore>>, first: usize, last: usize) -> Vec<Incident> {
    let intake = read(incidents::export(
        (first..=last).map(|n| n + std::env::var("OFF").map_or(0, |o| o.parse::<usize>().unwrap())),
    ))
    .unwrap();
    let ids: Vec<IncidentId> = intake.incidents.iter().map(|incident| incident.id.clone()).collect();
    let act = plan(&opened.notebook, intake.incidents).act(Why::Imported("incidents.json".into())).unwrap();
    let at = Time::from_millis(1_790_000_000_000 + i64::try_from(first).unwrap() * 60_000);
    let edit = Edit { at, by: "ann@contoso.example".into(), act, cause: Cause::Done };
    opened.store.commit(&mut opened.notebook, edit).unwrap();
    for (number, id) in (first..).zip(&ids) {
        for edit in incidents::work::edits(number, id) {
            opened.store.commit(&mut opened.notebook, edit).unwrap();
        }
    }
    ids.iter().map(|id| Incident::clone(opened.notebook.incident(id).unwrap())).collect()
}

fn print(kv: &MemoryStore, json: &[String], count: usize) {
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, text) in kv.texts() {
        let mut add = |part, units| *parts.entry(part).or_default() += units;
        match key.strip_prefix("firsthour/1/").unwrap_or_default().split('/').next() {
            Some("i") => {
                add("snapshots", units(&text));
                add("their keys", units(&key));
            }
            Some("rows") => add("rows", units(&key) + units(&text)),
            Some("spare") => {}
            _ => add("the rest", units(&key) + units(&text)),
        }
    }
    let line = |what: &str, units: usize| {
        println!("  {what:34} {:10} {:8.1}", units, units as f64 / count as f64);
    };
    println!(
        "\n{count} incidents of {} entities each: UTF-16 units in all, and for each",
        incidents::ENTITIES
    );
    for (part, units) in &parts {
        line(part, *units);
    }
    line("in all", parts.values().sum());
    line("what a browser gives", CAPACITY);
    line("the same as plain JSON", json.iter().map(|json| units(json)).sum());
    match xz(json) {
        Some(bytes) => line("all of it by xz -9, 15 bits a unit", (bytes * 8).div_ceil(15)),
        None => println!("  xz -9: not measured, there is no `xz` here"),
    }
}

/// How many bytes `xz -9` makes of all of it together.
fn xz(json: &[String]) -> Option<usize> {
    let mut child =
        Command::new("xz").args(["-9", "-c"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut input = child.stdin.take()?;
    let text = json.join("\n");
    let writing = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().ok()?;
    writing.join().ok()?.ok()?;
    output.status.success().then_some(output.stdout.len())
}
