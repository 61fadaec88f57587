//! What a row says of things: addresses, files, devices, accounts. Values lose their defanging; one cell may hold several.

use crate::formats::assemble::Evidence;
use crate::formats::columns::dictionary::Meaning;
use crate::formats::columns::values::{is_nothing, list};
use crate::formats::text::{self, Indicator, Kind, SENTENCE};
use crate::model::entity::{Device, Domain, Facts, File, Mailbox, Process, RegistryKey, User};

/// Words before a list of assets that say of which kind these are.
const KINDS: &[(&str, Meaning)] = &[
    ("device", Meaning::Device),
    ("devices", Meaning::Device),
    ("machine", Meaning::Device),
    ("machines", Meaning::Device),
    ("host", Meaning::Device),
    ("hosts", Meaning::Device),
    ("apparaat", Meaning::Device),
    ("apparaten", Meaning::Device),
    ("user", Meaning::User),
    ("users", Meaning::User),
    ("account", Meaning::User),
    ("accounts", Meaning::User),
    ("gebruiker", Meaning::User),
    ("gebruikers", Meaning::User),
    ("mailbox", Meaning::Mailbox),
    ("mailboxes", Meaning::Mailbox),
    ("postvak", Meaning::Mailbox),
    ("postvakken", Meaning::Mailbox),
];

/// The things of one row, and the cells that turned out to hold none.
#[derive(Debug, Default)]
pub struct Things {
    /// What the row speaks of.
    pub evidence: Vec<Evidence>,
    file: File,
    user: User,
}

impl Things {
    /// Takes a cell in; false where it holds nothing of the kind and should be kept as it is.
    pub fn take(&mut self, meaning: Meaning, cell: &str, kind: Option<&str>) -> bool {
        let cell = cell.trim();
        if is_nothing(cell) {
            return true;
        }
        let whole = || Some(cell.to_owned());
        match meaning {
            Meaning::Ip => self.found(cell, |kind| matches!(kind, Kind::Ipv4 | Kind::Ipv6 | Kind::Network)),
            Meaning::Url => self.found(cell, |kind| kind == Kind::Url),
            Meaning::Mailbox => self.found(cell, |kind| kind == Kind::Email),
            Meaning::Domain => self.domains(cell),
            Meaning::Hash => self.hashes(cell),
            Meaning::Indicator => self.indicators(cell, kind),
            Meaning::Device => {
                for name in list(cell) {
                    self.add(device(&name));
                }
                true
            }
            Meaning::User => self.user(cell),
            Meaning::Sid => {
                self.user.sid = whole();
                true
            }
            Meaning::FileName => {
                let file = text::path(cell);
                self.file.file_name = file.file_name;
                self.file.folder = self.file.folder.take().or(file.folder);
                true
            }
            Meaning::FilePath => {
                // A folder where the name stands in another column; that one says more about the name.
                let file = text::path(cell);
                let is_folder = self.file.file_name.is_some() && self.file.file_name != file.file_name;
                self.file.folder = if is_folder { whole() } else { file.folder };
                self.file.file_name = self.file.file_name.take().or(file.file_name);
                true
            }
            Meaning::CommandLine => {
                self.add(Facts::Process(Process { command_line: whole(), ..Process::default() }));
                true
            }
            Meaning::RegistryKey => {
                let (hive, key) = cell.split_once('\\').unwrap_or((cell, ""));
                let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
                self.add(Facts::RegistryKey(RegistryKey {
                    hive: some(hive),
                    key: some(key),
                    ..RegistryKey::default()
                }));
                true
            }
            Meaning::Assets => self.assets(cell),
            _ => false,
        }
    }

    /// All things of the row.
    pub fn finish(mut self) -> Vec<Evidence> {
        if self.file != File::default() {
            self.evidence.push(Evidence::new(Facts::File(self.file)));
        }
        if self.user != User::default() {
            self.evidence.push(Evidence::new(Facts::User(self.user)));
        }
        self.evidence
    }

    fn add(&mut self, facts: Facts) {
        self.evidence.push(Evidence::new(facts));
    }

    /// Takes every indicator in the cell that is of a fitting kind; the column's name settles what would be doubtful.
    fn found(&mut self, cell: &str, fits: impl Fn(Kind) -> bool) -> bool {
        let before = self.evidence.len();
        for indicator in text::find(cell).into_iter().filter(|indicator| fits(indicator.kind)) {
            self.evidence.push(text::evidence(&indicator));
        }
        self.evidence.len() > before
    }

