//! The head of a panel: the run's swatch, rate and loss.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use crate::render::frame::Frame;
use crate::render::marker::Marker;
use crate::render::surface::{Drawn, line, stroke};
use crate::render::text::{Anchor, Line, Span, width as width_of, wrapped};
use crate::render::theme::Theme;

/// What stands before the rate. Its space holds where others are dropped at the end of a piece of text.
const UNIT: &str = "lr\u{a0}";

/// What stands before the loss.
const LOSS: &str = "loss\u{a0}";

/// The least space between name and loss.
const BETWEEN: f64 = 12.0;

/// Half the height of a digit, in ems.
const HALF_DIGIT: f64 = 0.36;

/// The type of a panel's head.
#[derive(Clone, Copy, Debug, PartialEq)]
struct HeadType {
    /// Length of the swatch.
    swatch: f64,
    /// Size of the word "lr", where there is room for it.
    unit: Option<f64>,
    /// Size of the rate.
    rate: f64,
    /// Size of the loss.
    loss: f64,
    /// Size of what else there is to say.
    note: f64,
}

/// The types of head from the largest, each with the width from which it is used.
const HEAD_TYPES: [(f64, HeadType); 5] = [
    (240.0, HeadType { swatch: 30.0, unit: Some(13.5), rate: 19.0, loss: 13.5, note: 12.5 }),
    (118.0, HeadType { swatch: 22.0, unit: Some(12.5), rate: 16.0, loss: 12.5, note: 12.5 }),
    (0.0, HeadType { swatch: 22.0, unit: Some(11.0), rate: 13.5, loss: 11.0, note: 11.0 }),
    (0.0, HeadType { swatch: 22.0, unit: Some(11.0), rate: 11.0, loss: 11.0, note: 11.0 }),
    (0.0, LEAST_TYPE),
];

/// What is left where rates have many digits.
const LEAST_TYPE: HeadType = HeadType { swatch: 22.0, unit: None, rate: 11.0, loss: 11.0, note: 11.0 };

impl HeadType {
    /// Where the name begins, after the swatch.
    fn name_left(&self) -> f64 {
        self.swatch + 7.0
    }

    /// The baseline of the first line, from the head's upper end.
    fn baseline(&self) -> f64 {
        self.rate + 1.0
    }

    /// From one line to the next.
    fn line(&self) -> f64 {
        self.loss.max(self.note) + 4.5
    }

    fn name_width(&self, head: &HeadWords) -> f64 {
        self.name_left() + self.unit.map_or(0.0, |size| width_of(UNIT, size)) + width_of(&head.rate, self.rate)
    }

    fn loss_width(&self, head: &HeadWords) -> f64 {
        width_of(LOSS, self.loss) + width_of(&head.loss, self.loss)
    }
}

/// What the head of a panel says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HeadWords {
    pub(super) rate: String,
    pub(super) loss: String,
    /// Such as `not finite from step 12`; empty where there is nothing to say.
    pub(super) note: String,
}

/// Where the words of a head are, against the plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadPlace {
    /// Above it, the loss on the right of the name.
    AboveInOneLine,
    /// Above it, the loss under the name.
    Above,
    /// On its left.
    Beside,
}

/// How the heads of a figure are set, all alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct HeadPlan {
    of: HeadType,
    pub(super) place: HeadPlace,
    pub(super) width: f64,
}

impl HeadPlan {
    /// The largest type in which all heads fit; `None` where none is small enough.
    pub(super) fn fitting(heads: &[HeadWords], width: f64, beside: bool) -> Option<Self> {
        let types = HEAD_TYPES.iter().filter(|(least, _)| width >= *least).map(|(_, of)| *of);
        types.into_iter().find_map(|of| {
            let in_one_line = |head: &HeadWords| of.name_width(head) + BETWEEN + of.loss_width(head) <= width;
            let in_two = |head: &HeadWords| of.name_width(head).max(of.loss_width(head)) <= width;
            let place = match beside {
                true => HeadPlace::Beside,
                false if heads.iter().all(in_one_line) => HeadPlace::AboveInOneLine,
                false => HeadPlace::Above,
            };
            heads.iter().all(in_two).then_some(Self { of, place, width })
        })
    }

    /// For rates that have too many digits for any plan.
    pub(super) fn least(width: f64) -> Self {
        Self { of: LEAST_TYPE, place: HeadPlace::Above, width }
    }

    /// How far down the words reach.
    pub(super) fn height(&self, head: &HeadWords) -> f64 {
        let lines = self.note_lines(head).len() + usize::from(self.place != HeadPlace::AboveInOneLine);
        self.of.baseline() + lines as f64 * self.of.line()
    }

    fn note_lines(&self, head: &HeadWords) -> Vec<String> {
        if head.note.is_empty() { Vec::new() } else { wrapped(&head.note, self.of.note, self.width) }
    }

    /// The words of a head whose upper left corner is at `corner`.
    pub(super) fn lines(&self, head: &HeadWords, [left, top]: [f64; 2], theme: &Theme) -> Vec<Line> {
        let of = &self.of;
        let span = |text: &str, size: f64, bold: bool| {
            let color = if bold { theme.ink } else { theme.ink_2 };
            Span { text: text.to_owned(), size, color, bold }
        };
        let line = |place: [f64; 2], anchor: Anchor, spans: Vec<Span>| Line { place, anchor, casing: None, spans };

        let unit = of.unit.map(|size| span(UNIT, size, false));
        let name = unit.into_iter().chain([span(&head.rate, of.rate, true)]).collect();
        let loss = vec![span(LOSS, of.loss, false), span(&head.loss, of.loss, true)];
        let mut baseline = top + of.baseline();
        let mut lines = vec![line([left + of.name_left(), baseline], Anchor::Start, name)];
        if self.place == HeadPlace::AboveInOneLine {
            lines.push(line([left + self.width, baseline], Anchor::End, loss));
        } else {
            baseline += of.line();
            lines.push(line([left, baseline], Anchor::Start, loss));
        }
        for words in self.note_lines(head) {
            baseline += of.line();
            lines.push(line([left, baseline], Anchor::Start, vec![span(&words, of.note, false)]));
        }
        lines
    }

    /// Draws a short piece of a run's line with its marker, before the run's name. Of `frame` only the units count.
    pub(super) fn draw_swatch<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        run: usize,
        [left, top]: [f64; 2],
        frame: &Frame,
        theme: &Theme,
    ) -> Drawn<DB> {
        let length = self.of.swatch;
        let middle = (top + self.of.baseline() - HALF_DIGIT * self.of.rate).round();
        let color = theme.run(run);
        for [from, to] in dashes(run, length) {
            let ends = [[left + from, middle], [left + to, middle]];
            area.draw(&line(frame, ends, stroke(frame, &color, theme.strokes.path)))?;
        }
        let on_paper = Theme { casing: theme.paper, ..theme.clone() };
        Marker::of(run).draw(area, [left + length / 2.0, middle], Theme::SWATCH_MARKER, frame, &on_paper, color)
    }
}

/// The dashes of a run's line of that length.
fn dashes(run: usize, length: f64) -> Vec<[f64; 2]> {
    let pattern = Theme::dash(run);
    if pattern.is_empty() {
        return vec![[0.0, length]];
    }
    let mut dashes = Vec::new();
    let mut at = 0.0;
    for pair in pattern.chunks(2).cycle() {
        if at >= length {
            break;
        }
        dashes.push([at, length.min(at + pair[0])]);
        at += pair.iter().sum::<f64>();
    }
    dashes
}
