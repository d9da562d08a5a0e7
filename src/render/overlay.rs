//! The labels of paths that share a plot, at their ends.

use super::frame::Frame;
use super::path::LivePath;
use super::theme::Strokes;

/// What stands at the end of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct PathLabel {
    /// The run's position.
    pub run: usize,
    /// The middle of the edge that is next to the path, in CSS pixels.
    pub place: [f64; 2],
    /// Whether it stands on the left of the path's end, for want of room on the right.
    pub on_left: bool,
}

/// The guessed width of a character, in ems.
const CHARACTER: f64 = 0.6;

/// The height of a line, in ems.
const LINE: f64 = 1.15;

/// From the middle of a marker to its label, in radii.
const BESIDE: f64 = 1.9;

/// The labels of paths, whose words are as many characters long, in letters `size` CSS pixels high: beside the end of
/// each, moved up or down to where they do not meet one before them or a marker, and inside the frame. Where a path is not
/// on the plot there is none, and none where there is no room.
pub fn path_labels(paths: &[LivePath<'_>], characters: &[usize], size: f64, frame: &Frame) -> Vec<PathLabel> {
    let height = LINE * size;
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    let ends: Vec<Option<[f64; 2]>> = paths.iter().map(LivePath::end).collect();
    let radius = paths.first().map_or(Strokes::SCREEN.marker, LivePath::marker_radius);
    // Boxes that are taken: left, top, right, bottom.
    let mut taken: Vec<[f64; 4]> =
        ends.iter().flatten().map(|[x, y]| [x - radius, y - radius, x + radius, y + radius]).collect();
    let mut labels = Vec::new();
    for (run, (end, &characters)) in ends.iter().zip(characters).enumerate() {
        let &Some([x, y]) = end else { continue };
        let width = characters as f64 * CHARACTER * size;
        // Beside the end first, then further and further up and down; on the right before the left.
        let shifts = (0..24).map(|i| f64::from((i + 1) / 2) * 0.5 * height * if i % 2 == 0 { 1.0 } else { -1.0 });
        let place = shifts.flat_map(|shift| [(shift, false), (shift, true)]).find_map(|(shift, on_left)| {
            let edge = if on_left { x - BESIDE * radius } else { x + BESIDE * radius };
            let left = if on_left { edge - width } else { edge };
            let (top, middle) = (y + shift - height / 2.0, y + shift);
            let inside = left >= frame.left && left + width <= right && top >= frame.top && top + height <= bottom;
            let meets = |other: &[f64; 4]| {
                left < other[2] && other[0] < left + width && top < other[3] && other[1] < top + height
            };
            let fits = inside && !taken.iter().any(meets);
            fits.then_some((PathLabel { run, place: [edge, middle], on_left }, [left, top, left + width, top + height]))
        });
        if let Some((label, place)) = place {
            taken.push(place);
            labels.push(label);
        }
    }
    labels
}
