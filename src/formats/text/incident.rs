//! A pasted text becomes an incident: its indicators are entities, its text is kept with it.
//!
//! What may be something else than it looks like is asked about, with its line and sentence: until somebody says what it
//! is, it stays in the text and nowhere else.

use super::{Doubt, Finder, Indicator, Kind, ceil};
use crate::formats::answers::{Doubtful, Taken};
use crate::formats::assemble::{Evidence, IncidentBuilder};
use crate::formats::outcome::{Findings, Intake, LISTED, Place, Why};
use crate::formats::record::never;
use crate::formats::{Confidence, FormatId};
use crate::model::entity::{
    Domain, Facts, File, Ip, MacAddress, Mailbox, Mutex, Network, Process, RegistryKey, Technique, Url, User,
    Vulnerability, Wallet,
};
use crate::model::{Incident, IncidentId};
use std::ops::Range;

/// The extra field of an incident in which the text stands that it was made of.
pub const TEXT: &str = "text";

/// The extra field of an entity in which the sentence stands that it was found in.
pub const SENTENCE: &str = "sentence";

/// How much of the text stands in the incident's description, in characters.
const DESCRIPTION: usize = 2_000;

/// The longest name made of a text's first line, in characters.
const NAME: usize = 120;

/// A text that is read in steps.
#[derive(Debug)]
pub struct TextReading {
    text: String,
    at: usize,
    finder: Finder,
    findings: Findings,
}

impl TextReading {
    /// Begins with a text. None where its first lines hold no letter or digit: then it is data of another kind.
    pub(crate) fn new(bytes: &[u8], findings: Findings) -> Option<Self> {
        let head = &bytes[..bytes.len().min(64 * 1024)];
        if head.contains(&0) {
            return None;
        }
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.contains(char::is_alphanumeric).then(|| Self {
            text,
            at: 0,
            finder: Finder::default(),
            findings,
        })
    }

    /// How far it is, in bytes, and of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.text.len())
    }

    /// Works through about `budget` bytes, whole lines; tells whether everything is done.
    pub fn step(&mut self, budget: usize) -> bool {
        let to = ceil(&self.text, self.at + budget.max(1));
        let to = self.text[to..].find('\n').map_or(self.text.len(), |end| to + end + 1);
        self.finder.take(&self.text, self.at..to);
        self.at = to;
        to == self.text.len()
    }

    /// The incident of the text; none where no indicator was found in it.
    pub fn finish(self) -> Option<Intake> {
        let Self { text, finder, mut findings, .. } = self;
        let found = finder.finish();
        if found.is_empty() {
            return None;
        }
        let answers = std::mem::take(&mut findings.answers);
        let id = IncidentId::derived(&["text", &text]);
        let mut incident = Incident::new(id, name(&text), never());
        incident.description = beginning(&text, DESCRIPTION);
        incident.extra.insert(TEXT.to_owned(), text.as_str().into());
        let mut builder = IncidentBuilder::new(incident);
        let mut lines = Lines::of(&text);
        for mut indicator in found {
            let line = lines.line(indicator.at.start);
            let sentence = &text[indicator.sentence.clone()];
            if let Some(doubt) = indicator.doubt {
                ask(&mut findings, &indicator, doubt, line, sentence);
                match answers.doubts.get(&indicator.value) {
                    Some(Taken::AsItLooks) => {}
                    Some(Taken::File) => indicator.kind = Kind::FileName,
                    Some(Taken::Nothing) | None => continue,
                }
            }
            let mut evidence = evidence(&indicator);
            evidence.extra.insert(SENTENCE.to_owned(), sentence.into());
            builder.add_loose(evidence);
        }
        let incident = builder.build(&mut findings);
        findings.close();
        Some(Intake {
            format: FormatId::Text,
            confidence: Confidence::Likely,
            incidents: vec![incident],
            playbooks: Vec::new(),
            set_aside: findings.set_aside,
            remarks: findings.remarks,
            questions: findings.questions,
        })
    }
}

