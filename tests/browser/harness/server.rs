//! Serves the built page to this machine, at any path, and remembers every request.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tiny_http::{Header, Request, Response, Server as Listener};

/// One request as it came in.
#[derive(Clone)]
pub struct Received {
    /// The name by which the server was called.
    pub host: String,
    /// What was asked for.
    pub path: String,
    /// What it was answered with.
    pub status: u16,
}

/// A running server. It ends when dropped.
pub struct Server {
    listener: Arc<Listener>,
    worker: Option<JoinHandle<()>>,
    port: u16,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Serves `folder` at `base`, which starts and ends with a slash, on a port of its own.
    pub fn start(folder: &Path, base: &str) -> Self {
        let listener = Arc::new(Listener::http(("127.0.0.1", 0)).expect("a free port on this machine"));
        let port = listener.server_addr().to_ip().expect("an address with a port").port();
        let received = Arc::new(Mutex::new(Vec::new()));
        let worker = thread::spawn({
            let (listener, received) = (Arc::clone(&listener), Arc::clone(&received));
            let (folder, base) = (folder.to_path_buf(), base.to_owned());
            move || {
                for request in listener.incoming_requests() {
                    answer(request, &folder, &base, &received);
                }
            }
        });
        Self { listener, worker: Some(worker), port, received }
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Every request so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listener.unblock();
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

fn answer(request: Request, folder: &Path, base: &str, received: &Mutex<Vec<Received>>) {
    let path = request.url().to_owned();
    let found = file(folder, base, &path).and_then(|file| Some((fs::read(&file).ok()?, file)));
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    received.lock().unwrap_or_else(PoisonError::into_inner).push(Received {
        host: host.map(|header| header.value.to_string()).unwrap_or_default(),
        path,
        status: if found.is_some() { 200 } else { 404 },
    });
    // A browser that was closed meanwhile does not need its answer.
    let _ = match found {
        Some((bytes, file)) => request.respond(
            Response::from_data(bytes)
                .with_header(header("Content-Type", content_type(&file)))
                .with_header(header("Cache-Control", "no-store")),
        ),
        None => request.respond(Response::from_string("not here").with_status_code(404)),
    };
}

fn file(folder: &Path, base: &str, path: &str) -> Option<PathBuf> {
    let name = path.split(['?', '#']).next()?.strip_prefix(base)?;
    let name = if name.is_empty() { "index.html" } else { name };
    let plain = !name.split('/').any(|part| part.is_empty() || part == "..");
    plain.then(|| folder.join(name)).filter(|file| file.is_file())
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("a header of plain letters")
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
