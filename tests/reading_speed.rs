//! How fast large files are read, against the same parser that only builds its own values. Not part of a test run:
//! `cargo test --release --test reading_speed -- --ignored --nocapture`.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss)]

use firsthour::formats::{Reading, STEP, read};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const MEGABYTE: usize = 1_000_000;

/// About so many bytes of Graph incidents, each with alerts and evidence as the service sends them.
fn graph(bytes: usize) -> String {
    let mut text = String::from("{\"value\": [");
    let mut number = 0;
    while text.len() < bytes {
        let comma = if number == 0 { "" } else { "," };
        write!(text, r##"{comma}
    {{
      "@odata.type": "#microsoft.graph.security.incident", "id": "{number}", "incidentWebUrl": "https://security.microsoft.com/incidents/{number}",
      "redirectIncidentId": null, "tenantId": "b3c1b5fc", "displayName": "Incident {number}", "createdDateTime": "2026-08-13T08:43:35.5533333Z",
      "lastUpdateDateTime": "2026-09-30T09:35:45.1133333Z", "assignedTo": null, "classification": "unknown", "determination": "unknown",
      "status": "active", "severity": "medium", "customTags": [], "comments": [], "alerts": ["##).unwrap();
        for alert in 0..8 {
            let comma = if alert == 0 { "" } else { "," };
            write!(text, r##"{comma}
        {{
          "@odata.type": "#microsoft.graph.security.alert", "id": "da{number}_{alert}", "providerAlertId": "da{number}_{alert}", "incidentId": "{number}",
          "status": "new", "severity": "low", "classification": "unknown", "determination": "unknown", "serviceSource": "microsoftDefenderForEndpoint",
          "detectionSource": "antivirus", "detectorId": "e0da400f-affd-43ef-b1d5-afc2eb6f2756", "tenantId": "b3c1b5fc",
          "title": "Suspicious execution of hidden file", "description": "A hidden file has been launched. This activity could indicate a compromised host.",
          "recommendedActions": "Collect artifacts\n\tReview the machine timeline\n\tSubmit relevant files", "category": "DefenseEvasion",
          "assignedTo": null, "alertWebUrl": "https://security.microsoft.com/alerts/da{number}_{alert}", "actorDisplayName": null, "threatFamilyName": null,
          "mitreTechniques": ["T1564.001"], "createdDateTime": "2026-04-27T12:19:27.7211305Z", "lastUpdateDateTime": "2026-05-02T14:19:01.3266667Z",
          "resolvedDateTime": null, "firstActivityDateTime": "2026-04-26T07:45:50.116Z", "lastActivityDateTime": "2026-05-02T07:56:58.222Z", "comments": [],
          "evidence": [
            {{ "@odata.type": "#microsoft.graph.security.deviceEvidence", "createdDateTime": "2026-04-27T12:19:27.7211305Z", "verdict": "unknown",
              "remediationStatus": "none", "remediationStatusDetails": null, "firstSeenDateTime": "2026-03-12T07:28:32.4321753Z",
              "mdeDeviceId": "73e7e2de709dff64ef64b1d0c30e67fab6327{number}", "azureAdDeviceId": null, "deviceDnsName": "pc{number}.contoso.com",
              "osPlatform": "Windows11", "osBuild": 22424, "version": "Other", "healthStatus": "active", "riskScore": "medium", "rbacGroupId": 75,
              "rbacGroupName": "UnassignedGroup", "onboardingStatus": "onboarded", "defenderAvStatus": "unknown", "loggedOnUsers": [], "roles": ["compromised"], "tags": ["Test"] }},
            {{ "@odata.type": "#microsoft.graph.security.fileEvidence", "createdDateTime": "2026-04-27T12:19:27.7211305Z", "verdict": "suspicious",
              "remediationStatus": "none", "detectionStatus": "detected", "mdeDeviceId": "73e7e2de709dff64ef64b1d0c30e67fab6327{number}", "roles": [], "tags": [],
              "fileDetails": {{ "sha1": "5f1e8acedc065031aad553b710838eb366c{number}", "sha256": "8963a19fb992ad9a76576c5638fd68292cffb9aaac29eb8285f9abf6196a{alert}",
                "fileName": "MsSense.exe", "filePath": "C:\\Program Files\\temp", "fileSize": 6136392, "filePublisher": "Contoso", "signer": null, "issuer": null }} }},
            {{ "@odata.type": "#microsoft.graph.security.processEvidence", "createdDateTime": "2026-04-27T12:19:27.7211305Z", "verdict": "unknown",
              "remediationStatus": "none", "processId": {alert}780, "parentProcessId": 668, "processCommandLine": "\"MsSense.exe\" -k",
              "processCreationDateTime": "2026-08-12T12:43:19.0772577Z", "detectionStatus": "detected", "mdeDeviceId": "73e7e2de709dff64ef64b1d0c30e67fab6327{number}",
              "roles": [], "tags": [], "imageFile": {{ "sha1": "5f1e8acedc065031aad553b710838eb366cfee9a", "sha256": null, "fileName": "MsSense.exe", "filePath": "C:\\Program Files\\temp" }},
              "userAccount": {{ "accountName": "SYSTEM", "domainName": "NT AUTHORITY", "userSid": "S-1-5-18", "azureAdUserId": null, "userPrincipalName": null }} }},
            {{ "@odata.type": "#microsoft.graph.security.userEvidence", "createdDateTime": "2026-04-27T12:19:27.7211305Z", "verdict": "unknown", "remediationStatus": "none",
              "roles": ["attacked"], "tags": [], "userAccount": {{ "accountName": "user{alert}", "domainName": "CONTOSO", "userSid": "S-1-5-21-1-2-3-{number}{alert}",
                "azureAdUserId": null, "userPrincipalName": "user{alert}@contoso.com" }} }}
          ]
        }}"##).unwrap();
        }
        text.push_str("]}");
        number += 1;
    }
    text.push_str("]}");
    text
}

/// About so many bytes of Defender incidents: flat entities, most of whose fields are null.
fn m365d(bytes: usize) -> String {
    let mut text = String::from("{\"value\": [");
    let mut number = 0;
    while text.len() < bytes {
        let comma = if number == 0 { "" } else { "," };
        write!(text, r#"{comma}
    {{ "incidentId": {number}, "redirectIncidentId": null, "incidentName": "Incident {number}", "createdTime": "2026-09-06T14:46:57.0733333Z",
      "lastUpdateTime": "2026-09-06T14:46:57.29Z", "assignedTo": null, "classification": "Unknown", "determination": "NotAvailable", "status": "Active",
      "severity": "Medium", "tags": [], "comments": [], "alerts": [
        {{ "alertId": "ca{number}", "incidentId": {number}, "serviceSource": "MicrosoftCloudAppSecurity", "creationTime": "2026-09-06T14:46:55.7182276Z",
          "lastUpdatedTime": "2026-09-06T14:46:57.2433333Z", "resolvedTime": null, "firstActivity": "2026-09-04T05:22:59Z", "lastActivity": "2026-09-04T05:22:59Z",
          "title": "Ransomware activity", "description": "The user manipulated 99 files.", "category": "Impact", "status": "New", "severity": "Medium",
          "investigationId": null, "investigationState": "UnsupportedAlertType", "classification": null, "determination": null, "detectionSource": "MCAS",
          "assignedTo": null, "actorName": null, "threatFamilyName": null, "mitreTechniques": [], "devices": [], "entities": ["#).unwrap();
        for entity in 0..12 {
            let comma = if entity == 0 { "" } else { "," };
            let upn = if entity == 0 { format!("\"user{number}@contoso.com\"") } else { "null".to_owned() };
            let ip = if entity == 0 { "null".to_owned() } else { format!("\"192.0.2.{entity}\"") };
            let kind = if entity == 0 { "User" } else { "Ip" };
            write!(text, r#"{comma}
            {{ "entityType": "{kind}", "sha1": null, "sha256": null, "fileName": null, "filePath": null, "processId": null, "processCommandLine": null,
              "processCreationTime": null, "parentProcessId": null, "parentProcessCreationTime": null, "ipAddress": {ip}, "url": null, "accountName": null,
              "domainName": null, "userSid": null, "aadUserId": null, "userPrincipalName": {upn}, "mailboxDisplayName": null, "mailboxAddress": null,
              "clusterBy": null, "sender": null, "recipient": null, "subject": null, "deliveryAction": null, "securityGroupId": null, "securityGroupName": null,
              "registryHive": null, "registryKey": null, "registryValueType": null, "registryValue": null, "deviceId": null }}"#).unwrap();
        }
        text.push_str("]}]}");
        number += 1;
    }
    text.push_str("]}");
    text
}

fn best(times: usize, mut run: impl FnMut()) -> Duration {
    (0..times)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap()
}

#[test]
#[ignore = "a measurement, not a test"]
fn twenty_megabytes_are_read_fast_and_in_short_steps() {
    for (name, text) in [("Graph", graph(20 * MEGABYTE)), ("Defender", m365d(20 * MEGABYTE))] {
        let megabytes = text.len() as f64 / MEGABYTE as f64;
        let speed = |time: Duration| megabytes / time.as_secs_f64();
        let values = best(3, || drop(serde_json::from_str::<serde_json::Value>(&text).unwrap()));
        let ours = best(3, || drop(read(text.as_str()).unwrap()));
        let mut longest = Duration::ZERO;
        let mut reading = Reading::new(text.as_str());
        loop {
            let start = Instant::now();
            let progress = reading.step(STEP);
            longest = longest.max(start.elapsed());
            if progress.is_complete() {
                break;
            }
        }
        println!(
            "{name}: {megabytes:.1} MB; read {:.0} MB/s, serde_json::Value alone {:.0} MB/s; longest step {:.1} ms",
            speed(ours),
            speed(values),
            longest.as_secs_f64() * 1000.0
        );
        assert!(longest < Duration::from_millis(100));
    }
}
