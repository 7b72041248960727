//! The headings that a column of user ids can have. Read [`find`] first.

use crate::import::headers::letters;

/// Known headings in the form in which they are compared, the ones that are taken first before the others: a file may
/// have both `userid` and 账号.
const KNOWN: [&str; 20] = [
    "userid",
    "openuserid",
    "成员userid",
    "用户userid",
    "员工userid",
    "企业微信userid",
    "企微userid",
    "用户id",
    "成员id",
    "员工id",
    "人员id",
    "memberid",
    "账号",
    "成员账号",
    "用户账号",
    "员工账号",
    "企业微信账号",
    "企微账号",
    "wecomuserid",
    "wecomaccount",
];

/// Number of rows with a content in which the headings are looked for; what stands above them is no user.
pub(super) const MOST_ROWS_ABOVE: usize = 20;

/// The cells of a row that have a content, with the numbers of their columns.
pub(super) type HeadRow = Vec<(u32, String)>;

/// The heading of the user ids.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// Index of its row.
    pub(super) row: usize,
    /// Number of its column.
    pub(super) column: u32,
    /// The heading as it stands.
    pub(super) text: String,
}

/// The reason why there is no heading of the user ids.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoHeading {
    /// No row has one.
    Missing,
    /// A row has it twice.
    Twice(String),
}

/// Returns the heading among the first rows of a file: the one that is named, else a known one.
pub(super) fn find(rows: &[HeadRow], named: Option<&str>) -> Result<Heading, NoHeading> {
    for (row, cells) in rows.iter().enumerate() {
        let ranked = cells.iter().filter_map(|(column, text)| Some((rank(text, named)?, *column, text)));
        let mut ranked: Vec<(usize, u32, &String)> = ranked.collect();
        ranked.sort_by_key(|(rank, ..)| *rank);
        match &ranked[..] {
            [(first, _, text), (second, ..), ..] if first == second => {
                return Err(NoHeading::Twice((*text).clone()));
            }
            [(_, column, text), ..] => {
                return Ok(Heading { row, column: *column, text: (*text).clone() });
            }
            [] => {}
        }
    }
    Err(NoHeading::Missing)
}

/// Returns how early a heading is taken; `None` if it is not one of the user ids.
fn rank(heading: &str, named: Option<&str>) -> Option<usize> {
    let plain = letters(heading);
    match named {
        Some(named) => {
            let is_it = heading.trim() == named.trim() || (!plain.is_empty() && plain == letters(named));
            is_it.then_some(0)
        }
        None => KNOWN.iter().position(|known| *known == plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<HeadRow> {
        let cells = |row: &&[&str]| (1..).zip(row.iter().map(|cell| (*cell).to_owned())).collect();
        rows.iter().map(cells).collect()
    }

    fn column(heads: &[&[&str]], named: Option<&str>) -> Result<(usize, u32), NoHeading> {
        find(&rows(heads), named).map(|heading| (heading.row, heading.column))
    }

    #[test]
    fn a_heading_is_known_as_people_write_it() {
        for heading in
            ["userid", "User ID", "USER_ID", "open_userid", "成员UserID", "用户ＩＤ", "帐号", "账号（必填）"]
        {
            assert_eq!(column(&[&["姓名", heading]], None), Ok((0, 2)), "{heading}");
        }
        for heading in ["id", "工号", "账号数", "手机", "企业账号类型"] {
            assert_eq!(column(&[&["姓名", heading]], None), Err(NoHeading::Missing), "{heading}");
        }
        assert!(KNOWN.iter().all(|known| letters(known) == *known));
    }

    #[test]
    fn what_stands_above_the_headings_is_passed_over() {
        let rows: &[&[&str]] = &[&["填写须知"], &["表头请勿删除", "x"], &["姓名", "账号", "userid"]];
        assert_eq!(column(rows, None), Ok((2, 3)));
        assert_eq!(column(rows, Some("账号")), Ok((2, 2)));
    }

    #[test]
    fn a_named_column_is_found_by_its_heading_alone() {
        let rows: &[&[&str]] = &[&["工号", "#", "userid"]];
        assert_eq!(column(rows, Some(" 工 号")), Ok((0, 1)));
        assert_eq!(column(rows, Some("#")), Ok((0, 2)));
        assert_eq!(column(rows, Some("%")), Err(NoHeading::Missing));
    }

    #[test]
    fn a_heading_that_stands_twice_is_refused() {
        let rows: &[&[&str]] = &[&["userid", "User ID"]];
        assert_eq!(column(rows, None), Err(NoHeading::Twice("userid".to_owned())));
    }
}
