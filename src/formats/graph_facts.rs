//! The Graph API's evidence types, mapped field by field (names from the Microsoft Graph SDK of 2026-04).
//!
//! What a mapping does not take stays in the record and is kept as the entity's extra fields.

use crate::formats::json::{Fields, Json};
use crate::model::entity::{
    Application, CloudResource, Device, Domain, Facts, File, Ip, MailCluster, MailMessage, Mailbox, Process,
    RegistryKey, RegistryValue, SecurityGroup, Url, User,
};

/// The facts of a piece of evidence of this type; none for a type without fields of its own in the model.
pub fn read(type_name: &str, record: &mut Fields<'_>) -> Option<Facts> {
    Some(match type_name.to_ascii_lowercase().as_str() {
        "deviceevidence" => Facts::Device(device(record)),
        "userevidence" => Facts::User(record.within("userAccount", user)),
        "mailboxevidence" => Facts::Mailbox(mailbox(record)),
        "analyzedmessageevidence" => Facts::MailMessage(message(record)),
        "mailclusterevidence" => Facts::MailCluster(mail_cluster(record)),
        "fileevidence" => Facts::File(file(record)),
        "filehashevidence" => Facts::File(file_hash(record)),
        "processevidence" => Facts::Process(process(record)),
        "ipevidence" => Facts::Ip(ip(record)),
        "urlevidence" => Facts::Url(Url { url: record.text("url") }),
        "dnsevidence" => Facts::Domain(dns(record)),
        "activedirectorydomainevidence" => {
            Facts::Domain(Domain { name: record.text("activeDirectoryDomainName"), ip_addresses: Vec::new() })
        }
        "oauthapplicationevidence" => Facts::Application(oauth_application(record)),
        "cloudapplicationevidence" => Facts::Application(cloud_application(record)),
        "serviceprincipalevidence" => Facts::Application(service_principal(record)),
        "registrykeyevidence" => Facts::RegistryKey(RegistryKey {
            hive: record.text("registryHive"),
            key: record.text("registryKey"),
            mde_device_id: record.text("mdeDeviceId"),
        }),
        "registryvalueevidence" => Facts::RegistryValue(registry_value(record)),
        "azureresourceevidence" => Facts::CloudResource(cloud_resource(record, "resourceId", "Azure")),
        "amazonresourceevidence" => Facts::CloudResource(cloud_resource(record, "amazonResourceId", "AWS")),
        "googlecloudresourceevidence" => {
            Facts::CloudResource(cloud_resource(record, "fullResourceName", "GCP"))
        }
        "securitygroupevidence" => Facts::SecurityGroup(security_group(record)),
        _ => return None,
    })
}

fn device(record: &mut Fields<'_>) -> Device {
    Device {
        host_name: record.text("hostName"),
        dns_name: record.text("deviceDnsName"),
        nt_domain: record.text("ntDomain"),
        dns_domain: record.text("dnsDomain"),
        mde_device_id: record.text("mdeDeviceId"),
        entra_device_id: record.text("azureAdDeviceId"),
        os_platform: record.text("osPlatform"),
        os_version: record.text("version"),
        os_build: record.text("osBuild"),
        health_status: record.text("healthStatus"),
        risk_score: record.text("riskScore"),
        onboarding_status: record.text("onboardingStatus"),
        av_status: record.text("defenderAvStatus"),
        device_group: record.text("rbacGroupName"),
        first_seen: record.moment("firstSeenDateTime"),
        last_ip: record.text("lastIpAddress"),
        last_external_ip: record.text("lastExternalIpAddress"),
        vm_resource_id: record.within("vmMetadata", |vm| vm.text("resourceId")),
        ip_addresses: record.texts("ipInterfaces"),
        logged_on_users: logged_on_users(record),
    }
}

/// Who was signed in, as `DOMAIN\account`; accepts plain texts too.
pub fn logged_on_users(record: &mut Fields<'_>) -> Vec<String> {
    let mut users = record.texts("loggedOnUsers");
    for (_, mut account) in record.objects("loggedOnUsers") {
        users.extend(account_name(&mut account));
    }
    users
}

