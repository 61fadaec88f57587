//! The chain of custody of an evidence item, read from the incident's log: its entries in order, which of them hold, and
//! what follows from them: who has the item, where it is, whether it still is what it was.
//!
//! Nothing of this is stored beside the log, so the two can never disagree, and logs that were joined give the joined chain.

use crate::compact::Order as _;
use crate::model::{Activity, CustodyEvent, EvidenceId, Handling, Incident, Subject, Time, What};

/// One entry of an item's chain of custody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'a> {
    /// The entry.
    pub entry: &'a Activity,
    /// The entry that withdrew it, if one did.
    pub withdrawn: Option<&'a Activity>,
    /// Who had the item by what was recorded before, where somebody else released it: the chain has a gap here.
    pub gap: Option<&'a str>,
}

/// Whether an item is in somebody's hands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Whereabouts {
    /// Nobody has written down that it was collected.
    #[default]
    Unrecorded,
    /// Somebody has it.
    Held,
    /// It went back to where it belongs.
    Returned,
    /// It is no more.
    Destroyed,
}

/// What the entries that hold come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Custody<'a> {
    /// Whether somebody has it.
    pub whereabouts: Whereabouts,
    /// Who has it, or had it last; empty where nothing says so.
    pub holder: &'a str,
    /// Where it is kept; empty where nothing says so.
    pub kept_at: &'a str,
    /// When its hash was last checked, and whether it matched; none where it never was.
    pub checked: Option<(&'a Time, bool)>,
    /// Whether the chain has a gap.
    pub has_gap: bool,
}

/// The custody events of an item that hold, each with its place in the log, in the order in which they happened.
pub fn standing<'a>(log: &'a [Activity], item: &EvidenceId) -> Vec<(usize, &'a CustodyEvent)> {
    let mut events: Vec<(usize, &CustodyEvent)> = Vec::new();
    for (place, entry) in log.iter().enumerate() {
        match &entry.what {
            What::Custody { subject, event } if is_about(subject, item) => events.push((place, event)),
            What::CustodyWithdrawn { subject, event, .. } if is_about(subject, item) => {
                if let Some(at) = events.iter().rposition(|(_, known)| *known == event) {
                    events.remove(at);
                }
            }
            _ => {}
        }
    }
    // What was written down late stands where it happened; what happened at once stands as it was written down.
    events.order_by(|(_, one), (_, other)| one.at.cmp(&other.at));
    events
}

/// Why such an event of an item was last withdrawn; none where it never was.
pub fn withdrawal<'a>(log: &'a [Activity], item: &EvidenceId, wanted: &CustodyEvent) -> Option<&'a str> {
    log.iter().rev().find_map(|entry| match &entry.what {
        What::CustodyWithdrawn { subject, event, why } if is_about(subject, item) && event == wanted => {
            Some(why.as_str())
        }
        _ => None,
    })
}

/// Everything in the log that is about an item, oldest entry first: the item's chain of custody.
pub fn chain<'a>(incident: &'a Incident, item: &EvidenceId) -> Vec<Link<'a>> {
    let log = &incident.activity;
    let held = standing(log, item);
    let gaps = gaps(&held);
    let mut links: Vec<Link> = Vec::new();
    for (place, entry) in log.iter().enumerate() {
        let subject = match &entry.what {
            What::Set { subject, .. }
            | What::Added(subject)
            | What::Removed(subject)
            | What::Custody { subject, .. } => subject,
            What::CustodyWithdrawn { subject, event, .. } => {
                let withdraws = |link: &&mut Link| {
                    let same =
                        matches!(&link.entry.what, What::Custody { event: known, .. } if known == event);
                    same && link.withdrawn.is_none()
                };
                if is_about(subject, item)
                    && let Some(link) = links.iter_mut().rev().find(withdraws)
                {
                    link.withdrawn = Some(entry);
                }
                subject
            }
            _ => continue,
        };
        if is_about(subject, item) {
            let gap = gaps.iter().find(|(at, _)| *at == place).map(|(_, holder)| *holder);
            links.push(Link { entry, withdrawn: None, gap });
        }
    }
    links
}

