use super::*;
use crate::diagnostic::lang::Arg;
use crate::diagnostic::{Code, Severity};
use crate::rates::{Confidence, RateCards, RuleKind};
use strum::VariantArray;

const VALID: &str = r#"id = "invented"
in-force-from = 2030-01-01
[[tier]]
from = 1
to = 10
basic = { price = "1.5", facts = "A" }
interop = "12.3456"
[[tier]]
from = 11
to = 20
basic = 1
interop = { price = "9", facts = ["A"] }
[negotiated]
from = 21
[term]
days-per-month = 30
days-per-year = 360
least-days = 30
most-days = 720
[accumulation]
new-purchase = "none"
renewal = "from-zero"
[order]
most-accounts-of-a-type = 1000
[charging]
app-kinds = ["agency"]
[[waiver]]
kind = "k12"
primary-industry = "教育"
from = 2030-01-01
last-day = 2030-12-31
[[fact]]
id = "A"
standing = "reported"
source = "nobody: invented"
en = "a price"
"#;

fn read(text: &str) -> Result<RateCard, Vec<Diagnostic>> {
    read_card(&Arc::new(SourceFile::new("invented.toml", text)))
}

/// Returns the valid card with some texts replaced; each must occur.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(VALID.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old} is not in the card");
        text.replacen(old, new, 1)
    })
}

/// Returns the codes of the problems, each with the text that it underlines.
fn problems(text: &str) -> Vec<(Code, String)> {
    let problems = read(text).unwrap_err();
    assert!(problems.iter().any(|problem| problem.severity() == Severity::Error));
    let shown = |problem: Diagnostic| {
        let covered = &text[problem.location.unwrap().span];
        (problem.code, covered.lines().next().unwrap_or_default().to_owned())
    };
    problems.into_iter().map(shown).collect()
}

/// A change of the valid card has exactly these problems, at these spans.
#[track_caller]
fn expect(changes: &[(&str, &str)], expected: &[(Code, &str)]) {
    let found = problems(&changed(changes));
    let found: Vec<(Code, &str)> = found.iter().map(|(code, text)| (*code, text.as_str())).collect();
    assert_eq!(found, expected);
}

