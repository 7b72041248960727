//! A small WeCom. It takes the bodies of requests as JSON text, refuses what WeCom refuses, places the orders and prices
//! them account by account with the slow reference. Like that it shares no code with the crate: what a body means is
//! written here once more, from the facts in `docs/rules.md`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::reference::order::{Part, Rules, WholeOrder};
use crate::reference::{BASIC, Fine, INTEROP, Reference, wecom};

/// Seconds of a day.
pub const DAY: i64 = 86_400;
/// Beijing time is so many seconds ahead of UTC.
const AHEAD: i64 = 8 * 3600;
/// Prices of accounts beyond the list, in ten-thousandths of a yuan a year: basic, interop.
pub const NEGOTIATED: [Fine; 2] = [3_500, 45_000];
/// The last day of the waivers, 2023-03-31 (V5), in days since 1970-01-01.
const LAST_WAIVED: i64 = 19_447;

/// Returns the day of a moment, Beijing time, in days since 1970-01-01.
pub fn day_of(moment: i64) -> i64 {
    (moment + AHEAD).div_euclid(DAY)
}

/// Returns the moment of a day, so many seconds after its beginning in Beijing.
pub fn moment(day: i64, seconds: i64) -> i64 {
    day * DAY - AHEAD + seconds
}

/// What an enterprise is to the rules of waivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Customer {
    Charged,
    K12,
    Government,
    Nonprofit,
    Test,
}

/// An account of a user: the codes that were activated on it, each with its first moment and its end.
#[derive(Debug, Clone)]
pub struct Account {
    pub user: String,
    pub kind: usize,
    pub codes: Vec<(i64, i64)>,
}

impl Account {
    pub fn expires(&self) -> i64 {
        day_of(self.codes.last().unwrap().1)
    }

    pub fn runs_on(&self, day: i64) -> bool {
        day_of(self.codes[0].0) <= day && day < self.expires()
    }
}

/// A code that nobody has activated.
#[derive(Debug, Clone)]
pub struct Code {
    pub id: String,
    pub kind: usize,
    pub days: i64,
    pub created: i64,
    /// The last day on which it can be activated (T4).
    pub last_day: i64,
    /// The provider does not activate it before this day.
    pub from: i64,
}

/// A customer of the provider.
#[derive(Debug)]
pub struct Enterprise {
    pub corp_id: String,
    /// Index of the upstream; its own without one.
    pub payer: usize,
    pub customer: Customer,
    pub accounts: Vec<Account>,
    /// Codes of its own orders, and those that its upstream shared with it.
    pub codes: Vec<Code>,
    /// Ids of codes that it shared, each with its downstream, type and creation.
    pub shared: Vec<(String, usize, usize, i64)>,
}

/// A paid order.
#[derive(Debug)]
pub struct Order {
    pub id: String,
    /// WeCom's number: 1 new, 2 renewal, 8 several enterprises.
    pub order_type: u8,
    pub paid: i64,
    pub price: i64,
    pub parts: Vec<OrderPart>,
}

/// What an order is for at one enterprise.
#[derive(Debug)]
pub struct OrderPart {
    pub id: String,
    pub enterprise: usize,
    pub counts: [u64; 2],
    pub duration: Value,
    /// Code, user and type of each account: a code of a purchase, a user of a renewal.
    pub listed: Vec<(String, String, usize)>,
}

/// What WeCom answers.
#[derive(Debug, Default)]
pub struct Answer {
    pub jobid: Option<String>,
    /// Index of the order that was placed, which is paid at once.
    pub order: Option<usize>,
}

/// Accounts that one enterprise buys.
#[derive(Debug, Clone)]
struct Buy {
    enterprise: usize,
    counts: [u64; 2],
    months: u64,
    days: u64,
    duration: Value,
}

/// A job that gathers accounts for one order.
#[derive(Debug)]
enum Job {
    New(Vec<Buy>),
    /// Enterprise, user, type.
    Renewal(Vec<(usize, String, usize)>),
    Submitted,
}

pub struct WeCom {
    pub enterprises: Vec<Enterprise>,
    pub orders: Vec<Order>,
    /// Payers, and days on which their groups activated codes that were paid before.
    pub from_stock: BTreeSet<(usize, i64)>,
    jobs: BTreeMap<String, Job>,
    list: Reference,
    rules: Rules,
}

