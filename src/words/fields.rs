//! What fields are called: as a label beside a value, and inside a sentence.

use super::Lang;
use std::borrow::Cow;

/// Names of fields, in one language.
#[derive(Debug)]
pub struct Fields {
    lang: Lang,
    /// What is known of an alert.
    pub alert: AlertLabels,
}

/// Labels of what is known of an alert.
#[derive(Debug)]
#[allow(missing_docs)] // The labels explain themselves.
pub struct AlertLabels {
    pub title: &'static str,
    pub description: &'static str,
    pub recommended_actions: &'static str,
    pub category: &'static str,
    pub severity: &'static str,
    pub status: &'static str,
    pub classification: &'static str,
    pub determination: &'static str,
    pub service_source: &'static str,
    pub detection_source: &'static str,
    pub investigation_state: &'static str,
    pub assignee: &'static str,
    pub techniques: &'static str,
    pub threat: &'static str,
    pub actor: &'static str,
    pub created: &'static str,
    pub updated: &'static str,
    pub resolved: &'static str,
    pub first_activity: &'static str,
    pub last_activity: &'static str,
    pub link: &'static str,
    pub source_id: &'static str,
}

/// English.
pub const EN: Fields = Fields {
    lang: Lang::En,
    alert: AlertLabels {
        title: "Title",
        description: "Description",
        recommended_actions: "Recommended actions",
        category: "Category",
        severity: "Severity",
        status: "Status",
        classification: "Classification",
        determination: "Determination",
        service_source: "Product",
        detection_source: "Detected by",
        investigation_state: "Automated investigation",
        assignee: "Assigned to",
        techniques: "ATT&CK techniques",
        threat: "Threat",
        actor: "Activity group",
        created: "Raised",
        updated: "Last changed at the source",
        resolved: "Resolved",
        first_activity: "First activity",
        last_activity: "Last activity",
        link: "In the portal",
        source_id: "Alert ID",
    },
};

/// Dutch.
pub const NL: Fields = Fields {
    lang: Lang::Nl,
    alert: AlertLabels {
        title: "Titel",
        description: "Omschrijving",
        recommended_actions: "Aanbevolen acties",
        category: "Categorie",
        severity: "Ernst",
        status: "Status",
        classification: "Classificatie",
        determination: "Vaststelling",
        service_source: "Product",
        detection_source: "Gedetecteerd door",
        investigation_state: "Automatisch onderzoek",
        assignee: "Toegewezen aan",
        techniques: "ATT&CK-technieken",
        threat: "Dreiging",
        actor: "Dadergroep",
        created: "Gemeld",
        updated: "Laatst gewijzigd bij de bron",
        resolved: "Opgelost",
        first_activity: "Eerste activiteit",
        last_activity: "Laatste activiteit",
        link: "In de portal",
        source_id: "Waarschuwings-ID",
    },
};

/// A field that can be set: its label, and its name with the article that a sentence needs.
struct Term {
    label: (&'static str, &'static str),
    phrase: (&'static str, &'static str),
}

