//! One update from near by: where it went, and what it was made of.

use plotters::coord::Shift;
use plotters::element::{Circle, Polygon};
use plotters::prelude::{DrawingArea, DrawingBackend};
use plotters::style::{Color, RGBColor};

use super::clip::clip;
use super::frame::Frame;
use super::shade::Map;
use super::surface::{Drawn, line, stroke};
use super::theme::{Strokes, Theme};
#[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
use super::{
    subpixel::UNITS,
    surface::draw_surface,
    svg::{dashed, drawn, shade},
    text::{escaped, hex},
};
#[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
use crate::config::Config;
use crate::optimizer::Anatomy;
use crate::surface::{Domain, Surface};
use crate::trajectory::Trajectory;

/// An update of a run and its surroundings.
#[derive(Clone, Debug)]
pub struct Closeup {
    /// The run's position.
    pub run: usize,
    /// The point before the update, in the middle of the picture.
    pub before: [f64; 2],
    /// What was added to it.
    pub update: [f64; 2],
    /// The rate of the update: half the side of the box.
    pub rate: f64,
    /// The way downhill, against the gradient that the update saw.
    pub downhill: [f64; 2],
    /// The way of the momentum, where the rule has one.
    pub momentum: Option<[f64; 2]>,
    /// The last points before the update, that one included.
    pub path: Vec<[f64; 2]>,
}

/// A part of a close-up with a dash of its own, which the medium sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The path until there.
    Path,
    /// The box of plus and minus the rate about the point.
    Box,
    /// An arrow downhill, direction only.
    Downhill,
    /// An arrow along the momentum, direction only.
    Momentum,
    /// The update, true to scale, and the ring on the point.
    Update,
}

impl Piece {
    /// Every piece, in the order in which they are drawn.
    pub const ALL: &[Self] = &[Self::Path, Self::Box, Self::Downhill, Self::Momentum, Self::Update];

    /// Its dash; empty for solid lines.
    pub fn dash(self) -> &'static [f64] {
        match self {
            Self::Box => &[4.0, 2.5],
            Self::Momentum => &[5.0, 3.0],
            Self::Path | Self::Downhill | Self::Update => &[],
        }
    }
}

/// The picture reaches this many times as far as the update or the rate, whichever is longer.
const REACH: f64 = 1.7;

/// The least reach against the point's place: below it, coordinates run out of digits.
const LEAST_REACH: f64 = 1e-9;

/// How many points before the update are drawn.
const PATH: usize = 400;

/// The nodes along a side of the map: few, since every step has a map of its own.
const NODES: usize = 65;

/// The length of an arrow of which only the direction counts, as a part of the picture's shorter side.
const DIRECTION: f64 = 0.3;

/// The space about a close-up of its own.
#[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
const MARGIN: f64 = 8.0;

/// The length of an arrowhead, the radius of the ring, the width of the update's arrow, in CSS pixels.
const HEAD: f64 = 9.0;
const RING: f64 = 4.5;
const UPDATE: f64 = 3.0;
const ARROW: f64 = 1.6;

impl Closeup {
    /// Of the update that led to a step, above 0 and at most the last.
    pub fn new(trajectory: &Trajectory, anatomy: &[Anatomy<f64>; 2], run: usize, step: usize) -> Self {
        let points = trajectory.points();
        let [of_x, of_y] = anatomy;
        Self {
            run,
            before: points[step - 1],
            update: [of_x.update, of_y.update],
            rate: trajectory.rates()[step - 1],
            downhill: [-of_x.grad, -of_y.grad],
            momentum: of_x.m.zip(of_y.m).map(|(x, y)| [-x, -y]),
            path: points[step.saturating_sub(PATH)..step].to_vec(),
        }
    }

    /// A frame of that place around the point, with x and y on one scale.
    pub fn frame(&self, place: Frame) -> Frame {
        let [x, y] = self.before;
        let [dx, dy] = self.update.map(f64::abs);
        let least = LEAST_REACH * x.abs().max(y.abs()).max(1.0);
        let reach = REACH * self.rate.max(dx).max(dy).max(least);
        let wide = reach * (place.width / place.height).max(1.0);
        let high = reach * (place.height / place.width).max(1.0);
        Frame { domain: Domain { x0: x - wide, x1: x + wide, y0: y - high, y1: y + high }, ..place }
    }

    /// The surface on a frame of the close-up, on a scale of its own.
    pub fn map(surface: &Surface, frame: &Frame) -> Map {
        Map::of(surface, &frame.domain, NODES)
    }

    /// The upper right corner of the box, in CSS pixels.
    pub fn corner(&self, frame: &Frame) -> [f64; 2] {
        frame.place([self.before[0] + self.rate, self.before[1] + self.rate])
    }

