//! Texts about the keyboard: the key help and the names of keys.

/// Texts about the keyboard.
#[derive(Debug)]
#[allow(missing_docs)] // The texts explain themselves.
pub struct Keys {
    pub title: &'static str,
    pub show: &'static str,
    pub palette: &'static str,
    pub intro: &'static str,
    pub here: &'static str,
    pub everywhere: &'static str,
    pub then: &'static str,
    pub space: &'static str,
    pub enter: &'static str,
    pub escape: &'static str,
    pub escape_does: &'static str,
}

/// English.
pub const EN: Keys = Keys {
    title: "Keys",
    show: "Show the keys",
    palette: "Open the command palette",
    intro: "Keys work wherever you are not typing in a field.",
    here: "On this page",
    everywhere: "Everywhere",
    then: "then",
    space: "Space",
    enter: "Enter",
    escape: "Esc",
    escape_does: "Close what is open, or leave a field",
};

/// Dutch.
pub const NL: Keys = Keys {
    title: "Toetsen",
    show: "Toon de toetsen",
    palette: "Open de opdrachten",
    intro: "Toetsen werken zolang je niet in een veld typt.",
    here: "Op deze pagina",
    everywhere: "Overal",
    then: "dan",
    space: "Spatie",
    enter: "Enter",
    escape: "Esc",
    escape_does: "Sluit wat open is, of verlaat een veld",
};
