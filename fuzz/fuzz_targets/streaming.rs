//! What stands in a record of the streaming export.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r#"{"records":[{"time":"2026-03-01T08:00:00Z","category":"AdvancedHunting-AlertEvidence","properties":{"AlertId":"da1","Timestamp":"2026-03-01T08:00:00Z","#,
        data,
        "}}]}",
    );
});
