//! Noise and sparsity: what their draws are, and what they do to a run.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{Config, Noise, Objective, Optimizer, Rule, Run, Trajectory};

/// How many steps the statistics are taken over.
const STEPS: usize = 200_000;

/// Statistics may be so many standard errors off: draws are seeded, so this passes always or never.
const ERRORS: f64 = 4.0;

fn config(query: &str) -> Config {
    query.parse().unwrap_or_else(|error| panic!("{query}: {error}"))
}

fn path(query: &str) -> Trajectory {
    let config = config(query);
    config.descend(&config.runs()[0])
}

/// The standard normals of a seed: those of x, then those of y.
fn normals(seed: u64) -> [Vec<f64>; 2] {
    let noise = Noise { deviation: 1.0, sparsity: 0.0, seed };
    let draws: Vec<[f64; 2]> = (0..STEPS).map(|t| noise.applied(t, [0.0, 0.0])).collect();
    [0, 1].map(|axis| draws.iter().map(|draw| draw[axis]).collect())
}

/// Which gradients of a seed are zeroed, as 0 and 1: those of x, then those of y.
fn zeroed(seed: u64, sparsity: f64) -> [Vec<f64>; 2] {
    let noise = Noise { deviation: 0.0, sparsity, seed };
    let draws: Vec<[f64; 2]> = (0..STEPS).map(|t| noise.applied(t, [1.0, 1.0])).collect();
    [0, 1].map(|axis| draws.iter().map(|draw| 1.0 - draw[axis]).collect())
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

/// Asserts that a mean over the steps is the expected one, for terms of that variance.
fn assert_mean(values: impl ExactSizeIterator<Item = f64>, expected: f64, variance: f64, what: &str) {
    let error = (variance / values.len() as f64).sqrt();
    let found = mean(values);
    assert!(
        (found - expected).abs() <= ERRORS * error,
        "{what}: {found} is not {expected} within {ERRORS} x {error:e}"
    );
}

/// Asserts that two sequences are not correlated.
fn assert_independent(a: &[f64], b: &[f64], what: &str) {
    let centred = |values: &[f64]| {
        let mean = mean(values.iter().copied());
        values.iter().map(|value| value - mean).collect::<Vec<_>>()
    };
    let (a, b) = (centred(a), centred(b));
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let correlation = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
    assert!(correlation.abs() <= ERRORS / (a.len() as f64).sqrt(), "{what}: correlation {correlation}");
}

/// ```python
/// def output(seed, n):  # SplitMix64
///     m = 2**64 - 1
///     z = seed + 0x9E3779B97F4A7C15 * (n + 1) & m
///     z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & m
///     z = (z ^ z >> 27) * 0x94D049BB133111EB & m
///     return z ^ z >> 31
/// def u(n): return (output(seed, n) >> 11) / 2**53
/// r, a = math.sqrt(-2 * math.log(1 - u(4 * t))), 2 * math.pi * u(4 * t + 1)
/// print(r * math.cos(a), r * math.sin(a), u(4 * t + 2), u(4 * t + 3))
/// ```
#[test]
fn draws_are_those_of_the_documented_formula() {
    for (seed, t, normals, uniforms) in [
        (0, 0, [-1.8839083333524405, 0.8645068595575148], [0.026433771592597743, 0.9708819781538285]),
        (0, 1, [-0.22143788059715477, 0.4193328265559854], [0.17386786595968284, 0.771546556331567]),
        (42, 0, [0.8822489062222688, 1.388473285287707], [0.27860113025513866, 0.34419071652363753]),
        (42, 99_999, [1.2029335551167075, -0.40120853494764613], [0.5695219491862205, 0.05813409627345789]),
        (u64::MAX, 7, [1.670950495062803, 0.18398649173174994], [0.14352357525612724, 0.8678492136119944]),
    ] {
        let drawn = Noise { deviation: 1.0, sparsity: 0.0, seed }.applied(t, [0.0, 0.0]);
        for axis in [0, 1] {
            assert!((drawn[axis] - normals[axis]).abs() <= 1e-15, "{drawn:?} is not {normals:?}");
            // A coordinate is zeroed for every sparsity above its uniform.
            for (sparsity, is_zeroed) in
                [(uniforms[axis] * (1.0 - 1e-12), false), (uniforms[axis] * (1.0 + 1e-12), true)]
            {
                let kept = Noise { deviation: 0.0, sparsity, seed }.applied(t, [5.0, 5.0])[axis];
                assert_eq!(kept == 0.0, is_zeroed, "seed {seed}, t {t}, axis {axis}");
            }
        }
    }
}

#[test]
fn the_noise_is_standard_normal() {
    for seed in [0, 1, 12_345_678_901_234_567_890] {
        for draws in normals(seed) {
            let powers = |power: u8| draws.iter().map(move |&draw| (0..power).fold(1.0, |product, _| product * draw));
            // Moments of the standard normal, with the variance of a term: E z^2k - (E z^k)^2.
            for (power, moment, variance) in
                [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0), (6, 15.0, 10_170.0)]
            {
                assert_mean(powers(power), moment, variance, &format!("seed {seed}, moment {power}"));
            }
            // The share above each level: the normal's upper tail.
            for (level, share) in [
                (0.0, 0.5),
                (0.5, 0.308_537_538_725_986_9),
                (1.0, 0.158_655_253_931_457_05),
                (2.0, 0.022_750_131_948_179_21),
                (3.0, 0.001_349_898_031_630_094_6),
                (4.0, 3.167_124_183_311_998_6e-5),
            ] {
                for sign in [1.0, -1.0] {
                    let above = draws.iter().map(|draw| f64::from(u8::from(draw * sign > level)));
                    assert_mean(above, share, share * (1.0 - share), &format!("seed {seed}, above {}", sign * level));
                }
            }
            assert!(draws.iter().all(|draw| draw.abs() < 8.58));
        }
    }
}

