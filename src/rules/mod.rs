//! Applies the rules of a rate card to a customer and its apps: charging, waivers, trials, deadlines and
//! the checks of an order.
//!
//! In go a [`RateCard`](crate::rates::RateCard), a customer, its apps and days in Beijing time; out come
//! findings and days. [`is_charged`] decides who is charged, [`look_up_waiver`] who is exempt,
//! [`look_up_trial`] and the functions of days by when, [`order_refusals`] what WeCom does not sell. Read
//! [`look_up_waiver`] first.

mod charging;
mod deadline;
mod group;
mod holding;
mod order_check;
mod trial;
mod waiver;

pub use charging::{app_orders_check, is_charged};
pub use deadline::{
    automatic_stacking_day, days_between, expiry, first_stacking_day, last_activation_day, last_refund_day,
    latest_expiry, renewal_day, stacking_days,
};
pub use group::barred_from_groups;
pub use holding::{expires_with, outlasts};
pub use order_check::{
    OrderRefusal, OrderToCheck, RenewalRefusal, least_term_days, order_refusals, renewal_refusal, waived_term,
};
pub use trial::{Trial, TrialFinding, look_up_trial, recommended_pay_day};
pub use waiver::{WaiverFinding, WaiverReason, look_up_waiver};
