//! The Microsoft 365 Defender API's entities, mapped field by field.
//!
//! Every entity is one flat object of 31 fields, most of them null. Devices stand beside the entities in a list of
//! their own; their documented `DeviceId` is `mdatpDeviceId` in what the service sends.

use crate::formats::graph_facts::{account_name, logged_on_users};
use crate::formats::json::Fields;
use crate::model::entity::{
    Application, Device, Facts, File, Ip, MailCluster, MailMessage, Mailbox, Process, RegistryKey,
    RegistryValue, SecurityGroup, Url, User,
};

/// The facts of an entity of this type; none for a type without fields of its own in the model.
pub fn read(entity_type: &str, record: &mut Fields<'_>) -> Option<Facts> {
    Some(match entity_type.to_ascii_lowercase().as_str() {
        "user" | "account" => Facts::User(user(record)),
        "ip" => Facts::Ip(Ip { address: record.text("ipAddress"), ..Ip::default() }),
        "url" => Facts::Url(Url { url: record.text("url") }),
        "file" => Facts::File(file(record)),
        "process" => Facts::Process(process(record)),
        "mailbox" => Facts::Mailbox(Mailbox {
            primary_address: record.text("mailboxAddress"),
            display_name: record.text("mailboxDisplayName"),
            user_principal_name: record.text("userPrincipalName"),
            entra_user_id: record.text("aadUserId"),
        }),
        "mailmessage" => Facts::MailMessage(message(record)),
        "mailcluster" => Facts::MailCluster(MailCluster {
            cluster_by: record.text("clusterBy"),
            cluster_value: record.text("clusterByValue"),
            query: record.text("query"),
            mail_count: record.text_of(&["emailCount", "mailCount"]),
            urn: record.text("urn"),
            network_message_ids: record.texts("networkMessageIds"),
        }),
        "registry" | "registrykey" | "registryvalue" => registry(record),
        "securitygroup" => Facts::SecurityGroup(SecurityGroup {
            display_name: record.text("securityGroupName"),
            group_id: record.text("securityGroupId"),
            ..SecurityGroup::default()
        }),
        "cloudapplication" => Facts::Application(Application {
            display_name: record.text_of(&["displayName", "applicationName", "name"]),
            app_id: record.text_of(&["appId", "applicationId", "saasAppId"]),
            instance_name: record.text("instanceName"),
            app_type: Some("cloud".to_owned()),
            ..Application::default()
        }),
        "machine" | "device" | "host" => Facts::Device(device(record)),
        _ => return None,
    })
}

/// The facts of an element of `devices`.
pub fn device(record: &mut Fields<'_>) -> Device {
    Device {
        host_name: record.text("hostName"),
        dns_name: record.text_of(&["deviceDnsName", "deviceName"]),
        mde_device_id: record.text_of(&["mdatpDeviceId", "DeviceId", "deviceId", "mdeDeviceId"]),
        entra_device_id: record.text("aadDeviceId"),
        os_platform: record.text("osPlatform"),
        os_version: record.text("version"),
        os_build: record.text("osBuild"),
        health_status: record.text("healthStatus"),
        risk_score: record.text("riskScore"),
        onboarding_status: record.text("onboardingStatus"),
        av_status: record.text("defenderAvStatus"),
        device_group: record.text("rbacGroupName"),
        first_seen: record.moment("firstSeen"),
        vm_resource_id: record.within("vmMetadata", |vm| vm.text("resourceId")),
        logged_on_users: logged_on_users(record),
        ..Device::default()
    }
}

fn user(record: &mut Fields<'_>) -> User {
    User {
        account_name: record.text("accountName"),
        domain_name: record.text("domainName"),
        user_principal_name: record.text("userPrincipalName"),
        display_name: record.text("displayName"),
        sid: record.text("userSid"),
        entra_user_id: record.text("aadUserId"),
        ad_object_guid: None,
    }
}

fn file(record: &mut Fields<'_>) -> File {
    File {
        file_name: record.text("fileName"),
        folder: record.text("filePath"),
        sha256: record.text("sha256"),
        sha1: record.text("sha1"),
        md5: record.text("md5"),
        detection_status: record.text("detectionStatus"),
        mde_device_id: record.text("deviceId"),
        ..File::default()
    }
}

fn process(record: &mut Fields<'_>) -> Process {
    Process {
        process_id: record.text("processId"),
        command_line: record.text("processCommandLine"),
        created: record.moment("processCreationTime"),
        image_name: record.text("fileName"),
        image_folder: record.text("filePath"),
        image_sha256: record.text("sha256"),
        image_sha1: record.text("sha1"),
        parent_process_id: record.text("parentProcessId"),
        parent_created: record.moment("parentProcessCreationTime"),
        parent_image_name: record.text("parentProcessFileName"),
        user: account_name(record),
        detection_status: record.text("detectionStatus"),
        mde_device_id: record.text("deviceId"),
    }
}

fn message(record: &mut Fields<'_>) -> MailMessage {
    MailMessage {
        subject: record.text("subject"),
        sender: record.text("sender"),
        sender_ip: record.text("senderIp"),
        recipient: record.text("recipient"),
        network_message_id: record.text("networkMessageId"),
        internet_message_id: record.text("internetMessageId"),
        delivery_action: record.text("deliveryAction"),
        delivery_location: record.text("deliveryLocation"),
        ..MailMessage::default()
    }
}

/// `Registry` is a key, or a value where it tells one.
fn registry(record: &mut Fields<'_>) -> Facts {
    let hive = record.text("registryHive");
    let key = record.text("registryKey");
    let value_name = record.text("registryValueName");
    let value = record.text("registryValue");
    let value_type = record.text("registryValueType");
    let mde_device_id = record.text("deviceId");
    if value_name.is_some() || value.is_some() || value_type.is_some() {
        Facts::RegistryValue(RegistryValue { hive, key, value_name, value, value_type, mde_device_id })
    } else {
        Facts::RegistryKey(RegistryKey { hive, key, mde_device_id })
    }
}
