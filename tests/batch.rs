//! Many runs at once: every one of them is the run that `descend` makes alone, to the bit.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{
    Axis, Basin, Config, Domain, Grid, Optimizer, Place, Run, Schedule, Span, Surface, check_rates, rates_between,
    read_rates, shortest, soundings, soundings_in_turn, sweep,
};

fn config(query: &str) -> Config {
    query.parse().unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// The final and the lowest loss of a run alone; the final one is infinite where the run stopped.
fn alone(config: &Config, run: &Run) -> [f64; 2] {
    let path = config.descend(run);
    let last = path.stopped().map_or(path.losses()[path.last()], |_| f64::INFINITY);
    [last, path.losses().iter().copied().fold(f64::INFINITY, f64::min)]
}

/// The final and the lowest loss of a config's only run.
fn only(config: &Config) -> [f64; 2] {
    alone(config, &config.runs()[0])
}

/// Rates at which runs crawl, settle, swing and overflow, some at once; not a multiple of how many are run side by side.
fn rates() -> Vec<f64> {
    let mut rates = rates_between(1e-5, 1e4, 18);
    rates.push(1e200);
    rates
}

/// Compares every curve of a sweep with runs alone, and counts those that stopped.
fn stopped_of_compared(query: &str) -> usize {
    let (config, rates) = (config(query), rates());
    let curves = sweep(&config, &rates);
    assert_eq!(curves.len(), config.methods().len(), "{query}");
    let mut stopped = 0;
    for (run, curve) in config.methods().into_iter().zip(curves) {
        for ((&lr, last), best) in rates.iter().zip(&curve.last).zip(&curve.best) {
            let expected = alone(&config, &Run { lr, ..run.clone() });
            let (found, label) = ([*last, *best], &run.label);
            assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits), "{query} {label} at {lr}: {found:?}");
            stopped += usize::from(last.is_infinite());
        }
    }
    stopped
}

#[test]
fn a_sweep_has_the_losses_of_runs_alone_with_every_optimizer_on_every_surface() {
    let mut stopped = 0;
    for surface in Surface::ALL {
        for optimizers in Optimizer::ALL.chunks(5) {
            let names: Vec<_> = optimizers.iter().map(Optimizer::name).collect();
            let (surface, names) = (surface.facts().name, names.join(","));
            stopped += stopped_of_compared(&format!("surface={surface}&optimizer={names}&lr=1&steps=83"));
        }
    }
    assert!(stopped > 100, "runs that stop are among them: {stopped}");
}

#[test]
fn a_sweep_has_the_losses_of_runs_alone_under_every_schedule() {
    let names: Vec<_> = Schedule::ALL.iter().map(Schedule::name).collect();
    let schedules = format!("schedule={}&points=2:0.5,40:2,60:0.1&lr=1&steps=83", names.join(","));
    for rest in ["", "&warmup=30&min-lr=0.01&every=7&gamma=0.6&patience=1&power=3", "&optimizer=sgd&surface=beale"] {
        stopped_of_compared(&format!("{schedules}{rest}"));
    }
}

#[test]
fn a_sweep_has_the_losses_of_runs_alone_in_noise() {
    for rest in ["noise=0.5", "sparsity=0.5&seed=9", "noise=2&sparsity=0.3&schedule=plateau,linear&patience=1"] {
        stopped_of_compared(&format!("{rest}&optimizer=adam,sgd,lion,radam&surface=himmelblau&lr=1&steps=130"));
    }
}

#[test]
fn a_sweep_has_the_losses_of_runs_alone_with_hyperparameters_off_their_defaults() {
    for query in [
        "beta1=0.5&beta2=0.9&eps=0.001&weight-decay=0.03",
        "bias-correction=off",
        "optimizer=rmsprop&alpha=0.5&momentum=0.7",
        "optimizer=adadelta,nesterov&rho=0.3&momentum=0.5",
        "optimizer=nadam&momentum-decay=0.1",
        "surface=quadratic&condition=77",
        "start=0.25,-3",
    ] {
        stopped_of_compared(&format!("{query}&steps=100&lr=1"));
    }
}

