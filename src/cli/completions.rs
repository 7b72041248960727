use clap::{Args as ClapArgs, Command};
use clap_complete::Shell;

use super::files::write_stdout;
use super::{Answer, Outcome, PROGRAM};

/// A completion script for a shell
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense completions bash > ~/.local/share/bash-completion/completions/wxlicense
  wxlicense completions zsh > ~/.zfunc/_wxlicense
  wxlicense completions fish > ~/.config/fish/completions/wxlicense.fish
  wxlicense completions powershell >> $PROFILE")]
pub struct Args {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

pub fn run(args: &Args, mut program: Command) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, PROGRAM, &mut script);
    write_stdout(&script)?;
    Ok(Answer::Yes)
}
