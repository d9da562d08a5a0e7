//! The two canvases of a panel.

use std::f64::consts::TAU;

use plotters::drawing::IntoDrawingArea;
use plotters::prelude::DrawingArea;
use plotters::style::RGBColor;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::canvas::Canvas;
use super::thrown;
use crate::render::{Frame, LivePath, Map, Raster, SubPixel, Theme, UNITS, draw_surface};
use crate::surface::{Domain, Surface};

/// A panel's plot: a canvas for what changes seldom under one for what changes every frame.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Plot {
    surface: HtmlCanvasElement,
    path: HtmlCanvasElement,
    frame: Frame,
    labels: bool,
}

#[wasm_bindgen]
impl Plot {
    /// A plot on these canvases; nothing can be drawn before `place`.
    #[wasm_bindgen(constructor)]
    pub fn new(surface: HtmlCanvasElement, path: HtmlCanvasElement) -> Self {
        let domain = Domain { x0: 0.0, x1: 1.0, y0: 0.0, y1: 1.0 };
        let frame = Frame { domain, left: 0.0, top: 0.0, width: 1.0, height: 1.0, dpr: 1.0 };
        Self { surface, path, frame, labels: false }
    }

    /// Sizes both canvases in device pixels, which clears them.
    pub fn resize(&self, width: u32, height: u32) {
        for canvas in [&self.surface, &self.path] {
            canvas.set_width(width);
            canvas.set_height(height);
        }
    }

    /// Where the frame lies on the canvases, in CSS pixels, and how many device pixels there are in one.
    pub fn place(&mut self, left: f64, top: f64, width: f64, height: f64, dpr: f64) {
        self.frame = Frame { left, top, width, height, dpr, domain: self.frame.domain };
    }

    /// Whether tick labels are drawn.
    pub fn label(&mut self, labels: bool) {
        self.labels = labels;
    }
}

impl Plot {
    /// The frame of this plot around a domain.
    pub(super) fn frame(&self, domain: Domain) -> Frame {
        Frame { domain, ..self.frame }
    }

    /// Draws the static layer, the shade from `raster`.
    pub(super) fn draw_surface(
        &self,
        surface: &Surface,
        map: &Map,
        raster: &HtmlCanvasElement,
        theme: &Theme,
    ) -> Result<(), JsError> {
        let frame = self.frame(*map.domain());
        let context = cleared(&self.surface)?;
        let [left, top, width, height] = frame.device_rectangle();
        context.set_image_smoothing_enabled(false);
        context
            .draw_image_with_html_canvas_element_and_dw_and_dh(raster, left, top, width, height)
            .map_err(|_| JsError::new("the surface could not be painted"))?;
        let area = area(&self.surface, &context)?;
        draw_surface(&area, surface, map, &frame, theme, self.labels).map_err(thrown)
    }

    /// The frame as it was placed, around no domain yet.
    #[cfg(feature = "explorer")]
    pub(super) fn placed(&self) -> Frame {
        self.frame
    }

    /// Clears both layers.
    #[cfg(feature = "explorer")]
    pub(super) fn clear(&self) -> Result<(), JsError> {
        [&self.surface, &self.path].into_iter().try_for_each(|canvas| cleared(canvas).map(drop))
    }

    /// The live layer's canvas.
    #[cfg(feature = "explorer")]
    pub(super) fn live(&self) -> &HtmlCanvasElement {
        &self.path
    }

    /// Draws the live layer.
    pub(super) fn draw_path(&self, path: &LivePath<'_>, color: RGBColor) -> Result<(), JsError> {
        let context = cleared(&self.path)?;
        let area = area(&self.path, &context)?;
        path.draw_casing(&area).map_err(thrown)?;
        path.draw_line(&area).map_err(thrown)?;
        self.fill_dots(&context, path, color)?;
        path.draw_marks(&area).map_err(thrown)
    }

