//! Filling in a hunting query: the placeholders at its top become the entities that a step is about, where it is
//! plain which is meant.
//!
//! Only the quoted value of a `let` line is replaced, only for variable names that are known here, and only by values
//! that keep their quotes: names of entities come from outside and may hold anything.

use crate::model::Entity;
use crate::model::entity::Facts;

/// A query with its placeholders filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The query.
    pub query: String,
    /// The variables that were given a value, in order.
    pub variables: Vec<String>,
}

/// The value of a `let` line that may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Literal<'a> {
    /// `"value"`
    One(&'a str),
    /// `dynamic(["value", …])`, by its first value.
    Many(&'a str),
}

/// Fills a query in from entities. A variable that stands for one value is filled only where one entity offers one;
/// one that stands for a list takes them all. What does not fit stays as it is.
pub fn fill(query: &str, entities: &[&Entity]) -> Filled {
    let mut filled = Filled::default();
    for line in query.split_inclusive('\n') {
        match replacement(line, entities) {
            Some((variable, line)) => {
                filled.variables.push(variable);
                filled.query.push_str(&line);
            }
            None => filled.query.push_str(line),
        }
    }
    filled
}

fn replacement(line: &str, entities: &[&Entity]) -> Option<(String, String)> {
    let (head, rest) = line.split_once(" = ")?;
    let variable = head.strip_prefix("let ")?.trim();
    let (value, end) = rest.rsplit_once(';')?;
    let literal = Literal::read(value.trim())?;
    let (Literal::One(placeholder) | Literal::Many(placeholder)) = literal;
    let mut values: Vec<String> = Vec::new();
    for value in entities.iter().filter_map(|entity| value_for(variable, placeholder, &entity.facts)) {
        let quoted = quote(&value)?;
        if !values.contains(&quoted) {
            values.push(quoted);
        }
    }
    let value = match (literal, values.as_slice()) {
        (Literal::One(_), [one]) => one.clone(),
        (Literal::Many(_), [_, ..]) => format!("dynamic([{}])", values.join(", ")),
        _ => return None,
    };
    Some((variable.to_owned(), format!("{head} = {value};{end}")))
}

impl<'a> Literal<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let quoted = |text: &'a str| {
            let inside = text.strip_prefix('"')?.strip_suffix('"')?;
            (!inside.contains(['"', '\\'])).then_some(inside)
        };
        if let Some(list) = text.strip_prefix("dynamic([").and_then(|text| text.strip_suffix("])")) {
            let first = list.split(',').map(str::trim).map(quoted).collect::<Option<Vec<_>>>()?;
            return first.first().copied().map(Self::Many);
        }
        quoted(text).map(Self::One)
    }
}

/// What an entity says for a variable. The placeholder shows which form of a name the query wants.
fn value_for(variable: &str, placeholder: &str, facts: &Facts) -> Option<String> {
    let variable = variable.to_ascii_lowercase();
    let wants_address = placeholder.contains('@');
    let value = match (variable.as_str(), facts) {
        ("device" | "devices" | "host", Facts::Device(device)) => {
            let full = device.dns_name.as_deref().or(device.host_name.as_deref());
            let short = device.host_name.as_deref().or(full).and_then(|name| name.split('.').next());
            if placeholder.contains('.') { full } else { short }
        }
        ("entradeviceid", Facts::Device(device)) => device.entra_device_id.as_deref(),
        ("user" | "users" | "admin" | "mailbox" | "recipient", Facts::User(user)) => {
            if wants_address {
                user.user_principal_name.as_deref()
            } else {
                user.account_name.as_deref()
            }
        }
        ("mailbox" | "recipient" | "user" | "users", Facts::Mailbox(mailbox)) if wants_address => {
            mailbox.primary_address.as_deref().or(mailbox.user_principal_name.as_deref())
        }
        ("ip" | "ips" | "badips" | "ruleip" | "addresses" | "knownbad", Facts::Ip(ip)) => {
            ip.address.as_deref()
        }
        ("hash" | "hashes" | "badhashes" | "filehash", Facts::File(file)) => match placeholder.len() {
            64 => file.sha256.as_deref(),
            40 => file.sha1.as_deref(),
            32 => file.md5.as_deref(),
            _ => None,
        },
        ("file" | "filename", Facts::File(file)) => file.file_name.as_deref(),
        ("domain" | "domains" | "baddomains", Facts::Domain(domain)) => domain.name.as_deref(),
        ("url" | "urls", Facts::Url(url)) => url.url.as_deref(),
        ("appid", Facts::Application(application)) => application.app_id.as_deref(),
        ("subject", Facts::MailMessage(message)) => message.subject.as_deref(),
        ("sender", Facts::MailMessage(message)) => message.sender.as_deref(),
        ("messageid", Facts::MailMessage(message)) => message.network_message_id.as_deref(),
        ("internetmessageid", Facts::MailMessage(message)) => message.internet_message_id.as_deref(),
        _ => None,
    };
    value.filter(|value| !value.trim().is_empty()).map(str::to_owned)
}

