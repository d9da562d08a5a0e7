//! What the diagnosis says of runs, and where one verdict ends and the next begins.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{Adam, Config, Diagnosis, Needed, Rating, Rule, Surface, Trajectory, Verdict, diagnose, shortest};
use proptest::prelude::*;

const BOWL: Surface = Surface::Quadratic { condition: 1.0 };

/// The diagnosis of the first run of a query.
fn of(query: &str) -> Diagnosis {
    let config: Config = query.parse().unwrap_or_else(|error| panic!("{query}: {error}"));
    let run = &config.runs()[0];
    config.diagnose(run, &config.descend(run))
}

/// The diagnosis of a path through points of the round bowl 0.5 (x^2 + y^2), shown from (-5, -3) to (5, 3), whose
/// diagonal is 11.66.
fn on_bowl(points: &[[f64; 2]]) -> Diagnosis {
    on(&BOWL, points, false)
}

fn on(surface: &Surface, points: &[[f64; 2]], noisy: bool) -> Diagnosis {
    let trajectory = Trajectory::through(surface, points, 0.1).expect("a path");
    diagnose(surface, &trajectory, &surface.facts().domain, noisy)
}

/// Straight along x from `from` to `to`.
fn line(from: f64, to: f64, steps: usize) -> Vec<[f64; 2]> {
    (0..=steps).map(|k| [from + (to - from) * k as f64 / steps as f64, 0.0]).collect()
}

/// To the minimum from (-4, 0) in 20 steps, then the points.
fn there_and(more: &[[f64; 2]]) -> Vec<[f64; 2]> {
    [&line(-4.0, 0.0, 20), more].concat()
}

#[test]
fn every_verdict_is_reached_by_at_least_two_runs() {
    for (verdict, rating, queries) in [
        ("converged", Rating::AboutRight, ["surface=beale&lr=0.1", "surface=rastrigin&lr=0.1"]),
        ("converged", Rating::TooHigh, ["surface=quadratic&lr=10", "surface=himmelblau&lr=10"]),
        ("crawling", Rating::TooLow, ["surface=beale&lr=0.001", "surface=saddle&lr=0.0001"]),
        ("descending", Rating::TooLow, ["surface=beale&lr=0.01", "surface=saddle&lr=0.001"]),
        ("descending", Rating::TooHigh, ["surface=rosenbrock&lr=3", "surface=beale&lr=3"]),
        ("ringing", Rating::TooHigh, ["surface=rastrigin&lr=10", "surface=quadratic&lr=3&steps=40"]),
        ("bursting", Rating::TooHigh, ["surface=quadratic&lr=3&steps=2000", "surface=rosenbrock&lr=0.3&steps=2000"]),
        ("hopped", Rating::TooHigh, ["surface=himmelblau&lr=1", "surface=rastrigin&lr=1"]),
        ("left-frame", Rating::TooHigh, ["surface=beale&lr=1", "surface=saddle&lr=3"]),
        ("left-frame", Rating::AboutRight, ["surface=saddle&lr=0.01", "surface=saddle&lr=0.1"]),
        ("diverged", Rating::TooHigh, ["surface=beale&lr=1e6", "surface=rosenbrock&lr=1e200"]),
        (
            "orbiting",
            Rating::TooHigh,
            [
                "surface=quadratic&condition=1&beta1=0&beta2=0&lr=1&start=-2.5,0.5",
                "surface=himmelblau&beta1=0&beta2=0&lr=0.3",
            ],
        ),
        // Where the gradient is nothing to eps, Adam stands still: on the ridge, and on the way to it.
        ("stalled", Rating::TooLow, ["surface=saddle&start=-1.5,0&lr=0.1", "surface=saddle&start=1,0&lr=0.1"]),
    ] {
        for query in queries {
            let found = of(query);
            assert_eq!((found.verdict.name(), found.rating), (verdict, rating), "{query}: {}", found.message);
        }
    }
}

#[test]
fn a_diagnosis_says_it_in_words() {
    let words = |query: &str| {
        let Diagnosis { rating, reason, evidence, message, .. } = of(query);
        [rating.words().to_owned(), reason, evidence, message]
    };
    assert_eq!(
        words("surface=beale&lr=0.001"),
        [
            "too low",
            "crawling",
            "gets there at step 6,933",
            "Crawling, gets there at step 6,933: the rate is too low here."
        ]
    );
    assert_eq!(words("surface=beale&lr=0.01")[..3], ["too low", "still on its way", "gets there at step 1,294"]);
    assert_eq!(
        words("surface=beale&lr=0.1")[..3],
        ["about right", "converged in 75 steps", "loss stays below 8.3×10⁻⁴"]
    );
    assert_eq!(words("surface=beale&lr=1")[..3], ["too high", "leaves the frame", "leaves at step 10"]);
    assert_eq!(words("surface=beale&start=3,0.5&lr=0.1")[1], "starts in the minimum");
}

