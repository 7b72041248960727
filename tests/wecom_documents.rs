//! Documents of WeCom's licence API: the traps of real ones, damaged ones, and what is read all the same. All ids and
//! figures are invented.

use jiff::civil::{DateTime, date};
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::diagnostic::{MessageFormat, RenderStyle};
use wxlicense::wecom::documents::{
    self, BilledOrder, CodeState, Content, Document, MAX_BYTES, OrderState, OrderType, Reading,
    missing_pages, order_in_file_name,
};
use wxlicense::{AccountType, Counts, Money, Term};

/// Reads a text, with the problems as lines: code, line and pointer, and the rest of the message.
fn read(text: &str) -> (Vec<Document>, Vec<String>) {
    let Reading { documents, diagnostics } = documents::read("a.json", text.as_bytes());
    let style = RenderStyle { width: 80, color: false };
    let english = Catalog::new(Lang::En);
    let lines = diagnostics.iter().map(|problem| MessageFormat::Short.render(problem, &english, style));
    (documents, lines.collect())
}

/// Reads a text that has no problem.
#[track_caller]
fn read_all(text: &str) -> Vec<Document> {
    let (documents, problems) = read(text);
    assert_eq!(problems, [""; 0]);
    documents
}

/// Reads a text with one document, an order.
#[track_caller]
fn read_order(text: &str) -> BilledOrder {
    let Ok([Document { content: Content::Order(order), .. }]) = <[_; 1]>::try_from(read_all(text)) else {
        panic!("not one order: {text}")
    };
    order
}

fn order(id: &str) -> String {
    format!(r#"{{"errcode":0,"order":{{"order_id":"{id}","order_type":1,"order_status":1,"price":500}}}}"#)
}

fn account(user: &str) -> String {
    format!(r#"{{"userid":"{user}","type":1,"active_time":1668739098,"expire_time":1700880000}}"#)
}

/// Returns the ids of orders and the numbers of accounts of pages.
fn summary(documents: &[Document]) -> Vec<String> {
    let one = |document: &Document| match &document.content {
        Content::Order(order) => order.id.clone(),
        Content::UnionOrder(union) => format!("{}:{}", union.order.id, union.parts.len()),
        Content::OrderList(list) => format!("list {}", list.orders.len()),
        Content::OrderAccounts(accounts) => {
            format!("{:?} {}", accounts.order_id.as_deref().unwrap_or_default(), accounts.accounts.len())
        }
        Content::AccountPage(page) => {
            let partial = if page.page.is_partial { " partial" } else { "" };
            format!("accounts {}{partial}", page.accounts.len())
        }
        Content::Codes(codes) => format!("codes {}", codes.codes.len()),
        Content::AppLicense(_) => "app".to_owned(),
        Content::UnreadableOrder(order) => format!("unreadable {}", order.id.as_deref().unwrap_or("?")),
    };
    documents.iter().map(one).collect()
}

fn moment(year: i16, month: i8, day: i8, hour: i8, minute: i8, second: i8) -> Option<DateTime> {
    Some(date(year, month, day).at(hour, minute, second, 0))
}

#[test]
fn a_file_with_one_of_each_document_is_read_without_a_complaint() {
    let documents = read_all(include_str!("wecom/answers.ndjson"));
    let expected = [
        "OI1",
        "OI2",
        "OI3",
        "OI4",
        "OI5:2",
        "list 2",
        "\"OI1\" 2",
        "\"OI3\" 1",
        "accounts 2",
        "accounts 1",
        "codes 1",
        "codes 4",
        "codes 1",
        "app",
        "OI6",
        "accounts 1",
    ];
    assert_eq!(summary(&documents), expected);
    assert!(missing_pages(&documents).is_empty());
}

#[test]
fn an_order_has_its_price_counts_term_and_times() {
    let order = read_order(
        "\u{feff}{\"errcode\":0,\"errmsg\":\"ok\",\"order\":{\"order_id\":\"O1\",\"order_type\":2,\"order_status\":6,\
         \"corpid\":\"wp1\",\"price\":60500,\"account_count\":{\"base_count\":150,\"external_contact_count\":0},\
         \"account_duration\":{\"months\":12},\"create_time\":1668739098,\"pay_time\":1668787199}}",
    );
    assert_eq!((order.id.as_str(), order.corp_id.as_deref()), ("O1", Some("wp1")));
    assert_eq!((order.order_type, order.state), (OrderType::Renewal, OrderState::RefundRefused));
    assert_eq!(order.price.to_string(), "605.00");
    assert_eq!(order.counts, Some(Counts { basic: 150, interop: 0 }));
    assert_eq!(order.duration.and_then(|duration| duration.term()), Some(Term::ONE_YEAR));
    assert_eq!(order.created, moment(2022, 11, 18, 10, 38, 18));
    assert_eq!(order.paid, moment(2022, 11, 18, 23, 59, 59));
}

#[test]
fn placeholders_of_real_documents_are_read_as_they_are() {
    // Times from before the charge, a term in all three forms, and a cancelled order that was paid.
    let order = read_order(
        r#"{"errcode":0,"order":{"order_id":"O1","order_type":1,"order_status":2,"price":10000,
            "account_duration":{"months":2,"days":20,"new_expire_time":1700000000},
            "create_time":150000000,"pay_time":1550000000}}"#,
    );
    assert_eq!(order.created, moment(1974, 10, 3, 10, 40, 0));
    assert_eq!((order.state, order.paid), (OrderState::Cancelled, moment(2019, 2, 13, 3, 33, 20)));
    let duration = order.duration.unwrap();
    assert_eq!(duration.term(), Some(Term { months: 2, days: 20 }));
    // It counts to the end of 2023-11-15 (T6).
    assert_eq!(duration.expires(), Some(date(2023, 11, 16)));
    assert_eq!((order.corp_id, order.counts), (None, None));
}

