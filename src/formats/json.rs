//! JSON as a reader takes it apart: objects whose fields are taken out one by one, so that what is left over is
//! exactly what has no name here and can be kept.
//!
//! Texts and names borrow from the file where they can, which makes this about twice as fast to build as
//! `serde_json::Value` and spares a search tree for every one of thousands of small objects.

use crate::model::{Extra, Time};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};
use std::borrow::Cow;
use std::fmt;

/// A JSON value that borrows its texts from the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Json<'a> {
    /// `null`, or a value that was taken out.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object.
    Object(Fields<'a>),
}

/// An object's fields in the order they came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Json<'a> {
    /// A text, number or truth value as text; none for everything else and for a text without a visible character.
    fn scalar(&self) -> Option<String> {
        match self {
            Self::Text(text) if !text.trim().is_empty() => Some(text.clone().into_owned()),
            Self::Number(number) => Some(number.to_string()),
            Self::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    /// The object's fields.
    pub fn as_object(&self) -> Option<&Fields<'a>> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// Whether it holds nothing worth keeping: nothing at all, or an empty array, object or text.
    pub fn is_void(&self) -> bool {
        match self {
            Self::Null => true,
            Self::List(items) => items.iter().all(Self::is_void),
            Self::Object(fields) => fields.0.iter().all(|(_, value)| value.is_void()),
            Self::Text(text) => text.is_empty(),
            Self::Bool(_) | Self::Number(_) => false,
        }
    }

    fn renamed(self, rename: &impl Fn(&str) -> Option<Cow<'a, str>>) -> Self {
        match self {
            Self::List(items) => Self::List(items.into_iter().map(|item| item.renamed(rename)).collect()),
            Self::Object(fields) => Self::Object(fields.renamed(rename)),
            other => other,
        }
    }

    /// The value in the model's form, without what is void.
    fn into_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Number(number) => Value::Number(number),
            Self::Text(text) => Value::String(text.into_owned()),
            Self::List(items) => Value::Array(items.into_iter().map(Self::into_value).collect()),
            Self::Object(fields) => Value::Object(fields.into_extra()),
        }
    }
}

impl<'a> Fields<'a> {
    /// The last field of this name counts, as in every browser; an earlier one of the same name is left over.
    fn find(&self, name: &str) -> Option<usize> {
        self.0.iter().rposition(|(key, _)| key == name)
    }

