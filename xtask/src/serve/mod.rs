//! What `cargo xtask serve` is made of: a server for the files of `dist/`, and an eye on the sources.

pub mod server;
pub mod sources;
