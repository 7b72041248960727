use super::*;

fn cell(text: &str, kind: CellKind) -> Cell {
    Cell { column: 1, text: text.to_owned(), kind, span: 0..0, merged: None }
}

fn value(key: Key, text: &str) -> Option<Value> {
    read(key, "", &cell(text, CellKind::Text)).ok().flatten()
}

#[test]
fn counts_are_read_as_people_type_them() {
    for (text, count) in
        [("1,200", 1200), ("１２００", 1200), ("1万", 10_000), ("-", 0), ("—", 0), ("150人", 150)]
    {
        assert_eq!(value(Key::Basic, text), Some(Value::Count(count)), "{text}");
    }
    assert_eq!(value(Key::Contacts, "1,800"), Some(Value::Count(1800)));
    assert_eq!(value(Key::Contacts, "-"), None);
    for text in ["约150", "一百", "-5", "1.5", "#REF!"] {
        assert_eq!(value(Key::Basic, text), None, "{text}");
    }
}

#[test]
fn words_are_understood_in_both_languages() {
    for (text, meaning) in [
        ("已认证", Certification::Certified),
        ("已验证 ", Certification::Verified),
        ("未认证", Certification::None),
        ("Certified", Certification::Certified),
    ] {
        assert_eq!(value(Key::Certification, text), Some(Value::Certification(meaning)));
    }
    assert_eq!(value(Key::Status, "待确认"), Some(Value::Status(OrderStatus::Unconfirmed)));
    assert_eq!(value(Key::NonprofitProof, "是"), Some(Value::Answer(true)));
    assert_eq!(value(Key::NonprofitProof, "/"), None);
    assert_eq!(value(Key::Certification, "认证中"), None);
}

#[test]
fn an_industry_may_have_any_sign_between_its_parts() {
    for text in ["教育/高等教育", "教育／高等教育", "教育 > 高等教育", "教育-高等教育", "教育 高等教育"]
    {
        assert_eq!(value(Key::Industry, text), Some(Value::Text("教育/高等教育".to_owned())), "{text}");
    }
    assert_eq!(value(Key::Industry, "高等教育"), None);
}

#[test]
fn a_term_has_a_unit_in_the_cell_or_the_heading() {
    let term = |heading: &str, text: &str| match read(Key::Term, heading, &cell(text, CellKind::Number)) {
        Ok(Some(Value::Term(term))) => Some((term.months, term.days)),
        _ => None,
    };
    for (text, expected) in [
        ("1年", (12, 0)),
        ("一年", (12, 0)),
        ("半年", (6, 0)),
        ("6个月", (6, 0)),
        ("6月", (6, 0)),
        ("1年6个月", (18, 0)),
        ("1 year 10 days", (12, 10)),
        ("93 天", (0, 93)),
        ("12M", (12, 0)),
    ] {
        assert_eq!(term("时长", text), Some(expected), "{text}");
    }
    assert_eq!(term("时长", "12"), None);
    assert_eq!(term("时长（月）", "12"), Some((12, 0)));
    assert_eq!(term("年限", "2"), Some((24, 0)));
    assert_eq!(term("Term (days)", "31"), Some((0, 31)));
    assert_eq!(term("时长", "很久"), None);
    assert_eq!(term("时长", "99999999999年"), None);
}

#[test]
fn a_day_is_read_in_its_usual_forms() {
    for text in ["2023-06-30", "2023/6/30", "2023年6月30日", "2023.6.30", "45107", "2023-06-30 00:00:00"] {
        assert_eq!(value(Key::Expires, text), Some(Value::Date(date(2023, 6, 30))), "{text}");
    }
    for text in ["30/6/2023", "6月30日", "2023-02-30", "明年"] {
        assert_eq!(value(Key::Expires, text), None, "{text}");
    }
}

#[test]
fn a_code_that_lost_digits_is_refused() {
    let code = |text: &str, kind| read(Key::Code, "", &cell(text, kind)).is_ok();
    assert!(code("1499", CellKind::Number));
    assert!(code("0149", CellKind::Text));
    assert!(!code("912100001234567800", CellKind::Number));
    assert!(code("912100001234567800", CellKind::Text));
    assert!(!code("9.1210000123E+17", CellKind::Text));
    assert!(!code("2001-02-01", CellKind::Date));
}
