//! Help in the reader's language. clap takes the English texts from the code; those of other languages
//! replace them one by one from `locales/*/help.ftl`. Read [`parse`] first.

use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::error::Error;
use clap::{Arg, ArgAction, Command, CommandFactory, Parser, ValueHint};
use wxlicense::diagnostic::lang::{Catalog, Lang, Message};

pub use page::usage;

use super::session::{ColorChoice, Session, lang_of_locale, stdout_width};
use super::{Cli, one_command, usage as wrong_usage};

pub mod ask;
mod page;

/// Parses the arguments. Help that was requested, or a usage error, is shown in the reader's language and
/// ends the program.
pub fn parse() -> Cli {
    one_command::parse().unwrap_or_else(parse_any)
}

fn parse_any() -> Cli {
    Cli::try_parse().unwrap_or_else(|error| {
        let lang = given("lang").unwrap_or_else(lang_of_locale);
        let format = given("message-format").unwrap_or_default();
        let session = Session::new(Some(lang), ColorChoice::Auto, format);
        let error = localised_error(session.catalog()).unwrap_or(error);
        if let Some(problem) = wrong_usage::problem(&error) {
            session.report(&[problem]);
            std::process::exit(error.exit_code());
        }
        if let Err(error) = ask::print(&error) {
            session.fail(&error.into());
            std::process::exit(2);
        }
        std::process::exit(error.exit_code())
    })
}

/// Returns clap's description of the command line, in the catalog's language.
pub fn command(catalog: &Catalog) -> Command {
    match catalog.lang() {
        Lang::En => hinted(Cli::command()),
        Lang::Zh => {
            let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
            let version = version.help(catalog.word("cli-help-version")).display_order(LAST);
            let program = hinted(Cli::command()).disable_version_flag(true).arg(version);
            let mut program = Translation { catalog }.command(program, ROOT);
            program.build();
            with_pages(program, catalog, help_width())
        }
    }
}

/// Returns the names of all commands and their subcommands.
pub fn command_words() -> Vec<String> {
    fn below(command: &Command, words: &mut Vec<String>) {
        for subcommand in command.get_subcommands() {
            words.push(subcommand.get_name().to_owned());
            below(subcommand, words);
        }
    }
    let mut words = Vec::new();
    below(&Cli::command(), &mut words);
    words.sort();
    words.dedup();
    words
}

/// Adds to the commands which values are files, for shells.
fn hinted(command: Command) -> Command {
    let hint =
        |arg: Arg| match arg.get_value_names().and_then(|names| names.first()).map(|name| name.as_str()) {
            _ if !arg.get_action().takes_values() => arg,
            Some("FILE" | "PLAN" | "OLD" | "NEW" | "ID|FILE") => arg.value_hint(ValueHint::FilePath),
            Some("DIR") => arg.value_hint(ValueHint::DirPath),
            _ => arg.value_hint(ValueHint::Other),
        };
    command.mut_args(hint).mut_subcommands(hinted)
}

/// Display order of clap's own two arguments: last.
const LAST: usize = 999;

/// Largest width of help in columns, the same as clap's own.
const WIDEST_HELP: usize = 100;

/// Name of the program itself in the ids of texts.
const ROOT: &str = "program";

/// Returns the same error of the localised command line; `None` in English, which needs no second parse.
fn localised_error(catalog: &Catalog) -> Option<Error> {
    (catalog.lang() != Lang::En).then(|| command(catalog).try_get_matches().err()).flatten()
}

/// Adds the pages of help and the usages to the commands.
fn with_pages(command: Command, catalog: &Catalog, width: usize) -> Command {
    let (usage, page) = (usage(&command, catalog), page::page(&command, catalog, width));
    command
        .override_usage(usage)
        .override_help(page)
        .mut_subcommands(|subcommand| with_pages(subcommand, catalog, width))
}

fn help_width() -> usize {
    stdout_width().min(WIDEST_HELP)
}

/// Returns the value of a flag before the arguments are parsed: they may be invalid, or ask for help.
fn given<T: FromStr>(flag: &str) -> Option<T> {
    let mut arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--").and_then(|argument| argument.strip_prefix(flag)) {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        if let Some(value) = value.and_then(|value| value.parse().ok()) {
            return Some(value);
        }
    }
    None
}

