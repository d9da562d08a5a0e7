//! What is measured of a path: how it goes up, swings, slows down and gets on.

use super::flow::{End, Minimum};
use super::region::distance;
use super::survey::Survey;
use super::swings::{Swings, swings};
use super::tail::Path;
use super::verdict::Needed;
use crate::trajectory::Trajectory;

/// A slope is almost flat where crossing the whole domain on it would win less than this part of what is left to lose.
const FLAT: f64 = 1e-2;

/// A run that is slowed down by a flat slope makes less than this part of its rate a step. Rules that divide by the
/// gradient's size are not slowed down.
const SLOWED: f64 = 0.1;

/// A run that reached losses higher than its start by this part of what there was to lose has overshot ...
const OVERSHOT: f64 = 0.5;

/// ... or whose loss rose by this part in the second half; early on, any start on a steep wall may make it bounce ...
const ROSE_LATE: f64 = 0.15;

/// ... unless it has lost all but this part since: then it was worth it, and a higher rate may be, too.
const MADE_UP: f64 = 1e-2;

/// A ridge is crossed where the loss along the path rises by this part of what there was to lose.
const RIDGE: f64 = 1e-2;

/// The longest piece of a path that is taken for straight downhill when ridges are looked for, as a part of the diagonal.
const PIECE: f64 = 5e-3;

/// The most pieces that one update is cut into.
const MOST_PIECES: usize = 16;

/// A schedule that ends below this part of its highest rate has run out: what it makes from there on is no more than it
/// made in a hundredth of the time before.
const SPENT: f64 = 1e-2;

/// Whether the loss went up in a way that a smaller rate would have spared it.
pub(super) fn overshot(survey: &Survey, trajectory: &Trajectory, loss: f64) -> bool {
    let (home, to_lose) = (survey.home.minimum(), survey.to_lose(survey.home.minimum()));
    let losses = trajectory.losses();
    let highest = losses.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut lowest = f64::INFINITY;
    let rose_late = losses[losses.len() / 2..].iter().any(|&loss| {
        lowest = lowest.min(loss);
        loss > lowest + ROSE_LATE * to_lose
    });
    let made_up = home.is_some_and(|home| loss - home.loss < MADE_UP * to_lose);
    (highest > survey.start_loss + OVERSHOT * to_lose || rose_late) && !made_up
}

/// Whether the schedule has taken the rate to nothing.
pub(super) fn is_spent(trajectory: &Trajectory) -> bool {
    let highest = trajectory.rates().iter().copied().fold(0.0, f64::max);
    trajectory.rates().last().is_some_and(|&last| last < SPENT * highest)
}

/// Whether the loss rises along the path, or between its points.
pub(super) fn climbed(survey: &Survey, path: &Path<'_>) -> bool {
    let ridge = RIDGE * survey.to_lose(survey.home.minimum());
    let mut lowest = survey.start_loss;
    let mut rises = |loss: f64| {
        lowest = lowest.min(loss);
        loss > lowest + ridge
    };
    path.points.windows(2).zip(&path.losses[1..]).any(|(ends, &loss)| {
        let (from, to) = (ends[0], ends[1]);
        let pieces = (distance(from, to) / (PIECE * survey.own.diagonal())).ceil() as usize;
        let pieces = pieces.min(MOST_PIECES);
        let between = (1..pieces).any(|i| {
            let part = i as f64 / pieces as f64;
            let [x, y] = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * part);
            rises(survey.surface.slope([x, y]).0)
        });
        between || rises(loss)
    })
}

/// The wider oscillation of the two coordinates.
pub(super) fn oscillation(points: &[[f64; 2]]) -> Option<Swings> {
    let along = |axis: usize| swings(&points.iter().map(|point| point[axis]).collect::<Vec<_>>());
    [along(0), along(1)].into_iter().flatten().max_by(|a, b| a.amplitude.total_cmp(&b.amplitude))
}

/// The oscillation at the end, if it is more than a wobble on the way down: that of the second half, or where that is
/// too short to tell, of the whole.
pub(super) fn ringing(path: &Path<'_>) -> Option<Swings> {
    let goes_on = |swings: &Swings| swings.since as f64 <= swings.period;
    ringing_since(path, path.last() / 2).or_else(|| ringing_since(path, 0).filter(goes_on))
}

fn ringing_since(path: &Path<'_>, first: usize) -> Option<Swings> {
    let (points, losses) = (&path.points[first..], &path.losses[first..]);
    let ringing = oscillation(points)?;
    // It swings more widely than it gets on, or its loss does.
    let (early, late) = points.split_at(points.len() / 2);
    let wide = ringing.amplitude >= distance(mean(early), mean(late));
    let (early, late) = losses.split_at(losses.len() / 2);
    let average = |losses: &[f64]| losses.iter().sum::<f64>() / losses.len() as f64;
    let steep = || swings(losses).is_some_and(|loss| 2.0 * loss.amplitude >= average(early) - average(late));
    (wide || steep()).then_some(ringing)
}

/// How far points are apart, along x or y, whichever is more.
pub(super) fn width(points: &[[f64; 2]]) -> f64 {
    let along = |axis: usize| {
        let values = points.iter().map(|point| point[axis]);
        values.clone().fold(f64::NEG_INFINITY, f64::max) - values.fold(f64::INFINITY, f64::min)
    };
    along(0).max(along(1))
}

fn mean(points: &[[f64; 2]]) -> [f64; 2] {
    [0, 1].map(|axis| points.iter().map(|point| point[axis]).sum::<f64>() / points.len() as f64)
}

/// How far a run comes a step, over the last quarter of its steps.
fn pace(path: &Path<'_>) -> f64 {
    let quarter = (path.last() / 4).max(1).min(path.last());
    if quarter == 0 { 0.0 } else { distance(path.points[path.last() - quarter], path.end()) / quarter as f64 }
}

/// The length of the gradient, where that is what holds the run up.
pub(super) fn stalled(survey: &Survey, trajectory: &Trajectory, path: &Path<'_>, goal: Option<Minimum>) -> Option<f64> {
    let [x, y] = path.end();
    let (_, [dx, dy]) = survey.surface.slope([x, y]);
    let slope = libm::hypot(dx, dy);
    let left_to_lose = goal.map_or(survey.to_lose(None), |goal| path.losses[path.last()] - goal.loss);
    let flat = slope * survey.own.diagonal() < FLAT * left_to_lose;
    let rate = trajectory.rates().last().copied().unwrap_or(0.0);
    (flat && pace(path) < SLOWED * rate).then_some(slope)
}

/// When a run gets there if it follows the flow from its end at the pace that it has.
pub(super) fn extrapolated(path: &Path<'_>, ahead: End, goal: Option<Minimum>) -> Option<Needed> {
    let length = match (ahead, goal) {
        (End::Minimum { length, .. } | End::Away { length }, _) => length,
        (End::Kink { .. }, Some(goal)) => distance(path.end(), goal.point),
        (End::Kink { .. } | End::Nowhere, _) => return None,
    };
    let more = length / pace(path);
    (more < 1e15).then(|| Needed::About(path.last() + more.ceil() as usize))
}
