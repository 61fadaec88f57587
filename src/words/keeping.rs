//! Texts about keeping the notebook: why something was not saved, what could not be read, what another tab changed.

use super::Words;
use crate::storage::mirror::{MirrorError, Reconciled};
use crate::storage::{Access, Aside, KvError, Mended, NotLoaded, NotSaved, Why};

/// Texts about keeping.
#[derive(Debug)]
#[allow(missing_docs)] // The texts explain themselves.
pub struct Keeping {
    pub full: fn(usize, usize) -> String,
    pub failed: fn(&str) -> String,
    pub not_kept: &'static str,
    pub busy: &'static str,
    pub other_tab: &'static str,
    pub overruled: fn(&str, Option<&str>) -> String,
    pub fallen: fn(&str, &str) -> String,
    pub not_undone: fn(&str) -> String,
    pub large_title: &'static str,
    pub large_text: &'static str,
    pub newer_title: &'static str,
    pub newer: fn(u32) -> String,
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
    pub back_edits: fn(usize) -> String,
    pub back_generation: &'static str,
    pub back_records: fn(usize) -> String,
    pub no_mirror_title: &'static str,
    pub no_mirror: fn(&str) -> String,
    pub mirror_missing: &'static str,
    pub mirror_refused: &'static str,
    pub mirror_blocked: &'static str,
    pub mirror_newer: &'static str,
    pub mirror_full: &'static str,
    pub mirror_closed: &'static str,
    pub mirror_silent: &'static str,
    pub stuck_title: &'static str,
    pub stuck: fn(&str) -> String,
    pub forked_title: &'static str,
    pub forked: &'static str,
    pub forked_download: &'static str,
    pub forked_discard: &'static str,
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
    other_tab: "Another tab is saving something large, so nothing was changed. Wait until it is done, then try again.",
    overruled: |sentence, incident| {
        let place = incident.map_or("the preparation".to_owned(), |name| format!("“{name}”"));
        format!("Changed in another tab, after you: {sentence}, in {place}. The activity log has both.")
    },
    fallen: |act, why| {
        format!("Another tab changed the same at the same moment, so this no longer fits: {act}. {why} It was set aside, not lost; you find it in Settings.")
    },
    large_title: "This is a large change",
    large_text: "You can stop it: then everything stays as it was.",
    not_undone: |act| format!("Another tab has changed the same since, so this was not taken back: {act}. Change it by hand if it should be otherwise."),
    newer_title: "A newer version of First Hour wrote this notebook",
    newer: |format| {
        format!(
            "It is stored in format {format}, which this version can show but must not change. Open it with the newer \
             version, or save a backup file."
        )
    },
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
    back_edits: |edits| match edits {
        1 => "The browser had lost the last edit. It is back.".into(),
        _ => format!("The browser had lost the last {edits} edits. They are back."),
    },
    back_generation: "The browser had lost what was done last. It is back.",
    back_records: |records| match records {
        1 => "A damaged record was replaced by its second copy. Nothing is lost.".into(),
        _ => format!("{records} damaged records were replaced by their second copies. Nothing is lost."),
    },
    no_mirror_title: "If the browser is killed, the last minute can be lost",
    no_mirror: |why| {
        format!(
            "What you do is saved, but the browser writes it to disk only after five seconds to about a minute, and later              after a large import. The second copy that closes this gap is not there ({why}). Closing the page or the              browser in the ordinary way loses nothing."
        )
    },
    mirror_missing: "this browser has no IndexedDB",
    mirror_refused: "this browser does not let the page use IndexedDB, as in some private windows",
    mirror_blocked: "another tab keeps an earlier version of it open; close that tab",
    mirror_newer: "a newer version of First Hour made it",
    mirror_full: "there is no room left on the disk",
    mirror_closed: "the browser has closed it, and it will be opened again in a while",
    mirror_silent: "the browser does not answer",
    stuck_title: "Newer edits cannot be brought back yet",
    stuck: |why| {
        format!(
            "The browser had lost the last edits. A second copy holds them, but the notebook's own place does not take them              ({why}). Nothing can be changed until it does: free some room for this address, then reload the page."
        )
    },
    forked_title: "Two histories of this notebook were found",
    forked: "After the browser was killed, work went on while its second copy could not be read. The newer history is shown. \
             The other is kept whole: save it as a backup file and open that here to compare or take over what it holds.",
    forked_download: "Save the other history",
    forked_discard: "Discard it for good",
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
    other_tab: "Een ander tabblad slaat iets groots op; er is niets veranderd. Wacht tot dat klaar is en probeer het dan opnieuw.",
    overruled: |sentence, incident| {
        let place = incident.map_or("de voorbereiding".to_owned(), |name| format!("“{name}”"));
        format!("Na jou gewijzigd in een ander tabblad: {sentence}, in {place}. In het activiteitenlogboek staat beide.")
    },
    fallen: |act, why| {
        format!("Een ander tabblad heeft op hetzelfde moment hetzelfde gewijzigd; dit past niet meer: {act}. {why} Het is apart gezet, niet verloren; je vindt het bij Instellingen.")
    },
    large_title: "Dit is een grote wijziging",
    large_text: "Je kunt het stoppen: dan blijft alles zoals het was.",
    not_undone: |act| format!("Een ander tabblad heeft intussen hetzelfde gewijzigd; dit is niet ongedaan gemaakt: {act}. Wijzig het met de hand als het anders moet."),
    newer_title: "Een nieuwere versie van First Hour heeft dit notitieboek geschreven",
    newer: |format| {
        format!(
            "Het is opgeslagen in indeling {format}; deze versie kan die tonen maar mag er niets aan veranderen. Open \
             het met de nieuwere versie of bewaar een reservekopie."
        )
    },
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
    back_edits: |edits| match edits {
        1 => "De browser was de laatste wijziging kwijt. Die is terug.".into(),
        _ => format!("De browser was de laatste {edits} wijzigingen kwijt. Ze zijn terug."),
    },
    back_generation: "De browser was kwijt wat het laatst gedaan is. Het is terug.",
    back_records: |records| match records {
        1 => "Een beschadigd record is vervangen door zijn tweede exemplaar. Er is niets verloren.".into(),
        _ => format!("{records} beschadigde records zijn vervangen door hun tweede exemplaren. Er is niets verloren."),
    },
    no_mirror_title: "Als de browser wordt afgebroken, kan de laatste minuut verloren gaan",
    no_mirror: |why| {
        format!(
            "Wat je doet wordt opgeslagen, maar de browser schrijft het pas na vijf seconden tot ongeveer een minuut naar de              schijf, en na een grote import nog later. Het tweede exemplaar dat dit gat dicht is er niet ({why}). Wie de              pagina of de browser gewoon sluit, verliest niets."
        )
    },
    mirror_missing: "deze browser heeft geen IndexedDB",
    mirror_refused: "deze browser laat de pagina IndexedDB niet gebruiken, zoals in sommige privévensters",
    mirror_blocked: "een ander tabblad houdt een eerdere versie ervan open; sluit dat tabblad",
    mirror_newer: "een nieuwere versie van First Hour heeft het gemaakt",
    mirror_full: "er is geen ruimte meer op de schijf",
    mirror_closed: "de browser heeft het gesloten; over een tijdje wordt het weer geopend",
    mirror_silent: "de browser antwoordt niet",
    stuck_title: "Nieuwere wijzigingen kunnen nog niet terug",
    stuck: |why| {
        format!(
            "De browser was de laatste wijzigingen kwijt. Een tweede exemplaar heeft ze, maar de plaats van het notitieboek              neemt ze niet aan ({why}). Tot dat lukt kan er niets veranderd worden: maak ruimte voor dit adres en laad de              pagina opnieuw."
        )
    },
    forked_title: "Er zijn twee geschiedenissen van dit notitieboek",
    forked: "Nadat de browser was afgebroken, is er verder gewerkt terwijl het tweede exemplaar niet te lezen was. De nieuwere \
             geschiedenis wordt getoond. De andere is heel bewaard: sla die op als reservekopie en open die hier om te \
             vergelijken of over te nemen wat erin staat.",
    forked_download: "Sla de andere geschiedenis op",
    forked_discard: "Voorgoed weggooien",
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
            NotSaved::OtherTab => keeping.other_tab.to_owned(),
        }
    }
}

