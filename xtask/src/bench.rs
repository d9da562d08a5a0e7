//! `cargo xtask bench`: the ratios to other implementations, measured side by side in one run.

use crate::command::{cargo, node, run as run_command, timed};
use crate::test::surround;
use crate::{Outcome, dist, setup, wasm};
use std::path::Path;
use std::process::Command;

const SCRIPT: &str = "tests/browser/bench.mjs";
/// What many elements on one page cost, on the built site.
const EMBEDS: &str = "tests/browser/bench-embed.mjs";
/// Where the libraries are put that are measured beside the core, and which they are. Nothing else needs them.
const PEERS: &str = "target/xtask/peers";
const PEER_PACKAGES: [&str; 2] = ["@tensorflow/tfjs@4.22.0", "fmin@0.0.4"];

/// Installs the libraries, unless they are there.
fn install_peers() -> Outcome<&'static str> {
    if !Path::new(PEERS).join("node_modules/fmin").is_dir() {
        std::fs::create_dir_all(PEERS).map_err(|error| format!("cannot make {PEERS}: {error}"))?;
        let words = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        timed("installing the libraries to compare with", || {
            run_command(Command::new("npm").args(words).args(["--prefix", PEERS]).args(PEER_PACKAGES))
        })?;
    }
    Ok(PEERS)
}

/// Builds everything optimized and runs the measuring script, whose output is passed through.
pub(crate) fn run() -> Outcome {
    if !Path::new(SCRIPT).is_file() {
        return Err(format!("{SCRIPT} is missing; there is nothing to measure yet"));
    }
    setup::install()?;
    let chromium = setup::find_chromium()?;
    wasm::build()?;
    dist::write()?;
    timed("building the command-line program", || {
        run_command(&mut cargo(&["build", "--release", "--bin", "adam-scope"])?)
    })?;
    let rivals = timed("building what it is measured against", wasm::build_rivals)?;
    let peers = install_peers()?;
    let mut command = node(&[SCRIPT]);
    command.env("ADAM_SCOPE_RIVALS", rivals).env("ADAM_SCOPE_PEERS", peers);
    surround(&mut command, &chromium, Path::new("www"), "release")?;
    run_command(&mut command)?;
    let mut command = node(&[EMBEDS]);
    surround(&mut command, &chromium, Path::new(dist::SITE), "release")?;
    run_command(&mut command)
}
