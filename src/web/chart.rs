//! The charts of the explorer.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::canvas::Canvas;
use super::figure::{Figure, Shown, look};
use super::plot::{area, cleared, new_canvas, set_dash};
use super::thrown;
use crate::number::shortest;
use crate::render::chart::{Chart, Label, Quantity, draw_axes, draw_curve, draw_now};
use crate::render::{Frame, SubPixel, Theme};
use crate::surface::Domain;

/// A chart on two canvases: axes and the lines, faint, under what the clock moves. The lines in full strength are kept on
/// a third one, of which a frame shows the part before the clock.
#[wasm_bindgen]
#[derive(Debug)]
pub struct ChartPlot {
    still: HtmlCanvasElement,
    live: HtmlCanvasElement,
    strong: HtmlCanvasElement,
    place: Frame,
    /// What was drawn last; it goes with the runs it was drawn of.
    drawn: Option<Chart>,
    labels: Vec<Label>,
}

/// How strongly lines are drawn past the clock.
const FUTURE: f64 = 0.3;

type Area = plotters::prelude::DrawingArea<SubPixel<Canvas>, plotters::coord::Shift>;

#[wasm_bindgen]
impl ChartPlot {
    /// A chart on these canvases; nothing can be drawn before `place`.
    #[wasm_bindgen(constructor)]
    pub fn new(still: HtmlCanvasElement, live: HtmlCanvasElement) -> Result<Self, JsError> {
        let domain = Domain { x0: 0.0, x1: 1.0, y0: 0.0, y1: 1.0 };
        let place = Frame { domain, left: 0.0, top: 0.0, width: 1.0, height: 1.0, dpr: 1.0 };
        Ok(Self { still, live, strong: new_canvas()?, place, drawn: None, labels: Vec::new() })
    }

    /// Sizes the canvases in device pixels, which clears them.
    pub fn resize(&self, width: u32, height: u32) {
        for canvas in [&self.still, &self.live, &self.strong] {
            canvas.set_width(width);
            canvas.set_height(height);
        }
    }

    /// Where the frame lies on the canvases, in CSS pixels, and how many device pixels there are in one.
    pub fn place(&mut self, left: f64, top: f64, width: f64, height: f64, dpr: f64) {
        self.place = Frame { left, top, width, height, dpr, domain: self.place.domain };
    }

    /// The heading, and the caption: scale, what is left out, how it is thinned. Empty where there is nothing to show.
    pub fn words(&self) -> Vec<String> {
        let caption = |chart: &Chart| vec![chart.title().to_owned(), chart.caption(self.place.device_size().0)];
        self.drawn.as_ref().map(caption).unwrap_or_default()
    }

    /// The labels at the ends of the lines.
    pub fn labels(&self) -> Vec<String> {
        self.labels.iter().map(|label| label.text.clone()).collect()
    }

    /// For each label the middle of its left edge, in CSS pixels from the canvas's corner, and the run whose hue it has,
    /// -1 for none: left, top, run, left, ...
    #[wasm_bindgen(js_name = labelPlaces)]
    pub fn label_places(&self) -> Vec<f64> {
        places(&self.labels)
    }

    /// The step at a place, in CSS pixels from the canvas's left edge; the nearest one outside the frame.
    #[wasm_bindgen(js_name = stepAt)]
    pub fn step_at(&self, left: f64) -> usize {
        self.drawn.as_ref().map_or(0, |chart| chart.step_at(left, &self.place))
    }

    /// The value at a height, in CSS pixels from the canvas's upper edge, as text that reads back.
    #[wasm_bindgen(js_name = valueAt)]
    pub fn value_at(&self, top: f64) -> String {
        self.drawn.as_ref().map(|chart| shortest(chart.value_at(top, &self.place))).unwrap_or_default()
    }
}

impl ChartPlot {
    pub(super) fn point_places(&self, points: &[(usize, f64)], lr: f64) -> Vec<f64> {
        let places = |chart: &Chart| chart.point_places(points, lr, &chart.frame(self.place));
        self.drawn.as_ref().map(places).unwrap_or_default().into_flattened()
    }

