//! In which phase a task of another tool's template belongs, by the words of its title and group.
//!
//! Templates follow SANS (identification, containment, eradication, recovery, lessons learned) or NIST SP 800-61 and say so
//! in English or French, sometimes in Dutch. Where nothing says it, a task stays in the phase of the one before it.

use crate::model::Phase;

/// How words begin that name a phase. An earlier line counts before a later one.
const STEMS: [(Phase, &[&str]); 6] = [
    (
        Phase::Review,
        &[
            "lesson",
            "post-incident",
            "postincident",
            "postmortem",
            "post-mortem",
            "debrief",
            "awareness",
            "training",
            "improvement",
            "capitali",
            "retour",
            "bilan",
            "evaluat",
            "leçon",
            "lering",
        ],
    ),
    (Phase::Recovery, &["recover", "restor", "récup", "rétabl", "reprise", "retablissement", "herstel"]),
    (
        Phase::Eradication,
        &["eradic", "éradic", "remediat", "remédi", "disinfect", "cleanup", "clean-up", "uitban"],
    ),
    (
        Phase::Containment,
        &["contain", "isolat", "mitigat", "block", "quarantin", "confine", "endigu", "indam", "insluit"],
    ),
    (Phase::Analysis, &["identif", "analy", "investig", "scop", "forensic", "hunt", "onderzoek"]),
    (
        Phase::Triage,
        &[
            "triage",
            "prepar",
            "prépar",
            "voorbereid",
            "detect",
            "détect",
            "qualif",
            "verif",
            "vérif",
            "valid",
            "confirm",
        ],
    ),
];

/// The phase that one of these texts names; the first text that names one counts.
pub fn named(texts: &[&str]) -> Option<Phase> {
    texts.iter().find_map(|text| {
        let text = text.to_lowercase();
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
        let begins =
            |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
        STEMS.iter().find(|(_, stems)| begins(stems)).map(|(phase, _)| *phase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phase_stands_in_the_title_or_the_group() {
        for (texts, phase) in [
            (vec!["Identification", "default"], Some(Phase::Analysis)),
            (vec!["Contain the breach"], Some(Phase::Containment)),
            (vec!["Remédiation"], Some(Phase::Eradication)),
            (vec!["Lessons learned"], Some(Phase::Review)),
            (vec!["Call the bank", "3 - Recovery"], Some(Phase::Recovery)),
            (vec!["Preparation"], Some(Phase::Triage)),
            (vec!["Notify affected parties", "default"], None),
            (vec!["Unblocked"], None),
        ] {
            assert_eq!(named(&texts), phase, "{texts:?}");
        }
    }
}
