//! Entities of one incident that may be the same one: a weak name is shared and nothing contradicts it. The person
//! decides; a strong identifier needs nobody to ask, and is the business of `model/identity.rs`.

use crate::compact::Order as _;
use crate::model::entity::{Device, Facts, File, Process, User};
use crate::model::identity::says_whose_account;
use crate::model::{Entity, EntityId, Incident};
use std::collections::{BTreeMap, BTreeSet};

/// Why two entities may be the same one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Both accounts have this name.
    AccountName(String),
    /// Both are shown under this name.
    DisplayName(String),
    /// Both devices have this host name.
    HostName(String),
    /// Both files have this content under two names.
    SameContent(String),
    /// Both files lie at this place.
    Place(String),
    /// Both processes have this number on one device.
    ProcessNumber(String),
}

/// Two entities that may be the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The one that tells more, which would be kept.
    pub one: EntityId,
    /// The other.
    pub other: EntityId,
    /// Why they may be the same.
    pub reason: Reason,
}

/// Every pair of an incident that a person should be asked about, each entity as the weaker one at most once. Pairs that
/// somebody said are not the same are left out.
pub fn pairs(incident: &Incident) -> Vec<Pair> {
    let shown = incident.shown_entities();
    let mut groups: BTreeMap<Reason, Vec<&Entity>> = BTreeMap::new();
    for entity in &shown {
        for reason in reasons(&entity.facts) {
            groups.entry(reason).or_default().push(entity);
        }
    }
    let mut asked = BTreeSet::new();
    let mut pairs = Vec::new();
    for (reason, mut group) in groups {
        group.order_by_key(|entity| std::cmp::Reverse(weight(entity)));
        for (at, other) in group.iter().enumerate().skip(1) {
            let fits = |one: &&&Entity| {
                one.kind() == other.kind()
                    && !contradict(&one.facts, &other.facts)
                    && !parted(incident, one, other)
            };
            if let Some(one) = group[..at].iter().find(fits)
                && asked.insert(other.id.clone())
            {
                pairs.push(Pair { one: one.id.clone(), other: other.id.clone(), reason: reason.clone() });
            }
        }
    }
    pairs
}

/// How much an entity tells: what identifies it, what is known of it, and where it occurs.
fn weight(entity: &Entity) -> (usize, usize, usize) {
    (entity.facts.identities().len(), entity.facts.parts().len(), entity.sightings.len())
}

/// Whether somebody said that they are not the same.
fn parted(incident: &Incident, one: &Entity, other: &Entity) -> bool {
    let says = |one: &Entity, other: &Entity| {
        one.not_same_as.iter().any(|id| incident.is_same_entity(id, &other.id))
    };
    says(one, other) || says(other, one)
}

/// What the entity shares with those that may be the same.
fn reasons(facts: &Facts) -> Vec<Reason> {
    let folded = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_lowercase)
    };
    let mut reasons = Vec::new();
    match facts {
        Facts::User(user) => {
            let sign_in = folded(&user.user_principal_name);
            let local = sign_in.as_deref().and_then(|name| name.split_once('@')).map(|(local, _)| local);
            let account = folded(&user.account_name).or_else(|| local.map(str::to_owned));
            reasons.extend(account.filter(|name| says_whose_account(name)).map(Reason::AccountName));
            reasons.extend(
                folded(&user.display_name).filter(|name| says_whose_account(name)).map(Reason::DisplayName),
            );
        }
        Facts::Device(device) => {
            let first = |name: String| name.split('.').next().unwrap_or_default().to_owned();
            let name = folded(&device.host_name).or_else(|| folded(&device.dns_name)).map(first);
            reasons
                .extend(name.filter(|name| !matches!(name.as_str(), "" | "localhost")).map(Reason::HostName));
        }
        Facts::File(file) => {
            let hash = [&file.sha256, &file.sha1, &file.md5, &file.sha512].into_iter().find_map(folded);
            reasons.extend(hash.map(Reason::SameContent));
            if let (Some(folder), Some(name)) = (folded(&file.folder), folded(&file.file_name)) {
                let separator = if folder.contains('/') { '/' } else { '\\' };
                let place = folder.trim_end_matches(['/', '\\']);
                reasons.push(Reason::Place(format!("{place}{separator}{name}")));
            }
        }
        Facts::Process(process) => {
            reasons.extend(folded(&process.process_id).map(Reason::ProcessNumber));
        }
        Facts::Application(application) => {
            reasons.extend(folded(&application.display_name).map(Reason::DisplayName));
        }
        _ => {}
    }
    reasons
}

