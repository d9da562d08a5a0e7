//! A whole figure as one SVG: a panel a run, a caption, and the key of the shade.

mod foot;
mod head;
mod layout;

use self::foot::{Foot, caption};
use self::head::HeadWords;
use self::layout::Layout;
use super::clip::clip;
use super::frame::Frame;
use super::overlay::{EndLabel, end_labels};
use super::path::{LivePath, dot_spacing};
use super::png::crc32;
use super::shade::Map;
use super::subpixel::UNITS;
use super::surface::draw_surface;
use super::svg::{dashed, drawn, shade, text};
use super::text::{Anchor, Line, Span, escaped, hex, width as width_of};
use super::theme::Theme;
use super::thin::Thinned;
use crate::config::{Config, View};
use crate::error::Error;
use crate::number::{short, shortest, whole};
use crate::trajectory::Trajectory;

/// The size of the words in a plot.
const PLOT_TEXT: f64 = 12.5;

/// Plots narrower than this have no room for words.
const WORDED: f64 = 240.0;

/// The figure of a config, `width` CSS pixels wide, and as tall as suits it or as asked for.
///
/// # Errors
/// Where `width` or `height` has no room for the figure, or is too large.
pub fn svg(config: &Config, width: u32, height: Option<u32>, theme: &Theme) -> Result<String, Error> {
    let runs = config.runs();
    let trajectories: Vec<Trajectory> = runs.iter().map(|run| config.descend(run)).collect();
    let step = config.step().unwrap_or(config.steps());
    let map = Map::new(config.surface(), &config.domain());

    let head = |(run, trajectory): (&crate::Run, &Trajectory)| HeadWords {
        rate: shortest(run.lr),
        loss: short(trajectory.step(step).loss),
        note: trajectory.stopped().map(|at| format!("not finite from step\u{a0}{}", whole(at))).unwrap_or_default(),
    };
    let heads: Vec<HeadWords> = runs.iter().zip(&trajectories).map(head).collect();
    let leaves = trajectories
        .iter()
        .any(|trajectory| shown(trajectory, step).iter().any(|point| !config.domain().contains(*point)));
    let caption = |labelled: bool| caption(config, map.bands(), labelled, leaves);
    let foot = |width: f64, labelled: bool| Foot::new(&caption(labelled), map.bands(), width);
    let foot_height = |width, labelled| foot(width, labelled).height;
    let is_overlay = config.view() == View::Overlay;
    let layout = if is_overlay {
        Layout::overlay(&heads, &config.domain(), width, height, foot_height)?
    } else {
        Layout::new(&heads, &config.domain(), width, height, foot_height)?
    };
    let foot = foot(layout.foot_width, layout.labelled);

    let surface = drawn(layout.size(), |area| {
        draw_surface(area, config.surface(), &map, &layout.frames[0], theme, layout.ticked)
    });
    let plot = shade(&map, &layout.frames[0], theme) + &surface;
    let frame_of = |run: usize| &layout.frames[if is_overlay { 0 } else { run }];
    let thinned: Vec<Thinned> = trajectories
        .iter()
        .enumerate()
        .map(|(run, trajectory)| Thinned::new(trajectory.points(), frame_of(run), dot_spacing(theme)))
        .collect();
    let live: Vec<LivePath<'_>> = trajectories
        .iter()
        .zip(&thinned)
        .enumerate()
        .map(|(run, (trajectory, thinned))| LivePath::new(trajectory, thinned, step, run, frame_of(run), theme))
        .collect();
    let mut paths = if is_overlay { overlaid(&layout, &live) } else { String::new() };
    paths += &drawn(layout.size(), |area| {
        for (run, path) in live.iter().enumerate() {
            if !is_overlay {
                path.draw(area)?;
            }
            layout.head.draw_swatch(area, run, layout.heads[run], frame_of(run), theme)?;
        }
        foot.draw(area, [layout.left, layout.foot], map.bands(), &layout.frames[0], theme)
    });
    let mut lines: Vec<Line> =
        heads.iter().zip(&layout.heads).flat_map(|(head, corner)| layout.head.lines(head, *corner, theme)).collect();
    let words: Vec<&str> = heads.iter().map(|head| head.rate.as_str()).collect();
    let labels = if is_overlay { end_words(&live, &words, &layout.frames[0], theme) } else { Vec::new() };
    let in_first = if is_overlay { &trajectories[..] } else { &trajectories[..1] };
    lines.extend(plot_words(config, in_first, step, &layout.frames[0], theme, &labels));
    lines.extend(labels);
    lines.extend(foot.words([layout.left, layout.foot], theme));
    Ok(document(config, &caption(layout.labelled), &layout, theme, &plot, &(paths + &text(&lines))))
}

