use std::collections::HashSet;

/// Names for the sheets of one workbook: legal, and no two alike.
#[derive(Default)]
pub(super) struct SheetNames {
    taken: HashSet<String>,
}

/// UTF-16 units in a sheet's name, at the most.
const LONGEST: usize = 31;

impl SheetNames {
    /// Returns a valid name as close to the wanted one as possible.
    pub(super) fn name(&mut self, wanted: &str) -> String {
        let legal = legal(wanted);
        let mut name = shortened(&legal, LONGEST);
        let mut number = 1;
        while !self.taken.insert(name.to_lowercase()) {
            number += 1;
            let ending = format!(" {number}");
            name = shortened(&legal, LONGEST - ending.len()) + &ending;
        }
        name
    }
}

fn legal(wanted: &str) -> String {
    let forbidden = |c: char| matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control();
    let plain: String = wanted.chars().map(|c| if forbidden(c) { ' ' } else { c }).collect();
    let trimmed = plain.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    match trimmed {
        "" => "Sheet".to_owned(),
        // Excel keeps this name for itself.
        reserved if reserved.eq_ignore_ascii_case("history") => format!("{reserved}_"),
        fine => fine.to_owned(),
    }
}

fn shortened(name: &str, longest: usize) -> String {
    let mut units = 0;
    let kept = name.chars().take_while(|c| {
        units += c.len_utf16();
        units <= longest
    });
    kept.collect::<String>().trim_end_matches(|c: char| c == '\'' || c.is_whitespace()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_and_unlike_one_another() {
        let mut names = SheetNames::default();
        for wanted in
            ["a/b:c", "'[]*?\\'", "History", "", "A B C", "好".repeat(40).as_str(), "好".repeat(50).as_str()]
        {
            let name = names.name(wanted);
            assert!(rust_xlsxwriter::utility::check_sheet_name(&name).is_ok(), "{wanted:?} became {name:?}");
            assert!(!name.eq_ignore_ascii_case("history"));
        }
        assert_eq!(names.name("a b c"), "a b c 3");
        assert_eq!(names.taken.len(), 8);
    }
}
