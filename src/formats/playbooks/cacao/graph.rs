//! A workflow's graph laid out as the list that a person follows.
//!
//! A step that every way of a fork comes to stands once, after the fork; one that only some come to stands on each of them.
//! Steps that are named and not there, steps that lead back to an earlier one, and steps that no way leads to are
//! reported: the published schema finds none of these. A loop of a `while` is no fault, whether its body ends by itself
//! or leads back to it.

use super::super::PlaybookFault;
use crate::compact::Gather as _;
use crate::model::playbook::{HOLDS, HOLDS_NOT};
use crate::model::{Extra, Fork, ForkKind};
use crate::notebook::limits::MOST_STEPS;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How often ways may part inside ways. A person loses the thread long before; a parser its stack after.
const DEEPEST: usize = 24;

/// The most ways that part in one step.
const MOST_WAYS: usize = 100;

/// The ways of an action that tells what to do when it works and when it fails.
pub const WORKED: &str = "success";
/// See [`WORKED`].
pub const FAILED: &str = "failure";

/// A way's name, and the step that it leads to.
type Way = (String, Option<String>);

/// A step of a workflow.
pub struct Node {
    /// The step as it came.
    pub step: Extra,
    /// What decides, where ways part.
    pub condition: String,
    /// How ways part, and where each leads; a way without a step leads on to what comes after.
    ways: Option<(ForkKind, Vec<Way>)>,
    /// What comes after it, and after its ways.
    next: Option<String>,
    is_end: bool,
}

impl Node {
    /// Reads what a step says of its place.
    pub fn of(step: Extra) -> Self {
        let text = |name: &str| {
            step.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        // Version 1 has lists of one id where version 2 has an id.
        let one = |name: &str| {
            text(name).or_else(|| step.get(name)?.as_array()?.first()?.as_str().map(str::to_owned))
        };
        let kind = text("type").unwrap_or_default();
        let (mut next, mut condition) = (text("on_completion"), String::new());
        let ways = match kind.as_str() {
            "if-condition" => {
                condition = text("condition").unwrap_or_default();
                Some((
                    ForkKind::If,
                    vec![(HOLDS.to_owned(), one("on_true")), (HOLDS_NOT.to_owned(), one("on_false"))],
                ))
            }
            "while-condition" => {
                condition = text("condition").unwrap_or_default();
                next = next.or_else(|| one("on_false"));
                Some((
                    ForkKind::While,
                    vec![(HOLDS.to_owned(), one("on_true")), (HOLDS_NOT.to_owned(), None)],
                ))
            }
            "switch-condition" => {
                condition = text("switch").unwrap_or_default();
                let cases = step.get("cases").and_then(Value::as_object).into_iter().flatten();
                let way = |(case, to): (&String, &Value)| {
                    let to = to.as_str().or_else(|| to.as_array()?.first()?.as_str());
                    (case.clone(), to.map(str::to_owned))
                };
                Some((ForkKind::Switch, cases.map(way).collect()))
            }
            "parallel" => {
                let steps = step.get("next_steps").and_then(Value::as_array).into_iter().flatten();
                let way = |(number, to): (usize, &Value)| {
                    ((number + 1).to_string(), to.as_str().map(str::to_owned))
                };
                Some((ForkKind::Parallel, steps.enumerate().map(way).collect()))
            }
            _ => match (text("on_success"), text("on_failure")) {
                (worked, Some(failed)) => {
                    let ways = vec![(WORKED.to_owned(), worked), (FAILED.to_owned(), Some(failed))];
                    Some((ForkKind::Switch, ways))
                }
                (worked, None) => {
                    next = next.or(worked);
                    None
                }
            },
        };
        let ways = ways.filter(|(_, ways): &(_, Vec<_>)| !ways.is_empty());
        Self { step, condition, ways, next, is_end: kind == "end" }
    }

    fn is_start(&self) -> bool {
        self.step.get("type").and_then(Value::as_str) == Some("start")
    }

    fn name(&self, id: &str) -> String {
        let name = self.step.get("name").and_then(Value::as_str).filter(|name| !name.trim().is_empty());
        super::cut(name.unwrap_or(id), super::TITLE)
    }

    fn leads_to(&self) -> impl Iterator<Item = &str> {
        let ways = self.ways.iter().flat_map(|(_, ways)| ways).filter_map(|(_, to)| to.as_deref());
        ways.chain(self.next.as_deref())
    }
}

/// A workflow as a list.
pub struct Laid<'a> {
    /// Its steps in order.
    pub steps: Vec<LaidStep<'a>>,
    /// What is wrong with it, each with the id of the step that it is about.
    pub faults: Vec<(PlaybookFault, Option<String>)>,
}

