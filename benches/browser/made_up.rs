//! Exports in the shape of Microsoft Graph's `/security/incidents?$expand=alerts`, made up to any size. Every value differs
//! from record to record as real ones do, or a compressing store would look better than it is.

use serde_json::{Value, json};

/// The incidents with these numbers, with one alert and two entities each: a notebook of many small incidents.
pub fn small(numbers: impl IntoIterator<Item = usize>) -> String {
    list(numbers.into_iter().map(|number| incident(number, 1)).collect())
}

/// About 20 MB: the file the speed of reading is measured with.
pub fn large() -> String {
    list((1..=240).map(|number| incident(number, 50)).collect())
}

fn list(incidents: Vec<Value>) -> String {
    json!({ "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#security/incidents", "value": incidents }).to_string()
}

fn incident(number: usize, alerts: usize) -> Value {
    let status = ["active", "inProgress"][number % 2];
    let severity = ["low", "medium", "high", "informational"][number % 4];
    json!({
        "id": (10_000 + number).to_string(),
        "tenantId": "b3c1b5fc-828c-45fa-a1e1-10d74f6d6e9c",
        "status": status,
        "incidentWebUrl": format!("https://security.microsoft.com/incidents/{}", 10_000 + number),
        "displayName": format!("Made-up incident {number:04} on one endpoint"),
        "createdDateTime": moment(number),
        "lastUpdateDateTime": moment(number + 7),
        "assignedTo": null,
        "classification": "unknown",
        "determination": "unknown",
        "severity": severity,
        "customTags": [format!("team-{}", number % 9)],
        "comments": [],
        "alerts": (1..=alerts).map(|alert| self::alert(number, alert, severity)).collect::<Vec<_>>(),
    })
}

fn alert(incident: usize, alert: usize, severity: &str) -> Value {
    let unique = incident * 1_000 + alert;
    json!({
        "id": format!("da{}_{}", 637_578_995_000_000_000 + unique, noise(unique, 8)),
        "providerAlertId": format!("da{unique}"),
        "incidentId": (10_000 + incident).to_string(),
        "status": "new",
        "severity": severity,
        "classification": null,
        "determination": null,
        "serviceSource": "microsoftDefenderForEndpoint",
        "detectionSource": "antivirus",
        "title": format!("Suspicious execution of a hidden file, case {unique}"),
        "description": format!("A hidden file was started on this device under an unusual parent process. Its name was {}.", noise(unique, 24)),
        "recommendedActions": "Collect artifacts and determine scope. Review the process tree and what it wrote to disk.",
        "category": "DefenseEvasion",
        "mitreTechniques": ["T1564.001"],
        "createdDateTime": moment(unique),
        "firstActivityDateTime": moment(unique),
        "lastActivityDateTime": moment(unique + 3),
        "evidence": [
            {
                "@odata.type": "#microsoft.graph.security.deviceEvidence",
                "createdDateTime": moment(unique),
                "verdict": "suspicious",
                "remediationStatus": "none",
                "mdeDeviceId": noise(incident, 40),
                "deviceDnsName": format!("host-{incident:04}.contoso.example"),
                "osPlatform": "Windows11",
                "healthStatus": "active",
                "riskScore": "high",
                "loggedOnUsers": [],
                "roles": ["compromised"],
            },
            {
                "@odata.type": "#microsoft.graph.security.fileEvidence",
                "createdDateTime": moment(unique),
                "verdict": "malicious",
                "remediationStatus": "notFound",
                "detectionStatus": "detected",
                "mdeDeviceId": noise(incident, 40),
                "fileDetails": {
                    "sha1": noise(unique, 40),
                    "sha256": noise(unique, 64),
                    "fileName": format!("{}.exe", noise(unique, 10)),
                    "filePath": format!("C:\\Users\\user{incident}\\AppData\\Local\\Temp\\{}", noise(unique, 6)),
                    "fileSize": 4_096 + unique,
                },
            },
        ],
    })
}

/// A moment of 2026 that differs from number to number.
fn moment(number: usize) -> String {
    let (day, hour, minute) = (1 + number % 28, number / 28 % 24, number / 672 % 60);
    format!("2026-0{}-{day:02}T{hour:02}:{minute:02}:{:02}.3451267Z", 1 + number % 9, number % 60)
}

/// Hexadecimal digits that look like a hash and are the same for the same number: a linear congruential generator.
fn noise(number: usize, digits: usize) -> String {
    let mut state = number as u64 ^ 0x9E37_79B9_7F4A_7C15;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_digit((state >> 60) as u32, 16).unwrap_or('0')
    };
    std::iter::repeat_with(next).take(digits).collect()
}
