//! How what comes out of a file becomes part of the notebook.
//!
//! A field that a responder can change is merged three ways: what the source said last time, what it says now, and
//! what the notebook has. Where only the source changed it, the source's value is taken; where the responder did,
//! the responder's stays and the preview says so. Importing the same file twice changes nothing.

use crate::model::{Alert, AlertField, Entity, EntityField, EntityId, Incident, IncidentField, IncidentId};
use crate::notebook::edit::{Act, Put, Why};
use crate::notebook::{Notebook, Preparation};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A field that an import changes, or would have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Of which alert or entity, by name; empty for the incident's own.
    pub of: String,
    /// The field's stable name.
    pub field: &'static str,
    /// What the notebook has.
    pub from: String,
    /// What the source says.
    pub to: String,
}

/// What an import makes of one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is not in the notebook yet.
    New,
    /// The notebook's is brought up to date.
    Updated,
    /// The notebook has all of it.
    Unchanged,
    /// The notebook's is newer, so nothing is taken.
    Older,
}

/// One incident of an import, as it would be afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What becomes of it.
    pub outcome: Outcome,
    /// The incident as it would be afterwards.
    pub incident: Arc<Incident>,
    /// How many alerts are new.
    pub new_alerts: usize,
    /// How many entities are new.
    pub new_entities: usize,
    /// Fields that change.
    pub changed: Vec<FieldChange>,
    /// Fields where the responder's own value stays although the source's changed.
    pub kept: Vec<FieldChange>,
}

/// What an import would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// Every incident that came, in the order it came.
    pub items: Vec<Item>,
    /// The preparation that would be put in place, if any.
    pub preparation: Option<Arc<Preparation>>,
}

impl Plan {
    /// How many incidents have this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.items.iter().filter(|item| item.outcome == outcome).count()
    }

    /// The act that does it, or none where there is nothing to do.
    pub fn act(&self, why: Why) -> Option<Act> {
        let incidents: Vec<_> = self
            .items
            .iter()
            .filter(|item| matches!(item.outcome, Outcome::New | Outcome::Updated))
            .map(|item| (item.incident.id.clone(), Some(Arc::clone(&item.incident))))
            .collect();
        if incidents.is_empty() && self.preparation.is_none() {
            return None;
        }
        Some(Act::Put(Put { why, incidents, preparation: self.preparation.clone() }))
    }
}

/// Which incident of the notebook each of these is, by id or by what the outside world calls it. Those that exist
/// have to be loaded before [`plan`] can merge into them.
pub fn existing(notebook: &Notebook, incoming: &[Incident]) -> Vec<Option<IncidentId>> {
    let mut by_origin: HashMap<(&str, &str), Vec<&Arc<crate::notebook::Row>>> = HashMap::new();
    for row in notebook.rows().values() {
        for origin in &row.origins {
            by_origin.entry((&origin.system, &origin.id)).or_default().push(row);
        }
    }
    let find = |incident: &Incident| {
        if notebook.rows().contains_key(&incident.id) {
            return Some(incident.id.clone());
        }
        incident.origins.iter().find_map(|origin| {
            let rows = by_origin.get(&(origin.system.as_str(), origin.id.as_str()))?;
            rows.iter()
                .find(|row| row.origins.iter().any(|own| own.matches(origin)))
                .map(|row| row.id.clone())
        })
    };
    incoming.iter().map(find).collect()
}

/// What importing these would do. Incidents that exist must have been loaded; one that was not is planned as if it
/// did not exist, and [`apply`](crate::notebook::apply) then refuses it.
pub fn plan(notebook: &Notebook, incoming: Vec<Incident>) -> Plan {
    let ids = existing(notebook, &incoming);
    let items = incoming
        .into_iter()
        .zip(ids)
        .map(|(incident, id)| match id.and_then(|id| notebook.incident(&id)) {
            Some(mine) => merged(mine, &incident),
            None => fresh(incident),
        })
        .collect();
    Plan { items, preparation: None }
}

