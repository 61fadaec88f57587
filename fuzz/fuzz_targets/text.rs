//! Running text: whatever is found stands in the text, within its sentence, and pieces give what the whole gives.
#![no_main]

use firsthour::formats::text::{Finder, find};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let found = firsthour_fuzz::within(text.len(), |_| 0, || find(text));
    for indicator in &found {
        assert!(!text[indicator.at.clone()].is_empty());
        assert!(indicator.sentence.start <= indicator.at.start && indicator.at.end <= indicator.sentence.end);
        assert!(text.get(indicator.sentence.clone()).is_some());
    }
    let mut pieces = Finder::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        pieces.take(text, at..at + line.len());
        at += line.len();
    }
    assert_eq!(pieces.finish(), found);
    firsthour_fuzz::file(data);
});
