//! Who and what the guided first incident is about: devices, people, mailboxes, and what the attacker used.
//!
//! Everything is invented. Names end in `.example` and addresses are from the ranges kept for documentation
//! (RFC 2606, RFC 5737), so nothing here points at anybody.

use crate::model::Time;
use crate::model::entity::{
    Application, Device, Domain, Facts, File, Ip, MailMessage, Mailbox, Process, RegistryValue, Url, User,
};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The organisation's domain.
const HOME: &str = "northwind.example";

/// Something or somebody of the story, by a short name that the story's table uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cast {
    /// A device by its host name.
    Device(&'static str),
    /// A person or service by account name.
    User(&'static str),
    /// Somebody's mailbox.
    Mailbox(&'static str),
    /// The phishing message to somebody.
    Mail(&'static str),
    /// A file by name, with its folder.
    File(&'static str, &'static str),
    /// A process: device, number, program, command line.
    Process(&'static str, u32, &'static str, &'static str),
    /// An address.
    Ip(&'static str, &'static str),
    /// A web address.
    Url(&'static str),
    /// A domain.
    Domain(&'static str),
    /// An application by name.
    App(&'static str),
    /// A value in the registry: key and name.
    Registry(&'static str, &'static str),
}

/// What stands for a file of this name: a hash nobody has to look up.
fn hash(name: &str) -> String {
    Sha256::digest(name).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn device_id(host: &str) -> String {
    hash(host)[..40].to_owned()
}

// The fields it fills are options.
#[allow(clippy::unnecessary_wraps)]
fn some(text: impl Into<String>) -> Option<String> {
    Some(text.into())
}

impl Cast {
    /// What is known of it in a story that began then.
    pub fn facts(self, began: &Time) -> Facts {
        match self {
            Self::Device(host) => Facts::Device(device(host)),
            Self::User(account) => Facts::User(User {
                account_name: some(account),
                domain_name: some("NORTHWIND"),
                user_principal_name: some(address(account)),
                display_name: some(display_name(account)),
                entra_user_id: some(hash(account)[..32].to_owned()),
                ..User::default()
            }),
            Self::Mailbox(account) => Facts::Mailbox(Mailbox {
                primary_address: some(address(account)),
                display_name: some(display_name(account)),
                user_principal_name: some(address(account)),
                ..Mailbox::default()
            }),
            Self::Mail(recipient) => Facts::MailMessage(MailMessage {
                subject: some("Invoice 88412 overdue - final reminder"),
                sender: some("accounts@contoso-invoices.example"),
                envelope_sender: some("bounce@mailer.contoso-invoices.example"),
                sender_ip: some("203.0.113.19"),
                recipient: some(address(recipient)),
                network_message_id: some(hash(recipient)[..32].to_owned()),
                delivery_action: some("delivered"),
                delivery_location: some("inbox"),
                direction: some("inbound"),
                attachment_count: some("1"),
                threats: vec!["phish".into(), "malware".into()],
                urls: vec!["https://contoso-invoices.example/view?id=88412".into()],
                ..MailMessage::default()
            }),
            Self::File(name, folder) => Facts::File(File {
                file_name: some(name),
                folder: some(folder),
                sha256: some(hash(name)),
                ..File::default()
            }),
            Self::Process(host, number, image, command) => Facts::Process(Process {
                process_id: some(number.to_string()),
                command_line: some(command),
                // Any moment of the first hour will do, as long as it is the same in every alert.
                created: some(Time::from_millis(began.millis() + i64::from(number % 60) * 60_000).text()),
                image_name: some(image),
                image_sha256: some(hash(image)),
                mde_device_id: some(device_id(host)),
                ..Process::default()
            }),
            Self::Ip(address, country) => {
                Facts::Ip(Ip { address: some(address), country: some(country), ..Ip::default() })
            }
            Self::Url(url) => Facts::Url(Url { url: some(url) }),
            Self::Domain(name) => Facts::Domain(Domain { name: some(name), ip_addresses: Vec::new() }),
            Self::App(name) => Facts::Application(Application {
                display_name: some(name),
                app_id: some(hash(name)[..32].to_owned()),
                app_type: some("oauth"),
                ..Application::default()
            }),
            Self::Registry(key, name) => Facts::RegistryValue(RegistryValue {
                hive: some("HKEY_LOCAL_MACHINE"),
                key: some(key),
                value_name: some(name),
                ..RegistryValue::default()
            }),
        }
    }
}

fn device(host: &str) -> Device {
    let server = host.starts_with("SRV");
    Device {
        host_name: some(host),
        dns_name: some(format!("{}.{HOME}", host.to_lowercase())),
        mde_device_id: some(device_id(host)),
        os_platform: some(if server { "WindowsServer2022" } else { "Windows11" }),
        health_status: some("active"),
        risk_score: some(if host == "SRV-DC-01" || host == "FIN-WS-014" { "high" } else { "medium" }),
        onboarding_status: some("onboarded"),
        device_group: some(if server { "Servers" } else { "Workstations" }),
        ..Device::default()
    }
}

fn address(account: &str) -> String {
    format!("{account}@{HOME}")
}

/// `anna.devries` → `Anna Devries`; service accounts keep their name.
fn display_name(account: &str) -> String {
    if account.starts_with("svc") {
        return account.to_owned();
    }
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    account.split('.').map(capital).collect::<Vec<_>>().join(" ")
}
