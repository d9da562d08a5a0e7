//! Running means, by which noisy runs are judged.

use std::borrow::Cow;

use super::tail::Path;
use crate::trajectory::Trajectory;

/// The steps of a running mean. It takes the noise's jitter down to a quarter of its size.
const WINDOW: usize = 20;

/// The points and losses of a run, or their running means.
#[derive(Debug)]
pub(super) struct Smoothed<'a> {
    points: Cow<'a, [[f64; 2]]>,
    losses: Cow<'a, [f64]>,
}

impl Smoothed<'_> {
    pub(super) fn path(&self) -> Path<'_> {
        Path { points: &self.points, losses: &self.losses }
    }
}

/// A run as it is, or where its gradients are noisy the means over the last [`WINDOW`] steps up to each.
pub(super) fn smoothed(trajectory: &Trajectory, noisy: bool) -> Smoothed<'_> {
    let (points, losses) = (trajectory.points(), trajectory.losses());
    if !noisy {
        return Smoothed { points: Cow::Borrowed(points), losses: Cow::Borrowed(losses) };
    }
    let mean = |k: usize, value: &dyn Fn(usize) -> f64| {
        let first = (k + 1).saturating_sub(WINDOW);
        (first..=k).map(value).sum::<f64>() / (k + 1 - first) as f64
    };
    Smoothed {
        points: (0..points.len()).map(|k| [mean(k, &|i| points[i][0]), mean(k, &|i| points[i][1])]).collect(),
        losses: (0..losses.len()).map(|k| mean(k, &|i| losses[i])).collect(),
    }
}