#[test]
fn a_renewal_to_a_day_ends_after_it() {
    for (seconds, expires) in [
        (1_699_977_600, date(2023, 11, 16)), // 2023-11-15 00:00:00
        (1_700_063_999, date(2023, 11, 16)), // 2023-11-15 23:59:59
        (1_700_064_000, date(2023, 11, 17)), // 2023-11-16 00:00:00
    ] {
        let order = read_order(&format!(
            r#"{{"order":{{"order_id":"O1","order_type":2,"order_status":1,"price":1,
                "account_duration":{{"new_expire_time":{seconds}}}}}}}"#
        ));
        let duration = order.duration.unwrap();
        assert_eq!((duration.term(), duration.expires()), (None, Some(expires)));
    }
}

#[test]
fn large_prices_and_times_are_exact() {
    let order = read_order(
        r#"{"errcode":0,"order":{"order_id":"O1","order_type":1,"order_status":1,"price":9007199254740993,
            "create_time":4178368698,"pay_time":6178368698}}"#,
    );
    assert_eq!(order.price, Money::from_fen(9_007_199_254_740_993));
    assert_eq!(order.paid, moment(2165, 10, 14, 5, 31, 38));
    // A time of 0 is none, as one that is null.
    let order = read_order(
        r#"{"order":{"order_id":"O1","order_type":6,"order_status":1,"price":0,"create_time":0,"pay_time":null}}"#,
    );
    assert_eq!((order.created, order.paid), (None, None));
}

#[test]
fn keys_that_are_left_out_count_zero() {
    let documents = read_all(
        r#"{"errcode":0,"order":{"order_id":"U1","order_type":1,"order_status":2,"price":6000000000,"pay_time":1},
            "buy_list":[{"sub_order_id":"S1","corpid":"wp1","account_count":{"base_count":10},
            "account_duration":{"months":12}},{"corpid":"wp2"}]}"#,
    );
    let Content::UnionOrder(union) = &documents[0].content else { panic!("{documents:?}") };
    assert_eq!((union.order.order_type, union.order.price.fen()), (OrderType::New, 6_000_000_000));
    assert_eq!(union.parts[0].counts, Some(Counts { basic: 10, interop: 0 }));
    assert_eq!(union.parts[0].duration.and_then(|duration| duration.term()), Some(Term::ONE_YEAR));
    assert_eq!((union.parts[1].id.as_deref(), union.parts[1].counts), (None, None));
}

