//! What stands in a row of advanced hunting.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r#"{"Timestamp":"2026-03-01T08:00:00.1234567Z","ActionType":"ProcessCreated","ReportId":"1","#,
        data,
        "}",
    );
});