/// The settable fields of incidents, alerts, entities, steps and notes by stable name. A name that several of them
/// have means the same in each.
fn settable(name: &str) -> Option<Term> {
    let (label, phrase) = match name {
        "name" => (("Name", "Naam"), ("the name", "de naam")),
        "description" => (("Description", "Omschrijving"), ("the description", "de omschrijving")),
        "severity" => (("Severity", "Ernst"), ("the severity", "de ernst")),
        "status" => (("Status", "Status"), ("the status", "de status")),
        "classification" => (("Classification", "Classificatie"), ("the classification", "de classificatie")),
        "determination" => (("Determination", "Vaststelling"), ("the determination", "de vaststelling")),
        "assignee" => (("Assigned to", "Toegewezen aan"), ("the assignment", "de toewijzing")),
        "tags" => (("Tags", "Labels"), ("the tags", "de labels")),
        "noticed" => (("Noticed", "Opgemerkt"), ("the time it was noticed", "het tijdstip van opmerken")),
        "acknowledged" => {
            (("Acknowledged", "Opgepakt"), ("the time it was acknowledged", "het tijdstip van oppakken"))
        }
        "contained" => {
            (("Contained", "Ingesloten"), ("the time it was contained", "het tijdstip van insluiting"))
        }
        "resolvedAt" => {
            (("Resolved", "Opgelost"), ("the time it was resolved", "het tijdstip van oplossing"))
        }
        "reviewed" => {
            (("Reviewed", "Geëvalueerd"), ("the time it was reviewed", "het tijdstip van evaluatie"))
        }
        "priority" => (("Priority", "Prioriteit"), ("the priority", "de prioriteit")),
        "closingNote" => (("Closing note", "Slotnotitie"), ("the closing note", "de slotnotitie")),
        "reviewWhatHappened" => (
            ("What happened, and when?", "Wat gebeurde er, en wanneer?"),
            ("the review's answer on what happened", "het evaluatieantwoord over wat er gebeurde"),
        ),
        "reviewWentWell" => (
            ("What went well?", "Wat ging goed?"),
            ("the review's answer on what went well", "het evaluatieantwoord over wat goed ging"),
        ),
        "reviewWentBadly" => (
            ("What was missing or slow?", "Wat ontbrak of ging traag?"),
            ("the review's answer on what was missing or slow", "het evaluatieantwoord over wat ontbrak of traag ging"),
        ),
        "reviewDoDifferently" => (
            ("What will we do differently?", "Wat gaan we anders doen?"),
            ("the review's answer on what to do differently", "het evaluatieantwoord over wat anders gaat"),
        ),
        "reviewPrevention" => (
            ("What would have prevented it, or shown it sooner?", "Wat had het voorkomen, of eerder laten zien?"),
            ("the review's answer on prevention", "het evaluatieantwoord over voorkomen"),
        ),
        "verdict" => (("Verdict", "Oordeel"), ("the verdict", "het oordeel")),
        "remediation" => (("Remediation", "Remediëring"), ("the remediation", "de remediëring")),
        "critical" => (("Critical", "Kritiek"), ("the critical mark", "de markering als kritiek")),
        "note" => (("Note", "Notitie"), ("the note", "de notitie")),
        "sameAs" => (("Same as", "Hetzelfde als"), ("what it is the same as", "waar het hetzelfde als is")),
        "notSameAs" => (
            ("Not the same as", "Niet hetzelfde als"),
            ("what it is not the same as", "waar het niet hetzelfde als is"),
        ),
        "marked" => (("Decision", "Besluit"), ("the decision", "het besluit")),
        "way" => (("Way chosen", "Gekozen weg"), ("the way chosen", "de gekozen weg")),
        "outcome" => (("Outcome", "Uitkomst"), ("the outcome", "de uitkomst")),
        "due" => (("Due", "Uiterlijk"), ("the due time", "het uiterste tijdstip")),
        "entities" => (("Linked entities", "Gekoppelde entiteiten"), ("the linked entities", "de gekoppelde entiteiten")),
        "evidence" => (
            ("Linked evidence items", "Gekoppelde bewijsstukken"),
            ("the linked evidence items", "de gekoppelde bewijsstukken"),
        ),
        "label" => (("Number", "Nummer"), ("the number", "het nummer")),
        "evidenceKind" => (("Kind", "Soort"), ("the kind", "de soort")),
        "size" => (("Size in bytes", "Grootte in bytes"), ("the size", "de grootte")),
        "sha256" => (("SHA-256", "SHA-256"), ("the SHA-256", "de SHA-256")),
        "sha1" => (("SHA-1", "SHA-1"), ("the SHA-1", "de SHA-1")),
        "md5" => (("MD5", "MD5"), ("the MD5", "de MD5")),
        "takenFrom" => (
            ("Taken from", "Afkomstig van"),
            ("the entity it was taken from", "de entiteit waar het van afkomstig is"),
        ),
        "foundAt" => (("Found at", "Vindplaats"), ("the place it was found at", "de vindplaats")),
        "identifier" => (
            ("Make, model, serial number", "Merk, model, serienummer"),
            ("make, model and serial number", "merk, model en serienummer"),
        ),
        "at" => (("When", "Wanneer"), ("the time", "het tijdstip")),
        "message" => (("What happened", "Wat er gebeurde"), ("what happened", "wat er gebeurde")),
        "eventKind" => (("Kind of event", "Soort gebeurtenis"), ("the kind", "de soort")),
        "eventSource" => (("Told by", "Bron"), ("the source", "de bron")),
        "text" => (("Text", "Tekst"), ("the text", "de tekst")),
        "removed" => (("Removed", "Verwijderd"), ("whether it is removed", "of het verwijderd is")),
        "edited" => (("Last edited", "Laatst bewerkt"), ("the time of editing", "het tijdstip van bewerken")),
        _ => return None,
    };
    Some(Term { label, phrase })
}

