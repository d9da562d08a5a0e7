//! A map of numbers as shade: the same bands and ramp as a surface's, hatching where there is no number.

use super::shade::Bands;
use super::theme::Theme;

/// Numbers on a grid, ready to be painted at any size.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    columns: usize,
    cells: Vec<Option<u8>>,
    /// Which region each cell belongs to; empty where there are none.
    regions: Vec<u8>,
    bands: Bands,
}

/// The hatching: lines a quarter as thick as they are apart, in device pixels at a ratio of 1.
const HATCH: f64 = 8.0;

impl Heat {
    /// The map of these values, row by row from the top, `columns` a row. Those that are not finite are undefined.
    /// `lowest` is the value that decades are counted from, where there is one.
    pub fn new(columns: usize, values: &[f64], lowest: Option<f64>) -> Self {
        let bands = Bands::of(values, lowest);
        let cell = |value: &f64| value.is_finite().then(|| bands.cell(*value));
        Self { columns: columns.max(1), cells: values.iter().map(cell).collect(), regions: Vec::new(), bands }
    }

    /// The map with lines between cells of different regions, as many as there are values.
    #[must_use]
    pub fn with_regions(self, regions: Vec<u8>) -> Self {
        Self { regions, ..self }
    }

    /// Its scale.
    pub fn bands(&self) -> &Bands {
        &self.bands
    }

    /// Whether any cell is undefined, so that the key has to say what the hatching means.
    pub fn has_gaps(&self) -> bool {
        self.cells.contains(&None)
    }

    fn rows(&self) -> usize {
        self.cells.len() / self.columns
    }

    /// Red, green, blue and opacity of a picture of this size, row by row from the top; `dpr` device pixels are one of
    /// the page's.
    pub fn pixels(&self, width: usize, height: usize, dpr: f64, theme: &Theme) -> Vec<u8> {
        let (rows, columns) = (self.rows(), self.columns);
        if rows == 0 {
            return vec![0; 4 * width * height];
        }
        let palette = theme.bands(self.bands.count());
        let column: Vec<usize> = (0..width).map(|x| x * columns / width).collect();
        let period = (HATCH * dpr).round().max(4.0) as usize;
        let mut pixels = Vec::with_capacity(4 * width * height);
        for y in 0..height {
            let row = y * rows / height;
            let below = ((y + 1) * rows / height).min(rows - 1);
            for x in 0..width {
                let at = row * columns + column[x];
                let right = row * columns + column[(x + 1).min(width - 1)];
                let under = below * columns + column[x];
                let region = |cell: usize| self.regions.get(cell);
                let color = if region(at) != region(right) || region(at) != region(under) {
                    theme.ink_2
                } else {
                    match self.cells[at].and_then(|band| palette.get(usize::from(band))) {
                        Some(color) => *color,
                        None if (x + y) % period < period / 4 => theme.ink_3,
                        None => theme.paper,
                    }
                };
                pixels.extend([color.0, color.1, color.2, u8::MAX]);
            }
        }
        pixels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixel(pixels: &[u8], width: usize, x: usize, y: usize) -> [u8; 3] {
        let at = 4 * (y * width + x);
        [pixels[at], pixels[at + 1], pixels[at + 2]]
    }

    fn hue(color: plotters::style::RGBColor) -> [u8; 3] {
        [color.0, color.1, color.2]
    }

    #[test]
    fn more_loss_is_more_ink_and_no_number_is_hatched() {
        let values: Vec<f64> =
            (0..16).map(|i| if i == 15 { f64::INFINITY } else { libm::pow(10.0, f64::from(i) - 7.0) }).collect();
        let heat = Heat::new(4, &values, Some(0.0));
        assert!(heat.has_gaps());
        let pixels = heat.pixels(80, 80, 1.0, &Theme::LIGHT);
        assert_eq!(pixels.len(), 4 * 80 * 80);
        let bands = Theme::LIGHT.bands(heat.bands().count());
        assert_eq!(pixel(&pixels, 80, 10, 10), hue(bands[0]));
        assert_eq!(pixel(&pixels, 80, 50, 70), hue(bands[bands.len() - 1]));
        let hatched: Vec<_> = (60..80).map(|x| pixel(&pixels, 80, x, 70)).collect();
        assert!(hatched.contains(&hue(Theme::LIGHT.ink_3)) && hatched.contains(&hue(Theme::LIGHT.paper)));
    }

    #[test]
    fn a_line_parts_the_regions() {
        let heat = Heat::new(2, &[1.0, 2.0, 3.0, 4.0], None).with_regions(vec![0, 1, 0, 1]);
        let pixels = heat.pixels(40, 40, 1.0, &Theme::DARK);
        let line: Vec<usize> = (0..40).filter(|&x| pixel(&pixels, 40, x, 5) == hue(Theme::DARK.ink_2)).collect();
        assert_eq!(line, [19]);
    }

    #[test]
    fn an_empty_map_is_clear() {
        assert_eq!(Heat::new(3, &[], None).pixels(2, 2, 1.0, &Theme::LIGHT), [0; 16]);
    }
}
