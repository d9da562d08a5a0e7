//! The verdict on every surface at rates from far too low to far too high, as a table that is read by eye.
#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;
use std::{env, fs};

use adam_scope::{Config, Optimizer, Surface, shortest};

/// Where the table lies; `ADAM_SCOPE_BLESS=1` rewrites it, except under CI.
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/calibration.txt");

const OPTIMIZERS: [&str; 3] = ["adam", "sgd", "momentum"];
const RATES: [f64; 9] = [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.3, 1.0, 3.0, 10.0];
const STEPS: [usize; 2] = [200, 2000];

fn table() -> String {
    let mut table = String::new();
    for surface in Surface::ALL.iter().map(|surface| surface.facts().name) {
        for optimizer in OPTIMIZERS.iter().filter(|name| Optimizer::by_name(name).is_some()) {
            for steps in STEPS {
                let rates = RATES.map(shortest).join(",");
                let query = format!("surface={surface}&optimizer={optimizer}&lr={rates}&steps={steps}");
                let config: Config = query.parse().unwrap_or_else(|error| panic!("{query}: {error}"));
                for run in config.runs() {
                    let found = config.diagnose(&run, &config.descend(&run));
                    let (rating, verdict) = (found.rating.words(), found.verdict.name());
                    let lr = shortest(run.lr);
                    writeln!(
                        table,
                        "{surface:18} {optimizer:8} {lr:>7} {steps:>4}  {rating:11}  {verdict:10}  {}",
                        found.message
                    )
                    .expect("a text takes all that is written");
                }
            }
        }
        table.push('\n');
    }
    table
}

#[test]
fn every_verdict_is_as_it_was_read_by_eye() {
    let table = table();
    if env::var_os("ADAM_SCOPE_BLESS").is_some() && env::var_os("CI").is_none() {
        fs::write(TABLE, &table).expect("the table can be written");
    }
    let read = fs::read_to_string(TABLE).unwrap_or_default();
    let differing: Vec<_> =
        table.lines().zip(read.lines().chain([""; 1].into_iter().cycle())).filter(|(a, b)| a != b).collect();
    assert!(table == read, "{} lines differ, such as {:#?}", differing.len(), differing.first());
}
