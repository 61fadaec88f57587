//! THE OUTSIDE WORLD'S FILES: one file a format, read and write side by side, behind one registry.

pub mod defang;
