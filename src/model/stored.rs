//! How the model's own JSON is read back, be it from storage or from a backup.
//!
//! What came from outside may be nested as deep as `serde_json` reads by default, 127 levels, and stands some levels
//! deeper inside an incident. With the default limit such an incident could be written and never read again.

use serde::de::{DeserializeOwned, Error};

/// How deep stored JSON may be nested: more than is ever written, and far from what fills the stack.
pub const DEEPEST: usize = 200;

/// Reads JSON that this program wrote.
///
/// # Errors
/// When it is not JSON, not what is expected, or nested deeper than [`DEEPEST`].
pub fn from_str<T: DeserializeOwned>(json: &str) -> Result<T, serde_json::Error> {
    if nesting(json) > DEEPEST {
        return Err(serde_json::Error::custom(format!("it is nested deeper than {DEEPEST} levels")));
    }
    let mut reader = serde_json::Deserializer::from_str(json);
    reader.disable_recursion_limit();
    let value = T::deserialize(&mut reader)?;
    reader.end().map(|()| value)
}

/// How deep objects and lists are nested, as far as brackets outside of texts tell.
fn nesting(json: &str) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn nested(levels: usize) -> String {
        format!("{}{}", "[".repeat(levels), "]".repeat(levels))
    }

    #[test]
    fn a_number_with_more_digits_than_a_float_holds_is_the_same_each_time_it_is_kept() {
        for text in
            ["111111111151111111111", "2222222222222622222222222222222227", "0.1234567890123456789e-7"]
        {
            let first: Value = serde_json::from_str(text).unwrap();
            let kept = serde_json::to_string(&first).unwrap();
            assert_eq!(from_str::<Value>(&kept).unwrap(), first, "{kept}");
        }
    }

    #[test]
    fn what_came_in_at_the_readers_limit_is_read_back_and_a_hostile_depth_is_refused() {
        assert!(serde_json::from_str::<Value>(&nested(127)).is_ok());
        assert!(serde_json::from_str::<Value>(&nested(128)).is_err());
        assert!(from_str::<Value>(&nested(DEEPEST)).is_ok());
        assert!(from_str::<Value>(&nested(DEEPEST + 1)).is_err());
        assert!(from_str::<Value>(&nested(1_000_000)).is_err());
    }

    #[test]
    fn brackets_in_texts_are_no_nesting_and_what_follows_is_refused() {
        assert_eq!(nesting(r#"{"a\"[[[":"[[\\"}"#), 1);
        assert!(from_str::<Value>("1 2").is_err());
    }
}