    fn draw(&mut self, shown: &Shown, chart: Chart, theme: &Theme, label_height: f64) -> Result<(), JsError> {
        let frame = chart.frame(self.place);
        let strong = cleared(&self.strong)?;
        let lines = area(&self.strong, &strong)?;
        let still = cleared(&self.still)?;
        let axes = area(&self.still, &still)?;
        draw_axes(&axes, chart.scale(), chart.steps(), &frame, theme).map_err(thrown)?;
        for curve in chart.curves() {
            let (area, context): (&Area, _) = if curve.is_limit() { (&axes, &still) } else { (&lines, &strong) };
            set_dash(context, curve.dash(), &frame)?;
            draw_curve(area, &chart, curve, &shown.trajectories, usize::MAX, &frame, theme).map_err(thrown)?;
            set_dash(context, &[], &frame)?;
        }
        let refused = |_| JsError::new("the lines could not be painted");
        still.reset_transform().map_err(refused)?;
        still.set_global_alpha(FUTURE);
        still.draw_image_with_html_canvas_element(&self.strong, 0.0, 0.0).map_err(refused)?;
        still.set_global_alpha(1.0);
        self.labels = chart.labels(&shown.trajectories, &frame, label_height);
        self.drawn = Some(chart);
        Ok(())
    }

    fn draw_now(&self, shown: &Shown, step: usize, theme: &Theme) -> Result<(), JsError> {
        let Some(chart) = self.drawn.as_ref().filter(|chart| chart.is_of(&shown.trajectories)) else { return Ok(()) };
        let frame = chart.frame(self.place);
        let live = cleared(&self.live)?;
        let refused = |_| JsError::new("the lines could not be painted");
        let [left, ..] = frame.place([step as f64, 0.0]);
        let (past, height) = (left * frame.dpr, f64::from(self.strong.height()));
        live.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &self.strong,
            0.0,
            0.0,
            past,
            height,
            0.0,
            0.0,
            past,
            height,
        )
        .map_err(refused)?;
        let area = area(&self.live, &live)?;
        draw_now(&area, chart, &shown.trajectories, step, &frame, theme).map_err(thrown)
    }
}

#[wasm_bindgen]
impl Figure {
    /// Draws a chart of `loss`, `rate`, `update` or `distance` (of one run where it is about one): axes and lines, for
    /// another config, size or theme. Labels are at least `label_height` CSS pixels apart. Whether there is something to
    /// show; nothing is known of the distance on a surface without a minimum.
    #[wasm_bindgen(js_name = drawChart)]
    pub fn draw_chart(
        &self,
        plot: &mut ChartPlot,
        quantity: &str,
        run: usize,
        label_height: f64,
        theme: &str,
    ) -> Result<bool, JsError> {
        let shown = self.shown()?;
        let quantity = Quantity::by_name(quantity).ok_or_else(|| JsError::new("there is no such chart"))?;
        self.trajectory(run)?;
        plot.drawn = None;
        plot.labels = Vec::new();
        let chart = Chart::new(quantity, &shown.config, &shown.runs, &shown.trajectories, run);
        let Some(chart) = chart else { return Ok(false) };
        plot.draw(shown, chart, look(theme), label_height)?;
        Ok(true)
    }

    /// Draws what the clock moves on a chart that was drawn of what is shown.
    #[wasm_bindgen(js_name = drawChartNow)]
    pub fn draw_chart_now(&self, plot: &ChartPlot, step: usize, theme: &str) -> Result<(), JsError> {
        plot.draw_now(self.shown()?, step, look(theme))
    }

    /// What the curves of a chart show at a step, in the order of its labels; empty where a run is not there.
    #[wasm_bindgen(js_name = chartReading)]
    pub fn chart_reading(&self, plot: &ChartPlot, step: usize) -> Result<Vec<String>, JsError> {
        let shown = self.shown()?;
        let chart = plot.drawn.as_ref().filter(|chart| chart.is_of(&shown.trajectories));
        Ok(chart.map(|chart| chart.reading(step, &shown.trajectories)).unwrap_or_default())
    }
}

/// For each label the middle of its left edge, and its run; -1 where it has none.
pub(super) fn places(labels: &[Label]) -> Vec<f64> {
    let place = |label: &Label| [label.place[0], label.place[1], label.run.map_or(-1.0, |run| run as f64)];
    labels.iter().flat_map(place).collect()
}
