//! How activity is spread over time: counts in equal stretches, for a small drawing of an incident's alerts.

/// Counts in equal stretches of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    /// The earliest moment, in milliseconds since 1970-01-01T00:00Z.
    pub from: i64,
    /// The latest moment.
    pub to: i64,
    /// How many in each stretch, earliest first. One stretch where all is one moment.
    pub counts: Vec<usize>,
}

impl Histogram {
    /// Spreads moments over at most `stretches`; none where there is no moment.
    pub fn of(moments: &[i64], stretches: usize) -> Option<Self> {
        let (from, to) = (*moments.iter().min()?, *moments.iter().max()?);
        let span = i128::from(to) - i128::from(from);
        let stretches = if span == 0 { 1 } else { stretches.max(1) };
        let mut counts = vec![0; stretches];
        for moment in moments {
            let place = (i128::from(*moment) - i128::from(from)) * i128::try_from(stretches).unwrap_or(1);
            // The latest moment belongs to the last stretch, not to one after it.
            let index = usize::try_from(place / span.max(1)).unwrap_or_default().min(stretches - 1);
            counts[index] += 1;
        }
        Some(Self { from, to, counts })
    }

    /// The most in any stretch.
    pub fn highest(&self) -> usize {
        self.counts.iter().copied().max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_counted_where_they_lie() {
        let histogram = Histogram::of(&[0, 1, 50, 99, 100], 4).unwrap();
        assert_eq!(histogram.counts, [2, 0, 1, 2]);
        assert_eq!((histogram.from, histogram.to, histogram.highest()), (0, 100, 2));
    }

    #[test]
    fn one_moment_is_one_stretch_and_none_is_nothing() {
        assert_eq!(Histogram::of(&[7, 7], 24).unwrap().counts, [2]);
        assert_eq!(Histogram::of(&[], 24), None);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(moments in proptest::collection::vec(proptest::num::i64::ANY, 1..50), n in 0..40usize) {
            let histogram = Histogram::of(&moments, n).unwrap();
            proptest::prop_assert_eq!(histogram.counts.iter().sum::<usize>(), moments.len());
        }
    }
}
