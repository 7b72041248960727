//! The bodies of the requests that order licences, renew them and share their codes. Each type is one body as
//! WeCom documents it, `corpid` and all; [`Request`] is any of them. How many items a body may have stands beside
//! its type.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::account::{AccountType, Counts, Term};

/// The body of a request, as JSON has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Request {
    /// New accounts of one enterprise.
    CreateNewOrder(CreateNewOrder),
    /// New accounts of several enterprises, gathered in a job.
    CreateNewOrderJob(CreateNewOrderJob),
    /// The order of such a job.
    SubmitNewOrderJob(SubmitNewOrderJob),
    /// Accounts to renew, gathered in a job.
    CreateRenewOrderJob(CreateRenewOrderJob),
    /// The order of such a job.
    SubmitOrderJob(SubmitOrderJob),
    /// Codes of an upstream for a downstream.
    BatchShareActiveCode(BatchShareActiveCode),
}

impl Request {
    /// Returns the API that takes it.
    pub fn api(&self) -> Api {
        match self {
            Request::CreateNewOrder(_) => Api::CreateNewOrder,
            Request::CreateNewOrderJob(_) => Api::CreateNewOrderJob,
            Request::SubmitNewOrderJob(_) => Api::SubmitNewOrderJob,
            Request::CreateRenewOrderJob(_) => Api::CreateRenewOrderJob,
            Request::SubmitOrderJob(_) => Api::SubmitOrderJob,
            Request::BatchShareActiveCode(_) => Api::BatchShareActiveCode,
        }
    }
}

/// An API that takes a request: the last part of its path, after `/cgi-bin/license/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(Serialize, Deserialize, IntoStaticStr, EnumString, VariantArray)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Api {
    /// Orders new accounts of one enterprise (path/97182).
    CreateNewOrder,
    /// Adds enterprises to a job of new accounts (path/98887).
    CreateNewOrderJob,
    /// Places the order of a job of new accounts (path/98887).
    SubmitNewOrderJob,
    /// Adds accounts to a job of renewals (path/97183).
    CreateRenewOrderJob,
    /// Places the order of a job of renewals (path/97183).
    SubmitOrderJob,
    /// Shares codes of an upstream with a downstream (path/97193).
    BatchShareActiveCode,
}

impl Api {
    /// Returns the last part of its path.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Orders new accounts of one enterprise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateNewOrder {
    /// The enterprise.
    pub corpid: String,
    /// The provider's member who places the order.
    pub buyer_userid: String,
    /// The accounts.
    pub account_count: AccountCount,
    /// Their term.
    pub account_duration: AccountDuration,
}

/// Adds enterprises to a job of new accounts; without `jobid` it begins one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateNewOrderJob {
    /// The enterprises.
    pub buy_list: Vec<Buy>,
    /// The job, from the answer to its first request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jobid: Option<String>,
}

impl CreateNewOrderJob {
    /// The most enterprises of a request.
    pub const MOST_BUYS: usize = 10;
    /// The most enterprises of a job.
    pub const MOST_BUYS_OF_A_JOB: usize = 100_000;
}

/// New accounts of an enterprise in a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buy {
    /// The enterprise.
    pub corpid: String,
    /// The accounts.
    pub account_count: AccountCount,
    /// Their term.
    pub account_duration: AccountDuration,
    /// 1 if WeCom may activate the codes by itself, 0 if not.
    pub auto_active_status: u8,
}

/// Places the order of a job of new accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmitNewOrderJob {
    /// The job, from the answer to its first request.
    pub jobid: String,
    /// The provider's member who places the order.
    pub buyer_userid: String,
}

/// Adds accounts to a job of renewals; without `jobid` it begins one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateRenewOrderJob {
    /// The enterprise whose members have the accounts.
    pub corpid: String,
    /// The accounts.
    pub account_list: Vec<RenewedAccount>,
    /// The job, from the answer to its first request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jobid: Option<String>,
}

