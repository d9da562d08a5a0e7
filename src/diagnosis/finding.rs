//! The verdict: which of the things that a run can do it did.

use std::iter;

use super::flow::{End, Minimum};
use super::region::distance;
use super::survey::Survey;
use super::swings::{Swings, swings};
use super::tail::{Path, Zone};
use super::verdict::{Needed, Rating, Verdict};
use crate::trajectory::Trajectory;

/// Farther from the middle of its domain than this many diagonals a path is beyond all measure. Adam at a rate of 10
/// walks 2,000 steps without coming that far; what grows by a factor a step soon does.
const BEYOND: f64 = 1e4;

/// More than this many times its steps so far a run needs to be crawling: nobody would wait for it.
const CRAWL: f64 = 10.0;

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

/// A path farther outside the frame than this part of its diagonal was flung there, even if it came back.
const FLUNG: f64 = 0.05;

/// A run has left the frame if it spent this part of its steps or more outside at its end, or does not swing.
const GONE: f64 = 0.1;

/// An update longer than this part of the diagonal is too coarse to follow a surface out of its frame.
const COARSE: f64 = 0.2;

/// A schedule that ends below this part of its highest rate has run out: what it makes from there on is no more than it
/// made in a hundredth of the time before.
const SPENT: f64 = 1e-2;

/// A minimum that is lower than another by this part of what there was to lose is the better one.
const LOWER: f64 = 1e-3;

/// A verdict with all that its words need.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) verdict: Verdict,
    pub(super) rating: Rating,
    /// Where the run is, or would get to by going downhill.
    pub(super) goal: Option<Minimum>,
    /// The loss below which it is there.
    pub(super) below: f64,
    /// How many times the whole run turned back, if it oscillated.
    pub(super) turns: usize,
    /// The first step outside the frame.
    pub(super) left: Option<usize>,
    /// Whether it was flung far out of the frame at some time.
    pub(super) flung: bool,
    /// Whether it was flung out, or up to losses much higher than its start.
    pub(super) overshot: bool,
    /// Whether it comes near when it is run on, but never settles.
    pub(super) restless: bool,
    /// Whether the schedule takes the rate to nothing before it gets there.
    pub(super) spent: bool,
    pub(super) noisy: bool,
    /// How many updates the run had.
    pub(super) steps: usize,
    pub(super) loss: f64,
}

pub(super) fn find(survey: &Survey, trajectory: &Trajectory, path: &Path<'_>, noisy: bool) -> Finding {
    let goal = goal(survey, path, noisy);
    let zone = goal.map(|minimum| Zone::new(survey, minimum, noisy));
    let outside = |k: usize| !survey.frame.contains(trajectory.points()[k]);
    let turns = oscillation(path.points).map_or(0, |swings| swings.turns);
    let mut finding = Finding {
        verdict: Verdict::Converged { at: 0 },
        rating: Rating::TooHigh,
        goal,
        below: zone.map_or(f64::NEG_INFINITY, |zone| zone.below),
        turns,
        left: (0..=path.last()).find(|&k| outside(k)),
        flung: {
            let around = survey.frame.grown(FLUNG);
            trajectory.points().iter().any(|&point| !around.contains(point))
        },
        overshot: false,
        restless: false,
        spent: is_spent(trajectory),
        noisy,
        steps: path.last(),
        loss: path.losses[path.last()],
    };
    finding.overshot = finding.flung || overshot(survey, trajectory, finding.loss);
    (finding.verdict, finding.rating) = judged(survey, trajectory, path, &finding, zone.as_ref());
    finding
}

fn judged(
    survey: &Survey,
    trajectory: &Trajectory,
    path: &Path<'_>,
    finding: &Finding,
    zone: Option<&Zone>,
) -> (Verdict, Rating) {
    use Rating::{AboutRight, TooHigh, TooLow};
    let outside = |k: usize| !survey.frame.contains(path.points[k]);
    let outside_since = path.since(outside);
    // Where downhill leads out of the frame, leaving it is no fault, unless in leaps or uphill.
    let follows = |at: usize| {
        survey.leads_out()
            && trajectory.losses()[at] < survey.start_loss
            && trajectory.points()[..=at].windows(2).all(|p| distance(p[0], p[1]) <= COARSE * survey.own.diagonal())
    };
    let left_frame = |at: usize| (Verdict::LeftFrame { at }, if follows(at) { AboutRight } else { TooHigh });
    let downhill = finding.loss < survey.start_loss && survey.leads_out();
    if let Some(at) = path.since(|k| is_beyond(survey, path.points[k])).or(trajectory.stopped()) {
        return match finding.left {
            Some(left) if downhill && outside_since.is_some() => left_frame(left),
            _ => (Verdict::Diverged { at }, TooHigh),
        };
    }

    let home = survey.home.minimum();
    let hopped_to = finding
        .goal
        .filter(|goal| home.is_some_and(|home| !survey.is_same(home.point, goal.point)) && climbed(survey, path));
    if let Some(zone) = zone {
        let settled = path.settled(zone);
        let known = survey.known().map(|minimum| Zone::new(survey, minimum, finding.noisy));
        let zones: Vec<_> = iter::once(*zone).chain(known).collect();
        if let Some((at, rise)) = path.burst(&zones).filter(|_| settled.is_some() || outside_since.is_none()) {
            return (Verdict::Bursting { at, rise }, TooHigh);
        }
        if let Some(at) = settled
            && (hopped_to.is_none() || outside_since.is_none())
        {
            return match (hopped_to, home) {
                (Some(to), Some(home)) => {
                    let lower = home.loss - to.loss > LOWER * survey.to_lose(Some(home));
                    let rating = if lower && !finding.flung { AboutRight } else { TooHigh };
                    (Verdict::Hopped { at: Some(at), to: to.point }, rating)
                }
                _ => (Verdict::Converged { at }, if finding.flung { TooHigh } else { AboutRight }),
            };
        }
    }
    let gone = |since: usize| (path.last() + 1 - since) as f64 >= GONE * path.points.len() as f64;
    let ringing = ringing(path);
    if let (Some(left), Some(since)) = (finding.left, outside_since)
        && (gone(since) || ringing.is_none())
    {
        return left_frame(left);
    }
    let rating = if finding.overshot { TooHigh } else { TooLow };
    if let Some(grad_norm) = stalled(survey, trajectory, path, finding) {
        return (Verdict::Stalled { grad_norm }, rating);
    }
    if let Some(Swings { period, amplitude, cycle, .. }) = ringing {
        // What noise stirs repeats nothing.
        let verdict = if cycle && !finding.noisy {
            Verdict::Orbiting { period, amplitude }
        } else {
            Verdict::Ringing { period, amplitude }
        };
        return (verdict, TooHigh);
    }
    // What hovers about the minimum, or has wandered off again without a swing, is on its way no more.
    if finding.noisy && zone.is_some_and(|zone| path.visits(zone)) {
        let half = &trajectory.points()[path.last() / 2..];
        return (Verdict::Ringing { period: half.len() as f64, amplitude: width(half) / 2.0 }, TooHigh);
    }
    if let Some(to) = hopped_to {
        return (Verdict::Hopped { at: None, to: to.point }, TooHigh);
    }
    let needed = if finding.spent { None } else { extrapolated(survey, path, finding.goal) };
    (unfinished(finding, needed), rating)
}