#[test]
fn what_is_said_of_steps_to_come_is_true() {
    for (query, steps) in [("surface=beale&lr=0.001", 6933), ("surface=beale&lr=0.01", 1294)] {
        assert_eq!(of(query).verdict.step(), Some(steps));
        let longer = of(&format!("{query}&steps={}", steps + 100));
        assert_eq!(longer.verdict, Verdict::Converged { at: steps });
    }
    let Verdict::Crawling { steps_needed } = of("lr=0.00001").verdict else { panic!("it crawls") };
    assert_eq!(steps_needed, Some(Needed::MoreThan(100_000)));
}

#[test]
fn a_glance_extrapolates_to_the_right_order_and_never_runs_on() {
    let config: Config = "surface=beale&lr=0.001,0.01".parse().expect("a good query");
    let survey = config.survey();
    let [slow, faster] = [0, 1].map(|run| survey.diagnose(&config.descend(&config.runs()[run]), false));
    let Verdict::Crawling { steps_needed: Some(Needed::About(steps)) } = slow.verdict else { panic!("{slow:?}") };
    assert!((2000..20_000).contains(&steps), "{steps}");
    assert!(matches!(faster.verdict, Verdict::Descending { steps_needed: Some(Needed::About(_)), .. }), "{faster:?}");
}

#[test]
fn converged_is_within_a_hundredth_of_the_way_and_of_the_diagonal() {
    let stays = |x: f64| on_bowl(&there_and(&[[x, 0.0]; 15])).verdict;
    // 1e-4 of the loss of the start is a hundredth of its distance.
    assert_eq!(stays(0.0399), Verdict::Converged { at: 20 });
    assert_ne!(stays(0.0401).name(), "converged");
    // From far away a hundredth of the way is too much: the marker has to cover the cross.
    let from_afar = |x: f64| on_bowl(&[&line(-40.0, 0.0, 20)[..], &[[x, 0.0]; 15]].concat()).verdict;
    assert_eq!(from_afar(0.1166), Verdict::Converged { at: 20 });
    assert_ne!(from_afar(0.1167).name(), "converged");
    // From near by a thousandth of the diagonal will do.
    let from_near = |x: f64| on_bowl(&[&[[0.05, 0.0]], &[[x, 0.0]; 15][..]].concat()).verdict;
    assert_eq!(from_near(0.0116), Verdict::Converged { at: 1 });
    assert_ne!(from_near(0.0118).name(), "converged");
}

#[test]
fn passing_the_minimum_is_not_converging_and_ten_steps_there_are() {
    let passes = |steps: usize| on_bowl(&[&line(-4.0, -0.2, 20)[..], &line(-0.03, 0.03, steps - 1)].concat()).verdict;
    assert_eq!(passes(10), Verdict::Converged { at: 21 });
    assert_ne!(passes(9).name(), "converged");
}

#[test]
fn a_burst_needs_a_rest_before_and_a_hundredth_of_the_loss_after() {
    let thrown = |rest: usize, to: f64| {
        on_bowl(&there_and(&[vec![[0.0, 0.0]; rest - 1], line(to, to / 2.0, 1), vec![[0.0, 0.0]; 30]].concat())).verdict
    };
    // A hundredth of the loss is a tenth of the way.
    assert_eq!(thrown(20, 0.41).name(), "bursting");
    assert_eq!(thrown(19, 0.41).name(), "converged");
    assert_eq!(thrown(20, 0.39).name(), "converged");
    let Verdict::Bursting { at, rise } = thrown(20, 2.0) else { panic!("it bursts") };
    assert_eq!((at, rise), (40, 2.0));
}

#[test]
fn crawling_is_more_than_ten_times_the_steps() {
    // 50 steps at an even pace, then as much further as the flow has to go to the minimum.
    let at = |end: f64| on_bowl(&line(-4.0, end, 50)).verdict;
    assert_eq!(at(-3.61).name(), "crawling");
    assert_eq!(at(-3.59).name(), "descending");
    let Verdict::Descending { gap, .. } = at(-3.0) else { panic!("it descends") };
    assert_eq!(gap, 4.5);
}

