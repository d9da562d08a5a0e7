//! Blocks of eight runs side by side, several of them at once.

use std::array;

use super::course::Course;
use crate::optimizer::{Rule, WithRule};
use crate::real::{LANES, Lanes, Real};
use crate::schedule::PlateauState;
use crate::surface::Surface;

/// How many blocks are in hand at once: while one waits for its divisions, the processor goes on with another.
pub(super) const ABREAST: usize = 2;

/// How many steps are made between two looks at them: their rows stay in the nearest cache.
const STRETCH: usize = 32;

/// Where eight runs are at one step. What a run that has stopped has there means nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) point: [Lanes; 2],
    pub(super) loss: Lanes,
}

/// Where all blocks in hand are at one step.
pub(super) type Rows = [Row; ABREAST];

/// How many runs there are in all blocks in hand.
pub(super) const AT_ONCE: usize = LANES * ABREAST;

/// What tells a run from the others of its course. The loss at its start has to be finite.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The base rate.
    pub(super) lr: f64,
    pub(super) start: [f64; 2],
}

/// Eight runs, each with its own base rate and start.
#[derive(Clone, Copy, Debug)]
struct Block {
    lr: Lanes,
    start: [Lanes; 2],
}

/// Makes the steps of a course with the entries `first`, `first + 1` and so on, below `count`; lanes that are left over
/// repeat the last one. `pass` is told of the steps, the start first, a stretch at a time, and says whether there is a
/// point in going on.
pub(super) fn descend(
    course: &Course,
    entry: &dyn Fn(usize) -> Entry,
    first: usize,
    count: usize,
    pass: &mut dyn FnMut(&[Rows]) -> bool,
) {
    let entries: [Entry; AT_ONCE] = array::from_fn(|i| entry((first + i).min(count - 1)));
    let blocks = array::from_fn(|block| {
        let lanes = |value: &dyn Fn(&Entry) -> f64| Lanes(array::from_fn(|i| value(&entries[block * LANES + i])));
        Block { lr: lanes(&|entry| entry.lr), start: [lanes(&|entry| entry.start[0]), lanes(&|entry| entry.start[1])] }
    });
    course.optimizer.with_rule(Descent { blocks, course, pass });
}

/// Blocks on their way, but for their rule.
struct Descent<'a> {
    blocks: [Block; ABREAST],
    course: &'a Course,
    pass: &'a mut dyn FnMut(&[Rows]) -> bool,
}

impl WithRule for Descent<'_> {
    type Output = ();

    fn with<U: Rule>(self, rule: &U) {
        let moments = [[rule.moments(); 2]; ABREAST];
        let grads = [[Lanes::constant(0.0); 2]; ABREAST];
        self.drive(&mut State { rule, at: rule.first(), grads, moments });
    }
}

impl Descent<'_> {
    /// Drives blocks from their start to their end.
    fn drive(self, run: &mut dyn Running) {
        let Self { blocks, course, pass } = self;
        let Course { surface, schedule, .. } = course;
        let zero = Row { point: [Lanes::constant(0.0); 2], loss: Lanes::constant(0.0) };
        let mut rows = [[zero; ABREAST]; STRETCH + 1];
        for ((block, row), grad) in blocks.iter().zip(&mut rows[0]).zip(run.grads()) {
            row.point = block.start;
            surface.slopes(&row.point, &mut row.loss, grad);
            *grad = course.noisy(0, *grad);
        }
        let mut rates = [[Lanes::constant(0.0); ABREAST]; STRETCH];
        let mut seen: [PlateauState<Lanes>; ABREAST] = blocks.map(|block| schedule.first(block.lr));
        // Many steps at once, unless something has to happen between two of them.
        let stride = if schedule.learns() || course.is_noisy() { 1 } else { STRETCH };
        let mut done = 0;
        let mut goes_on = pass(&rows[..1]);
        while goes_on && done < course.steps {
            let made = stride.min(course.steps - done);
            course.rates(done, &seen.map(|seen| seen.rate), &mut rates[..made]);
            if schedule.learns() {
                for (seen, row) in seen.iter_mut().zip(&rows[0]) {
                    *seen = schedule.next(*seen, row.loss);
                }
            }
            run.advance(surface, &rates[..made], &mut rows[..=made]);
            done += made;
            goes_on = pass(&rows[1..=made]);
            rows[0] = rows[made];
            if course.is_noisy() {
                for grad in run.grads() {
                    *grad = course.noisy(done, *grad);
                }
            }
        }
    }
}

/// Blocks under way, whichever their rule.
trait Running {
    /// Makes an update at each of the rates, from the first row to the second and so on.
    fn advance(&mut self, surface: &Surface, rates: &[[Lanes; ABREAST]], rows: &mut [Rows]);

    /// The gradients that the next update sees.
    fn grads(&mut self) -> &mut [[Lanes; 2]; ABREAST];
}

/// What blocks under a rule are between two updates.
struct State<'a, U: Rule> {
    rule: &'a U,
    at: U::At,
    grads: [[Lanes; 2]; ABREAST],
    moments: [[U::Moments<Lanes>; 2]; ABREAST],
}

impl<U: Rule> Running for State<'_, U> {
    // The one loop over lanes that is compiled for every rule: nothing else belongs in it.
    fn advance(&mut self, surface: &Surface, rates: &[[Lanes; ABREAST]], rows: &mut [Rows]) {
        for (i, rates) in rates.iter().enumerate() {
            let [before, after] = &mut rows[i..i + 2] else { return };
            for block in 0..ABREAST {
                update(
                    self.rule,
                    &self.at,
                    &rates[block],
                    &before[block].point,
                    &self.grads[block],
                    &mut self.moments[block],
                    &mut after[block].point,
                );
            }
            for (row, grad) in after.iter_mut().zip(&mut self.grads) {
                surface.slopes(&row.point, &mut row.loss, grad);
            }
            self.at = self.rule.next(self.at);
        }
    }

    fn grads(&mut self) -> &mut [[Lanes; 2]; ABREAST] {
        &mut self.grads
    }
}

/// One update of a block, in a function of its own: browsers compile small functions better.
#[inline(never)]
fn update<U: Rule>(
    rule: &U,
    at: &U::At,
    rate: &Lanes,
    point: &[Lanes; 2],
    grad: &[Lanes; 2],
    moments: &mut [U::Moments<Lanes>; 2],
    next: &mut [Lanes; 2],
) {
    for axis in [0, 1] {
        let (update, new) = rule.update(*at, *rate, point[axis], grad[axis], moments[axis]);
        moments[axis] = new;
        next[axis] = point[axis] + update;
    }
}
