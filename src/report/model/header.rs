//! What every result begins with: its title, the answer, and what the figures assume.

use super::Tone;
use crate::assumption::Assumption;
use crate::diagnostic::lang::Message;

/// The beginning of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The title: what it is, on which rate card, for which date, separated by ` · `.
    pub title: Message,
    /// What the reader wants to know first.
    pub answer: Answer,
    /// What the figures assume beside the plan.
    pub assumptions: Vec<Assumption>,
}

/// What the reader wants to know first: what is payable and by when, why, and what is uncertain. A sentence each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What is payable, and by when.
    pub text: Message,
    /// The tone of it.
    pub tone: Tone,
    /// The main reasons.
    pub because: Option<Message>,
    /// What is uncertain, and in no amount of `text`.
    pub besides: Option<Message>,
}

impl Answer {
    /// Returns an answer that is certain.
    pub fn new(text: Message) -> Answer {
        Answer { text, tone: Tone::Strong, because: None, besides: None }
    }

    /// Sets the tone.
    #[must_use]
    pub fn toned(self, tone: Tone) -> Answer {
        Answer { tone, ..self }
    }

    /// Sets the main reasons.
    #[must_use]
    pub fn because(self, because: Option<Message>) -> Answer {
        Answer { because, ..self }
    }

    /// Sets what is uncertain.
    #[must_use]
    pub fn besides(self, besides: Option<Message>) -> Answer {
        Answer { besides, ..self }
    }

    /// Returns its sentences in order, each with its tone.
    pub fn lines(&self) -> impl Iterator<Item = (&Message, Tone)> {
        let because = self.because.iter().map(|text| (text, Tone::Plain));
        let besides = self.besides.iter().map(|text| (text, Tone::Caution));
        [(&self.text, self.tone)].into_iter().chain(because).chain(besides)
    }
}
