//! Edits the page without a pause and kills the whole browser in the middle of it: what was done, what the page had shown as
//! saved by then, and what is there afterwards. The tests do it a few times, `cargo xtask bench --kills` some hundred.
//!
//! The page itself is edited by a script that presses its buttons, so that nothing slows it down. Each time that the foot says
//! "Saved", the script asks the server for an address that names how much is saved; the server hears it even if the browser is
//! dead a moment later.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use firsthour::model::IncidentId;
use firsthour::model::activity::{Subject, What};
use firsthour::storage::{Access, MemoryStore, Opened, open};
use serde_json::json;

use crate::harness::find::{Finds as _, has};
use crate::harness::page::Page;

/// How much of each kind was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Notes that were written.
    pub notes: usize,
    /// Steps that were ticked or whose tick was taken away.
    pub ticks: usize,
    /// Files that were imported.
    pub imports: usize,
}

impl Done {
    /// All together.
    pub fn all(self) -> usize {
        self.notes + self.ticks + self.imports
    }

    fn minus(self, other: Self) -> Self {
        Self {
            notes: self.notes.saturating_sub(other.notes),
            ticks: self.ticks.saturating_sub(other.ticks),
            imports: self.imports.saturating_sub(other.imports),
        }
    }
}

/// What came of one kill.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What the page had shown as saved.
    pub saved: Done,
    /// What was there afterwards.
    pub found: Done,
    /// What is wrong with the store afterwards; empty where it is whole.
    pub damage: String,
    /// How long it took from acts until they were shown as saved, in milliseconds.
    // The benchmark reads them.
    #[allow(dead_code)]
    pub times: Vec<f64>,
}

impl Outcome {
    /// What had been shown as saved and was not there afterwards.
    pub fn lost(&self) -> Done {
        self.saved.minus(self.found)
    }
}

/// Numbers that look random, and are the same again for the same seed.
pub struct Dice(u64);

impl Dice {
    /// Dice that fall so.
    pub fn with(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// Dice that fall as the clock has it.
    pub fn any() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::with(u64::try_from(now.as_nanos() & u128::from(u64::MAX)).unwrap_or_default())
    }

    /// A number below this one.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// The incident that is edited, in a notebook made for it.
pub struct Victim {
    address: String,
    id: IncidentId,
    before: Done,
    round: usize,
}

impl Victim {
    /// Makes a notebook with an incident in it, and waits until that is saved.
    pub fn prepare(page: &Page) -> Self {
        page.open("#/incidents");
        page.drop_bytes("victim.json", export("victim", "The one that is edited").as_bytes());
        page.dialog(has("imported")).button(has("import")).click();
        page.heading("The one that is edited").wait();
        page.wait_until("the import is saved", |page| {
            page.evaluate("return document.querySelector('.foot-save').dataset.state") == "saved"
        });
        let route = page.route();
        let id = route.trim_start_matches("#/incidents/").split(['/', '?']).next().unwrap_or_default();
        let id = IncidentId::try_from(id).expect("the address of an incident");
        Self { address: format!("#/incidents/{id}/notes"), id, before: Done::default(), round: 0 }
    }

    /// Edits, kills the browser after this time, starts it again, and looks what is there. `early` kills it once more while
    /// the page is starting, after so many milliseconds.
    pub fn kill(&mut self, page: &Page, after: Duration, early: Option<Duration>) -> Outcome {
        self.round += 1;
        page.open(&self.address);
        let heard = page.requests().len();
        page.evaluate_with(
            EDITING,
            &[json!(self.round), json!(export("IMPORT", "NAME")), json!(self.address)],
        );
        thread::sleep(after);
        page.kill_browser();
        // What was on its way to the server when the browser died has been shown before.
        thread::sleep(Duration::from_millis(30));
        let reports: Vec<Report> =
            page.requests()[heard..].iter().filter_map(|path| Report::read(path)).collect();
        let saved = reports.last().map(|report| report.done).unwrap_or_default();
        if let Some(early) = early {
            page.go("#/incidents");
            thread::sleep(early);
            page.kill_browser();
        }
        page.open("#/incidents");
        let (found, damage) = self.look(page);
        let now = found.minus(self.before);
        self.before = found;
        let times = reports.into_iter().flat_map(|report| report.times).collect();
        Outcome { saved, found: now, damage, times }
    }

