//! One test's visit to the page: which address, window and languages it asks for, the browser and profile it gets, and
//! what is told when it fails.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};

use super::checks;
use super::driver::Driver;
use super::environment::Environment;
use super::page::Page;

/// How long anything on the page may take. Generous: two browsers share a small machine with a compiler.
const PATIENCE: Duration = Duration::from_secs(20);

/// From where the page is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `/` of a server on this machine.
    Site,
    /// A path below another, as on a shared server.
    SubPath,
    /// Plain http under a name of a lab's network: not a secure context.
    Lab,
    /// `firsthour.html` from disk.
    SingleFile,
}

/// What a visit asks for.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// From where the page is opened.
    pub place: Place,
    /// The window, in CSS pixels.
    pub width: u32,
    /// The window, in CSS pixels.
    pub height: u32,
    /// Whether the system asks for dark colours.
    pub dark: bool,
    /// The reader's languages, as a browser sends them.
    pub languages: &'static str,
    /// How long anything on the page may take before the test gives up.
    pub patience: Duration,
}

impl Plan {
    /// On the site, in a wide window, in light colours and English.
    pub const USUAL: Self = Self {
        place: Place::Site,
        width: 1440,
        height: 900,
        dark: false,
        languages: "en-US,en",
        patience: PATIENCE,
    };
}

/// What every test of this program shares.
pub struct World {
    /// The page and the programs.
    pub environment: Environment,
    /// Opens the browsers.
    pub driver: Arc<Driver>,
}

/// A test: a name, a plan, and what is done.
pub struct Test {
    name: String,
    plan: Plan,
    only_when_asked: bool,
    body: Box<dyn FnOnce(&Page) + Send>,
}

/// A test of the usual plan, unless told otherwise.
pub fn test(name: impl Into<String>, body: impl FnOnce(&Page) + Send + 'static) -> Test {
    Test { name: name.into(), plan: Plan::USUAL, only_when_asked: false, body: Box::new(body) }
}

impl Test {
    /// Opens the page from `place`.
    pub fn at(mut self, place: Place) -> Self {
        self.plan.place = place;
        self
    }

    /// In a window as wide as a telephone.
    pub fn narrow(mut self) -> Self {
        (self.plan.width, self.plan.height) = (390, 844);
        self
    }

    /// On a system that asks for dark colours.
    pub fn dark(mut self) -> Self {
        self.plan.dark = true;
        self
    }

    /// By a reader of these languages.
    pub fn reading(mut self, languages: &'static str) -> Self {
        self.plan.languages = languages;
        self
    }

    /// With so much work for the page that it may take minutes.
    pub fn patient(mut self) -> Self {
        self.plan.patience = PATIENCE * 9;
        self
    }

    /// Run with `--ignored` only.
    pub fn only_when_asked(mut self) -> Self {
        self.only_when_asked = true;
        self
    }

    /// The test as the test runner takes it; ignored where there is no page to test.
    pub fn into_trial(self, world: Option<&Arc<World>>) -> Trial {
        match world.map(Arc::clone) {
            Some(world) => {
                let ignored = self.only_when_asked;
                Trial::test(self.name.clone(), move || self.run(&world)).with_ignored_flag(ignored)
            }
            None => Trial::test(self.name, || Ok(())).with_ignored_flag(true),
        }
    }

    fn run(self, world: &Arc<World>) -> Result<(), Failed> {
        let page = Page::visit(Arc::clone(world), self.plan, &self.name)?;
        let done = panic::catch_unwind(AssertUnwindSafe(|| {
            (self.body)(&page);
            checks::quiet(&page);
        }));
        let result = done.map_err(|panicked| {
            let message = WHERE.take().map_or_else(
                || said(panicked.as_ref()),
                |place| format!("{place}: {}", said(panicked.as_ref())),
            );
            Failed::from(format!("{message}\n{}", page.account(&self.name)))
        });
        page.leave();
        result
    }
}

thread_local! {
    /// Where the last panic of this thread happened.
    static WHERE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Keeps panics from being printed amid the output of another test; each test tells its own.
pub fn keep_panics() {
    panic::set_hook(Box::new(|panic| WHERE.set(panic.location().map(ToString::to_string))));
}

fn said(panicked: &(dyn Any + Send)) -> String {
    let text = panicked.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panicked.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panicked".to_owned())
}

/// What the browser wrote down while it was open.
#[derive(Default)]
pub struct Record {
    /// Console entries: level and text.
    pub console: RefCell<Vec<(String, String)>>,
    /// Addresses that were asked for.
    pub requests: RefCell<Vec<String>>,
}