    /// Domains, also those that a text would be asked about, and the hosts of wildcards.
    fn domains(&mut self, cell: &str) -> bool {
        if self.found(cell, |kind| kind == Kind::Domain) {
            return true;
        }
        let names: Vec<String> = list(cell).iter().map(|name| text::plain(name)).collect();
        let are_names = names.iter().all(|name| {
            let labels = name.trim_start_matches("*.").trim_end_matches('.');
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            labels.contains('.')
                && labels.split('.').all(|label| !label.is_empty() && label.chars().all(plain))
        });
        if !are_names || names.is_empty() {
            return false;
        }
        for name in names {
            self.add(Facts::Domain(Domain { name: Some(name.to_lowercase()), ..Domain::default() }));
        }
        true
    }

    /// One hash of each length is the row's file; more of one length are more files.
    fn hashes(&mut self, cell: &str) -> bool {
        let hashes: Vec<Indicator> =
            text::find(cell).into_iter().filter(|found| is_hash(found.kind)).collect();
        for hash in &hashes {
            let place = match hash.kind {
                Kind::Md5 => &mut self.file.md5,
                Kind::Sha1 => &mut self.file.sha1,
                Kind::Sha256 => &mut self.file.sha256,
                _ => &mut self.file.sha512,
            };
            if place.is_none() {
                *place = Some(hash.value.clone());
            } else {
                self.evidence.push(text::evidence(hash));
            }
        }
        !hashes.is_empty()
    }

    /// Whatever can be found; what would be doubtful is what the column beside it says, else left.
    fn indicators(&mut self, cell: &str, kind: Option<&str>) -> bool {
        let kind = kind.map(super::dictionary::folded).unwrap_or_default();
        if kind.contains("domain") || kind.contains("domein") || kind == "fqdn" {
            return self.domains(cell);
        }
        if kind.contains("filename") || kind.contains("bestandsnaam") {
            self.add(Facts::File(text::path(&text::plain(cell))));
            return true;
        }
        let before = self.evidence.len();
        for indicator in text::find(cell).into_iter().filter(|indicator| indicator.doubt.is_none()) {
            self.evidence.push(text::evidence(&indicator));
        }
        self.evidence.len() > before
    }

    fn user(&mut self, cell: &str) -> bool {
        if let Some(first) = self.user.account_name.as_ref().or(self.user.user_principal_name.as_ref())
            && first != cell
        {
            self.add(Facts::User(user(cell)));
            return true;
        }
        let sid = self.user.sid.take();
        self.user = User { sid, ..user(cell) };
        true
    }

    /// `Devices: PC-1, PC-2; Accounts: anna`. A name without a kind before it may be anything, unless it looks like an
    /// account; then all of the cell is kept beside what was taken.
    fn assets(&mut self, cell: &str) -> bool {
        let mut all = true;
        for group in cell.split([';', '\n']) {
            let (kind, names) = match group.split_once(':') {
                Some((kind, names)) => {
                    let kind = super::dictionary::folded(kind);
                    (KINDS.iter().find(|(word, _)| *word == kind).map(|(_, meaning)| *meaning), names)
                }
                None => (None, group),
            };
            for name in list(names) {
                match kind {
                    Some(Meaning::Device) => self.add(device(&name)),
                    Some(Meaning::Mailbox) => self.add(Facts::Mailbox(Mailbox {
                        primary_address: Some(text::plain(&name)),
                        ..Mailbox::default()
                    })),
                    Some(_) => self.add(Facts::User(user(&name))),
                    None if name.contains(['@', '\\']) => self.add(Facts::User(user(&name))),
                    None => all = false,
                }
            }
        }
        all
    }
}

fn is_hash(kind: Kind) -> bool {
    matches!(kind, Kind::Md5 | Kind::Sha1 | Kind::Sha256 | Kind::Sha512)
}

/// A device by its name; what stands behind the first dot is its domain.
fn device(name: &str) -> Facts {
    let name = text::plain(name);
    let is_full = name.split('.').nth(1).is_some_and(|rest| rest.contains(char::is_alphabetic));
    let dns_name = is_full.then(|| name.clone());
    let host_name = if is_full { name.split('.').next().map(str::to_owned) } else { Some(name) };
    Facts::Device(Device { host_name, dns_name, ..Device::default() })
}

/// An account as `DOMAIN\name`, `name@domain` or by its name alone.
fn user(name: &str) -> User {
    let name = text::plain(name);
    if let Some((domain, account)) = name.split_once('\\') {
        let (domain, account) = (Some(domain.to_owned()), Some(account.to_owned()));
        return User { domain_name: domain, account_name: account, ..User::default() };
    }
    if name.contains('@') {
        return User { user_principal_name: Some(name), ..User::default() };
    }
    User { account_name: Some(name), ..User::default() }
}

/// Puts what a row says beside its things where each of them shows it.
pub fn note_context(evidence: &mut [Evidence], context: &str) {
    for piece in evidence {
        piece.extra.entry(SENTENCE).or_insert_with(|| context.into());
    }
}
