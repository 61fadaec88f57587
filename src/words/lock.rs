//! Texts about the passphrase: the page that asks for it, setting, changing and removing it, and sealed files.

use super::{Lang, Words};
use crate::crypto::KdfError;
use crate::formats::sealed::{NotSealed, Shut};
use crate::storage::KvError;
use crate::storage::seal::Trouble;
use crate::storage::seal::lock::PasskeyError;

/// Texts about the passphrase.
#[derive(Debug)]
#[allow(missing_docs)] // The texts explain themselves.
pub struct Lock {
    pub locked_title: &'static str,
    pub locked_text: &'static str,
    pub unlock: &'static str,
    pub unlocking: &'static str,
    pub passphrase: &'static str,
    pub show: &'static str,
    pub hide: &'static str,
    pub wrong: &'static str,
    pub lost_title: &'static str,
    pub lost_text: &'static str,
    pub lost_save: &'static str,
    pub newer_title: &'static str,
    pub newer_text: &'static str,
    pub forgotten: &'static str,
    pub forgotten_text: &'static str,
    pub erase: &'static str,
    pub erase_title: &'static str,
    pub erase_warning: &'static str,
    pub erase_label: fn(&str) -> String,
    pub erase_word: &'static str,
    pub title: &'static str,
    pub off_text: &'static str,
    pub off_blocked: &'static str,
    pub on_text: &'static str,
    pub unfinished: &'static str,
    pub set: &'static str,
    pub set_title: &'static str,
    pub set_text: &'static str,
    pub forget_warning: &'static str,
    pub new: &'static str,
    pub again: &'static str,
    pub not_same: &'static str,
    pub too_short: fn(usize) -> String,
    pub fair: &'static str,
    pub long: &'static str,
    pub hint: &'static str,
    pub sealing: &'static str,
    pub was_set: &'static str,
    pub change: &'static str,
    pub change_title: &'static str,
    pub change_text: &'static str,
    pub current: &'static str,
    pub changing: &'static str,
    pub was_changed: &'static str,
    pub remove: &'static str,
    pub remove_title: &'static str,
    pub remove_text: &'static str,
    pub unsealing: &'static str,
    pub was_removed: &'static str,
    pub lock_now: &'static str,
    pub lock_after: &'static str,
    pub minutes: fn(u32) -> String,
    pub never: &'static str,
    pub full: fn(usize) -> String,
    pub failed: fn(&str) -> String,
    pub locked_meanwhile: &'static str,
    pub seal_file: &'static str,
    pub seal_file_text: &'static str,
    pub open_title: &'static str,
    pub open_text: fn(&str) -> String,
    pub open: &'static str,
    pub opening: &'static str,
    pub file_wrong: &'static str,
    pub file_newer: fn(u32) -> String,
    pub file_damaged: fn(&str) -> String,
    pub file_again: &'static str,
    pub file_update: &'static str,
}

