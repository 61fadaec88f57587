//! What stands in the properties of a Sentinel incident's alert, entity, task or comment: the first byte says which.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [kind, rest @ ..] = data else { return };
    let head = match kind % 4 {
        0 => {
            r#"{"kind":"SecurityAlert","type":"Microsoft.SecurityInsights/Entities","name":"n","properties":{"systemAlertId":"a","alertDisplayName":"x","#
        }
        1 => {
            r#"{"kind":"Process","type":"Microsoft.SecurityInsights/Entities","name":"n","properties":{"friendlyName":"x","#
        }
        2 => {
            r#"{"type":"Microsoft.SecurityInsights/Incidents/tasks","id":"/incidents/i/tasks/t","name":"t","properties":{"title":"x","#
        }
        _ => {
            r#"{"type":"Microsoft.SecurityInsights/Incidents/Comments","id":"/incidents/i/Comments/c","name":"c","properties":{"message":"x","#
        }
    };
    firsthour_fuzz::framed(head, rest, "}}");
});