/// What the log says of an item now.
pub fn custody<'a>(incident: &'a Incident, item: &EvidenceId) -> Custody<'a> {
    let events = standing(&incident.activity, item);
    let mut custody = Custody { has_gap: !gaps(&events).is_empty(), ..Custody::default() };
    for (_, event) in events {
        match &event.handling {
            Handling::Collected { kept_at, .. } => {
                custody.whereabouts = Whereabouts::Held;
                custody.holder = &event.by;
                custody.kept_at = kept_at;
            }
            Handling::HandedOver { to, kept_at } => {
                custody.whereabouts = Whereabouts::Held;
                custody.holder = to;
                if !kept_at.is_empty() {
                    custody.kept_at = kept_at;
                }
            }
            Handling::Moved { kept_at } => custody.kept_at = kept_at,
            Handling::Copied | Handling::Examined => {}
            Handling::HashChecked { .. } => {
                if let Some(matches) = event.handling.hash_matches() {
                    custody.checked = Some((&event.at, matches));
                }
            }
            Handling::Returned { to } => {
                custody.whereabouts = Whereabouts::Returned;
                custody.holder = to;
                custody.kept_at = "";
            }
            Handling::Destroyed => {
                custody.whereabouts = Whereabouts::Destroyed;
                custody.kept_at = "";
            }
        }
    }
    custody
}

/// Where somebody released the item who did not have it by what was recorded before: the place in the log, and who had it.
fn gaps<'a>(events: &[(usize, &'a CustodyEvent)]) -> Vec<(usize, &'a str)> {
    let mut holder: Option<&str> = None;
    let mut gaps = Vec::new();
    for (place, event) in events {
        let releases = matches!(event.handling, Handling::HandedOver { .. } | Handling::Returned { .. });
        if let Some(holder) = holder.filter(|holder| releases && *holder != event.by) {
            gaps.push((*place, holder));
        }
        match &event.handling {
            Handling::Collected { .. } => holder = Some(&event.by),
            Handling::HandedOver { to, .. } | Handling::Returned { to } => holder = Some(to),
            _ => {}
        }
    }
    gaps
}

