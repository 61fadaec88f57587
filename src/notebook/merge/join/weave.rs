//! Two lists as one: everything of both, each list's own order kept, whatever the side it is called from.

use std::collections::HashMap;
use std::hash::Hash;

/// Two lists whose elements are numbered: what both hold has one number.
#[derive(Debug, Default)]
pub struct Numbered {
    /// The numbers of each list.
    pub lists: [Vec<usize>; 2],
    /// Whether each list holds a number.
    pub holds: [Vec<bool>; 2],
}

impl Numbered {
    /// Numbers two lists by what names their elements. The second of two equal elements of one list is another than
    /// the first.
    pub fn new<K: Hash + Eq + Clone>(one: &[K], other: &[K]) -> Self {
        let mut numbers: HashMap<(K, usize), usize> = HashMap::new();
        let mut number = |keys: &[K]| {
            let mut seen: HashMap<K, usize> = HashMap::new();
            let numbered = keys.iter().map(|key| {
                let occurrence = seen.entry(key.clone()).or_default();
                let next = numbers.len();
                let number = *numbers.entry((key.clone(), *occurrence)).or_insert(next);
                *occurrence += 1;
                number
            });
            numbered.collect::<Vec<_>>()
        };
        let lists = [number(one), number(other)];
        let count = numbers.len();
        let holds = [0, 1].map(|side| {
            let mut holds = vec![false; count];
            lists[side].iter().for_each(|number: &usize| holds[*number] = true);
            holds
        });
        Self { lists, holds }
    }

    /// Whether the list of this side has everything that the other has.
    pub fn has_all(&self, side: usize) -> bool {
        self.lists[1 - side].iter().all(|number| self.holds[side][*number])
    }

    /// The numbers of both lists in one order. What stands in both is where both have it; what stands in one only comes
    /// as early as its list and `first` allow. Lists that disagree about an order are taken as `first` says.
    pub fn woven(&self, first: impl Fn(usize, usize) -> bool) -> Vec<usize> {
        let [one, other] = &self.lists;
        match [self.has_all(0), self.has_all(1)] {
            [true, false] => return one.clone(),
            [false, true] => return other.clone(),
            _ => {}
        }
        let mut woven = Vec::with_capacity(self.holds[0].len());
        let mut is_out = vec![false; self.holds[0].len()];
        let (mut i, mut j) = (0, 0);
        loop {
            while one.get(i).is_some_and(|number| is_out[*number]) {
                i += 1;
            }
            while other.get(j).is_some_and(|number| is_out[*number]) {
                j += 1;
            }
            let next = match (one.get(i), other.get(j)) {
                (None, None) => return woven,
                (Some(only), None) | (None, Some(only)) => *only,
                (Some(x), Some(y)) if x == y => *x,
                (Some(x), Some(y)) => match (self.holds[1][*x], self.holds[0][*y]) {
                    // What both have waits for what only one has before it.
                    (true, false) => *y,
                    (false, true) => *x,
                    _ if first(*x, *y) => *x,
                    _ => *y,
                },
            };
            is_out[next] = true;
            woven.push(next);
        }
    }
}

/// Everything of two lists, each element once, in an order that keeps both lists' own.
pub fn union<T: Clone, K: Hash + Ord + Clone>(one: &[T], other: &[T], key: impl Fn(&T) -> K) -> Vec<T> {
    let keys = [one, other].map(|list| list.iter().map(&key).collect::<Vec<K>>());
    let numbered = Numbered::new(&keys[0], &keys[1]);
    let mut elements: Vec<Option<(&T, &K)>> = vec![None; numbered.holds[0].len()];
    for (list, keys, numbers) in [(one, &keys[0], &numbered.lists[0]), (other, &keys[1], &numbered.lists[1])]
    {
        for ((element, key), number) in list.iter().zip(keys).zip(numbers) {
            elements[*number].get_or_insert((element, key));
        }
    }
    let key_of = |number: usize| elements[number].map(|(_, key)| key);
    let woven = numbered.woven(|x, y| (key_of(x), x) < (key_of(y), y));
    woven.into_iter().filter_map(|number| elements[number].map(|(element, _)| element.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn both(one: &[u16], other: &[u16]) -> Vec<u16> {
        union(one, other, |element| *element)
    }

    #[test]
    fn what_both_have_stays_between_what_only_one_has() {
        assert_eq!(both(&[5, 1, 9], &[5, 2, 9]), [5, 1, 2, 9]);
        assert_eq!(both(&[9, 1], &[2]), [2, 9, 1]);
        assert_eq!(both(&[1, 1], &[1]), [1, 1]);
    }

    #[test]
    fn a_list_that_has_all_of_the_other_stays_as_it_is() {
        assert_eq!(both(&[3, 2, 1], &[1, 2]), [3, 2, 1]);
    }

    proptest! {
        #[test]
        fn either_way_round_is_the_same_and_once_more_changes_nothing(
            one in proptest::collection::vec(0u16..6, 0..8),
            other in proptest::collection::vec(0u16..6, 0..8),
        ) {
            let woven = both(&one, &other);
            prop_assert_eq!(&both(&other, &one), &woven);
            prop_assert_eq!(&both(&woven, &other), &woven);
            prop_assert_eq!(&both(&one, &woven), &woven);
            prop_assert_eq!(&both(&one, &one), &one);
            for value in 0..6 {
                let count = |list: &[u16]| list.iter().filter(|element| **element == value).count();
                prop_assert_eq!(count(&woven), count(&one).max(count(&other)));
            }
        }

        #[test]
        fn three_in_any_order_are_the_same(
            one in proptest::collection::btree_set(0u16..30, 0..6),
            two in proptest::collection::btree_set(0u16..30, 0..6),
            three in proptest::collection::btree_set(0u16..30, 0..6),
        ) {
            let [one, two, three] = [one, two, three].map(|set| set.into_iter().collect::<Vec<_>>());
            prop_assert_eq!(both(&both(&one, &two), &three), both(&one, &both(&two, &three)));
        }
    }
}
