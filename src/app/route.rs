//! Addresses: every view of the page is a `#/…` address that can be bookmarked, filters and all.
//!
//! Pure: [`Route::parse`] and its `Display` are inverses and know no browser; `location` connects them to one.

use std::fmt::{self, Display, Write as _};

/// A view of the page, as its address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The list of incidents; the query holds its filters, sort and search.
    Incidents {
        /// Filters, sort, search and preview of the list.
        query: Query,
    },
    /// One incident.
    Incident {
        /// The incident's id in this notebook.
        id: String,
        /// Which of its tabs is open.
        tab: IncidentTab,
        /// What is filtered or selected inside the tab.
        query: Query,
    },
    /// The entities of every incident.
    Entities {
        /// The search.
        query: Query,
    },
    /// One entity, with every incident in which it occurs.
    Entity {
        /// Its id in any of them.
        id: String,
    },
    /// The playbook library, or one playbook of it.
    Playbooks {
        /// The playbook that is open, if one is.
        id: Option<String>,
        /// The search of the library, or the step to show.
        query: Query,
    },
    /// The preparation checklist of the notebook.
    Prepare,
    /// Preferences, backup, restore and erase.
    Settings,
    /// What takes the room, and how to free it.
    Room,
    /// What was found damaged, and what became of it.
    Repairs,
    /// Every part in every state: the design reference.
    Gallery,
    /// An address that names no view.
    NotFound {
        /// The address as it was asked for, without `#`.
        address: String,
    },
}

/// A tab of an incident's page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IncidentTab {
    /// The checklist; a tab on narrow screens only, elsewhere it stands beside the others.
    Checklist,
    /// What happened, at a glance.
    #[default]
    Overview,
    /// What happened, in the order it happened.
    Timeline,
    /// The alerts.
    Alerts,
    /// Assets, evidence and response, in Microsoft's words.
    Entities,
    /// What was secured, with its chain of custody.
    Evidence,
    /// The responder's notes.
    Notes,
    /// Who did what and when.
    Activity,
    /// The report to take away.
    Report,
}

impl IncidentTab {
    /// All tabs, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Checklist,
        Self::Overview,
        Self::Timeline,
        Self::Alerts,
        Self::Entities,
        Self::Evidence,
        Self::Notes,
        Self::Activity,
        Self::Report,
    ];

    /// The tab's name in an address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Checklist => "checklist",
            Self::Overview => "overview",
            Self::Timeline => "timeline",
            Self::Alerts => "alerts",
            Self::Entities => "entities",
            Self::Evidence => "evidence",
            Self::Notes => "notes",
            Self::Activity => "activity",
            Self::Report => "report",
        }
    }

    /// The tab that an address names, if it names one.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.slug() == slug)
    }
}

/// The part of an address after `?`: an ordered list of keys and values. A key may occur more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// A query that asks nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The first value of `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.all(key).next()
    }

    /// Every value of `key`, in order.
    pub fn all<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// Every key with its value, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The query with `key` set to this one value; an empty value takes the key away.
    #[must_use]
    pub fn with(&self, key: &str, value: &str) -> Self {
        self.with_all(key, std::iter::once(value).filter(|v| !v.is_empty()))
    }

    /// The query with `key` set to these values and no others.
    #[must_use]
    pub fn with_all<'a>(&self, key: &str, values: impl IntoIterator<Item = &'a str>) -> Self {
        let mut pairs: Vec<_> = self.0.iter().filter(|(k, _)| k != key).cloned().collect();
        pairs.extend(values.into_iter().map(|v| (key.to_owned(), v.to_owned())));
        Self(pairs)
    }

    fn parse(text: &str) -> Self {
        Self(
            text.split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(key, value)| (decode(key), decode(value)))
                .collect(),
        )
    }
}

impl FromIterator<(String, String)> for Query {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Route {
    /// The list of incidents without any filter: where the page starts.
    pub fn home() -> Self {
        Self::Incidents { query: Query::new() }
    }

    /// The overview of the incident `id`.
    pub fn incident(id: impl Into<String>) -> Self {
        Self::Incident { id: id.into(), tab: IncidentTab::default(), query: Query::new() }
    }

    /// The entities of every incident.
    pub fn entities() -> Self {
        Self::Entities { query: Query::new() }
    }

    /// The entity that has this id in any incident.
    pub fn entity(id: impl Into<String>) -> Self {
        Self::Entity { id: id.into() }
    }