impl WeCom {
    pub fn new(enterprises: Vec<Enterprise>) -> WeCom {
        WeCom {
            enterprises,
            orders: Vec::new(),
            from_stock: BTreeSet::new(),
            jobs: BTreeMap::new(),
            list: wecom(),
            rules: Rules::WECOM,
        }
    }

    /// Returns the enterprises of a group, the upstream first.
    pub fn group(&self, payer: usize) -> Vec<usize> {
        let downstreams = (0..self.enterprises.len()).filter(|&one| one != payer);
        let of_payer = downstreams.filter(|&one| self.enterprises[one].payer == payer);
        [payer].into_iter().chain(of_payer).collect()
    }

    /// Takes a request at a moment; an error is why WeCom refuses it.
    pub fn take(&mut self, api: &str, body: &str, now: i64) -> Result<Answer, String> {
        let body: Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
        match api {
            "create_new_order" => self.create_new_order(&body, now),
            "create_new_order_job" => self.create_new_order_job(&body),
            "submit_new_order_job" => self.submit_new_order_job(&body, now),
            "create_renew_order_job" => self.create_renew_order_job(&body, now),
            "submit_order_job" => self.submit_order_job(&body, now),
            "batch_share_active_code" => self.batch_share_active_code(&body),
            _ => Err(format!("no such API: {api}")),
        }
    }

    /// Activates a code for a user who has no account of its type.
    pub fn activate(&mut self, enterprise: usize, code: &Code, user: String, now: i64) {
        assert!(day_of(code.created) <= day_of(now) && day_of(now) <= code.last_day);
        self.record_stock(enterprise, code, now);
        let codes = vec![(now, now + code.days * DAY)];
        let account = Account { user, kind: code.kind, codes };
        self.enterprises[enterprise].accounts.push(account);
    }

    /// Activates a code on an account that has at most 20 days left (T7).
    pub fn stack(&mut self, enterprise: usize, account: usize, code: &Code, now: i64) {
        self.record_stock(enterprise, code, now);
        let account = &mut self.enterprises[enterprise].accounts[account];
        assert!(account.kind == code.kind && account.runs_on(day_of(now)));
        assert!(account.expires() - day_of(now) <= 20);
        let last = account.codes.last_mut().unwrap();
        let end = last.1 + code.days * DAY;
        last.1 = now;
        account.codes.push((now, end));
    }

    fn record_stock(&mut self, enterprise: usize, code: &Code, now: i64) {
        if day_of(code.created) < day_of(now) {
            self.from_stock.insert((self.enterprises[enterprise].payer, day_of(now)));
        }
    }

    fn create_new_order(&mut self, body: &Value, now: i64) -> Result<Answer, String> {
        only(body, &["corpid", "buyer_userid", "account_count", "account_duration"])?;
        text(body, "buyer_userid")?;
        let buy = self.buy(body)?;
        self.place_new(vec![buy], 1, now)
    }

    fn create_new_order_job(&mut self, body: &Value) -> Result<Answer, String> {
        only(body, &["buy_list", "jobid"])?;
        let list = list(body, "buy_list", 10)?;
        let mut buys = Vec::new();
        for one in list {
            only(one, &["corpid", "account_count", "account_duration", "auto_active_status"])?;
            if number(one, "auto_active_status")? > 1 {
                return Err("40058: auto_active_status".to_owned());
            }
            buys.push(self.buy(one)?);
        }
        let jobid = self.job(body, Job::New(Vec::new()))?;
        let Some(Job::New(all)) = self.jobs.get_mut(&jobid) else {
            return Err(format!("{jobid} is no job of new accounts"));
        };
        all.extend(buys);
        Ok(Answer { jobid: Some(jobid), order: None })
    }

    fn submit_new_order_job(&mut self, body: &Value, now: i64) -> Result<Answer, String> {
        only(body, &["jobid", "buyer_userid"])?;
        text(body, "buyer_userid")?;
        match self.submitted(body)? {
            Job::New(buys) => self.place_new(buys, 8, now),
            _ => Err("no job of new accounts".to_owned()),
        }
    }

