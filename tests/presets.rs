//! Every experiment shows what its sentence says.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{Config, Diagnosis, Preset, Rating, Spread, Starts, Trajectory, Verdict};

/// The runs of the experiment of that title, with what is said of each.
fn shown(title: &str) -> Vec<(Trajectory, Diagnosis)> {
    let preset = Preset::ALL.iter().find(|preset| preset.title == title).unwrap_or_else(|| panic!("no {title}"));
    let config: Config = preset.config.parse().expect("a good config");
    let runs = config.runs();
    runs.iter()
        .map(|run| {
            let path = config.descend(run);
            let diagnosis = config.diagnose(run, &path);
            (path, diagnosis)
        })
        .collect()
}

fn ratings(shown: &[(Trajectory, Diagnosis)]) -> Vec<Rating> {
    shown.iter().map(|(_, diagnosis)| diagnosis.rating).collect()
}

fn names(shown: &[(Trajectory, Diagnosis)]) -> Vec<&'static str> {
    shown.iter().map(|(_, diagnosis)| diagnosis.verdict.name()).collect()
}

/// The step at which a run converged.
fn converged((_, diagnosis): &(Trajectory, Diagnosis)) -> usize {
    match diagnosis.verdict {
        Verdict::Converged { at } => at,
        ref other => panic!("{other:?}"),
    }
}

/// How often a coordinate of a path turned back, wobbles of less than a hundredth of its range left out.
fn reversals(path: &Trajectory, axis: usize) -> usize {
    let values: Vec<f64> = path.points().iter().map(|point| point[axis]).collect();
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), &value| (low.min(value), high.max(value)));
    let (mut turns, mut far, mut rising) = (0, values[0], None);
    for &value in &values {
        let back = if rising == Some(true) { far - value } else { value - far };
        if rising.is_none() || back > 0.01 * (high - low) {
            turns += usize::from(rising.is_some());
            rising = if value == values[0] { None } else { Some(value > far) };
            far = value;
        } else if back < 0.0 {
            far = value;
        }
    }
    turns
}

/// The root mean square of how far the last `count` points are from their middle.
fn spread(path: &Trajectory, count: usize) -> f64 {
    let points = &path.points()[path.last() + 1 - count..];
    let mean = |axis: usize| points.iter().map(|point| point[axis]).sum::<f64>() / count as f64;
    let middle = [mean(0), mean(1)];
    let squared = |[x, y]: [f64; 2]| (x - middle[0]) * (x - middle[0]) + (y - middle[1]) * (y - middle[1]);
    (points.iter().map(|&point| squared(point)).sum::<f64>() / count as f64).sqrt()
}

use Rating::{AboutRight, TooHigh, TooLow};

#[test]
fn every_experiment_is_a_canonical_config_with_a_title_and_a_sentence_of_its_own() {
    assert!(Preset::ALL.len() >= 12);
    for (i, preset) in Preset::ALL.iter().enumerate() {
        let config: Config = preset.config.parse().unwrap_or_else(|error| panic!("{}: {error}", preset.title));
        assert_eq!(config.to_string(), preset.config);
        assert!(preset.lede.ends_with(['.', '?']) && preset.lede.len() < 140, "{}", preset.lede);
        assert!(Preset::ALL[..i].iter().all(|other| other.title != preset.title && other.config != preset.config));
        assert_eq!(Preset::of(&config), Some(preset));
        let later = config.with("step", "3").expect("a step");
        assert_eq!(Preset::of(&later), Some(preset));
        assert_eq!(Preset::of(&config.with("steps", "77").expect("steps")), None);
    }
}

#[test]
fn too_low_right_too_high() {
    assert_eq!(ratings(&shown("Too low, right, too high")), [TooLow, TooLow, AboutRight, TooHigh]);
}

