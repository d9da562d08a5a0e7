//! Every optimizer of the catalogue: its minimum, its keys and their defaults, its lanes, its anatomy.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{
    Anatomy, Config, Hyperparameter, Key, LANES, Lanes, Optimizer, Real, Rule, Surface, Trajectory, WithRule, shortest,
};

fn config(query: &str) -> Config {
    query.parse().unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// The path of the first run of a query.
fn path(query: &str) -> Trajectory {
    let config = config(query);
    config.descend(&config.runs()[0])
}

fn names() -> Vec<&'static str> {
    Optimizer::ALL.iter().map(Optimizer::name).collect()
}

/// A rate at which each optimizer reaches a minimum of each surface.
const CONFORMANCE: [(&str, [(&str, f64); 3]); 15] = [
    ("sgd", [("quadratic", 0.02), ("rosenbrock", 0.001), ("himmelblau", 0.005)]),
    ("momentum", [("quadratic", 0.01), ("rosenbrock", 0.001), ("himmelblau", 0.001)]),
    ("nesterov", [("quadratic", 0.01), ("rosenbrock", 0.0003), ("himmelblau", 0.001)]),
    ("adagrad", [("quadratic", 1.0), ("rosenbrock", 0.5), ("himmelblau", 1.0)]),
    ("rmsprop", [("quadratic", 0.001), ("rosenbrock", 0.001), ("himmelblau", 0.01)]),
    ("adadelta", [("quadratic", 0.02), ("rosenbrock", 0.01), ("himmelblau", 0.02)]),
    ("adam", [("quadratic", 0.001), ("rosenbrock", 0.001), ("himmelblau", 0.01)]),
    ("adamw", [("quadratic", 0.001), ("rosenbrock", 0.001), ("himmelblau", 0.001)]),
    ("amsgrad", [("quadratic", 0.1), ("rosenbrock", 0.2), ("himmelblau", 0.1)]),
    ("adamax", [("quadratic", 0.003), ("rosenbrock", 0.003), ("himmelblau", 0.01)]),
    ("nadam", [("quadratic", 0.001), ("rosenbrock", 0.001), ("himmelblau", 0.01)]),
    ("radam", [("quadratic", 0.001), ("rosenbrock", 0.001), ("himmelblau", 0.003)]),
    ("adabelief", [("quadratic", 0.001), ("rosenbrock", 0.001), ("himmelblau", 0.01)]),
    ("yogi", [("quadratic", 0.1), ("rosenbrock", 0.2), ("himmelblau", 0.1)]),
    ("lion", [("quadratic", 0.0003), ("rosenbrock", 0.0003), ("himmelblau", 0.0003)]),
];

#[test]
fn every_optimizer_reaches_the_minimum_at_a_suitable_rate() {
    assert_eq!(CONFORMANCE.map(|(name, _)| name).as_slice(), names());
    for (optimizer, rates) in CONFORMANCE {
        for (surface, lr) in rates {
            let query = format!("surface={surface}&optimizer={optimizer}&lr={lr}&steps=30000");
            let (path, minima) = (path(&query), config(&query).surface().facts().minima);
            // All of the last hundred points: none of them passes by.
            for &[x, y] in &path.points()[29_901..] {
                let nearest = minima.iter().map(|at| (x - at[0]).abs().max((y - at[1]).abs())).fold(f64::MAX, f64::min);
                assert!(nearest < 0.01, "{query}: ({x}, {y})");
            }
        }
    }
}

/// Which optimizer has which keys, and their defaults: `torch.optim`'s, `optax`'s from `adabelief` on.
const DEFAULTS: [(&str, &str); 15] = [
    ("sgd", "weight-decay=0"),
    ("momentum", "weight-decay=0&momentum=0.9"),
    ("nesterov", "weight-decay=0&momentum=0.9"),
    ("adagrad", "eps=1e-10&weight-decay=0"),
    ("rmsprop", "eps=1e-8&weight-decay=0&momentum=0&alpha=0.99"),
    ("adadelta", "eps=0.000001&weight-decay=0&rho=0.9"),
    ("adam", "beta1=0.9&beta2=0.999&eps=1e-8&weight-decay=0&bias-correction=on"),
    ("adamw", "beta1=0.9&beta2=0.999&eps=1e-8&weight-decay=0.01&bias-correction=on"),
    ("amsgrad", "beta1=0.9&beta2=0.999&eps=1e-8&weight-decay=0&bias-correction=on"),
    ("adamax", "beta1=0.9&beta2=0.999&eps=1e-8&weight-decay=0"),
    ("nadam", "beta1=0.9&beta2=0.999&eps=1e-8&weight-decay=0&momentum-decay=0.004"),
    ("radam", "beta1=0.9&beta2=0.999&eps=1e-8&weight-decay=0"),
    ("adabelief", "beta1=0.9&beta2=0.999&eps=1e-16&weight-decay=0"),
    ("yogi", "beta1=0.9&beta2=0.999&eps=0.001&weight-decay=0"),
    ("lion", "beta1=0.9&beta2=0.99&weight-decay=0"),
];