/// The value as a string of the query language, in which a backslash escapes. None where it holds a control
/// character, which no name of an entity needs and which could end the line.
fn quote(value: &str) -> Option<String> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    (!value.contains(breaks)).then(|| format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityId;
    use crate::model::entity::{Device, File, Ip, User};
    use crate::playbooks::library;

    fn entity(facts: Facts) -> Entity {
        Entity::new(EntityId::derived(&[&facts.name()]), facts)
    }

    fn device(dns: &str) -> Entity {
        entity(Facts::Device(Device { dns_name: Some(dns.into()), ..Device::default() }))
    }

    fn ip(address: &str) -> Entity {
        entity(Facts::Ip(Ip { address: Some(address.into()), ..Ip::default() }))
    }

    fn filled(query: &str, entities: &[Entity]) -> Filled {
        fill(query, &entities.iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_matching_variable_takes_the_name_in_the_form_of_its_placeholder() {
        let pc = [device("pc-7.contoso.com")];
        let short = filled("let device = \"PC-0123\";\nDeviceInfo\n| where DeviceName == device", &pc);
        assert_eq!(short.query, "let device = \"pc-7\";\nDeviceInfo\n| where DeviceName == device");
        assert_eq!(short.variables, ["device"]);
        assert_eq!(
            filled("let device = \"host.example.com\";", &pc).query,
            "let device = \"pc-7.contoso.com\";"
        );
        let user = entity(Facts::User(User {
            user_principal_name: Some("ann@contoso.com".into()),
            account_name: Some("ann".into()),
            ..User::default()
        }));
        assert_eq!(
            filled("let user = \"someone@example.com\";", std::slice::from_ref(&user)).query,
            "let user = \"ann@contoso.com\";"
        );
        assert_eq!(filled("let user = \"someone\";", &[user]).query, "let user = \"ann\";");
    }

    #[test]
    fn one_value_is_filled_only_when_it_is_plain_which_and_a_list_takes_all() {
        let two = [ip("192.0.2.1"), ip("192.0.2.2"), ip("192.0.2.1")];
        assert!(filled("let ip = \"192.0.2.10\";", &two).variables.is_empty());
        assert_eq!(
            filled("let badIps = dynamic([\"192.0.2.10\"]);", &two).query,
            "let badIps = dynamic([\"192.0.2.1\", \"192.0.2.2\"]);"
        );
    }

    #[test]
    fn a_hash_goes_where_a_hash_of_its_kind_is_asked_for() {
        let file = [entity(Facts::File(File { sha1: Some("a".repeat(40)), ..File::default() }))];
        let line = |length: usize| format!("let hash = \"{}\";", "0".repeat(length));
        assert!(filled(&line(64), &file).variables.is_empty());
        assert_eq!(filled(&line(40), &file).query, format!("let hash = \"{}\";", "a".repeat(40)));
    }

    #[test]
    fn what_is_not_a_known_placeholder_stays() {
        let all = [device("pc-7"), ip("192.0.2.1")];
        for query in [
            "let since = ago(30d);",
            "let device = toscalar(DeviceInfo | take 1);",
            "let parent = \"winword.exe\";",
            "DeviceInfo | where DeviceName == \"PC-0123\";",
            "let device = \"a\\\"b\";",
        ] {
            assert_eq!(filled(query, &all), Filled { query: query.into(), variables: vec![] });
        }
    }

    #[test]
    fn a_name_from_outside_cannot_leave_its_quotes() {
        let hostile = |name: &str| {
            let file = File { file_name: Some(name.into()), ..File::default() };
            filled("let file = \"invoice.zip\";", &[entity(Facts::File(file))]).query
        };
        assert_eq!(hostile("a\"; union *"), "let file = \"a\\\"; union *\";");
        assert_eq!(hostile("a\\"), "let file = \"a\\\\\";");
        assert_eq!(hostile("a\n| take 1"), "let file = \"invoice.zip\";");
    }

    #[test]
    fn many_queries_of_the_library_can_be_filled() {
        let all = [device("pc-7.contoso.com"), ip("192.0.2.1")];
        let entities: Vec<&Entity> = all.iter().collect();
        let fillable = library()
            .playbooks()
            .iter()
            .flat_map(|playbook| playbook.steps)
            .filter_map(|step| step.facts().query)
            .filter(|query| !fill(query, &entities).variables.is_empty())
            .count();
        assert!(fillable > 20, "{fillable}");
    }
}
