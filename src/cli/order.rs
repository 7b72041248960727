use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use jiff::civil::Date;
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::plan::Plan;
use wxlicense::planning::order::{Jobs, Link, OrderBasis, OrderOptions, OrderRequests, order};
use wxlicense::pricing::Party;
use wxlicense::report::{DrawOptions, OrderView, OutputFormat, TableStyle, View, draw_json};
use wxlicense::schema;

use super::files::{names_stdout, write_stdout};
use super::folder::{MANIFEST, write_folder};
use super::input::quoted;
use super::output::drawn;
use super::plan_args::PlanTodayArgs;
use super::session::Session;
use super::{Answer, Failure, Outcome, days, values};

/// Which API requests place these orders? Their bodies, ready to be sent, and a manifest; nothing is sent.
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense order plan.toml --date today
  wxlicense order plan.toml --until 2023-12-31 -o orders
  wxlicense order plan.toml --quote --school 1499 --format ndjson
  wxlicense order plan.toml --jobs --no-auto-activation -o orders")]
pub struct Args {
    /// Place what is due up to this day, included, and what is overdue [default: the date]
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    until: Option<Date>,

    /// Place the orders of `quote` in place of those of the schedule
    #[arg(long, conflicts_with = "until")]
    quote: bool,

    /// Order for unconfirmed schools too
    #[arg(long)]
    with_unconfirmed: bool,

    /// Order new accounts of several customers together: fewer requests, and one price for all
    #[arg(long)]
    jobs: bool,

    /// Codes of a job are not activated by WeCom itself
    #[arg(long, requires = "jobs")]
    no_auto_activation: bool,

    /// How codes are shared in a group: upstream-downstream (上下游) or interconnection (企业互联, 局校互联)
    /// [default: by the industries]
    #[arg(long, value_name = "LINK", value_parser = values::one_of::<Link>(), hide_possible_values = true)]
    link: Option<Link>,

    #[command(flatten)]
    plan: PlanTodayArgs,

    /// Write the bodies into this folder, a numbered file each, with manifest.json; `-` is standard output
    #[arg(short = 'o', long = "output", value_name = "FOLDER")]
    folder: Option<PathBuf>,

    /// Format on standard output: table, ndjson (a request with its body a line), json (the manifest),
    /// markdown, csv, xlsx or html [default: table on a terminal, else ndjson; none beside a folder]
    #[arg(long = "format", value_name = "FORMAT", value_parser = values::one_of::<OutputFormat>(), hide_possible_values = true)]
    stdout: Option<OutputFormat>,

    /// Show in full which facts the figures rest on, and who says so
    #[arg(long)]
    sources: bool,

    /// Begin CSV with a byte-order mark, so that Excel shows Chinese
    #[arg(long)]
    excel: bool,

    /// Replace a folder of an earlier run
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let (plan, assumed) = args.plan.read_readable(session)?;
    report_left_out(&plan, session);
    let options = args.options(plan.date)?;
    let format = args.stdout_format()?;
    let requests = session.busy("cli-at-work", || order(&plan, &options))?;
    session.report(&requests.warnings.iter().cloned().map(Diagnostic::from).collect::<Vec<_>>());
    let view = OrderView { requests: &requests, plan: &plan, assumed: &assumed };
    if let Some(folder) = args.folder() {
        args.write(folder, &view, session)?;
        report_written(folder, &requests, session);
    }
    if let Some(format) = format {
        write_stdout(&args.drawn(format, &view, session)?)?;
    }
    Ok(Answer::Yes)
}

/// Says for which schools nothing is ordered: the requests themselves have no place for it.
fn report_left_out(plan: &Plan, session: &Session) {
    let problem = |party: &Party| {
        Diagnostic::new(Code::SchoolLeftOut)
            .with("name", party.name.clone().unwrap_or_default())
            .with("code", party.code.clone().unwrap_or_default())
    };
    session.report(&Plan::left_out_of(&[plan]).iter().map(problem).collect::<Vec<_>>());
}

fn report_written(folder: &Path, requests: &OrderRequests, session: &Session) {
    let written = Message::new("request-written")
        .with("folder", quoted(folder))
        .with("calls", requests.calls.len())
        .with("orders", requests.orders.len())
        .with("expected", requests.expected);
    session.report_success(&written);
}

impl Args {
    fn options(&self, date: Option<Date>) -> Result<OrderOptions, Diagnostic> {
        let basis = match (self.quote, date) {
            (true, _) => OrderBasis::Quote,
            (false, None) => return Err(Diagnostic::new(Code::DueWithoutDate)),
            (false, Some(date)) => {
                let until = self.until.unwrap_or(date);
                if until < date {
                    return Err(Diagnostic::new(Code::FromAfterTo).with("from", date).with("to", until));
                }
                OrderBasis::Due { until }
            }
        };
        let jobs = match self.jobs {
            true => Jobs::Together { automatic_activation: !self.no_auto_activation },
            false => Jobs::Single,
        };
        Ok(OrderOptions { basis, with_unconfirmed: self.with_unconfirmed, jobs, link: self.link })
    }

    /// Returns the folder to write; `None` for standard output alone.
    fn folder(&self) -> Option<&Path> {
        self.folder.as_deref().filter(|folder| !names_stdout(folder))
    }

    /// Returns the format on standard output; `None` if nothing goes there.
    fn stdout_format(&self) -> Result<Option<OutputFormat>, Diagnostic> {
        let is_terminal = std::io::stdout().is_terminal();
        let usual = if is_terminal { OutputFormat::Table } else { OutputFormat::Ndjson };
        let format = self.stdout.or_else(|| self.folder().is_none().then_some(usual));
        if let Some(format) = format.filter(|format| format.is_binary() && is_terminal) {
            return Err(Diagnostic::new(Code::FormatNotForTerminal).with("format", format.as_str()));
        }
        if self.excel && format != Some(OutputFormat::Csv) {
            let formats: Vec<&str> = format.into_iter().map(OutputFormat::as_str).collect();
            return Err(Diagnostic::new(Code::ExcelWithoutCsv).with("formats", formats));
        }
        Ok(format)
    }

    fn write(&self, folder: &Path, view: &OrderView<'_>, session: &Session) -> Result<(), Failure> {
        let manifest = self.drawn(OutputFormat::Json, view, session)?;
        let bodies: Result<Vec<Vec<u8>>, serde_json::Error> =
            view.requests.calls.iter().map(|call| Ok(draw_json(&call.request)?.into_bytes())).collect();
        let bodies = bodies.map_err(anyhow::Error::from)?;
        let names = view.requests.calls.iter().map(|call| call.file.as_str());
        let mut files: Vec<(&str, &[u8])> = names.zip(bodies.iter().map(Vec::as_slice)).collect();
        files.push((MANIFEST, &manifest));
        let schema = schema::find("order").and_then(|schema| schema.id).unwrap_or_default();
        write_folder(folder, &files, schema, self.force)
    }

    fn drawn(&self, format: OutputFormat, view: &impl View, session: &Session) -> Result<Vec<u8>, Failure> {
        let provider = session.provider();
        let table: TableStyle = session.table_style();
        let (sources, excel) = (self.sources, self.excel);
        let options = DrawOptions { table, sources, provider: provider.as_deref(), excel };
        Ok(drawn(view, format, options, session)?)
    }
}