/// A value off every default of each key.
fn off_default(hyperparameter: Hyperparameter) -> &'static str {
    match hyperparameter {
        Hyperparameter::Beta1 => "0.8",
        Hyperparameter::Beta2 => "0.9",
        Hyperparameter::Eps => "1",
        Hyperparameter::WeightDecay => "0.3",
        Hyperparameter::Momentum => "0.5",
        Hyperparameter::Alpha => "0.8",
        Hyperparameter::Rho => "0.5",
        Hyperparameter::MomentumDecay => "0.1",
        Hyperparameter::BiasCorrection => "off",
    }
}

#[test]
fn each_key_is_accepted_by_exactly_the_optimizers_that_have_it() {
    assert_eq!(DEFAULTS.map(|(name, _)| name).as_slice(), names());
    for &hyperparameter in Hyperparameter::ALL {
        let (key, value) = (hyperparameter.name(), off_default(hyperparameter));
        let having =
            DEFAULTS.iter().filter(|(_, keys)| keys.split('&').any(|pair| pair.starts_with(&format!("{key}="))));
        let having: Vec<_> = having.map(|(name, _)| *name).collect();
        for name in names() {
            let query = format!("optimizer={name}&{key}={value}");
            let canonical = if name == "adam" { format!("{key}={value}") } else { query.clone() };
            let expected = if having.contains(&name) {
                Ok(canonical)
            } else {
                let names = having.join(", ");
                Err(format!("{key}: \"{value}\" has no effect on the chosen optimizers (expected only with {names})"))
            };
            let read = query.parse::<Config>();
            assert_eq!(read.map(|config| config.to_string()).map_err(|error| error.to_string()), expected);
        }
    }
}

#[test]
fn defaults_are_the_reference_libraries() {
    for (name, defaults) in DEFAULTS {
        let config = config(&format!("optimizer={name}"));
        let of = |key: &Key| (key.name(), config.text(*key));
        let keys = Key::ALL.iter().filter(|key| matches!(key, Key::Hyperparameter(_))).map(of);
        let stated: Vec<_> =
            keys.filter(|(_, text)| !text.is_empty()).map(|(key, text)| format!("{key}={text}")).collect();
        assert_eq!(stated.join("&"), defaults, "{name}");
        // Given, they say nothing.
        assert_eq!(self::config(&format!("optimizer={name}&{defaults}")), config);
    }
}

#[test]
fn one_value_applies_to_each_that_has_the_key_and_an_absent_one_is_each_ones_own() {
    let config = config("optimizer=adagrad,lion,yogi,momentum&eps=0.5&beta2=0.7&lr=1");
    let values = |key: Hyperparameter| config.runs().iter().map(|run| run.optimizer.get(key)).collect::<Vec<_>>();
    assert_eq!(values(Hyperparameter::Eps), [Some(0.5), None, Some(0.5), None]);
    assert_eq!(values(Hyperparameter::Beta2), [None, Some(0.7), Some(0.7), None]);
    assert_eq!(values(Hyperparameter::Beta1), [None, Some(0.9), Some(0.9), None]);
    assert_eq!(values(Hyperparameter::WeightDecay), [Some(0.0); 4]);
    assert_eq!(values(Hyperparameter::Momentum), [None, None, None, Some(0.9)]);
}

#[test]
fn a_value_is_left_out_only_where_it_is_the_default_of_all_that_have_it() {
    for (query, canonical) in [
        ("optimizer=adam,sgd&eps=1e-8", "optimizer=adam,sgd"),
        ("optimizer=adam,adagrad&eps=1e-8", "optimizer=adam,adagrad&eps=1e-8"),
        ("optimizer=adam,adamw&weight-decay=0", "optimizer=adam,adamw&weight-decay=0"),
        ("optimizer=momentum,nesterov,rmsprop&momentum=.9", "optimizer=momentum,nesterov,rmsprop&momentum=0.9"),
        ("optimizer=momentum,nesterov&momentum=.9", "optimizer=momentum,nesterov"),
    ] {
        assert_eq!(config(query).to_string(), canonical);
    }
}

