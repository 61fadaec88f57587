//! What happened to an evidence item, in words: an entry of its chain of custody as part of a sentence.

use super::{Log, quoted, shortened};
use crate::model::{CustodyEvent, Handling, Subject, Time};
use crate::words::deed::{
    CHECK, COLLECT, COPY, DESTROY, Deed, EXAMINE, HAND_OVER, MOVE, RECORD, RETURN, Verb, WITHDRAW, join,
};

/// Up to how many milliseconds after it happened something counts as written down at once.
const AT_ONCE: i64 = 60_000;

impl Log {
    /// What was done to an evidence item, without by whom: `handed the item over to Bob: for analysis`.
    pub fn handling(&self, event: &CustodyEvent) -> String {
        let pick = |en, nl| self.lang.pick(en, nl);
        self.event(event, pick("the item", "het bewijsstuk"), true).past(self.lang)
    }

    /// An entry of the log that something happened. Who wrote it down says so of what another did, and when it was.
    pub(super) fn custody(
        &self,
        recorded: Option<(&str, &Time)>,
        subject: &Subject,
        event: &CustodyEvent,
        time: &dyn Fn(&Time) -> String,
    ) -> Deed {
        let deed = self.event(event, &self.named(subject), true);
        let Some((by, at)) = recorded else { return deed };
        let late = (at.millis() - event.at.millis()).abs() > AT_ONCE;
        if by == event.by && !late {
            return deed;
        }
        let when = if late { format!(" ({})", time(&event.at)) } else { String::new() };
        self.deed(&RECORD, "", format!(": {}{when} {}", event.by, deed.past(self.lang)))
    }

    /// Something to record, for a button: `hand evidence item “E-01 disk” over to Bob`.
    pub(super) fn custody_to_do(&self, subject: &Subject, event: &CustodyEvent) -> Deed {
        self.event(event, &self.named(subject), false)
    }

    /// An entry that withdraws another one.
    pub(super) fn custody_withdrawn(&self, subject: &Subject, event: &CustodyEvent, why: &str) -> Deed {
        let pick = |en, nl| self.lang.pick(en, nl);
        let what = shortened(&format!("{} {}", event.by, self.handling(event)));
        let object = format!(
            "{} {} {} “{what}”",
            pick("from the custody of", "uit de bewaarketen van"),
            self.named(subject),
            pick("the entry", "de regel"),
        );
        let tail = if why.is_empty() { String::new() } else { format!(": {}", shortened(why)) };
        self.deed(&WITHDRAW, object, tail)
    }

