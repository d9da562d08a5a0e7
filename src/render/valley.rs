//! The valley of good rates: where the loss after a run lies against its learning rate, and what is said of the rates.

use super::chart::apart;
use super::clip::clip;
use crate::diagnosis::Rating;
use crate::number::{short, superscript};
use crate::surface::Domain;

/// The losses and the ratings of one curve, a rate each, the rates evenly apart on a logarithmic axis.
#[derive(Clone, Copy, Debug)]
pub struct Soundings<'a> {
    /// The loss after the last step; infinite where the run stopped before.
    pub losses: &'a [f64],
    /// What is said of each rate; as long as the losses, or empty where nothing is known yet.
    pub ratings: &'a [Rating],
}

/// The chart: every length is a part of it, x from the left, y from the bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct Valley {
    /// A curve each for what the runs differ in besides their rates.
    pub curves: Vec<ValleyCurve>,
    /// The marks along y, with their labels.
    pub ticks: Vec<(f64, String)>,
    scale: Scale,
}

/// One curve of a [`Valley`].
#[derive(Clone, Debug, PartialEq)]
pub struct ValleyCurve {
    /// What of it lies inside the chart; it is broken where runs stopped.
    pub pieces: Vec<Vec<[f64; 2]>>,
    /// Stretches of neighbouring rates of one rating: from, to, rating.
    pub zones: Vec<(f64, f64, Rating)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    /// Decades of the loss above `floor`, from `bottom` to `top`.
    Log {
        floor: f64,
        bottom: i32,
        top: i32,
    },
    Linear {
        low: f64,
        high: f64,
    },
}

/// Losses below this part of the first one are all at the bottom: a run that got there has converged.
const BOTTOM: f64 = 1e-4;

/// Losses above this many times the first one leave the chart: by how much a run diverged is no matter.
const TOP: f64 = 1e3;

/// A lowest loss this near 0 is 0, known only to the digits of its minimum.
const ZERO: f64 = 1e-9;

/// The most marks along y.
const MOST_TICKS: i32 = 5;

impl Valley {
    /// The chart of these curves on a surface with that lowest loss. All curves have as many rates.
    pub fn new(curves: &[Soundings<'_>], lowest: Option<f64>) -> Self {
        let scale = Scale::of(curves, lowest);
        let drawn = curves
            .iter()
            .map(|curve| ValleyCurve { pieces: pieces(curve.losses, &scale), zones: zones(curve.ratings) });
        let lowest_loss = curves.iter().flat_map(|curve| curve.losses).copied().fold(f64::INFINITY, f64::min);
        let ticks = scale.ticks(scale.height(lowest_loss) < 0.0);
        Self { curves: drawn.collect(), ticks, scale }
    }

    /// How high a loss lies; 1 or more where it is above the chart.
    pub fn height(&self, loss: f64) -> f64 {
        self.scale.height(loss).max(0.0)
    }

    /// How high the right end of each curve lies, pushed apart to at least `gap`.
    pub fn label_heights(&self, gap: f64) -> Vec<f64> {
        let heights: Vec<f64> = self.curves.iter().map(ValleyCurve::end).collect();
        apart(&heights, gap, [0.0, 1.0])
    }

    /// Whether a curve begins so low that the corner under it is no place for words.
    pub fn starts_low(&self) -> bool {
        let first = self.curves.iter().filter_map(|curve| curve.pieces.first()?.first());
        first.into_iter().any(|[x, y]| *x == 0.0 && *y < 2.0 / 3.0)
    }

    /// What the scale is, for the caption: `log scale`.
    pub fn scale_words(&self) -> &'static str {
        match self.scale {
            Scale::Log { floor: 0.0, .. } => "log scale",
            Scale::Log { .. } => "above the minimum, log scale",
            Scale::Linear { .. } => "linear scale",
        }
    }
}

impl ValleyCurve {
    /// The curve as the path of an SVG of this size, to a tenth of a pixel.
    pub fn svg_path(&self, width: f64, height: f64) -> String {
        let mut path = String::new();
        for piece in &self.pieces {
            for (i, [x, y]) in piece.iter().enumerate() {
                path.push(if i == 0 { 'M' } else { 'L' });
                path.push_str(&tenths(x * width));
                path.push(' ');
                path.push_str(&tenths((1.0 - y) * height));
            }
        }
        path
    }

