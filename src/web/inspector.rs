//! One update, line by line and from near by.

use wasm_bindgen::prelude::*;

use super::figure::{Figure, look};
use super::plot::{Plot, area, cleared, painted, set_dash};
use super::thrown;
use crate::inspection::{Inspection, Sum};
use crate::render::{Closeup, Piece};

#[wasm_bindgen]
impl Figure {
    /// The update that led to a step of a run, seven words a line: name, help, rule (the content of a MathML `math`
    /// element), then for x and for y the arithmetic, empty where there is none, and what comes out. Empty for the start
    /// and past the run's end.
    pub fn inspect(&self, run: usize, step: usize) -> Result<Vec<String>, JsError> {
        let Some(inspection) = self.inspection(run, step)? else { return Ok(Vec::new()) };
        let mut words = Vec::new();
        for &line in inspection.lines() {
            words.extend([line.name, line.help, line.rule].map(String::from));
            for axis in [0, 1] {
                let Sum { filled, result } = inspection.sum(line, axis);
                words.extend([filled, result]);
            }
        }
        Ok(words)
    }

    /// Draws that update from near by, on both canvases of a plot: surface and contours, the box of plus and minus the
    /// rate, and arrows. Gives the place of the box's upper right corner, in CSS pixels from the canvas's corner, and 1
    /// or 0 for whether there is a momentum. Clears the plot and gives nothing for the start and past the run's end.
    #[wasm_bindgen(js_name = drawCloseup)]
    pub fn draw_closeup(&self, plot: &Plot, run: usize, step: usize, theme: &str) -> Result<Vec<f64>, JsError> {
        let Some(inspection) = self.inspection(run, step)? else {
            plot.clear()?;
            return Ok(Vec::new());
        };
        let (theme, surface) = (look(theme), self.shown()?.config.surface());
        let closeup = Closeup::new(self.trajectory(run)?, inspection.anatomy(), run, step);
        let frame = closeup.frame(plot.placed());
        let map = Closeup::map(surface, &frame);
        let (width, height) = frame.device_size();
        let raster = painted(&map.raster(width / 2, height / 2), &map, theme)?;
        plot.draw_surface(surface, &map, &raster, theme)?;
        let context = cleared(plot.live())?;
        let area = area(plot.live(), &context)?;
        for &piece in Piece::ALL {
            set_dash(&context, piece.dash(), &frame)?;
            closeup.draw(&area, piece, &frame, theme).map_err(thrown)?;
        }
        set_dash(&context, &[], &frame)?;
        let [left, top] = closeup.corner(&frame);
        Ok(vec![left, top, f64::from(u8::from(closeup.momentum.is_some()))])
    }
}

impl Figure {
    fn inspection(&self, run: usize, step: usize) -> Result<Option<Inspection>, JsError> {
        let shown = self.shown()?;
        let trajectory = self.trajectory(run)?;
        let checkpoints = &mut shown.checkpoints.borrow_mut()[run];
        Ok(shown.config.inspect_from(&shown.runs[run], trajectory, step, checkpoints))
    }
}
