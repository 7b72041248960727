use super::Code;

/// Severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Suspicious, but usable.
    Warning,
    /// Unusable.
    Error,
}

impl Code {
    /// Returns how serious the problem is: an error makes the input unusable, a warning does not.
    pub const fn severity(self) -> Severity {
        match self {
            Code::ExampleRow
            | Code::WecomDocumentSkipped
            | Code::RosterEmpty
            | Code::RosterBlankIds
            | Code::RosterOddIds
            | Code::RosterDuplicates
            | Code::RateCardNotYetInForce
            | Code::DuplicateCorpId
            | Code::NegotiatedOnDownstream
            | Code::IndustryNearMiss
            | Code::CertificationMissing
            | Code::HeldExpired
            | Code::RosterMissing
            | Code::OrdersOfOthers
            | Code::OrdersWithoutAccounts
            | Code::DuplicateApp
            | Code::InteropAppWithoutAccounts
            | Code::DuplicateName
            | Code::NoNegotiatedPrice
            | Code::AppAuthorizedLater
            | Code::InteropWithoutApp
            | Code::IndustryBarredFromGroups
            | Code::AppOrderExpired
            | Code::TermTooLongForTrial
            | Code::TooManyForContacts
            | Code::TermShorterThanAppOrder
            | Code::WaivedTerm
            | Code::WaivedRenewal
            | Code::ActivationDeadlineNear
            | Code::OrderInDoubt
            | Code::TooManyShared => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
