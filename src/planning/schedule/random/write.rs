use std::fmt::Write;

use jiff::Span;
use jiff::civil::{Date, date};

use super::sketch::{
    AppKindSketch, CustomerSketch, PartSketch, PayerSketch, PlanSketch, PurchaseSketch, RenewalSketch,
    SchoolSketch, TermSketch, Use,
};

/// Writes a sketch as the text of a plan.
pub(super) fn write(plan: &PlanSketch) -> String {
    let today = date(2022, 11, 1) + Span::new().days(plan.date);
    let mut text = format!("date = {today}\n");
    for (index, payer) in plan.payers.iter().enumerate() {
        write_payer(&mut text, today, index, payer);
    }
    text
}

fn write_payer(text: &mut String, today: Date, index: usize, payer: &PayerSketch) {
    let is_test = payer.customer == CustomerSketch::TestEnterprise;
    let term = if is_test { (1, 0) } else { payer.term };
    write_school(text, today, &format!("{index}"), &payer.school, (term, is_test));
    let customer = match payer.customer {
        CustomerSketch::Charged => "",
        CustomerSketch::K12 => "industry = \"教育/初等教育\"\ncertification = \"verified\"\n",
        CustomerSketch::Government => "industry = \"政府/公安\"\ncertification = \"certified\"\n",
        CustomerSketch::Nonprofit => "nonprofit-proof = true\n",
        CustomerSketch::TestEnterprise => "test-enterprise = true\n",
    };
    text.push_str(customer);
    write_lists(text, today, &payer.school, is_test);
    for (member, school) in payer.downstreams.iter().enumerate().filter(|_| !is_test) {
        write_school(text, today, &format!("{index}-{member}"), school, (term, false));
        writeln!(text, "upstream = \"{index}\"").unwrap();
        write_lists(text, today, school, false);
    }
}

/// Writes the keys of a school but for its lists.
fn write_school(
    text: &mut String,
    today: Date,
    code: &str,
    school: &SchoolSketch,
    (term, is_test): (TermSketch, bool),
) {
    let (basic, interop) = limited(school.counts, is_test);
    let basic = if (basic, interop) == (0, 0) { 1 } else { basic };
    writeln!(text, "[[school]]\ncode = \"{code}\"\nname = \"S{code}\"").unwrap();
    writeln!(text, "basic = {basic}\ninterop = {interop}\nterm = {}", write_term(term)).unwrap();
    if school.unconfirmed {
        text.push_str("status = \"unconfirmed\"\n");
    }
    let held = school.held.iter().map(|held| {
        let expires = today + Span::new().days(held.expires);
        format!("{{ type = \"{}\", count = {}, expires = {expires} }}", type_of(held.interop), held.count)
    });
    let held: Vec<String> = held.collect();
    if !held.is_empty() {
        writeln!(text, "held = [{}]", held.join(", ")).unwrap();
    }
}

fn write_lists(text: &mut String, today: Date, school: &SchoolSketch, is_test: bool) {
    for (index, app) in school.apps.iter().enumerate() {
        let kind = match app.kind {
            _ if school.internal_only => "internal",
            AppKindSketch::Agency => "agency",
            AppKindSketch::ThirdParty => "third-party",
            AppKindSketch::Internal => "internal",
        };
        writeln!(text, "[[school.app]]\nid = \"x{index}\"\nkind = \"{kind}\"").unwrap();
        writeln!(text, "needs = \"{}\"", type_of(app.interop)).unwrap();
        if let Some((days, hour)) = app.authorized {
            writeln!(text, "authorized = {}T{hour:02}:30:00", today + Span::new().days(days)).unwrap();
        }
        if let Some((days, length)) = app.order {
            let from = today + Span::new().days(days);
            writeln!(text, "order = {{ from = {from}, until = {} }}", from + Span::new().days(length))
                .unwrap();
        }
    }
    let mut lots = Lots::held(today, school);
    let mut purchases: Vec<&PurchaseSketch> = school.purchases.iter().collect();
    purchases.sort_by_key(|purchase| (matches!(purchase.use_, Use::Renewal(_)), purchase.paid));
    for purchase in purchases {
        let paid = (today + Span::new().days(purchase.paid)).max(date(2022, 5, 16));
        let term = if is_test { (1, 0) } else { purchase.term };
        let counts = limited(purchase.counts, is_test);
        lots.write_purchase(text, paid, counts, term, &purchase.use_);
    }
    let mut headcounts = school.headcounts.clone();
    headcounts.sort_unstable();
    headcounts.dedup_by_key(|(day, _, _)| *day);
    for (days, basic, interop) in headcounts {
        let ((basic, interop), from) = (limited((basic, interop), is_test), today + Span::new().days(days));
        writeln!(text, "[[school.headcount]]\nfrom = {from}\nbasic = {basic}\ninterop = {interop}").unwrap();
    }
}

/// Limits counts to those that a test enterprise can have (P14).
fn limited((basic, interop): (u32, u32), is_test: bool) -> (u32, u32) {
    if is_test { (basic.min(400), interop.min(400)) } else { (basic, interop) }
}

fn type_of(interop: bool) -> &'static str {
    if interop { "interop" } else { "basic" }
}

fn write_term((months, days): TermSketch) -> String {
    format!("{{ months = {months}, days = {days} }}")
}

/// Accounts that are not prolonged yet.
#[derive(Debug, Clone)]
struct Lot {
    interop: bool,
    count: u32,
    activated: Option<Date>,
    expires: Date,
}

struct Lots(Vec<Lot>);

