//! A rate that waits for the loss.

use crate::real::Real;

/// The rate is multiplied by `gamma` once more than `patience` losses in a row have been no better than the best before
/// them. `torch.optim.lr_scheduler.ReduceLROnPlateau` in mode `min`, its other parameters at their defaults.
///
/// The loss at the point of update k is learnt after update k, as in a training loop that calls `scheduler.step(loss)`
/// last; so the rate of update t rests on the losses 0 to t - 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// What a reduction leaves of the rate, in [0, 1). PyTorch calls it `factor`.
    pub gamma: f64,
    /// How many losses in a row may be no better without a reduction.
    pub patience: usize,
    /// The rate is not reduced below this, at least 0.
    pub min_lr: f64,
}

/// What [`Plateau`] remembers of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlateauState<R> {
    /// The rate of the next update.
    pub rate: R,
    /// The least loss so far, but for what was no improvement by the threshold.
    pub best: R,
    /// How many losses in a row have been no better than that.
    pub bad: R,
}

/// A loss is better where it is below the best times this: PyTorch's relative `threshold` of 1e-4. So below zero a loss
/// slightly above the best still counts as better.
const BETTER: f64 = 1.0 - 1e-4;

/// A reduction by no more than this is not made: PyTorch's `eps`.
const LEAST_REDUCTION: f64 = 1e-8;

impl Plateau {
    /// Before any loss, the rate is the base rate.
    pub(super) fn first<R: Real>(lr: R) -> PlateauState<R> {
        PlateauState { rate: lr, best: R::constant(f64::INFINITY), bad: R::constant(0.0) }
    }

    /// The state, with the rate of the next update, after one more loss.
    pub fn next<R: Real>(&self, state: PlateauState<R>, loss: R) -> PlateauState<R> {
        let PlateauState { rate, best, bad } = state;
        let zero = R::constant(0.0);
        let reduced = (rate * self.gamma).max(R::constant(self.min_lr));
        let reduced = R::select(R::constant(LEAST_REDUCTION).below(rate - reduced), reduced, rate);
        let (better, waits) = (loss.below(best * BETTER), bad.below(R::constant(self.patience as f64)));
        PlateauState {
            rate: R::select(better, rate, R::select(waits, rate, reduced)),
            best: R::select(better, loss, best),
            bad: R::select(better, zero, R::select(waits, bad + 1.0, zero)),
        }
    }
}
