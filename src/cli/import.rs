mod changes;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args as ClapArgs;
use jiff::civil::Date;
use strum::VariantArray;
use wxlicense::diagnostic::lang::{Arg, Message};
use wxlicense::import::{
    self, Customers, ImportOptions, Imported, Key, LeftOutReason, Mapping, NewPlan, SheetFormat,
};
use wxlicense::plan::ReadOptions;

use super::attachments::with_files;
use super::files::{STDOUT, inputs_among, names_stdout, output_is_input, write_file};
use super::input::{embedded_cards, quoted, read_bytes, read_plan_text, source_name};
use super::session::Session;
use super::values::BadValue;
use super::{Answer, Failure, Outcome, days};

/// How does our spreadsheet of customers become a plan?
#[derive(ClapArgs)]
#[command(
    after_help = "Headings in Chinese and English are recognised, such as 学校, 编码, 企业ID, 行业, 认证, 状态, \
基础账号, 互通账号, 时长, 上级. CSV may be UTF-8, UTF-16 or GB18030.

Examples:
  wxlicense import customers.xlsx -o plan.toml
  wxlicense import customers.csv --map 人数=basic --map 备注=skip -o plan.toml
  wxlicense init --template xlsx customers.xlsx"
)]
pub struct Args {
    /// Spreadsheet of customers: .xlsx or CSV; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Sheet of the workbook [default: the first that is not hidden]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,

    /// What a column holds, by its heading or letter, such as 人数=basic or F=skip; repeatable
    #[arg(long = "map", value_name = "COLUMN=KEY", value_parser = mapping)]
    mappings: Vec<Mapping>,

    /// Pricing date to write into a new plan, Beijing time
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date, conflicts_with = "into")]
    date: Option<Date>,

    /// Update the counts of this plan by the codes of its schools, and add new schools; comments and order stay
    #[arg(long, value_name = "PLAN")]
    into: Option<PathBuf>,

    /// Where to write the plan; `-` is standard output [default: standard output, or the plan that is updated]
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    output: Option<PathBuf>,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let name = source_name(&args.file);
    let bytes = read_bytes(&args.file, session)?;
    let options = ImportOptions { sheet: args.sheet.as_deref(), mappings: &args.mappings };
    let customers = session.busy("cli-reading-plan", || import::read(&name, bytes, &options))?;
    report(&customers, &name, session);
    match &args.into {
        Some(plan) => update(args, plan, &customers, session),
        None => new_plan(args, &customers, session),
    }
}

fn new_plan(args: &Args, customers: &Customers, session: &Session) -> Outcome {
    let cards = embedded_cards()?;
    let heading = Message::new("import-heading").with("from", origin(customers, &short_name(&args.file)));
    let heading = session.catalog().text(&heading);
    let about = NewPlan { heading: &heading, lang: session.catalog().lang(), date: args.date };
    let imported = session.busy("cli-at-work", || customers.new_plan(&about, &ReadOptions::new(&cards)));
    report_problems(&imported, session)?;
    write(args, args.output.as_deref().unwrap_or(Path::new(STDOUT)), &imported, session)
}

/// Updates a plan. What changes is reported before the file is written, also if it must not be replaced.
fn update(args: &Args, path: &Path, customers: &Customers, session: &Session) -> Outcome {
    let source = Arc::new(read_plan_text(path, session)?);
    let cards = embedded_cards()?;
    let (imported, changes) = session.busy("cli-at-work", || {
        with_files(path, session, |load, attachments| {
            customers.update(&source, &ReadOptions { load, attachments, ..ReadOptions::new(&cards) })
        })
    })?;
    report_problems(&imported, session)?;
    changes::report(&changes, session);
    let output = args.output.as_deref().unwrap_or(path);
    let is_unchanged = changes.is_empty() && args.output.is_none() && !names_stdout(output);
    if is_unchanged { Ok(Answer::Yes) } else { write(args, output, &imported, session) }
}

