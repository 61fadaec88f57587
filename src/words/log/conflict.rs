//! A conflict in words: of what, and both values with who and when.

use super::{Log, quoted, shortened};
use crate::model::conflict::{Conflict, REMOVED, Version};
use crate::model::{Subject, Time};

/// A conflict, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictWords {
    /// Of what: `Severity`, `Verdict, “10.0.0.1”`.
    pub what: String,
    /// The value that shows, in full and as the reader knows it.
    pub kept: String,
    /// Who made it so, and when.
    pub kept_by: String,
    /// The value that was overruled.
    pub other: String,
    /// Who made it so, and when.
    pub other_by: String,
}

impl Log {
    /// A conflict's parts in words.
    pub fn conflict(&self, conflict: &Conflict, time: &dyn Fn(&Time) -> String) -> ConflictWords {
        let field = self.words().fields.settable(&conflict.field);
        let target = self.target(&conflict.subject);
        let what = match &conflict.subject {
            Subject::Incident => field.into_owned(),
            Subject::Alert(_, title) => format!("{field}, {}", quoted(title)),
            _ => format!("{field}, {}", target.name),
        };
        let value = |version: &Version| self.conflict_value(&target, conflict, version, time);
        ConflictWords {
            what,
            kept: value(&conflict.kept),
            kept_by: self.signed(&conflict.kept, time),
            other: value(&conflict.other),
            other_by: self.signed(&conflict.other, time),
        }
    }

    /// A conflict as one line: `Severity: high stays (Ann, 10:12); low is overruled (Bob, 10:05)`.
    pub fn conflict_line(&self, conflict: &Conflict, time: &dyn Fn(&Time) -> String) -> String {
        let ConflictWords { what, kept, kept_by, other, other_by } = self.conflict(conflict, time);
        let (stays, overruled) =
            (self.lang.pick("stays", "blijft"), self.lang.pick("is overruled", "wijkt"));
        let (kept, other) = (shortened(&kept), shortened(&other));
        format!("{what}: {kept} {stays} ({kept_by}); {other} {overruled} ({other_by})")
    }

    fn conflict_value(
        &self,
        target: &super::Target,
        conflict: &Conflict,
        version: &Version,
        time: &dyn Fn(&Time) -> String,
    ) -> String {
        let pick = |en: &'static str, nl: &'static str| self.lang.pick(en, nl).to_owned();
        match (conflict.field.as_str(), version.value.as_str()) {
            (REMOVED, "yes") => pick("removed", "verwijderd"),
            (REMOVED, _) => pick("still there", "nog aanwezig"),
            ("marked", "") => pick("open", "open"),
            ("marked", "done") => pick("done", "gedaan"),
            ("marked", skipped) => match skipped.strip_prefix("skipped: ") {
                Some(reason) => format!("{}: {reason}", pick("left out", "overgeslagen")),
                None => skipped.to_owned(),
            },
            ("critical", "yes") => pick("yes", "ja"),
            ("critical", _) => pick("no", "nee"),
            (_, "") => pick("nothing", "niets"),
            ("text" | "description" | "closingNote" | "note" | "outcome", text) => text.to_owned(),
            (field, text) => self.value(target.kind, field, text, Some(time)),
        }
    }

    fn signed(&self, version: &Version, time: &dyn Fn(&Time) -> String) -> String {
        match (&version.at, version.by.is_empty()) {
            (Some(at), false) => format!("{}, {}", version.by, time(at)),
            _ => self.lang.pick("not known who and when", "niet bekend wie en wanneer").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_conflict_names_both_values_with_who_and_when() {
        let version = |value: &str, by: &str, at: i64| Version {
            value: value.into(),
            by: by.into(),
            at: Some(Time::from_millis(at)),
        };
        let mut conflict = Conflict {
            subject: Subject::Incident,
            field: "severity".into(),
            kept: version("high", "Ann", 60_000),
            other: version("low", "Bob", 0),
        };
        let line = |conflict: &Conflict, lang: Lang| lang.words().log.conflict_line(conflict, &|time| time.utc());
        assert_eq!(
            line(&conflict, Lang::En),
            "Severity: high stays (Ann, 1970-01-01 00:01:00Z); low is overruled (Bob, 1970-01-01 00:00:00Z)"
        );
        assert_eq!(
            line(&conflict, Lang::Nl),
            "Ernst: hoog blijft (Ann, 1970-01-01 00:01:00Z); laag wijkt (Bob, 1970-01-01 00:00:00Z)"
        );
        conflict.field = REMOVED.into();
        conflict.kept.value = "no".into();
        conflict.other = Version { value: "yes".into(), by: String::new(), at: None };
        assert_eq!(
            line(&conflict, Lang::En),
            "Removed: still there stays (Ann, 1970-01-01 00:01:00Z); removed is overruled (not known who and when)"
        );
    }
}