#[test]
fn every_type_and_state_of_orders_has_its_number() {
    let read = |order_type: u32, state: u32| {
        read_order(&format!(
            r#"{{"order":{{"order_id":"O","order_type":{order_type},"order_status":{state},"price":0}}}}"#
        ))
    };
    use OrderType::{ContractMigration, New, Renewal, Several, VersionMigration};
    let types = [1, 2, 5, 6, 8].map(|number| read(number, 1).order_type);
    assert_eq!(types, [New, Renewal, VersionMigration, ContractMigration, Several]);
    use OrderState::{Cancelled, Expired, Paid, RefundAsked, RefundRefused, Refunded, Unpaid, Void};
    let states = [0, 1, 2, 3, 4, 5, 6, 7].map(|number| read(1, number).state);
    assert_eq!(states, [Unpaid, Paid, Cancelled, Expired, RefundAsked, Refunded, RefundRefused, Void]);
}

#[test]
fn lists_of_accounts_are_told_apart_by_their_entries() {
    let codes = r#"{"active_code":"c1","userid":"u1","type":1},{"active_code":"c1","type":2}"#;
    let renewed = r#"{"userid":"u1","type":2}"#;
    let documents = read_all(&format!(
        "{{\"errcode\":0,\"has_more\":0,\"account_list\":[{}]}}\n{{\"errcode\":0,\"account_list\":[{codes}]}}\n\
         {{\"errcode\":0,\"account_list\":[{renewed}]}}\n{{\"errcode\":0,\"account_list\":[]}}",
        account("u1")
    ));
    assert_eq!(summary(&documents), ["accounts 1", "\"\" 2", "\"\" 1", "accounts 0"]);
    let Content::OrderAccounts(accounts) = &documents[1].content else { panic!() };
    let first = &accounts.accounts[0];
    assert_eq!((first.code.as_deref(), first.user.as_deref()), (Some("c1"), Some("u1")));
    assert_eq!(accounts.accounts[1].account_type, AccountType::Interop);
}

#[test]
fn the_order_of_accounts_is_what_stands_beside_them() {
    let answer =
        r#"{"errcode":0,"has_more":1,"next_cursor":"c","account_list":[{"active_code":"c1","type":1}]}"#;
    let last = r#"{"errcode":0,"has_more":0,"account_list":[]}"#;
    for text in [
        format!(r#"{{"request":{{"order_id":"O1","limit":10}},"response":{answer},"next":{last}}}"#),
        format!(r#"{{"order_id":"O1","pages":[{answer},{last}]}}"#),
        format!(
            r#"[{{"sub_order_id":"O1","body":{answer}}},{{"api":"x","order_id":"O1","cursor":"c","body":{last}}}]"#
        ),
    ] {
        let documents = read_all(&text);
        assert_eq!(summary(&documents), ["\"O1\" 1", "\"O1\" 0"], "{text}");
        assert!(missing_pages(&documents).is_empty(), "{text}");
    }
    let beside = answer.replacen('{', r#"{"order_id":"O2","#, 1);
    assert_eq!(summary(&read_all(&beside)), ["\"O2\" 1"]);
}

#[test]
fn a_file_name_may_name_the_order() {
    let ids = ["OI01", "OI0123"];
    assert_eq!(order_in_file_name("wecom/accounts-OI0123-2.json", ids), Some("OI0123"));
    assert_eq!(order_in_file_name("OI01.json", ids), Some("OI01"));
    assert_eq!(order_in_file_name("OI01/accounts.json", ids), None);
    assert_eq!(order_in_file_name("OI012.json", ids), None);
    assert_eq!(order_in_file_name("订单OI01.json", ids), None);
    assert_eq!(order_in_file_name("订单_OI01.json", ids), Some("OI01"));
}

#[test]
fn codes_have_their_state_whatever_else_they_say() {
    let documents = read_all(
        r#"{"errcode":0,"active_info":{"active_code":"c1","type":1,"status":1,"userid":"u1","create_time":1640966400,
            "active_time":1640966400,"expire_time":1640966400,"merge_info":{"to_active_code":"c2","from_active_code":"c0"},
            "share_info":{"to_corpid":"wp2","from_corpid":"wp1"}}}
        {"errcode":0,"active_status":1,"active_info_list":[
            {"active_code":"c1","type":1,"userid":"u1","active_time":1640966400,"expire_time":1640966400},
            {"active_code":"c1","type":2,"userid":"u1","active_time":1640966400,"expire_time":1640966400}]}
        {"active_code":"c3","type":2,"status":6,"share_info":{"to_corpid":"wp2"}}"#,
    );
    assert_eq!(summary(&documents), ["codes 1", "codes 2", "codes 1"]);
    let Content::Codes(codes) = &documents[0].content else { panic!() };
    let code = &codes.codes[0];
    assert_eq!((code.state, code.expires), (Some(CodeState::Unbound), moment(2022, 1, 1, 0, 0, 0)));
    assert_eq!((code.merged_into.as_deref(), code.shared_from.as_deref()), (Some("c2"), Some("wp1")));
}

#[test]
fn an_app_has_its_trial_and_its_check() {
    let documents = read_all(
        r#"{"request":{"corpid":"wp1","suite_id":"wx1"},"response":{"errcode":0,"license_status":1,
            "trail_info":{"start_time":1651752000,"end_time":1659700800}}}"#,
    );
    let Content::AppLicense(app) = &documents[0].content else { panic!() };
    let expected = moment(2022, 5, 5, 20, 0, 0).zip(moment(2022, 8, 5, 20, 0, 0));
    assert_eq!((app.is_checked, app.trial, app.check_time), (true, expected, None));
    let query = documents[0].query.as_ref().unwrap();
    assert_eq!((query.suite_id.as_deref(), query.corp_id.as_deref()), (Some("wx1"), Some("wp1")));
}

