//! What an incident takes in all: figures that `cargo xtask bench` prints for ten thousand, held to the budget for some
//! hundred.

use crate::incidents;
use firsthour::storage::kv::units;
use firsthour::storage::{Access, KeyValue, MemoryStore, open};
use std::rc::Rc;

/// So many incidents show what each of ten thousand takes: their pages are full.
const INCIDENTS: usize = 192;

/// What each may take if ten thousand are to fit beside the room that is held back.
const BUDGET: usize = 498;

#[test]
fn an_incident_of_ten_entities_keeps_to_its_share_of_the_room() {
    let kv = Rc::new(MemoryStore::new());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    let taken_in = incidents::work::take_in(&mut opened, 1, INCIDENTS).unwrap();
    assert!(taken_in.iter().all(|incident| incident.entities.len() == incidents::ENTITIES));
    let spare = kv.get("firsthour/1/spare").unwrap().map_or(0, |text| units(&text));
    let each = (kv.units().unwrap() - spare).div_ceil(INCIDENTS);
    println!("{each} units for each incident in all");
    assert!(each <= BUDGET, "{each}");
    let mut opened = open(kv, Access::Writer).unwrap();
    for incident in taken_in {
        let read = opened.store.read(&mut opened.notebook, &incident.id).unwrap().unwrap();
        assert_eq!(*read, incident);
    }
}

#[test]
fn the_same_seed_makes_the_same_incidents() {
    let text = incidents::export([7, 8]);
    assert_eq!(text, incidents::export([7, 8]));
    assert_ne!(incidents::export([7]), incidents::export([8]));
}