    /// The playbook library.
    pub fn playbooks() -> Self {
        Self::Playbooks { id: None, query: Query::new() }
    }

    /// One playbook of the library.
    pub fn playbook(id: impl Into<String>) -> Self {
        Self::Playbooks { id: Some(id.into()), query: Query::new() }
    }

    /// One step of a playbook.
    pub fn playbook_step(playbook: impl Into<String>, step: &str) -> Self {
        Self::Playbooks { id: Some(playbook.into()), query: Query::new().with("step", step) }
    }

    /// Reads an address as the browser gives it: `#/incidents?status=new`, with or without `#`.
    pub fn parse(hash: &str) -> Self {
        let address = hash.strip_prefix('#').unwrap_or(hash);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let query = Query::parse(query);
        let segments: Vec<String> = path.split('/').filter(|s| !s.is_empty()).map(decode).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            [] | ["incidents"] => Self::Incidents { query },
            ["incidents", id] => Self::Incident { id: (*id).to_owned(), tab: IncidentTab::default(), query },
            ["incidents", id, slug] => match IncidentTab::from_slug(slug) {
                Some(tab) => Self::Incident { id: (*id).to_owned(), tab, query },
                None => Self::NotFound { address: address.to_owned() },
            },
            ["entities"] => Self::Entities { query },
            ["entity", id] => Self::Entity { id: (*id).to_owned() },
            ["playbooks"] => Self::Playbooks { id: None, query },
            ["playbooks", id] => Self::Playbooks { id: Some((*id).to_owned()), query },
            ["prepare"] => Self::Prepare,
            ["settings"] => Self::Settings,
            ["settings", "room"] => Self::Room,
            ["settings", "repairs"] => Self::Repairs,
            ["gallery"] => Self::Gallery,
            _ => Self::NotFound { address: address.to_owned() },
        }
    }

    /// Whether both addresses are the same page, whatever tab is open and whatever is filtered or selected there.
    pub fn same_page(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Incidents { .. }, Self::Incidents { .. })
            | (Self::Entities { .. }, Self::Entities { .. }) => true,
            (Self::Incident { id: one, .. }, Self::Incident { id: other, .. }) => one == other,
            (Self::Playbooks { id: one, .. }, Self::Playbooks { id: other, .. }) => one == other,
            _ => self == other,
        }
    }

    /// The query of this address; views without one have the empty query.
    pub fn query(&self) -> Query {
        match self {
            Self::Incidents { query }
            | Self::Incident { query, .. }
            | Self::Entities { query }
            | Self::Playbooks { query, .. } => query.clone(),
            _ => Query::new(),
        }
    }

    /// The view without what is filtered, searched or selected there.
    #[must_use]
    pub fn without_query(&self) -> Self {
        let mut route = self.clone();
        match &mut route {
            Self::Incidents { query }
            | Self::Incident { query, .. }
            | Self::Entities { query }
            | Self::Playbooks { query, .. } => *query = Query::new(),
            // What names no view may be anything that somebody typed.
            Self::NotFound { address } => address.clear(),
            _ => {}
        }
        route
    }
}

impl Display for Route {
    /// The address with its leading `#`, ready for an `href`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incidents { query } => write!(f, "#/incidents{query}"),
            Self::Incident { id, tab, query } => {
                write!(f, "#/incidents/{}", encode(id))?;
                if *tab != IncidentTab::default() {
                    write!(f, "/{}", tab.slug())?;
                }
                write!(f, "{query}")
            }
            Self::Entities { query } => write!(f, "#/entities{query}"),
            Self::Entity { id } => write!(f, "#/entity/{}", encode(id)),
            Self::Playbooks { id: None, query } => write!(f, "#/playbooks{query}"),
            Self::Playbooks { id: Some(id), query } => write!(f, "#/playbooks/{}{query}", encode(id)),
            Self::Prepare => f.write_str("#/prepare"),
            Self::Settings => f.write_str("#/settings"),
            Self::Room => f.write_str("#/settings/room"),
            Self::Repairs => f.write_str("#/settings/repairs"),
            Self::Gallery => f.write_str("#/gallery"),
            Self::NotFound { address } => write!(f, "#{address}"),
        }
    }
}

