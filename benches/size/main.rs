//! What a notebook takes: units for each incident, beside the plain JSON and beside `xz -9` of all of it, and how long packing takes.
//! Run by `cargo xtask bench`; it prints figures and judges none. `tests/storage/size.rs` holds them to the budget.

// A measurement that cannot be taken says so bluntly; clippy knows that of `#[test]` functions only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_precision_loss)]

#[path = "../incidents/mod.rs"]
mod incidents;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

use firsthour::storage::kv::units;
use firsthour::storage::pack::{pack, pack_dense, unpack};
use firsthour::storage::room::{CAPACITY, reserve};
use firsthour::storage::{Access, MemoryStore, open};

/// How many incidents are to fit.
const INCIDENTS: usize = 10_000;

/// How many come out of one file.
const FILE: usize = 250;

fn main() {
    // `cargo test --benches` runs this too, and measures nothing there.
    let count = if std::env::args().any(|argument| argument == "--bench") { INCIDENTS } else { 20 };
    let kv = Rc::new(MemoryStore::new());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    let mut json = Vec::new();
    for first in (1..=count).step_by(FILE) {
        match incidents::work::take_in(&mut opened, first, (first + FILE - 1).min(count)) {
            Ok(incidents) => {
                json.extend(incidents.iter().map(|incident| serde_json::to_string(incident).unwrap()));
            }
            Err(error) => {
                println!("incidents {first} and on were not taken in: {error}");
                break;
            }
        }
    }
    let count = json.len();
    drop(opened);
    print(&kv, &json, count);
    print_times(&kv, &json);
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
    line("what new input may fill", CAPACITY - reserve(CAPACITY));
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
    let write = move || json.iter().try_for_each(|json| writeln!(input, "{json}"));
    let (written, output) = std::thread::scope(|scope| {
        let writing = scope.spawn(write);
        // What comes out is read meanwhile: a full pipe would stop xz, and with it what is written.
        let output = child.wait_with_output();
        (writing.join(), output)
    });
    written.ok()?.ok()?;
    let output = output.ok()?;
    output.status.success().then_some(output.stdout.len())
}

/// How long it takes to open the list, and to pack and unpack one incident.
fn print_times(kv: &Rc<MemoryStore>, json: &[String]) {
    let some: Vec<&[u8]> = json.iter().take(200).map(String::as_bytes).collect();
    let each = |run: &mut dyn FnMut(&[u8])| -> Duration {
        let begun = Instant::now();
        for json in &some {
            run(json);
        }
        begun.elapsed() / u32::try_from(some.len()).unwrap()
    };
    let begun = Instant::now();
    black_box(pack_dense("key", b"{}"));
    println!("\nhow long it takes here");
    println!("  {:34} {:8.1?}", "reading the dictionary, once", begun.elapsed());
    let packed: Vec<String> = some.iter().map(|json| pack_dense("key", json).unwrap()).collect();
    let mut next = packed.iter();
    let deflate = each(&mut |json| drop(black_box(pack("key", json))));
    let dense = each(&mut |json| drop(black_box(pack_dense("key", json))));
    let back = each(&mut |_| drop(black_box(unpack("key", next.next().unwrap()))));
    println!("  {:34} {deflate:8.1?}", "packing an incident with deflate");
    println!("  {:34} {dense:8.1?}", "packing it densely");
    println!("  {:34} {back:8.1?}", "unpacking that");
    let begun = Instant::now();
    let opened = open(Rc::clone(kv), Access::Writer).unwrap();
    println!(
        "  {:34} {:8.1?}",
        format!("opening the list of {}", opened.notebook.rows().len()),
        begun.elapsed()
    );
}
