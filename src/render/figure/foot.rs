//! What stands below the panels: the caption, and the key of the shade.

use plotters::coord::Shift;
use plotters::element::Rectangle;
use plotters::prelude::{DrawingArea, DrawingBackend};
use plotters::style::Color;

use crate::config::{Config, Key};
use crate::number::whole;
use crate::render::frame::{Frame, extent};
use crate::render::shade::Bands;
use crate::render::surface::{Drawn, line, stroke};
use crate::render::text::{Anchor, Line, Span, width as width_of, wrapped};
use crate::render::theme::{Strokes, Theme};

/// Size of the caption.
const CAPTION_TEXT: f64 = 12.5;

/// How wide a sentence is against the guess for numbers: its letters are narrower than digits.
const PROSE: f64 = 0.9;

/// From one line of the caption to the next.
const CAPTION_LINE: f64 = 18.0;

/// The least width of a caption that has the key beside it.
const LEAST_BESIDE: f64 = 280.0;

/// The space between caption and key.
const GAP: f64 = 24.0;

/// The height of the key's colours.
const BAR: f64 = 12.0;

/// The height of the key with its labels.
const KEY_HEIGHT: f64 = 28.0;

/// The least width of a band in the key.
const LEAST_BAND: f64 = 18.0;

/// The keys that a figure tells in words of their own: in its summary, its heads, its frame.
const TOLD_APART: [Key; 8] =
    [Key::Surface, Key::Domain, Key::Start, Key::Steps, Key::Optimizer, Key::Lr, Key::View, Key::Step];

/// What the caption says: what was run, and everything about the picture that is not to be guessed. `labelled` where
/// ticks tell what a plot spans, `leaves` where a path leaves its plot.
pub(super) fn caption(config: &Config, bands: &Bands, labelled: bool, leaves: bool) -> String {
    let draft = config.draft();
    let settings = Key::ALL
        .iter()
        .filter(|key| !TOLD_APART.contains(key))
        .filter_map(|&key| Some(format!(", {} {}", key.name(), draft.get(key)?)))
        .collect::<String>();
    let many = if config.steps() == 1 { "step" } else { "steps" };
    let mut caption = format!("{} in {} {many}{settings}.", config.summary(), whole(config.steps()));
    if let Some(step) = config.step().filter(|&step| step < config.steps()) {
        caption += &format!(" Shown at step\u{a0}{}.", whole(step));
    }
    caption += &format!(" Shade is {}.", bands.caption());
    if !labelled {
        caption += &format!(" Each plot spans {}.", extent(&config.domain()).replace(" to ", "\u{a0}to\u{a0}"));
    }
    if leaves {
        caption += " Arrowheads mark where a path leaves its plot; what is outside is not drawn.";
    }
    caption
}

/// Caption and key, in CSS pixels from their own upper left corner.
#[derive(Clone, Debug)]
pub(super) struct Foot {
    lines: Vec<String>,
    key: [f64; 2],
    band: f64,
    /// Labels with the number of bands that are left of them.
    labels: Vec<(usize, String)>,
    pub(super) height: f64,
}

impl Foot {
    /// The key on the right of the caption where there is room, else under it.
    pub(super) fn new(caption: &str, bands: &Bands, width: f64) -> Self {
        let mut labels: Vec<(usize, String)> =
            bands.labels().enumerate().filter_map(|(index, label)| Some((index + 1, label?.to_owned()))).collect();
        let mut band = band_width(&labels);
        while band * bands.count() as f64 > width && labels.len() > 1 {
            labels = labels.into_iter().step_by(2).collect();
            band = band_width(&labels);
        }
        let key_width = band * bands.count() as f64;
        let beside = width - key_width - GAP;
        if beside >= LEAST_BESIDE {
            let lines = balanced(caption, beside);
            let height = (lines.len() as f64 * CAPTION_LINE).max(KEY_HEIGHT);
            Self { lines, key: [width - key_width, 0.0], band, labels, height }
        } else {
            let lines = balanced(caption, width);
            let top = lines.len() as f64 * CAPTION_LINE + 8.0;
            Self { lines, key: [0.0, top], band, labels, height: top + KEY_HEIGHT }
        }
    }

    /// The words, with the upper left corner at `corner`.
    pub(super) fn words(&self, [left, top]: [f64; 2], theme: &Theme) -> Vec<Line> {
        let line = |text: &str, size: f64, place: [f64; 2], anchor: Anchor| Line {
            place,
            anchor,
            casing: None,
            spans: vec![Span { text: text.to_owned(), size, color: theme.ink_2, bold: false }],
        };
        let caption = self
            .lines
            .iter()
            .enumerate()
            .map(|(i, text)| line(text, CAPTION_TEXT, [left, top + 11.0 + i as f64 * CAPTION_LINE], Anchor::Start));
        let labels = self.labels.iter().map(|(bands, text)| {
            let place = [left + self.key[0] + *bands as f64 * self.band, top + self.key[1] + KEY_HEIGHT - 3.0];
            line(text, Strokes::SCREEN.text, place, Anchor::Middle)
        });
        caption.chain(labels).collect()
    }

    /// Draws the key's colours. Of `frame` only the units count.
    pub(super) fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        [left, top]: [f64; 2],
        bands: &Bands,
        frame: &Frame,
        theme: &Theme,
    ) -> Drawn<DB> {
        let [left, top] = [left + self.key[0], top + self.key[1]];
        let edge = |index: usize| (left + index as f64 * self.band).round();
        for (index, color) in theme.bands(bands.count()).iter().enumerate() {
            let corners = [[edge(index), top], [edge(index + 1), top + BAR]].map(|corner| frame.backend(corner));
            area.draw(&Rectangle::new(corners, color.filled()))?;
        }
        for index in 1..bands.count() {
            let contour = stroke(frame, &theme.contour.mix(theme.contour_alpha), Theme::FRAME);
            area.draw(&line(frame, [[edge(index), top], [edge(index), top + BAR]], contour))?;
        }
        let corners = [[edge(0), top], [edge(bands.count()), top + BAR]].map(|corner| frame.backend(corner));
        area.draw(&Rectangle::new(corners, stroke(frame, &theme.ink_3, Theme::FRAME)))
    }
}

/// The caption in as few lines as there is room for, about as long as each other.
fn balanced(caption: &str, room: f64) -> Vec<String> {
    let lines_in = |room: f64| wrapped(caption, PROSE * CAPTION_TEXT, room);
    let widest = lines_in(room);
    let narrower = (1..(room / 4.0) as u32).map(|i| lines_in(room - 4.0 * f64::from(i)));
    narrower.take_while(|lines| lines.len() == widest.len()).last().unwrap_or(widest)
}

/// How wide bands have to be for no label to touch the next one or to end beyond the key.
fn band_width(labels: &[(usize, String)]) -> f64 {
    let half = |label: &str| width_of(label, Strokes::SCREEN.text) / 2.0;
    let pairs = labels.iter().zip(labels.iter().skip(1));
    let between = pairs.map(|((a, label), (b, next))| (half(label) + half(next) + 7.0) / (b - a) as f64);
    between.fold(LEAST_BAND, f64::max).ceil()
}