/// An account as one text: sign-in name, else domain and account.
pub fn account_name(account: &mut Fields<'_>) -> Option<String> {
    if let Some(name) = account.text("userPrincipalName") {
        return Some(name);
    }
    let name = account.text("accountName");
    match (account.text("domainName"), name) {
        (Some(domain), Some(name)) => Some(format!("{domain}\\{name}")),
        (domain, name) => name.or(domain),
    }
}

/// The fields of a `userAccount`.
fn user(account: &mut Fields<'_>) -> User {
    User {
        account_name: account.text("accountName"),
        domain_name: account.text("domainName"),
        user_principal_name: account.text("userPrincipalName"),
        display_name: account.text("displayName"),
        sid: account.text("userSid"),
        entra_user_id: account.text("azureAdUserId"),
        ad_object_guid: account.text("activeDirectoryObjectGuid"),
    }
}

fn mailbox(record: &mut Fields<'_>) -> Mailbox {
    Mailbox {
        primary_address: record.text("primaryAddress"),
        display_name: record.text("displayName"),
        user_principal_name: record
            .text("upn")
            .or_else(|| record.within("userAccount", |account| account.text("userPrincipalName"))),
        entra_user_id: record.within("userAccount", |account| account.text("azureAdUserId")),
    }
}

/// A sender: an object with an address, or just the address.
fn sender(record: &mut Fields<'_>, name: &str) -> Option<String> {
    record.text(name).or_else(|| record.within(name, |sender| sender.text("emailAddress")))
}

fn message(record: &mut Fields<'_>) -> MailMessage {
    MailMessage {
        subject: record.text("subject"),
        sender: sender(record, "p2Sender"),
        envelope_sender: sender(record, "p1Sender"),
        sender_ip: record.text("senderIp"),
        recipient: record.text("recipientEmailAddress"),
        received: record.moment("receivedDateTime"),
        network_message_id: record.text("networkMessageId"),
        internet_message_id: record.text("internetMessageId"),
        delivery_action: record.text("deliveryAction"),
        delivery_location: record.text("deliveryLocation"),
        direction: record.text("antiSpamDirection"),
        language: record.text("language"),
        attachment_count: record.text("attachmentsCount"),
        threats: record.texts("threats"),
        urls: record.texts("urls"),
    }
}

fn mail_cluster(record: &mut Fields<'_>) -> MailCluster {
    MailCluster {
        cluster_by: record.text("clusterBy"),
        cluster_value: record.text("clusterByValue"),
        query: record.text("query"),
        mail_count: record.text("emailCount"),
        urn: record.text("urn"),
        network_message_ids: record.texts("networkMessageIds"),
    }
}

fn file(record: &mut Fields<'_>) -> File {
    let mut file = record.within("fileDetails", |details| File {
        file_name: details.text("fileName"),
        folder: details.text("filePath"),
        sha256: details.text("sha256"),
        sha1: details.text("sha1"),
        md5: details.text("md5"),
        size: details.text("fileSize"),
        publisher: details.text("filePublisher"),
        signer: details.text("signer"),
        issuer: details.text("issuer"),
        ..File::default()
    });
    file.detection_status = record.text("detectionStatus");
    file.mde_device_id = record.text("mdeDeviceId");
    file
}

/// A hash by itself. An algorithm that the model has no field for leaves both fields in the record.
fn file_hash(record: &mut Fields<'_>) -> File {
    let mut file = File::default();
    let place = match record.peek("algorithm").map(str::to_ascii_lowercase).as_deref() {
        Some("md5") => &mut file.md5,
        Some("sha1") => &mut file.sha1,
        Some("sha256") => &mut file.sha256,
        None | Some("unknown") => match record.peek("value").map(str::len) {
            Some(32) => &mut file.md5,
            Some(40) => &mut file.sha1,
            Some(64) => &mut file.sha256,
            _ => return file,
        },
        Some(_) => return file,
    };
    *place = record.text("value");
    record.take("algorithm");
    file
}

