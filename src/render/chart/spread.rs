//! The chart of what becomes of runs from many starts: a median with the middle half about it.

use plotters::coord::Shift;
use plotters::element::Polygon;
use plotters::prelude::{DrawingArea, DrawingBackend};
use plotters::style::Color;

use super::labels::{BESIDE, Label, apart};
use super::{LOSS_WINDOW, Scale, draw_axes};
use crate::batch::{Spread, Starts};
use crate::config::{Config, Run};
use crate::number::{between, short, whole};
use crate::render::clip::clip;
use crate::render::frame::Frame;
use crate::render::surface::{Drawn, line, stroke};
use crate::render::theme::Theme;
use crate::surface::Domain;

/// How strongly the middle half is filled.
const FILL: f64 = 0.16;

/// How far beyond a scale what is infinite is taken to lie, in spans: a line to it leaves steeply, and is clipped.
const FAR_ABOVE: f64 = 4.0;

/// How far a linear scale reaches beyond the losses at the starts, in spans of these: where nothing bounds the loss below,
/// a run can go on for ever.
const REACH: f64 = 3.0;

/// The spreads of a config's runs on one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadChart {
    starts: Starts,
    steps: usize,
    scale: Scale,
    /// One a run.
    spreads: Vec<Spread>,
    labels: Vec<String>,
    /// What the loss is measured from.
    above: f64,
    /// Whether something lies below, and above, what the scale shows.
    cut: [bool; 2],
}

impl SpreadChart {
    /// The chart of the spreads of a config's runs, in their order, over these starts.
    pub fn new(config: &Config, runs: &[Run], spreads: Vec<Spread>, starts: Starts) -> Self {
        let finite = |values: &[[f64; 3]]| {
            let values = values.iter().flatten().copied().filter(|value| value.is_finite());
            values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| [low.min(value), high.max(value)])
        };
        let all: Vec<[f64; 3]> = spreads.iter().flat_map(|spread| spread.quartiles.iter().copied()).collect();
        let first: Vec<[f64; 3]> = spreads.iter().filter_map(|spread| spread.quartiles.first().copied()).collect();
        let ([low, high], [first_low, first_high]) = (finite(&all), finite(&first));
        let above = if low >= 0.0 { Some(0.0) } else { config.surface().lowest() };
        let scale = match above {
            Some(above) => {
                let start = first_high - above;
                let positive = all.iter().flatten().map(|value| value - above).filter(|&gap| gap > 0.0);
                let least = (start * LOSS_WINDOW[0]).max(above.abs() * f64::EPSILON);
                let positive = positive.fold(f64::INFINITY, f64::min);
                Scale::log(positive.max(least), (high - above).min(start * LOSS_WINDOW[1]))
            }
            None => {
                let span = REACH * (first_high - first_low);
                Scale::linear(low.max(first_low - span), high.min(first_high + span))
            }
        };
        let above = above.unwrap_or_default();
        let measures = [low, high].map(|value| scale.measure(value - above));
        let infinite = all.iter().flatten().any(|value| value.is_infinite());
        let cut = [measures[0] < scale.low, infinite || measures[1] > scale.high];
        let labels = runs.iter().map(|run| config.short_label(run)).collect();
        Self { starts, steps: config.steps(), scale, spreads, labels, above, cut }
    }

    /// Its heading.
    pub fn title(&self) -> &'static str {
        "From other starts"
    }

    /// What it shows on what scale, and what is left out.
    pub fn caption(&self) -> String {
        let starts = self.starts.count();
        let drawn = if starts == 1 {
            format!("One start drawn from the plot, seed {}.", self.starts.seed())
        } else {
            format!(
                "Median and middle half of {} starts drawn from the plot, seed {}.",
                whole(starts),
                self.starts.seed()
            )
        };
        let mut caption = drawn;
        match (self.scale.is_log(), self.above) {
            (false, _) => caption += " Loss on a linear scale.",
            (true, 0.0) => caption += " Loss on a log scale.",
            (true, above) => {
                caption += &format!(" Loss above the lowest known, {}, on a log scale.", short(above));
            }
        }
        let [low, high] = [self.scale.low, self.scale.high].map(|measure| short(self.scale.value(measure)));
        match self.cut {
            [false, false] => {}
            [true, false] => caption += &format!(" Below {low} nothing is drawn."),
            [false, true] => caption += &format!(" Above {high} nothing is drawn."),
            [true, true] => caption += &format!(" Only {low} to {high} is drawn."),
        }
        if self.spreads.iter().flat_map(|spread| &spread.quartiles).any(|quartiles| quartiles[2].is_infinite()) {
            caption += " A run that overflowed counts as infinity.";
        }
        if self.spreads.iter().any(|spread| spread.steps.len() <= self.steps) {
            let shown = self.spreads.iter().map(|spread| spread.steps.len()).max().unwrap_or_default();
            caption += &format!(" Of {} steps, {} are shown.", whole(self.steps), whole(shown));
        }
        caption
    }

    /// A frame of that place and size around what it spans.
    pub fn frame(&self, place: Frame) -> Frame {
        let domain = Domain { x0: 0.0, x1: self.steps as f64, y0: self.scale.low, y1: self.scale.high };
        Frame { domain, ..place }
    }

    /// The labels at the right edge of a frame, at the heights at which the medians end, at least `height` apart.
    pub fn labels(&self, frame: &Frame, height: f64) -> Vec<Label> {
        let top = |spread: &Spread| {
            let median = between(self.measure(spread.end()[1]), self.scale.low, self.scale.high);
            frame.place([self.steps as f64, median])[1]
        };
        let tops: Vec<f64> = self.spreads.iter().map(top).collect();
        let tops = apart(&tops, height, [frame.top, frame.top + frame.height]);
        let label = |(run, (text, top)): (usize, (&String, f64))| Label {
            text: text.clone(),
            place: [frame.left + frame.width + BESIDE, top],
            run: Some(run),
        };
        self.labels.iter().zip(tops).enumerate().map(label).collect()
    }

    /// How many runs there are.
    pub fn runs(&self) -> usize {
        self.spreads.len()
    }

    /// The step at a place, in CSS pixels from the picture's left edge; the first or the last one outside.
    pub fn step_at(&self, left: f64, frame: &Frame) -> usize {
        let share = ((left - frame.left) / frame.width).clamp(0.0, 1.0);
        (share * self.steps as f64).round() as usize
    }

    fn measure(&self, loss: f64) -> f64 {
        let Scale { low, high, .. } = self.scale;
        self.scale.measure(loss - self.above).min(high + FAR_ABOVE * (high - low))
    }

    /// A quartile of a run, 0 to 2, over the steps that are known.
    fn line(&self, run: usize, quartile: usize) -> impl DoubleEndedIterator<Item = [f64; 2]> {
        let Spread { steps, quartiles, .. } = &self.spreads[run];
        let values = steps.iter().zip(quartiles);
        values.map(move |(&step, quartiles)| [step as f64, self.measure(quartiles[quartile])])
    }

    /// The middle half of a run between two heights, as a polygon: nothing is moved onto an edge.
    fn band(&self, run: usize) -> Vec<[f64; 2]> {
        let around: Vec<[f64; 2]> = self.line(run, 0).chain(self.line(run, 2).rev()).collect();
        let below_top = cut(&around, self.scale.high, 1.0);
        cut(&below_top, self.scale.low, -1.0)
    }
}

