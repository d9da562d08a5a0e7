//! Charts over the steps of a config's runs: loss, rate, step taken, distance to the nearest minimum.

mod curve;
mod draw;
mod labels;
mod scale;
#[cfg(feature = "explorer")]
mod spread;
#[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
mod svg;
mod words;

pub use curve::{Curve, Part};
pub use draw::{draw_axes, draw_curve, draw_now};
pub use labels::Label;
pub(super) use labels::apart;
pub use scale::Scale;
#[cfg(feature = "explorer")]
pub use spread::{SpreadChart, draw_bands, draw_median};
#[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
pub use svg::svg;

use super::frame::Frame;
use crate::config::{Config, Run};
use crate::number::{between, short};
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

/// The shortest distance from a minimum that is told, in sides of the plot: minima are known to 12 digits.
const LEAST_DISTANCE: f64 = 1e-10;

/// The farthest distance that is told, in the larger of the start's and the plot's side.
const FARTHEST: f64 = 1e3;

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
        let minima = config.surface().facts().minima;
        let parts: &[Part] = match quantity {
            Quantity::Loss => &[Part::Loss { above: 0.0 }],
            Quantity::Rate => &[Part::Rate],
            Quantity::Update => &[Part::MoveX, Part::MoveY],
            Quantity::Distance if minima.is_empty() => return None,
            Quantity::Distance => &[Part::Distance { minima }],
        };
        let shown = if quantity == Quantity::Update { run..run + 1 } else { 0..runs.len() };
        let mut chart = Self {
            quantity,
            steps: config.steps(),
            scale: Scale::linear(0.0, 1.0),
            curves: Vec::new(),
            title: words::title(quantity, &runs[run]),
            above: 0.0,
            bound: None,
            cut: [false; 2],
        };
        for run in shown {
            for &part in parts {
                chart.curves.push(Curve::new(run, part, &config.short_label(&runs[run]), &trajectories[run]));
            }
        }
        let span = chart.span(trajectories);
        let Domain { x0, x1, y0, y1 } = config.domain();
        let plot = (x1 - x0).max(y1 - y0);
        chart.scale = match quantity {
            Quantity::Loss => chart.scale_of_losses(config, trajectories, span),
            Quantity::Rate => {
                let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
                runs.iter().for_each(|run| (low, high) = (low.min(run.lr), high.max(run.lr)));
                if high <= ALIKE * low {
                    Scale::linear(0.0, span.high)
                } else {
                    Scale::log(span.positive.max(span.high * LEAST_RATE), span.high)
                }
            }
            Quantity::Update => chart.scale_of_updates(&runs[run], &trajectories[run], span, plot),
            Quantity::Distance => {
                let start = chart.curves[0].value(&trajectories[0], 0);
                Scale::log(span.positive.max(LEAST_DISTANCE * plot), span.high.min(start.max(plot) * FARTHEST))
            }
        };
        let Span { low, high, .. } = chart.span(trajectories);
        chart.cut = [chart.scale.measure(low) < chart.scale.low, chart.scale.measure(high) > chart.scale.high];
        Some(chart)
    }

    /// Log of the loss where no loss is negative; log of the loss above the lowest known where there is one; else linear,
    /// over what is on the plot.
    fn scale_of_losses(&mut self, config: &Config, trajectories: &[Trajectory], span: Span) -> Scale {
        let start = trajectories[0].losses()[0];
        let above = if span.low >= 0.0 { Some(0.0) } else { config.surface().lowest() };
        let Some(above) = above else {
            let domain = config.domain();
            let mut shown = Span::NONE;
            shown.take(start);
            for path in trajectories {
                let inside = path.points().iter().zip(path.losses()).filter(|(point, _)| domain.contains(**point));
                inside.for_each(|(_, loss)| shown.take(*loss));
            }
            return Scale::linear(shown.low, shown.high);
        };
        self.above = above;
        self.curves.iter_mut().for_each(|curve| curve.part = Part::Loss { above });
        let span = self.span(trajectories);
        let start = start - above;
        let least = (start * LOSS_WINDOW[0]).max(above.abs() * f64::EPSILON);
        Scale::log(span.positive.max(least), span.high.min(start * LOSS_WINDOW[1]))
    }

    /// Linear, as far as the updates reach, with the limits that are near: the rate itself, and what no update can exceed.
    fn scale_of_updates(&mut self, run: &Run, trajectory: &Trajectory, span: Span, plot: f64) -> Scale {
        let mut reach = span.high.max(-span.low).min(plot);
        let near = FAR_LIMIT * reach;
        let rate = trajectory.rates().iter().copied().fold(0.0, f64::max);
        self.bound = run.optimizer.bound();
        for factor in [self.bound.filter(|bound| *bound != 1.0), Some(1.0)].into_iter().flatten() {
            if factor * rate <= near {
                reach = reach.max(factor * rate);
                let position = self.curves[0].run;
                self.curves.insert(0, Curve::limit(position, -factor, trajectory));
                self.curves.insert(0, Curve::limit(position, factor, trajectory));
            }
        }
        Scale::linear(-reach, reach)
    }

    /// What the values of all curves span.
    fn span(&self, trajectories: &[Trajectory]) -> Span {
        let mut span = Span::NONE;
        for curve in &self.curves {
            for k in curve.first..=if curve.is_limit() { 0 } else { curve.last } {
                span.take(curve.value(&trajectories[curve.run], k));
            }
        }
        span
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

    /// How many steps it spans.
    pub fn steps(&self) -> usize {
        self.steps
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

    /// Where the points of a schedule lie on a chart of rates, for a run of base rate `lr`: update t leads to step t + 1.
    pub fn point_places(&self, points: &[(usize, f64)], lr: f64, frame: &Frame) -> Vec<[f64; 2]> {
        let Scale { low, high, .. } = self.scale;
        let place = |&(t, factor): &(usize, f64)| {
            frame.place([(t + 1) as f64, between(self.scale.measure(lr * factor), low, high)])
        };
        points.iter().map(place).collect()
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

/// What some values span.
#[derive(Clone, Copy, Debug)]
struct Span {
    low: f64,
    high: f64,
    /// The least one above 0.
    positive: f64,
}

impl Span {
    const NONE: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY, positive: f64::INFINITY };

    fn take(&mut self, value: f64) {
        self.low = self.low.min(value);
        self.high = self.high.max(value);
        if value > 0.0 {
            self.positive = self.positive.min(value);
        }
    }
}
