//! A chart on a drawing area: axes once, lines once, and what the clock moves.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use super::{Chart, Curve, Scale};
use crate::number::whole;
use crate::render::clip::clip;
use crate::render::frame::{Frame, ticks};
use crate::render::marker::Marker;
use crate::render::surface::{Drawn, draw_text, line, stroke};
use crate::render::theme::{Strokes, Theme};
use crate::trajectory::Trajectory;

/// Pixels between the labels of an axis, at least: upwards, and along the steps.
const TICK_SPACING: [f64; 2] = [34.0, 80.0];

/// The length of a tick mark, and from there to its label.
const TICK: f64 = 4.0;
const TO_LABEL: f64 = 3.0;

/// From the plot to the labels on its left.
const BESIDE: f64 = 8.0;

/// The width of the lines of grid, axis and limits.
const HAIRLINE: f64 = 1.0;

/// How large a marker is against one on a path.
const MARKER: f64 = 0.75;

impl Theme {
    /// The colour of a curve: its run's hue, or ink for a limit.
    pub fn curve(&self, curve: &Curve) -> RGBColor {
        if curve.is_limit() { self.ink_3 } else { self.run(curve.run) }
    }
}

/// Draws grid, axes and their labels for a chart of that scale over so many steps: on a frame of it.
///
/// # Errors
/// Where the backend fails.
#[inline(never)]
pub fn draw_axes<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scale: &Scale,
    steps: usize,
    frame: &Frame,
    theme: &Theme,
) -> Drawn<DB> {
    let larger = theme.strokes.text / Strokes::SCREEN.text;
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    let across = |top: f64| [[frame.left, top], [right, top]];
    for (place, label) in scale.ticks((frame.height / (larger * TICK_SPACING[0])).clamp(2.0, 8.0)) {
        let [_, top] = frame.place([0.0, place]);
        let zero = place == 0.0 && !scale.is_log();
        let color = if zero { theme.ink_3 } else { theme.rule };
        area.draw(&line(frame, across(top), stroke(frame, &color, HAIRLINE)))?;
        draw_text(area, frame, &label, [frame.left - BESIDE, top], (HPos::Right, VPos::Center), theme)?;
    }
    let ink = stroke(frame, &theme.ink_3, HAIRLINE);
    area.draw(&line(frame, across(bottom), ink))?;
    for (step, label) in step_ticks(steps, frame.width / (larger * TICK_SPACING[1])) {
        let [left, _] = frame.place([step as f64, scale.low]);
        area.draw(&line(frame, [[left, bottom], [left, bottom + TICK]], ink))?;
        draw_text(area, frame, &label, [left, bottom + TICK + TO_LABEL], (HPos::Center, VPos::Top), theme)?;
    }
    Ok(())
}

/// The steps to mark, with their labels: round numbers, and the last step with the unit.
fn step_ticks(steps: usize, count: f64) -> Vec<(usize, String)> {
    let round = ticks(0.0, steps as f64, count.clamp(2.0, 8.0)).places;
    let spacing = round.get(1).copied().unwrap_or(1.0);
    let before_last = |step: &f64| step.fract() == 0.0 && steps as f64 - step > 0.6 * spacing;
    let mut marks: Vec<(usize, String)> =
        round.into_iter().filter(before_last).map(|step| (step as usize, whole(step as usize))).collect();
    marks.push((steps, format!("{} {}", whole(steps), if steps == 1 { "step" } else { "steps" })));
    marks
}

/// Draws one curve up to a step, in full strength; the medium sets its dash.
///
/// # Errors
/// Where the backend fails.
pub fn draw_curve<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    chart: &Chart,
    curve: &Curve,
    trajectories: &[Trajectory],
    last: usize,
    frame: &Frame,
    theme: &Theme,
) -> Drawn<DB> {
    let (columns, _) = frame.device_size();
    let values = curve.thinned(&trajectories[curve.run], chart.steps, columns, last);
    let points: Vec<[f64; 2]> = values.into_iter().map(|(k, value)| [k as f64, chart.scale.measure(value)]).collect();
    let width = if curve.is_limit() { HAIRLINE } else { theme.strokes.chart };
    for piece in clip(&points, &frame.domain).pieces {
        let places = piece.into_iter().map(|point| frame.place(point));
        area.draw(&line(frame, places, stroke(frame, &theme.curve(curve), width)))?;
    }
    Ok(())
}

/// Draws what the clock moves: a line at its step, and a marker on each curve that is there.
///
/// # Errors
/// Where the backend fails.
pub fn draw_now<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    chart: &Chart,
    trajectories: &[Trajectory],
    step: usize,
    frame: &Frame,
    theme: &Theme,
) -> Drawn<DB> {
    let [left, top] = frame.place([step as f64, chart.scale.high]);
    area.draw(&line(
        frame,
        [[left, top - TICK], [left, frame.top + frame.height]],
        stroke(frame, &theme.ink, HAIRLINE),
    ))?;
    let on_paper = Theme { casing: theme.paper, ..theme.clone() };
    for curve in chart.curves.iter().filter(|curve| !curve.is_limit()) {
        if !(curve.first..=curve.last).contains(&step) {
            continue;
        }
        let point = [step as f64, chart.scale.measure(curve.value(&trajectories[curve.run], step))];
        if frame.domain.contains(point) {
            let radius = MARKER * theme.strokes.marker;
            Marker::of(curve.run).draw(area, frame.place(point), radius, frame, &on_paper, theme.run(curve.run))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::step_ticks;

    #[test]
    fn the_last_step_is_always_marked_and_none_stands_in_its_way() {
        let marks =
            |steps: usize, count: f64| step_ticks(steps, count).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(marks(200, 5.0), ["0", "50", "100", "150", "200 steps"]);
        assert_eq!(marks(130, 4.0), ["0", "50", "130 steps"]);
        assert_eq!(marks(1, 4.0), ["0", "1 step"]);
        assert_eq!(marks(100_000, 4.0), ["0", "50,000", "100,000 steps"]);
    }
}