/// All paths in one plot: casings, lines with their dashes, marks.
fn overlaid(layout: &Layout, paths: &[LivePath<'_>]) -> String {
    let size = layout.size();
    let casings = drawn(size, |area| paths.iter().try_for_each(|path| path.draw_casing(area)));
    let lines: String =
        paths.iter().map(|path| dashed(&drawn(size, |area| path.draw_line(area)), path.dash())).collect();
    casings + &lines + &drawn(size, |area| paths.iter().try_for_each(|path| path.draw_marks(area)))
}

/// The labels at the ends of paths in one plot.
fn end_words(paths: &[LivePath<'_>], words: &[&str], frame: &Frame, theme: &Theme) -> Vec<Line> {
    let widths: Vec<f64> = words.iter().map(|word| width_of(word, PLOT_TEXT)).collect();
    let labels = end_labels(paths, &widths, frame, 1.15 * PLOT_TEXT);
    let line = |(run, (label, word)): (usize, (EndLabel, &&str))| {
        let span = Span { text: (*word).to_owned(), size: PLOT_TEXT, color: theme.run(run), bold: true };
        let anchor = if label.left { Anchor::End } else { Anchor::Start };
        let [x, y] = label.place;
        Line { place: [x, y + 4.5], anchor, casing: Some(theme.casing), spans: vec![span] }
    };
    labels.into_iter().zip(words).enumerate().map(line).collect()
}

/// The points up to a step.
fn shown(trajectory: &Trajectory, step: usize) -> &[[f64; 2]] {
    &trajectory.points()[..=step.min(trajectory.last())]
}

/// The whole text. What all plots share is there once; its name is made from its content, so that several figures can
/// stand in one page.
fn document(config: &Config, description: &str, layout: &Layout, theme: &Theme, plot: &str, rest: &str) -> String {
    let name = format!("plot-{:08x}", crc32(plot.as_bytes()));
    let [width, height] = [layout.width, layout.height];
    let units = f64::from(UNITS);
    let uses: String = layout
        .frames
        .iter()
        .map(|frame| {
            let first = &layout.frames[0];
            let [x, y] = [frame.left - first.left, frame.top - first.top].map(|pixels| pixels * units);
            format!("<use href=\"#{name}\" x=\"{x}\" y=\"{y}\"/>\n")
        })
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" \
         role=\"img\" font-family=\"{}\" stroke-linejoin=\"round\" stroke-linecap=\"butt\" data-config=\"{}\">\n\
         <title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n\
         <defs>\n<g id=\"{name}\">\n{plot}</g>\n</defs>\n{uses}{rest}</svg>\n",
        width * units,
        height * units,
        escaped(Theme::FONT),
        escaped(&config.to_string()),
        escaped(&config.summary()),
        escaped(description),
        hex(theme.paper),
    )
}

/// The words on the marks of the first plot, where they cover none of its paths and labels if that can be.
fn plot_words(
    config: &Config,
    trajectories: &[Trajectory],
    step: usize,
    frame: &Frame,
    theme: &Theme,
    labels: &[Line],
) -> Vec<Line> {
    if frame.width < WORDED {
        return Vec::new();
    }
    let inside = |point: &&[f64; 2]| frame.domain.contains(**point);
    let minima: Vec<[f64; 2]> =
        config.surface().facts().minima.iter().filter(inside).map(|&minimum| frame.place(minimum)).collect();
    let start = Some(config.start()).filter(|start| frame.domain.contains(*start)).map(|start| frame.place(start));
    let paths = trajectories.iter().map(|trajectory| shown(trajectory, step));
    let now = paths.clone().filter_map(|path| path.last().filter(inside)).map(|&now| frame.place(now));
    let marks = minima.iter().copied().chain(start).chain(now);
    let corners = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]];
    let around = |[x, y]: [f64; 2]| corners.map(|[u, v]| [x + u * theme.strokes.marker, y + v * theme.strokes.marker]);
    let mut obstacles: Vec<[f64; 2]> = marks.flat_map(around).collect();
    for label in labels {
        let width: f64 = label.spans.iter().map(|span| width_of(&span.text, span.size)).sum();
        let [left, right] = span_of(label.place[0], label.anchor, width);
        obstacles.extend(along([left, label.place[1] - 4.0], [right, label.place[1] - 4.0]));
    }
    for piece in paths.flat_map(|path| clip(path, &frame.domain).pieces) {
        let places: Vec<[f64; 2]> = piece.into_iter().map(|point| frame.place(point)).collect();
        for pair in places.windows(2) {
            obstacles.extend(along(pair[0], pair[1]));
        }
    }
    let mut lines = Vec::new();
    for (word, mark) in [("start", start), ("minimum", minima.first().copied())] {
        let Some((place, anchor)) = mark.and_then(|mark| beside(mark, word, frame, &obstacles)) else { continue };
        let span = Span { text: word.to_owned(), size: PLOT_TEXT, color: theme.ink, bold: false };
        lines.push(Line { place, anchor, casing: Some(theme.casing), spans: vec![span] });
        let [left, right] = span_of(place[0], anchor, width_of(word, PLOT_TEXT));
        obstacles.extend(along([left, place[1] - 4.0], [right, place[1] - 4.0]));
    }
    lines
}

