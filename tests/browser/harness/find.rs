//! Finds things by role and name in the browser's own accessibility tree, as a screen reader does, and acts on them.
//!
//! A [`Target`] is a description, not an element: every act looks anew and tries again until it succeeds or patience runs
//! out, so a page that draws itself anew meanwhile does not matter. No class, id or test attribute is ever used: what a
//! test finds, a person can find.

use std::fmt::{self, Display};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::driver::ELEMENT;
use super::page::{Page, squeezed};

/// What a thing is called.
#[derive(Clone, Debug)]
pub enum Name {
    /// Exactly this.
    Is(String),
    /// Something with this in it, in upper or lower case.
    Has(String),
    /// Anything.
    Any,
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self::Is(name.to_owned())
    }
}

impl From<&String> for Name {
    fn from(name: &String) -> Self {
        Self::Is(name.clone())
    }
}

/// A name that has `part` in it.
pub fn has(part: &str) -> Name {
    Name::Has(part.to_owned())
}

impl Name {
    fn fits(&self, name: &str) -> bool {
        match self {
            Self::Is(wanted) => squeezed(name) == squeezed(wanted),
            Self::Has(part) => squeezed(name).to_lowercase().contains(&squeezed(part).to_lowercase()),
            Self::Any => true,
        }
    }
}

/// Where things can be looked for: the page, or something on it.
pub trait Finds<'a> {
    /// The thing of one of these roles with this name.
    fn look(&self, roles: &'static [&'static str], name: Name) -> Target<'a>;

    /// A button, one that opens a menu or a section too.
    fn button(&self, name: impl Into<Name>) -> Target<'a> {
        self.look(&["button", "DisclosureTriangle", "DisclosureTriangleGrouped"], name.into())
    }

    /// A link.
    fn link(&self, name: impl Into<Name>) -> Target<'a> {
        self.look(&["link"], name.into())
    }

    /// Something to write in.
    fn field(&self, name: impl Into<Name>) -> Target<'a> {
        self.look(&["textbox", "searchbox", "combobox", "spinbutton"], name.into())
    }

    /// A list to choose from.
    fn combobox(&self, name: impl Into<Name>) -> Target<'a> {
        self.look(&["combobox"], name.into())
    }

    /// A heading.
    fn heading(&self, name: impl Into<Name>) -> Target<'a> {
        self.look(&["heading"], name.into())
    }

    /// A box to tick, or a switch.
    fn checkbox(&self, name: impl Into<Name>) -> Target<'a> {
        self.look(&["checkbox", "switch"], name.into())
    }

    /// An entry of a menu.
    fn menu_item(&self, name: impl Into<Name>) -> Target<'a> {
        self.look(&["menuitem", "menuitemradio", "menuitemcheckbox"], name.into())
    }

    /// A dialog.
    fn dialog(&self, name: impl Into<Name>) -> Target<'a> {
        self.look(&["dialog", "alertdialog"], name.into())
    }

    /// A named part of the page.
    fn region(&self, name: impl Into<Name>) -> Target<'a> {
        self.look(
            &["region", "group", "navigation", "complementary", "contentinfo", "main", "list"],
            name.into(),
        )
    }
}

impl<'a> Finds<'a> for &'a Page {
    fn look(&self, roles: &'static [&'static str], name: Name) -> Target<'a> {
        Target { page: self, inside: None, roles, name, number: None }
    }
}

impl<'a> Finds<'a> for Target<'a> {
    fn look(&self, roles: &'static [&'static str], name: Name) -> Target<'a> {
        Target { page: self.page, inside: Some(Box::new(self.clone())), roles, name, number: None }
    }
}

/// A description of one thing on the page.
#[derive(Clone)]
pub struct Target<'a> {
    page: &'a Page,
    inside: Option<Box<Target<'a>>>,
    roles: &'static [&'static str],
    name: Name,
    number: Option<usize>,
}