impl CreateRenewOrderJob {
    /// The most accounts of a request.
    pub const MOST_ACCOUNTS: usize = 1_000;
}

/// An account to renew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenewedAccount {
    /// The member who has it.
    pub userid: String,
    /// Its type: 1 basic, 2 interop.
    #[serde(rename = "type", with = "account_type_number")]
    pub account_type: AccountType,
}

/// Places the order of a job of renewals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmitOrderJob {
    /// The job, from the answer to its first request.
    pub jobid: String,
    /// The provider's member who places the order.
    pub buyer_userid: String,
    /// How far the accounts are prolonged.
    pub account_duration: RenewalDuration,
}

/// How far a renewal prolongs its accounts: O7 (docs/rules.md#o7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum RenewalDuration {
    /// Each by whole months from its own expiry.
    Months {
        /// The months.
        months: u32,
    },
    /// All to the end of one day.
    NewExpireTime {
        /// A moment of that day, in Unix seconds.
        new_expire_time: i64,
    },
}

impl RenewalDuration {
    /// Returns the duration to the end of a day, Beijing time: `expires` is the day after it, the first without the
    /// account (T6, docs/rules.md#t6). `None` at the beginning of the calendar.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use wxlicense::wecom::requests::RenewalDuration;
    /// let until = RenewalDuration::until(date(2023, 11, 15)); // 2023-11-14 23:59:59, Beijing time
    /// assert_eq!(until, Some(RenewalDuration::NewExpireTime { new_expire_time: 1_699_977_599 }));
    /// assert_eq!(until.and_then(RenewalDuration::expires), Some(date(2023, 11, 15)));
    /// ```
    pub fn until(expires: Date) -> Option<RenewalDuration> {
        // The last second, so that the day is the same whether WeCom rounds it up or takes it as it is.
        let last = expires.yesterday().ok()?.at(23, 59, 59, 0).to_zoned(beijing()).ok()?;
        Some(RenewalDuration::NewExpireTime { new_expire_time: last.timestamp().as_second() })
    }

    /// Returns the first day without the accounts, Beijing time; `None` for months, or beyond the calendar.
    pub fn expires(self) -> Option<Date> {
        let RenewalDuration::NewExpireTime { new_expire_time } = self else { return None };
        let moment = jiff::Timestamp::from_second(new_expire_time).ok()?;
        moment.to_zoned(beijing()).date().tomorrow().ok()
    }
}

/// Shares codes of an upstream with a downstream: U2 (docs/rules.md#u2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchShareActiveCode {
    /// The upstream.
    pub from_corpid: String,
    /// The downstream.
    pub to_corpid: String,
    /// The codes.
    pub share_list: Vec<SharedCode>,
    /// 0 if the two are linked as 上下游, 1 if as 企业互联 or 局校互联.
    pub corp_link_type: u8,
}

impl BatchShareActiveCode {
    /// The most codes of a request.
    pub const MOST_CODES: usize = 1_000;
}

/// A code to share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedCode {
    /// The code.
    pub active_code: String,
}

/// Accounts by type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountCount {
    /// Basic accounts.
    pub base_count: u32,
    /// Interop accounts.
    pub external_contact_count: u32,
}

impl From<Counts> for AccountCount {
    fn from(counts: Counts) -> AccountCount {
        AccountCount { base_count: counts.basic, external_contact_count: counts.interop }
    }
}

/// A term: months of 31 days, and days (P6, docs/rules.md#p6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountDuration {
    /// Months.
    pub months: u32,
    /// Days besides.
    pub days: u32,
}

impl From<Term> for AccountDuration {
    fn from(term: Term) -> AccountDuration {
        AccountDuration { months: term.months, days: term.days }
    }
}

