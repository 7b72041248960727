//! Every key of a rate card file, each declared once: name in the file, field, required or optional, kind of
//! value, example, description in English and Chinese. From here follow the reader ([`DraftCard`]),
//! `wxlicense schema rate-card` and `docs/rate-card.md`.

use jiff::civil::Date;
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{Confidence, GroupTiers, NegotiatedPart, NewPurchaseStart, RenewalStart, RoundedPart, Rule};
use crate::customer::{AppKind, Certification, WaiverKind};
use crate::diagnostic::lang::Phrase;
use crate::document::flat::Value;
use crate::document::key::{About, keys};
use crate::document::kind::{
    Entry, Id, Integer, Kind, StableWords, TableOf, TablesOf, Text, Texts, Word, Words,
};
use crate::document::{At, Field, Shape, unknown_word};
use crate::money::{RoundingMode, UnitPrice};

/// Largest number that a card's counts and days can have.
const MOST: u32 = 1_000_000_000;

/// Largest number of days that a rule about dates can span: about 270 years.
const MOST_DAYS: u32 = 100_000;

/// Largest number of months that a rule can span.
const MOST_MONTHS: u32 = 1200;

const FACTS: About = ("Ids of the facts that this rests on.", "所依据的事实编号。");

keys!(pub(super) DraftCard, "", {
    "id" id: required Id, "wecom-2022-05-16", ("Unique among the cards.", "在各价目表中唯一。");
    "name" name: optional PhraseKind, "\"…\"", ("What reports call the card.", "报告中对价目表的称呼。");
    "in-force-from" in_force_from: required Date, "2022-05-16",
        ("The first day whose purchases it prices, Beijing time.", "从哪天起为购买计价（北京时间）。");
    "tier" tier: optional TablesOf<DraftTier<'d>, 1>, "",
        ("Accounts that have one price.", "同一价格的一段账号（阶梯）。");
    "negotiated" negotiated: optional TableOf<DraftNegotiated<'d>>, "",
        ("Accounts whose price is agreed with WeCom.", "价格需与企业微信面议的账号。");
    "term" term: required TableOf<DraftTerm<'d>>, "",
        ("How long a term may be, and what a year is.", "许可时长的范围，以及一年的天数。");
    "rounding" rounding: optional TableOf<DraftRounding<'d>>, "",
        ("How a price is rounded.", "价格如何舍入。");
    "accumulation" accumulation: required TableOf<DraftAccumulation<'d>>, "",
        ("Where an order begins in the tiers.", "订单从阶梯的何处开始计价。");
    "order" order: required TableOf<DraftOrder<'d>>, "",
        ("What one order can have.", "单个订单的限制。");
    "order-checks" order_checks: optional TableOf<DraftOrderChecks<'d>>, "",
        ("What WeCom checks before it takes an order.", "企业微信接受订单前的检查。");
    "test-enterprise" test_enterprise: optional TableOf<DraftTestEnterprise<'d>>, "",
        ("The provider's own test enterprise.", "服务商自己的测试企业。");
    "charging" charging: required TableOf<DraftCharging<'d>>, "",
        ("Whose users need licences.", "哪些应用的用户需要许可。");
    "group" group: optional TableOf<DraftGroup<'d>>, "",
        ("Groups of an upstream and its downstreams.", "上游企业与其下游企业组成的集团。");
    "waiver" waiver: optional TablesOf<DraftWaiver<'d>>, "",
        ("Customers that pay nothing.", "免费的客户。");
    "trial" trial: optional TableOf<DraftTrial<'d>>, "", ("An app's free trial.", "应用的免费试用期。");
    "refund" refund: optional TableOf<DraftRefund<'d>>, "",
        ("How long a refund can be asked for.", "可申请退款的期限。");
    "activation" activation: optional TableOf<DraftActivation<'d>>, "",
        ("How long a bought account can be activated.", "已购账号的激活期限。");
    "stacking" stacking: optional TableOf<DraftStacking<'d>>, "",
        ("When a new code can be put on an active user.", "何时可为已激活的用户续期。");
    "fact" fact: optional TablesOf<DraftFact<'d>>, "",
        ("Something known, and how sure it is.", "一条已知事实及其可信程度。");
    "alternative" alternative: optional TablesOf<DraftAlternative<'d>>, "",
        ("What else a rule of pricing may be.", "计价规则的另一种可能。");
});

