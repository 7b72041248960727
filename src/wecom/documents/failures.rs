//! What WeCom says it did not do: an `errcode` other than 0, and the lists of what failed that come with an
//! `errcode` of 0. [`check`] comes first.

use super::json::{Node, NodeKind};
use super::values::Fields;
use crate::diagnostic::{Code, Diagnostic};

/// Lists of what failed: O14 (docs/rules.md#o14).
const LISTS: [&str; 6] = [
    "invalid_account_list",
    "invalid_active_code_list",
    "invalid_list",
    "fail_list",
    "fail_corp_list",
    "unlicenseduser",
];

/// Lists of what succeeded or failed, one by one.
const RESULTS: [&str; 3] = ["active_result", "share_result", "transfer_result"];

/// Most errcodes that a message lists.
const MOST_CODES: usize = 3;

/// Returns true if an answer has an `errcode` other than 0.
pub(super) fn failed(fields: &Fields<'_, '_>) -> bool {
    fields.get_kind("errcode", NodeKind::Number).is_some_and(|code| code.is_complete() && code.raw() != "0")
}

/// Reports what an answer says has failed.
pub(super) fn check(fields: &Fields<'_, '_>) {
    if failed(fields) {
        let code = fields.get("errcode").map(Node::raw).unwrap_or_default();
        fields.report_at("errcode", Diagnostic::new(Code::WecomErrcode).with("errcode", code));
    } else {
        // Reports one that is no number.
        let _ = fields.whole("errcode", 0, "api-expected-errcode");
    }
    for key in LISTS.into_iter().chain(RESULTS) {
        let (count, codes) = failures(fields, key);
        if count > 0 {
            let problem = Diagnostic::new(Code::WecomPartialFailure);
            let codes = if codes.is_empty() { vec!["none"] } else { codes };
            fields.report_at(key, problem.with("count", count).with("list", key).with("errcodes", codes));
        }
    }
    // The result of a payment stands within the answer to the question for it.
    if let Ok(Some(result)) = fields.object("pay_job_result") {
        check(&result);
    }
}

/// Returns how many entries of a list say that they failed, and the first of their errcodes.
fn failures<'t>(fields: &Fields<'_, 't>, key: &str) -> (usize, Vec<&'t str>) {
    let Some(node) = fields.get(key) else { return (0, Vec::new()) };
    if let Some(users) = node.text() {
        // Ids with a bar between them.
        return (users.split('|').filter(|user| !user.is_empty()).count(), Vec::new());
    }
    let (mut count, mut codes) = (0, Vec::new());
    for entry in node.elements().filter(|entry| entry.is_complete()) {
        let code = entry.members().find(|(name, _)| name == "errcode").map(|(_, code)| code.raw());
        let is_failure = code.map_or(LISTS.contains(&key), |code| code != "0");
        count += usize::from(is_failure);
        if let Some(code) = code.filter(|code| is_failure && code.len() <= 12 && !codes.contains(code))
            && codes.len() < MOST_CODES
        {
            codes.push(code);
        }
    }
    (count, codes)
}
