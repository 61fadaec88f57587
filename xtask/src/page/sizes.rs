//! How large the page is, as files and as what a web server sends.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::project;

/// The sizes of a file or of several, in bytes. Compressed at the highest level, as static hosts do it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub raw: usize,
    pub gzip: usize,
    pub brotli: usize,
}

impl Size {
    /// Measures one file's content.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let mut brotli = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
        brotli.write_all(bytes)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.into_inner().len() })
    }
}

impl std::ops::AddAssign for Size {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

/// Sizes by what they are of.
pub struct Table(Vec<(String, Size)>);

/// Measures the site in `dist`, by kind of file and in all, and the single file.
pub fn of_dist(dist: &Path) -> Result<Table> {
    let mut kinds = BTreeMap::<String, Size>::new();
    let mut whole = Size::default();
    let mut single = None;
    for entry in fs::read_dir(dist).with_context(|| format!("reading {}", dist.display()))? {
        let path = entry?.path();
        if !path.is_file() {
            continue;
        }
        let size = Size::of(&fs::read(&path).with_context(|| format!("reading {}", path.display()))?)?;
        if path == project::single_file() {
            single = Some(size);
            continue;
        }
        let kind =
            path.extension().map_or_else(String::new, |extension| extension.to_string_lossy().into_owned());
        *kinds.entry(kind).or_default() += size;
        whole += size;
    }
    let mut rows: Vec<(String, Size)> = kinds.into_iter().collect();
    rows.sort_by_key(|(_, size)| std::cmp::Reverse(size.raw));
    rows.push(("the site".to_owned(), whole));
    rows.extend(single.map(|size| ("single file".to_owned(), size)));
    Ok(Table(rows))
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:12}{:>12}{:>12}{:>12}", "kB", "raw", "gzip", "brotli")?;
        for (name, size) in &self.0 {
            writeln!(
                f,
                "{name:12}{:>12}{:>12}{:>12}",
                kilobytes(size.raw),
                kilobytes(size.gzip),
                kilobytes(size.brotli)
            )?;
        }
        Ok(())
    }
}

/// Bytes as thousands of bytes with one digit after the point, rounded half up.
pub(super) fn kilobytes(bytes: usize) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilobytes_are_rounded() {
        assert_eq!(kilobytes(0), "0.0");
        assert_eq!(kilobytes(146_249), "146.2");
        assert_eq!(kilobytes(146_250), "146.3");
        assert_eq!(kilobytes(99_960), "100.0");
    }

    #[test]
    fn compressed_sizes_are_those_of_the_content() {
        let size = Size::of(&[b'a'; 10_000]).unwrap();
        assert_eq!(size.raw, 10_000);
        assert!((20..60).contains(&size.gzip) && (5..30).contains(&size.brotli), "{size:?}");
    }

    #[test]
    fn the_table_lines_up() {
        let table = Table(vec![("wasm".to_owned(), Size { raw: 146_200, gzip: 60_000, brotli: 56_049 })]);
        assert_eq!(
            table.to_string(),
            "kB                   raw        gzip      brotli\nwasm               146.2        60.0        56.0\n"
        );
    }
}
