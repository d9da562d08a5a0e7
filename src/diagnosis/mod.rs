//! What a run did, in words: a verdict with its evidence, and what that says of the learning rate.
//!
//! A run is judged by how it *ends*, in this order: did it overflow, has it settled in a minimum (whose: its own
//! basin's or another's), is it outside the frame, does it swing, and if it does none of these, how far has it to go.
//! Lengths are measured by the diagonal of the surface's own domain, losses by what there was to lose at the start.

mod finding;
mod flow;
mod measure;
mod region;
mod smooth;
mod survey;
mod swings;
mod tail;
mod verdict;
mod words;

use crate::surface::{Domain, Surface};
use crate::trajectory::Trajectory;

pub use survey::Survey;
pub(crate) use tail::{CLOSE, CLOSE_IN_NOISE, STAY};
pub use verdict::{Diagnosis, Needed, Rating, Verdict};

/// Names what a run did. `domain` is the part of the plane that is shown, which a run can leave; `noisy` says that its
/// gradients are, so that it is judged by running means. For several runs from one start make one [`Survey`].
///
/// Never runs on: what is said of steps to come is extrapolated. `Config::diagnose` runs on.
pub fn diagnose(surface: &Surface, trajectory: &Trajectory, domain: &Domain, noisy: bool) -> Diagnosis {
    Survey::new(surface, domain, trajectory.points()[0]).diagnose(trajectory, noisy)
}
