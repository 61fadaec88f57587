//! Serves the files of a folder to this machine, and tells open pages when there is a new build of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Result, anyhow};
use tiny_http::{Header, Request, Response, ResponseBox, Server};

/// Where the added script asks for the build being served, and where it is itself. Outside what the site can name.
const BUILD: &str = "/.xtask/build";
const RELOAD: &str = "/.xtask/reload.js";
const RELOAD_SCRIPT: &str = include_str!("reload.js");
/// How long a page waits for a newer build before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which build is being served, and who waits for the next.
pub struct Builds {
    latest: Mutex<u64>,
    changed: Condvar,
}

impl Default for Builds {
    /// Starts from the clock, so that a page left open over a restart of the server sees a newer build.
    fn default() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self { latest: Mutex::new(now), changed: Condvar::new() }
    }
}

impl Builds {
    /// Says that a new build is in place.
    pub fn finished(&self) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_all();
    }

    /// The latest build; if that is `after`, the next one, or the same again when `patience` has run out.
    fn latest(&self, after: Option<u64>, patience: Duration) -> u64 {
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(latest, patience, |latest| Some(*latest) == after);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Opens `port` on this machine only; 0 means any that is free.
pub fn listen(port: u16) -> Result<Server> {
    Server::http(("127.0.0.1", port)).map_err(|error| {
        anyhow!("port {port} cannot be used ({error}); choose another with --port, or 0 for any that is free")
    })
}

/// Answers every request with a file of `folder`, for as long as the server lives.
pub fn serve(server: &Server, folder: &Path, builds: &Arc<Builds>) {
    for request in server.incoming_requests() {
        let (folder, builds) = (folder.to_path_buf(), Arc::clone(builds));
        // A thread each, since one that waits for the next build must not hold up the others.
        thread::spawn(move || {
            let response = answer(&request, &folder, &builds);
            // A page that was closed meanwhile does not need its answer.
            let _ = request.respond(response);
        });
    }
}

fn answer(request: &Request, folder: &Path, builds: &Builds) -> ResponseBox {
    let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
    match path {
        BUILD => {
            let after = query.strip_prefix("after=").and_then(|number| number.parse().ok());
            text(builds.latest(after, PATIENCE).to_string(), "text/plain")
        }
        RELOAD => text(RELOAD_SCRIPT, "text/javascript"),
        _ => match file_in(folder, path).and_then(|file| Some((fs::read(&file).ok()?, file))) {
            Some((bytes, file)) if file.ends_with("index.html") => {
                text([with_reload(&String::from_utf8_lossy(&bytes)).as_bytes()].concat(), content_type(&file))
            }
            Some((bytes, file)) => text(bytes, content_type(&file)),
            None => text(format!("There is no {path} here.\n"), "text/plain").with_status_code(404).boxed(),
        },
    }
}

fn with_reload(page: &str) -> String {
    page.replacen("</head>", &format!("<script src=\"{RELOAD}\" defer></script></head>"), 1)
}

/// The file that `path` names inside `folder`, which it may not leave.
fn file_in(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = if path == "/" { "index.html" } else { path.strip_prefix('/')? };
    let plain =
        path.split('/').all(|part| !["", ".", ".."].contains(&part) && !part.contains(['\\', ':', '%']));
    let file = folder.join(path);
    (plain && file.is_file()).then_some(file)
}

/// Nothing is kept by the browser: the next build replaces it.
fn text(body: impl Into<Vec<u8>>, content_type: &str) -> ResponseBox {
    let mut response = Response::from_data(body);
    for (name, value) in [("Content-Type", content_type), ("Cache-Control", "no-store")] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    response.boxed()
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_cannot_leave_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(file_in(folder, "/src/main.rs"), Some(folder.join("src/main.rs")));
        for path in [
            "/../Cargo.toml",
            "/src/../../Cargo.toml",
            "//etc/passwd",
            "/%2e%2e/Cargo.toml",
            "/src",
            "src/main.rs",
            "/",
        ] {
            assert_eq!(file_in(folder, path), None, "{path}");
        }
    }

    #[test]
    fn a_page_is_told_of_the_next_build_and_not_before() {
        let builds = Arc::new(Builds::default());
        let first = builds.latest(None, Duration::ZERO);
        assert_eq!(builds.latest(Some(first), Duration::from_millis(10)), first);

        let waiting = thread::spawn({
            let builds = Arc::clone(&builds);
            move || builds.latest(Some(first), Duration::from_secs(60))
        });
        builds.finished();
        assert_eq!(waiting.join().unwrap(), first + 1);
    }

    #[test]
    fn the_reload_script_is_a_file_of_its_own_since_the_policy_blocks_inline_ones() {
        assert_eq!(
            with_reload("<head></head>"),
            "<head><script src=\"/.xtask/reload.js\" defer></script></head>"
        );
    }
}
