//! First Hour: an incident-response notebook that is one web page.
//!
//! The rooms, and who may know whom (ARCHITECTURE.md draws it):
//!
//! | room | what it holds | knows |
//! |---|---|---|
//! | [`model`] | nouns: incident, alert, entity, checklist, activity, taxonomy, time, id | nobody |
//! | [`compact`] | sorting and gathering that cost the page little code | nobody |
//! | [`notebook`] | verbs: the edit, apply, history, merge, query | model |
//! | [`playbooks`] | checklists as data and how one becomes an incident's | notebook, model |
//! | [`crypto`] | what a passphrase does to bytes: a key, authenticated encryption | nobody |
//! | [`formats`] | the outside world's files, read and written | notebook, model, crypto |
//! | [`analysis`] | answers: priority, scenario suggestions, timeline | notebook, model |
//! | [`sample`] | the guided first incident | formats, model |
//! | [`storage`] | keeping: key-value trait, journal, snapshots, recovery, sealing | notebook, model, crypto |
//! | [`words`] | every text a person reads, in every language | model, notebook, playbooks, analysis |
//! | [`app`] | the page; all of it that knows a browser exists on wasm32 only | everything |
//!
//! Invariants: all change goes through [`notebook`]'s `apply`; the clock, the random source and the author are
//! arguments; what is not understood is kept; nothing outside tests unwraps, expects or panics; only `app` and
//! `storage`'s `browser` and `indexed` know a browser.

// Sorting is done by `compact`, see there why; tests may use what they compare it with.
#![cfg_attr(not(test), warn(clippy::disallowed_methods))]

pub mod analysis;
pub mod app;
pub mod compact;
pub mod crypto;
pub mod formats;
pub mod model;
pub mod notebook;
pub mod playbooks;
pub mod sample;
pub mod storage;
pub mod words;
