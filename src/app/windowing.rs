//! Which rows of a long list to draw: browsers, not Leptos, are slow at thousands of rows, so only those near the
//! visible part exist.

use std::ops::Range;

/// Lists of up to this many rows are drawn whole, so that find-in-page and printing see all of them.
pub const DRAWN_WHOLE: usize = 500;

/// Rows drawn above and below the visible part, so that scrolling shows no gap.
const OVERSCAN: usize = 12;

/// The rows to draw of `count`, each `row_height` pixels high, in a view of `view_height` pixels scrolled by `scroll`.
pub fn window(count: usize, row_height: f64, scroll: f64, view_height: f64) -> Range<usize> {
    if count <= DRAWN_WHOLE || row_height <= 0.0 {
        return 0..count;
    }
    let first = rows(scroll, row_height).saturating_sub(OVERSCAN).min(count);
    let visible = rows(view_height, row_height) + 1;
    // A start past the end (the list shrank while scrolled) still shows the last rows.
    let first = first.min(count.saturating_sub(visible));
    first..(first + visible + 2 * OVERSCAN).min(count)
}

/// Whole rows in `pixels`; a float-to-integer `as` saturates, so negative and NaN give 0.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn rows(pixels: f64, row_height: f64) -> usize {
    (pixels / row_height) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_lists_are_drawn_whole() {
        assert_eq!(window(500, 40.0, 9_999.0, 600.0), 0..500);
    }

    #[test]
    fn long_lists_are_drawn_around_the_visible_part() {
        assert_eq!(window(10_000, 40.0, 0.0, 600.0), 0..40);
        assert_eq!(window(10_000, 40.0, 40_000.0, 600.0), 988..1028);
    }

    #[test]
    fn a_list_that_shrank_still_shows_its_end() {
        let range = window(600, 40.0, 400_000.0, 600.0);
        assert_eq!(range.end, 600);
        assert!(range.len() >= 16);
    }

    proptest! {
        #[test]
        fn the_visible_rows_are_always_drawn(count in 0..20_000usize, at in 0..20_000usize) {
            prop_assume!(at < count);
            #[allow(clippy::cast_precision_loss)]
            let scroll = at as f64 * 36.0;
            let range = window(count, 36.0, scroll, 720.0);
            prop_assert!(range.contains(&at));
            prop_assert!(range.end <= count);
        }
    }
}