/// English.
pub const EN: Lock = Lock {
    locked_title: "This notebook is locked",
    locked_text: "Everything in it is encrypted. Enter the passphrase to open it.",
    unlock: "Unlock",
    unlocking: "Unlocking…",
    passphrase: "Passphrase",
    show: "Show",
    hide: "Hide",
    wrong: "That is not the passphrase of this notebook. Check Caps Lock and the keyboard layout, and try again.",
    lost_title: "This notebook cannot be opened",
    lost_text: "It is encrypted, and the record that holds its lock is gone or damaged. Nobody can open it here. Save it as it lies there if you have an earlier copy of this browser's data; otherwise erase it and restore a backup.",
    lost_save: "Save it as it lies there",
    newer_title: "A newer version of First Hour locked this notebook",
    newer_text: "This version cannot unlock it. Open it with the newer version.",
    forgotten: "I forgot the passphrase",
    forgotten_text: "Without the passphrase nobody can read this notebook: there is no other key and nobody to ask. You can erase it, begin with an empty one and restore a backup.",
    erase: "Erase this notebook…",
    erase_title: "Erase the locked notebook?",
    erase_warning: "This deletes everything that is kept here, for good. It cannot be undone.",
    erase_label: |word| format!("Type “{word}” to confirm"),
    erase_word: "erase",
    title: "Lock with a passphrase",
    off_text: "The notebook can be read by anybody who can use this browser or copy its files. With a passphrase it is encrypted, and the page asks before it opens.",
    off_blocked: "This browser keeps nothing, so there is nothing to lock.",
    on_text: "The notebook is encrypted. The key is in the memory of this page only, so every tab asks for the passphrase by itself.",
    unfinished: "Not everything has been encrypted or opened yet. Lock the notebook and unlock it again to go on.",
    set: "Set a passphrase…",
    set_title: "Lock the notebook with a passphrase",
    set_text: "From then on the page asks for it before it opens. Other open tabs ask at once.",
    forget_warning: "If you forget it, everything in this notebook is lost. There is no way around it, no second key and nobody who can help. Save a backup first and keep it where the notebook itself would be safe.",
    new: "New passphrase",
    again: "The same again",
    not_same: "These two are not the same.",
    too_short: |least| format!("Too short: at least {least} characters."),
    fair: "This holds off somebody who tries by hand. Longer is better: a program tries millions.",
    long: "Long enough, unless it is a known sentence.",
    hint: "Four or five words that have nothing to do with each other are hard to guess and easy to keep.",
    sealing: "Encrypting the notebook…",
    was_set: "The notebook is locked with your passphrase",
    change: "Change it…",
    change_title: "Change the passphrase",
    change_text: "The notebook is not encrypted anew: the new passphrase opens the same key. If somebody may have copied this browser's files and known the old one, remove the passphrase and set it again.",
    current: "Current passphrase",
    changing: "Changing the passphrase…",
    was_changed: "The new passphrase counts from now on",
    remove: "Remove it…",
    remove_title: "Remove the passphrase",
    remove_text: "The notebook is then kept as plain data, which anybody who can use this browser can read.",
    unsealing: "Opening every record…",
    was_removed: "The notebook is no longer locked",
    lock_now: "Lock now",
    lock_after: "Lock when nothing happens for",
    minutes: |minutes| if minutes == 1 { "1 minute".into() } else { format!("{minutes} minutes") },
    never: "Never",
    full: |units| format!("Encrypted, the notebook takes {units} characters more than there is room for. Delete incidents you no longer need, then try again."),
    failed: |why| format!("That did not work ({why}). Nothing is lost; try again."),
    locked_meanwhile: "The notebook was locked, unlocked or given another passphrase in another tab, so nothing was changed here. Reload the page.",
    seal_file: "Encrypt the file with a passphrase",
    seal_file_text: "It may be another than the notebook's. Whoever opens the file needs it; without it the file is worth nothing.",
    open_title: "This file is encrypted",
    open_text: |name| format!("Enter the passphrase that “{name}” was saved with."),
    open: "Open",
    opening: "Opening…",
    file_wrong: "That is not the passphrase of this file. Check Caps Lock and the keyboard layout, and try again.",
    file_newer: |version| format!("A newer version of First Hour encrypted this file (version {version})."),
    file_damaged: |how| format!("The encrypted file is damaged: {how}."),
    file_again: "Fetch the file again from where you keep it.",
    file_update: "Open it with the newer version.",
};

