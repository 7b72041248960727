use clap::Args;
use wxlicense::count::{NumberError, parse_count};
use wxlicense::diagnostic::Diagnostic;
use wxlicense::diagnostic::lang::{Message, number_error};
use wxlicense::plan::{Plan, UserChange};
use wxlicense::{AccountType, Assumption};

use super::values::BadValue;

/// Numbers of users to try out.
#[derive(Args, Debug, Default)]
pub struct WhatIfArgs {
    /// Suppose that a school has so many users, such as 1499.basic=1300 or 1499.interop=20, from the plan's
    /// date until its next headcount; repeatable
    #[arg(long = "set", value_name = "SCHOOL.TYPE=N", value_parser = users)]
    changes: Vec<Users>,
}

/// A number of users of a school, which is named as in `--school`.
#[derive(Debug, Clone)]
struct Users {
    school: String,
    account_type: AccountType,
    users: u32,
}

impl WhatIfArgs {
    /// Returns true if there is none.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns the plan with these numbers, and what a result about it assumes.
    pub fn apply(&self, plan: Plan) -> Result<(Plan, Vec<Assumption>), Vec<Diagnostic>> {
        if self.is_empty() {
            return Ok((plan, Vec::new()));
        }
        let (mut changes, mut problems) = (Vec::new(), Vec::new());
        for change in &self.changes {
            match plan.find_school(&change.school) {
                Ok(school) => changes.push(UserChange {
                    school: school.code.clone(),
                    account_type: change.account_type,
                    users: change.users,
                }),
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let (plan, made) = plan.with_users(&changes);
        let assumed = made.into_iter().map(|change| Assumption::WhatIf {
            code: change.school.code.unwrap_or_default(),
            name: change.school.name.unwrap_or_default(),
            account_type: change.account_type,
            planned: change.planned,
            users: change.users,
        });
        Ok((plan, assumed.collect()))
    }
}

/// Parses `1499.basic=1300`.
fn users(text: &str) -> Result<Users, BadValue> {
    let bad = || BadValue(Message::new("cli-value-users"));
    let (target, number) = text.split_once(['=', '＝']).ok_or_else(bad)?;
    let (school, account_type) = target.rsplit_once(['.', '．']).ok_or_else(bad)?;
    let account_type = match account_type.trim() {
        "基础" | "基础账号" => AccountType::Basic,
        "互通" | "互通账号" => AccountType::Interop,
        word => word.parse().map_err(|_| bad())?,
    };
    let users = parse_count(number).map_err(|error| match error {
        NumberError::NotANumber => bad(),
        error => BadValue(number_error(&error)),
    })?;
    Ok(Users { school: school.trim().to_owned(), account_type, users })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_a_school_a_type_and_a_number() {
        for text in ["1499.basic=1300", "1499.基础=1,300", " 1499 ．basic＝１３００", "1499.basic=0.13万"]
        {
            let change = users(text).unwrap();
            let shown = (change.school.as_str(), change.account_type, change.users);
            assert_eq!(shown, ("1499", AccountType::Basic, 1300), "{text}");
        }
        assert_eq!(users("St. Mary.interop=0").unwrap().school, "St. Mary");
        for text in
            ["1499=1300", "1499.basic", "1499.both=3", "1499.basic=", "1499.basic=x", "1499.basic=1.5"]
        {
            assert!(users(text).is_err(), "{text}");
        }
    }
}
