//! Texts of playbooks that people keep: on the playbooks page, on a checklist, and in the preview of an import.

use super::Lang;
use crate::formats::PlaybookFault;
use crate::model::{Fork, ForkKind};
use crate::notebook::limits::MOST_STEPS;

texts! {
    /// Texts of kept playbooks.
    Kept

    title: "Your own playbooks", "Eigen draaiboeken";
    intro: "Taken from files of other tools. They belong to this notebook and are in its backups.", "Overgenomen uit bestanden van andere tools. Ze horen bij dit notitieboek en zitten in de reservekopieën.";
    none: "No playbooks of your own yet", "Nog geen eigen draaiboeken";
    none_text: "Open a case template of TheHive or DFIR-IRIS, a CACAO playbook, a Playbook-NG file or a Markdown task list, and it stands here beside the others.", "Open een casesjabloon van TheHive of DFIR-IRIS, een CACAO-draaiboek, een bestand van Playbook-NG of een takenlijst in Markdown, en het staat hier naast de andere.";
    open_file: "Open a file", "Bestand openen";
    when: "When to use it", "Wanneer te gebruiken";
    rename: "Rename", "Andere naam";
    rename_title: "Rename the playbook", "Draaiboek een andere naam geven";
    name: "Name", "Naam";
    named_there: "Named there", "Heet daar";
    save: "Save", "Opslaan";
    remove: "Remove", "Verwijderen";
    from_file: "File", "Bestand";
    author: "Author", "Auteur";
    modified: "Last changed there", "Daar laatst gewijzigd";
    hash: "SHA-256", "SHA-256";
    not_chosen: "Not chosen yet", "Nog niet gekozen";
    taken_back: "The choice was taken back", "De keuze is teruggenomen";
    other_way: "On a way that was not chosen", "Op een weg die niet gekozen is";
    did_it_work: "Did it work?", "Is het gelukt?";
    once_more: "Once more", "Nog een keer";
    opened_again: "The steps of the loop are open again", "De stappen van de lus staan weer open";
    new: "New", "Nieuw";
    updated: "Replaces the one you have", "Vervangt het draaiboek dat je hebt";
    unchanged: "You have it already", "Dit heb je al";
    preview: "Playbooks", "Draaiboeken";
    preview_text: "They are kept in this notebook and can be added to any incident's checklist.", "Ze worden in dit notitieboek bewaard en kunnen op de checklist van elk incident gezet worden.";
    --
    way(&str): |way| match way {
        "true" => "It holds".into(),
        "false" => "It does not hold".into(),
        "success" => "It worked".into(),
        "failure" => "It failed".into(),
        other => other.into(),
    }, |way| match way {
        "true" => "Het klopt".into(),
        "false" => "Het klopt niet".into(),
        "success" => "Het is gelukt".into(),
        "failure" => "Het is mislukt".into(),
        other => other.into(),
    };
    on_way(ForkKind, &str): |kind, way| match (kind, way) {
        (ForkKind::While, "true") => "As long as it holds".into(),
        (ForkKind::Parallel, number) => format!("Side by side: {number}"),
        (_, "true") => "If it holds".into(),
        (_, "false") => "If it does not hold".into(),
        (_, "success") => "If it worked".into(),
        (_, "failure") => "If it failed".into(),
        (_, case) => format!("If it is: {case}"),
    }, |kind, way| match (kind, way) {
        (ForkKind::While, "true") => "Zolang het klopt".into(),
        (ForkKind::Parallel, number) => format!("Naast elkaar: {number}"),
        (_, "true") => "Als het klopt".into(),
        (_, "false") => "Als het niet klopt".into(),
        (_, "success") => "Als het gelukt is".into(),
        (_, "failure") => "Als het mislukt is".into(),
        (_, case) => format!("Als het dit is: {case}"),
    };
    side_by_side(usize): |count| format!("{count} ways, all of them gone, in any order"), |count| format!("{count} wegen, die allemaal gegaan worden, in willekeurige volgorde");
    chosen(&str): |way| format!("Chosen: {way}"), |way| format!("Gekozen: {way}");
    if_condition(&str): |condition| format!("If: {condition}"), |condition| format!("Als: {condition}");
    while_condition(&str): |condition| format!("As long as: {condition}"), |condition| format!("Zolang: {condition}");
    switch_condition(&str): |condition| format!("Which is it: {condition}"), |condition| format!("Welke is het: {condition}");
    format(&str): |format| match format {
        "thehive" => "TheHive".into(),
        "iris" => "DFIR-IRIS".into(),
        "cacao" => "CACAO".into(),
        "playbook-ng" => "Playbook-NG".into(),
        "markdown" => "Markdown".into(),
        other => other.into(),
    }, |format| match format {
        "thehive" => "TheHive".into(),
        "iris" => "DFIR-IRIS".into(),
        "cacao" => "CACAO".into(),
        "playbook-ng" => "Playbook-NG".into(),
        "markdown" => "Markdown".into(),
        other => other.into(),
    };
    kept(usize): |count| if count == 1 { "1 playbook kept".into() } else { format!("{count} playbooks kept") }, |count| if count == 1 { "1 draaiboek bewaard".into() } else { format!("{count} draaiboeken bewaard") };
    keep_these(usize): |count| if count == 1 { "Keep 1 playbook".into() } else { format!("Keep {count} playbooks") }, |count| if count == 1 { "1 draaiboek bewaren".into() } else { format!("{count} draaiboeken bewaren") };
    renamed(&str): |title| format!("Renamed to {title}"), |title| format!("Heet nu {title}");
    removed(&str): |title| format!("Removed: {title}. Incidents that use it keep their copy."), |title| format!("Verwijderd: {title}. Incidenten die het gebruiken, houden hun kopie.");
}

