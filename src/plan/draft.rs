//! Getters over the values of a plan as written in the file, for the checks and for building the plan.

use std::ops::Range;

use super::keys::{DraftHeadcount, DraftPlan, DraftPurchase, DraftSchool};
use crate::account::{AccountType, Counts, PerType, Term};
use crate::customer::AppKind;
use crate::document::Field;
use crate::money::UnitPrice;

/// Kind of an app that states none: the brief's are all developed for one customer.
pub(super) const DEFAULT_APP_KIND: AppKind = AppKind::Agency;

impl<'d> DraftPlan<'d> {
    pub(super) fn schools(&self) -> &[DraftSchool<'d>] {
        self.school.items()
    }

    /// Returns false if the part of the file that could not be read may have a school.
    pub(super) fn has_all_schools(&self) -> bool {
        self.table.lists_all("school")
    }

    /// Returns true if the plan certainly has no school, not even in a part that could not be read.
    pub(super) fn has_no_schools(&self) -> bool {
        self.has_all_schools() && !matches!(self.school, Field::Invalid) && self.schools().is_empty()
    }

    /// Returns false if the part of the file that could not be read may have a code of a school.
    pub(super) fn has_all_codes(&self) -> bool {
        self.has_all_schools() && self.schools().iter().all(|school| school.code.valid().is_some())
    }

    /// Returns the term of a school, its own or the plan's; `None` for an invalid one.
    pub(super) fn term_of(&self, school: &DraftSchool<'_>) -> Option<Term> {
        let own = &school.term;
        if own.is_missing() { self.term.or(Term::ONE_YEAR) } else { own.value().copied() }
    }
}

impl DraftSchool<'_> {
    pub(super) fn is_test_enterprise(&self) -> bool {
        self.test_enterprise.value() == Some(&true)
    }

    /// Returns the valid prices of `negotiated`.
    pub(super) fn negotiated_prices(&self) -> PerType<Option<UnitPrice>> {
        self.negotiated.value().map_or_else(PerType::default, |prices| PerType {
            basic: prices.basic.value().copied(),
            interop: prices.interop.value().copied(),
        })
    }
}

/// Numbers of accounts; a missing one is zero.
pub(super) type DraftCounts<'f> = PerType<&'f Field<u32>>;

macro_rules! counts {
    ($($table:ident)+) => {
        $(impl $table<'_> {
            pub(super) fn counts(&self) -> DraftCounts<'_> {
                PerType { basic: &self.basic, interop: &self.interop }
            }
        })+
    };
}

counts!(DraftSchool DraftPurchase DraftHeadcount);

impl DraftCounts<'_> {
    /// Returns both counts, unless one is invalid.
    pub(super) fn known(&self) -> Option<Counts> {
        Some(PerType { basic: self.basic.or(0)?, interop: self.interop.or(0)? })
    }

    /// Returns the span of the first count that is present, else of the header.
    pub(super) fn span(&self, header: &Range<usize>) -> Range<usize> {
        let first = self.basic.valid().or(self.interop.valid());
        first.map_or_else(|| header.clone(), |at| at.span.clone())
    }

    /// Returns the span of a count, or of the header if it is missing.
    pub(super) fn span_of(&self, account_type: AccountType, header: &Range<usize>) -> Range<usize> {
        self.get(account_type).valid().map_or_else(|| header.clone(), |at| at.span.clone())
    }
}
