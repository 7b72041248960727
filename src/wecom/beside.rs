//! The files beside a plan. A finder of files goes in, what the plan reads from them comes out; [`Documents`] is all
//! of it.

use std::collections::BTreeSet;
use std::io::{self, Read, SeekFrom};

use super::documents::{self, Content as Stated, Document, missing_pages};
use super::holdings::holdings;
use super::purchases::purchases;
use super::roster::{self, Content, unreadable};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic, has_errors};
use crate::plan::{AccountList, Attached, Attachments, ListedOrder, UserSet};

/// A file that a plan names.
pub struct FoundFile<'f> {
    /// Its name in messages.
    pub name: String,
    /// Opens it.
    pub open: Box<dyn FnOnce() -> Result<Box<dyn Content>, Diagnostic> + 'f>,
}

/// Reads the rosters and documents that a plan names. The library opens no file: a function finds those of a path or
/// a pattern, at least one, in the order in which they are to be read.
///
/// ```
/// use std::io::Cursor;
/// use std::sync::Arc;
/// use wxlicense::{diagnostic::SourceFile, plan::{self, ReadOptions}, rates::RateCards};
/// use wxlicense::wecom::{Documents, FoundFile};
///
/// let find = |pattern: &str| {
///     let open = || Ok(Box::new(Cursor::new("userid\nzhangsan\nlisi\n")) as Box<_>);
///     Ok(vec![FoundFile { name: pattern.to_owned(), open: Box::new(open) }])
/// };
/// let files = Documents::new(&find);
/// let cards = RateCards::embedded().unwrap();
/// let options = ReadOptions { attachments: &files, ..ReadOptions::new(&cards) };
/// let text = "[[school]]\ncode = \"1\"\nname = \"甲\"\n[[school.app]]\nid = \"a\"\nroster = \"a.csv\"\n";
/// let reading = plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &options);
/// assert_eq!(reading.plan.unwrap().schools[0].counts.basic, 2);
/// ```
pub struct Documents<'f> {
    find: &'f Find<'f>,
}

/// Finds the files of a path or a pattern.
pub type Find<'f> = dyn Fn(&str) -> Result<Vec<FoundFile<'f>>, Diagnostic> + 'f;

impl<'f> Documents<'f> {
    /// Returns a reader of the files that a function finds.
    pub fn new(find: &'f Find<'f>) -> Documents<'f> {
        Documents { find }
    }

    /// Calls a function with each file of a pattern that can be opened. Returns the problems of all others.
    fn each(&self, pattern: &str, mut read: impl FnMut(&str, &mut dyn Content)) -> Vec<Diagnostic> {
        let files = match (self.find)(pattern) {
            Ok(files) => files,
            Err(problem) => return vec![problem],
        };
        let mut problems = Vec::new();
        for FoundFile { name, open } in files {
            match open() {
                Ok(mut file) => read(&name, &mut *file),
                Err(problem) => problems.push(problem),
            }
        }
        problems
    }

    /// Reads the documents of all files of some patterns.
    fn documents(&self, patterns: &[&str]) -> documents::Reading {
        let mut all = documents::Reading::default();
        for pattern in patterns {
            let problems = self.each(pattern, |name, file| {
                let found = read_document(name, file).unwrap_or_else(|problem| documents::Reading {
                    documents: Vec::new(),
                    diagnostics: vec![problem],
                });
                all.documents.extend(found.documents);
                all.diagnostics.extend(found.diagnostics);
            });
            all.diagnostics.extend(problems);
        }
        all
    }
}

impl Attachments for Documents<'_> {
    /// Returns the users of all files together, each once.
    fn roster(&self, pattern: &str, column: Option<&str>) -> Attached<UserSet> {
        let mut users = Attached::<UserSet>::default();
        let problems = self.each(pattern, |name, file| {
            let found = roster::read(name, file, column);
            users.content.merge(found.content);
            users.diagnostics.extend(found.diagnostics);
        });
        users.diagnostics.extend(problems);
        users
    }

    /// Returns the accounts and codes of all files together, each once.
    fn accounts(&self, pattern: &str) -> Attached<AccountList> {
        let mut read = self.documents(&[pattern]);
        let lists = |content: &Stated| matches!(content, Stated::AccountPage(_) | Stated::Codes(_));
        require(&mut read, "api-content-accounts", lists);
        read.diagnostics.extend(several_enterprises(&read.documents));
        read.diagnostics.extend(missing_pages(&read.documents));
        Attached { content: holdings(read.documents).list, diagnostics: read.diagnostics }
    }

    /// Returns the orders of all files together, each once.
    fn orders(&self, patterns: &[&str]) -> Attached<Vec<ListedOrder>> {
        let mut read = self.documents(patterns);
        let states = |content: &Stated| {
            matches!(content, Stated::Order(_) | Stated::UnionOrder(_) | Stated::OrderList(_))
        };
        require(&mut read, "api-content-orders", states);
        read.diagnostics.extend(missing_pages(&read.documents));
        let orders = purchases(&read.documents);
        read.diagnostics.extend(orders.diagnostics);
        Attached { content: orders.content, diagnostics: read.diagnostics }
    }
}

/// Reads a file of documents. One that is too large is not loaded.
fn read_document(name: &str, file: &mut dyn Content) -> Result<documents::Reading, Diagnostic> {
    let most = documents::MAX_BYTES as u64;
    let broken = |error: io::Error| unreadable(name, &error);
    if file.seek(SeekFrom::End(0)).map_err(broken)? > most {
        return Err(documents::too_large(name));
    }
    file.rewind().map_err(broken)?;
    let mut bytes = Vec::new();
    // It may grow while it is read.
    file.take(most + 1).read_to_end(&mut bytes).map_err(broken)?;
    Ok(documents::read(name, &bytes))
}

/// Reports documents of which none states what the plan takes from them, which would be taken for nothing of it.
fn require(read: &mut documents::Reading, what: &'static str, is_wanted: impl Fn(&Stated) -> bool) {
    if !has_errors(&read.diagnostics) && !read.documents.iter().any(|document| is_wanted(&document.content)) {
        let problem = Diagnostic::new(Code::WecomContentMissing).with("what", Message::new(what));
        read.diagnostics.push(problem);
    }
}

/// Reports accounts that were asked for in the name of several enterprises: they would all be taken for those of one.
fn several_enterprises(documents: &[Document]) -> Option<Diagnostic> {
    let lists = documents
        .iter()
        .filter(|document| matches!(document.content, Stated::AccountPage(_) | Stated::Codes(_)));
    let asked: BTreeSet<&str> =
        lists.filter_map(|document| document.query.as_ref()?.corp_id.as_deref()).collect();
    let problem = || Diagnostic::new(Code::WecomSeveralEnterprises).with("enterprises", asked.len());
    (asked.len() > 1).then(problem)
}
