//! THE PAGE: what a person sees and does.
//!
//! Invariant: the modules above the line are pure and compiled (and tested) on every target; those below know the
//! browser and Leptos, and exist for wasm32 only. No Leptos type appears above the line.

pub mod agent;
pub mod excerpt;
pub mod fuzzy;
pub mod keys;
pub mod markdown;
pub mod route;
pub mod trust;
pub mod turns;
pub mod urge;
pub mod windowing;

// ---- the browser only ----

#[cfg(target_arch = "wasm32")]
pub mod actions;
#[cfg(target_arch = "wasm32")]
pub mod backup;
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod giving;
#[cfg(target_arch = "wasm32")]
pub mod hashing;
#[cfg(target_arch = "wasm32")]
pub mod import;
#[cfg(target_arch = "wasm32")]
pub mod job;
#[cfg(target_arch = "wasm32")]
pub mod keeping;
#[cfg(target_arch = "wasm32")]
pub mod location;
#[cfg(target_arch = "wasm32")]
pub mod long_work;
#[cfg(target_arch = "wasm32")]
pub mod mirroring;
#[cfg(target_arch = "wasm32")]
pub mod notices;
#[cfg(target_arch = "wasm32")]
pub mod pages;
#[cfg(target_arch = "wasm32")]
pub mod parts;
#[cfg(target_arch = "wasm32")]
pub mod persist;
#[cfg(target_arch = "wasm32")]
pub mod prefs;
#[cfg(target_arch = "wasm32")]
pub mod root;
#[cfg(target_arch = "wasm32")]
pub mod seal;
#[cfg(target_arch = "wasm32")]
pub mod sealing;
#[cfg(target_arch = "wasm32")]
pub mod seen;
#[cfg(target_arch = "wasm32")]
pub mod shell;
#[cfg(target_arch = "wasm32")]
pub mod slice;
#[cfg(target_arch = "wasm32")]
pub mod state;

#[cfg(target_arch = "wasm32")]
pub use root::mount;
