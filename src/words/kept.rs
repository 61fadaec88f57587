//! Texts of playbooks that people keep: on the playbooks page, on a checklist, and in the preview of an import.

texts! {
    /// Texts of kept playbooks.
    Kept

    title: "Your own playbooks", "Eigen draaiboeken";
    --
    way(&str): |way| match way {
        "true" => "it holds".into(),
        "false" => "it does not hold".into(),
        other => other.into(),
    }, |way| match way {
        "true" => "het klopt".into(),
        "false" => "het klopt niet".into(),
        other => other.into(),
    };
}
