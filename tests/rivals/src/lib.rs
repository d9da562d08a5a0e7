//! What the core's lanes are measured against, in the same module and with the same flags: eight runs side by side with the
//! gradient derived by hand, everything in one loop; and the least that a step of Adam can take.

use std::array;
use std::hint::black_box;

use adam_scope::{Adam, Config, LANES, Lanes, Momentum, Noise, Objective, Optimizer, Real, RmsProp, Rule, WithRule};
use adam_scope::{Surface, Yogi, descend, sweep};
use wasm_bindgen::prelude::*;

/// The sum of what is finite: every loss has a part in it, so that none is left out.
fn sum(losses: &[f64]) -> f64 {
    losses.iter().filter(|loss| loss.is_finite()).sum()
}

fn config(query: &str) -> Config {
    query.parse().unwrap_or_default()
}

/// The core: final losses at these rates, over lanes.
#[wasm_bindgen]
pub fn lanes(query: &str, rates: &[f64]) -> f64 {
    sweep(&config(query), rates).iter().map(|curve| sum(&curve.last)).sum()
}

/// The core, one run at a time.
#[wasm_bindgen]
pub fn scalar(query: &str, rates: &[f64]) -> f64 {
    let config = config(query);
    let runs = config.runs();
    let objective = Objective { surface: *config.surface(), noise: Noise::NONE };
    let last = |&rate: &f64| {
        let path = descend(&objective, &runs[0].optimizer, &runs[0].schedule, rate, config.start(), config.steps());
        if path.stopped().is_some() { f64::INFINITY } else { path.losses()[path.last()] }
    };
    sum(&rates.iter().map(last).collect::<Vec<_>>())
}

/// A surface whose gradient somebody derived.
trait ByHand {
    fn at(&self, x: Lanes, y: Lanes) -> (Lanes, [Lanes; 2]);
}

macro_rules! by_hand {
    ($($name:ident($x:ident, $y:ident) $body:block)*) => {$(
        struct $name;

        impl ByHand for $name {
            #[inline(always)]
            fn at(&self, $x: Lanes, $y: Lanes) -> (Lanes, [Lanes; 2]) $body
        }
    )*};
}

by_hand! {
    Rosenbrock(x, y) {
        let (bend, off) = (y - x * x, x - 1.0);
        (off * off + bend * bend * 100.0, [off * 2.0 - x * bend * 400.0, bend * 200.0])
    }
    Beale(x, y) {
        let (yy, yyy) = (y * y, y * y * y);
        let (a, b, c) = (x * y - x + 1.5, x * yy - x + 2.25, x * yyy - x + 2.625);
        let along_x = a * (y - 1.0) + b * (yy - 1.0) + c * (yyy - 1.0);
        let along_y = a * x + b * x * y * 2.0 + c * x * yy * 3.0;
        (a * a + b * b + c * c, [along_x * 2.0, along_y * 2.0])
    }
    Himmelblau(x, y) {
        let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
        (a * a + b * b, [x * a * 4.0 + b * 2.0, a * 2.0 + y * b * 4.0])
    }
    Booth(x, y) {
        let (a, b) = (x + y * 2.0 - 7.0, x * 2.0 + y - 5.0);
        (a * a + b * b, [a * 2.0 + b * 4.0, a * 4.0 + b * 2.0])
    }
}

/// How many runs the kernel has side by side, in so many registers.
const EIGHT: usize = 8;
const ABREAST: usize = EIGHT / LANES;

fn eight(number: impl Fn(usize) -> f64) -> [Lanes; ABREAST] {
    array::from_fn(|place| Lanes::of(array::from_fn(|lane| number(place * LANES + lane))))
}

struct Fused<'a, S> {
    rates: &'a [f64],
    start: [f64; 2],
    steps: usize,
    surface: S,
}

impl<S: ByHand> WithRule for Fused<'_, S> {
    type Output = f64;

    fn with<U: Rule>(self, rule: &U) -> f64 {
        let mut total = 0.0;
        for chunk in self.rates.chunks(EIGHT) {
            let lr: [Lanes; ABREAST] = eight(|i| chunk[i.min(chunk.len() - 1)]);
            let [mut x, mut y] = self.start.map(|start| [Lanes::constant(start); ABREAST]);
            let (mut of_x, mut of_y) = ([rule.moments(); ABREAST], [rule.moments(); ABREAST]);
            let mut at = rule.first();
            let (mut loss, mut grad) = ([x[0]; ABREAST], [self.surface.at(x[0], y[0]).1; ABREAST]);
            for _ in 0..self.steps {
                for i in 0..ABREAST {
                    let (dx, dy);
                    (dx, of_x[i]) = rule.update(at, lr[i], x[i], grad[i][0], of_x[i]);
                    (dy, of_y[i]) = rule.update(at, lr[i], y[i], grad[i][1], of_y[i]);
                    (x[i], y[i]) = (x[i] + dx, y[i] + dy);
                    (loss[i], grad[i]) = self.surface.at(x[i], y[i]);
                }
                at = rule.next(at);
            }
            total += sum(&loss.map(Lanes::array).as_flattened()[..chunk.len()]);
        }
        black_box(total)
    }
}

/// The hand-derived kernel of a surface, under an optimizer's rule, both in one loop. 0 where there is none.
#[wasm_bindgen]
pub fn kernel(query: &str, rates: &[f64]) -> f64 {
    let config = config(query);
    let (start, steps) = (config.start(), config.steps());
    match config.surface() {
        Surface::Rosenbrock => fused(&config, Fused { rates, start, steps, surface: Rosenbrock }),
        Surface::Beale => fused(&config, Fused { rates, start, steps, surface: Beale }),
        Surface::Himmelblau => fused(&config, Fused { rates, start, steps, surface: Himmelblau }),
        Surface::Booth => fused(&config, Fused { rates, start, steps, surface: Booth }),
        _ => 0.0,
    }
}

/// Only the rules that are measured: all of them would be sixty loops.
fn fused<S: ByHand>(config: &Config, task: Fused<'_, S>) -> f64 {
    match config.runs()[0].optimizer {
        Optimizer::Adam(_) => task.with(&Adam::DEFAULT),
        Optimizer::RmsProp(_) => task.with(&RmsProp::DEFAULT),
        Optimizer::Momentum(_) => task.with(&Momentum::DEFAULT),
        Optimizer::Yogi(_) => task.with(&Yogi::DEFAULT),
        _ => 0.0,
    }
}

/// The least that a step of Adam can take: two divisions and two square roots, of numbers with full mantissas.
#[wasm_bindgen]
pub fn floor(runs: usize, steps: usize) -> f64 {
    let mut total = 0.0;
    for _ in 0..runs.div_ceil(EIGHT) {
        let mut a: [Lanes; ABREAST] = eight(|i| 1.234_567_890_123 + i as f64 / 7.0);
        let mut b: [Lanes; ABREAST] = eight(|i| 2.345_678_901_234 + i as f64 / 9.0);
        let (one, other) = (a, b);
        for _ in 0..steps {
            for i in 0..ABREAST {
                (a[i], b[i]) = (one[i] / a[i].sqrt(), other[i] / b[i].sqrt());
            }
        }
        total += sum(a.map(Lanes::array).as_flattened()) + sum(b.map(Lanes::array).as_flattened());
    }
    black_box(total)
}
