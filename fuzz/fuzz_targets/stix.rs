//! What stands in a STIX bundle.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r#"{"type":"bundle","id":"bundle--a1b2c3d4-0000-4000-8000-000000000001","objects":["#,
        data,
        "]}",
    );
});
