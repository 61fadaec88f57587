//! A step as every page shows it: the row with its tick, its instructions, and the fields of what was done about it.
//! The checklist of an incident, the preparation and the playbook library are built from these.

pub mod fields;
pub mod handle;
pub mod instructions;
pub mod keys;
pub mod marks;
pub mod query;
pub mod row;
pub mod skip;
pub mod when;
