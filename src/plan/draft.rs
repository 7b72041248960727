//! What a plan file says, value by value and with places, before anything is asked about how the values fit
//! together.

use std::ops::Range;

use jiff::civil::{Date, DateTime};
use strum::VariantArray;

use super::given::{Given, GivenCounts, MOST_ACCOUNTS, read_counts};
use crate::account::{AccountType, PerType, Term};
use crate::customer::{AppKind, Certification, Industry};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Table};
use crate::money::UnitPrice;
use crate::pricing::OrderStatus;

pub(super) struct DraftPlan<'d> {
    pub(super) date: Given<Date>,
    pub(super) rate_card: Given<&'d str>,
    pub(super) term: Given<Term>,
    pub(super) schools: Vec<DraftSchool<'d>>,
    /// Whether no school may hide in what could not be read.
    pub(super) has_all_schools: bool,
    /// Whether no school and no code may hide there.
    pub(super) has_all_codes: bool,
}

pub(super) struct DraftSchool<'d> {
    /// Its header.
    pub(super) span: Range<usize>,
    pub(super) code: Option<At<&'d str>>,
    pub(super) name: Option<At<&'d str>>,
    pub(super) corp_id: Option<At<&'d str>>,
    pub(super) industry: Option<At<Industry>>,
    pub(super) certification: Given<Certification>,
    pub(super) nonprofit_proof: Option<At<bool>>,
    pub(super) status: OrderStatus,
    pub(super) test_enterprise: Option<At<bool>>,
    pub(super) counts: GivenCounts,
    pub(super) term: Given<Term>,
    pub(super) upstream: Given<&'d str>,
    pub(super) negotiated_span: Option<Range<usize>>,
    pub(super) negotiated: PerType<Option<UnitPrice>>,
    pub(super) held_span: Range<usize>,
    pub(super) held: Vec<DraftHeld>,
    pub(super) apps: Vec<DraftApp<'d>>,
    pub(super) purchases: Vec<DraftPurchase>,
    pub(super) headcounts: Vec<DraftHeadcount>,
}

pub(super) struct DraftHeld {
    pub(super) account_type: Option<At<AccountType>>,
    pub(super) count: Option<At<u32>>,
    pub(super) expires: Option<At<Date>>,
}

pub(super) struct DraftApp<'d> {
    pub(super) id: Option<At<&'d str>>,
    pub(super) name: Option<At<&'d str>>,
    pub(super) host: Option<At<&'d str>>,
    pub(super) kind: Given<AppKind>,
    pub(super) authorized: Option<At<DateTime>>,
    pub(super) needs: Option<At<AccountType>>,
}

pub(super) struct DraftPurchase {
    pub(super) span: Range<usize>,
    pub(super) paid: Option<At<Date>>,
    pub(super) counts: GivenCounts,
    pub(super) term: Given<Term>,
    pub(super) activated: Option<At<Date>>,
}

pub(super) struct DraftHeadcount {
    pub(super) from: Option<At<Date>>,
    pub(super) counts: GivenCounts,
}

/// The kind of an app that does not say: the brief's are all developed for one customer.
pub(super) const DEFAULT_APP_KIND: AppKind = AppKind::Agency;

const APP_HEADER: &str = "[[school.app]]";
const PURCHASE_HEADER: &str = "[[school.purchase]]";
const HEADCOUNT_HEADER: &str = "[[school.headcount]]";