/// The part of a polygon on one side of a height: below it where `side` is 1, above it where it is -1. I. Sutherland &
/// G. Hodgman (1974), Reentrant polygon clipping, CACM 17(1), 32-42.
fn cut(polygon: &[[f64; 2]], height: f64, side: f64) -> Vec<[f64; 2]> {
    let inside = |point: &[f64; 2]| side * (height - point[1]) >= 0.0;
    let mut kept = Vec::with_capacity(polygon.len() + 2);
    for (to, from) in polygon.iter().zip(polygon.iter().cycle().skip(polygon.len().saturating_sub(1))) {
        if inside(from) != inside(to) {
            let part = (height - from[1]) / (to[1] - from[1]);
            kept.push([from[0] + part * (to[0] - from[0]), height]);
        }
        if inside(to) {
            kept.push(*to);
        }
    }
    kept
}

/// Draws grid, axes, their labels and the middle half of every run: on a frame of the chart.
///
/// # Errors
/// Where the backend fails.
pub fn draw_bands<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    chart: &SpreadChart,
    frame: &Frame,
    theme: &Theme,
) -> Drawn<DB> {
    draw_axes(area, &chart.scale, chart.steps, frame, theme)?;
    for run in 0..chart.runs() {
        let corners: Vec<_> = chart.band(run).into_iter().map(|point| frame.backend(frame.place(point))).collect();
        if corners.len() > 2 {
            area.draw(&Polygon::new(corners, theme.run(run).mix(FILL)))?;
        }
    }
    Ok(())
}

