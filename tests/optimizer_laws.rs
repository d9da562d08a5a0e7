//! What holds for whole families of update rules, whatever the numbers.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{Adam, AdamW, Config, Hyperparameter, Lion, Optimizer, Rule, Trajectory, WithRule};
use proptest::prelude::*;

/// The updates that a rule makes of a sequence of gradients; the parameter stays where it is.
struct Updates<'a> {
    lr: f64,
    param: f64,
    grads: &'a [f64],
}

impl WithRule for Updates<'_> {
    type Output = Vec<f64>;

    fn with<U: Rule>(self, rule: &U) -> Vec<f64> {
        let (mut at, mut moments) = (rule.first(), rule.moments());
        let update = |&grad: &f64| {
            let update;
            (update, moments) = rule.update(at, self.lr, self.param, grad, moments);
            at = rule.next(at);
            update
        };
        self.grads.iter().map(update).collect()
    }
}

fn updates(optimizer: &Optimizer, lr: f64, grads: &[f64]) -> Vec<f64> {
    optimizer.with_rule(Updates { lr, param: 1.0, grads })
}

/// The optimizer of that name, with eps 0 where it has one.
fn without_eps(name: &str) -> Optimizer {
    Optimizer::by_name(name).expect("a known name").with(Hyperparameter::Eps, 0.0)
}

/// The path of the first run of a query.
fn path(query: &str) -> Trajectory {
    let config: Config = query.parse().unwrap_or_else(|error| panic!("{query}: {error}"));
    config.descend(&config.runs()[0])
}

/// How far a run on the quadratic is from its minimum at its last step, and at its first; only the steep coordinate
/// moves. Its curvature is the condition number.
fn distances(optimizer: &str, momentum: Option<f64>, condition: f64, lr: f64) -> [f64; 2] {
    let momentum = momentum.map(|momentum| format!("&momentum={momentum}")).unwrap_or_default();
    let query =
        format!("surface=quadratic&condition={condition}&start=0,1&steps=3000&optimizer={optimizer}&lr={lr}{momentum}");
    let path = path(&query);
    [path.step(3000).y.abs(), path.step(0).y.abs()]
}

/// Either sign, and a size from 10^low to 10^high, each decade as likely.
fn sized(low: f64, high: f64) -> impl Strategy<Value = f64> {
    (low..high, any::<bool>()).prop_map(|(exponent, negative)| {
        let size = libm::pow(10.0, exponent);
        if negative { -size } else { size }
    })
}

/// The optimizers for which a bound on the update is known, at other values of what it depends on.
fn bounded(beta1: f64, beta2: f64) -> Vec<Optimizer> {
    let tuned = |optimizer: &Optimizer| {
        let pairs = [(Hyperparameter::Beta1, beta1), (Hyperparameter::Beta2, beta2), (Hyperparameter::Alpha, beta2)];
        let tuned = pairs.into_iter().fold(*optimizer, |optimizer, (which, value)| optimizer.with(which, value));
        tuned.with(Hyperparameter::WeightDecay, 0.0)
    };
    Optimizer::ALL.iter().map(tuned).filter(|optimizer| optimizer.bound().is_some()).collect()
}

fn grads() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(sized(-6.0, 6.0), 1..200)
}

