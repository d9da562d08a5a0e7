//! Each optimizer at its own best rate, and what it comes to from many starts, against one run at a time.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{
    Config, Domain, MOST_STARTS, Run, Spread, Starts, best_rates, candidate_rates, rates_between, read_rates,
    three_digits,
};

fn config(query: &str) -> Config {
    query.parse().unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// The loss after the last step of a run alone; infinite where it stopped before.
fn end(config: &Config, run: &Run) -> f64 {
    let path = config.descend(run);
    if path.stopped().is_some() { f64::INFINITY } else { path.losses()[path.last()] }
}

#[test]
fn the_candidates_are_forty_a_decade_to_three_digits_with_the_powers_of_ten() {
    let rates = candidate_rates();
    assert_eq!((rates.len(), rates[0], rates[240]), (241, 1e-5, 10.0));
    assert_eq!((rates[40], rates[80], rates[120], rates[160], rates[200]), (1e-4, 1e-3, 0.01, 0.1, 1.0));
    // 10^(1/40) is 1.0593.
    assert_eq!(rates[200..204], [1.0, 1.06, 1.12, 1.19]);
    assert!(rates.is_sorted_by(|a, b| a < b));
    for (rate, exact) in rates.iter().zip(rates_between(1e-5, 10.0, 241)) {
        assert!((rate / exact - 1.0).abs() <= 0.005, "{rate} {exact}");
    }
    assert_eq!(three_digits(&[0.012_34, 0.012_341, 5.0]), [0.0123, 5.0]);
}

#[test]
fn the_best_rate_is_the_one_that_trying_all_of_them_finds() {
    for query in [
        "optimizer=sgd,momentum,rmsprop,adam&lr=1",
        "surface=beale&optimizer=adagrad,lion,nadam&steps=77&start=1,1.5",
        "surface=quadratic&optimizer=sgd,adam&lr=1&schedule=constant,cosine&steps=50&noise=0.5&seed=3",
        "surface=rastrigin&optimizer=adadelta,sgd&steps=20",
    ] {
        let (config, rates) = (config(query), candidate_rates());
        let found = best_rates(&config, &rates).expect("some rate is good");
        for (best, run) in found.iter().zip(config.methods()) {
            let losses: Vec<f64> = rates.iter().map(|&lr| end(&config, &Run { lr, ..run.clone() })).collect();
            let lowest = losses.iter().copied().fold(f64::INFINITY, f64::min);
            let first = losses.iter().position(|&loss| loss == lowest).expect("it is one of them");
            assert_eq!((best.run.lr, best.loss), (rates[first], lowest), "{query} {}", run.label);
            assert_eq!(best.at_end, first == 0 || first == 240, "{query} {}", run.label);
            assert_eq!((&best.run.optimizer, &best.run.schedule), (&run.optimizer, &run.schedule));
        }
    }
}

/// On the sphere x^2 + y^2, where the gradient is twice the point, SGD at 1/2 is at 0 after a step, and at 0.25 halves.
#[test]
fn of_rates_that_are_equally_good_the_lowest_is_the_best() {
    let sphere = config("surface=sphere&optimizer=sgd&steps=1");
    assert_eq!(best_rates(&sphere, &[0.25, 0.5, 0.75]).expect("good rates")[0].run.lr, 0.5);
    assert_eq!(best_rates(&sphere, &[0.25, 0.75]).expect("good rates")[0].run.lr, 0.25);
}

#[test]
fn each_at_its_own_best_rate_is_a_config() {
    let before = config("surface=beale&optimizer=sgd,adam&lr=0.1,1&step=7&view=overlay");
    let (after, best) = before.at_best_rates().expect("best rates");
    let rates: Vec<_> = best.iter().map(|best| (best.run.optimizer.name(), best.run.lr)).collect();
    let text = format!("lr=sgd:{},adam:{}", rates[0].1, rates[1].1);
    assert_eq!(after.to_string(), format!("surface=beale&optimizer=sgd,adam&{text}&view=overlay&step=7"));
    // Wherever the rates were before.
    for rates in ["0.1", "1e-9,300", "sgd:0.2,sgd:5,adam:3"] {
        let other = before.with("lr", rates).expect("good rates");
        assert_eq!(other.at_best_rates().map(|(config, _)| config), Ok(after.clone()));
    }
    let words = before.best_rates_words(&best);
    assert_eq!(words, "the lowest loss after 200 steps of 241 rates from 0.00001 to 10.");
}

#[test]
fn a_best_rate_at_the_end_of_those_tried_is_told() {
    let slow = config("surface=sphere&optimizer=adadelta,sgd&steps=5");
    let (_, best) = slow.at_best_rates().expect("best rates");
    assert_eq!((best[0].run.lr, best[0].at_end, best[1].at_end), (10.0, true, false));
    let words = slow.best_rates_words(&best);
    assert!(words.ends_with("to 10. AdaDelta’s is the highest of them: a better one may lie above."), "{words}");
}

#[test]
fn what_has_no_best_rate_is_told() {
    let message = |query: &str| config(query).at_best_rates().map_err(|error| error.to_string()).err();
    assert_eq!(
        message("surface=styblinski-tang&optimizer=adam,sgd&start=1e6,1e6").as_deref(),
        Some("lr: the loss at \"0.00001 to 10\" is not finite (expected a rate at which sgd does not overflow)")
    );
    assert_eq!(
        message("optimizer=adam,sgd&lr=1&schedule=constant,cosine").as_deref(),
        Some(
            "schedule: \"constant,cosine\" has 2 items (expected one schedule, under which each optimizer has its best rate)"
        )
    );
    assert!(best_rates(&config(""), &[]).is_err());
}

#[test]
fn starts_are_uniform_over_the_plot_seeded_and_begin_alike() {
    let domain = Domain { x0: -2.0, x1: 2.0, y0: 10.0, y1: 11.0 };
    let points = |count, seed| Starts::new(count, seed).expect("some").points(domain);
    let many = points(MOST_STARTS, 0);
    assert!(many.iter().all(|&point| domain.contains(point)));
    assert_eq!(many[..5], points(5, 0));
    assert_ne!(many[..5], points(5, 1));
    for (axis, middle, side) in [(0, 0.0, 4.0), (1, 10.5, 1.0)] {
        let mean = many.iter().map(|point| point[axis]).sum::<f64>() / 1024.0;
        // A uniform mean over 1,024 is off by side / sqrt(12 * 1024) = 0.009 sides.
        assert!((mean - middle).abs() < 0.03 * side, "{mean}");
        for quarter in 0..4 {
            let low = middle + side * (f64::from(quarter) / 4.0 - 0.5);
            let count = many.iter().filter(|point| (low..low + side / 4.0).contains(&point[axis])).count();
            assert!((206..=306).contains(&count), "{count} of about 256");
        }
    }
    for (count, given) in [(0, "0"), (1025, "1025")] {
        let message = format!("starts: \"{given}\" is out of range (expected a whole number from 1 to 1024)");
        assert_eq!(Starts::new(count, 0).map_err(|error| error.to_string()), Err(message));
    }
}

/// Lower quartile, median and upper quartile by counting: the values at a quarter, a half, three quarters of the way.
fn naive(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [0.25, 0.5, 0.75].map(|part| {
        let place = part * (values.len() - 1) as f64;
        let [low, high] = [place.floor(), place.ceil()].map(|place| values[place as usize]);
        if low == high { low } else { low + place.fract() * (high - low) }
    })
}

#[test]
fn medians_and_quartiles_are_those_of_runs_alone() {
    for (query, count) in [
        ("surface=beale&optimizer=sgd,adam&lr=sgd:0.02,adam:0.3&steps=60", 37),
        ("surface=himmelblau&optimizer=lion,momentum&lr=0.05&schedule=cosine,plateau&steps=40&noise=1", 16),
        ("surface=rastrigin&lr=0.1&steps=700", 5),
        ("surface=saddle&optimizer=sgd&lr=3&steps=400", 3),
    ] {
        let (config, starts) = (config(query), Starts::new(count, 9).expect("some"));
        for run in config.runs() {
            let spread = Spread::of(&config, &run, starts);
            let paths: Vec<_> = starts
                .points(config.domain())
                .into_iter()
                .map(|[x, y]| config.with("start", &format!("{x},{y}")).expect("a start").descend(&run))
                .collect();
            assert_eq!((spread.steps[0], spread.steps.last()), (0, Some(&config.steps())));
            for (&step, quartiles) in spread.steps.iter().zip(&spread.quartiles) {
                let losses = paths.iter().map(|path| path.losses().get(step).copied().unwrap_or(f64::INFINITY));
                assert_eq!(*quartiles, naive(losses.collect()), "{query} {} at {step}", run.label);
            }
            assert_eq!(spread.end(), spread.quartiles[spread.steps.len() - 1]);
        }
    }
}

#[test]
fn runs_that_reach_a_minimum_are_counted() {
    let reached = |query: &str, count| {
        let config = config(query);
        Spread::of(&config, &config.runs()[0], Starts::new(count, 0).expect("some")).reached
    };
    assert_eq!(reached("surface=sphere&optimizer=sgd&lr=0.3", 40), Some(40));
    assert_eq!(reached("surface=sphere&optimizer=sgd&lr=3", 40), Some(0));
    assert_eq!(reached("surface=saddle&lr=0.3", 8), None);
    // One of the egg box's dents is the lowest.
    let few = reached("surface=rastrigin&lr=0.1&steps=400", 400).expect("it has a minimum");
    assert!((1..100).contains(&few), "{few}");
}

#[test]
fn the_rates_of_the_command_line_are_the_candidates() {
    assert_eq!(three_digits(&read_rates("1e-5", "10", "241").expect("good words")), candidate_rates());
}