/// Places on a line, close together.
fn along([x0, y0]: [f64; 2], [x1, y1]: [f64; 2]) -> impl Iterator<Item = [f64; 2]> {
    let count = (libm::hypot(x1 - x0, y1 - y0) / 4.0).ceil().max(1.0) as usize;
    (0..=count).map(move |i| i as f64 / count as f64).map(move |t| [x0 + t * (x1 - x0), y0 + t * (y1 - y0)])
}

/// The left and right end of a text.
fn span_of(x: f64, anchor: Anchor, width: f64) -> [f64; 2] {
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    [left, left + width]
}

/// Where beside a mark, inside the frame, a word covers the least; `None` where it does not fit.
fn beside([x, y]: [f64; 2], word: &str, frame: &Frame, obstacles: &[[f64; 2]]) -> Option<([f64; 2], Anchor)> {
    let places = [
        ([x + 11.0, y + 4.5], Anchor::Start),
        ([x - 11.0, y + 4.5], Anchor::End),
        ([x, y - 11.0], Anchor::Middle),
        ([x, y + 20.0], Anchor::Middle),
    ];
    let covered = |&([x, y], anchor): &([f64; 2], Anchor)| {
        let [left, right] = span_of(x, anchor, width_of(word, PLOT_TEXT));
        let (top, bottom) = (y - PLOT_TEXT, y + 4.0);
        let fits = left >= frame.left + 3.0
            && right <= frame.left + frame.width - 3.0
            && top >= frame.top + 2.0
            && bottom <= frame.top + frame.height - 2.0;
        let hidden =
            |place: &&[f64; 2]| (left - 3.0..right + 3.0).contains(&place[0]) && (top..bottom).contains(&place[1]);
        fits.then(|| obstacles.iter().filter(hidden).count())
    };
    places
        .into_iter()
        .filter_map(|place| Some((covered(&place)?, place)))
        .min_by_key(|(count, _)| *count)
        .map(|(_, place)| place)
}