#[test]
fn draws_of_other_coordinates_steps_seeds_and_purposes_are_independent() {
    let [x, y] = normals(7);
    assert_independent(&x, &y, "x and y");
    for lag in [1, 2, 3, 4, 100] {
        assert_independent(&x[lag..], &x[..STEPS - lag], &format!("x and x {lag} steps before"));
        assert_independent(&x[lag..], &y[..STEPS - lag], &format!("x and y {lag} steps before"));
    }
    for seed in [6, 8, 9, 7 + (1 << 32), 7 | 1 << 63] {
        let [other_x, other_y] = normals(seed);
        assert_independent(&x, &other_x, &format!("x of seeds 7 and {seed}"));
        assert_independent(&x, &other_y, &format!("x and y of seeds 7 and {seed}"));
        assert_independent(&x[1..], &other_x[..STEPS - 1], &format!("x of seeds 7 and {seed}, a step apart"));
    }
    let squares = |values: &[f64]| values.iter().map(|value| value * value).collect::<Vec<_>>();
    assert_independent(&squares(&x), &squares(&y), "sizes of x and y");
    assert_independent(&squares(&x[1..]), &squares(&x[..STEPS - 1]), "sizes of x and x a step before");
    let [zero_x, zero_y] = zeroed(7, 0.5);
    assert_independent(&zero_x, &zero_y, "zeros of x and y");
    assert_independent(&zero_x[1..], &zero_x[..STEPS - 1], "zeros of x and x a step before");
    for (zeros, what) in [(&zero_x, "x"), (&zero_y, "y")] {
        assert_independent(zeros, &x, &format!("zeros of {what} and noise of x"));
        assert_independent(zeros, &squares(&y), &format!("zeros of {what} and size of noise of y"));
    }
}

#[test]
fn a_share_of_the_gradients_is_zero_and_noise_does_not_fill_them() {
    for sparsity in [0.001, 0.1, 0.5, 0.9, 0.999] {
        for zeros in zeroed(3, sparsity) {
            assert_mean(zeros.iter().copied(), sparsity, sparsity * (1.0 - sparsity), "share");
        }
        let noisy = Noise { deviation: 2.0, sparsity, seed: 3 };
        let plain = Noise { sparsity: 0.0, ..noisy };
        let sparse = Noise { deviation: 0.0, ..noisy };
        for t in 0..1_000 {
            let [both, plain, sparse] = [noisy, plain, sparse].map(|noise| noise.applied(t, [1.0, -3.0]));
            for axis in [0, 1] {
                assert_eq!(both[axis], if sparse[axis] == 0.0 { 0.0 } else { plain[axis] });
            }
        }
    }
}