#[test]
fn ringing_is_four_turns_that_die_away_and_orbiting_a_cycle_that_does_not() {
    let wave = |steps: usize, shrink: f64| {
        let mut size = -3.0;
        let point = |_| {
            size *= -shrink;
            [size, 0.0]
        };
        (0..steps).map(point).collect::<Vec<_>>()
    };
    let found = on_bowl(&wave(40, 0.95));
    let Verdict::Ringing { period, amplitude } = found.verdict else { panic!("{found:?}") };
    assert!((period - 2.0).abs() < 0.01 && (0.4..0.5).contains(&amplitude), "{found:?}");
    let found = on_bowl(&wave(40, 1.0));
    assert_eq!(found.verdict, Verdict::Orbiting { period: 2.0, amplitude: 3.0 });
    // Six points turn four times, five three times.
    assert_eq!(on_bowl(&wave(6, 0.95)).verdict.name(), "ringing");
    assert_ne!(on_bowl(&wave(5, 0.95)).verdict.name(), "ringing");
    // A swing that has died away rings no more.
    assert_eq!(on_bowl(&wave(200, 0.9)).verdict.name(), "converged");
}

#[test]
fn a_frame_is_left_by_leaps_or_uphill_at_too_high_a_rate_and_downhill_at_a_good_one() {
    let rating = |points: &[[f64; 2]]| {
        let found = on(&Surface::Saddle, points, false);
        assert_eq!(found.verdict.name(), "left-frame");
        found.rating
    };
    let along_y = |step: f64| (0..=(3.0 / step) as usize).map(|k| [0.5, k as f64 * step]).collect::<Vec<_>>();
    // A fifth of the diagonal is 1.13.
    assert_eq!(rating(&along_y(1.1)), Rating::AboutRight);
    assert_eq!(rating(&along_y(1.2)), Rating::TooHigh);
    let along_x: Vec<_> = (0..30).map(|k| [0.5 + 0.1 * f64::from(k), 0.1]).collect();
    assert_eq!(rating(&along_x), Rating::TooHigh);
}

#[test]
fn another_minimum_is_hopped_to_over_a_ridge_and_glided_to_without_one() {
    let surface = Surface::Himmelblau;
    let to = |via: &[[f64; 2]]| {
        let points = [&[surface.facts().start], via, &[[3.584_428_340_330_492, -1.848_126_526_964_404]; 20]].concat();
        on(&surface, &points, false)
    };
    // Straight across the pass between the two minima, or along the start's own valley first.
    let hopped = to(&[[3.0, 2.0]]);
    assert!(matches!(hopped.verdict, Verdict::Hopped { at: Some(2), .. }), "{hopped:?}");
    assert_eq!((hopped.rating, &*hopped.reason), (Rating::TooHigh, "hopped to another minimum"));
    let home = on(&surface, &[&[surface.facts().start][..], &[[3.0, 2.0]; 20]].concat(), false);
    assert_eq!(home.verdict, Verdict::Converged { at: 1 });
}

#[test]
fn noise_is_judged_by_running_means() {
    // A jitter of 0.3 about the minimum has a loss of 0.045, within a hundredth of the start's 8 but not within 1e-4.
    let jitter: Vec<_> = (0..100).map(|k| [[0.3, 0.0], [-0.3, 0.0]][k % 2]).collect();
    assert_eq!(on(&BOWL, &there_and(&jitter), true).verdict.name(), "converged");
    assert_eq!(on(&BOWL, &there_and(&jitter), false).verdict.name(), "orbiting");
    let wide: Vec<_> = (0..100).map(|k| [[1.0, 0.0], [-1.0, 0.0]][k % 2]).collect();
    let found = on(&BOWL, &there_and(&wide), true);
    assert_eq!(found.rating, Rating::TooHigh, "{}", found.message);
}

#[test]
fn a_run_whose_rate_has_run_out_is_not_crawling() {
    assert_eq!(of("surface=beale&lr=0.001").verdict.name(), "crawling");
    // What ends with the run, and what dies away in a longer one.
    for schedule in ["linear", "cosine", "one-cycle", "polynomial", "exponential", "step"] {
        let found = of(&format!("surface=beale&lr=0.001&schedule={schedule}"));
        assert_eq!((found.verdict.name(), found.rating), ("descending", Rating::TooLow), "{}", found.message);
        assert_eq!(found.reason, "the rate ran out on the way");
    }
    let found = of("surface=beale&lr=0.01&schedule=inverse-sqrt&warmup=100");
    assert!(matches!(found.verdict, Verdict::Crawling { steps_needed: Some(Needed::Exactly(_)) }), "{}", found.message);
}

