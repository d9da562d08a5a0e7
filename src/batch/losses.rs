//! What becomes of many runs, as losses.

use super::block::{ABREAST, AT_ONCE, Entry, Row, descend};
use super::course::Course;
use crate::real::{Lanes, Real};

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
        let mut ends = [End::start(); ABREAST];
        descend(course, entry, first, count, &mut |rows| pass_all(&mut ends, rows));
        let [last, best] = [End::last, End::best].map(|of| ends.map(|end| of(&end).array()));
        let made = AT_ONCE.min(count - first);
        losses.last.extend_from_slice(&last.as_flattened()[..made]);
        losses.best.extend_from_slice(&best.as_flattened()[..made]);
    }
}

/// Takes in the next rows; false once every run has stopped.
pub(super) fn pass_all(ends: &mut [End; ABREAST], rows: &[Row]) -> bool {
    let mut runs = false;
    for (place, end) in ends.iter_mut().enumerate() {
        runs |= end.pass(rows, place);
    }
    runs
}

/// What is kept of the rows of runs side by side.
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
    pub(super) fn start() -> Self {
        let infinity = Lanes::constant(f64::INFINITY);
        Self { loss: infinity, best: infinity, stopped: Lanes::constant(0.0) }
    }

    fn pass(&mut self, rows: &[Row], place: usize) -> bool {
        let Self { mut loss, mut best, mut stopped } = *self;
        for row in rows {
            loss = row[place].loss;
            // Nothing is left of what is finite, and NaN of all else.
            stopped = stopped + loss * 0.0;
            best = best.min(loss + stopped);
        }
        *self = Self { loss, best, stopped };
        stopped.array().iter().any(|stopped| !stopped.is_nan())
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
