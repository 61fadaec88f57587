//! Verbs and how a sentence is put together around one, in both tenses and both languages.

use super::Lang;

/// A deed: a verb, what it is done to, and what follows. English puts the verb first in both tenses; Dutch puts it
/// first in the past tense, with its particle after the object, and last in the infinitive.
pub(super) struct Deed {
    pub past: &'static str,
    infinitive: &'static str,
    /// The Dutch verb's separable part in the past tense, such as `af` in `vinkte … af`.
    particle: &'static str,
    object: String,
    tail: String,
}

/// A verb in both languages: English past and infinitive; Dutch past, particle and infinitive.
pub(super) struct Verb(&'static str, &'static str, &'static str, &'static str, &'static str);

pub(super) const SET: Verb = Verb("set", "set", "zette", "", "zetten");
pub(super) const WRITE: Verb = Verb("wrote", "write", "schreef", "", "schrijven");
pub(super) const CLEAR: Verb = Verb("cleared", "clear", "wiste", "", "wissen");
pub(super) const ASSIGN: Verb = Verb("assigned", "assign", "wees", "toe", "toewijzen");
pub(super) const UNASSIGN: Verb =
    Verb("unassigned", "unassign", "haalde de toewijzing weg van", "", "niet meer toewijzen");
pub(super) const TICK: Verb = Verb("ticked", "tick", "vinkte", "af", "afvinken");
pub(super) const SKIP: Verb = Verb("skipped", "skip", "sloeg", "over", "overslaan");
pub(super) const REOPEN: Verb = Verb("reopened", "reopen", "heropende", "", "heropenen");
pub(super) const LINK: Verb = Verb("linked", "link", "koppelde", "", "koppelen");
pub(super) const MARK: Verb = Verb("marked", "mark", "markeerde", "", "markeren");
pub(super) const UNMARK: Verb =
    Verb("unmarked", "unmark", "markeerde niet langer", "", "niet langer markeren");
pub(super) const ADD: Verb = Verb("added", "add", "voegde", "toe", "toevoegen");
pub(super) const REMOVE: Verb = Verb("removed", "remove", "verwijderde", "", "verwijderen");
pub(super) const EDIT: Verb = Verb("edited", "edit", "bewerkte", "", "bewerken");
pub(super) const COMMENT: Verb =
    Verb("commented", "comment", "schreef een opmerking", "", "een opmerking schrijven");
pub(super) const RETRACT: Verb = Verb("took back", "take back", "trok", "in", "intrekken");
pub(super) const RESTATE: Verb = Verb("restored", "restore", "zette", "terug", "terugzetten");
pub(super) const CREATE: Verb = Verb("wrote down", "write down", "schreef", "op", "opschrijven");
pub(super) const IMPORT: Verb = Verb("imported", "import", "importeerde", "", "importeren");
pub(super) const KEEP: Verb = Verb("kept", "keep", "bewaarde", "", "bewaren");
pub(super) const UPDATE: Verb = Verb("updated", "update", "werkte", "bij", "bijwerken");
pub(super) const MERGE: Verb = Verb("merged", "merge", "voegde", "samen", "samenvoegen");
pub(super) const SPLIT: Verb = Verb("split off", "split off", "splitste", "af", "afsplitsen");
pub(super) const PART: Verb = Verb("told", "tell", "onderscheidde", "", "onderscheiden");
pub(super) const DELETE: Verb = Verb("deleted", "delete", "verwijderde", "", "verwijderen");
pub(super) const BEGIN: Verb = Verb("began", "begin", "begon", "", "beginnen");
pub(super) const RESOLVE: Verb = Verb("resolved", "resolve", "loste", "op", "oplossen");
pub(super) const COLLECT: Verb = Verb("collected", "collect", "stelde", "veilig", "veiligstellen");
pub(super) const HAND_OVER: Verb = Verb("handed", "hand", "droeg", "over", "overdragen");
pub(super) const MOVE: Verb = Verb("moved", "move", "verplaatste", "", "verplaatsen");
pub(super) const COPY: Verb = Verb("copied", "copy", "kopieerde", "", "kopiëren");
pub(super) const EXAMINE: Verb = Verb("examined", "examine", "onderzocht", "", "onderzoeken");
pub(super) const CHECK: Verb = Verb("checked", "check", "controleerde", "", "controleren");
pub(super) const RETURN: Verb = Verb("returned", "return", "gaf", "terug", "teruggeven");
pub(super) const DESTROY: Verb = Verb("destroyed", "destroy", "vernietigde", "", "vernietigen");
pub(super) const RECORD: Verb = Verb("recorded", "record", "legde vast", "", "vastleggen");
pub(super) const WITHDRAW: Verb = Verb("withdrew", "withdraw", "trok", "in", "intrekken");

impl Deed {
    /// A verb with its object and what follows.
    pub fn new(lang: Lang, verb: &Verb, object: String, tail: String) -> Self {
        match lang {
            Lang::En => Self { past: verb.0, infinitive: verb.1, particle: "", object, tail },
            Lang::Nl => Self { past: verb.2, infinitive: verb.4, particle: verb.3, object, tail },
        }
    }

    /// In the past tense: `set the severity to high`.
    pub fn past(&self, lang: Lang) -> String {
        match lang {
            Lang::En => join(&[self.past, &self.object, &self.tail]),
            Lang::Nl => join(&[self.past, &self.object, self.particle, &self.tail]),
        }
    }

    /// In the infinitive: Dutch `de ernst op hoog zetten`.
    pub fn infinitive(&self, lang: Lang) -> String {
        match lang {
            Lang::En => join(&[self.infinitive, &self.object, &self.tail]),
            Lang::Nl if self.tail.starts_with(':') => join(&[&self.object, self.infinitive, &self.tail]),
            Lang::Nl => join(&[&self.object, &self.tail, self.infinitive]),
        }
    }
}

/// Words with a space between them; what begins with a colon stands right behind the word before it.
pub(super) fn join(words: &[&str]) -> String {
    let mut text = String::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        if !text.is_empty() && !word.starts_with(':') {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}
