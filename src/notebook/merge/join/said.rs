//! Two versions of what a source said, as one: nothing that either knows is lost.
//!
//! Worked on as JSON, so that a field that is added to the model, or that has no name in it, is joined like all others.

use super::history::Side;
use super::weave;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Both versions as one. Where they differ the preferred side's value stands; where none is, the one that comes later in
/// the order of their JSON, so that either way round is the same.
pub fn joined<T: Serialize + DeserializeOwned + Clone + PartialEq>(
    one: &T,
    other: &T,
    preferred: Option<Side>,
) -> T {
    if one == other {
        return one.clone();
    }
    let whole = || match preferred.unwrap_or_else(|| greater(&json(one), &json(other))) {
        Side::One => one.clone(),
        Side::Other => other.clone(),
    };
    let (Ok(a), Ok(b)) = (serde_json::to_value(one), serde_json::to_value(other)) else { return whole() };
    serde_json::from_value(values(a, b, preferred)).unwrap_or_else(|_| whole())
}

/// The side whose value comes last in the order of their JSON: no better than the other's, but always the same.
pub fn greater<T: Serialize + ?Sized>(one: &T, other: &T) -> Side {
    if json(one) < json(other) { Side::Other } else { Side::One }
}

fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn values(one: Value, other: Value, preferred: Option<Side>) -> Value {
    match (one, other) {
        (one, other) if one == other => one,
        (nothing, some) | (some, nothing) if is_nothing(&nothing) && !is_nothing(&some) => some,
        (Value::Object(one), Value::Object(other)) => Value::Object(objects(one, other, preferred)),
        (Value::Array(one), Value::Array(other)) if one.iter().chain(&other).all(Value::is_string) => {
            Value::Array(weave::union(&one, &other, Value::to_string))
        }
        (one, other) => preferred.unwrap_or_else(|| greater(&one, &other)).of([one, other]),
    }
}

/// Two objects field by field.
pub fn objects(
    mut one: Map<String, Value>,
    other: Map<String, Value>,
    preferred: Option<Side>,
) -> Map<String, Value> {
    for (key, theirs) in other {
        let value = match one.remove(&key) {
            Some(mine) => values(mine, theirs, preferred),
            None => theirs,
        };
        one.insert(key, value);
    }
    one
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn what_only_one_side_knows_is_kept_and_lists_of_texts_join() {
        let one = json!({"title": "A", "link": "", "ips": ["a", "b"], "extra": {"x": 1}});
        let other = json!({"title": "B", "link": "https://x", "ips": ["b", "c"], "extra": {"y": 2}});
        let expected = |title: &str| json!({"title": title, "link": "https://x", "ips": ["a", "b", "c"], "extra": {"x": 1, "y": 2}});
        assert_eq!(joined(&one, &other, Some(Side::One)), expected("A"));
        assert_eq!(joined(&one, &other, Some(Side::Other)), expected("B"));
        assert_eq!(joined(&one, &other, None), joined(&other, &one, None));
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf =
            prop_oneof![Just(Value::Null), (0u8..3).prop_map(Value::from), "[ab]{0,2}".prop_map(Value::from)];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                proptest::collection::btree_map("[abc]", inner, 0..3)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn either_way_round_is_the_same_and_once_more_changes_nothing(one in any_value(), other in any_value()) {
            let both = joined(&one, &other, None);
            prop_assert_eq!(&joined(&other, &one, None), &both);
            prop_assert_eq!(&joined(&both, &other, None), &both);
            prop_assert_eq!(&joined(&both, &one, None), &both);
        }
    }
}
