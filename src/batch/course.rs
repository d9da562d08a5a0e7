//! What the runs of a block have in common.

use super::block::ABREAST;
use crate::noise::Draw;
use crate::optimizer::Optimizer;
use crate::real::Lanes;
use crate::schedule::{Factor, Schedule};
use crate::surface::Surface;
use crate::trajectory::Objective;

/// A run without its base rate and its start. What a step alone decides is computed once here, for all who run it.
#[derive(Debug)]
pub(super) struct Course<'a> {
    pub(super) surface: &'a Surface,
    pub(super) optimizer: &'a Optimizer,
    pub(super) schedule: &'a Schedule,
    pub(super) steps: usize,
    /// What each update makes of a base rate; none where that is the rate of every update.
    factors: Vec<Factor>,
    /// What noise makes of the gradient that each update sees; none where there is no noise.
    draws: Vec<Draw>,
}

impl<'a> Course<'a> {
    pub(super) fn new(
        objective: &'a Objective,
        optimizer: &'a Optimizer,
        schedule: &'a Schedule,
        steps: usize,
    ) -> Self {
        let Objective { surface, noise } = objective;
        let changing = if schedule.is_constant() { 0 } else { steps };
        let factors = (0..changing).map(|t| schedule.factor(steps, t)).collect();
        let noisy = if noise.is_none() { 0 } else { steps };
        let draws = (0..noisy).map(|t| noise.draw(t)).collect();
        Self { surface, optimizer, schedule, steps, factors, draws }
    }

    /// Writes the rates of updates `t` and after. They are the base rate already where it never changes.
    pub(super) fn rates(&self, t: usize, lr: [Lanes; ABREAST], rates: &mut [[Lanes; ABREAST]]) {
        for (rates, factor) in rates.iter_mut().zip(self.factors.iter().skip(t)) {
            *rates = lr.map(|lr| factor.applied(lr));
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
