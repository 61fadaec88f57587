//! Sorting and gathering that cost the page little code.
//!
//! The standard library's sort is some four kilobytes of WebAssembly, compiled anew for every type *and every closure* it is
//! called with; collecting into a `BTreeMap` or `BTreeSet` brings one along as well. Together they were a tenth of the page.
//! Here one sort of places serves all, and what is compiled anew only moves the items. Where a sort is measured
//! to be slow, the standard one is still there.

use std::cmp::Ordering;

/// Stable sorting, as the methods of the slice named `sort…` do it.
pub trait Order<T> {
    /// Sorts by comparing two items.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// Sorts by a key that is made for every comparison, so a cheap one.
    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|one, other| key(one).cmp(&key(other)));
    }

    /// Sorts by a key that is made once for every item.
    fn order_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);

    /// Sorts by the items' own order.
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let places = sorted_places(self.len(), &mut |one, other| compare(&self[one], &self[other]));
        arrange(self, places);
    }

    fn order_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        let places = sorted_places(keys.len(), &mut |one, other| keys[one].cmp(&keys[other]));
        arrange(self, places);
    }
}

/// The places of so many items in the order that `compare` wants. The one sort that is compiled.
#[inline(never)]
fn sorted_places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    #[expect(clippy::disallowed_methods, reason = "this is the one that the others use")]
    places.sort_by(|one, other| compare(*one, *other));
    places
}

/// Moves to every place the item that stood at `places` of it. Each item moves once: the places are rings, and every ring is
/// gone round.
fn arrange<T>(items: &mut [T], mut places: Vec<usize>) {
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut places[at], at);
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Gathering into a collection item by item.
pub trait Gather: Iterator + Sized {
    /// As `collect` does it; of items with the same key the last stays.
    fn gather<C: Default + Extend<Self::Item> + FromIterator<Self::Item>>(self) -> C {
        let mut all = C::default();
        all.extend(self);
        all
    }
}

impl<I: Iterator> Gather for I {}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Few different keys, so that many items are equal and their order has to stay.
        #[test]
        fn order_is_what_the_standard_sort_makes(keys in prop::collection::vec(0_u8..8, 0..60)) {
            let items: Vec<(u8, usize)> = keys.iter().copied().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
            let (mut by, mut by_key, mut by_cached_key) = (items.clone(), items.clone(), items);
            by.order_by(|(one, _), (other, _)| other.cmp(one));
            by_key.order_by_key(|(key, _)| std::cmp::Reverse(*key));
            by_cached_key.order_by_cached_key(|(key, _)| std::cmp::Reverse(*key));
            prop_assert_eq!(&by, &expected);
            prop_assert_eq!(&by_key, &expected);
            prop_assert_eq!(&by_cached_key, &expected);
            expected.sort_unstable();
            by.order();
            prop_assert_eq!(by, expected);
        }
    }

    #[test]
    fn what_is_gathered_is_what_would_be_collected() {
        let items = [(2, 'a'), (1, 'b'), (2, 'c')];
        assert_eq!(items.into_iter().gather::<BTreeMap<_, _>>(), items.into_iter().collect());
        assert_eq!(items.into_iter().gather::<BTreeSet<_>>(), items.into_iter().collect());
    }
}
