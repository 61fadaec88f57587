//! One entity as an attribute, where a value says all of it, or as an object and an attribute beside it with the rest as First
//! Hour keeps it: the templates of objects have no place for that.

use super::template::template;
use super::{Context, tags, tlp};
use crate::formats::misp::own::{OBJECT, REST};
use crate::formats::own;
use crate::model::entity::{Entity, Facts, Part};
use crate::model::taxonomy::{RemediationStatus, Verdict};
use serde_json::{Value, json};
use std::net::IpAddr;

/// The category of what is seen on the wire.
const NETWORK: &str = "Network activity";

/// What an entity becomes.
pub enum Written {
    /// One value.
    Attribute(Value),
    /// Several, and what is known beside them.
    Object(Value, Value),
}

/// An entity as a part of an event.
pub fn written(entity: &Entity, context: &Context<'_>) -> Written {
    let name = ["entity", entity.id.as_str()];
    let said_by_a_value = entity.remediation == RemediationStatus::None
        && !entity.critical
        && entity.note.is_empty()
        && matches!(entity.verdict, Verdict::Unknown | Verdict::Suspicious);
    if said_by_a_value && let Some((kind, category, value)) = only_value(&entity.facts) {
        let mut attribute = context.attribute(kind, category, value, &name);
        attribute["to_ids"] = (entity.verdict == Verdict::Suspicious).into();
        attribute["Tag"] = json!(tags_of(entity, context));
        return Written::Attribute(attribute);
    }
    let mut own = own::of(entity, None);
    own.insert(OBJECT.to_owned(), context.uuid(&["object", entity.id.as_str()]).into());
    let value = serde_json::to_string(&own).unwrap_or_default();
    let mut rest = context.attribute("other", "Other", &value, &["rest", entity.id.as_str()]);
    rest["comment"] = REST.into();
    rest["disable_correlation"] = true.into();
    rest["Tag"] = json!(tags_of(entity, context));
    Written::Object(object(entity, context), rest)
}

/// The value that says all of these facts, its type and category.
fn only_value(facts: &Facts) -> Option<(&'static str, &'static str, &str)> {
    let parts = facts.parts();
    let [(_, Part::Text(value))] = parts.as_slice() else { return None };
    let (kind, category) = match facts {
        Facts::Ip(ip) if ip.address.as_ref().is_some_and(|address| !address.contains('/')) => {
            ("ip-dst", NETWORK)
        }
        Facts::Network(network) if network.cidr.as_ref().is_some_and(|cidr| cidr.contains('/')) => {
            ("ip-dst", NETWORK)
        }
        // A domain's name is read in lower case.
        Facts::Domain(domain) if domain.name.as_ref().is_some_and(|name| *name == name.to_lowercase()) => {
            ("domain", NETWORK)
        }
        Facts::Url(_) => ("url", NETWORK),
        Facts::MacAddress(_) => ("mac-address", NETWORK),
        Facts::UserAgent(_) => ("user-agent", NETWORK),
        Facts::Mutex(_) => ("mutex", "Artifacts dropped"),
        Facts::Vulnerability(vulnerability) if vulnerability.cve.is_some() => {
            ("vulnerability", "External analysis")
        }
        _ => return None,
    };
    (fits(kind, value) && value.trim() == *value).then_some((kind, category, *value))
}

fn object(entity: &Entity, context: &Context<'_>) -> Value {
    let id = entity.id.as_str();
    let template = template(entity.kind());
    let is_bad = matches!(entity.verdict, Verdict::Malicious | Verdict::Suspicious);
    let mut attributes = Vec::new();
    let mut add = |[name, relation, kind, category]: [&str; 4], value: &str, number: usize| {
        if value.trim().is_empty() {
            return;
        }
        let is_fit = fits(kind, value);
        let (kind, category) = if is_fit { (kind, category) } else { ("text", "Other") };
        let number = number.to_string();
        let mut attribute = context.attribute(kind, category, value, &["entity", id, name, &number]);
        let looked_for = is_fit && !matches!(kind, "text" | "other" | "size-in-bytes");
        attribute["object_relation"] = relation.into();
        attribute["to_ids"] = (is_bad && looked_for).into();
        attribute["disable_correlation"] = (!looked_for).into();
        attribute["Tag"] = json!(tags_of(entity, context));
        attributes.push(attribute);
    };
    for (name, part) in entity.facts.parts() {
        let Some(field) = template.fields.iter().find(|field| field[0] == name) else { continue };
        match part {
            Part::Text(text) => add(*field, text, 0),
            Part::List(texts) => {
                for (number, text) in texts.iter().enumerate() {
                    add(*field, text, number);
                }
            }
        }
    }
    if template.fields.is_empty() {
        add(["", "name", "text", "Other"], &entity.name(), 0);
    }
    json!({
        "uuid": context.uuid(&["object", id]),
        "name": template.name,
        "meta-category": template.category,
        "description": format!("{}: {}", entity.kind().code(), entity.name()),
        "template_uuid": template.uuid,
        "template_version": template.version,
        "event_id": "0",
        "timestamp": context.changed,
        "distribution": super::INHERIT,
        "comment": entity.note,
        "deleted": false,
        "ObjectReference": [],
        "Attribute": attributes,
    })
}

/// The entity's marking and its tags.
fn tags_of(entity: &Entity, context: &Context<'_>) -> Vec<Value> {
    let level = context.share.of_entity(entity);
    tags(
        [tlp(level.code())]
            .into_iter()
            .chain(entity.tags.iter().filter(|tag| !tag.starts_with("tlp:")).cloned()),
    )
}

/// Whether MISP takes this value for one of the type. Where not it is told as a text, and nothing is lost.
fn fits(kind: &str, value: &str) -> bool {
    let is_hash =
        |digits: usize| value.len() == digits && value.bytes().all(|digit| digit.is_ascii_hexdigit());
    let is_one_word = !value.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    match kind {
        "md5" => is_hash(32),
        "sha1" => is_hash(40),
        "sha256" => is_hash(64),
        "sha512" => is_hash(128),
        "mac-address" => {
            value.len() == 17
                && value
                    .split([':', '-'])
                    .all(|byte| byte.len() == 2 && byte.bytes().all(|digit| digit.is_ascii_hexdigit()))
        }
        "vulnerability" => value.starts_with("CVE-") && is_one_word,
        "size-in-bytes" => value.parse::<u64>().is_ok(),
        "ip-src" | "ip-dst" => {
            value.split('/').next().is_some_and(|address| address.parse::<IpAddr>().is_ok())
        }
        "domain" => is_one_word && value.contains('.') && !value.contains(['/', ':', '@', '|']),
        "url" => is_one_word && value.contains("://"),
        "email" | "email-src" | "email-dst" => {
            is_one_word
                && value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        }
        "filename" | "regkey" | "mutex" | "user-agent" | "email-subject" | "email-message-id" => {
            !value.contains(['\r', '\n', '\0'])
        }
        _ => true,
    }
}
