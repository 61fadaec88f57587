//! Several tabs give to one mirror: their batches are confirmed in any order among each other, the browser is killed at any
//! moment, and every edit that was confirmed is there at the next start.

use crate::mirror::{Places, check_whole, confirm};
use crate::sample::{contents, edit, id, import, rename};
use firsthour::notebook::Act;
use firsthour::storage::faulty::FaultyStore;
use firsthour::storage::mirror::{Batch, Mirrored};
use firsthour::storage::{Access, KeyValue, MemoryStore, News, Opened, TabId, open_as};
use std::collections::VecDeque;
use std::rc::Rc;

type Kept = Rc<Mirrored<Rc<FaultyStore>>>;

struct Tab {
    kv: Kept,
    opened: Opened<Kept>,
    /// What is on its way to the mirror: each batch with the edits that it brings.
    sent: VecDeque<(Batch, Vec<String>)>,
}

impl Tab {
    fn open(disk: &Rc<FaultyStore>, number: u8) -> Self {
        let kv = Rc::new(Mirrored::over(Rc::clone(disk)));
        let tab = TabId::random([9, 9, 9, 9, number]);
        let mut opened = open_as(Rc::clone(&kv), Access::Writer, tab).unwrap();
        opened.store.set_holder(false);
        Self { kv, opened, sent: VecDeque::new() }
    }

    fn follow(&mut self) {
        self.opened.store.absorb(&mut self.opened.notebook, News::Anything).unwrap();
    }

    fn send(&mut self, marker: Option<String>) {
        let batch = self.kv.take();
        if !batch.is_empty() {
            self.sent.push_back((batch, marker.into_iter().collect()));
        }
    }
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// Works in three tabs and kills the browser. Gives back what is in both places, and the edits that were confirmed.
fn run(places: &Places, dice: &mut Dice, run: usize) -> (Places, Vec<String>) {
    let disk = Rc::new(FaultyStore::over(places.local.clone()));
    let mirror = places.mirror.clone();
    let mut tabs: Vec<Tab> =
        (0..3).map(|number| Tab::open(&disk, number + u8::try_from(run * 3).unwrap())).collect();
    let (mut confirmed, mut made) = (Vec::new(), 0);
    for minute in 0..60 + dice.below(60) {
        let chosen = dice.below(tabs.len());
        let tab = &mut tabs[chosen];
        match dice.below(12) {
            0 | 1 => {
                // The lease goes round; whoever has it has taken in what the others wrote.
                tab.follow();
                tab.opened.store.set_holder(true);
                tab.opened.store.fold(&tab.opened.notebook).unwrap();
                tab.opened.store.set_holder(false);
                tab.follow();
                tab.send(None);
            }
            2..=4 => {
                if let Some((batch, brings)) = tab.sent.pop_front() {
                    confirm(&mirror, &tab.kv, batch);
                    confirmed.extend(brings);
                }
            }
            5 => tab.follow(),
            _ => {
                made += 1;
                let marker = format!("marker-{run}-{made}");
                let act = match dice.below(2) {
                    0 => rename(dice.below(3), &marker),
                    _ => Act::Comment(id(dice.below(3)), marker.clone()),
                };
                tab.opened.store.commit(&mut tab.opened.notebook, edit(minute, act)).unwrap();
                tab.send(Some(marker));
            }
        }
    }
    let local = disk.after(dice.below(disk.writes() + 1));
    (Places { local, mirror }, confirmed)
}

#[test]
fn whatever_order_several_tabs_are_confirmed_in_nothing_confirmed_is_lost() {
    for seed in 1..25 {
        let mut dice = Dice(seed * 0x9E37_79B9);
        let disk = Rc::new(FaultyStore::default());
        let mut first = Tab::open(&disk, 255);
        first.opened.store.set_holder(true);
        first.opened.store.commit(&mut first.opened.notebook, edit(0, import(0..3))).unwrap();
        first.opened.store.fold(&first.opened.notebook).unwrap();
        let mut places = Places { local: disk.now().clone(), mirror: MemoryStore::new() };
        confirm(&places.mirror, &first.kv, first.kv.take());
        let mut all = Vec::new();
        for number in 0..4 {
            let (after, confirmed) = run(&places, &mut dice, number);
            all.extend(confirmed);
            places = after;
            let mut opened = check_whole(&places);
            let whole = contents(&mut opened.store, &mut opened.notebook);
            let logged: Vec<_> = whole.loaded().map(|incident| &incident.activity).collect();
            let logged = format!("{logged:?}");
            for marker in &all {
                assert!(
                    logged.contains(&format!("{marker}\"")),
                    "seed {seed}, run {number}: {marker} is lost"
                );
            }
            assert!(places.local.units().unwrap() > 0);
        }
    }
}
