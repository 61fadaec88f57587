//! LANGUAGES: every text a person reads on the page or in a report.
