//! Texts about the hash chains of the logs: their heads, checking them, and what does not fit.

use crate::model::Time;
use crate::model::chain::{Fault, FaultKind, Verified};

/// Texts about the hash chains of the logs.
#[derive(Debug)]
#[allow(missing_docs)] // The texts explain themselves.
pub struct Proof {
    pub title: &'static str,
    pub head: &'static str,
    pub no_head: &'static str,
    pub head_of: fn(&str) -> String,
    pub copy_head: &'static str,
    pub verify: &'static str,
    pub show_hashes: &'static str,
    pub hide_hashes: &'static str,
    pub fits: &'static str,
    pub does_not_fit: &'static str,
    pub all_fit: fn(usize, usize) -> String,
    pub before: fn(usize) -> String,
    pub empty: &'static str,
    pub what_then: &'static str,
    place: fn(usize, &str, &str) -> String,
    unfit: fn(&str) -> String,
    outside: fn(&str) -> String,
    missing: fn(&str) -> String,
    other_head: fn(&str) -> String,
    other_head_nowhere: &'static str,
    pub notebook: &'static str,
    pub notebook_text: &'static str,
    pub notebook_head: &'static str,
    pub notebook_log: &'static str,
    pub notebook_log_empty: &'static str,
    pub own_log: &'static str,
    pub verify_all: &'static str,
    pub verifying: &'static str,
    pub all_logs_fit: fn(usize, usize) -> String,
    pub more_faults: fn(usize) -> String,
    pub unread: fn(usize) -> String,
    pub backup_warning: &'static str,
    pub backup_warning_text: &'static str,
    pub report_how: &'static str,
}

impl Proof {
    /// What is wrong, and where, as a sentence. The reader's way of writing times is the caller's.
    pub fn fault(&self, fault: &Fault, time: &dyn Fn(&Time) -> String) -> String {
        let place = fault.place.as_ref().map(|place| (self.place)(place.number, &time(&place.at), &place.by));
        match (fault.kind, place) {
            (FaultKind::Unfit, place) => (self.unfit)(&place.unwrap_or_default()),
            (FaultKind::Outside, place) => (self.outside)(&place.unwrap_or_default()),
            (FaultKind::Missing, place) => (self.missing)(&place.unwrap_or_default()),
            (FaultKind::OtherHead, Some(place)) => (self.other_head)(&place),
            (FaultKind::OtherHead, None) => self.other_head_nowhere.to_owned(),
        }
    }

    /// What checking a log has found, where nothing is wrong.
    pub fn found(&self, verified: &Verified) -> String {
        match (verified.entries, verified.before) {
            (0, _) => self.empty.to_owned(),
            (_, 0) => (self.all_fit)(verified.entries, verified.heads.len()),
            (_, before) => (self.before)(before),
        }
    }
}

/// English.
pub const EN: Proof = Proof {
    title: "Proof of the log",
    head: "Head of the log",
    no_head: "No entry stands in a chain yet; the next change begins one.",
    head_of: |copy| format!("Head of copy {copy}"),
    copy_head: "Copy the whole head",
    verify: "Verify",
    show_hashes: "Show hashes",
    hide_hashes: "Hide hashes",
    fits: "The log is whole",
    does_not_fit: "The log does not fit",
    all_fit: |entries, copies| {
        let entries = if entries == 1 { "The 1 entry fits".into() } else { format!("All {entries} entries fit") };
        let copies = if copies == 1 { "1 copy".into() } else { format!("{copies} copies") };
        format!("{entries}, in the chains of {copies} of the notebook.")
    },
    before: |n| {
        let entries = if n == 1 { "1 entry stands".into() } else { format!("{n} entries stand") };
        format!("{entries} before any chain, so nothing proves them. The next change covers them as they are now.")
    },
    empty: "The log is empty.",
    what_then: "Nothing was removed from the notebook because of this. Compare with an earlier backup to see what the log said then.",
    place: |number, time, by| format!("entry {number} ({time}, {by})"),
    unfit: |place| {
        format!("The first that does not fit is {place}: it was changed or moved, or an entry before it was removed, moved or added.")
    },
    outside: |place| format!("Nothing vouches for {place}: it was changed or added."),
    missing: |place| format!("An entry that {place} vouches for is not there: it was changed or removed."),
    other_head: |place| format!("The log does not end where it should: entries were removed or added after {place}."),
    other_head_nowhere: "A log that should be there is missing, or the list of heads was changed.",
    notebook: "Proof of the logs",
    notebook_text: "Every entry of every log carries a hash over the entry before it, so that a change shows. The head stands for all of them: write it down elsewhere, and you can show later that nothing was changed since.",
    notebook_head: "Head of the notebook",
    notebook_log: "What happened to the notebook",
    notebook_log_empty: "Nothing yet.",
    own_log: "The notebook's own log",
    verify_all: "Verify all logs",
    verifying: "Checking the logs",
    all_logs_fit: |entries, incidents| {
        let entries = if entries == 1 { "The 1 entry fits".into() } else { format!("All {entries} entries fit") };
        let incidents = if incidents == 1 { "1 incident".into() } else { format!("{incidents} incidents") };
        format!("{entries}, in {incidents} and the notebook's own log.")
    },
    more_faults: |n| if n == 1 { "And 1 more.".into() } else { format!("And {n} more.") },
    unread: |n| {
        if n == 1 { "1 incident could not be read.".into() } else { format!("{n} incidents could not be read.") }
    },
    backup_warning: "A log in this backup does not fit",
    backup_warning_text: "Somebody may have changed the file. You can import it all the same; nothing is left out.",
    report_how: "Each entry of the log carries a SHA-256 hash over its content and the entry before it. To check that nothing was changed since this report, open the incident in First Hour, choose Activity and then Verify: the log has to be whole and each of these hashes has to stand in it. How to check a backup without First Hour is described in its docs/notebook-format.md.",
};

