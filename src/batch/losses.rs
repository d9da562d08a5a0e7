//! What becomes of many runs, as losses.

use super::block::{ABREAST, AT_ONCE, Entry, Rows, descend};
use super::course::Course;
use crate::real::{LANES, Lanes, Real};

/// The losses of many runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Losses {
    /// The loss of each run after its last step; infinite where it stopped before, as a step was not finite.
    pub last: Vec<f64>,
    /// The lowest loss that each run had at any step, its start among them.
    pub best: Vec<f64>,
}

/// Runs so many entries of a course, and appends their losses.
pub(super) fn append_losses(losses: &mut Losses, course: &Course, entry: &dyn Fn(usize) -> Entry, count: usize) {
    for first in (0..count).step_by(AT_ONCE) {
        let mut ends = [End::START; ABREAST];
        descend(course, entry, first, count, &mut |rows| pass_all(&mut ends, rows));
        let [last, best] = [End::last, End::best].map(|of| ends.map(|end| of(&end).0));
        let made = AT_ONCE.min(count - first);
        losses.last.extend_from_slice(&last.as_flattened()[..made]);
        losses.best.extend_from_slice(&best.as_flattened()[..made]);
    }
}

/// Takes in the next rows; false once every run has stopped.
pub(super) fn pass_all(ends: &mut [End; ABREAST], rows: &[Rows]) -> bool {
    let mut runs = false;
    for (block, end) in ends.iter_mut().enumerate() {
        runs |= end.pass(rows, block);
    }
    runs
}

/// What is kept of the rows of eight runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// The loss at the last step.
    loss: Lanes,
    /// The lowest finite loss so far.
    best: Lanes,
    /// 0 where every loss so far was finite, NaN from the first that was not on: nothing that is added to it heals it. A
    /// point that is not finite has no finite loss, on no surface (a test holds them to that).
    stopped: Lanes,
}

impl End {
    /// Before any row.
    pub(super) const START: Self =
        Self { loss: Lanes([f64::INFINITY; LANES]), best: Lanes([f64::INFINITY; LANES]), stopped: Lanes([0.0; LANES]) };

    fn pass(&mut self, rows: &[Rows], block: usize) -> bool {
        let Self { mut loss, mut best, mut stopped } = *self;
        for row in rows {
            loss = row[block].loss;
            // Nothing is left of what is finite, and NaN of all else.
            stopped = stopped + loss * 0.0;
            best = best.min(loss + stopped);
        }
        *self = Self { loss, best, stopped };
        stopped.0.iter().any(|stopped| !stopped.is_nan())
    }

    /// The final losses; infinite where a run stopped before.
    pub(super) fn last(&self) -> Lanes {
        let runs = self.stopped.below(Lanes::constant(1.0));
        Lanes::select(runs, self.loss, Lanes::constant(f64::INFINITY))
    }

    /// The lowest losses.
    pub(super) fn best(&self) -> Lanes {
        self.best
    }
}