struct Translation<'c> {
    catalog: &'c Catalog,
}

impl Translation<'_> {
    fn command(&self, command: Command, path: &str) -> Command {
        let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
        let mut command = command
            .disable_help_flag(true)
            .subcommand_help_heading(self.catalog.word("cli-help-commands"))
            .subcommand_value_name(self.catalog.word("cli-help-commands"))
            .next_help_heading(None::<&str>)
            .arg(help.help(self.catalog.word("cli-help-help")).display_order(LAST));
        if let Some(about) = self.text(&["about", path]) {
            command = command.about(about);
        }
        if let Some(about) = self.text(&["long-about", path]) {
            command = command.long_about(about);
        }
        if let Some(after) = self.text(&["after", path]) {
            command = command.after_help(after);
        }
        command.mut_args(|arg| self.arg(arg, path)).mut_subcommands(|subcommand| {
            let path = subpath(path, subcommand.get_name());
            self.command(subcommand, &path)
        })
    }

    fn arg(&self, arg: Arg, path: &str) -> Arg {
        let heading = match arg.get_help_heading() {
            Some(heading) => self.text(&["heading", heading]).unwrap_or_else(|| heading.to_owned()),
            None if arg.is_positional() => self.catalog.word("cli-help-arguments"),
            None => self.catalog.word("cli-help-options"),
        };
        let id = arg.get_id().as_str().to_owned();
        let text = self.text(&[path, "arg", &id]).or_else(|| self.text(&["arg", &id]));
        let arg = self.value_name(arg.help_heading(heading));
        let Some(text) = text else { return arg };
        let arg = match self.text(&["long-arg", &id]) {
            Some(long) => arg.long_help(long),
            None => arg,
        };
        self.values(arg, &id, text)
    }

    fn value_name(&self, arg: Arg) -> Arg {
        let names = arg.get_value_names().unwrap_or_default();
        match names.iter().map(|name| self.text(&["name", name])).collect::<Option<Vec<_>>>() {
            Some(names) if !names.is_empty() => arg.value_names(names),
            _ => arg,
        }
    }

    /// Appends the possible values and the default of an argument to a text, which clap would show in
    /// English.
    fn values(&self, arg: Arg, id: &str, mut text: String) -> Arg {
        if !arg.get_action().takes_values() {
            return arg.help(text);
        }
        let mut arg = arg;
        let values = arg.get_possible_values();
        if !values.is_empty() {
            if !arg.is_hide_possible_values_set() {
                let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
                text += &self.catalog.text(&Message::new("cli-help-values").with("values", names));
            }
            // Any other parser stays: it may accept more values than it lists.
            if values.iter().any(|value| value.get_help().is_some()) {
                let values = values.iter().map(|value| self.value(id, value.get_name()));
                arg = arg.value_parser(PossibleValuesParser::new(values.collect::<Vec<_>>()));
            }
        }
        let defaults: Vec<String> =
            arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        if !defaults.is_empty() && !arg.is_hide_default_value_set() {
            text += &self.catalog.text(&Message::new("cli-help-default").with("value", defaults));
        }
        arg.hide_possible_values(true).hide_default_value(true).help(text)
    }

    fn value(&self, arg: &str, name: &str) -> PossibleValue {
        let value = PossibleValue::new(name.to_owned());
        match self.text(&["value", arg, name]) {
            Some(help) => value.help(help),
            None => value,
        }
    }

    fn text(&self, id: &[&str]) -> Option<String> {
        self.catalog.text_of(&text_id(id))
    }
}

/// Returns the id of a help text, such as `help-quote-arg-date`.
fn text_id(parts: &[&str]) -> String {
    let words = parts.iter().flat_map(|part| part.split(|sign: char| !sign.is_ascii_alphanumeric()));
    let words: Vec<&str> = ["help"].into_iter().chain(words).filter(|word| !word.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}

fn subpath(path: &str, name: &str) -> String {
    if path == ROOT { name.to_owned() } else { format!("{path}-{name}") }
}

#[cfg(test)]
mod tests;
