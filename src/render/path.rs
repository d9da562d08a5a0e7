//! The live layer of a plot: the path of a run up to a step.

use plotters::coord::Shift;
use plotters::element::{Circle, Polygon};
use plotters::prelude::{DrawingArea, DrawingBackend};
use plotters::style::{Color, RGBColor};

use super::clip::{Clipped, clip};
use super::frame::Frame;
use super::marker::Marker;
use super::surface::{Drawn, line, stroke};
use super::theme::{Strokes, Theme};
use super::thin::Thinned;
use crate::number::between;
use crate::trajectory::Trajectory;

/// A step longer than this many stroke widths gets a dot.
const DOT_SPACING: f64 = 4.0;

/// The radius of a step's dot.
const DOT: f64 = 2.4;

/// The radius of the ring on the start.
const RING: f64 = 5.5;

/// Half the length of the arrowhead where a path is outside now, and of those where it once left.
const ARROW: (f64, f64) = (7.0, 3.5);

/// The path of a run up to a step, cut along its frame and ready to be drawn: casing first, then the line, the dots and
/// the marks. What lies outside the domain is not drawn.
#[derive(Clone, Debug)]
pub struct LivePath<'a> {
    frame: &'a Frame,
    theme: &'a Theme,
    run: usize,
    clipped: Clipped,
    start: [f64; 2],
    now: [f64; 2],
    /// Where long steps end, in CSS pixels.
    dots: Vec<[f64; 2]>,
}

/// From how many pixels on a step is long, and gets a dot.
pub fn dot_spacing(theme: &Theme) -> f64 {
    DOT_SPACING * theme.strokes.path
}

impl<'a> LivePath<'a> {
    /// Of a trajectory up to `step`; `thinned` is made of it for this frame and [`dot_spacing`].
    pub fn new(
        trajectory: &Trajectory,
        thinned: &Thinned,
        step: usize,
        run: usize,
        frame: &'a Frame,
        theme: &'a Theme,
    ) -> Self {
        let (points, step) = (trajectory.points(), step.min(trajectory.last()));
        let line: Vec<[f64; 2]> = thinned.steps(step).map(|k| points[k]).collect();
        let inside = |k: &usize| frame.domain.contains(points[*k]);
        let dots = thinned.ends(step).filter(inside).map(|k| frame.place(points[k])).collect();
        let clipped = clip(&line, &frame.domain);
        Self { frame, theme, run, clipped, start: points[0], now: points[step], dots }
    }

    /// The dash that tells its line from those of other runs.
    pub fn dash(&self) -> &'static [f64] {
        Theme::dash(self.run)
    }

    fn color(&self) -> RGBColor {
        self.theme.run(self.run)
    }

    /// Where its marker or, outside, its arrowhead is, in CSS pixels.
    pub(super) fn end(&self) -> [f64; 2] {
        let inside = self.frame.domain.contains(self.now);
        let shown = if inside { self.now } else { self.clipped.exits.last().copied().unwrap_or(self.now) };
        let [x, y] = self.frame.place(shown);
        let (right, bottom) = (self.frame.left + self.frame.width, self.frame.top + self.frame.height);
        [between(x, self.frame.left, right), between(y, self.frame.top, bottom)]
    }

    /// Draws what is under the line.
    ///
    /// # Errors
    /// Where the backend fails.
    pub fn draw_casing<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>) -> Drawn<DB> {
        let strokes = &self.theme.strokes;
        self.draw_pieces(area, self.theme.casing, strokes.path + 2.0 * strokes.casing)
    }

    /// Draws the line.
    ///
    /// # Errors
    /// Where the backend fails.
    pub fn draw_line<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>) -> Drawn<DB> {
        self.draw_pieces(area, self.color(), self.theme.strokes.path)
    }

    #[inline(never)]
    fn draw_pieces<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>, color: RGBColor, width: f64) -> Drawn<DB> {
        for piece in &self.clipped.pieces {
            let places = piece.iter().map(|&point| self.frame.place(point));
            area.draw(&line(self.frame, places, stroke(self.frame, &color, width)))?;
        }
        Ok(())
    }

    /// Where dots belong, in CSS pixels, and their radius: one at both ends of every step that is long and inside.
    pub fn dots(&self) -> (&[[f64; 2]], f64) {
        (&self.dots, DOT / Strokes::SCREEN.path * self.theme.strokes.path)
    }

    /// Draws the dots. A canvas draws them itself, all at once: plotters would begin a path for each.
    ///
    /// # Errors
    /// Where the backend fails.
    #[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
    pub(super) fn draw_dots<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>) -> Drawn<DB> {
        let (dots, radius) = self.dots();
        for &dot in dots {
            area.draw(&Circle::new(self.frame.backend(dot), self.frame.length(radius), self.color().filled()))?;
        }
        Ok(())
    }

    /// Draws a ring on the start, the run's marker on the current point, and an arrowhead on the frame wherever the path
    /// left, a large one if it is outside now.
    ///
    /// # Errors
    /// Where the backend fails.
    pub fn draw_marks<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>) -> Drawn<DB> {
        let Self { frame, theme, run, clipped, start, now, .. } = self;
        let (color, strokes) = (self.color(), theme.strokes);
        let is_inside = frame.domain.contains(*now);
        let (now_out, before) = match clipped.exits.split_last() {
            Some((last, before)) if !is_inside => (Some(*last), before),
            _ => (None, clipped.exits.as_slice()),
        };
        let size = strokes.marker / Strokes::SCREEN.marker;
        for &exit in before {
            draw_arrow(area, exit, size * ARROW.1, frame, theme, color)?;
        }
        if frame.domain.contains(*start) {
            let center = frame.backend(frame.place(*start));
            let ring = size * RING;
            area.draw(&Circle::new(center, frame.length(ring + 1.0 + strokes.casing), theme.casing.filled()))?;
            area.draw(&Circle::new(center, frame.length(ring), stroke(frame, &theme.ink, 2.0 * size)))?;
        }
        if let Some(exit) = now_out {
            draw_arrow(area, exit, size * ARROW.0, frame, theme, color)?;
        }
        if is_inside && !clipped.pieces.is_empty() {
            Marker::of(*run).draw(area, frame.place(*now), strokes.marker, frame, theme, color)?;
        }
        Ok(())
    }

    /// Draws all of it: casing and line, a dot a step where steps are long, and the marks.
    ///
    /// # Errors
    /// Where the backend fails.
    #[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
    pub(super) fn draw<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>) -> Drawn<DB> {
        self.draw_casing(area)?;
        self.draw_line(area)?;
        self.draw_dots(area)?;
        self.draw_marks(area)
    }
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
    area.draw(&line(frame, outline, stroke(frame, &theme.casing, 2.0 * theme.strokes.casing)))?;
    area.draw(&Polygon::new(corners.map(|corner| frame.backend(corner)), color.filled()))
}