    fn create_renew_order_job(&mut self, body: &Value, now: i64) -> Result<Answer, String> {
        only(body, &["corpid", "account_list", "jobid"])?;
        let enterprise = self.enterprise(body)?;
        let mut accounts = Vec::new();
        for one in list(body, "account_list", 1000)? {
            only(one, &["userid", "type"])?;
            let kind = match number(one, "type")? {
                1 => BASIC,
                2 => INTEROP,
                other => return Err(format!("40058: type {other}")),
            };
            let user = text(one, "userid")?.to_owned();
            self.running(enterprise, &user, kind, day_of(now))?;
            accounts.push((enterprise, user, kind));
        }
        let jobid = self.job(body, Job::Renewal(Vec::new()))?;
        let Some(Job::Renewal(all)) = self.jobs.get_mut(&jobid) else {
            return Err(format!("{jobid} is no job of renewals"));
        };
        all.extend(accounts);
        let distinct: BTreeSet<&(usize, String, usize)> = all.iter().collect();
        if distinct.len() < all.len() {
            return Err(format!("an account stands twice in {jobid}"));
        }
        Ok(Answer { jobid: Some(jobid), order: None })
    }

    fn submit_order_job(&mut self, body: &Value, now: i64) -> Result<Answer, String> {
        only(body, &["jobid", "buyer_userid", "account_duration"])?;
        text(body, "buyer_userid")?;
        let Job::Renewal(accounts) = self.submitted(body)? else {
            return Err("no job of renewals".to_owned());
        };
        self.place_renewal(accounts, &body["account_duration"], now)
    }

    fn batch_share_active_code(&mut self, body: &Value) -> Result<Answer, String> {
        only(body, &["from_corpid", "to_corpid", "share_list", "corp_link_type"])?;
        if number(body, "corp_link_type")? > 1 {
            return Err("40058: corp_link_type".to_owned());
        }
        let from = self.enterprise_of(text(body, "from_corpid")?)?;
        let to = self.enterprise_of(text(body, "to_corpid")?)?;
        if from == to || self.enterprises[to].payer != from {
            return Err("the enterprises are not linked".to_owned());
        }
        for one in list(body, "share_list", 1000)? {
            only(one, &["active_code"])?;
            let id = text(one, "active_code")?;
            let at = self.enterprises[from].codes.iter().position(|code| code.id == id);
            self.share(from, at.ok_or_else(|| format!("701004: no code {id}"))?, to);
        }
        Ok(Answer::default())
    }

    /// Moves a code of an upstream to a downstream.
    pub fn share(&mut self, from: usize, code: usize, to: usize) {
        let code = self.enterprises[from].codes.remove(code);
        self.enterprises[from].shared.push((code.id.clone(), to, code.kind, code.created));
        self.enterprises[to].codes.push(code);
    }

    /// Places an order of new accounts, and creates their codes.
    fn place_new(&mut self, buys: Vec<Buy>, order_type: u8, now: i64) -> Result<Answer, String> {
        let mut price = 0;
        for buy in &buys {
            price += self.price_new(buy, day_of(now))?;
        }
        let id = format!("OI{:05}", self.orders.len() + 1);
        let mut parts = Vec::new();
        for (index, buy) in buys.into_iter().enumerate() {
            let part = if order_type == 8 { format!("{id}S{index}") } else { id.clone() };
            let mut listed = Vec::new();
            for kind in [BASIC, INTEROP] {
                for number in 0..buy.counts[kind] {
                    let code = Code {
                        id: format!("{part}-{kind}-{number}"),
                        kind,
                        days: i64::try_from(buy.months * 31 + buy.days).unwrap(),
                        created: now,
                        last_day: a_year_after(day_of(now)),
                        from: day_of(now),
                    };
                    listed.push((code.id.clone(), String::new(), kind));
                    self.enterprises[buy.enterprise].codes.push(code);
                }
            }
            let Buy { enterprise, counts, duration, .. } = buy;
            parts.push(OrderPart { id: part, enterprise, counts, duration, listed });
        }
        self.orders.push(Order { id, order_type, paid: now, price, parts });
        Ok(Answer { jobid: None, order: Some(self.orders.len() - 1) })
    }

