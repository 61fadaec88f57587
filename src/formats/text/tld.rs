//! Which labels are top-level domains.

use std::collections::HashSet;
use std::sync::LazyLock;

static ALL: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("tlds.txt").lines().skip(1).flat_map(|line| line.split(' ')).collect());

/// Whether a label in lower case is a top-level domain of the internet, or `onion`.
pub fn is_top_level(label: &str) -> bool {
    ALL.contains(label)
}

/// Top-level domains that are endings of files, archives, sources or programs as well.
const FILE_ENDINGS: &[&str] = &[
    "zip", "mov", "py", "sh", "pl", "rs", "md", "so", "ps", "ai", "cc", "app", "cab", "pub", "ml", "pm",
    "la", "cat", "mk", "ms", "bz", "ad", "st", "fm", "rip", "box", "bar", "prof", "name", "pn", "sc", "tm",
    "as", "rest", "map",
];

/// Whether a top-level domain is an ending that files have too.
pub fn is_file_ending(label: &str) -> bool {
    FILE_ENDINGS.contains(&label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole() {
        assert!(ALL.len() > 1400, "{}", ALL.len());
        assert!(
            ALL.iter().all(
                |label| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            )
        );
        for label in ["com", "nl", "zip", "xn--p1ai", "onion", "museum"] {
            assert!(is_top_level(label), "{label}");
        }
        for label in ["exe", "local", "dll", "e", "", "plist"] {
            assert!(!is_top_level(label), "{label}");
        }
    }
}
