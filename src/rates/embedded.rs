use std::sync::{Arc, LazyLock};

use jiff::civil::Date;

use super::read::read_parsed_card;
use super::{Fact, RateCard};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::document::flat::Node;

/// Rate cards to choose from, the oldest first.
#[derive(Debug, Clone)]
pub struct RateCards {
    cards: Vec<Arc<RateCard>>,
}

/// A file of `tiers/`. Parsing its text and reading its facts would take longer than a quote, so `build/cards.rs` does both.
struct EmbeddedCard {
    name: &'static str,
    text: &'static str,
    /// Its values, without the facts.
    nodes: &'static [Node<'static>],
    facts: &'static [Fact],
}

static EMBEDDED: &[EmbeddedCard] = include!(concat!(env!("OUT_DIR"), "/embedded_cards.rs"));

impl RateCards {
    /// Reads the cards of `tiers/`, which are built into the program.
    ///
    /// # Errors
    /// The problems of a card that is not valid; a test ensures that there is none.
    pub fn embedded() -> Result<RateCards, Vec<Diagnostic>> {
        // Kept to the end of the process, so that no command copies a card or takes one apart.
        static CARDS: LazyLock<Result<RateCards, Vec<Diagnostic>>> = LazyLock::new(read_embedded);
        CARDS.clone()
    }

    /// Returns the text of a built-in card.
    pub fn embedded_text(id: &str) -> Option<&'static str> {
        EMBEDDED.iter().find(|card| card.name.strip_suffix(".toml") == Some(id)).map(|card| card.text)
    }

    /// Sorts cards by their first day.
    pub fn new(cards: impl IntoIterator<Item = Arc<RateCard>>) -> RateCards {
        let mut cards: Vec<_> = cards.into_iter().collect();
        cards.sort_by_key(|card| card.in_force_from);
        RateCards { cards }
    }

    /// Returns all cards, the oldest first.
    pub fn all(&self) -> &[Arc<RateCard>] {
        &self.cards
    }

    /// Returns the card of an id.
    pub fn get(&self, id: &str) -> Option<&Arc<RateCard>> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// Returns the card that prices purchases of a day, Beijing time; without a day, the newest. `None`
    /// before the first card's first day.
    pub fn in_force(&self, date: Option<Date>) -> Option<&Arc<RateCard>> {
        self.cards.iter().rev().find(|card| date.is_none_or(|date| card.in_force_from <= date))
    }
}

fn read_embedded() -> Result<RateCards, Vec<Diagnostic>> {
    let read = |card: &EmbeddedCard| {
        let source = Arc::new(SourceFile::built_in(card.name, card.text));
        read_parsed_card(&source, card.nodes, card.facts).map(Arc::new)
    };
    Ok(RateCards::new(EMBEDDED.iter().map(read).collect::<Result<Vec<_>, _>>()?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rates::read_card;

    #[test]
    fn an_embedded_card_equals_its_parsed_text() {
        for card in EMBEDDED {
            let source = Arc::new(SourceFile::new(card.name, card.text));
            assert_eq!(read_parsed_card(&source, card.nodes, card.facts), read_card(&source));
        }
    }

    #[test]
    fn an_embedded_card_has_the_spans_of_its_text() {
        for card in EMBEDDED {
            for node in card.nodes.iter().filter(|node| !node.key.is_empty()) {
                assert_eq!(&card.text[node.key_span.clone()], node.key);
            }
        }
    }

    #[test]
    fn the_embedded_cards_are_valid_and_named_after_their_files() {
        let cards = RateCards::embedded().unwrap();
        let mut ids: Vec<String> = cards.all().iter().map(|card| format!("{}.toml", card.id)).collect();
        ids.sort();
        assert_eq!(ids, EMBEDDED.iter().map(|card| card.name.to_owned()).collect::<Vec<_>>());
    }

    #[test]
    fn the_text_of_a_card_has_its_id() {
        for card in RateCards::embedded().unwrap().all() {
            let text = RateCards::embedded_text(&card.id).unwrap();
            assert_eq!(
                text.lines().find(|line| line.starts_with("id = ")),
                Some(&*format!("id = {:?}", card.id))
            );
        }
        for other in ["wecom", "wecom-2022-05-16.toml", ""] {
            assert_eq!(RateCards::embedded_text(other), None);
        }
    }

    #[test]
    fn a_card_prices_from_its_first_day_on() {
        let cards = RateCards::embedded().unwrap();
        assert_eq!(cards.in_force(Some(date(2022, 5, 15))), None);
        assert_eq!(cards.in_force(Some(date(2022, 5, 16))).unwrap().id, "wecom-2022-05-16");
        assert!(cards.in_force(None).is_some());
    }
}