/// What restoring a backup would do: what is missing comes back as it was; what differs is taken only where the
/// backup's was changed last.
pub fn plan_restore(notebook: &Notebook, incidents: Vec<Incident>, preparation: Preparation) -> Plan {
    let items = incidents
        .into_iter()
        .map(|theirs| {
            let Some(mine) = notebook.incident(&theirs.id) else { return fresh(theirs) };
            let outcome = if **mine == theirs {
                Outcome::Unchanged
            } else if theirs.last_change() > mine.last_change() {
                Outcome::Updated
            } else {
                Outcome::Older
            };
            Item { outcome, ..fresh(theirs) }
        })
        .collect();
    let mut steps = notebook.preparation().steps.clone();
    for (step, theirs) in preparation.steps {
        let newer = steps.get(&step).is_none_or(|mine| {
            let when =
                |state: &crate::model::StepState| state.marked.as_ref().map(|marked| marked.at.clone());
            when(&theirs) > when(mine)
        });
        if newer {
            steps.insert(step, theirs);
        }
    }
    let merged = Preparation { steps };
    let preparation = (merged != **notebook.preparation()).then(|| Arc::new(merged));
    Plan { items, preparation }
}

fn fresh(incident: Incident) -> Item {
    Item {
        outcome: Outcome::New,
        new_alerts: incident.alerts.len(),
        new_entities: incident.entities.len(),
        incident: Arc::new(incident),
        changed: Vec::new(),
        kept: Vec::new(),
    }
}

/// What one incident becomes when the source's version is merged into the notebook's.
fn merged(mine: &Arc<Incident>, theirs: &Incident) -> Item {
    let mut item = Item {
        outcome: Outcome::Unchanged,
        incident: Arc::clone(mine),
        new_alerts: 0,
        new_entities: 0,
        changed: Vec::new(),
        kept: Vec::new(),
    };
    let older = matches!((&theirs.source_updated, &mine.source_updated), (Some(t), Some(m)) if t < m);
    if older {
        item.outcome = Outcome::Older;
        return item;
    }
    let mut result = Incident::clone(mine);
    merge_fields(&mut result, theirs, &mut item);
    merge_entities(&mut result, theirs, &mut item);
    merge_alerts(&mut result, theirs, &mut item);
    if result != **mine {
        item.outcome = Outcome::Updated;
        item.incident = Arc::new(result);
    }
    item
}

/// What a three-way merge decides about one field.
enum Decision {
    Nothing,
    Take,
    Keep,
}

fn decide<F: PartialEq>(base: Option<&F>, mine: &F, theirs: &F, mine_is_unset: bool) -> Decision {
    if mine == theirs || base == Some(theirs) {
        Decision::Nothing
    } else if base == Some(mine) || (base.is_none() && mine_is_unset) {
        Decision::Take
    } else {
        Decision::Keep
    }
}

/// Merges the fields that a responder can change, and remembers what the source says now.
macro_rules! three_way {
    ($mine:expr, $theirs:expr, $item:expr, $of:expr) => {{
        let mut source = std::mem::take(&mut $mine.source);
        for field in &$theirs.source {
            let base = source.iter().position(|known| known.name() == field.name());
            let current = field.of($mine);
            let unset = matches!(current.text().as_str(), "" | "unknown" | "none");
            let change =
                FieldChange { of: $of.clone(), field: field.name(), from: current.text(), to: field.text() };
            match decide(base.map(|place| &source[place]), &current, field, unset) {
                Decision::Nothing => {}
                Decision::Take => {
                    field.clone().put($mine);
                    $item.changed.push(change);
                }
                Decision::Keep => $item.kept.push(change),
            }
            match base {
                Some(place) => source[place] = field.clone(),
                None => source.push(field.clone()),
            }
        }
        $mine.source = source;
    }};
}

