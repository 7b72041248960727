//! Writes a page of help in the reader's language: clap's own has fixed English words, and breaks lines at
//! spaces only, which Chinese does not have. Read [`page`] first.

use std::fmt::Write as _;

use clap::builder::{StyledStr, Styles};
use clap::{Arg, Command};
use textwrap::core::display_width;
use wxlicense::diagnostic::lang::{Catalog, Message};

/// Writes the usages of a command, one a line, in the catalog's language. The command must be built.
pub fn usage(command: &Command, catalog: &Catalog) -> String {
    let usage = command.clone().render_usage().to_string();
    let ways = usage.trim().strip_prefix(CLAPS_TITLE).unwrap_or(&usage).lines().map(str::trim);
    let options = format!("[{}]", catalog.word("cli-help-options").to_uppercase());
    ways.map(|way| way.replace(CLAPS_OPTIONS, &options)).collect::<Vec<_>>().join("\n")
}

/// Writes the page of a built command in the catalog's language, for a width in columns.
pub fn page(command: &Command, catalog: &Catalog, width: usize) -> StyledStr {
    let mut page = HelpPage {
        catalog,
        width,
        styles: command.get_styles().clone(),
        specs: specs_width(command),
        text: String::new(),
    };
    page.about(command);
    page.usage(&usage(command, catalog));
    page.subcommands(command);
    page.arguments(command);
    page.after(command);
    StyledStr::from(page.text)
}

/// Title that clap puts before a usage.
const CLAPS_TITLE: &str = "Usage:";

/// Placeholder that clap puts into a usage for optional options.
const CLAPS_OPTIONS: &str = "[OPTIONS]";

/// Columns between an argument and its text.
const GAP: usize = 2;

/// Columns before an argument.
const MARGIN: usize = 2;

/// Column of a text that has a line of its own.
const OWN_LINE: usize = 10;

/// Least width in columns of a text beside its argument.
const LEAST_ROOM: usize = 40;

struct HelpPage<'c> {
    catalog: &'c Catalog,
    width: usize,
    styles: Styles,
    /// Width in columns of the widest argument.
    specs: usize,
    text: String,
}

impl HelpPage<'_> {
    fn about(&mut self, command: &Command) {
        let about = command.get_long_about().or_else(|| command.get_about());
        for line in about.map(ToString::to_string).unwrap_or_default().lines() {
            for line in wrapped(line, self.width) {
                self.text += &format!("{line}\n");
            }
        }
        self.text.push('\n');
    }

    fn usage(&mut self, usage: &str) {
        let (style, title) = (*self.styles.get_usage(), self.catalog.word("cli-help-usage"));
        let indent = display_width(&title);
        let _ = write!(self.text, "{style}{title}{style:#}");
        for (number, way) in usage.lines().enumerate() {
            let before = if number == 0 { 0 } else { indent };
            let _ = writeln!(self.text, "{:before$}{way}", "");
        }
    }

    fn subcommands(&mut self, command: &Command) {
        if !command.has_subcommands() {
            return;
        }
        self.heading(&self.catalog.word("cli-help-commands"));
        let names = command.get_subcommands().map(|one| display_width(one.get_name())).max().unwrap_or(0);
        for subcommand in command.get_subcommands() {
            let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
            self.item(subcommand.get_name(), &about, MARGIN + names + GAP);
        }
    }

    /// Writes the arguments under each heading, those with a display order first.
    fn arguments(&mut self, command: &Command) {
        let mut arguments: Vec<&Arg> = command.get_arguments().filter(|arg| !arg.is_hide_set()).collect();
        arguments.sort_by_key(|arg| (!arg.is_positional(), arg.get_display_order(), arg.get_long()));
        let mut headings: Vec<&str> = Vec::new();
        for heading in arguments.iter().filter_map(|arg| arg.get_help_heading()) {
            if !headings.contains(&heading) {
                headings.push(heading);
            }
        }
        let beside = MARGIN + self.specs + GAP;
        let column = if self.width < beside + LEAST_ROOM { OWN_LINE } else { beside };
        for heading in headings {
            self.heading(heading);
            for arg in arguments.iter().filter(|arg| arg.get_help_heading() == Some(heading)) {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                self.item(&spec(arg), &help, column);
            }
        }
    }

    /// Writes paragraphs, and examples, which are indented and stay as they are.
    fn after(&mut self, command: &Command) {
        let Some(after) = command.get_after_help().map(ToString::to_string) else { return };
        self.text.push('\n');
        for line in after.lines() {
            match line.starts_with(' ') {
                true => self.text += &format!("{line}\n"),
                false => wrapped(line, self.width).iter().for_each(|line| self.text += &format!("{line}\n")),
            }
        }
    }

    fn heading(&mut self, heading: &str) {
        let style = *self.styles.get_header();
        let title = self.catalog.text(&Message::new("cli-help-heading").with("heading", heading));
        let _ = write!(self.text, "\n{style}{title}{style:#}\n");
    }

    /// Writes an argument and, from a column on, its text: beside it if there is room, else below.
    fn item(&mut self, typed: &str, meaning: &str, column: usize) {
        let style = *self.styles.get_literal();
        let _ = write!(self.text, "{:MARGIN$}{style}{typed}{style:#}", "");
        let mut at = MARGIN + display_width(typed);
        if at + GAP > column {
            self.text.push('\n');
            at = 0;
        }
        for line in wrapped(meaning, self.width.saturating_sub(column)) {
            let _ = writeln!(self.text, "{:before$}{line}", "", before = column - at);
            at = 0;
        }
    }
}

/// Returns the width in columns of a command's widest argument.
fn specs_width(command: &Command) -> usize {
    command.get_arguments().map(|arg| display_width(&spec(arg))).max().unwrap_or(0)
}

/// Writes an argument as it is typed.
fn spec(arg: &Arg) -> String {
    match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(_)) => format!("-{short}, {arg}"),
        (None, Some(_)) => format!("    {arg}"),
        _ => arg.to_string(),
    }
}

/// Wraps a text to a width in columns. An option's name is never broken at its hyphens.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    const UNBROKEN: &str = "\u{2011}";
    let options = textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
    let text = text.replace('-', UNBROKEN);
    textwrap::wrap(&text, options).iter().map(|line| line.replace(UNBROKEN, "-")).collect()
}