    /// The value of a field, unless it is `null` or was taken out.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.find(name).map(|at| &self.0[at].1).filter(|value| **value != Json::Null)
    }

    /// Whether the source says anything of one of these fields, even if it says `null`.
    pub fn states(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.find(name).is_some())
    }

    /// Whether there is a value under this name.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The text under this name, without taking it out.
    pub fn peek(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Every name that is there, in the order they came.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_ref())
    }

    /// Takes a value out.
    pub fn take(&mut self, name: &str) -> Option<Json<'a>> {
        let at = self.find(name)?;
        Some(std::mem::take(&mut self.0[at].1)).filter(|value| *value != Json::Null)
    }

    /// Puts a value back, or a new one in.
    pub fn put(&mut self, name: &str, value: Json<'a>) {
        match self.find(name) {
            Some(at) => self.0[at].1 = value,
            None => self.0.push((Cow::Owned(name.to_owned()), value)),
        }
    }

    /// Takes out a text; a number or truth value becomes one. What is neither stays where it is.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let at = self.find(name)?;
        match &mut self.0[at].1 {
            Json::Text(text) => {
                let text = std::mem::take(text);
                self.0[at].1 = Json::Null;
                (!text.trim().is_empty()).then(|| text.into_owned())
            }
            Json::Number(_) | Json::Bool(_) => std::mem::take(&mut self.0[at].1).scalar(),
            Json::Null | Json::List(_) | Json::Object(_) => None,
        }
    }

    /// Takes out the first of several spellings that holds a text.
    pub fn text_of(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(name))
    }

    /// Takes out a list of texts; a lone text counts as a list of one. Elements that are no text stay where they are.
    pub fn texts(&mut self, name: &str) -> Vec<String> {
        match self.take(name) {
            Some(Json::List(items)) => {
                let (mut texts, mut rest) = (Vec::with_capacity(items.len()), Vec::new());
                for item in items {
                    match item.scalar() {
                        Some(text) => texts.push(text),
                        None => rest.push(item),
                    }
                }
                self.put(name, Json::List(rest));
                texts
            }
            Some(Json::Object(fields)) => {
                self.put(name, Json::Object(fields));
                Vec::new()
            }
            Some(value) => value.scalar().into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Takes out a list of objects; a lone object counts as a list of one (some exporters unwrap single elements).
    /// Elements that are no object, or one without fields, stay where they are. Each object comes with its place in
    /// the list.
    pub fn objects(&mut self, name: &str) -> Vec<(usize, Fields<'a>)> {
        match self.take(name) {
            Some(Json::List(items)) => {
                let (mut objects, mut rest) = (Vec::with_capacity(items.len()), Vec::new());
                for (place, item) in items.into_iter().enumerate() {
                    match item {
                        Json::Object(fields) if !fields.0.is_empty() => objects.push((place, fields)),
                        other => rest.push(other),
                    }
                }
                self.put(name, Json::List(rest));
                objects
            }
            Some(Json::Object(fields)) => vec![(0, fields)],
            Some(other) => {
                self.put(name, other);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Takes an object apart in place: what `read` leaves of it stays under its name.
    pub fn within<T: Default>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let Some(at) = self.find(name) else { return T::default() };
        match &mut self.0[at].1 {
            Json::Object(inner) => read(inner),
            _ => T::default(),
        }
    }

    /// Takes out a time; .NET's "never" is none. A text that is no time stays where it is and comes back as the error.
    ///
    /// # Errors
    /// The text that cannot be read.
    pub fn time(&mut self, name: &str) -> Result<Option<Time>, String> {
        let Some(text) = self.text(name) else { return Ok(None) };
        if let Ok(time) = Time::parse(&text) {
            return Ok(Some(time).filter(|time| !time.is_never()));
        }
        self.put(name, Json::Text(Cow::Owned(text.clone())));
        Err(text)
    }

    /// Takes out a time as the text it is; "never" is none.
    pub fn moment(&mut self, name: &str) -> Option<String> {
        self.text(name).filter(|text| !text.starts_with("0001-01-01"))
    }

    /// Adds a field that is not there yet.
    pub fn push(&mut self, name: Cow<'a, str>, value: Json<'a>) {
        self.0.push((name, value));
    }

    /// Takes in all fields of another object; where both have one, the other's counts.
    pub fn extend(&mut self, other: Self) {
        for (name, value) in other.0 {
            self.put(&name, value);
        }
    }

    /// The fields with other names, all the way down; a name for which there is no other stays.
    #[must_use]
    pub fn renamed(self, rename: &impl Fn(&str) -> Option<Cow<'a, str>>) -> Self {
        let one =
            |(name, value): (Cow<'a, str>, Json<'a>)| (rename(&name).unwrap_or(name), value.renamed(rename));
        Self(self.0.into_iter().map(one).collect())
    }

    /// The fields with objects in the place of names with a separator: `a.b` and `a.c` become `a` with `b` and `c`. For
    /// records of known kinds: the work grows with the square of the number of fields.
    #[must_use]
    pub fn nested(self, separator: char) -> Self {
        /// A name with more parts than this is a name.
        const DEEPEST: usize = 6;
        let mut fields = Self::default();
        for (name, value) in self.0 {
            let parts = name.matches(separator).count() <= DEEPEST;
            match name
                .split_once(separator)
                .filter(|(outer, inner)| parts && !outer.is_empty() && !inner.is_empty())
            {
                Some((outer, inner)) => {
                    if !matches!(fields.get(outer), Some(Json::Object(_))) {
                        fields.put(outer, Json::Object(Self::default()));
                    }
                    fields.within(outer, |object| object.put(inner, value));
                }
                None => fields.0.push((name, value)),
            }
        }
        for (_, value) in &mut fields.0 {
            if let Json::Object(inner) = value
                && inner.names().any(|name| (1..=DEEPEST).contains(&name.matches(separator).count()))
            {
                *inner = std::mem::take(inner).nested(separator);
            }
        }
        fields
    }

    /// What is left, in the model's form: without nulls, without empty lists and without the transport's own
    /// `@odata.` fields.
    pub fn into_extra(self) -> Extra {
        self.0
            .into_iter()
            .filter(|(name, value)| !value.is_void() && !name.contains("@odata."))
            .map(|(name, value)| (name.into_owned(), value.into_value()))
            .collect()
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(Name(name)) = entries.next_key()? {
            if fields.is_empty() {
                // Most objects in these files have between eight and thirty fields.
                fields.reserve(16);
            }
            fields.push((name, entries.next_value()?));
        }
        Ok(Json::Object(Fields(fields)))
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

/// A field's name, borrowed unless it holds an escape.
struct Name<'a>(Cow<'a, str>);

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Name(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Name(Cow::Owned(text.to_owned())))
    }
}

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Fields<'_> {
        match serde_json::from_str(text).unwrap() {
            Json::Object(fields) => fields,
            other => panic!("{other:?} is no object"),
        }
    }

    #[test]
    fn what_is_not_taken_is_left_over_without_the_void() {
        let mut record = fields(
            r#"{"id": 7, "name": "x", "none": null, "empty": [], "deep": {"a": null, "b": [null]}, "@odata.type": "t",
                "kept": {"a": 1, "b": null}}"#,
        );
        assert_eq!(record.text("id").as_deref(), Some("7"));
        assert_eq!(record.text("name").as_deref(), Some("x"));
        assert!(record.states(&["none"]) && !record.has("none"));
        assert_eq!(serde_json::to_string(&record.into_extra()).unwrap(), r#"{"kept":{"a":1}}"#);
    }

    #[test]
    fn a_value_of_another_shape_stays_where_it_is() {
        let mut record =
            fields(r#"{"a": ["x"], "b": {"c": 1}, "d": "lone", "e": [1, {"f": 2}], "t": "noon"}"#);
        assert_eq!(record.text("a"), None);
        assert!(record.texts("b").is_empty());
        assert_eq!(record.texts("d"), ["lone"]);
        assert_eq!(record.texts("e"), ["1"]);
        assert_eq!(record.time("t"), Err("noon".to_owned()));
        assert!(record.objects("a").is_empty());
        assert_eq!(
            serde_json::to_string(&record.into_extra()).unwrap(),
            r#"{"a":["x"],"b":{"c":1},"e":[{"f":2}],"t":"noon"}"#
        );
    }

    #[test]
    fn a_lone_object_counts_as_a_list_of_one() {
        let mut record = fields(r#"{"a": {"x": 1}, "b": [{"x": 1}, 5, {"x": 2}]}"#);
        assert_eq!(record.objects("a").len(), 1);
        let places: Vec<usize> = record.objects("b").into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, [0, 2]);
    }
}