/// A step in its place.
pub struct LaidStep<'a> {
    /// Its id in the workflow.
    pub id: &'a str,
    /// The ways that part here.
    pub fork: Option<Fork>,
    /// The number of the step where the ways part on one of which it lies, and which.
    pub within: Option<(usize, String)>,
}

/// Lays out a workflow from its first step.
pub fn lay_out<'a>(nodes: &'a BTreeMap<String, Node>, start: &str) -> Laid<'a> {
    let mut layout = Layout {
        nodes,
        laid: Laid { steps: Vec::new(), faults: Vec::new() },
        path: Vec::new(),
        loops: Vec::new(),
        visited: BTreeSet::new(),
        reported: BTreeSet::new(),
    };
    if nodes.len() > 2 * MOST_STEPS {
        layout.laid.faults.push((PlaybookFault::TooManySteps { count: nodes.len() }, None));
        return layout.laid;
    }
    let begin = nodes.get_key_value(start).or_else(|| nodes.iter().find(|(_, node)| node.is_start()));
    match begin {
        Some((id, _)) => {
            layout.sequence(Some(id), &Place { within: None, stops: &BTreeSet::new(), depth: 0 });
        }
        None => layout.missing("workflow_start", start, None),
    }
    for (id, node) in nodes {
        let is_frame = node.is_end || node.is_start();
        if !layout.visited.contains(id.as_str()) && !is_frame {
            layout.laid.faults.push((PlaybookFault::Unreached { step: node.name(id) }, Some(id.clone())));
        }
    }
    layout.laid
}

struct Layout<'a> {
    nodes: &'a BTreeMap<String, Node>,
    laid: Laid<'a>,
    /// The steps between the beginning and here.
    path: Vec<&'a str>,
    /// The loops whose bodies it is in.
    loops: Vec<&'a str>,
    visited: BTreeSet<&'a str>,
    /// Faults that were reported: a step that stands on several ways has its fault once.
    reported: BTreeSet<(&'a str, String)>,
}

/// Where a sequence of steps lies.
struct Place<'p, 'a> {
    within: Option<(usize, String)>,
    /// Where it ends: at steps that stand after the fork.
    stops: &'p BTreeSet<&'a str>,
    depth: usize,
}

impl<'a> Layout<'a> {
    /// Lays out steps one after another, until there is none or one that stands elsewhere.
    fn sequence(&mut self, first: Option<&str>, place: &Place<'_, 'a>) {
        let before = self.path.len();
        let mut from: &str = "workflow_start";
        let mut at = first.map(str::to_owned);
        while let Some(wanted) = at.take() {
            let Some((id, node)) = self.nodes.get_key_value(wanted.as_str()) else {
                self.missing(from, &wanted, self.nodes.get_key_value(from).map(|(id, _)| id.as_str()));
                break;
            };
            let id = id.as_str();
            if place.stops.contains(id) || self.is_cycle(from, id) || self.laid.steps.len() > MOST_STEPS {
                break;
            }
            self.path.push(id);
            self.visited.insert(id);
            from = id;
            if node.is_end {
                break;
            }
            at = if node.is_start() { node.next.clone() } else { self.step(id, node, place) };
        }
        self.path.truncate(before);
    }