    /// What the notebook holds of what was done, and what is wrong with it.
    fn look(&self, page: &Page) -> (Done, String) {
        let texts = page.evaluate(
            "return Object.fromEntries(Object.keys(localStorage).map(key => [key, localStorage.getItem(key)]))",
        );
        let texts: BTreeMap<String, String> = serde_json::from_value(texts).expect("texts under keys");
        let Opened { mut store, mut notebook, report } =
            open(texts.into_iter().collect::<MemoryStore>(), Access::Writer).expect("memory can be read");
        let mut damage = if report.is_clean() { String::new() } else { format!("{report:?}") };
        let ids: Vec<IncidentId> = notebook.rows().keys().cloned().collect();
        for id in &ids {
            if let Err(error) = store.load(&mut notebook, id) {
                damage = format!("{damage}\n{error}");
            }
        }
        let imports = notebook.rows().values().filter(|row| row.name.starts_with("Imported ")).count();
        let Some(incident) = notebook.incident(&self.id) else {
            return (Done { imports, ..Done::default() }, format!("{damage}\nthe incident is gone"));
        };
        let notes = incident.notes.values().filter(|note| note.text.starts_with("Note ")).count();
        let ticks = incident.activity.iter().filter(|entry| is_tick(&entry.what)).count();
        (Done { notes, ticks, imports }, damage)
    }
}

fn is_tick(what: &What) -> bool {
    matches!(what, What::Set { subject: Subject::Step(_), .. })
}

/// How much the page said was saved, and how long that took.
struct Report {
    done: Done,
    times: Vec<f64>,
}

impl Report {
    /// Reads `…?saved=<notes>-<ticks>-<imports>-<milliseconds>…`.
    fn read(path: &str) -> Option<Self> {
        let mut parts = path.split_once("?saved=")?.1.split('-');
        let mut count = || parts.next()?.parse().ok();
        let done = Done { notes: count()?, ticks: count()?, imports: count()? };
        Some(Self { done, times: parts.filter_map(|time| time.parse().ok()).collect() })
    }
}

fn export(id: &str, name: &str) -> String {
    json!({ "value": [{
        "id": id, "displayName": name, "severity": "medium", "status": "active",
        "createdDateTime": "2026-03-01T08:00:00Z", "lastUpdateDateTime": "2026-03-01T09:00:00Z",
        "alerts": [],
    }] })
    .to_string()
}

/// Presses the page's buttons without a pause: types notes, ticks steps, imports files. Arguments: the round, a file to import
/// with its id and name left open, the address of the notes.
const EDITING: &str = r"
const [round, file, address] = arguments;
const done = { notes: 0, ticks: 0, imports: 0 };
const times = [];
const turn = () => new Promise(resolve => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => resolve();
  channel.port2.postMessage(0);
});
const foot = document.querySelector('.foot');
const isSaved = () => foot.querySelector('.foot-save')?.dataset.state === 'saved';
const report = () => {
  if (!isSaved()) return;
  fetch(`?saved=${done.notes}-${done.ticks}-${done.imports}-${times.splice(0).join('-')}`, { cache: 'no-store' });
};
new MutationObserver(report).observe(foot, { attributes: true, subtree: true, attributeFilter: ['data-state'] });
const until = async find => {
  for (;;) {
    const found = find();
    if (found) return found;
    await new Promise(resolve => setTimeout(resolve, 1));
  }
};
const button = (place, text) => [...document.querySelectorAll(`${place} button`)]
  .find(button => button.textContent.trim() === text && !button.disabled);
const type = (area, text) => {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(area, text);
  area.dispatchEvent(new Event('input', { bubbles: true }));
};
const edits = {
  async notes(number) {
    (await until(() => button('main', 'Write a note'))).click();
    const area = await until(() => document.querySelector('.incident-note-form textarea'));
    const text = `Note ${round}/${number}`;
    for (let length = 1; length <= text.length; length++) {
      type(area, text.slice(0, length));
      await turn();
    }
    (await until(() => button('.incident-note-form', 'Save'))).click();
  },
  async ticks(number) {
    const boxes = await until(() => {
      const all = document.querySelectorAll('.step-tick input');
      return all.length ? all : null;
    });
    boxes[number % boxes.length].click();
  },
  async imports(number) {
    const name = `Imported ${round}/${number}`;
    const text = file.replace('IMPORT', `${round}-${number}`).replace('NAME', name);
    const files = new DataTransfer();
    files.items.add(new File([text], 'import.json', { type: 'application/json' }));
    const picker = document.querySelector('input[type=file][hidden]');
    picker.files = files.files;
    picker.dispatchEvent(new Event('change', { bubbles: true }));
    (await until(() => button('dialog[open]', 'Import 1 incident'))).click();
    await until(() => !document.querySelector('dialog[open]'));
    location.hash = address;
    await until(() => button('main', 'Write a note'));
  },
};
(async () => {
  for (let number = 0; ; number++) {
    const kind = number % 12 === 5 ? 'imports' : number % 3 === 0 ? 'notes' : 'ticks';
    await edits[kind](done[kind]);
    await turn();
    done[kind]++;
    // Every other edit waits until it is saved, the rest do not.
    if (number % 2 === 0) {
      await until(isSaved);
      const at = name => performance.getEntriesByName(name).at(-1).startTime;
      times.push((at('firsthour:saved') - at('firsthour:act')).toFixed(1));
      performance.clearMarks();
    }
    report();
  }
})();
";
