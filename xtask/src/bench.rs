//! `cargo xtask bench`: the ratios to other implementations, measured side by side in one run.

use crate::command::{cargo, node, run as run_command, timed};
use crate::test::surround;
use crate::{Outcome, setup, wasm};
use std::path::Path;

const SCRIPT: &str = "tests/browser/bench.mjs";

/// Builds everything optimized and runs the measuring script, whose output is passed through.
pub(crate) fn run() -> Outcome {
    if !Path::new(SCRIPT).is_file() {
        return Err(format!("{SCRIPT} is missing; there is nothing to measure yet"));
    }
    setup::install()?;
    let chromium = setup::find_chromium()?;
    wasm::build()?;
    timed("building the command-line program", || {
        run_command(&mut cargo(&["build", "--release", "--bin", "adam-scope"])?)
    })?;
    let mut command = node(&[SCRIPT]);
    surround(&mut command, &chromium, Path::new("www"), "release")?;
    run_command(&mut command)
}
