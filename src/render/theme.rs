//! Colours, strokes and marks of a figure.

use plotters::style::RGBColor;

/// The look of a figure. Strokes and sizes are in CSS pixels. `www/tokens.css` holds the same values for the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// What everything lies on.
    pub paper: RGBColor,
    /// Text, the start and the minima.
    pub ink: RGBColor,
    /// Evidence and captions.
    pub ink_2: RGBColor,
    /// Ticks and frames.
    pub ink_3: RGBColor,
    /// The grid of a chart.
    pub rule: RGBColor,
    /// The surface from low to high loss; the bands between are mixed in OKLab.
    pub map: [RGBColor; 3],
    /// Contour lines.
    pub contour: RGBColor,
    /// Opacity of contour lines.
    pub contour_alpha: f64,
    /// Drawn under every path and marker, so that they stand out on any band.
    pub casing: RGBColor,
    /// One hue a run, by position; runs 7 to 12 repeat them with hollow markers.
    pub runs: [RGBColor; 6],
    /// How large and how wide everything is drawn.
    pub strokes: Strokes,
}

/// Widths and sizes of what is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strokes {
    /// The width of a path on the plane.
    pub path: f64,
    /// The width of the casing on each side of a path or marker.
    pub casing: f64,
    /// The width of a line in a chart.
    pub chart: f64,
    /// The width of a contour line; decades are 1.25 times as wide.
    pub contour: f64,
    /// The radius of a marker.
    pub marker: f64,
    /// The size of tick labels.
    pub text: f64,
}

impl Strokes {
    /// For a screen at arm's length.
    pub const SCREEN: Self = Self { path: 2.0, casing: 1.6, chart: 1.75, contour: 0.8, marker: 6.0, text: 11.0 };

    /// For a wall at the other end of a room.
    pub const PROJECTOR: Self = Self { path: 4.0, casing: 2.5, chart: 3.0, contour: 1.25, marker: 9.0, text: 14.0 };
}

const fn rgb(hex: u32) -> RGBColor {
    let [_, red, green, blue] = hex.to_be_bytes();
    RGBColor(red, green, blue)
}

impl Theme {
    /// Ink on paper.
    pub const LIGHT: Self = Self {
        paper: rgb(0x00fd_fcfa),
        ink: rgb(0x001b_1e24),
        ink_2: rgb(0x004b_515c),
        ink_3: rgb(0x0064_6b77),
        rule: rgb(0x00e3_e0d9),
        map: [rgb(0x00fc_fbf7), rgb(0x00e3_eaed), rgb(0x00c2_d2de)],
        contour: rgb(0x0024_425c),
        contour_alpha: 0.2,
        casing: rgb(0x00ff_ffff),
        runs: [
            rgb(0x000b_479f),
            rgb(0x0014_7f80),
            rgb(0x00a8_5f08),
            rgb(0x009c_0a38),
            rgb(0x003c_0a63),
            rgb(0x0010_1215),
        ],
        strokes: Strokes::SCREEN,
    };

    /// Chalk on slate.
    pub const DARK: Self = Self {
        paper: rgb(0x0014_171b),
        ink: rgb(0x00ed_ebe6),
        ink_2: rgb(0x00b7_bcc4),
        ink_3: rgb(0x0094_9ba6),
        rule: rgb(0x002d_333a),
        map: [rgb(0x0018_1c20), rgb(0x0027_313a), rgb(0x003b_4856)],
        contour: rgb(0x00a9_bccd),
        contour_alpha: 0.2,
        casing: rgb(0x000b_0d10),
        runs: [
            rgb(0x0060_9cf6),
            rgb(0x0083_e5dd),
            rgb(0x00f5_c32f),
            rgb(0x00ec_6973),
            rgb(0x00d0_a1cd),
            rgb(0x00f9_f8f5),
        ],
        strokes: Strokes::SCREEN,
    };

