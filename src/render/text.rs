//! Text in a figure. The viewer's own fonts set it, so its width is only guessed, never too small.

use std::fmt::Write as _;

use plotters::style::RGBColor;

use crate::error::{Error, Kind, Problem};
use crate::number::shortest;

/// The guessed width of a character, in ems: wider than most fonts' average.
const CHARACTER: f64 = 0.6;

/// The guessed width of a text, in CSS pixels.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * CHARACTER * size
}

/// The text in lines of at most that width, broken between words.
pub(super) fn wrapped(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text with what XML reserves written out.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A length in CSS pixels, to the hundredth.
pub(super) fn length(pixels: f64) -> String {
    shortest((pixels * 100.0).round() / 100.0)
}

pub(super) fn hex(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// What is wrong with a width or a height.
pub(super) fn out_of_range(key: &'static str, value: u32, least: u32, most: u32, whose: &str) -> Error {
    let expected = format!("{least} to {most} pixels{whose}");
    Kind::Value { key, value: value.to_string(), problem: Problem::OutOfRange, expected }.into()
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A piece of a line in one style.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) size: f64,
    pub(super) color: RGBColor,
    pub(super) bold: bool,
}

/// A line of text with its baseline at `place`.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) place: [f64; 2],
    pub(super) anchor: Anchor,
    /// A rim that keeps the text apart from what is under it.
    pub(super) casing: Option<RGBColor>,
    pub(super) spans: Vec<Span>,
}

impl Line {
    /// As an SVG element.
    pub(super) fn svg(&self) -> String {
        let [x, y] = self.place.map(length);
        let mut svg = format!("<text x=\"{x}\" y=\"{y}\"");
        svg.push_str(match self.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        });
        if let Some(casing) = self.casing {
            let _ = write!(svg, " stroke=\"{}\" stroke-width=\"3\" paint-order=\"stroke\"", hex(casing));
        }
        svg.push('>');
        for Span { text, size, color, bold } in &self.spans {
            let weight = if *bold { " font-weight=\"bold\"" } else { "" };
            let (size, color, text) = (length(*size), hex(*color), escaped(text));
            let _ = write!(svg, "<tspan font-size=\"{size}\" fill=\"{color}\"{weight}>{text}</tspan>");
        }
        svg + "</text>\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_keep_them_all() {
        assert_eq!(wrapped("not finite from step 12", 10.0, 66.0), ["not finite", "from step", "12"]);
        assert_eq!(wrapped("unbreakable", 10.0, 12.0), ["unbreakable"]);
    }

    #[test]
    fn markup_in_a_text_stays_text() {
        assert_eq!(escaped("a<b> & \"c\""), "a&lt;b&gt; &amp; &quot;c&quot;");
    }
}
