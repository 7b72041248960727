#[cfg(feature = "parquet")]
mod damage;
mod events;
mod formats;

use std::io::{self, ErrorKind};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread::{Builder, available_parallelism};

use clap::Args as ClapArgs;
use wxlicense::batch::{BatchError, BatchOptions, Cards, DEFAULT_BLOCK, Summary};
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::rates::{RateCard, RateCards};
use wxlicense::report::{OutputFormat, batch_document};
use wxlicense::{PerType, UnitPrice};

use super::customer::PricingArgs;
use super::files::{STDOUT, inputs_among, names_stdout, output_is_input, refuse_unwritable};
use super::input::{card_by_name, card_in_force, embedded_cards, source_name};
use super::reason::reason;
use super::session::Session;
use super::stream::Stream;
use super::{Answer, Failure, Outcome, values};
use events::{Events, Forward};
use formats::{KNOWN, Rows, is_parquet, not_built, price};

/// What do millions of rows cost, row by row?
#[derive(ClapArgs)]
#[command(
    after_help = "The first row has the headings; columns in any order: basic, interop (one of them at least), months, days, \
held_basic, held_interop, renewal, industry, certification, nonprofit_proof, date. Other columns are copied. \
Each row gets basic_annual, interop_annual, list_price, waived, payable, complete.

Examples:
  wxlicense batch customers.csv -o priced.csv --rejects rejects.csv
  wxlicense batch customers.csv --items -o items.csv
  zcat customers.csv.gz | wxlicense batch - > priced.csv"
)]
pub struct Args {
    /// Rows to price, in CSV: UTF-8, GB18030 or UTF-16; `-` reads standard input. Parquet if the name ends in .parquet and
    /// the program was built with it
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    pricing: PricingArgs,

    /// Yuan a year for each basic account without a list price
    #[arg(long, value_name = "PRICE", value_parser = values::unit_price)]
    negotiated_basic: Option<UnitPrice>,

    /// Yuan a year for each interop account without a list price
    #[arg(long, value_name = "PRICE", value_parser = values::unit_price)]
    negotiated_interop: Option<UnitPrice>,

    /// Write a row for each item: the accounts of a type in a tier
    #[arg(long)]
    items: bool,

    /// Write the rows without a price to this file, each with its line and the reason
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,

    /// Stop at the first row without a price
    #[arg(long)]
    strict: bool,

    /// Number of threads, which changes no result [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Where to write the priced rows, as Parquet if the name ends in .parquet; `-` is standard output [default: standard output]
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    output: Option<PathBuf>,

    /// Show in full which facts the figures rest on, and who says so
    #[arg(long)]
    sources: bool,

    /// Replace files that exist
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let cards = args.cards(session)?;
    let path = args.output.as_deref().unwrap_or(Path::new(STDOUT));
    refuse_parquet(&[&args.file, path])?;
    session.note_input(&args.file);
    let (rows, length) = Rows::open(&args.file)?;
    args.refuse(path, session)?;
    let name = source_name(&args.file);
    let options = BatchOptions {
        name: &name,
        cards: match cards.all() {
            [card] if args.pricing.rate_card.is_some() => Cards::One(card),
            _ => Cards::InForce(&cards),
        },
        date: args.pricing.date,
        negotiated: PerType { basic: args.negotiated_basic, interop: args.negotiated_interop },
        items: args.items,
        strict: args.strict,
        threads: args.threads.or(available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN),
        block: DEFAULT_BLOCK,
    };
    #[cfg(feature = "parquet")]
    if is_parquet(&args.file) {
        damage::report_panics(&args.file, session);
    }
    let mut output = Stream::open(path)?;
    let rejects = args.rejects.as_deref().map(Stream::open).transpose()?;
    let mut events = Events::new(session, &name, rejects, length);
    let priced = std::thread::scope(|scope| {
        // Texts are made in this thread, which has the language.
        let (sender, receiver) = sync_channel(1024);
        let mut forward = Forward { sender, progress: events.shows_progress() };
        let (output, options) = (&mut output, &options);
        let work = Builder::new()
            .spawn_scoped(scope, move || price(rows, (output, path), &mut forward, options))
            .map_err(no_thread)?;
        let shown = events.receive(receiver);
        Ok::<_, Failure>((work.join(), shown))
    })?;
    let summary = match priced {
        (_, Err(failure)) => return Err(failure),
        (Err(_), _) => return Err(anyhow::anyhow!("a thread has failed").into()),
        (Ok(Ok(summary)), _) => summary,
        (Ok(Err(error)), _) => return judge(error, &output, &args.file),
    };
    events.finish(args.force)?;
    match summary.stopped {
        true => session.report_note(&Message::new("batch-stopped")),
        false => output.publish(args.force)?,
    }
    report(&summary, &name, cards.all(), args.sources, session);
    Ok(if summary.rejected > 0 { Answer::No } else { Answer::Yes })
}

