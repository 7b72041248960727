//! Builds a manual page. `clap_mangen` writes most of the sections; the headings come from the catalog.

use std::io::{Error, Write};

use clap::{Arg, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use wxlicense::diagnostic::lang::Catalog;

use crate::cli::PROGRAM;
use crate::cli::help::usage;

/// Writes the page of a command that is built.
pub fn page(command: &Command, name: &str, catalog: &Catalog) -> Result<Vec<u8>, Error> {
    let man = Man::new(described(command, catalog));
    let heading = |id| catalog.word(id);
    let mut page = Vec::new();
    title(name, catalog).to_writer(&mut page)?;
    section(&mut page, &heading("cli-man-name"), |text| man.render_name_section(text))?;
    section(&mut page, &heading("cli-man-synopsis"), |text| man.render_synopsis_section(text))?;
    section(&mut page, &heading("cli-man-description"), |text| man.render_description_section(text))?;
    own_headings(&mut page, |text| man.render_options_section(text))?;
    if command.has_subcommands() {
        own_headings(&mut page, |text| man.render_subcommands_section(text))?;
    }
    let is_program = name == PROGRAM;
    if let Some(after) = command.get_after_help()
        && !is_program
    {
        let (notes, examples) = notes_and_examples(&after.to_string(), catalog);
        own_headings(&mut page, |text| notes.to_writer(text).and_then(|()| examples.to_writer(text)))?;
    }
    page.extend(exit_status(catalog).to_roff().into_bytes());
    page.extend(environment(catalog).to_roff().into_bytes());
    page.extend(see_also(command, name, catalog).to_roff().into_bytes());
    Ok(with_break_points(&String::from_utf8(page).map_err(Error::other)?).into_bytes())
}

/// Writes the meaning of the exit statuses; the program's page has them in place of the same words below its
/// help.
fn exit_status(catalog: &Catalog) -> Roff {
    let text = |id| catalog.word(id);
    let statuses = [
        ("0", text("cli-man-status-fine")),
        ("1", text("cli-man-status-no")),
        ("2", text("cli-man-status-unanswered")),
    ];
    items(&text("cli-man-exit-status"), &statuses)
}

fn environment(catalog: &Catalog) -> Roff {
    let text = |id| catalog.word(id);
    let variables = [
        ("WXLICENSE_LANG", text("cli-man-env-lang")),
        ("LC_ALL, LC_MESSAGES, LANG", text("cli-man-env-locale")),
        ("WXLICENSE_TODAY", text("cli-man-env-today")),
        ("NO_COLOR", text("cli-man-env-no-color")),
        ("COLUMNS", text("cli-man-env-columns")),
    ];
    items(&text("cli-man-environment"), &variables)
}

/// Writes references to the page of the parent command and those of subcommands.
fn see_also(command: &Command, name: &str, catalog: &Catalog) -> Roff {
    let above = name.rsplit_once('-').map(|(above, _)| above.to_owned());
    let below = command.get_subcommands().map(|one| format!("{name}-{}", one.get_name()));
    let pages: Vec<String> = above.into_iter().chain(below).map(|page| format!("{page}(1)")).collect();
    let mut roff = Roff::new();
    roff.control("SH", [catalog.word("cli-man-see-also").as_str()]).text([roman(pages.join(", "))]);
    roff
}

/// Writes a section of words, each with its meaning.
fn items(heading: &str, items: &[(&str, String)]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for (item, meaning) in items {
        roff.control("TP", []).text([bold(*item)]).text([roman(meaning.as_str())]);
    }
    roff
}

/// Writes the title. Text is neither justified nor hyphenated: names of options would break, and Chinese has
/// almost no spaces that could be stretched.
fn title(name: &str, catalog: &Catalog) -> Roff {
    const SECTION: &str = "1";
    const NO_DATE: &str = "\"\"";
    const SOURCE: &str = concat!("wxlicense ", env!("CARGO_PKG_VERSION"));
    let manual = catalog.word("cli-man-manual");
    let mut roff = Roff::new();
    roff.control("TH", [name, SECTION, NO_DATE, SOURCE, &manual]).control("nh", []).control("ad", ["l"]);
    roff
}

/// Prepares the command for its page: a short usage, and a heading over every argument.
fn described(command: &Command, catalog: &Catalog) -> Command {
    let heading_of = |arg: &Arg| match arg.get_help_heading() {
        Some(heading) => heading.to_owned(),
        None if arg.is_positional() => catalog.word("cli-help-arguments"),
        None => catalog.word("cli-help-options"),
    };
    let usage = usage(command, catalog);
    command
        .clone()
        .override_usage(usage)
        .subcommand_help_heading(catalog.word("cli-help-commands").to_uppercase())
        .mut_args(|arg| {
            let heading = heading_of(&arg);
            arg.help_heading(heading)
        })
}

/// Roff breaks lines at spaces alone. In its text lines, those without a dot in front, Chinese may also break
/// after a mark, or before a parenthesis opens.
fn with_break_points(page: &str) -> String {
    const BREAK_POINT: &str = "\\:";
    let mut text = String::with_capacity(page.len());
    for line in page.split_inclusive('\n') {
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            text.push(c);
            let next = chars.peek().copied().unwrap_or('\n');
            let may_break = match c {
                '，' | '；' | '：' | '、' | '。' | '）' => next.is_alphanumeric() || next == '（',
                _ => c.is_alphanumeric() && next == '（',
            };
            if may_break && !line.starts_with('.') {
                text.push_str(BREAK_POINT);
            }
        }
    }
    text
}

