//! Charts over the steps of a config's runs: loss, rate, step taken, distance to the nearest minimum.

mod curve;
mod draw;
mod labels;
mod scale;
#[cfg(not(target_arch = "wasm32"))]
mod svg;
mod words;

pub use curve::{Curve, Part};
pub use draw::{draw_axes, draw_curve, draw_now};
pub use labels::Label;
pub(super) use labels::apart;
pub use scale::Scale;
#[cfg(not(target_arch = "wasm32"))]
pub use svg::svg;

use super::frame::Frame;
use crate::config::{Config, Run};
use crate::number::short;
use crate::surface::Domain;
use crate::trajectory::Trajectory;

/// What a chart shows at each step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The loss of every run.
    Loss,
    /// The learning rate of every run: at step k that of the update that led there.
    Rate,
    /// How far an update moved one run, in x and in y.
    Update,
    /// How far every run is from the nearest known minimum.
    Distance,
}

impl Quantity {
    /// Every quantity.
    pub const ALL: &[Self] = &[Self::Loss, Self::Rate, Self::Update, Self::Distance];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Rate => "rate",
            Self::Update => "update",
            Self::Distance => "distance",
        }
    }

    /// The quantity of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|quantity| quantity.name() == name)
    }
}

/// A chart, but for its place on a picture: what is drawn on which scale. It is made of the runs of a config and their
/// trajectories, and has to be asked with the same ones.
#[derive(Clone, Debug)]
pub struct Chart {
    quantity: Quantity,
    steps: usize,
    scale: Scale,
    /// In the order in which they are drawn; the limits of updates first.
    curves: Vec<Curve>,
    title: String,
    /// What the loss is measured from.
    above: f64,
    /// The bound on updates over the rate, where the optimizer has one.
    bound: Option<f64>,
    /// Whether something lies below, and above, what the scale shows.
    cut: [bool; 2],
}

/// How far below the first loss the scale of losses reaches, and above it, in factors: rounding is all that there is
/// further down, and what overflows would flatten everything else.
const LOSS_WINDOW: [f64; 2] = [1e-16, 1e6];

/// The shortest distance from a minimum that is told, in spans of the plot: minima are known to 12 digits.
const LEAST_DISTANCE: f64 = 1e-10;

/// The smallest rate that is told, against the largest.
const LEAST_RATE: f64 = 1e-9;

/// Base rates within this factor of each other are shown on a linear scale, which keeps the shape of a schedule.
const ALIKE: f64 = 10.0;

/// A limit this many times as high as every update is not drawn but told: it would flatten them.
const FAR_LIMIT: f64 = 3.0;

impl Chart {
    /// The chart of a quantity, of the run at position `run` where it is about one. `None` where nothing is known to
    /// show: the distance on a surface without a minimum.
    pub fn new(
        quantity: Quantity,
        config: &Config,
        runs: &[Run],
        trajectories: &[Trajectory],
        run: usize,
    ) -> Option<Self> {
        let parts: Vec<(usize, Part)> = match quantity {
            Quantity::Loss => each(runs, Part::Loss { above: 0.0 }),
            Quantity::Rate => each(runs, Part::Rate),
            Quantity::Update => vec![(run, Part::MoveX), (run, Part::MoveY)],
            Quantity::Distance => {
                let minima = config.surface().facts().minima;
                (!minima.is_empty()).then(|| each(runs, Part::Distance { minima }))?
            }
        };
        let curve = |(run, part): (usize, Part)| Curve::new(run, part, &runs[run], &trajectories[run]);
        let mut chart = Self {
            quantity,
            steps: config.steps(),
            scale: Scale::linear(0.0, 1.0),
            curves: parts.into_iter().map(curve).collect(),
            title: words::title(quantity, &runs[run]),
            above: 0.0,
            bound: None,
            cut: [false; 2],
        };
        let [low, high] = chart.range(trajectories);
        chart.scale = match quantity {
            Quantity::Loss => chart.scale_of_losses(config, trajectories, low, high),
            Quantity::Rate => {
                let base = |pick: fn(f64, f64) -> f64| runs.iter().map(|run| run.lr).reduce(pick).unwrap_or(1.0);
                if base(f64::max) <= ALIKE * base(f64::min) {
                    Scale::linear(0.0, high)
                } else {
                    Scale::log(chart.least_positive(trajectories).max(high * LEAST_RATE), high)
                }
            }
            Quantity::Update => chart.scale_of_updates(config, &runs[run], &trajectories[run], low, high),
            Quantity::Distance => {
                let Domain { x0, x1, .. } = config.domain();
                let least = LEAST_DISTANCE * (x1 - x0);
                let start = chart.curves[0].value(&trajectories[0], 0);
                Scale::log(chart.least_positive(trajectories).max(least), high.min(start.max(x1 - x0) * 1e3))
            }
        };
        let [low, high] = chart.range(trajectories);
        chart.cut = [chart.scale.measure(low) < chart.scale.low, chart.scale.measure(high) > chart.scale.high];
        Some(chart)
    }

