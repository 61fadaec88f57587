//! What a person does on the page: go to an address, read, press keys, wait for something to happen.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};

use super::driver::Session;
use super::environment;
use super::server::Server;
use super::visit::{Place, Plan, Record, World};

const GLANCE: Duration = Duration::from_millis(40);

/// A page that is open in a browser of its own, with a profile of its own.
pub struct Page {
    pub world: Arc<World>,
    pub(super) plan: Plan,
    pub(super) server: Option<Server>,
    pub record: Record,
    session: RefCell<Session>,
    base: String,
    folder: PathBuf,
    closed: Cell<bool>,
}

impl Page {
    /// Opens a browser and the page in it.
    pub fn visit(world: Arc<World>, plan: Plan, name: &str) -> Result<Self, String> {
        let dist = &world.environment.dist;
        let (server, base) = match plan.place {
            Place::Site => served(dist, "/", "127.0.0.1"),
            Place::SubPath => served(dist, "/tools/soc/first-hour/", "127.0.0.1"),
            Place::Lab => served(dist, "/", "lab.test"),
            Place::SingleFile => (None, format!("file://{}", world.environment.single_file().display())),
        };
        let folder = fresh_folder(name)?;
        let session = launch(&world, plan, &folder)?;
        let page = Self {
            world,
            plan,
            server,
            record: Record::default(),
            session: RefCell::new(session),
            base,
            folder,
            closed: Cell::new(false),
        };
        page.dress()?;
        Ok(page)
    }

    /// The address at which this visit finds the page.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Where this visit's downloads arrive and its own files may lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Goes to a view, given as its `#/…` address, and waits until the page is there.
    #[track_caller]
    pub fn open(&self, route: &str) {
        self.go(route);
        self.started();
    }

    /// Loads the page anew, as F5 does.
    #[track_caller]
    pub fn reload(&self) {
        self.load_again();
        self.started();
    }

    /// As [`Page::open`], without waiting for what the page makes of it.
    #[track_caller]
    pub fn go(&self, route: &str) {
        let address = format!("{}{route}", self.base);
        must("opening a page", self.session.borrow().post("url", &json!({ "url": address })));
    }

    /// Goes to an address that is not the page's own, such as a document that holds the page in a frame.
    #[track_caller]
    pub fn go_elsewhere(&self, address: &str) {
        must("opening a document", self.session.borrow().post("url", &json!({ "url": address })));
    }

    /// From now on scripts run in the first frame of the document, until something else is opened.
    #[track_caller]
    pub fn enter_frame(&self) {
        must("entering the frame", self.session.borrow().post("frame", &json!({ "id": 0 })));
    }

    /// As [`Page::reload`], without waiting for what the page makes of it.
    #[track_caller]
    pub fn load_again(&self) {
        must("reloading", self.session.borrow().post("refresh", &json!({})));
    }

    /// Closes the browser and starts it again with the same profile. The page has to be opened again.
    #[track_caller]
    pub fn restart_browser(&self) {
        self.gather();
        must("closing the browser", self.session.borrow().close());
        let again = launch(&self.world, self.plan, &self.folder);
        let again = again.unwrap_or_else(|error| panic!("starting the browser again: {error}"));
        self.session.replace(again);
        must("preparing the browser", self.dress());
    }

    /// Kills the whole browser, as a system does that has no memory left, and starts it again with the same profile. The page
    /// has to be opened again.
    #[track_caller]
    pub fn kill_browser(&self) {
        let profile = self.folder.join("profile");
        must("killing the browser", kill_all_of(&profile));
        // Chromedriver only has to forget it.
        let _ = self.session.borrow().close();
        let again = launch(&self.world, self.plan, &self.folder);
        let again = again.unwrap_or_else(|error| panic!("starting the browser again: {error}"));
        self.session.replace(again);
        must("preparing the browser", self.dress());
    }

    /// Every path that the page has asked the server for.
    pub fn requests(&self) -> Vec<String> {
        let received = self.server.as_ref().map(Server::received).unwrap_or_default();
        received.into_iter().map(|request| request.path).collect()
    }

    /// Waits until the foot says that everything is saved.
    #[track_caller]
    pub fn is_saved(&self) {
        self.wait_until("everything is saved", |page| {
            page.evaluate("return document.querySelector('.foot-save').dataset.state") == "saved"
        });
    }

