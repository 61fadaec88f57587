//! Texts of the guide through the first incident: for each hint what to do now, why, and what its button says.

use super::Lang;
use crate::sample::guide::Hint;

/// Texts of the guide.
#[derive(Debug)]
#[allow(missing_docs)] // The texts explain themselves.
pub struct Guide {
    lang: Lang,
    pub title: &'static str,
    pub step: fn(usize, usize) -> String,
    pub hide: &'static str,
    pub show: &'static str,
    pub why: &'static str,
    pub done_title: &'static str,
    pub done_text: &'static str,
    pub done_action: &'static str,
}

/// What one hint says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HintWords {
    /// What to do now.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What the button says that leads there.
    pub button: &'static str,
}

/// English.
pub const EN: Guide = Guide {
    lang: Lang::En,
    title: "Your guide",
    step: |done, of| format!("Hint {done} of {of}"),
    hide: "Hide the guide",
    show: "Show the guide",
    why: "Why",
    done_title: "You have handled your first incident",
    done_text: "From the first alert to the lessons learned: this is how every incident goes. Take the report with you, then open a file of your own.",
    done_action: "See the report",
};

/// Dutch.
pub const NL: Guide = Guide {
    lang: Lang::Nl,
    title: "Je gids",
    step: |done, of| format!("Aanwijzing {done} van {of}"),
    hide: "Gids verbergen",
    show: "Gids tonen",
    why: "Waarom",
    done_title: "Je hebt je eerste incident afgehandeld",
    done_text: "Van de eerste waarschuwing tot de geleerde lessen: zo gaat elk incident. Neem het rapport mee en open daarna een eigen bestand.",
    done_action: "Bekijk het rapport",
};

impl Guide {
    /// What a hint says.
    pub fn hint(&self, hint: Hint) -> HintWords {
        let (en, nl) = hint_words(hint);
        let [what, why, button] = match self.lang {
            Lang::En => en,
            Lang::Nl => nl,
        };
        HintWords { what, why, button }
    }
}