fn process(record: &mut Fields<'_>) -> Process {
    let mut process = record.within("imageFile", |image| Process {
        image_name: image.text("fileName"),
        image_folder: image.text("filePath"),
        image_sha256: image.text("sha256"),
        image_sha1: image.text("sha1"),
        ..Process::default()
    });
    process.process_id = record.text("processId");
    process.command_line = record.text("processCommandLine");
    process.created = record.moment("processCreationDateTime");
    process.parent_process_id = record.text("parentProcessId");
    process.parent_created = record.moment("parentProcessCreationDateTime");
    process.parent_image_name = record.within("parentProcessImageFile", |image| image.text("fileName"));
    process.user = record.within("userAccount", account_name);
    process.detection_status = record.text("detectionStatus");
    process.mde_device_id = record.text("mdeDeviceId");
    process
}

fn ip(record: &mut Fields<'_>) -> Ip {
    let (country, city) = record.within("location", |place| (place.text("countryName"), place.text("city")));
    Ip {
        address: record.text("ipAddress"),
        country: country.or_else(|| record.text("countryLetterCode")),
        city,
    }
}

fn dns(record: &mut Fields<'_>) -> Domain {
    let name = record.text("domainName");
    let mut ip_addresses = record.texts("ipAddresses");
    for (_, mut address) in record.objects("ipAddresses") {
        ip_addresses.extend(address.text("ipAddress"));
    }
    Domain { name, ip_addresses }
}

fn oauth_application(record: &mut Fields<'_>) -> Application {
    Application {
        display_name: record.text("displayName"),
        app_id: record.text("appId"),
        object_id: record.text("objectId"),
        publisher: record.text("publisher"),
        app_type: Some("oauth".to_owned()),
        ..Application::default()
    }
}

/// `appId` is a number here and often zero, which names no application; `saasAppId` then does.
fn cloud_application(record: &mut Fields<'_>) -> Application {
    if matches!(record.get("appId"), Some(Json::Number(number)) if number.as_i64() == Some(0)) {
        record.take("appId");
    }
    Application {
        display_name: record.text("displayName"),
        app_id: record.text_of(&["appId", "saasAppId"]),
        instance_name: record.text("instanceName"),
        app_type: Some("cloud".to_owned()),
        ..Application::default()
    }
}

fn service_principal(record: &mut Fields<'_>) -> Application {
    Application {
        display_name: record.text("servicePrincipalName"),
        app_id: record.text("appId"),
        object_id: record.text("servicePrincipalObjectId"),
        owner_tenant_id: record.text("appOwnerTenantId"),
        app_type: Some("service-principal".to_owned()),
        ..Application::default()
    }
}

fn registry_value(record: &mut Fields<'_>) -> RegistryValue {
    RegistryValue {
        hive: record.text("registryHive"),
        key: record.text("registryKey"),
        value_name: record.text("registryValueName"),
        value: record.text("registryValue"),
        value_type: record.text("registryValueType"),
        mde_device_id: record.text("mdeDeviceId"),
    }
}

fn cloud_resource(record: &mut Fields<'_>, id: &str, platform: &str) -> CloudResource {
    CloudResource {
        name: record.text("resourceName"),
        resource_id: record.text(id),
        resource_type: record.text("resourceType"),
        platform: Some(platform.to_owned()),
    }
}

