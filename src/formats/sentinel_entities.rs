//! Entities as alerts of Microsoft Sentinel carry them: a list of objects that are numbered with `$id` and point at
//! each other with `$ref`, also at one that stands inside another.
//!
//! A pointer is followed once and for names only (a file's hash, a process's image and account), so that a ring of
//! pointers ends where it begins.

use crate::formats::assemble::Evidence;
use crate::formats::json::{Fields, Json};
use crate::formats::sentinel_facts::{self, Known};
use std::collections::HashMap;

/// Entities deeper inside others than this stay where they are.
const DEEPEST: usize = 8;

/// The evidence that a cell's JSON tells of.
///
/// # Errors
/// When the cell is no JSON.
pub fn read(cell: &str) -> Result<Vec<Evidence>, serde_json::Error> {
    if cell.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    collect(serde_json::from_str(cell)?, 0, &mut found);
    let known = Known(
        found
            .iter()
            .filter_map(|fields| Some((number(fields, "$id")?, sentinel_facts::names_of(fields))))
            .collect::<HashMap<_, _>>(),
    );
    Ok(found.into_iter().map(|fields| evidence(fields, &known)).collect())
}

/// Takes the entities apart: each object with a type is one, and in its place inside another stands a pointer.
fn collect<'a>(json: Json<'a>, depth: usize, found: &mut Vec<Fields<'a>>) {
    match json {
        Json::List(items) => items.into_iter().for_each(|item| collect(item, depth, found)),
        Json::Object(mut fields) if sentinel_facts::type_of(&fields).is_some() => {
            if depth < DEEPEST {
                for name in
                    ["Host", "Account", "ImageFile", "ParentProcess", "LogonSession", "Files", "FileHashes"]
                {
                    let is_typed = match fields.get(name) {
                        Some(Json::Object(inner)) => sentinel_facts::type_of(inner).is_some(),
                        Some(Json::List(items)) => items.iter().any(|item| {
                            item.as_object().is_some_and(|inner| sentinel_facts::type_of(inner).is_some())
                        }),
                        _ => false,
                    };
                    if is_typed && let Some(inner) = fields.take(name) {
                        fields.put(name, pointers(&inner));
                        collect(inner, depth + 1, found);
                    }
                }
            }
            found.push(fields);
        }
        _ => {}
    }
}

/// Pointers in the place of objects, where these are numbered.
fn pointers<'a>(json: &Json<'a>) -> Json<'a> {
    match json {
        Json::Object(fields) => {
            let mut pointer = Fields::default();
            if let Some(id) = fields.get("$id") {
                pointer.put("$ref", id.clone());
            }
            Json::Object(pointer)
        }
        Json::List(items) => Json::List(items.iter().map(pointers).collect()),
        other => other.clone(),
    }
}

/// An object's number, or the number that it points at.
pub fn number(fields: &Fields<'_>, name: &str) -> Option<String> {
    match fields.get(name)? {
        Json::Text(text) => Some(text.to_string()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn evidence(mut fields: Fields<'_>, known: &Known) -> Evidence {
    let facts = sentinel_facts::read(&mut fields, known);
    fields.take("$id");
    Evidence { extra: fields.into_extra(), ..Evidence::new(facts) }
}
