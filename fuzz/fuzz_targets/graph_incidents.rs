//! What stands in an incident of Microsoft Graph.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r##"{"@odata.type":"#microsoft.graph.security.incident","id":"1","displayName":"x","alerts":[{"id":"a","title":"x","##,
        data,
        "}]}",
    );
});
