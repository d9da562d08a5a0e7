//! Where the plane lies on the picture.

use plotters_backend::BackendCoord;

use super::subpixel::UNITS;
use crate::number::{fixed, minus, shortest, ten_to};
use crate::surface::Domain;

/// A domain on a rectangle of the picture, y upwards. Lengths are CSS pixels, measured from the picture's upper left
/// corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// What is plotted.
    pub domain: Domain,
    /// Left edge of the plot.
    pub left: f64,
    /// Upper edge of the plot.
    pub top: f64,
    /// Width of the plot.
    pub width: f64,
    /// Height of the plot.
    pub height: f64,
    /// Device pixels in a CSS pixel.
    pub dpr: f64,
}

/// The marks along one axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    pub(super) places: Vec<f64>,
    /// One a place; empty where they would be too long to stand beside the axis.
    pub(super) labels: Vec<String>,
}

/// The most characters of a tick label that fit beside the axis.
const LABEL_ROOM: usize = 6;

impl Frame {
    /// Backend units in a CSS pixel.
    pub(super) fn unit(&self) -> f64 {
        f64::from(UNITS) * self.dpr
    }

    /// A length in backend units, at least one.
    pub(super) fn length(&self, pixels: f64) -> u32 {
        (pixels * self.unit()).round().max(1.0) as u32
    }

    /// A place in CSS pixels as backend coordinates.
    pub(super) fn backend(&self, [x, y]: [f64; 2]) -> BackendCoord {
        ((x * self.unit()).round() as i32, (y * self.unit()).round() as i32)
    }

    /// The plot on whole device pixels: left, top, width, height, as the frame's hairline is drawn.
    pub fn device_rectangle(&self) -> [f64; 4] {
        let edge = |pixels: f64| (pixels * self.dpr).round();
        let (left, top) = (edge(self.left), edge(self.top));
        [left, top, edge(self.left + self.width) - left, edge(self.top + self.height) - top]
    }

    /// Width and height of the plot in device pixels.
    pub fn device_size(&self) -> (usize, usize) {
        let [_, _, width, height] = self.device_rectangle();
        (width.max(1.0) as usize, height.max(1.0) as usize)
    }

    /// Pixels in a unit of x and of y.
    pub(super) fn scale(&self) -> [f64; 2] {
        let Domain { x0, x1, y0, y1 } = self.domain;
        [self.width / (x1 - x0), self.height / (y1 - y0)]
    }

    /// Where a point of the plane lies, in CSS pixels.
    pub fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let Domain { x0, x1, y0, y1 } = self.domain;
        [self.left + self.width * ((x - x0) / (x1 - x0)), self.top + self.height * ((y1 - y) / (y1 - y0))]
    }

    /// The point of the plane at a place in CSS pixels, rounded to the digits that a pixel can tell apart.
    pub fn point(&self, [left, top]: [f64; 2]) -> [f64; 2] {
        let Domain { x0, x1, y0, y1 } = self.domain;
        let x = x0 + (x1 - x0) * ((left - self.left) / self.width);
        let y = y1 - (y1 - y0) * ((top - self.top) / self.height);
        [round_to(x, (x1 - x0) / self.width), round_to(y, (y1 - y0) / self.height)]
    }
}

/// The value rounded to the decimal place just below `grain`.
fn round_to(value: f64, grain: f64) -> f64 {
    let decimals = -libm::log10(grain).floor();
    let scale = ten_to(decimals.abs().min(300.0) as i32);
    let rounded = if decimals >= 0.0 { (value * scale).round() / scale } else { (value / scale).round() * scale };
    if rounded.is_finite() { rounded } else { value }
}

/// How many decimals tell a thousandth of this span apart.
pub fn decimals(span: f64) -> usize {
    (-libm::log10(span / 1000.0).floor() - 1.0).clamp(0.0, 15.0) as usize
}

/// The largest of 1, 2, 5 x 10^n that is at most `span / count`, or one step more: about `count` of them fit.
pub(super) fn nice_step(span: f64, count: f64) -> f64 {
    let raw = span / count;
    let decade = ten_to(libm::log10(raw).floor() as i32);
    let multiple = [1.0, 2.0, 5.0, 10.0].into_iter().find(|multiple| raw <= multiple * decade * 1.000_001);
    multiple.unwrap_or(10.0) * decade
}

/// About `count` round numbers from `low` to `high`.
pub(super) fn ticks(low: f64, high: f64, count: f64) -> Ticks {
    let step = nice_step(high - low, count);
    let decimals = (-libm::log10(step).floor()).clamp(0.0, 15.0) as usize;
    let first = (low / step).ceil();
    let places: Vec<f64> = (0..20).map(|i| (first + f64::from(i)) * step).take_while(|&place| place <= high).collect();
    let labels: Vec<String> = places.iter().map(|&place| fixed(place, decimals)).collect();
    let fits = labels.iter().all(|label| label.chars().count() <= LABEL_ROOM);
    Ticks { labels: if fits { labels } else { Vec::new() }, places }
}

/// The domain in words: `x from −1 to 4.5, y from −2 to 2`.
pub fn extent(domain: &Domain) -> String {
    let number = |value: f64| minus(&shortest(value));
    let Domain { x0, x1, y0, y1 } = *domain;
    format!("x from {} to {}, y from {} to {}", number(x0), number(x1), number(y0), number(y1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame {
        domain: Domain { x0: -1.0, x1: 4.5, y0: -2.0, y1: 2.0 },
        left: 30.0,
        top: 8.0,
        width: 275.0,
        height: 200.0,
        dpr: 2.0,
    };

    #[test]
    fn place_and_point_are_inverse_to_a_pixel() {
        for point in [[0.5, -0.6], [-1.0, 2.0], [4.5, -2.0], [3.21, 0.07]] {
            let [x, y] = FRAME.point(FRAME.place(point));
            assert!((x - point[0]).abs() <= 0.01 && (y - point[1]).abs() <= 0.01, "{point:?} {x} {y}");
        }
    }

    #[test]
    fn a_dragged_point_has_no_more_digits_than_the_pixel_tells() {
        assert_eq!(FRAME.point([105.3, 138.7]).map(shortest), ["0.51", "-0.61"].map(str::to_owned));
    }

    #[test]
    fn ticks_are_round_inside_and_labelled_where_there_is_room() {
        let Ticks { places, labels } = ticks(-1.0, 4.5, 4.0);
        assert_eq!(places, [0.0, 2.0, 4.0]);
        assert_eq!(labels, ["0", "2", "4"]);
        assert_eq!(ticks(-0.25, 0.3, 5.0).labels, ["−0.2", "0.0", "0.2"]);
        let narrow = ticks(1.0, 1.000_000_01, 4.0);
        assert!(narrow.labels.is_empty() && narrow.places.len() >= 3);
    }

    #[test]
    fn positions_show_the_digits_that_the_domain_tells_apart() {
        assert_eq!([5.5, 4.0, 10.0, 0.5, 1000.0].map(decimals), [2, 2, 1, 3, 0]);
    }
}
