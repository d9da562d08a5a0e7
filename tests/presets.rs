//! Every experiment shows what its sentence says: the claim is read out of its runs.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{Config, Diagnosis, MOST_RUNS, Preset, Rating, Run, Trajectory, Verdict};

/// The runs of a preset, with their trajectories and diagnoses.
struct Played {
    config: Config,
    runs: Vec<Run>,
    paths: Vec<Trajectory>,
    found: Vec<Diagnosis>,
}

fn played(title: &str) -> Played {
    let preset = Preset::ALL.iter().find(|preset| preset.title == title).expect("a preset of that title");
    play(preset.config)
}

fn play(query: &str) -> Played {
    let config: Config = query.parse().unwrap_or_else(|error| panic!("{query}: {error}"));
    let runs = config.runs();
    let paths: Vec<_> = runs.iter().map(|run| config.descend(run)).collect();
    let found = runs.iter().zip(&paths).map(|(run, path)| config.diagnose(run, path)).collect();
    Played { config, runs, paths, found }
}

impl Played {
    fn ratings(&self) -> Vec<Rating> {
        self.found.iter().map(|found| found.rating).collect()
    }

    /// The position of the run of that label.
    fn run(&self, label: &str) -> usize {
        self.runs.iter().position(|run| run.label == label).unwrap_or_else(|| panic!("no run is {label}"))
    }

    fn converged(&self, label: &str) -> Option<usize> {
        match self.found[self.run(label)].verdict {
            Verdict::Converged { at } => Some(at),
            _ => None,
        }
    }

    fn verdict(&self, label: &str) -> &'static str {
        self.found[self.run(label)].verdict.name()
    }

    fn last_loss(&self, label: &str) -> f64 {
        let path = &self.paths[self.run(label)];
        path.losses()[path.last()]
    }

    /// The root mean square distance of the last 50 points of a run from their mean.
    fn spread(&self, label: &str) -> f64 {
        let points = self.paths[self.run(label)].points();
        let last = &points[points.len() - 50..];
        let mean = [0, 1].map(|i| last.iter().map(|point| point[i]).sum::<f64>() / 50.0);
        let squares = last.iter().map(|[x, y]| (x - mean[0]) * (x - mean[0]) + (y - mean[1]) * (y - mean[1]));
        (squares.sum::<f64>() / 50.0).sqrt()
    }
}

use Rating::{AboutRight, TooHigh, TooLow};

#[test]
fn presets_are_canonical_named_once_and_small_enough_for_a_class() {
    assert!(Preset::ALL.len() >= 12);
    for (i, preset) in Preset::ALL.iter().enumerate() {
        let Preset { title, lede, config } = preset;
        assert_eq!(config.parse::<Config>().map(|config| config.to_string()).as_deref(), Ok(*config), "{title}");
        assert!(play(config).runs.len() <= MOST_RUNS);
        assert!(lede.ends_with(['.', '?']) && lede.chars().count() <= 120, "{title}: {}", lede.chars().count());
        assert!(!title.ends_with('.') && title.chars().count() <= 36, "{title}");
        assert!(Preset::ALL[..i].iter().all(|other| other.title != *title && other.config != *config), "{title}");
        assert_eq!(Preset::by_config(config), Some(preset));
    }
    assert_eq!(Preset::ALL[0].config, "surface=beale");
}

#[test]
fn too_low_right_too_high() {
    let played = played("Too low, right, too high");
    assert_eq!(played.ratings(), [TooLow, TooLow, AboutRight, TooHigh]);
    assert_eq!(played.runs.iter().filter(|run| played.converged(&run.label).is_some()).count(), 1);
}

#[test]
fn the_usual_default_has_hardly_left() {
    let played = played("The usual default");
    assert_eq!(played.ratings(), [TooLow, AboutRight]);
    let path = &played.paths[0];
    assert!(path.losses()[path.last()] > 0.8 * path.losses()[0]);
}

#[test]
fn only_one_of_six_rates_gets_there_and_stays() {
    let played = played("Six rates across the valley");
    assert_eq!(played.ratings(), [TooLow, TooLow, TooLow, AboutRight, TooHigh, TooHigh]);
    assert_eq!(played.verdict("lr 0.001"), "crawling");
    assert_eq!([played.verdict("lr 1"), played.verdict("lr 3")], ["hopped", "hopped"]);
}