proptest! {
    #[test]
    fn no_update_exceeds_the_bound_of_its_optimizer(grads in grads(), b1 in 0.0..0.99, b2 in 0.5..0.9999, lr in 1e-3..10.0) {
        for optimizer in bounded(b1, b2) {
            let bound = optimizer.bound().expect("filtered") * lr * (1.0 + 1e-9);
            for update in updates(&optimizer, lr, &grads) {
                prop_assert!(update.abs() <= bound, "{optimizer:?}: {update} above {bound}");
            }
        }
    }

    #[test]
    fn sgd_on_a_quadratic_converges_exactly_below_2_over_the_curvature(condition in 1.0..1e4) {
        let limit = 2.0 / condition;
        let [below, start] = distances("sgd", None, condition, 0.99 * limit);
        prop_assert!(below < 1e-9 * start, "{below}");
        let [above, start] = distances("sgd", None, condition, 1.01 * limit);
        prop_assert!(above > 1e9 * start, "{above}");
    }

    #[test]
    fn momentum_on_a_quadratic_converges_exactly_below_2_plus_2_b_over_the_curvature(
        condition in 1.0..1e4, b in 0.0..0.95,
    ) {
        let limit = (2.0 + 2.0 * b) / condition;
        let [below, start] = distances("momentum", Some(b), condition, 0.99 * limit);
        prop_assert!(below < 1e-9 * start, "{below}");
        let [above, start] = distances("momentum", Some(b), condition, 1.01 * limit);
        prop_assert!(above > 1e9 * start, "{above}");
    }

    // From the characteristic polynomial z^2 - (1 + b) (1 - a) z + b (1 - a), a = lr * curvature, at z = -1.
    #[test]
    fn nesterov_on_a_quadratic_converges_exactly_below_2_plus_2_b_over_1_plus_2_b_over_the_curvature(
        condition in 1.0..1e4, b in 0.01..0.95,
    ) {
        let limit = (2.0 + 2.0 * b) / (1.0 + 2.0 * b) / condition;
        let [below, start] = distances("nesterov", Some(b), condition, 0.99 * limit);
        prop_assert!(below < 1e-9 * start, "{below}");
        let [above, start] = distances("nesterov", Some(b), condition, 1.01 * limit);
        prop_assert!(above > 1e9 * start, "{above}");
    }

    // By powers of 2, which round nothing: not one bit may change.
    #[test]
    fn scaling_the_gradients_leaves_the_updates_of_normalising_rules_unchanged(grads in grads(), exponent in -60..60) {
        let scale = libm::scalbn(1.0, exponent);
        let scaled: Vec<f64> = grads.iter().map(|grad| grad * scale).collect();
        for name in ["adagrad", "rmsprop", "adam", "adamw", "amsgrad", "adamax", "nadam", "lion"] {
            let optimizer = without_eps(name);
            prop_assert_eq!(updates(&optimizer, 0.1, &scaled), updates(&optimizer, 0.1, &grads), "{}", name);
        }
    }

    #[test]
    fn scaling_the_gradients_scales_the_updates_of_linear_rules(grads in grads(), exponent in -60..60) {
        let scale = libm::scalbn(1.0, exponent);
        let scaled: Vec<f64> = grads.iter().map(|grad| grad * scale).collect();
        for name in ["sgd", "momentum", "nesterov"] {
            let optimizer = without_eps(name);
            let expected: Vec<f64> = updates(&optimizer, 0.1, &grads).iter().map(|update| update * scale).collect();
            prop_assert_eq!(updates(&optimizer, 0.1, &scaled), expected, "{}", name);
        }
    }

    #[test]
    fn mirrored_gradients_make_mirrored_updates(grads in grads()) {
        let mirrored: Vec<f64> = grads.iter().map(|grad| -grad).collect();
        // AdamW pulls towards 0 from one side, and Yogi's mean of gradients starts off 0.
        for optimizer in Optimizer::ALL.iter().filter(|optimizer| !["adamw", "yogi"].contains(&optimizer.name())) {
            let expected: Vec<f64> = updates(optimizer, 0.1, &grads).iter().map(|update| -update).collect();
            prop_assert_eq!(updates(optimizer, 0.1, &mirrored), expected, "{}", optimizer.name());
        }
    }

    #[test]
    fn no_update_exceeds_its_rules_bound(grads in grads(), lr in sized(-10.0, 10.0).prop_map(f64::abs)) {
        // For Adam by Cauchy and Schwarz, for AdaMax by the geometric series of beta1 / beta2.
        let adam = 0.1 / (0.001 * (1.0 - 0.81 / 0.999_f64)).sqrt();
        let adamax = 0.1 / (1.0 - 0.9 / 0.999);
        let rmsprop = 1.0 / 0.01_f64.sqrt();
        for (name, bound) in
            [("adagrad", 1.0), ("rmsprop", rmsprop), ("adam", adam), ("amsgrad", adam), ("adamax", adamax), ("lion", 1.0)]
        {
            let largest = updates(&without_eps(name), lr, &grads).into_iter().map(f64::abs).fold(0.0, f64::max);
            prop_assert!(largest <= bound * lr * (1.0 + 1e-9), "{name}: {largest} at lr {lr}");
        }
    }

    #[test]
    fn every_update_of_lion_is_the_rate_in_size(grads in grads(), lr in sized(-10.0, 10.0).prop_map(f64::abs)) {
        for update in updates(&Optimizer::Lion(Lion::DEFAULT), lr, &grads) {
            prop_assert_eq!(update.abs(), lr);
        }
    }

    #[test]
    fn swapping_the_axes_of_a_symmetric_surface_swaps_every_path(x in -6.0..6.0, y in -6.0..6.0, lr in sized(-4.0, 1.0)) {
        for optimizer in Optimizer::ALL.iter().map(Optimizer::name) {
            for surface in ["quadratic&condition=1", "rastrigin"] {
                let query = |x: f64, y: f64| {
                    format!("surface={surface}&start={x},{y}&optimizer={optimizer}&lr={}&steps=60", lr.abs())
                };
                let swapped: Vec<_> = path(&query(y, x)).points().iter().map(|&[x, y]| [y, x]).collect();
                let plain = path(&query(x, y));
                prop_assert_eq!(plain.points(), swapped, "{}", optimizer);
            }
        }
    }

    #[test]
    fn decoupled_weight_decay_takes_a_part_of_the_parameter_whatever_the_gradients(
        param in sized(-3.0, 3.0), weight_decay in 0.0..1.0, lr in 1e-4..1.0, grads in grads(),
    ) {
        let adamw = Optimizer::AdamW(AdamW::DEFAULT);
        let lion = Optimizer::Lion(Lion::DEFAULT);
        for optimizer in [adamw, lion] {
            let decayed = |weight_decay| {
                optimizer.with(Hyperparameter::WeightDecay, weight_decay).with_rule(Updates { lr, param, grads: &grads })
            };
            for (plain, decayed) in decayed(0.0).into_iter().zip(decayed(weight_decay)) {
                let expected = plain - lr * weight_decay * param;
                let error = (decayed - expected).abs();
                prop_assert!(error <= 1e-15 * (plain.abs() + expected.abs() + param.abs()), "{decayed}, not {expected}");
            }
        }
    }

    #[test]
    fn coupled_weight_decay_is_part_of_the_gradient(
        param in sized(-3.0, 3.0), weight_decay in 0.001..1.0, grads in grads(),
    ) {
        let joined: Vec<f64> = grads.iter().map(|grad| grad + param * weight_decay).collect();
        for optimizer in Optimizer::ALL.iter().filter(|optimizer| !["adamw", "lion"].contains(&optimizer.name())) {
            let decaying = optimizer.with(Hyperparameter::WeightDecay, weight_decay);
            let decayed = decaying.with_rule(Updates { lr: 0.1, param, grads: &grads });
            let expected = optimizer.with_rule(Updates { lr: 0.1, param, grads: &joined });
            prop_assert_eq!(decayed, expected, "{}", optimizer.name());
        }
    }
}

