//! A sealed file, as far as it is read before the passphrase is asked for.
#![no_main]

use firsthour::formats::sealed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = sealed::is_sealed(text);
    if let Err(shut) = firsthour_fuzz::within(text.len(), |_| 0, || sealed::read(text)) {
        assert!(!shut.to_string().is_empty());
    }
});
