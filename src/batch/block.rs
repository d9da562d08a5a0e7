//! Runs side by side.

use std::array;

use super::course::Course;
use crate::optimizer::{Rule, WithRule};
use crate::real::{LANES, Lanes, Real};
use crate::schedule::PlateauState;
use crate::surface::{Spot, Surface};

/// How many [`Lanes`] are abreast at a step: while some wait for their divisions, the processor goes on with others.
pub(super) const ABREAST: usize = 8;

/// How many runs are made at once.
pub(super) const AT_ONCE: usize = LANES * ABREAST;

/// How many steps are made between two looks at them: their rows stay in the nearest cache.
const STRETCH: usize = 16;

/// Where runs are at one step, and the gradient that their next update sees. What a run that has stopped has there means
/// nothing.
pub(super) type Row = [Spot<Lanes>; ABREAST];

/// What tells a run from the others of its course. The loss at its start has to be finite.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The base rate.
    pub(super) lr: f64,
    pub(super) start: [f64; 2],
}

/// Makes the steps of a course with the entries `first`, `first + 1` and so on, below `count`; lanes that are left over
/// repeat the last one. `pass` is told of the steps, the start first, a stretch at a time, and says whether there is a
/// point in going on.
pub(super) fn descend(
    course: &Course,
    entry: &dyn Fn(usize) -> Entry,
    first: usize,
    count: usize,
    pass: &mut dyn FnMut(&[Row]) -> bool,
) {
    let entries: [Entry; AT_ONCE] = array::from_fn(|i| entry((first + i).min(count - 1)));
    let lanes = |value: &dyn Fn(&Entry) -> f64| -> [Lanes; ABREAST] {
        array::from_fn(|place| Lanes::of(array::from_fn(|i| value(&entries[place * LANES + i]))))
    };
    let (lr, x, y) = (lanes(&|entry| entry.lr), lanes(&|entry| entry.start[0]), lanes(&|entry| entry.start[1]));
    let zero = Lanes::constant(0.0);
    let start = array::from_fn(|place| Spot { point: [x[place], y[place]], loss: zero, grad: [zero; 2] });
    course.optimizer.with_rule(Descent { lr, start, course, pass });
}

/// Runs on their way, but for their rule.
struct Descent<'a> {
    lr: [Lanes; ABREAST],
    start: Row,
    course: &'a Course,
    pass: &'a mut dyn FnMut(&[Row]) -> bool,
}

impl WithRule for Descent<'_> {
    type Output = ();

    fn with<U: Rule>(self, rule: &U) {
        let moments = [[rule.moments(); 2]; ABREAST];
        self.drive(&mut State { rule, at: rule.first(), moments });
    }
}

impl Descent<'_> {
    /// Drives runs from their start to their end.
    fn drive(self, run: &mut dyn Running) {
        let Self { lr, start, course, pass } = self;
        let Course { surface, schedule, .. } = course;
        let mut rows = [start; STRETCH + 1];
        surface.fill(&mut rows[0]);
        course.disturb(0, &mut rows[0]);
        let mut rates = [lr; STRETCH];
        let mut seen: [PlateauState<Lanes>; ABREAST] = lr.map(|lr| schedule.first(lr));
        // Many steps at once, unless something has to happen between two of them.
        let stride = if schedule.learns() || course.is_noisy() { 1 } else { STRETCH };
        let mut done = 0;
        let mut goes_on = pass(&rows[..1]);
        while goes_on && done < course.steps {
            let made = stride.min(course.steps - done);
            for (factor, rates) in course.factors(done).iter().zip(&mut rates[..made]) {
                for (rate, seen) in rates.iter_mut().zip(&seen) {
                    *rate = factor.applied(seen.rate);
                }
            }
            if schedule.learns() {
                for (seen, spot) in seen.iter_mut().zip(&rows[0]) {
                    *seen = schedule.next(*seen, spot.loss);
                }
            }
            run.advance(surface, &rates[..made], &mut rows[..=made]);
            done += made;
            goes_on = pass(&rows[1..=made]);
            rows[0] = rows[made];
            course.disturb(done, &mut rows[0]);
        }
    }
}

/// Runs under way, whichever their rule.
trait Running {
    /// Makes an update at each of the rates, from the first row to the second and so on.
    fn advance(&mut self, surface: &Surface, rates: &[[Lanes; ABREAST]], rows: &mut [Row]);
}

/// What runs under a rule are between two updates.
struct State<'a, U: Rule> {
    rule: &'a U,
    at: U::At,
    moments: [[U::Moments<Lanes>; 2]; ABREAST],
}

impl<U: Rule> Running for State<'_, U> {
    // The one loop over lanes that is compiled for every rule: nothing else belongs in it.
    fn advance(&mut self, surface: &Surface, rates: &[[Lanes; ABREAST]], rows: &mut [Row]) {
        for (i, rates) in rates.iter().enumerate() {
            let [before, after] = &mut rows[i..i + 2] else { return };
            update(self.rule, self.at, rates, before, &mut self.moments, after);
            surface.fill(after);
            self.at = self.rule.next(self.at);
        }
    }
}

/// One update of all runs. Written into the loop above, a step takes 5% (Adam) to 19% (momentum) longer: presumably since
/// parameters of a function are known not to overlap.
#[inline(never)]
fn update<U: Rule>(
    rule: &U,
    at: U::At,
    rates: &[Lanes],
    before: &[Spot<Lanes>],
    moments: &mut [[U::Moments<Lanes>; 2]],
    after: &mut [Spot<Lanes>],
) {
    for (((rate, before), moments), after) in rates.iter().zip(before).zip(moments).zip(after) {
        for axis in [0, 1] {
            let (param, grad) = (before.point[axis], before.grad[axis]);
            let (update, new) = rule.update(at, *rate, param, grad, moments[axis]);
            moments[axis] = new;
            after.point[axis] = param + update;
        }
    }
}
