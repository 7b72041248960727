use std::path::PathBuf;

use clap::Args as ClapArgs;
use wxlicense::diagnostic::lang::Message;

use super::files::{names_stdout, write_file};
use super::session::Session;
use super::starter::starter_plan;
use super::{Answer, Outcome};

/// Write a commented starter plan
#[derive(ClapArgs)]
pub struct Args {
    /// Where to write it; `-` is standard output
    #[arg(value_name = "FILE", default_value = "plan.toml")]
    file: PathBuf,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let plan = starter_plan(session.catalog());
    write_file(&args.file, plan.as_bytes(), args.force)?;
    if !names_stdout(&args.file) {
        let file = args.file.display().to_string();
        session.report_success(&Message::new("cli-plan-written").with("file", file));
    }
    Ok(Answer::Yes)
}
