//! Rows of a Timesketch timeline as CSV.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        "message,timestamp,datetime,timestamp_desc,data_type,hostname,username,source_ip,tag\n",
        data,
        "\n",
    );
});