    /// Opens another tab of this browser at a view and looks at it. Returns a handle for [`Page::look_at_tab`].
    #[track_caller]
    pub fn open_tab(&self, route: &str) -> String {
        let tab = must("opening a tab", self.session.borrow().post("window/new", &json!({ "type": "tab" })));
        let handle = tab["handle"].as_str().unwrap_or_default().to_owned();
        self.look_at_tab(&handle);
        must("preparing the tab", self.dress());
        self.open(route);
        handle
    }

    /// The tab that is being looked at.
    pub fn tab(&self) -> String {
        let handle = must("asking for the tab", self.session.borrow().get("window"));
        handle.as_str().unwrap_or_default().to_owned()
    }

    /// Looks at another tab.
    #[track_caller]
    pub fn look_at_tab(&self, handle: &str) {
        must("changing tabs", self.session.borrow().post("window", &json!({ "handle": handle })));
    }

    /// Closes the tab that is being looked at. Another has to be looked at next.
    #[track_caller]
    pub fn close_tab(&self) {
        self.gather();
        must("closing the tab", self.session.borrow().delete("window"));
    }

    /// The `#/…` part of the address.
    pub fn route(&self) -> String {
        self.evaluate("return location.hash").as_str().unwrap_or_default().to_owned()
    }

    /// All text that is visible, with runs of white space as one space.
    pub fn text(&self) -> String {
        squeezed(self.evaluate("return document.body.innerText").as_str().unwrap_or_default())
    }

    /// Waits until the visible text contains `text`.
    #[track_caller]
    pub fn sees(&self, text: &str) {
        let wanted = squeezed(text);
        self.wait_until(&format!("the text \"{text}\" is visible"), |page| page.text().contains(&wanted));
    }

    /// Waits until the visible text does not contain `text`.
    #[track_caller]
    pub fn sees_no_more(&self, text: &str) {
        let unwanted = squeezed(text);
        self.wait_until(&format!("the text \"{text}\" is gone"), |page| !page.text().contains(&unwanted));
    }

