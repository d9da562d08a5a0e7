//! What holds for Adam and for every trajectory, whatever the numbers.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{Adam, Config, LANES, Lanes, Optimizer, Real, Rule, Run, Surface, Trajectory};
use proptest::prelude::*;

/// The updates that a rule makes of a sequence of gradients, at a rate; the parameter stays at 1.
fn updates(rule: &impl Rule, lr: f64, grads: &[f64]) -> Vec<f64> {
    let (mut at, mut moments) = (rule.first(), rule.moments());
    let update = |&grad: &f64| {
        let update;
        (update, moments) = rule.update(at, lr, 1.0, grad, moments);
        at = rule.next(at);
        update
    };
    grads.iter().map(update).collect()
}

/// The path of the first run of a query.
fn path(query: &str) -> Trajectory {
    let config: Config = query.parse().unwrap_or_else(|error| panic!("{query}: {error}"));
    config.descend(&config.runs()[0])
}

fn is_close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs())
}

/// The largest update of Adam per coordinate, times lr, by Cauchy and Schwarz: beta1^2 < beta2, no weight decay.
fn bound(adam: &Adam) -> f64 {
    let Adam { beta1, beta2, .. } = *adam;
    (1.0 - beta1) / ((1.0 - beta2) * (1.0 - beta1 * beta1 / beta2)).sqrt()
}

/// Either sign, and a size from 10^low to 10^high, each decade as likely.
fn sized(low: f64, high: f64) -> impl Strategy<Value = f64> {
    (low..high, any::<bool>()).prop_map(|(exponent, negative)| {
        let size = libm::pow(10.0, exponent);
        if negative { -size } else { size }
    })
}

