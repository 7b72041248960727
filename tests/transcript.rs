//! Pages of commands and their output. A page goes in; [`answered`] and [`shown`] run its commands and return
//! the page as it must read.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::process::{Command, Stdio};

/// Returns a page of cases with the output of the program: a heading each, prose, the command line in a block
/// of `console`, standard input if it reads any, then the streams and the status if it is not zero.
pub fn answered(page: &str) -> String {
    cases(page).into_iter().map(|case| answer(&case)).collect::<Vec<_>>().join("\n")
}

/// Returns a page in which every block of `console` shows a command and both of its streams as a terminal would,
/// then its status if it is not zero, asked for as in a shell.
pub fn shown(page: &str) -> String {
    let mut text = String::new();
    let mut done = 0;
    for block in blocks(page).iter().filter(|block| block.info == "console") {
        let line = block.body.lines().next().unwrap_or_default();
        let (mut reader, writer) = std::io::pipe().unwrap();
        let mut command = command(line);
        let mut child =
            command.stdin(Stdio::null()).stdout(writer.try_clone().unwrap()).stderr(writer).spawn().unwrap();
        drop(command);
        let mut output = String::new();
        reader.read_to_string(&mut output).unwrap();
        let status = child.wait().unwrap().code().unwrap();
        let status = if status == 0 { String::new() } else { format!("$ echo $?\n{status}\n") };
        let now = format!("{line}\n{}{status}", output.replace("\r\n", "\n"));
        // A blank line at the end of a block has no meaning.
        let now = if now.trim_end() == block.body.trim_end() { block.body } else { &now };
        text.push_str(&page[done..block.start]);
        writeln!(text, "```console\n{now}```").unwrap();
        done = block.end;
    }
    text + &page[done..]
}

/// A block between fences.
pub struct Block<'p> {
    /// The word after the opening fence.
    pub info: &'p str,
    /// The lines between the fences.
    pub body: &'p str,
    /// Byte offset of the opening fence.
    start: usize,
    /// Byte offset of the end of the closing fence's line.
    end: usize,
}

/// Returns every fenced block of a page, in order.
pub fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, &str, usize, usize)> = None;
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        let end = at + line.len();
        let info = line.trim_start_matches('`');
        let fence = &line[..line.len() - info.len()];
        match open {
            None if fence.len() >= 3 => open = Some((fence, info.trim_end(), at, end)),
            Some((opened, info_of_open, start, body)) if fence == opened && info.trim_end().is_empty() => {
                blocks.push(Block { info: info_of_open, body: &page[body..at], start, end });
                open = None;
            }
            _ => {}
        }
        at = end;
    }
    assert!(open.is_none(), "a block is not closed:\n{page}");
    blocks
}

/// Returns the title, then the text of each second-level heading, without the blank line at its end.
fn cases(page: &str) -> Vec<String> {
    let blocks = blocks(page);
    let outside = |at: &usize| !blocks.iter().any(|block| (block.start..block.end).contains(at));
    let mut starts: Vec<usize> = vec![0];
    starts.extend(page.match_indices("\n## ").map(|(at, _)| at + 1).filter(outside));
    let ends = starts.iter().skip(1).copied().chain([page.len()]);
    starts.iter().zip(ends).map(|(start, end)| format!("{}\n", page[*start..end].trim_end())).collect()
}

fn answer(case: &str) -> String {
    let blocks = blocks(case);
    let Some(at) = blocks.iter().position(|block| block.info == "console") else {
        return case.to_owned();
    };
    let line = blocks[at].body.trim_end();
    let input = blocks.get(at + 1).filter(|next| case[blocks[at].end..next.start].contains("Standard input"));
    let mut child = command(line)
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        stdin.write_all(input.body.as_bytes()).unwrap();
    }
    let output = child.wait_with_output().unwrap();
    let mut text = case[..input.unwrap_or(&blocks[at]).end].to_owned();
    push_stream(&mut text, "output", &output.stdout);
    push_stream(&mut text, "error", &output.stderr);
    let status = output.status.code().unwrap();
    if status != 0 {
        writeln!(text, "\nExit status: {status}").unwrap();
    }
    text
}

/// Records a stream that is not empty, and its bytes that a block does not show.
fn push_stream(page: &mut String, name: &str, bytes: &[u8]) {
    let mut body = String::from_utf8(bytes.to_vec()).unwrap();
    if body.is_empty() {
        return;
    }
    let mut unseen = String::new();
    if let Some(rest) = body.strip_prefix('\u{feff}') {
        unseen += ", after a byte-order mark";
        body = rest.to_owned();
    }
    if body.contains('\r') {
        unseen += ", lines ended by CRLF";
        body = body.split("\r\n").collect::<Vec<_>>().join("\n");
        assert_eq!(body.matches('\n').count(), bytes.iter().filter(|byte| **byte == b'\r').count());
    }
    if !body.ends_with('\n') {
        unseen += ", without a newline at its end";
        body.push('\n');
    }
    let longest = body.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    writeln!(page, "\nStandard {name}{unseen}:\n\n{fence}text\n{body}{fence}").unwrap();
}

/// Returns the command of a line such as `$ COLUMNS=60 wxlicense quote plan.toml`, in the folder of the
/// project. It inherits no environment variables; a terminal of 100 columns is assumed.
fn command(line: &str) -> Command {
    let words =
        line.strip_prefix("$ ").and_then(shlex::split).unwrap_or_else(|| panic!("no command: {line}"));
    let mut words = words.into_iter().peekable();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxlicense"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LANG", "C.UTF-8").env("COLUMNS", "100");
    for variable in ["LC_ALL", "LC_MESSAGES", "WXLICENSE_LANG", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    while let Some((name, value)) = words.peek().and_then(|word| word.split_once('=')) {
        command.env(name, value);
        words.next();
    }
    assert_eq!(words.next().as_deref(), Some("wxlicense"), "{line}");
    command.args(words);
    command
}
