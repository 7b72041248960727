//! What the requests of plans written by hand are. All schools are invented.

use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::plan::{SchoolUsers, UserSet, fixture};

const BUYER: &str = "provider = { buyer = \"zhangsan\" }\n";

fn due(until: Date) -> OrderOptions {
    let basis = OrderBasis::Due { until };
    OrderOptions { basis, with_unconfirmed: false, jobs: Jobs::Single, link: None }
}

fn requests_of(plan: &Plan, options: &OrderOptions) -> OrderRequests {
    order(plan, options).unwrap_or_else(|failure| panic!("{failure:?}"))
}

fn problems_of(plan: &Plan, options: &OrderOptions) -> Vec<OrderProblem> {
    match order(plan, options) {
        Err(OrderFailure::Problems(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

/// A school whose accounts expire in a week, with lists of them.
fn expiring(more: &str, held: &str) -> Plan {
    let text = format!(
        "date = 2023-11-18\n{BUYER}[[school]]\ncode = \"1001\"\nname = \"A\"\ncorp-id = \"ww1\"\n{more}\nheld = [{held}]\n"
    );
    let mut plan = fixture::plan(&text);
    list_accounts(&mut plan);
    plan
}

fn pages(requests: &OrderRequests) -> Vec<&crate::wecom::requests::CreateRenewOrderJob> {
    let calls = requests.calls.iter();
    calls
        .filter_map(|call| match &call.request {
            Request::CreateRenewOrderJob(job) => Some(job),
            _ => None,
        })
        .collect()
}

fn duration(requests: &OrderRequests) -> RenewalDuration {
    let submitted = requests.calls.iter().find_map(|call| match &call.request {
        Request::SubmitOrderJob(job) => Some(job.account_duration),
        _ => None,
    });
    submitted.unwrap()
}

#[test]
fn a_renewal_is_a_job_of_a_thousand_accounts_a_request() {
    let plan = expiring("basic = 2500", "{ type = \"basic\", count = 2500, expires = 2023-11-25 }");
    let requests = requests_of(&plan, &due(date(2023, 11, 18)));
    let sizes: Vec<usize> = pages(&requests).iter().map(|page| page.account_list.len()).collect();
    assert_eq!(sizes, [1000, 1000, 500]);
    let first = "0001-create_renew_order_job-1001.json";
    assert_eq!(requests.calls[0].file, first);
    assert_eq!(requests.calls[0].after, [0usize; 0]);
    assert_eq!(pages(&requests)[1].jobid.as_deref(), Some(&*format!("<jobid from {first}>")));
    assert_eq!(requests.calls[3].after, [0, 1, 2]);
    assert_eq!(duration(&requests), RenewalDuration::Months { months: 12 });
    let amounts: Vec<Option<Money>> = requests.calls.iter().map(|call| call.expected).collect();
    assert_eq!(amounts, [None, None, None, Some(requests.expected)]);
    assert_eq!(requests.orders[0].expires, Some(date(2024, 12, 1)));
}

#[test]
fn a_term_with_days_renews_to_a_day() {
    let plan = expiring(
        "basic = 20\nterm = { months = 12, days = 5 }",
        "{ type = \"basic\", count = 20, expires = 2023-11-25 }",
    );
    let requests = requests_of(&plan, &due(date(2023, 11, 18)));
    assert_eq!(requests.orders[0].expires, Some(date(2024, 12, 6)));
    assert_eq!(duration(&requests), RenewalDuration::until(date(2024, 12, 6)).unwrap());
}

#[test]
fn those_who_still_use_an_app_are_renewed_first() {
    let mut plan = expiring("basic = 3", "{ type = \"basic\", count = 5, expires = 2023-11-25 }");
    let mut users = UserSet::default();
    for number in [4, 1] {
        users.insert(&format!("1001-basic-2023-11-25-{number}"));
    }
    plan.schools[0].users = Some(SchoolUsers::union([(AccountType::Basic, users)]));
    let requests = requests_of(&plan, &due(date(2023, 11, 18)));
    let renewed: Vec<&str> =
        pages(&requests)[0].account_list.iter().map(|account| account.userid.as_str()).collect();
    assert_eq!(renewed, [1, 4, 0].map(|number| format!("1001-basic-2023-11-25-{number}")));
}

#[test]
fn accounts_whose_users_no_list_names_cannot_be_renewed() {
    let mut plan = expiring("basic = 20", "{ type = \"basic\", count = 20, expires = 2023-11-25 }");
    let list = plan.schools[0].accounts.as_mut().unwrap();
    list.accounts.truncate(12);
    let [problem] = &problems_of(&plan, &due(date(2023, 11, 18)))[..] else { panic!() };
    assert!(matches!(problem, OrderProblem::UsersUnknown { wanted: 20, listed: 12, .. }), "{problem:?}");
}

#[test]
fn an_account_without_a_user_is_not_renewed() {
    let mut plan = expiring("basic = 1", "{ type = \"basic\", count = 2, expires = 2023-11-25 }");
    plan.schools[0].accounts.as_mut().unwrap().accounts[0].user.clear();
    let requests = requests_of(&plan, &due(date(2023, 11, 18)));
    let [page] = &pages(&requests)[..] else { panic!() };
    assert_eq!(page.account_list[0].userid, "1001-basic-2023-11-25-1");
    plan.schools[0].counts.basic = 2;
    let problems = problems_of(&plan, &due(date(2023, 11, 18)));
    assert!(
        matches!(&problems[..], [OrderProblem::UsersUnknown { wanted: 2, listed: 1, .. }]),
        "{problems:?}"
    );
}

#[test]
fn a_renewal_of_accounts_of_a_downstream_alone_names_its_users_and_its_enterprise() {
    let downstream = "[[school]]\ncode = \"1002\"\nname = \"B\"\ncorp-id = \"ww2\"\nupstream = \"1001\"\nbasic = 3\nheld = [{ type = \"basic\", count = 3, expires = 2023-11-25 }]";
    let text = format!(
        "date = 2023-11-18\n{BUYER}[[school]]\ncode = \"1001\"\nname = \"A\"\ncorp-id = \"ww1\"\nbasic = 0\n{downstream}\n"
    );
    let mut plan = fixture::plan(&text);
    list_accounts(&mut plan);
    let requests = requests_of(&plan, &due(date(2023, 11, 18)));
    let jobs: Vec<(&str, usize)> =
        pages(&requests).iter().map(|page| (page.corpid.as_str(), page.account_list.len())).collect();
    assert_eq!(jobs, [("ww2", 3)]);
    let listed = &plan.schools[1].accounts.as_ref().unwrap().accounts;
    let users: Vec<&str> =
        pages(&requests)[0].account_list.iter().map(|account| account.userid.as_str()).collect();
    assert!(users.iter().all(|user| listed.iter().any(|account| account.user == *user)));
    assert_eq!(requests.expected, Money::from_fen(1_500));
    assert_eq!(requests.calls.len(), 2);
}

#[test]
fn a_quote_says_which_codes_it_counts_as_not_activated() {
    let purchase = "[[school.purchase]]\npaid = 2023-10-01\nbasic = 5";
    let text = format!(
        "date = 2023-11-18\n{BUYER}[[school]]\ncode = \"1001\"\nname = \"A\"\ncorp-id = \"ww1\"\nbasic = 15\n{purchase}\n"
    );
    let options = OrderOptions { basis: OrderBasis::Quote, ..due(Date::MAX) };
    let requests = requests_of(&fixture::plan(&text), &options);
    let stock: Vec<Counts> = requests.orders.iter().map(|order| order.in_stock).collect();
    assert_eq!(stock, [Counts { basic: 5, interop: 0 }]);
    // As none of them is active, the price is that of the first accounts.
    assert_eq!(requests.expected, Money::from_fen(4_500));
}

#[test]
fn a_renewal_of_accounts_that_are_bought_first_is_left_for_later() {
    let text = format!(
        "date = 2023-02-01\n{BUYER}[[school]]\ncode = \"1001\"\nname = \"A\"\ncorp-id = \"ww1\"\nbasic = 20\nterm = {{ months = 1 }}\n"
    );
    let requests = requests_of(&fixture::plan(&text), &due(date(2023, 3, 31)));
    assert_eq!(requests.calls.len(), 1);
    let later: Vec<(LaterReason, Vec<usize>)> =
        requests.later.iter().map(|later| (later.reason, later.after.clone())).collect();
    assert_eq!(later, [(LaterReason::NotActiveYet, vec![0]), (LaterReason::FollowsLater, vec![0])]);
}

#[test]
fn users_of_a_renewal_are_those_of_the_next_one_too() {
    let mut plan = expiring(
        "basic = 20\nterm = { months = 1 }",
        "{ type = \"basic\", count = 20, expires = 2023-11-25 }",
    );
    Arc::make_mut(&mut plan.card).order_checks = None;
    let requests = requests_of(&plan, &due(date(2023, 12, 31)));
    let pages = pages(&requests);
    assert_eq!((pages.len(), &requests.later[..]), (2, &[][..]));
    assert_eq!(pages[0].account_list, pages[1].account_list);
    assert_eq!(requests.calls[2].after, [1]);
    assert_eq!(requests.calls[3].after, [1, 2]);
}

fn customers(count: u32, more: &str) -> Plan {
    let schools = (0..count).map(|number| {
        format!("[[school]]\ncode = \"{number}\"\nname = \"S{number}\"\ncorp-id = \"ww{number}\"\nbasic = 8\ninterop = 20\n{more}\n")
    });
    fixture::plan(&format!("date = 2023-02-01\n{BUYER}{}", schools.collect::<String>()))
}

#[test]
fn a_job_has_ten_customers_a_request_and_one_price() {
    let mut plan = customers(23, "");
    plan.schools[4].customer.nonprofit_proof = true;
    let jobs = Jobs::Together { automatic_activation: false };
    let requests = requests_of(&plan, &OrderOptions { jobs, ..due(date(2023, 2, 1)) });
    let names: Vec<&str> = requests.calls.iter().map(|call| call.file.as_str()).collect();
    assert_eq!(
        names,
        [
            "0001-create_new_order-4.json",
            "0002-create_new_order_job.json",
            "0003-create_new_order_job.json",
            "0004-create_new_order_job.json",
            "0005-submit_new_order_job.json",
        ]
    );
    let buys: Vec<usize> = requests
        .calls
        .iter()
        .filter_map(|call| match &call.request {
            Request::CreateNewOrderJob(job) => {
                assert!(job.buy_list.iter().all(|buy| buy.auto_active_status == 0));
                Some(job.buy_list.len())
            }
            _ => None,
        })
        .collect();
    assert_eq!(buys, [10, 10, 2]);
    assert_eq!(requests.calls[4].after, [1, 2, 3]);
    assert_eq!(requests.calls[4].expected, Some(Money::from_fen(22 * 88_700)));
    assert_eq!(requests.calls[0].expected, Some(Money::ZERO));
    let single = requests_of(&plan, &due(date(2023, 2, 1)));
    assert_eq!((single.calls.len(), single.expected), (23, requests.expected));
}

#[test]
fn schools_of_one_enterprise_wait_for_each_other() {
    let mut plan = customers(2, "");
    plan.schools[1].corp_id = Some("ww0".to_owned());
    let requests = requests_of(&plan, &due(date(2023, 2, 1)));
    assert_eq!(requests.calls[1].after, [0]);
    let jobs = Jobs::Together { automatic_activation: true };
    let together = requests_of(&plan, &OrderOptions { jobs, ..due(date(2023, 2, 1)) });
    let after: Vec<&[usize]> = together.calls.iter().map(|call| &call.after[..]).collect();
    assert_eq!(after, [&[][..], &[0], &[1], &[1, 2]]);
}

#[test]
fn unconfirmed_schools_are_left_out_unless_asked_for() {
    let mut plan = customers(3, "");
    plan.schools[1].status = crate::pricing::OrderStatus::Unconfirmed;
    let requests = requests_of(&plan, &due(date(2023, 2, 1)));
    assert_eq!((requests.calls.len(), requests.expected), (2, Money::from_fen(2 * 88_700)));
    assert_eq!(requests.left_out.unconfirmed, Money::from_fen(88_700));
    let all = requests_of(&plan, &OrderOptions { with_unconfirmed: true, ..due(date(2023, 2, 1)) });
    assert_eq!((all.calls.len(), all.left_out.unconfirmed_orders), (3, 0));
    assert!(all.left_out.complete);
}

/// An upstream, and a downstream that is unconfirmed if asked for.
fn group(downstream: &str) -> Plan {
    fixture::plan(&format!(
        "date = 2023-02-01\n{BUYER}[[school]]\ncode = \"up\"\nname = \"Up\"\ncorp-id = \"ww-up\"\nbasic = 100\n\
         [[school]]\ncode = \"down\"\nname = \"Down\"\ncorp-id = \"ww-down\"\nbasic = 50\nupstream = \"up\"\n{downstream}\n"
    ))
}

#[test]
fn the_order_of_a_group_is_without_its_unconfirmed_members() {
    let requests = requests_of(&group("status = \"unconfirmed\""), &due(date(2023, 2, 1)));
    let Request::CreateNewOrder(body) = &requests.calls[0].request else { panic!() };
    assert_eq!((body.account_count.base_count, requests.later.len()), (100, 0));
    assert_eq!(requests.expected, Money::from_fen(40_500));
    assert_eq!(requests.left_out.unconfirmed_orders, 1);
}

#[test]
fn codes_of_an_order_are_shared_once_it_is_paid() {
    let requests = requests_of(&group("contacts = 20"), &due(date(2023, 2, 1)));
    let [later] = &requests.later[..] else { panic!("{:?}", requests.later) };
    assert_eq!((later.to, later.counts.basic, &later.after[..]), (Some(1), 50, &[0][..]));
    let [warning] = &requests.warnings[..] else { panic!("{:?}", requests.warnings) };
    assert!(matches!(warning, OrderProblem::TooManyShared { codes: 50, most: 40, .. }), "{warning:?}");
}

/// The same group, whose upstream has a stock of codes for all.
fn stocked(more: &str) -> Plan {
    let mut plan = group(more);
    let text = "date = 2023-02-01\n[[school]]\ncode = \"up\"\nname = \"Up\"\nbasic = 1\n\
                [[school.purchase]]\npaid = 2023-01-20\nbasic = 150\n";
    plan.schools[0].purchases = fixture::plan(text).schools[0].purchases.clone();
    list_accounts(&mut plan);
    plan
}

#[test]
fn codes_in_stock_that_documents_list_are_shared_now() {
    let link = |more: &str, link: Option<Link>| {
        let requests = requests_of(&stocked(more), &OrderOptions { link, ..due(date(2023, 2, 1)) });
        let [call] = &requests.calls[..] else { panic!("{:?}", requests.calls) };
        let Request::BatchShareActiveCode(share) = &call.request else { panic!("{call:?}") };
        assert_eq!(
            (share.share_list.len(), &*share.from_corpid, &*share.to_corpid),
            (50, "ww-up", "ww-down")
        );
        assert_eq!((call.counts.basic, call.expected), (50, None));
        share.corp_link_type
    };
    assert_eq!(link("", None), 0);
    assert_eq!(link("industry = \"教育/学前教育\"", None), 1);
    assert_eq!(link("industry = \"教育/学前教育\"", Some(Link::UpstreamDownstream)), 0);
    assert_eq!(link("", Some(Link::Interconnection)), 1);
}

#[test]
fn a_request_shares_at_most_twice_the_contacts() {
    let requests = requests_of(&stocked("contacts = 20"), &due(date(2023, 2, 1)));
    let sizes: Vec<u32> = requests.calls.iter().map(|call| call.counts.basic).collect();
    assert_eq!((sizes, requests.warnings.len()), (vec![40, 10], 1));
}

#[test]
fn codes_in_stock_that_no_document_lists_are_left_for_later() {
    let mut plan = stocked("");
    plan.schools[0].accounts = None;
    let requests = requests_of(&plan, &due(date(2023, 2, 1)));
    assert!(requests.calls.is_empty());
    let [later] = &requests.later[..] else { panic!("{:?}", requests.later) };
    assert_eq!((later.reason, &later.after[..]), (LaterReason::CodesUnknown, &[][..]));
}

#[test]
fn all_problems_are_reported_at_once() {
    let mut plan = customers(3, "");
    plan.provider.buyer = None;
    plan.schools[1].corp_id = None;
    plan.schools[2].counts.basic = 12_000;
    let problems = problems_of(&plan, &due(date(2023, 2, 1)));
    assert!(
        matches!(
            &problems[..],
            [OrderProblem::NoBuyer, OrderProblem::NoCorpId { .. }, OrderProblem::NoPrice { unpriced, .. }]
                if unpriced.basic == 2_000
        ),
        "{problems:?}"
    );
}

#[test]
fn a_refusal_is_certain_only_where_the_plan_states_its_reason() {
    let app = |more: &str| {
        format!(
            "[[school.app]]\nid = \"a\"\nkind = \"agency\"\nauthorized = 2024-01-20T09:00:00\nneeds = \"interop\"\n{more}"
        )
    };
    let on = |plan: Plan| Plan { date: Some(date(2024, 4, 10)), ..plan };
    let day = date(2024, 4, 12);
    let doubtful = requests_of(&on(customers(1, &app(""))), &due(day));
    assert!(
        matches!(&doubtful.warnings[..], [OrderProblem::Refused { certain: false, .. }]),
        "{:?}",
        doubtful.warnings
    );
    let ended = app("order = { from = 2023-02-01, until = 2024-01-31 }");
    let problems = problems_of(&on(customers(1, &ended)), &due(day));
    assert!(matches!(&problems[..], [OrderProblem::Refused { certain: true, .. }]), "{problems:?}");
    let basic = app("").replace("interop", "basic");
    let requests = requests_of(&on(customers(1, &basic)), &due(date(2024, 4, 30)));
    let may_not = |warning: &OrderProblem| matches!(warning, OrderProblem::NoPermission { count: 20, .. });
    assert!(requests.warnings.iter().any(may_not), "{:?}", requests.warnings);
}

#[test]
fn the_quote_of_an_undated_plan_has_requests_without_a_day() {
    let mut plan = customers(2, "");
    plan.date = None;
    let quote = OrderOptions { basis: OrderBasis::Quote, ..due(Date::MAX) };
    let requests = requests_of(&plan, &quote);
    assert!(requests.calls.iter().all(|call| call.date.is_none() && call.expected.is_some()));
    assert!(matches!(
        order(&plan, &due(Date::MAX)),
        Err(OrderFailure::Schedule(crate::planning::schedule::ScheduleError::NoDate))
    ));
}

#[test]
fn nothing_to_order_names_the_next_payment() {
    let plan = expiring("basic = 20", "{ type = \"basic\", count = 20, expires = 2024-06-30 }");
    let requests = requests_of(&plan, &due(date(2023, 12, 31)));
    assert!(requests.calls.is_empty() && requests.orders.is_empty());
    assert_eq!(requests.next.unwrap().1.date, date(2024, 6, 23));
}

#[test]
fn a_code_with_any_sign_makes_a_plain_file_name() {
    let mut plan = customers(1, "");
    plan.schools[0].code = "../a b/学校".to_owned();
    let requests = requests_of(&plan, &due(date(2023, 2, 1)));
    assert_eq!(requests.calls[0].file, "0001-create_new_order-___a_b___.json");
}
