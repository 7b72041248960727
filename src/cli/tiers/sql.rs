use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use jiff::civil::Date;
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::formula::{PriceSql, SqlColumn, SqlDialect, SqlError};

use super::super::files::{STDOUT, inputs_among, output_is_input, write_file};
use super::super::input::{card_by_name, card_in_force, embedded_cards};
use super::super::session::Session;
use super::super::{Answer, Outcome, days, values};
use super::card_ids;

/// The same prices inside a database: a query that gives all columns of a table and its prices beside them
#[derive(ClapArgs)]
#[command(
    after_help = "The table has basic and interop, the accounts to buy, and the columns that --columns names. Each row gets \
basic_annual, interop_annual and list_price, with --waivers also waived and payable; what has no price is NULL.

Examples:
  wxlicense tiers sql --dialect duckdb --table customers --columns months
  wxlicense tiers sql --dialect postgres --function --columns months,days,renewal"
)]
pub struct Args {
    /// The id of an embedded card, or a .toml file
    #[arg(value_name = "ID|FILE", value_parser = values::AnyButOffer(card_ids), hide_possible_values = true)]
    card: Option<String>,

    /// Rate card: the id of an embedded one, or a .toml file; the same as the argument
    #[arg(long = "rate-card", value_name = "ID|FILE", value_parser = values::AnyButOffer(card_ids), hide_possible_values = true, conflicts_with = "card")]
    rate_card: Option<String>,

    /// The card in force on this day, Beijing time
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date, conflicts_with_all = ["card", "rate_card"])]
    date: Option<Date>,

    /// The database: duckdb, postgres, clickhouse, spark or sqlite
    #[arg(long, value_name = "NAME", value_parser = values::one_of::<SqlDialect>(), hide_possible_values = true)]
    dialect: SqlDialect,

    /// The table or view with the rows
    #[arg(long, value_name = "TABLE", required_unless_present = "function")]
    table: Option<String>,

    /// Which columns it has besides: months, days, held_basic, held_interop, renewal, industry, certification, nonprofit_proof, date
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', value_parser = values::one_of::<SqlColumn>(), hide_possible_values = true)]
    columns: Vec<SqlColumn>,

    /// Give what is waived and payable too, from the industry, the certification, the proof and the date
    #[arg(long)]
    waivers: bool,

    /// Print functions or macros in place of a query
    #[arg(long, conflicts_with_all = ["table", "waivers"])]
    function: bool,

    /// Where to write it; `-` is standard output [default: standard output]
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    output: Option<PathBuf>,

    /// Replace a file that exists
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let cards = embedded_cards()?;
    let card = match args.card.as_ref().or(args.rate_card.as_ref()) {
        Some(name) => card_by_name(&cards, name, session)?,
        None => card_in_force(&cards, args.date)?,
    };
    let mut columns = args.columns.clone();
    columns.sort();
    columns.dedup();
    let sql = PriceSql::new(&card, args.dialect, &columns).map_err(problem)?;
    let text = match &args.table {
        Some(table) => sql.query(table, args.waivers),
        None => sql.functions().map_err(problem)?,
    };
    let output = args.output.as_deref().unwrap_or(Path::new(STDOUT));
    if let Some(card) = inputs_among(&[output], &session.inputs()).first() {
        return Err(output_is_input(card).into());
    }
    write_file(output, text.as_bytes(), args.force)?;
    Ok(Answer::Yes)
}

fn problem(error: SqlError) -> Diagnostic {
    let (wrong, help) = match error {
        SqlError::TooLarge => (Message::new("cli-sql-too-large"), Message::new("cli-sql-too-large-help")),
        SqlError::NoFunctions { dialect } => {
            let wrong = Message::new("cli-sql-no-functions").with("dialect", dialect.as_str());
            (wrong, Message::new("cli-sql-no-functions-help"))
        }
    };
    Diagnostic::new(Code::BadUsage).with("wrong", wrong).with("help", help)
}
