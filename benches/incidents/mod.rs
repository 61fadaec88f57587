//! Made-up incidents for measuring what a full notebook takes: ten entities and two or three alerts each, as an export of
//! Microsoft Graph (`/security/incidents?$expand=alerts`) has them. The same seed makes the same file on every machine.
//!
//! Whatever is random in life is random here, or a compressing store would look better than it is: every hash, GUID, security
//! identifier, address, name and moment differs. Texts that products repeat are repeated.

use serde_json::{Value, json};
use std::collections::BTreeSet;

mod catalog;
mod evidence;
mod random;
pub mod work;

use catalog::{Attack, KINDS, Kind};
use evidence::Scene;
pub use random::Random;

/// How many entities each incident has.
pub const ENTITIES: usize = 10;

const DAY: usize = 86_400;

/// An export with these incidents, by number.
pub fn export(numbers: impl IntoIterator<Item = usize>) -> String {
    let incidents: Vec<Value> = numbers.into_iter().map(incident).collect();
    json!({ "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#security/incidents", "value": incidents })
        .to_string()
}

/// The incident with this number.
fn incident(number: usize) -> Value {
    // The organisation is the same for all of them.
    let tenant = Random(0xF1).guid();
    let mut random = Random(0x5EED ^ (number as u64) << 20);
    let attack = [Attack::Endpoint, Attack::Endpoint, Attack::Mail, Attack::Identity][random.below(4)];
    let begun = number * 2_900 % (330 * DAY) + random.below(2_900);
    let kinds: Vec<&Kind> = KINDS.iter().filter(|kind| kind.attack == attack).collect();
    let mut chosen = BTreeSet::new();
    while chosen.len() < 2 + usize::from(number.is_multiple_of(20)) {
        chosen.insert(random.below(kinds.len()));
    }
    let scene = Scene::new(&mut random, attack, begun);
    let severity = random.pick(&["low", "medium", "medium", "high", "informational"]);
    let id = (48_000 + number).to_string();
    let link = format!("https://security.microsoft.com/incidents/{id}?tid={tenant}");
    let alerts: Vec<Value> = chosen
        .iter()
        .enumerate()
        .map(|(place, kind)| {
            alert(&mut random, &scene, kinds[*kind], (place, chosen.len()), severity, [&id, &link, &tenant])
        })
        .collect();
    let first = kinds[*chosen.first().unwrap_or(&0)];
    let name = match attack {
        Attack::Endpoint if chosen.len() > 2 => format!(
            "Multi-stage incident involving {} & {} on one endpoint",
            first.category,
            kinds[*chosen.last().unwrap_or(&0)].category
        ),
        Attack::Endpoint => format!("{} on one endpoint", first.title),
        Attack::Mail => format!("{} involving multiple users", first.title),
        Attack::Identity => format!("{} involving one user", first.title),
    };
    json!({
        "@odata.type": "#microsoft.graph.security.incident",
        "id": id,
        "incidentWebUrl": link,
        "redirectIncidentId": null,
        "tenantId": tenant,
        "displayName": name,
        "createdDateTime": random.rounded_moment(begun + 400),
        "lastUpdateDateTime": random.rounded_moment(begun + 4_000),
        "assignedTo": null,
        "classification": "unknown",
        "determination": "unknown",
        "status": "active",
        "severity": severity,
        "customTags": if random.percent(30) { vec![random.pick(&["finance", "vip", "hq", "plant 2"])] } else { vec![] },
        "systemTags": [],
        "comments": [],
        "alerts": alerts,
    })
}

fn alert(
    random: &mut Random,
    scene: &Scene,
    kind: &Kind,
    (place, of): (usize, usize),
    severity: &str,
    [incident, incident_link, tenant]: [&String; 3],
) -> Value {
    let begun = scene.begun + place * 700 + random.below(600);
    let prefix = match scene.attack {
        Attack::Endpoint => "da",
        Attack::Mail => "fa",
        Attack::Identity => "ad",
    };
    let id = if scene.attack == Attack::Endpoint {
        format!("{prefix}63{}_-{}", random.digits(16), random.digits(9))
    } else {
        format!("{prefix}{}", random.guid())
    };
    let created = random.moment(begun + 240);
    json!({
        "@odata.type": "#microsoft.graph.security.alert",
        "id": id,
        "providerAlertId": id,
        "incidentId": incident,
        "status": "new",
        "severity": if place == 0 { severity } else { random.pick(&["low", "medium", "high"]) },
        "classification": "unknown",
        "determination": "unknown",
        "serviceSource": kind.service,
        "detectionSource": kind.sensor,
        "tenantId": tenant,
        "title": kind.title,
        "description": kind.description,
        "recommendedActions": if place == 0 { kind.advice } else { "" },
        "category": kind.category,
        "assignedTo": null,
        "alertWebUrl": format!("https://security.microsoft.com/alerts/{id}?tid={tenant}"),
        "incidentWebUrl": incident_link,
        "actorDisplayName": null,
        "threatDisplayName": null,
        "threatFamilyName": null,
        "mitreTechniques": kind.techniques,
        "createdDateTime": created,
        "lastUpdateDateTime": random.rounded_moment(begun + 2_000),
        "resolvedDateTime": null,
        "firstActivityDateTime": random.sensed_moment(begun),
        "lastActivityDateTime": random.sensed_moment(begun + 180),
        "comments": [],
        "evidence": scene.of_alert(place, of, &created),
    })
}
