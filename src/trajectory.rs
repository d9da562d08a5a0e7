//! What a run did, step by step.

use crate::noise::Noise;
use crate::optimizer::{Optimizer, Rule};
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
    /// The path through given points, as if every update had been made at the rate `lr`. Ends before the first point
    /// that, or whose loss, is not finite; `None` where that is the start, or there is no point.
    pub fn through(surface: &Surface, points: &[[f64; 2]], lr: f64) -> Option<Self> {
        let finite = |&[x, y]: &[f64; 2]| x.is_finite() && y.is_finite() && surface.loss(x, y).is_finite();
        let stopped = points.iter().position(|point| !finite(point));
        let points = points[..stopped.unwrap_or(points.len())].to_vec();
        let losses = points.iter().map(|&[x, y]| surface.loss(x, y)).collect();
        let rates = vec![lr; points.len().checked_sub(1)?];
        Some(Self { points, losses, rates, stopped })
    }

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

    /// The rate of each update; one fewer than there are steps.
    pub fn rates(&self) -> &[f64] {
        &self.rates
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
}

/// What a run descends: a surface, whose gradient its updates may see through noise. The loss is always the surface's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Objective {
    /// The loss.
    pub surface: Surface,
    /// What the gradient goes through before an update sees it.
    pub noise: Noise,
}

impl Objective {
    /// The loss at a point, and the gradient there that update `t`, counted from 0, sees.
    #[inline]
    pub fn loss_and_grad(&self, t: usize, x: f64, y: f64) -> (f64, [f64; 2]) {
        let (loss, grad) = self.surface.loss_and_grad(x, y);
        (loss, self.noise.applied(t, grad))
    }
}

/// Runs `steps` updates of the optimizer from `start`, whose loss has to be finite, under the schedule of base rate
/// `lr`. Ends before the first step that is not finite.
pub fn descend(
    objective: &Objective,
    optimizer: &Optimizer,
    schedule: &Schedule,
    lr: f64,
    start: [f64; 2],
    steps: usize,
) -> Trajectory {
    match optimizer {
        Optimizer::Adam(rule) => descend_by(objective, rule, schedule, lr, start, steps),
    }
}

fn descend_by<U: Rule>(
    objective: &Objective,
    rule: &U,
    schedule: &Schedule,
    lr: f64,
    start: [f64; 2],
    steps: usize,
) -> Trajectory {
    let [mut x, mut y] = start;
    let (loss, [mut grad_x, mut grad_y]) = objective.loss_and_grad(0, x, y);
    let mut points = Vec::with_capacity(steps + 1);
    let mut losses = Vec::with_capacity(steps + 1);
    let mut rates = Vec::with_capacity(steps);
    let mut stopped = None;
    points.push(start);
    losses.push(loss);

    let Objective { surface, noise } = *objective;
    // Asked once: within the loop the question would cost an exact run a nanosecond a step.
    let exact = noise.is_none();
    let mut seen = schedule.first(lr);
    let mut at = rule.first();
    let (mut moments_x, mut moments_y) = (rule.moments(), rule.moments());
    for t in 0..steps {
        let rate = schedule.rate(lr, steps, t, seen);
        let (dx, dy);
        (dx, moments_x) = rule.update(at, rate, x, grad_x, moments_x);
        (dy, moments_y) = rule.update(at, rate, y, grad_y, moments_y);
        (x, y) = (x + dx, y + dy);
        let loss;
        (loss, [grad_x, grad_y]) = surface.loss_and_grad(x, y);
        if !exact {
            [grad_x, grad_y] = noise.applied(t + 1, [grad_x, grad_y]);
        }
        if !(x.is_finite() && y.is_finite() && loss.is_finite()) {
            stopped = Some(t + 1);
            break;
        }
        points.push([x, y]);
        losses.push(loss);
        rates.push(rate);
        at = rule.next(at);
        seen = schedule.next(seen, losses[t]);
    }
    Trajectory { points, losses, rates, stopped }
}
