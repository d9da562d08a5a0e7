//! What the updates of a run were made of, computed again: from the start, or from states that were kept on the way.

use std::any::Any;
use std::ops::RangeInclusive;

use crate::optimizer::{Anatomy, Line, Optimizer, Rule, Terms, WithRule};
use crate::trajectory::{Objective, Trajectory};

/// A state is kept before every so many updates: a replay of that many takes a tenth of a millisecond.
const STRIDE: usize = 1000;

/// What a run's rule remembered before updates 1, 1,001, 2,001, ... as far as it has been replayed, so that a late step is
/// taken apart as quickly as an early one. It goes with one run and its trajectory.
///
/// A state is its step's factors and the moments of both coordinates: at most 136 bytes, so 14 kB for 100,000 steps.
#[derive(Debug, Default)]
pub struct Checkpoints {
    /// A `Vec<State<U>>` of the run's rule `U`, never empty, once there was a replay.
    states: Option<Box<dyn Any>>,
}

/// What a rule takes from one update to the next.
type State<U> = (<U as Rule>::At, [<U as Rule>::Moments<f64>; 2]);

/// What a rule tells of one update besides its anatomy: its lines, and the terms in them along x and along y.
pub(crate) struct Taken {
    pub(crate) lines: &'static [Line],
    pub(crate) terms: [Terms; 2],
}

impl Trajectory {
    /// What the updates that led to these steps were made of, along x and along y: computed again from the start, by
    /// the optimizer that made this trajectory. No update led to step 0, and none to a step past the last.
    pub fn anatomy(
        &self,
        objective: &Objective,
        optimizer: &Optimizer,
        steps: RangeInclusive<usize>,
    ) -> Vec<[Anatomy<f64>; 2]> {
        replay(self, objective, optimizer, steps, &mut Checkpoints::default()).0
    }
}

/// What the updates were made of that led to these steps of a trajectory, along x and along y, by the optimizer that made
/// it, with the terms of the last of them. No update led to step 0, and none to a step past the last.
pub(crate) fn replay(
    trajectory: &Trajectory,
    objective: &Objective,
    optimizer: &Optimizer,
    steps: RangeInclusive<usize>,
    checkpoints: &mut Checkpoints,
) -> (Vec<[Anatomy<f64>; 2]>, Option<Taken>) {
    optimizer.with_rule(Replay { trajectory, objective, steps, checkpoints })
}

/// The updates that led to some steps of a trajectory.
struct Replay<'a> {
    trajectory: &'a Trajectory,
    objective: &'a Objective,
    steps: RangeInclusive<usize>,
    checkpoints: &'a mut Checkpoints,
}

impl WithRule for Replay<'_> {
    type Output = (Vec<[Anatomy<f64>; 2]>, Option<Taken>);

    fn with<U: Rule>(self, rule: &U) -> Self::Output {
        let kept = self.checkpoints.states.take().and_then(|states| states.downcast().ok());
        let kept: Vec<State<U>> =
            kept.map_or_else(|| vec![(rule.first(), [rule.moments(), rule.moments()])], |states| *states);
        let nearest = (self.steps.start().saturating_sub(1) / STRIDE).min(kept.len() - 1);
        let (at, moments) = kept[nearest];
        let Self { trajectory, objective, steps, checkpoints } = self;
        let mut apart = Apart { rule, at, moments, kept };
        let told = through(trajectory, objective, steps, nearest * STRIDE, &mut apart, U::LINES);
        checkpoints.states = Some(Box::new(apart.kept));
        told
    }
}

/// The loop, compiled once for all rules; `done` updates were made before.
fn through(
    trajectory: &Trajectory,
    objective: &Objective,
    steps: RangeInclusive<usize>,
    done: usize,
    rule: &mut dyn TakenApart,
    lines: &'static [Line],
) -> (Vec<[Anatomy<f64>; 2]>, Option<Taken>) {
    let (mut updates, mut taken) = (Vec::new(), None);
    let made = trajectory.points().iter().zip(trajectory.rates()).skip(done);
    for (k, (&point, &rate)) in (done + 1..=*steps.end()).zip(made) {
        if (k - 1).is_multiple_of(STRIDE) {
            rule.keep((k - 1) / STRIDE);
        }
        let (_, grad) = objective.loss_and_grad(k - 1, point);
        let mut terms = [Terms::new(), Terms::new()];
        let told = k == *steps.end();
        let update = [0, 1].map(|i| rule.update(i, rate, point[i], grad[i], told.then_some(&mut terms[i])));
        rule.next();
        if steps.contains(&k) {
            updates.push(update);
        }
        taken = told.then_some(Taken { lines, terms });
    }
    (updates, taken)
}

