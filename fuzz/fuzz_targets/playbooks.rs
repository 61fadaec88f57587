//! What stands in a playbook of another tool: the first byte says which tool's.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [tool, rest @ ..] = data else { return };
    let (head, tail) = match tool % 5 {
        0 => {
            (r#"{"name":"x","displayName":"X","titlePrefix":"","tasks":[{"title":"a","description":"#, "}]}")
        }
        1 => (
            r#"{"name":"x","title_prefix":"x","note_directories":[],"tasks":[{"title":"a","description":"#,
            "}]}",
        ),
        2 => (
            r#"{"type":"playbook","spec_version":"cacao-2.0","id":"playbook--1","name":"x","workflow_start":"s","workflow":{"s":{"type":"start","on_completion":"a"},"e":{"type":"end"},"#,
            "}}",
        ),
        3 => (r#"{"dataset_id":"x","spec_version":"2.0.0","title":"x","tech_to_items":{"#, "}}"),
        _ => ("# Stolen laptop\n- [ ] Wipe it\n", "\n"),
    };
    firsthour_fuzz::framed(head, rest, tail);
});
