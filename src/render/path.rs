//! The live layer of a plot: the path of a run up to a step.

use plotters::coord::Shift;
use plotters::element::{Circle, Polygon};
use plotters::prelude::{DrawingArea, DrawingBackend};
use plotters::style::{Color, RGBColor};

use super::clip::{Clipped, clip};
use super::frame::Frame;
use super::marker::Marker;
use super::surface::{Drawn, line, stroke};
use super::theme::Theme;
use crate::trajectory::Trajectory;

/// A step longer than this many stroke widths gets a dot.
const DOT_SPACING: f64 = 4.0;

/// The radius of a step's dot.
const DOT: f64 = 2.4;

/// The radius of the ring on the start.
const RING: f64 = 5.5;

/// Half the length of the arrowhead where a path is outside now, and of those where it once left.
const ARROW: (f64, f64) = (7.0, 3.5);

/// Draws a run's path from the start to `step`: casing and line, a dot a step where steps are long, a ring on the
/// start, the run's marker on the current point. What lies outside the domain is not drawn; an arrowhead on the frame
/// marks where the path left, a large one if it is outside now.
///
/// # Errors
/// Where the backend fails.
pub fn draw_path<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    trajectory: &Trajectory,
    step: usize,
    run: usize,
    frame: &Frame,
    theme: &Theme,
) -> Drawn<DB> {
    let color = theme.run(run);
    let points = &trajectory.points()[..=step.min(trajectory.last())];
    let start = points[0];
    let now = points[points.len() - 1];
    let Clipped { pieces, mut exits } = clip(points, &frame.domain);

    for (color, width) in [(theme.casing, Theme::PATH + 2.0 * Theme::CASING), (color, Theme::PATH)] {
        for piece in &pieces {
            let places = piece.iter().map(|&point| frame.place(point));
            area.draw(&line(frame, places, stroke(frame, &color, width)))?;
        }
    }
    draw_dots(area, points, frame, color)?;
    let current_exit = if frame.domain.contains(now) { None } else { exits.pop() };
    for exit in exits {
        draw_arrow(area, exit, ARROW.1, frame, theme, color)?;
    }
    if frame.domain.contains(start) {
        let center = frame.backend(frame.place(start));
        area.draw(&Circle::new(center, frame.length(RING + 1.0 + Theme::CASING), theme.casing.filled()))?;
        area.draw(&Circle::new(center, frame.length(RING), stroke(frame, &theme.ink, 2.0)))?;
    }
    if let Some(exit) = current_exit {
        draw_arrow(area, exit, ARROW.0, frame, theme, color)?;
    }
    if frame.domain.contains(now) && points.len() > 1 {
        Marker::of(run).draw(area, frame.place(now), Theme::MARKER, frame, theme, color)?;
    }
    Ok(())
}

/// A dot at both ends of every step that is long and inside.
fn draw_dots<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    points: &[[f64; 2]],
    frame: &Frame,
    color: RGBColor,
) -> Drawn<DB> {
    let long = |from: [f64; 2], to: [f64; 2]| {
        let ([x0, y0], [x1, y1]) = (frame.place(from), frame.place(to));
        let (right, down) = (x1 - x0, y1 - y0);
        right * right + down * down > DOT_SPACING * DOT_SPACING * (Theme::PATH * Theme::PATH)
    };
    for (k, &point) in points.iter().enumerate() {
        let before = k > 0 && long(points[k - 1], point);
        let after = points.get(k + 1).is_some_and(|&next| long(point, next));
        if (before || after) && frame.domain.contains(point) {
            area.draw(&Circle::new(frame.backend(frame.place(point)), frame.length(DOT), color.filled()))?;
        }
    }
    Ok(())
}

/// An arrowhead on the frame, pointing out of it.
fn draw_arrow<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    exit: [f64; 2],
    size: f64,
    frame: &Frame,
    theme: &Theme,
    color: RGBColor,
) -> Drawn<DB> {
    let [x, y] = frame.place(exit);
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    let edges = [
        (x - frame.left, [-1.0, 0.0]),
        (right - x, [1.0, 0.0]),
        (y - frame.top, [0.0, -1.0]),
        (bottom - y, [0.0, 1.0]),
    ];
    let (_, [out_x, out_y]) = edges.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or(edges[0]);
    let corner = |out: f64, side: f64| [x + out * out_x - side * out_y, y + out * out_y + side * out_x];
    let corners = [corner(size, 0.0), corner(-size * 0.6, size), corner(-size * 0.6, -size)];
    let outline = corners.iter().chain([&corners[0], &corners[1]]).copied();
    area.draw(&line(frame, outline, stroke(frame, &theme.casing, 2.0 * Theme::CASING)))?;
    area.draw(&Polygon::new(corners.map(|corner| frame.backend(corner)), color.filled()))
}
