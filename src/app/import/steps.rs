//! Reading in steps: each task between two frames stays short, so that the page can be used and the
//! import stopped meanwhile.

use leptos::prelude::*;

use sha2::{Digest as _, Sha256};

use super::{
    Import, Refused, Source, Stage, Wanted, comparing::Comparing, playbooks, raw::Raw, unseal::Unsealed,
};
use crate::{
    app::{
        browser,
        excerpt::{Excerpt, excerpt},
        slice::{Slice, fraction},
    },
    formats::{
        Columns, FormatId, Intake, Meaning, Questions, ReadError, Reading, STEP, Why as WhyNot,
        backup::{self, Backup},
    },
    model::{Fingerprint, source_file::Content as Known},
    notebook::Notebook,
};

/// What a source turned out to hold, before it is compared.
pub(super) enum Content {
    Export(Intake),
    Backup(Backup),
}

/// Reads every source and compares it with the notebook; none where it was stopped.
pub async fn read_all(
    import: Import,
    job: u32,
    mut raws: Vec<Raw>,
    wanted: Vec<Wanted>,
) -> Option<Vec<Source>> {
    let mut read = Vec::new();
    for (raw, mut one) in raws.iter_mut().zip(wanted) {
        let mut could_be = Vec::new();
        let content = match raw.bytes().await {
            None => Err(Refused::Unreadable),
            Some(bytes) => {
                if one.content.is_none() {
                    one.content = Some(known_by(import, job, &bytes).await?);
                }
                let Some(unsealed) = import.asking.unsealed(&raw.name(), bytes).await else {
                    import.stop();
                    return None;
                };
                match unsealed {
                    Ok(Unsealed { bytes, was_sealed }) => {
                        if was_sealed {
                            // So that nobody has to type the passphrase again for another answer.
                            *raw = Raw::Bytes(raw.name(), bytes.as_slice().into());
                        }
                        read_content(import, job, raw, &mut one, bytes, &mut could_be).await?
                    }
                    Err(refused) => Err(refused),
                }
            }
        };
        read.push((raw.name(), one, could_be, content));
    }
    import.raws.set_value(raws);
    let mut sources = Vec::new();
    // Each file is compared with the notebook as it will be after the files before it.
    let mut ahead: Option<Notebook> = None;
    for (name, wanted, could_be, result) in read {
        let found = match result {
            Ok(content) => {
                let comparing = Comparing { import, job, name: &name, aim: wanted.aim.as_ref() };
                Ok(comparing.compare(content, &mut ahead).await?)
            }
            Err(refused) => Err(refused),
        };
        sources.push(Source { name, wanted, could_be, found });
    }
    Some(sources)
}

/// What some bytes are known by; none where it was stopped.
async fn known_by(import: Import, job: u32, bytes: &[u8]) -> Option<Known> {
    let (mut hash, mut slice) = (Sha256::new(), Slice::begin());
    for piece in bytes.chunks(STEP) {
        hash.update(piece);
        if slice.is_over() {
            slice.rest().await;
            if !import.is_latest(job) {
                return None;
            }
        }
    }
    let sha256 = Fingerprint::from(<[u8; 32]>::from(hash.finalize())).to_string();
    Some(Known { size: bytes.len() as u64, sha256 })
}

/// Reads what one source holds; none where it was stopped.
async fn read_content(
    import: Import,
    job: u32,
    raw: &Raw,
    wanted: &mut Wanted,
    bytes: Vec<u8>,
    could_be: &mut Vec<FormatId>,
) -> Option<Result<Content, Refused>> {
    if let Some(text) = backup_text(&bytes) {
        // A backup is no larger than what this browser can keep, so it is read in one go.
        return Some(backup::read(text).map(Content::Backup).map_err(Refused::Backup));
    }
    let name = raw.name();
    let mut read = read_one(import, job, &name, wanted, bytes, could_be).await?;
    if let Ok(Intake { questions: Questions { columns: Some(columns), .. }, .. }) = &read
        && wanted.answers.columns.is_none()
        && let Some(remembered) = remembered(import, columns)
    {
        wanted.answers.columns = Some(remembered);
        if let Some(bytes) = raw.bytes().await {
            read = read_one(import, job, &name, wanted, bytes, could_be).await?;
        }
    }
    Some(match read {
        Ok(mut intake) => {
            playbooks::sign(raw, &mut intake.playbooks).await;
            Ok(Content::Export(intake))
        }
        Err(error) => {
            let excerpt = place_of(raw, &error).await;
            Err(Refused::Format(error, excerpt))
        }
    })
}

/// What the person said of the columns of such a header before, where that is not what they are taken for anyway.
fn remembered(import: Import, columns: &Columns) -> Option<Vec<Meaning>> {
    let known = import.state.keeping.shelved.with_value(|shelved| shelved.columns(&columns.header))?;
    let found: Vec<Meaning> = columns.columns.iter().map(|column| column.meaning).collect();
    (known.len() == found.len() && known != found).then_some(known)
}

/// The text of a backup; none where it is something else.
fn backup_text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| backup::is_backup(text))
}

async fn read_one(
    import: Import,
    job: u32,
    name: &str,
    wanted: &Wanted,
    bytes: Vec<u8>,
    could_be: &mut Vec<FormatId>,
) -> Option<Result<Intake, ReadError>> {
    let mut reading = Reading::with(bytes, wanted.answers.clone());
    let mut slice = Slice::begin();
    loop {
        let progress = reading.step(STEP);
        if progress.is_complete() {
            reading.could_be().clone_into(could_be);
            return Some(reading.finish());
        }
        if slice.is_over() {
            let label = (import.words().import.reading)(
                name,
                &browser::size(progress.done),
                &browser::size(progress.total),
            );
            import.stage.set(Stage::Working(label, Some(fraction(progress.done, progress.total))));
            slice.rest().await;
            if !import.is_latest(job) {
                return None;
            }
        }
    }
}

/// The piece of the text where it stops being JSON. Reading took the bytes, so they are asked for once more.
async fn place_of(raw: &Raw, error: &ReadError) -> Option<Excerpt> {
    match error.why {
        WhyNot::NotJson { at, .. } => excerpt(&raw.bytes().await?, at),
        _ => None,
    }
}