impl Args {
    /// Returns the card that is asked for, or all that are built in.
    fn cards(&self, session: &Session) -> Result<RateCards, Failure> {
        let embedded = embedded_cards()?;
        match &self.pricing.rate_card {
            Some(name) => Ok(RateCards::new([card_by_name(&embedded, name, session)?])),
            None => {
                card_in_force(&embedded, self.pricing.date)?;
                Ok(embedded)
            }
        }
    }

    /// Refuses, before anything is read, what cannot be written.
    fn refuse(&self, output: &Path, session: &Session) -> Result<(), Failure> {
        let mut problems = Vec::new();
        let paths: Vec<&Path> = [output].into_iter().chain(self.rejects.as_deref()).collect();
        for path in &paths {
            let other = OutputFormat::from_path(path).filter(|format| *format != OutputFormat::Csv);
            let other = other.filter(|_| !names_stdout(path)).map(OutputFormat::as_str);
            problems.extend(other.map(|format| no_such_format(format, KNOWN)));
        }
        if self.rejects.as_deref().is_some_and(is_parquet) {
            problems.push(no_such_format("parquet", &["csv"]));
        }
        let inputs = inputs_among(&paths, &session.inputs());
        problems.extend(inputs.iter().map(|path| output_is_input(path)));
        let others: Vec<&Path> = paths.into_iter().filter(|path| !inputs.contains(path)).collect();
        problems.extend(refuse_unwritable(&others, self.force).err().into_iter().flatten());
        if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
    }
}

/// Refuses Parquet in a program that was built without it.
fn refuse_parquet(paths: &[&Path]) -> Result<(), Failure> {
    let problems: Vec<Diagnostic> = paths.iter().filter_map(|path| not_built(path)).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

fn no_such_format(format: &str, known: &[&'static str]) -> Diagnostic {
    Diagnostic::new(Code::NoSuchFormat).with("format", format).with("known", known.to_vec())
}

fn no_thread(error: io::Error) -> Failure {
    Failure::Other(anyhow::Error::new(error).context("cannot start a thread"))
}

/// Returns what an error means: a closed pipe ends quietly.
fn judge(error: BatchError, output: &Stream, input: &Path) -> Outcome {
    match error {
        BatchError::Write(error) if output.is_stdout() && error.kind() == ErrorKind::BrokenPipe => {
            Ok(Answer::Yes)
        }
        BatchError::Write(error) => Err(super::files::unwritable(output.path(), &error).into()),
        BatchError::Read(error) => Err(unreadable(input, &error).into()),
        BatchError::Input(problem) => Err((*problem).into()),
        BatchError::Overflow => Err(Diagnostic::new(Code::PriceOverflow).into()),
        BatchError::Observer(error) => Err(error.into()),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::FileUnreadable).with("file", source_name(path)).with("reason", reason(error))
}

/// Reports the sums on standard error: for a person as a table, otherwise in a line.
fn report(summary: &Summary, name: &str, cards: &[Arc<RateCard>], sources: bool, session: &Session) {
    let document = batch_document(summary, name, cards);
    let document = if sources { document } else { document.without_sources() };
    match session.is_for_person() {
        true => session.report_document(&document),
        false => session.report_success(&document.header.answer.text),
    }
}
