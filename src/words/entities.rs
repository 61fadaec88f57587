//! Texts about entities across incidents: where one occurs, what may be the same, merging and splitting.

texts! {
    /// Texts about entities across incidents.
    Entities

    // The list
    title: "Entities", "Entiteiten";
    lead: "Every device, account, address and file of every incident. What is the same thing is one line.",
        "Elk apparaat, account, adres en bestand van elk incident. Wat hetzelfde is, is één regel.";
    search: "Search the entities of every incident", "Zoek in de entiteiten van alle incidenten";
    entity: "Entity", "Entiteit";
    verdict: "Worst verdict", "Zwaarste oordeel";
    incidents: "Incidents", "Incidenten";
    last_seen: "Last seen", "Laatst gezien";
    first_seen: "First seen", "Eerst gezien";
    nothing: "No entities yet", "Nog geen entiteiten";
    nothing_text: "They come with the incidents: open a file, or write one down.",
        "Ze komen met de incidenten mee: open een bestand, of schrijf er een op.";
    nothing_found: "No entity says that", "Geen entiteit zegt dat";
    nothing_found_text: "Search for a part of a name, an address or a hash; defanged is fine.",
        "Zoek op een deel van een naam, een adres of een hash; onklikbaar mag.";
    clear_search: "Clear the search", "Zoekopdracht wissen";
    go_to_incidents: "Go to the incidents", "Ga naar de incidenten";

    // One entity
    missing: "This entity is not here", "Deze entiteit is er niet";
    missing_text: "No incident in this notebook has it. It may have been removed or split.",
        "Geen incident in dit notitieboek heeft het. Misschien is het verwijderd of gesplitst.";
    all_entities: "All entities", "Alle entiteiten";
    incident: "Incident", "Incident";
    verdict_there: "Verdict there", "Oordeel daar";
    alerts_there: "Alerts", "Waarschuwingen";
    known_as: "Known there as", "Daar bekend als";
    events: "In timelines", "In tijdlijnen";
    event: "Event", "Gebeurtenis";
    event_time: "Time", "Tijd";
    more_events: "Show more events", "Meer gebeurtenissen tonen";
    facts: "What is known of it", "Wat ervan bekend is";
    notes_there: "What was noted", "Wat erover is genoteerd";
    local: "This holds within one incident only, so it is not looked for in others: many networks have it, or it names nobody for certain.",
        "Dit geldt alleen binnen één incident, dus het wordt niet in andere gezocht: veel netwerken hebben het, of het benoemt niemand met zekerheid.";
    mark_malicious: "Malicious everywhere", "Overal kwaadaardig";
    mark_clean: "No threat everywhere", "Overal geen dreiging";

    // Merging and splitting
    merge: "Merge", "Samenvoegen";
    merge_title: "Merge into one entity", "Samenvoegen tot één entiteit";
    merge_text: "They are shown as one from now on, with everything that is known of each. Nothing is lost: you can split them again.",
        "Ze worden voortaan als één getoond, met alles wat van elk bekend is. Er gaat niets verloren: je kunt ze weer splitsen.";
    merge_keep: "Where they differ, show what is known of", "Toon waar ze verschillen wat bekend is van";
    merge_differs: "They contradict each other; both values are kept:", "Ze spreken elkaar tegen; beide waarden blijven:";
    split: "Split off", "Afsplitsen";
    parts: "Merged from", "Samengevoegd uit";
    perhaps: "The same?", "Hetzelfde?";
    keep_apart: "Not the same", "Niet hetzelfde";
    kept_apart: "They stay two entities", "Het blijven twee entiteiten";
    --
    elsewhere(usize):
        |n| if n == 1 { "Seen in 1 other incident".into() } else { format!("Seen in {n} other incidents") },
        |n| if n == 1 { "Gezien in 1 ander incident".into() } else { format!("Gezien in {n} andere incidenten") };
    related(usize):
        |n| if n == 1 { "Shares entities with 1 other incident".into() } else { format!("Shares entities with {n} other incidents") },
        |n| if n == 1 { "Deelt entiteiten met 1 ander incident".into() } else { format!("Deelt entiteiten met {n} andere incidenten") };
    occurs_in(usize):
        |n| if n == 1 { "Occurs in 1 incident".into() } else { format!("Occurs in {n} incidents") },
        |n| if n == 1 { "Komt voor in 1 incident".into() } else { format!("Komt voor in {n} incidenten") };
    reading(usize, usize):
        |done, of| format!("Looked through {done} of {of} incidents so far"),
        |done, of| format!("Tot nu toe {done} van {of} incidenten doorzocht");
    unread(usize):
        |n| if n == 1 { "1 incident cannot be read, so nothing is known of its entities".into() } else { format!("{n} incidents cannot be read, so nothing is known of their entities") },
        |n| if n == 1 { "1 incident is niet te lezen, dus van zijn entiteiten is niets bekend".into() } else { format!("{n} incidenten zijn niet te lezen, dus van hun entiteiten is niets bekend") };
    at_most(usize):
        |n| format!("The {n} that occur most widely. Search to find others."),
        |n| format!("De {n} die het breedst voorkomen. Zoek om andere te vinden.");
    events_shown(usize, usize):
        |n, of| format!("{n} of {of}, from the incidents in which it was seen last"),
        |n, of| format!("{n} van {of}, uit de incidenten waarin het het laatst is gezien");
    merged(usize):
        |n| format!("{n} entities are one now"),
        |n| format!("{n} entiteiten zijn nu één");
    split_off(&str):
        |name| format!("“{name}” is an entity of its own again"),
        |name| format!("“{name}” is weer een eigen entiteit");
    split_name(&str):
        |name| format!("Split off “{name}”"),
        |name| format!("“{name}” afsplitsen");
    same_account_name(&str):
        |name| format!("Both accounts are called “{name}”, and nothing contradicts it."),
        |name| format!("Beide accounts heten “{name}”, en niets spreekt het tegen.");
    same_display_name(&str):
        |name| format!("Both are shown as “{name}”, and nothing contradicts it."),
        |name| format!("Beide worden getoond als “{name}”, en niets spreekt het tegen.");
    same_host_name(&str):
        |name| format!("Both devices are called “{name}”, and nothing contradicts it."),
        |name| format!("Beide apparaten heten “{name}”, en niets spreekt het tegen.");
    same_content(&str):
        |hash| format!("Both have the same content under two names: {hash}."),
        |hash| format!("Beide hebben dezelfde inhoud onder twee namen: {hash}.");
    same_place(&str):
        |path| format!("Both lie at {path}, and nothing contradicts it."),
        |path| format!("Beide staan op {path}, en niets spreekt het tegen.");
    same_process(&str):
        |number| format!("Both are process {number} on one device, and nothing contradicts it."),
        |number| format!("Beide zijn proces {number} op één apparaat, en niets spreekt het tegen.");
    marked_everywhere(usize):
        |n| if n == 1 { "The verdict is set in 1 incident".into() } else { format!("The verdict is set in {n} incidents") },
        |n| if n == 1 { "Het oordeel is in 1 incident gezet".into() } else { format!("Het oordeel is in {n} incidenten gezet") };
}
