//! Reads files: plans, rate cards and schemas of the command line. Read [`read_source`] first.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use wxlicense::Assumption;
use wxlicense::diagnostic::{Code, Diagnostic, SourceFile, has_errors};
use wxlicense::document::suggestion;
use wxlicense::plan::{self, Plan, ReadOptions, Reading};
use wxlicense::rates::{RateCard, RateCards, read_card};

use super::Failure;
use super::attachments::with_files;
use super::reason::reason;
use super::session::Session;

/// Reads a text file, or standard input for `-`. The session records the path, so that no result replaces the
/// file.
pub fn read_source(path: &Path, session: &Session) -> Result<SourceFile, Diagnostic> {
    let bytes = read_bytes(path, session)?;
    SourceFile::from_bytes(source_name(path), bytes).map_err(Diagnostic::from)
}

/// Reads the text of a plan as [`read_source`] does. A spreadsheet is refused with the command that makes a plan
/// of it.
pub fn read_plan_text(path: &Path, session: &Session) -> Result<SourceFile, Diagnostic> {
    let bytes = read_bytes(path, session)?;
    if is_spreadsheet(path, &bytes) {
        return Err(Diagnostic::new(Code::FileIsSpreadsheet)
            .with("file", source_name(path))
            .with("argument", quoted(path)));
    }
    SourceFile::from_bytes(source_name(path), bytes).map_err(Diagnostic::from)
}

#[cfg(feature = "import")]
fn is_spreadsheet(path: &Path, bytes: &[u8]) -> bool {
    bytes.len() <= SourceFile::MAX_BYTES && wxlicense::import::is_spreadsheet(&source_name(path), bytes)
}

#[cfg(not(feature = "import"))]
fn is_spreadsheet(_: &Path, _: &[u8]) -> bool {
    false
}

/// Reads the bytes of a file as [`read_source`] does, up to one more than a file may have.
pub fn read_bytes(path: &Path, session: &Session) -> Result<Vec<u8>, Diagnostic> {
    read_bytes_up_to(SourceFile::MAX_BYTES, path, session)
}

/// Reads the bytes of a file as [`read_source`] does, up to one more than `most`.
pub fn read_bytes_up_to(most: usize, path: &Path, session: &Session) -> Result<Vec<u8>, Diagnostic> {
    session.note_input(path);
    all_bytes(path, most).map_err(|error| {
        Diagnostic::new(Code::FileUnreadable).with("file", source_name(path)).with("reason", reason(&error))
    })
}

/// Returns true if a path leads to a file with more than `most` bytes, which need not be loaded to be refused.
#[cfg(feature = "wecom")]
pub fn is_larger(path: &Path, most: usize) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() > most as u64)
}

/// Returns what a date in place of the plan's makes a result assume.
pub fn assumed_date(date: Option<Date>) -> Vec<Assumption> {
    date.map(|date| Assumption::Date { date, side: None }).into_iter().collect()
}

/// Returns the cards that are built in.
pub fn embedded_cards() -> Result<RateCards, Vec<Diagnostic>> {
    RateCards::embedded()
}

/// Returns the card that `--rate-card` names: by the id of an embedded one, or a path ending in `.toml`.
pub fn card_by_name(cards: &RateCards, name: &str, session: &Session) -> Result<Arc<RateCard>, Failure> {
    if Path::new(name).extension().is_some_and(|ending| ending == "toml") {
        return Ok(Arc::new(read_card(&Arc::new(read_source(Path::new(name), session)?))?));
    }
    cards.get(name).cloned().ok_or_else(|| {
        let known: Vec<&str> = cards.all().iter().map(|card| card.id.as_str()).collect();
        Diagnostic::new(Code::UnknownRateCard)
            .with("id", name)
            .with("suggestion", suggestion(name, &known))
            .with("known", known)
            .into()
    })
}

/// Returns the card that prices purchases of a day, Beijing time; the newest without a day.
pub fn card_in_force(cards: &RateCards, date: Option<Date>) -> Result<Arc<RateCard>, Diagnostic> {
    cards.in_force(date).cloned().ok_or_else(|| {
        let mut problem = Diagnostic::new(Code::NoRateCardInForce);
        if let (Some(date), Some(first)) = (date, cards.all().first()) {
            problem =
                problem.with("date", date).with("id", first.id.as_str()).with("from", first.in_force_from);
        }
        problem
    })
}

/// Flags that override values of a plan.
#[derive(Default, PartialEq, Eq)]
pub struct Overrides<'a> {
    /// True to warn of risks too.
    pub risks: bool,
    /// Value of `--date`.
    pub date: Option<Date>,
    /// Value of `--rate-card`.
    pub card: Option<&'a str>,
}

/// Reads a plan, with all its problems.
pub fn read_plan(path: &Path, overrides: &Overrides<'_>, session: &Session) -> Result<Reading, Failure> {
    read_plan_source(path, &Arc::new(read_plan_text(path, session)?), overrides, session)
}

/// Reads a plan whose text has been read from `path` already.
pub fn read_plan_source(
    path: &Path,
    source: &Arc<SourceFile>,
    overrides: &Overrides<'_>,
    session: &Session,
) -> Result<Reading, Failure> {
    let cards = embedded_cards()?;
    let card = overrides.card.map(|name| card_by_name(&cards, name, session)).transpose()?;
    Ok(with_files(path, session, |load, attachments| {
        let (date, card, risks) = (overrides.date, card.as_ref(), overrides.risks);
        plan::read(source, &ReadOptions { cards: &cards, date, card, load, attachments, risks })
    }))
}

/// Reads a plan, reports its warnings, and fails if it is invalid; where only the files beside it have errors, returns it
/// without the schools that name them. The session then has an incomplete result.
pub fn readable_plan(path: &Path, overrides: &Overrides<'_>, session: &Session) -> Result<Plan, Failure> {
    let source = session.busy("cli-reading-plan", || read_plan_text(path, session))?;
    readable_plan_source(path, &Arc::new(source), overrides, session)
}

/// Reads a plan as [`readable_plan`] does, whose text has been read from `path` already.
pub fn readable_plan_source(
    path: &Path,
    source: &Arc<SourceFile>,
    overrides: &Overrides<'_>,
    session: &Session,
) -> Result<Plan, Failure> {
    let read = session.busy("cli-reading-plan", || read_plan_source(path, source, overrides, session))?;
    if let Some(plan) = read.partial {
        session.note_incomplete();
        return Ok(accept(plan, &read.diagnostics, session));
    }
    match read.plan {
        Some(plan) if !has_errors(&read.diagnostics) => Ok(accept(plan, &read.diagnostics, session)),
        _ => Err(read.diagnostics.into()),
    }
}

fn accept(plan: Plan, problems: &[Diagnostic], session: &Session) -> Plan {
    session.report(problems);
    session.note_provider(plan.provider.name.as_deref());
    plan
}

/// Returns the name of an input in messages.
pub fn source_name(path: &Path) -> String {
    if path == Path::new("-") { SourceFile::STDIN.to_owned() } else { path.display().to_string() }
}

/// Returns a path as a shell takes it: in quotation marks if it has blanks or signs of the shell's own.
pub fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '-' | '/' | '\\' | ':');
    if path.chars().all(is_plain) { path } else { format!("\"{path}\"") }
}

fn all_bytes(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let input: Box<dyn Read> =
        if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    let mut bytes = Vec::new();
    input.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