keys!(pub(super) DraftPhrase, "", {
    "en" en: required Text, "…", ("In English.", "英文。");
    "zh" zh: required Text, "…", ("In Chinese.", "中文。");
});

keys!(pub(super) DraftTier, "[[tier]]", {
    "from" from: required Integer<1, MOST>, "1", ("Its first account, from 1.", "第一个账号的序号，从 1 开始。");
    "to" to: optional Integer<0, MOST>, "5",
        ("Its last account; without it, all further ones.", "最后一个账号的序号；不写则包括其后的全部账号。");
    "facts" facts: optional Texts, "P4", FACTS;
    "basic" basic: required SourcedPriceKind, "\"5.00\"",
        ("Yuan a year for a basic account.", "基础账号每个每年多少元。");
    "interop" interop: required SourcedPriceKind, "\"50.00\"",
        ("Yuan a year for an interop account.", "互通账号每个每年多少元。");
});

keys!(pub(super) DraftPrice, "", {
    "price" price: required UnitPrice, "5.00", ("Yuan a year.", "每年多少元。");
    "facts" facts: optional Texts, "P2", FACTS;
});

keys!(pub(super) DraftNegotiated, "[negotiated]", {
    "from" from: required Integer<1, MOST>, "10001", ("The first of them.", "其中第一个账号的序号。");
    "covers" covers: optional Word<NegotiatedPart>, "excess",
        ("What is negotiated in an order that reaches them: the excess, which is the default, or all its accounts of \
        the type.",
        "订单达到该序号时哪些账号面议：仅超出部分（excess，默认），或该类型的全部账号（all）。");
    "facts" facts: optional Texts, "P5", FACTS;
});

keys!(pub(super) DraftTerm, "[term]", {
    "days-per-month" days_per_month: required Integer<1, MOST>, "31",
        ("Days of a month of a term.", "许可时长中一个月的天数。");
    "days-per-year" days_per_year: required Integer<1, MOST>, "372",
        ("Days of a year of a term.", "许可时长中一年的天数。");
    "least-days" least_days: required Integer<1, MOST>, "31", ("The shortest term.", "最短时长。");
    "most-days" most_days: required Integer<1, MOST>, "1860", ("The longest term.", "最长时长。");
    "facts" facts: optional Texts, "P6", FACTS;
    "by-months-facts" by_months_facts: optional Texts, "P7", FACTS;
    "by-days-divisor" by_days_divisor: optional Integer<1, MOST>, "372",
        ("A day beyond whole months costs the price of a year divided by this. Without it, by `days-per-year`.",
        "整月以外的每一天，价格为年价除以此数。不写则为 `days-per-year`。");
    "by-days-facts" by_days_facts: optional Texts, "P8", FACTS;
    "multi-year-facts" multi_year_facts: optional Texts, "P11", FACTS;
    "expiry-facts" expiry_facts: optional Texts, "T6", FACTS;
});

keys!(pub(super) DraftRounding, "[rounding]", {
    "once-per" once_per: required Word<RoundedPart>, "order",
        ("What is rounded: the order, its accounts of a type, or those of a type in a tier.",
        "对什么舍入：整个订单（order）、每种账号（type），或每种账号在每一阶梯的金额（item）。");
    "to" to: required Word<RoundedTo>, "fen", ("The unit.", "舍入到的单位。");
    "mode" mode: required Word<RoundingMode>, "half-up",
        ("Which way: to the nearest, a half up or to the even one, or always down.",
        "舍入方式：四舍五入（half-up）、四舍六入五成双（half-even），或舍去零头（down）。");
    "facts" facts: optional Texts, "P9", FACTS;
});