#[test]
fn documents_are_found_in_arrays_lines_and_exports() {
    let (a, b) = (order("A"), order("B"));
    for text in [
        format!("[{a},{b}]"),
        format!("{a}\n{b}"),
        format!("{a}\r\n\r\n{b}\r\n"),
        format!("{a}{b}"),
        format!("[[{a}],[[{b}]]]"),
        format!(r#"{{"exported":"2024","data":{{"items":[{a},{b}]}},"tags":[1,2]}}"#),
        format!(r#"{{"wp1":{a},"wp2":{b}}}"#),
        r#"[{"order_id":"A","order_type":1,"order_status":1,"price":1},{"order_id":"B","order_type":1,"price":2,"order_status":0}]"#
            .to_owned(),
    ] {
        assert_eq!(summary(&read_all(&text)), ["A", "B"], "{text}");
    }
    let pretty =
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&a).unwrap()).unwrap();
    assert_eq!(summary(&read_all(&format!("{pretty}\n{pretty}"))), ["A", "A"]);
}

#[test]
fn accounts_without_a_document_around_them_are_one_page() {
    let (a, b) = (account("u1"), account("u2"));
    for text in [format!("[{a},{b}]"), format!("{a}\n{b}\n"), format!(r#"{{"rows":[{a},{b}]}}"#)] {
        assert_eq!(summary(&read_all(&text)), ["accounts 2"], "{text}");
    }
}

#[test]
fn a_position_is_file_line_and_pointer() {
    let text = format!("{}\n\n{{\"a/b\":[{}]}}\n", order("A"), order("B"));
    let documents = read_all(&text);
    let places: Vec<(usize, &str)> = documents
        .iter()
        .map(|document| (document.position.line, document.position.pointer.as_str()))
        .collect();
    assert_eq!(places, [(1, ""), (3, "/a~1b/0")]);
}

#[test]
fn an_unreadable_order_keeps_its_id_and_the_others_are_read() {
    let bad = order("B").replace("500", "\"500\"");
    let (documents, problems) = read(&format!("[{},{bad},{}]", order("A"), order("C")));
    assert_eq!(summary(&documents), ["A", "unreadable B", "C"]);
    assert_eq!(
        problems,
        ["error[wecom-field-invalid]: a.json, line 1, /1/order/price: expected a whole number of fen (分), \
          not negative, found a text"]
    );
}

#[test]
fn numbers_that_do_not_fit_are_reported() {
    for (price, found) in [
        ("-1", "-1"),
        ("605.0", "605.0"),
        ("6e4", "6e4"),
        ("9223372036854775808", "9223372036854775808"),
        ("99999999999999999999999999999999", "a number"),
        ("true", "true or false"),
        ("[500]", "a list"),
        ("{}", "an object"),
    ] {
        let (documents, problems) = read(&order("A").replace("500", price));
        assert_eq!(summary(&documents), ["unreadable A"], "{price}");
        assert!(problems.len() == 1 && problems[0].ends_with(&format!("found {found}")), "{problems:?}");
    }
    let (documents, problems) =
        read(&order("A").replace("500", r#"500,"account_count":{"base_count":4294967296}"#));
    assert_eq!(summary(&documents), ["unreadable A"]);
    assert!(problems[0].contains("/order/account_count/base_count: "), "{problems:?}");
    // Beyond the calendar, as milliseconds are.
    let (_, problems) = read(&order("A").replace("500", r#"500,"pay_time":1668739098000"#));
    assert!(problems[0].contains("/order/pay_time: expected a time in whole Unix seconds"), "{problems:?}");
}

#[test]
fn what_is_complete_of_a_cut_text_is_read() {
    let page = format!(
        r#"{{"errcode":0,"has_more":1,"next_cursor":"c","account_list":[{},{},{}]}}"#,
        account("u1"),
        account("u2"),
        account("u3")
    );
    let whole = format!("[{},{page}]", order("A"));
    let mut most = 0;
    for end in 1..whole.len() {
        let (documents, problems) = read(&whole[..end]);
        assert_eq!(problems.len(), 1, "{}: {problems:?}", &whole[..end]);
        assert!(problems[0].contains("the text ends in the middle of a value"), "{problems:?}");
        let accounts = documents.iter().map(|document| match &document.content {
            Content::AccountPage(page) => page.accounts.len(),
            _ => 0,
        });
        most = most.max(accounts.sum());
        // A missing page is not reported beside the cut, unless it follows a page that is complete.
        assert!(end > whole.len() - 2 || missing_pages(&documents).is_empty());
    }
    assert_eq!(most, 3);
}

#[test]
fn an_order_that_is_cut_is_not_read() {
    let whole = order("A");
    for end in 1..whole.len() {
        let (documents, problems) = read(&whole[..end]);
        assert!(documents.iter().all(|document| matches!(document.content, Content::UnreadableOrder(_))));
        assert_eq!(problems.len(), 1, "{problems:?}");
    }
}

#[test]
fn lines_after_a_broken_one_are_read() {
    let (a, b, c) = (order("A"), order("B"), order("C"));
    for broken in
        [&b[..b.len() - 1], &b[..30], &b[..b.len() - 4], "{\"errcode\":0,,}", "{\"errcode\":\"\u{1}"]
    {
        let (documents, problems) = read(&format!("{a}\n{broken}\n{c}\n"));
        let names = summary(&documents);
        assert_eq!((names.first().unwrap().as_str(), names.last().unwrap().as_str()), ("A", "C"), "{broken}");
        assert_eq!(problems.len(), 1, "{broken}: {problems:?}");
        assert!(problems[0].starts_with("error[json-syntax]: a.json, line 2: "), "{problems:?}");
    }
    let (documents, problems) = read(&format!("[\n{a},\n{}\n,\n{c}\n]\n", &b[..b.len() - 1]));
    assert_eq!(summary(&documents), ["A", "unreadable B", "C"], "{problems:?}");
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn many_broken_lines_take_no_longer_than_as_many_good_ones() {
    let good = order("A");
    for broken in [&good[..good.len() - 1], "{\"errcode\":[", "{\"errcode\":0,\"x\":\""] {
        let text = format!("{broken}\n").repeat(15_000) + &good;
        let started = std::time::Instant::now();
        let (documents, problems) = read(&text);
        assert!(summary(&documents).contains(&"A".to_owned()));
        assert_eq!(problems.len(), 1_001);
        // It takes a second; to read to the end from each line would take many minutes.
        assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
    }
}

#[test]
fn nesting_does_not_overflow() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    let beside = order("A").replacen('{', &format!(r#"{{"x":{deep},"#), 1);
    assert_eq!(summary(&read_all(&beside)), ["A"]);
    let (documents, problems) = read(&format!("{deep}\n{}", order("A")));
    assert_eq!((summary(&documents), problems.len()), (vec!["A".to_owned()], 1));
    assert!(problems[0].starts_with("error[wecom-document-unknown]: a.json, line 1: "), "{problems:?}");
    let objects = r#"{"a":"#.repeat(10_000) + "1" + &"}".repeat(10_000);
    assert_eq!(read(&objects).1.len(), 1);
    assert_eq!(read(&"[".repeat(10_000)).1.len(), 1);
    assert_eq!(read(&r#"{"order":"#.repeat(10_000)).1.len(), 1);
}

#[test]
fn bytes_that_are_no_json_text_are_refused() {
    let utf16: Vec<u8> = order("A").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, code, reason) in [
        (&[b"\xff\xfe", &utf16[..]].concat()[..], "json-unreadable", "it is saved as UTF-16"),
        (&utf16, "json-unreadable", "it is saved as UTF-16"),
        (b"", "json-unreadable", "it is empty"),
        (b"\xef\xbb\xbf \n", "json-unreadable", "it is empty"),
        (b"<xml></xml>", "json-unreadable", "it is XML"),
        (b"{\"a\":1}\n{\"b\":\"\xc9\xf2\"}", "json-unreadable", "line 2 is not UTF-8"),
        (b"\0\0\0\0", "json-syntax", "a NUL byte"),
        (b"hello", "json-syntax", "“h” cannot stand here"),
        (b"[]", "wecom-document-unknown", "no document of WeCom's licence API"),
        (b"12", "wecom-document-unknown", "no document of WeCom's licence API"),
    ] {
        let reading = documents::read("a.json", bytes);
        assert_eq!(reading.documents, []);
        let style = RenderStyle { width: 80, color: false };
        let line = MessageFormat::Short.render(&reading.diagnostics[0], &Catalog::new(Lang::En), style);
        assert!(line.starts_with(&format!("error[{code}]")) && line.contains(reason), "{line}");
        assert_eq!(reading.diagnostics.len(), 1);
    }
    let large = documents::read("a.json", &vec![b' '; MAX_BYTES + 1]);
    assert_eq!(large.diagnostics, [documents::too_large("a.json")]);
}

#[test]
fn a_character_that_is_cut_hides_nothing() {
    let text = format!("{}\n{{\"errcode\":0,\"errmsg\":\"成", order("A"));
    let reading = documents::read("a.json", &text.as_bytes()[..text.len() - 1]);
    assert_eq!(summary(&reading.documents), ["A"]);
    assert_eq!(reading.diagnostics.len(), 1);
}

#[test]
fn other_products_and_requests_are_refused_for_what_they_are() {
    for (text, reason) in [
        (
            r#"{"errcode":0,"orderid":"N1","order_status":1,"edition_id":"RLS1","price":100}"#,
            "an order of an app",
        ),
        (r#"{"errcode":0,"order_list":[{"orderid":"N1","order_status":1}]}"#, "an order of an app"),
        (
            r#"{"errcode":0,"order":{"order_id":"A1","advanced_api_type":1,"order_type":1,"order_status":1,"paid_price":1}}"#,
            "an order of the advanced API",
        ),
        (
            r#"{"errcode":0,"order_list":[{"order_id":"A1","order_type":1,"create_time":1668739098}]}"#,
            "this list of orders is of another product",
        ),
        (
            r#"{"corpid":"wp1","buyer_userid":"u","account_count":{"base_count":1},"account_duration":{"months":2}}"#,
            "a request (create_new_order)",
        ),
        (
            r#"{"corpid":"wp1","account_list":[{"userid":"u1","type":1}],"jobid":"J"}"#,
            "a request (create_renew_order_job)",
        ),
        (r#"{"order_id":"O1","limit":10}"#, "a request (get_order, get_union_order, list_order_account)"),
        (r#"{"errcode":0,"errmsg":"ok","order_id":"O1"}"#, "an answer (create_new_order, "),
        (r#"{"errcode":0,"errmsg":"ok"}"#, "an answer without any content"),
    ] {
        let (documents, problems) = read(text);
        assert_eq!(documents, []);
        assert!(problems.len() == 1 && problems[0].contains(reason), "{text}: {problems:?}");
        assert!(problems[0].starts_with("error[wecom-document-not-ours]"), "{problems:?}");
    }
    // Beside a document that is read, a request is no error; an order of another product always is.
    let (documents, problems) = read(&format!("{{\"order_id\":\"A\"}}\n{}", order("A")));
    assert_eq!((documents.len(), problems.len()), (1, 1));
    assert!(problems[0].starts_with("warning[wecom-document-skipped]"), "{problems:?}");
    let (_, problems) = read(&format!("{{\"errcode\":0,\"orderid\":\"N1\"}}\n{}", order("A")));
    assert!(problems[0].starts_with("error[wecom-document-not-ours]"), "{problems:?}");
}

#[test]
fn what_a_response_says_has_failed_is_reported_without_ids() {
    let (documents, problems) = read(
        r#"[{"errcode":60111,"errmsg":"userid u1 not found"},
            {"errcode":0,"active_info_list":[],"invalid_active_code_list":["secret1","secret2"]},
            {"errcode":0,"jobid":"J","invalid_account_list":[{"userid":"secret1","type":1,"errcode":701004},{"userid":"secret2","errcode":0}]},
            {"errcode":0,"unlicenseduser":"secret1|secret2|secret3"},
            {"errcode":"0","account_list":[{"userid":"secret1","type":"1","active_time":1,"expire_time":1}]}]"#,
    );
    assert_eq!(summary(&documents), ["codes 0", "accounts 0 partial"]);
    let errors: Vec<&String> = problems.iter().filter(|problem| problem.starts_with("error")).collect();
    let expected = [
        "/0/errcode: WeCom refused, with errcode 60111",
        "/1/invalid_active_code_list: 2 entries of",
        "/2/invalid_account_list: one entry of `invalid_account_list` failed (errcode 701004)",
        "/3/unlicenseduser: 3 entries of",
        "/4/errcode: expected a whole number, found a text",
        "/4/account_list/0/type: expected 1 (basic) or 2 (interop), found a text",
    ];
    assert_eq!(errors.len(), expected.len(), "{problems:#?}");
    assert!(errors.iter().zip(expected).all(|(error, part)| error.contains(part)), "{problems:#?}");
    assert!(!problems.concat().contains("secret"), "{problems:#?}");
}

#[test]
fn a_page_without_its_successor_is_reported() {
    let page = |more: u8, cursor: &str| {
        format!(
            r#"{{"errcode":0,"has_more":{more},"next_cursor":"{cursor}","account_list":[{}]}}"#,
            account("u1")
        )
    };
    let missing = |files: &[(&str, &[String])]| {
        let documents: Vec<Document> = files
            .iter()
            .flat_map(|(name, pages)| documents::read(name, pages.join("\n").as_bytes()).documents)
            .collect();
        let problems = missing_pages(&documents);
        problems.iter().map(|problem| format!("{:?}", problem.args)).collect::<Vec<_>>()
    };
    let (first, second, last) = (page(1, "b"), page(1, "c"), page(0, ""));
    let whole = [first.clone(), second.clone(), last.clone()];
    assert!(missing(&[("a", &whole)]).is_empty());
    assert!(missing(&[("z", &whole[..1]), ("b", &whole[2..]), ("a", &whole[1..2])]).is_empty());
    let found = missing(&[("a", &whole[..2])]);
    assert!(found.len() == 1 && found[0].contains("\"2\""), "{found:?}");
    assert_eq!(missing(&[("a", &whole[..1]), ("b", &whole[1..2])]).len(), 1);
    // The last page of one list is none of another.
    let order_accounts = r#"{"errcode":0,"has_more":0,"account_list":[{"active_code":"c1","type":1}]}"#;
    assert_eq!(missing(&[("a", &whole[..1]), ("b", &[order_accounts.to_owned()])]).len(), 1);
    // With the cursors that were asked for, a page in the middle is missed too.
    let asked = |cursor: &str, page: &str| format!(r#"{{"corpid":"w","cursor":"{cursor}","page":{page}}}"#);
    let all = [asked("", &first), asked("b", &second), asked("c", &last)];
    assert!(missing(&[("a", &all)]).is_empty());
    assert_eq!(missing(&[("a", &[all[0].clone(), all[2].clone()])]).len(), 1);
}

#[test]
fn a_key_that_stands_twice_is_reported() {
    let (documents, problems) = read(&order("A").replace("500", "500,\"price\":1"));
    assert_eq!(summary(&documents), ["unreadable A"]);
    assert!(
        problems[0].starts_with("error[wecom-field-twice]: a.json, line 1, /order/price: "),
        "{problems:?}"
    );
}

#[test]
fn of_many_problems_the_first_thousand_are_kept() {
    let rows = vec![account("u1").replace("1668739098", "\"x\""); 3_000].join(",");
    let reading = documents::read("a.json", format!(r#"{{"errcode":0,"account_list":[{rows}]}}"#).as_bytes());
    assert_eq!(reading.diagnostics.len(), 1_001);
}
