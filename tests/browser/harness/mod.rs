//! What the browser tests stand on: one real Chromium a test, driven as a person would use it.
//!
//! | module | what it does |
//! |---|---|
//! | [`environment`] | which page, browser and tools to use, as `cargo xtask test` names them |
//! | [`driver`] | speaks WebDriver: starts chromedriver, opens and closes browsers |
//! | [`server`] | serves the built page on this machine and remembers every request |
//! | [`visit`] | one test's browser, profile folder and address; runs a test and tells well what went wrong |
//! | [`page`] | what a person does on the page: go, read, press, wait |
//! | [`find`] | finds things by role and name, as assistive technology does |
//! | [`files`] | dropping, choosing and pasting files, and catching downloads |
//! | [`checks`] | what must hold on every page: quiet console, no stray request, accessible |

pub mod checks;
pub mod driver;
pub mod environment;
pub mod files;
pub mod find;
pub mod page;
pub mod server;
pub mod visit;
