//! Any file through the one door: every format that the registry has, recognised by what it holds.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::file(data);
});
