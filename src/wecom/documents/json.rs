//! Values of a JSON text by their byte ranges. `serde_json` has checked the grammar up to a range's end before
//! anything is looked at here, so that finding the end of a value is all that is left to do; nothing recurses and
//! nothing is copied. Where the text breaks off, the value around that spot is incomplete: what is whole in it can
//! still be read. [`Node`] comes first.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A value of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    is_complete: bool,
}

/// The kinds of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeKind {
    Object,
    Array,
    Text,
    Number,
    Bool,
    Null,
}

impl<'t> Node<'t> {
    /// Returns the value that begins at an offset; it is incomplete if it does not end before `end`.
    pub(super) fn at(text: &'t str, start: usize, end: usize) -> Node<'t> {
        let (end, is_complete) = end_of_value(text.as_bytes(), start, end);
        Node { text, start, end, is_complete }
    }

    /// Returns the value of a range, which is known to be one.
    pub(super) fn whole(text: &'t str, start: usize, end: usize) -> Node<'t> {
        Node { text, start, end, is_complete: true }
    }

    /// Returns the byte offset at which it begins.
    pub(super) fn start(self) -> usize {
        self.start
    }

    /// Returns true if the text does not break off within it.
    pub(super) fn is_complete(self) -> bool {
        self.is_complete
    }

    /// Returns its text as it stands.
    pub(super) fn raw(self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// Returns its kind, which its first sign tells.
    pub(super) fn kind(self) -> NodeKind {
        match self.text.as_bytes().get(self.start) {
            Some(b'{') => NodeKind::Object,
            Some(b'[') => NodeKind::Array,
            Some(b'"') => NodeKind::Text,
            Some(b't' | b'f') => NodeKind::Bool,
            Some(b'n') => NodeKind::Null,
            _ => NodeKind::Number,
        }
    }

    /// Returns a text without its quotation marks and escapes; `None` for another kind, and for a text whose
    /// escapes are no character.
    pub(super) fn text(self) -> Option<Cow<'t, str>> {
        if self.kind() != NodeKind::Text || !self.is_complete {
            return None;
        }
        let inner = self.raw().get(1..self.raw().len() - 1)?;
        if inner.contains('\\') {
            serde_json::from_str(self.raw()).ok().map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(inner))
        }
    }

    /// Returns the members of an object with their keys, as far as the text goes; none of another kind.
    pub(super) fn members(self) -> impl Iterator<Item = (Cow<'t, str>, Node<'t>)> {
        let mut items = self.items(NodeKind::Object);
        std::iter::from_fn(move || {
            let key = items.next()?.text()?;
            items.next().map(|value| (key, value))
        })
    }

    /// Returns the elements of an array, as far as the text goes; none of another kind.
    pub(super) fn elements(self) -> impl Iterator<Item = Node<'t>> {
        self.items(NodeKind::Array)
    }

    /// Returns the values between the brackets, keys included.
    fn items(self, kind: NodeKind) -> impl Iterator<Item = Node<'t>> {
        let bytes = self.text.as_bytes();
        let mut at = if self.kind() == kind { self.start + 1 } else { self.end };
        let end = self.end;
        std::iter::from_fn(move || {
            let separates = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':');
            at += bytes.get(at..end)?.iter().take_while(|byte| separates(byte)).count();
            if at >= end || matches!(bytes.get(at), Some(b'}' | b']')) {
                return None;
            }
            let item = Node::at(self.text, at, end);
            at = item.end;
            Some(item)
        })
    }
}

