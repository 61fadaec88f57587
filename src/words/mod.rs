//! LANGUAGES: every text a person reads on the page or in a report.
//!
//! One file an area, holding a struct of texts and its values `EN` and `NL`: a text that one language lacks does not
//! compile. A fixed text is a `&'static str`; a sentence with values or plurals is a `fn(…) -> String`.
//!
//! Tables of terms (`vocabulary`, `fields`) and sentences that are put together (`log`, `reasons`, `amounts`) hold both
//! languages side by side instead and pick by [`Lang`].
//!
//! To add an area: write `src/words/<area>.rs` after the pattern of `shell.rs`, then add it to the list at the end of
//! this file with one line.
//!
//! Glossary, so that one thing keeps one name (English → Dutch):
//!
//! | English | Dutch | | English | Dutch |
//! |---|---|---|---|---|
//! | incident | incident | | triage | triage |
//! | alert | waarschuwing | | analysis | analyse |
//! | entity | entiteit | | containment | insluiting |
//! | asset | bedrijfsmiddel | | eradication | uitbanning |
//! | evidence | bewijs | | recovery | herstel |
//! | verdict | oordeel | | review | evaluatie |
//! | device | apparaat | | checklist | checklist |
//! | user | gebruiker | | step | stap |
//! | mailbox | postvak | | skip | overslaan |
//! | file | bestand | | due | uiterlijk |
//! | process | proces | | assigned to | toegewezen aan |
//! | severity | ernst | | unassigned | niet toegewezen |
//! | high, medium, low, informational | hoog, gemiddeld, laag, informatief | | classification | classificatie |
//! | priority | prioriteit | | determination | vaststelling |
//! | status | status | | playbook | draaiboek |
//! | new, active, in progress, resolved | nieuw, actief, in behandeling, opgelost | | preparation | voorbereiding |
//! | true positive, false positive | terecht positief, vals positief | | notebook | notitieboek |
//! | report | rapport | | backup | reservekopie |
//! | activity | activiteit | | restore | terugzetten |
//! | notes | notities | | undo, redo | ongedaan maken, opnieuw |
//! | tag | label | | hunting query | zoekquery |
//! | log, entry | logboek, regel | | chain, head | keten, kop |
//! | attack story | aanvalsverhaal | | remediation | remediëring |
//! | merge | samenvoegen | | conflict | conflict |
//! | timeline, event | tijdlijn, gebeurtenis | | zone | zone |
//! | evidence item | bewijsstuk | | chain of custody | bewaarketen |
//!
//! *Evidence* by itself is Microsoft's: the entities that an alert names beside the assets. What was secured, with its
//! hash and its chain of custody, is an *evidence item*.

mod deed;
mod language;

pub use language::Lang;

impl Lang {
    /// The texts of this language.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::En => &EN,
            Self::Nl => &NL,
        }
    }

    /// The text of this language, of two that stand side by side.
    const fn pick(self, english: &'static str, dutch: &'static str) -> &'static str {
        match self {
            Self::En => english,
            Self::Nl => dutch,
        }
    }
}

/// Writes an area that has many texts, with English and Dutch of each side by side: first the plain ones, then, after
/// `--`, the sentences with values.
macro_rules! texts {
    (
        $(#[$doc:meta])*
        $area:ident

        $( $text:ident: $en:literal, $nl:literal; )+
        --
        $( $sentence:ident($($kind:ty),+): $en_of:expr, $nl_of:expr; )+
    ) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[allow(missing_docs)] // The texts explain themselves.
        pub struct $area {
            $( pub $text: &'static str, )+
            $( pub $sentence: fn($($kind),+) -> String, )+
        }

        /// English.
        pub const EN: $area = $area { $( $text: $en, )+ $( $sentence: $en_of, )+ };

        /// Dutch.
        pub const NL: $area = $area { $( $text: $nl, )+ $( $sentence: $nl_of, )+ };
    };
}

/// Declares the areas: their modules, the [`Words`] that hold them and the values for both languages.
macro_rules! areas {
    ($($area:ident: $texts:ident,)+) => {
        $(pub mod $area;)+

        /// Every text of the page in one language.
        #[derive(Debug)]
        pub struct Words {
            /// The language these texts are in.
            pub lang: Lang,
            $(
                #[doc = concat!("The texts of the area `", stringify!($area), "`.")]
                pub $area: $area::$texts,
            )+
        }

        static EN: Words = Words { lang: Lang::En, $($area: $area::EN,)+ };
        static NL: Words = Words { lang: Lang::Nl, $($area: $area::NL,)+ };
    };
}

areas! {
    amounts: Amounts,
    care: Care,
    checklist: Checklist,
    entities: Entities,
    evidence: Evidence,
    exporting: Exporting,
    fields: Fields,
    gallery: Gallery,
    guide: Guide,
    import: Import,
    incident: Incident,
    incidents: Incidents,
    intake: Intake,
    keeping: Keeping,
    kept: Kept,
    keys: Keys,
    lock: Lock,
    log: Log,
    merge: Merge,
    parts: Parts,
    playbooks: Playbooks,
    proof: Proof,
    reasons: Reasons,
    report: Report,
    settings: Settings,
    shell: Shell,
    timeline: Timeline,
    vocabulary: Vocabulary,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_holds_its_own_texts() {
        for lang in Lang::ALL {
            assert_eq!(lang.words().lang, lang);
            assert_eq!(Lang::parse(lang.code()), Some(lang));
        }
        assert_ne!(Lang::En.words().shell.settings, Lang::Nl.words().shell.settings);
    }
}
