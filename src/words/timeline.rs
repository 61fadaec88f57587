//! Texts of the timeline of an incident: the list, one event, writing one down.

texts! {
    /// Texts of the timeline.
    Timeline

    title: "Timeline", "Tijdlijn";
    event: "Event", "Gebeurtenis";
    kind: "Kind", "Soort";
    search: "Search the timeline", "Zoeken in de tijdlijn";
    none: "Nothing has a time yet", "Niets heeft nog een tijdstip";
    none_text: "Write down what happened and when: a call, a sign-in, a file that appeared. Timelines of Timesketch and Plaso, rows of advanced hunting and tables with a time and a text can be opened as files.",
        "Schrijf op wat er wanneer gebeurde: een telefoontje, een aanmelding, een bestand dat verscheen. Tijdlijnen van Timesketch en Plaso, rijen van geavanceerd zoeken en tabellen met een tijd en een tekst kun je als bestand openen.";
    add: "Add an event", "Gebeurtenis toevoegen";
    added: "The event stands in the timeline", "De gebeurtenis staat in de tijdlijn";
    remove: "Remove", "Verwijderen";
    written: "As it was written", "Zoals het er stond";
    zone: "Time zone", "Tijdzone";
    zone_local: "This computer's local time", "De lokale tijd van deze computer";
    zone_missing: "zone not stated", "zone niet vermeld";
    time_hint: "Year-month-day and time, as exact as you know it; with Z or +01:00 it says its zone.",
        "Jaar-maand-dag en tijd, zo precies als je het weet; met Z of +01:00 staat de zone erbij.";
    time_unreadable: "Write it like 2026-11-24 08:30:05.", "Schrijf het als 2026-11-24 08:30:05.";
    message_missing: "Say what happened.", "Zeg wat er gebeurde.";
    source_example: "Helpdesk, firewall log", "Helpdesk, logboek van de firewall";
    --
    removed(&str): |what| format!("“{what}” is removed"), |what| format!("“{what}” is verwijderd");
}