    /// Lays out a step with its ways; gives back what comes after it.
    fn step(&mut self, id: &'a str, node: &'a Node, place: &Place<'_, 'a>) -> Option<String> {
        let number = self.laid.steps.len();
        let within = place.within.clone();
        let Some((kind, ways)) = &node.ways else {
            self.laid.steps.push(LaidStep { id, fork: None, within });
            return node.next.clone();
        };
        if place.depth >= DEEPEST || ways.len() > MOST_WAYS {
            self.report(id, PlaybookFault::TooDeep { step: node.name(id) });
            self.laid.steps.push(LaidStep { id, fork: None, within });
            return node.next.clone();
        }
        let names = ways.iter().map(|(way, _)| way.clone()).collect();
        let fork = Fork { kind: *kind, condition: super::cut(&node.condition, super::TITLE), ways: names };
        self.laid.steps.push(LaidStep { id, fork: Some(fork), within });
        let reaches: Vec<Vec<&'a str>> = ways
            .iter()
            .map(|(_, to)| to.as_deref().map(|to| self.reach(to, node.next.as_deref())).unwrap_or_default())
            .collect();
        let common = common(&reaches);
        let mut stops = stops_after(place.stops, node, self.nodes);
        stops.extend(&common);
        let is_loop = *kind == ForkKind::While;
        if is_loop {
            self.loops.push(id);
        }
        for (way, to) in ways {
            let inside = Place { within: Some((number, way.clone())), stops: &stops, depth: place.depth + 1 };
            self.sequence_from(id, to.as_deref(), &inside);
        }
        if is_loop {
            self.loops.pop();
        }
        // In the order in which the first way comes to them, what is common begins with its first.
        let joins = reaches.first().into_iter().flatten().find(|id| common.contains(*id)).copied();
        if let (Some(joins), Some(_)) = (joins, &node.next) {
            let rest = Place {
                within: place.within.clone(),
                stops: &stops_after(place.stops, node, self.nodes),
                depth: place.depth,
            };
            self.sequence(Some(joins), &rest);
            return node.next.clone();
        }
        joins.map(str::to_owned).or_else(|| node.next.clone())
    }

    fn sequence_from(&mut self, fork: &'a str, first: Option<&str>, place: &Place<'_, 'a>) {
        match first {
            Some(id) if !self.nodes.contains_key(id) => self.missing(fork, id, Some(fork)),
            // The way of a loop that leads straight back.
            Some(id) if id == fork => {}
            first => self.sequence(first, place),
        }
    }

    /// Whether a step comes before itself. From a body back to its `while` is the loop; anywhere else is reported.
    fn is_cycle(&mut self, from: &str, id: &'a str) -> bool {
        if !self.path.contains(&id) {
            return false;
        }
        if !self.loops.contains(&id) {
            let node = &self.nodes[id];
            let step = self.nodes.get(from).map_or_else(|| from.to_owned(), |node| node.name(from));
            self.report(id, PlaybookFault::Cycle { step, back: node.name(id) });
        }
        true
    }

    /// Every step that a way comes to, nearest first, up to where the fork goes on; ends are no steps.
    fn reach(&self, first: &str, until: Option<&str>) -> Vec<&'a str> {
        let mut seen: BTreeSet<&str> = self.path.iter().copied().gather();
        let mut reached: Vec<&'a str> = Vec::new();
        let mut next = 0;
        let mut add = |wanted: &str, reached: &mut Vec<&'a str>| {
            let Some((id, node)) = self.nodes.get_key_value(wanted) else { return };
            if Some(wanted) != until && !node.is_end && seen.insert(id.as_str()) {
                reached.push(id.as_str());
            }
        };
        add(first, &mut reached);
        while let Some(id) = reached.get(next).copied() {
            next += 1;
            for to in self.nodes[id].leads_to() {
                add(to, &mut reached);
            }
        }
        reached
    }

    fn missing(&mut self, from: &str, next: &str, about: Option<&'a str>) {
        let step = self.nodes.get(from).map_or_else(|| from.to_owned(), |node| node.name(from));
        let fault = PlaybookFault::Missing { step, next: super::cut(next, super::TITLE) };
        match about {
            Some(about) => self.report(about, fault),
            None => self.laid.faults.push((fault, None)),
        }
    }

    fn report(&mut self, about: &'a str, fault: PlaybookFault) {
        if self.reported.insert((about, format!("{fault:?}"))) {
            self.laid.faults.push((fault, Some(about.to_owned())));
        }
    }
}

/// The steps that stand after a fork: those that every way comes to.
fn common<'a>(reaches: &[Vec<&'a str>]) -> BTreeSet<&'a str> {
    let mut counts: BTreeMap<&'a str, usize> = BTreeMap::new();
    for id in reaches.iter().flatten() {
        *counts.entry(id).or_default() += 1;
    }
    let needed = reaches.len().max(2);
    counts.into_iter().filter(|(_, count)| *count >= needed).map(|(id, _)| id).collect()
}

/// Where the ways of a fork end: where what is around it ends, and at what comes after it.
fn stops_after<'a>(
    around: &BTreeSet<&'a str>,
    fork: &Node,
    nodes: &'a BTreeMap<String, Node>,
) -> BTreeSet<&'a str> {
    let next = fork.next.as_deref().and_then(|next| nodes.get_key_value(next));
    around.iter().copied().chain(next.map(|(id, _)| id.as_str())).collect()
}
