use super::*;
use crate::account::AccountType;
use crate::rates::{OpenPrice, ProvenPrice, RateCards};

fn source(text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile::new("card.toml", text))
}

fn only(fact: &str, words: &str) -> RemainingRules {
    let orders = vec!["OI1".to_owned(), "OI2".to_owned()];
    let rules = words.split_whitespace().map(|word| word.parse().unwrap()).collect();
    RemainingRules { fact: fact.to_owned(), rules, orders }
}

fn name() -> Phrase {
    Phrase { en: "As billed".into(), zh: "按账单".into() }
}

/// Writes what remains of rules into a text, and holds what is read back to the card.
fn written(text: &str, rules: &[RemainingRules]) -> String {
    let proof = Proof { rules: rules.to_vec(), ..Proof::default() };
    written_proof(text, &proof)
}

fn written_proof(text: &str, proof: &Proof) -> String {
    let mut expected = read_card(&source(text)).unwrap().proven(proof).unwrap();
    expected.id = "as-billed".to_owned();
    expected.name = name();
    let written = write_proven(&source(text), "as-billed", &name(), proof).unwrap();
    let read = read_card(&source(&written)).unwrap_or_else(|problems| panic!("{problems:?}\n{written}"));
    assert_eq!(read, expected);
    written
}

fn public() -> &'static str {
    RateCards::embedded_text("wecom-2022-05-16").unwrap()
}

