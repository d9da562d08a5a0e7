//! A canvas as a backend of plotters: only what is drawn here, and no printing of numbers but our own, which together
//! are kilobytes less to download than the backend that plotters has for it.

use std::error::Error;
use std::f64::consts::TAU;
use std::fmt::{self, Display, Formatter};

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::number::shortest;

/// Draws on a context, whose transform is the caller's.
#[derive(Debug)]
pub(super) struct Canvas {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

/// The browser did not draw.
#[derive(Debug)]
pub(super) struct Refused;

impl Display for Refused {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("the browser refused to draw on the canvas")
    }
}

impl Error for Refused {}

type Drawn = Result<(), DrawingErrorKind<Refused>>;

fn refused<T>(_: T) -> DrawingErrorKind<Refused> {
    DrawingErrorKind::DrawingError(Refused)
}

fn css(BackendColor { rgb: (red, green, blue), alpha }: BackendColor) -> String {
    format!("rgba({red},{green},{blue},{})", shortest(alpha))
}

impl Canvas {
    pub(super) fn new(canvas: HtmlCanvasElement, context: CanvasRenderingContext2d) -> Self {
        Self { canvas, context }
    }

    fn trace(&self, points: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        // The first line of a path that has no point yet goes nowhere: it begins the path.
        for (x, y) in points {
            self.context.line_to(x.into(), y.into());
        }
    }

    fn stroke<S: BackendStyle>(&self, style: &S) {
        self.context.set_stroke_style_str(&css(style.color()));
        self.context.set_line_width(style.stroke_width().into());
        self.context.stroke();
    }

    fn fill<S: BackendStyle>(&self, style: &S) {
        self.context.set_fill_style_str(&css(style.color()));
        self.context.fill();
    }
}

impl DrawingBackend for Canvas {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        (self.canvas.width(), self.canvas.height())
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        if fill {
            return self.fill_polygon(corners, style);
        }
        self.trace(corners);
        self.context.close_path();
        self.stroke(style);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.trace(path);
        self.stroke(style);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        self.context.begin_path();
        self.context.arc(x.into(), y.into(), radius.into(), 0.0, TAU).map_err(refused)?;
        if fill {
            self.fill(style);
        } else {
            self.stroke(style);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, vertices: I, style: &S) -> Drawn {
        self.trace(vertices);
        self.fill(style);
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let anchor = style.anchor();
        self.context.set_text_baseline(match anchor.v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        });
        self.context.set_text_align(match anchor.h_pos {
            HPos::Left => "start",
            HPos::Right => "end",
            HPos::Center => "center",
        });
        self.context.set_fill_style_str(&css(style.color()));
        self.context.set_font(&format!("{}px {}", shortest(style.size()), style.family().as_str()));
        self.context.fill_text(text, x.into(), y.into()).map_err(refused)
    }
}
