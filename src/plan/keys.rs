//! Every key of the plan file, each declared once: name in the file, field, required or optional, kind of
//! value, example, description in English and Chinese. From here follow the reader ([`DraftPlan`]),
//! `wxlicense schema plan`, the starter plan of `wxlicense init`, and `docs/plan.md`.

use jiff::civil::{Date, DateTime};

use crate::account::{AccountType, Term};
use crate::customer::{AppKind, Certification, Industry};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::key::{About, keys};
use crate::document::kind::{Entry, Integer, Kind, Name, TableOf, TablesOf, Text, Texts, Word};
use crate::document::{Keys, Shape};
use crate::money::UnitPrice;
use crate::plan::model::RecordedKind;
use crate::pricing::OrderStatus;

/// Allows more accounts than any order can have, so that a large count is reported with the card's limit.
type Count = Integer<0, 1_000_000_000>;

const BASIC: About = (
    "Users who need a basic account (基础账号), all apps together, each counted once.",
    "需要基础账号的用户数：所有应用的用户并集，每人只计一次。",
);
const INTEROP: About = (
    "Users who need an interop account (互通账号), which covers the basic interfaces too.",
    "需要互通账号的用户数（其应用读取客户或客户群）；互通账号也包含基础接口。",
);
const BOUGHT_BASIC: About = ("Basic accounts (基础账号) bought.", "所购基础账号数。");
const BOUGHT_INTEROP: About = ("Interop accounts (互通账号) bought.", "所购互通账号数。");

keys!(pub(super) DraftPlan, "", {
    "date" date: optional Date, "2022-11-18",
        ("The pricing date. Without it the quote is undated.", "计价日期。不写则报价未指定日期。");
    "provider" provider: optional TableOf<DraftProvider<'d>>, "{ name = \"示例科技\", buyer = \"zhangsan\" }",
        ("The service provider, who pays.", "付款的服务商。");
    "rate-card" rate_card: optional Text, "wecom-2022-05-16",
        ("An embedded card's id, or the path of a .toml file beside the plan. Without it, the card in force on the date.",
        "内置价目表的 id，或与本方案同目录的 .toml 文件。不写则采用该日期有效的价目表。");
    "term" term: optional TermKind, "{ years = 1 }",
        ("The term of every school that gives none of its own.", "许可时长，适用于未另行说明的所有学校。");
    "orders" orders: optional TableOf<DraftOrders<'d>>, "{ from = [\"wecom/orders*.json\"] }",
        ("Purchases from WeCom's order documents, assigned to the schools by corp-id.",
        "从企业微信订单文件读取购买记录，按企业 id 归入各学校。");
    "school" school: optional TablesOf<DraftSchool<'d>, 1>, "",
        ("A customer.", "一个客户。");
});

keys!(pub(super) DraftProvider, "", {
    "name" name: optional Text, "示例科技", ("The name that reports show.", "报告中显示的名称。");
    "buyer" buyer: optional Name, "zhangsan",
        ("The userid at WeCom that places orders by the API.", "通过接口下单的企业微信 userid。");
});

