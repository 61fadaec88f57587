//! The pattern of a STIX indicator.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let pattern = serde_json::Value::from(String::from_utf8_lossy(data)).to_string();
    firsthour_fuzz::framed(
        r#"{"type":"bundle","id":"bundle--a1b2c3d4-0000-4000-8000-000000000001","objects":[{"type":"indicator","spec_version":"2.1","id":"indicator--a1b2c3d4-0000-4000-8000-000000000002","created":"2026-03-01T08:00:00Z","pattern_type":"stix","pattern":"#,
        pattern.as_bytes(),
        "}]}",
    );
});
