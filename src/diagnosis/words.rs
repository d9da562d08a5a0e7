//! A finding in words.

use super::finding::Finding;
use super::survey::Survey;
use super::verdict::{Diagnosis, Needed, Rating, Verdict};
use crate::number::{short, whole};

/// `one` for 1, else the number and the plural.
fn steps(count: usize) -> String {
    format!("{} step{}", whole(count), if count == 1 { "" } else { "s" })
}

/// A whole number to two digits, for what is not known better.
fn roughly(value: usize) -> String {
    let mut unit = 1;
    while value / unit >= 100 {
        unit *= 10;
    }
    whole((value + unit / 2) / unit * unit)
}

pub(super) fn diagnosis(survey: &Survey, finding: &Finding) -> Diagnosis {
    let (reason, evidence) = (reason(survey, finding), evidence(survey, finding));
    let rating = match finding.rating {
        Rating::TooLow => "the rate is too low here",
        Rating::AboutRight => "the rate is about right here",
        Rating::TooHigh => "the rate is too high here",
    };
    let mut message = format!("{reason}, {evidence}: {rating}.");
    message.replace_range(..1, &message[..1].to_uppercase());
    Diagnosis { verdict: finding.verdict, rating: finding.rating, reason, evidence, message }
}

fn reason(survey: &Survey, finding: &Finding) -> String {
    let is_local = finding.goal.is_some_and(|goal| {
        survey.nearest(goal.point).is_some_and(|known| !survey.is_same(known, goal))
    });
    match finding.verdict {
        Verdict::Converged { at } if is_local => format!("settled in a local minimum in {}", steps(at)),
        Verdict::Converged { at: 0 } => "starts in the minimum".to_owned(),
        Verdict::Converged { at } => format!("converged in {}", steps(at)),
        Verdict::Crawling { .. } => "crawling".to_owned(),
        Verdict::Ringing { .. } if finding.noisy => "jitters in the noise".to_owned(),
        Verdict::Ringing { .. } => "rings".to_owned(),
        Verdict::Orbiting { .. } => "circles the minimum".to_owned(),
        Verdict::Bursting { .. } => "bursts".to_owned(),
        Verdict::Hopped { at: Some(_), .. } if finding.rating == Rating::AboutRight => {
            "hopped to a lower minimum".to_owned()
        }
        Verdict::Hopped { .. } => "hopped to another minimum".to_owned(),
        Verdict::Stalled { .. } if finding.goal.is_none() => "stalled at a saddle".to_owned(),
        Verdict::Stalled { .. } => "stalled where it is flat".to_owned(),
        Verdict::LeftFrame { .. } if finding.rating == Rating::AboutRight => "leaves the frame downhill".to_owned(),
        Verdict::LeftFrame { .. } => "leaves the frame".to_owned(),
        Verdict::Diverged { .. } => "diverges".to_owned(),
        Verdict::Descending { .. } if finding.overshot || finding.left.is_some() => "overshot".to_owned(),
        Verdict::Descending { .. } if finding.spent => "its rate ran out on the way".to_owned(),
        Verdict::Descending { .. } => "still on its way".to_owned(),
    }
}

fn evidence(survey: &Survey, finding: &Finding) -> String {
    let turns = || format!("{} reversals", whole(finding.turns));
    match finding.verdict {
        Verdict::Converged { .. } => {
            let below = format!("loss stays below {}", short(finding.below));
            if finding.turns > 0 { format!("{}, then {below}", turns()) } else { below }
        }
        Verdict::Ringing { amplitude, .. } | Verdict::Orbiting { amplitude, .. } => {
            let amplitude = format!("amplitude {}", short(amplitude));
            match finding.left {
                Some(step) => format!("{amplitude}, leaves at step {}", whole(step)),
                None => format!("{}, {amplitude}", turns()),
            }
        }
        Verdict::Bursting { at, peak } => {
            format!("thrown out at step {} to loss {}", whole(at), short(peak))
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
        Verdict::Diverged { at } => format!("beyond all measure at step {}", whole(at)),
        Verdict::Crawling { steps_needed } | Verdict::Descending { steps_needed, .. } => {
            let there = if finding.goal.is_some() { "gets there" } else { "leaves the frame" };
            match steps_needed {
                Some(Needed::Exactly(step)) => format!("{there} at step {}", whole(step)),
                Some(Needed::MoreThan(step)) => format!("not there after {} steps", whole(step)),
                Some(Needed::About(step)) => format!("{there} at about step {}", roughly(step)),
                None => format!("loss {} of {} at the start", short(finding.loss), short(survey.start_loss)),
            }
        }
    }
}