/// Draws the median of a run; the medium sets its dash.
///
/// # Errors
/// Where the backend fails.
pub fn draw_median<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    chart: &SpreadChart,
    run: usize,
    frame: &Frame,
    theme: &Theme,
) -> Drawn<DB> {
    let points: Vec<[f64; 2]> = chart.line(run, 1).collect();
    for piece in clip(&points, &frame.domain).pieces {
        let places = piece.into_iter().map(|point| frame.place(point));
        area.draw(&line(frame, places, stroke(frame, &theme.run(run), theme.strokes.chart)))?;
    }
    Ok(())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::render::svg::drawn;

    fn chart(query: &str, count: usize) -> SpreadChart {
        let config: Config = query.parse().unwrap_or_else(|error| panic!("{query}: {error}"));
        let (runs, starts) = (config.runs(), Starts::new(count, 4).expect("some"));
        let spreads = runs.iter().map(|run| Spread::of(&config, run, starts)).collect();
        SpreadChart::new(&config, &runs, spreads, starts)
    }

    fn frame(chart: &SpreadChart) -> Frame {
        let domain = Domain { x0: 0.0, x1: 1.0, y0: 0.0, y1: 1.0 };
        chart.frame(Frame { domain, left: 50.0, top: 10.0, width: 400.0, height: 200.0, dpr: 1.0 })
    }

    #[test]
    fn a_caption_says_how_many_starts_of_which_seed_on_what_scale() {
        assert_eq!(
            chart("surface=sphere&lr=0.1", 32).caption(),
            "Median and middle half of 32 starts drawn from the plot, seed 4. Loss on a log scale."
        );
        let overflows = chart("optimizer=momentum&lr=0.00211", 32).caption();
        assert!(overflows.ends_with(" A run that overflowed counts as infinity."), "{overflows}");
        let below_zero = chart("surface=mccormick&lr=0.1", 9).caption();
        assert!(below_zero.contains(" Loss above the lowest known, −1.91, on a log scale."), "{below_zero}");
        assert!(chart("surface=saddle&lr=0.1", 9).caption().contains(" Loss on a linear scale."));
        assert!(chart("surface=sphere&lr=0.1&steps=5000", 2).caption().ends_with(" Of 5,000 steps, 501 are shown."));
        assert!(chart("surface=sphere&lr=0.1", 1).caption().starts_with("One start drawn"));
    }

    #[test]
    fn bands_and_medians_stay_on_the_chart() {
        for query in [
            "optimizer=sgd,momentum,adam&lr=sgd:0.00376,momentum:0.00211,adam:0.841",
            "surface=saddle&optimizer=sgd,adam&lr=0.5&steps=900",
            "surface=quadratic&optimizer=sgd&lr=5",
            "surface=sphere&optimizer=sgd&lr=0.5",
            "surface=styblinski-tang&lr=0.1&steps=1",
        ] {
            let chart = chart(query, 12);
            let Domain { x0, x1, y0, y1 } = frame(&chart).domain;
            assert!(y0.is_finite() && y1.is_finite() && y0 < y1, "{query}");
            for run in 0..chart.runs() {
                for [x, y] in chart.band(run) {
                    assert!((x0..=x1).contains(&x) && (y0..=y1).contains(&y), "{query}: {x} {y}");
                }
            }
            let labels = chart.labels(&frame(&chart), 14.0);
            assert!(labels.iter().all(|label| (10.0..=210.0).contains(&label.place[1])), "{query}");
        }
    }

    #[test]
    fn a_band_has_the_area_between_the_quartiles() {
        let chart = chart("surface=sphere&optimizer=sgd&lr=0.1&steps=40", 32);
        let band = chart.band(0);
        let next = band.iter().cycle().skip(1);
        let area: f64 = band.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0;
        // All losses shrink alike, so the quartiles are as far apart at the end as they were at the start.
        let [low, _, high] = chart.spreads[0].quartiles[0];
        let expected = 40.0 * (libm::log10(high) - libm::log10(low));
        assert!((area.abs() - expected).abs() < 1e-6 * expected, "{area} {expected}");
    }

    #[test]
    fn it_is_drawn_as_svg_too() {
        let chart = chart("surface=beale&optimizer=sgd,adam&lr=sgd:0.0473,adam:0.266", 32);
        let frame = frame(&chart);
        let bands = drawn([520.0, 240.0], |area| draw_bands(area, &chart, &frame, &Theme::LIGHT));
        assert_eq!(bands.matches("<polygon").count(), 2);
        for run in 0..2 {
            let median = drawn([520.0, 240.0], |area| draw_median(area, &chart, run, &frame, &Theme::LIGHT));
            assert!(median.contains("<polyline"), "{median}");
        }
        let labels: Vec<_> = chart.labels(&frame, 14.0).into_iter().map(|label| label.text).collect();
        assert_eq!(labels, ["SGD", "Adam"]);
    }
}