    /// Draws one of its pieces; the medium sets its dash.
    ///
    /// # Errors
    /// Where the backend fails.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        piece: Piece,
        frame: &Frame,
        theme: &Theme,
    ) -> Drawn<DB> {
        let larger = theme.strokes.path / Strokes::SCREEN.path;
        let hue = theme.run(self.run);
        let center = frame.place(self.before);
        let toward = |direction: [f64; 2]| {
            let length = libm::hypot(direction[0], direction[1]);
            let reach = DIRECTION * frame.width.min(frame.height) / length;
            [center[0] + direction[0] * reach, center[1] - direction[1] * reach]
        };
        match piece {
            Piece::Path => {
                for (color, width) in [(theme.casing, 2.0 + 2.0 * theme.strokes.casing), (hue, 2.0)] {
                    for piece in clip(&self.path, &frame.domain).pieces {
                        let places = piece.into_iter().map(|point| frame.place(point));
                        area.draw(&line(frame, places, stroke(frame, &color, larger * width)))?;
                    }
                }
                Ok(())
            }
            Piece::Box => {
                let [x, y] = self.before;
                let corner = |u: f64, v: f64| [x + u * self.rate, y + v * self.rate];
                let corners =
                    [corner(1.0, 1.0), corner(1.0, -1.0), corner(-1.0, -1.0), corner(-1.0, 1.0), corner(1.0, 1.0)];
                let places = corners.map(|corner| frame.place(corner));
                area.draw(&line(frame, places, stroke(frame, &theme.ink, larger)))
            }
            Piece::Downhill => draw_arrow(area, center, toward(self.downhill), false, frame, theme.ink, theme),
            Piece::Momentum => match self.momentum {
                Some(momentum) => draw_arrow(area, center, toward(momentum), false, frame, theme.ink, theme),
                None => Ok(()),
            },
            Piece::Update => {
                let [x, y] = self.before;
                let after = frame.place([x + self.update[0], y + self.update[1]]);
                draw_arrow(area, center, after, true, frame, hue, theme)?;
                let place = frame.backend(center);
                area.draw(&Circle::new(place, frame.length(larger * RING), theme.casing.filled()))?;
                area.draw(&Circle::new(place, frame.length(larger * RING), stroke(frame, &theme.ink, 1.5 * larger)))
            }
        }
    }
}

/// Draws an arrow: the head of an update is filled, that of a direction is open. None where it has no direction.
fn draw_arrow<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    from: [f64; 2],
    to: [f64; 2],
    filled: bool,
    frame: &Frame,
    color: RGBColor,
    theme: &Theme,
) -> Drawn<DB> {
    let larger = theme.strokes.path / Strokes::SCREEN.path;
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = libm::hypot(dx, dy);
    // A direction of length 0 is none; an update shorter than its own head is told by the numbers.
    if !(length > 1.0 && length < 1e6) {
        return Ok(());
    }
    let head = (larger * HEAD).min(length);
    let (u, v) = (dx / length, dy / length);
    let back = |along: f64, aside: f64| [to[0] - along * u - aside * v, to[1] - along * v + aside * u];
    let width = larger * if filled { UPDATE } else { ARROW };
    let shaft = if filled { back(0.7 * head, 0.0) } else { to };
    let strokes = [(theme.casing, width + 2.0 * theme.strokes.casing), (color, width)];
    for (color, width) in strokes.into_iter().skip(usize::from(!filled)) {
        area.draw(&line(frame, [from, shaft], stroke(frame, &color, width)))?;
    }
    let wings = [back(head, 0.45 * head), to, back(head, -0.45 * head)];
    if filled {
        area.draw(&Polygon::new(wings.map(|corner| frame.backend(corner)), color.filled()))
    } else {
        area.draw(&line(frame, wings, stroke(frame, &color, width)))
    }
}

/// The close-up of the update that led to a step of a run as one SVG, `size` CSS pixels along each side; `None` where no
/// update did.
#[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
pub fn svg(config: &Config, run: usize, step: usize, size: u32, theme: &Theme) -> Option<String> {
    let of = config.runs().swap_remove(run);
    let trajectory = config.descend(&of);
    let inspection = config.inspect(&of, &trajectory, step)?;
    let closeup = Closeup::new(&trajectory, inspection.anatomy(), run, step);
    let side = f64::from(size);
    let place = Domain { x0: 0.0, x1: 1.0, y0: 0.0, y1: 1.0 };
    let inner = side - 2.0 * MARGIN;
    let frame =
        closeup.frame(Frame { domain: place, left: MARGIN, top: MARGIN, width: inner, height: inner, dpr: 1.0 });
    let map = Closeup::map(config.surface(), &frame);
    let surface = drawn([side; 2], |area| draw_surface(area, config.surface(), &map, &frame, theme, false));
    let piece =
        |&piece: &Piece| dashed(&drawn([side; 2], |area| closeup.draw(area, piece, &frame, theme)), piece.dash());
    let pieces: String = Piece::ALL.iter().map(piece).collect();
    let units = side * f64::from(UNITS);
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\" viewBox=\"0 0 {units} {units}\" \
         role=\"img\" stroke-linejoin=\"round\" data-config=\"{}\">\n<title>{}, step {step}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n{}{surface}{pieces}</svg>\n",
        escaped(&config.to_string()),
        escaped(&of.label),
        hex(theme.paper),
        shade(&map, &frame, theme),
    ))
}
