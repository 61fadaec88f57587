//! Texts of merging a colleague's notebook into this one, and of saving incidents as a file to give away.

use super::Lang;

/// Texts of merging.
#[derive(Debug)]
#[allow(missing_docs)] // The texts explain themselves.
pub struct Merge {
    lang: Lang,
    pub title: &'static str,
    pub how: &'static str,
    pub merge: &'static str,
    pub merge_text: &'static str,
    pub replace: &'static str,
    pub replace_text: &'static str,
    pub merge_these: fn(usize) -> String,
    pub merged: fn(usize, &str) -> String,
    pub preparation_too: &'static str,
    pub conflicts_text: &'static str,
    pub both_kept: &'static str,
    pub more_conflicts: fn(usize) -> String,
    pub save_incident: &'static str,
    pub save_chosen: &'static str,
    pub save_title: fn(usize) -> String,
    pub save_text: &'static str,
    pub save: &'static str,
    pub saving: &'static str,
    pub saved: fn(&str) -> String,
    pub not_saved: &'static str,
    pub file_of_several: fn(usize) -> String,
}

/// English.
pub const EN: Merge = Merge {
    lang: Lang::En,
    title: "What will be merged",
    how: "What to do with this notebook",
    merge: "Merge into this notebook",
    merge_text: "Everything that is in either is kept. Where both changed the same thing, the later change shows and the other is listed.",
    replace: "Restore as it was saved",
    replace_text: "An incident that was changed later in the file replaces yours as a whole.",
    merge_these: |n| if n == 1 { "Merge 1 incident".into() } else { format!("Merge {n} incidents") },
    merged: |n, from| if n == 1 { format!("1 incident merged from {from}") } else { format!("{n} incidents merged from {from}") },
    preparation_too: "The preparation checklist is merged too.",
    conflicts_text: "Changed on both sides. What is chosen here shows; the other stays in the activity log.",
    both_kept: "Both texts are kept: the second becomes a note of its own.",
    more_conflicts: |n| format!("And {n} more; they stand in the activity log afterwards."),
    save_incident: "Save or export as a file",
    save_chosen: "Save or export",
    save_title: |n| if n == 1 { "Save this incident as a file".into() } else { format!("Save {n} incidents as a file") },
    save_text: "A colleague opens this file in First Hour and merges it: everything of both is kept. It holds all that is written about the incident, with its activity log.",
    save: "Save the file",
    saving: "Writing the file",
    saved: |name| format!("Saved as {name}"),
    not_saved: "The file could not be saved. Try again, or save a backup in the settings.",
    file_of_several: |n| format!("{n}-incidents"),
};

/// Dutch.
pub const NL: Merge = Merge {
    lang: Lang::Nl,
    title: "Wat er samengevoegd wordt",
    how: "Wat er met dit notitieboek gebeurt",
    merge: "Met dit notitieboek samenvoegen",
    merge_text: "Alles wat in een van beide staat, blijft. Waar beide hetzelfde wijzigden, geldt de latere wijziging; de andere staat erbij.",
    replace: "Terugzetten zoals het bewaard is",
    replace_text: "Een incident dat in het bestand later gewijzigd is, vervangt dat van jou in zijn geheel.",
    merge_these: |n| if n == 1 { "1 incident samenvoegen".into() } else { format!("{n} incidenten samenvoegen") },
    merged: |n, from| if n == 1 { format!("1 incident samengevoegd uit {from}") } else { format!("{n} incidenten samengevoegd uit {from}") },
    preparation_too: "De voorbereidingslijst wordt ook samengevoegd.",
    conflicts_text: "Aan beide kanten gewijzigd. Wat hier gekozen is, geldt; het andere blijft in het logboek staan.",
    both_kept: "Beide teksten blijven: de tweede wordt een eigen notitie.",
    more_conflicts: |n| format!("En nog {n}; die staan daarna in het logboek."),
    save_incident: "Als bestand bewaren of exporteren",
    save_chosen: "Bewaren of exporteren",
    save_title: |n| if n == 1 { "Dit incident als bestand bewaren".into() } else { format!("{n} incidenten als bestand bewaren") },
    save_text: "Een collega opent dit bestand in First Hour en voegt het samen: alles van beide blijft. Het bevat alles wat over het incident geschreven is, met het activiteitenlogboek.",
    save: "Bestand bewaren",
    saving: "Bestand schrijven",
    saved: |name| format!("Bewaard als {name}"),
    not_saved: "Het bestand is niet bewaard. Probeer het opnieuw, of bewaar een reservekopie bij de instellingen.",
    file_of_several: |n| format!("{n}-incidenten"),
};

impl Merge {
    /// How many conflicts: `1 conflict`, `3 conflicts`.
    pub fn conflicts(&self, count: usize) -> String {
        match (self.lang, count) {
            (_, 1) => "1 conflict".into(),
            (Lang::En, n) => format!("{n} conflicts"),
            (Lang::Nl, n) => format!("{n} conflicten"),
        }
    }
}