fn merge_fields(mine: &mut Incident, theirs: &Incident, item: &mut Item) {
    let own_tags = mine.tags.clone();
    let base_tags = mine.source.iter().find_map(|field| match field {
        IncidentField::Tags(tags) => Some(tags.clone()),
        _ => None,
    });
    three_way!(mine, theirs, item, String::new());
    // Tags are a set: what either side added stays, what the source took away goes.
    if theirs.source.iter().any(|field| matches!(field, IncidentField::Tags(_))) {
        mine.tags = merge_tags(base_tags.as_ref(), &own_tags, &theirs.tags);
        item.kept.retain(|kept| kept.field != "tags");
        item.changed.retain(|change| change.field != "tags");
        if mine.tags != own_tags {
            let text = |tags: &BTreeSet<String>| IncidentField::Tags(tags.clone()).text();
            item.changed.push(FieldChange {
                of: String::new(),
                field: "tags",
                from: text(&own_tags),
                to: text(&mine.tags),
            });
        }
    }
    mine.system_tags.extend(theirs.system_tags.iter().cloned());
    mine.origins.extend(theirs.origins.iter().cloned());
    mine.extra.extend(theirs.extra.clone());
    if theirs.source_updated > mine.source_updated {
        mine.source_updated.clone_from(&theirs.source_updated);
    }
    fill(&mut mine.link, theirs.link.as_ref());
    fill(&mut mine.clocks.noticed, theirs.clocks.noticed.as_ref());
    if mine.status == theirs.status {
        fill(&mut mine.clocks.resolved, theirs.clocks.resolved.as_ref());
    }
    if mine.closing_note.is_empty() {
        mine.closing_note.clone_from(&theirs.closing_note);
    }
    for entry in &theirs.activity {
        if !mine.activity.contains(entry) {
            mine.activity.push(entry.clone());
        }
    }
}

fn fill<T: Clone>(mine: &mut Option<T>, theirs: Option<&T>) {
    if mine.is_none() {
        *mine = theirs.cloned();
    }
}

fn merge_tags(
    base: Option<&BTreeSet<String>>,
    mine: &BTreeSet<String>,
    theirs: &BTreeSet<String>,
) -> BTreeSet<String> {
    let mut tags = mine.clone();
    tags.extend(theirs.iter().filter(|tag| !base.is_some_and(|base| base.contains(*tag))).cloned());
    if let Some(base) = base {
        tags.retain(|tag| theirs.contains(tag) || !base.contains(tag));
    }
    tags
}

fn merge_alerts(mine: &mut Incident, theirs: &Incident, item: &mut Item) {
    for incoming in theirs.alerts.values() {
        match mine.alerts.get_mut(&incoming.id) {
            None => {
                item.new_alerts += 1;
                mine.alerts.insert(incoming.id.clone(), incoming.clone());
            }
            Some(known) if incoming.updated >= known.updated => *known = merge_alert(known, incoming, item),
            Some(_) => {}
        }
    }
}

/// The source's version with what the responder wrote carried over.
fn merge_alert(mine: &Alert, theirs: &Alert, item: &mut Item) -> Alert {
    let mut known = mine.clone();
    three_way!(&mut known, theirs, item, known.title);
    let mut alert = Alert { source: known.source.clone(), ..theirs.clone() };
    for field in [
        AlertField::Severity(known.severity),
        AlertField::Status(known.status),
        AlertField::Classification(known.classification),
        AlertField::Determination(known.determination),
        AlertField::Assignee(known.assignee),
    ] {
        field.put(&mut alert);
    }
    alert
}

/// An entity that the notebook knows under another id is found by what identifies it.
fn merge_entities(mine: &mut Incident, theirs: &Incident, item: &mut Item) {
    let mut by_key: Option<HashMap<String, EntityId>> = None;
    for incoming in theirs.entities.values() {
        let id = if mine.entities.contains_key(&incoming.id) {
            Some(incoming.id.clone())
        } else {
            // Only a file that knows an entity by another name needs the index, so it is made when first asked for.
            let index = by_key.get_or_insert_with(|| index_keys(mine));
            incoming.facts.identities().iter().find_map(|key| index.get(&key.text).cloned())
        };
        match id.and_then(|id| mine.entities.get_mut(&id)) {
            Some(known) => {
                merge_entity(known, incoming, item);
            }
            None => {
                item.new_entities += 1;
                mine.entities.insert(incoming.id.clone(), incoming.clone());
            }
        }
    }
}

fn index_keys(incident: &Incident) -> HashMap<String, EntityId> {
    incident
        .entities
        .values()
        .flat_map(|entity| entity.facts.identities().into_iter().map(|key| (key.text, entity.id.clone())))
        .collect()
}

