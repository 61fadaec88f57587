//! One incident merged three ways: what the source said last time, what it says now, and what the notebook has.

use super::{Added, FieldChange, Item, Outcome};
use crate::model::{Alert, AlertField, Entity, EntityField, EntityId, Incident, IncidentField};
use std::collections::btree_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What one incident becomes when the source's version is merged into the notebook's.
pub(super) fn merged(mine: &Arc<Incident>, theirs: &Incident) -> Item {
    let mut item = nothing(mine);
    let older = matches!((&theirs.source_updated, &mine.source_updated), (Some(t), Some(m)) if t < m);
    if older {
        item.outcome = Outcome::Older;
        return item;
    }
    let mut result = Incident::clone(mine);
    merge_into(&mut result, theirs, &mut item, &mut Known::default());
    conclude(&mut item, mine, result);
    item
}

/// An incident of which nothing changes.
pub(super) fn nothing(mine: &Arc<Incident>) -> Item {
    Item {
        outcome: Outcome::Unchanged,
        incident: Arc::clone(mine),
        new_alerts: 0,
        new_entities: 0,
        new_events: 0,
        added: Added::default(),
        changed: Vec::new(),
        kept: Vec::new(),
        theirs: None,
        disputes: Vec::new(),
    }
}

/// What is known of entities while an incident is merged a part at a time.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// By what identifies them those that were there before. Only a file that knows one by another name needs it, so it is made
    /// when first asked for.
    by_key: Option<HashMap<String, EntityId>>,
    /// Under which ids those of the source are known here.
    here: HashMap<EntityId, EntityId>,
    /// Those that the source at hand has said anything of.
    told: Vec<EntityId>,
}

impl Known {
    /// The source at hand has said all it says: what came with it can be found by the next.
    pub(super) fn next_source(&mut self, result: &Incident) {
        self.here.clear();
        for id in std::mem::take(&mut self.told) {
            if let (Some(by_key), Some(entity)) = (&mut self.by_key, result.entities.get(&id)) {
                index(entity, by_key);
            }
        }
    }
}

/// Merges what the source says now, or a part of it, into an incident, and notes what that changes. Events have to come after the
/// entities that they name.
pub(super) fn merge_into(result: &mut Incident, theirs: &Incident, item: &mut Item, known: &mut Known) {
    merge_fields(result, theirs, item);
    merge_entities(result, theirs, item, known);
    merge_alerts(result, theirs, item);
    merge_events(result, theirs, &known.here, item);
    merge_work(result, theirs, item);
}

