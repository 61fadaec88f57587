//! How a record's settable fields become values of one enum.
//!
//! An edit names one field with its new value, its inverse the same field with the old value, and the activity log
//! both as text. The macro [`fields!`](crate::fields) writes that enum from a table, so that a field is added in one line.

use crate::model::Time;
use std::collections::BTreeSet;

/// A field's value as the activity log and the import preview show it: plain text, empty where nothing is set.
pub trait FieldText {
    /// The value as text.
    fn field_text(&self) -> String;
}

impl FieldText for String {
    fn field_text(&self) -> String {
        self.clone()
    }
}

impl FieldText for bool {
    fn field_text(&self) -> String {
        if *self { "yes".into() } else { "no".into() }
    }
}

impl FieldText for u64 {
    fn field_text(&self) -> String {
        self.to_string()
    }
}

impl FieldText for Time {
    fn field_text(&self) -> String {
        self.text().to_owned()
    }
}

impl<T: FieldText> FieldText for Option<T> {
    fn field_text(&self) -> String {
        self.as_ref().map(FieldText::field_text).unwrap_or_default()
    }
}

impl<T: FieldText> FieldText for Vec<T> {
    fn field_text(&self) -> String {
        self.iter().map(FieldText::field_text).collect::<Vec<_>>().join(", ")
    }
}

impl<T: FieldText> FieldText for BTreeSet<T> {
    fn field_text(&self) -> String {
        self.iter().map(FieldText::field_text).collect::<Vec<_>>().join(", ")
    }
}

impl FieldText for crate::model::EntityId {
    fn field_text(&self) -> String {
        self.as_str().to_owned()
    }
}

impl FieldText for crate::model::EvidenceId {
    fn field_text(&self) -> String {
        self.as_str().to_owned()
    }
}

/// Writes the enum of a record's settable fields: one variant a field, each carrying a value for it.
///
/// The enum gets `of(&self, record)` (the same field with the value the record has now), `put(self, record)`,
/// `name(&self)` (the field's stable name, also its name in stored JSON) and `text(&self)`.
#[macro_export]
macro_rules! fields {
    (
        $(#[$doc:meta])*
        pub enum $name:ident of $record:ident {
            $( $(#[$fdoc:meta])* $variant:ident($ty:ty) = $code:literal => $($path:ident).+ ),+ $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[$fdoc])* #[serde(rename = $code)] $variant($ty) ),+
        }

        impl $name {
            /// The stable name of every field, in the table's order.
            pub const NAMES: &'static [&'static str] = &[$( $code ),+];

            /// The same field with the value that the record has now.
            #[must_use]
            pub fn of(&self, record: &$record) -> Self {
                match self {
                    $( Self::$variant(_) => Self::$variant(record.$($path).+.clone()) ),+
                }
            }

            /// Writes the value into the record.
            pub fn put(self, record: &mut $record) {
                match self {
                    $( Self::$variant(value) => record.$($path).+ = value ),+
                }
            }

            /// The field's stable name.
            pub fn name(&self) -> &'static str {
                match self {
                    $( Self::$variant(_) => $code ),+
                }
            }

            /// The value as text, empty where nothing is set.
            pub fn text(&self) -> String {
                match self {
                    $( Self::$variant(value) => $crate::model::field::FieldText::field_text(value) ),+
                }
            }
        }
    };
}
