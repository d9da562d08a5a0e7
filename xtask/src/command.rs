//! Runs other programs, and says so when one fails.

use crate::Outcome;
use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

/// Cargo's target folder, wherever the settings put it: this program lies in its `debug/`.
pub(crate) fn target_folder() -> Outcome<&'static Path> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    // Asked once, at the start: a later build may replace the running file.
    let folder = FOLDER.get_or_init(|| Some(env::current_exe().ok()?.parent()?.parent()?.to_path_buf()));
    folder.as_deref().ok_or_else(|| "cannot tell where cargo's target folder is".to_owned())
}

/// A cargo command, with the words given, on the same target folder as this program.
pub(crate) fn cargo(words: &[&str]) -> Outcome<Command> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(words).env("CARGO_TARGET_DIR", target_folder()?);
    Ok(command)
}

/// A Node.js command, with the words given.
pub(crate) fn node(words: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.args(words);
    command
}

/// Runs the command to its end with this program's streams; its failure is an error.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("cannot start `{}`: {error}", line(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line(command))) }
}

/// Runs the command, prints its standard output line by line as it comes, and gives it back with whether it succeeded.
pub(crate) fn run_and_keep(command: &mut Command) -> Outcome<(String, bool)> {
    let name = line(command);
    let failure = |error| format!("cannot run `{name}`: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failure)?;
    let mut kept = String::new();
    for text in child.stdout.take().map(BufReader::new).into_iter().flat_map(|output| output.split(b'\n')) {
        let text = text.map_err(failure)?;
        let text = String::from_utf8_lossy(&text);
        println!("{text}");
        kept.push_str(&text);
        kept.push('\n');
    }
    let status = child.wait().map_err(failure)?;
    Ok((kept, status.success()))
}

/// The standard output of a short command, trimmed; nothing when it is missing or fails.
pub(crate) fn ask(program: &str, words: &[&str]) -> Option<String> {
    let output = Command::new(program).args(words).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Announces the step, runs it, and prints how long it took.
pub(crate) fn timed<T>(step: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    eprintln!("==> {step}");
    let start = Instant::now();
    let outcome = work();
    let end = if outcome.is_ok() { "done" } else { "FAILED" };
    eprintln!("    {step}: {end} after {:.1} s", start.elapsed().as_secs_f64());
    outcome
}

/// The command as one line of text, its program by name alone.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let words = program.file_name().into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