    fn event(&self, event: &CustodyEvent, item: &str, with_why: bool) -> Deed {
        let pick = |en, nl| self.lang.pick(en, nl);
        let to = |name: &str| format!("{} {}", pick("to", "aan"), quoted(name));
        let (verb, tail): (&Verb, String) = match &event.handling {
            Handling::Collected { kept_at, .. } if kept_at.is_empty() => (&COLLECT, String::new()),
            Handling::Collected { kept_at, .. } => {
                (&COLLECT, format!("{} {}", pick("and kept it at", "en bewaarde het op"), quoted(kept_at)))
            }
            Handling::HandedOver { to: name, kept_at } => {
                let place = match kept_at.as_str() {
                    "" => String::new(),
                    place => format!("({})", quoted(place)),
                };
                (&HAND_OVER, join(&[pick("over", ""), &to(name), &place]))
            }
            Handling::Moved { kept_at } => (&MOVE, format!("{} {}", pick("to", "naar"), quoted(kept_at))),
            Handling::Copied => (&COPY, String::new()),
            Handling::Examined => (&EXAMINE, String::new()),
            Handling::HashChecked { .. } => {
                let result = match event.handling.hash_matches() {
                    Some(true) => pick("and its hash matches", "en de hash klopt"),
                    Some(false) => pick("and its hash does not match", "en de hash klopt niet"),
                    None => pick("and noted its hash", "en noteerde de hash"),
                };
                (&CHECK, result.to_owned())
            }
            Handling::Returned { to: name } => (&RETURN, to(name)),
            Handling::Destroyed => (&DESTROY, String::new()),
        };
        if !with_why {
            // A button says what it does, not what came of it.
            let tail = if matches!(event.handling, Handling::HashChecked { .. } | Handling::Collected { .. }) {
                String::new()
            } else {
                tail
            };
            return self.deed(verb, item, tail);
        }
        let why = match event.why.as_str() {
            "" => String::new(),
            why => format!(": {}", shortened(why)),
        };
        self.deed(verb, item, join(&[&tail, &why]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EN, NL};
    use super::*;
    use crate::model::activity::Cause;
    use crate::model::{Activity, EvidenceId, What};

    fn subject() -> Subject {
        Subject::Evidence(EvidenceId::derived(&["1"]), "E-01 disk.E01".into())
    }

    fn event(handling: Handling, why: &str) -> CustodyEvent {
        CustodyEvent { at: Time::from_millis(0), by: "Ann".into(), handling, why: why.into() }
    }

    fn said(log: &Log, by: &str, minute: i64, event: CustodyEvent) -> String {
        let what = What::Custody { subject: subject(), event };
        log.sentence(&crate::words::log::tests::entry(by, minute, what, Cause::Done), &|time| time.utc())
    }

    fn handed() -> CustodyEvent {
        event(Handling::HandedOver { to: "Bob".into(), kept_at: String::new() }, "for analysis")
    }

    #[test]
    fn a_hand_over_says_to_whom_and_why() {
        assert_eq!(
            said(&EN, "Ann", 0, handed()),
            "Ann handed evidence item “E-01 disk.E01” over to “Bob”: for analysis"
        );
        assert_eq!(
            said(&NL, "Ann", 0, handed()),
            "Ann droeg bewijsstuk “E-01 disk.E01” over aan “Bob”: for analysis"
        );
    }

    #[test]
    fn what_another_did_or_what_was_written_down_late_is_recorded() {
        assert_eq!(
            said(&EN, "Carol", 0, handed()),
            "Carol recorded: Ann handed evidence item “E-01 disk.E01” over to “Bob”: for analysis"
        );
        assert_eq!(
            said(&NL, "Ann", 5, handed()),
            "Ann legde vast: Ann (1970-01-01 00:00:00Z) droeg bewijsstuk “E-01 disk.E01” over aan “Bob”: for analysis"
        );
    }

    #[test]
    fn a_check_says_what_came_of_it() {
        let check = |sha256: &str, expected: &str| {
            event(Handling::HashChecked { sha256: sha256.into(), expected: expected.into() }, "")
        };
        assert_eq!(EN.handling(&check("aa", "aa")), "checked the item and its hash matches");
        assert_eq!(EN.handling(&check("aa", "bb")), "checked the item and its hash does not match");
        assert_eq!(NL.handling(&check("aa", "")), "controleerde het bewijsstuk en noteerde de hash");
    }

    #[test]
    fn a_withdrawal_names_what_it_withdraws_and_why() {
        let what =
            What::CustodyWithdrawn { subject: subject(), event: handed(), why: "a typing error".into() };
        let entry: Activity = crate::words::log::tests::entry("Ann", 0, what, Cause::Done);
        assert_eq!(
            EN.sentence(&entry, &|time| time.utc()),
            "Ann withdrew from the custody of evidence item “E-01 disk.E01” the entry “Ann handed the item over to “Bob”: for analysis”: a typing error"
        );
    }

    #[test]
    fn a_button_says_what_it_does() {
        let deed = EN.custody_to_do(&subject(), &handed());
        assert_eq!(deed.infinitive(crate::words::Lang::En), "hand evidence item “E-01 disk.E01” over to “Bob”");
        let deed = NL.custody_to_do(&subject(), &handed());
        assert_eq!(
            deed.infinitive(crate::words::Lang::Nl),
            "bewijsstuk “E-01 disk.E01” aan “Bob” overdragen"
        );
    }
}