    /// How high it lies at its right end; at the top where it has left the chart.
    fn end(&self) -> f64 {
        let last = self.pieces.last().and_then(|piece| piece.last());
        last.filter(|[x, _]| *x == 1.0).map_or(1.0, |[_, y]| *y)
    }
}

/// A length that is not negative, to a tenth.
fn tenths(length: f64) -> String {
    let tenths = (length * 10.0).round() as u32;
    format!("{}.{}", tenths / 10, tenths % 10)
}

impl Scale {
    fn of(curves: &[Soundings<'_>], lowest: Option<f64>) -> Self {
        let finite = || curves.iter().flat_map(|curve| curve.losses).copied().filter(|loss| loss.is_finite());
        let low = finite().fold(f64::INFINITY, f64::min);
        let high = finite().fold(f64::NEG_INFINITY, f64::max);
        if low > high {
            return Self::Linear { low: 0.0, high: 1.0 };
        }
        let floor = lowest.map(|floor| if floor.abs() < ZERO { 0.0 } else { floor });
        // The lowest rates hardly move: their loss is the one that every run starts with.
        let first = curves.iter().filter_map(|curve| curve.losses.first()).copied().find(|loss| loss.is_finite());
        match (floor, first) {
            (Some(floor), Some(first)) if first > floor => {
                let above = first - floor;
                let decade = |value: f64| libm::log10(value).clamp(-300.0, 300.0);
                let bottom = decade((BOTTOM * above).max(low - floor)).floor() as i32;
                let top = decade((TOP * above).min(high - floor)).ceil() as i32;
                Self::Log { floor, bottom, top: top.max(bottom + 1) }
            }
            _ => Self::Linear { low, high: if high > low { high } else { low + 1.0 } },
        }
    }

    fn height(&self, loss: f64) -> f64 {
        match *self {
            Self::Log { floor, bottom, top } if loss > floor => {
                (libm::log10(loss - floor) - f64::from(bottom)) / f64::from(top - bottom)
            }
            Self::Log { .. } => -1.0,
            Self::Linear { low, high } => (loss - low) / (high - low),
        }
    }

    /// Round losses with their heights; `clamped` where the lowest mark stands for all that is below it.
    fn ticks(&self, clamped: bool) -> Vec<(f64, String)> {
        match *self {
            Self::Log { bottom, top, .. } => {
                let step = (top - bottom + MOST_TICKS - 1) / MOST_TICKS;
                let exponents = (0..MOST_TICKS + 1).map(|i| bottom + i * step).take_while(|&exponent| exponent <= top);
                let label = |exponent: i32| {
                    let sign = if clamped && exponent == bottom { "≤" } else { "" };
                    let power = match exponent {
                        -1 => "0.1".to_owned(),
                        0..=2 => format!("1{}", "0".repeat(exponent as usize)),
                        3 => "1,000".to_owned(),
                        _ => format!("10{}", superscript(exponent)),
                    };
                    format!("{sign}{power}")
                };
                exponents
                    .map(|exponent| (f64::from(exponent - bottom) / f64::from(top - bottom), label(exponent)))
                    .collect()
            }
            Self::Linear { low, high } => vec![(0.0, short(low)), (1.0, short(high))],
        }
    }
}

/// Where neighbour number `i` of `count` lies.
fn place(i: usize, count: usize) -> f64 {
    i as f64 / (count.max(2) - 1) as f64
}

/// The line through the losses, what is below the chart along its bottom, what is above left out.
fn pieces(losses: &[f64], scale: &Scale) -> Vec<Vec<[f64; 2]>> {
    let inside = Domain { x0: 0.0, x1: 1.0, y0: 0.0, y1: 1.0 };
    let points: Vec<_> =
        losses.iter().enumerate().map(|(i, &loss)| (place(i, losses.len()), scale.height(loss))).collect();
    let whole = points.split(|(_, height)| !height.is_finite());
    whole
        .flat_map(|points| {
            let points: Vec<[f64; 2]> = points.iter().map(|&(x, height)| [x, height.max(0.0)]).collect();
            if points.is_empty() { Vec::new() } else { clip(&points, &inside).pieces }
        })
        .collect()
}

/// Stretches of one rating: each rate stands for the half of the way to its neighbours.
fn zones(ratings: &[Rating]) -> Vec<(f64, f64, Rating)> {
    let mut zones = Vec::new();
    let mut from = 0;
    for alike in ratings.chunk_by(|a, b| a == b) {
        let until = from + alike.len();
        let edge = |i: usize| ((i as f64 - 0.5) / (ratings.len().max(2) - 1) as f64).clamp(0.0, 1.0);
        zones.push((edge(from), edge(until), alike[0]));
        from = until;
    }
    zones
}

#[cfg(test)]
mod tests {
    use super::*;
    use Rating::{AboutRight, TooHigh, TooLow};