#[test]
fn without_noise_and_sparsity_nothing_changes() {
    for grad in [[0.1, -0.0], [f64::INFINITY, 5e-324], [1e308, -3.0]] {
        for seed in [0, 9] {
            let same = Noise { seed, ..Noise::NONE }.applied(5, grad);
            assert_eq!(same.map(f64::to_bits), grad.map(f64::to_bits));
        }
    }
    assert_eq!(path("surface=beale&lr=0.1&noise=0&sparsity=0"), path("surface=beale&lr=0.1"));
}

/// The points of a run, made again step by step from the draws of its config, its rule and its rates.
fn replay(config: &Config, run: &Run, path: &Trajectory) -> Vec<[f64; 2]> {
    let objective = Objective { surface: *config.surface(), noise: *config.noise() };
    let Optimizer::Adam(rule) = run.optimizer else { panic!("the default optimizer is Adam") };
    let ([mut x, mut y], mut at) = (config.start(), rule.first());
    let (mut moments_x, mut moments_y) = (rule.moments(), rule.moments());
    let mut points = vec![[x, y]];
    for t in 0..path.last() {
        let (_, [grad_x, grad_y]) = objective.loss_and_grad(t, [x, y]);
        let lr = path.step(t + 1).lr.expect("an update");
        let (dx, dy);
        (dx, moments_x) = rule.update(at, lr, x, grad_x, moments_x);
        (dy, moments_y) = rule.update(at, lr, y, grad_y, moments_y);
        (x, y, at) = (x + dx, y + dy, rule.next(at));
        points.push([x, y]);
    }
    points
}

#[test]
fn every_run_of_a_config_sees_the_same_draws_and_records_the_true_loss() {
    let query = "surface=himmelblau&lr=0.001,0.1,1&schedule=constant,cosine,plateau&noise=3&sparsity=0.3&seed=11";
    let config = config(query);
    for run in config.runs() {
        let path = config.descend(&run);
        assert_eq!(path.points(), replay(&config, &run, &path), "{}", run.label);
        for (&[x, y], &loss) in path.points().iter().zip(path.losses()) {
            assert_eq!(loss, config.surface().loss(x, y));
        }
    }
}

#[test]
fn noise_sparsity_and_seed_each_change_the_path() {
    let plain = "surface=himmelblau&lr=0.1&noise=1&sparsity=0.1&seed=5";
    for (key, value) in [("noise", "2"), ("sparsity", "0.2"), ("seed", "6"), ("noise", "0"), ("sparsity", "0")] {
        let [plain, changed] = [config(plain), config(plain).with(key, value).expect("in range")]
            .map(|config| config.descend(&config.runs()[0]));
        let apart =
            |k: usize| (plain.step(k).x - changed.step(k).x).abs() + (plain.step(k).y - changed.step(k).y).abs();
        let most = (0..=plain.last()).map(apart).fold(0.0, f64::max);
        assert!(most > 1e-2, "{key}={value} moves the path by {most:e} only");
    }
}

/// The mean squared distance from the minimum at 0 over the last hundred steps.
fn ball(query: &str) -> f64 {
    let path = path(query);
    assert_eq!(path.stopped(), None, "{query}");
    mean(path.points()[path.last() - 99..].iter().map(|[x, y]| x * x + y * y))
}

#[test]
fn the_ball_that_noise_makes_shrinks_with_the_rate() {
    let at =
        |schedule: &str| ball(&format!("surface=quadratic&condition=1&start=1,1&steps=5000&lr=0.1&noise=1&{schedule}"));
    let constant = at("schedule=constant");
    assert!(constant > 1e-3, "{constant}");
    for schedule in ["schedule=cosine", "schedule=linear", "schedule=polynomial", "schedule=exponential&gamma=0.999"] {
        let annealed = at(schedule);
        assert!(annealed < constant / 10.0, "{schedule}: {annealed} after {constant}");
    }
}

#[test]
fn a_run_is_reproduced_by_its_text() {
    let first = config("surface=beale&lr=0.1&steps=500&noise=0.5&sparsity=0.25&seed=12345678901234567890");
    let again = config(&first.to_string());
    assert_eq!(first.descend(&first.runs()[0]), again.descend(&again.runs()[0]));
}