#[test]
fn runs_that_stop_leave_those_beside_them_alone_and_end_at_infinity() {
    let rates = [1e-4, 1e200, 2e-4, 1e200, 1e200];
    let curve = sweep(&config("optimizer=sgd&steps=200"), &rates).swap_remove(0);
    let kept = sweep(&config("optimizer=sgd&steps=200"), &[1e-4, 2e-4]).swap_remove(0);
    assert_eq!([curve.last[0], curve.last[2]], [kept.last[0], kept.last[1]]);
    assert!(kept.last.iter().chain(&curve.best).all(|loss| loss.is_finite()));
    assert!([1, 3, 4].iter().all(|&i| curve.last[i] == f64::INFINITY));
}

#[test]
fn there_is_a_curve_for_each_optimizer_and_schedule_in_the_order_of_the_runs() {
    let both = config("surface=beale&optimizer=adam,sgd&schedule=constant,cosine&steps=50&lr=0.01");
    let curves: Vec<f64> = sweep(&both, &[0.01]).iter().map(|curve| curve.last[0]).collect();
    assert_eq!(curves, both.runs().iter().map(|run| alone(&both, run)[0]).collect::<Vec<_>>());
}

#[test]
fn a_sweep_of_any_number_of_rates_and_steps_is_that_of_each_rate() {
    let rates = rates();
    for steps in [1, 15, 16, 17, 33] {
        let config = config(&format!("surface=ackley&steps={steps}&lr=1"));
        let whole = sweep(&config, &rates).swap_remove(0);
        for count in 0..rates.len() {
            let part = sweep(&config, &rates[..count]).swap_remove(0);
            assert_eq!((&part.last[..], &part.best[..]), (&whole.last[..count], &whole.best[..count]));
        }
    }
}

#[test]
fn soundings_have_the_verdicts_that_each_run_is_given() {
    for query in
        ["surface=ravine", "surface=beale&optimizer=adam,sgd&steps=300", "surface=saddle", "noise=1&surface=himmelblau"]
    {
        let (config, rates) = (config(&format!("{query}&lr=1")), rates());
        let (curves, losses, survey) = (soundings(&config, &rates), sweep(&config, &rates), config.survey());
        assert_eq!(soundings_in_turn(&config, &rates), curves, "{query}");
        for ((run, curve), losses) in config.methods().into_iter().zip(curves).zip(losses) {
            assert_eq!(curve.iter().map(|sounding| sounding.loss).collect::<Vec<_>>(), losses.last, "{query}");
            assert_eq!(curve.iter().map(|sounding| sounding.best).collect::<Vec<_>>(), losses.best, "{query}");
            for (sounding, &lr) in curve.iter().zip(&rates) {
                let path = config.descend(&Run { lr, ..run.clone() });
                let found = survey.diagnose(&path, config.is_noisy());
                assert_eq!((sounding.verdict, sounding.rating), (found.verdict, found.rating), "{query} at {lr}");
            }
        }
    }
}

/// All columns or rows.
fn all(count: usize) -> Span {
    Span { first: 0, end: count, stride: 1 }
}

#[test]
fn the_cells_of_a_grid_are_the_runs_of_their_configs_along_every_axis() {
    let cases = [
        ("surface=beale&steps=60&lr=0.1", ["beta1", "beta2", "eps", "start-x", "start-y", "steps"].as_slice()),
        ("optimizer=sgd,nesterov&surface=quadratic&steps=60&lr=0.1", &["momentum", "condition"]),
        (
            "optimizer=momentum&schedule=cosine&warmup=5&noise=0.1&surface=himmelblau&steps=60&lr=0.1",
            &["momentum", "steps"],
        ),
        ("schedule=plateau,one-cycle&patience=2&surface=rosenbrock&steps=60&lr=0.1", &["beta2", "steps", "start-x"]),
    ];
    for (query, axes) in cases {
        let config = config(query);
        for (run, name) in (0..config.runs().len()).flat_map(|run| axes.iter().map(move |name| (run, name))) {
            let axis = Axis::by_name(name).expect("an axis");
            if !Axis::offered(&config, run).contains(&axis) {
                continue;
            }
            let [from, to] = axis.ends(&config, run).map(shortest);
            let grid = Grid::new(&config, run, axis, ["1e-4", "1e2"], [&from, &to], [19, 5]).expect("a grid");
            let losses = grid.tile(all(19), all(5)).expect("a tile");
            for (i, (last, best)) in losses.last.iter().zip(&losses.best).enumerate() {
                let (column, row) = (i % 19, i / 19);
                let text = grid.cell(column, row).expect("a cell").to_string();
                let expected = only(&self::config(&text));
                assert_eq!([*last, *best].map(f64::to_bits), expected.map(f64::to_bits), "{query} {name}: {text}");
            }
        }
    }
}

