use std::path::PathBuf;

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;
use wxlicense::schema;

use super::files::{write_file, write_stdout};
use super::session::Session;
use super::{Answer, Outcome};

/// JSON Schemas of the plan file, the rate card file and every JSON output
#[derive(ClapArgs)]
#[command(after_help = "Editors with TOML support check and complete a plan that begins with \
`#:schema ./plan.schema.json`, once the schema lies beside it.

A JSON output names its schema in its field `schema`: `wxlicense/quote/1` is that \
of `quote`. Money is a string in yuan with two decimals, and days are Beijing time; \
each field's description says what it is, and what null means there. A later version \
may add fields and words; a change or removal gets a new number.

Examples:
  wxlicense schema
  wxlicense schema plan -o plan.schema.json
  wxlicense schema quote -o quote.schema.json")]
pub struct Args {
    /// Which schema; without it, their names are listed
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(schema::ALL.iter().map(|schema| schema.name)))]
    name: Option<String>,

    /// Write the schema to this file; `-` is standard output
    #[arg(short, long, value_name = "FILE", requires = "name")]
    output: Option<PathBuf>,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let text = match args.name.as_deref().and_then(schema::find) {
        Some(schema) => format!("{:#}\n", schema.build()),
        None => list(session),
    };
    match &args.output {
        Some(file) => write_file(file, text.as_bytes(), args.force)?,
        None => write_stdout(text.as_bytes())?,
    }
    Ok(Answer::Yes)
}

fn list(session: &Session) -> String {
    let width = schema::ALL.iter().map(|schema| schema.name.len()).max().unwrap_or(0);
    let line = |schema: &schema::Schema| {
        let about = session.catalog().text(&schema.about());
        format!("{:width$}  {about}\n", schema.name)
    };
    schema::ALL.iter().map(line).collect()
}
