//! The Traffic Light Protocol 2.0 (FIRST, 2022): how far a piece of information may go, and how other people's data says so.
//!
//! MISP tags it (`tlp:amber`), STIX points at one of a few marking definitions, people write it into their texts
//! (`TLP:AMBER+STRICT`). Version 1's `TLP:WHITE` is `TLP:CLEAR`.

use serde_json::Value;

/// How far something may go, from everywhere to nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tlp {
    /// To everybody.
    Clear,
    /// Within the community, not in public.
    Green,
    /// Within the organisation and its clients.
    Amber,
    /// Within the organisation.
    AmberStrict,
    /// To those only who were told.
    Red,
}

/// Ids of the marking definitions by which STIX names each: version 1 (STIX 2.1, section 7.2.1.4), then version 2 (its
/// TLP 2.0 extension). CACAO 2.0 uses the latter too.
const STIX_IDS: [(&str, Tlp); 9] = [
    ("613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::Clear),
    ("34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::Green),
    ("f88d31f6-486f-44da-b317-01333bde0b82", Tlp::Amber),
    ("5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::Red),
    ("94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::Clear),
    ("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::Green),
    ("55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::Amber),
    ("939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::AmberStrict),
    ("e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::Red),
];

impl Tlp {
    /// Every level, the least strict first.
    pub const ALL: [Self; 5] = [Self::Clear, Self::Green, Self::Amber, Self::AmberStrict, Self::Red];

    /// The level in the words of the protocol, such as `amber+strict`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::AmberStrict => "amber+strict",
            Self::Red => "red",
        }
    }

    /// The level of this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// The label as it is written over a document, such as `TLP:AMBER+STRICT`.
    pub fn label(self) -> String {
        format!("TLP:{}", self.code().to_ascii_uppercase())
    }

    /// The UUID of its marking definition, version 2.
    pub fn uuid(self) -> &'static str {
        STIX_IDS.iter().rev().find(|(_, level)| *level == self).map_or("", |(uuid, _)| uuid)
    }

    /// The strictest level that is written anywhere in a text: as a label, as a tag, or as the id of a marking definition.
    pub fn strictest_in(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let labels = lower.match_indices("tlp:").filter_map(|(at, label)| {
            let begins = !lower[..at].ends_with(|letter: char| letter.is_alphanumeric());
            if begins { level_at(lower[at + label.len()..].trim_start_matches(' ')) } else { None }
        });
        let ids = ["marking-definition--", "marking-tlp--"].into_iter().flat_map(|prefix| {
            lower.match_indices(prefix).filter_map(|(at, prefix)| {
                let uuid = lower.get(at + prefix.len()..)?.get(..36)?;
                STIX_IDS.iter().find(|(known, _)| *known == uuid).map(|(_, level)| *level)
            })
        });
        labels.chain(ids).max()
    }

    /// The level of a number, as `TheHive` has it: 0 is for everybody. What 3 means has changed with its versions, so it is
    /// the stricter of the two.
    pub fn numbered(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::Clear),
            1 => Some(Self::Green),
            2 => Some(Self::Amber),
            3 | 4 => Some(Self::Red),
            _ => None,
        }
    }

    /// The strictest level that is written anywhere in a JSON value.
    pub fn strictest_in_json(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Self::strictest_in(text),
            Value::Array(items) => items.iter().filter_map(Self::strictest_in_json).max(),
            Value::Object(fields) => fields.values().filter_map(Self::strictest_in_json).max(),
            Value::Null | Value::Bool(_) | Value::Number(_) => None,
        }
    }
}

/// The level that a text in lower case begins with.
fn level_at(text: &str) -> Option<Tlp> {
    let end = text.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(text.len());
    match &text[..end] {
        "clear" | "white" => Some(Tlp::Clear),
        "green" => Some(Tlp::Green),
        "amber" if text[end..].trim_start_matches(['+', '-', '_', ' ']).starts_with("strict") => {
            Some(Tlp::AmberStrict)
        }
        "amber" => Some(Tlp::Amber),
        "red" => Some(Tlp::Red),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_way_of_marking_is_read() {
        for (text, level) in [
            ("tlp:white", Some(Tlp::Clear)),
            ("TLP:CLEAR", Some(Tlp::Clear)),
            ("tlp:green", Some(Tlp::Green)),
            ("TLP: AMBER", Some(Tlp::Amber)),
            ("tlp:amber+strict", Some(Tlp::AmberStrict)),
            ("TLP:AMBER-STRICT", Some(Tlp::AmberStrict)),
            ("only for you (TLP:RED), please", Some(Tlp::Red)),
            ("TLP:GREEN below the line, TLP:RED above", Some(Tlp::Red)),
            ("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", Some(Tlp::Amber)),
            ("marking-definition--E828B379-4E03-4974-9AC4-E53A884C97C1", Some(Tlp::Red)),
            ("marking-tlp--e828b379-4e03-4974-9ac4-e53a884c97c1", Some(Tlp::Red)),
            ("tlp:unclear", None),
            ("tlp:reddish", None),
            ("httlp:red", None),
            ("marking-definition--é", None),
            ("", None),
        ] {
            assert_eq!(Tlp::strictest_in(text), level, "{text}");
        }
        let nested = json!({"Tag": [{"name": "tlp:green"}], "granular_markings": [{"marking_ref": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"}]});
        assert_eq!(Tlp::strictest_in_json(&nested), Some(Tlp::AmberStrict));
    }

    #[test]
    fn a_level_has_one_code_one_label_and_the_id_of_version_two() {
        for level in Tlp::ALL {
            assert_eq!(Tlp::parse(level.code()), Some(level));
            assert_eq!(Tlp::strictest_in(&level.label()), Some(level));
            assert_eq!(Tlp::strictest_in(&format!("marking-definition--{}", level.uuid())), Some(level));
        }
        assert_eq!(Tlp::Clear.uuid(), "94868c89-83c2-464b-929b-a1a8aa3c8487");
        assert!(Tlp::Amber < Tlp::AmberStrict && Tlp::AmberStrict < Tlp::Red);
    }
}