/// Where nothing else pulls, coupled decay is all that Adam sees, and so a whole step; AdamW takes its part.
#[test]
fn weight_decay_alone_moves_adam_by_the_rate_and_adamw_by_its_part() {
    let adam = Optimizer::Adam(Adam { weight_decay: 0.01, ..Adam::DEFAULT });
    let alone = |optimizer: &Optimizer| optimizer.with_rule(Updates { lr: 0.1, param: 2.0, grads: &[0.0] })[0];
    assert!((alone(&adam) + 0.1).abs() < 1e-6);
    assert!((alone(&Optimizer::AdamW(AdamW::DEFAULT)) + 0.1 * 0.01 * 2.0).abs() < 1e-15);
}

#[test]
fn adamw_without_weight_decay_is_adam() {
    for surface in ["quadratic", "beale", "rastrigin"] {
        let query =
            |optimizer: &str| format!("surface={surface}&steps=500&optimizer={optimizer}&lr=0.1&weight-decay=0");
        assert_eq!(path(&query("adamw")), path(&query("adam")), "{surface}");
    }
}

/// The second moments of AMSGrad never shrink, so that a late small gradient still makes a small step.
#[test]
fn the_rate_of_amsgrad_never_grows_where_there_is_no_correction() {
    let config: Config =
        "surface=himmelblau&optimizer=amsgrad,adam&lr=0.1&steps=300&bias-correction=off".parse().expect("a good query");
    let grows = config.runs().into_iter().map(|run| {
        let updates = config.anatomy(&run, &config.descend(&run), 1..=300);
        updates.windows(2).any(|pair| pair[1][0].rate > pair[0][0].rate)
    });
    assert_eq!(grows.collect::<Vec<_>>(), [false, true]);
}

