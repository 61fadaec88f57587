//! Any workflow of CACAO, whatever leads where: five bytes are a step, so that every input is a graph and none is bad JSON.
#![no_main]

use serde_json::{Map, Value, json};

/// As many steps as can be named: ways that meet, part and go round need no more.
const STEPS: u8 = 24;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut workflow = Map::new();
    workflow.insert("end".to_owned(), json!({"type": "end"}));
    for (number, bytes) in data.chunks_exact(5).take(usize::from(STEPS)).enumerate() {
        workflow.insert(number.to_string(), step(bytes));
    }
    let playbook = json!({
        "type": "playbook", "spec_version": "cacao-2.0", "id": "playbook--1", "name": "x",
        "workflow_start": "0", "workflow": workflow,
    });
    firsthour_fuzz::file(playbook.to_string().as_bytes());
});

/// A step: its kind, its name, and where it leads.
fn step(bytes: &[u8]) -> Value {
    let to = |byte: u8| match byte % (STEPS + 3) {
        0 => Value::Null,
        1 => "end".into(),
        number => (number - 2).to_string().into(),
    };
    let (one, other, next) = (to(bytes[2]), to(bytes[3]), to(bytes[4]));
    let mut step = match bytes[0] % 7 {
        0 => json!({"type": "action", "commands": [{"type": "manual", "command": "c"}]}),
        1 => json!({"type": "action", "on_success": one, "on_failure": other}),
        2 => json!({"type": "if-condition", "condition": "c", "on_true": one, "on_false": other}),
        3 => json!({"type": "while-condition", "condition": "c", "on_true": one, "on_false": other}),
        4 => json!({"type": "switch-condition", "switch": "v", "cases": {"a": one, "b": other, "": one}}),
        5 => json!({"type": "parallel", "next_steps": [one, other, one]}),
        _ => json!({"type": "start"}),
    };
    step["name"] = ["", "Contain", "x", "Recover"][usize::from(bytes[1] % 4)].into();
    step["on_completion"] = next;
    step
}
