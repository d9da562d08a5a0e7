//! All paths on one plot.

use super::layout::Layout;
use crate::config::Run;
use crate::render::frame::Frame;
use crate::render::overlay::path_labels;
use crate::render::path::LivePath;
use crate::render::svg::{dashed, drawn};
use crate::render::text::{Anchor, Line, Span};
use crate::render::theme::Theme;

/// The size of the labels at the ends of paths.
const LABEL: f64 = 13.5;

/// The paths, dashed instead of dotted, and all marks above all lines.
pub(super) fn drawn_paths(layout: &Layout, paths: &[LivePath<'_>]) -> String {
    let size = layout.size();
    let line = |(run, path): (usize, &LivePath<'_>)| {
        let casing = drawn(size, |area| path.draw_casing(area));
        casing + &dashed(&drawn(size, |area| path.draw_line(area)), Theme::dash(run))
    };
    let lines: String = paths.iter().enumerate().map(line).collect();
    lines + &drawn(size, |area| paths.iter().try_for_each(|path| path.draw_marks(area)))
}

/// The labels at their ends: what tells each run from the others.
pub(super) fn label_lines(runs: &[Run], paths: &[LivePath<'_>], frame: &Frame, theme: &Theme) -> Vec<Line> {
    let words: Vec<&str> = runs.iter().map(Run::short_label).collect();
    let characters: Vec<usize> = words.iter().map(|word| word.chars().count()).collect();
    let labels = path_labels(paths, &characters, LABEL, frame);
    let line = |label: &crate::render::overlay::PathLabel| {
        let text = words[label.run].to_owned();
        Line {
            place: [label.place[0], label.place[1] + 0.36 * LABEL],
            anchor: if label.on_left { Anchor::End } else { Anchor::Start },
            casing: Some(theme.casing),
            spans: vec![Span { text, size: LABEL, color: theme.run(label.run), bold: true }],
        }
    };
    labels.iter().map(line).collect()
}
