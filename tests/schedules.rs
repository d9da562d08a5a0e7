//! Schedules against PyTorch's, update by update, and what holds for them whatever the numbers.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;

use adam_scope::{Config, Plateau, Run, Schedule, Shape};
use proptest::prelude::*;

/// The largest error of a rate, relative to the base rate: some thousand roundings, and far below what any parameter
/// off its default changes.
const TOLERANCE: f64 = 1e-12;

/// The rates of one run as PyTorch computed them: the rate of update t in place t.
struct Case {
    query: String,
    /// What a plateau was told: the loss at the point of each update.
    losses: Vec<f64>,
    rates: Vec<f64>,
}

fn cases() -> Vec<Case> {
    let path = format!("{}/tests/reference/schedules.txt", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).expect("the fixture is there");
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').expect("a word and more");
        let number = |text: &str| -> f64 { text.parse().expect("a number") };
        match (word, cases.last_mut()) {
            ("case", _) => cases.push(Case { query: rest.to_owned(), losses: Vec::new(), rates: Vec::new() }),
            ("losses", Some(case)) => case.losses = rest.split(' ').map(number).collect(),
            (t, Some(case)) => {
                assert_eq!(t.parse(), Ok(case.rates.len()), "{}: rows in order", case.query);
                case.rates.push(number(rest));
            }
            (_, None) => panic!("a row before the first case: {line}"),
        }
    }
    cases
}

