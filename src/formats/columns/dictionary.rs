//! What columns are called: the field's terms in the spellings of several products, English and Dutch.
//!
//! Headers are compared without case, spaces and punctuation. A name that is not here is looked at word by word, so
//! that `src_ip_addr` and `Naam van het apparaat` find their way too; what no rule knows is kept as it is.

/// Declares what a column can mean: its stable name and how it is written in headers.
macro_rules! meanings {
    ($( $(#[$doc:meta])* $meaning:ident = $code:literal { $($name:literal)* } )+) => {
        /// What a column means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Meaning {
            $( $(#[$doc])* $meaning, )+
        }

        impl Meaning {
            /// Every meaning, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$( Self::$meaning, )+];

            /// Its stable name, by which what a person chose is remembered.
            pub const fn code(self) -> &'static str {
                match self {
                    $( Self::$meaning => $code, )+
                }
            }

            /// How headers write it, folded.
            const fn names(self) -> &'static [&'static str] {
                match self {
                    $( Self::$meaning => &[$($name),*], )+
                }
            }
        }
    };
}

meanings! {
    /// It has no name here; its cells are kept under its own.
    Kept = "kept" {}
    /// It is left out.
    LeftOut = "leftOut" {}
    /// What the source calls the incident.
    IncidentId = "incidentId" {
        "incidentid" "incidentnumber" "incidentno" "incidentnr" "incidentnummer" "incident" "caseid" "casenumber" "caseno"
        "casenr" "case" "zaaknummer" "zaakid" "zaak" "ticket" "ticketid" "ticketnumber" "ticketnummer" "issuekey"
        "offenseid" "notableid" "meldingsnummer"
    }
    /// The incident's name.
    IncidentName = "incidentName" {
        "incidentname" "incidenttitle" "incidentnaam" "naamincident" "incidenttitel" "naamvanhetincident" "casename"
        "casetitle" "zaaknaam" "shortdescription" "korteomschrijving"
    }
    /// What the source calls the alert.
    AlertId = "alertId" {
        "alertid" "systemalertid" "alertnumber" "alertguid" "detectionid" "signalid" "waarschuwingid" "meldingid"
    }
    /// The alert's title.
    AlertTitle = "alertTitle" {
        "alert" "alertname" "alerttitle" "alertdisplayname" "alertrule" "rule" "rulename" "detection" "detectionname"
        "detectionrule" "signature" "signaturename" "notablename" "waarschuwing" "waarschuwingsnaam" "naamwaarschuwing"
        "regelnaam" "detectie" "melding"
    }
    /// What happened, in words.
    Description = "description" {
        "description" "details" "detail" "message" "comment" "comments" "note" "notes" "context" "summary" "omschrijving"
        "beschrijving" "toelichting" "opmerking" "opmerkingen" "bericht" "samenvatting"
    }
    /// What happened at the row's time: it makes each row a timeline event.
    Event = "event" {
        "event" "events" "eventdescription" "eventmessage" "eventdetails" "activity" "activitydescription" "whathappened"
        "logmessage" "logline" "logentry" "gebeurtenis" "gebeurtenissen" "activiteit" "watergebeurde" "watisergebeurd"
    }
    /// How bad it is.
    Severity = "severity" {
        "severity" "alertseverity" "incidentseverity" "severitylevel" "risklevel" "threatlevel" "criticality" "ernst"
        "ernstniveau" "risiconiveau"
    }
    /// Where the work on it stands.
    Status = "status" { "status" "state" "incidentstatus" "alertstatus" "toestand" "stand" }
    /// Whether it was one.
    Classification = "classification" { "classification" "classificatie" "resolution" "resolutiontype" }
    /// What it was.
    Determination = "determination" { "determination" "vaststelling" "bepaling" }
    /// Who works on it.
    Assignee = "assignee" {
        "assignedto" "assignee" "assigned" "owner" "analyst" "incidentowner" "toegewezenaan" "eigenaar" "behandelaar"
        "analist"
    }
    /// Its tags.
    Tags = "tags" { "tags" "tag" "labels" "label" "customtags" "trefwoorden" "etiketten" }
    /// What kind of attack it is.
    Category = "category" {
        "category" "categories" "tactic" "tactics" "threatcategory" "categorie" "categorieen" "tactiek" "tactieken"
    }
    /// MITRE ATT&CK techniques.
    Techniques = "techniques" {
        "techniques" "technique" "techniqueid" "mitretechnique" "mitretechniques" "attacktechniques" "mitre" "mitreattack"
        "technieken" "techniek"
    }
    /// The threat or malware it is about.
    Threat = "threat" {
        "threat" "threatname" "threatfamily" "malware" "malwarename" "malwarefamily" "virusname" "associatedthreat"
        "dreiging" "dreigingsnaam"
    }
    /// The product that saw it.
    Product = "product" {
        "product" "productname" "productnames" "servicesource" "servicesources" "detectionsource" "detectionsources"
        "provider" "providername" "vendor" "sensor" "sourcename" "detectiebron" "bron" "servicebron"
    }
    /// When it was made, raised or seen.
    Created = "created" {
        "created" "createdat" "createdon" "createddate" "createdtime" "createdtimeutc" "createddatetime" "creationtime"
        "creationdate" "opened" "openedat" "opentime" "timegenerated" "generated" "detected" "detectedat" "detectiontime"
        "detectiondate" "alerttime" "eventtime" "time" "timestamp" "timestamputc" "datetime" "date" "timeutc" "dateutc"
        "reported" "reportedat" "aangemaakt" "aangemaaktop" "aanmaakdatum" "aanmaaktijd" "gemeld" "gemeldop" "datum"
        "tijd" "tijdstip" "datumtijd" "datumentijd"
    }
    /// When it last changed.
    Updated = "updated" {
        "updated" "updatedat" "updatedon" "lastupdate" "lastupdated" "lastupdatetime" "lastupdatedtime" "modified"
        "lastmodified" "lastmodifiedtime" "lastmodifiedtimeutc" "gewijzigd" "gewijzigdop" "laatstgewijzigd"
        "laatstbijgewerkt" "bijgewerkt" "laatsteupdate"
    }
    /// When it was first active.
    FirstActivity = "firstActivity" {
        "firstactivity" "firstactivitytime" "firstactivitytimeutc" "firstseen" "starttime" "starttimeutc" "started"
        "begintijd" "eersteactiviteit" "eerstgezien"
    }
    /// When it was last active.
    LastActivity = "lastActivity" {
        "lastactivity" "lastactivitytime" "lastactivitytimeutc" "lastseen" "endtime" "endtimeutc" "ended" "eindtijd"
        "laatsteactiviteit" "laatstgezien"
    }
    /// When it was resolved.
    Resolved = "resolved" {
        "resolved" "resolvedat" "resolvedon" "resolvedtime" "closed" "closedat" "closedon" "closedtime" "closetime"
        "opgelost" "opgelostop" "gesloten" "geslotenop" "afgeslotenop"
    }
    /// Its page at the source.
    Link = "link" {
        "link" "incidentlink" "incidenturl" "incidentweburl" "alertlink" "alerturl" "alertweburl" "portallink" "portalurl"
    }
    /// A device.
    Device = "device" {
        "device" "devicename" "devices" "host" "hostname" "hosts" "computer" "computername" "computers" "machine"
        "machinename" "endpoint" "endpointname" "workstation" "server" "servername" "asset" "assetname" "agentname" "dvc"
        "fqdn" "apparaat" "apparaatnaam" "apparaten" "werkstation" "werkplek" "systeem" "systeemnaam"
    }
    /// A user.
    User = "user" {
        "user" "username" "users" "useraccount" "account" "accountname" "accounts" "accountupn" "userprincipalname" "upn"
        "samaccountname" "login" "loginname" "logonname" "gebruiker" "gebruikers" "gebruikersnaam" "accountnaam"
        "gebruikersaccount"
    }
    /// A Windows security identifier.
    Sid = "sid" { "sid" "accountsid" "usersid" "securityidentifier" }
    /// A mailbox, or any address of e-mail.
    Mailbox = "mailbox" {
        "mailbox" "email" "emails" "mail" "emailaddress" "mailaddress" "sender" "senderaddress" "sendermailfromaddress"
        "senderfromaddress" "from" "fromaddress" "recipient" "recipients" "recipientaddress" "recipientemailaddress" "to"
        "postvak" "emailadres" "mailadres" "afzender" "ontvanger" "ontvangers"
    }
    /// An IP address or network.
    Ip = "ip" {
        "ip" "ips" "ipaddress" "ipaddresses" "ipaddr" "ipv4" "ipv6" "ipadres" "ipadressen" "network" "cidr" "subnet"
        "netwerk"
    }
    /// A domain.
    Domain = "domain" {
        "domain" "domains" "domainname" "dnsdomain" "dnsname" "dnsquery" "querydomain" "domein" "domeinen" "domeinnaam"
    }
    /// A web address.
    Url = "url" { "url" "urls" "uri" "weburl" "webaddress" "remoteurl" "requesturl" "webadres" "webadressen" }
    /// A file's name.
    FileName = "fileName" {
        "file" "filename" "files" "processname" "imagename" "initiatingprocessfilename" "bestand" "bestandsnaam"
        "procesnaam"
    }
    /// Where a file is.
    FilePath = "filePath" {
        "filepath" "path" "folderpath" "fullpath" "imagepath" "processpath" "pad" "bestandspad" "map"
    }
    /// A hash of a file: MD5, SHA-1, SHA-256 or SHA-512, by its length.
    Hash = "hash" {
        "hash" "hashes" "filehash" "filehashes" "md5" "sha1" "sha256" "sha512" "md5hash" "sha1hash" "sha256hash"
        "sha512hash" "checksum" "bestandshash" "hashwaarde" "controlegetal"
    }
    /// A command line.
    CommandLine = "commandLine" {
        "commandline" "processcommandline" "cmdline" "command" "initiatingprocesscommandline" "opdrachtregel" "opdracht"
    }
    /// A key of the registry.
    RegistryKey = "registryKey" { "registrykey" "regkey" "registry" "registersleutel" }
    /// Anything that can be looked for, of whatever kind.
    Indicator = "indicator" {
        "indicator" "indicators" "indicatorvalue" "ioc" "iocs" "iocvalue" "observable" "observables" "observablevalue"
        "artifact" "artifacts" "artefact" "value" "waarde" "indicatoren"
    }
    /// What kind of indicator stands in the other column.
    IndicatorType = "indicatorType" {
        "type" "indicatortype" "ioctype" "observabletype" "artifacttype" "soort" "typeindicator"
    }
    /// What was found of a thing.
    Verdict = "verdict" { "verdict" "reputation" "disposition" "oordeel" "reputatie" }
    /// Devices, users and mailboxes, each with its kind before it.
    Assets = "assets" {
        "impactedassets" "affectedassets" "impactedentities" "affectedentities" "getroffenassets" "getroffenbedrijfsmiddelen"
        "betrokkenassets"
    }
    /// The name of whatever the row is about.
    Name = "name" { "name" "title" "subject" "displayname" "naam" "titel" "onderwerp" }
}

/// Words that tell what a longer header is about, the strongest first.
const WORDS: &[(&str, Meaning)] = &[
    ("sha512", Meaning::Hash),
    ("sha256", Meaning::Hash),
    ("sha1", Meaning::Hash),
    ("md5", Meaning::Hash),
    ("hash", Meaning::Hash),
    ("commandline", Meaning::CommandLine),
    ("ip", Meaning::Ip),
    ("ipaddress", Meaning::Ip),
    ("ipaddr", Meaning::Ip),
    ("ipadres", Meaning::Ip),
    ("ipv4", Meaning::Ip),
    ("ipv6", Meaning::Ip),
    ("url", Meaning::Url),
    ("domain", Meaning::Domain),
    ("domein", Meaning::Domain),
    ("email", Meaning::Mailbox),
    ("sid", Meaning::Sid),
    ("upn", Meaning::User),
    ("username", Meaning::User),
    ("hostname", Meaning::Device),
    ("host", Meaning::Device),
    ("device", Meaning::Device),
    ("apparaat", Meaning::Device),
    ("computer", Meaning::Device),
    ("filename", Meaning::FileName),
    ("bestandsnaam", Meaning::FileName),
    ("severity", Meaning::Severity),
    ("ernst", Meaning::Severity),
];

/// Words after which a header is about something else than the word before it: `device group`, `url count`.
const ELSEWHERE: &[&str] = &[
    "id",
    "ids",
    "group",
    "groups",
    "groep",
    "groepen",
    "count",
    "aantal",
    "type",
    "country",
    "land",
    "port",
    "poort",
    "score",
    "city",
    "version",
    "versie",
    "os",
    "tag",
    "tags",
    "role",
    "rol",
    "status",
    "category",
    "prevalence",
    "location",
];

impl Meaning {
    /// The meaning with this stable name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|meaning| meaning.code() == code)
    }

    /// What a header most likely means; none where nothing here knows it.
    pub fn of(header: &str) -> Option<Self> {
        if header.len() > LONGEST {
            return None;
        }
        let folded = folded(header);
        let named = Self::ALL.iter().copied().find(|meaning| meaning.names().contains(&folded.as_str()));
        named.or_else(|| {
            let words = words(header);
            if words.len() < 2 || words.iter().any(|word| ELSEWHERE.contains(&word.as_str())) {
                return None;
            }
            // `src_ip_addr` may have its term in two words.
            let pairs = words.windows(2).map(<[String]>::concat);
            let all: Vec<String> = words.iter().cloned().chain(pairs).collect();
            WORDS.iter().find(|(word, _)| all.iter().any(|own| own == word)).map(|(_, meaning)| *meaning)
        })
    }

    /// Whether its cells are times.
    pub fn is_time(self) -> bool {
        matches!(
            self,
            Self::Created | Self::Updated | Self::FirstActivity | Self::LastActivity | Self::Resolved
        )
    }
}

