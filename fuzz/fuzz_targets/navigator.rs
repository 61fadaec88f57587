//! What stands in a layer of the ATT&CK Navigator.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::framed(
        r#"{"name":"x","versions":{"layer":"4.5"},"domain":"enterprise-attack","techniques":[{"techniqueID":"T1059","tactic":"execution","#,
        data,
        "}]}",
    );
});