    /// Waits until `holds`, which `what` says in words.
    #[track_caller]
    pub fn wait_until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            let patience = self.plan.patience;
            assert!(start.elapsed() < patience, "waited {} s in vain until {what}", patience.as_secs());
            thread::sleep(GLANCE);
        }
    }

    /// Presses keys one after another, each written as on the page: `g`, `Ctrl+k`, `Shift+Tab`, `Enter`, `Space`.
    #[track_caller]
    pub fn press(&self, keys: &[&str]) {
        for key in keys {
            let mut down = Vec::new();
            let mut up = Vec::new();
            for part in parts_of(key) {
                let value = key_value(part);
                down.push(json!({ "type": "keyDown", "value": value }));
                up.insert(0, json!({ "type": "keyUp", "value": value }));
            }
            down.append(&mut up);
            let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": down }] });
            must(&format!("pressing {key}"), self.session.borrow().post("actions", &actions));
        }
    }

    /// Types text where the focus is, key by key.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        let strokes: Vec<Value> = text
            .chars()
            .flat_map(|c| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": c.to_string() })))
            .collect();
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        must("typing", self.session.borrow().post("actions", &actions));
    }

    /// What the element with the focus is: role and name, as a screen reader would say it.
    pub fn focused(&self) -> String {
        let Ok(element) = self.session.borrow().get("element/active") else { return String::new() };
        let id = element[super::driver::ELEMENT].as_str().unwrap_or_default().to_owned();
        let ask = |what: &str| {
            let said = self.session.borrow().get(&format!("element/{id}/{what}"));
            said.ok().and_then(|said| said.as_str().map(squeezed)).unwrap_or_default()
        };
        format!("{} {}", ask("computedrole"), ask("computedlabel"))
    }

    /// Runs the body of a JavaScript function in the page.
    #[track_caller]
    pub fn evaluate(&self, body: &str) -> Value {
        self.evaluate_with(body, &[])
    }

    /// As [`Page::evaluate`], with arguments.
    #[track_caller]
    pub fn evaluate_with(&self, body: &str, arguments: &[Value]) -> Value {
        must("running a script", self.session.borrow().script(body, arguments))
    }

    /// As [`Page::evaluate`], where the body calls its last argument with the result.
    #[track_caller]
    pub fn evaluate_async(&self, body: &str, arguments: &[Value]) -> Value {
        must("running a script", self.session.borrow().script_async(body, arguments))
    }

    /// Sends a command of the browser's own protocol.
    pub fn devtools(&self, command: &str, parameters: Value) -> Result<Value, String> {
        self.session.borrow().devtools(command, parameters)
    }

    pub(super) fn post(&self, command: &str, body: &Value) -> Result<Value, String> {
        self.session.borrow().post(command, body)
    }

    /// Runs a script in every page of this tab before anything of the page itself.
    #[track_caller]
    pub fn before_every_page(&self, source: &str) {
        let script = json!({ "source": source });
        must("preparing pages", self.devtools("Page.addScriptToEvaluateOnNewDocument", script));
    }

    /// Takes a picture of the page, down to where nobody scrolls any more, into `target/screenshots` and returns where it is.
    pub fn screenshot(&self, name: &str) -> Result<PathBuf, String> {
        const LONGEST: f64 = 3_000.0;
        let sizes = self.devtools("Page.getLayoutMetrics", json!({}))?;
        let height = sizes["cssContentSize"]["height"].as_f64().unwrap_or(LONGEST).min(LONGEST);
        let part = json!({ "x": 0, "y": 0, "width": self.plan.width, "height": height, "scale": 1 });
        let wanted = json!({ "format": "png", "captureBeyondViewport": true, "clip": part });
        let picture = self.devtools("Page.captureScreenshot", wanted)?;
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(picture["data"].as_str().unwrap_or_default())
            .map_err(|error| error.to_string())?;
        let folder = environment::screenshots();
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let path = folder.join(format!("{}.png", file_name(name)));
        fs::write(&path, bytes).map_err(|error| error.to_string())?;
        Ok(path)
    }

    /// Fetches what the browser has written down since the last time.
    pub(super) fn gather(&self) {
        let log =
            |kind: &str| self.session.borrow().post("se/log", &json!({ "type": kind })).unwrap_or_default();
        for entry in log("browser").as_array().into_iter().flatten() {
            let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
            self.record.console.borrow_mut().push((text("level"), text("message")));
        }
        for entry in log("performance").as_array().into_iter().flatten() {
            let Some(Ok(event)) = entry["message"].as_str().map(serde_json::from_str::<Value>) else {
                continue;
            };
            let event = &event["message"];
            // The browser's own first tab.
            if event["params"]["documentURL"].as_str().is_some_and(|document| document.starts_with("chrome:"))
            {
                continue;
            }
            let address = match event["method"].as_str() {
                Some("Network.requestWillBeSent") => &event["params"]["request"]["url"],
                Some("Network.webSocketCreated" | "Network.webTransportCreated") => &event["params"]["url"],
                _ => continue,
            };
            self.record.requests.borrow_mut().push(address.as_str().unwrap_or_default().to_owned());
        }
    }

    /// What was on the page when a test failed: a picture, the address, the text, the console.
    pub(super) fn account(&self, name: &str) -> String {
        self.gather();
        let mut account = String::new();
        let picture = self.screenshot(&format!("failed-{name}"));
        let _ = match picture {
            Ok(path) => writeln!(account, "picture: {}", path.display()),
            Err(error) => writeln!(account, "no picture: {error}"),
        };
        let script = |body: &str| {
            let value = self.session.borrow().script(body, &[]);
            value.map_or_else(
                |error| format!("({error})"),
                |value| value.as_str().unwrap_or_default().to_owned(),
            )
        };
        let _ = writeln!(account, "address: {}", script("return location.href"));
        let _ = writeln!(account, "focus:   {}", self.focused());
        let console: BTreeSet<_> = self.record.console.borrow().iter().cloned().collect();
        for (level, text) in console {
            let _ = writeln!(account, "console: {level} {}", shortened(&text, 400));
        }
        let text = squeezed(&script("return document.body.innerText"));
        let _ = writeln!(account, "text:    {}", shortened(&text, 3000));
        account
    }

    /// Closes the browser and removes its profile.
    pub(super) fn leave(&self) {
        if !self.closed.replace(true) {
            let _ = self.session.borrow().close();
            let _ = fs::remove_dir_all(&self.folder);
        }
    }

    #[track_caller]
    fn started(&self) {
        self.wait_until("the page has started", |page| {
            page.evaluate(
                "return !document.getElementById('boot') && !!document.querySelector('main h1')
                   && document.querySelector('.foot-save')?.dataset.state !== 'opening'",
            ) == true
        });
    }

    /// What a browser does not carry over from tab to tab.
    fn dress(&self) -> Result<(), String> {
        self.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": "Europe/Amsterdam" }))?;
        self.set_size(self.plan.width, self.plan.height)?;
        self.set_colours(self.plan.dark)
    }

    fn set_size(&self, width: u32, height: u32) -> Result<(), String> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).map(drop)
    }

    fn set_colours(&self, dark: bool) -> Result<(), String> {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            // A picture taken halfway through a fade would show colours nobody reads.
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.devtools("Emulation.setEmulatedMedia", features).map(drop)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.leave();
    }
}