/// Says what came of it.
pub(super) fn conclude(item: &mut Item, mine: &Incident, result: Incident) {
    let added = &item.added;
    (item.new_alerts, item.new_entities) = (added.alerts.len(), added.entities.len());
    item.new_events = added.events.len();
    if result != *mine {
        item.outcome = Outcome::Updated;
        item.incident = Arc::new(result);
    }
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

/// A field whose value may hold what both sides said.
trait Joined: Sized {
    /// Both sides' value, given what the source said last time; none for a field in which only one side can stand.
    fn joined(&self, base: Option<&Self>, mine: &Self) -> Option<Self>;
}

/// Tags are a set: what either side added stays, what the source took away goes.
macro_rules! tags_join {
    ($field:ident) => {
        impl Joined for $field {
            fn joined(&self, base: Option<&Self>, mine: &Self) -> Option<Self> {
                let (Self::Tags(theirs), Self::Tags(mine)) = (self, mine) else { return None };
                let base = base.and_then(|base| if let Self::Tags(tags) = base { Some(tags) } else { None });
                Some(Self::Tags(merge_tags(base, mine, theirs)))
            }
        }
    };
}

tags_join!(IncidentField);
tags_join!(EntityField);

impl Joined for AlertField {
    fn joined(&self, _base: Option<&Self>, _mine: &Self) -> Option<Self> {
        None
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
            let base_value = base.map(|place| &source[place]);
            let joined = field.joined(base_value, &current);
            let decision = match &joined {
                Some(joined) if *joined == current => Decision::Nothing,
                Some(_) => Decision::Take,
                None => decide(base_value, &current, field, unset),
            };
            let result = joined.unwrap_or_else(|| field.clone());
            let change =
                FieldChange { of: $of.clone(), field: field.name(), from: current.text(), to: result.text() };
            match decision {
                Decision::Nothing => {}
                Decision::Take => {
                    result.put($mine);
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
    three_way!(mine, theirs, item, String::new());
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
                item.added.alerts.push(incoming.id.clone());
                mine.alerts.insert(incoming.id.clone(), incoming.clone());
            }
            Some(known) if incoming.updated >= known.updated => *known = merge_alert(known, incoming, item),
            Some(_) => {}
        }
    }
}

/// An event is what a log said once, so one that is known stays as the responder left it; only a zone that was missing is
/// taken.
fn merge_events(
    mine: &mut Incident,
    theirs: &Incident,
    known_as: &HashMap<EntityId, EntityId>,
    item: &mut Item,
) {
    for incoming in theirs.events.values() {
        match mine.events.get_mut(&incoming.id) {
            None => {
                item.added.events.push(incoming.id.clone());
                let mut event = incoming.clone();
                let named = std::mem::take(&mut event.entities).into_iter();
                event.entities = named.map(|id| known_as.get(&id).cloned().unwrap_or(id)).collect();
                mine.events.insert(event.id.clone(), event);
            }
            Some(known)
                if !known.at.zone_stated() && incoming.written.as_deref() == Some(known.at.text()) =>
            {
                known.at.clone_from(&incoming.at);
                known.written.clone_from(&incoming.written);
            }
            Some(_) => {}
        }
    }
}

/// Steps and notes that came with the source. One that is there stays as the responder left it; a step that nobody has
/// touched here takes what the source says of it.
fn merge_work(mine: &mut Incident, theirs: &Incident, item: &mut Item) {
    for (id, step) in &theirs.checklist.own {
        if let Entry::Vacant(place) = mine.checklist.own.entry(id.clone()) {
            place.insert(step.clone());
            item.added.steps.push(id.clone());
        }
        if let Some(state) = theirs.checklist.steps.get(id) {
            mine.checklist.steps.entry(id.clone()).or_insert_with(|| state.clone());
        }
    }
    for (id, note) in &theirs.notes {
        mine.notes.entry(id.clone()).or_insert_with(|| note.clone());
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
fn merge_entities(mine: &mut Incident, theirs: &Incident, item: &mut Item, known: &mut Known) {
    for incoming in theirs.entities.values() {
        let id = if mine.entities.contains_key(&incoming.id) {
            Some(incoming.id.clone())
        } else {
            let by_key = known.by_key.get_or_insert_with(|| index_keys(mine));
            incoming.facts.identities().iter().find_map(|key| by_key.get(&key.text).cloned())
        };
        let merged = match id.and_then(|id| mine.entities.get_mut(&id)) {
            Some(there) => {
                if there.id != incoming.id {
                    known.here.insert(incoming.id.clone(), there.id.clone());
                }
                merge_entity(there, incoming, item);
                there.id.clone()
            }
            None => {
                item.added.entities.push(incoming.id.clone());
                mine.entities.insert(incoming.id.clone(), incoming.clone());
                incoming.id.clone()
            }
        };
        known.told.push(merged);
    }
}

fn index_keys(incident: &Incident) -> HashMap<String, EntityId> {
    let mut by_key = HashMap::new();
    incident.entities.values().for_each(|entity| index(entity, &mut by_key));
    by_key
}

/// Of two entities with one identity the one with the greater id is found, whichever came first.
fn index(entity: &Entity, by_key: &mut HashMap<String, EntityId>) {
    for key in entity.facts.identities() {
        let there = by_key.entry(key.text).or_insert_with(|| entity.id.clone());
        if *there < entity.id {
            there.clone_from(&entity.id);
        }
    }
}

fn merge_entity(mine: &mut Entity, theirs: &Entity, item: &mut Item) {
    three_way!(mine, theirs, item, mine.name());
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