#[test]
fn every_hyperparameter_of_every_optimizer_changes_its_path() {
    for optimizer in names() {
        // These two shrink their updates by themselves.
        let lr = if ["adagrad", "adadelta"].contains(&optimizer) { 1.0 } else { 0.01 };
        let query = format!("surface=himmelblau&start=4,-1&optimizer={optimizer}&lr={lr}&steps=100");
        let (plain, plain_path) = (config(&query), path(&query));
        for &hyperparameter in Hyperparameter::ALL {
            if plain.text(Key::Hyperparameter(hyperparameter)).is_empty() {
                continue;
            }
            let changed = path(&format!("{query}&{}={}", hyperparameter.name(), off_default(hyperparameter)));
            let apart = plain_path.points().iter().zip(changed.points());
            let apart = apart.map(|(a, b)| (a[0] - b[0]).abs().max((a[1] - b[1]).abs())).fold(0.0, f64::max);
            assert!(apart > 1e-3, "{optimizer}: {} moves the path by {apart:e} only", hyperparameter.name());
        }
    }
}

#[test]
fn runs_are_labelled_by_what_tells_them_apart() {
    let labels = |query: &str| config(query).runs().into_iter().map(|run| run.label).collect::<Vec<_>>();
    assert_eq!(labels("lr=0.1"), ["lr 0.1"]);
    assert_eq!(labels("optimizer=rmsprop&lr=0.1,1e-9"), ["lr 0.1", "lr 1e-9"]);
    assert_eq!(labels("optimizer=adam,amsgrad&lr=0.1"), ["Adam", "AMSGrad"]);
    let both = ["SGD, lr 0.1", "SGD, lr 1", "RMSProp, lr 0.1", "RMSProp, lr 1"];
    assert_eq!(labels("optimizer=sgd,rmsprop&lr=0.1,1"), both);
}

/// Steps of a run over any scalar: x, y and loss after each.
struct Walk<'a, R> {
    surface: &'a Surface,
    start: [R; 2],
    lr: R,
}

const WALK: usize = 60;

const RATES: [f64; 8] = [1e-4, 1e-3, 0.01, 0.05, 0.1, 1.0, 10.0, 1e3];

impl<R: Real> WithRule for Walk<'_, R> {
    type Output = Vec<[R; 3]>;

    fn with<U: Rule>(self, rule: &U) -> Vec<[R; 3]> {
        let Self { surface, start: [mut x, mut y], lr } = self;
        let (mut at, mut of_x, mut of_y) = (rule.first(), rule.moments(), rule.moments());
        let mut rows = Vec::new();
        for _ in 0..WALK {
            let (_, [grad_x, grad_y]) = surface.loss_and_grad(x, y);
            let (dx, dy);
            (dx, of_x) = rule.update(at, lr, x, grad_x, of_x);
            (dy, of_y) = rule.update(at, lr, y, grad_y, of_y);
            (x, y) = (x + dx, y + dy);
            at = rule.next(at);
            rows.push([x, y, surface.loss(x, y)]);
        }
        rows
    }
}

/// All that has to be the same: a NaN has no bits of its own.
fn bits(number: f64) -> u64 {
    if number.is_nan() { u64::MAX } else { number.to_bits() }
}

#[test]
fn a_lane_steps_bit_for_bit_like_a_scalar_with_every_optimizer_on_every_surface() {
    for optimizer in Optimizer::ALL {
        for surface in Surface::ALL {
            let domain = surface.facts().domain;
            let across = |i: usize, part: usize| (0.5 + (i * part) as f64) / RATES.len() as f64 % 1.0;
            let start = |i: usize| {
                let x = domain.x0 + (domain.x1 - domain.x0) * across(i, 3);
                [x, domain.y0 + (domain.y1 - domain.y0) * across(i, 5)]
            };
            for first in (0..RATES.len()).step_by(LANES) {
                let of = |axis: usize| Lanes::of(std::array::from_fn(|lane| start(first + lane)[axis]));
                let lr = Lanes::of(std::array::from_fn(|lane| RATES[first + lane]));
                let lanes = optimizer.with_rule(Walk { surface, start: [of(0), of(1)], lr });
                for lane in 0..LANES {
                    let (start, lr) = (start(first + lane), RATES[first + lane]);
                    let scalar = optimizer.with_rule(Walk { surface, start, lr });
                    for (k, (lanes, scalar)) in lanes.iter().zip(scalar).enumerate() {
                        let of_lane = lanes.map(|numbers| bits(numbers.array()[lane]));
                        let name = surface.facts().name;
                        assert_eq!(of_lane, scalar.map(bits), "{} on {name} at {lr}, step {k}", optimizer.name());
                    }
                }
            }
        }
    }
}