fn security_group(record: &mut Fields<'_>) -> SecurityGroup {
    SecurityGroup {
        display_name: record.text_of(&["displayName", "friendlyName"]),
        group_id: record.text("securityGroupId"),
        sid: record.text("sid"),
        distinguished_name: record.text("distinguishedName"),
        ad_object_guid: record.text("activeDirectoryObjectGuid"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityKind;

    fn read_as(type_name: &str, json: &str) -> (Facts, String) {
        let Ok(Json::Object(mut record)) = serde_json::from_str(json) else { panic!("{json}") };
        let facts = read(type_name, &mut record).unwrap();
        (facts, serde_json::to_string(&record.into_extra()).unwrap())
    }

    #[test]
    fn an_application_id_is_read_whether_number_or_text() {
        for (type_name, json, id) in [
            ("cloudApplicationEvidence", r#"{"appId": 11161, "displayName": "Box"}"#, "11161"),
            ("cloudApplicationEvidence", r#"{"appId": 0, "saasAppId": 20595}"#, "20595"),
            ("oauthApplicationEvidence", r#"{"appId": "a-1"}"#, "a-1"),
            ("servicePrincipalEvidence", r#"{"appId": "b-2"}"#, "b-2"),
        ] {
            let (Facts::Application(app), extra) = read_as(type_name, json) else { panic!("{type_name}") };
            assert_eq!((app.app_id.as_deref(), extra.as_str()), (Some(id), "{}"));
        }
    }

    #[test]
    fn a_sender_is_read_whether_object_or_text() {
        let (facts, extra) = read_as(
            "analyzedMessageEvidence",
            r#"{"p1Sender": "a@x.example", "p2Sender": {"emailAddress": "b@x.example", "displayName": "B"}}"#,
        );
        let Facts::MailMessage(mail) = facts else { panic!() };
        assert_eq!(
            (mail.envelope_sender.as_deref(), mail.sender.as_deref()),
            (Some("a@x.example"), Some("b@x.example"))
        );
        assert_eq!(extra, r#"{"p2Sender":{"displayName":"B"}}"#);
    }

    #[test]
    fn a_hash_goes_where_its_algorithm_says_or_its_length() {
        let (Facts::File(file), _) = read_as("fileHashEvidence", r#"{"algorithm": "SHA1", "value": "ab"}"#)
        else {
            panic!()
        };
        assert_eq!(file.sha1.as_deref(), Some("ab"));
        let md5 = "d41d8cd98f00b204e9800998ecf8427e";
        let (Facts::File(file), _) = read_as("fileHashEvidence", &format!(r#"{{"value": "{md5}"}}"#)) else {
            panic!()
        };
        assert_eq!(file.md5.as_deref(), Some(md5));
        let (facts, extra) = read_as("fileHashEvidence", r#"{"algorithm": "sha256ac", "value": "cd"}"#);
        assert!(facts.fields().is_empty());
        assert_eq!(extra, r#"{"algorithm":"sha256ac","value":"cd"}"#);
    }

    #[test]
    fn every_type_with_a_kind_is_read_in_any_case_and_others_are_not() {
        for (type_name, kind) in [
            ("deviceEvidence", EntityKind::Device),
            ("UserEvidence", EntityKind::User),
            ("mailboxEvidence", EntityKind::Mailbox),
            ("analyzedMessageEvidence", EntityKind::MailMessage),
            ("mailClusterEvidence", EntityKind::MailCluster),
            ("fileEvidence", EntityKind::File),
            ("fileHashEvidence", EntityKind::File),
            ("processEvidence", EntityKind::Process),
            ("ipEvidence", EntityKind::Ip),
            ("urlEvidence", EntityKind::Url),
            ("dnsEvidence", EntityKind::Domain),
            ("activeDirectoryDomainEvidence", EntityKind::Domain),
            ("oauthApplicationEvidence", EntityKind::Application),
            ("cloudApplicationEvidence", EntityKind::Application),
            ("servicePrincipalEvidence", EntityKind::Application),
            ("registryKeyEvidence", EntityKind::RegistryKey),
            ("registryValueEvidence", EntityKind::RegistryValue),
            ("azureResourceEvidence", EntityKind::CloudResource),
            ("amazonResourceEvidence", EntityKind::CloudResource),
            ("googleCloudResourceEvidence", EntityKind::CloudResource),
            ("securityGroupEvidence", EntityKind::SecurityGroup),
        ] {
            assert_eq!(read_as(type_name, "{}").0.kind(), kind, "{type_name}");
        }
        assert_eq!(read("kubernetesPodEvidence", &mut Fields::default()), None);
    }
}