/// Whether what is known of both cannot be of one thing.
fn contradict(one: &Facts, other: &Facts) -> bool {
    match (one, other) {
        (Facts::User(a), Facts::User(b)) => {
            let fields: &[fn(&User) -> &Option<String>] = &[
                |user| &user.sid,
                |user| &user.entra_user_id,
                |user| &user.ad_object_guid,
                |user| &user.user_principal_name,
                |user| &user.domain_name,
            ];
            any_differ(a, b, fields)
        }
        (Facts::Device(a), Facts::Device(b)) => {
            let fields: &[fn(&Device) -> &Option<String>] = &[
                |device| &device.mde_device_id,
                |device| &device.entra_device_id,
                |device| &device.nt_domain,
                |device| &device.dns_domain,
            ];
            let full = |name| Option::as_ref(name).filter(|name: &&String| name.contains('.'));
            any_differ(a, b, fields) || differ(full(&a.dns_name), full(&b.dns_name))
        }
        (Facts::File(a), Facts::File(b)) => {
            let fields: &[fn(&File) -> &Option<String>] = &[
                |file| &file.sha256,
                |file| &file.sha1,
                |file| &file.md5,
                |file| &file.sha512,
                |file| &file.mde_device_id,
            ];
            any_differ(a, b, fields)
        }
        (Facts::Process(a), Facts::Process(b)) => {
            let fields: &[fn(&Process) -> &Option<String>] =
                &[|process| &process.created, |process| &process.image_name, |process| &process.command_line];
            any_differ(a, b, fields) || a.mde_device_id.is_none() || a.mde_device_id != b.mde_device_id
        }
        (Facts::Application(a), Facts::Application(b)) => {
            differ(a.app_id.as_ref(), b.app_id.as_ref()) || differ(a.object_id.as_ref(), b.object_id.as_ref())
        }
        _ => false,
    }
}

/// Whether the two are told apart by any of these fields.
fn any_differ<T>(one: &T, other: &T, fields: &[fn(&T) -> &Option<String>]) -> bool {
    fields.iter().any(|field| differ(field(one).as_ref(), field(other).as_ref()))
}

fn differ(one: Option<&String>, other: Option<&String>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one.to_lowercase() != other.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{IncidentId, Time};

    fn user(id: &str, account: Option<&str>, domain: Option<&str>, upn: Option<&str>) -> Entity {
        let text = |value: Option<&str>| value.map(str::to_owned);
        let facts = User {
            account_name: text(account),
            domain_name: text(domain),
            user_principal_name: text(upn),
            ..User::default()
        };
        Entity::new(EntityId::derived(&[id]), Facts::User(facts))
    }

    fn incident(entities: impl IntoIterator<Item = Entity>) -> Incident {
        let mut incident = Incident::new(IncidentId::derived(&["1"]), "A", Time::from_millis(0));
        incident.entities = entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
        incident
    }

    #[test]
    fn one_account_under_a_windows_and_a_sign_in_name_is_asked_about() {
        let incident = incident([
            user("a", Some("Ann"), Some("CONTOSO"), None),
            user("b", None, None, Some("ann@contoso.com")),
        ]);
        let found = pairs(&incident);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].reason, Reason::AccountName("ann".into()));
    }

    #[test]
    fn what_contradicts_itself_or_says_nothing_is_not_asked_about() {
        let two_domains = [user("a", Some("ann"), Some("A"), None), user("b", Some("ann"), Some("B"), None)];
        assert_eq!(pairs(&incident(two_domains)), []);
        let administrators =
            [user("a", Some("Administrator"), None, None), user("b", Some("ADMINISTRATOR"), None, None)];
        assert_eq!(pairs(&incident(administrators)), []);
    }

    #[test]
    fn an_answer_is_not_asked_for_again() {
        let mut one = user("a", Some("ann"), None, None);
        let mut other = user("b", Some("ann"), None, None);
        assert_eq!(pairs(&incident([one.clone(), other.clone()])).len(), 1);
        one.not_same_as.insert(other.id.clone());
        assert_eq!(pairs(&incident([one.clone(), other.clone()])), []);
        one.not_same_as.clear();
        other.same_as = Some(one.id.clone());
        assert_eq!(pairs(&incident([one, other])), []);
    }

    #[test]
    fn devices_and_files_are_asked_about_by_name_and_content() {
        let device = |id: &str, host: &str| {
            let facts = Device { host_name: Some(host.into()), ..Device::default() };
            Entity::new(EntityId::derived(&[id]), Facts::Device(facts))
        };
        let found = pairs(&incident([device("a", "PC7"), device("b", "pc7")]));
        assert_eq!(found[0].reason, Reason::HostName("pc7".into()));
        let file = |name: &str| {
            let facts = File { sha256: Some("AB".into()), file_name: Some(name.into()), ..File::default() };
            Entity::new(EntityId::derived(&[name]), Facts::File(facts))
        };
        let found = pairs(&incident([file("a.exe"), file("b.exe")]));
        assert_eq!(found[0].reason, Reason::SameContent("ab".into()));
    }
}
