//! Many runs at once give the very numbers of one run at a time.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{
    Axis, Basin, Config, Grid, Optimizer, Place, Schedule, Span, Surface, Trajectory, rates_between, read_rates,
    soundings, sweep,
};

fn config(query: &str) -> Config {
    query.parse().unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// The trajectory of a config's only run.
fn path(query: &str) -> Trajectory {
    let config = config(query);
    config.descend(&config.runs()[0])
}

/// What a sweep says of a run: its last loss, infinite where it stopped, and its lowest one.
fn ends(path: &Trajectory) -> [f64; 2] {
    let last = if path.stopped().is_some() { f64::INFINITY } else { path.losses()[path.last()] };
    [last, path.losses().iter().copied().fold(f64::INFINITY, f64::min)]
}

/// Rates from crawling to overflowing; not a multiple of eight, so that lanes are left over.
const RATES: [f64; 11] = [1e-5, 1e-4, 1e-3, 3e-3, 0.01, 0.1, 0.3, 1.0, 10.0, 1e6, 1e200];

/// Compares a sweep of this query with its runs one by one, to the bit.
fn compare(query: &str) {
    let curves = sweep(&config(query), &RATES);
    assert_eq!(curves.len(), 1, "{query}");
    for (i, rate) in RATES.iter().enumerate() {
        let [last, best] = ends(&path(&format!("{query}&lr={rate:e}")));
        let (swept, lowest) = (curves[0].last[i], curves[0].best[i]);
        assert!(swept.to_bits() == last.to_bits(), "{query} at {rate:e}: {swept:e} is not {last:e}");
        assert!(lowest.to_bits() == best.to_bits(), "{query} at {rate:e}: best {lowest:e} is not {best:e}");
    }
}

#[test]
fn every_optimizer_on_every_surface_has_the_bits_of_single_runs() {
    for surface in Surface::ALL {
        for optimizer in Optimizer::ALL {
            compare(&format!("surface={}&optimizer={}&steps=70", surface.facts().name, optimizer.name()));
        }
    }
}

#[test]
fn every_schedule_has_the_bits_of_single_runs() {
    for schedule in Schedule::ALL {
        let points = if schedule.name() == "piecewise" { "&points=0:1,20:0.1,60:2" } else { "" };
        for warmup in ["", "&warmup=13"] {
            compare(&format!("surface=beale&schedule={}{points}{warmup}&steps=130", schedule.name()));
        }
    }
}

#[test]
fn noise_and_sparsity_have_the_bits_of_single_runs() {
    for noise in ["noise=0.5&seed=3", "sparsity=0.4&seed=9", "noise=0.1&sparsity=0.7"] {
        for optimizer in ["adam", "adagrad", "nadam"] {
            compare(&format!("surface=himmelblau&optimizer={optimizer}&{noise}&steps=90"));
        }
    }
}

#[test]
fn runs_that_stop_leave_the_others_alone_and_end_at_infinity() {
    let curve = sweep(&config("surface=rosenbrock&optimizer=sgd&steps=200"), &RATES).remove(0);
    assert!(curve.last[0].is_finite() && curve.last[10].is_infinite() && curve.best[10].is_finite());
}

#[test]
fn hyperparameters_off_their_defaults_have_the_bits_of_single_runs() {
    for query in [
        "beta1=0.5&beta2=0.9&eps=0.001&weight-decay=0.03",
        "bias-correction=off",
        "optimizer=rmsprop&alpha=0.5&momentum=0.7",
        "optimizer=nadam&momentum-decay=0.1",
        "surface=quadratic&condition=77",
        "start=0.25,-3",
    ] {
        compare(&format!("{query}&steps=100"));
    }
}

#[test]
fn a_curve_for_each_optimizer_and_schedule_in_the_order_of_the_runs() {
    let both = config("surface=beale&optimizer=adam,sgd&schedule=constant,cosine&steps=50&lr=0.1");
    let curves = sweep(&both, &[0.01]);
    let single = |run: &adam_scope::Run| ends(&both.descend(&adam_scope::Run { lr: 0.01, ..run.clone() }))[0];
    assert_eq!(
        curves.iter().map(|curve| curve.last[0]).collect::<Vec<_>>(),
        both.runs().iter().map(single).collect::<Vec<_>>()
    );
}

#[test]
fn soundings_have_the_verdicts_of_single_runs() {
    let rates = rates_between(1e-5, 10.0, 25);
    for surface in ["beale", "himmelblau", "saddle", "ravine"] {
        let query = format!("surface={surface}");
        let config = config(&query);
        let (survey, runs) = (config.survey(), config.runs());
        for (sounding, &lr) in soundings(&config, &rates)[0].iter().zip(&rates) {
            let path = config.descend(&adam_scope::Run { lr, ..runs[0].clone() });
            let diagnosis = survey.diagnose(&path, false);
            assert_eq!((&sounding.verdict, sounding.rating), (&diagnosis.verdict, diagnosis.rating), "{query} {lr}");
            assert_eq!([sounding.loss, sounding.best], ends(&path));
        }
    }
}

#[test]
fn rates_along_an_axis_have_both_ends_exactly() {
    let rates = rates_between(1e-5, 10.0, 64);
    assert_eq!((rates[0], rates[63], rates.len()), (1e-5, 10.0, 64));
    assert!(rates.is_sorted_by(|a, b| a < b));
}

#[test]
fn the_cells_of_a_grid_are_the_runs_of_their_configs_whatever_the_axis() {
    for (query, optimizer) in
        [("surface=quadratic", "adam"), ("surface=quadratic", "momentum"), ("surface=beale", "yogi")]
    {
        let base = config(&format!("{query}&optimizer={optimizer}&lr=0.1&steps=60&schedule=cosine"));
        for axis in Axis::offered(&base, 0) {
            let [from, to] = axis.ends(&base, 0).map(|end| format!("{end:e}"));
            let grid = Grid::new(&base, 0, axis, ["1e-4", "10"], [&from, &to], [9, 5]).expect("a good grid");
            let (columns, rows) = (Span { first: 0, end: 9, stride: 4 }, Span { first: 0, end: 5, stride: 2 });
            let losses = grid.tile(columns, rows).expect("a good tile");
            for (j, row) in rows.iter().enumerate() {
                for (i, column) in columns.iter().enumerate() {
                    let cell = grid.cell(column, row).expect("a cell");
                    let expected = ends(&cell.descend(&cell.runs()[0]));
                    assert_eq!([losses.last[3 * j + i], losses.best[3 * j + i]], expected, "{} {cell}", axis.name());
                }
            }
        }
    }
}

#[test]
fn the_cells_of_a_map_of_starts_are_runs_and_rest_where_it_says() {
    let base = config("surface=himmelblau&lr=0.1&steps=150");
    let basin = Basin::new(&base, 0, [12, 9]).expect("a good map");
    let whole = |end: usize| Span { first: 0, end, stride: 1 };
    let landings = basin.tile(whole(12), whole(9)).expect("a good tile");
    let minima = Surface::Himmelblau.facts().minima;
    let mut rested = 0;
    for row in 0..9 {
        for column in 0..12 {
            let landing = &landings[12 * row + column];
            let cell = basin.cell(column, row).expect("a cell");
            let path = cell.descend(&cell.runs()[0]);
            assert_eq!(landing.loss, ends(&path)[0], "{cell}");
            if let Place::Minimum { which, since } = landing.place {
                rested += 1;
                let [x, y] = minima[which];
                let near = |k: usize| distance(path.points()[k][0] - x, path.points()[k][1] - y) < 0.3;
                assert!((since..=path.last()).all(near), "{cell} since {since}");
            }
        }
    }
    assert!(rested > 80, "{rested}");
}

fn distance(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

#[test]
fn maps_that_are_too_large_are_errors_that_say_so() {
    let base = config("surface=beale&lr=0.1");
    let message = |result: Result<(), adam_scope::Error>| result.map_err(|error| error.to_string()).unwrap_err();
    let too_wide = message(Basin::new(&base, 0, [513, 10]).map(|_| ()));
    assert!(too_wide.contains("513") && too_wide.contains("512"), "{too_wide}");
    let no_rates = message(read_rates("0", "1", "5").map(|_| ()));
    assert!(no_rates.contains('0'), "{no_rates}");
    let grid = message(Grid::new(&base, 0, Axis::Beta2, ["1e-4", "10"], ["0.5", "1.5"], [9, 5]).map(|_| ()));
    assert!(grid.contains("1.5"), "{grid}");
}
