//! Finds the published files in `../shared/samples` beside the project, which are not part of it. Where the folder does not
//! exist a word says so, and the test that wanted a file ends.

// Each test target includes this file and uses some of it.
#![allow(dead_code)]
#![allow(clippy::panic)]

use firsthour::formats::{Intake, read};
use std::path::PathBuf;

/// The folder with this publisher's files.
pub fn folder(publisher: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    // Without `..` in it: a browser takes no other path.
    ["..", "../.."]
        .iter()
        .map(|up| root.join(up).join("shared/samples").join(publisher))
        .find_map(|folder| folder.canonicalize().ok())
}

/// The bytes of a sample, `publisher/file`; none where there are no samples.
pub fn bytes(name: &str) -> Option<Vec<u8>> {
    let Some(folder) = folder("") else {
        println!("skipped: there are no samples beside the project, so {name} was not read");
        return None;
    };
    Some(std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}")))
}

/// What a sample holds, read through the one door.
pub fn intake(name: &str) -> Option<Intake> {
    bytes(name).map(|bytes| read(bytes).unwrap_or_else(|error| panic!("{name}: {error:?}")))
}