/// Asks what a doubtful indicator is; what is too much to be asked about is set aside.
fn ask(findings: &mut Findings, indicator: &Indicator, doubt: Doubt, line: usize, sentence: &str) {
    let (value, place) = (indicator.value.clone(), Place { line: Some(line), path: String::new() });
    let doubts = &mut findings.questions.doubts;
    if doubts.len() < LISTED {
        let (kind, sentence) = (indicator.kind, sentence.to_owned());
        doubts.push(Doubtful { value, kind, doubt, place, sentence });
    } else {
        findings.set_aside(place, Why::Doubtful { value, doubt }, sentence.as_bytes());
    }
}

/// What an indicator is evidence of.
pub(in crate::formats) fn evidence(indicator: &Indicator) -> Evidence {
    Evidence::new(facts(indicator))
}

/// What an indicator says of an entity.
fn facts(indicator: &Indicator) -> Facts {
    let value = || Some(indicator.value.clone());
    match indicator.kind {
        Kind::Ipv4 | Kind::Ipv6 => Facts::Ip(Ip { address: value(), ..Ip::default() }),
        Kind::Network => Facts::Network(Network { cidr: value(), ..Network::default() }),
        Kind::Domain => Facts::Domain(Domain { name: value(), ..Domain::default() }),
        Kind::Url => Facts::Url(Url { url: value() }),
        Kind::Email => Facts::Mailbox(Mailbox { primary_address: value(), ..Mailbox::default() }),
        Kind::UserPrincipalName => Facts::User(User { user_principal_name: value(), ..User::default() }),
        Kind::Sid => Facts::User(User { sid: value(), ..User::default() }),
        Kind::Md5 => Facts::File(File { md5: value(), ..File::default() }),
        Kind::Sha1 => Facts::File(File { sha1: value(), ..File::default() }),
        Kind::Sha256 => Facts::File(File { sha256: value(), ..File::default() }),
        Kind::Sha512 => Facts::File(File { sha512: value(), ..File::default() }),
        Kind::FileName => Facts::File(File { file_name: value(), ..File::default() }),
        Kind::FilePath => Facts::File(path(&indicator.value)),
        Kind::RegistryKey => {
            let (hive, key) = indicator.value.split_once('\\').unwrap_or((&indicator.value, ""));
            let some = |text: &str| Some(text.to_owned());
            Facts::RegistryKey(RegistryKey { hive: some(hive), key: some(key), ..RegistryKey::default() })
        }
        Kind::CommandLine => Facts::Process(Process { command_line: value(), ..Process::default() }),
        Kind::Cve => Facts::Vulnerability(Vulnerability { cve: value(), ..Vulnerability::default() }),
        Kind::Technique => Facts::Technique(Technique { technique_id: value(), ..Technique::default() }),
        Kind::Mac => Facts::MacAddress(MacAddress { address: value() }),
        Kind::Bitcoin => Facts::Wallet(Wallet { address: value(), currency: Some("Bitcoin".to_owned()) }),
        Kind::Mutex => Facts::Mutex(Mutex { name: value() }),
    }
}

/// A path's folder and file.
pub fn path(path: &str) -> File {
    let (folder, name) = path.rsplit_once(['\\', '/']).unwrap_or(("", path));
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    File { file_name: some(name), folder: some(folder), ..File::default() }
}

/// The first line that says something, without the marks of headings.
fn name(text: &str) -> String {
    let line = text
        .lines()
        .map(|line| line.trim_matches(|c: char| !c.is_alphanumeric() && !"().!?\"'”’".contains(c)));
    let line = line.filter(|line| line.chars().any(char::is_alphabetic)).find(|line| !line.is_empty());
    beginning(line.unwrap_or(text.trim()), NAME)
}

/// A text's beginning, cut at a word.
fn beginning(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else { return text.trim_end().to_owned() };
    let whole = text[..cut].rfind(char::is_whitespace).filter(|space| *space > cut / 2).unwrap_or(cut);
    format!("{}…", text[..whole].trim_end())
}

/// Which line a place stands in, for places in rising order.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    fn line(&mut self, place: usize) -> usize {
        let passed: Range<usize> = self.at..place.max(self.at);
        self.line += self.text[passed.clone()].bytes().filter(|byte| *byte == b'\n').count();
        self.at = passed.end;
        self.line
    }
}
