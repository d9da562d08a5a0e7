//! Adam Scope against the fixtures of `tests/reference`: what PyTorch and optax compute in float64. Their README says
//! how the files are made and read. `tests/schedules.rs` reads the one of the schedules.
//!
//! A case is compared as soon as every word of its query is known; each test states how many cases that are, so that
//! a comparison cannot vanish unseen.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;

use adam_scope::{Config, Key, Optimizer, Schedule};

/// The largest error allowed, of max(1, |value|): ten times what the fixtures' twins may differ, and a thousandth of
/// what any parameter off its default changes.
const TOLERANCE: f64 = 1e-9;

/// A run as the other library computed it.
struct Case {
    query: String,
    /// The numbers of each line: `k x y loss`.
    rows: Vec<Vec<f64>>,
}

/// The cases of a file, in its order.
fn cases(file: &str) -> Vec<Case> {
    let path = format!("{}/tests/reference/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).expect("the fixture is there");
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').expect("a word and more");
        match (word, cases.last_mut()) {
            ("case", _) => cases.push(Case { query: rest.to_owned(), rows: Vec::new() }),
            ("until", Some(_)) => {}
            (_, Some(case)) => {
                case.rows.push(line.split(' ').map(|number| number.parse().expect("a number")).collect());
            }
            (_, None) => panic!("{file}: a row before the first case: {line}"),
        }
    }
    cases
}

/// Whether its optimizer, its schedule and each of its keys exist yet; if so, the query has to parse.
fn is_known(query: &str) -> bool {
    query.split('&').filter_map(|pair| pair.split_once('=')).all(|(key, value)| match key {
        "optimizer" => Optimizer::by_name(value).is_some(),
        "schedule" => Schedule::by_name(value).is_some(),
        _ => Key::by_name(key).is_some(),
    })
}

fn parsed(query: &str) -> Config {
    query.parse().unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// |ours - theirs| relative to max(1, |theirs|); infinite for NaN.
fn error(ours: f64, theirs: f64) -> f64 {
    let error = (ours - theirs).abs() / theirs.abs().max(1.0);
    if error.is_nan() { f64::INFINITY } else { error }
}

/// The largest error of x, y and loss over the rows of a case.
fn worst_of_path(case: &Case) -> f64 {
    let config = parsed(&case.query);
    let path = config.descend(&config.runs()[0]);
    let errors = case.rows.iter().flat_map(|row| {
        let &[k, x, y, loss] = row.as_slice() else { panic!("{}: a row of {} numbers", case.query, row.len()) };
        let (k, step) = (k as usize, path.step(k as usize));
        assert!(k <= path.last(), "{}: ends at step {}, the reference goes on", case.query, path.last());
        [error(step.x, x), error(step.y, y), error(step.loss, loss)]
    });
    errors.fold(0.0, f64::max)
}

/// Compares the known cases of a file, of which there are `expected`, and prints the worst.
fn agrees(file: &str, expected: usize, worst_of: impl Fn(&Case) -> f64) {
    let (mut compared, mut rows, mut worst) = (0, 0, (0.0, String::new()));
    for case in cases(file).into_iter().filter(|case| is_known(&case.query)) {
        let error = worst_of(&case);
        assert!(case.rows.len() > 50, "{file}: {}: only {} rows", case.query, case.rows.len());
        assert!(error <= TOLERANCE, "{file}: {}: error {error:e}", case.query);
        (compared, rows) = (compared + 1, rows + case.rows.len());
        if error >= worst.0 {
            worst = (error, case.query);
        }
    }
    println!("{file}: {compared} cases, {rows} rows, worst error {:.1e} ({})", worst.0, worst.1);
    assert_eq!(compared, expected, "{file}: known cases");
}

#[test]
fn adam_is_pytorchs() {
    agrees("adam.txt", 49, worst_of_path);
}

#[test]
fn adam_adamw_and_amsgrad_without_bias_correction_are_pytorchs_without_it() {
    agrees("no_bias_correction.txt", 14, worst_of_path);
}

#[test]
fn sgd_momentum_nesterov_adagrad_rmsprop_and_adadelta_are_pytorchs() {
    agrees("optimizers.txt", 68, worst_of_path);
}

#[test]
fn adamw_amsgrad_adamax_nadam_and_radam_are_pytorchs() {
    agrees("adam_relatives.txt", 76, worst_of_path);
}

#[test]
fn adabelief_yogi_and_lion_are_optaxs() {
    agrees("optax.txt", 43, worst_of_path);
}
