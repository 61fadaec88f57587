//! Texts about keeping the notebook: why something was not saved, what could not be read, which tab writes.

use super::Words;
use crate::storage::{Access, Aside, KvError, Mended, NotLoaded, NotSaved, Why};

/// Texts about keeping.
#[derive(Debug)]
#[allow(missing_docs)] // The texts explain themselves.
pub struct Keeping {
    pub full: fn(usize, usize) -> String,
    pub failed: fn(&str) -> String,
    pub not_kept: &'static str,
    pub busy: &'static str,
    pub other_tab_title: &'static str,
    pub other_tab: &'static str,
    pub overtaken: &'static str,
    pub newer_title: &'static str,
    pub newer: fn(u32) -> String,
    pub take_over: &'static str,
    pub damaged_incident: fn(&str) -> String,
    pub blocked_title: &'static str,
    pub blocked: &'static str,
    pub nearly_full_title: &'static str,
    pub nearly_full: fn(u8) -> String,
    pub repair_title: &'static str,
    pub repair_text: &'static str,
    pub repair_missing_edits: fn(u64) -> String,
    pub repair_manifest: &'static str,
    pub repair_manifests: &'static str,
    pub repair_rows: fn(usize) -> String,
    pub repair_older: fn(&str) -> String,
    pub aside_title: &'static str,
    pub aside_text: &'static str,
    pub aside_line: fn(&str, &str) -> String,
    pub aside_missing: &'static str,
    pub aside_damaged: fn(&str) -> String,
    pub aside_does_not_apply: fn(&str) -> String,
    pub aside_out_of_place: &'static str,
    pub aside_download: &'static str,
    pub aside_discard: &'static str,
}

/// English.
pub const EN: Keeping = Keeping {
    full: |needed, free| {
        format!(
            "This needs {needed} characters of room and {free} are free, so nothing was changed. Save a backup file, \
             then delete incidents you no longer need and try again."
        )
    },
    failed: |why| format!("The browser did not keep this, so nothing was changed ({why}). Save a backup file, then reload the page."),
    not_kept: "The browser did not keep this as it was written, so nothing was changed. Save a backup file, then reload the page.",
    busy: "An import is still being saved. Wait until it is done, then try again.",
    other_tab_title: "This notebook is open in another tab",
    other_tab: "You can read everything here and see what changes there. To make changes here, take over.",
    overtaken: "Another tab has saved since, so what you see here may be out of date. Reload the page, or take over here.",
    newer_title: "A newer version of First Hour wrote this notebook",
    newer: |format| {
        format!(
            "It is stored in format {format}, which this version can show but must not change. Open it with the newer \
             version, or save a backup file."
        )
    },
    take_over: "Write here instead",
    damaged_incident: |name| {
        format!("“{name}” is damaged and was set aside, not deleted. Save it as a file or restore a backup.")
    },
    blocked_title: "This browser does not let the page keep anything",
    blocked: "Everything works, but only until you close the page. Allow site data for this address, or save a backup file before you leave.",
    nearly_full_title: "The notebook is nearly full",
    nearly_full: |percent| {
        format!(
            "{percent}% of the room is taken. Save a backup file, then delete incidents you no longer need; what is \
             open can always be saved."
        )
    },
    repair_title: "Part of the notebook had to be repaired",
    repair_text: "Nothing was deleted. This is what happened:",
    repair_missing_edits: |edits| match edits {
        1 => "1 edit is missing: the browser lost it before it was on disk.".into(),
        _ => format!("{edits} edits are missing: the browser lost them before they were on disk."),
    },
    repair_manifest: "One of the two tables of contents was damaged; the other was used. Nothing is lost.",
    repair_manifests: "Both tables of contents were damaged; the newest records that could be found were used.",
    repair_rows: |rows| format!("{rows} lines of the list were made anew from their incidents. Nothing is lost."),
    repair_older: |id| format!("The newest state of incident {id} was missing; an earlier one was used."),
    aside_title: "What could not be read",
    aside_text: "These records are damaged. They were set aside, not deleted: save them as a file, or restore a backup, before you discard any.",
    aside_line: |name, why| format!("{name}: {why}"),
    aside_missing: "it is gone although it should be there",
    aside_damaged: |how| format!("it is damaged ({how})"),
    aside_does_not_apply: |why| format!("the edit no longer fits the notebook ({why})"),
    aside_out_of_place: "it holds something else than its place says",
    aside_download: "Save what could not be read",
    aside_discard: "Discard for good",
};