impl Display for Query {
    /// The query with its leading `?`, or nothing where nothing is asked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (key, value)) in self.0.iter().enumerate() {
            f.write_char(if i == 0 { '?' } else { '&' })?;
            write!(f, "{}={}", encode(key), encode(value))?;
        }
        Ok(())
    }
}

/// Percent-encodes all but RFC 3986's unreserved characters.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Undoes [`encode`]. What is not a valid escape stays as it is; invalid UTF-8 becomes U+FFFD.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        let escaped = (byte == b'%')
            .then(|| bytes.get(i + 1..i + 3))
            .flatten()
            .filter(|hex| hex.iter().all(u8::is_ascii_hexdigit))
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(value) = escaped {
            out.push(value);
            i += 3;
        } else {
            out.push(byte);
            i += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_name_their_views() {
        let cases = [
            ("", Route::home()),
            ("#/", Route::home()),
            ("#/incidents", Route::home()),
            ("#/incidents/29", Route::incident("29")),
            ("#/playbooks", Route::playbooks()),
            ("#/playbooks/phishing", Route::playbook("phishing")),
            ("#/prepare", Route::Prepare),
            ("#/settings", Route::Settings),
            ("#/settings/room", Route::Room),
            ("#/settings/repairs", Route::Repairs),
            ("#/gallery", Route::Gallery),
            ("#/incidents/29/nothing", Route::NotFound { address: "/incidents/29/nothing".into() }),
            ("#/a/b?c=d", Route::NotFound { address: "/a/b?c=d".into() }),
        ];
        for (address, route) in cases {
            assert_eq!(Route::parse(address), route, "{address}");
        }
    }

    #[test]
    fn a_filtered_list_is_an_address() {
        let query = Query::new().with_all("status", ["new", "active"]).with("q", "a & b = 100%");
        let address = Route::Incidents { query }.to_string();
        assert_eq!(address, "#/incidents?status=new&status=active&q=a%20%26%20b%20%3D%20100%25");
        let query = Route::parse(&address).query();
        assert_eq!(query.all("status").collect::<Vec<_>>(), ["new", "active"]);
        assert_eq!(query.get("q"), Some("a & b = 100%"));
        assert_eq!(query.with("q", "").get("q"), None);
    }

    #[test]
    fn a_step_of_a_playbook_is_an_address_on_the_playbooks_page() {
        let route = Route::playbook_step("phishing", "phishing-01");
        assert_eq!(route.to_string(), "#/playbooks/phishing?step=phishing-01");
        assert_eq!(Route::parse(&route.to_string()), route);
        assert!(route.same_page(&Route::playbook("phishing")));
        assert!(!route.same_page(&Route::playbook("malware")) && !route.same_page(&Route::playbooks()));
        assert_eq!(Route::parse("#/playbooks?q=token").query().get("q"), Some("token"));
    }

    #[test]
    fn without_its_query_an_address_names_the_view_alone() {
        for (address, view) in [
            ("#/incidents?q=contoso&tag=finance", "#/incidents"),
            ("#/incidents/29/entities?q=10.0.0.1", "#/incidents/29/entities"),
            ("#/settings", "#/settings"),
            ("#/what?q=contoso", "#"),
        ] {
            assert_eq!(Route::parse(address).without_query().to_string(), view);
        }
    }

    #[test]
    fn a_broken_escape_stays_as_it_is() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%4"), "%zz%4");
        assert_eq!(decode("%+1"), "%+1");
        assert_eq!(decode("%E2%82%AC"), "€");
    }

    #[test]
    fn a_filter_or_a_tab_is_the_same_page_and_another_incident_is_not() {
        let filtered = Route::Incidents { query: Query::new().with("q", "x") };
        assert!(Route::home().same_page(&filtered));
        assert!(Route::incident("29").same_page(&Route::parse("#/incidents/29/alerts?q=x")));
        assert!(!Route::incident("29").same_page(&Route::incident("30")));
        assert!(!Route::home().same_page(&Route::Settings));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(id in ".+", key in ".+", value in ".*", tab in 0..IncidentTab::ALL.len()) {
            let route = Route::Incident {
                id,
                tab: IncidentTab::ALL[tab],
                query: Query::new().with_all(&key, [value.as_str()]),
            };
            prop_assert_eq!(Route::parse(&route.to_string()), route);
        }

        #[test]
        fn any_address_is_read(address in ".*") {
            let _ = Route::parse(&address);
        }
    }
}
