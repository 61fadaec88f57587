//! The field's terms: what a reader calls the values that the model keeps under stable names.
//!
//! English and Dutch of one value stand side by side, so that a translator sees both, and every match is exhaustive:
//! a value that the model gains does not compile until both languages have a term for it. A value that the model
//! does not know is shown as it came.

use super::Lang;
use crate::model::taxonomy::{
    AlertStatus, Classification, Determination, InvestigationState, RemediationStatus, Role, ServiceSource,
    Severity, Status, Verdict,
};
use crate::model::{Clock, EntityKind, EvidenceKind, Mark, Phase};
use crate::notebook::query::Sort;
use std::borrow::Cow;

/// The terms in one language.
#[derive(Debug)]
pub struct Vocabulary {
    lang: Lang,
}

/// English.
pub const EN: Vocabulary = Vocabulary { lang: Lang::En };

/// Dutch.
pub const NL: Vocabulary = Vocabulary { lang: Lang::Nl };

/// Methods for open enumerations: a term for each value that has a name, any other value as it came.
macro_rules! open_terms {
    ($( $(#[$doc:meta])* $method:ident($kind:ident) { $( $variant:ident: $en:literal, $nl:literal; )+ } )+) => {
        impl Vocabulary {
            $(
                $(#[$doc])*
                pub fn $method<'a>(&self, value: &'a $kind) -> Cow<'a, str> {
                    match value {
                        $( $kind::$variant => Cow::Borrowed(self.lang.pick($en, $nl)), )+
                        $kind::Other(text) => Cow::Borrowed(text),
                    }
                }
            )+
        }
    };
}

/// Methods for closed enumerations: a term for each value.
macro_rules! terms {
    ($( $(#[$doc:meta])* $method:ident($kind:ident) { $( $variant:ident: $en:literal, $nl:literal; )+ } )+) => {
        impl Vocabulary {
            $(
                $(#[$doc])*
                pub fn $method(&self, value: $kind) -> &'static str {
                    match value { $( $kind::$variant => self.lang.pick($en, $nl), )+ }
                }
            )+
        }
    };
}

open_terms! {
    /// A severity.
    severity(Severity) {
        Unknown: "Not stated", "Niet vermeld";
        Informational: "Informational", "Informatief";
        Low: "Low", "Laag";
        Medium: "Medium", "Gemiddeld";
        High: "High", "Hoog";
    }
    /// Where an incident stands.
    status(Status) {
        Active: "Active", "Actief";
        InProgress: "In progress", "In behandeling";
        AwaitingAction: "Awaiting action", "Wacht op actie";
        Resolved: "Resolved", "Opgelost";
        Redirected: "Merged into another incident", "Samengevoegd met een ander incident";
    }
    /// Where an alert stands.
    alert_status(AlertStatus) {
        Unknown: "Not stated", "Niet vermeld";
        New: "New", "Nieuw";
        InProgress: "In progress", "In behandeling";
        Resolved: "Resolved", "Opgelost";
    }
    /// What an incident or alert turned out to be.
    classification(Classification) {
        Unknown: "Not classified", "Niet geclassificeerd";
        TruePositive: "True positive", "Terecht positief";
        InformationalExpectedActivity: "Informational, expected activity", "Informatief, verwachte activiteit";
        FalsePositive: "False positive", "Vals positief";
    }
    /// The kind of activity behind a classification.
    determination(Determination) {
        Unknown: "Not determined", "Niet vastgesteld";
        MultiStagedAttack: "Multi-stage attack", "Aanval in meerdere stappen";
        MaliciousUserActivity: "Malicious user activity", "Kwaadwillige gebruikersactiviteit";
        CompromisedAccount: "Compromised account", "Overgenomen account";
        Malware: "Malware", "Malware";
        Phishing: "Phishing", "Phishing";
        UnwantedSoftware: "Unwanted software", "Ongewenste software";
        SecurityTesting: "Security testing", "Beveiligingstest";
        LineOfBusinessApplication: "Line-of-business application", "Bedrijfstoepassing";
        ConfirmedActivity: "Confirmed activity", "Bevestigde activiteit";
        NotMalicious: "Not malicious", "Niet kwaadaardig";
        NotEnoughDataToValidate: "Not enough data to tell", "Te weinig gegevens om te beoordelen";
        OtherKind: "Other", "Anders";
        Apt: "Advanced persistent threat", "Geavanceerde aanhoudende dreiging";
        SecurityPersonnel: "Security personnel", "Beveiligingspersoneel";
    }
    /// What an entity was found to be.
    verdict(Verdict) {
        Unknown: "Not judged", "Niet beoordeeld";
        Suspicious: "Suspicious", "Verdacht";
        Malicious: "Malicious", "Kwaadaardig";
        NoThreatsFound: "No threats found", "Geen dreiging gevonden";
    }
    /// What was done about an entity.
    remediation(RemediationStatus) {
        None: "No action", "Geen actie";
        Active: "Still active", "Nog actief";
        PendingApproval: "Waits for approval", "Wacht op goedkeuring";
        Running: "Under way", "Bezig";
        Remediated: "Remediated", "Geremedieerd";
        PartiallyRemediated: "Partly remediated", "Deels geremedieerd";
        Prevented: "Prevented", "Voorkomen";
        Blocked: "Blocked", "Geblokkeerd";
        NotFound: "Not found", "Niet aangetroffen";
        Declined: "Declined", "Afgewezen";
        Unremediated: "Not remediated", "Niet geremedieerd";
    }
    /// The part an entity plays.
    role(Role) {
        Unknown: "Not stated", "Niet vermeld";
        Contextual: "Context", "Context";
        Scanned: "Scanned", "Gescand";
        Source: "Source", "Bron";
        Destination: "Destination", "Bestemming";
        Created: "Created", "Aangemaakt";
        Added: "Added", "Toegevoegd";
        Compromised: "Compromised", "Overgenomen";
        Edited: "Edited", "Gewijzigd";
        Attacked: "Attacked", "Aangevallen";
        Attacker: "Attacker", "Aanvaller";
        CommandAndControl: "Command and control", "Aansturing (C2)";
        Loaded: "Loaded", "Geladen";
        Suspicious: "Suspicious", "Verdacht";
        PolicyViolator: "Policy violation", "Beleidsovertreding";
    }
    /// The product that raised an alert.
    service_source(ServiceSource) {
        Unknown: "Not stated", "Niet vermeld";
        Endpoint: "Microsoft Defender for Endpoint", "Microsoft Defender voor Eindpunt";
        Identity: "Microsoft Defender for Identity", "Microsoft Defender for Identity";
        CloudApps: "Microsoft Defender for Cloud Apps", "Microsoft Defender for Cloud Apps";
        Office365: "Microsoft Defender for Office 365", "Microsoft Defender voor Office 365";
        Xdr: "Microsoft Defender XDR", "Microsoft Defender XDR";
        IdentityProtection: "Microsoft Entra ID Protection", "Microsoft Entra ID Protection";
        AppGovernance: "App governance", "App-governance";
        DataLossPrevention: "Data loss prevention", "Preventie van gegevensverlies";
        Cloud: "Microsoft Defender for Cloud", "Microsoft Defender voor Cloud";
        Sentinel: "Microsoft Sentinel", "Microsoft Sentinel";
        InsiderRisk: "Insider risk management", "Beheer van insiderrisico's";
        ThreatIntelligence: "Microsoft threat intelligence", "Microsoft-dreigingsinformatie";
    }
    /// What kind of thing an evidence item is.
    evidence_kind(EvidenceKind) {
        File: "File", "Bestand";
        DiskImage: "Disk image", "Schijfkopie";
        MemoryImage: "Memory image", "Geheugenkopie";
        Log: "Log", "Logboek";
        NetworkCapture: "Network capture", "Netwerkopname";
        Screenshot: "Screenshot", "Schermafbeelding";
        Mail: "E-mail", "E-mail";
        Device: "Physical device", "Fysiek apparaat";
        OtherKind: "Other", "Anders";
    }
    /// What an automated investigation has come to.
    investigation_state(InvestigationState) {
        Unknown: "Not stated", "Niet vermeld";
        Terminated: "Stopped", "Gestopt";
        SuccessfullyRemediated: "Remediated", "Geremedieerd";
        Benign: "Nothing malicious found", "Niets kwaadaardigs gevonden";
        Failed: "Failed", "Mislukt";
        PartiallyRemediated: "Partly remediated", "Deels geremedieerd";
        Running: "Under way", "Bezig";
        PendingApproval: "Waits for approval", "Wacht op goedkeuring";
        PendingResource: "Waits for a resource", "Wacht op een bron";
        PartiallyInvestigated: "Partly investigated", "Deels onderzocht";
        TerminatedByUser: "Stopped by a person", "Gestopt door een persoon";
        TerminatedBySystem: "Stopped by the system", "Gestopt door het systeem";
        Queued: "Queued", "In de wachtrij";
        InnerFailure: "Failed on an internal error", "Mislukt door een interne fout";
        PreexistingAlert: "Alert existed before", "Waarschuwing bestond al";
        UnsupportedOs: "Operating system not supported", "Besturingssysteem niet ondersteund";
        UnsupportedAlertType: "Kind of alert not supported", "Soort waarschuwing niet ondersteund";
        SuppressedAlert: "Alert suppressed", "Waarschuwing onderdrukt";
    }
}

terms! {
    /// A kind of entity, one of them.
    entity_kind(EntityKind) {
        Device: "Device", "Apparaat";
        User: "User", "Gebruiker";
        Mailbox: "Mailbox", "Postvak";
        MailMessage: "E-mail message", "E-mailbericht";
        MailCluster: "Mail cluster", "E-mailcluster";
        File: "File", "Bestand";
        Process: "Process", "Proces";
        Ip: "IP address", "IP-adres";
        Network: "IP network", "IP-netwerk";
        MacAddress: "MAC address", "MAC-adres";
        Url: "URL", "URL";
        Domain: "Domain", "Domein";
        Application: "Application", "Toepassing";
        RegistryKey: "Registry key", "Registersleutel";
        RegistryValue: "Registry value", "Registerwaarde";
        Mutex: "Mutex", "Mutex";
        UserAgent: "User agent", "User-agent";
        Wallet: "Crypto wallet", "Cryptowallet";
        Vulnerability: "Vulnerability", "Kwetsbaarheid";
        Technique: "ATT&CK technique", "ATT&CK-techniek";
        CloudResource: "Cloud resource", "Cloudresource";
        SecurityGroup: "Security group", "Beveiligingsgroep";
        Other: "Other entity", "Andere entiteit";
    }
    /// A kind of entity, several of them.
    entity_kinds(EntityKind) {
        Device: "Devices", "Apparaten";
        User: "Users", "Gebruikers";
        Mailbox: "Mailboxes", "Postvakken";
        MailMessage: "E-mail messages", "E-mailberichten";
        MailCluster: "Mail clusters", "E-mailclusters";
        File: "Files", "Bestanden";
        Process: "Processes", "Processen";
        Ip: "IP addresses", "IP-adressen";
        Network: "IP networks", "IP-netwerken";
        MacAddress: "MAC addresses", "MAC-adressen";
        Url: "URLs", "URL's";
        Domain: "Domains", "Domeinen";
        Application: "Applications", "Toepassingen";
        RegistryKey: "Registry keys", "Registersleutels";
        RegistryValue: "Registry values", "Registerwaarden";
        Mutex: "Mutexes", "Mutexen";
        UserAgent: "User agents", "User-agents";
        Wallet: "Crypto wallets", "Cryptowallets";
        Vulnerability: "Vulnerabilities", "Kwetsbaarheden";
        Technique: "ATT&CK techniques", "ATT&CK-technieken";
        CloudResource: "Cloud resources", "Cloudresources";
        SecurityGroup: "Security groups", "Beveiligingsgroepen";
        Other: "Other entities", "Andere entiteiten";
    }
    /// A phase of the work.
    phase(Phase) {
        Prepare: "Preparation", "Voorbereiding";
        Triage: "Triage", "Triage";
        Analysis: "Analysis", "Analyse";
        Containment: "Containment", "Insluiting";
        Eradication: "Eradication", "Uitbanning";
        Recovery: "Recovery", "Herstel";
        Review: "Review", "Evaluatie";
    }
    /// What a phase is for, in one line.
    phase_purpose(Phase) {
        Prepare: "Be ready before anything happens.", "Klaarstaan voordat er iets gebeurt.";
        Triage: "Decide whether this is an incident, how bad it is and who takes it.",
            "Bepalen of dit een incident is, hoe ernstig het is en wie het oppakt.";
        Analysis: "Find out what happened, how far it reached and what started it.",
            "Uitzoeken wat er gebeurde, hoe ver het reikte en waar het begon.";
        Containment: "Stop it from getting worse.", "Voorkomen dat het erger wordt.";
        Eradication: "Remove what the attacker left and close the way in.",
            "Weghalen wat de aanvaller achterliet en de ingang sluiten.";
        Recovery: "Return to normal work and close the incident.",
            "Terug naar het gewone werk en het incident afsluiten.";
        Review: "Learn from it, so that the next one goes better.",
            "Ervan leren, zodat het de volgende keer beter gaat.";
    }
    /// A moment that response times are measured by.
    clock(Clock) {
        Noticed: "Noticed", "Opgemerkt";
        Acknowledged: "Acknowledged", "Opgepakt";
        Contained: "Contained", "Ingesloten";
        Resolved: "Resolved", "Opgelost";
        Reviewed: "Reviewed", "Geëvalueerd";
    }
    /// By what a list of incidents is sorted.
    sort(Sort) {
        Priority: "Priority", "Prioriteit";
        Name: "Name", "Naam";
        Severity: "Severity", "Ernst";
        Status: "Status", "Status";
        Alerts: "Active alerts", "Actieve waarschuwingen";
        Assets: "Affected assets", "Getroffen bedrijfsmiddelen";
        Assignee: "Assigned to", "Toegewezen aan";
        Activity: "Last activity", "Laatste activiteit";
        Created: "Created", "Aangemaakt";
        Progress: "Progress", "Voortgang";
    }
}

impl Vocabulary {
    /// What was decided about a step; none while it is open.
    pub fn mark(&self, mark: Option<&Mark>) -> &'static str {
        match mark {
            None => self.lang.pick("Open", "Open"),
            Some(Mark::Done) => self.lang.pick("Done", "Klaar"),
            Some(Mark::Skipped(_)) => self.lang.pick("Skipped", "Overgeslagen"),
        }
    }

    /// A kill-chain category as products name it (`InitialAccess`), in words; one without a term as it came.
    ///
    /// The ATT&CK tactics keep their English name in brackets in Dutch where the field knows no other.
    pub fn category<'a>(&self, category: &'a str) -> Cow<'a, str> {
        let folded: String =
            category.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        let (en, nl) = match folded.as_str() {
            "reconnaissance" => ("Reconnaissance", "Verkenning vooraf"),
            "resourcedevelopment" => ("Resource development", "Opbouw van middelen"),
            "initialaccess" => ("Initial access", "Eerste toegang"),
            "execution" => ("Execution", "Uitvoering"),
            "persistence" => ("Persistence", "Blijvende toegang"),
            "privilegeescalation" => ("Privilege escalation", "Verhoging van rechten"),
            "defenseevasion" => ("Defense evasion", "Ontwijken van verdediging"),
            "credentialaccess" => ("Credential access", "Toegang tot inloggegevens"),
            "discovery" => ("Discovery", "Verkenning"),
            "lateralmovement" => ("Lateral movement", "Zijwaartse beweging"),
            "collection" => ("Collection", "Verzamelen van gegevens"),
            "exfiltration" => ("Exfiltration", "Wegsluizen van gegevens"),
            "commandandcontrol" => ("Command and control", "Aansturing (C2)"),
            "impact" => ("Impact", "Schade"),
            "malware" => ("Malware", "Malware"),
            "ransomware" => ("Ransomware", "Ransomware"),
            "exploit" => ("Exploit", "Misbruik van een kwetsbaarheid"),
            "phishing" => ("Phishing", "Phishing"),
            "unwantedsoftware" => ("Unwanted software", "Ongewenste software"),
            "suspiciousactivity" => ("Suspicious activity", "Verdachte activiteit"),
            "threatmanagement" => ("Threat management", "Dreigingsbeheer"),
            "dataloss" | "datalossprevention" => ("Data loss", "Gegevensverlies"),
            "credentialstealing" | "credentialtheft" => ("Credential theft", "Diefstal van inloggegevens"),
            "backdoor" => ("Backdoor", "Achterdeur"),
            "none" | "other" => ("Other", "Overig"),
            _ => return Cow::Borrowed(category),
        };
        Cow::Borrowed(self.lang.pick(en, nl))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_value_has_a_term_of_its_own_in_each_language() {
        for vocabulary in [EN, NL] {
            let severities: BTreeSet<_> = Severity::ALL.iter().map(|v| vocabulary.severity(v)).collect();
            assert_eq!(severities.len(), Severity::ALL.len());
            let determinations: BTreeSet<_> =
                Determination::ALL.iter().map(|v| vocabulary.determination(v)).collect();
            assert_eq!(determinations.len(), Determination::ALL.len());
            let kinds: BTreeSet<_> = EntityKind::ALL.iter().map(|v| vocabulary.entity_kinds(*v)).collect();
            assert_eq!(kinds.len(), EntityKind::ALL.len());
            let roles: BTreeSet<_> = Role::ALL.iter().map(|v| vocabulary.role(v)).collect();
            assert_eq!(roles.len(), Role::ALL.len());
        }
    }

    #[test]
    fn the_glossary_is_kept() {
        assert_eq!(NL.phase(Phase::Containment), "Insluiting");
        assert_eq!(NL.phase(Phase::Eradication), "Uitbanning");
        assert_eq!(NL.status(&Status::InProgress), "In behandeling");
        assert_eq!(NL.classification(&Classification::TruePositive), "Terecht positief");
        assert_eq!(NL.entity_kind(EntityKind::Mailbox), "Postvak");
    }

    #[test]
    fn what_has_no_term_is_shown_as_it_came() {
        assert_eq!(NL.severity(&Severity::parse("Cosmic")), "Cosmic");
        assert_eq!(EN.category("QuantumTunnelling"), "QuantumTunnelling");
        assert_eq!(EN.category("InitialAccess"), "Initial access");
        assert_eq!(NL.category("Initial access"), "Eerste toegang");
    }
}