impl<'d> DraftPlan<'d> {
    pub(super) fn read(root: &mut Table<'d>) -> DraftPlan<'d> {
        let schools: Vec<DraftSchool<'d>> =
            root.tables("school", "[[school]]").into_iter().map(DraftSchool::read).collect();
        let date = Given::read(root, "date", |root| root.date("date"));
        let rate_card = Given::read(root, "rate-card", |root| root.string("rate-card"));
        let term = read_term(root);
        for (key, header) in
            [("app", APP_HEADER), ("purchase", PURCHASE_HEADER), ("headcount", HEADCOUNT_HEADER)]
        {
            root.elsewhere(key, header);
        }
        let misspelt = root.misspelt();
        let has_all_schools = root.is_whole() && !misspelt.contains(&"school");
        DraftPlan {
            date: date.unless("date", &misspelt),
            rate_card: rate_card.unless("rate-card", &misspelt),
            term: term.unless("term", &misspelt),
            has_all_schools,
            has_all_codes: has_all_schools && schools.iter().all(|school| school.code.is_some()),
            schools,
        }
    }
}

impl<'d> DraftSchool<'d> {
    fn read(mut table: Table<'d>) -> DraftSchool<'d> {
        let code = table.name("code");
        table.missing("code", "code = \"1499\"");
        let name = table.string("name");
        table.missing("name", "name = \"…\"");
        let school = DraftSchool {
            span: table.span(),
            code,
            name,
            corp_id: table.name("corp-id"),
            industry: read_industry(&mut table),
            certification: Given::read(&mut table, "certification", |table| {
                table.word("certification", Certification::VARIANTS)
            }),
            nonprofit_proof: table.boolean("nonprofit-proof"),
            status: table
                .word("status", OrderStatus::VARIANTS)
                .map_or_else(OrderStatus::default, |at| at.value),
            test_enterprise: table.boolean("test-enterprise"),
            counts: read_counts(&mut table),
            term: read_term(&mut table),
            upstream: Given::read(&mut table, "upstream", |table| table.name("upstream")),
            negotiated_span: table.place_of("negotiated"),
            negotiated: read_negotiated(&mut table),
            held_span: table.span_of("held"),
            held: table.tables("held", "held").into_iter().map(DraftHeld::read).collect(),
            apps: table.tables("app", APP_HEADER).into_iter().map(DraftApp::read).collect(),
            purchases: table
                .tables("purchase", PURCHASE_HEADER)
                .into_iter()
                .map(DraftPurchase::read)
                .collect(),
            headcounts: table
                .tables("headcount", HEADCOUNT_HEADER)
                .into_iter()
                .map(DraftHeadcount::read)
                .collect(),
        };
        let misspelt = table.misspelt();
        table.finish();
        DraftSchool {
            certification: school.certification.unless("certification", &misspelt),
            counts: school.counts.unless(&misspelt),
            term: school.term.unless("term", &misspelt),
            upstream: school.upstream.unless("upstream", &misspelt),
            ..school
        }
    }

    /// Where a problem with both counts is best shown: at the first that is given, else at the header.
    pub(super) fn counts_span(&self) -> Range<usize> {
        span_of_counts(&self.counts, &self.span)
    }

    pub(super) fn is_test_enterprise(&self) -> bool {
        self.test_enterprise.as_ref().is_some_and(|at| at.value)
    }
}

pub(super) fn span_of_counts(counts: &GivenCounts, header: &Range<usize>) -> Range<usize> {
    let first = counts.basic.usable().or(counts.interop.usable());
    first.map_or_else(|| header.clone(), |at| at.span.clone())
}

impl DraftHeld {
    fn read(mut table: Table<'_>) -> DraftHeld {
        let account_type = table.word("type", AccountType::VARIANTS);
        table.missing("type", "type = \"basic\"");
        let count = table.integer("count", 1..=MOST_ACCOUNTS);
        table.missing("count", "count = 180");
        let expires = table.date("expires");
        table.missing("expires", "expires = 2023-06-30");
        table.finish();
        DraftHeld { account_type, count, expires }
    }
}

impl<'d> DraftApp<'d> {
    fn read(mut table: Table<'d>) -> DraftApp<'d> {
        let id = table.name("id");
        table.missing("id", "id = \"weixinqy_sygcxyfk\"");
        let app = DraftApp {
            id,
            name: table.string("name"),
            host: table.string("host"),
            kind: Given::read(&mut table, "kind", |table| table.word("kind", AppKind::VARIANTS)),
            authorized: table.beijing_time("authorized"),
            needs: table.word("needs", AccountType::VARIANTS),
        };
        let misspelt = table.misspelt();
        table.finish();
        DraftApp { kind: app.kind.unless("kind", &misspelt), ..app }
    }
}

impl DraftPurchase {
    fn read(mut table: Table<'_>) -> DraftPurchase {
        let paid = table.date("paid");
        table.missing("paid", "paid = 2022-11-18");
        let purchase = DraftPurchase {
            span: table.span(),
            paid,
            counts: read_counts(&mut table),
            term: read_term(&mut table),
            activated: table.date("activated"),
        };
        let misspelt = table.misspelt();
        table.finish();
        DraftPurchase {
            counts: purchase.counts.unless(&misspelt),
            term: purchase.term.unless("term", &misspelt),
            ..purchase
        }
    }
}

impl DraftHeadcount {
    fn read(mut table: Table<'_>) -> DraftHeadcount {
        let from = table.date("from");
        table.missing("from", "from = 2023-09-01");
        let counts = read_counts(&mut table).unless(&table.misspelt());
        table.finish();
        DraftHeadcount { from, counts }
    }
}

/// A longer term gets a card's limits for an answer.
pub(super) const MOST_YEARS: u32 = 1_000;
pub(super) const MOST_MONTHS: u32 = 12_000;
pub(super) const MOST_DAYS: u32 = 1_000_000;

/// Years, months and days add up; years are twelve months.
fn read_term(table: &mut Table<'_>) -> Given<Term> {
    Given::read(table, "term", |table| {
        let mut inner = table.table("term", "term")?;
        let mut part =
            |key, most| Given::read(&mut inner, key, |inner| inner.integer(key, 0..=most)).or(|| Some(0));
        let (years, months, days) =
            (part("years", MOST_YEARS), part("months", MOST_MONTHS), part("days", MOST_DAYS));
        let span = inner.span();
        let is_misspelt = !inner.misspelt().is_empty();
        inner.finish();
        if is_misspelt {
            return None;
        }
        let term = Term { months: years? * Term::MONTHS_PER_YEAR + months?, days: days? };
        Some(At::new(term, span))
    })
}

fn read_industry(table: &mut Table<'_>) -> Option<At<Industry>> {
    let text = table.string("industry")?;
    match text.value.parse() {
        Ok(industry) => Some(At::new(industry, text.span)),
        Err(_) => {
            let diagnostic = Diagnostic::new(Code::BadIndustry).with("value", text.value);
            table.report(diagnostic, text.span);
            None
        }
    }
}

fn read_negotiated(table: &mut Table<'_>) -> PerType<Option<UnitPrice>> {
    let Some(mut inner) = table.table("negotiated", "negotiated") else { return PerType::default() };
    let prices = PerType::from_fn(|account_type| inner.price(account_type.as_str()).map(|at| at.value));
    inner.finish();
    prices
}