/// What each optimizer's updates are made of besides gradient, update and rate, and what the rate multiplies.
const PARTS: [(&str, &str, &str); 15] = [
    ("sgd", "", "grad"),
    ("momentum", "m", "m"),
    ("nesterov", "m", "ahead"),
    ("adagrad", "v", "grad"),
    ("rmsprop", "v", "grad"),
    ("adadelta", "v", "grad"),
    ("adam", "m v m_hat v_hat", "m_hat"),
    ("adamw", "m v m_hat v_hat", "m_hat"),
    ("amsgrad", "m v m_hat v_hat", "m_hat"),
    ("adamax", "m v m_hat", "m_hat"),
    ("nadam", "m v m_hat v_hat", "m_hat"),
    ("radam", "m v m_hat v_hat", "m_hat"),
    ("adabelief", "m v m_hat v_hat", "m_hat"),
    ("yogi", "m v m_hat v_hat", "m_hat"),
    ("lion", "m", "sign"),
];

#[test]
fn an_update_is_what_its_anatomy_says() {
    for (optimizer, parts, factor) in PARTS {
        let config = config(&format!("surface=himmelblau&optimizer={optimizer}&lr=0.01&steps=200"));
        let run = &config.runs()[0];
        let path = config.descend(run);
        let updates = config.anatomy(run, &path, 1..=200);
        assert_eq!(updates.len(), 200);
        for (t, update) in updates.iter().enumerate() {
            let (before, after) = (path.points()[t], path.points()[t + 1]);
            let (_, grad) = config.surface().loss_and_grad(before[0], before[1]);
            for (axis, of) in update.iter().enumerate() {
                let place = format!("{optimizer}, update {}, axis {axis}", t + 1);
                assert_eq!((of.grad, before[axis] + of.update), (grad[axis], after[axis]), "{place}");
                // RAdam's first five updates have no use for v_hat.
                let expected = if optimizer == "radam" && t < 5 { "m v m_hat" } else { parts };
                let there = ["m", "v", "m_hat", "v_hat"].into_iter().zip([of.m, of.v, of.m_hat, of.v_hat]);
                let there: Vec<_> = there.filter_map(|(name, part)| part.map(|_| name)).collect();
                assert_eq!(there.join(" "), expected, "{place}");
                let multiplied = match factor {
                    "grad" => of.grad,
                    "m" => of.m.expect("checked"),
                    "ahead" => of.grad + 0.9 * of.m.expect("checked"),
                    "m_hat" => of.m_hat.expect("checked"),
                    // The sign is not a part, but the update has it.
                    _ => -of.update.signum(),
                };
                let decay = if optimizer == "adamw" { 0.01 * 0.01 * before[axis] } else { 0.0 };
                let error = (of.update + of.rate * multiplied + decay).abs();
                assert!(error <= 1e-14 * (of.update.abs() + decay.abs()), "{place}: off by {error:e}");
            }
        }
    }
}

#[test]
fn the_rate_of_a_coordinate_follows_from_the_moments_that_are_shown() {
    for (optimizer, eps) in
        [("adam", 1e-8), ("adamw", 1e-8), ("amsgrad", 1e-8), ("nadam", 1e-8), ("adabelief", 1e-16), ("yogi", 1e-3)]
    {
        let config = config(&format!("surface=beale&optimizer={optimizer}&lr=0.1&steps=50"));
        let run = &config.runs()[0];
        for of in config.anatomy(run, &config.descend(run), 1..=50).into_iter().flatten() {
            let expected = 0.1 / (of.v_hat.expect("it has one").sqrt() + eps);
            assert!((of.rate - expected).abs() <= 1e-15 * expected, "{optimizer}: {} is not {expected}", of.rate);
        }
    }
}

#[test]
fn any_steps_can_be_taken_apart_and_only_those_that_were_made() {
    let config = config("surface=beale&optimizer=radam&lr=0.1&steps=40");
    let run = &config.runs()[0];
    let path = config.descend(run);
    let all = config.anatomy(run, &path, 1..=40);
    assert_eq!(config.anatomy(run, &path, 7..=9), all[6..9]);
    assert_eq!(config.anatomy(run, &path, 0..=1), all[..1]);
    assert_eq!(config.anatomy(run, &path, 39..=1000), all[38..]);
    assert!(config.anatomy(run, &path, 0..=0).is_empty());
    assert!(config.anatomy(run, &path, 41..=50).is_empty());
}

#[test]
fn the_parts_of_an_anatomy_are_named_in_order() {
    let of = Anatomy { grad: 1.0, update: 2.0, m: Some(3.0), v: None, m_hat: Some(5.0), v_hat: None, rate: 7.0 };
    let named: Vec<_> =
        Anatomy::PARTS.iter().zip(of.parts().map(|part| part.map(shortest).unwrap_or_default())).collect();
    let named: Vec<_> = named.iter().map(|(name, part)| format!("{name} {part}")).collect();
    assert_eq!(named.join(", "), "grad 1, update 2, m 3, v , m_hat 5, v_hat , rate 7");
}
