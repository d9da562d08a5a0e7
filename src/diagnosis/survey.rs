//! What is known of the surroundings before a run is looked at.

use std::iter;

use super::finding::{Finding, find, unfinished};
use super::flow::{End, Minimum, flow};
use super::measure::is_spent;
use super::region::{Region, distance};
use super::smooth::smoothed;
use super::tail::Zone;
use super::verdict::{Diagnosis, Needed, Rating, Verdict};
use super::words::diagnosis;
use crate::surface::{Domain, Surface};
use crate::trajectory::Trajectory;

/// Minima nearer to each other than this part of the diagonal are one.
const SAME: f64 = 0.01;

/// By how much longer a run is run on each time.
const FURTHER: usize = 10;

/// The surroundings of a start: where downhill leads from it, and what a path may not leave. Serves every run from
/// that start.
#[derive(Clone, Debug)]
pub struct Survey {
    pub(super) surface: Surface,
    /// The surface's own domain, by which lengths are measured.
    pub(super) own: Region,
    /// What is shown, the start, and the way downhill.
    pub(super) frame: Region,
    pub(super) start_loss: f64,
    pub(super) start_slope: f64,
    /// Where the gradient flow from the start ends.
    pub(super) home: End,
}

impl Survey {
    /// Follows the gradient flow from a start.
    pub fn new(surface: &Surface, domain: &Domain, start: [f64; 2]) -> Self {
        let own = Region::new(surface.facts().domain);
        let mut path = Region::new(*domain).with(start);
        let shown = path;
        let home = lead(surface, &own, start, |point| path = path.with(point));
        // Where downhill leads out of the frame there is no way that a path may not leave.
        let frame = if home.minimum().is_some() { path } else { shown };
        let (start_loss, [dx, dy]) = surface.slope(start);
        Self { surface: *surface, own, frame, start_loss, start_slope: libm::hypot(dx, dy), home }
    }

    /// Names what a run from this start did, without running on.
    pub fn diagnose(&self, trajectory: &Trajectory, noisy: bool) -> Diagnosis {
        let finding = find(self, trajectory, &smoothed(trajectory, noisy).path(), noisy);
        diagnosis(self, &finding)
    }

    /// The verdict and the rating alone, without words: for many runs.
    pub fn judge(&self, trajectory: &Trajectory, noisy: bool) -> (Verdict, Rating) {
        let finding = find(self, trajectory, &smoothed(trajectory, noisy).path(), noisy);
        (finding.verdict, finding.rating)
    }

    /// Names what a run did; but when one that is on its way gets there is found out by running on: `longer` runs it
    /// again for so many steps, at most `most`.
    pub fn diagnose_further(
        &self,
        trajectory: &Trajectory,
        noisy: bool,
        most: usize,
        longer: impl Fn(usize) -> Trajectory,
    ) -> Diagnosis {
        let mut finding = find(self, trajectory, &smoothed(trajectory, noisy).path(), noisy);
        if let Verdict::Crawling { .. } | Verdict::Descending { .. } = finding.verdict
            && !finding.spent
        {
            // Most get there long before the last step that may be asked for.
            let stages = iter::successors(Some(finding.steps.max(1)), |steps| {
                (*steps < most).then(|| (steps * FURTHER).min(most))
            });
            let told =
                stages.skip(1).any(|steps| self.run_on(&mut finding, trajectory, &longer(steps), noisy, steps == most));
            // What only ever swings keeps its extrapolation, which is all that there is to tell its pace by.
            if !told && !finding.restless {
                finding.verdict = unfinished(&finding, Some(Needed::MoreThan(most)));
            }
        }
        diagnosis(self, &finding)
    }

