//! Texts of evidence items: the tab of an incident, adding one, its chain of custody and what can be recorded in it.

use crate::notebook::custody::Whereabouts;

texts! {
    /// Texts of evidence items.
    Evidence

    // The list
    title: "Evidence items", "Bewijsstukken";
    item: "Evidence item", "Bewijsstuk";
    held_by: "Held by", "In handen van";
    kept_at: "Kept at", "Bewaard op";
    hash: "Hash", "Hash";
    recorded_hash: "recorded", "vastgelegd";
    no_hash: "none", "geen";
    has_gap: "gap in the chain", "gat in de keten";
    last_checked: "Last checked", "Laatst gecontroleerd";
    none: "No evidence items", "Geen bewijsstukken";
    none_text: "Record what you secure: files, images, logs, devices. Each gets its hash, and a chain of custody of who had it, when and where.",
        "Leg vast wat je veiligstelt: bestanden, schijfkopieën, logboeken, apparaten. Elk krijgt zijn hash, en een bewaarketen van wie het had, wanneer en waar.";
    save_register: "Save the register as CSV", "Register bewaren als CSV";
    register_failed: "The browser did not make the file. The report holds the same table.",
        "De browser maakte het bestand niet. Het rapport bevat dezelfde tabel.";

    // Adding
    add: "Add evidence items", "Bewijsstukken toevoegen";
    drop_here: "Drop files here, or choose them", "Laat bestanden hier los, of kies ze";
    drop_hint: "Their size and SHA-256 are computed on this computer. The files themselves are not kept: put them where they are safe.",
        "Hun grootte en SHA-256 worden op deze computer berekend. De bestanden zelf worden niet bewaard: zet ze waar ze veilig zijn.";
    choose_files: "Choose files", "Bestanden kiezen";
    by_hand: "Without a file, describe the item yourself.", "Zonder bestand beschrijf je het bewijsstuk zelf.";
    files: "Files", "Bestanden";
    remove_file: "Leave out", "Weglaten";
    collected_by: "Collected by", "Veiliggesteld door";
    collected_at: "Collected at", "Veiliggesteld op";
    collected_at_utc: "Collected at (UTC)", "Veiliggesteld op (UTC)";
    kept_at_example: "Evidence safe 2, share \\\\srv\\evidence", "Kluis 2, map \\\\srv\\bewijs";
    nothing_taken: "no entity", "geen entiteit";
    name_missing: "Say what it is, or choose a file.", "Zeg wat het is, of kies een bestand.";
    who_missing: "Say who.", "Zeg wie.";
    time_missing: "Say when.", "Zeg wanneer.";
    place_missing: "Say where.", "Zeg waar.";
    reason_missing: "Say why, so that others can follow the chain.", "Zeg waarom, zodat anderen de keten kunnen volgen.";
    not_a_number: "Write a whole number of bytes.", "Schrijf een heel aantal bytes.";
    cannot_read: "The browser could not read this file. Choose it again.",
        "De browser kon dit bestand niet lezen. Kies het opnieuw.";

    // One item
    remove: "Remove", "Verwijderen";
    describe: "Correct the description", "Beschrijving verbeteren";
    describe_hint: "Each change is saved when you leave its field, and stands in the chain of custody.",
        "Elke wijziging wordt bewaard zodra je het veld verlaat, en staat in de bewaarketen.";
    chain: "Chain of custody", "Bewaarketen";
    chain_hint: "Entries are only ever added. One that is wrong is withdrawn, which is an entry too.",
        "Er komen alleen regels bij. Een regel die niet klopt trek je in, en ook dat is een regel.";
    gone: "an entity that is not here any more", "een entiteit die er niet meer is";
    recorded: "recorded by", "vastgelegd door";
    withdrawn: "withdrawn by", "ingetrokken door";

    // Recording
    hand_over: "Hand over", "Overdragen";
    move_it: "Move", "Verplaatsen";
    check_hash: "Check the hash", "Hash controleren";
    record: "Record", "Vastleggen";
    other: "More", "Meer";
    handling: "What was done", "Wat er gedaan is";
    copied: "A working copy was made", "Er is een werkkopie gemaakt";
    examined: "It was examined", "Het is onderzocht";
    returned: "It was returned", "Het is teruggegeven";
    destroyed: "It was destroyed", "Het is vernietigd";
    collected: "It was collected", "Het is veiliggesteld";
    released_by: "Released by", "Overgedragen door";
    received_by: "Received by", "Ontvangen door";
    done_by: "Done by", "Gedaan door";
    at: "When", "Wanneer";
    at_utc: "When (UTC)", "Wanneer (UTC)";
    new_place: "Kept at, from now on", "Bewaard op, vanaf nu";
    same_place: "empty: as before", "leeg: zoals eerst";
    why: "Why, or what exactly", "Waarom, of wat precies";
    withdraw: "Withdraw", "Intrekken";
    withdraw_this: "Withdraw an entry", "Een regel intrekken";
    withdraw_hint: "The entry stays in the chain, marked as withdrawn. Record it anew as it was.",
        "De regel blijft in de keten staan, als ingetrokken. Leg opnieuw vast hoe het was.";
    withdraw_why: "Why it does not hold", "Waarom het niet klopt";

    // Checking
    check_drop: "Drop the file here again, or choose it", "Laat het bestand hier opnieuw los, of kies het";
    check_hint: "Its SHA-256 is computed anew and compared. What comes of it stands in the chain of custody.",
        "De SHA-256 wordt opnieuw berekend en vergeleken. De uitkomst staat in de bewaarketen.";
    choose_file: "Choose the file", "Bestand kiezen";
    should_be: "Recorded", "Vastgelegd";
    is_now: "This file", "Dit bestand";
    matches: "It matches: the file is what it was", "Het klopt: het bestand is wat het was";
    differs: "It does not match: this is another file, or it has changed",
        "Het klopt niet: dit is een ander bestand, of het is veranderd";
    nothing_to_compare: "No hash was recorded before. This one is now.",
        "Er was nog geen hash vastgelegd. Deze nu wel.";

    // In a step
    linked: "Linked evidence items", "Gekoppelde bewijsstukken";
    link: "Link an evidence item", "Bewijsstuk koppelen";
    link_placeholder: "Number or name", "Nummer of naam";
    --
    hashing(&str, &str, &str):
        |name, done, of| format!("{name}: {done} of {of}"),
        |name, done, of| format!("{name}: {done} van {of}");
    added(usize, &str):
        |n, one| if n == 1 { format!("“{one}” is added") } else { format!("{n} evidence items are added") },
        |n, one| if n == 1 { format!("“{one}” is toegevoegd") } else { format!("{n} bewijsstukken zijn toegevoegd") };
    removed(&str):
        |name| format!("“{name}” is removed; its chain of custody stays in the activity log"),
        |name| format!("“{name}” is verwijderd; de bewaarketen blijft in de activiteit staan");
    add_these(usize):
        |n| if n < 2 { "Add".into() } else { format!("Add {n} items") },
        |n| if n < 2 { "Toevoegen".into() } else { format!("{n} stuks toevoegen") };
    gap(&str):
        |holder| format!("Gap: by the entries before, {holder} had it."),
        |holder| format!("Gat: volgens de regels ervoor had {holder} het.");
    whereabouts(Whereabouts, &str):
        |whereabouts, holder| match whereabouts {
            Whereabouts::Unrecorded => "not recorded as collected".into(),
            Whereabouts::Held => holder.into(),
            Whereabouts::Returned => format!("returned to {holder}"),
            Whereabouts::Destroyed => "destroyed".into(),
        },
        |whereabouts, holder| match whereabouts {
            Whereabouts::Unrecorded => "niet vastgelegd als veiliggesteld".into(),
            Whereabouts::Held => holder.into(),
            Whereabouts::Returned => format!("teruggegeven aan {holder}"),
            Whereabouts::Destroyed => "vernietigd".into(),
        };
    checked(bool):
        |matches| if matches { "matches" } else { "does not match" }.into(),
        |matches| if matches { "klopt" } else { "klopt niet" }.into();
    no_such_item(&str):
        |text| format!("There is no evidence item called “{text}” in this incident. Choose one from the list."),
        |text| format!("Er is in dit incident geen bewijsstuk dat “{text}” heet. Kies er een uit de lijst.");
}
