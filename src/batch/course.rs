//! What runs side by side have in common.

use super::block::ABREAST;
use crate::config::Config;
use crate::config::Run;
use crate::noise::Draw;
use crate::optimizer::Optimizer;
use crate::real::{Lanes, Real};
use crate::schedule::{Factor, Schedule};
use crate::surface::Surface;
use crate::trajectory::Objective;

/// A run but for its base rate and its start. What the step alone decides is computed once, here, for all that make it.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) surface: Surface,
    pub(super) optimizer: Optimizer,
    pub(super) schedule: Schedule,
    pub(super) steps: usize,
    /// What each update makes of a base rate; none where that is the rate of every update.
    factors: Vec<Factor>,
    /// What noise makes of the gradient that each update sees; none where there is no noise.
    draws: Vec<Draw>,
}

impl Course {
    /// The course of one of a config's runs.
    pub(super) fn of(config: &Config, run: &Run) -> Self {
        let (Objective { surface, noise }, steps) = (config.objective(), config.steps());
        let Run { optimizer, schedule, .. } = run.clone();
        let changing = if schedule.is_constant() { 0 } else { steps };
        let factors = (0..changing).map(|t| schedule.factor(steps, t)).collect();
        let noisy = if noise.is_none() { 0 } else { steps };
        let draws = (0..noisy).map(|t| noise.draw(t)).collect();
        Self { surface, optimizer, schedule, steps, factors, draws }
    }

    /// The rate of update `t`, counted from 0, for this base rate; for `plateau`, for the rate that the losses have left.
    pub(super) fn rate<R: Real>(&self, t: usize, lr: R) -> R {
        self.factors.get(t).map_or(lr, |factor| factor.applied(lr))
    }

    /// Writes the rates of updates `t` and after.
    pub(super) fn rates(&self, t: usize, lr: &[Lanes; ABREAST], rates: &mut [[Lanes; ABREAST]]) {
        for (i, rates) in rates.iter_mut().enumerate() {
            for (rate, lr) in rates.iter_mut().zip(lr) {
                *rate = self.rate(t + i, *lr);
            }
        }
    }

    pub(super) fn is_noisy(&self) -> bool {
        !self.draws.is_empty()
    }

    /// The gradient that update `t` sees in place of the exact one.
    pub(super) fn noisy(&self, t: usize, grad: [Lanes; 2]) -> [Lanes; 2] {
        self.draws.get(t).map_or(grad, |draw| draw.applied(grad))
    }
}