/// Dutch.
pub const NL: Proof = Proof {
    title: "Echtheid van het logboek",
    head: "Kop van het logboek",
    no_head: "Er staat nog geen regel in een keten; de volgende wijziging begint er een.",
    head_of: |copy| format!("Kop van kopie {copy}"),
    copy_head: "De hele kop kopiëren",
    verify: "Controleren",
    show_hashes: "Hashes tonen",
    hide_hashes: "Hashes verbergen",
    fits: "Het logboek klopt",
    does_not_fit: "Het logboek klopt niet",
    all_fit: |entries, copies| {
        let entries =
            if entries == 1 { "De ene regel klopt".into() } else { format!("Alle {entries} regels kloppen") };
        let copies = if copies == 1 { "1 kopie".into() } else { format!("{copies} kopieën") };
        format!("{entries}, in de ketens van {copies} van het notitieboek.")
    },
    before: |n| {
        let entries = if n == 1 { "1 regel staat".into() } else { format!("{n} regels staan") };
        format!("{entries} vóór elke keten, dus niets bewijst ze. De volgende wijziging dekt ze zoals ze nu zijn.")
    },
    empty: "Het logboek is leeg.",
    what_then: "Hierom is niets uit het notitieboek verwijderd. Vergelijk met een eerdere reservekopie om te zien wat het logboek toen zei.",
    place: |number, time, by| format!("regel {number} ({time}, {by})"),
    unfit: |place| {
        format!("De eerste die niet klopt is {place}: die is gewijzigd of verplaatst, of er is een regel vóór weggehaald, verplaatst of toegevoegd.")
    },
    outside: |place| format!("Niets staat in voor {place}: die is gewijzigd of toegevoegd."),
    missing: |place| format!("Een regel waar {place} voor instaat is er niet: die is gewijzigd of weggehaald."),
    other_head: |place| {
        format!("Het logboek eindigt niet waar het hoort: na {place} zijn regels weggehaald of toegevoegd.")
    },
    other_head_nowhere: "Een logboek dat er hoort te zijn ontbreekt, of de lijst van koppen is gewijzigd.",
    notebook: "Echtheid van de logboeken",
    notebook_text: "Elke regel van elk logboek draagt een hash over de regel ervoor, zodat een wijziging opvalt. De kop staat voor allemaal: noteer hem ergens anders, en je kunt later laten zien dat er sindsdien niets is gewijzigd.",
    notebook_head: "Kop van het notitieboek",
    notebook_log: "Wat er met het notitieboek gebeurde",
    notebook_log_empty: "Nog niets.",
    own_log: "Het eigen logboek van het notitieboek",
    verify_all: "Alle logboeken controleren",
    verifying: "De logboeken worden gecontroleerd",
    all_logs_fit: |entries, incidents| {
        let entries =
            if entries == 1 { "De ene regel klopt".into() } else { format!("Alle {entries} regels kloppen") };
        let incidents = if incidents == 1 { "1 incident".into() } else { format!("{incidents} incidenten") };
        format!("{entries}, in {incidents} en het eigen logboek van het notitieboek.")
    },
    more_faults: |n| format!("En nog {n}."),
    unread: |n| {
        if n == 1 { "1 incident kon niet worden gelezen.".into() } else { format!("{n} incidenten konden niet worden gelezen.") }
    },
    backup_warning: "Een logboek in deze reservekopie klopt niet",
    backup_warning_text: "Misschien heeft iemand het bestand gewijzigd. Je kunt het toch importeren; er wordt niets weggelaten.",
    report_how: "Elke regel van het logboek draagt een SHA-256-hash over zijn inhoud en de regel ervoor. Om te controleren dat er sinds dit rapport niets is gewijzigd, open je het incident in First Hour en kies je Activiteit en dan Controleren: het logboek moet kloppen en elk van deze hashes moet erin staan. Hoe je een reservekopie controleert zonder First Hour staat in docs/notebook-format.md.",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::chain::Place;

    #[test]
    fn a_fault_names_the_entry_with_its_time_and_who() {
        let place = Place { number: 14, at: Time::from_millis(0), by: "Ann".into() };
        let time = |_: &Time| "08:30".to_owned();
        for words in [&EN, &NL] {
            for kind in [FaultKind::Unfit, FaultKind::Outside, FaultKind::Missing, FaultKind::OtherHead] {
                let text = words.fault(&Fault { kind, place: Some(place.clone()) }, &time);
                assert!(text.contains("14 (08:30, Ann)"), "{text}");
            }
        }
    }

    #[test]
    fn a_log_without_chains_is_not_said_to_fit() {
        let verified = Verified { entries: 3, before: 3, ..Verified::default() };
        assert!(EN.found(&verified).starts_with("3 entries stand before any chain"));
        assert_eq!(NL.found(&Verified { before: 0, ..verified }), (NL.all_fit)(3, 0));
    }
}