#[test]
fn a_grid_has_its_ends_and_its_largest_value_on_top() {
    let config = config("surface=beale&steps=50&lr=0.1");
    let grid = |axis, ends| Grid::new(&config, 0, axis, ["1e-5", "10"], ends, [7, 4]).expect("a grid");
    let beta1 = grid(Axis::Beta1, ["0", "0.999"]);
    assert_eq!(beta1.values(), [0.999, 0.99, 0.9, 0.0]);
    assert_eq!(beta1.rates(), [1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0, 10.0]);
    assert_eq!(
        beta1.cell(4, 1).map(|config| config.to_string()).as_deref(),
        Ok("surface=beale&steps=50&lr=0.1&beta1=0.99")
    );
    assert_eq!(grid(Axis::StartX, ["-1", "2"]).values(), [2.0, 1.0, 0.0, -1.0]);
    assert_eq!(grid(Axis::Steps, ["1", "1000"]).values(), [1000.0, 100.0, 10.0, 1.0]);
}

#[test]
fn tiles_are_parts_of_their_map() {
    let config = config("surface=himmelblau&steps=40&lr=0.1");
    let grid = Grid::new(&config, 0, Axis::Beta2, ["1e-3", "1"], ["0.5", "0.99"], [21, 9]).expect("a grid");
    let basin = Basin::new(&config, 0, [21, 9]).expect("a map");
    let (whole, landings) = (grid.tile(all(21), all(9)).expect("a tile"), basin.tile(all(21), all(9)).expect("a tile"));
    for (columns, rows) in [
        (Span { first: 0, end: 21, stride: 4 }, Span { first: 0, end: 9, stride: 4 }),
        (Span { first: 3, end: 20, stride: 1 }, Span { first: 8, end: 9, stride: 1 }),
    ] {
        let at: Vec<usize> = rows.iter().flat_map(|row| columns.iter().map(move |column| row * 21 + column)).collect();
        let tile = grid.tile(columns, rows).expect("a tile");
        assert_eq!(tile.last, at.iter().map(|&i| whole.last[i]).collect::<Vec<_>>());
        assert_eq!(tile.best, at.iter().map(|&i| whole.best[i]).collect::<Vec<_>>());
        assert_eq!(basin.tile(columns, rows), Ok(at.iter().map(|&i| landings[i]).collect()));
    }
}

/// The hundredth part of the diagonal within which a run is in a minimum.
fn reach(surface: &Surface) -> f64 {
    let Domain { x0, x1, y0, y1 } = surface.facts().domain;
    0.01 * libm::hypot(x1 - x0, y1 - y0)
}

