//! Storage as a whole: what a kill, a fault, damage, a full store and a second tab leave behind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod any_damage;
mod browser;
mod carry;
mod cost;
mod crash;
mod damage;
mod golden;
#[path = "../../benches/incidents/mod.rs"]
mod incidents;
mod mirror;
mod mirror_tabs;
mod quick;
mod room;
mod sample;
mod seal;
mod size;
mod tabs;
