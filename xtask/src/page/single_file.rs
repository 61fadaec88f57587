//! The same page as one file that also runs from disk, where a browser loads neither modules nor WebAssembly by address:
//! style, script and WebAssembly stand in the HTML itself.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Profile, html, policy, stylesheet};
use crate::tools::Tools;
use crate::{process, project};

const BOOT: &str = include_str!("boot-single-file.js");

/// Builds `dist/firsthour.html` from what cargo compiled for the site.
pub fn build(tools: &Tools, profile: Profile) -> Result<()> {
    process::announce("building the single file (usually seconds)");
    let target = tools.wasm.target_folder()?;
    let folder = folder(tools)?;
    let compiled = target.join("wasm32-unknown-unknown").join(profile.cargo_profile()).join("firsthour.wasm");
    let mut bindgen = tools.command(&tools.wasm_bindgen)?;
    bindgen
        .args(["--target=no-modules", "--no-typescript", "--out-name=firsthour", "--out-dir"])
        .arg(&folder)
        .arg(&compiled);
    process::run(&mut bindgen)?;
    let mut wasm = read_bytes(&before_wasm_opt(tools)?)?;
    if tools.wasm_opt.is_some() {
        // Making it small takes longest, and Trunk has done it: both forms have the same WebAssembly and differ in the glue.
        let before = read_bytes(&target.join("wasm-bindgen/release/firsthour_bg.wasm"))?;
        ensure!(
            wasm == before,
            "wasm-bindgen no longer writes the same WebAssembly for the single file as for the site"
        );
        wasm = read_bytes(&site_wasm(&project::dist())?)?;
    }
    let page = assemble(
        &read(&project::root().join("index.html"))?,
        &stylesheet::build()?,
        &read(&folder.join("firsthour.js"))?,
        &wasm,
    )?;
    let path = project::single_file();
    fs::write(&path, page).with_context(|| format!("writing {}", path.display()))
}

/// The WebAssembly as wasm-bindgen wrote it in the last build, with the names of its functions.
pub fn before_wasm_opt(tools: &Tools) -> Result<PathBuf> {
    Ok(folder(tools)?.join("firsthour_bg.wasm"))
}

/// Where wasm-bindgen writes for the single file.
fn folder(tools: &Tools) -> Result<PathBuf> {
    Ok(tools.wasm.target_folder()?.join("single-file"))
}

/// The site's WebAssembly, whose name Trunk makes of its content.
fn site_wasm(dist: &Path) -> Result<PathBuf> {
    let entries = fs::read_dir(dist).with_context(|| format!("reading {}", dist.display()))?;
    let mut found = entries.filter_map(|entry| Some(entry.ok()?.path()));
    found
        .find(|path| path.extension().is_some_and(|extension| extension == "wasm"))
        .with_context(|| format!("{} holds no WebAssembly", dist.display()))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

/// Text as a browser sees it: line ends become `\n` before it hashes a script, whatever the checkout made of them.
fn read(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(text.replace("\r\n", "\n"))
}

/// Puts style, glue and WebAssembly in the place of the links to them in `page`.
fn assemble(page: &str, css: &str, glue: &str, wasm: &[u8]) -> Result<String> {
    let page = html::without_comments(page)?;
    let page = html::replace_tag(&page, "<link data-trunk rel=\"css\"", &format!("<style>{css}</style>"))?;
    let page = html::replace_tag(&page, "<link data-trunk rel=\"rust\"", "")?;
    // At the end, so that the browser shows the page's first words before it reads the rest.
    let scripts = format!(
        "<script type=\"application/octet-stream\" id=\"firsthour-wasm\">{}</script>\n<script>{}</script>\n<script>{}</script>\n</body>",
        STANDARD.encode(gzip(wasm)?),
        html::script_text(glue),
        html::script_text(BOOT),
    );
    policy::seal_single_file(&html::replace_tag(&page, "</body", &scripts)?)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><!-- for the reader --><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\
        <link data-trunk rel=\"css\" href=\"target/style/firsthour.css\"><link data-trunk rel=\"rust\" data-wasm-opt=\"z\"></head>\
        <body><p>Opening</p></body>";

    #[test]
    fn everything_is_inside_and_nothing_is_linked() {
        let page = assemble(PAGE, "p{color:red}", "let wasm_bindgen = '</script>';", b"\0asm").unwrap();
        assert!(page.contains("<style>p{color:red}</style>"), "{page}");
        assert!(page.contains(r"let wasm_bindgen = '\x3C/script>';"), "{page}");
        assert!(
            page.contains(
                "<p>Opening</p><script type=\"application/octet-stream\" id=\"firsthour-wasm\">H4sI"
            ),
            "{page}"
        );
        assert!(
            !page.contains("data-trunk")
                && !page.contains("href=")
                && !page.contains(" src=")
                && !page.contains("<!--"),
            "{page}"
        );
        assert!(page.ends_with("</script>\n</body>"), "{page}");
    }

    #[test]
    fn the_policy_allows_exactly_its_two_scripts_and_one_style() {
        let page = assemble(PAGE, "p{}", "glue", b"").unwrap();
        assert_eq!(page.matches("'sha256-").count(), 3);
    }
}
