//! One piece of evidence, in any of the two dialects, becomes facts of a kind and what is said about them.

use crate::formats::assemble::Evidence;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Findings, Remark, Spot};
use crate::formats::record::time;
use crate::formats::{graph_facts, m365d_facts};
use crate::model::Extra;
use crate::model::entity::{Facts, Other};
use crate::model::taxonomy::{RemediationStatus, Role, Verdict};

/// The spellings in which exporters that do not like `@` in a name write `@odata.type`, by letters and digits.
const DISCRIMINATORS: &[&str] = &["odatatype", "atsignodatatype", "atodatatype"];

/// The type that a record states, without `#microsoft.graph.security.`; taken out of the record.
pub fn stated_type(record: &mut Fields<'_>) -> Option<String> {
    let name = discriminator(record)?.to_owned();
    record.text(&name).map(|text| short_type(&text).to_owned())
}

/// The type that a record states, without its namespace.
pub fn peek_type<'f>(record: &'f Fields<'_>) -> Option<&'f str> {
    record.peek(discriminator(record)?).map(short_type)
}

fn discriminator<'f>(record: &'f Fields<'_>) -> Option<&'f str> {
    record.names().find(|name| {
        *name == "@odata.type" || {
            let folded: String =
                name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
            DISCRIMINATORS.contains(&folded.as_str())
        }
    })
}

/// A type's last part: `#microsoft.graph.security.ipEvidence` → `ipEvidence`.
fn short_type(full: &str) -> &str {
    full.rsplit('.').next().unwrap_or(full).trim_start_matches('#')
}

/// Reads a piece of evidence: flat where it states an `entityType`, else as the Graph API nests it.
pub fn read(mut record: Fields<'_>, place: &Spot<'_>, findings: &mut Findings) -> Evidence {
    let roles = record.texts("roles").iter().map(|text| Role::parse(text)).collect();
    let verdict = record.states(&["verdict"]).then(|| record.text("verdict"));
    let remediation = record.states(&["remediationStatus"]).then(|| record.text("remediationStatus"));
    let tags = record.states(&["tags"]).then(|| record.texts("tags").into_iter().collect());
    let at = time(&mut record, &["createdDateTime", "evidenceCreationTime"], place, findings);
    let (facts, extra) = facts(record, place, findings);
    Evidence {
        roles,
        verdict: verdict.map(|text| text.map_or(Verdict::Unknown, |text| Verdict::parse(&text))),
        remediation: remediation
            .map(|text| text.map_or(RemediationStatus::None, |text| RemediationStatus::parse(&text))),
        at,
        tags,
        extra,
        ..Evidence::new(facts)
    }
}

fn facts(mut record: Fields<'_>, place: &Spot<'_>, findings: &mut Findings) -> (Facts, Extra) {
    if let Some(entity_type) = record.text("entityType") {
        return match m365d_facts::read(&entity_type, &mut record) {
            Some(facts) => (facts, record.into_extra()),
            None => (other(entity_type, record), Extra::new()),
        };
    }
    if let Some(type_name) = stated_type(&mut record) {
        return match graph_facts::read(&type_name, &mut record) {
            Some(facts) => (facts, record.into_extra()),
            None => (other(type_name, record), Extra::new()),
        };
    }
    if let Some(facts) = guessed_type(&record).and_then(|type_name| graph_facts::read(type_name, &mut record))
    {
        findings.remark(Remark::TypeGuessed { place: place.to_place(), kind: facts.kind() });
        return (facts, record.into_extra());
    }
    (other(String::new(), record), Extra::new())
}

fn other(type_name: String, record: Fields<'_>) -> Facts {
    Facts::Other(Other { type_name, raw: record.into_extra() })
}

/// What a record must be whose type was lost on the way: the first row whose fields it has.
fn guessed_type(record: &Fields<'_>) -> Option<&'static str> {
    const BY_FIELD: &[(&str, &str)] = &[
        ("deviceDnsName", "deviceEvidence"),
        ("azureAdDeviceId", "deviceEvidence"),
        ("osPlatform", "deviceEvidence"),
        ("imageFile", "processEvidence"),
        ("processCommandLine", "processEvidence"),
        ("fileDetails", "fileEvidence"),
        ("internetMessageId", "analyzedMessageEvidence"),
        ("p1Sender", "analyzedMessageEvidence"),
        ("p2Sender", "analyzedMessageEvidence"),
        ("clusterByValue", "mailClusterEvidence"),
        ("primaryAddress", "mailboxEvidence"),
        ("registryValueName", "registryValueEvidence"),
        ("registryValue", "registryValueEvidence"),
        ("registryKey", "registryKeyEvidence"),
        ("servicePrincipalObjectId", "servicePrincipalEvidence"),
        ("saasAppId", "cloudApplicationEvidence"),
        ("amazonResourceId", "amazonResourceEvidence"),
        ("fullResourceName", "googleCloudResourceEvidence"),
        ("securityGroupId", "securityGroupEvidence"),
        ("ipAddress", "ipEvidence"),
        ("url", "urlEvidence"),
        ("userAccount", "userEvidence"),
    ];
    let typed =
        BY_FIELD.iter().find(|(field, _)| record.get(field).is_some_and(|value| *value != Json::Null));
    typed.map(|(_, type_name)| *type_name)
}
