//! The verdict: which of the things that a run can do it did.

use std::iter;

use super::flow::{End, Minimum};
use super::measure::{climbed, extrapolated, is_spent, oscillation, overshot, ringing, stalled, width};
use super::region::distance;
use super::survey::Survey;
use super::swings::Swings;
use super::tail::{Path, Zone};
use super::verdict::{Needed, Rating, Verdict};
use crate::trajectory::Trajectory;

/// Farther from the middle of its domain than this many diagonals a path is beyond all measure. Adam at a rate of 10
/// walks 2,000 steps without coming that far; what grows by a factor a step soon does.
const BEYOND: f64 = 1e4;

/// More than this many times its steps so far a run needs to be crawling: nobody would wait for it.
const CRAWL: f64 = 10.0;

/// A path farther outside the frame than this part of its diagonal was flung there, even if it came back.
const FLUNG: f64 = 0.05;

/// A run has left the frame if it spent this part of its steps or more outside at its end, or does not swing.
const GONE: f64 = 0.1;

/// An update longer than this part of the diagonal is too coarse to follow a surface out of its frame.
const COARSE: f64 = 0.2;

/// A minimum that is lower than another by this part of what there was to lose is the better one.
const LOWER: f64 = 1e-3;

/// A verdict with all that its words need.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) verdict: Verdict,
    pub(super) rating: Rating,
    /// Where the run is, or would get to by going downhill.
    pub(super) goal: Option<Minimum>,
    /// Where the flow from its end goes.
    pub(super) ahead: End,
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
    let (goal, ahead) = goal(survey, path, noisy);
    let zone = goal.map(|minimum| Zone::new(survey, minimum, noisy));
    let outside = |k: usize| !survey.frame.contains(trajectory.points()[k]);
    let turns = oscillation(path.points).map_or(0, |swings| swings.turns);
    let mut finding = Finding {
        verdict: Verdict::Converged { at: 0 },
        rating: Rating::TooHigh,
        goal,
        ahead,
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
    // Noise moves a run on any slope.
    if let Some(grad_norm) = stalled(survey, trajectory, path, finding.goal).filter(|_| !finding.noisy) {
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
    let needed = if finding.spent { None } else { extrapolated(path, finding.ahead, finding.goal) };
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

/// The minimum that a path is in or would get to by going downhill from its end, and where the flow goes from there.
/// Where that ends in a kink, which a path can follow and the flow cannot, the nearest of the lowest ones.
fn goal(survey: &Survey, path: &Path<'_>, noisy: bool) -> (Option<Minimum>, End) {
    let end = path.end();
    let nearest = survey.nearest(end);
    if let Some(minimum) = nearest
        && Zone::new(survey, minimum, noisy).holds(end, path.losses[path.last()])
    {
        return (nearest, End::Minimum { minimum, length: distance(end, minimum.point) });
    }
    let ahead = survey.lead(end);
    let goal = match ahead {
        End::Minimum { minimum, .. } => Some(minimum),
        End::Kink { .. } => nearest,
        End::Away { .. } | End::Nowhere => None,
    };
    (goal, ahead)
}

fn is_beyond(survey: &Survey, point: [f64; 2]) -> bool {
    distance(point, survey.own.middle()) > BEYOND * survey.frame.diagonal()
}
