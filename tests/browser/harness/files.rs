//! Files and the clipboard: dropping and choosing files, pasting text, and catching what the page hands out.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::driver::ELEMENT;
use super::page::{Page, must};

/// A file that the page handed out.
#[derive(Clone, Debug)]
pub struct Download {
    /// What the page called it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Download {
    /// What is in it, as text.
    #[track_caller]
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone())
            .unwrap_or_else(|error| panic!("{} is not UTF-8: {error}", self.name))
    }
}

impl Page {
    /// Drops a file on the page, as the browser does when one is dragged in from a folder.
    #[track_caller]
    pub fn drop_file(&self, path: &Path) {
        let size = self.evaluate("return [innerWidth / 2, innerHeight / 2]");
        for step in ["dragEnter", "dragOver", "drop"] {
            let event = json!({
                "type": step, "x": size[0], "y": size[1],
                "data": { "items": [], "files": [path], "dragOperationsMask": 1 },
            });
            must("dropping a file", self.devtools("Input.dispatchDragEvent", event));
        }
    }

    /// Drops text on the page, as the browser does when a selection is dragged in from another window.
    #[track_caller]
    pub fn drop_text(&self, text: &str) {
        let size = self.evaluate("return [innerWidth / 2, innerHeight / 2]");
        for step in ["dragEnter", "dragOver", "drop"] {
            let event = json!({
                "type": step, "x": size[0], "y": size[1],
                "data": { "items": [{ "mimeType": "text/plain", "data": text }], "files": [], "dragOperationsMask": 1 },
            });
            must("dropping text", self.devtools("Input.dispatchDragEvent", event));
        }
    }

    /// Drops a file with this name and content.
    #[track_caller]
    pub fn drop_bytes(&self, name: &str, bytes: &[u8]) {
        self.drop_file(&self.file_with(name, bytes));
    }

    /// Chooses a file in the page's file chooser; `number` says which where there are several, counted from 0.
    #[track_caller]
    pub fn choose_file(&self, number: usize, path: &Path) {
        // Its button is a real one that opens the browser's own dialog, which no driver can reach; WebDriver's way is this.
        let script = "return document.querySelectorAll('input[type=file]')[arguments[0]]";
        self.wait_until(&format!("there is a file chooser number {number}"), |page| {
            page.evaluate_with(script, &[json!(number)]).is_object()
        });
        let input = self.evaluate_with(script, &[json!(number)]);
        self.put_file(&input, path);
    }

    /// Puts a file into a file chooser, given as a script returned it.
    #[track_caller]
    pub fn put_file(&self, input: &Value, path: &Path) {
        let element = input[ELEMENT].as_str().unwrap_or_default();
        let keys = json!({ "text": path });
        must("choosing a file", self.post(&format!("element/{element}/value"), &keys));
    }

    /// Pastes text where the focus is: into a field, or as a paste event on the page.
    #[track_caller]
    pub fn paste(&self, text: &str) {
        const PASTE: &str = "const target = document.activeElement || document.body;
            const data = new DataTransfer();
            data.setData('text/plain', arguments[0]);
            const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
            return target.dispatchEvent(event);";
        let untouched = self.evaluate_with(PASTE, &[json!(text)]) == true;
        if untouched {
            // What the browser does itself when nobody stops the event.
            must("pasting", self.devtools("Input.insertText", json!({ "text": text })));
        }
    }

    /// Writes a file of this visit and returns where it is.
    #[track_caller]
    pub fn file_with(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("writing {}: {error}", path.display()));
        path
    }

    /// Does `act` and waits for the file that the page hands out because of it.
    #[track_caller]
    pub fn download(&self, act: impl FnOnce(&Self)) -> Download {
        let before = self.downloads();
        act(self);
        let fresh = || {
            let now = self.downloads().into_iter();
            // Chromium writes under a passing name first, and may hold the final one with an empty file meanwhile.
            let done = |path: &PathBuf| {
                path.extension().is_none_or(|extension| extension != "crdownload")
                    && fs::metadata(path).is_ok_and(|file| file.len() > 0)
            };
            now.filter(done).find(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                !before.contains(path) && !name.starts_with('.')
            })
        };
        self.wait_until("the page has handed out a file", |_| fresh().is_some());
        let path = fresh().unwrap_or_default();
        let bytes = fs::read(&path).unwrap_or_else(|error| panic!("reading {}: {error}", path.display()));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Download { name, bytes }
    }

    fn downloads(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder().join("downloads"));
        entries.into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    }
}