type Texts = [&'static str; 3];

fn hint_words(hint: Hint) -> (Texts, Texts) {
    match hint {
        Hint::Take => (
            [
                "Take the incident: assign it to yourself in the header.",
                "One person has to lead. Taking it stops the first clock, time to acknowledge, and tells the others that somebody is on it.",
                "Take the incident",
            ],
            [
                "Pak het incident op: wijs het bovenaan aan jezelf toe.",
                "Eén persoon moet leiden. Oppakken zet de eerste klok stil, de tijd tot oppakken, en laat anderen zien dat iemand ermee bezig is.",
                "Pak het incident op",
            ],
        ),
        Hint::Triage => (
            [
                "Read the overview, then decide on three steps of triage in the checklist: tick what you did, skip with a reason what does not apply.",
                "Triage answers three questions: is it real, how bad is it, who has to know? A skipped step with its reason is as good as a ticked one.",
                "Go to triage",
            ],
            [
                "Lees het overzicht en beslis dan over drie stappen van triage in de checklist: vink af wat je deed, sla met een reden over wat niet van toepassing is.",
                "Triage beantwoordt drie vragen: is het echt, hoe erg is het, wie moet het weten? Een overgeslagen stap met reden is net zo goed als een afgevinkte.",
                "Ga naar triage",
            ],
        ),
        Hint::Scenario => (
            [
                "Add a scenario playbook. First Hour suggests some from the alerts and says why.",
                "Ransomware asks for other steps than phishing does. A scenario adds them to the checklist, and can be removed again.",
                "See the suggestions",
            ],
            [
                "Voeg een scenariodraaiboek toe. First Hour stelt er enkele voor op grond van de waarschuwingen en zegt waarom.",
                "Ransomware vraagt om andere stappen dan phishing. Een scenario zet die op de checklist en kan er weer af.",
                "Bekijk de voorstellen",
            ],
        ),
        Hint::Critical => (
            [
                "Look at the assets and mark one as critical: a server that many depend on, or an account with many rights.",
                "What was hit decides how bad it is. A critical asset raises the priority, and you see the reason in words.",
                "See the assets",
            ],
            [
                "Bekijk de bedrijfsmiddelen en markeer er een als kritiek: een server waar velen van afhangen, of een account met veel rechten.",
                "Wat geraakt is, bepaalt hoe erg het is. Een kritiek bedrijfsmiddel verhoogt de prioriteit, en je ziet de reden in woorden.",
                "Bekijk de bedrijfsmiddelen",
            ],
        ),
        Hint::Verdicts => (
            [
                "Judge five pieces of evidence: set a verdict that you would stand for.",
                "Verdicts turn a heap of names into facts. What you find malicious is what has to be removed, blocked and hunted for.",
                "See the evidence",
            ],
            [
                "Beoordeel vijf bewijsstukken: geef een oordeel waar je achter staat.",
                "Oordelen maken van een berg namen feiten. Wat je kwaadaardig vindt, moet worden verwijderd, geblokkeerd en opgezocht.",
                "Bekijk het bewijs",
            ],
        ),
        Hint::Note => (
            [
                "Write a note: how do you think the attacker came in, and what did they do next?",
                "A guess that is written down can be checked and corrected. One that stays in your head cannot, and the next shift does not know it.",
                "Write a note",
            ],
            [
                "Schrijf een notitie: hoe denk je dat de aanvaller binnenkwam, en wat deed die daarna?",
                "Een vermoeden dat op papier staat, kan worden nagegaan en verbeterd. Een vermoeden in je hoofd niet, en de volgende dienst kent het niet.",
                "Schrijf een notitie",
            ],
        ),
        Hint::Analysis => (
            [
                "Decide on three steps of analysis. Note under each what came of it.",
                "Analysis finds how far the attack reached. What you miss here is what the attacker still has tomorrow.",
                "Go to analysis",
            ],
            [
                "Beslis over drie stappen van analyse. Noteer bij elk wat eruit kwam.",
                "Analyse laat zien hoe ver de aanval reikte. Wat je hier mist, heeft de aanvaller morgen nog.",
                "Ga naar de analyse",
            ],
        ),
        Hint::Containment => (
            [
                "Decide on three steps of containment: isolate devices, disable accounts, block what the attacker uses.",
                "Containment stops the harm. The order is yours: what spreads fastest comes first.",
                "Go to containment",
            ],
            [
                "Beslis over drie stappen van insluiting: isoleer apparaten, schakel accounts uit, blokkeer wat de aanvaller gebruikt.",
                "Insluiting stopt de schade. De volgorde is aan jou: wat zich het snelst verspreidt, komt eerst.",
                "Ga naar de insluiting",
            ],
        ),
        Hint::ContainedClock => (
            [
                "Stop the clock of containment: the attack can no longer spread.",
                "How long that took is the figure that says most about how you respond. Set it when it is true, not when you find the time.",
                "See the clocks",
            ],
            [
                "Zet de klok van de insluiting stil: de aanval kan zich niet verder verspreiden.",
                "Hoelang dat duurde, zegt het meest over hoe jullie reageren. Zet de tijd zodra het waar is, niet wanneer je er tijd voor hebt.",
                "Bekijk de klokken",
            ],
        ),
        Hint::Eradication => (
            [
                "Decide on a step of eradication and one of recovery.",
                "First remove what the attacker left and close the way in, then return to work. In the other order they come back.",
                "Go to eradication",
            ],
            [
                "Beslis over een stap van uitbanning en een van herstel.",
                "Haal eerst weg wat de aanvaller achterliet en sluit de ingang, ga dan weer aan het werk. Andersom komen ze terug.",
                "Ga naar de uitbanning",
            ],
        ),
        Hint::Resolve => (
            [
                "Resolve the incident: what was it, what kind of attack, what did you conclude? You see what is still open; nothing forbids you.",
                "A classification teaches the next triage, and the closing note is what a colleague reads in a year.",
                "See the overview",
            ],
            [
                "Los het incident op: wat was het, wat voor aanval, wat concludeer je? Je ziet wat nog openstaat; niets houdt je tegen.",
                "Een classificatie helpt de volgende triage, en de afsluitende notitie is wat een collega over een jaar leest.",
                "Bekijk het overzicht",
            ],
        ),
        Hint::Review => (
            [
                "Answer one question of the review: what went well, or what was missing or slow?",
                "An incident that nobody learns from happens again. Ten minutes now are worth a day next time.",
                "Go to the review",
            ],
            [
                "Beantwoord één vraag van de evaluatie: wat ging goed, of wat ontbrak of was traag?",
                "Een incident waar niemand van leert, gebeurt opnieuw. Tien minuten nu zijn de volgende keer een dag waard.",
                "Ga naar de evaluatie",
            ],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_hint_says_something_of_its_own_in_both_languages() {
        for texts in [&EN, &NL] {
            let what: BTreeSet<_> = Hint::ALL.iter().map(|hint| texts.hint(*hint).what).collect();
            assert_eq!(what.len(), Hint::ALL.len());
        }
        for hint in Hint::ALL {
            let (en, nl) = (EN.hint(hint), NL.hint(hint));
            assert!(en.what != nl.what && en.why != nl.why && en.button != nl.button, "{hint:?}");
        }
    }
}