    /// Draws the live layer of all runs in one plot: dashes in place of dots, which would hide each other.
    pub(super) fn draw_overlay(&self, paths: &[LivePath<'_>]) -> Result<(), JsError> {
        let context = cleared(&self.path)?;
        let area = area(&self.path, &context)?;
        for path in paths {
            path.draw_casing(&area).map_err(thrown)?;
        }
        for path in paths {
            set_dash(&context, path.dash(), &self.frame)?;
            path.draw_line(&area).map_err(thrown)?;
        }
        set_dash(&context, &[], &self.frame)?;
        paths.iter().try_for_each(|path| path.draw_marks(&area).map_err(thrown))
    }

    /// Fills all dots at once: a path for each would take longer than everything else.
    fn fill_dots(
        &self,
        context: &CanvasRenderingContext2d,
        path: &LivePath<'_>,
        color: RGBColor,
    ) -> Result<(), JsError> {
        let (dots, radius) = path.dots();
        let unit = f64::from(UNITS) * self.frame.dpr;
        context.set_fill_style_str(&css(color));
        context.begin_path();
        for [x, y] in dots.iter().map(|dot| dot.map(|pixels| pixels * unit)) {
            context.move_to(x + radius * unit, y);
            context.arc(x, y, radius * unit, 0.0, TAU).map_err(|_| JsError::new("the dots could not be drawn"))?;
        }
        context.fill();
        Ok(())
    }
}

/// A colour as a style sheet writes it.
pub(super) fn css(color: RGBColor) -> String {
    format!("rgb({} {} {})", color.0, color.1, color.2)
}

pub(super) fn context(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, JsError> {
    let context = canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into().ok());
    context.ok_or_else(|| JsError::new("the browser gives no 2-D canvas to draw on"))
}

pub(super) fn cleared(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, JsError> {
    let context = context(canvas)?;
    let refused = |_| JsError::new("the canvas could not be cleared");
    context.reset_transform().map_err(refused)?;
    context.clear_rect(0.0, 0.0, canvas.width().into(), canvas.height().into());
    Ok(context)
}

/// A drawing area in sub-pixel units on a canvas.
pub(super) fn area(
    canvas: &HtmlCanvasElement,
    context: &CanvasRenderingContext2d,
) -> Result<DrawingArea<SubPixel<Canvas>, plotters::coord::Shift>, JsError> {
    let scale = 1.0 / f64::from(UNITS);
    context.scale(scale, scale).map_err(|_| JsError::new("the canvas could not be scaled"))?;
    context.set_line_join("round");
    let backend = Canvas::new(canvas.clone(), context.clone());
    Ok(SubPixel::new(backend, (canvas.width(), canvas.height())).into_drawing_area())
}

/// A canvas that is not on the page.
pub(super) fn new_canvas() -> Result<HtmlCanvasElement, JsError> {
    let document = web_sys::window().and_then(|window| window.document());
    let canvas = document.and_then(|document| document.create_element("canvas").ok());
    canvas.and_then(|canvas| canvas.dyn_into().ok()).ok_or_else(|| JsError::new("the browser makes no canvas"))
}

/// Sets the dash of the lines that are drawn next, in CSS pixels of a frame; none where it is empty.
pub(super) fn set_dash(context: &CanvasRenderingContext2d, dash: &[f64], frame: &Frame) -> Result<(), JsError> {
    let unit = f64::from(UNITS) * frame.dpr;
    let lengths: js_sys::Array = dash.iter().map(|pixels| JsValue::from_f64(pixels * unit)).collect();
    context.set_line_dash(&lengths).map_err(|_| JsError::new("the browser draws no dashes"))
}

/// The raster of a map in the colours of a theme, on a canvas of its own.
pub(super) fn painted(raster: &Raster, map: &Map, theme: &Theme) -> Result<HtmlCanvasElement, JsError> {
    let canvas = new_canvas()?;
    canvas.set_width(raster.width as u32);
    canvas.set_height(raster.height as u32);
    let pixels = raster.pixels(&theme.bands(map.bands().count()));
    let refused = |_| JsError::new("the surface could not be painted");
    let image = ImageData::new_with_u8_clamped_array(Clamped(&pixels), raster.width as u32).map_err(refused)?;
    context(&canvas)?.put_image_data(&image, 0.0, 0.0).map_err(refused)?;
    Ok(canvas)
}
