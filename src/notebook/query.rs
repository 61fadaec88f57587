//! What a list of incidents shows: filter, sort and search by what a row says.
//!
//! A query is written into the page's address and read back, so that a view can be bookmarked.

use crate::compact::Order as _;
use crate::model::Time;
use crate::model::refang::refang;
use crate::model::taxonomy::{Severity, Status};
use crate::notebook::Row;
use std::collections::BTreeSet;

/// Which incidents, in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that the row, or an entity of the incident, must contain, all of them, in any letter case.
    pub text: String,
    /// Any of these; empty means every.
    pub statuses: BTreeSet<Status>,
    /// Any of these; empty means every.
    pub severities: BTreeSet<Severity>,
    /// Whose.
    pub whose: Whose,
    /// With this tag.
    pub tag: Option<String>,
    /// With a step that should have been done by now.
    pub overdue: bool,
    /// By what they are sorted.
    pub sort: Sort,
    /// Whether the order is turned round.
    pub reversed: bool,
}

/// Whose incidents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Whose {
    /// Anybody's and nobody's.
    #[default]
    All,
    /// Nobody's.
    Nobody,
    /// This person's.
    Of(String),
}

macro_rules! sorts {
    ($($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        /// By what a list is sorted; each in the direction that people want first.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub enum Sort {
            #[default]
            $($(#[$doc])* $variant),+
        }

        impl Sort {
            /// Every one, in the order of the columns.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name, as an address writes it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }
    };
}

sorts! {
    /// Most urgent first.
    Priority = "priority",
    /// Alphabetical.
    Name = "name",
    /// Worst first.
    Severity = "severity",
    /// Those that need somebody first.
    Status = "status",
    /// Most active alerts first.
    Alerts = "alerts",
    /// Most assets first.
    Assets = "assets",
    /// Alphabetical, nobody's first.
    Assignee = "assignee",
    /// Latest first.
    Activity = "activity",
    /// Newest first.
    Created = "created",
    /// Least far first.
    Progress = "progress",
}

/// What sorting needs to know that a row does not say.
pub struct Measures<'a> {
    /// An incident's priority, 0 to 100.
    pub priority: &'a dyn Fn(&Row) -> u8,
    /// How far its checklist is, 0 to 1,000.
    pub progress: &'a dyn Fn(&Row) -> u16,
}

impl Query {
    /// Whether a row is among those asked for. `says` tells whether the incident says a word that its row does not: the
    /// words are refanged and in small letters.
    pub fn admits(&self, row: &Row, now: &Time, says: impl Fn(&str) -> bool) -> bool {
        (self.statuses.is_empty() || self.statuses.contains(&row.status))
            && (self.severities.is_empty() || self.severities.contains(&row.severity))
            && match &self.whose {
                Whose::All => true,
                Whose::Nobody => row.assignee.is_none(),
                Whose::Of(name) => row.assignee.as_deref() == Some(name),
            }
            && self.tag.as_ref().is_none_or(|tag| row.tags.contains(tag))
            && (!self.overdue || row.is_overdue(now))
            && self.unsaid(row).iter().all(|word| says(word))
    }

    /// Whether it asks for words.
    pub fn has_words(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// The words asked for that the row does not say, refanged and in small letters.
    pub fn unsaid(&self, row: &Row) -> Vec<String> {
        if !self.has_words() {
            return Vec::new();
        }
        let mut said = refang(&row.name).to_lowercase();
        for part in row
            .tags
            .iter()
            .chain(&row.assignee)
            .map(String::as_str)
            .chain(row.origins.iter().map(|origin| origin.id.as_str()))
            .chain(row.sources.iter().map(crate::model::taxonomy::ServiceSource::code))
        {
            said.push('\n');
            said.push_str(&part.to_lowercase());
        }
        let wanted = refang(&self.text).to_lowercase();
        wanted.split_whitespace().filter(|word| !said.contains(word)).map(str::to_owned).collect()
    }

    /// Sorts rows as asked; equal ones by what changed last, then by id, so that the order never jumps.
    pub fn arrange<R: AsRef<Row>>(&self, rows: &mut [R], measures: &Measures<'_>) {
        use std::cmp::Reverse;
        // Sort keys are made once for each row: making a priority for each comparison would be n log n of them.
        rows.order_by_cached_key(|row| (Reverse(row.as_ref().changed.millis()), row.as_ref().id.clone()));
        match self.sort {
            Sort::Priority => rows.order_by_cached_key(|row| Reverse((measures.priority)(row.as_ref()))),
            Sort::Name => rows.order_by_cached_key(|row| row.as_ref().name.to_lowercase()),
            Sort::Severity => rows.order_by_cached_key(|row| Reverse(row.as_ref().severity.clone())),
            Sort::Status => rows.order_by_cached_key(|row| row.as_ref().status.clone()),
            Sort::Alerts => rows.order_by_key(|row| Reverse(row.as_ref().active_alerts)),
            Sort::Assets => rows.order_by_key(|row| Reverse(row.as_ref().assets())),
            Sort::Assignee => {
                rows.order_by_cached_key(|row| {
                    row.as_ref().assignee.as_ref().map(|name| name.to_lowercase())
                });
            }
            Sort::Activity => {
                rows.order_by_cached_key(|row| {
                    Reverse(row.as_ref().last_activity.as_ref().map(Time::millis))
                });
            }
            Sort::Created => rows.order_by_key(|row| Reverse(row.as_ref().created.millis())),
            Sort::Progress => rows.order_by_cached_key(|row| (measures.progress)(row.as_ref())),
        }
        if self.reversed {
            rows.reverse();
        }
    }

    /// The query as the pairs of an address; what is as usual is left out.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut add = |key: &str, value: String| {
            if !value.is_empty() {
                pairs.push((key.to_owned(), value));
            }
        };
        add("q", self.text.clone());
        add("status", self.statuses.iter().map(Status::code).collect::<Vec<_>>().join(","));
        add("severity", self.severities.iter().map(Severity::code).collect::<Vec<_>>().join(","));
        add(
            "assignee",
            match &self.whose {
                Whose::All => String::new(),
                Whose::Nobody => "-".into(),
                Whose::Of(name) => name.clone(),
            },
        );
        add("tag", self.tag.clone().unwrap_or_default());
        add("overdue", if self.overdue { "yes".into() } else { String::new() });
        if self.sort != Sort::default() || self.reversed {
            add("sort", format!("{}{}", if self.reversed { "-" } else { "" }, self.sort.code()));
        }
        pairs
    }

    /// Reads a query from the pairs of an address. What is not understood is left out: an old bookmark still opens.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs {
            match key {
                "q" => value.clone_into(&mut query.text),
                "status" => {
                    query.statuses =
                        value.split(',').filter(|code| !code.is_empty()).map(Status::parse).collect();
                }
                "severity" => {
                    query.severities =
                        value.split(',').filter(|code| !code.is_empty()).map(Severity::parse).collect();
                }
                "assignee" if value == "-" => query.whose = Whose::Nobody,
                "assignee" => query.whose = Whose::Of(value.to_owned()),
                "tag" => query.tag = Some(value.to_owned()),
                "overdue" => query.overdue = value == "yes",
                "sort" => {
                    let code = value.strip_prefix('-');
                    query.reversed = code.is_some();
                    let code = code.unwrap_or(value);
                    query.sort =
                        Sort::ALL.iter().copied().find(|sort| sort.code() == code).unwrap_or_default();
                }
                _ => {}
            }
        }
        query
    }

    /// Whether it leaves any incident out.
    pub fn is_narrowed(&self) -> bool {
        let everything = Self { sort: self.sort, reversed: self.reversed, ..Self::default() };
        *self != everything
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Incident, IncidentId};
    use std::sync::Arc;

    fn row(name: &str, severity: Severity, assignee: Option<&str>) -> Arc<Row> {
        let created = Time::parse("2026-01-01T00:00:00Z").unwrap();
        let mut incident = Incident::new(IncidentId::derived(&[name]), name, created);
        incident.severity = severity;
        incident.assignee = assignee.map(str::to_owned);
        incident.tags.insert("Tor".into());
        Arc::new(Row::of(&incident))
    }

    fn names(query: &Query) -> Vec<String> {
        let now = Time::parse("2026-01-02T00:00:00Z").unwrap();
        let mut rows: Vec<_> = [
            row("Malware on PC7", Severity::Low, Some("Bob")),
            row("Odd sign-in", Severity::High, None),
            row("aardvark", Severity::Medium, Some("ann")),
        ]
        .into_iter()
        .filter(|row| query.admits(row, &now, |_| false))
        .collect();
        query.arrange(&mut rows, &Measures { priority: &|_| 0, progress: &|_| 0 });
        rows.iter().map(|row| row.name.clone()).collect()
    }

    #[test]
    fn words_are_found_in_any_order_and_case() {
        assert_eq!(names(&Query { text: "pc7 MALWARE".into(), ..Query::default() }), ["Malware on PC7"]);
        assert_eq!(names(&Query { text: "tor".into(), ..Query::default() }).len(), 3);
        assert!(names(&Query { text: "nothing".into(), ..Query::default() }).is_empty());
    }

    #[test]
    fn what_the_row_does_not_say_may_be_said_by_what_is_in_the_incident() {
        let row = row("Malware on PC7", Severity::Low, None);
        let now = Time::from_millis(0);
        let query = Query { text: "pc7 EVIL[.]com hxxp://odd.example".into(), ..Query::default() };
        assert_eq!(query.unsaid(&row), ["evil.com", "http://odd.example"]);
        assert!(query.admits(&row, &now, |word| word.contains("evil") || word.contains("odd")));
        assert!(!query.admits(&row, &now, |word| word == "evil.com"), "each word has to be said");
        // What is said there does not open what another filter shuts.
        let severe = Query { severities: [Severity::High].into(), ..query };
        assert!(!severe.admits(&row, &now, |_| true));
        assert!(Query::default().unsaid(&row).is_empty());
    }

    #[test]
    fn lists_are_sorted_in_the_direction_people_want_first() {
        let by = |sort, reversed| names(&Query { sort, reversed, ..Query::default() });
        assert_eq!(by(Sort::Severity, false), ["Odd sign-in", "aardvark", "Malware on PC7"]);
        assert_eq!(by(Sort::Name, false), ["aardvark", "Malware on PC7", "Odd sign-in"]);
        assert_eq!(by(Sort::Assignee, false), ["Odd sign-in", "aardvark", "Malware on PC7"]);
        assert_eq!(by(Sort::Name, true), ["Odd sign-in", "Malware on PC7", "aardvark"]);
    }

    #[test]
    fn a_query_survives_its_address() {
        let query = Query {
            text: "odd sign-in".into(),
            statuses: [Status::Active, Status::Other("Paused".into())].into(),
            severities: [Severity::High].into(),
            whose: Whose::Nobody,
            tag: Some("vip".into()),
            overdue: true,
            sort: Sort::Alerts,
            reversed: true,
        };
        let pairs = query.to_pairs();
        let read = Query::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        assert_eq!(read, query);
        assert!(Query::default().to_pairs().is_empty());
        assert!(query.is_narrowed() && !Query::default().is_narrowed());
    }

    #[test]
    fn an_address_nobody_understands_shows_everything() {
        let query = Query::from_pairs([("sort", "colour"), ("what", "ever")]);
        assert_eq!(query, Query::default());
    }
}