fn config(query: &str) -> Config {
    query.parse().unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// The first `count` rates of a schedule; losses that are not given stay at 1.
fn rates(schedule: &Schedule, lr: f64, steps: usize, losses: &[f64], count: usize) -> Vec<f64> {
    let mut seen = schedule.first(lr);
    let rate = |t: usize| {
        let rate = schedule.rate(lr, steps, t, seen);
        seen = schedule.next(seen, losses.get(t).copied().unwrap_or(1.0));
        rate
    };
    (0..count).map(rate).collect()
}

/// The first `count` rates of the first run of a query.
fn rates_of(query: &str, count: usize) -> Vec<f64> {
    let config = config(query);
    let Run { schedule, lr, .. } = config.runs().swap_remove(0);
    rates(&schedule, lr, config.steps(), &[], count)
}

/// Every row of the fixture is compared, none skipped: where PyTorch goes on past the run, so do we; linear and
/// polynomial hold their last rate in PyTorch too; and past the end of cosine and one-cycle, which PyTorch would raise
/// again, the fixture has no rows (`the_rates_that_end_with_the_run_are_held_past_it` tests ours).
#[test]
fn schedules_are_pytorchs() {
    let (mut names, mut rows, mut past, mut worst) = (BTreeSet::new(), 0, 0, (0.0, String::new()));
    let cases = cases();
    for Case { query, losses, rates: theirs } in &cases {
        let config = config(query);
        let Run { schedule, lr, .. } = config.runs().swap_remove(0);
        assert!(theirs.len() >= config.steps(), "{query}: the whole run");
        let ours = rates(&schedule, lr, config.steps(), losses, theirs.len());
        let errors = ours.iter().zip(theirs).map(|(ours, theirs)| (ours - theirs).abs() / lr);
        let error = errors.fold(0.0, |worst, error| if error > worst || error.is_nan() { error } else { worst });
        assert!(error <= TOLERANCE, "{query}: error {error:e}");
        if error >= worst.0 {
            worst = (error, query.clone());
        }
        names.insert(schedule.name());
        (rows, past) = (rows + theirs.len(), past + theirs.len() - config.steps());
    }
    println!("{} cases, {rows} rows, {past} past the end, worst error {:.1e} ({})", cases.len(), worst.0, worst.1);
    assert_eq!((cases.len(), rows, past), (45, 5_513, 1_404));
    assert_eq!(names, Schedule::ALL.iter().map(Schedule::name).collect());
}

#[test]
fn a_run_uses_the_rates_of_its_schedule_and_tells_a_plateau_its_losses() {
    for schedule in Schedule::ALL {
        let points = if schedule.name() == "piecewise" { "&points=0:1,50:0" } else { "" };
        let config = config(&format!("surface=beale&steps=150&lr=0.1&schedule={}&warmup=5{points}", schedule.name()));
        let run = config.runs().swap_remove(0);
        let path = config.descend(&run);
        let used: Vec<f64> = (1..=150).map(|k| path.step(k).lr.expect("an update")).collect();
        assert_eq!(used, rates(&run.schedule, 0.1, 150, path.losses(), 150), "{config}");
    }
    // Converged long before the end, so that there was something to tell.
    let plateau = config("surface=beale&steps=2000&lr=0.1&schedule=plateau");
    let path = plateau.descend(&plateau.runs()[0]);
    assert!(path.step(2000).lr < path.step(1).lr.map(|lr| lr / 5.0));
}

#[test]
fn warmup_reaches_the_full_rate_at_its_last_update_and_leaves_the_clock_alone() {
    for schedule in Schedule::ALL.iter().filter(|schedule| schedule.shape != Shape::InverseSqrt) {
        let warm = Schedule { warmup: 40, ..schedule.clone() };
        let [plain, warm] = [schedule, &warm].map(|schedule| rates(schedule, 0.1, 200, &[], 200));
        assert_eq!(plain[39..], warm[39..], "{}", schedule.name());
        for t in 0..39 {
            assert!((warm[t] - plain[t] * (t + 1) as f64 / 40.0).abs() <= 1e-16, "{} at {t}", schedule.name());
        }
    }
    // The inverse square root waits for the end of the warm-up; both are at the base rate there.
    assert_eq!(rates_of("schedule=inverse-sqrt&warmup=40&lr=0.1", 40)[39], 0.1);
}

#[test]
fn cosine_linear_and_polynomial_start_at_lr_and_end_at_the_least() {
    for (query, least) in [
        ("schedule=cosine", 0.0),
        ("schedule=cosine&min-lr=0.0123", 0.0123),
        ("schedule=linear", 0.0),
        ("schedule=linear&min-lr=0.0123", 0.0123),
        ("schedule=polynomial", 0.0),
        ("schedule=polynomial&power=0.1", 0.0),
    ] {
        for steps in [1, 2, 7, 200, 99_999] {
            let rates = rates_of(&format!("{query}&lr=0.3&steps={steps}"), steps + 1);
            assert_eq!((rates[0], rates[steps]), (0.3, least), "{query} in {steps} steps");
            assert!(rates.is_sorted_by(|a, b| a > b), "{query} in {steps} steps");
        }
    }
}

#[test]
fn one_cycle_rises_to_lr_and_falls_to_almost_nothing() {
    for steps in [10, 100, 1_000, 100_000] {
        let rates = rates_of(&format!("schedule=one-cycle&lr=0.3&steps={steps}"), steps);
        let top = 3 * steps / 10 - 1;
        assert!((rates[top] - 0.3).abs() <= 1e-16, "{} in {steps} steps", rates[top]);
        assert!((rates[0] - 0.3 / 25.0).abs() <= 1e-17 && (rates[steps - 1] - 0.3 / 250_000.0).abs() <= 1e-21);
        assert!(rates[..=top].is_sorted_by(|a, b| a < b) && rates[top..].is_sorted_by(|a, b| a > b));
    }
}

#[test]
fn the_rates_that_end_with_the_run_are_held_past_it() {
    for name in ["linear", "polynomial", "cosine", "one-cycle"] {
        let schedule = Schedule::by_name(name).expect("in the catalogue");
        for steps in [1, 2, 3, 10, 77] {
            let rates = rates(&schedule, 0.1, steps, &[], 3 * steps + 5);
            let last = if name == "one-cycle" { steps - 1 } else { steps };
            assert!(rates[last..].iter().all(|rate| *rate == rates[last]), "{name} in {steps} steps: {rates:?}");
        }
    }
}

#[test]
fn restarts_come_back_to_lr() {
    let rates = rates_of("schedule=cosine-restarts&every=30&lr=0.2&min-lr=0.01&steps=200", 200);
    for (t, rate) in rates.iter().enumerate() {
        assert_eq!(*rate == 0.2, t % 30 == 0, "update {t}");
        assert_eq!(*rate, rates[t % 30]);
    }
}

#[test]
fn factors_are_linear_between_points_and_held_outside_them() {
    let rates = rates_of("schedule=piecewise&points=10:0.5,20:2,21:0&lr=1", 40);
    let expected = |t: usize| match t {
        0..=10 => 0.5,
        11..=20 => 0.5 + 1.5 * (t - 10) as f64 / 10.0,
        _ => 0.0,
    };
    for (t, rate) in rates.iter().enumerate() {
        assert!((rate - expected(t)).abs() <= 1e-15, "{rate} at {t}");
    }
}

#[test]
fn a_min_lr_above_the_rate_is_risen_to_and_stops_a_plateau() {
    for name in ["linear", "cosine"] {
        let rates = rates_of(&format!("schedule={name}&lr=0.01&min-lr=0.5&steps=50"), 51);
        assert_eq!((rates[0], rates[50]), (0.01, 0.5));
        assert!(rates.is_sorted_by(|a, b| a < b), "{name}");
    }
    assert!(rates_of("schedule=plateau&lr=0.01&min-lr=0.5", 100).iter().all(|rate| *rate == 0.01));
}

#[test]
fn every_parameter_off_its_default_changes_the_rates() {
    for (schedule, change) in [
        ("constant", "warmup=3"),
        ("step", "gamma=0.6"),
        ("step", "every=90"),
        ("exponential", "gamma=0.98"),
        ("linear", "min-lr=0.01"),
        ("polynomial", "power=1.9"),
        ("cosine", "min-lr=0.01"),
        ("cosine-restarts", "min-lr=0.01"),
        ("cosine-restarts", "every=90"),
        ("one-cycle", "warmup=3"),
        ("one-cycle", "steps=190"),
        ("inverse-sqrt", "warmup=3"),
        ("plateau", "gamma=0.2"),
        ("plateau", "patience=9"),
        ("plateau", "min-lr=0.02"),
        ("piecewise&points=0:1,100:0", "points=0:1,100:0.1"),
    ] {
        let plain = config(&format!("lr=0.1&schedule={schedule}"));
        let (key, value) = change.split_once('=').expect("a pair");
        let changed = plain.with(key, value).expect("in range");
        let [plain, changed] = [plain, changed].map(|config| rates_of(&config.to_string(), 190));
        let most = plain.iter().zip(&changed).map(|(a, b)| (a - b).abs() / 0.1).fold(0.0, f64::max);
        assert!(most > 1e-3, "{schedule}: {change} changes the rates by {most:e} lr only");
    }
}

/// Any schedule with parameters in their ranges, and the largest factor that its points give.
fn schedule() -> impl Strategy<Value = (Schedule, f64)> {
    let least = || prop_oneof![Just(0.0), (-9.0..3.0).prop_map(|exponent| libm::pow(10.0, exponent))];
    let (every, gamma, power) = (1..1_000_usize, 0.0..1.0, prop_oneof![0.0..5.0, 0.0..1e3]);
    let points = prop::collection::btree_map(0..1_000_usize, prop_oneof![Just(0.0), 0.0..3.0], 1..20);
    let parameters = (every, gamma, power, least(), 0..20_usize, points);
    (prop::sample::select(Schedule::ALL), prop_oneof![Just(0), 0..300_usize], parameters).prop_map(
        |(Schedule { shape, .. }, warmup, (every, gamma, power, min_lr, patience, points))| {
            let points: Vec<_> = points.into_iter().collect();
            let largest = points.iter().map(|(_, factor)| *factor).fold(0.0, f64::max);
            let is_piecewise = matches!(shape, Shape::Piecewise { .. });
            let shape = match shape {
                Shape::Step { .. } => Shape::Step { every, gamma },
                Shape::Exponential { .. } => Shape::Exponential { gamma },
                Shape::Linear { .. } => Shape::Linear { min_lr },
                Shape::Polynomial { .. } => Shape::Polynomial { power },
                Shape::Cosine { .. } => Shape::Cosine { min_lr },
                Shape::CosineRestarts { .. } => Shape::CosineRestarts { every, min_lr },
                Shape::Plateau(_) => Shape::Plateau(Plateau { gamma, patience, min_lr }),
                Shape::Piecewise { .. } => Shape::Piecewise { points },
                Shape::Constant | Shape::OneCycle | Shape::InverseSqrt => shape,
            };
            (Schedule { shape, warmup }, if is_piecewise { largest } else { 1.0 })
        },
    )
}

/// The parameter named `min-lr`, 0 where there is none.
fn min_lr(schedule: &Schedule) -> f64 {
    match schedule.shape {
        Shape::Linear { min_lr }
        | Shape::Cosine { min_lr }
        | Shape::CosineRestarts { min_lr, .. }
        | Shape::Plateau(Plateau { min_lr, .. }) => min_lr,
        _ => 0.0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rates_are_finite_not_negative_and_at_most_what_was_asked_for(
        (schedule, factor) in schedule(), exponent in -300.0..300.0, steps in 1..2_000_usize,
        losses in prop::collection::vec(-1.0..1.0, 0..200),
    ) {
        let lr = libm::pow(10.0, exponent);
        let most = lr.max(min_lr(&schedule)) * factor * (1.0 + 1e-15);
        for (t, rate) in rates(&schedule, lr, steps, &losses, steps + 50).into_iter().enumerate() {
            prop_assert!(rate.is_finite() && (0.0..=most).contains(&rate), "{rate} at {t}, at most {most}");
        }
    }

    #[test]
    fn a_plateau_never_raises_the_rate_and_waits_for_its_patience(
        gamma in 0.0..1.0, patience in 0..20_usize, min_lr in 0.0..1.0, lr in 0.0..1.0,
        losses in prop::collection::vec(prop_oneof![-1.0..1.0, Just(0.5)], 1..300),
    ) {
        let schedule = Schedule { shape: Shape::Plateau(Plateau { gamma, patience, min_lr }), warmup: 0 };
        let rates = rates(&schedule, lr, losses.len(), &losses, losses.len());
        prop_assert!(rates.is_sorted_by(|before, after| before >= after));
        prop_assert!(rates.iter().all(|rate| *rate >= lr.min(min_lr)));
        let reductions: Vec<_> = (1..rates.len()).filter(|&t| rates[t] < rates[t - 1]).collect();
        prop_assert!(reductions.windows(2).all(|pair| pair[1] - pair[0] > patience));
        // The first loss is always better than none.
        prop_assert!(reductions.first().is_none_or(|&first| first > patience + 1));
    }

    #[test]
    fn without_points_or_warmup_a_piecewise_rate_is_constant(lr in 0.0..10.0, steps in 1..100_usize) {
        let piecewise = Schedule::by_name("piecewise").expect("in the catalogue");
        prop_assert!(rates(&piecewise, lr, steps, &[], steps).into_iter().all(|rate| rate == lr));
    }
}
