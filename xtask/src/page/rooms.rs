//! What each room of the crate, each format and each crate from outside weighs in the WebAssembly, by the names of its
//! functions.
//!
//! wasm-opt removes the names, so this looks at what it reads, about a tenth larger than what is sent. A function
//! counts for the first of our rooms that its name mentions, else for the crate it comes from. Generic code (a list that is sorted, a
//! signal that is read) keeps only the crate that wrote it: what rooms make of `core`, `alloc` and `reactive_graph` stands there.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use brotli::CompressorWriter;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use super::sizes::kilobytes;

/// Crates from outside that weigh less than this, in bytes, are one line.
const LIGHT: usize = 10_000;

/// One line of the table: how many functions, their code, and what that compresses to on its own.
#[derive(Default)]
struct Weight {
    functions: usize,
    code: Vec<u8>,
}

/// What every room weighs.
pub struct Rooms {
    rooms: Vec<(String, Weight)>,
    data: Weight,
}

/// Weighs the WebAssembly at `path`, which has to have its names.
pub fn of_wasm(path: &Path) -> Result<Rooms> {
    let wasm = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    weigh(&wasm).with_context(|| format!("weighing {}", path.display()))
}

fn weigh(wasm: &[u8]) -> Result<Rooms> {
    let (mut names, mut bodies, mut data, mut imported) =
        (BTreeMap::new(), Vec::new(), Weight::default(), 0_u32);
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.range()),
            Payload::DataSection(segments) => {
                for segment in segments {
                    data.code.extend_from_slice(segment?.data);
                }
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(sections) = section.as_known() {
                    for section in sections {
                        let Name::Function(functions) = section? else { continue };
                        for function in functions {
                            let function = function?;
                            names.insert(function.index, function.name);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut rooms = BTreeMap::<String, Weight>::new();
    for (index, range) in (imported..).zip(bodies) {
        let room = names.get(&index).map_or_else(|| "without a name".to_owned(), |name| room(name));
        let weight = rooms.entry(room).or_default();
        weight.functions += 1;
        weight.code.extend_from_slice(&wasm[range]);
    }
    let mut shown = BTreeMap::<String, Weight>::new();
    for (room, weight) in rooms {
        let heavy = room.starts_with("src/") || weight.code.len() >= LIGHT;
        let line = shown.entry(if heavy { room } else { "other crates".to_owned() }).or_default();
        line.functions += weight.functions;
        line.code.extend(weight.code);
    }
    let mut rooms: Vec<_> = shown.into_iter().collect();
    rooms.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.code.len()));
    Ok(Rooms { rooms, data })
}

/// Which room a function is of: one of ours as `src/formats/stix`, a crate from outside by its name.
fn room(function: &str) -> String {
    // The compiler ends a path with a hash: `::h` and 16 digits.
    let function =
        function.rsplit_once("::h").filter(|(_, hash)| hash.len() == 16).map_or(function, |(path, _)| path);
    if let Some((_, path)) = function.split_once("firsthour::") {
        let mut parts = path.split("::").map(|part| part.split(|c: char| !is_word(c)).next().unwrap_or(""));
        let first = parts.next().unwrap_or_default();
        let second = parts.next().unwrap_or_default();
        // Only what is a module of its own has a line: a type or a function directly in `formats` does not.
        let module = second.chars().all(|c| is_word(c) && !c.is_uppercase()) && parts.next().is_some();
        return if first == "formats" && module && !second.is_empty() {
            format!("src/formats/{second}")
        } else {
            format!("src/{first}")
        };
    }
    // The first name that begins a path, so that `<T as tachys::…>` counts for tachys; what has none, the linker added.
    let words = function.split_inclusive(|c: char| !is_word(c));
    let mut at = 0;
    for word in words {
        let name = word.trim_end_matches(|c: char| !is_word(c));
        let after = &function[at + name.len()..];
        at += word.len();
        if !name.is_empty() && (after.starts_with("::") || after.starts_with('[') && after.contains("]::")) {
            return name.to_owned();
        }
    }
    "other crates".to_owned()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Weight {
    /// What it is compressed alone; in the whole file it finds more that it resembles.
    fn brotli(&self) -> usize {
        let mut brotli = CompressorWriter::new(Vec::new(), 1 << 16, 9, 22);
        // Writing to a vector cannot fail.
        let _ = brotli.write_all(&self.code);
        brotli.into_inner().len()
    }
}

impl fmt::Display for Rooms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:28}{:>10}{:>12}{:>14}", "kB, before wasm-opt", "functions", "raw", "brotli alone")?;
        let mut whole = [0; 3];
        let data = ("data (texts, tables)".to_owned(), &self.data);
        let rooms = self.rooms.iter().map(|(room, weight)| (room.clone(), weight));
        for (room, weight) in rooms.chain([data]) {
            let line = [weight.functions, weight.code.len(), weight.brotli()];
            for (sum, part) in whole.iter_mut().zip(line) {
                *sum += part;
            }
            writeln!(f, "{room:28}{:>10}{:>12}{:>14}", line[0], kilobytes(line[1]), kilobytes(line[2]))?;
        }
        let [functions, raw, brotli] = whole;
        writeln!(f, "{:28}{functions:>10}{:>12}{:>14}", "all of it", kilobytes(raw), kilobytes(brotli))?;
        writeln!(
            f,
            "A room's generic code stands under the crate that wrote it: core, alloc, reactive_graph, tachys."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_counts_for_the_first_of_our_rooms_it_mentions() {
        let rooms = [
            ("firsthour::notebook::merge::join::join::h5f968959754dd220", "src/notebook"),
            (
                "<firsthour::formats::stix::Stix as firsthour::formats::Format>::read::h0b8d",
                "src/formats/stix",
            ),
            ("firsthour::formats::reading::Reading::step::hadb1", "src/formats/reading"),
            ("firsthour::formats::read::h0b8d054858e764ff", "src/formats"),
            (
                "<firsthour::model::activity::_::<impl serde_core::de::Deserialize for firsthour::model::activity::What>",
                "src/model",
            ),
            ("core::slice::sort::stable::drift::sort::h1", "core"),
            ("core[c5930c85a12de822]::fmt::float::float_to_decimal_common_shortest::<f64>", "core"),
            (
                "<&mut serde_json::de::Deserializer<R> as serde_core::de::Deserializer>::deserialize_map",
                "serde_json",
            ),
            ("<T as tachys::view::any_view::IntoAny>::into_any::build", "tachys"),
            ("__externref_table_alloc", "other crates"),
        ];
        for (function, expected) in rooms {
            assert_eq!(room(function), expected, "{function}");
        }
    }

    #[test]
    fn code_and_data_are_counted_by_name() {
        // (module (func $firsthour::crypto::run) (func $other) (memory 1) (data (i32.const 0) "abc")), with the names of the functions.
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let names = b"\x04name\x01\x20\x02\x00\x16firsthour::crypto::run\x01\x05other".to_vec();
        for (section, content) in [
            (1_u8, b"\x01\x60\0\0".to_vec()),
            (3, b"\x02\0\0".to_vec()),
            (5, b"\x01\0\x01".to_vec()),
            (10, b"\x02\x02\0\x0b\x04\0\x01\x01\x0b".to_vec()),
            (11, b"\x01\0\x41\0\x0b\x03abc".to_vec()),
            (0, names),
        ] {
            wasm.extend([section, u8::try_from(content.len()).unwrap()]);
            wasm.extend(content);
        }
        let rooms = weigh(&wasm).unwrap();
        assert_eq!(rooms.data.code, b"abc");
        let functions: Vec<_> =
            rooms.rooms.iter().map(|(room, weight)| (room.as_str(), weight.functions)).collect();
        assert_eq!(functions, [("other crates", 1), ("src/crypto", 1)]);
        assert!(rooms.to_string().contains("all of it"), "{rooms}");
    }

    #[test]
    fn what_is_no_webassembly_is_an_error() {
        assert!(weigh(b"<!doctype html>").is_err());
    }
}
