//! An event of a Timesketch timeline as JSON, after its message.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r#"{"message":"x","timestamp_desc":"y","datetime":"2026-03-01T08:00:00.000001","#,
        data,
        "}\n",
    );
});