/// One thing as the accessibility tree has it.
struct Node {
    id: u64,
    name: String,
    properties: Value,
}

impl Display for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let role = self.roles.first().copied().unwrap_or_default();
        match &self.name {
            Name::Is(name) => write!(f, "{role} \"{name}\"")?,
            Name::Has(part) => write!(f, "{role} with \"{part}\" in its name")?,
            Name::Any => write!(f, "{role}")?,
        }
        if let Some(number) = self.number {
            write!(f, " (number {number})")?;
        }
        self.inside.as_ref().map_or(Ok(()), |inside| write!(f, " in {inside}"))
    }
}

impl Target<'_> {
    /// The one with this number, counted from 0, where several fit.
    #[must_use]
    pub fn number(mut self, number: usize) -> Self {
        self.number = Some(number);
        self
    }

    /// Presses it with the mouse, scrolled to where nothing that floats at an edge lies over it.
    #[track_caller]
    pub fn click(&self) {
        self.act("click", |element| {
            self.run("arguments[0].scrollIntoView({ block: 'center', inline: 'nearest' })", element)?;
            self.page.post(&format!("element/{element}/click"), &json!({})).map(drop)
        });
    }

    /// Replaces what is written in it.
    #[track_caller]
    pub fn fill(&self, text: &str) {
        self.act("fill", |element| {
            self.page.post(&format!("element/{element}/clear"), &json!({}))?;
            self.page.post(&format!("element/{element}/value"), &json!({ "text": text })).map(drop)
        });
    }

    /// Chooses the entry called `entry` of a list.
    #[track_caller]
    pub fn choose(&self, entry: &str) {
        const CHOOSE: &str = "const [select, entry] = arguments;
            const option = [...select.options].find(option => option.label.trim() === entry);
            if (!option) return [...select.options].map(option => option.label.trim()).join(', ');
            if (select.value !== option.value) {
                select.value = option.value;
                select.dispatchEvent(new Event('input', { bubbles: true }));
                select.dispatchEvent(new Event('change', { bubbles: true }));
            }
            return null;";
        self.act("choose", |element| {
            let select = json!({ ELEMENT: element });
            let body = json!({ "script": CHOOSE, "args": [select, entry] });
            match self.page.post("execute/sync", &body)?.as_str() {
                Some(entries) => Err(format!("there is no \"{entry}\" among: {entries}")),
                None => Ok(()),
            }
        });
    }

    /// Gives it the focus.
    #[track_caller]
    pub fn focus(&self) {
        self.act("focus", |element| self.run("arguments[0].focus()", element).map(drop));
    }

    /// Waits until it is there.
    #[track_caller]
    pub fn wait(&self) {
        self.act("find", |_| Ok(()));
    }

    /// Waits until it is not there.
    #[track_caller]
    pub fn wait_gone(&self) {
        self.page.wait_until(&format!("there is no {self}"), |_| !self.exists());
    }

    /// Whether it is there now.
    pub fn exists(&self) -> bool {
        self.count() > 0
    }

    /// How many there are now.
    pub fn count(&self) -> usize {
        self.nodes().map_or(0, |nodes| nodes.len())
    }

    /// The names of all that fit, now.
    pub fn names(&self) -> Vec<String> {
        self.nodes()
            .map(|nodes| nodes.into_iter().map(|node| squeezed(&node.name)).collect())
            .unwrap_or_default()
    }

    /// Its visible text.
    #[track_caller]
    pub fn text(&self) -> String {
        self.act("read", |element| {
            let text = self.run("return arguments[0].innerText", element)?;
            Ok(squeezed(text.as_str().unwrap_or_default()))
        })
    }

    /// A state as the accessibility tree has it: `checked`, `pressed`, `selected`, `expanded`, `disabled`, `invalid`.
    /// Empty where it has none.
    #[track_caller]
    pub fn state(&self, state: &str) -> String {
        self.wait();
        let nodes = self.nodes().unwrap_or_default();
        let properties = nodes.first().and_then(|node| node.properties.as_array()).into_iter().flatten();
        let value = properties
            .clone()
            .find(|property| property["name"] == state)
            .map(|property| &property["value"]["value"]);
        value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).unwrap_or_default()
    }

    /// Tries `act` on the element until it succeeds.
    #[track_caller]
    fn act<T>(&self, what: &str, act: impl Fn(&str) -> Result<T, String>) -> T {
        let start = Instant::now();
        loop {
            match self.element().and_then(|element| act(&element)) {
                Ok(result) => return result,
                Err(error) if start.elapsed() > self.page.plan.patience => {
                    panic!("could not {what} {self}: {error}")
                }
                Err(_) => thread::sleep(Duration::from_millis(40)),
            }
        }
    }

    /// Runs the body of a JavaScript function with the element as its argument.
    fn run(&self, body: &str, element: &str) -> Result<Value, String> {
        self.page.post("execute/sync", &json!({ "script": body, "args": [{ ELEMENT: element }] }))
    }

    /// The element, as WebDriver names it.
    fn element(&self) -> Result<String, String> {
        let node = self.node()?;
        // WebDriver cannot look up by accessibility, and DevTools cannot click as carefully as WebDriver: a variable of
        // the page hands the element from one to the other.
        let resolved = self.page.devtools("DOM.resolveNode", json!({ "backendNodeId": node.id }))?;
        let hand_over = json!({
            "objectId": resolved["object"]["objectId"],
            "functionDeclaration": "function () { window.firsthourTestFound = this; }",
        });
        self.page.devtools("Runtime.callFunctionOn", hand_over)?;
        let take = json!({ "script": "const found = window.firsthourTestFound; delete window.firsthourTestFound; return found", "args": [] });
        let element = self.page.post("execute/sync", &take)?;
        element[ELEMENT].as_str().map(str::to_owned).ok_or_else(|| format!("{self} is no element"))
    }

    fn node(&self) -> Result<Node, String> {
        let mut nodes = self.nodes()?;
        match (nodes.len(), self.number) {
            (0, _) => Err(format!("there is none{}", self.candidates())),
            (_, Some(number)) if number < nodes.len() => Ok(nodes.swap_remove(number)),
            (count, Some(_)) => Err(format!("there are only {count}")),
            (1, None) => Ok(nodes.swap_remove(0)),
            (count, None) => {
                let names: Vec<_> = nodes.iter().map(|node| node.name.as_str()).collect();
                Err(format!("there are {count}: {}", names.join(" | ")))
            }
        }
    }

    /// What else of this role is there, for messages.
    fn candidates(&self) -> String {
        let any = Self { name: Name::Any, number: None, ..self.clone() };
        let mut names = any.names();
        names.truncate(40);
        if names.is_empty() { String::new() } else { format!("; there is: {}", names.join(" | ")) }
    }

    fn nodes(&self) -> Result<Vec<Node>, String> {
        let root = match &self.inside {
            Some(inside) => inside.node()?.id,
            None => {
                let document = self.page.devtools("DOM.getDocument", json!({ "depth": 0 }))?;
                document["root"]["backendNodeId"].as_u64().ok_or("the page has no document")?
            }
        };
        let mut nodes = Vec::new();
        for role in self.roles {
            let query = json!({ "backendNodeId": root, "role": role });
            let found = self.page.devtools("Accessibility.queryAXTree", query)?;
            for node in found["nodes"].as_array().into_iter().flatten() {
                let name = node["name"]["value"].as_str().unwrap_or_default();
                let Some(id) = node["backendDOMNodeId"].as_u64() else { continue };
                if node["ignored"] != true && id != root && self.name.fits(name) {
                    nodes.push(Node { id, name: name.to_owned(), properties: node["properties"].clone() });
                }
            }
        }
        Ok(nodes)
    }
}