#[test]
fn ten_times_the_rate_arrives_in_the_curved_valley() {
    let played = played("Two rates, one curved valley");
    assert_eq!(played.ratings(), [TooLow, AboutRight]);
    assert!(played.converged("lr 0.03").is_some());
}

#[test]
fn sgd_swings_across_the_ravine_and_adam_does_not() {
    let played = played("Adam beside SGD on a ravine");
    // How often the first 100 updates change their direction across the ravine.
    let turns = |label: &str| {
        let moves: Vec<f64> =
            played.paths[played.run(label)].points()[..100].windows(2).map(|p| p[1][1] - p[0][1]).collect();
        moves.windows(2).filter(|pair| pair[0] * pair[1] < 0.0).count()
    };
    assert!(turns("SGD") >= 95 && turns("Adam") <= 10, "{} {}", turns("SGD"), turns("Adam"));
    // In its first update Adam moves both parameters as far; SGD a hundred times farther across.
    let first = |label: &str| {
        let [a, b] = [0, 1].map(|k| played.paths[played.run(label)].points()[k]);
        ((b[1] - a[1]) / (b[0] - a[0])).abs()
    };
    assert!((first("Adam") - 1.0).abs() < 1e-6 && first("SGD") > 40.0);
}

#[test]
fn sgd_overflows_where_adam_does_not() {
    let played = played("SGD overflows, Adam does not");
    for rate in ["lr 0.1", "lr 0.3"] {
        assert_eq!(played.verdict(&format!("SGD, {rate}")), "diverged");
        assert!(played.paths[played.run(&format!("SGD, {rate}"))].stopped().is_some());
        assert!(played.converged(&format!("Adam, {rate}")).is_some());
    }
}

#[test]
fn sgd_stops_on_the_plateau_and_adam_walks_on() {
    let played = played("Across the plateau");
    assert_eq!(played.verdict("SGD"), "stalled");
    assert!(played.converged("Adam").is_some());
}

#[test]
fn momentum_and_adam_leave_the_saddle_and_sgd_still_waits() {
    let played = played("Leaving a saddle");
    let outside = |label: &str| {
        let points = played.paths[played.run(label)].points();
        points.iter().position(|point| !played.config.domain().contains(*point))
    };
    assert!(outside("Momentum") < outside("Adam") && outside("Momentum").is_some());
    assert_eq!(outside("SGD"), None);
}

#[test]
fn momentum_rolls_past_the_minimum_and_looking_ahead_calms_it() {
    let played = played("Momentum overshoots");
    // How far each gets to the other side of the minimum along x, where no rate here makes a step overshoot by itself.
    let beyond = |label: &str| {
        let points = played.paths[played.run(label)].points();
        points.iter().map(|[x, _]| *x).fold(f64::NEG_INFINITY, f64::max)
    };
    assert!(beyond("SGD") <= 0.0 && beyond("Momentum") > 1.0, "{} {}", beyond("SGD"), beyond("Momentum"));
    assert!(beyond("Nesterov") < 0.8 * beyond("Momentum"), "{}", beyond("Nesterov"));
    assert!(played.converged("Nesterov") < played.converged("Momentum") && played.converged("Nesterov").is_some());
}

#[test]
fn warm_up_keeps_a_large_rate_inside() {
    let played = played("Warm-up saves the start");
    assert_eq!(played.verdict("constant"), "left-frame");
    assert!(played.converged("piecewise").is_some());
    let last = |label: &str| *played.paths[played.run(label)].rates().last().expect("a rate");
    assert_eq!([last("constant"), last("piecewise")], [1.0, 1.0]);
}

#[test]
fn annealing_shrinks_the_noise_ball_whatever_the_noise() {
    let text = Preset::ALL.iter().find(|preset| preset.title.starts_with("Annealing")).expect("a preset").config;
    for seed in 1..=8 {
        let played = play(&text.replace("seed=1", &format!("seed={seed}")));
        let (constant, cosine) = (played.spread("constant"), played.spread("cosine"));
        assert!(cosine < constant / 3.0, "seed {seed}: {cosine} against {constant}");
    }
}

