//! Embeds the playbook library: reads `src/playbooks/library`, has `build/playbooks.rs` check it and put it together, and leaves
//! the result where `src/playbooks/library.rs` includes it from.

#[path = "build/playbooks.rs"]
mod playbooks;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use playbooks::{Lang, Source};

const LIBRARY: &str = "src/playbooks/library";

fn main() {
    println!("cargo::rerun-if-changed={LIBRARY}");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/model/phase.rs");
    println!("cargo::rerun-if-changed=src/words/language.rs");
    if let Err(problems) = embed() {
        for problem in problems {
            // Cargo reads one line as one message.
            println!("cargo::error={}", problem.replace('\n', " "));
        }
    }
}

fn embed() -> Result<(), Vec<String>> {
    let library = Path::new(LIBRARY);
    let originals = read_folder(library)?;
    let mut translations = Vec::new();
    for language in Lang::ALL.into_iter().skip(1) {
        translations.push((language, read_folder(&library.join(language.code()))?));
    }
    let compiled = playbooks::compile(&originals, &translations)?;
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for (name, bytes) in compiled.files() {
        let path = out.join(name);
        fs::write(&path, bytes).map_err(|error| trouble(&path, &error))?;
    }
    Ok(())
}

/// The playbook files of a folder by name; none where the folder is absent.
fn read_folder(folder: &Path) -> Result<Vec<Source>, Vec<String>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| trouble(folder, &error))? {
        let path = entry.map_err(|error| trouble(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path).map_err(|error| trouble(&path, &error))?;
            sources.push(Source { name: path.display().to_string(), text });
        }
    }
    sources.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(sources)
}

fn trouble(path: &Path, error: &io::Error) -> Vec<String> {
    vec![format!("{}: {error}", path.display())]
}