/// Returns an argument of the first problem.
fn argument(text: &str, name: &str) -> String {
    let problem = read(text).unwrap_err().remove(0);
    match problem.args.into_iter().find(|(other, _)| *other == name).unwrap().1 {
        Arg::Text(text) | Arg::Figure(text) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_valid_card_is_read_as_it_stands() {
    let card = read(VALID).unwrap();
    assert_eq!(card.tiers.len(), 2);
    assert_eq!(card.tiers[0].price.interop.price.to_string(), "12.3456");
    assert_eq!(card.tiers[1].price.basic.price.to_string(), "1.00");
    assert_eq!(card.tiers[1].price.interop.facts, ["A"]);
    assert_eq!(card.name.en, "invented");
    assert_eq!(card.standing(&["A".into()]), Some(Confidence::Reported));
    assert!(card.test_enterprise.is_none());
}

#[test]
fn tiers_begin_at_account_one() {
    expect(&[("from = 1\n", "from = 2\n")], &[(Code::TierStart, "2")]);
}

#[test]
fn tiers_do_not_overlap() {
    expect(&[("from = 11", "from = 10")], &[(Code::TierOverlap, "10")]);
}

#[test]
fn tiers_leave_no_gap() {
    expect(&[("from = 11", "from = 13")], &[(Code::TierGap, "13")]);
    // A tier of one account is none that ends before it begins.
    expect(&[("to = 10", "to = 1")], &[(Code::TierGap, "11")]);
    assert_eq!(argument(&changed(&[("from = 11", "from = 13")]), "last"), "12");
}

#[test]
fn tiers_end_after_they_begin() {
    expect(&[("to = 10", "to = 0")], &[(Code::TierDescending, "0")]);
    expect(&[("to = 20", "to = 5")], &[(Code::TierDescending, "5")]);
}

#[test]
fn only_the_last_tier_is_open() {
    expect(&[("to = 10\n", "")], &[(Code::TierOpen, "1")]);
}

#[test]
fn the_last_tier_is_open_or_followed_by_negotiated_accounts() {
    expect(&[("[negotiated]\nfrom = 21\n", "")], &[(Code::TiersEnd, "20")]);
    expect(&[("from = 21", "from = 22")], &[(Code::NegotiatedStart, "22")]);
    expect(&[("to = 20\n", "")], &[(Code::NegotiatedStart, "21")]);
    expect(&[("to = 20", "to = 11")], &[(Code::NegotiatedStart, "21")]);
    let open = changed(&[("[negotiated]\nfrom = 21\n", "")]);
    assert_eq!((argument(&open, "end"), argument(&open, "expected")), ("20".into(), "21".into()));
    assert!(read(&changed(&[("to = 20\n", ""), ("[negotiated]\nfrom = 21\n", "")])).is_ok());
}

#[test]
fn a_card_has_tiers() {
    let from = VALID.find("[[tier]]").unwrap();
    let until = VALID.find("[negotiated]").unwrap();
    let without = VALID.replace(&VALID[from..until], "");
    for without in [format!("tier = []\n{without}"), without] {
        assert_eq!(problems(&without).iter().map(|(code, _)| *code).collect::<Vec<_>>(), [Code::NoTiers]);
    }
}

#[test]
fn tiers_that_could_not_be_read_are_not_missed() {
    expect(&[("[[tier]]\nfrom = 11", "[[teir]]\nfrom = 11")], &[(Code::UnknownKey, "teir")]);
    let (from, until) = (VALID.find("[[tier]]").unwrap(), VALID.find("[negotiated]").unwrap());
    let without = VALID.replace(&VALID[from..until], "");
    assert_eq!(problems(&format!("tier = 5\n{without}")), [(Code::WrongType, "5".to_owned())]);
}

#[test]
fn a_price_is_exact_and_not_negative() {
    expect(&[("\"12.3456\"", "\"-1\"")], &[(Code::BadMoney, "\"-1\"")]);
    expect(&[("\"12.3456\"", "\"1.23456\"")], &[(Code::BadMoney, "\"1.23456\"")]);
    expect(&[("\"12.3456\"", "1.5")], &[(Code::MoneyAsFloat, "1.5")]);
    expect(&[("\"12.3456\"", "true")], &[(Code::WrongType, "true")]);
    expect(&[("basic = 1\n", "")], &[(Code::MissingKey, "[[tier]]")]);
}

#[test]
fn a_tier_without_a_valid_price_is_no_gap() {
    expect(&[("basic = { price = \"1.5\"", "basic = { price = \"-1.5\"")], &[(Code::BadMoney, "\"-1.5\"")]);
    expect(&[("basic = 1\n", "basic = -1\n")], &[(Code::BadMoney, "-1")]);
}

#[test]
fn an_unreadable_edge_has_no_echo() {
    expect(&[("to = 20", "to = \"20\"")], &[(Code::WrongType, "\"20\"")]);
    expect(&[("from = 1\n", "from = -1\n")], &[(Code::NumberOutOfRange, "-1")]);
    expect(&[("from = 21", "from = 0")], &[(Code::NumberOutOfRange, "0")]);
}

#[test]
fn an_invalid_fact_is_not_unknown_too() {
    expect(&[("\"reported\"", "\"rumoured\"")], &[(Code::UnknownWord, "\"rumoured\"")]);
    expect(&[("id = \"A\"", "id = 1")], &[(Code::WrongType, "1")]);
    expect(&[("[[fact]]", "[[facts]]")], &[(Code::UnknownKey, "facts")]);
}

#[test]
fn a_fact_in_one_language_is_the_same_in_both() {
    let card = read(&changed(&[("en = \"a price\"", "zh = \"价格\"")])).unwrap();
    let text = &card.fact("A").unwrap().text;
    assert_eq!((&*text.en, &*text.zh), ("价格", "价格"));
    expect(&[("en = \"a price\"\n", "")], &[(Code::MissingKey, "[[fact]]")]);
}

#[test]
fn a_fact_is_defined_once_and_before_it_is_named() {
    expect(&[("facts = [\"A\"]", "facts = [\"B\"]")], &[(Code::UnknownFact, "\"B\"")]);
    let twice = format!("{VALID}{}", &VALID[VALID.find("[[fact]]").unwrap()..]);
    let found = read(&twice).unwrap_err();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::DuplicateFact);
    assert_eq!(&twice[found[0].related[0].0.clone()], "\"A\"");
}

#[test]
fn a_waiver_has_a_condition_and_one_rule() {
    expect(&[("primary-industry = \"教育\"\n", "")], &[(Code::MissingKey, "[[waiver]]")]);
    expect(&[("primary-industry = \"教育\"\n", "proof = false\n")], &[(Code::MissingKey, "[[waiver]]")]);
    let by_proof = changed(&[("primary-industry = \"教育\"\n", "proof = true\n")]);
    assert!(read(&by_proof).is_ok());
    let from = VALID.find("[[waiver]]").unwrap();
    let twice = format!("{VALID}{}", &VALID[from..VALID.find("[[fact]]").unwrap()]);
    assert_eq!(problems(&twice), [(Code::DuplicateWaiver, "\"k12\"".to_owned())]);
}

#[test]
fn who_is_barred_from_groups_has_a_primary_industry() {
    let text = |group: &str| format!("{VALID}[group]\n{group}");
    assert_eq!(read(&text("")).unwrap().barred_from_groups, None);
    let found = problems(&text("barred-secondary-industries = [\"初等教育\"]\n"));
    assert_eq!(found, [(Code::MissingKey, "[group]".to_owned())]);
    let barred = read(&text("barred-primary-industry = \"教育\"\n")).unwrap().barred_from_groups.unwrap();
    assert_eq!((barred.primary_industry.as_str(), barred.secondary_industries.len()), ("教育", 0));
}

#[test]
fn ranges_run_forward() {
    expect(&[("most-days = 720", "most-days = 29")], &[(Code::RangeReversed, "29")]);
    expect(&[("2030-12-31", "2029-12-31")], &[(Code::RangeReversed, "2029-12-31")]);
}

#[test]
fn an_unknown_key_is_reported_with_a_suggestion() {
    let text = changed(&[("days-per-year", "days-per-yaer"), ("[order]", "colour = 1\n[order]")]);
    let found = read(&text).unwrap_err();
    let codes: Vec<Code> = found.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::UnknownKey, Code::UnknownKey]);
    assert!(found[0].args.contains(&("suggestion", "days-per-year".into())));
    assert!(found[1].args.contains(&("suggestion", "none".into())));
}