/// Dutch.
pub const NL: Lock = Lock {
    locked_title: "Dit notitieboek is vergrendeld",
    locked_text: "Alles erin is versleuteld. Geef de wachtzin om het te openen.",
    unlock: "Ontgrendelen",
    unlocking: "Bezig met ontgrendelen…",
    passphrase: "Wachtzin",
    show: "Tonen",
    hide: "Verbergen",
    wrong: "Dat is niet de wachtzin van dit notitieboek. Kijk naar Caps Lock en de toetsenbordindeling en probeer het opnieuw.",
    lost_title: "Dit notitieboek kan niet worden geopend",
    lost_text: "Het is versleuteld, en de gegevens van het slot zijn weg of beschadigd. Niemand kan het hier openen. Bewaar het zoals het er ligt als je een eerdere kopie van de gegevens van deze browser hebt; wis het anders en zet een reservekopie terug.",
    lost_save: "Bewaren zoals het er ligt",
    newer_title: "Een nieuwere versie van First Hour heeft dit notitieboek vergrendeld",
    newer_text: "Deze versie kan het niet ontgrendelen. Open het met de nieuwere versie.",
    forgotten: "Ik ben de wachtzin vergeten",
    forgotten_text: "Zonder de wachtzin kan niemand dit notitieboek lezen: er is geen andere sleutel en niemand om het aan te vragen. Je kunt het wissen, met een leeg notitieboek beginnen en een reservekopie terugzetten.",
    erase: "Dit notitieboek wissen…",
    erase_title: "Het vergrendelde notitieboek wissen?",
    erase_warning: "Dit verwijdert alles wat hier bewaard wordt, voorgoed. Het kan niet ongedaan worden gemaakt.",
    erase_label: |word| format!("Typ “{word}” om te bevestigen"),
    erase_word: "wissen",
    title: "Vergrendelen met een wachtzin",
    off_text: "Iedereen die deze browser kan gebruiken of zijn bestanden kan kopiëren, kan het notitieboek lezen. Met een wachtzin is het versleuteld en vraagt de pagina erom voordat ze opent.",
    off_blocked: "Deze browser bewaart niets, dus er is niets te vergrendelen.",
    on_text: "Het notitieboek is versleuteld. De sleutel staat alleen in het geheugen van deze pagina; elk tabblad vraagt zelf om de wachtzin.",
    unfinished: "Nog niet alles is versleuteld of geopend. Vergrendel het notitieboek en ontgrendel het weer om verder te gaan.",
    set: "Wachtzin instellen…",
    set_title: "Het notitieboek vergrendelen met een wachtzin",
    set_text: "Voortaan vraagt de pagina erom voordat ze opent. Andere open tabbladen vragen er meteen om.",
    forget_warning: "Als je de wachtzin vergeet, is alles in dit notitieboek verloren. Er is geen omweg, geen tweede sleutel en niemand die kan helpen. Sla eerst een reservekopie op en bewaar die waar het notitieboek zelf ook veilig zou zijn.",
    new: "Nieuwe wachtzin",
    again: "Nogmaals dezelfde",
    not_same: "Deze twee zijn niet gelijk.",
    too_short: |least| format!("Te kort: minstens {least} tekens."),
    fair: "Dit houdt iemand tegen die met de hand probeert. Langer is beter: een programma probeert er miljoenen.",
    long: "Lang genoeg, tenzij het een bekende zin is.",
    hint: "Vier of vijf woorden die niets met elkaar te maken hebben, zijn moeilijk te raden en makkelijk te onthouden.",
    sealing: "Het notitieboek wordt versleuteld…",
    was_set: "Het notitieboek is vergrendeld met je wachtzin",
    change: "Wijzigen…",
    change_title: "De wachtzin wijzigen",
    change_text: "Het notitieboek wordt niet opnieuw versleuteld: de nieuwe wachtzin opent dezelfde sleutel. Als iemand de bestanden van deze browser gekopieerd kan hebben en de oude wachtzin kende, verwijder de wachtzin dan en stel hem opnieuw in.",
    current: "Huidige wachtzin",
    changing: "De wachtzin wordt gewijzigd…",
    was_changed: "De nieuwe wachtzin geldt vanaf nu",
    remove: "Verwijderen…",
    remove_title: "De wachtzin verwijderen",
    remove_text: "Het notitieboek wordt dan als leesbare gegevens bewaard, die iedereen kan lezen die deze browser kan gebruiken.",
    unsealing: "Alles wordt geopend…",
    was_removed: "Het notitieboek is niet meer vergrendeld",
    lock_now: "Nu vergrendelen",
    lock_after: "Vergrendelen als er niets gebeurt gedurende",
    minutes: |minutes| if minutes == 1 { "1 minuut".into() } else { format!("{minutes} minuten") },
    never: "Nooit",
    full: |units| format!("Versleuteld neemt het notitieboek {units} tekens meer in dan er ruimte is. Verwijder incidenten die je niet meer nodig hebt en probeer het opnieuw."),
    failed: |why| format!("Dat is niet gelukt ({why}). Er is niets verloren; probeer het opnieuw."),
    locked_meanwhile: "Het notitieboek is in een ander tabblad vergrendeld, ontgrendeld of van een andere wachtzin voorzien; hier is niets veranderd. Laad de pagina opnieuw.",
    seal_file: "Het bestand versleutelen met een wachtzin",
    seal_file_text: "Het mag een andere zijn dan die van het notitieboek. Wie het bestand opent, heeft de wachtzin nodig; zonder is het bestand waardeloos.",
    open_title: "Dit bestand is versleuteld",
    open_text: |name| format!("Geef de wachtzin waarmee “{name}” is opgeslagen."),
    open: "Openen",
    opening: "Bezig met openen…",
    file_wrong: "Dat is niet de wachtzin van dit bestand. Kijk naar Caps Lock en de toetsenbordindeling en probeer het opnieuw.",
    file_newer: |version| format!("Een nieuwere versie van First Hour heeft dit bestand versleuteld (versie {version})."),
    file_damaged: |how| format!("Het versleutelde bestand is beschadigd: {how}."),
    file_again: "Haal het bestand opnieuw van waar je het bewaart.",
    file_update: "Open het met de nieuwere versie.",
};

