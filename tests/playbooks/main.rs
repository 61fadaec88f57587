//! The playbook library from outside: that the build refuses bad files, that what it embeds is complete and well
//! written, that step ids never go away, and that the hunting queries fit the schema they are meant for.

#[path = "../../build/playbooks.rs"]
mod compiler;
mod files;
mod golden;
mod kql;
mod library;
mod queries;