fn merge_entity(mine: &mut Entity, theirs: &Entity, item: &mut Item) {
    let own_tags = mine.tags.clone();
    let base_tags = mine.source.iter().find_map(|field| match field {
        EntityField::Tags(tags) => Some(tags.clone()),
        _ => None,
    });
    three_way!(mine, theirs, item, mine.name());
    mine.tags = merge_tags(base_tags.as_ref(), &own_tags, &theirs.tags);
    let mut facts = theirs.facts.clone();
    facts.absorb(&mine.facts);
    mine.facts = facts;
    mine.extra.extend(theirs.extra.clone());
    for sighting in &theirs.sightings {
        match mine.sightings.iter_mut().find(|known| known.alert == sighting.alert) {
            Some(known) => known.clone_from(sighting),
            None => mine.sightings.push(sighting.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Facts, Ip, User};
    use crate::model::taxonomy::{Severity, Status, Verdict};
    use crate::model::{AlertId, Origin, Sighting, Time, What};
    use crate::notebook::Edit;

    fn time(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    fn from_source(severity: Severity, updated: &str) -> Incident {
        let mut incident =
            Incident::new(IncidentId::derived(&["defender", "7"]), "Odd sign-in", time("2026-01-01"));
        incident.origins.insert(Origin { system: "defender".into(), tenant: None, id: "7".into() });
        incident.severity = severity.clone();
        incident.source_updated = Some(time(updated));
        incident.source = vec![
            IncidentField::Name("Odd sign-in".into()),
            IncidentField::Severity(severity),
            IncidentField::Tags(BTreeSet::new()),
        ];
        let mut alert = Alert::new(AlertId::derived(&["a"]), "Sign-in from Tor");
        alert.source = vec![AlertField::Severity(Severity::Unknown)];
        let mut ip = Entity::new(
            EntityId::derived(&["ip"]),
            Facts::Ip(Ip { address: Some("192.0.2.7".into()), ..Ip::default() }),
        );
        ip.source = vec![EntityField::Verdict(Verdict::Unknown)];
        ip.sightings.push(Sighting {
            alert: alert.id.clone(),
            roles: BTreeSet::new(),
            verdict: Verdict::Unknown,
            remediation: crate::model::taxonomy::RemediationStatus::None,
            at: None,
        });
        incident.entities.insert(ip.id.clone(), ip);
        incident.alerts.insert(alert.id.clone(), alert);
        incident
    }

    fn apply(notebook: &mut Notebook, act: Act) {
        let edit = Edit {
            at: time("2026-02-01"),
            by: "ann".into(),
            act,
            cause: crate::model::activity::Cause::Done,
        };
        notebook.apply(edit).unwrap();
    }

    fn imported(incident: Incident) -> Notebook {
        let mut notebook = Notebook::default();
        let act = plan(&notebook, vec![incident]).act(Why::Imported("a.json".into())).unwrap();
        apply(&mut notebook, act);
        notebook
    }

    #[test]
    fn importing_the_same_twice_changes_nothing() {
        let incident = from_source(Severity::Low, "2026-01-02");
        let notebook = imported(incident.clone());
        let again = plan(&notebook, vec![incident]);
        assert_eq!(again.count(Outcome::Unchanged), 1);
        assert_eq!(again.act(Why::Imported("a.json".into())), None);
    }

    #[test]
    fn a_newer_version_updates_what_the_responder_left_alone() {
        let notebook = imported(from_source(Severity::Low, "2026-01-02"));
        let plan = plan(&notebook, vec![from_source(Severity::High, "2026-01-03")]);
        assert_eq!(plan.items[0].outcome, Outcome::Updated);
        assert_eq!(plan.items[0].incident.severity, Severity::High);
        assert_eq!((&*plan.items[0].changed[0].from, &*plan.items[0].changed[0].to), ("low", "high"));
    }

    #[test]
    fn what_the_responder_wrote_stays_and_the_preview_says_so() {
        let mut notebook = imported(from_source(Severity::Low, "2026-01-02"));
        let id = IncidentId::derived(&["defender", "7"]);
        apply(&mut notebook, Act::SetIncident(id.clone(), IncidentField::Severity(Severity::Medium)));
        apply(&mut notebook, Act::SetIncident(id.clone(), IncidentField::Tags(["vip".to_owned()].into())));
        apply(&mut notebook, Act::Comment(id, "called the user".into()));
        let mut newer = from_source(Severity::High, "2026-01-03");
        newer.tags = ["tor".to_owned()].into();
        newer.source[2] = IncidentField::Tags(newer.tags.clone());
        let plan = plan(&notebook, vec![newer]);
        let item = &plan.items[0];
        assert_eq!(item.incident.severity, Severity::Medium);
        assert_eq!(item.kept.iter().map(|kept| kept.field).collect::<Vec<_>>(), ["severity"]);
        assert_eq!(item.incident.tags, ["tor".to_owned(), "vip".to_owned()].into());
        assert!(item.incident.activity.iter().any(|entry| matches!(entry.what, What::Comment(_))));
        // Once it was said, the same file again has nothing more to say.
        apply(&mut notebook, plan.act(Why::Imported("b.json".into())).unwrap());
        let mut newer = from_source(Severity::High, "2026-01-03");
        newer.tags = ["tor".to_owned()].into();
        newer.source[2] = IncidentField::Tags(newer.tags.clone());
        assert_eq!(super::plan(&notebook, vec![newer]).count(Outcome::Unchanged), 1);
    }

    #[test]
    fn an_older_version_is_left_alone() {
        let notebook = imported(from_source(Severity::Low, "2026-01-02"));
        let plan = plan(&notebook, vec![from_source(Severity::High, "2026-01-01")]);
        assert_eq!(plan.count(Outcome::Older), 1);
        assert!(plan.act(Why::Imported("b".into())).is_none());
    }

    #[test]
    fn the_same_incident_from_another_api_is_found_by_its_origin() {
        let notebook = imported(from_source(Severity::Low, "2026-01-02"));
        let mut other = from_source(Severity::Low, "2026-01-02");
        other.id = IncidentId::derived(&["another"]);
        other.origins =
            [Origin { system: "defender".into(), tenant: Some("t".into()), id: "7".into() }].into();
        assert_eq!(existing(&notebook, &[other]), [Some(IncidentId::derived(&["defender", "7"]))]);
    }

    #[test]
    fn an_entity_under_another_id_is_found_by_its_strong_name() {
        let user = |id: &str, name: Option<&str>| {
            Entity::new(
                EntityId::derived(&[id]),
                Facts::User(User {
                    user_principal_name: Some("ann@contoso.com".into()),
                    display_name: name.map(str::to_owned),
                    ..User::default()
                }),
            )
        };
        let mut first = from_source(Severity::Low, "2026-01-02");
        let old = user("x", None);
        first.entities.insert(old.id.clone(), old);
        let notebook = imported(first);
        let mut second = from_source(Severity::Low, "2026-01-02");
        let new = user("y", Some("Ann"));
        second.entities.insert(new.id.clone(), new);
        let plan = plan(&notebook, vec![second]);
        assert_eq!((plan.items[0].new_entities, plan.items[0].incident.entities.len()), (0, 2));
        assert!(
            plan.items[0].incident.entities[&EntityId::derived(&["x"])]
                .facts
                .fields()
                .contains(&("display_name", "Ann".into()))
        );
    }

    #[test]
    fn a_restored_backup_takes_what_is_missing_and_never_what_is_older() {
        let incident = from_source(Severity::Low, "2026-01-02");
        let mut notebook = Notebook::default();
        let restore = |notebook: &Notebook, incident: &Incident| {
            plan_restore(notebook, vec![incident.clone()], Preparation::default())
        };
        let act = restore(&notebook, &incident).act(Why::Restored).unwrap();
        apply(&mut notebook, act);
        assert_eq!(**notebook.incident(&incident.id).unwrap(), incident);
        assert_eq!(restore(&notebook, &incident).count(Outcome::Unchanged), 1);
        apply(
            &mut notebook,
            Act::SetIncident(incident.id.clone(), IncidentField::Status(Status::InProgress)),
        );
        assert_eq!(restore(&notebook, &incident).count(Outcome::Older), 1);
    }
}
