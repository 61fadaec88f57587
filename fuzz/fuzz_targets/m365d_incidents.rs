//! What stands in an incident of Microsoft 365 Defender.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r#"{"incidentId":1,"incidentName":"x","alerts":[{"alertId":"a","title":"x","#,
        data,
        "}]}",
    );
});
