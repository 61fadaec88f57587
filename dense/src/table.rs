//! A table that can be put back: what a text changed is noted, so that going back costs as much as the text did.

use crate::numbers::Slot;

/// Values by index.
pub(crate) struct Table<T> {
    values: Vec<T>,
    /// What stood where before it was changed, oldest first; none as long as nothing is noted.
    noted: Option<Vec<(u32, T)>>,
}

impl<T: Copy> Table<T> {
    pub fn new(value: T, length: usize) -> Self {
        Self { values: vec![value; length], noted: None }
    }

    pub fn get(&self, at: usize) -> T {
        self.values[at]
    }

    /// Puts a value in place and gives back the one that stood there.
    pub fn replace(&mut self, at: usize, value: T) -> T {
        let before = std::mem::replace(&mut self.values[at], value);
        if let Some(noted) = &mut self.noted {
            noted.push((at as u32, before));
        }
        before
    }

    /// From now on [`Table::put_back`] comes back to here.
    pub fn keep(&mut self) {
        self.noted = Some(Vec::new());
    }

    /// Comes back to where [`Table::keep`] was called.
    pub fn put_back(&mut self) {
        for (at, value) in self.noted.iter_mut().flat_map(|noted| noted.drain(..).rev()) {
            self.values[at as usize] = value;
        }
    }
}

impl Table<Slot> {
    /// What the slots at these places say.
    pub fn said<const N: usize>(&self, places: &[usize; N]) -> [i32; N] {
        let mut said = [0; N];
        for (said, at) in said.iter_mut().zip(places) {
            *said = self.values[*at].says();
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back_to_what_was_kept() {
        let mut table = Table::new(0, 3);
        table.replace(0, 1);
        table.keep();
        for turn in 0..2 {
            assert_eq!(table.replace(0, 7 + turn), 1);
            assert_eq!(table.replace(0, 8), 7 + turn);
            table.replace(2, 9);
            table.put_back();
            assert_eq!([0, 1, 2].map(|at| table.get(at)), [1, 0, 0]);
        }
    }
}
