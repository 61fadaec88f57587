//! NOUNS: what an incident-response notebook is made of.
