use super::{Risks, users_over_time};
use crate::account::{AccountType, Counts};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::keys::DraftSchool;

/// Warns of apps that do not go with the plan's date or with the users.
pub(super) fn check(risks: &Risks<'_, '_>, school: &DraftSchool<'_>) {
    check_authorization(risks, school);
    check_permission(risks, school);
}

/// Warns of an app that is authorised after the plan's date: its trial has not begun.
fn check_authorization(risks: &Risks<'_, '_>, school: &DraftSchool<'_>) {
    let Some(date) = risks.date else { return };
    for authorized in risks.charged_apps(school).filter_map(|app| app.authorized.valid()) {
        let day = authorized.value.date();
        if day > date {
            let problem =
                Diagnostic::new(Code::AppAuthorizedLater).with("authorized", day).with("date", date);
            risks.sink.report(problem, authorized.span.clone());
        }
    }
}

/// Warns of users who need interop accounts at a school whose apps are all stated to need basic ones: WeCom
/// sells interop accounts for apps with a permission alone (O8, docs/rules.md#o8).
fn check_permission(risks: &Risks<'_, '_>, school: &DraftSchool<'_>) {
    let Some(checks) = risks.card.order_checks.as_ref().filter(|_| risks.needs_licences(school)) else {
        return;
    };
    let mut needs = risks.charged_apps(school).map(|app| app.needs.value()).peekable();
    let all_are_basic = needs.peek().is_some() && needs.all(|needs| needs == Some(&AccountType::Basic));
    let schools = [school];
    let mut users = users_over_time(risks.date, &schools).flat_map(|(_, users)| users);
    let with_interop = users.find(|(_, users)| users.interop > 0);
    if all_are_basic && let Some((_, Counts { interop: count, .. })) = with_interop {
        let problem = Diagnostic::new(Code::InteropWithoutApp)
            .with("count", count)
            .with("facts", checks.permission_facts.clone());
        let header = school.table.span();
        risks.sink.report(problem, school.counts().span_of(AccountType::Interop, &header));
    }
}
