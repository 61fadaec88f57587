//! The sources of an import: what was said about each, what came of reading it, and what would be done with it.

use std::sync::Arc;

use super::playbooks;
use crate::{
    app::excerpt::Excerpt,
    formats::{
        Answers, Confidence, FormatId, Questions, ReadError, Remark, SetAside,
        backup::{BadBackup, LogFault},
        sealed::Shut,
    },
    model::{IncidentId, source_file::Content},
    notebook::{
        Preparation,
        merge::{self, Item},
    },
};

/// What was said about a source that is to be read.
#[derive(Clone, Default)]
pub(super) struct Wanted {
    /// What its bytes are known by, once they were read: those of an encrypted file as they came.
    pub(super) content: Option<Content>,
    pub(super) answers: Answers,
    /// The incident that it goes into; none where it is one of its own.
    pub(super) aim: Option<IncidentId>,
}

/// One file of an import, or one pasted text.
pub(super) struct Source {
    /// The file's name.
    pub(super) name: String,
    /// What it was read with.
    pub(super) wanted: Wanted,
    /// What else it could be read as.
    pub(super) could_be: Vec<FormatId>,
    /// What came of it.
    pub(super) found: Result<Found, Refused>,
}

/// What a file holds, compared with the notebook.
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) items: Vec<Item>,
    /// The preparation that would be put in place, or joined, where that changes it.
    pub(super) preparation: Option<Arc<Preparation>>,
    /// What restoring it instead would do.
    pub(super) restoring: Option<Restoring>,
    /// Its playbooks.
    pub(super) playbooks: Vec<playbooks::Offered>,
    pub(super) set_aside: Vec<SetAside>,
    pub(super) remarks: Vec<Remark>,
    /// How sure the format is; for what no format recognises, all sure.
    pub(super) confidence: Confidence,
    /// What only the person can say.
    pub(super) questions: Questions,
    /// What is wrong with the logs of a backup.
    pub(super) log_faults: Vec<LogFault>,
}

impl Found {
    pub(super) fn new(kind: Kind, items: Vec<Item>) -> Self {
        Self {
            kind,
            items,
            preparation: None,
            restoring: None,
            playbooks: Vec::new(),
            set_aside: Vec::new(),
            remarks: Vec::new(),
            confidence: Confidence::Certain,
            questions: Questions::default(),
            log_faults: Vec::new(),
        }
    }
}

/// What restoring a backup would do.
pub(super) struct Restoring {
    pub(super) items: Vec<Item>,
    pub(super) preparation: Option<Arc<Preparation>>,
}

/// What kind of file it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What a product's API gave.
    Export(FormatId),
    /// A notebook of our own, for a notebook with nothing in it.
    Backup,
    /// A notebook of our own, or some of its incidents, to be merged with this one.
    Copy,
}

/// Why a file could not be read at all.
pub(super) enum Refused {
    /// The browser did not give its bytes.
    Unreadable,
    /// It is nothing that can be read, or broken.
    Format(ReadError, Option<Excerpt>),
    /// It is a backup that cannot be read.
    Backup(BadBackup),
    /// It is encrypted and cannot be opened.
    Sealed(Shut),
}

/// What is done with a file that could be read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// It is joined with the notebook.
    Merge,
    /// It brings incidents up to date.
    Import,
    /// It is put in place as it was saved.
    Restore,
}

impl Source {
    /// What is done with it, where copies are restored or merged; none where it could not be read.
    pub(super) fn way(&self, restores: bool) -> Option<Way> {
        let found = self.found.as_ref().ok()?;
        Some(match found.kind {
            Kind::Export(_) => Way::Import,
            Kind::Copy if !restores => Way::Merge,
            Kind::Copy | Kind::Backup => Way::Restore,
        })
    }

    /// Its incidents with what would become of them.
    pub(super) fn items(&self, restores: bool) -> &[Item] {
        match &self.found {
            Ok(found) => found.restoring.as_ref().filter(|_| restores).map_or(&found.items, |it| &it.items),
            Err(_) => &[],
        }
    }

    pub(super) fn preparation(&self, restores: bool) -> Option<&Arc<Preparation>> {
        let found = self.found.as_ref().ok()?;
        match found.restoring.as_ref().filter(|_| restores) {
            Some(restoring) => restoring.preparation.as_ref(),
            None => found.preparation.as_ref(),
        }
    }

    /// Whether times of it would be wrong without an answer that is still missing.
    pub(super) fn is_open(&self) -> bool {
        let answers = &self.wanted.answers;
        self.found.as_ref().is_ok_and(|found| {
            let asks = &found.questions;
            asks.zone.is_some() && answers.offset.is_none() || asks.order.is_some() && answers.order.is_none()
        })
    }

    /// Whether it is a copy that can be merged or restored.
    pub(super) fn is_copy(&self) -> bool {
        self.found.as_ref().is_ok_and(|found| found.kind == Kind::Copy)
    }

    /// Whether there is something in it that the notebook has not.
    pub(super) fn has_news(&self, restores: bool) -> bool {
        let offered = self.found.as_ref().map_or(&[][..], |found| &found.playbooks);
        self.preparation(restores).is_some()
            || self.items(restores).iter().any(|item| is_news(item.outcome))
            || offered.iter().any(|offered| is_news(offered.outcome))
    }
}

pub(super) fn is_news(outcome: merge::Outcome) -> bool {
    matches!(outcome, merge::Outcome::New | merge::Outcome::Updated)
}

/// What an import would put into the notebook, each with its key in the preview.
pub(super) fn new_or_updated(
    sources: &[Source],
    restores: bool,
) -> impl Iterator<Item = (String, &Source, &Item)> {
    sources.iter().enumerate().flat_map(move |(at, source)| {
        let news = source.items(restores).iter().filter(|item| is_news(item.outcome));
        news.map(move |item| (format!("{at}:{}", item.incident.id), source, item))
    })
}