/// At beta2 0.999 rho is above 5 from the sixth update on.
#[test]
fn the_first_five_updates_of_radam_have_no_second_moment() {
    let config: Config = "surface=beale&optimizer=radam&lr=0.01&steps=10".parse().expect("a good query");
    let run = &config.runs()[0];
    let updates = config.anatomy(run, &config.descend(run), 1..=10);
    let plain: Vec<_> = updates.iter().map(|of| of.iter().all(|along| along.rate == 0.01)).collect();
    assert_eq!(plain, [true, true, true, true, true, false, false, false, false, false]);
}

#[test]
fn a_gradient_that_is_not_a_number_is_not_taken_for_none() {
    for optimizer in Optimizer::ALL {
        assert!(updates(optimizer, 0.1, &[1.0, f64::NAN])[1].is_nan(), "{}", optimizer.name());
    }
}

#[test]
fn the_bounds_are_known_for_seven_optimizers_and_nearly_reached_by_growing_gradients() {
    let names: Vec<_> = bounded(0.9, 0.999).iter().map(Optimizer::name).collect();
    assert_eq!(names, ["adagrad", "rmsprop", "adam", "adamw", "amsgrad", "adamax", "lion"]);
    let growing = |growth: f64| (-3000..3000).map(|i| libm::exp(libm::log(growth) * f64::from(i))).collect::<Vec<_>>();
    for (name, growth) in [("adam", 0.999 / 0.9), ("amsgrad", 0.999 / 0.9), ("adamax", 1.0 / 0.999)] {
        let optimizer = without_eps(name);
        let last = updates(&optimizer, 1.0, &growing(growth))[5999].abs();
        let bound = optimizer.bound().expect("a bound");
        assert!((0.98 * bound..=bound * (1.0 + 1e-9)).contains(&last), "{name}: {last} of {bound}");
    }
    // What no longer bounds: decay that no gradient moves, and memories of which the first is the longer one.
    let off = |name: &str, key, value| Optimizer::by_name(name).expect("known").with(key, value).bound();
    assert_eq!(off("adamw", Hyperparameter::WeightDecay, 0.01), None);
    assert_eq!(off("lion", Hyperparameter::WeightDecay, 0.01), None);
    assert_eq!(off("adam", Hyperparameter::Beta2, 0.8), None);
    assert_eq!(off("rmsprop", Hyperparameter::Momentum, 1.0), None);
}
