//! Storage as a whole: what a kill, a fault, damage, a full store and a second tab leave behind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod any_damage;
mod browser;
mod carry;
mod cost;
mod crash;
mod damage;
mod golden;
mod mirror;
mod mirror_tabs;
mod room;
mod sample;
mod seal;
mod tabs;
