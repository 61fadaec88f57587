//! `cargo xtask`: the one command that builds, serves, tests and measures First Hour.

fn main() {}
