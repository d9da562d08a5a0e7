//! The best rate of each optimizer: what makes a comparison of optimizers a fair one.

use super::sweep::sweep;
use crate::config::{Config, Key, MOST_RATES, Run, check_size, rates_between, three_digits, wrong};
use crate::error::{Error, Problem};
use crate::number::{shortest, whole};

/// Between which rates the best one is looked for, and among how many of them: 40 in each decade.
const ENDS: [f64; 2] = [1e-5, 10.0];
const COUNT: usize = 241;

/// The best rate of one optimizer under one schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// The run, at that rate.
    pub run: Run,
    /// Its loss after the last step.
    pub loss: f64,
    /// Whether no rate was tried below, or none above, so that a better one may lie there.
    pub at_end: bool,
}

/// The rates among which [`Config::at_best_rates`] looks: 241 from 1e-5 to 10, evenly apart on a logarithmic axis, each to
/// three digits.
pub fn candidate_rates() -> Vec<f64> {
    three_digits(&rates_between(ENDS[0], ENDS[1], COUNT))
}

/// The best of these rates, which rise, for each optimizer and schedule of a config, in the order of its runs: the one with
/// the lowest loss after the last step, and of several such rates the lowest. A run that stopped before, as a step was not
/// finite, has an infinite loss. With noise, all rates see the same draws.
///
/// # Errors
/// Where there is no rate, or more than [`MOST_RATES`], or no rate at which a run comes to its last step.
pub fn best_rates(config: &Config, rates: &[f64]) -> Result<Vec<Best>, Error> {
    check_size("rates", rates.len(), 1, MOST_RATES)?;
    let mut found = Vec::new();
    for (run, losses) in config.methods().into_iter().zip(sweep(config, rates)) {
        let mut best = (0, f64::INFINITY);
        for (i, &loss) in losses.last.iter().enumerate() {
            if loss < best.1 {
                best = (i, loss);
            }
        }
        let (i, loss) = best;
        if loss == f64::INFINITY {
            let range = format!("{} to {}", shortest(rates[0]), shortest(rates[rates.len() - 1]));
            let expected = format!("a rate at which {} does not overflow", run.optimizer.name());
            return Err(wrong(Key::Lr.name(), &range, Problem::LossNotFinite, &expected));
        }
        let at_end = i == 0 || i + 1 == rates.len();
        found.push(Best { run: Run { lr: rates[i], ..run }, loss, at_end });
    }
    Ok(found)
}

impl Config {
    /// The config in which each optimizer has its own best rate, of the [`candidate_rates`], and what was found of each.
    ///
    /// # Errors
    /// Where there is more than one schedule, as an optimizer has its rates under all of them; else as for [`best_rates`].
    pub fn at_best_rates(&self) -> Result<(Self, Vec<Best>), Error> {
        let schedules = self.text(Key::Schedule);
        let count = schedules.split(',').count();
        if count > 1 {
            let expected = "one schedule, under which each optimizer has its best rate";
            return Err(wrong(Key::Schedule.name(), &schedules, Problem::Count(count), expected));
        }
        let best = best_rates(self, &candidate_rates())?;
        let rate = |best: &Best| format!("{}:{}", best.run.optimizer.name(), shortest(best.run.lr));
        let rates: Vec<String> = best.iter().map(rate).collect();
        Ok((self.with(Key::Lr.name(), &rates.join(","))?, best))
    }

    /// What is best about those rates, to stand after "Each at its own best rate: ".
    pub fn best_rates_words(&self, best: &[Best]) -> String {
        let (steps, [low, high]) = (self.steps(), ENDS.map(shortest));
        let steps = if steps == 1 { "1 step".to_owned() } else { format!("{} steps", whole(steps)) };
        let mut words = format!("the lowest loss after {steps} of {COUNT} rates from {low} to {high}.");
        for Best { run, .. } in best.iter().filter(|best| best.at_end) {
            let end = if run.lr == ENDS[0] { ["lowest", "below"] } else { ["highest", "above"] };
            words +=
                &format!(" {}’s is the {} of them: a better one may lie {}.", run.optimizer.title(), end[0], end[1]);
        }
        words
    }
}
