//! PARTS: what every page is built from. One component a file, its style beside it by name in `style/parts/`.
//!
//! The gallery (`#/gallery`) shows each of them in every state.

pub mod action_button;
pub mod assignee;
pub mod badge;
pub mod banner;
pub mod button;
pub mod combobox;
pub mod copy_button;
pub mod description_list;
pub mod dialog;
pub mod disclosure;
pub mod empty_state;
pub mod field;
pub mod file_drop;
pub mod file_zone;
pub mod folder;
pub mod hint;
pub mod icon;
pub mod keycap;
pub mod markdown;
pub mod menu;
pub mod meter;
pub mod moment;
pub mod page_header;
pub mod palette;
pub mod portal_link;
pub mod progress;
pub mod radios;
pub mod split_pane;
pub mod table;
pub mod tabs;
pub mod terms;
pub mod time;
pub mod toast;
pub mod when;

use std::sync::atomic::{AtomicU32, Ordering};

/// A fresh element id, for labels that point at their control.
pub fn fresh_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