#[test]
fn the_usual_default_has_hardly_left() {
    let shown = shown("The usual default");
    assert_eq!(names(&shown), ["crawling", "converged"]);
    let [start, end] = [shown[0].0.points()[0], shown[0].0.points()[shown[0].0.last()]];
    assert!((end[0] - start[0]).abs() < 0.25 && (end[1] - start[1]).abs() < 0.25, "{end:?}");
}

#[test]
fn six_rates_go_from_crawling_to_another_minimum_and_the_fourth_is_the_first_that_gets_there() {
    let shown = shown("Six rates across the valley");
    assert_eq!(names(&shown), ["crawling", "descending", "descending", "converged", "hopped", "hopped"]);
}

#[test]
fn three_rings_nine_times_and_arrives_hardly_later() {
    let shown = shown("Rings, then settles");
    assert_eq!(names(&shown), ["converged"; 3]);
    assert!(
        shown[2].1.evidence.contains("9 reversals") || shown[2].1.message.contains("9 reversals"),
        "{:?}",
        shown[2].1
    );
    assert!(converged(&shown[2]) < converged(&shown[0]) * 6 / 5);
}

#[test]
fn sgd_overflows_at_once_and_adam_never() {
    let shown = shown("SGD overflows, Adam rings");
    for (_, diagnosis) in &shown[..2] {
        assert!(matches!(diagnosis.verdict, Verdict::Diverged { at } if at <= 10), "{diagnosis:?}");
    }
    for (path, diagnosis) in &shown[2..] {
        assert!(!matches!(diagnosis.verdict, Verdict::Diverged { .. }), "{diagnosis:?}");
        assert!(path.stopped().is_none());
    }
    assert!(reversals(&shown[3].0, 0) + reversals(&shown[3].0, 1) >= 4);
}

#[test]
fn two_over_l_parts_settling_from_overflowing() {
    assert_eq!(names(&shown("The edge at two over L")), ["converged", "converged", "diverged"]);
}

#[test]
fn on_a_narrow_bowl_sgd_is_too_slow_or_overflows_and_adam_converges() {
    let shown = shown("Adam beside SGD on a narrow bowl");
    assert_eq!((shown[0].1.rating, names(&shown)[1], names(&shown)[3]), (TooLow, "diverged", "converged"));
}

#[test]
fn momentum_is_faster_than_sgd_and_swings_more_than_nesterov() {
    let shown = shown("Momentum overshoots");
    let [sgd, momentum, nesterov] = [0, 1, 2].map(|run| converged(&shown[run]));
    assert!(momentum * 3 / 2 < sgd && nesterov < sgd);
    let swings = [0, 1, 2].map(|run| reversals(&shown[run].0, 1));
    assert!(swings[1] > swings[2] && swings[0] == 0, "{swings:?}");
}

#[test]
fn of_six_optimizers_sgd_is_first_momentum_hops_and_four_are_on_their_way() {
    let shown = shown("Six optimizers, one rate");
    let on_their_way = |name: &str| name == "descending" || name == "crawling";
    let names = names(&shown);
    assert_eq!(names[..2], ["converged", "hopped"]);
    assert!(names[2..].iter().all(|name| on_their_way(name)), "{names:?}");
}

#[test]
fn each_at_its_own_best_rate_momentum_ends_beside_adam_and_is_lost_from_most_other_starts() {
    let title = "Each at its own best rate";
    let preset = Preset::ALL.iter().find(|preset| preset.title == title).expect("it is there");
    let config: Config = preset.config.parse().expect("a good config");
    assert_eq!(config.at_best_rates().map(|(best, _)| best), Ok(config.clone()));
    let [sgd, momentum, rmsprop, adam] = [0, 1, 2, 3].map(|run: usize| {
        let path = &shown(title)[run].0;
        path.losses()[path.last()]
    });
    assert!((momentum / adam - 1.0).abs() < 0.01 && rmsprop > 2.0 * adam && sgd > 100.0 * adam, "{momentum} {adam}");
    for seed in 0..5 {
        let starts = Starts::new(256, seed).expect("some starts");
        let spread = |run: usize| Spread::of(&config, &config.runs()[run], starts);
        // The median of the starts overflows; of Adam's, not even the last one does.
        assert_eq!(spread(1).end()[1], f64::INFINITY);
        let ends = starts.points(config.domain()).into_iter().map(|[x, y]| config.with("start", &format!("{x},{y}")));
        assert!(
            ends.map(|from| from.expect("a start")).all(|from| from.descend(&config.runs()[3]).stopped().is_none())
        );
    }
}

