//! What runs side by side have in common.

use super::block::Row;
use crate::config::Config;
use crate::config::Run;
use crate::noise::Draw;
use crate::optimizer::Optimizer;
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

    /// What the updates from `t` on, counted from 0, make of a base rate; for `plateau`, of the rate that the losses have
    /// left. Nothing where every rate is the base rate.
    pub(super) fn factors(&self, t: usize) -> &[Factor] {
        self.factors.get(t..).unwrap_or_default()
    }

    pub(super) fn is_noisy(&self) -> bool {
        !self.draws.is_empty()
    }

    /// Makes the gradients those that update `t`, counted from 0, sees in place of the exact ones.
    pub(super) fn disturb(&self, t: usize, row: &mut Row) {
        if let Some(draw) = self.draws.get(t) {
            for spot in row {
                spot.grad = draw.applied(spot.grad);
            }
        }
    }
}