impl super::Words {
    /// What is asked where ways part, or said where all are gone.
    pub fn condition(&self, fork: &Fork) -> String {
        let texts = &self.kept;
        match (fork.kind, fork.condition.as_str()) {
            (ForkKind::Parallel, _) => (texts.side_by_side)(fork.ways.len()),
            (ForkKind::Switch, "") => texts.did_it_work.to_owned(),
            (ForkKind::While, condition) => (texts.while_condition)(condition),
            (ForkKind::Switch, condition) => (texts.switch_condition)(condition),
            (ForkKind::If, condition) => (texts.if_condition)(condition),
        }
    }
}

/// What is wrong with a playbook, and what to do.
pub(super) fn fault(lang: Lang, name: &str, fault: &PlaybookFault) -> String {
    let (en, nl) = match fault {
        PlaybookFault::NoSteps => (
            format!("The playbook “{name}” has no steps."),
            format!("Het draaiboek “{name}” heeft geen stappen."),
        ),
        PlaybookFault::TooManySteps { count } => (
            format!("The playbook “{name}” has {count} steps; at most {MOST_STEPS} fit."),
            format!("Het draaiboek “{name}” heeft {count} stappen; er passen er hoogstens {MOST_STEPS}."),
        ),
        PlaybookFault::Missing { step, next } => (
            format!("“{name}”: the step “{step}” goes on at {next}, which is not in the file."),
            format!("“{name}”: de stap “{step}” gaat verder bij {next}, en die staat niet in het bestand."),
        ),
        PlaybookFault::Cycle { step, back } => (
            format!("“{name}”: the step “{step}” leads back to “{back}” without an end."),
            format!("“{name}”: de stap “{step}” leidt zonder einde terug naar “{back}”."),
        ),
        PlaybookFault::Unreached { step } => (
            format!("“{name}”: no way leads to the step “{step}”."),
            format!("“{name}”: geen weg leidt naar de stap “{step}”."),
        ),
        PlaybookFault::TooDeep { step } => (
            format!("“{name}”: ways part inside ways too often at the step “{step}”."),
            format!("“{name}”: bij de stap “{step}” splitsen wegen zich te diep in elkaar."),
        ),
        PlaybookFault::UnknownItem { id } => (
            format!("“{name}”: there is no name here for the countermeasure {id}."),
            format!("“{name}”: voor de tegenmaatregel {id} is hier geen naam."),
        ),
    };
    match lang {
        Lang::En => en,
        Lang::Nl => nl,
    }
}

/// What to do about it.
pub(super) fn way_out(lang: Lang, fault: &PlaybookFault) -> &'static str {
    match fault {
        PlaybookFault::NoSteps => lang.pick("Give it at least one task, then open it again.", "Geef het minstens één taak en open het opnieuw."),
        PlaybookFault::TooManySteps { .. } => lang.pick("Divide it into several playbooks.", "Verdeel het in meerdere draaiboeken."),
        PlaybookFault::Missing { .. } => lang.pick(
            "The playbook ends there. Correct the id in the file and open it again.",
            "Het draaiboek eindigt daar. Verbeter de id in het bestand en open het opnieuw.",
        ),
        PlaybookFault::Cycle { .. } => lang.pick(
            "The playbook ends there. What has to be repeated belongs in a while step.",
            "Het draaiboek eindigt daar. Wat herhaald moet worden, hoort in een while-stap.",
        ),
        PlaybookFault::Unreached { .. } => lang.pick(
            "The step was left out. Name it where it belongs and open the file again.",
            "De stap is weggelaten. Noem hem waar hij hoort en open het bestand opnieuw.",
        ),
        PlaybookFault::TooDeep { .. } => lang.pick(
            "The ways behind it were left out. Divide the playbook.",
            "De wegen erachter zijn weggelaten. Verdeel het draaiboek.",
        ),
        PlaybookFault::UnknownItem { .. } => lang.pick(
            "The step stands under its id. Look it up in Playbook-NG.",
            "De stap staat er onder de id. Zoek hem op in Playbook-NG.",
        ),
    }
}