#[test]
fn a_cosine_schedule_comes_to_rest_in_the_noise_and_a_constant_rate_does_not() {
    let shown = shown("Annealing shrinks the noise ball");
    let [constant, cosine] = [0, 1].map(|run| spread(&shown[run].0, 40));
    assert!(cosine < constant / 5.0, "{cosine} {constant}");
}

#[test]
fn warm_up_keeps_a_run_in_its_basin() {
    assert_eq!(names(&shown("Warm-up saves the start")), ["hopped", "converged"]);
}

#[test]
fn with_sparse_gradients_only_adam_gets_there() {
    let shown = shown("Sparse gradients");
    assert_eq!((shown[0].1.rating, names(&shown)[1], names(&shown)[3]), (TooLow, "diverged", "converged"));
    let preset = Preset::ALL.iter().find(|preset| preset.title == "Sparse gradients").expect("it is there");
    assert!(preset.config.contains("sparsity=0.9"));
}

#[test]
fn without_bias_correction_the_first_step_is_longer_than_the_rate_by_root_ten() {
    for ((path, _), rate) in shown("Bias correction off").iter().zip([0.01, 0.1]) {
        let step = (path.points()[1][0] - path.points()[0][0]).abs() / rate;
        assert!((step - 3.16).abs() < 0.005, "{step}");
    }
    let path = &shown("Bias correction off")[1];
    assert!(reversals(&path.0, 0) >= 1 && path.1.verdict.name() == "converged");
}

#[test]
fn a_long_memory_flies_past_at_a_rate_that_was_right() {
    assert_eq!(names(&shown("A long memory"))[1], "left-frame");
    assert_eq!(ratings(&shown("Too low, right, too high"))[2], AboutRight);
}

#[test]
fn sgd_stalls_on_the_shelf_and_adam_does_not() {
    assert_eq!(names(&shown("Off the shelf")), ["stalled", "converged"]);
}

#[test]
fn adam_is_out_of_the_saddle_before_sgd() {
    let shown = shown("Out of the saddle");
    let [sgd, adam] = [0, 1].map(|run: usize| shown[run].1.verdict.step().expect("a step"));
    assert!(adam * 3 / 2 < sgd, "{adam} {sgd}");
}

#[test]
fn ten_times_the_rate_ends_in_the_deeper_well() {
    let shown = shown("A larger rate finds the deeper well");
    assert_eq!(names(&shown), ["converged", "hopped"]);
    let [small, large] = [0, 1].map(|run: usize| shown[run].0.losses()[shown[run].0.last()]);
    assert!(large < small - 0.5, "{large} {small}");
}

#[test]
fn up_to_three_tenths_every_rate_is_caught_in_the_nearest_dent_and_one_comes_further() {
    let shown = shown("Caught in the egg box");
    assert_eq!(names(&shown), ["converged", "converged", "converged", "hopped"]);
    let ends: Vec<_> = shown.iter().map(|(path, _)| path.points()[path.last()]).collect();
    let apart = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).abs().max((a[1] - b[1]).abs());
    assert!(apart(ends[0], ends[1]) < 0.1 && apart(ends[0], ends[2]) < 0.1 && apart(ends[0], ends[3]) > 0.5);
}

#[test]
fn everything_at_once_has_twelve_rates_of_all_three_ratings() {
    let ratings = ratings(&shown("Everything at once"));
    assert_eq!(ratings.len(), 12);
    assert!([TooLow, AboutRight, TooHigh].iter().all(|rating| ratings.contains(rating)));
}
