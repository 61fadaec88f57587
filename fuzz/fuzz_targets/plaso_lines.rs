//! An event of Plaso's `json_line`, after its type.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r#"{"__container_type__":"event","__type__":"AttributeContainer","data_type":"fs:stat","message":"x","timestamp_desc":"y","#,
        data,
        "}\n",
    );
});