/// Dutch.
pub const NL: Keeping = Keeping {
    full: |needed, free| {
        format!(
            "Hiervoor zijn {needed} tekens ruimte nodig en er zijn er {free} vrij; er is niets veranderd. Bewaar een \
             reservekopie, verwijder incidenten die je niet meer nodig hebt en probeer het opnieuw."
        )
    },
    failed: |why| {
        format!("De browser heeft dit niet bewaard; er is niets veranderd ({why}). Bewaar een reservekopie en laad de pagina opnieuw.")
    },
    not_kept: "De browser heeft dit niet bewaard zoals het geschreven is; er is niets veranderd. Bewaar een reservekopie en laad de pagina opnieuw.",
    busy: "Er wordt nog een import opgeslagen. Wacht tot die klaar is en probeer het dan opnieuw.",
    other_tab_title: "Dit notitieboek is open in een ander tabblad",
    other_tab: "Je kunt hier alles lezen en ziet wat daar verandert. Neem het over om hier iets te wijzigen.",
    overtaken: "Een ander tabblad heeft intussen opgeslagen; wat je hier ziet kan verouderd zijn. Laad de pagina opnieuw of neem het hier over.",
    newer_title: "Een nieuwere versie van First Hour heeft dit notitieboek geschreven",
    newer: |format| {
        format!(
            "Het is opgeslagen in indeling {format}; deze versie kan die tonen maar mag er niets aan veranderen. Open \
             het met de nieuwere versie of bewaar een reservekopie."
        )
    },
    take_over: "Hier verder schrijven",
    damaged_incident: |name| {
        format!("“{name}” is beschadigd en apart gezet, niet verwijderd. Bewaar het als bestand of zet een reservekopie terug.")
    },
    blocked_title: "Deze browser laat de pagina niets bewaren",
    blocked: "Alles werkt, maar alleen tot je de pagina sluit. Sta sitegegevens toe voor dit adres, of bewaar een reservekopie voordat je weggaat.",
    nearly_full_title: "Het notitieboek is bijna vol",
    nearly_full: |percent| {
        format!(
            "{percent}% van de ruimte is in gebruik. Bewaar een reservekopie en verwijder incidenten die je niet meer \
             nodig hebt; wat open is kan altijd opgeslagen worden."
        )
    },
    repair_title: "Een deel van het notitieboek moest hersteld worden",
    repair_text: "Er is niets verwijderd. Dit is er gebeurd:",
    repair_missing_edits: |edits| match edits {
        1 => "1 wijziging ontbreekt: de browser was die kwijt voordat die op schijf stond.".into(),
        _ => format!("{edits} wijzigingen ontbreken: de browser was ze kwijt voordat ze op schijf stonden."),
    },
    repair_manifest: "Een van de twee inhoudsopgaven was beschadigd; de andere is gebruikt. Er is niets verloren.",
    repair_manifests: "Beide inhoudsopgaven waren beschadigd; de nieuwste records die te vinden waren zijn gebruikt.",
    repair_rows: |rows| format!("{rows} regels van de lijst zijn opnieuw gemaakt uit hun incidenten. Er is niets verloren."),
    repair_older: |id| format!("De nieuwste toestand van incident {id} ontbrak; een eerdere is gebruikt."),
    aside_title: "Wat niet te lezen was",
    aside_text: "Deze records zijn beschadigd. Ze zijn apart gezet, niet verwijderd: bewaar ze als bestand, of zet een reservekopie terug, voordat je er een weggooit.",
    aside_line: |name, why| format!("{name}: {why}"),
    aside_missing: "het is weg, terwijl het er hoort te zijn",
    aside_damaged: |how| format!("het is beschadigd ({how})"),
    aside_does_not_apply: |why| format!("de wijziging past niet meer op het notitieboek ({why})"),
    aside_out_of_place: "het bevat iets anders dan zijn plaats zegt",
    aside_download: "Bewaar wat niet te lezen was",
    aside_discard: "Voorgoed weggooien",
};

impl Words {
    /// Why something was not saved, and what to do next.
    pub fn not_saved(&self, error: &NotSaved) -> String {
        let keeping = &self.keeping;
        match error {
            NotSaved::Refused(refusal) => self.reasons.refusal(refusal),
            NotSaved::ReadOnly(access) => keeping.read_only(*access),
            NotSaved::Full { needed, free } => (keeping.full)(*needed, *free),
            NotSaved::NotLoaded(error) => keeping.not_loaded(error),
            NotSaved::Failed(KvError::Locked) => self.lock.locked_meanwhile.to_owned(),
            NotSaved::Failed(error) => (keeping.failed)(&error.to_string()),
            NotSaved::NotKept(_) => keeping.not_kept.to_owned(),
            NotSaved::Json(error) => (keeping.failed)(&error.to_string()),
            NotSaved::Busy => keeping.busy.to_owned(),
        }
    }
}

impl Keeping {
    /// Why an incident could not be read, and what to do next.
    pub fn not_loaded(&self, error: &NotLoaded) -> String {
        match error {
            NotLoaded::Damaged(aside) => (self.damaged_incident)(&aside.name),
            NotLoaded::Outdated => self.overtaken.to_owned(),
            NotLoaded::Failed(error) => (self.failed)(&error.to_string()),
        }
    }

    /// Why this page only reads, and what to do next.
    pub fn read_only(&self, access: Access) -> String {
        match access {
            Access::Writer => String::new(),
            Access::OtherTab => self.other_tab.to_owned(),
            Access::Overtaken => self.overtaken.to_owned(),
            Access::Newer(format) => (self.newer)(format),
        }
    }

    /// What was put right.
    pub fn mended(&self, mended: &Mended) -> String {
        match mended {
            Mended::Manifest => self.repair_manifest.to_owned(),
            Mended::BothManifests => self.repair_manifests.to_owned(),
            Mended::Rows(rows) => (self.repair_rows)(*rows),
            Mended::OlderSnapshot(id) => (self.repair_older)(id.as_str()),
        }
    }

    /// What was set aside, and why; `part` says what it is where its name is not known.
    pub fn aside(&self, aside: &Aside, part: &str) -> String {
        let why = match &aside.why {
            Why::Missing => self.aside_missing.to_owned(),
            Why::Damaged(how) => (self.aside_damaged)(how),
            Why::DoesNotApply(why) => (self.aside_does_not_apply)(why),
            Why::OutOfPlace => self.aside_out_of_place.to_owned(),
        };
        let name = if aside.name.is_empty() { part } else { &aside.name };
        (self.aside_line)(name, &why)
    }
}
