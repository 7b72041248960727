//! The command line: arguments, files and exit statuses. Each command has one file, which parses its
//! arguments, calls the library and renders the result. Read [`run`] first. The other files: `input`, `attachments`, `files`,
//! `folder` and `output` read and write, `session` is the terminal and the language, `usage` reports wrong arguments, `failure`
//! is why a command could not answer, `reason` why its answer is no; `customer`, `plan_args`, `what_if`, `values`, `days`, `help`
//! and `one_command` are arguments, `clock` is what `today` means, `memory` what happens without
//! any.

mod attachments;
#[cfg(feature = "batch")]
mod batch;
mod budget;
mod calendar;
mod check;
mod clock;
mod compare;
mod completions;
mod customer;
mod days;
mod failure;
mod files;
mod fit;
#[cfg(feature = "wecom")]
mod folder;
mod help;
#[cfg(feature = "import")]
mod import;
mod init;
mod input;
mod man;
#[cfg(unix)]
mod memory;
mod one_command;
mod optimize;
#[cfg(feature = "wecom")]
mod order;
mod output;
mod plan_args;
mod progress;
mod quote;
mod reason;
#[cfg(feature = "wecom")]
mod reconcile;
mod schema;
mod session;
mod starter;
mod status;
#[cfg(feature = "batch")]
mod stream;
#[cfg(all(feature = "import", feature = "xlsx"))]
mod template;
mod temporary;
mod tiers;
mod usage;
mod values;
mod what_if;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use wxlicense::diagnostic::MessageFormat;
use wxlicense::diagnostic::lang::Lang;

use failure::Failure;
use session::{ColorChoice, Session};

/// What WeCom (企业微信) interface-call licences cost, why, and when to buy them.
#[derive(Parser)]
#[command(
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "Exit status: 0, fine; 1, the answer is no: a limit passed, a check failed; 2, the question could \
not be answered, or not in full: bad usage, bad input, or a file that cannot be read or written."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    global: GlobalArgs,
}

/// Arguments that every command has.
#[derive(Args)]
struct GlobalArgs {
    /// Language of what is shown: en or zh [default: from WXLICENSE_LANG, else the locale]
    #[arg(long, global = true, display_order = AFTER_ALL_OTHERS, value_name = "LANG", value_parser = values::one_of::<Lang>(), hide_possible_values = true)]
    lang: Option<Lang>,

    /// When to use colours: auto (on a terminal, unless NO_COLOR is set), always or never [default: auto]
    #[arg(long, global = true, display_order = AFTER_ALL_OTHERS, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true, hide_default_value = true)]
    color: ColorChoice,

    /// How problems are shown: human, short (a line each), json (a line each) or github (annotations)
    /// [default: human]
    #[arg(long, global = true, display_order = AFTER_ALL_OTHERS, value_name = "FORMAT", value_parser = values::one_of::<MessageFormat>(), hide_possible_values = true, default_value = "human", hide_default_value = true)]
    message_format: MessageFormat,

    /// Let a plan name files that are not below its folder
    #[arg(long, global = true, display_order = AFTER_ALL_OTHERS)]
    allow_outside: bool,
}

/// Display order in help of the arguments that every command has.
const AFTER_ALL_OTHERS: usize = 900;

/// Declares the commands, and the function that finds the arguments of one by its name.
macro_rules! commands {
    ($($(#[doc = $doc:tt])* $(#[cfg($cfg:meta)])? $name:ident($arguments:ty),)*) => {
        #[derive(Subcommand)]
        enum Command {
            $($(#[doc = $doc])* $(#[cfg($cfg)])? $name($arguments),)*
        }

        /// Returns the function that adds a command's arguments to its description; `None` if there is no such command.
        fn arguments_of(name: &str) -> Option<fn(clap::Command) -> clap::Command> {
            $($(#[cfg($cfg)])? if name == stringify!($name).to_ascii_lowercase() {
                return Some(<$arguments>::augment_args);
            })*
            None
        }
    };
}

commands! {
    /// What does it cost, item by item?
    Quote(quote::Args),
    /// Where do we stand: overdue, due, next, who is not covered?
    Status(status::Args),
    /// Is this plan valid, and what in it is risky?
    Check(check::Args),
    /// Which prices are in force, since when, and who says so?
    Tiers(tiers::Args),
    /// Which dates must we not miss?
    Calendar(calendar::Args),
    /// What will it cost, month by month, in the coming years?
    Budget(budget::Args),
    /// What is the cheapest way to buy what we need, with proof?
    Optimize(optimize::Args),
    /// What changed between two plans, and why does it cost more?
    Compare(compare::Args),
    /// Does WeCom's bill match?
    #[cfg(feature = "wecom")]
    Reconcile(reconcile::Args),
    /// How many accounts does this money buy?
    Fit(fit::Args),
    /// How does our spreadsheet of customers become a plan?
    #[cfg(feature = "import")]
    Import(import::Args),
    /// Which API requests place these orders?
    #[cfg(feature = "wecom")]
    Order(order::Args),
    /// What do millions of rows cost, row by row?
    #[cfg(feature = "batch")]
    Batch(batch::Args),
    /// Write a commented starter plan, or an empty spreadsheet to import
    Init(init::Args),
    /// JSON Schemas of the plan file, the rate card file and every JSON output
    Schema(schema::Args),
    /// A completion script for a shell
    Completions(completions::Args),
    /// Manual pages
    Man(man::Args),
    /// Help for a command
    Help(help::ask::Args),
}

/// Answer of a command, which decides the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// Success: status 0.
    Yes,
    /// The answer is "no", such as a limit passed or a check failed: status 1.
    No,
}

type Outcome = Result<Answer, Failure>;

/// Name under which the program is installed.
const PROGRAM: &str = "wxlicense";

/// Runs the command that the arguments name, and returns its exit status.
pub fn run() -> ExitCode {
    #[cfg(unix)]
    memory::watch();
    let Cli { command, global } = help::parse();
    let mut session = Session::new(global.lang, global.color, global.message_format);
    if global.allow_outside {
        session.allow_outside();
    }
    let outcome = match &command {
        Command::Quote(args) => quote::run(args, &session),
        Command::Status(args) => status::run(args, &session),
        Command::Check(args) => check::run(args, &session),
        Command::Tiers(args) => tiers::run(args, &session),
        Command::Calendar(args) => calendar::run(args, &session),
        Command::Budget(args) => budget::run(args, &session),
        Command::Optimize(args) => optimize::run(args, &session),
        Command::Compare(args) => compare::run(args, &session),
        #[cfg(feature = "wecom")]
        Command::Reconcile(args) => reconcile::run(args, &session),
        Command::Fit(args) => fit::run(args, &session),
        #[cfg(feature = "import")]
        Command::Import(args) => import::run(args, &session),
        #[cfg(feature = "wecom")]
        Command::Order(args) => order::run(args, &session),
        #[cfg(feature = "batch")]
        Command::Batch(args) => batch::run(args, &session),
        Command::Init(args) => init::run(args, &session),
        Command::Schema(args) => schema::run(args, &session),
        Command::Completions(args) => completions::run(args, help::command(session.catalog())),
        Command::Help(args) => help::ask::run(args, help::command(session.catalog())),
        Command::Man(args) => man::run(args, help::command(session.catalog()), session.catalog()),
    };
    match outcome {
        Ok(Answer::Yes) if session.is_incomplete() => ExitCode::from(2),
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(failure) => {
            session.fail(&failure);
            ExitCode::from(2)
        }
    }
}
