//! Finds where each text of `locales/` begins and ends, so that the program need not search for it. Read [`index_texts`]
//! first.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context as _, Result};

/// Writes the files of texts with their indices as a Rust expression, which `src/diagnostic/lang/texts.rs` includes.
pub fn index_texts() -> Result<()> {
    println!("cargo::rerun-if-changed=locales");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("locales");
    let mut code = String::from("&[\n");
    for file in names(&folder.join("en"))? {
        let prefix = file.strip_suffix(".ftl").context(file.clone())?;
        let en = indexed(&folder.join("en").join(&file))?;
        let zh = indexed(&folder.join("zh").join(&file))?;
        writeln!(code, "TextFile {{ prefix: {prefix:?}, en: {en}, zh: {zh} }},")?;
    }
    code += "]\n";
    Ok(fs::write(PathBuf::from(env::var("OUT_DIR")?).join("texts.rs"), code)?)
}

fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Returns a file as a Rust expression: its text, and the spans of its entries by id.
fn indexed(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mut starts: Vec<usize> = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        // An entry goes on in indented lines and blank ones, and may close a list of variants in the first column.
        if line.starts_with(|first: char| !first.is_whitespace() && first != '}') {
            starts.push(offset);
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut entries: Vec<(&str, usize, usize)> = (starts.iter().zip(ends))
        .filter_map(|(&start, end)| Some((text[start..end].split_once(" =")?.0, start, end)))
        .filter(|(id, ..)| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
        .collect();
    entries.sort_unstable();
    let spans: Vec<_> = entries.iter().map(|&(id, start, end)| (start, start + id.len(), end)).collect();
    Ok(format!("Texts {{ text: include_str!({:?}), entries: &{spans:?} }}", file.display().to_string()))
}
