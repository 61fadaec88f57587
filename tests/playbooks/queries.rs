//! The hunting queries of the playbooks: they fit the schema, and what must be filled in stands on top.

use firsthour::playbooks::library;

use crate::kql;

/// Step id and query of every step that has one.
fn queries() -> impl Iterator<Item = (&'static str, &'static str)> {
    let steps = library().playbooks().iter().flat_map(|playbook| playbook.steps);
    steps.filter_map(|step| step.facts().query.map(|query| (step.id, query)))
}

#[test]
fn every_query_fits_the_schema() {
    let problems: Vec<_> = queries()
        .flat_map(|(id, query)| {
            kql::problems(query).into_iter().map(move |problem| format!("{id}: {problem}"))
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_must_be_filled_in_stands_on_top() {
    for (id, query) in queries() {
        let code: Vec<_> = query.lines().filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
        let first_other = code.iter().position(|line| !line.starts_with("let ")).unwrap_or(code.len());
        let late = code[first_other..].iter().find(|line| line.starts_with("let ") && line.contains('"'));
        assert_eq!(late, None, "{id}");
    }
}

#[test]
fn examples_in_queries_belong_to_nobody() {
    // Names and addresses kept for documentation: RFC 2606 and RFC 5737.
    for (id, query) in queries() {
        for word in query
            .split(['"', ' ', ',', '(', ')', '<', '>'])
            .filter(|word| word.contains('@') && !word.starts_with('@'))
        {
            assert!(
                ["example.com", "example.net", "example.org"].iter().any(|domain| word.ends_with(domain)),
                "{id}: {word}"
            );
        }
    }
}

#[test]
fn lines_of_a_query_have_no_stray_space() {
    for (id, query) in queries() {
        assert!(!query.contains('\t') && query.lines().all(|line| line == line.trim_end()), "{id}");
    }
}