keys!(pub(super) DraftAccumulation, "[accumulation]", {
    "new-purchase" new_purchase: required Word<NewPurchaseStart>, "longer",
        ("Which accounts of the type come before a new purchase: the active ones whose remaining time is longer than \
        the term or at least the term, or none; each also with the codes that can still be activated.",
        "哪些同类型账号排在新购之前：剩余时长大于（longer）或不短于（at-least）所购时长的已激活账号，或没有（none）；\
        加 `+unactivated` 表示另计入尚可激活的激活码。");
    "new-purchase-facts" new_purchase_facts: optional Texts, "P12", FACTS;
    "renewal" renewal: required Word<RenewalStart>, "from-zero",
        ("Which accounts of the type come before a renewal: none, or those that would come before a new purchase of its \
        term, without those that it renews.",
        "哪些同类型账号排在续期之前：没有（from-zero），或按新购规则应排在前面、且不由该订单续期的账号（after-held）。");
    "renewal-facts" renewal_facts: optional Texts, "P13", FACTS;
});

keys!(pub(super) DraftOrder, "[order]", {
    "most-accounts-of-a-type" most_accounts_of_a_type: required Integer<1, MOST>, "1000000",
        ("Accounts of each type.", "每种账号的数量上限。");
    "facts" facts: optional Texts, "P14", FACTS;
    "app-orders-checked-from" app_orders_checked_from: optional Date, "2023-06-30",
        ("The first day on which WeCom checks the customer's app orders before it sells licences.",
        "从哪天起企业微信在出售许可前检查客户的应用订单。");
    "app-orders-checked-facts" app_orders_checked_facts: optional Texts, "T10", FACTS;
});

keys!(pub(super) DraftOrderChecks, "[order-checks]", {
    "app-order-facts" app_order_facts: optional Texts, "O1", FACTS;
    "app-order-term-facts" app_order_term_facts: optional Texts, "O4", FACTS;
    "trial-most-days" trial_most_days: required Integer<1, MOST_DAYS>, "93",
        ("The longest term while an app is in its trial and the customer has no order of it.",
        "应用试用期间、企业没有应用订单时的最长时长（天）。");
    "trial-facts" trial_facts: optional Texts, "O2", FACTS;
    "short-term-days" short_term_days: required Integer<1, MOST_DAYS>, "93",
        ("Terms up to so many days allow fewer accounts.", "时长不超过此天数时，账号数受通讯录人数限制。");
    "short-term-accounts-per-contact" short_term_accounts_per_contact: required Integer<1, MOST>, "2",
        ("Accounts of such a term for each of the customer's contacts.", "此时账号数最多为通讯录人数的倍数。");
    "short-term-facts" short_term_facts: optional Texts, "O3", FACTS;
    "waived-months" waived_months: required Integer<1, MOST_MONTHS>, "12",
        ("The only term that a waived customer can order, in months.", "减免企业下单的唯一时长（月）。");
    "waived-facts" waived_facts: optional Texts, "O6", FACTS;
    "renewal-facts" renewal_facts: optional Texts, "O7", FACTS;
    "permission-facts" permission_facts: optional Texts, "O8", FACTS;
});

keys!(pub(super) DraftTestEnterprise, "[test-enterprise]", {
    "most-accounts-of-a-type" most_accounts_of_a_type: required Integer<1, MOST>, "1000",
        ("Accounts of each type.", "每种账号的数量上限。");
    "months" months: required Integer<1, MOST_MONTHS>, "1", ("The only term, in months.", "唯一的时长（月）。");
    "facts" facts: optional Texts, "P14", FACTS;
});

keys!(pub(super) DraftCharging, "[charging]", {
    "app-kinds" app_kinds: required Words<AppKind>, "[\"third-party\", \"agency\"]",
        ("The kinds of app.", "应用类型。");
    "facts" facts: optional Texts, "W1", FACTS;
});

keys!(pub(super) DraftGroup, "[group]", {
    "tiers" tiers: optional Word<GroupTiers>, "group",
        ("Whose accounts the tiers count together: the whole group's, which is the default, or each member's.",
        "阶梯按整个上下游合并累进（group，默认），还是每个成员各自累进（member）。");
    "facts" facts: optional Texts, "U1", FACTS;
    "barred-primary-industry" barred_primary_industry: optional Text, "教育",
        ("The primary industry of those who cannot be in a group.", "不能加入上下游的企业所属的一级行业。");
    "barred-secondary-industries" barred_secondary_industries: optional Texts, "初等教育",
        ("The secondary industries of those who cannot; all, if there is none.",
        "不能加入上下游的企业所属的二级行业；不写则为全部。");
    "barred-facts" barred_facts: optional Texts, "U5", FACTS;
});