/// The verdict on a run that goes downhill and is not there.
pub(super) fn unfinished(finding: &Finding, steps_needed: Option<Needed>) -> Verdict {
    let needed = match steps_needed {
        Some(Needed::Exactly(step) | Needed::About(step) | Needed::MoreThan(step)) => step as f64,
        None => 0.0,
    };
    if needed > CRAWL * finding.steps as f64 && !finding.overshot {
        Verdict::Crawling { steps_needed }
    } else {
        Verdict::Descending { gap: finding.goal.map_or(f64::INFINITY, |goal| finding.loss - goal.loss), steps_needed }
    }
}

/// The minimum that a path is in or would get to by going downhill from its end. Where that ends in a kink, which a
/// path can follow and the flow cannot, the nearest of the lowest ones.
fn goal(survey: &Survey, path: &Path<'_>, noisy: bool) -> Option<Minimum> {
    let end = path.end();
    let nearest = survey.nearest(end);
    let there = |known: &Minimum| Zone::new(survey, *known, noisy).holds(end, path.losses[path.last()]);
    nearest.filter(there).or_else(|| match survey.lead(end) {
        End::Minimum { minimum, .. } => Some(minimum),
        End::Kink { .. } => nearest,
        End::Away { .. } | End::Nowhere => None,
    })
}

fn is_beyond(survey: &Survey, point: [f64; 2]) -> bool {
    distance(point, survey.own.middle()) > BEYOND * survey.frame.diagonal()
}

fn overshot(survey: &Survey, trajectory: &Trajectory, loss: f64) -> bool {
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
fn climbed(survey: &Survey, path: &Path<'_>) -> bool {
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
            rises(survey.surface.loss(x, y))
        });
        between || rises(loss)
    })
}

/// The wider oscillation of the two coordinates.
fn oscillation(points: &[[f64; 2]]) -> Option<Swings> {
    let along = |axis: usize| swings(&points.iter().map(|point| point[axis]).collect::<Vec<_>>());
    [along(0), along(1)].into_iter().flatten().max_by(|a, b| a.amplitude.total_cmp(&b.amplitude))
}

/// The oscillation at the end, if it is more than a wobble on the way down: that of the second half, or where that is
/// too short to tell, of the whole.
fn ringing(path: &Path<'_>) -> Option<Swings> {
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
fn width(points: &[[f64; 2]]) -> f64 {
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
fn stalled(survey: &Survey, trajectory: &Trajectory, path: &Path<'_>, finding: &Finding) -> Option<f64> {
    let [x, y] = path.end();
    let (_, [dx, dy]) = survey.surface.loss_and_grad(x, y);
    let slope = libm::hypot(dx, dy);
    let left_to_lose = finding.goal.map_or(survey.to_lose(None), |goal| path.losses[path.last()] - goal.loss);
    let flat = slope * survey.own.diagonal() < FLAT * left_to_lose;
    let rate = trajectory.rates().last().copied().unwrap_or(0.0);
    // Noise moves a run on any slope.
    (flat && !finding.noisy && pace(path) < SLOWED * rate).then_some(slope)
}

/// When a run gets there if it follows the flow at the pace that it has.
fn extrapolated(survey: &Survey, path: &Path<'_>, goal: Option<Minimum>) -> Option<Needed> {
    let length = match (survey.lead(path.end()), goal) {
        (End::Minimum { length, .. } | End::Away { length }, _) => length,
        (End::Kink { .. }, Some(goal)) => distance(path.end(), goal.point),
        (End::Kink { .. } | End::Nowhere, _) => return None,
    };
    let more = length / pace(path);
    (more < 1e15).then(|| Needed::About(path.last() + more.ceil() as usize))
}