#[test]
fn a_smaller_rate_ends_the_swing_that_a_large_one_cannot_lose() {
    let played = played("Start large, end small");
    assert_eq!(played.ratings(), [TooHigh, AboutRight]);
    let ratio = played.spread("constant") / played.spread("piecewise");
    assert!((7.0..14.0).contains(&ratio), "{ratio}");
}

#[test]
fn adam_and_adagrad_do_well_where_gradients_are_sparse() {
    let text = Preset::ALL.iter().find(|preset| preset.title == "Sparse gradients").expect("a preset").config;
    for seed in 1..=8 {
        let played = play(&text.replace("seed=3", &format!("seed={seed}")));
        let best = |name: &str| {
            let of = played.runs.iter().zip(&played.paths).filter(|(run, _)| run.optimizer.name() == name);
            let ends = of.filter(|(_, path)| path.stopped().is_none()).map(|(_, path)| path.losses()[path.last()]);
            ends.fold(f64::INFINITY, f64::min)
        };
        assert!(
            best("adam") < best("sgd") / 5.0 && best("adagrad") < best("sgd") / 5.0,
            "seed {seed}: {} {} {}",
            best("sgd"),
            best("adagrad"),
            best("adam")
        );
    }
}

#[test]
fn without_bias_correction_the_first_step_is_3_16_times_the_rate() {
    let played = played("Bias correction off");
    for (run, path) in played.runs.iter().zip(&played.paths) {
        let [from, to] = [0, 1].map(|k| path.points()[k]);
        for i in [0, 1] {
            // (1 - beta1) / sqrt(1 - beta2).
            let expected = run.lr * 0.1 / 0.001_f64.sqrt();
            assert!(((to[i] - from[i]).abs() / expected - 1.0).abs() < 1e-6);
        }
    }
    assert!((0.1 / 0.001_f64.sqrt() - 3.16).abs() < 0.005);
}

#[test]
fn a_short_memory_never_settles_and_the_usual_one_does() {
    let short = played("A short memory");
    assert_eq!(short.ratings(), [TooHigh; 3]);
    assert!(short.found.iter().all(|found| found.verdict.name() == "ringing"));
    let usual = play(&short.config.without("beta2").expect("known").to_string());
    assert!(usual.found.iter().all(|found| matches!(found.verdict, Verdict::Converged { .. })));
}

#[test]
fn two_rates_stay_in_the_shallow_well_and_two_climb_into_the_deep_one() {
    let played = played("Two wells");
    let end = |label: &str| {
        let path = &played.paths[played.run(label)];
        path.points()[path.last()]
    };
    let deep = played.config.surface().facts().minima[0];
    let far = |label: &str| (end(label)[0] - deep[0]).abs().max((end(label)[1] - deep[1]).abs());
    assert!(far("lr 0.3") < 0.05 && far("lr 1") < 0.05, "{:?} {:?}", end("lr 0.3"), end("lr 1"));
    assert!(far("lr 0.01") > 1.0 && far("lr 0.1") > 1.0);
    assert_eq!([played.verdict("lr 0.3"), played.verdict("lr 1")], ["hopped", "hopped"]);
}

#[test]
fn the_egg_box_catches_all_rates_but_the_largest() {
    let played = played("Caught in the egg box");
    let end = |label: &str| played.last_loss(label);
    assert!((end("lr 0.01") - end("lr 0.3")).abs() < 1e-6 && (end("lr 0.1") - end("lr 0.3")).abs() < 1e-6);
    assert_eq!(played.verdict("lr 1"), "hopped");
}

#[test]
fn at_an_equal_budget_the_best_rate_differs_by_optimizer() {
    let played = played("Equal budget");
    let best = |name: &str| {
        let of = played
            .runs
            .iter()
            .zip(&played.paths)
            .filter(|(run, path)| run.optimizer.name() == name && path.stopped().is_none());
        of.map(|(run, path)| (path.losses()[path.last()], run.lr))
            .fold((f64::INFINITY, 0.0), |a, b| if b.0 < a.0 { b } else { a })
            .1
    };
    assert_eq!(["sgd", "momentum", "rmsprop", "adam"].map(best), [0.01, 0.01, 0.1, 0.1]);
}

#[test]
fn everything_at_once_is_twelve_runs() {
    let played = played("Everything at once");
    assert_eq!(played.runs.len(), MOST_RUNS);
    assert!([TooLow, AboutRight, TooHigh].iter().all(|rating| played.ratings().contains(rating)));
}