impl Keeping {
    /// Why an incident could not be read, and what to do next.
    pub fn not_loaded(&self, error: &NotLoaded) -> String {
        match error {
            NotLoaded::Damaged(aside) => (self.damaged_incident)(&aside.name),
            NotLoaded::Failed(error) => (self.failed)(&error.to_string()),
        }
    }

    /// Why this page only reads, and what to do next.
    pub fn read_only(&self, access: Access) -> String {
        match access {
            Access::Writer => String::new(),
            Access::Newer(format) => (self.newer)(format),
        }
    }

    /// What the browser had lost and the second copy has brought back.
    pub fn brought_back(&self, found: Reconciled) -> String {
        match found {
            Reconciled { edits: 1.., .. } => (self.back_edits)(found.edits),
            Reconciled { generation: true, .. } => self.back_generation.to_owned(),
            _ => (self.back_records)(found.healed),
        }
    }

    /// Why there is no second copy, and how far back a killed browser could reach.
    pub fn without_mirror(&self, why: &MirrorError) -> String {
        (self.no_mirror)(match why {
            MirrorError::Missing => self.mirror_missing,
            MirrorError::Refused => self.mirror_refused,
            MirrorError::Blocked => self.mirror_blocked,
            MirrorError::Newer => self.mirror_newer,
            MirrorError::Full => self.mirror_full,
            MirrorError::Closed => self.mirror_closed,
            MirrorError::Silent => self.mirror_silent,
            MirrorError::Other(text) => text,
        })
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
