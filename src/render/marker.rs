//! The mark of a run: a shape besides its hue.

use plotters::coord::Shift;
use plotters::element::{Circle, Polygon};
use plotters::prelude::{DrawingArea, DrawingBackend};
use plotters::style::{Color, RGBColor};

use super::frame::Frame;
use super::surface::{Drawn, line, stroke};
use super::theme::Theme;

/// A run's shape, by its position. Runs 7 to 12 repeat the shapes, hollow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    shape: Shape,
    hollow: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
    TriangleDown,
    Plus,
}

const SHAPES: [Shape; 6] =
    [Shape::Circle, Shape::Square, Shape::Triangle, Shape::Diamond, Shape::TriangleDown, Shape::Plus];

impl Marker {
    /// The marker of the run at that position.
    pub fn of(run: usize) -> Self {
        Self { shape: SHAPES[run % SHAPES.len()], hollow: run >= SHAPES.len() }
    }

    /// Whether it is an outline only.
    pub fn hollow(self) -> bool {
        self.hollow
    }

    /// Its corners about the origin in a square of side 2, y downwards; empty for the circle. The shapes have about
    /// equal areas, so that none looks more important.
    pub fn corners(self) -> &'static [[f64; 2]] {
        match self.shape {
            Shape::Circle => &[],
            Shape::Square => &[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
            Shape::Triangle => &[[0.0, -1.2], [1.15, 0.85], [-1.15, 0.85]],
            Shape::Diamond => &[[0.0, -1.25], [1.25, 0.0], [0.0, 1.25], [-1.25, 0.0]],
            Shape::TriangleDown => &[[0.0, 1.2], [-1.15, -0.85], [1.15, -0.85]],
            Shape::Plus => &[
                [-0.4, -1.2],
                [0.4, -1.2],
                [0.4, -0.4],
                [1.2, -0.4],
                [1.2, 0.4],
                [0.4, 0.4],
                [0.4, 1.2],
                [-0.4, 1.2],
                [-0.4, 0.4],
                [-1.2, 0.4],
                [-1.2, -0.4],
                [-0.4, -0.4],
            ],
        }
    }

    /// Draws it with its casing about a place, of that radius, in CSS pixels.
    pub(super) fn draw<DB: DrawingBackend>(
        self,
        area: &DrawingArea<DB, Shift>,
        [x, y]: [f64; 2],
        radius: f64,
        frame: &Frame,
        theme: &Theme,
        color: RGBColor,
    ) -> Drawn<DB> {
        if self.corners().is_empty() {
            let center = frame.backend([x, y]);
            area.draw(&Circle::new(center, frame.length(radius + theme.strokes.casing), theme.casing.filled()))?;
            area.draw(&Circle::new(center, frame.length(radius), color.filled()))?;
            if self.hollow {
                area.draw(&Circle::new(center, frame.length(radius - 2.0), theme.casing.filled()))?;
            }
            return Ok(());
        }
        let corners: Vec<[f64; 2]> = self.corners().iter().map(|[u, v]| [x + u * radius, y + v * radius]).collect();
        let outline = || corners.iter().chain(&corners[..2]).copied();
        let rim = if self.hollow { 2.0 + 2.0 * theme.strokes.casing } else { 2.0 * theme.strokes.casing };
        area.draw(&line(frame, outline(), stroke(frame, &theme.casing, rim)))?;
        let fill = if self.hollow { theme.casing } else { color };
        area.draw(&Polygon::new(
            corners.iter().map(|&corner| frame.backend(corner)).collect::<Vec<_>>(),
            fill.filled(),
        ))?;
        if self.hollow {
            area.draw(&line(frame, outline(), stroke(frame, &color, 2.0)))?;
        }
        Ok(())
    }
}