#[test]
fn a_landing_says_where_the_run_of_its_cell_stays_since_when_and_its_loss() {
    let cases = [
        ("surface=himmelblau&lr=0.1&steps=150", "a known minimum"),
        ("surface=rastrigin&lr=0.02&steps=150", "elsewhere"),
        ("surface=rosenbrock&lr=0.001&steps=50", "nowhere"),
        ("surface=quadratic&optimizer=sgd&lr=0.2&steps=2000", "gone"),
        ("surface=six-hump-camel&optimizer=rmsprop&schedule=cosine&lr=0.03&steps=150", "a known minimum"),
    ];
    for (query, most) in cases {
        let config = config(query);
        let basin = Basin::new(&config, 0, [9, 7]).expect("a map");
        let reach = reach(config.surface());
        let mut counts = [0; 4];
        for (i, landing) in basin.tile(all(9), all(7)).expect("a tile").into_iter().enumerate() {
            let cell = self::config(&basin.cell(i % 9, i / 9).expect("a cell").to_string());
            let path = cell.descend(&cell.runs()[0]);
            assert_eq!(landing.loss.to_bits(), only(&cell)[0].to_bits(), "{cell}");
            let goal = match landing.place {
                Place::Minimum { which, .. } => Some(config.surface().facts().minima[which]),
                Place::Elsewhere { point, .. } => Some(point),
                Place::Nowhere => None,
            };
            let near = |&[x, y]: &[f64; 2]| goal.is_some_and(|[u, v]| libm::hypot(x - u, y - v) < reach);
            let stays = path.points().iter().rev().take_while(|point| near(point)).count();
            assert_eq!(landing.place.since(), goal.map(|_| path.points().len() - stays), "{cell}");
            assert!(goal.is_none() || stays >= 10, "{cell}");
            counts[match landing.place {
                Place::Minimum { .. } => 0,
                Place::Elsewhere { point, .. } => {
                    let (_, slope) = config.surface().slope(point);
                    assert!(libm::hypot(slope[0], slope[1]) < 0.1, "{cell}: a slope of {slope:?} at {point:?}");
                    1
                }
                Place::Nowhere if landing.loss.is_finite() => 2,
                Place::Nowhere => 3,
            }] += 1;
        }
        let most_of = ["a known minimum", "elsewhere", "nowhere", "gone"].iter().position(|name| *name == most);
        assert_eq!(
            counts.iter().enumerate().max_by_key(|(_, count)| **count).map(|(i, _)| i),
            most_of,
            "{query}: {counts:?}"
        );
    }
}

#[test]
fn starts_beside_a_minimum_land_in_it() {
    let config = config("surface=himmelblau&lr=0.01&steps=200");
    let basin = Basin::new(&config, 0, [40, 40]).expect("a map");
    for (which, minimum) in config.surface().facts().minima.iter().enumerate() {
        let cells = (0..1600).map(|i| (i % 40, i / 40));
        let away = |&(column, row): &(usize, usize)| {
            let [x, y] = basin.start(column, row);
            libm::hypot(x - minimum[0], y - minimum[1])
        };
        let (column, row) = cells.min_by(|a, b| away(a).total_cmp(&away(b))).expect("a cell");
        let one = |at: usize| Span { first: at, end: at + 1, stride: 1 };
        let landing = basin.tile(one(column), one(row)).expect("a tile")[0];
        assert!(matches!(landing.place, Place::Minimum { which: found, .. } if found == which), "{which}: {landing:?}");
    }
}

#[test]
fn a_map_of_starts_has_the_centres_of_its_cells_from_the_upper_left_corner() {
    let basin = Basin::new(&config("surface=himmelblau&domain=0,4,-1,1&lr=1"), 0, [4, 2]).expect("a map");
    assert_eq!([basin.start(0, 0), basin.start(3, 1)], [[0.5, 0.5], [3.5, -0.5]]);
}

#[test]
fn axes_are_those_that_the_run_has() {
    let names =
        |query: &str, run| Axis::offered(&config(query), run).into_iter().map(Axis::name).collect::<Vec<_>>().join(" ");
    assert_eq!(names("", 0), "beta1 beta2 eps start-x start-y steps");
    assert_eq!(names("surface=quadratic&optimizer=sgd", 0), "start-x start-y condition steps");
    assert_eq!(names("optimizer=adam,rmsprop&lr=1", 1), "eps momentum start-x start-y steps");
    assert_eq!(names("", 9), "");
    for axis in Axis::ALL {
        assert_eq!(Axis::by_name(axis.name()), Some(*axis));
    }
}

#[test]
fn rates_between_two_ends_have_them_exactly_and_are_even_on_a_logarithmic_axis() {
    assert_eq!(rates_between(1e-5, 10.0, 7), [1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0, 10.0]);
    let rates = rates_between(0.3, 7.7, 100);
    assert_eq!((rates[0], rates[99]), (0.3, 7.7));
    let ratio = libm::pow(7.7 / 0.3, 1.0 / 99.0);
    assert!(rates.windows(2).all(|pair| (pair[1] / pair[0] - ratio).abs() < 1e-13));
}