/// All variants of the public card's rule behind a fact, one of them first.
fn all_with_first(fact: &str, first: &str) -> String {
    let card = read_card(&source(public())).unwrap();
    let choice = card.choices().into_iter().find(|choice| choice.fact == fact).unwrap();
    let others = choice.rules.iter().map(Rule::to_string).filter(|word| word != first);
    std::iter::once(first.to_owned()).chain(others).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_rule_is_written_and_read_back() {
    let card = read_card(&source(public())).unwrap();
    for choice in card.choices() {
        for rule in &choice.rules {
            let word = rule.to_string();
            written(public(), &[only(&choice.fact, &word)]);
            written(public(), &[only(&choice.fact, &all_with_first(&choice.fact, &word))]);
        }
    }
    let all =
        ["P5 all", "P8 365 366", "P10 item+down", "P12 at-least+unactivated", "P13 after-held", "U3 member"];
    let all = all.map(|rule| rule.split_once(' ').map(|(fact, words)| only(fact, words)).unwrap());
    let text = written(public(), &all);
    let choices = read_card(&source(&text)).unwrap().choices();
    assert_eq!(choices.len(), 1);
    assert_eq!(choices[0].rules, ["365", "366"].map(|word| word.parse().unwrap()));
}

#[test]
fn comments_and_order_stay_and_few_lines_change() {
    let text = written(public(), &[only("P12", &all_with_first("P12", "at-least"))]);
    let kept = public().lines().filter(|line| text.lines().any(|other| other == *line)).count();
    assert!(public().lines().count() - kept <= 10, "{text}");
    let comment = "new-purchase = \"at-least\" # than the term; or";
    assert!(text.contains(comment), "{text}");
}

#[test]
fn a_proven_rule_is_billed_and_has_no_alternative_left() {
    let text = written(public(), &[only("P12", "longer")]);
    assert!(text.contains("standing = \"billed\"\nsource = { en = \"WeCom's bills: OI1, OI2\""), "{text}");
    let card = read_card(&source(&text)).unwrap();
    assert!(card.choices().iter().all(|choice| choice.fact != "P12"));
    assert!(card.unconfirmed(&["P12".to_owned()]).next().is_none());
}

#[test]
fn combinations_that_are_not_free_are_listed_in_a_comment() {
    let rules = vec![only("P8", "372 365"), only("P12", "longer at-least"), only("P13", "from-zero")];
    let of =
        |words: &str| -> Vec<Rule> { words.split_whitespace().map(|word| word.parse().unwrap()).collect() };
    let combinations = vec![of("372 longer from-zero"), of("365 at-least from-zero")];
    let text = written_proof(public(), &Proof { rules, combinations, ..Proof::default() });
    assert!(text.starts_with("# The alternatives below allow 4 combinations, of which the bills leave 2."));
    assert!(text.contains("#   P8 372, P12 longer\n#   P8 365, P12 at-least\n"), "{text}");
}

#[test]
fn no_more_than_a_hundred_combinations_are_listed() {
    let rules = [("P8", "372"), ("P10", "order+half-up"), ("P12", "longer")]
        .map(|(fact, first)| only(fact, &all_with_first(fact, first)));
    let [days, rounding, start] = &rules;
    let all = days.rules.iter().flat_map(|days| {
        let roundings = rounding.rules.iter();
        roundings.flat_map(|rounding| start.rules.iter().map(|start| vec![*days, *rounding, *start]))
    });
    let remark = |count: usize| {
        let combinations = all.clone().take(count).collect();
        remark_on(&Proof { rules: rules.to_vec(), combinations, ..Proof::default() })
    };
    let more = "#   and more: see wxlicense reconcile --rules --format json\n\n";
    for (count, listed, is_more) in [(99, 99, false), (100, 100, false), (101, 100, true), (161, 100, true)] {
        let remark = remark(count);
        assert!(remark.starts_with(&format!(
            "# The alternatives below allow 162 combinations, of which the bills leave {count}. By fact:\n"
        )));
        let lines = remark.lines().filter(|line| line.starts_with("#   P8 ")).count();
        assert_eq!((lines, remark.ends_with(more)), (listed, is_more), "{remark}");
    }
}

#[test]
fn a_fact_without_a_rule_can_be_proven_too() {
    let facts = vec![ProvenFact { fact: "P3".to_owned(), orders: vec!["OI3".to_owned()] }];
    let text = written_proof(public(), &Proof { facts, ..Proof::default() });
    let card = read_card(&source(&text)).unwrap();
    assert_eq!(card.fact("P3").unwrap().source.en, "WeCom's bills: OI3");
}

#[test]
fn a_bare_card_gets_the_tables_of_its_rules() {
    let text = r#"id = "bare"
in-force-from = 2030-01-01
tier = [{ from = 1, basic = 5, interop = 50 }]
term = { days-per-month = 31, days-per-year = 372, least-days = 31, most-days = 1860, by-days-facts = "A" }
accumulation = { new-purchase = "longer", renewal = "from-zero", new-purchase-facts = "B" }
order = { most-accounts-of-a-type = 1000 }
charging = { app-kinds = "agency" }
fact = [
{ id = "A", standing = "assumed", source = "x", en = "days" },
{ id = "B", standing = "assumed", source = "x", en = "longer" },
]
alternative = [{ fact = "A", value = "365", en = "by 365" }, { fact = "B", value = "none", en = "none first" }]
"#;
    let both = written(text, &[only("A", "365 372"), only("B", "none")]);
    assert!(both.contains("by-days-divisor = 365") && both.contains("alternative ="), "{both}");
    let text = written(text, &[only("A", "365"), only("B", "none")]);
    assert!(!text.contains("alternative ="), "{text}");
}

#[test]
fn what_is_no_rule_of_the_card_is_an_error() {
    let proof = Proof { rules: vec![only("P8", "360")], ..Proof::default() };
    let found = write_proven(&source(public()), "x", &name(), &proof);
    assert!(matches!(found, Err(WriteError::Rule(_))));
    let found = write_proven(&source("id = 1"), "x", &name(), &Proof::default());
    assert!(matches!(found, Err(WriteError::Card(problems)) if !problems.is_empty()));
}

fn price(account_type: AccountType, from: u32, price: &str) -> ProvenPrice {
    ProvenPrice {
        account_type,
        from,
        price: price.parse().unwrap(),
        facts: vec!["P3".to_owned()],
        orders: vec!["OI1".to_owned(), "OI2".to_owned()],
    }
}

#[test]
fn a_proven_price_has_a_fact_of_its_own_and_the_others_keep_theirs() {
    let prices = vec![price(AccountType::Basic, 201, "2.80"), price(AccountType::Interop, 501, "20.00")];
    let text = written_proof(public(), &Proof { prices, ..Proof::default() });
    assert!(text.contains("\nbasic = { price = \"2.80\", facts = \"P3-basic-201\" }\n"), "{text}");
    let card = read_card(&source(&text)).unwrap();
    let basic = |tier: usize| &card.tiers[tier].price.basic;
    assert_eq!((basic(2).price.to_string(), basic(3).facts.clone()), ("2.80".into(), vec!["P3".to_owned()]));
    let fact = card.fact("P3-basic-201").unwrap();
    assert_eq!(fact.source.en, "WeCom's bills: OI1, OI2");
    assert!(!fact.standing.is_unconfirmed());
    assert_eq!(fact.text.en, "basic accounts 201–500 cost 2.80 yuan a year each");
    // What is stated of the other price is corrected; what agrees needs no word.
    let reported = card.fact("P3").unwrap();
    assert!(reported.standing.is_unconfirmed());
    assert!(reported.text.en.ends_with("; bills show another price of basic accounts 201–500: P3-basic-201"));
    assert!(!reported.text.en.contains("P3-interop-501"));
}

#[test]
fn a_price_is_written_into_a_bare_card_too() {
    let text = r#"id = "bare"
in-force-from = 2030-01-01
tier = [{ from = 1, basic = { price = 5, facts = ["P3", "Q"] }, interop = 50 }]
term = { days-per-month = 31, days-per-year = 372, least-days = 31, most-days = 1860 }
accumulation = { new-purchase = "longer", renewal = "from-zero" }
order = { most-accounts-of-a-type = 1000 }
charging = { app-kinds = "agency" }
fact = [
    { id = "P3", standing = "assumed", source = "x", en = "five" },
    { id = "Q", standing = "official", source = "x", en = "a price" },
    { id = "P3-basic-1", standing = "official", source = "x", en = "taken" },
]
"#;
    let prices = vec![price(AccountType::Basic, 1, "4.5")];
    let text = written_proof(text, &Proof { prices, ..Proof::default() });
    let card = read_card(&source(&text)).unwrap();
    assert_eq!(card.tiers[0].price.basic.facts, ["Q", "P3-basic-1-2"]);
}

#[test]
fn a_price_of_which_several_are_left_stays_and_a_comment_says_so() {
    let open = |account_type, lowest: &str, highest: &str| OpenPrice {
        account_type,
        from: 501,
        lowest: lowest.parse().unwrap(),
        highest: highest.parse().unwrap(),
    };
    let open_prices =
        vec![open(AccountType::Basic, "1.90", "2.10"), open(AccountType::Interop, "18.00", "19.50")];
    let text = written_proof(public(), &Proof { open_prices, ..Proof::default() });
    assert!(text.starts_with("# The bills leave several values of these unit prices"), "{text}");
    assert!(text.contains("#   basic accounts 501–1000: 1.90 to 2.10; here 2.00\n"), "{text}");
    let none = "#   interop accounts 501–1000: 18.00 to 19.50; here 20.00, which is none of them\n";
    assert!(text.contains(none), "{text}");
}
