//! Plotters' whole-number coordinates, sixteen to a pixel.

use plotters_backend::text_anchor::Pos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontFamily,
    FontStyle, FontTransform,
};

/// Backend units in one pixel of the device: a slow path moves less than a pixel a step and must not look like stairs.
pub const UNITS: u32 = 16;

/// A backend that reports itself sixteen times as large as the one inside, whose own scale has to be 1/16 (a canvas
/// context by its transform, an SVG by its `viewBox`). It also makes hairlines sharp: a line along an axis is moved
/// onto the pixels of the device.
#[derive(Debug)]
pub struct SubPixel<DB> {
    inner: DB,
    size: (u32, u32),
    font_factor: f64,
}

impl<DB: DrawingBackend> SubPixel<DB> {
    /// Over a backend of `size` device pixels.
    pub fn new(inner: DB, size: (u32, u32)) -> Self {
        Self { inner, size: (size.0 * UNITS, size.1 * UNITS), font_factor: 1.0 }
    }

    /// With text this many times larger, for a backend that draws it too small.
    #[must_use]
    pub fn with_font_factor(self, font_factor: f64) -> Self {
        Self { font_factor, ..self }
    }
}

/// Puts a line `width` units wide at `place` so that both its edges fall on pixel boundaries.
fn snap(place: i32, width: u32) -> i32 {
    let (half, unit) = (f64::from(width) / 2.0, f64::from(UNITS));
    (((f64::from(place) - half) / unit).round() * unit + half).round() as i32
}

/// Two points along an axis, moved onto the pixels; any other line as it is.
fn sharpened(from: BackendCoord, to: BackendCoord, width: u32) -> (BackendCoord, BackendCoord) {
    if from.0 == to.0 {
        let x = snap(from.0, width);
        ((x, from.1), (x, to.1))
    } else if from.1 == to.1 {
        let y = snap(from.1, width);
        ((from.0, y), (to.0, y))
    } else {
        (from, to)
    }
}

impl<DB: DrawingBackend> DrawingBackend for SubPixel<DB> {
    type ErrorType = DB::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.inner.present()
    }

    fn draw_pixel(
        &mut self,
        point: BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        // Not the inner draw_line: the canvas shifts straight lines by half a unit there.
        let (from, to) = sharpened(from, to, style.stroke_width());
        self.inner.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        if fill {
            return self.inner.draw_rect(upper_left, bottom_right, style, true);
        }
        // The outline as a path: SVG's rectangles have no stroke width here.
        let width = style.stroke_width();
        let (left, top) = (snap(upper_left.0, width), snap(upper_left.1, width));
        let (right, bottom) = (snap(bottom_right.0, width), snap(bottom_right.1, width));
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top), (right, top)];
        self.inner.draw_path(corners, style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        // Straight two-point lines arrive here too; peeking keeps long paths from being collected.
        let mut points = path.into_iter();
        match (points.next(), points.next(), points.next()) {
            (Some(from), Some(to), None) => self.draw_line(from, to, style),
            (first, second, third) => {
                self.inner.draw_path(first.into_iter().chain(second).chain(third).chain(points), style)
            }
        }
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.inner.fill_polygon(vertices, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        place: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.inner.draw_text(text, &Resized { style, factor: self.font_factor }, place)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        self.inner.estimate_text_size(text, &Resized { style, factor: self.font_factor })
    }

    fn blit_bitmap(
        &mut self,
        place: BackendCoord,
        size: (u32, u32),
        source: &[u8],
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.inner.blit_bitmap(place, size, source)
    }
}

/// A text style with its size multiplied.
struct Resized<'a, S> {
    style: &'a S,
    factor: f64,
}

impl<S: BackendTextStyle> BackendTextStyle for Resized<'_, S> {
    type FontError = S::FontError;

    fn color(&self) -> BackendColor {
        self.style.color()
    }

    fn size(&self) -> f64 {
        self.style.size() * self.factor
    }

    fn transform(&self) -> FontTransform {
        self.style.transform()
    }

    fn style(&self) -> FontStyle {
        self.style.style()
    }

    fn anchor(&self) -> Pos {
        self.style.anchor()
    }

    fn family(&self) -> FontFamily<'_> {
        self.style.family()
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        self.style.layout_box(text)
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        place: BackendCoord,
        draw: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        self.style.draw(text, place, draw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hairlines_lie_on_whole_pixels_at_every_width() {
        for width in [16, 32, 48, 13, 20] {
            for place in -40..40 {
                let edge = f64::from(snap(place, width)) - f64::from(width) / 2.0;
                assert!((edge / 16.0 - (edge / 16.0).round()).abs() <= 0.5 / 16.0, "{place} {width}");
                assert!((snap(place, width) - place).abs() <= 8, "{place} {width}");
            }
        }
    }
}
