//! What the recipes of `examples/` are made with: packages of their own, and mdBook. Only their tests need them.

use crate::Outcome;
use crate::command::{ask, cargo, run, timed};
use crate::setup::install_locked;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Where the packages are installed and copies of the recipes are made.
pub(crate) const FOLDER: &str = "target/xtask/recipes";
const SOURCES: &str = "examples";
const TOOLS: &str = "target/xtask/tools";
const MDBOOK_VERSION: &str = "0.5.4";

/// Installs both, unless they are there.
pub(crate) fn install() -> Outcome {
    install_packages()?;
    install_mdbook()
}

/// The program of mdBook.
pub(crate) fn mdbook() -> PathBuf {
    Path::new(TOOLS).join("bin").join(format!("mdbook{}", std::env::consts::EXE_SUFFIX))
}

fn install_packages() -> Outcome {
    let folder = Path::new(FOLDER);
    fs::create_dir_all(folder).map_err(|error| format!("cannot make {FOLDER}: {error}"))?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        crate::files::copy(&Path::new(SOURCES).join(file), &folder.join(file))?;
    }
    install_locked(folder, "installing the packages of the recipes")
}

/// Compiled without optimization: it makes a book of one chapter.
fn install_mdbook() -> Outcome {
    let wanted = format!("mdbook v{MDBOOK_VERSION}");
    if mdbook().to_str().and_then(|program| ask(program, &["--version"])) == Some(wanted) {
        return Ok(());
    }
    let root = std::env::current_dir().map_err(|error| format!("cannot tell the folder: {error}"))?.join(TOOLS);
    let words =
        ["install", "mdbook", "--version", MDBOOK_VERSION, "--locked", "--no-default-features", "--debug", "--quiet"];
    timed("installing mdBook", || {
        // In a target folder that cargo throws away: it is half a gigabyte.
        run(cargo(&words)?.arg("--force").arg("--root").arg(root).env_remove("CARGO_TARGET_DIR").stdout(Stdio::null()))
    })
}
