//! What a run did, step by step.

use crate::noise::Noise;
use crate::optimizer::{Optimizer, Rule, WithRule};
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
        let finite = |&[x, y]: &[f64; 2]| x.is_finite() && y.is_finite() && surface.slope([x, y]).0.is_finite();
        let stopped = points.iter().position(|point| !finite(point));
        let points = points[..stopped.unwrap_or(points.len())].to_vec();
        let losses = points.iter().map(|&point| surface.slope(point).0).collect();
        let rates = vec![lr; points.len().checked_sub(1)?];
        Some(Self { points, losses, rates, stopped })
    }

    /// A run whose steps were computed elsewhere: a point and a loss a step, all of them finite, the start first, and a
    /// rate an update.
    pub(crate) fn recorded(points: Vec<[f64; 2]>, losses: Vec<f64>, rates: Vec<f64>, stopped: Option<usize>) -> Self {
        Self { points, losses, rates, stopped }
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
    pub fn loss_and_grad(&self, t: usize, point: [f64; 2]) -> (f64, [f64; 2]) {
        let (loss, grad) = self.surface.slope(point);
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
    optimizer.with_rule(Descent { objective, schedule, lr, start, horizon: steps, steps })
}

/// A run, but for its rule.
pub(crate) struct Descent<'a> {
    pub(crate) objective: &'a Objective,
    pub(crate) schedule: &'a Schedule,
    pub(crate) lr: f64,
    pub(crate) start: [f64; 2],
    /// The steps that the schedule is made for; past them it holds its last rate.
    pub(crate) horizon: usize,
    pub(crate) steps: usize,
}

impl WithRule for Descent<'_> {
    type Output = Trajectory;

    fn with<U: Rule>(self, rule: &U) -> Trajectory {
        let (loss, grad) = self.objective.loss_and_grad(0, self.start);
        let moments = [rule.moments(), rule.moments()];
        self.drive(&mut State { rule, at: rule.first(), point: self.start, grad, moments }, loss)
    }
}

impl Descent<'_> {
    /// Drives a run from its start, of that loss, to its end.
    fn drive(&self, run: &mut dyn Running, loss: f64) -> Trajectory {
        let Self { objective: Objective { surface, noise }, schedule, lr, horizon, steps, .. } = *self;
        let mut points = vec![self.start; steps + 1];
        let mut losses = vec![loss; steps + 1];
        let mut seen = schedule.first(lr);
        let mut rates: Vec<f64> = (0..steps).map(|t| schedule.rate(lr, horizon, t, seen)).collect();
        // All at once, unless something has to happen between two updates.
        let learns = schedule.learns();
        let stride = if noise.is_none() && !learns { steps } else { 1 };
        let mut done = 0;
        while done < steps {
            if learns {
                rates[done] = schedule.rate(lr, horizon, done, seen);
                seen = schedule.next(seen, losses[done]);
            }
            let next = done + 1..done + 1 + stride;
            let made = run.advance(surface, &rates[done..done + stride], &mut points[next.clone()], &mut losses[next]);
            done += made;
            if made < stride {
                break;
            }
            let grad = run.grad();
            *grad = noise.applied(done, *grad);
        }
        points.truncate(done + 1);
        losses.truncate(done + 1);
        rates.truncate(done);
        Trajectory { points, losses, rates, stopped: (done < steps).then_some(done + 1) }
    }
}

/// A run under way, whichever its rule.
trait Running {
    /// Makes an update at each of the rates and writes where it leads and the loss there. Returns how many came out
    /// finite; it stops at the first that does not.
    fn advance(&mut self, surface: &Surface, rates: &[f64], points: &mut [[f64; 2]], losses: &mut [f64]) -> usize;

    /// The gradient that the next update sees.
    fn grad(&mut self) -> &mut [f64; 2];
}

/// What a run under a rule is between two updates.
struct State<'a, U: Rule> {
    rule: &'a U,
    at: U::At,
    point: [f64; 2],
    grad: [f64; 2],
    moments: [U::Moments<f64>; 2],
}

impl<U: Rule> Running for State<'_, U> {
    // The one loop that is compiled for every rule: nothing else belongs in it.
    fn advance(&mut self, surface: &Surface, rates: &[f64], points: &mut [[f64; 2]], losses: &mut [f64]) -> usize {
        let Self { rule, mut at, point: [mut x, mut y], grad: [mut grad_x, mut grad_y], moments } = *self;
        let [mut moments_x, mut moments_y] = moments;
        let mut made = 0;
        for ((&rate, point), loss) in rates.iter().zip(points).zip(losses) {
            let (dx, dy);
            (dx, moments_x) = rule.update(at, rate, x, grad_x, moments_x);
            (dy, moments_y) = rule.update(at, rate, y, grad_y, moments_y);
            (x, y) = (x + dx, y + dy);
            (*loss, [grad_x, grad_y]) = surface.slope([x, y]);
            *point = [x, y];
            if !(x.is_finite() && y.is_finite() && loss.is_finite()) {
                break;
            }
            made += 1;
            at = rule.next(at);
        }
        *self = Self { rule, at, point: [x, y], grad: [grad_x, grad_y], moments: [moments_x, moments_y] };
        made
    }

    fn grad(&mut self) -> &mut [f64; 2] {
        &mut self.grad
    }
}
