//! Drawings as SVG elements.

use plotters::coord::Shift;
use plotters::drawing::IntoDrawingArea;
use plotters::prelude::DrawingArea;
use plotters_svg::SVGBackend;

use super::frame::Frame;
use super::png::{base64, png};
use super::shade::Map;
use super::subpixel::{SubPixel, UNITS};
use super::surface::Drawn;
use super::text::Line;
use super::theme::Theme;

/// Plotters' SVG text comes out this many times smaller than on a canvas.
const SVG_FONT_FACTOR: f64 = 1.24;

/// Cells of the shade in a CSS pixel.
const CELLS: f64 = 1.5;

/// The backend that writes SVG.
pub(super) type Svg<'a> = SubPixel<SVGBackend<'a>>;

/// What `draw` draws on a picture of that size in CSS pixels, as SVG elements in sub-pixel units.
pub(super) fn drawn(
    size: [f64; 2],
    draw: impl for<'a> FnOnce(&DrawingArea<Svg<'a>, Shift>) -> Drawn<Svg<'a>>,
) -> String {
    let size = (size[0] as u32, size[1] as u32);
    let mut svg = String::new();
    let backend = SubPixel::new(SVGBackend::with_string(&mut svg, size), size).with_font_factor(SVG_FONT_FACTOR);
    let area = backend.into_drawing_area();
    draw(&area).expect("a string takes every drawing");
    drop(area);
    let content = svg.trim_end().trim_end_matches("</svg>");
    content.split_once(">\n").map_or(content, |(_, elements)| elements).to_owned()
}

/// The shade of a plot as an SVG element: a picture stretched over the frame.
pub(super) fn shade(map: &Map, frame: &Frame, theme: &Theme) -> String {
    let cells = |pixels: f64| (pixels * CELLS).round() as usize;
    let raster = map.raster(cells(frame.width), cells(frame.height));
    let picture = base64(&png(&raster, &theme.bands(map.bands().count())));
    let [left, top, width, height] = frame.device_rectangle().map(|pixels| pixels * f64::from(UNITS));
    format!(
        "<image x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" \
         href=\"data:image/png;base64,{picture}\"/>\n"
    )
}

/// The elements with lines of that dash, lengths in CSS pixels; as they are where it is empty.
pub(super) fn dashed(elements: &str, dash: &[f64]) -> String {
    if dash.is_empty() {
        return elements.to_owned();
    }
    let lengths: Vec<String> = dash.iter().map(|pixels| (pixels * f64::from(UNITS)).to_string()).collect();
    format!("<g stroke-dasharray=\"{}\">\n{elements}</g>\n", lengths.join(" "))
}

/// Lines as SVG elements, whose lengths are CSS pixels.
pub(super) fn text(lines: &[Line]) -> String {
    let lines: String = lines.iter().map(Line::svg).collect();
    format!("<g transform=\"scale({UNITS})\">\n{lines}</g>\n")
}