#[test]
fn annealing_settles_what_a_constant_rate_keeps_in_the_noise() {
    let noisy = of("surface=quadratic&lr=1&noise=3&steps=1000");
    assert_eq!((noisy.verdict.name(), &*noisy.reason), ("ringing", "jitters in the noise"));
    assert_eq!(of("surface=quadratic&lr=1&noise=3&steps=1000&schedule=cosine").rating, Rating::AboutRight);
}

#[test]
fn a_verdict_does_not_depend_on_one_step_more_once_a_run_has_converged() {
    for query in ["surface=beale&lr=0.1", "surface=quadratic&lr=1", "surface=himmelblau&lr=0.3"] {
        let verdicts = [200, 201, 202].map(|steps| of(&format!("{query}&steps={steps}")).verdict);
        assert!(verdicts.iter().all(|verdict| *verdict == verdicts[0]), "{query}: {verdicts:?}");
    }
}

/// Any coordinate, huge ones too.
fn coordinate() -> impl Strategy<Value = f64> {
    prop_oneof![
        -6.0..6.0,
        (-300.0..300.0, any::<bool>()).prop_map(|(exponent, negative)| {
            let size = libm::pow(10.0, exponent);
            if negative { -size } else { size }
        })
    ]
}

proptest! {
    #[test]
    fn no_path_is_beyond_words(
        index in 0..Surface::ALL.len(),
        points in prop::collection::vec([coordinate(), coordinate()], 1..60),
        noisy in any::<bool>(),
    ) {
        let surface = &Surface::ALL[index];
        if let Some(trajectory) = Trajectory::through(surface, &points, 0.1) {
            let found = diagnose(surface, &trajectory, &surface.facts().domain, noisy);
            prop_assert!(!found.reason.is_empty() && !found.evidence.is_empty() && found.message.ends_with("here."));
            prop_assert!(!found.message.contains("NaN") && !found.message.contains("undefined"), "{}", found.message);
        }
    }

    /// Moving and scaling the plane and scaling the loss of a bowl change neither verdict nor rating: what is compared
    /// is always a part of something.
    #[test]
    fn a_bowl_of_any_steepness_gives_the_same_verdict(scale in -6.0..6.0, lr in -4.0..1.0) {
        let lr = libm::pow(10.0, lr);
        // Adam's path on the scaled bowl is the path on the bowl, up to eps.
        let rule = Adam { eps: 0.0, ..Adam::DEFAULT };
        let gradient_scale = libm::pow(10.0, scale);
        let (mut at, mut moments, mut point) = (rule.first(), [rule.moments(), rule.moments()], [-4.0, 2.0]);
        let mut points = vec![point];
        for _ in 0..200 {
            for axis in 0..2 {
                let grad = point[axis] * gradient_scale;
                let (update, next) = rule.update(at, lr, point[axis], grad, moments[axis]);
                (point[axis], moments[axis]) = (point[axis] + update, next);
            }
            at = rule.next(at);
            points.push(point);
        }
        let config = format!("surface=quadratic&condition=1&eps=0&lr={}&start=-4,2", shortest(lr));
        let config: Config = config.parse().expect("a good query");
        let plain = config.survey().diagnose(&config.descend(&config.runs()[0]), false);
        let scaled = on_bowl(&points);
        prop_assert_eq!((plain.verdict.name(), plain.rating), (scaled.verdict.name(), scaled.rating));
    }
}

#[test]
fn the_shortest_and_the_longest_paths_have_a_verdict() {
    for count in [1, 2, 3, 100_001] {
        let found = on_bowl(&vec![[-4.0, 2.0]; count]);
        assert_eq!(found.rating, Rating::TooLow, "{found:?}");
    }
    assert!(Trajectory::through(&BOWL, &[], 0.1).is_none());
    let broken = Trajectory::through(&BOWL, &[[1.0, 0.0], [f64::NAN, 0.0]], 0.1).expect("a start");
    let found = diagnose(&BOWL, &broken, &BOWL.facts().domain, false);
    assert_eq!(found.verdict, Verdict::Diverged { at: 1 });
}

#[test]
fn a_minimum_outside_what_is_shown_is_no_less_a_minimum() {
    assert_eq!(of("surface=beale&lr=0.1&domain=0,1,-1,0").verdict, Verdict::Converged { at: 75 });
    assert_eq!(of("surface=beale&lr=0.01&steps=400&domain=0,1,-1,0").verdict.name(), "descending");
}