/// Adam with decay rates in [0, 0.9999], no weight decay.
fn adam() -> impl Strategy<Value = Adam> {
    // Half of them close to 1, where they are used.
    let beta = || prop_oneof![0.0..1.0, sized(-4.0, 0.0).prop_map(|gap| 1.0 - gap.abs())];
    let eps = prop_oneof![Just(0.0), sized(-12.0, 0.0).prop_map(f64::abs)];
    (beta(), beta(), eps, any::<bool>()).prop_map(|(beta1, beta2, eps, bias_correction)| Adam {
        beta1,
        beta2,
        eps,
        weight_decay: 0.0,
        bias_correction,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_first_update_is_minus_lr_times_the_sign_of_the_gradient_up_to_eps(
        adam in adam(), lr in sized(-10.0, 10.0).prop_map(f64::abs), grad in sized(-100.0, 100.0),
    ) {
        let update = updates(&Adam { bias_correction: true, ..adam }, lr, &[grad])[0];
        let expected = -lr * grad / (grad.abs() + adam.eps);
        prop_assert!(is_close(update, expected, 1e-12), "{update} is not {expected}");
    }

    #[test]
    fn without_bias_correction_the_first_update_has_the_size_of_the_decay_rates(
        adam in adam(), lr in sized(-10.0, 10.0).prop_map(f64::abs), grad in sized(-100.0, 100.0),
    ) {
        let update = updates(&Adam { bias_correction: false, eps: 0.0, ..adam }, lr, &[grad])[0];
        let expected = -lr * grad.signum() * (1.0 - adam.beta1) / (1.0 - adam.beta2).sqrt();
        prop_assert!(is_close(update, expected, 1e-12), "{update} is not {expected}");
    }

    #[test]
    fn no_update_exceeds_the_bound(
        adam in adam(),
        lr in sized(-10.0, 10.0).prop_map(f64::abs),
        grads in prop::collection::vec(sized(-6.0, 6.0), 1..200),
    ) {
        // Where beta1^2 < beta2 does not hold, it does with the two swapped.
        let Adam { beta1, beta2, .. } = adam;
        let adam = if beta1 * beta1 < beta2 { adam } else { Adam { beta1: beta2, beta2: beta1, ..adam } };
        let largest = updates(&adam, lr, &grads).into_iter().map(f64::abs).fold(0.0, f64::max);
        prop_assert!(largest <= bound(&adam) * lr * (1.0 + 1e-9), "{largest} at lr {lr}");
    }

    #[test]
    fn scaling_the_gradients_leaves_the_updates_unchanged(
        adam in adam(), scale in sized(-30.0, 30.0), grads in prop::collection::vec(sized(-6.0, 6.0), 1..100),
    ) {
        let adam = Adam { eps: 0.0, ..adam };
        let scaled: Vec<f64> = grads.iter().map(|grad| grad * scale).collect();
        // Opposite gradients may cancel to a rounding error; the update of their sizes says of how much.
        let sizes: Vec<f64> = grads.iter().map(|grad| grad.abs()).collect();
        let [plain, scaled, sizes] = [grads, scaled, sizes].map(|grads| updates(&adam, 1.0, &grads));
        for ((plain, scaled), size) in plain.into_iter().zip(scaled).zip(sizes) {
            let difference = (plain - scaled * scale.signum()).abs();
            prop_assert!(difference <= 1e-12 * size.abs(), "{plain} became {scaled}");
        }
    }

    #[test]
    fn a_lane_is_updated_bit_for_bit_like_a_scalar(
        adam in adam(),
        weight_decay in 0.0..1.0,
        grads in prop::collection::vec(prop::array::uniform2(sized(-9.0, 9.0)), 1..50),
    ) {
        let adam = Adam { weight_decay, ..adam };
        let (mut at, mut moments) = (adam.first(), adam.moments());
        let lanes = grads.iter().map(|&grads| {
            let update: Lanes;
            (update, moments) = adam.update(at, Lanes::constant(0.1), Lanes::constant(1.0), Lanes::of(grads), moments);
            at = adam.next(at);
            update.array().map(f64::to_bits)
        });
        let lanes: Vec<[u64; LANES]> = lanes.collect();
        for lane in 0..LANES {
            let of_lane: Vec<f64> = grads.iter().map(|grads| grads[lane]).collect();
            let scalar: Vec<u64> = updates(&adam, 0.1, &of_lane).into_iter().map(f64::to_bits).collect();
            prop_assert_eq!(scalar, lanes.iter().map(|update| update[lane]).collect::<Vec<_>>());
        }
    }
}

/// The sequence for which Cauchy and Schwarz hold with equality: silence, and then each gradient beta2 / beta1 times the
/// one before.
fn worst_gradients(adam: &Adam) -> Vec<f64> {
    let after_silence = std::iter::successors(Some(1.0), |grad| Some(grad * adam.beta2 / adam.beta1));
    std::iter::repeat_n(0.0, 100_000).chain(after_silence.take(500)).collect()
}

#[test]
fn the_worst_gradients_nearly_reach_the_bound_which_is_7_27_lr_at_the_defaults() {
    assert!(is_close(bound(&Adam::DEFAULT), 7.27, 1e-4));
    for (beta1, beta2) in [(0.9, 0.999), (0.5, 0.99), (0.99, 0.9999), (0.9, 0.9), (0.94, 0.9)] {
        for bias_correction in [true, false] {
            let adam = Adam { beta1, beta2, eps: 0.0, weight_decay: 0.0, bias_correction };
            let reached = updates(&adam, 0.1, &worst_gradients(&adam)).pop().expect("an update").abs();
            let bound = 0.1 * bound(&adam);
            assert!((0.99 * bound..=bound * (1.0 + 1e-9)).contains(&reached), "{adam:?}: {reached} of {bound}");
        }
    }
}

/// The points of a path as the rule makes them of the surface's gradients, and the one after its end.
fn replay(query: &str, path: &Trajectory) -> Vec<[f64; 2]> {
    let config: Config = query.parse().expect("parsed before");
    let Run { optimizer: Optimizer::Adam(adam), lr, .. } = config.runs().swap_remove(0) else { panic!("{query}") };
    let grads = |axis: usize| -> Vec<f64> {
        path.points().iter().map(|&[x, y]| config.surface().loss_and_grad(x, y).1[axis]).collect()
    };
    let along = |axis: usize| -> Vec<f64> {
        let updates = updates(&adam, lr, &grads(axis));
        path.points().iter().zip(updates).map(|(point, update)| point[axis] + update).collect()
    };
    along(0).into_iter().zip(along(1)).map(|(x, y)| [x, y]).collect()
}

#[test]
fn each_point_is_the_one_before_plus_the_update_at_its_gradient() {
    for surface in Surface::ALL {
        let query = format!("surface={}&lr=0.1&steps=300", surface.facts().name);
        let path = path(&query);
        assert_eq!(path.points()[1..], replay(&query, &path)[..300], "{query}");
    }
}

#[test]
fn a_run_ends_before_its_first_step_that_is_not_finite_and_names_it() {
    let cases = [
        ("surface=quadratic&lr=1e308", 1),
        ("surface=rosenbrock&lr=1e80", 1),
        ("surface=saddle&start=0,1&lr=6.6e153&beta1=0", 2),
        ("surface=quadratic&lr=1&beta1=0&beta2=0&eps=0", 3),
        ("surface=quadratic&start=0,0&eps=0", 1),
    ];
    for (query, stopped) in cases {
        let path = path(query);
        assert_eq!((path.stopped(), path.last()), (Some(stopped), stopped - 1), "{query}");
        let finite = |[x, y]: [f64; 2], loss: f64| x.is_finite() && y.is_finite() && loss.is_finite();
        assert!(path.points().iter().zip(path.losses()).all(|(&point, &loss)| finite(point, loss)), "{query}");
        assert_eq!((path.points().len(), path.losses().len()), (stopped, stopped), "{query}");
        // Past the end, the last step is what is there.
        assert_eq!(path.step(stopped), path.step(stopped - 1), "{query}");
        let next = *replay(query, &path).last().expect("never empty");
        let config: Config = query.parse().expect("parsed before");
        assert!(!finite(next, config.surface().loss(next[0], next[1])), "{query}: {next:?} is finite");
    }
}

#[test]
fn a_run_that_ends_by_itself_names_no_step() {
    let path = path("surface=beale&lr=0.1&steps=70");
    assert_eq!((path.stopped(), path.last(), path.points().len(), path.losses().len()), (None, 70, 71, 71));
}

#[test]
fn step_0_is_the_start_and_the_others_carry_their_rate() {
    for surface in Surface::ALL {
        let path = path(&format!("surface={}&start=0.75,-1.25&lr=0.03&steps=5", surface.facts().name));
        let start = path.step(0);
        assert_eq!((start.x, start.y, start.loss, start.lr), (0.75, -1.25, surface.loss(0.75, -1.25), None));
        for k in 1..=5 {
            let step = path.step(k);
            assert_eq!((step.lr, [step.x, step.y]), (Some(0.03), path.points()[k]));
            assert_eq!([step.loss; 2], [path.losses()[k], surface.loss(step.x, step.y)]);
        }
    }
}

#[test]
fn the_same_config_gives_the_same_trajectories_bit_for_bit() {
    for surface in Surface::ALL {
        let config: Config = format!("surface={}&steps=1000", surface.facts().name).parse().expect("a good query");
        for run in config.runs() {
            let bits = |path: Trajectory| path.points().iter().flatten().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(config.descend(&run)), bits(config.clone().descend(&run)), "{config}");
        }
    }
}

#[test]
fn every_parameter_off_its_default_changes_the_path() {
    let changes = [
        ("quadratic", "condition=21"),
        ("himmelblau", "start=4,4.6"),
        ("himmelblau", "lr=0.11"),
        ("himmelblau", "beta1=0.8"),
        ("himmelblau", "beta2=0.99"),
        ("himmelblau", "eps=0.01"),
        ("himmelblau", "weight-decay=0.01"),
        ("himmelblau", "bias-correction=off"),
    ];
    for (surface, change) in changes {
        let plain: Config = format!("surface={surface}&steps=100&lr=0.1").parse().expect("a good query");
        let (key, value) = change.split_once('=').expect("a pair");
        let changed = plain.with(key, value).expect("in range");
        let [plain, changed] = [plain, changed].map(|config| config.descend(&config.runs()[0]));
        // The loss too: Adam's points hardly depend on the scale of an axis, which is what `condition` changes.
        let apart = |k| {
            let (a, b) = (plain.step(k), changed.step(k));
            [a.x - b.x, a.y - b.y, a.loss - b.loss].into_iter().map(f64::abs).fold(0.0, f64::max)
        };
        let most = (0..=100).map(apart).fold(0.0, f64::max);
        assert!(most > 1e-3, "{change} moves the path by {most:e} only");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn swapping_the_axes_of_a_symmetric_surface_swaps_the_path(x in -6.0..6.0, y in -6.0..6.0, lr in sized(-4.0, 1.0)) {
        for surface in ["quadratic&condition=1", "rastrigin"] {
            let query = |x: f64, y: f64| format!("surface={surface}&start={x},{y}&lr={}&steps=100", lr.abs());
            let swapped: Vec<_> = path(&query(y, x)).points().iter().map(|&[x, y]| [y, x]).collect();
            let plain = path(&query(x, y));
            prop_assert_eq!(plain.points(), swapped);
        }
    }
}
