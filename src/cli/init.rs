use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use strum::{EnumString, IntoStaticStr, VariantArray};
use wxlicense::diagnostic::lang::Message;

use super::files::{names_stdout, write_file};
use super::input::quoted;
use super::session::Session;
use super::starter::starter_plan;
#[cfg(all(feature = "import", feature = "xlsx"))]
use super::template;
use super::{Answer, Outcome, values};

/// Write a commented starter plan, or an empty spreadsheet to import
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense init plan.toml
  wxlicense init --template xlsx -o customers.xlsx")]
pub struct Args {
    /// Where to write it; `-` is standard output [default: plan.toml or customers.xlsx]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// What to write: toml, a plan, or xlsx, a spreadsheet of customers
    #[arg(long, value_name = "KIND", value_parser = values::one_of::<Template>(), hide_possible_values = true, default_value = "toml")]
    template: Template,

    /// Where to write it, as FILE
    #[arg(short = 'o', long = "output", value_name = "FILE", conflicts_with = "file")]
    output: Option<PathBuf>,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

/// What `init` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
enum Template {
    /// A plan in TOML.
    Toml,
    /// A spreadsheet of customers.
    #[cfg(all(feature = "import", feature = "xlsx"))]
    Xlsx,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let asked = args.output.as_deref().or(args.file.as_deref());
    let (file, bytes, written) = match args.template {
        Template::Toml => {
            let plan = starter_plan(session.catalog()).into_bytes();
            (asked.unwrap_or(Path::new("plan.toml")), plan, "cli-plan-written")
        }
        #[cfg(all(feature = "import", feature = "xlsx"))]
        Template::Xlsx => {
            let file = asked.unwrap_or(Path::new("customers.xlsx"));
            (file, template::spreadsheet(file, session)?, "import-template-written")
        }
    };
    write_file(file, &bytes, args.force)?;
    if !names_stdout(file) {
        session.report_success(&Message::new(written).with("file", quoted(file)));
    }
    Ok(Answer::Yes)
}
