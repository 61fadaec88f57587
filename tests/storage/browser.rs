//! A browser with several tabs, each a process of its own: a tab sees what it writes at once, and what others write a
//! little later, in the order in which the browser took it; until the browser has taken its own write to a key, it
//! sees nothing of theirs to that key. A frozen tab sees nothing until it thaws.

use firsthour::storage::{KeyValue, KvError, MemoryStore, lease};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::{Rc, Weak};

/// Numbers that look random and are the same for the same seed.
#[derive(Default)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    /// From zero to below this.
    pub fn below(&mut self, end: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }

    pub fn one_in(&mut self, of: i64) -> bool {
        self.below(of) == 0
    }
}

/// A write under way: when it arrives, who made it, the key and its value.
type Write = (i64, usize, String, Option<String>);

/// How long a write takes to the browser, and from there to another tab, at most.
const WAY: i64 = lease::LAG / 2;

/// What all tabs share: the writes in the order in which the browser took them.
#[derive(Default)]
pub struct Browser {
    pub now: Cell<i64>,
    pub log: RefCell<Vec<(usize, String, Option<String>)>>,
    start: MemoryStore,
    views: RefCell<Vec<Rc<View>>>,
}

/// Local storage as one tab sees it.
#[derive(Default)]
pub struct View {
    tab: usize,
    browser: Weak<Browser>,
    texts: MemoryStore,
    dice: RefCell<Dice>,
    /// Written here and not yet taken by the browser.
    outgoing: RefCell<VecDeque<Write>>,
    /// Taken by the browser and not yet seen here.
    incoming: RefCell<VecDeque<Write>>,
    /// How many writes of this tab to a key have not come back.
    pending: RefCell<BTreeMap<String, usize>>,
}

impl Browser {
    pub fn new(start: MemoryStore) -> Rc<Self> {
        Rc::new(Self { start, ..Self::default() })
    }

    /// Opens a tab; it sees all that the browser has taken.
    pub fn tab(self: &Rc<Self>, seed: u64) -> Rc<View> {
        let mut views = self.views.borrow_mut();
        let view = Rc::new(View {
            tab: views.len(),
            browser: Rc::downgrade(self),
            texts: self.contents(),
            dice: RefCell::new(Dice::new(seed)),
            ..View::default()
        });
        views.push(Rc::clone(&view));
        view
    }

    /// What the browser has taken.
    pub fn contents(&self) -> MemoryStore {
        let store = self.start.clone();
        for (_, key, value) in self.log.borrow().iter() {
            put(&store, key, value.as_deref());
        }
        store
    }

    /// Takes the writes that have come as far as the browser. Also a tab that crashed meanwhile had sent them.
    pub fn take(&self) {
        let views = self.views.borrow();
        for view in views.iter() {
            for (_, writer, key, value) in arrived(&view.outgoing, self.now.get()) {
                for other in views.iter() {
                    let due = self.now.get() + other.dice.borrow_mut().below(WAY);
                    enqueue(&other.incoming, (due, writer, key.clone(), value.clone()));
                }
                self.log.borrow_mut().push((writer, key, value));
            }
        }
    }

    /// Whether nothing is under way to the browser or to one of these tabs.
    pub fn is_quiet<'a>(&self, mut tabs: impl Iterator<Item = &'a View>) -> bool {
        self.views.borrow().iter().all(|view| view.outgoing.borrow().is_empty())
            && tabs.all(|view| view.incoming.borrow().is_empty())
    }
}

impl View {
    /// Brings what has arrived, and gives back the keys that changed here.
    pub fn receive(&self) -> Vec<String> {
        let now = self.browser.upgrade().unwrap().now.get();
        let mut changed = Vec::new();
        for (_, writer, key, value) in arrived(&self.incoming, now) {
            let mut pending = self.pending.borrow_mut();
            if writer == self.tab {
                let left = pending.get_mut(&key).unwrap();
                *left -= 1;
                if *left == 0 {
                    pending.remove(&key);
                }
            } else if !pending.contains_key(&key) {
                put(&self.texts, &key, value.as_deref());
                changed.push(key);
            }
        }
        changed
    }

    fn send(&self, key: &str, value: Option<&str>) {
        *self.pending.borrow_mut().entry(key.to_owned()).or_default() += 1;
        let due = self.browser.upgrade().unwrap().now.get() + self.dice.borrow_mut().below(WAY);
        enqueue(&self.outgoing, (due, self.tab, key.to_owned(), value.map(str::to_owned)));
        put(&self.texts, key, value);
    }
}

fn put(texts: &MemoryStore, key: &str, value: Option<&str>) {
    match value {
        Some(value) => texts.set(key, value).unwrap(),
        None => texts.remove(key).unwrap(),
    }
}

/// Sends a write after those that are under way: none overtakes another.
fn enqueue(queue: &RefCell<VecDeque<Write>>, write: Write) {
    let mut queue = queue.borrow_mut();
    let after = queue.back().map_or(0, |last| last.0);
    queue.push_back((write.0.max(after), write.1, write.2, write.3));
}

fn arrived(queue: &RefCell<VecDeque<Write>>, now: i64) -> Vec<Write> {
    let mut queue = queue.borrow_mut();
    let count = queue.iter().take_while(|write| write.0 <= now).count();
    queue.drain(..count).collect()
}

impl KeyValue for View {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.texts.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        self.send(key, Some(value));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.send(key, None);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, KvError> {
        self.texts.keys()
    }

    fn units(&self) -> Result<usize, KvError> {
        self.texts.units()
    }
}
