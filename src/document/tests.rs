use proptest::prelude::*;
use toml::value::Value as Expected;

use super::parse::parse;
use super::tree::{Node, TableId, Tree, Value};
use super::*;

/// What the reader makes of a text, told by a second parser: the same values, or an error of both.
fn agrees(text: &str) -> Result<(), String> {
    let (tree, problems) = parse(text);
    match text.parse::<toml::Table>() {
        Ok(expected) if problems.is_empty() => {
            let same = is_table(&tree, Tree::ROOT, &expected);
            if same { Ok(()) } else { Err(format!("{text:?} is read as something else")) }
        }
        Ok(_) => Err(format!("{text:?} is TOML, but is refused")),
        Err(error) if problems.is_empty() && !has_impossible_day(&tree, Tree::ROOT) => {
            Err(format!("{text:?} is no TOML, but is taken: {error}"))
        }
        Err(_) => Ok(()),
    }
}

fn is_table(tree: &Tree<'_>, table: TableId, expected: &toml::Table) -> bool {
    let entries = &tree.entries(table).by_key;
    entries.len() == expected.len()
        && entries.iter().all(|(key, entry)| {
            expected.get(key.as_ref()).is_some_and(|value| is_value(tree, &entry.node, value))
        })
}

fn is_value(tree: &Tree<'_>, node: &Node<'_>, expected: &Expected) -> bool {
    match (&node.value, expected) {
        (Value::String(text), Expected::String(expected)) => text == expected,
        (Value::Integer(digits, radix), Expected::Integer(expected)) => {
            i64::from_str_radix(digits, *radix).ok() == Some(*expected)
        }
        (Value::Float(digits), Expected::Float(expected)) => {
            let number: f64 = digits.parse().unwrap();
            number.to_bits() == expected.to_bits() || (number.is_nan() && expected.is_nan())
        }
        (Value::Boolean(answer), Expected::Boolean(expected)) => answer == expected,
        (Value::Datetime(Some(day)), Expected::Datetime(expected)) => day == expected,
        (Value::Table(table), Expected::Table(expected)) => is_table(tree, *table, expected),
        (Value::List(items, _), Expected::Array(expected)) => {
            items.len() == expected.len()
                && items.iter().zip(expected).all(|(item, expected)| is_value(tree, item, expected))
        }
        _ => false,
    }
}

fn has_impossible_day(tree: &Tree<'_>, table: TableId) -> bool {
    fn in_node(tree: &Tree<'_>, node: &Node<'_>) -> bool {
        match &node.value {
            Value::Datetime(day) => day.is_none(),
            Value::Table(table) => has_impossible_day(tree, *table),
            Value::List(items, _) => items.iter().any(|item| in_node(tree, item)),
            _ => false,
        }
    }
    tree.entries(table).by_key.values().any(|entry| in_node(tree, &entry.node))
}

#[test]
fn texts_are_read_as_toml_says() {
    let texts = [
        "",
        "a = 1\nb.c = 2\nb.d.e = [1, [2, 3], { x = 1, y.z = \"q\" }]\n",
        "[a.b.c]\nx = 1\n[a]\ny = 2\n[a.b]\nz = 3\n",
        "[[a]]\nx = 1\n[a.b]\ny = 2\n[[a.c]]\n[[a.c]]\nz = 1\n[[a]]\n[a.b]\n",
        "[a]\nb.c = 1\n[a.b.d]\nx = 1\n",
        "[a]\nb.c = 1\n[a.b]\nx = 1\n",
        "a = { b = 1 }\n[a.c]\n",
        "a = { b = 1 }\na.c = 1\n",
        "a = [{ b = 1 }]\n[[a]]\n",
        "[a.b]\n[a]\nb.c = 1\n",
        "[a]\n[a]\n",
        "[a]\n[[a]]\n",
        "[[a]]\n[a]\n",
        "[a.b]\n[[a]]\n",
        "a = 1\na = 2\n",
        "a = { b = 1, b = 2 }\n",
        "a = { b.c = 1, b.d = 2 }\n",
        "a = { b = { c = 1 }, b.d = 2 }\n",
        "a = [\n  1, # one\n  2,\n]\n\"b c\" = '''x\ny'''\n'' = \"\"\"\\\n  z\"\"\"\n",
        "a = 0x1F\nb = 0o17\nc = 0b11\nd = +1_000\ne = -0.5e3\nf = inf\ng = nan\n",
        "a = 2022-11-18\nb = 2022-11-18T10:36:18+08:00\nc = 10:36\nd = 2022-11-18 10:36:18\n",
        "a = 2022-02-30\n",
        "a = [\n[b]\n]\n",
        "a = [\n[true]\n]\n",
        "a = {\n b = 1,\n c = 2\n}\n",
        "a\r\n=1",
        "a = 1\r\nb = 2\r\n",
        "a = 1\rb = 2",
        "a = 1 # \u{1}\n",
        "# \u{7f}\n",
        "\t [ a . b ] # c\n",
    ];
    let wrong: Vec<String> = texts.iter().filter_map(|text| agrees(text).err()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Pieces of TOML in any order are mostly broken, and sometimes not.
    #[test]
    fn pieces_are_read_as_toml_says(pieces in prop::collection::vec(prop::sample::select(&[
        "a", "b", "c", ".", " = ", "=", "1", "\"x\"", "'y'", "[", "]", "[[", "]]", "{", "}", ",", " ", "\n", "\n",
        "true", "2022-11-18", "2022-02-30", "# c", "\"\"\"", "1.5", "a = 1\n", "[a]\n", "[[a]]\n", "[a.b]\n", "[[a.b]]\n",
        "b.c = 2\n", "\r", "\\", "0", "_", "-", "，",
    ]), 0..14)) {
        let text = pieces.concat();
        prop_assert_eq!(agrees(&text), Ok(()));
        let unknown = parse(&text).1.into_iter().find(|problem| problem.reason.id == "toml-other");
        prop_assert!(unknown.is_none(), "{:?} has no words of its own", unknown.map(|problem| problem.reason));
    }

    #[test]
    fn valid_lines_are_read_as_toml_says(lines in prop::collection::vec(prop::sample::select(&[
        "a = 1\n", "b = [1, 2]\n", "a.b = 1\n", "a.c = { d = 1 }\n", "[a]\n", "[b]\n", "[a.b]\n", "[b.a.c]\n",
        "[[a]]\n", "[[b]]\n", "[[a.b]]\n", "[[b.a.c]]\n", "c = { a.b = 1, a.c = 2 }\n", "c.d = 1\n", "[a.b.c]\n",
    ]), 0..9)) {
        prop_assert_eq!(agrees(&lines.concat()), Ok(()));
    }
}

#[test]
fn a_place_has_one_grammar_error() {
    let deep = format!("a = {}{}\n", "[".repeat(300), "]".repeat(300));
    let source = Arc::new(SourceFile::new("plan.toml", deep));
    let sink = Sink::new(Arc::clone(&source));
    assert_eq!(super::read(&source, &sink, &NO_KEYS, "term-the-plan", |_| Some(())), None);
    let found = sink.into_diagnostics();
    assert_eq!(found.iter().filter(|problem| problem.code == Code::TomlSyntax).count(), 1);
}

const NO_KEYS: TableKeys = TableKeys { header: "", keys: &[] };
