//! The learning-rate valley.

use super::block::{ABREAST, Block, descend};
use super::course::Course;
use super::ends::Ends;
use crate::config::Config;
use crate::real::{LANES, Lanes, Real};

/// The losses at many rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The loss after the last step, a rate each; infinite where the run stopped before.
    pub losses: Vec<f64>,
    /// The lowest finite loss on the way.
    pub best: Vec<f64>,
}

/// sweep
pub fn sweep(config: &Config, rates: &[f64]) -> Vec<Curve> {
    let objective = config.objective();
    let start = config.start().map(Lanes::constant);
    let mut curves = Vec::new();
    for run in config.runs().iter().step_by(config.rates().len()) {
        let course = Course::new(&objective, &run.optimizer, &run.schedule, config.steps());
        let mut curve = Curve { losses: Vec::new(), best: Vec::new() };
        for rates in rates.chunks(LANES * ABREAST) {
            let lane = |block: usize, i: usize| rates[(block * LANES + i).min(rates.len() - 1)];
            let blocks =
                std::array::from_fn(|block| Block { lr: Lanes(std::array::from_fn(|i| lane(block, i))), start });
            let mut ends = [Ends::new(); ABREAST];
            descend(blocks, &course, &mut |rows| {
                ends.iter_mut().enumerate().fold(false, |any, (block, ends)| ends.pass(rows, block) | any)
            });
            for (ends, rates) in ends.iter().zip(rates.chunks(LANES)) {
                let [losses, best] = ends.losses();
                curve.losses.extend_from_slice(&losses.0[..rates.len()]);
                curve.best.extend_from_slice(&best.0[..rates.len()]);
            }
        }
        curves.push(curve);
    }
    curves
}