/// Returns the offset behind a value, and true if it ends before the text does.
fn end_of_value(bytes: &[u8], start: usize, end: usize) -> (usize, bool) {
    let rest = bytes.get(start..end).unwrap_or_default();
    match rest.first() {
        Some(b'"') => match end_of_text(rest, 0) {
            Some(length) => (start + length, true),
            None => (end, false),
        },
        Some(b'{' | b'[') => {
            let mut depth = 0_usize;
            let mut at = 0;
            while let Some(byte) = rest.get(at) {
                match byte {
                    b'"' => match end_of_text(rest, at) {
                        Some(after) => at = after - 1,
                        None => break,
                    },
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                at += 1;
                if depth == 0 {
                    return (start + at, true);
                }
            }
            (end, false)
        }
        _ => {
            let ends = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b'}' | b']');
            match rest.iter().position(ends) {
                Some(length) => (start + length, true),
                None => (end, false),
            }
        }
    }
}

/// Returns the offset behind the quotation mark that closes the text at `start`.
fn end_of_text(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The way from the root of a text to a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> Path<'p> {
    /// The way to the root.
    pub(super) const ROOT: Path<'static> = Path { parent: None, step: Step::Root };

    /// Returns the way to a member.
    pub(super) fn key(&'p self, key: &'p str) -> Path<'p> {
        Path { parent: Some(self), step: Step::Key(key) }
    }

    /// Returns the way to an element, counted from 0.
    pub(super) fn index(&'p self, index: usize) -> Path<'p> {
        Path { parent: Some(self), step: Step::Index(index) }
    }

    /// Returns the JSON pointer (RFC 6901), which is empty for the root.
    pub(super) fn pointer(&self) -> String {
        let mut pointer = self.parent.map(Path::pointer).unwrap_or_default();
        match self.step {
            Step::Root => {}
            Step::Key(key) => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Step::Index(index) => drop(write!(pointer, "/{index}")),
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(text: &str) -> Node<'_> {
        Node::at(text, 0, text.len())
    }

    #[test]
    fn members_and_elements_have_their_ranges() {
        let text = r#" {"a" : [1, "]}\"", {"b":null}] , "c\u0064":-2.5e3,"e":{}} "#;
        let object = Node::at(text, 1, text.len());
        let members: Vec<(String, &str)> =
            object.members().map(|(key, value)| (key.into_owned(), value.raw())).collect();
        assert_eq!(
            members,
            [
                ("a".to_owned(), r#"[1, "]}\"", {"b":null}]"#),
                ("cd".to_owned(), "-2.5e3"),
                ("e".to_owned(), "{}")
            ]
        );
        let (_, list) = object.members().next().unwrap();
        let kinds: Vec<NodeKind> = list.elements().map(Node::kind).collect();
        assert_eq!(kinds, [NodeKind::Number, NodeKind::Text, NodeKind::Object]);
        assert_eq!(list.elements().nth(1).and_then(Node::text).unwrap(), "]}\"");
        assert_eq!((list.members().count(), object.elements().count()), (0, 0));
    }

    #[test]
    fn what_is_whole_before_the_end_of_the_text_is_complete() {
        let text = r#"{"a":[{"u":"x"},{"u":"y"},{"u":"z"#;
        let (key, list) = root(text).members().next().unwrap();
        let complete: Vec<bool> = list.elements().map(Node::is_complete).collect();
        assert_eq!((key.as_ref(), complete), ("a", vec![true, true, false]));
        // A number at the end could go on.
        let cut = root(r#"{"price":100"#).members().next().unwrap().1;
        assert!(!cut.is_complete());
        for text in ["", "{", "[", "\"", "{\"a", "{\"a\"", "{\"a\":", "\"\\", "[[[["] {
            assert!(!root(text).is_complete(), "{text}");
            assert_eq!(root(text).members().count(), 0, "{text}");
        }
    }

    #[test]
    fn a_text_with_half_a_character_is_none() {
        assert_eq!(root(r#""\ud83d\ude00""#).text().unwrap(), "😀");
        assert_eq!(root(r#""\ud83d""#).text(), None);
        assert_eq!(root("12").text(), None);
    }

    #[test]
    fn a_pointer_escapes_its_keys() {
        let list = Path::ROOT.key("a/b~c");
        assert_eq!(list.index(3).pointer(), "/a~1b~0c/3");
        assert_eq!(Path::ROOT.pointer(), "");
    }
}
