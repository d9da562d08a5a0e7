//! What becomes of eight runs.

use super::block::Rows;
use crate::real::{Lanes, Real};

/// What is kept of a block's rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    /// The loss at the last step.
    loss: Lanes,
    /// The lowest finite loss so far.
    best: Lanes,
    /// 0 where every loss so far was finite, NaN from the first that was not on: what is added to it cannot heal it. A point
    /// that is not finite has no finite loss, on no surface (a test holds them to that).
    stopped: Lanes,
}

impl Ends {
    pub(super) fn new() -> Self {
        let infinity = Lanes::constant(f64::INFINITY);
        Self { loss: infinity, best: infinity, stopped: Lanes::constant(0.0) }
    }

    /// Takes in the next rows; false once every run has stopped.
    pub(super) fn pass(&mut self, rows: &[Rows], block: usize) -> bool {
        let Self { mut loss, mut best, mut stopped } = *self;
        for row in rows {
            loss = row[block].loss;
            stopped = stopped + (loss - loss);
            best = best.min(loss + stopped);
        }
        *self = Self { loss, best, stopped };
        stopped.0.iter().any(|stopped| !stopped.is_nan())
    }

    /// The final and the lowest loss of each run; a final one that is not there is infinite.
    pub(super) fn losses(&self) -> [Lanes; 2] {
        let runs = self.stopped.below(Lanes::constant(1.0));
        [Lanes::select(runs, self.loss, Lanes::constant(f64::INFINITY)), self.best]
    }
}