keys!(pub(super) DraftSchool, "[[school]]", {
    "code" code: required Name, "1001",
        ("Unique in the plan.", "在本方案中唯一。");
    "name" name: required Text, "示例学院",
        ("The name that reports show.", "报告中显示的名称。");
    "corp-id" corp_id: optional Name, "ww0000000000000000",
        ("WeCom's id of the enterprise.", "企业微信中的企业 id。");
    "industry" industry: optional IndustryKind, "教育/高等教育",
        ("Primary and secondary industry as WeCom shows them, such as 教育/高等教育.",
        "一级行业/二级行业，与企业微信显示一致，例如 教育/高等教育。");
    "certification" certification: optional Word<Certification>, "certified",
        ("How far WeCom has checked the enterprise.", "企业微信对企业的认证程度。");
    "nonprofit-proof" nonprofit_proof: optional bool, "true",
        ("True if WeCom has accepted the proof of a non-profit.", "公益性组织证明是否已获企业微信确认。");
    "status" status: optional Word<OrderStatus>, "unconfirmed",
        ("Unconfirmed: priced, but kept out of the firm total.", "待确认的学校照常计价，但不计入已确认合计。");
    "test-enterprise" test_enterprise: optional bool, "true",
        ("The provider's own test enterprise, which is free.", "服务商自己的测试企业，不收费。");
    "basic" basic: optional Count, "150", BASIC;
    "interop" interop: optional Count, "20", INTEROP;
    "contacts" contacts: optional Count, "1800",
        ("Headcount of the customer's contacts, where known; WeCom limits short orders by it.",
        "客户通讯录人数（如已知）；企业微信据此限制短期订单的账号数。");
    "term" term: optional TermKind, "{ months = 6 }",
        ("The term of this school's licences.", "本校的许可时长。");
    "upstream" upstream: optional Name, "1002",
        ("The code of the school that pays for this one.", "为本校付费的上游学校编码。");
    "negotiated" negotiated: optional TableOf<DraftNegotiated<'d>>, "{ basic = \"0.80\" }",
        ("Prices agreed with WeCom (面议) for accounts without a list price.", "与企业微信面议的价格，用于没有标准价的账号。");
    "held" held: optional TablesOf<DraftHeld<'d>>, "[{ type = \"basic\", count = 180, expires = 2023-06-30 }, { from = \"wecom/1001-accounts*.json\" }]",
        ("Active accounts, besides those of the purchases below.", "已激活的账号（下方购买记录之外）。");
    "app" app: optional TablesOf<DraftApp<'d>>, "",
        ("An app of the customer.", "客户的一个应用。");
    "purchase" purchase: optional TablesOf<DraftPurchase<'d>>, "",
        ("A purchase that was made, or is decided.", "一次已完成或已确定的购买。");
    "headcount" headcount: optional TablesOf<DraftHeadcount<'d>>, "",
        ("Users from a day on, in place of the numbers above.", "自某日起的用户数，代替上面的数字。");
});

keys!(pub(super) DraftTerm, "", {
    "years" years: optional Integer<0, 1_000>, "1", ("Years of 12 months.", "年数，每年 12 个月。");
    "months" months: optional Integer<0, 12_000>, "6", ("Months.", "月数。");
    "days" days: optional Integer<0, 1_000_000>, "10", ("Days.", "天数。");
});

keys!(pub(super) DraftNegotiated, "", {
    "basic" basic: optional UnitPrice, "0.80",
        ("Yuan a year for each basic account without a list price.", "没有标准价的基础账号，每个每年多少元。");
    "interop" interop: optional UnitPrice, "8.00",
        ("Yuan a year for each interop account without a list price.", "没有标准价的互通账号，每个每年多少元。");
});

keys!(pub(super) DraftHeld, "", {
    "type" account_type: optional Word<AccountType>, "basic", ("Their type.", "账号类型。");
    "count" count: optional Integer<1, 1_000_000_000>, "180", ("How many.", "账号数。");
    "expires" expires: optional Date, "2023-06-30", ("The day on which they end.", "到期日。");
    "from" from: optional Text, "wecom/1001-accounts*.json",
        ("In place of the three: files with WeCom's account lists of the customer, by a path or a pattern.",
        "代替以上三项：该客户的企业微信账号列表文件（路径或通配符）。");
});

keys!(pub(super) DraftOrders, "", {
    "from" from: required Texts, "wecom/orders*.json",
        ("Files with WeCom's order documents, by paths or patterns.", "企业微信订单文件（路径或通配符）。");
});