/// Reports warnings; errors leave nothing to write.
fn report_problems(imported: &Imported, session: &Session) -> Result<(), Failure> {
    if !imported.is_valid() {
        return Err(imported.diagnostics.clone().into());
    }
    session.report(&imported.diagnostics);
    Ok(())
}

fn write(args: &Args, output: &Path, imported: &Imported, session: &Session) -> Outcome {
    if !inputs_among(&[output], std::slice::from_ref(&args.file)).is_empty() {
        return Err(output_is_input(output).into());
    }
    write_file(output, imported.text.as_bytes(), args.force)?;
    if !names_stdout(output) {
        session.report_success(&Message::new("import-written").with("file", quoted(output)));
    }
    Ok(Answer::Yes)
}

/// Returns the name of a file without its folder.
fn short_name(file: &Path) -> String {
    let name = source_name(file);
    Path::new(&name).file_name().map_or(name.clone(), |name| name.to_string_lossy().into_owned())
}

/// Returns the file with the sheet or the encoding in which it was read.
fn origin(customers: &Customers, name: &str) -> Message {
    match customers.format() {
        SheetFormat::Workbook { sheet } => {
            Message::new("import-from-sheet").with("file", name).with("sheet", sheet.as_str())
        }
        SheetFormat::Csv { encoding, delimiter } => {
            let delimiter = Message::new(match delimiter {
                ',' => "import-comma",
                ';' => "import-semicolon",
                _ => "import-tab",
            });
            Message::new("import-from-csv")
                .with("file", name)
                .with("encoding", *encoding)
                .with("delimiter", delimiter)
        }
    }
}

/// Largest number of columns or rows that a remark lists.
const MOST_LISTED: usize = 20;

/// Reports what was read and what was left out.
fn report(customers: &Customers, name: &str, session: &Session) {
    let read = Message::new("import-read")
        .with("from", origin(customers, name))
        .with("schools", customers.len())
        .with("row", customers.heading_row().to_string());
    session.report_success(&read);
    let columns = customers.left_out_columns();
    if !columns.is_empty() {
        let shown = columns.iter().take(MOST_LISTED).map(|column| match column.heading.as_str() {
            "" => column.letters.clone(),
            heading => format!("{heading} ({})", column.letters),
        });
        let names = listed(shown.map(Arg::from).collect(), columns.len());
        session.report_note(&Message::new("import-columns-left-out").with("columns", names));
    }
    let rows = customers.left_out_rows();
    if !rows.is_empty() {
        let shown = rows.iter().take(MOST_LISTED).map(|row| {
            let reason = Message::new(match row.reason {
                LeftOutReason::Total => "import-row-total",
                LeftOutReason::Remark => "import-row-remark",
                LeftOutReason::Headings => "import-row-headings",
                LeftOutReason::NothingKnown => "import-row-nothing-known",
                LeftOutReason::Example => "import-row-example",
            });
            reason.with("row", row.number.to_string())
        });
        let names = listed(shown.map(Arg::from).collect(), rows.len());
        session.report_note(&Message::new("import-rows-left-out").with("rows", names));
    }
}

/// Returns a list that ends with the number of what is not shown.
fn listed(mut shown: Vec<Arg>, all: usize) -> Arg {
    if all > shown.len() {
        shown.push(Message::new("import-and-more").with("count", all - shown.len()).into());
    }
    Arg::List(shown.into())
}

/// Parses what a column holds: `COLUMN=KEY`.
fn mapping(text: &str) -> Result<Mapping, BadValue> {
    let known = || Key::VARIANTS.iter().map(|key| key.as_str()).collect::<Vec<_>>();
    let bad = || BadValue(Message::new("import-mapping").with("known", known()));
    let (column, key) = text.rsplit_once(['=', '＝']).ok_or_else(bad)?;
    let key = key.trim().to_lowercase().parse().map_err(|_| bad())?;
    if column.trim().is_empty() { Err(bad()) } else { Ok((column.trim().to_owned(), key)) }
}
