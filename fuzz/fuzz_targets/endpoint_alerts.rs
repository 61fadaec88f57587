//! What stands in an alert of Defender for Endpoint.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r#"{"id":"da1_1","incidentId":1,"machineId":"m","alertCreationTime":"2026-03-01T08:00:00Z","evidence":[{"#,
        data,
        "]}",
    );
});
