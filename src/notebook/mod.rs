//! VERBS: everything that can happen to a notebook.
