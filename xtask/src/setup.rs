//! Makes ready what the other tasks need: the wasm target, the npm packages, the linters, a Chromium.

use crate::Outcome;
use crate::command::{ask, run, timed};
use crate::files::{read, write};
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: u32 = 20;
const LOCK: &str = "package-lock.json";
/// A copy of the lock file that the installed packages come from.
const INSTALLED_LOCK: &str = "node_modules/.installed-lock.json";
const CHROMIUM_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Makes ready what a build needs.
pub(crate) fn install() -> Outcome {
    add_wasm_target()?;
    check_node()?;
    install_locked(Path::new("."), "installing the npm packages")
}

/// Adds rustfmt and Clippy, which a minimal toolchain lacks.
pub(crate) fn add_linters() -> Outcome {
    let installed = ask("rustup", &["component", "list", "--installed"]).unwrap_or_default();
    for component in ["rustfmt", "clippy"] {
        if !installed.lines().any(|line| line.starts_with(component)) {
            timed(&format!("adding {component}"), || {
                run(Command::new("rustup").args(["component", "add", component]).stdout(Stdio::null()))
            })?;
        }
    }
    Ok(())
}

/// Finds a Chromium, installing one where apt-get can.
pub(crate) fn find_chromium() -> Outcome<PathBuf> {
    if let Some(path) = env::var_os("CHROME_PATH").filter(|path| !path.is_empty()).map(PathBuf::from) {
        let missing = format!("CHROME_PATH is {}, and there is no such file; correct or unset it", path.display());
        return if path.is_file() { Ok(path) } else { Err(missing) };
    }
    if let Some(path) = chromium_on_path() {
        return Ok(path);
    }
    if on_path("apt-get").is_some() {
        timed("installing Chromium by apt-get", install_chromium)?;
    }
    chromium_on_path().ok_or_else(|| {
        "no Chromium found; install Chromium or Chrome, or set CHROME_PATH to its program file".to_owned()
    })
}

fn add_wasm_target() -> Outcome {
    let installed = ask("rustup", &["target", "list", "--installed"])
        .ok_or("rustup is missing or has no toolchain; install Rust by rustup")?;
    if installed.lines().any(|line| line == WASM_TARGET) {
        return Ok(());
    }
    timed("adding the wasm target", || run(Command::new("rustup").args(["target", "add", WASM_TARGET])))
}

fn check_node() -> Outcome {
    let version = ask("node", &["--version"]).ok_or("Node.js is missing; install version 20 or newer, with npm")?;
    if node_major(&version).is_some_and(|major| major >= OLDEST_NODE) {
        return Ok(());
    }
    Err(format!("Node.js is {version}; version {OLDEST_NODE} or newer is needed"))
}

/// The 20 of `v20.11.1`.
fn node_major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Installs the npm packages of a folder's lock file, unless those of this very file are there.
pub(crate) fn install_locked(folder: &Path, step: &str) -> Outcome {
    let lock = folder.join(LOCK);
    let stamp = folder.join(INSTALLED_LOCK);
    let wanted = read(&lock)?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    ask(npm, &["--version"]).ok_or("npm is missing; install it, it comes with Node.js")?;
    // Without their scripts: no package needs its own, and esbuild's would replace the file that Node.js runs.
    let words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    timed(step, || run(Command::new(npm).args(words).current_dir(folder).stdout(Stdio::null())))?;
    write(&stamp, &wanted)
}

fn install_chromium() -> Outcome {
    let is_root = ask("id", &["-u"]).is_some_and(|id| id == "0");
    for words in [&["apt-get", "update"][..], &["apt-get", "install", "-y", "chromium"]] {
        let words = if is_root { words.to_vec() } else { [&["sudo", "-n"], words].concat() };
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
        run(&mut command).map_err(|error| {
            format!("{error}; install Chromium or Chrome yourself, or set CHROME_PATH to its program file")
        })?;
    }
    Ok(())
}

fn chromium_on_path() -> Option<PathBuf> {
    CHROMIUM_NAMES.iter().find_map(|name| on_path(name))
}

/// The program's file, if a folder of PATH has it.
fn on_path(program: &str) -> Option<PathBuf> {
    in_folders(&env::var_os("PATH")?, program)
}

/// The first such file in a list of folders that is written as PATH is.
fn in_folders(folders: &OsStr, program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(folders).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(node_major("v20.11.1"), Some(20));
        assert_eq!(node_major("20"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_is_a_file_and_may_lie_in_a_later_folder() {
        let folders = concat!("/nowhere:", env!("CARGO_MANIFEST_DIR"));
        let expected = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        assert_eq!(in_folders(OsStr::new(folders), "Cargo.toml"), Some(PathBuf::from(expected)));
        assert_eq!(in_folders(OsStr::new(folders), "src"), None);
    }
}
