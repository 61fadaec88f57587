//! What stands in the properties of a Sentinel incident.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r#"{"type":"Microsoft.SecurityInsights/Incidents","name":"n","properties":{"title":"x","#,
        data,
        "}}",
    );
});
