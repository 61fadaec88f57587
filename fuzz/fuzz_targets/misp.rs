//! What stands in a MISP event.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r#"{"Event":{"uuid":"a1b2c3d4-0000-4000-8000-000000000001","info":"x","date":"2026-03-01","Attribute":[],"#,
        data,
        "}}",
    );
});