fn is_about(subject: &Subject, item: &EvidenceId) -> bool {
    matches!(subject, Subject::Evidence(id, _) if id == item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::Cause;
    use crate::model::{EvidenceItem, EvidenceKind, IncidentId};
    use crate::notebook::{Act, Edit, History, Notebook, acts};

    fn time(minute: i64) -> Time {
        Time::from_millis(1_800_000_000_000 + minute * 60_000)
    }

    fn item() -> EvidenceId {
        EvidenceId::derived(&["disk"])
    }

    fn event(minute: i64, by: &str, handling: Handling) -> CustodyEvent {
        CustodyEvent { at: time(minute), by: by.into(), handling, why: "for the inquiry".into() }
    }

    fn handed(minute: i64, by: &str, to: &str) -> CustodyEvent {
        event(minute, by, Handling::HandedOver { to: to.into(), kept_at: String::new() })
    }

    struct Desk {
        notebook: Notebook,
        history: History,
        id: IncidentId,
    }

    impl Desk {
        fn with_item() -> Self {
            let id = IncidentId::derived(&["1"]);
            let mut desk =
                Self { notebook: Notebook::default(), history: History::default(), id: id.clone() };
            let incident = Incident::new(id.clone(), "A", time(0));
            desk.done(acts::put(crate::notebook::Why::Created, incident));
            let image = EvidenceItem::new(item(), "disk.E01", EvidenceKind::DiskImage);
            desk.done(acts::collect(&id, image, &time(1), "Ann", "Safe 2"));
            desk
        }

        fn done(&mut self, act: Act) {
            let edit = Edit { at: time(50), by: "Ann".into(), act, cause: Cause::Done };
            let change = self.notebook.apply(edit).unwrap();
            self.history.record(change);
        }

        fn record(&mut self, event: CustodyEvent) {
            self.done(Act::Custody(self.id.clone(), item(), event));
        }

        fn incident(&self) -> &Incident {
            self.notebook.incident(&self.id).unwrap()
        }
    }

    #[test]
    fn the_log_says_who_has_it_and_where() {
        let mut desk = Desk::with_item();
        let custody = |desk: &Desk| {
            let custody = custody(desk.incident(), &item());
            (custody.whereabouts, custody.holder.to_owned(), custody.kept_at.to_owned())
        };
        assert_eq!(custody(&desk), (Whereabouts::Held, "Ann".into(), "Safe 2".into()));
        desk.record(handed(3, "Ann", "Bob"));
        assert_eq!(custody(&desk), (Whereabouts::Held, "Bob".into(), "Safe 2".into()));
        // Written down later, happened earlier: Bob has it all the same.
        desk.record(event(2, "Ann", Handling::Moved { kept_at: "Lab".into() }));
        assert_eq!(custody(&desk), (Whereabouts::Held, "Bob".into(), "Lab".into()));
        desk.record(event(9, "Bob", Handling::Returned { to: "Owner".into() }));
        assert_eq!(custody(&desk), (Whereabouts::Returned, "Owner".into(), String::new()));
    }

    #[test]
    fn who_releases_what_another_has_leaves_a_gap() {
        let mut desk = Desk::with_item();
        desk.record(handed(3, "Carol", "Bob"));
        let links = chain(desk.incident(), &item());
        assert_eq!(links.last().unwrap().gap, Some("Ann"));
        assert!(custody(desk.incident(), &item()).has_gap);
        // The missing entry closes it, although it is written down last.
        desk.record(handed(2, "Ann", "Carol"));
        assert!(!custody(desk.incident(), &item()).has_gap);
    }

    #[test]
    fn an_entry_is_withdrawn_by_another_one_and_stays_where_it_is() {
        let mut desk = Desk::with_item();
        let wrong = handed(3, "Ann", "Bbo");
        desk.record(wrong.clone());
        let before = desk.incident().activity.clone();
        desk.done(Act::WithdrawCustody(desk.id.clone(), item(), wrong.clone(), "a typing error".into()));
        desk.record(handed(3, "Ann", "Bob"));
        assert!(desk.incident().activity.starts_with(&before));
        assert_eq!(custody(desk.incident(), &item()).holder, "Bob");
        let links = chain(desk.incident(), &item());
        let withdrawn: Vec<bool> = links.iter().map(|link| link.withdrawn.is_some()).collect();
        // Added, collected, handed to Bbo, withdrawn, handed to Bob.
        assert_eq!(withdrawn, [false, false, true, false, false]);
        // The same cannot be withdrawn twice.
        let again = Act::WithdrawCustody(desk.id.clone(), item(), wrong, "again".into());
        let edit = Edit { at: time(51), by: "Ann".into(), act: again, cause: Cause::Done };
        assert!(desk.notebook.apply(edit).is_err());
    }

    #[test]
    fn undo_and_redo_of_custody_are_entries_of_their_own() {
        let mut desk = Desk::with_item();
        desk.record(handed(3, "Ann", "Bob"));
        let withdraw =
            Act::WithdrawCustody(desk.id.clone(), item(), handed(3, "Ann", "Bob"), "not yet".into());
        desk.done(withdraw);
        let Desk { notebook, history, id } = &mut desk;
        let mut lengths = vec![notebook.incident(id).unwrap().activity.len()];
        let holder = |notebook: &Notebook| custody(notebook.incident(id).unwrap(), &item()).holder.to_owned();
        for expected in ["Bob", "Ann"] {
            history.undo(notebook, time(60), "Ann".into()).unwrap().unwrap();
            assert_eq!(holder(notebook), expected);
            lengths.push(notebook.incident(id).unwrap().activity.len());
        }
        for expected in ["Bob", "Ann"] {
            history.redo(notebook, time(61), "Ann".into()).unwrap().unwrap();
            assert_eq!(holder(notebook), expected);
            lengths.push(notebook.incident(id).unwrap().activity.len());
        }
        assert!(lengths.is_sorted_by(|one, other| one < other), "{lengths:?}");
        let last = &notebook.incident(id).unwrap().activity.last().unwrap().what;
        assert!(matches!(last, What::CustodyWithdrawn { why, .. } if why == "not yet"));
    }
}
