//! The valley of learning rates: where runs end, rate by rate.

use super::block::{AT_ONCE, Entry};
use super::course::Course;
use super::losses::{Losses, append_losses};
use super::record::Record;
use crate::config::{Config, Run};
use crate::diagnosis::{Rating, Verdict};

/// The losses of a config's runs at these rates in place of its own: one curve for each optimizer and schedule, in the
/// order of its runs.
pub fn sweep(config: &Config, rates: &[f64]) -> Vec<Losses> {
    let curve = |run: Run| {
        let mut losses = Losses::default();
        append_losses(&mut losses, &Course::of(config, &run), &entry(config, rates), rates.len());
        losses
    };
    config.methods().into_iter().map(curve).collect()
}

/// What a run did at one rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sounding {
    /// The loss after the last step; infinite where the run stopped before, as a step was not finite.
    pub loss: f64,
    /// The lowest loss at any step, the start among them.
    pub best: f64,
    /// What the run did, without running on.
    pub verdict: Verdict,
    /// What that says of the rate.
    pub rating: Rating,
}

/// The same with verdicts.
pub fn soundings(config: &Config, rates: &[f64]) -> Vec<Vec<Sounding>> {
    let (survey, noisy) = (config.survey(), config.is_noisy());
    let mut record = Record::new();
    let curve = |run: Run| {
        let course = Course::of(config, &run);
        let mut soundings = Vec::with_capacity(rates.len());
        for first in (0..rates.len()).step_by(AT_ONCE) {
            record.fill(&course, &entry(config, rates), first, rates.len());
            for (i, &lr) in rates[first..].iter().take(AT_ONCE).enumerate() {
                let trajectory = record.trajectory(&course, i, lr);
                let [loss, best] = record.losses(i);
                let (verdict, rating) = survey.judge(&trajectory, noisy);
                soundings.push(Sounding { loss, best, verdict, rating });
            }
        }
        soundings
    };
    config.methods().into_iter().map(curve).collect()
}

/// The same again, one run after the other: slower, and without the lanes, which a page then need not have yet.
pub fn soundings_in_turn(config: &Config, rates: &[f64]) -> Vec<Vec<Sounding>> {
    let (survey, noisy) = (config.survey(), config.is_noisy());
    let sounding = |run: &Run, lr: f64| {
        let trajectory = config.descend(&Run { lr, ..run.clone() });
        let losses = trajectory.losses();
        let last = losses.last().copied().filter(|_| trajectory.stopped().is_none());
        let best = losses.iter().copied().fold(f64::INFINITY, f64::min);
        let (verdict, rating) = survey.judge(&trajectory, noisy);
        Sounding { loss: last.unwrap_or(f64::INFINITY), best, verdict, rating }
    };
    config.methods().iter().map(|run| rates.iter().map(|&lr| sounding(run, lr)).collect()).collect()
}

/// The runs of a curve: a rate each, from the config's start.
fn entry(config: &Config, rates: &[f64]) -> impl Fn(usize) -> Entry {
    let start = config.start();
    move |i| Entry { lr: rates[i], start }
}
