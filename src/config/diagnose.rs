//! The diagnosis of a config's runs.

use super::{Config, MOST_STEPS, Run};
use crate::diagnosis::{Diagnosis, Survey};
use crate::trajectory::Trajectory;

impl Config {
    /// The surroundings of the start, which are the same for every run.
    pub fn survey(&self) -> Survey {
        Survey::new(&self.surface, &self.domain(), self.start())
    }

    /// Names what a run did. Runs one that has not got there on, to [`MOST_STEPS`] at most, to say when it does: for
    /// many runs while a hand moves, take [`Survey::diagnose`], which extrapolates.
    pub fn diagnose(&self, run: &Run, trajectory: &Trajectory) -> Diagnosis {
        let longer = |steps| self.descend_further(run, steps);
        self.survey().diagnose_further(trajectory, self.is_noisy(), MOST_STEPS, longer)
    }

    /// Whether gradients come with noise.
    pub fn is_noisy(&self) -> bool {
        !self.noise.is_none()
    }
}