fn beijing() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// An account type as WeCom numbers it: 1 basic, 2 interop.
mod account_type_number {
    use serde::de::{Error, Unexpected};
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::account::AccountType;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(super) fn serialize<S: Serializer>(kind: &AccountType, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(match kind {
            AccountType::Basic => 1,
            AccountType::Interop => 2,
        })
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AccountType, D::Error> {
        match u64::deserialize(deserializer)? {
            1 => Ok(AccountType::Basic),
            2 => Ok(AccountType::Interop),
            other => Err(D::Error::invalid_value(Unexpected::Unsigned(other), &"1 or 2")),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;

    fn json_of(request: &impl Serialize) -> Value {
        serde_json::to_value(request).unwrap()
    }

    fn read<T: DeserializeOwned>(json: Value) -> T {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_new_order_has_the_fields_of_its_page() {
        let order = CreateNewOrder {
            corpid: "ww1".to_owned(),
            buyer_userid: "zhangsan".to_owned(),
            account_count: Counts { basic: 150, interop: 20 }.into(),
            account_duration: Term { months: 2, days: 20 }.into(),
        };
        let expected = json!({
            "corpid": "ww1",
            "buyer_userid": "zhangsan",
            "account_count": { "base_count": 150, "external_contact_count": 20 },
            "account_duration": { "months": 2, "days": 20 },
        });
        assert_eq!(json_of(&Request::CreateNewOrder(order.clone())), expected);
        assert_eq!(read::<CreateNewOrder>(expected), order);
    }

    #[test]
    fn the_first_request_of_a_job_has_no_job_id() {
        let account = RenewedAccount { userid: "u1".to_owned(), account_type: AccountType::Interop };
        let mut job =
            CreateRenewOrderJob { corpid: "ww1".to_owned(), account_list: vec![account], jobid: None };
        let first = json!({ "corpid": "ww1", "account_list": [{ "userid": "u1", "type": 2 }] });
        assert_eq!(json_of(&job), first);
        assert_eq!(read::<CreateRenewOrderJob>(first), job);
        job.jobid = Some("J".to_owned());
        assert_eq!(json_of(&job)["jobid"], "J");
        assert!(serde_json::from_value::<RenewedAccount>(json!({ "userid": "u1", "type": 3 })).is_err());
    }

    #[test]
    fn a_renewal_has_months_or_a_day_never_both() {
        let months = RenewalDuration::Months { months: 12 };
        assert_eq!(json_of(&months), json!({ "months": 12 }));
        let until = RenewalDuration::until(date(2023, 11, 15)).unwrap();
        assert_eq!(json_of(&until), json!({ "new_expire_time": 1_699_977_599 }));
        assert_eq!(read::<RenewalDuration>(json!({ "new_expire_time": 1_699_977_599 })), until);
        let both = json!({ "months": 2, "new_expire_time": 1_699_977_599 });
        assert!(serde_json::from_value::<RenewalDuration>(both).is_err());
    }

    #[test]
    fn any_moment_of_a_day_is_the_end_of_that_day() {
        let on =
            |hours: i64| RenewalDuration::NewExpireTime { new_expire_time: 1_699_891_200 + hours * 3600 };
        assert_eq!(
            [on(0), on(12), on(24)].map(RenewalDuration::expires),
            [Some(date(2023, 11, 15)), Some(date(2023, 11, 15)), Some(date(2023, 11, 16)),]
        );
        assert_eq!(RenewalDuration::Months { months: 1 }.expires(), None);
        assert_eq!(RenewalDuration::until(Date::MIN), None);
    }

    #[test]
    fn an_api_is_the_end_of_its_path() {
        let names: Vec<&str> = Api::VARIANTS.iter().map(|api| api.as_str()).collect();
        assert_eq!(
            names,
            [
                "create_new_order",
                "create_new_order_job",
                "submit_new_order_job",
                "create_renew_order_job",
                "submit_order_job",
                "batch_share_active_code",
            ]
        );
        assert_eq!(json_of(&Api::SubmitOrderJob), "submit_order_job");
    }
}
