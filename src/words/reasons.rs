//! Sentences that say why: why an incident has its priority, why a scenario is suggested, why an edit was refused
//! and what to do next.

use super::{Lang, amounts, vocabulary};
use crate::analysis::priority::Reason as PriorityReason;
use crate::notebook::Refusal;
use crate::playbooks::Reason as ScenarioReason;

/// Reasons in words, in one language.
#[derive(Debug)]
pub struct Reasons {
    lang: Lang,
}

/// English.
pub const EN: Reasons = Reasons { lang: Lang::En };

/// Dutch.
pub const NL: Reasons = Reasons { lang: Lang::Nl };

impl Reasons {
    const fn terms(&self) -> &'static vocabulary::Vocabulary {
        &self.lang.words().vocabulary
    }

    const fn amounts(&self) -> &'static amounts::Amounts {
        &self.lang.words().amounts
    }

    /// Why an incident has its priority: `High severity`, `7 assets involved`.
    pub fn priority(&self, reason: &PriorityReason) -> String {
        let (terms, amounts) = (self.terms(), self.amounts());
        let nl = self.lang == Lang::Nl;
        match reason {
            PriorityReason::Severity(severity) => {
                format!("{}: {}", self.lang.pick("Severity", "Ernst"), terms.severity(severity))
            }
            PriorityReason::Assets(count) => {
                format!("{} {}", amounts.assets(*count), self.lang.pick("involved", "betrokken"))
            }
            PriorityReason::Critical(count) => {
                format!("{} {}", amounts.entities(*count), self.lang.pick("marked critical", "als kritiek gemarkeerd"))
            }
            PriorityReason::ActiveAlerts(count) => amounts.active_alerts(*count),
            PriorityReason::Sources(count) => {
                if nl {
                    format!("Gezien door {}", amounts.products(*count))
                } else {
                    format!("Seen by {}", amounts.products(*count))
                }
            }
            PriorityReason::Malicious(count) => {
                format!("{} {}", amounts.entities(*count), self.lang.pick("found malicious", "kwaadaardig bevonden"))
            }
            PriorityReason::Determination(determination) => format!(
                "{}: {}",
                self.lang.pick("Determination", "Vaststelling"),
                terms.determination(determination)
            ),
            PriorityReason::FailedRemediation(count) => match (nl, count) {
                (false, 1) => "1 remediation or investigation failed".into(),
                (false, _) => format!("{} remediations or investigations failed", amounts.number(*count)),
                (true, 1) => "1 remediëring of onderzoek is mislukt".into(),
                (true, _) => format!("{} remediëringen of onderzoeken zijn mislukt", amounts.number(*count)),
            },
            PriorityReason::PendingApproval(count) => match (nl, count) {
                (false, 1) => "1 remediation waits for approval".into(),
                (false, _) => format!("{} remediations wait for approval", amounts.number(*count)),
                (true, 1) => "1 remediëring wacht op goedkeuring".into(),
                (true, _) => format!("{} remediëringen wachten op goedkeuring", amounts.number(*count)),
            },
            PriorityReason::Unassigned => {
                self.lang.pick("Assigned to nobody", "Aan niemand toegewezen").into()
            }
            PriorityReason::Waiting(hours) => {
                let time = amounts.duration(hours.saturating_mul(3_600_000));
                if nl {
                    format!("Wacht al {time} op iemand die het oppakt")
                } else {
                    format!("Has waited {time} for somebody to take it on")
                }
            }
            PriorityReason::Classified(classification) => format!(
                "{}: {}",
                self.lang.pick("Classified", "Geclassificeerd"),
                terms.classification(classification)
            ),
            PriorityReason::Resolved => {
                self.lang.pick("Resolved: nothing is urgent any more", "Opgelost: er is geen haast meer").into()
            }
            PriorityReason::Overruled(why) => {
                format!("{}: {why}", self.lang.pick("Set by a responder", "Bepaald door een behandelaar"))
            }
        }
    }

    /// Why a scenario playbook is suggested: `2 alerts have “phish” in their title`.
    pub fn scenario(&self, reason: &ScenarioReason) -> String {
        let amounts = self.amounts();
        let one = |count: usize| count == 1;
        match (self.lang, reason) {
            (Lang::En, ScenarioReason::Title(part, count)) => {
                let rest = if one(*count) { "has" } else { "have" };
                let whose = if one(*count) { "its" } else { "their" };
                format!("{} {rest} “{part}” in {whose} title", amounts.alerts(*count))
            }
            (Lang::En, ScenarioReason::Technique(technique, count)) => {
                let verb = if one(*count) { "names" } else { "name" };
                format!("{} {verb} the technique {technique}", amounts.alerts(*count))
            }
            (Lang::En, ScenarioReason::Category(category, count)) => {
                let verb = if one(*count) { "is" } else { "are" };
                let category = self.terms().category(category);
                format!("{} {verb} of the category “{category}”", amounts.alerts(*count))
            }
            (Lang::Nl, ScenarioReason::Title(part, count)) => {
                let verb = if one(*count) { "heeft" } else { "hebben" };
                format!("{} {verb} “{part}” in de titel", amounts.alerts(*count))
            }
            (Lang::Nl, ScenarioReason::Technique(technique, count)) => {
                let verb = if one(*count) { "noemt" } else { "noemen" };
                format!("{} {verb} de techniek {technique}", amounts.alerts(*count))
            }
            (Lang::Nl, ScenarioReason::Category(category, count)) => {
                let verb = if one(*count) { "valt" } else { "vallen" };
                let category = self.terms().category(category);
                format!("{} {verb} in de categorie “{category}”", amounts.alerts(*count))
            }
        }
    }

    /// Why nothing was changed, and what to do next.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let amounts = self.amounts();
        match (self.lang, refusal) {
            (Lang::En, Refusal::NoSuchIncident(_)) => {
                "This incident is no longer there; perhaps it was deleted in another tab. Go back to the list of incidents."
                    .into()
            }
            (Lang::Nl, Refusal::NoSuchIncident(_)) => {
                "Dit incident is er niet meer; misschien is het in een ander tabblad verwijderd. Ga terug naar de lijst met incidenten."
                    .into()
            }
            (Lang::En, Refusal::NotLoaded(_)) => {
                "This incident has not been read yet. Open it first, then try again.".into()
            }
            (Lang::Nl, Refusal::NotLoaded(_)) => {
                "Dit incident is nog niet ingelezen. Open het eerst en probeer het dan opnieuw.".into()
            }
            (Lang::En, Refusal::NoSuchPart(part)) => format!(
                "“{part}” is no longer part of this incident. Reload the page to see the incident as it is now."
            ),
            (Lang::Nl, Refusal::NoSuchPart(part)) => format!(
                "“{part}” hoort niet meer bij dit incident. Laad de pagina opnieuw om te zien hoe het er nu voor staat."
            ),
            (Lang::En, Refusal::AlreadyThere(part)) => {
                format!("“{part}” is part of this incident already. Change that one, or use another name.")
            }
            (Lang::Nl, Refusal::AlreadyThere(part)) => {
                format!("“{part}” hoort al bij dit incident. Wijzig dat, of gebruik een andere naam.")
            }
            (Lang::En, Refusal::OtherKind { one, other }) => {
                format!("“{one}” and “{other}” are of different kinds. Merge entities of one kind.")
            }
            (Lang::Nl, Refusal::OtherKind { one, other }) => {
                format!("“{one}” en “{other}” zijn van verschillende soort. Voeg entiteiten van één soort samen.")
            }
            (Lang::En, Refusal::Empty) => "This cannot be empty. Write something first.".into(),
            (Lang::Nl, Refusal::Empty) => "Dit mag niet leeg zijn. Vul eerst iets in.".into(),
            (Lang::En, Refusal::TooLong { limit, length }) => format!(
                "This text is {} too long. Shorten it to {}.",
                amounts.characters(length.saturating_sub(*limit)),
                amounts.characters(*limit)
            ),
            (Lang::Nl, Refusal::TooLong { limit, length }) => format!(
                "Deze tekst is {} te lang. Kort hem in tot {}.",
                amounts.characters(length.saturating_sub(*limit)),
                amounts.characters(*limit)
            ),
            (Lang::En, Refusal::TooMany { limit, count }) => {
                format!("{} are too many: at most {} fit. Divide them.", amounts.number(*count), amounts.number(*limit))
            }
            (Lang::Nl, Refusal::TooMany { limit, count }) => {
                format!("{} is te veel: er passen er {}. Verdeel ze.", amounts.number(*count), amounts.number(*limit))
            }
            (Lang::En, Refusal::Misplaced(step)) => {
                format!("The step “{step}” has no place in its playbook. Correct its file and open that again.")
            }
            (Lang::Nl, Refusal::Misplaced(step)) => {
                format!("De stap “{step}” heeft geen plek in het draaiboek. Verbeter het bestand en open dat opnieuw.")
            }
            (Lang::En, Refusal::PriorityOutOfRange(value)) => {
                format!("A priority lies between 0 and 100, not at {value}. Choose a number in that range.")
            }
            (Lang::Nl, Refusal::PriorityOutOfRange(value)) => {
                format!("Een prioriteit ligt tussen 0 en 100, niet op {value}. Kies een getal daartussen.")
            }
            (Lang::En, Refusal::ReasonMissing) => "This needs a reason, so that others understand it. Write one.".into(),
            (Lang::Nl, Refusal::ReasonMissing) => {
                "Hier hoort een reden bij, zodat anderen het begrijpen. Schrijf die op.".into()
            }
            (Lang::En, Refusal::NotAHash { digits }) => {
                format!("This is no such hash: {digits} characters of 0-9 and a-f were expected. Copy it once more.")
            }
            (Lang::Nl, Refusal::NotAHash { digits }) => {
                format!("Dit is niet zo'n hash: {digits} tekens van 0-9 en a-f werden verwacht. Kopieer hem nog eens.")
            }
            (Lang::En, Refusal::NothingToDo) => "It is like that already, so nothing was changed.".into(),
            (Lang::Nl, Refusal::NothingToDo) => "Het is al zo, dus er is niets gewijzigd.".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::taxonomy::Severity;

    #[test]
    fn a_priority_says_its_reasons_in_words() {
        assert_eq!(EN.priority(&PriorityReason::Severity(Severity::High)), "Severity: High");
        assert_eq!(EN.priority(&PriorityReason::Assets(7)), "7 assets involved");
        assert_eq!(NL.priority(&PriorityReason::FailedRemediation(1)), "1 remediëring of onderzoek is mislukt");
        assert_eq!(EN.priority(&PriorityReason::Waiting(26)), "Has waited 1 d 2 h for somebody to take it on");
        let _ = NL.priority(&PriorityReason::Waiting(i64::MAX));
    }

    #[test]
    fn a_suggestion_says_what_in_the_alerts_points_to_it() {
        let title = ScenarioReason::Title("phish", 1);
        assert_eq!(EN.scenario(&title), "1 alert has “phish” in its title");
        assert_eq!(
            NL.scenario(&ScenarioReason::Category("InitialAccess", 3)),
            "3 waarschuwingen vallen in de categorie “Eerste toegang”"
        );
    }

    #[test]
    fn a_refusal_ends_with_what_to_do() {
        let too_long = Refusal::TooLong { limit: 30_000, length: 30_005 };
        assert_eq!(EN.refusal(&too_long), "This text is 5 characters too long. Shorten it to 30,000 characters.");
        assert_eq!(NL.refusal(&Refusal::Empty), "Dit mag niet leeg zijn. Vul eerst iets in.");
    }
}
