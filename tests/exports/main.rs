//! What leaves: each format written from whole, sparse and hostile incidents, read back by our own readers where there are
//! any, and checked by the formats' own validators where Python is at hand.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cacao;
mod incidents;
mod lines;
mod marking;
mod misp;
mod pieces;
mod python;
#[path = "../support/rfc4180.rs"]
mod rfc4180;
mod stix;
mod tables;