/// Takes a section that `clap_mangen` writes, under a different heading.
fn section(
    page: &mut Vec<u8>,
    heading: &str,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    let text = without_preamble(write)?;
    let (_, body) = text.split_once('\n').unwrap_or_default();
    page.write_all(Roff::new().control("SH", [heading]).to_roff().as_bytes())?;
    page.write_all(body.as_bytes())
}

/// Takes sections whose headings are right already.
fn own_headings(
    page: &mut Vec<u8>,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    page.write_all(without_preamble(write)?.as_bytes())
}

/// Removes everything before the first heading: the title has the definitions already.
fn without_preamble(write: impl FnOnce(&mut dyn Write) -> Result<(), Error>) -> Result<String, Error> {
    let mut text = Vec::new();
    write(&mut text)?;
    let text = String::from_utf8(text).map_err(Error::other)?;
    Ok(text.find(".SH ").map(|at| text[at..].to_owned()).unwrap_or_default())
}

/// Splits the text below the arguments into notes (paragraphs) and examples (a title and indented lines).
fn notes_and_examples(text: &str, catalog: &Catalog) -> (Roff, Roff) {
    let (mut notes, mut examples) = (Roff::new(), Roff::new());
    examples.control("SH", [catalog.word("cli-man-examples").as_str()]).control("nf", []);
    for line in text.lines().filter(|line| line.starts_with(' ')) {
        examples.text([roman(line.trim_start())]);
    }
    examples.control("fi", []);
    let paragraphs = text.lines().take_while(|line| !line.starts_with(' ')).filter(|line| !line.is_empty());
    let paragraphs: Vec<&str> = paragraphs.collect();
    if let Some((_title, paragraphs @ [_, ..])) = paragraphs.split_last() {
        notes.control("SH", [catalog.word("cli-man-notes").as_str()]);
        for paragraph in paragraphs {
            notes.control("PP", []).text([roman(*paragraph)]);
        }
    }
    (notes, examples)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use wxlicense::diagnostic::lang::Lang;

    use super::*;
    use crate::cli::{Cli, help};

    fn text(command: &Command, catalog: &Catalog) -> String {
        String::from_utf8(page(command, command.get_name(), catalog).unwrap()).unwrap()
    }

    #[test]
    fn chinese_pages_have_no_english_frame() {
        let catalog = Catalog::new(Lang::Zh);
        let mut program = help::command(&catalog);
        program.build();
        for command in std::iter::once(&program).chain(program.get_subcommands()) {
            let page = text(command, &catalog);
            let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
            assert!(headings.len() >= 4, "{headings:?}");
            assert!(headings.iter().all(|heading| !heading.is_ascii()), "{headings:?}");
            for english in ["Possible values", "[default", "OPTIONS", "Usage"] {
                assert!(!page.contains(english), "{english} in {page}");
            }
        }
    }

    #[test]
    fn chinese_breaks_after_marks_and_never_before_them() {
        assert_eq!(
            with_break_points(".SH 一，二\n一，二（三）、四。\n"),
            ".SH 一，二\n一，\\:二\\:（三）、\\:四。\n"
        );
        let mut program = Cli::command();
        program.build();
        let english = text(&program, &Catalog::new(Lang::En));
        assert!(english.contains(".SH SYNOPSIS\n\\fBwxlicense\\fR [OPTIONS] <COMMAND>\n"), "{english}");
    }
}
