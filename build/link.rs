//! Links the C library into the released program, on GNU/Linux with its archives installed: loading the three shared
//! libraries took as long as the rest of a short command. Read [`link_statically`] first.
//!
//! `-C target-feature=+crt-static` does the same, but only as a flag of the whole build, and then no procedural macro can be
//! built without naming a target. So the linker is told to make a static program, still at an address of chance, and finds,
//! by the names of the shared libraries that rustc asks for, lists of archives.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context as _, Result};

/// The shared libraries of a Rust program, each with the archives that have the same functions.
const LIBRARIES: [(&str, &[&str]); 7] = [
    ("c", &["libc.a"]),
    ("dl", &["libdl.a"]),
    ("gcc_s", &["libgcc_eh.a", "libgcc.a"]),
    ("m", &["libm.a"]),
    ("pthread", &["libpthread.a"]),
    ("rt", &["librt.a"]),
    ("util", &["libutil.a"]),
];

/// Has the programs of a release linked statically where all archives are there; else, and in all other builds, as usual.
pub fn link_statically() -> Result<()> {
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    if !is_native_release()? {
        return Ok(());
    }
    let folder = Path::new(&env::var("OUT_DIR")?).join("static");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    for (library, archives) in LIBRARIES {
        let Some(paths) = archives.iter().map(|archive| find(&linker, archive)).collect::<Option<Vec<_>>>()
        else {
            return Ok(());
        };
        let list: Vec<String> = paths.iter().map(|path| format!("\"{}\"", path.display())).collect();
        fs::write(folder.join(format!("lib{library}.so")), format!("GROUP ( {} )\n", list.join(" ")))?;
    }
    println!("cargo::rustc-link-arg-bins=-L{}", folder.display());
    println!("cargo::rustc-link-arg-bins=-static-pie");
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

/// Returns the path of an archive that the linker knows.
fn find(linker: &str, archive: &str) -> Option<PathBuf> {
    let output = Command::new(linker).arg(format!("-print-file-name={archive}")).output().ok()?;
    let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    // An archive that is not found comes back as its mere name.
    (path.is_absolute() && path.exists()).then_some(path)
}
