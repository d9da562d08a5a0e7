//! The project's tasks: `cargo xtask help`.

mod bench;
mod bundle;
mod check;
mod command;
mod dist;
mod entries;
mod files;
mod fingerprint;
mod http;
mod offline;
mod package;
mod recipes;
mod scripts;
mod serve;
mod setup;
mod site;
mod size;
mod split;
mod tally;
mod test;
mod wasm;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

/// What a task gives back: a value, or one line saying what failed and how to fix it.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
The tasks of Adam Scope: cargo xtask TASK

  setup                     add the wasm target, install the npm packages, find a Chromium
  build                     compile src/ to WebAssembly in www/pkg/
  serve [--port N] [--watch]
                            build, then serve www/ on 127.0.0.1 (port 8000, or the next free one);
                            --watch rebuilds when src/ changes
  check                     formatting, lints, documentation, types of the JavaScript
  test [--only PART]        run every test; PART is check, rust, size, browser
                            or recipes
  dist                      write the static site to dist/, scripts and style sheets minified
  bench                     print the ratios to other implementations
  help                      print this

Needs Rust by rustup and Node.js 20 or newer with npm. The browser tests and the bench also need a Chromium:
the one that CHROME_PATH names, else one on PATH, else one that apt-get installs.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match enter_root().and_then(|()| run(&words)) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the task that the words name.
fn run(words: &[&str]) -> Outcome<ExitCode> {
    let done = ExitCode::SUCCESS;
    match words {
        [] | ["help" | "--help" | "-h"] => println!("{HELP}"),
        ["setup"] => {
            setup::install()?;
            setup::add_linters()?;
            let chromium = setup::find_chromium()?;
            println!("ready; Chromium is {}", chromium.display());
        }
        ["build"] => {
            setup::install()?;
            wasm::build()?;
        }
        ["serve", options @ ..] => serve::run(options)?,
        ["check"] => {
            setup::install()?;
            setup::add_linters()?;
            wasm::build()?;
            return Ok(check::run_all().exit_code());
        }
        ["test", options @ ..] => return test::run(options),
        ["dist"] => {
            setup::install()?;
            wasm::build()?;
            dist::write()?;
            dist::print_sizes()?;
        }
        ["bench"] => bench::run()?,
        _ => return Err(format!("no task `{}`; see `cargo xtask help`", words.join(" "))),
    }
    Ok(done)
}

/// Enters the workspace's root, so that every path in the tasks is relative to it.
fn enter_root() -> Outcome {
    let root = env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .and_then(|crate_folder| crate_folder.parent().map(PathBuf::from))
        .ok_or("started without cargo; use `cargo xtask`")?;
    command::target_folder()?;
    env::set_current_dir(&root).map_err(|error| format!("cannot enter {}: {error}", root.display()))
}
