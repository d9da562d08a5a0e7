//! A finding in words.

use super::finding::Finding;
use super::survey::Survey;
use super::verdict::{Diagnosis, Needed, Rating, Verdict};
use crate::number::{short, whole};

/// A number and its noun.
fn count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", whole(number), if number == 1 { "" } else { "s" })
}

/// A whole number to two digits, for what is not known better.
fn roughly(number: usize) -> String {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    whole((number + unit / 2) / unit * unit)
}

pub(super) fn diagnosis(survey: &Survey, finding: &Finding) -> Diagnosis {
    let (reason, evidence) = (reason(survey, finding), evidence(survey, finding));
    let rating = match finding.rating {
        Rating::TooLow => "the rate is too low here",
        Rating::AboutRight => "the rate is about right here",
        Rating::TooHigh => "the rate is too high here",
    };
    let message = match finding.verdict {
        Verdict::LeftFrame { at } => format!("{reason} at step {}: {rating}.", whole(at)),
        Verdict::Ringing { amplitude, .. } | Verdict::Orbiting { amplitude, .. } => {
            format!("{reason} with amplitude {}: {rating}.", short(amplitude))
        }
        _ => format!("{reason}, {evidence}: {rating}."),
    };
    let mut letters = message.chars();
    let message = letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect();
    Diagnosis { verdict: finding.verdict, rating: finding.rating, reason, evidence, message }
}

/// Whether the run is, or is on its way, in a minimum that is none of the lowest.
fn is_local(survey: &Survey, finding: &Finding) -> bool {
    let elsewhere = |goal| survey.nearest(goal).is_some_and(|known| !survey.is_same(known.point, goal));
    finding.goal.is_some_and(|goal| elsewhere(goal.point))
}

fn reason(survey: &Survey, finding: &Finding) -> String {
    match finding.verdict {
        Verdict::Converged { at: 0 } => "starts in the minimum".to_owned(),
        Verdict::Converged { .. } if finding.flung => "leaves the frame and comes back".to_owned(),
        Verdict::Converged { .. } if is_local(survey, finding) => "settled in a local minimum".to_owned(),
        Verdict::Converged { at } => format!("converged in {}", count(at, "step")),
        Verdict::Crawling { .. } => "crawling".to_owned(),
        Verdict::Ringing { .. } if finding.noisy => "jitters in the noise".to_owned(),
        Verdict::Ringing { .. } => "rings".to_owned(),
        Verdict::Orbiting { .. } => "swings without settling".to_owned(),
        Verdict::Bursting { .. } => "bursts".to_owned(),
        Verdict::Hopped { at: Some(_), .. } if finding.rating == Rating::AboutRight => {
            "hopped to a lower minimum".to_owned()
        }
        Verdict::Hopped { .. } => "hopped to another minimum".to_owned(),
        Verdict::Stalled { .. } if finding.goal.is_none() => "stalled at a saddle".to_owned(),
        Verdict::Stalled { .. } => "stalled where it is flat".to_owned(),
        Verdict::LeftFrame { .. } if finding.rating == Rating::AboutRight => "leaves the frame downhill".to_owned(),
        Verdict::LeftFrame { .. } if finding.loss < survey.start_loss && survey.leads_out() => {
            "leaves the frame in leaps".to_owned()
        }
        Verdict::LeftFrame { .. } => "leaves the frame".to_owned(),
        Verdict::Diverged { .. } => "diverges".to_owned(),
        Verdict::Descending { .. } if finding.overshot => "overshot".to_owned(),
        Verdict::Descending { .. } if finding.spent => "the rate ran out on the way".to_owned(),
        Verdict::Descending { .. } => "still on its way".to_owned(),
    }
}

fn evidence(survey: &Survey, finding: &Finding) -> String {
    match finding.verdict {
        Verdict::Converged { at } => {
            // A known minimum may miss the lowest loss by rounding.
            let rounded = |loss: f64| if loss.abs() < 1e-9 { 0.0 } else { loss };
            let there = match survey.lowest().map(rounded) {
                _ if finding.flung => format!("converged in {}", count(at, "step")),
                Some(lowest) if is_local(survey, finding) => {
                    format!("loss {} from step {}, the lowest is {}", short(finding.loss), whole(at), short(lowest))
                }
                _ => format!("loss stays below {}", short(finding.below)),
            };
            if finding.turns > 0 { format!("{}, then {there}", count(finding.turns, "reversal")) } else { there }
        }
        Verdict::Ringing { amplitude, .. } | Verdict::Orbiting { amplitude, .. } => {
            let turns = count(finding.turns, "reversal");
            match finding.left {
                Some(step) => format!("{turns}, leaves at step {}", whole(step)),
                None => format!("{turns}, amplitude {}", short(amplitude)),
            }
        }
        Verdict::Bursting { at, rise } => {
            format!("thrown out of the minimum at step {}, up by {}", whole(at), short(rise))
        }
        Verdict::Hopped { at, to: [x, y] } => {
            let place = format!("({}, {})", short(x), short(y));
            match at {
                Some(at) => format!("in {place} from step {}", whole(at)),
                None => format!("on its way to {place}"),
            }
        }
        Verdict::Stalled { grad_norm } => format!("slope {}", short(grad_norm)),
        Verdict::LeftFrame { at } => format!("leaves at step {}", whole(at)),
        Verdict::Diverged { at } => format!("off any scale from step {}", whole(at)),
        Verdict::Crawling { steps_needed } | Verdict::Descending { steps_needed, .. } => {
            let there = if survey.leads_out() && finding.goal.is_none() { "leaves the frame" } else { "gets there" };
            match steps_needed.filter(|_| !finding.restless) {
                Some(Needed::Exactly(step)) => format!("{there} at step {}", whole(step)),
                Some(Needed::MoreThan(step)) => format!("not there after {}", count(step, "step")),
                Some(Needed::About(step)) => format!("{there} at about step {}", roughly(step)),
                None => format!("loss {}, {} at the start", short(finding.loss), short(survey.start_loss)),
            }
        }
    }
}
