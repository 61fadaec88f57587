//! Speaks WebDriver with chromedriver: starts it, opens browsers through it, sends commands.
//!
//! WebDriver is a handful of JSON requests over HTTP, one at a time. The crates for it (fantoccini, thirtyfour) bring an
//! asynchronous runtime, hyper and TLS, about a minute of compiling on a small machine, and every test would be written around
//! futures that never overlap. A blocking client (ureq without its default features) needs neither.
//! The protocol: <https://www.w3.org/TR/webdriver2/>; what Chromium adds to it: <https://developer.chrome.com/docs/chromedriver>.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// The key under which WebDriver hands out elements.
pub const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Longer than any single command may take: axe-core on the largest page of a debug build.
const COMMAND_PATIENCE: Duration = Duration::from_secs(180);

/// A running chromedriver. It serves every test of this program.
pub struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    /// Starts the program on a free port and waits until it says which.
    pub fn start(chromedriver: &Path) -> Result<Self, String> {
        let mut process = Command::new(chromedriver)
            .args(["--port=0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("could not start {}: {error}", chromedriver.display()))?;
        let output = process.stdout.take().ok_or("chromedriver has no output")?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let port = line.split_once("started successfully on port ")?.1;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let Some(port) = port else {
            let _ = process.kill();
            let _ = process.wait();
            return Err(format!("{} ended without naming its port", chromedriver.display()));
        };
        // Read on, or the program stops when the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { process, address: format!("http://127.0.0.1:{port}") })
    }

    /// Opens a browser with these capabilities.
    pub fn open(&self, capabilities: &Value) -> Result<Session, String> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(COMMAND_PATIENCE))
            .build()
            .into();
        let address = format!("{}/session", self.address);
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let opened = send(&agent, "POST", &address, Some(&body))?;
        let id = opened["sessionId"].as_str().ok_or("chromedriver opened a session without an id")?;
        Ok(Session { agent, address: format!("{address}/{id}") })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One open browser.
pub struct Session {
    agent: ureq::Agent,
    address: String,
}

impl Session {
    /// Sends a command with a body.
    pub fn post(&self, command: &str, body: &Value) -> Result<Value, String> {
        send(&self.agent, "POST", &format!("{}/{command}", self.address), Some(body))
    }

    /// Asks for something.
    pub fn get(&self, what: &str) -> Result<Value, String> {
        send(&self.agent, "GET", &format!("{}/{what}", self.address), None)
    }

    /// Ends something.
    pub fn delete(&self, what: &str) -> Result<Value, String> {
        send(&self.agent, "DELETE", &format!("{}/{what}", self.address), None)
    }

    /// Sends a command of the browser's own protocol (`DevTools`), for what WebDriver has no word for.
    pub fn devtools(&self, command: &str, parameters: Value) -> Result<Value, String> {
        self.post("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Runs the body of a JavaScript function in the page. The page's policy does not apply: the browser itself is asked.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Result<Value, String> {
        self.post("execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// As [`Session::script`], where the body calls its last argument with the result.
    pub fn script_async(&self, body: &str, arguments: &[Value]) -> Result<Value, String> {
        self.post("execute/async", &json!({ "script": body, "args": arguments }))
    }

    /// Closes the browser as a person does, so that it writes down what it holds.
    pub fn close(&self) -> Result<(), String> {
        send(&self.agent, "DELETE", &self.address, None).map(drop)
    }
}

fn send(agent: &ureq::Agent, method: &str, address: &str, body: Option<&Value>) -> Result<Value, String> {
    let failed = |error: ureq::Error| format!("{method} {address}: {error}");
    let response = match (method, body) {
        ("POST", Some(body)) => {
            agent.post(address).content_type("application/json").send(body.to_string()).map_err(failed)
        }
        ("DELETE", _) => agent.delete(address).call().map_err(failed),
        _ => agent.get(address).call().map_err(failed),
    };
    let mut response = response?;
    let text = response
        .body_mut()
        .with_config()
        .limit(256 * 1024 * 1024)
        .read_to_string()
        .map_err(|error| format!("{method} {address}: {error}"))?;
    let mut answer: Value =
        serde_json::from_str(&text).map_err(|error| format!("{method} {address}: {error} in {text}"))?;
    let value = answer["value"].take();
    match value["error"].as_str() {
        Some(error) if !response.status().is_success() => {
            let message = value["message"].as_str().unwrap_or_default();
            // chromedriver adds its own stack, which tells nobody anything.
            let message = message.split("\n#0").next().unwrap_or_default().trim();
            Err(format!("{error}: {message}"))
        }
        _ => Ok(value),
    }
}
