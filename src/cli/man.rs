use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Command};
use wxlicense::diagnostic::lang::Catalog;
use wxlicense::diagnostic::{Code, Diagnostic};

use super::files::{names_stdout, unwritable, write_files, write_stdout};
use super::{Answer, Failure, Outcome, PROGRAM, help, values};
use page::page;

mod page;

/// Manual pages
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense man | man -l -
  wxlicense man tiers show | man -l -
  wxlicense man -o ~/.local/share/man/man1")]
pub struct Args {
    /// The command whose page goes to standard output; without it, the program's
    #[arg(value_name = "COMMAND", value_parser = values::AnyButOffer(help::command_words), hide_possible_values = true)]
    command: Vec<String>,

    /// Write all pages to this folder; `-` is standard output
    #[arg(short, long, value_name = "DIR", conflicts_with = "command")]
    output: Option<PathBuf>,

    /// Replace pages that exist
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, mut program: Command, catalog: &Catalog) -> Outcome {
    let mut pages = Vec::new();
    program.build();
    push_pages(&mut pages, &program, PROGRAM, catalog)?;
    match &args.output {
        Some(folder) if names_stdout(folder) => {
            let all: Vec<u8> = pages.into_iter().flat_map(|(_, text)| text).collect();
            write_stdout(&all)?;
        }
        Some(folder) => write_pages(&pages, folder, args.force)?,
        None => write_stdout(page_of(&pages, &args.command)?)?,
    }
    Ok(Answer::Yes)
}

/// Name of a page, such as `wxlicense-tiers-show`, and its text.
type ManPage = (String, Vec<u8>);

/// Adds the page of a command, then those of its subcommands.
fn push_pages(
    pages: &mut Vec<ManPage>,
    command: &Command,
    name: &str,
    catalog: &Catalog,
) -> std::io::Result<()> {
    pages.push((name.to_owned(), page(command, name, catalog)?));
    for subcommand in command.get_subcommands() {
        push_pages(pages, subcommand, &format!("{name}-{}", subcommand.get_name()), catalog)?;
    }
    Ok(())
}

fn page_of<'p>(pages: &'p [ManPage], words: &[String]) -> Result<&'p [u8], Failure> {
    let name = std::iter::once(PROGRAM).chain(words.iter().map(String::as_str)).collect::<Vec<_>>().join("-");
    pages.iter().find(|(page, _)| *page == name).map(|(_, text)| text.as_slice()).ok_or_else(|| {
        let known: Vec<&str> = pages.iter().map(|(page, _)| page.as_str()).collect();
        Diagnostic::new(Code::NoSuchPage).with("page", name.as_str()).with("known", known).into()
    })
}

fn write_pages(pages: &[ManPage], folder: &Path, force: bool) -> Result<(), Failure> {
    let is_new = !folder.exists();
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let paths: Vec<PathBuf> = pages.iter().map(|(name, _)| folder.join(format!("{name}.1"))).collect();
    let files: Vec<(&Path, &[u8])> =
        paths.iter().zip(pages).map(|(path, (_, text))| (path.as_path(), text.as_slice())).collect();
    let written = write_files(&files, force);
    if is_new && written.is_err() {
        // Not if it has become somebody's: it is removed only while it is empty.
        let _ = std::fs::remove_dir(folder);
    }
    written
}
