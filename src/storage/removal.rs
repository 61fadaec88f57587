//! Taking away for good: a record that was set aside, or the whole notebook.

use crate::notebook::Notebook;
use crate::storage::key;
use crate::storage::kv::KeyValue;
use crate::storage::manifest::Manifest;
use crate::storage::shelf::Shelf;
use crate::storage::store::{Dirty, NotSaved, Store};

impl<K: KeyValue> Store<K> {
    /// Removes a record that was set aside, for good.
    ///
    /// # Errors
    /// A [`NotSaved`]; it is still set aside then.
    pub fn discard(&mut self, notebook: &Notebook, key: &str) -> Result<(), NotSaved> {
        self.check_writer()?;
        if self.folding {
            return Err(NotSaved::Busy);
        }
        let kept = self.aside.clone();
        self.aside.retain(|aside| aside.key != key);
        self.garbage.insert(key.to_owned());
        self.write_generation(notebook, &[], false, true).inspect_err(|_| {
            self.garbage.remove(key);
            self.aside = kept;
        })
    }

    /// Erases the whole notebook, also what was set aside. If it is cut off, the notebook is whole or empty. What
    /// stays is a manifest that says that there is nothing: an edit that another tab wrote at the same moment, or a
    /// copy of the store that is older, does not bring anything back.
    ///
    /// # Errors
    /// A [`NotSaved`]; the notebook is as it was then.
    pub fn erase(&mut self, notebook: &mut Notebook) -> Result<(), NotSaved> {
        self.check_writer()?;
        if self.folding {
            return Err(NotSaved::Busy);
        }
        self.check_holder()?;
        let keys = self.kv.keys().map_err(NotSaved::Failed)?;
        let generation = self.newest.max(Shelf::of(&keys).newest()) + 1;
        let folded = self.journal.all_folded(self.tab);
        let journal = self.journal.take_number();
        let empty = Manifest { generation, journal: journal + 1, folded, ..Manifest::default() };
        let text = empty.write()?;
        self.write_manifest(&text)?;
        self.mirror_manifest(&text);
        *notebook = Notebook::default();
        self.base = Notebook::default();
        for key in keys.iter().filter(|key| key.starts_with(key::ROOT)) {
            if !key::MANIFESTS.contains(&key.as_str()) {
                self.kv.remove(key).map_err(NotSaved::Failed)?;
            }
        }
        self.index.clear();
        self.quick.clear();
        self.pages.clear();
        self.preparation = None;
        (self.generation, self.newest) = (generation, generation);
        self.journal.folded = empty.folded;
        self.journal.entries.clear();
        self.dirty = Dirty::default();
        self.aside.clear();
        self.garbage.clear();
        self.manifest = Some(text);
        self.spare = 0;
        self.used = self.kv.units().map_err(NotSaved::Failed)?;
        Ok(())
    }
}