#[test]
fn what_is_wrong_with_a_map_is_named_with_its_value_and_what_is_allowed() {
    let config = config("surface=quadratic&optimizer=adam,momentum&lr=0.1");
    let grid =
        |axis, rates, ends, size| Grid::new(&config, 1, axis, rates, ends, size).map_err(|error| error.to_string());
    let (rates, ends, size) = (["1e-5", "10"], ["0", "0.9"], [8, 8]);
    let wrong = |axis, rates, ends, size| grid(axis, rates, ends, size).expect_err("it is wrong");
    assert_eq!(
        wrong(Axis::Momentum, rates, ends, [513, 8]),
        r#"columns: "513" is out of range (expected a whole number from 2 to 512)"#
    );
    assert_eq!(
        wrong(Axis::Momentum, rates, ends, [8, 1]),
        r#"rows: "1" is out of range (expected a whole number from 2 to 512)"#
    );
    assert_eq!(
        wrong(Axis::Momentum, rates, ["0", "1"], size),
        r#"momentum: "1" is out of range (expected a number below 1 on an axis)"#
    );
    assert_eq!(
        wrong(Axis::Momentum, rates, ["0.9", "0.1"], size),
        r#"momentum: "0.1" is out of range (expected a number above 0.9, where the axis starts)"#
    );
    assert_eq!(
        wrong(Axis::Condition, rates, ["0", "10"], size),
        r#"condition: "0" is out of range (expected a number from 1 to 1e6)"#
    );
    assert_eq!(
        wrong(Axis::Steps, rates, ["1", "1e6"], size),
        r#"steps: "1e6" is out of range (expected a whole number from 1 to 100000)"#
    );
    assert_eq!(
        wrong(Axis::Momentum, ["0", "10"], ends, size),
        r#"lr: "0" is out of range (expected positive numbers, as in 0.001,0.01)"#
    );
    assert!(
        wrong(Axis::Beta1, rates, ends, size).starts_with(r#"axis: "beta1" is unknown (expected one of momentum,"#)
    );
    let basin = |run, size| Basin::new(&config, run, size).map(drop).map_err(|error| error.to_string());
    assert_eq!(
        basin(0, [512, 600]),
        Err(r#"height: "600" is out of range (expected a whole number from 1 to 512)"#.to_owned())
    );
    assert_eq!(basin(2, [8, 8]), Err(r#"run: "2" is out of range (expected a whole number from 0 to 1)"#.to_owned()));
    let map = Basin::new(&config, 0, [8, 8]).expect("a map");
    for span in [Span { end: 9, ..all(8) }, Span { first: 8, ..all(8) }, Span { stride: 0, ..all(8) }] {
        assert!(map.tile(span, all(8)).is_err_and(|error| error.to_string().starts_with("columns: ")));
    }
    assert!(map.cell(0, 8).is_err());
}

#[test]
fn what_is_wrong_with_rates_is_named_with_its_value_and_what_is_allowed() {
    let read =
        |from, to, count| read_rates(from, to, count).map(|rates| rates.len()).map_err(|error| error.to_string());
    assert_eq!(read("1e-5", " 10 ", "64"), Ok(64));
    for (words, message) in [
        (["0", "1", "9"], r#"from: "0" is out of range (expected a positive number, as in 0.001)"#),
        (["1e-3", "fast", "9"], r#"to: "fast" is not a number (expected a positive number, as in 0.001)"#),
        (["1", "0.1", "9"], r#"to: "0.1" is out of range (expected a number above 1, where the rates start)"#),
        (["0.1", "1", "1"], r#"count: "1" is out of range (expected a whole number from 2 to 10000)"#),
        (["0.1", "1", "2.5"], r#"count: "2.5" is not a whole number (expected a whole number from 2 to 10000)"#),
        (["0.1", "1", ""], "count: the value is empty (expected a whole number from 2 to 10000)"),
    ] {
        assert_eq!(read(words[0], words[1], words[2]), Err(message.to_owned()));
    }
    let check = |rates: &[f64]| check_rates(rates).map_err(|error| error.to_string());
    assert_eq!(check(&[]), Ok(()));
    assert_eq!(
        check(&[0.1, f64::NAN]),
        Err(r#"lr: "NaN" is out of range (expected a positive number, as in 0.001)"#.to_owned())
    );
    assert_eq!(
        check(&vec![0.1; 10_001]),
        Err(r#"rates: "10001" is out of range (expected a whole number from 0 to 10000)"#.to_owned())
    );
}
