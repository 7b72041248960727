use std::io::ErrorKind;

use anyhow::Context;
use clap::error::Error;
use clap::{Args as ClapArgs, Command};
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};

use super::super::{Answer, Outcome, PROGRAM, values};
use super::command_words;

/// Help for a command
#[derive(ClapArgs)]
pub struct Args {
    /// The command; without it, the program
    #[arg(value_name = "COMMAND", value_parser = values::AnyButOffer(command_words), hide_possible_values = true)]
    command: Vec<String>,
}

/// Prints the help of the command that the words name, as its `--help` does.
pub fn run(args: &Args, program: Command) -> Outcome {
    let mut asked = &program;
    for word in &args.command {
        let known: Vec<String> = asked.get_subcommands().map(|one| one.get_name().to_owned()).collect();
        asked = asked.find_subcommand(word).ok_or_else(|| unknown(word, known))?;
    }
    let typed = [PROGRAM].into_iter().chain(args.command.iter().map(String::as_str)).chain(["--help"]);
    if let Err(page) = program.clone().try_get_matches_from(typed) {
        print(&page)?;
    }
    Ok(Answer::Yes)
}

/// Prints a page to standard output. A closed pipe is not an error.
pub fn print(page: &Error) -> anyhow::Result<()> {
    match page.print() {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => printed.context("cannot write to standard output"),
    }
}

fn unknown(word: &str, known: Vec<String>) -> Diagnostic {
    let help = match known.is_empty() {
        true => Message::new("cli-usage-in-help"),
        false => Message::new("cli-value-known").with("known", known),
    };
    let wrong = Message::new("cli-usage-unknown-command").with("command", format!("`{word}`"));
    Diagnostic::new(Code::BadUsage).with("wrong", wrong).with("help", help)
}