    #[test]
    fn losses_lie_by_their_decade_and_converged_ones_at_the_bottom() {
        let losses = [8.0, 0.8, 0.08, 1e-9, 80.0];
        let ratings = [TooLow, TooLow, AboutRight, AboutRight, TooHigh];
        let valley = Valley::new(&[Soundings { losses: &losses, ratings: &ratings }], Some(0.0));
        let labels: Vec<_> = valley.ticks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["≤10⁻⁴", "10⁻²", "1", "100"]);
        assert_eq!(valley.curves[0].pieces.len(), 1);
        let line = &valley.curves[0].pieces[0];
        assert_eq!(line.len(), 5);
        assert!((line[0][1] - (libm::log10(8.0) + 4.0) / 6.0).abs() < 1e-12);
        assert_eq!(line[3], [0.75, 0.0]);
        assert!(valley.height(1e9) > 1.0);
        assert_eq!(valley.curves[0].zones, [(0.0, 0.375, TooLow), (0.375, 0.875, AboutRight), (0.875, 1.0, TooHigh)]);
    }

    #[test]
    fn the_line_breaks_where_runs_stopped_and_leaves_the_chart_where_they_diverged() {
        let losses = [1.0, 0.5, f64::INFINITY, 0.5, 1e200];
        let valley = Valley::new(&[Soundings { losses: &losses, ratings: &[] }], Some(0.0));
        let pieces = &valley.curves[0].pieces;
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0].len(), 2);
        // From 0.5 up to the frame, at once: never along it.
        let [[x, y], [end, top]] = pieces[1][..] else { panic!("{pieces:?}") };
        assert!((x, top) == (0.75, 1.0) && y < 1.0 && end > 0.75 && end < 1.0);
    }

    #[test]
    fn a_surface_without_a_lowest_point_has_a_linear_scale() {
        let valley = Valley::new(&[Soundings { losses: &[3.0, -5.0, -1.0], ratings: &[] }], None);
        assert_eq!(valley.scale_words(), "linear scale");
        assert_eq!(valley.curves[0].pieces, [[[0.0, 1.0], [0.5, 0.0], [1.0, 0.5]]]);
    }

    #[test]
    fn names_at_the_right_end_do_not_touch_and_stay_inside() {
        let curve = |last: f64| [1.0, last];
        let ends = [0.9e-4, 1e-4, 1.0, 0.98].map(curve);
        let curves = ends.each_ref().map(|losses| Soundings { losses, ratings: &[] });
        let mut heights = Valley::new(&curves, Some(0.0)).label_heights(0.1);
        heights.sort_by(f64::total_cmp);
        assert!(heights.windows(2).all(|pair| pair[1] - pair[0] > 0.099), "{heights:?}");
        assert!(heights[3] <= 1.0);
    }

    #[test]
    fn the_path_of_an_svg_goes_down_from_the_top() {
        let valley = Valley::new(&[Soundings { losses: &[3.0, -5.0, -1.0], ratings: &[] }], None);
        assert_eq!(valley.curves[0].svg_path(100.0, 80.0), "M0.0 0.0L50.0 80.0L100.0 40.0");
    }

    #[test]
    fn nothing_at_all_is_an_empty_chart() {
        let valley = Valley::new(&[Soundings { losses: &[f64::INFINITY; 3], ratings: &[] }], Some(0.0));
        assert!(valley.curves[0].pieces.is_empty());
    }
}