    /// Finishes the verdict on a run that is on its way by what becomes of it later; false where a longer run could say
    /// more, or, for the `longest`, where it does not get there.
    fn run_on(
        &self,
        finding: &mut Finding,
        trajectory: &Trajectory,
        longer: &Trajectory,
        noisy: bool,
        longest: bool,
    ) -> bool {
        // A schedule that ends with the run is another one in a longer run: there is nothing to run on.
        if longer.points().get(trajectory.last()) != trajectory.points().last() {
            (finding.spent, finding.verdict) = (true, unfinished(finding, None));
            return true;
        }
        let smoothed = smoothed(longer, noisy);
        let path = smoothed.path();
        let mut arrives = match finding.goal {
            Some(goal) => path.arrival(&Zone::new(self, goal, noisy)),
            None => path.since(|k| !self.frame.contains(path.points[k])),
        };
        if arrives.is_none() && is_spent(longer) {
            (finding.spent, finding.verdict) = (true, unfinished(finding, None));
            return true;
        }
        if arrives.is_none() && longest {
            match find(self, longer, &path, noisy).verdict {
                // Downhill led elsewhere for this optimizer.
                Verdict::Converged { at } | Verdict::Hopped { at: Some(at), .. } => arrives = Some(at),
                Verdict::Ringing { .. } | Verdict::Orbiting { .. } | Verdict::Bursting { .. } => {
                    finding.restless = true;
                }
                _ => {}
            }
        }
        if let Some(step) = arrives {
            finding.verdict = unfinished(finding, Some(Needed::Exactly(step)));
        }
        arrives.is_some()
    }

    /// Whether downhill leads out of the domain, or nowhere as there is no lowest point.
    pub(super) fn leads_out(&self) -> bool {
        matches!(self.home, End::Away { .. }) || self.home.minimum().is_none() && self.lowest().is_none()
    }

    /// What there was to lose at the start, if that is where it leads: by how much it lies above the minimum. Where
    /// there is none, what the slope of the start would lose across the domain.
    pub(super) fn to_lose(&self, minimum: Option<Minimum>) -> f64 {
        let home = self.home.minimum();
        let above = |minimum: Minimum| (self.start_loss - minimum.loss).abs();
        match (minimum, home) {
            (Some(minimum), Some(home)) => above(minimum).max(above(home)),
            (Some(one), None) | (None, Some(one)) => above(one),
            (None, None) => self.start_slope * self.own.diagonal(),
        }
    }

    /// Where the gradient flow from a point ends.
    pub(super) fn lead(&self, point: [f64; 2]) -> End {
        lead(&self.surface, &self.own, point, |_| {})
    }

    /// The lowest loss there is.
    pub(super) fn lowest(&self) -> Option<f64> {
        self.surface.lowest()
    }

    /// Whether two minima are the same one.
    pub(super) fn is_same(&self, one: [f64; 2], other: [f64; 2]) -> bool {
        distance(one, other) <= SAME * self.own.diagonal()
    }

    /// The known global minima.
    pub(super) fn known(&self) -> impl Iterator<Item = Minimum> {
        let minima = self.surface.facts().minima.iter();
        minima.map(|&point| Minimum { point, loss: self.surface.slope(point).0 })
    }

    /// The known global minimum nearest to a point.
    pub(super) fn nearest(&self, point: [f64; 2]) -> Option<Minimum> {
        self.known().min_by(|a, b| distance(a.point, point).total_cmp(&distance(b.point, point)))
    }
}

/// The flow, with its end moved onto a known minimum that it all but reaches: flows end beside a kink, not in it.
fn lead(surface: &Surface, own: &Region, start: [f64; 2], mut passes: impl FnMut([f64; 2])) -> End {
    let mut length = 0.0;
    let mut last = start;
    let end = flow(surface, own, start, |point| {
        length += distance(last, point);
        last = point;
        passes(point);
    });
    let (End::Minimum { minimum: Minimum { point, .. }, .. } | End::Kink { point }) = end else { return end };
    let near = surface.facts().minima.iter().find(|&&known| distance(known, point) <= SAME * own.diagonal());
    near.map_or(end, |&point| End::Minimum { minimum: Minimum { point, loss: surface.slope(point).0 }, length })
}
