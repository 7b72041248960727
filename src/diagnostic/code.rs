use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

/// Which problem. The kebab-case form is stable: scripts may match on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[derive(IntoStaticStr, VariantArray, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case", prefix = "diag-")]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    // Files
    /// The file cannot be read at all.
    FileUnreadable,
    /// The file is larger than any plan or card could be.
    FileTooLarge,
    /// The file has NUL bytes: it is no text.
    FileBinary,
    /// The file is text in UTF-16.
    FileUtf16,
    /// The file is text, but not in UTF-8.
    FileNotUtf8,
    /// A spreadsheet in place of a plan.
    FileIsSpreadsheet,

    // Spreadsheets
    /// A file that cannot be read as a spreadsheet.
    SheetUnreadable,
    /// A spreadsheet with more than one of customers could have.
    SheetTooLarge,
    /// No sheet of the workbook has the name that a flag asks for.
    SheetNotFound,
    /// A flag asks for a sheet of a file that has none.
    SheetOfCsv,
    /// No row has headings that are known.
    NoHeadings,
    /// No row below the headings states a school.
    NoRows,
    /// No column holds what every school must have.
    ColumnMissing,
    /// Two columns hold the same.
    ColumnTwice,
    /// A flag names a column that the sheet does not have.
    UnknownColumn,
    /// Accounts that are active already, without a column for the day of their expiry.
    ExpiryColumnMissing,
    /// The content of a cell is not understood.
    CellNotUnderstood,
    /// A cell is empty that must not be.
    CellMissing,
    /// One merged cell for several schools, where each must have its own.
    CellMerged,
    /// The name of an upstream that several schools have.
    AmbiguousUpstream,
    /// An upstream that is in no row.
    UpstreamMissing,
    /// The invented example of the template is the only school.
    ExampleRow,

    // Documents of WeCom's licence API
    /// A file that cannot be read as JSON.
    JsonUnreadable,
    /// The text breaks JSON's grammar.
    JsonSyntax,
    /// JSON without a document of the licence API.
    WecomDocumentUnknown,
    /// A document of another product, or one in which nothing is to be read, such as a request.
    WecomDocumentNotOurs,
    /// A document in which nothing is to be read, beside others that are read.
    WecomDocumentSkipped,
    /// An answer that says it failed.
    WecomErrcode,
    /// An answer that says that a part of what was asked for failed.
    WecomPartialFailure,
    /// A page of a list says that another follows, and that one is missing.
    WecomPageMissing,
    /// An order that a list names, and of which there is no document.
    WecomOrderMissing,
    /// Files that a plan names for accounts or orders, and that state none.
    WecomContentMissing,
    /// Accounts of several enterprises for one school.
    WecomSeveralEnterprises,
    /// A key that a document must have.
    WecomFieldMissing,
    /// A value of a different type or range than its key takes.
    WecomFieldInvalid,
    /// A key that stands twice in one object.
    WecomFieldTwice,

    // Files that a plan names
    /// No file has the path, or fits the pattern, that a plan names.
    FilesNotFound,
    /// A pattern of files that is none.
    BadPattern,
    /// A file that a plan names, but that is not below its folder.
    FileOutside,
    /// A pipe, a device or something else that is no regular file.
    FileSpecial,

    // Rosters
    /// No column of a roster holds user ids.
    RosterColumnMissing,
    /// Two columns of a roster have the heading of user ids.
    RosterColumnTwice,
    /// A roster without a user.
    RosterEmpty,
    /// User ids that are longer than WeCom's.
    RosterLongIds,
    /// Rows of a roster without a user id.
    RosterBlankIds,
    /// User ids with signs that WeCom's do not have.
    RosterOddIds,
    /// Users that a roster lists more than once.
    RosterDuplicates,

    // TOML
    /// The text breaks TOML's grammar.
    TomlSyntax,
    /// More problems than are reported.
    TooManyProblems,
    /// A key that the table does not know.
    UnknownKey,
    /// A key that the table must have.
    MissingKey,
    /// A value of a different type than the key takes.
    WrongType,
    /// A word that is not among those that the key takes.
    UnknownWord,
    /// A whole number outside the range that the key takes.
    NumberOutOfRange,
    /// Money as a bare float, where only a string is exact.
    MoneyAsFloat,
    /// A string that is no amount of money.
    BadMoney,
    /// A value that is no date.
    BadDate,
    /// A string with nothing in it.
    EmptyString,

    // Rate cards
    /// No card of that id is embedded.
    UnknownRateCard,
    /// No card is in force on the pricing date.
    NoRateCardInForce,
    /// The chosen card is not yet in force on the pricing date.
    RateCardNotYetInForce,
    /// A card without a tier.
    NoTiers,
    /// The first tier does not begin at account 1.
    TierStart,
    /// A tier ends before it begins.
    TierDescending,
    /// Two tiers price the same account.
    TierOverlap,
    /// Accounts between two tiers have no price.
    TierGap,
    /// A tier without an end is followed by another.
    TierOpen,
    /// The accounts after the last tier are neither priced nor negotiated.
    TiersEnd,
    /// The negotiated accounts do not begin right after the last tier.
    NegotiatedStart,
    /// A fact id that the card does not define.
    UnknownFact,
    /// Two facts with one id.
    DuplicateFact,
    /// An alternative of a rule that does not rest on the fact that it names.
    AlternativeOfAnotherRule,
    /// An alternative that is in force already, or listed twice.
    DuplicateAlternative,
    /// Two waiver rules for one kind of customer.
    DuplicateWaiver,
    /// A range whose end is before its start.
    RangeReversed,

    // Flags
    /// Arguments that do not fit the command line.
    BadUsage,
    /// No plan, and no counts to quote.
    NothingToQuote,
    /// A filter for due events, without a date.
    DueWithoutDate,
    /// A range of days that ends before it begins.
    FromAfterTo,
    /// A limit that cannot be compared while accounts have no price.
    LimitNotJudged,
    /// A plan with nothing to compare it to.
    NothingToCompare,
    /// An increase that cannot be compared while accounts have no price.
    IncreaseNotJudged,
    /// Bills to be compared, and no order with a price among them.
    OrdersWithoutPrices,

    // Answers
    /// The payable total of a quote is above the limit.
    OverLimit,
    /// The cheapest plan costs more than the limit.
    CheapestOverLimit,
    /// More is payable in a fiscal year than the limit.
    YearOverLimit,
    /// The payable total grows by more than the limit.
    IncreaseOverLimit,
    /// A payment is late, or users have no account.
    PlanOverdue,
    /// Bills of WeCom that are not what they should be.
    BillsDiffer,
    /// Bills that no combination of the unconfirmed rules explains, so that no card can be written.
    BillsUnexplained,
    /// A date that was missed.
    Overdue,
    /// A plan with warnings, which are denied.
    WarningsDenied,

    // Orders as requests
    /// Orders without anybody who places them.
    OrderWithoutBuyer,
    /// A customer without WeCom's id.
    OrderWithoutCorpId,
    /// An order with accounts whose price is not known.
    OrderWithoutPrice,
    /// A renewal of accounts whose users no document lists.
    RenewalUsersUnknown,
    /// An order that WeCom refuses, by what the plan states.
    OrderRefused,
    /// An order that WeCom may refuse.
    OrderInDoubt,
    /// More codes for a downstream than it may have.
    TooManyShared,

    // Output
    /// The ending of a file names no form.
    UnknownFormat,
    /// The ending of a file names another format than the one that was asked for.
    FormatContradicted,
    /// A mark for CSV where no CSV is written.
    ExcelWithoutCsv,
    /// A result that has no such form.
    NoSuchFormat,
    /// Parquet, for a program that was built without it.
    ParquetNotBuilt,
    /// A format that is bytes rather than text, for a terminal.
    FormatNotForTerminal,
    /// A result that its format cannot hold.
    NotDrawn,
    /// A workbook with more cells than memory should be taken for.
    WorkbookTooLarge,
    /// A file that exists, and must not be replaced.
    FileExists,
    /// Two results for one file.
    FileNamedTwice,
    /// A result for the file that was read.
    OutputIsInput,
    /// The file cannot be written.
    FileUnwritable,
    /// A folder with files of others, which is not replaced.
    FolderNotReplaced,
    /// A manual page of a command that is none.
    NoSuchPage,

    // Purchases
    /// A payer without a plan within the limits.
    NoCheapestPlan,
    /// Both counts are zero.
    NoAccounts,
    /// More accounts of a type than one order can have.
    TooManyAccounts,
    /// A term outside the card's limits.
    TermOutOfRange,
    /// A test enterprise with a different term than the fixed one.
    TestEnterpriseTerm,
    /// A test enterprise on a card that knows none.
    NoTestEnterprise,
    /// A price beyond the range of money.
    PriceOverflow,

    // Fitting money
    /// A text that is no ratio of basic to interop accounts.
    BadMix,
    /// A ratio of nothing to nothing.
    EmptyMix,

    // Budgets
    /// Neither the plan nor a flag states the first day of the budget.
    BudgetWithoutStart,
    /// A horizon of zero years, or of too many.
    HorizonOutOfRange,
    /// A horizon that leaves the calendar.
    HorizonBeyondCalendar,
    /// A growth of −100 % or less.
    GrowthOutOfRange,
    /// A first month of the fiscal year that is not from 1 to 12.
    FiscalYearStart,
    /// An order of a quote that cannot be placed.
    OrderNotPlaced,
    /// A side of a comparison that has no price.
    SideNotPriced,
    /// An order of a budget that cannot be placed.
    BudgetOrder,
    /// A negative amount of money to spend.
    NegativeAmount,

    // Plans
    /// A plan without a school.
    NoSchools,
    /// Two schools with one code.
    DuplicateSchool,
    /// Two schools with one WeCom id, which WeCom would price as one customer.
    DuplicateCorpId,
    /// An upstream that is not in the plan.
    UnknownUpstream,
    /// A school that names itself as its upstream.
    UpstreamIsItself,
    /// An upstream that has an upstream of its own.
    UpstreamIsDownstream,
    /// A downstream with a different term than its upstream.
    GroupTermsDiffer,
    /// A group that together buys more accounts of a type than one order can have.
    GroupTooManyAccounts,
    /// A test enterprise as an upstream or a downstream.
    TestEnterpriseInGroup,
    /// A negotiated price at a downstream, whose upstream places the order.
    NegotiatedOnDownstream,
    /// An industry that is not primary/secondary.
    BadIndustry,
    /// A secondary industry that is almost one of a waiver's.
    IndustryNearMiss,
    /// No certification, although a waiver depends on it.
    CertificationMissing,
    /// Held accounts, purchases or headcounts in a plan without a date, where what is missing cannot be known.
    UndatedPlan,
    /// Held accounts that have expired by the pricing date.
    HeldExpired,
    /// Held accounts that are given by hand and by files in one entry.
    HeldFromConflicts,
    /// Users counted by hand, and another number of them by the rosters.
    RosterCountsDiffer,
    /// An app without a roster in a school whose other apps have one.
    RosterMissing,
    /// Orders of enterprises that are no school of the plan.
    OrdersOfOthers,
    /// Purchases from orders at a school without an account list, which would say what is activated.
    OrdersWithoutAccounts,
    /// An order that renews accounts to a day, of which nothing says when they expired.
    RenewalUnexplained,
    /// One app listed twice in a school.
    DuplicateApp,
    /// An app that needs interop accounts at a school that buys none.
    InteropAppWithoutAccounts,
    /// `activated` where it cannot be: beside `activations`, or on a renewal; or a renewal that prolongs on
    /// another day than that of its payment.
    ActivatedConflicts,
    /// More codes activated than bought.
    ActivationsExceedPurchase,
    /// Accounts prolonged that the school does not have.
    NothingToProlong,
    /// A purchase activated before it was paid.
    ActivatedBeforePaid,
    /// A purchase activated when its time for that was over.
    ActivatedAfterDeadline,
    /// A headcount that does not begin after the one before it.
    HeadcountsOutOfOrder,
    /// Two schools with one name.
    DuplicateName,
    /// Accounts beyond the list, whose price has not been negotiated.
    NoNegotiatedPrice,
    /// An app authorised after the plan's date.
    AppAuthorizedLater,
    /// Interop accounts for a school without an app that needs them.
    InteropWithoutApp,
    /// A member of a group whose industry can be in none.
    IndustryBarredFromGroups,
    /// The customer's order of the app has expired on the plan's date.
    AppOrderExpired,
    /// A term that is too long for an app in its trial, of which no order is known.
    TermTooLongForTrial,
    /// More accounts of a short term than the customer's contacts allow.
    TooManyForContacts,
    /// A term that is shorter than the customer's order of the app.
    TermShorterThanAppOrder,
    /// A term that a waived customer cannot order.
    WaivedTerm,
    /// A renewal recorded while the licences were waived.
    WaivedRenewal,
    /// Codes that are not activated while the last day for it is near.
    ActivationDeadlineNear,
    /// No school of the plan has the code or the name that a flag asks for.
    UnknownSchool,
    /// A part of a name that a flag asks for is in the names of several schools.
    AmbiguousSchool,
    /// A flag asks for a school of which a roster or a document could not be read.
    SchoolLeftOut,
}

impl Code {
    /// Returns the kebab-case form.
    pub fn as_str(self) -> &'static str {
        let id: &'static str = self.into();
        id.strip_prefix("diag-").unwrap_or(id)
    }
}
