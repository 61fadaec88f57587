//! How a reading ends: incidents are put together, a few at a time.

use super::{Reading, Stage, refuse};
use crate::formats::gather::Unfinished;
use crate::formats::outcome::{Findings, Intake, Place, Why};
use crate::formats::{Confidence, FormatId};
use crate::model::{Incident, KeptPlaybook};

/// What finishing one alert's or event's share of an incident counts for in a step, in bytes.
const ALERT_COST: usize = 2048;

#[derive(Debug)]
pub(super) struct Build {
    pub(super) format: FormatId,
    pub(super) confidence: Confidence,
    pub(super) of: usize,
    pub(super) unfinished: std::vec::IntoIter<Unfinished>,
    pub(super) findings: Findings,
    pub(super) incidents: Vec<Incident>,
    pub(super) playbooks: Vec<KeptPlaybook>,
}

impl Reading {
    pub(super) fn build(&mut self) -> Stage {
        self.text = Vec::new();
        let mut gathering = std::mem::take(&mut self.gathering);
        let playbooks = std::mem::take(&mut gathering.playbooks);
        let confidence = gathering.confidence();
        let most = gathering.formats().iter().max_by_key(|(_, count)| **count).map(|(format, _)| *format);
        let (unfinished, mut findings) = gathering.into_unfinished();
        // A table of which nothing is known yet is still asked about.
        let asks = findings.questions.columns.is_some();
        let most = most.or(asks.then_some(FormatId::Table));
        let Some(format) = most.filter(|_| !unfinished.is_empty() || !playbooks.is_empty() || asks) else {
            return if findings.set_aside.is_empty() {
                refuse(Place::default(), Why::EmptyList)
            } else {
                let first = findings.set_aside.swap_remove(0);
                refuse(first.place, first.why)
            };
        };
        Stage::Build(Build {
            format,
            confidence,
            of: unfinished.len(),
            unfinished: unfinished.into_iter(),
            findings,
            incidents: Vec::new(),
            playbooks,
        })
    }
}

impl Build {
    pub(super) fn step(mut self, budget: usize) -> Stage {
        let mut left = budget;
        while left > 0 {
            let Some(unfinished) = self.unfinished.next() else {
                self.findings.close();
                return Stage::Done(Box::new(Ok(Intake {
                    format: self.format,
                    confidence: self.confidence,
                    incidents: self.incidents,
                    playbooks: self.playbooks,
                    set_aside: self.findings.set_aside,
                    remarks: self.findings.remarks,
                    questions: self.findings.questions,
                })));
            };
            left = left.saturating_sub((unfinished.size() + 1) * ALERT_COST);
            self.incidents.push(unfinished.finish(&mut self.findings));
        }
        Stage::Build(self)
    }
}
