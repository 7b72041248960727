use schemars::JsonSchema;
use serde::Serialize;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Suspicious, but usable.
    Warning,
    /// Unusable.
    Error,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal $severity:ident;)*) => {
        /// Which problem. The kebab-case form is stable: scripts may match on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
        pub enum Code {
            $($(#[doc = $doc])+ #[serde(rename = $code)] $name,)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The kebab-case form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }

            /// Whether the problem makes the input unusable.
            pub const fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            pub(super) const fn message_id(self) -> &'static str {
                match self { $(Code::$name => concat!("diag-", $code),)* }
            }
        }
    };
}

codes! {
    // Files
    /// The file cannot be read at all.
    FileUnreadable = "file-unreadable" Error;
    /// The file is larger than any plan or card could be.
    FileTooLarge = "file-too-large" Error;
    /// The file has NUL bytes: it is no text.
    FileBinary = "file-binary" Error;
    /// The file is text in UTF-16.
    FileUtf16 = "file-utf16" Error;
    /// The file is text, but not in UTF-8.
    FileNotUtf8 = "file-not-utf8" Error;

    // TOML
    /// The text breaks TOML's grammar.
    TomlSyntax = "toml-syntax" Error;
    /// More problems than are told.
    TooManyProblems = "too-many-problems" Error;
    /// A key that the table does not know.
    UnknownKey = "unknown-key" Error;
    /// A key that the table must have.
    MissingKey = "missing-key" Error;
    /// A value of another type than the key takes.
    WrongType = "wrong-type" Error;
    /// A word that is not among those that the key takes.
    UnknownWord = "unknown-word" Error;
    /// A whole number outside the range that the key takes.
    NumberOutOfRange = "number-out-of-range" Error;
    /// Money as a bare float, where only a string is exact.
    MoneyAsFloat = "money-as-float" Error;
    /// A string that is no amount of money.
    BadMoney = "bad-money" Error;
    /// A value that is no date.
    BadDate = "bad-date" Error;
    /// A string with nothing in it.
    EmptyString = "empty-string" Error;

    // Rate cards
    /// No card of that id is embedded.
    UnknownRateCard = "unknown-rate-card" Error;
    /// No card is in force on the pricing date.
    NoRateCardInForce = "no-rate-card-in-force" Error;
    /// The chosen card is not yet in force on the pricing date.
    RateCardNotYetInForce = "rate-card-not-yet-in-force" Warning;
    /// A card without a tier.
    NoTiers = "no-tiers" Error;
    /// The first tier does not begin at account 1.
    TierStart = "tier-start" Error;
    /// A tier ends before it begins.
    TierDescending = "tier-descending" Error;
    /// Two tiers price the same account.
    TierOverlap = "tier-overlap" Error;
    /// Accounts between two tiers have no price.
    TierGap = "tier-gap" Error;
    /// A tier without an end is followed by another.
    TierOpen = "tier-open" Error;
    /// The accounts after the last tier are neither priced nor negotiated.
    TiersEnd = "tiers-end" Error;
    /// The negotiated accounts do not begin right after the last tier.
    NegotiatedStart = "negotiated-start" Error;
    /// A fact id that the card does not define.
    UnknownFact = "unknown-fact" Error;
    /// Two facts with one id.
    DuplicateFact = "duplicate-fact" Error;
    /// Two waiver rules for one kind of customer.
    DuplicateWaiver = "duplicate-waiver" Error;
    /// A range whose end lies before its start.
    RangeReversed = "range-reversed" Error;

    // Flags
    /// Arguments that do not fit the command line.
    BadUsage = "bad-usage" Error;
    /// Neither a plan nor counts to quote.
    NothingToQuote = "nothing-to-quote" Error;
    /// What is due cannot be told without a date.
    DueWithoutDate = "due-without-date" Error;
    /// A range of days that ends before it begins.
    FromAfterTo = "from-after-to" Error;
    /// A limit cannot be judged while accounts have no price.
    LimitNotJudged = "limit-not-judged" Error;
    /// A plan with nothing to compare it to.
    NothingToCompare = "nothing-to-compare" Error;
    /// An increase cannot be judged while accounts have no price.
    IncreaseNotJudged = "increase-not-judged" Error;

    // Answers
    /// The payable total of a quote is above the limit.
    OverLimit = "over-limit" Error;
    /// More is payable in a fiscal year than the limit.
    YearOverLimit = "year-over-limit" Error;
    /// The payable total grows by more than the limit.
    IncreaseOverLimit = "increase-over-limit" Error;
    /// A date that was not kept.
    Overdue = "overdue" Error;
    /// A plan with warnings, which are denied.
    WarningsDenied = "warnings-denied" Error;

    // Output
    /// The ending of a file names no form.
    UnknownForm = "unknown-form" Error;
    /// The ending of a file names another form than the one that was asked for.
    FormContradicted = "form-contradicted" Error;
    /// A mark for CSV where no CSV is written.
    ExcelWithoutCsv = "excel-without-csv" Error;
    /// A result that has no such form.
    NoSuchForm = "no-such-form" Error;
    /// A form that is bytes rather than text, for a terminal.
    FormNotForTerminal = "form-not-for-terminal" Error;
    /// A result that its form cannot hold.
    NotDrawn = "not-drawn" Error;
    /// A file that exists, and must not be replaced.
    FileExists = "file-exists" Error;
    /// Two results for one file.
    FileNamedTwice = "file-named-twice" Error;
    /// A result for the file that was read.
    OutputIsInput = "output-is-input" Error;
    /// The file cannot be written.
    FileUnwritable = "file-unwritable" Error;
    /// A manual page of a command that is none.
    NoSuchPage = "no-such-page" Error;

    // Purchases
    /// Neither basic nor interop accounts.
    NoAccounts = "no-accounts" Error;
    /// More accounts of a type than one order can have.
    TooManyAccounts = "too-many-accounts" Error;
    /// A term outside the card's limits.
    TermOutOfRange = "term-out-of-range" Error;
    /// A test enterprise with another term than the fixed one.
    TestEnterpriseTerm = "test-enterprise-term" Error;
    /// A test enterprise on a card that knows none.
    NoTestEnterprise = "no-test-enterprise" Error;
    /// A price beyond the range of money.
    PriceOverflow = "price-overflow" Error;

    // Fitting money
    /// A text that is no ratio of basic to interop accounts.
    BadMix = "bad-mix" Error;
    /// A ratio of nothing to nothing.
    EmptyMix = "empty-mix" Error;

    // Budgets
    /// Neither the plan nor a flag says where the budget begins.
    BudgetWithoutStart = "budget-without-start" Error;
    /// A horizon of no year, or of too many.
    HorizonOutOfRange = "horizon-out-of-range" Error;
    /// A horizon that leaves the calendar.
    HorizonBeyondCalendar = "horizon-beyond-calendar" Error;
    /// A growth of −100 % or less.
    GrowthOutOfRange = "growth-out-of-range" Error;
    /// A fiscal year that begins in no month.
    FiscalYearStart = "fiscal-year-start" Error;
    /// An order of a budget that cannot be placed.
    BudgetOrder = "budget-order" Error;
    /// Less than no money to spend.
    NegativeAmount = "negative-amount" Error;

    // Plans
    /// A plan without a school.
    NoSchools = "no-schools" Error;
    /// Two schools with one code.
    DuplicateSchool = "duplicate-school" Error;
    /// Two schools with one WeCom id, which WeCom would price as one customer.
    DuplicateCorpId = "duplicate-corp-id" Warning;
    /// An upstream that is not in the plan.
    UnknownUpstream = "unknown-upstream" Error;
    /// A school that names itself as its upstream.
    UpstreamIsItself = "upstream-is-itself" Error;
    /// An upstream that has an upstream of its own.
    UpstreamIsDownstream = "upstream-is-downstream" Error;
    /// A downstream with another term than its upstream.
    GroupTermsDiffer = "group-terms-differ" Error;
    /// A group that together buys more accounts of a type than one order can have.
    GroupTooManyAccounts = "group-too-many-accounts" Error;
    /// A test enterprise as an upstream or a downstream.
    TestEnterpriseInGroup = "test-enterprise-in-group" Error;
    /// A negotiated price at a downstream, whose upstream places the order.
    NegotiatedOnDownstream = "negotiated-on-downstream" Warning;
    /// An industry that is not primary/secondary.
    BadIndustry = "bad-industry" Error;
    /// A secondary industry that is almost one of a waiver's.
    IndustryNearMiss = "industry-near-miss" Warning;
    /// No certification where a waiver depends on it.
    CertificationMissing = "certification-missing" Warning;
    /// Held accounts in a plan without a date, where their remaining time cannot be known.
    HeldInUndatedPlan = "held-in-undated-plan" Error;
    /// Held accounts that have expired by the pricing date.
    HeldExpired = "held-expired" Warning;
    /// One app listed twice in a school.
    DuplicateApp = "duplicate-app" Warning;
    /// An app that needs interop accounts at a school that buys none.
    InteropAppWithoutAccounts = "interop-app-without-accounts" Warning;
    /// A purchase activated before it was paid.
    ActivatedBeforePaid = "activated-before-paid" Error;
    /// A purchase activated when its time for that was over.
    ActivatedAfterDeadline = "activated-after-deadline" Error;
    /// A headcount that does not begin after the one before it.
    HeadcountsOutOfOrder = "headcounts-out-of-order" Error;
    /// No school of the plan has the code that a flag asks for.
    UnknownSchool = "unknown-school" Error;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let distinct: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(distinct.len(), Code::ALL.len());
        for code in distinct {
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{code}");
        }
    }
}
