//! The static layer of a plot: contours, frame, ticks, minima. The shade under it is a raster, which each medium puts
//! there in its own way.

use plotters::coord::Shift;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::element::{PathElement, Rectangle, Text};
use plotters::prelude::{DrawingArea, DrawingBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, IntoFont, ShapeStyle, TextStyle};
use plotters_backend::BackendCoord;

use super::contour::thinned;
use super::frame::{Frame, ticks};
use super::shade::Map;
use super::theme::Theme;
use crate::surface::Surface;

/// What a drawing comes to.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Pixels between tick marks, at least.
const TICK_SPACING: f64 = 70.0;

/// The length of a tick mark.
const TICK: f64 = 4.0;

/// How far tick labels may reach beyond the right edge of the plot.
const RIGHT_MARGIN: f64 = 8.0;

/// Half the guessed width of a character, in ems.
const HALF_CHARACTER: f64 = 0.3;

/// Half the width of the cross on a minimum.
const CROSS: f64 = 4.5;

/// How far contours may be from their place, in pixels: too little to be seen, and a third of the points.
const CONTOUR_GRAIN: f64 = 0.2;

pub(super) fn stroke(frame: &Frame, color: &impl Color, width: f64) -> ShapeStyle {
    color.stroke_width(frame.length(width))
}

/// An open line through places in CSS pixels.
pub(super) fn line(
    frame: &Frame,
    places: impl IntoIterator<Item = [f64; 2]>,
    style: ShapeStyle,
) -> PathElement<BackendCoord> {
    let mut points: Vec<BackendCoord> = places.into_iter().map(|place| frame.backend(place)).collect();
    points.dedup();
    PathElement::new(points, style)
}

/// Draws contours, frame, ticks with their labels where `labels`, and a cross on each known minimum.
///
/// # Errors
/// Where the backend fails.
pub fn draw_surface<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    surface: &Surface,
    map: &Map,
    frame: &Frame,
    theme: &Theme,
    labels: bool,
) -> Drawn<DB> {
    let color = theme.contour.mix(theme.contour_alpha);
    for contour_line in map.contours() {
        let width = theme.strokes.contour * if contour_line.decade { 1.25 } else { 1.0 };
        let places: Vec<[f64; 2]> = contour_line.points.iter().map(|&point| frame.place(point)).collect();
        area.draw(&line(frame, thinned(&places, CONTOUR_GRAIN), stroke(frame, &color, width)))?;
    }
    let corners =
        [[0.0, 0.0], [frame.width, frame.height]].map(|[x, y]| frame.backend([frame.left + x, frame.top + y]));
    area.draw(&Rectangle::new(corners, stroke(frame, &theme.ink_3, Theme::FRAME)))?;
    if labels {
        draw_ticks(area, frame, theme)?;
    }
    for &minimum in surface.facts().minima {
        if frame.domain.contains(minimum) {
            let [x, y] = frame.place(minimum);
            for (color, width) in [(theme.casing, 2.0 + 2.0 * theme.strokes.casing), (theme.ink, 2.0)] {
                for slope in [-1.0, 1.0] {
                    let arm = [[x - CROSS, y - slope * CROSS], [x + CROSS, y + slope * CROSS]];
                    area.draw(&line(frame, arm, stroke(frame, &color, width)))?;
                }
            }
        }
    }
    Ok(())
}

fn draw_ticks<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, frame: &Frame, theme: &Theme) -> Drawn<DB> {
    let domain = &frame.domain;
    let mark = stroke(frame, &theme.ink_3, Theme::FRAME);
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);

    let across = ticks(domain.x0, domain.x1, (frame.width / TICK_SPACING).clamp(2.0, 8.0));
    for (i, &x) in across.places.iter().enumerate() {
        let [left, _] = frame.place([x, domain.y0]);
        area.draw(&line(frame, [[left, bottom], [left, bottom + TICK]], mark))?;
        if let Some(label) = across.labels.get(i) {
            let half = label.chars().count() as f64 * HALF_CHARACTER * theme.strokes.text;
            let place = [left.min(right + RIGHT_MARGIN - half), bottom + TICK + 3.0];
            draw_text(area, frame, label, place, (HPos::Center, VPos::Top), theme)?;
        }
    }
    let up = ticks(domain.y0, domain.y1, (frame.height / TICK_SPACING).clamp(2.0, 8.0));
    for (i, &y) in up.places.iter().enumerate() {
        let [_, top] = frame.place([domain.x0, y]);
        area.draw(&line(frame, [[frame.left - TICK, top], [frame.left, top]], mark))?;
        if let Some(label) = up.labels.get(i) {
            draw_text(area, frame, label, [frame.left - TICK - 3.0, top], (HPos::Right, VPos::Center), theme)?;
        }
    }
    Ok(())
}

pub(super) fn draw_text<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    frame: &Frame,
    text: &str,
    place: [f64; 2],
    (h_pos, v_pos): (HPos, VPos),
    theme: &Theme,
) -> Drawn<DB> {
    let font = FontFamily::Name(Theme::FONT).into_font().resize(theme.strokes.text * frame.unit());
    let style = TextStyle::from(font).color(&theme.ink_2).pos(Pos::new(h_pos, v_pos));
    area.draw(&Text::new(text, frame.backend(place), style))
}