    /// Returns the price of new accounts on a day in fen: they come after the active accounts of the group that outlast
    /// them (P12, U3).
    fn price_new(&self, buy: &Buy, day: i64) -> Result<i64, String> {
        let enterprise = &self.enterprises[buy.enterprise];
        if enterprise.payer != buy.enterprise {
            return Err(format!("{} does not order for itself", enterprise.corp_id));
        }
        let term = i64::try_from(buy.months * 31 + buy.days).unwrap();
        if !(31..=1860).contains(&term) {
            return Err(format!("40058: a term of {term} days"));
        }
        match enterprise.customer {
            Customer::Test if (buy.months, buy.days) != (1, 0) => return Err("a month for a test".to_owned()),
            Customer::Test => return Ok(0),
            customer if is_waived(customer, day) && (buy.months, buy.days) != (12, 0) => {
                return Err("701038: a waived order has 12 months".to_owned());
            }
            customer if is_waived(customer, day) => return Ok(0),
            _ => {}
        }
        let mut longer = [0, 0];
        for member in self.group(buy.enterprise) {
            let accounts = self.enterprises[member].accounts.iter();
            for account in accounts.filter(|one| one.runs_on(day) && one.expires() - day > term) {
                longer[account.kind] += 1;
            }
        }
        let part = Part { bought: buy.counts, longer, ..Part::default() };
        Ok(self.price(part, false, (buy.months, buy.days)))
    }

    /// Places a renewal, and prolongs its accounts.
    fn place_renewal(
        &mut self,
        accounts: Vec<(usize, String, usize)>,
        duration: &Value,
        now: i64,
    ) -> Result<Answer, String> {
        let day = day_of(now);
        let payers: BTreeSet<usize> = accounts.iter().map(|(of, ..)| self.enterprises[*of].payer).collect();
        let [payer] = payers.into_iter().collect::<Vec<_>>()[..] else {
            return Err("the accounts of a job are of one payer".to_owned());
        };
        if is_waived(self.enterprises[payer].customer, day) {
            return Err("701039: a waived customer cannot renew".to_owned());
        }
        let (mut counts, mut expiries) = ([0, 0], BTreeSet::new());
        let mut running = Vec::new();
        for (enterprise, user, kind) in &accounts {
            let at = self.running(*enterprise, user, *kind, day)?;
            expiries.insert(self.enterprises[*enterprise].accounts[at].expires());
            counts[*kind] += 1;
            running.push((*enterprise, at));
        }
        let is_test = self.enterprises[payer].customer == Customer::Test;
        let (term, until) = match only(duration, &["months"]) {
            Ok(()) => ((number(duration, "months")?, 0), None),
            Err(_) => {
                only(duration, &["new_expire_time"])?;
                let until = day_of(i64::try_from(number(duration, "new_expire_time")?).unwrap()) + 1;
                let [old] = expiries.into_iter().collect::<Vec<_>>()[..] else {
                    return Err("a renewal to a day is of one expiry (P15)".to_owned());
                };
                let days = u64::try_from(until - old).map_err(|_| "701090: no day more".to_owned())?;
                ((0, days), Some(until))
            }
        };
        if term == (0, 0) || (is_test && term != (1, 0)) {
            return Err(format!("40058: {term:?}"));
        }
        let part = Part { bought: counts, ..Part::default() };
        let price = if is_test { 0 } else { self.price(part, true, term) };
        for (enterprise, at) in running {
            let account = &mut self.enterprises[enterprise].accounts[at];
            let end = &mut account.codes.last_mut().unwrap().1;
            *end = match until {
                Some(until) => moment(until, 0),
                None => *end + i64::try_from(term.0).unwrap() * 31 * DAY,
            };
            if day_of(*end) - day > 1861 {
                return Err("701030: more than five years".to_owned());
            }
        }
        let listed = accounts.into_iter().map(|(_, user, kind)| (String::new(), user, kind)).collect();
        let id = format!("OI{:05}", self.orders.len() + 1);
        let part =
            OrderPart { id: id.clone(), enterprise: payer, counts, duration: duration.clone(), listed };
        self.orders.push(Order { id, order_type: 2, paid: now, price, parts: vec![part] });
        Ok(Answer { jobid: None, order: Some(self.orders.len() - 1) })
    }

    fn price(&self, part: Part, is_renewal: bool, (months, days): (u64, u64)) -> i64 {
        let negotiated = NEGOTIATED.map(Some);
        let order =
            WholeOrder { parts: vec![part], others: Part::default(), is_renewal, months, days, negotiated };
        self.list.fen_of_order(&self.rules, &order, &self.list.accounts(&self.rules, &order))
    }

