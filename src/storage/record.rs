//! What the packed records hold: a snapshot of an incident, a page of rows, the preparation.

use crate::model::{Incident, IncidentId, stored};
use crate::notebook::{Preparation, Row};
use crate::storage::key;
use crate::storage::pack::{PackError, Packing, pack, pack_dense, unpack};
use crate::storage::short::{expand, shorten};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many incidents' rows make a page. A small page costs little to write again when one of its incidents
/// changes; a large one packs better.
pub const ROWS_PER_PAGE: usize = 64;

/// Which version of [`Row`] the pages hold. Rows are made from incidents, so that pages of another version are not
/// migrated but made anew.
const ROWS: u32 = 1;

/// Why a packed record cannot be read.
#[derive(Debug)]
pub enum RecordError {
    /// It cannot be unpacked.
    Pack(PackError),
    /// Its content is not text.
    Text,
    /// Its JSON is not what belongs there.
    Json(serde_json::Error),
    /// It is whole, but an id in it belongs to no rule of this program.
    Id,
    /// It is whole, but holds another incident.
    OutOfPlace,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pack(error) => error.fmt(f),
            Self::Text => write!(f, "its content is not text"),
            Self::Json(error) => write!(f, "its content is not what belongs there: {error}"),
            Self::Id => write!(f, "an id in it cannot be made out"),
            Self::OutOfPlace => write!(f, "it holds another incident than its key says"),
        }
    }
}

impl std::error::Error for RecordError {}

fn write<T: Serialize>(key: &str, content: &T) -> Result<String, serde_json::Error> {
    Ok(pack(key, &serde_json::to_vec(content)?))
}

fn read<T: DeserializeOwned>(key: &str, text: &str) -> Result<(T, Packing), RecordError> {
    let (json, packing) = content(key, text)?;
    Ok((stored::from_str(&json).map_err(RecordError::Json)?, packing))
}

fn content(key: &str, text: &str) -> Result<(String, Packing), RecordError> {
    let (bytes, packing) = unpack(key, text).map_err(RecordError::Pack)?;
    Ok((String::from_utf8(bytes).map_err(|_| RecordError::Text)?, packing))
}

/// The text of an incident's snapshot, packed so; where it cannot be dense, as any other record.
///
/// # Errors
/// When the incident cannot be written as JSON.
pub fn write_incident(
    incident: &Incident,
    generation: u64,
    packing: Packing,
) -> Result<String, serde_json::Error> {
    let key = key::snapshot(&incident.id, generation);
    if packing == Packing::Dense
        && let Some(short) = shorten(incident)
        && let Some(text) = pack_dense(&key, &serde_json::to_vec(&short)?)
    {
        return Ok(text);
    }
    write(&key, incident)
}

/// The incident in a snapshot.
///
/// # Errors
/// A [`RecordError`] when it is damaged.
pub fn read_incident(id: &IncidentId, generation: u64, text: &str) -> Result<Incident, RecordError> {
    let (mut incident, packing): (Incident, _) = read(&key::snapshot(id, generation), text)?;
    if packing == Packing::Dense {
        incident = expand(id.clone(), incident).ok_or(RecordError::Id)?;
    }
    if incident.id == *id { Ok(incident) } else { Err(RecordError::OutOfPlace) }
}

/// The text of the preparation.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn write_preparation(preparation: &Preparation, generation: u64) -> Result<String, serde_json::Error> {
    write(&key::preparation(generation), preparation)
}

/// The preparation in its record.
///
/// # Errors
/// A [`RecordError`] when it is damaged.
pub fn read_preparation(generation: u64, text: &str) -> Result<Preparation, RecordError> {
    read(&key::preparation(generation), text).map(|(preparation, _)| preparation)
}

/// A page of rows: each with the generation and the units of its incident's snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page<R> {
    rows: u32,
    /// The first journal entry that the snapshots did not contain when this page was written.
    pub journal: u64,
    /// The rows, by incident.
    pub entries: Vec<(u64, usize, R)>,
}

/// What is left of a row that another version of the program wrote.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct BareRow {
    /// Whose row it is.
    pub id: IncidentId,
}

/// A page as it was read.
#[derive(Debug)]
pub enum ReadPage {
    /// With its rows.
    Whole(Page<Row>),
    /// With rows of another version; each has to be made from its incident.
    Bare(Page<BareRow>),
}

/// The text of a page.
///
/// # Errors
/// When the rows cannot be written as JSON.
pub fn write_page(
    number: u32,
    generation: u64,
    journal: u64,
    entries: Vec<(u64, usize, &Row)>,
) -> Result<String, serde_json::Error> {
    write(&key::page(number, generation), &Page { rows: ROWS, journal, entries })
}

/// The page in its record.
///
/// # Errors
/// A [`RecordError`] when it is damaged.
pub fn read_page(number: u32, generation: u64, text: &str) -> Result<ReadPage, RecordError> {
    let (json, _) = content(&key::page(number, generation), text)?;
    match stored::from_str::<Page<Row>>(&json) {
        Ok(page) if page.rows == ROWS => Ok(ReadPage::Whole(page)),
        _ => stored::from_str(&json).map(ReadPage::Bare).map_err(RecordError::Json),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Time;

    fn incident() -> Incident {
        Incident::new(IncidentId::derived(&["1"]), "A", Time::parse("2026-01-01T00:00:00Z").unwrap())
    }

    #[test]
    fn a_snapshot_is_bound_to_its_incident_and_generation() {
        let incident = incident();
        for packing in [Packing::Dense, Packing::Deflate] {
            let text = write_incident(&incident, 3, packing).unwrap();
            assert_eq!(read_incident(&incident.id, 3, &text).unwrap(), incident);
            assert!(read_incident(&incident.id, 4, &text).is_err());
        }
        let other = IncidentId::derived(&["2"]);
        let stolen = pack(&key::snapshot(&other, 3), &serde_json::to_vec(&incident).unwrap());
        assert!(matches!(read_incident(&other, 3, &stolen), Err(RecordError::OutOfPlace)));
    }

    #[test]
    fn a_page_of_another_version_still_names_its_incidents() {
        let row = Row::of(&incident());
        let whole = write_page(0, 1, 5, vec![(1, 10, &row)]).unwrap();
        assert!(
            matches!(read_page(0, 1, &whole).unwrap(), ReadPage::Whole(page) if page.entries[0].2 == row)
        );
        let json = format!(r#"{{"rows":2,"journal":5,"entries":[[1,10,{{"id":"{}","new":1}}]]}}"#, row.id);
        let bare = pack(&key::page(0, 1), json.as_bytes());
        assert!(
            matches!(read_page(0, 1, &bare).unwrap(), ReadPage::Bare(page) if page.entries[0].2.id == row.id)
        );
    }
}