keys!(pub(super) DraftApp, "[[school.app]]", {
    "id" id: required Name, "example_visitors", ("The app's id.", "应用的 id。");
    "name" name: optional Text, "访客审批", ("The app's name.", "应用名称。");
    "host" host: optional Text, "weixinqy", ("What the app runs in.", "应用所在的宿主。");
    "kind" kind: optional Word<AppKind>, "agency",
        ("Whose app it is; an internal one is never charged.", "应用类型：第三方、代开发或自建；自建应用不收费。");
    "authorized" authorized: optional DateTime, "2022-11-18T10:36:18",
        ("When the customer first authorised it, Beijing time; its free trial begins then.",
        "客户首次授权的时刻（北京时间），免费试用期自此开始。");
    "needs" needs: optional Word<AccountType>, "basic",
        ("The accounts that its users need.", "其用户需要的账号类型。");
    "roster" roster: optional Text, "rosters/1001-visitors.csv",
        ("Files with the app's users, by a path or a pattern; the school's counts become the union over its apps.",
        "应用用户名单文件（路径或通配符）；学校的用户数取各应用的并集。");
    "roster-column" roster_column: optional Text, "userid",
        ("The heading of the column with the user ids.", "用户 id 所在列的表头。");
    "order" order: optional TableOf<DraftAppOrder<'d>>, "{ from = 2023-02-01, until = 2024-01-31 }",
        ("The customer's order of the app, where known; no licence may have a shorter term.",
        "客户购买该应用的订单（如已知）；许可时长不得短于它。");
});

keys!(pub(super) DraftAppOrder, "", {
    "from" from: required Date, "2023-02-01", ("Its first day.", "起始日。");
    "until" until: required Date, "2024-01-31", ("Its last day, included.", "截止日（含）。");
});

keys!(pub(super) DraftPurchase, "[[school.purchase]]", {
    "paid" paid: required Date, "2022-11-18", ("The day of payment.", "付款日期。");
    "kind" kind: optional Word<RecordedKind>, "purchase",
        ("A purchase of new accounts, or a renewal, which prolongs active ones.", "新购，或为已激活账号续期（renewal）。");
    "basic" basic: optional Count, "150", BOUGHT_BASIC;
    "interop" interop: optional Count, "20", BOUGHT_INTEROP;
    "term" term: optional TermKind, "{ years = 1 }", ("The term that was bought.", "所购时长。");
    "activated" activated: optional Date, "2022-11-18",
        ("The day on which all its codes were activated; left out while none is.", "全部激活码的激活日期；尚未激活则不写。");
    "activations" activations: optional TablesOf<DraftActivation<'d>>, "[{ date = 2023-11-10, type = \"basic\", count = 90, extends = 2023-11-25 }]",
        ("In place of `activated` where codes were activated on several days; the others are not activated.",
        "分批激活时代替 `activated`；未列出的激活码视为尚未激活。");
});

keys!(pub(super) DraftActivation, "", {
    "date" date: required Date, "2023-11-10", ("The day of activation.", "激活日期。");
    "type" account_type: required Word<AccountType>, "basic", ("The type of the accounts.", "账号类型。");
    "count" count: required Integer<1, 1_000_000_000>, "90", ("How many.", "账号数。");
    "extends" extends: optional Date, "2023-11-25",
        ("The day of expiry of the active accounts that it prolongs.", "被延长的账号原来的到期日。");
});

keys!(pub(super) DraftHeadcount, "[[school.headcount]]", {
    "from" from: required Date, "2023-09-01", ("The first day of these counts.", "这些账号数的起始日期。");
    "basic" basic: optional Count, "150", BASIC;
    "interop" interop: optional Count, "20", INTEROP;
});

/// A term: years, months and days add up; years are twelve months.
pub(super) struct TermKind;

impl<'d> Kind<'d> for TermKind {
    type Value = Term;
    const SHAPE: Shape = Shape::Table(DraftTerm::KEYS);

    fn read(entry: Entry<'d, '_>) -> Option<Term> {
        let draft = TableOf::<DraftTerm<'d>>::read(entry)?;
        let months = draft.years.or(0)? * Term::MONTHS_PER_YEAR + draft.months.or(0)?;
        Some(Term { months, days: draft.days.or(0)? })
    }
}

/// A primary and a secondary industry.
pub(super) struct IndustryKind;

impl<'d> Kind<'d> for IndustryKind {
    type Value = Industry;
    const SHAPE: Shape = Shape::Text("^\\s*[^/\\s][^/]*/\\s*[^/\\s][^/]*$");

    fn read(entry: Entry<'d, '_>) -> Option<Industry> {
        let text = Text::read(entry)?;
        let bad_industry = || Diagnostic::new(Code::BadIndustry).with("value", text);
        text.parse().ok().or_else(|| entry.reject(bad_industry()))
    }
}
