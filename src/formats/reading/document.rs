//! Reading a JSON document: it is cut into records, and these are parsed one by one.

use super::{LEAST_COST, Reading, Stage, parse, refuse_at};
use crate::formats::fault;
use crate::formats::gather::Owner;
use crate::formats::json::Json;
use crate::formats::outcome::{Place, Spot, Why};
use crate::formats::split::{Part, Splitter};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::VecDeque;
use std::ops::Range;

/// A record longer than this, in bytes, is read alert by alert.
const LARGE: usize = 256 * 1024;

/// How much faster a document is cut into records than these are parsed: what a cut byte counts for in a step.
pub(super) const CUT_SPEED: usize = 4;

#[derive(Debug)]
pub(super) struct Document {
    pub(super) splitter: Splitter,
    pub(super) parts: VecDeque<Part>,
    pub(super) open: Option<OpenRecord>,
    /// How many bytes of records were parsed.
    pub(super) parsed: usize,
}

/// What a list says about itself beside its records.
#[derive(Deserialize)]
struct Wrapper {
    /// Where the next page is.
    #[serde(rename = "@odata.nextLink", alias = "nextLink")]
    next: Option<IgnoredAny>,
}

/// A large record whose alerts are read one by one.
pub(super) struct OpenRecord {
    owner: Owner,
    place: Place,
    alerts: std::iter::Enumerate<std::vec::IntoIter<Range<usize>>>,
}

impl std::fmt::Debug for OpenRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenRecord")
            .field("format", &self.owner.0.id())
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl Reading {
    pub(super) fn document(&mut self, mut document: Document, budget: usize) -> Stage {
        let mut left = budget;
        while left > 0 {
            let spent = if let Some(open) = &mut document.open {
                let Some((index, range)) = open.alerts.next() else {
                    document.open = None;
                    continue;
                };
                let length = range.len();
                if let Err(why) = self.alert(open, index, range) {
                    return refuse_at(why);
                }
                document.parsed += length;
                length
            } else if let Some(part) = document.parts.pop_front() {
                match self.part(part, &mut document.open) {
                    Ok(spent) => {
                        document.parsed += spent;
                        spent
                    }
                    Err(why) => return refuse_at(why),
                }
            } else if document.splitter.at() < self.text.len() {
                document.splitter.step(&self.text, left.saturating_mul(CUT_SPEED), &mut document.parts);
                left / 2
            } else {
                return self.check(document.splitter);
            };
            left = left.saturating_sub(spent.max(LEAST_COST));
        }
        Stage::Document(document)
    }

    /// Reads what the splitter cut out; tells how many bytes that took.
    fn part(&mut self, part: Part, open: &mut Option<OpenRecord>) -> Result<usize, Why> {
        let (range, alerts, place) = match part {
            Part::Record { range, alerts, place } => (range, alerts, place),
            Part::Odd { at, place } => {
                self.gathering.findings.set_aside(place, Why::NotARecord, &self.text[at..]);
                return Ok(1);
            }
        };
        if range.len() > LARGE && alerts.len() > 1 {
            let hollow = hollow(&self.text, &range, &alerts);
            if let Ok(json) = serde_json::from_slice(&hollow) {
                let owner = self.gathering.record(json, &Spot::At(&place), &self.text[range]);
                *open =
                    owner.map(|owner| OpenRecord { owner, place, alerts: alerts.into_iter().enumerate() });
                return Ok(hollow.len());
            }
        }
        let (length, spot) = (range.len(), Spot::At(&place));
        let taken =
            parse(&self.text, range.clone(), None, &spot, &mut self.gathering, |gathering, json, raw| {
                gathering.record(json, &spot, raw);
            });
        self.unless_deep(taken, range, &spot)?;
        Ok(length)
    }

    fn alert(&mut self, open: &OpenRecord, index: usize, range: Range<usize>) -> Result<(), Why> {
        let place = Spot::At(&open.place);
        let spot = place.element("alerts", index);
        let (format, incident) = open.owner;
        let taken =
            parse(&self.text, range.clone(), None, &spot, &mut self.gathering, |gathering, json, _| {
                if let Json::Object(alert) = json {
                    format.read_alert(alert, incident, &spot, gathering);
                }
            });
        self.unless_deep(taken, range, &spot)
    }

    /// What is nested too deep costs that record; what is not JSON costs the document.
    fn unless_deep(
        &mut self,
        taken: Result<(), Why>,
        range: Range<usize>,
        spot: &Spot<'_>,
    ) -> Result<(), Why> {
        match taken {
            Err(Why::TooDeep) => {
                self.gathering.findings.set_aside(spot.to_place(), Why::TooDeep, &self.text[range]);
                Ok(())
            }
            other => other,
        }
    }

    /// Lets a parser check what stands around the records.
    fn check(&mut self, splitter: Splitter) -> Stage {
        let skeleton = splitter.into_skeleton(&self.text);
        let mut values = serde_json::Deserializer::from_slice(&skeleton).into_iter::<IgnoredAny>();
        if let Some(error) = values.find_map(Result::err) {
            let why = fault::explain_whole(&self.text);
            return refuse_at(why.unwrap_or_else(|| {
                fault::explain(&skeleton, &error, |offset| fault::position(&skeleton, offset))
            }));
        }
        if serde_json::from_slice(&skeleton).is_ok_and(|wrapper: Wrapper| wrapper.next.is_some()) {
            self.gathering.note_more_pages();
        }
        self.build()
    }
}

/// A record with `null` in the place of every alert.
fn hollow(text: &[u8], record: &Range<usize>, alerts: &[Range<usize>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = record.start;
    for alert in alerts {
        out.extend_from_slice(&text[at..alert.start]);
        out.extend_from_slice(b"null");
        at = alert.end;
    }
    out.extend_from_slice(&text[at..record.end]);
    out
}