/// The longest header that is looked up, in bytes.
const LONGEST: usize = 64;

/// A header without case, spaces and punctuation; é counts as e.
pub fn folded(header: &str) -> String {
    let plain = |c: char| match c {
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        other => other,
    };
    header.chars().flat_map(char::to_lowercase).map(plain).filter(|c| c.is_alphanumeric()).collect()
}

/// A header's words: parted by spaces and punctuation, and where small letters turn into a capital.
fn words(header: &str) -> Vec<String> {
    let (mut words, mut last) = (vec![String::new()], ' ');
    for c in header.chars() {
        let turns = last.is_lowercase() && c.is_uppercase();
        if (turns || !c.is_alphanumeric()) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.push_str(&folded(&c.to_string()));
        }
        last = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn headers_are_known_in_many_spellings() {
        for (header, meaning) in [
            ("Incident Id", Meaning::IncidentId),
            ("incident_id", Meaning::IncidentId),
            ("INCIDENT NUMMER", Meaning::IncidentId),
            ("Incident name", Meaning::IncidentName),
            ("Creation time", Meaning::Created),
            ("Toegewezen aan", Meaning::Assignee),
            ("Categorieën", Meaning::Category),
            ("IP-adres", Meaning::Ip),
            ("src_ip", Meaning::Ip),
            ("Source IP address", Meaning::Ip),
            ("dest_ip_addr", Meaning::Ip),
            ("RemoteIP", Meaning::Ip),
            ("InitiatingProcessSHA256", Meaning::Hash),
            ("Naam van het apparaat", Meaning::Device),
            ("Impacted assets", Meaning::Assets),
        ] {
            assert_eq!(Meaning::of(header), Some(meaning), "{header}");
        }
        for header in
            ["Device groups", "url_count", "source ip country", "Priority score", "Foo", "", "Workspace"]
        {
            assert_eq!(Meaning::of(header), None, "{header}");
        }
    }

    #[test]
    fn every_spelling_is_folded_and_stands_once() {
        let mut seen = BTreeSet::new();
        for meaning in Meaning::ALL {
            assert_eq!(Meaning::parse(meaning.code()), Some(*meaning));
            for name in meaning.names() {
                assert_eq!(folded(name), *name);
                assert!(seen.insert(name), "{name} stands twice");
            }
        }
    }
}
