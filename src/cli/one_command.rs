//! The arguments of the command that is named, without those of all others: describing these took a fifth of a quote's time.
//! Read [`parse`] first.

use clap::{Args, Command, FromArgMatches};

use super::*;

/// Parses the arguments if they begin with the name of a command and are valid. In all other cases `None`: the whole
/// description of the command line then says what is wrong, or has the help that is asked for.
pub fn parse() -> Option<Cli> {
    let name = std::env::args_os().nth(1)?.into_string().ok()?;
    let matches = program_with(&name)?.try_get_matches().ok()?;
    Cli::from_arg_matches(&matches).ok()
}

/// Describes the program with one command; `None` if there is no such command.
fn program_with(name: &str) -> Option<Command> {
    let arguments = arguments_of(name)?;
    let program = Command::new(PROGRAM).subcommand(arguments(Command::new(name.to_owned())));
    Some(GlobalArgs::augment_args(program).disable_help_subcommand(true))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn each_command_alone_has_its_arguments_of_the_whole() {
        let mut whole = Cli::command();
        whole.build();
        for expected in whole.get_subcommands() {
            let name = expected.get_name();
            let mut program = program_with(name).unwrap();
            program.build();
            let alone = program.find_subcommand(name).unwrap();
            let arguments = |command: &Command| format!("{:#?}", command.get_arguments().collect::<Vec<_>>());
            assert_eq!(arguments(alone), arguments(expected), "{name}");
            let names = |command: &Command| {
                command.get_subcommands().map(|one| one.get_name().to_owned()).collect::<Vec<_>>()
            };
            assert_eq!(names(alone), names(expected), "{name}");
        }
        assert!(program_with("quot").is_none());
    }
}