impl Lots {
    fn held(today: Date, school: &SchoolSketch) -> Lots {
        let lots = school.held.iter().map(|held| Lot {
            interop: held.interop,
            count: held.count,
            activated: None,
            expires: today + Span::new().days(held.expires),
        });
        Lots(lots.collect())
    }

    fn push(&mut self, interop: bool, count: u32, (activated, starts): (Date, Date), term: TermSketch) {
        let days = i64::from(term.0 * 31 + term.1);
        let expires = starts.saturating_add(Span::new().days(days));
        if count > 0 {
            self.0.push(Lot { interop, count, activated: Some(activated), expires });
        }
    }

    /// Returns one of the lots that a purchase paid on a day can prolong so many days before they expire, as an
    /// index, with that day.
    fn prolongable(
        &self,
        pick: usize,
        interop: Option<bool>,
        days_left: i32,
        paid: Option<Date>,
    ) -> Option<(usize, Date)> {
        let fitting = self.0.iter().enumerate().filter_map(|(index, lot)| {
            let on = lot.expires - Span::new().days(days_left);
            let is_type = interop.is_none_or(|interop| interop == lot.interop);
            let is_active = lot.count > 0 && lot.activated.is_none_or(|activated| activated < on);
            let is_paid = paid.is_none_or(|paid| paid <= on && on < paid + Span::new().months(12));
            (is_type && is_active && is_paid && date(2022, 5, 16) <= on).then_some((index, on))
        });
        let fitting: Vec<(usize, Date)> = fitting.collect();
        fitting.get(pick % fitting.len().max(1)).copied()
    }

    fn write_purchase(
        &mut self,
        text: &mut String,
        paid: Date,
        counts: (u32, u32),
        term: TermSketch,
        use_: &Use,
    ) {
        if let Use::Renewal(renewal) = use_ {
            self.write_renewal(text, renewal, term);
            return;
        }
        let (basic, interop) = if counts == (0, 0) { (1, 0) } else { counts };
        writeln!(text, "[[school.purchase]]\npaid = {paid}\nbasic = {basic}\ninterop = {interop}").unwrap();
        writeln!(text, "term = {}", write_term(term)).unwrap();
        match use_ {
            Use::AtOnce(after) => {
                let activated = after_payment(paid, *after);
                writeln!(text, "activated = {activated}").unwrap();
                self.push(false, basic, (activated, activated), term);
                self.push(true, interop, (activated, activated), term);
            }
            Use::Parts(parts) => {
                let mut left = [basic, interop];
                let parts: Vec<String> =
                    parts.iter().filter_map(|part| self.part(part, paid, &mut left, term)).collect();
                if !parts.is_empty() {
                    writeln!(text, "activations = [{}]", parts.join(", ")).unwrap();
                }
            }
            Use::Stock | Use::Renewal(_) => {}
        }
    }

    fn part(
        &mut self,
        part: &PartSketch,
        paid: Date,
        left: &mut [u32; 2],
        term: TermSketch,
    ) -> Option<String> {
        let left = &mut left[usize::from(part.interop)];
        let mut count = (*left * part.percent).div_ceil(100);
        let mut day = after_payment(paid, part.after);
        let found = part
            .extends
            .and_then(|(pick, days_left)| self.prolongable(pick, Some(part.interop), days_left, Some(paid)));
        let mut extends = String::new();
        let mut starts = day;
        if let Some((index, on)) = found {
            count = count.min(self.0[index].count);
            self.0[index].count -= count;
            (day, starts) = (on, self.0[index].expires);
            extends = format!(", extends = {starts}");
        }
        if count == 0 {
            return None;
        }
        *left -= count;
        self.push(part.interop, count, (day, starts), term);
        let account_type = type_of(part.interop);
        Some(format!("{{ date = {day}, type = \"{account_type}\", count = {count}{extends} }}"))
    }

    /// Writes a renewal of one lot, or of as many accounts of its type as expire first.
    fn write_renewal(&mut self, text: &mut String, renewal: &RenewalSketch, term: TermSketch) {
        let Some((index, paid)) = self.prolongable(renewal.lot, None, renewal.days_left, None) else {
            return;
        };
        let Lot { interop, expires, .. } = self.0[index];
        let can_be = |lot: &Lot| {
            lot.interop == interop
                && lot.activated.is_none_or(|activated| activated < paid)
                && paid <= lot.expires
        };
        let wanted = (self.0[index].count * renewal.percent).div_ceil(100);
        let mut left = wanted;
        let mut order: Vec<usize> = (0..self.0.len()).filter(|&lot| can_be(&self.0[lot])).collect();
        order.sort_by_key(|&lot| self.0[lot].expires);
        order.retain(|&lot| !renewal.named || self.0[lot].expires == expires);
        for lot in order {
            let (here, from) = (left.min(self.0[lot].count), self.0[lot].expires);
            self.0[lot].count -= here;
            left -= here;
            self.push(interop, here, (paid, from), term);
        }
        let account_type = type_of(interop);
        writeln!(text, "[[school.purchase]]\nkind = \"renewal\"\npaid = {paid}\n{account_type} = {wanted}")
            .unwrap();
        writeln!(text, "term = {}", write_term(term)).unwrap();
        if renewal.named {
            let named =
                format!("date = {paid}, type = \"{account_type}\", count = {wanted}, extends = {expires}");
            writeln!(text, "activations = [{{ {named} }}]").unwrap();
        }
    }
}

/// Returns a day after payment, at most a year.
fn after_payment(paid: Date, days: i32) -> Date {
    (paid + Span::new().days(days)).min(paid + Span::new().months(12))
}
