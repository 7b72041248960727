//! Accounts, codes and an app's check of licences, from the members of their documents. Each function returns `None`
//! once it has reported why not.

use super::model::{AccountPage, ActivatedAccount, AppLicense, CodeInfo, CodeList, CodeState};
use super::orders::entries;
use super::values::{Fields, Optional};

/// Reads a page of activated accounts.
pub(super) fn account_page(fields: &Fields<'_, '_>) -> Option<AccountPage> {
    let mut accounts = Vec::new();
    let page = entries(fields, "account_list", |entry| {
        accounts.push(account(entry)?);
        Some(())
    })?;
    Some(AccountPage { accounts, page })
}

/// Reads an activated account.
pub(super) fn account(fields: &Fields<'_, '_>) -> Option<ActivatedAccount> {
    let user = fields.require("userid", fields.text("userid"));
    let account_type = fields.require("type", fields.account_type("type"));
    let activated = fields.require("active_time", fields.time("active_time"));
    let expires = fields.require("expire_time", fields.time("expire_time"));
    Some(ActivatedAccount {
        user: user.ok()?,
        account_type: account_type.ok()?,
        activated: activated.ok()?,
        expires: expires.ok()?,
    })
}

/// Reads the codes of a list.
pub(super) fn codes(fields: &Fields<'_, '_>) -> Option<CodeList> {
    let mut codes = Vec::new();
    let page = entries(fields, "active_info_list", |entry| {
        codes.push(code(entry)?);
        Some(())
    })?;
    Some(CodeList { codes, is_partial: page.is_partial })
}

/// Reads a code. One that runs must say whose it is and until when, one in stock since when, any other may not know.
pub(super) fn code(fields: &Fields<'_, '_>) -> Option<CodeInfo> {
    let account_type = fields.require("type", fields.account_type("type"));
    let state = state(fields);
    let runs = matches!(state, Ok(None | Some(CodeState::Active | CodeState::ToBeTransferred)));
    let is_of_user = matches!(state, Ok(None | Some(CodeState::Active)));
    let is_in_stock = matches!(state, Ok(Some(CodeState::Unbound)));
    let code = fields.text("active_code");
    let code = if is_in_stock { fields.require("active_code", code).map(Some) } else { code };
    let user = fields.text("userid");
    let user = if is_of_user { fields.require("userid", user).map(Some) } else { user };
    let time = |key: &'static str, is_needed: bool| {
        let time = fields.time(key);
        if is_needed { fields.require(key, time).map(Some) } else { time }
    };
    let created = time("create_time", is_in_stock);
    let (activated, expires) = (time("active_time", runs), time("expire_time", runs));
    let (merged_into, merged_from) = pair(fields, "merge_info", "to_active_code", "from_active_code")?;
    let (shared_to, shared_from) = pair(fields, "share_info", "to_corpid", "from_corpid")?;
    if !fields.node().is_complete() {
        return None;
    }
    Some(CodeInfo {
        code: code.ok()?,
        account_type: account_type.ok()?,
        state: state.ok()?,
        user: user.ok()?,
        created: created.ok()?,
        activated: activated.ok()?,
        expires: expires.ok()?,
        merged_into,
        merged_from,
        shared_to,
        shared_from,
    })
}

/// Reads an app's check of licences.
pub(super) fn app_license(fields: &Fields<'_, '_>) -> Option<AppLicense> {
    let is_checked = fields.flag("license_status");
    let check_time = fields.time("license_check_time");
    // WeCom spells it so.
    let trial = match fields.object("trail_info").ok()? {
        Some(trial) => {
            let (start, end) = (trial.time("start_time"), trial.time("end_time"));
            start.ok()?.zip(end.ok()?)
        }
        None => None,
    };
    if !fields.node().is_complete() {
        return None;
    }
    Some(AppLicense { is_checked: is_checked.ok()?, trial, check_time: check_time.ok()? })
}

fn state(fields: &Fields<'_, '_>) -> Optional<CodeState> {
    let states = [
        (1, CodeState::Unbound),
        (2, CodeState::Active),
        (3, CodeState::Expired),
        (4, CodeState::ToBeTransferred),
        (5, CodeState::Merged),
        (6, CodeState::Shared),
    ];
    fields.word("status", &states, "api-expected-code-status")
}

fn pair(
    fields: &Fields<'_, '_>,
    key: &str,
    to: &str,
    from: &str,
) -> Option<(Option<String>, Option<String>)> {
    let Some(inner) = fields.object(key).ok()? else { return Some((None, None)) };
    Some((inner.text(to).ok()?, inner.text(from).ok()?))
}
