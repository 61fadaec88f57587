//! How an entity's facts are stored: one JSON object with the kind and the fields that are set.
//!
//! One writer and one reader serve all kinds, so that a kind costs the program a line in a table and not a reader and
//! a writer of its own: derived ones were a twentieth of the whole page.

use crate::model::Extra;
use crate::model::entity::{EntityKind, Facts, Part};
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.kind().code())?;
        if let Self::Other(other) = self {
            map.serialize_entry("type_name", &other.type_name)?;
            map.serialize_entry("raw", &other.raw)?;
        }
        for (name, part) in self.parts() {
            match part {
                Part::Text(text) => map.serialize_entry(name, text)?,
                Part::List(texts) => map.serialize_entry(name, texts)?,
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(Extra::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The facts that these fields are, or what is wrong with them.
fn read(mut fields: Extra) -> Result<Facts, String> {
    let kind = match fields.get("kind") {
        Some(Value::String(code)) => {
            EntityKind::parse(code).ok_or_else(|| format!("unknown kind `{code}`"))?
        }
        _ => return Err("missing field `kind`".into()),
    };
    Facts::take(kind, &mut fields)
        .map_err(|name| format!("field `{name}` of kind `{}` is of another type", kind.code()))
}

/// Takes the text under this name out; none where there is none.
pub(super) fn take_text(fields: &mut Extra, name: &'static str) -> Result<Option<String>, &'static str> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(name),
    }
}

/// Takes the texts under this name out; none where there are none.
pub(super) fn take_list(fields: &mut Extra, name: &'static str) -> Result<Vec<String>, &'static str> {
    let text = |value| if let Value::String(text) = value { Ok(text) } else { Err(name) };
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(values)) => values.into_iter().map(text).collect(),
        Some(_) => Err(name),
    }
}

/// Takes the object under this name out; an empty one where there is none.
pub(super) fn take_object(fields: &mut Extra, name: &'static str) -> Result<Extra, &'static str> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(Extra::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Device, Other};

    #[test]
    fn every_kind_comes_back_with_every_field() {
        for kind in EntityKind::ALL {
            let mut fields = Extra::new();
            for name in kind.field_names() {
                fields.insert((*name).into(), Value::String((*name).into()));
            }
            // Which fields are lists only the table knows: those refuse a text and are given one in a list.
            while let Err(name) = Facts::take(*kind, &mut fields.clone()) {
                fields.insert(name.into(), serde_json::json!([name]));
            }
            let facts = Facts::take(*kind, &mut fields).unwrap();
            assert_eq!(facts.parts().len(), kind.field_names().len(), "{kind:?}");
            let json = serde_json::to_string(&facts).unwrap();
            assert_eq!(serde_json::from_str::<Facts>(&json).unwrap(), facts, "{json}");
        }
    }

    #[test]
    fn the_json_is_the_kind_and_what_is_set() {
        let facts = Facts::Device(Device {
            dns_name: Some("a.example".into()),
            ip_addresses: vec!["192.0.2.1".into()],
            ..Device::default()
        });
        let json = serde_json::to_string(&facts).unwrap();
        assert_eq!(json, r#"{"kind":"device","dns_name":"a.example","ip_addresses":["192.0.2.1"]}"#);
        let mut raw = Extra::new();
        raw.insert("a".into(), 1.into());
        let other = Facts::Other(Other { type_name: "podEvidence".into(), raw });
        let json = serde_json::to_string(&other).unwrap();
        assert_eq!(json, r#"{"kind":"other","type_name":"podEvidence","raw":{"a":1}}"#);
        assert_eq!(serde_json::from_str::<Facts>(&json).unwrap(), other);
    }

    #[test]
    fn what_is_no_entity_is_refused_with_the_field() {
        for (json, says) in [
            (r#"{"kind":"ip","address":7}"#, "address"),
            (r#"{"kind":"comet"}"#, "comet"),
            (r#"{"address":"192.0.2.1"}"#, "kind"),
        ] {
            let error = serde_json::from_str::<Facts>(json).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