/// A rule that takes its updates apart, whichever it is.
trait TakenApart {
    /// Keeps what it remembers as the checkpoint of that number, unless it is there already.
    fn keep(&mut self, number: usize);

    /// Makes the update of a coordinate, and writes its terms where they are asked for.
    fn update(&mut self, i: usize, rate: f64, param: f64, grad: f64, terms: Option<&mut Terms>) -> Anatomy<f64>;

    /// Goes on to the next update.
    fn next(&mut self);
}

/// A rule between two updates that are taken apart.
struct Apart<'a, U: Rule> {
    rule: &'a U,
    at: U::At,
    moments: [U::Moments<f64>; 2],
    kept: Vec<State<U>>,
}

impl<U: Rule> TakenApart for Apart<'_, U> {
    fn keep(&mut self, number: usize) {
        if number == self.kept.len() {
            self.kept.push((self.at, self.moments));
        }
    }

    fn update(&mut self, i: usize, rate: f64, param: f64, grad: f64, terms: Option<&mut Terms>) -> Anatomy<f64> {
        let before = self.moments[i];
        let (anatomy, after) = self.rule.anatomy(self.at, rate, param, grad, before);
        if let Some(terms) = terms {
            *terms = self.rule.terms(self.at, param, grad, before, after);
        }
        self.moments[i] = after;
        anatomy
    }

    fn next(&mut self) {
        self.at = self.rule.next(self.at);
    }
}

// Native only: the wasm build has no test runner of its own.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::config::Config;

    /// The size of a rule's state, and how many of them there are at the end of a run.
    struct Size<'a>(&'a Checkpoints);

    impl WithRule for Size<'_> {
        type Output = (usize, usize);

        fn with<U: Rule>(self, _: &U) -> (usize, usize) {
            let states = self.0.states.as_ref().and_then(|states| states.downcast_ref::<Vec<State<U>>>());
            (size_of::<State<U>>(), states.expect("states").len())
        }
    }

    #[test]
    fn a_state_is_kept_every_thousand_updates_and_is_small() {
        for optimizer in Optimizer::ALL {
            let query = format!("surface=beale&lr=0.001&steps=2500&optimizer={}", optimizer.name());
            let config: Config = query.parse().expect("a good query");
            let run = &config.runs()[0];
            let path = config.descend(run);
            let mut kept = Checkpoints::default();
            replay(&path, &config.objective(), &run.optimizer, 2500..=2500, &mut kept);
            let (bytes, count) = run.optimizer.with_rule(Size(&kept));
            assert!(bytes <= 136, "{query}: {bytes} bytes");
            assert_eq!(count, 3, "{query}");
        }
    }

    #[test]
    fn a_replay_goes_no_further_back_than_the_checkpoint_before() {
        let config: Config = "surface=beale&lr=0.01&steps=2500".parse().expect("a good query");
        let run = &config.runs()[0];
        let path = config.descend(run);
        // A run that was elsewhere before its first checkpoint: who starts there does not notice.
        let mut points = path.points().to_vec();
        points[..1000].fill([1.0, 1.0]);
        let other = Trajectory::recorded(points, path.losses().to_vec(), path.rates().to_vec(), None);
        let (objective, mut kept) = (config.objective(), Checkpoints::default());
        let of = |path, step, kept: &mut Checkpoints| replay(path, &objective, &run.optimizer, step..=step, kept).0;
        let expected = of(&path, 2500, &mut kept);
        for step in [1001, 1500, 2000, 2001, 2500] {
            assert_eq!(of(&other, step, &mut kept), of(&path, step, &mut Checkpoints::default()), "{step}");
        }
        assert_eq!(of(&other, 2500, &mut kept), expected);
        assert_ne!(of(&other, 1000, &mut kept), of(&path, 1000, &mut kept));
    }
}
