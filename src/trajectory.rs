//! What a run did, step by step.

use std::ops::RangeInclusive;

use crate::optimizer::{Anatomy, Optimizer, Rule, WithRule};
use crate::schedule::Schedule;
use crate::surface::Surface;

/// The path of one run. Step 0 is the start; step k is the point after k updates.
///
/// The three lists are as long as each other and never empty: a start has to have a finite loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    points: Vec<[f64; 2]>,
    losses: Vec<f64>,
    rates: Vec<f64>,
    stopped: Option<usize>,
}

/// One step of a [`Trajectory`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// First parameter.
    pub x: f64,
    /// Second parameter.
    pub y: f64,
    /// The loss at (x, y).
    pub loss: f64,
    /// The learning rate of the update that led here; `None` at the start.
    pub lr: Option<f64>,
}

impl Trajectory {
    /// The last step that is there: the number asked for, or the one before `stopped`.
    pub fn last(&self) -> usize {
        self.points.len() - 1
    }

    /// The points (x, y), one a step.
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// The loss at each step.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// The first step whose x, y or loss was not finite; the trajectory ends before it.
    pub fn stopped(&self) -> Option<usize> {
        self.stopped
    }

    /// Step `k`, or the last one where the run ended before it.
    pub fn step(&self, k: usize) -> Step {
        let k = k.min(self.last());
        let [x, y] = self.points[k];
        Step { x, y, loss: self.losses[k], lr: k.checked_sub(1).map(|t| self.rates[t]) }
    }

    /// What the updates that led to these steps were made of, along x and along y: computed again from the start, by
    /// the optimizer that made this trajectory. No update led to step 0, and none to a step past the last.
    pub fn anatomy(
        &self,
        surface: &Surface,
        optimizer: &Optimizer,
        steps: RangeInclusive<usize>,
    ) -> Vec<[Anatomy<f64>; 2]> {
        optimizer.with_rule(Replay { trajectory: self, surface, steps })
    }
}

/// The updates that led to some steps of a trajectory.
struct Replay<'a> {
    trajectory: &'a Trajectory,
    surface: &'a Surface,
    steps: RangeInclusive<usize>,
}

impl WithRule for Replay<'_> {
    type Output = Vec<[Anatomy<f64>; 2]>;

    fn with<U: Rule>(self, rule: &U) -> Self::Output {
        let Self { trajectory: Trajectory { points, rates, .. }, surface, steps } = self;
        let mut updates = Vec::new();
        let mut at = rule.first();
        let (mut moments_x, mut moments_y) = (rule.moments(), rule.moments());
        for (k, (&[x, y], &rate)) in (1..=*steps.end()).zip(points.iter().zip(rates)) {
            let (_, [grad_x, grad_y]) = slope(surface, x, y);
            let (of_x, of_y);
            (of_x, moments_x) = rule.anatomy(at, rate, x, grad_x, moments_x);
            (of_y, moments_y) = rule.anatomy(at, rate, y, grad_y, moments_y);
            if steps.contains(&k) {
                updates.push([of_x, of_y]);
            }
            at = rule.next(at);
        }
        updates
    }
}

/// Runs `steps` updates of the optimizer from `start`, whose loss has to be finite, under the schedule of base rate
/// `lr`. Ends before the first step that is not finite.
pub fn descend(
    surface: &Surface,
    optimizer: &Optimizer,
    schedule: &Schedule,
    lr: f64,
    start: [f64; 2],
    steps: usize,
) -> Trajectory {
    optimizer.with_rule(Descent { surface, schedule, lr, start, steps })
}

/// A run, but for its rule.
struct Descent<'a> {
    surface: &'a Surface,
    schedule: &'a Schedule,
    lr: f64,
    start: [f64; 2],
    steps: usize,
}

impl WithRule for Descent<'_> {
    type Output = Trajectory;

    fn with<U: Rule>(self, rule: &U) -> Trajectory {
        descend_by(self.surface, rule, self.schedule, self.lr, self.start, self.steps)
    }
}

fn descend_by<U: Rule>(
    surface: &Surface,
    rule: &U,
    schedule: &Schedule,
    lr: f64,
    start: [f64; 2],
    steps: usize,
) -> Trajectory {
    let [mut x, mut y] = start;
    let (loss, [mut grad_x, mut grad_y]) = slope(surface, x, y);
    let mut points = Vec::with_capacity(steps + 1);
    let mut losses = Vec::with_capacity(steps + 1);
    let mut rates = Vec::with_capacity(steps);
    let mut stopped = None;
    points.push(start);
    losses.push(loss);

    let mut at = rule.first();
    let (mut moments_x, mut moments_y) = (rule.moments(), rule.moments());
    for t in 0..steps {
        let rate = schedule.rate(lr, t);
        let (dx, dy);
        (dx, moments_x) = rule.update(at, rate, x, grad_x, moments_x);
        (dy, moments_y) = rule.update(at, rate, y, grad_y, moments_y);
        (x, y) = (x + dx, y + dy);
        let loss;
        (loss, [grad_x, grad_y]) = slope(surface, x, y);
        if !(x.is_finite() && y.is_finite() && loss.is_finite()) {
            stopped = Some(t + 1);
            break;
        }
        points.push([x, y]);
        losses.push(loss);
        rates.push(rate);
        at = rule.next(at);
    }
    Trajectory { points, losses, rates, stopped }
}

/// The loss and its gradient at a point: one function for all rules.
#[inline(never)]
fn slope(surface: &Surface, x: f64, y: f64) -> (f64, [f64; 2]) {
    surface.loss_and_grad(x, y)
}
