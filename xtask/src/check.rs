//! `cargo xtask check`: formatting, lints, documentation, and the types of the JavaScript.

use crate::Outcome;
use crate::command::{cargo, node, run, timed};
use crate::tally::Tally;

/// A named step.
type Step = (&'static str, fn() -> Outcome);

const STEPS: [Step; 5] = [
    ("formatting", || run(&mut cargo(&["fmt", "--all", "--check"])?)),
    ("lints", || run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?)),
    ("lints for WebAssembly", || {
        let target = ["--target", "wasm32-unknown-unknown"];
        run(cargo(&["clippy", "--all-targets"])?.args(target).args(["--", "-D", "warnings"]))
    }),
    ("documentation", || run(cargo(&["doc", "--workspace", "--no-deps"])?.env("RUSTDOCFLAGS", "-D warnings"))),
    ("types of the JavaScript", || run(&mut node(&["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"]))),
];

/// Runs every step, also after one that failed, and prints which failed. Needs the package of a build for its types.
pub(crate) fn run_steps(steps: &[Step]) -> Tally {
    let mut tally = Tally::default();
    let mut failures = Vec::new();
    for (name, step) in steps {
        let outcome = timed(&format!("checking: {name}"), step);
        tally += Tally::of(outcome.is_ok());
        failures.extend(outcome.err().map(|message| format!("{name}: {message}")));
    }
    for failure in &failures {
        println!("check failed: {failure}");
    }
    println!("check: {} of {} steps hold", tally.passed, steps.len());
    tally
}

/// Runs the project's checks.
pub(crate) fn run_all() -> Tally {
    run_steps(&STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_after_a_failed_one_still_runs() {
        let steps: [Step; 3] = [("a", || Ok(())), ("b", || Err("no".to_owned())), ("c", || Ok(()))];
        assert_eq!(run_steps(&steps), Tally { passed: 2, failed: 1 });
    }
}
