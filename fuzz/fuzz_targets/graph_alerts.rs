//! What stands in an alert of Microsoft Graph.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r##"{"@odata.type":"#microsoft.graph.security.alert","id":"1","title":"x","##,
        data,
        "}",
    );
});