/// What came of a command, or the end of the test.
#[track_caller]
pub(super) fn must<T>(what: &str, result: Result<T, String>) -> T {
    result.unwrap_or_else(|error| panic!("{what}: {error}"))
}

fn served(dist: &Path, base: &str, host: &str) -> (Option<Server>, String) {
    let server = Server::start(dist, base);
    let address = format!("http://{host}:{}{base}", server.port());
    (Some(server), address)
}

fn fresh_folder(name: &str) -> Result<PathBuf, String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = environment::scratch().join(format!("{}-{}-{number}", file_name(name), process::id()));
    fs::create_dir_all(folder.join("downloads"))
        .map_err(|error| format!("creating {}: {error}", folder.display()))?;
    Ok(folder)
}

fn launch(world: &World, plan: Plan, folder: &Path) -> Result<Session, String> {
    let mut flags = vec![
        "--headless".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        // A frame in a page of its own may load from this machine, as one on a real site may from its server.
        "--disable-features=LocalNetworkAccessChecks".to_owned(),
        // Containers give /dev/shm 64 MB, which one large page fills.
        "--disable-dev-shm-usage".to_owned(),
        "--host-resolver-rules=MAP lab.test 127.0.0.1".to_owned(),
        format!("--user-data-dir={}", folder.join("profile").display()),
        format!("--window-size={},{}", plan.width, plan.height),
    ];
    if runs_as_root() {
        flags.push("--no-sandbox".to_owned());
    }
    world.driver.open(&json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": world.environment.chrome,
            "args": flags,
            "prefs": {
                "intl.accept_languages": plan.languages,
                "download.default_directory": folder.join("downloads"),
                "download.prompt_for_download": false,
            },
            "perfLoggingPrefs": { "enableNetwork": true, "enablePage": false },
        },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        "timeouts": { "script": 150_000, "pageLoad": 60_000, "implicit": 0 },
        // A dialog that nobody asked for shall fail the test, not be closed quietly.
        "unhandledPromptBehavior": "ignore",
    }))
}

/// Kills every process of the browser that uses this profile, and all that these have started, at one go.
fn kill_all_of(profile: &Path) -> Result<(), String> {
    let list = process::Command::new("ps").args(["-e", "-o", "pid=,ppid=,args="]).output();
    let list = list.map_err(|error| format!("ps: {error}"))?;
    let text = String::from_utf8_lossy(&list.stdout);
    let of = format!("--user-data-dir={}", profile.display());
    let mut parents = Vec::new();
    let mut doomed = BTreeSet::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (Some(own), Some(parent)) = (words.next(), words.next()) else { continue };
        parents.push((own, parent));
        if words.any(|word| word == of) {
            doomed.insert(own);
        }
    }
    while let Some((own, _)) =
        parents.iter().find(|(own, parent)| doomed.contains(parent) && !doomed.contains(own))
    {
        doomed.insert(own);
    }
    if doomed.is_empty() {
        return Err(format!("no process uses {}", profile.display()));
    }
    let killed = process::Command::new("kill").arg("-KILL").args(&doomed).status();
    // One that has just ended by itself makes `kill` complain.
    killed.map(drop).map_err(|error| format!("kill: {error}"))
}

/// Chromium refuses to sandbox itself when run by root, as in most containers.
fn runs_as_root() -> bool {
    let id = process::Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// `Ctrl+Shift+z` → `Ctrl`, `Shift`, `z`; a lone `+` is a key.
fn parts_of(key: &str) -> Vec<&str> {
    if key == "+" { vec!["+"] } else { key.split('+').collect() }
}

/// WebDriver's code points for keys without a character: <https://www.w3.org/TR/webdriver2/#keyboard-actions>.
fn key_value(name: &str) -> String {
    let code = match name {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Ctrl" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Delete" => '\u{E017}',
        _ => return name.to_owned(),
    };
    code.to_string()
}

/// Runs of white space as one space.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `most` characters.
pub fn shortened(text: &str, most: usize) -> String {
    let short: String = text.chars().take(most).collect();
    if short.len() < text.len() { format!("{short} …") } else { short }
}

fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
}
