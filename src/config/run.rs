//! One run of a config.

use std::ops::RangeInclusive;

use super::{Config, Key, wrong};
use crate::error::{Error, Problem};
use crate::inspection::Inspection;
use crate::number::shortest;
use crate::optimizer::{Anatomy, Optimizer};
use crate::replay::Checkpoints;
use crate::schedule::Schedule;
use crate::trajectory::{Descent, Objective, Trajectory, descend};

/// One optimizer under one schedule at one learning rate.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What tells it from the other runs of its config.
    pub label: String,
    /// The optimizer, with its hyperparameters.
    pub optimizer: Optimizer,
    /// The schedule.
    pub schedule: Schedule,
    /// The base learning rate.
    pub lr: f64,
    /// The position of that rate among those of the config.
    pub rate: usize,
}

impl Config {
    /// The runs, optimizers x schedules x rates (those that the optimizer has), rates fastest: 1 to
    /// [`MOST_RUNS`](super::MOST_RUNS) of them.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for (position, optimizer) in self.tuned_optimizers().enumerate() {
            for schedule in &self.schedules {
                for rate in self.rates_of(position) {
                    let lr = self.rates[rate];
                    let label = self.label(&optimizer, schedule, Some(lr));
                    runs.push(Run { label, optimizer, schedule: schedule.clone(), lr, rate });
                }
            }
        }
        runs
    }

    /// A run of each optimizer and schedule, at the first of its rates.
    pub fn methods(&self) -> Vec<Run> {
        let is_first = |run: &Run| self.rates_beside(run.rate).next() == Some(run.rate);
        self.runs().into_iter().filter(is_first).collect()
    }

    /// The one optimizer and schedule, as a run at the first of the rates.
    ///
    /// # Errors
    /// Where there are several.
    pub fn only_method(&self) -> Result<Run, Error> {
        for (key, count) in [(Key::Optimizer, self.optimizers.len()), (Key::Schedule, self.schedules.len())] {
            if count > 1 {
                let expected = format!("one {}, whose rate is swept", key.name());
                return Err(wrong(key.name(), &self.text(key), Problem::Count(count), &expected));
            }
        }
        Ok(self.runs().swap_remove(0))
    }

    /// What tells a run from the others: `lr 0.1`, `Adam`, `Adam, cosine, lr 0.1`. The rate where nothing does.
    fn label(&self, optimizer: &Optimizer, schedule: &Schedule, lr: Option<f64>) -> String {
        let mut parts = Vec::new();
        if self.optimizers.len() > 1 {
            parts.push(optimizer.title().to_owned());
        }
        if self.schedules.len() > 1 {
            parts.push(schedule.title().to_owned());
        }
        if let Some(lr) = lr.filter(|_| self.rates.len() > 1 || parts.is_empty()) {
            parts.push(format!("lr {}", shortest(lr)));
        }
        parts.join(", ")
    }

    /// What tells a run from the others in the fewest words: `0.1`, `Adam`; the rate goes without saying where each
    /// optimizer has one of its own.
    pub fn short_label(&self, run: &Run) -> String {
        if self.has_own_rates() && self.rates_beside(run.rate).nth(1).is_none() {
            return self.label(&run.optimizer, &run.schedule, None);
        }
        run.label.strip_prefix("lr ").unwrap_or(&run.label).to_owned()
    }

    /// The trajectory of one of its runs.
    pub fn descend(&self, run: &Run) -> Trajectory {
        descend(&self.objective(), &run.optimizer, &run.schedule, run.lr, self.start(), self.steps)
    }

    /// The trajectory of one of its runs, for so many steps instead of its own: the schedule stays made for those, and
    /// holds its last rate past them.
    pub fn descend_further(&self, run: &Run, steps: usize) -> Trajectory {
        let (objective, horizon) = (&self.objective(), self.steps);
        let Run { optimizer, schedule, lr, .. } = run;
        optimizer.with_rule(Descent { objective, schedule, lr: *lr, start: self.start(), horizon, steps })
    }

    /// What its runs descend.
    pub fn objective(&self) -> Objective {
        Objective { surface: self.surface, noise: self.noise }
    }

    /// What the updates of one of its runs were made of, that led to these steps of its trajectory, along x and y.
    pub fn anatomy(&self, run: &Run, path: &Trajectory, steps: RangeInclusive<usize>) -> Vec<[Anatomy<f64>; 2]> {
        path.anatomy(&self.objective(), &run.optimizer, steps)
    }

    /// The update of one of its runs that led to a step of its trajectory, line by line; `None` where no update did.
    pub fn inspect(&self, run: &Run, path: &Trajectory, step: usize) -> Option<Inspection> {
        self.inspect_from(run, path, step, &mut Checkpoints::default())
    }

    /// The same from the run's checkpoints, which it adds to: of 100,000 updates at most 1,000 are made again.
    pub fn inspect_from(
        &self,
        run: &Run,
        path: &Trajectory,
        step: usize,
        checkpoints: &mut Checkpoints,
    ) -> Option<Inspection> {
        Inspection::new(path, &self.objective(), &run.optimizer, step, checkpoints)
    }
}
