//! All runs in one plot: what tells their paths apart besides hue and dash.

use super::chart::apart;
use super::frame::Frame;
use super::path::LivePath;

/// The label at the end of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EndLabel {
    /// The middle of its left edge, or of its right edge where it stands on the left, in CSS pixels.
    pub place: [f64; 2],
    /// Whether it stands on the left of the path's end, for want of room on the right.
    pub left: bool,
}

/// The space between the end of a path and its label, for a marker of usual size.
const BESIDE: f64 = 11.0;

/// The labels of these paths on a frame, each `widths[i]` wide, at least `height` apart: beside the marker, or the arrowhead
/// where the path is outside now.
pub fn end_labels(paths: &[LivePath<'_>], widths: &[f64], frame: &Frame, height: f64) -> Vec<EndLabel> {
    let ends: Vec<[f64; 2]> = paths.iter().map(|path| path.end()).collect();
    let tops: Vec<f64> = ends.iter().map(|[_, top]| *top).collect();
    let half = height / 2.0;
    let tops = apart(&tops, height, [frame.top + half, frame.top + frame.height - half]);
    let label = |((&[x, _], &width), top): ((&[f64; 2], &f64), f64)| {
        let left = x + BESIDE + width > frame.left + frame.width;
        EndLabel { place: [if left { x - BESIDE } else { x + BESIDE }, top], left }
    };
    ends.iter().zip(widths).zip(tops).map(label).collect()
}
