//! A file that a person says is of another format than it looks, in a zone of their own: the first two bytes say which.
#![no_main]

use firsthour::formats::{Answers, FORMATS, read_with};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [format, zone, bytes @ ..] = data else { return };
    let read_as = FORMATS.get(usize::from(*format) % FORMATS.len()).map(|format| format.id());
    let offset = Some((i32::from(*zone) - 128) * 15);
    let answers = Answers { read_as, offset, ..Answers::default() };
    if let Ok(intake) = read_with(bytes, answers) {
        firsthour_fuzz::taken_in(intake);
    }
});
