use std::ops::Range;

use proptest::prelude::*;

use super::flat::Value;
use super::*;

/// The key, with whether it is a masked value, of each node of the root.
fn keys(text: &str) -> Vec<(String, bool)> {
    let sink = Sink::new(Arc::new(SourceFile::new("plan.toml", text)));
    let masked = recovery::mask(text, &sink);
    let spliced = masked.spliced();
    let (root, conflicts) = spliced.parse();
    let mut nodes = flatten(&root);
    masked.restore(&spliced, &mut nodes);
    let is_control =
        |at: &Range<usize>| text[..at.start].ends_with('\r') || text[at.start..].starts_with('\u{1}');
    assert!(conflicts.iter().all(is_control), "{text:?} is masked in part only: {conflicts:?}");
    assert_eq!(sink.has_errors(), DeTable::parse(text).is_err(), "{text:?}");
    for node in nodes.iter().filter(|node| !node.key.is_empty()) {
        let key = &text[node.key_span.clone()];
        assert!(key == node.key || key.starts_with(['"', '\'']), "{key:?} is read as {:?}", node.key);
        assert!(text.get(node.span.clone()).is_some());
    }
    let Value::Table { entries, .. } = &nodes[0].value else { return Vec::new() };
    let is_masked = |node: &Node<'_>| matches!(node.value, Value::Unreadable);
    nodes[entries.clone()].iter().map(|node| (node.key.to_owned(), is_masked(node))).collect()
}

#[test]
fn an_invalid_value_is_masked_and_its_key_kept() {
    for line in [
        "b =",
        "b = x",
        "b = [1, x]",
        "b = { c = 1, c = 2 }",
        "b = [1",
        "b = \"x",
        "b = 2022-02-30",
        "b = 1\nb = 2",
    ] {
        let is_masked = !line.contains("\nb");
        let expected = [("a".to_owned(), false), ("b".to_owned(), is_masked), ("c".to_owned(), false)];
        assert_eq!(keys(&format!("a = 1\n{line}\nc = 3\n")), expected, "{line}");
    }
}

#[test]
fn what_toml_leaves_to_the_reader_is_refused() {
    for text in ["\u{feff}a = 1", "a = 0x", "a = 1_0\u{660}"] {
        let source = Arc::new(SourceFile::new("plan.toml", text));
        let sink = Sink::new(Arc::clone(&source));
        super::read(&source, &sink, &NO_KEYS, "term-the-plan", |_| Some(()));
        assert!(sink.into_diagnostics().iter().any(|problem| problem.code == Code::TomlSyntax), "{text:?}");
    }
}

#[test]
fn a_header_with_wrong_brackets_is_put_right() {
    for header in ["[[b]", "[b]]", "b]]", "[[b", "［［b］］", "[[b]] x = 1"] {
        assert_eq!(keys(&format!("a = 1\n{header}\nc = 3\n[[b]]\n")).len(), 2, "{header}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Pieces of TOML in any order are mostly broken, and sometimes not.
    #[test]
    fn what_is_masked_is_valid(pieces in prop::collection::vec(prop::sample::select(&[
        "a", "b", "c", ".", " = ", "=", "1", "\"x\"", "'y'", "[", "]", "[[", "]]", "{", "}", ",", " ", "\n", "\n",
        "true", "2022-11-18", "2022-02-30", "# c", "\"\"\"", "1.5", "a = 1\n", "[a]\n", "[[a]]\n", "[a.b]\n", "[[a.b]]\n",
        "b.c = 2\n", "\r", "\\", "0", "_", "-", "，", "\u{1}",
    ]), 0..14)) {
        keys(&pieces.concat());
    }

    #[test]
    fn duplicate_names_are_masked(lines in prop::collection::vec(prop::sample::select(&[
        "a = 1\n", "b = [1, 2]\n", "a.b = 1\n", "a.c = { d = 1 }\n", "[a]\n", "[b]\n", "[a.b]\n", "[b.a.c]\n",
        "[[a]]\n", "[[b]]\n", "[[a.b]]\n", "[[b.a.c]]\n", "c = { a.b = 1, a.c = 2 }\n", "c.d = 1\n", "[a.b.c]\n",
    ]), 0..9)) {
        keys(&lines.concat());
    }
}

#[test]
fn nesting_beyond_the_limit_is_one_error() {
    let deep = format!("a = {}{}\n", "[".repeat(300), "]".repeat(300));
    let source = Arc::new(SourceFile::new("plan.toml", deep));
    let sink = Sink::new(Arc::clone(&source));
    assert_eq!(super::read(&source, &sink, &NO_KEYS, "term-the-plan", |_| Some(())), None);
    let found = sink.into_diagnostics();
    assert_eq!(found.iter().filter(|problem| problem.code == Code::TomlSyntax).count(), 1);
}

const NO_KEYS: TableKeys = TableKeys { header: "", keys: &[] };