#[test]
fn every_table_that_a_card_needs_is_missed() {
    let found = problems("id = \"invented\"\n");
    assert_eq!(found.iter().filter(|(code, _)| *code == Code::MissingKey).count(), 5);
    assert_eq!(found.iter().filter(|(code, _)| *code == Code::NoTiers).count(), 1);
    let empty = problems("");
    assert_eq!(empty.iter().filter(|(code, _)| *code == Code::MissingKey).count(), 6);
}

#[test]
fn all_problems_are_reported_in_the_order_of_the_file() {
    expect(
        &[
            ("2030-01-01\n[[tier]]", "\"soon\"\n[[tier]]"),
            ("\"12.3456\"", "\"-3\""),
            ("from = 11", "from = 9"),
            ("facts = [\"A\"]", "facts = \"Z\""),
            ("\"none\"\nrenewal", "\"from-one\"\nrenewal"),
            ("[\"agency\"]", "[\"agent\"]"),
            ("2030-12-31", "2029-12-31"),
        ],
        &[
            (Code::BadDate, "\"soon\""),
            (Code::BadMoney, "\"-3\""),
            (Code::TierOverlap, "9"),
            (Code::UnknownFact, "\"Z\""),
            (Code::UnknownWord, "\"from-one\""),
            (Code::UnknownWord, "\"agent\""),
            (Code::RangeReversed, "2029-12-31"),
        ],
    );
}

#[test]
fn the_public_card_says_what_it_rests_on() {
    let cards = RateCards::embedded().unwrap();
    let card = cards.get("wecom-2022-05-16").unwrap();
    for tier in &card.tiers {
        assert!(!tier.price.basic.facts.is_empty() && !tier.price.interop.facts.is_empty());
    }
    let reported: Vec<&str> =
        card.unconfirmed(&["P2".into(), "P3".into(), "P10".into()]).map(|f| &*f.id).collect();
    assert_eq!(reported, ["P3", "P10"]);
}

/// The valid card with rules that rest on facts, and alternatives of them.
fn with_alternatives(alternatives: &str) -> String {
    let card = changed(&[
        ("new-purchase = \"none\"\n", "new-purchase = \"none\"\nnew-purchase-facts = \"A\"\n"),
        ("days-per-year = 360\n", "days-per-year = 360\nby-days-facts = \"B\"\n"),
    ]);
    format!(
        "{card}[[fact]]\nid = \"B\"\nstanding = \"assumed\"\nsource = \"x\"\nen = \"days\"\n{alternatives}"
    )
}

fn alternative(fact: &str, value: &str) -> String {
    format!("[[alternative]]\nfact = {fact:?}\nvalue = {value:?}\nen = \"{value} holds\"\n")
}

