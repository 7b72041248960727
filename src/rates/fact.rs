use std::borrow::Cow;

use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::diagnostic::lang::Phrase;

/// Statement about WeCom's licences, and how certain it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// Short name, such as `P3`.
    pub id: Cow<'static, str>,
    /// Its confidence.
    pub standing: Confidence,
    /// The document or person that states it.
    pub source: Phrase,
    /// Its statement.
    pub text: Phrase,
}

/// The confidence of a fact, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, EnumString, VariantArray, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Stated by WeCom's developer documentation.
    Official,
    /// Proven by WeCom's own bills: the fact's source names the orders.
    Billed,
    /// Stated by the brief.
    Brief,
    /// Stated by a third party only, never contradicted.
    Reported,
    /// Stated by nobody: a reasonable interpretation.
    Assumed,
}

impl Confidence {
    /// All values, the most certain first.
    pub const ALL: [Confidence; 5] = [
        Confidence::Official,
        Confidence::Billed,
        Confidence::Brief,
        Confidence::Reported,
        Confidence::Assumed,
    ];

    /// Returns true if a figure that rests on such a fact must name it: reported or assumed.
    pub fn is_unconfirmed(self) -> bool {
        matches!(self, Confidence::Reported | Confidence::Assumed)
    }

    /// Returns the word that cards and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_cards_the_surest_first() {
        let words = ["official", "billed", "brief", "reported", "assumed"];
        assert_eq!(Confidence::ALL.map(Confidence::as_str), words);
        assert_eq!(Confidence::ALL.map(Confidence::is_unconfirmed), [false, false, false, true, true]);
    }
}