/// The fields that entities have, by stable name. A name that several kinds have means the same in each.
fn known(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "host_name" => ("Host name", "Hostnaam"),
        "dns_name" => ("DNS name", "DNS-naam"),
        "nt_domain" => ("Windows domain", "Windows-domein"),
        "dns_domain" => ("DNS domain", "DNS-domein"),
        "mde_device_id" => ("Defender device ID", "Defender-apparaat-ID"),
        "entra_device_id" => ("Entra device ID", "Entra-apparaat-ID"),
        "os_platform" => ("Operating system", "Besturingssysteem"),
        "os_version" => ("OS version", "OS-versie"),
        "os_build" => ("OS build", "OS-build"),
        "health_status" => ("Sensor health", "Toestand van de sensor"),
        "risk_score" => ("Risk score", "Risicoscore"),
        "onboarding_status" => ("Onboarding", "Aanmelding bij Defender"),
        "av_status" => ("Antivirus", "Antivirus"),
        "device_group" => ("Device group", "Apparaatgroep"),
        "first_seen" => ("First seen", "Voor het eerst gezien"),
        "last_ip" => ("Last internal IP address", "Laatste interne IP-adres"),
        "last_external_ip" => ("Last external IP address", "Laatste externe IP-adres"),
        "vm_resource_id" => ("Virtual machine resource ID", "Resource-ID van de virtuele machine"),
        "ip_addresses" => ("IP addresses", "IP-adressen"),
        "logged_on_users" => ("Signed-in users", "Aangemelde gebruikers"),
        "account_name" => ("Account name", "Accountnaam"),
        "domain_name" => ("Account domain", "Accountdomein"),
        "user_principal_name" => ("User principal name", "User principal name"),
        "display_name" => ("Display name", "Weergavenaam"),
        "sid" => ("SID", "SID"),
        "entra_user_id" => ("Entra user ID", "Entra-gebruikers-ID"),
        "ad_object_guid" => ("Active Directory object ID", "Active Directory-object-ID"),
        "primary_address" => ("Primary address", "Primair adres"),
        "subject" => ("Subject", "Onderwerp"),
        "sender" => ("Sender", "Afzender"),
        "envelope_sender" => ("Envelope sender", "Afzender op de envelop"),
        "sender_ip" => ("Sender IP address", "IP-adres van de afzender"),
        "recipient" => ("Recipient", "Ontvanger"),
        "received" => ("Received", "Ontvangen"),
        "network_message_id" => ("Network message ID", "Netwerkbericht-ID"),
        "internet_message_id" => ("Internet message ID", "Internetbericht-ID"),
        "delivery_action" => ("Delivery action", "Bezorgactie"),
        "delivery_location" => ("Delivery location", "Bezorglocatie"),
        "direction" => ("Direction", "Richting"),
        "language" => ("Language", "Taal"),
        "attachment_count" => ("Attachments", "Bijlagen"),
        "threats" => ("Threats", "Dreigingen"),
        "urls" => ("URLs", "URL's"),
        "cluster_by" => ("Grouped by", "Gegroepeerd op"),
        "cluster_value" => ("Shared value", "Gedeelde waarde"),
        "query" => ("Query", "Zoekopdracht"),
        "mail_count" => ("Messages", "Berichten"),
        "urn" => ("Resource name (URN)", "Resourcenaam (URN)"),
        "network_message_ids" => ("Network message IDs", "Netwerkbericht-ID's"),
        "file_name" => ("File name", "Bestandsnaam"),
        "folder" => ("Folder", "Map"),
        "sha256" => ("SHA-256", "SHA-256"),
        "sha1" => ("SHA-1", "SHA-1"),
        "md5" => ("MD5", "MD5"),
        "sha512" => ("SHA-512", "SHA-512"),
        "size" => ("Size in bytes", "Grootte in bytes"),
        "publisher" => ("Publisher", "Uitgever"),
        "signer" => ("Signer", "Ondertekenaar"),
        "issuer" => ("Certificate issuer", "Uitgever van het certificaat"),
        "detection_status" => ("Detection status", "Detectiestatus"),
        "process_id" => ("Process ID", "Proces-ID"),
        "command_line" => ("Command line", "Opdrachtregel"),
        "created" => ("Started", "Gestart"),
        "image_name" => ("Program", "Programma"),
        "image_folder" => ("Program folder", "Map van het programma"),
        "image_sha256" => ("Program SHA-256", "SHA-256 van het programma"),
        "image_sha1" => ("Program SHA-1", "SHA-1 van het programma"),
        "parent_process_id" => ("Parent process ID", "ID van het bovenliggende proces"),
        "parent_created" => ("Parent started", "Bovenliggend proces gestart"),
        "parent_image_name" => ("Parent program", "Bovenliggend programma"),
        "user" => ("Ran as", "Uitgevoerd als"),
        "address" => ("Address", "Adres"),
        "country" => ("Country", "Land"),
        "city" => ("City", "Plaats"),
        "cidr" => ("Network (CIDR)", "Netwerk (CIDR)"),
        "asn" => ("Autonomous system (ASN)", "Autonoom systeem (ASN)"),
        "holder" => ("Holder", "Houder"),
        "url" => ("URL", "URL"),
        "user_agent" => ("User agent", "User-agent"),
        "currency" => ("Currency", "Valuta"),
        "cve" => ("CVE number", "CVE-nummer"),
        "technique_id" => ("Technique ID", "Techniek-ID"),
        "scores" => ("Score", "Score"),
        "comments" => ("Comment", "Opmerking"),
        "color_meanings" => ("Meaning of its colour", "Betekenis van de kleur"),
        "name" => ("Name", "Naam"),
        "app_id" => ("Application ID", "Toepassings-ID"),
        "object_id" => ("Service principal object ID", "Object-ID van de service-principal"),
        "instance_name" => ("Instance", "Instantie"),
        "app_type" => ("Kind of application", "Soort toepassing"),
        "owner_tenant_id" => ("Owner's tenant ID", "Tenant-ID van de eigenaar"),
        "hive" => ("Hive", "Hive"),
        "key" => ("Key", "Sleutel"),
        "value_name" => ("Value name", "Naam van de waarde"),
        "value" => ("Value", "Waarde"),
        "value_type" => ("Value type", "Type van de waarde"),
        "resource_id" => ("Resource ID", "Resource-ID"),
        "resource_type" => ("Resource type", "Soort resource"),
        "platform" => ("Cloud", "Cloud"),
        "group_id" => ("Group ID", "Groeps-ID"),
        "distinguished_name" => ("Distinguished name", "Distinguished name"),
        _ => return None,
    })
}

