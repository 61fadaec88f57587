//! Texts of the page of one incident.
//!
//! The page has many, so English and Dutch of each stand side by side; the table makes both values of them.

use crate::analysis::priority::Band;

texts! {
    /// Texts of the page of one incident.
    Incident

    // The head
    missing_title: "This incident is not here", "Dit incident is er niet";
    missing_action: "Go to the incidents", "Ga naar de incidenten";
    name: "Name of the incident", "Naam van het incident";
    rename: "Rename", "Naam wijzigen";
    written_by_hand: "Written down by hand", "Met de hand opgeschreven";
    open_in_portal: "Open in the portal", "Openen in de portal";
    priority: "Priority", "Prioriteit";
    severity: "Severity", "Ernst";
    status: "Status", "Status";
    classification: "Classification", "Classificatie";
    determination: "Determination", "Vaststelling";
    assignee: "Assigned to", "Toegewezen aan";
    tags: "Tags", "Labels";
    add_tag: "Add a tag", "Label toevoegen";
    overruled: "overruled", "zelf bepaald";
    path: "Progress by phase", "Voortgang per fase";
    tabs: "Views of the incident", "Weergaven van het incident";
    checklist: "Checklist", "Checklist";
    overview: "Overview", "Overzicht";
    alerts: "Alerts", "Waarschuwingen";
    entities: "Entities", "Entiteiten";
    evidence_items: "Evidence items", "Bewijsstukken";
    notes: "Notes", "Notities";
    activity: "Activity", "Activiteit";
    report: "Report", "Rapport";

    // Acts
    take: "Take it", "Pak op";
    taken: "The incident is yours now", "Het incident is nu van jou";
    resolve: "Resolve", "Oplossen";
    resolved: "The incident is resolved", "Het incident is opgelost";
    reopen: "Reopen", "Heropenen";
    reopened: "The incident is open again", "Het incident is weer open";
    assign: "Assign", "Toewijzen";
    assign_save: "Assign", "Toewijzen";
    assign_to_me: "Assign to me", "Aan mij toewijzen";
    assign_example: "A name", "Een naam";
    assign_hint: "Active alerts go along, and the time to acknowledge stops.",
        "Actieve waarschuwingen gaan mee, en de tijd tot oppakken stopt.";
    unassign: "Unassign", "Niet meer toewijzen";
    unassigned_now: "The incident is nobody's now", "Het incident is nu van niemand";
    classify: "Classify", "Classificeren";
    classify_hint: "What it turned out to be. It can be changed until the end.",
        "Wat het bleek te zijn. Je kunt het tot het einde wijzigen.";
    change_priority: "Explain or overrule the priority", "Prioriteit uitleggen of zelf bepalen";
    mark_contained: "Mark as contained", "Markeren als ingesloten";
    mark_reviewed: "Mark as reviewed", "Markeren als geëvalueerd";
    delete: "Delete the incident", "Incident verwijderen";
    save: "Save", "Bewaren";
    edit: "Edit", "Bewerken";
    now: "Now", "Nu";
    show: "Show", "Toon";
    show_steps: "Show the steps", "Toon de stappen";
    show_more: "Show more", "Meer tonen";
    previous: "Previous", "Vorige";
    next: "Next", "Volgende";
    reason: "Reason", "Reden";

    // Priority
    priority_about: "From 0 to 100: severity and what is affected count most; time that passes while nobody has it adds to it.",
        "Van 0 tot 100: de ernst en wat er geraakt is tellen het meest; tijd die verstrijkt terwijl niemand het heeft, telt erbij op.";
    priority_own: "Your own priority", "Je eigen prioriteit";
    priority_value: "Priority, 0 to 100", "Prioriteit, 0 tot 100";
    priority_overrule: "Overrule", "Zelf bepalen";
    priority_take_back: "Use the computed one again", "Weer de berekende gebruiken";
    priority_range: "Write a whole number from 0 to 100.", "Schrijf een heel getal van 0 tot 100.";
    priority_reason_missing: "Say why, so that others understand it.", "Zeg waarom, zodat anderen het begrijpen.";
    priority_reason_example: "The laptop belongs to the chair of the board", "De laptop is van de voorzitter van het bestuur";

    // Clocks
    clocks: "Times", "Tijden";
    change_clocks: "Correct the times", "Tijden verbeteren";
    not_yet: "not yet", "nog niet";
    to_acknowledge: "Time to acknowledge", "Tijd tot oppakken";
    to_contain: "Time to contain", "Tijd tot insluiten";
    to_remediate: "Time to remediate", "Tijd tot oplossen";

    // Resolving
    still_open: "Still open", "Nog open";
    still_open_hint: "You can resolve it all the same. What is left open stays on record.",
        "Je kunt het toch oplossen. Wat open blijft, blijft vastgelegd.";
    nothing_open: "Nothing is open any more", "Er staat niets meer open";
    closing_note: "Closing note", "Slotnotitie";
    closing_note_hint: "What was concluded, and what the next reader has to know. It stands in the report.",
        "Wat de conclusie is, en wat de volgende lezer moet weten. Het komt in het rapport.";
    classification_missing: "Choose what it turned out to be.", "Kies wat het bleek te zijn.";
    determination_missing: "Choose the kind of activity behind it.", "Kies het soort activiteit erachter.";

    // Overview
    what_happened: "What happened", "Wat er gebeurde";
    all_alerts: "All alerts", "Alle waarschuwingen";
    story_nothing: "Nothing has been detected about this yet: no alert is part of it. Write down what you know, and add the devices and people it is about.",
        "Hierover is nog niets gedetecteerd: er hoort geen waarschuwing bij. Schrijf op wat je weet, en voeg de apparaten en mensen toe om wie het gaat.";
    figures: "Key figures", "Kerncijfers";
    active_alerts: "Active alerts", "Actieve waarschuwingen";
    assets: "Assets", "Bedrijfsmiddelen";
    evidence_and_response: "Evidence and response", "Bewijs en reactie";
    malicious_entities: "Malicious", "Kwaadaardig";
    matters: "What matters now", "Wat er nu toe doet";
    matters_nothing: "Nothing waits for you here.", "Er wacht hier niets op je.";
    matter_overdue: "A step should have been done by now", "Een stap had al klaar moeten zijn";
    matter_not_contained: "It is not contained yet", "Het is nog niet ingesloten";
    matter_unclassified: "It has not been classified yet", "Het is nog niet geclassificeerd";
    matter_not_reviewed: "The review has not been held yet", "De evaluatie is nog niet gehouden";
    review_open: "Write the review", "Schrijf de evaluatie";
    attack: "Tactics and techniques", "Tactieken en technieken";
    no_tactic: "Without a tactic", "Zonder tactiek";
    top_entities: "Entities that matter most", "Belangrijkste entiteiten";
    all_entities: "All entities", "Alle entiteiten";
    description: "Description", "Beschrijving";
    no_description: "Nothing is written here yet. Say in a few sentences what this is about.",
        "Hier staat nog niets. Zeg in een paar zinnen waar dit over gaat.";

    // Lists
    nothing_found: "Nothing matches", "Niets gevonden";
    nothing_found_text: "No entry fits all the filters at once. Take some away to see more.",
        "Niets past bij alle filters tegelijk. Haal er een paar weg om meer te zien.";
    clear_filters: "Clear the filters", "Filters wissen";
    clear_selection: "Clear the selection", "Selectie wissen";
    bulk: "With what is selected", "Met wat geselecteerd is";
    set_status: "Set the status", "Status instellen";
    your_judgement: "Your judgement", "Jouw oordeel";
    other_fields: "Other fields, as they came", "Overige velden, zoals ze kwamen";

    // Alerts
    alert: "Alert", "Waarschuwing";
    category: "Category", "Categorie";
    source: "Product", "Product";
    detection_source: "Detected by", "Gedetecteerd door";
    investigation: "Automated investigation", "Geautomatiseerd onderzoek";
    threat: "Threat family", "Dreigingsfamilie";
    actor: "Actor", "Actor";
    source_id: "ID at the source", "ID bij de bron";
    first_activity: "First activity", "Eerste activiteit";
    last_activity: "Last activity", "Laatste activiteit";
    raised: "Raised", "Gemeld";
    updated: "Updated", "Bijgewerkt";
    resolved_at: "Resolved", "Opgelost";
    techniques: "Techniques", "Technieken";
    recommended_actions: "What the product advises", "Wat het product adviseert";
    not_resolved: "Not resolved", "Niet opgelost";
    search_alerts: "Search the alerts", "Zoek in de waarschuwingen";
    classify_alerts: "Classify the selected alerts", "Geselecteerde waarschuwingen classificeren";
    no_alerts: "No alerts", "Geen waarschuwingen";
    no_alerts_text: "This incident was written down by hand. Open a file from Defender to bring alerts in.",
        "Dit incident is met de hand opgeschreven. Open een bestand uit Defender om waarschuwingen binnen te halen.";
    alert_gone: "An alert that is not here any more", "Een waarschuwing die er niet meer is";

    // Entities
    entity: "Entity", "Entiteit";
    kind: "Kind", "Soort";
    group: "Group", "Groep";
    verdict: "Verdict", "Oordeel";
    remediation: "Remediation", "Remediëring";
    sightings: "Sightings", "Vindplaatsen";
    critical: "Critical", "Kritiek";
    critical_label: "Critical: raises the incident's priority", "Kritiek: verhoogt de prioriteit van het incident";
    note: "Your note", "Jouw notitie";
    note_hint: "Saved when you leave the field.", "Wordt bewaard zodra je het veld verlaat.";
    needs_approval: "Waits for approval", "Wacht op goedkeuring";
    needs_remediation: "Remediation failed", "Remediëring mislukt";
    search_entities: "Search the entities", "Zoek in de entiteiten";
    add_entity: "Add an entity", "Entiteit toevoegen";
    add_entity_hint: "Fill in what you know; one field is enough. Defanged addresses are understood.",
        "Vul in wat je weet; één veld is genoeg. Onklikbaar gemaakte adressen worden begrepen.";
    entity_empty: "Fill in at least one field.", "Vul ten minste één veld in.";
    remove_entity: "Remove", "Verwijderen";
    no_entities: "No entities", "Geen entiteiten";
    no_entities_text: "Add the devices, accounts and addresses that this is about; steps can be linked to them.",
        "Voeg de apparaten, accounts en adressen toe waar het over gaat; je kunt er stappen aan koppelen.";
    no_sightings: "No alert names it.", "Geen waarschuwing noemt het.";
    linked_steps: "Steps about it", "Stappen hierover";
    copy_name: "Copy", "Kopiëren";
    copy_defanged: "Copy defanged", "Onklikbaar kopiëren";
    copy_live: "Copy as it is", "Kopiëren zoals het is";
    follow_up_text: "What is found later is handled like what was found first: find out what happened on it, and keep it from doing more harm.",
        "Wat later gevonden wordt, behandel je als wat eerst gevonden werd: zoek uit wat er gebeurde, en voorkom dat het meer schade doet.";
    follow_up_add: "Add the two steps", "Voeg de twee stappen toe";
    follow_up_added: "Two steps are on the checklist now", "Er staan twee stappen op de checklist";

    // Notes
    write_note: "Write a note", "Schrijf een notitie";
    note_text: "Note", "Notitie";
    markdown_hint: "Markdown: # heading, **bold**, - list, `code`, | table |. Links are shown with their host.",
        "Markdown: # kop, **vet**, - lijst, `code`, | tabel |. Links worden met hun host getoond.";
    preview: "Preview", "Voorbeeld";
    edited: "edited", "bewerkt";
    delete_note: "Delete the note", "Notitie verwijderen";
    note_deleted: "The note is deleted", "De notitie is verwijderd";
    no_notes: "No notes yet", "Nog geen notities";
    no_notes_text: "Keep what you find as you find it: what you saw, what you ruled out, whom you called.",
        "Leg vast wat je vindt terwijl je het vindt: wat je zag, wat je uitsloot, wie je belde.";

    // Activity
    activity_kind: "Kind of entry", "Soort regel";
    person: "Person", "Persoon";
    changes: "Changes", "Wijzigingen";
    comments: "Comments", "Opmerkingen";
    imports: "Imports", "Imports";
    no_activity: "Nothing to show", "Niets te tonen";
    no_activity_text: "Everything that is done to this incident stands here, and what people say about it.",
        "Hier staat alles wat er met dit incident gebeurt, en wat mensen erover zeggen.";
    comment: "Comment", "Opmerking";
    comment_example: "Say something to the others", "Zeg iets tegen de anderen";
    comment_add: "Add the comment", "Opmerking toevoegen";
    comment_retract: "Take back", "Intrekken";
    comment_restore: "Let it stand", "Laten staan";
    comment_retracted: "This comment was taken back.", "Deze opmerking is ingetrokken.";

    // Report and review
    report_parts: "Parts of the report", "Onderdelen van het rapport";
    defang: "Defang indicators", "Indicatoren onklikbaar maken";
    defang_hint: "Addresses of the attacker are written so that nobody opens them by accident.",
        "Adressen van de aanvaller worden zo geschreven dat niemand ze per ongeluk opent.";
    download_html: "Download as HTML", "Downloaden als HTML";
    download_markdown: "Download as Markdown", "Downloaden als Markdown";
    download_failed: "The browser did not make the file. Copy the Markdown instead.",
        "De browser maakte het bestand niet. Kopieer in plaats daarvan de Markdown.";
    copy_markdown: "Copy the Markdown", "Markdown kopiëren";
    review: "Review", "Evaluatie";
    review_hint: "Hold it within two weeks, with everybody who took part. Each answer is saved when you leave its field.",
        "Houd hem binnen twee weken, met iedereen die meedeed. Elk antwoord wordt bewaard zodra je het veld verlaat.";
    --
    missing_text(&str):
        |id| format!("No incident “{id}” is kept in this browser. It may have been deleted, or the link may come from another notebook."),
        |id| format!("In deze browser staat geen incident “{id}”. Misschien is het verwijderd, of komt de link uit een ander notitieboek.");
    deleted(&str):
        |name| format!("“{name}” is deleted"),
        |name| format!("“{name}” is verwijderd");
    origin(&str, &str):
        |system, id| match system {
            "defender" => format!("Incident {id} in Microsoft Defender"),
            "first hour" => format!("Guided first incident, number {id}"),
            "misp" => format!("Event {id} in MISP"),
            "stix" => format!("{id} in a STIX bundle"),
            other => format!("Incident {id} in {other}"),
        },
        |system, id| match system {
            "defender" => format!("Incident {id} in Microsoft Defender"),
            "first hour" => format!("Begeleid eerste incident, nummer {id}"),
            "misp" => format!("Event {id} in MISP"),
            "stix" => format!("{id} in een STIX-bundel"),
            other => format!("Incident {id} in {other}"),
        };
    priority_of(u8, &str):
        |value, band| format!("{value} · {band}"),
        |value, band| format!("{value} · {band}");
    priority_computed(u8):
        |value| format!("computed: {value}"),
        |value| format!("berekend: {value}");
    band(Band):
        |band| match band { Band::Top => "top", Band::Medium => "medium", Band::Low => "low" }.to_owned(),
        |band| match band { Band::Top => "hoogste", Band::Medium => "gemiddeld", Band::Low => "laag" }.to_owned();
    assigned_now(&str):
        |name| format!("Assigned to {name}"),
        |name| format!("Toegewezen aan {name}");
    clock_set(&str):
        |clock| format!("{clock}: now"),
        |clock| format!("{clock}: nu");
    clocks_hint(bool):
        |utc| format!("Times are in {}.", if utc { "UTC" } else { "your own time zone" }),
        |utc| format!("Tijden zijn in {}.", if utc { "UTC" } else { "je eigen tijdzone" });
    open_steps(usize, &str):
        |n, phase| format!("{n} {} in {phase}", if n == 1 { "step" } else { "steps" }),
        |n, phase| format!("{n} {} in {phase}", if n == 1 { "stap" } else { "stappen" });
    open_alerts(usize):
        |n| if n == 1 { "1 active alert (it will be resolved too)".into() } else { format!("{n} active alerts (they will be resolved too)") },
        |n| if n == 1 { "1 actieve waarschuwing (wordt ook opgelost)".into() } else { format!("{n} actieve waarschuwingen (worden ook opgelost)") };
    open_approvals(usize):
        |n| if n == 1 { "1 remediation waits for approval".into() } else { format!("{n} remediations wait for approval") },
        |n| if n == 1 { "1 remediëring wacht op goedkeuring".into() } else { format!("{n} remediëringen wachten op goedkeuring") };
    open_failures(usize):
        |n| if n == 1 { "1 remediation or investigation failed".into() } else { format!("{n} remediations or investigations failed") },
        |n| if n == 1 { "1 remediëring of onderzoek mislukte".into() } else { format!("{n} remediëringen of onderzoeken mislukten") };
    matter_unassigned(&str):
        |waited| format!("Nobody has it; it has waited for {waited}"),
        |waited| format!("Niemand heeft het; het wacht al {waited}");
    matter_malicious(usize):
        |n| if n == 1 { "1 malicious entity, and containment has not been declared".into() } else { format!("{n} malicious entities, and containment has not been declared") },
        |n| if n == 1 { "1 kwaadaardige entiteit, en het is nog niet ingesloten".into() } else { format!("{n} kwaadaardige entiteiten, en het is nog niet ingesloten") };
    of_alerts(usize):
        |n| format!("of {n}"),
        |n| format!("van {n}");
    story_alerts(&str, &str):
        |alerts, products| format!("{alerts} from {products}."),
        |alerts, products| format!("{alerts} van {products}.");
    story_span(&str, &str, &str):
        |first, last, span| if first == last { format!("It happened on {first}.") } else { format!("It began on {first} and was last active on {last}, {span} later.") },
        |first, last, span| if first == last { format!("Het gebeurde op {first}.") } else { format!("Het begon op {first} en was het laatst actief op {last}, {span} later.") };
    story_first(&str):
        |title| format!("The first alert: “{title}”."),
        |title| format!("De eerste waarschuwing: “{title}”.");
    story_assets(&str):
        |assets| format!("It touches {assets}."),
        |assets| format!("Geraakt: {assets}.");
    story_malicious(usize):
        |n| if n == 1 { "1 entity was found malicious.".into() } else { format!("{n} entities were found malicious.") },
        |n| if n == 1 { "1 entiteit bleek kwaadaardig.".into() } else { format!("{n} entiteiten bleken kwaadaardig.") };
    histogram(&str, &str, usize):
        |from, to, most| format!("Alerts over time, from {from} to {to}; at most {most} in one stretch"),
        |from, to, most| format!("Waarschuwingen in de tijd, van {from} tot {to}; hooguit {most} in één stuk");
    shown(usize, usize):
        |found, total| if found == total { format!("{total} shown") } else { format!("{found} of {total} shown") },
        |found, total| if found == total { format!("{total} getoond") } else { format!("{found} van {total} getoond") };
    place_in_list(usize, usize):
        |place, total| format!("{place} of {total}"),
        |place, total| format!("{place} van {total}");
    alerts_changed(usize):
        |n| if n == 1 { "1 alert changed".into() } else { format!("{n} alerts changed") },
        |n| if n == 1 { "1 waarschuwing gewijzigd".into() } else { format!("{n} waarschuwingen gewijzigd") };
    entities_changed(usize):
        |n| if n == 1 { "1 entity changed".into() } else { format!("{n} entities changed") },
        |n| if n == 1 { "1 entiteit gewijzigd".into() } else { format!("{n} entiteiten gewijzigd") };
    entity_added(&str):
        |name| format!("“{name}” is added"),
        |name| format!("“{name}” is toegevoegd");
    entity_removed(&str):
        |name| format!("“{name}” is removed"),
        |name| format!("“{name}” is verwijderd");
    sightings_of(usize):
        |n| format!("Sightings ({n})"),
        |n| format!("Vindplaatsen ({n})");
    raw_of(&str):
        |kind| format!("{kind}, as it came"),
        |kind| format!("{kind}, zoals het kwam");
    follow_up(&str):
        |name| format!("Handle {name} like the others?"),
        |name| format!("{name} behandelen zoals de andere?");
    follow_up_analyse(&str):
        |name| format!("Find out what happened on {name}"),
        |name| format!("Zoek uit wat er op {name} gebeurde");
    follow_up_contain(&str):
        |name| format!("Contain {name}"),
        |name| format!("Sluit {name} in");
    comment_too_long(usize, usize):
        |length, limit| format!("{length} characters are too many; shorten it to {limit}."),
        |length, limit| format!("{length} tekens is te veel; kort het in tot {limit}.");
}