    /// For a projector that washes colours out: black on white, and everything thicker.
    pub const PROJECTOR: Self = Self {
        paper: rgb(0x00ff_ffff),
        ink: rgb(0x0000_0000),
        ink_2: rgb(0x001d_2024),
        ink_3: rgb(0x002e_3238),
        rule: rgb(0x009a_9a9a),
        map: [rgb(0x00ff_ffff), rgb(0x00e9_eff3), rgb(0x00d6_e0e8)],
        contour: rgb(0x000c_1c2a),
        contour_alpha: 0.4,
        casing: rgb(0x00ff_ffff),
        runs: [
            rgb(0x0017_448f),
            rgb(0x0002_6c71),
            rgb(0x0093_5202),
            rgb(0x0095_0136),
            rgb(0x003b_1963),
            rgb(0x0000_0000),
        ],
        strokes: Strokes::PROJECTOR,
    };

    /// The width of the frame and of ticks.
    pub(super) const FRAME: f64 = 1.0;
    /// The radius of the marker on a swatch, the short piece of line before a run's name.
    #[cfg(any(not(target_arch = "wasm32"), feature = "svg"))]
    pub(super) const SWATCH_MARKER: f64 = 5.2;
    /// The dash of each of six runs: lengths drawn and left out in turn; nothing for a solid line.
    pub(super) const DASHES: [&[f64]; 6] =
        [&[], &[9.0, 4.0], &[2.0, 3.5], &[12.0, 3.5, 2.0, 3.5], &[5.0, 3.0], &[14.0, 3.0, 2.0, 3.0, 2.0, 3.0]];
    /// Real names first: the generic ones are wide on some systems.
    pub(super) const FONT: &str = "-apple-system, BlinkMacSystemFont, \"Segoe UI\", Roboto, \"Noto Sans\", Cantarell, \
        \"Helvetica Neue\", \"Liberation Sans\", Arial, \"DejaVu Sans Condensed\", sans-serif";

    /// This theme with colours of somebody else's: paper, ink, the map's stops, the runs, in this order; `None` keeps
    /// what is there. Greys are mixed from ink and paper, as the element's style sheet mixes them.
    pub fn dyed(&self, colors: &[Option<RGBColor>]) -> Self {
        let mut dyed = self.clone();
        let places = [&mut dyed.paper, &mut dyed.ink].into_iter().chain(&mut dyed.map).chain(&mut dyed.runs);
        for (place, color) in places.zip(colors) {
            *place = color.unwrap_or(*place);
        }
        if dyed.paper != self.paper {
            dyed.casing = dyed.paper;
        }
        if (dyed.paper, dyed.ink) != (self.paper, self.ink) {
            let (ink, paper) = (oklab(dyed.ink), oklab(dyed.paper));
            let mixed = |part: f64| from_oklab([0, 1, 2].map(|k| paper[k] + part * (ink[k] - paper[k])));
            (dyed.ink_2, dyed.ink_3, dyed.contour) = (mixed(0.74), mixed(0.61), dyed.ink);
        }
        dyed
    }

    /// The hue of a run.
    pub fn run(&self, index: usize) -> RGBColor {
        self.runs[index % self.runs.len()]
    }

    /// The dash of a run's line: lengths drawn and left out in turn; empty for a solid line.
    pub fn dash(run: usize) -> &'static [f64] {
        Self::DASHES[run % Self::DASHES.len()]
    }

    /// The colours of `count` bands, from low to high loss.
    pub fn bands(&self, count: usize) -> Vec<RGBColor> {
        let stops = self.map.map(oklab);
        let color = |i: usize| {
            let t = 2.0 * i as f64 / count.saturating_sub(1).max(1) as f64;
            let (low, high) = if t < 1.0 { (stops[0], stops[1]) } else { (stops[1], stops[2]) };
            let t = t - if t < 1.0 { 0.0 } else { 1.0 };
            from_oklab([0, 1, 2].map(|k| low[k] + t * (high[k] - low[k])))
        };
        (0..count).map(color).collect()
    }
}

