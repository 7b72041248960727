//! Links the released program so that it starts quickly, on GNU/Linux with the archives of the C library installed. Read
//! [`link_for_quick_start`] first. `benches/README.md` has what each step brings.
//!
//! Loading three shared libraries took as long as the rest of a short command, so they are linked in; writing addresses into
//! 70 pages took a tenth, so the addresses are fixed; and what a short command runs was on 90 pieces of the file, so that it
//! is put together. `-C target-feature=+crt-static` and `-C relocation-model=static` do the first two as well, but only as flags
//! of the whole build, and then no procedural macro can be built without naming a target. So the linker is told, and finds, by
//! the names of the shared libraries that rustc asks for, lists of archives.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context as _, Result};

/// The shared libraries of a Rust program, each with the archives that have the same functions, and those that these need.
const LIBRARIES: [(&str, &[&str]); 7] = [
    ("c", &["libc.a", "libgcc_eh.a", "libgcc.a"]),
    ("dl", &["libdl.a"]),
    ("gcc_s", &["libgcc_eh.a", "libgcc.a"]),
    ("m", &["libm.a"]),
    ("pthread", &["libpthread.a"]),
    ("rt", &["librt.a"]),
    ("util", &["libutil.a"]),
];

/// Has the programs of a release linked for a quick start, as far as the linker can; all other builds are linked as usual.
pub fn link_for_quick_start() -> Result<()> {
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    if !is_native_release()? {
        return Ok(());
    }
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("link");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let Some(library_path) = name_archives(&folder)? else { return Ok(()) };
    let mut arguments = vec![library_path, "-static".to_owned(), "-no-pie".to_owned()];
    if !links(&folder, &arguments)? {
        return Ok(());
    }
    arguments.push(order_functions(&folder)?);
    if !links(&folder, &arguments)? {
        arguments.pop();
    }
    arguments.iter().for_each(|argument| println!("cargo::rustc-link-arg-bins={argument}"));
    Ok(())
}

/// Returns true for an optimised build for the machine that builds, if that is GNU/Linux on a processor whose C library can
/// be linked so.
fn is_native_release() -> Result<bool> {
    let is_native = env::var("HOST")? == env::var("TARGET")?;
    let is_gnu = env::var("CARGO_CFG_TARGET_OS")? == "linux" && env::var("CARGO_CFG_TARGET_ENV")? == "gnu";
    let is_known = ["x86_64", "aarch64"].contains(&env::var("CARGO_CFG_TARGET_ARCH")?.as_str());
    // A sanitizer brings libraries of its own.
    let is_plain = env::var_os("CARGO_CFG_SANITIZE").is_none();
    Ok(is_native && is_gnu && is_known && is_plain && env::var("PROFILE")? == "release")
}

/// Writes lists of archives under the names of shared libraries, and returns the argument that has them found; `None` where
/// an archive is not installed.
fn name_archives(folder: &Path) -> Result<Option<String>> {
    let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    for (library, archives) in LIBRARIES {
        let Some(paths) = archives.iter().map(|archive| find(&linker, archive)).collect::<Option<Vec<_>>>()
        else {
            return Ok(None);
        };
        let list: Vec<String> = paths.iter().map(|path| format!("\"{}\"", path.display())).collect();
        // LLVM's linker looks for the one name, GNU's for the other.
        for ending in ["so", "a"] {
            let file = folder.join(format!("lib{library}.{ending}"));
            fs::write(file, format!("GROUP ( {} )\n", list.join(" ")))?;
        }
    }
    Ok(Some(format!("-L{}", folder.display())))
}

/// Returns the path of an archive that the linker knows.
fn find(linker: &str, archive: &str) -> Option<PathBuf> {
    let output = Command::new(linker).arg(format!("-print-file-name={archive}")).output().ok()?;
    let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    // An archive that is not found comes back as its mere name.
    (path.is_absolute() && path.exists()).then_some(path)
}

/// Writes a linker script that puts the functions of `build/startup.txt` together, and returns the argument for it. A
/// function of the list that the program no longer has is of no effect.
fn order_functions(folder: &Path) -> Result<String> {
    const LIST: &str = "build/startup.txt";
    let list = fs::read_to_string(Path::new(&env::var("CARGO_MANIFEST_DIR")?).join(LIST)).context(LIST)?;
    let mut script = String::from("SECTIONS {\n  .text.startup : {\n");
    for function in list.lines().filter(|line| !line.starts_with('#')) {
        writeln!(script, "    *(.text.{function}*)")?;
    }
    script += "  }\n}\nINSERT BEFORE .text;\n";
    let path = folder.join("startup.ld");
    fs::write(&path, script)?;
    Ok(format!("-T{}", path.display()))
}

/// Returns true if a small program can be linked with these arguments by the linker and the flags of this build, and runs.
fn links(folder: &Path, arguments: &[String]) -> Result<bool> {
    let (source, program) = (folder.join("probe.rs"), folder.join("probe"));
    fs::write(&source, "fn main() { println!(\"{:?}\", std::env::args()) }")?;
    let mut rustc = Command::new(env::var("RUSTC")?);
    rustc.arg(&source).arg("-o").arg(&program).args(["-C", "panic=abort"]);
    if let Ok(linker) = env::var("RUSTC_LINKER") {
        rustc.arg(format!("-Clinker={linker}"));
    }
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    rustc.args(flags.split('\u{1f}').filter(|flag| !flag.is_empty()));
    rustc.args(arguments.iter().map(|argument| format!("-Clink-arg={argument}")));
    let is_linked = rustc.output().is_ok_and(|output| output.status.success());
    Ok(is_linked && Command::new(&program).output().is_ok_and(|output| output.status.success()))
}
