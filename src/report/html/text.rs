//! Text of a plan on a page: it can neither become markup nor turn the text around it.

use maud::{Markup, html};

use crate::diagnostic::lang::visible::one_line;
use crate::diagnostic::lang::{Arg, Catalog, Message};

/// Stand in a text before and after what has to be isolated. No text can hold them, as Unicode gives them to
/// nobody, and [`plain`] replaces them.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// Returns a text as one line that HTML can hold and a reader sees: unassigned characters, and those that hide, become the
/// replacement character.
pub(super) fn plain(text: &str) -> String {
    one_line(text).chars().map(showable).collect()
}

/// Returns a text, in a box of its own if it could change the direction of its neighbours.
pub(super) fn isolated(text: &str) -> Markup {
    let text = plain(text);
    html! { @if turns_direction(&text) { bdi { (text) } } @else { (text) } }
}

/// Returns a message of which each argument keeps its direction to itself.
pub(super) fn message(message: &Message, catalog: &Catalog) -> Markup {
    let marked = catalog.text(&marked(message));
    let mut pieces = marked.split(OPEN);
    html! {
        (isolated(pieces.next().unwrap_or_default()))
        @for piece in pieces {
            @let (inside, after) = piece.split_once(CLOSE).unwrap_or((piece, ""));
            (isolated(inside)) (isolated(after))
        }
    }
}

fn marked(message: &Message) -> Message {
    let args = message.args.iter().map(|(name, arg)| (*name, marked_arg(arg))).collect();
    Message { id: message.id, args }
}

fn marked_arg(arg: &Arg) -> Arg {
    match arg {
        Arg::Text(text) if turns_direction(text) => Arg::Text(format!("{OPEN}{}{CLOSE}", plain(text))),
        Arg::Text(text) => Arg::Text(plain(text)),
        Arg::Message(message) => Arg::Message(Box::new(marked(message))),
        Arg::List(items) => Arg::List(items.iter().map(marked_arg).collect()),
        Arg::Number(_) | Arg::Figure(_) | Arg::Phrase(_) => arg.clone(),
    }
}

fn showable(c: char) -> char {
    match c {
        '\u{fdd0}'..='\u{fdef}' => char::REPLACEMENT_CHARACTER,
        c if u32::from(c) & 0xfffe == 0xfffe => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// Returns true if a text has letters that run from right to left, or marks that command a direction.
fn turns_direction(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c,
            '\u{590}'..='\u{8ff}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::lang::Lang;

    fn heading(name: &str) -> String {
        let heading =
            Message::new("report-order-heading").with("number", 1u32).with("name", name).with("code", "1499");
        message(&heading, &Catalog::new(Lang::En)).into_string()
    }

    #[test]
    fn markup_in_a_name_is_text() {
        assert_eq!(heading("</style><script>\"'&"), "1. &lt;/style&gt;&lt;script&gt;&quot;'&amp; (1499)");
    }

    #[test]
    fn what_turns_direction_is_isolated_and_nothing_else() {
        assert_eq!(heading("a\u{202e}b"), "1. a\u{fffd}b (1499)");
        assert_eq!(heading("جامعة"), "1. <bdi>جامعة</bdi> (1499)");
        assert_eq!(heading("沈阳工程学院"), "1. 沈阳工程学院 (1499)");
    }

    #[test]
    fn a_name_cannot_end_its_own_isolation() {
        assert_eq!(heading("א\u{fdd1}x\u{2069}"), "1. <bdi>א\u{fffd}x\u{fffd}</bdi> (1499)");
        assert_eq!(heading("\u{fdd0}"), "1. \u{fffd} (1499)");
    }

    #[test]
    fn a_name_keeps_to_its_line() {
        assert_eq!(plain("a\0b\nc\u{85}d\u{1ffff}"), "a\u{fffd}b c d\u{fffd}");
    }
}
