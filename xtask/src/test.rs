//! `cargo xtask test`: every test of the project, and one closing line.

use crate::command::{cargo, node, run as run_command, run_and_keep, target_folder, timed};
use crate::files::files_below;
use crate::tally::Tally;
use crate::{Outcome, check, dist, http, recipes, setup, size, wasm};
use std::env::consts::EXE_SUFFIX;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// The tests in a real browser: of the page and the element, and of what others make of them by their own tools.
const BROWSER: &str = "tests/browser";
const RECIPES: &str = "tests/recipes";

/// The parts of the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Check,
    Rust,
    Size,
    Browser,
    Recipes,
}

impl Part {
    /// As it stands after `--only`.
    fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Rust => "rust",
            Self::Size => "size",
            Self::Browser => "browser",
            Self::Recipes => "recipes",
        }
    }
}

const ALL: [Part; 5] = [Part::Check, Part::Rust, Part::Size, Part::Browser, Part::Recipes];

/// Runs the tests that the options name, all by default. The last line printed is `N passed, N failed`.
pub(crate) fn run(words: &[&str]) -> Outcome<ExitCode> {
    let parts = parse(words)?;
    let start = Instant::now();
    let prepared = prepare(&parts);
    let mut times = vec![("setting up and building", start.elapsed())];
    let tally = prepared.map_or_else(failure, |chromium| {
        let mut tally = Tally::default();
        for part in &parts {
            let start = Instant::now();
            tally += match part {
                Part::Check => check::run_all(),
                Part::Rust => timed("testing: Rust", rust).unwrap_or_else(failure),
                Part::Size => timed("testing: size", size).unwrap_or_else(failure),
                Part::Browser => timed("testing: browser", || in_browser(&chromium, BROWSER)).unwrap_or_else(failure),
                Part::Recipes => timed("testing: recipes", || recipes(&chromium)).unwrap_or_else(failure),
            };
            times.push((part.name(), start.elapsed()));
        }
        tally
    });
    println!("{}", summary(&times));
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(tally.exit_code())
}

/// One line: how long each part took, and all of them.
fn summary(times: &[(&str, Duration)]) -> String {
    let parts: Vec<_> = times.iter().map(|(part, time)| format!("{part} {:.1} s", time.as_secs_f64())).collect();
    let sum: Duration = times.iter().map(|(_, time)| *time).sum();
    format!("took {:.1} s: {}", sum.as_secs_f64(), parts.join(", "))
}

fn parse(words: &[&str]) -> Outcome<Vec<Part>> {
    let one = match words {
        [] => return Ok(ALL.to_vec()),
        ["--only", name] => ALL.into_iter().find(|part| part.name() == *name),
        _ => None,
    };
    one.map(|part| vec![part])
        .ok_or_else(|| "test: the one option is --only check, rust, size, browser or recipes".to_owned())
}

/// A part that could not run counts as one failure.
fn failure(message: impl Display) -> Tally {
    eprintln!("xtask: {message}");
    Tally::of(false)
}

/// Sets up and builds what the parts need; gives the Chromium, if one is needed.
fn prepare(parts: &[Part]) -> Outcome<PathBuf> {
    setup::install()?;
    if parts.contains(&Part::Check) {
        setup::add_linters()?;
    }
    let shows = parts.contains(&Part::Browser) || parts.contains(&Part::Recipes);
    let chromium = if shows { setup::find_chromium()? } else { PathBuf::new() };
    if parts != [Part::Rust] {
        wasm::build()?;
    }
    Ok(chromium)
}

fn rust() -> Outcome<Tally> {
    let (output, succeeded) = run_and_keep(&mut cargo(&["test", "--workspace", "--no-fail-fast"])?)?;
    Ok(Tally::of_cargo(&output, succeeded))
}

/// Two tests: the site comes out the same when it is made again, and the element's part of it is small enough.
fn size() -> Outcome<Tally> {
    dist::write()?;
    let mut tally = dist::check_repeatable().map_or_else(failure, |()| Tally::of(true));
    tally += size::check().map_or_else(failure, |()| Tally::of(true));
    Ok(tally)
}

fn recipes(chromium: &Path) -> Outcome<Tally> {
    recipes::install()?;
    in_browser(chromium, RECIPES)
}

/// Runs the folder's tests, on the site as it is now.
fn in_browser(chromium: &Path, folder: &str) -> Outcome<Tally> {
    let files = tests_in(folder)?;
    dist::write()?;
    run_command(&mut cargo(&["build", "--bin", "adam-scope"])?)?;
    // The report that is counted; the readable one goes to standard output.
    let report = Path::new("target/xtask").join(folder.replace('/', "-")).with_extension("tap");
    let _ = fs::remove_file(&report);
    let mut command = node(&["--test", "--test-concurrency=1"]);
    command.args(["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"]);
    command.arg(format!("--test-reporter-destination={}", report.display())).args(files);
    surround(&mut command, chromium, Path::new(dist::SITE), "debug")?;
    command.env("ADAM_SCOPE_RECIPES", recipes::FOLDER).env("ADAM_SCOPE_MDBOOK", recipes::mdbook());
    let succeeded = run_command(&mut command).is_ok();
    let report = fs::read_to_string(report).map_err(|error| format!("the browser tests left no report: {error}"))?;
    Ok(Tally::of_node(&report, succeeded))
}

fn tests_in(folder: &str) -> Outcome<Vec<PathBuf>> {
    let mut files = files_below(Path::new(folder))?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    if files.is_empty() { Err(format!("no tests found in {folder}/")) } else { Ok(files) }
}

/// Serves the folder, and tells the command about it, the Chromium and the command-line program of that profile.
pub(crate) fn surround(command: &mut Command, chromium: &Path, folder: &Path, profile: &str) -> Outcome {
    let listener = http::listen(0).map_err(|error| format!("cannot listen on 127.0.0.1: {error}"))?;
    let address = http::serve(folder, listener)?.address;
    let program = target_folder()?.join(profile).join(format!("adam-scope{EXE_SUFFIX}"));
    command.env("CHROME_PATH", chromium).env("ADAM_SCOPE_URL", address).env("ADAM_SCOPE_BIN", program);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_run_unless_one_is_named() {
        assert_eq!(parse(&[]), Ok(ALL.to_vec()));
        assert_eq!(parse(&["--only", "rust"]), Ok(vec![Part::Rust]));
        assert!(parse(&["--only", "rusty"]).is_err());
    }

    #[test]
    fn the_summary_names_each_part_and_the_sum() {
        let times = [("check", Duration::from_millis(1_240)), ("rust", Duration::from_millis(10_060))];
        assert_eq!(summary(&times), "took 11.3 s: check 1.2 s, rust 10.1 s");
    }
}