impl Words {
    /// Why a passphrase was not taken, and what to do next.
    pub fn trouble(&self, trouble: &Trouble) -> String {
        let lock = &self.lock;
        match trouble {
            Trouble::Wrong => lock.wrong.to_owned(),
            Trouble::Full(units) => (lock.full)(*units),
            Trouble::Passkey(PasskeyError::Key(error)) => self.no_key(*error).to_owned(),
            Trouble::Passkey(PasskeyError::Random(_)) => self.no_random().to_owned(),
            Trouble::Kept(KvError::Locked) => lock.locked_meanwhile.to_owned(),
            Trouble::Kept(error) => (lock.failed)(&error.to_string()),
        }
    }

    /// Why an encrypted file was not opened.
    pub fn shut(&self, shut: &Shut) -> String {
        let lock = &self.lock;
        match shut {
            Shut::Passphrase => lock.file_wrong.to_owned(),
            Shut::Newer(version) => (lock.file_newer)(*version),
            Shut::Damaged(how) => (lock.file_damaged)(how),
            Shut::Key(error) => self.no_key(*error).to_owned(),
        }
    }

    /// What to do about an encrypted file that was not opened.
    pub fn shut_next(&self, shut: &Shut) -> &'static str {
        match shut {
            Shut::Newer(_) => self.lock.file_update,
            Shut::Passphrase | Shut::Damaged(_) | Shut::Key(_) => self.lock.file_again,
        }
    }

    /// Why a file was not encrypted.
    pub fn not_sealed(&self, error: &NotSealed) -> String {
        match error {
            NotSealed::Key(error) => self.no_key(*error).to_owned(),
            NotSealed::Random(_) => self.no_random().to_owned(),
            NotSealed::Json(error) => (self.lock.failed)(error),
        }
    }

    fn no_key(&self, error: KdfError) -> &'static str {
        match (self.lang, error) {
            (Lang::En, KdfError::Memory) => {
                "There is not enough memory to make the key. Close other tabs and try again."
            }
            (Lang::Nl, KdfError::Memory) => {
                "Er is niet genoeg geheugen om de sleutel te maken. Sluit andere tabbladen en probeer het opnieuw."
            }
            (Lang::En, KdfError::Parameters) => {
                "The key is made in a way that this version does not know. Open it with a newer version."
            }
            (Lang::Nl, KdfError::Parameters) => {
                "De sleutel wordt gemaakt op een manier die deze versie niet kent. Open dit met een nieuwere versie."
            }
        }
    }

    fn no_random(&self) -> &'static str {
        self.lang.pick(
            "This browser gives no random numbers, and nothing can be encrypted without. Use another browser.",
            "Deze browser geeft geen willekeurige getallen, en zonder kan er niets worden versleuteld. Gebruik een andere browser.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::NoRandom;

    #[test]
    fn every_trouble_is_told_in_both_languages() {
        let troubles = [
            Trouble::Wrong,
            Trouble::Passkey(PasskeyError::Key(KdfError::Memory)),
            Trouble::Passkey(PasskeyError::Key(KdfError::Parameters)),
            Trouble::Passkey(PasskeyError::Random(NoRandom)),
            Trouble::Full(7_000),
            Trouble::Kept(KvError::Locked),
            Trouble::Kept(KvError::Quota),
        ];
        for trouble in troubles {
            let told = [Lang::En, Lang::Nl].map(|lang| lang.words().trouble(&trouble));
            assert!(told.iter().all(|text| text.ends_with('.')) && told[0] != told[1], "{told:?}");
        }
    }
}