impl Fields {
    /// The label of a settable field of an incident, alert, entity, step or note, by the stable name that
    /// [`IncidentField::name`](crate::model::IncidentField::name) and its likes give; an unknown name as it is.
    pub fn settable<'a>(&self, name: &'a str) -> Cow<'a, str> {
        match settable(name) {
            Some(Term { label: (en, nl), .. }) => Cow::Borrowed(self.lang.pick(en, nl)),
            None => Cow::Borrowed(name),
        }
    }

    /// The same inside a sentence, with its article: `the severity`.
    pub fn phrase<'a>(&self, name: &'a str) -> Cow<'a, str> {
        match settable(name) {
            Some(Term { phrase: (en, nl), .. }) => Cow::Borrowed(self.lang.pick(en, nl)),
            None => Cow::Borrowed(name),
        }
    }

    /// The label of a field of an entity, by the stable name that [`Facts::fields`](crate::model::Facts::fields)
    /// gives; an unknown name as it is.
    pub fn entity<'a>(&self, name: &'a str) -> Cow<'a, str> {
        match known(name) {
            Some((en, nl)) => Cow::Borrowed(self.lang.pick(en, nl)),
            None => Cow::Borrowed(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AlertField, EntityField, EntityKind, IncidentField, NoteField, EventField, EvidenceField, StepField};

    #[test]
    fn every_field_of_every_entity_kind_has_a_label() {
        for kind in EntityKind::ALL {
            for name in kind.field_names() {
                assert!(known(name).is_some(), "{kind:?}: {name}");
            }
        }
    }

    #[test]
    fn every_settable_field_has_a_label_and_a_phrase() {
        let names = [
            EventField::NAMES,
            IncidentField::NAMES,
            AlertField::NAMES,
            EntityField::NAMES,
            StepField::NAMES,
            NoteField::NAMES,
            EvidenceField::NAMES,
        ];
        for name in names.concat() {
            assert!(settable(name).is_some(), "{name}");
        }
        assert_eq!(NL.phrase("severity"), "de ernst");
        assert_eq!(EN.settable("colour"), "colour");
    }

    #[test]
    fn a_kind_names_the_fields_that_its_facts_list() {
        use crate::model::{Facts, entity::Ip};
        let facts = Facts::Ip(Ip {
            address: Some("192.0.2.1".into()),
            country: Some("NL".into()),
            city: Some("Delft".into()),
        });
        let listed: Vec<_> = facts.fields().into_iter().map(|(name, _)| name).collect();
        assert_eq!(listed, EntityKind::Ip.field_names());
        let labels: Vec<_> = listed.iter().map(|name| EN.entity(name)).collect();
        assert_eq!(labels, ["Address", "Country", "City"]);
    }
}