keys!(pub(super) DraftWaiver, "[[waiver]]", {
    "kind" kind: required Word<WaiverKind>, "k12", ("The kind of customer.", "客户类型。");
    "primary-industry" primary_industry: optional Text, "教育",
        ("The primary industry that it must have.", "须属于的一级行业。");
    "secondary-industries" secondary_industries: optional Texts, "初等教育",
        ("The secondary industries of which it must have one.", "须属于其中之一的二级行业。");
    "certification" certification: optional Word<Certification>, "verified",
        ("How far WeCom must have checked it, at least.", "至少须达到的认证程度。");
    "proof" proof: optional bool, "true",
        ("True if WeCom must have accepted a proof.", "证明是否须获企业微信确认。");
    "from" from: required Date, "2022-05-16", ("The first day in force.", "生效的第一天。");
    "last-day" last_day: optional Date, "2023-03-31", ("The last day in force.", "生效的最后一天。");
    "facts" facts: optional Texts, "V2", FACTS;
    "last-day-facts" last_day_facts: optional Texts, "V5", FACTS;
});

keys!(pub(super) DraftTrial, "[trial]", {
    "days" days: required Integer<1, MOST_DAYS>, "90", ("Its length.", "天数。");
    "facts" facts: optional Texts, "T1", FACTS;
    "reminder-days" reminder_days: required Integer<0, MOST_DAYS>, "7",
        ("How long before its end members are reminded.", "到期前多少天开始提醒成员。");
    "reminder-facts" reminder_facts: optional Texts, "T2", FACTS;
    "first-authorized" first_authorized: required Date, "2022-05-16",
        ("Apps authorised earlier have none.", "在此之前授权的应用没有试用期。");
    "first-authorized-facts" first_authorized_facts: optional Texts, "T3", FACTS;
});

keys!(pub(super) DraftRefund, "[refund]", {
    "days" days: required Integer<0, MOST_DAYS>, "10", ("Days from payment.", "付款后的天数。");
    "facts" facts: optional Texts, "T5", FACTS;
});

keys!(pub(super) DraftActivation, "[activation]", {
    "months" months: required Integer<1, MOST_MONTHS>, "12", ("Months from payment.", "付款后的月数。");
    "facts" facts: optional Texts, "T4", FACTS;
});

keys!(pub(super) DraftStacking, "[stacking]", {
    "days-left" days_left: required Integer<0, MOST_DAYS>, "20",
        ("At most so many days may be left.", "剩余天数不得超过此数。");
    "automatic-days-left" automatic_days_left: required Integer<0, MOST_DAYS>, "7",
        ("With so many days left it happens by itself.", "剩余天数不超过此数时自动续期。");
    "most-days-ahead" most_days_ahead: required Integer<0, MOST_DAYS>, "1860",
        ("The latest end, from today.", "自当日起最远的到期天数。");
    "facts" facts: optional Texts, "T7", FACTS;
    "most-days-ahead-facts" most_days_ahead_facts: optional Texts, "T8", FACTS;
});

keys!(pub(super) DraftFact, "[[fact]]", {
    "id" id: required Id, "P1", ("Its short name, such as P3.", "编号，例如 P3。");
    "standing" standing: required Word<Confidence>, "assumed", ("How sure it is.", "可信程度。");
    "source" source: required PhraseKind, "\"…\"", ("Who says so.", "出处。");
    "en" en: optional Text, "…", ("What it says, in English.", "内容（英文）。");
    "zh" zh: optional Text, "…", ("What it says, in Chinese.", "内容（中文）。");
});