/// OKLab of an sRGB colour. B. Ottosson (2020), A perceptual color space for image processing.
fn oklab(RGBColor(red, green, blue): RGBColor) -> [f64; 3] {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    };
    let (r, g, b) = (linear(red), linear(green), linear(blue));
    let cbrt = |c: f64| libm::pow(c, 1.0 / 3.0);
    let l = cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
    let m = cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
    let s = cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

fn from_oklab([lightness, a, b]: [f64; 3]) -> RGBColor {
    let cube = |c: f64| c * c * c;
    let l = cube(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
    let m = cube(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
    let s = cube(lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b);
    let channel = |c: f64| {
        let c = c.clamp(0.0, 1.0);
        let encoded = if c <= 0.003_130_8 { 12.92 * c } else { 1.055 * libm::pow(c, 1.0 / 2.4) - 0.055 };
        (255.0 * encoded).round() as u8
    };
    RGBColor(
        channel(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s),
        channel(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s),
        channel(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dyed_theme_has_the_given_colours_and_greys_between_them() {
        let [paper, ink, run] = [RGBColor(255, 255, 255), RGBColor(0, 0, 0), RGBColor(1, 2, 3)];
        let mut colors = [None; 11];
        (colors[0], colors[1], colors[6]) = (Some(paper), Some(ink), Some(run));
        let dyed = Theme::DARK.dyed(&colors);
        assert_eq!((dyed.paper, dyed.ink, dyed.casing, dyed.contour), (paper, ink, paper, ink));
        assert_eq!((dyed.run(1), dyed.run(0), dyed.map), (run, Theme::DARK.run(0), Theme::DARK.map));
        assert!(ink.0 < dyed.ink_2.0 && dyed.ink_2.0 < dyed.ink_3.0 && dyed.ink_3.0 < paper.0);
        assert_eq!(Theme::DARK.dyed(&[None; 11]), Theme::DARK);
    }

    #[test]
    fn bands_begin_and_end_on_the_stops() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::PROJECTOR] {
            let bands = theme.bands(9);
            assert_eq!([bands[0], bands[4], bands[8]], theme.map);
        }
    }

    /// Contrast of two colours, 1 to 21. WCAG 2.2, relative luminance and contrast ratio.
    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let luminance = |RGBColor(red, green, blue): RGBColor| {
            let linear = |channel: u8| {
                let c = f64::from(channel) / 255.0;
                if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
            };
            0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_and_hues_as_text_stand_out_from_the_paper() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::PROJECTOR] {
            for ink in [theme.ink, theme.ink_2, theme.ink_3].into_iter().chain(theme.runs) {
                assert!(contrast(ink, theme.paper) >= 4.5, "{ink:?}: {}", contrast(ink, theme.paper));
            }
        }
    }

    #[test]
    fn hues_stand_out_from_every_shade_and_from_their_casing() {
        let worst = [
            (Theme::LIGHT, [5.6, 3.1, 3.2, 5.4, 9.6, 12.1]),
            (Theme::DARK, [3.4, 6.3, 5.7, 3.0, 4.3, 8.8]),
            (Theme::PROJECTOR, [6.9, 4.6, 4.6, 6.7, 10.4, 15.7]),
        ];
        for (theme, expected) in worst {
            for (hue, expected) in theme.runs.into_iter().zip(expected) {
                let least = theme.bands(9).into_iter().map(|band| contrast(hue, band)).fold(f64::INFINITY, f64::min);
                assert!(least >= 3.0 && (least - expected).abs() < 0.06, "{hue:?}: {least}, not {expected}");
                assert!(contrast(hue, theme.casing) >= 4.5, "{hue:?}: {}", contrast(hue, theme.casing));
            }
        }
    }
}