    /// Returns the index of the account of a type that a user has on a day.
    fn running(&self, enterprise: usize, user: &str, kind: usize, day: i64) -> Result<usize, String> {
        let accounts = &self.enterprises[enterprise].accounts;
        let is_it = |account: &Account| account.user == user && account.kind == kind && account.runs_on(day);
        accounts.iter().position(is_it).ok_or_else(|| format!("701004: {user} has no account of type {kind}"))
    }

    fn buy(&self, body: &Value) -> Result<Buy, String> {
        let (count, duration) = (&body["account_count"], &body["account_duration"]);
        only(count, &["base_count", "external_contact_count"])?;
        only(duration, &["months", "days"])?;
        let counts = [number(count, "base_count")?, number(count, "external_contact_count")?];
        if counts == [0, 0] || counts.iter().any(|count| *count > 1_000_000) {
            return Err(format!("40058: {counts:?} accounts"));
        }
        let (months, days) = (number(duration, "months")?, number(duration, "days")?);
        Ok(Buy { enterprise: self.enterprise(body)?, counts, months, days, duration: duration.clone() })
    }

    fn enterprise(&self, body: &Value) -> Result<usize, String> {
        self.enterprise_of(text(body, "corpid")?)
    }

    fn enterprise_of(&self, corp_id: &str) -> Result<usize, String> {
        let found = self.enterprises.iter().position(|one| one.corp_id == corp_id);
        found.ok_or_else(|| format!("40013: no enterprise {corp_id}"))
    }

    /// Returns the job that a body names; without one it begins a new one.
    fn job(&mut self, body: &Value, new: Job) -> Result<String, String> {
        if body.get("jobid").is_some() {
            let jobid = text(body, "jobid")?;
            return self.jobs.get(jobid).map(|_| jobid.to_owned()).ok_or_else(|| format!("no job {jobid}"));
        }
        let jobid = format!("J{:05}", self.jobs.len() + 1);
        self.jobs.insert(jobid.clone(), new);
        Ok(jobid)
    }

    fn submitted(&mut self, body: &Value) -> Result<Job, String> {
        let jobid = text(body, "jobid")?;
        let job = self.jobs.get_mut(jobid).ok_or_else(|| format!("no job {jobid}"))?;
        Ok(std::mem::replace(job, Job::Submitted))
    }
}

/// Returns true if orders of a customer cost nothing on a day (V2, V3, V4).
pub fn is_waived(customer: Customer, day: i64) -> bool {
    matches!(customer, Customer::K12 | Customer::Government | Customer::Nonprofit) && day <= LAST_WAIVED
}

/// Returns the last day on which codes paid on a day can be activated (T4).
fn a_year_after(day: i64) -> i64 {
    let date = date_of(day);
    day + i64::from((date.checked_add(jiff::Span::new().years(1)).unwrap() - date).get_days())
}

/// Returns the date of a day.
pub fn date_of(day: i64) -> jiff::civil::Date {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap()
}

/// Refuses an object with other keys than these; `jobid` may be left out.
fn only(body: &Value, keys: &[&str]) -> Result<(), String> {
    let object = body.as_object().ok_or_else(|| format!("40058: no object: {body}"))?;
    let surplus = object.keys().find(|key| !keys.contains(&key.as_str()));
    let missing = keys.iter().find(|key| **key != "jobid" && !object.contains_key(**key));
    match (surplus, missing) {
        (None, None) => Ok(()),
        (surplus, missing) => Err(format!("40058: surplus {surplus:?}, missing {missing:?}")),
    }
}

fn text<'v>(body: &'v Value, key: &str) -> Result<&'v str, String> {
    let text = body[key].as_str().filter(|text| !text.is_empty());
    text.ok_or_else(|| format!("40058: {key}: {}", body[key]))
}

fn number(body: &Value, key: &str) -> Result<u64, String> {
    body[key].as_u64().ok_or_else(|| format!("40058: {key}: {}", body[key]))
}

fn list<'v>(body: &'v Value, key: &str, most: usize) -> Result<&'v Vec<Value>, String> {
    let list = body[key].as_array().filter(|list| (1..=most).contains(&list.len()));
    list.ok_or_else(|| format!("40058: {key}"))
}