keys!(pub(super) DraftAlternative, "[[alternative]]", {
    "fact" fact: required Text, "P12", ("Id of the fact behind the rule.", "该规则所依据的事实编号。");
    "value" value: required RuleWord, "at-least",
        ("What the rule may be: a value of its key, or two for `[rounding]`, as in `type+half-even`.",
        "规则的另一取值：其键的一个值；`[rounding]` 则为两个值，例如 `type+half-even`。");
    "standing" standing: optional Word<Confidence>, "assumed",
        ("How sure it is; without it, assumed.", "可信程度；不写则为 assumed。");
    "source" source: optional PhraseKind, "\"…\"", ("Who says so, if anybody does.", "出处（如有）。");
    "en" en: optional Text, "…", ("What then holds, in English.", "此时的规则（英文）。");
    "zh" zh: optional Text, "…", ("What then holds, in Chinese.", "此时的规则（中文）。");
});

#[derive(Clone, Copy, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum RoundedTo {
    Fen,
}

/// A variant of a rule of pricing.
pub(super) struct RuleWord;

impl<'d> Kind<'d> for RuleWord {
    type Value = Rule;
    const SHAPE: Shape = Text::SHAPE;

    fn read(entry: Entry<'d, '_>) -> Option<Rule> {
        let word = Text::read(entry)?;
        word.parse().ok().or_else(|| entry.reject(unknown_word(entry.key.name, word, rule_words())))
    }
}

/// Returns the words of all rules; of the divisor of a day, which can be any number, the usual ones.
fn rule_words() -> Vec<&'static str> {
    let mut words = NegotiatedPart::words();
    words.extend(["365", "366", "372"]);
    words.extend(["order+half-up", "order+half-even", "order+down", "type+half-up", "type+half-even"]);
    words.extend(["type+down", "item+half-up", "item+half-even", "item+down"]);
    words.extend(NewPurchaseStart::words());
    words.extend(RenewalStart::words());
    words.extend(GroupTiers::words());
    words
}

/// A text: the same in both languages, or a table of both.
pub(super) struct PhraseKind;

impl<'d> Kind<'d> for PhraseKind {
    type Value = Phrase;
    const SHAPE: Shape = Shape::Either(&Text::SHAPE, &TableOf::<DraftPhrase<'d>>::SHAPE);

    fn read(entry: Entry<'d, '_>) -> Option<Phrase> {
        if matches!(entry.node.value, Value::Table { .. }) {
            let both = TableOf::<DraftPhrase<'d>>::read(entry)?;
            return Some(Phrase {
                en: both.en.into_value()?.to_owned().into(),
                zh: both.zh.into_value()?.to_owned().into(),
            });
        }
        let text = Text::read(entry)?;
        Some(Phrase { en: text.to_owned().into(), zh: text.to_owned().into() })
    }
}

/// A price in yuan, alone or in a table with the facts that it rests on.
pub(super) struct SourcedPriceKind;

pub(super) struct SourcedPrice<'d> {
    pub(super) price: UnitPrice,
    pub(super) facts: Field<Vec<At<&'d str>>>,
}

impl<'d> Kind<'d> for SourcedPriceKind {
    type Value = SourcedPrice<'d>;
    const SHAPE: Shape = Shape::Either(&UnitPrice::SHAPE, &TableOf::<DraftPrice<'d>>::SHAPE);

    fn read(entry: Entry<'d, '_>) -> Option<SourcedPrice<'d>> {
        if matches!(entry.node.value, Value::Table { .. }) {
            let sourced = TableOf::<DraftPrice<'d>>::read(entry)?;
            return Some(SourcedPrice { price: sourced.price.into_value()?, facts: sourced.facts });
        }
        Some(SourcedPrice { price: UnitPrice::read(entry)?, facts: Field::Missing })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rates::RateCards;

    #[test]
    fn the_words_of_rules_are_the_variants_on_the_public_card() {
        let card = RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().as_ref().clone();
        let variants = card.choices().into_iter().flat_map(|choice| choice.rules);
        let variants: BTreeSet<String> = variants.map(|rule| rule.to_string()).collect();
        let words: BTreeSet<String> = rule_words().into_iter().map(str::to_owned).collect();
        assert_eq!((rule_words().len(), words), (24, variants));
    }
}