#[test]
fn rules_that_a_card_does_not_state_are_the_usual_ones() {
    let rules = read(VALID).unwrap().rules;
    let words = RuleKind::VARIANTS.iter().map(|kind| rules.get(*kind).to_string());
    assert_eq!(words.collect::<Vec<_>>(), ["excess", "360", "order+half-up", "none", "from-zero", "group"]);
    let stated = changed(&[
        (
            "[negotiated]\n",
            "[group]\ntiers = \"member\"\n[rounding]\nonce-per = \"item\"\nto = \"fen\"\nmode = \"down\"\n[negotiated]\ncovers = \"all\"\n",
        ),
        ("days-per-year = 360\n", "days-per-year = 360\nby-days-divisor = 365\n"),
        ("new-purchase = \"none\"", "new-purchase = \"at-least+unactivated\""),
        ("renewal = \"from-zero\"", "renewal = \"after-held\""),
    ]);
    let rules = read(&stated).unwrap().rules;
    let words = RuleKind::VARIANTS.iter().map(|kind| rules.get(*kind).to_string());
    let expected = ["all", "365", "item+down", "at-least+unactivated", "after-held", "member"];
    assert_eq!(words.collect::<Vec<_>>(), expected);
}

#[test]
fn an_alternative_says_what_then_holds_and_is_assumed_unless_it_says_otherwise() {
    let said = format!("{}standing = \"reported\"\nsource = \"a vendor\"\n", alternative("A", "longer"));
    let card = read(&with_alternatives(&format!("{said}{}", alternative("B", "365")))).unwrap();
    let found: Vec<(&str, Confidence, &str, &str)> = card
        .alternatives
        .iter()
        .map(|other| {
            let fact = &other.fact;
            (&*fact.id, fact.standing, &*fact.source.en, &*fact.text.en)
        })
        .collect();
    let expected = [
        ("A", Confidence::Reported, "a vendor", "longer holds"),
        ("B", Confidence::Assumed, "nobody states it", "365 holds"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_alternative_is_a_value_of_the_rule_of_its_fact_and_new() {
    let problems = |alternatives: &[String]| problems(&with_alternatives(&alternatives.concat()));
    let found = problems(&[
        alternative("A", "365"),
        alternative("Z", "longer"),
        alternative("A", "none"),
        alternative("A", "at-least"),
        alternative("A", "at-least"),
        alternative("B", "360"),
        alternative("B", "sometimes"),
    ]);
    let expected = [
        (Code::AlternativeOfAnotherRule, "\"A\""),
        (Code::UnknownFact, "\"Z\""),
        (Code::DuplicateAlternative, "\"none\""),
        (Code::DuplicateAlternative, "\"at-least\""),
        (Code::DuplicateAlternative, "\"360\""),
        (Code::UnknownWord, "\"sometimes\""),
    ];
    assert_eq!(found, expected.map(|(code, text)| (code, text.to_owned())));
    let bare = "[[alternative]]\nfact = \"A\"\n".to_owned();
    assert_eq!(problems(&[bare]).iter().filter(|(code, _)| *code == Code::MissingKey).count(), 2);
}

#[test]
fn an_alternative_of_another_rule_is_told_the_key_of_its_own() {
    for (word, key) in [
        ("all", "[negotiated] facts"),
        ("365", "[term] by-days-facts"),
        ("type+down", "[rounding] facts"),
        ("longer", "[accumulation] new-purchase-facts"),
        ("after-held", "[accumulation] renewal-facts"),
        ("member", "[group] facts"),
    ] {
        assert_eq!(argument(&format!("{VALID}{}", alternative("A", word)), "key"), key);
    }
}

#[test]
fn rules_about_time_may_be_absent() {
    let card = read(VALID).unwrap();
    assert!(card.trial.is_none() && card.refund.is_none());
    assert!(card.activation.is_none() && card.stacking.is_none());
}

#[test]
fn a_rule_about_time_is_whole_and_in_order() {
    let with = |rules: &str| format!("{VALID}{rules}");
    let missing = problems(&with("[trial]\n[refund]\n[activation]\n[stacking]\n"));
    assert_eq!(missing.iter().filter(|(code, _)| *code == Code::MissingKey).count(), 8);
    let reversed = with("[stacking]\ndays-left = 7\nautomatic-days-left = 20\nmost-days-ahead = 1860\n");
    assert_eq!(problems(&reversed), [(Code::RangeReversed, "20".to_owned())]);
    let card = read(&with("[trial]\ndays = 30\nreminder-days = 3\nfirst-authorized = 2030-01-01\n")).unwrap();
    assert_eq!(card.trial.unwrap().days, 30);
}
