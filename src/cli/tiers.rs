mod sql;

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args as ClapArgs, Subcommand};
use jiff::civil::Date;
use wxlicense::diagnostic::lang::Message;
use wxlicense::rates::read_card;
use wxlicense::report::{CardListView, CardView};

use super::input::{card_by_name, card_in_force, embedded_cards, read_source};
use super::output::OutputArgs;
use super::session::Session;
use super::{Answer, Outcome, days, values};

/// Which prices are in force, since when, and who says so?
#[derive(ClapArgs)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,

    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Subcommand)]
enum Action {
    /// The rate cards that are built in
    List(ListArgs),
    /// One rate card with its rules and the standing of every fact [default: the newest]
    Show(ShowArgs),
    /// Is this rate card valid?
    Check(CheckArgs),
    /// The same prices inside a database, from one rate card [default: the newest]
    Sql(sql::Args),
}

#[derive(ClapArgs)]
struct ListArgs {
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(ClapArgs)]
struct ShowArgs {
    /// The id of an embedded card, or a .toml file
    #[arg(value_name = "ID|FILE", value_parser = values::AnyButOffer(card_ids), hide_possible_values = true)]
    card: Option<String>,

    /// The card in force on this day, Beijing time
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date, conflicts_with = "card")]
    date: Option<Date>,

    #[command(flatten)]
    output: OutputArgs,
}

#[derive(ClapArgs)]
struct CheckArgs {
    /// Rate card file; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    match &args.action {
        None => list(&args.output, session),
        Some(Action::List(list_args)) => list(&list_args.output, session),
        Some(Action::Show(show_args)) => show(show_args, session),
        Some(Action::Check(check_args)) => check(check_args, session),
        Some(Action::Sql(sql_args)) => sql::run(sql_args, session),
    }
}

/// Returns the ids of the embedded cards; a broken card is reported when it is used.
fn card_ids() -> Vec<String> {
    embedded_cards()
        .map_or_else(|_| Vec::new(), |cards| cards.all().iter().map(|card| card.id.clone()).collect())
}

fn list(output: &OutputArgs, session: &Session) -> Outcome {
    let cards = embedded_cards()?;
    output.write(session, &CardListView { cards: cards.all() })?;
    Ok(Answer::Yes)
}

fn show(args: &ShowArgs, session: &Session) -> Outcome {
    let cards = embedded_cards()?;
    let card = match &args.card {
        Some(name) => card_by_name(&cards, name, session)?,
        None => card_in_force(&cards, args.date)?,
    };
    args.output.write(session, &CardView { card: &card })?;
    Ok(Answer::Yes)
}

fn check(args: &CheckArgs, session: &Session) -> Outcome {
    let source = read_source(&args.file, session)?;
    match read_card(&Arc::new(source)) {
        Ok(card) => {
            let valid = Message::new("cli-card-valid").with("card", card.id).with("tiers", card.tiers.len());
            session.report_success(&valid);
            Ok(Answer::Yes)
        }
        Err(problems) => {
            session.report(&problems);
            Ok(Answer::No)
        }
    }
}