    /// Log of the loss where no loss is negative; log of the loss above the lowest known where there is one; else linear,
    /// over what is on the plot.
    fn scale_of_losses(&mut self, config: &Config, trajectories: &[Trajectory], low: f64, high: f64) -> Scale {
        let lowest = config.surface().lowest();
        let above = if low >= 0.0 { Some(0.0) } else { lowest };
        let Some(above) = above else {
            let domain = config.domain();
            let shown = trajectories.iter().flat_map(|trajectory| {
                let inside = |(point, loss): (&[f64; 2], &f64)| domain.contains(*point).then_some(*loss);
                trajectory.points().iter().zip(trajectory.losses()).filter_map(inside)
            });
            let [low, high] = extremes(shown.chain([trajectories[0].losses()[0]]));
            return Scale::linear(low, high);
        };
        self.above = above;
        for curve in &mut self.curves {
            curve.part = Part::Loss { above };
        }
        let start = trajectories[0].losses()[0] - above;
        let least = (start * LOSS_WINDOW[0]).max(above.abs() * f64::EPSILON);
        Scale::log(self.least_positive(trajectories).max(least), (high - above).min(start * LOSS_WINDOW[1]))
    }

    /// Linear, as far as the updates reach, with the limits that are near: the rate itself, and what no update can exceed.
    fn scale_of_updates(&mut self, config: &Config, run: &Run, trajectory: &Trajectory, low: f64, high: f64) -> Scale {
        let Domain { x0, x1, y0, y1 } = config.domain();
        let reach = high.max(-low).min((x1 - x0).max(y1 - y0));
        let rate = trajectory.rates().iter().copied().fold(0.0, f64::max);
        self.bound = run.optimizer.bound();
        let near = |factor: &f64| *factor * rate <= FAR_LIMIT * reach;
        let limits: Vec<f64> = [Some(1.0), self.bound.filter(|bound| *bound != 1.0)].into_iter().flatten().collect();
        let reach = limits.iter().copied().filter(near).map(|factor| factor * rate).fold(reach, f64::max);
        let drawn = limits.into_iter().filter(near).flat_map(|factor| [factor, -factor]);
        let drawn = drawn.map(|factor| Curve::limit(self.curves[0].run, factor, trajectory));
        self.curves.splice(0..0, drawn.collect::<Vec<_>>());
        Scale::linear(-reach, reach)
    }

    /// The least and the greatest value of all curves.
    fn range(&self, trajectories: &[Trajectory]) -> [f64; 2] {
        let curves = self.curves.iter().filter(|curve| !curve.is_limit());
        extremes(curves.flat_map(|curve| curve.values(&trajectories[curve.run])))
    }

    /// The least value above 0.
    fn least_positive(&self, trajectories: &[Trajectory]) -> f64 {
        let curves = self.curves.iter().filter(|curve| !curve.is_limit());
        let values = curves.flat_map(|curve| curve.values(&trajectories[curve.run]));
        values.filter(|value| *value > 0.0).fold(f64::INFINITY, f64::min)
    }

    /// Whether these trajectories can be those that it was made of.
    pub fn is_of(&self, trajectories: &[Trajectory]) -> bool {
        let fits = |curve: &Curve| trajectories.get(curve.run).is_some_and(|path| path.last() == curve.last);
        self.curves.iter().all(fits)
    }

    /// What it shows.
    pub fn quantity(&self) -> Quantity {
        self.quantity
    }

    /// Its curves, in the order in which they are drawn.
    pub fn curves(&self) -> &[Curve] {
        &self.curves
    }

    /// Its scale.
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// A frame of that place and size around what it spans.
    pub fn frame(&self, place: Frame) -> Frame {
        let domain = Domain { x0: 0.0, x1: self.steps as f64, y0: self.scale.low, y1: self.scale.high };
        Frame { domain, ..place }
    }

    /// The step at a place, in CSS pixels from the picture's left edge; the first or the last one outside.
    pub fn step_at(&self, left: f64, frame: &Frame) -> usize {
        let share = ((left - frame.left) / frame.width).clamp(0.0, 1.0);
        (share * self.steps as f64).round() as usize
    }

    /// The value at a height, in CSS pixels from the picture's upper edge, as three digits; within the scale.
    pub fn value_at(&self, top: f64, frame: &Frame) -> f64 {
        let share = (1.0 - (top - frame.top) / frame.height).clamp(0.0, 1.0);
        self.scale.value(self.scale.low + share * (self.scale.high - self.scale.low))
    }

    /// What the curves show at a step, in words, one a curve; empty for a limit, and where a run is not there.
    pub fn reading(&self, step: usize, trajectories: &[Trajectory]) -> Vec<String> {
        let word = |curve: &Curve| {
            let there = (curve.first..=curve.last).contains(&step) && !curve.is_limit();
            if there { short(curve.value(&trajectories[curve.run], step)) } else { String::new() }
        };
        self.curves.iter().map(word).collect()
    }
}

/// The same part of every run.
fn each(runs: &[Run], part: Part) -> Vec<(usize, Part)> {
    (0..runs.len()).map(|run| (run, part)).collect()
}

fn extremes(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| [low.min(value), high.max(value)])
}
