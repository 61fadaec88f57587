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

    /// For a set: the members of either that are to stay, told by their text; none where the value is no set.
    fn joined(&self, _other: &Self, _stays: &dyn Fn(&str) -> bool) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

/// A field of a record as a value of its own: what the enums that [`fields!`](crate::fields) writes have in common.
pub trait SettableField: Clone + PartialEq + serde::Serialize {
    /// What it is a field of.
    type Record;

    /// Every field with the value that the record has, in the table's order.
    fn all(record: &Self::Record) -> Vec<Self>;

    /// Writes the value into the record.
    fn write(self, record: &mut Self::Record);

    /// The field's stable name.
    fn stable_name(&self) -> &'static str;

    /// The value as text, empty where nothing is set.
    fn value_text(&self) -> String;

    /// For a set: the members of either that are to stay; none where the field holds no set.
    fn joined(&self, other: &Self, stays: &dyn Fn(&str) -> bool) -> Option<Self>;
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

impl<T: FieldText + Ord + Clone> FieldText for BTreeSet<T> {
    fn field_text(&self) -> String {
        self.iter().map(FieldText::field_text).collect::<Vec<_>>().join(", ")
    }

    fn joined(&self, other: &Self, stays: &dyn Fn(&str) -> bool) -> Option<Self> {
        Some(self.union(other).filter(|member| stays(&member.field_text())).cloned().collect())
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

        impl $crate::model::field::SettableField for $name {
            type Record = $record;

            fn all(record: &$record) -> Vec<Self> {
                vec![$( Self::$variant(record.$($path).+.clone()) ),+]
            }

            fn write(self, record: &mut $record) {
                self.put(record);
            }

            fn stable_name(&self) -> &'static str {
                self.name()
            }

            fn value_text(&self) -> String {
                self.text()
            }

            fn joined(&self, other: &Self, stays: &dyn Fn(&str) -> bool) -> Option<Self> {
                match (self, other) {
                    $( (Self::$variant(one), Self::$variant(other)) => {
                        $crate::model::field::FieldText::joined(one, other, stays).map(Self::$variant)
                    } )+
                    _ => None,
                }
            }
        }
    };
}
