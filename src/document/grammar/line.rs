use std::ops::Range;

use toml_parser::lexer::{Token, TokenKind};

use super::{Met, Place, colon, pair, short, shown};
use crate::diagnostic::lang::Message;
use crate::document::expressions::is_significant;
use crate::document::expressions::range;

/// More words than these at the beginning of a line are not looked at.
const MOST_WORDS: usize = 8;

impl Met<'_> {
    /// A line, or a list or a table in braces within it.
    pub(super) fn line(&self) -> (Message, Message) {
        let Place::Line { key, is_set } = self.place else { return self.other() };
        let found = self.found();
        match self.error.description() {
            "key with no value" | "missing value for key" => self.no_equals(key.filter(|_| !is_set)),
            "missing value" => self.no_value(*key),
            "extra `=`" => pair("toml-two-equals", "toml-fix-delete", [("found", "=".to_owned())]),
            "extra comma in array" | "extra comma in inline table" => {
                pair("toml-extra-comma", "toml-fix-delete", [("found", ",".to_owned())])
            }
            "missing comma between array elements" | "missing comma between key-value pairs" => {
                pair("toml-no-comma", "toml-fix-no-comma", [])
            }
            "unexpected `=` in array" => pair("toml-equals-in-list", "toml-fix-equals-in-list", []),
            "missing inline table opening" | "missing array opening" | "invalid inline table element" => {
                pair("toml-closes-nothing", "toml-fix-closes-nothing", [("found", found)])
            }
            "missing key for inline table element"
            | "extra assignment between key-value pairs"
            | "missing assignment between key-value pairs" => pair("toml-no-pair", "toml-fix-no-pair", []),
            "unexpected key or value" => self.after_value(found),
            "cannot recurse further; max recursion depth met" | "recursion limit" => {
                pair("toml-too-deep", "toml-fix-too-deep", [])
            }
            "invalid key-value pair" | "invalid key" | "unexpected content" => {
                pair("toml-no-key", "toml-fix-no-key", [])
            }
            "unexpected content between comment and newline" => self.blank(),
            _ => self.other(),
        }
    }

    /// Something between a value and the end of its line.
    fn after_value(&self, found: String) -> (Message, Message) {
        let at = self.at();
        let before = self.source.input().get(..at.start).unwrap_or_default();
        let number = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let after = self.source.input().get(at.end..).unwrap_or_default();
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        if found == "," && !number.is_empty() && !digits.is_empty() {
            let number = short(&format!("{number}{digits}"));
            return pair("toml-comma-in-number", "toml-fix-number", [("number", number)]);
        }
        let is_end = after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r', '#']);
        let help = match found.as_str() {
            ";" | "," if is_end => "toml-fix-delete",
            _ => "toml-fix-after-value",
        };
        pair("toml-after-value", help, [("found", found)])
    }

    /// A line that goes on after its key with something else than an equals sign.
    fn no_equals(&self, key: Option<&str>) -> (Message, Message) {
        if let Some((name, _)) = self.colon() {
            return colon(&name);
        }
        let words: Vec<&Token> = self.words().collect();
        let names = words.iter().take_while(|word| word.kind() == TokenKind::Atom).count();
        let is_set = words.get(names).is_some_and(|word| word.kind() == TokenKind::Equals);
        if let ([first, .., last], true) = (&words[..names], is_set) {
            let key = shown(self.source, first.span().start()..last.span().end());
            return pair("toml-blank-in-key", "toml-fix-bad-key", [("key", key)]);
        }
        match key {
            Some(key) => pair("toml-no-equals", "toml-fix-no-equals", [("key", short(key))]),
            None => pair("toml-no-key", "toml-fix-no-key", []),
        }
    }

    /// A colon where an equals sign should be: what stands before it, and its place.
    pub(super) fn colon(&self) -> Option<(String, Range<usize>)> {
        self.words().take_while(|word| word.kind() == TokenKind::Atom).find_map(|word| {
            let text = self.source.input().get(range(word.span()))?;
            let at = text.find(':')?;
            let start = word.span().start();
            Some((short(&text[..at]), start + at..start + at + 1))
        })
    }

    fn words(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(|token| is_significant(token.kind())).take(MOST_WORDS)
    }

    pub(super) fn no_value(&self, key: Option<&str>) -> (Message, Message) {
        let key = key.map_or_else(|| "=".to_owned(), short);
        pair("toml-no-value", "toml-fix-no-value", [("key", key)])
    }
}
