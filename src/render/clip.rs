//! The part of a path that lies inside a rectangle.

use crate::number::between;
use crate::surface::Domain;

/// The pieces of a path inside the domain, and where it left.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Clipped {
    /// Unbroken pieces of at least two points each, in order.
    pub(crate) pieces: Vec<Vec<[f64; 2]>>,
    /// The points on the edge at which the path left, in order.
    pub(crate) exits: Vec<[f64; 2]>,
}

/// Cuts a path of finite points along the edges of the domain. Nothing is moved onto an edge: what lies outside is
/// not there. Y.-D. Liang & B. Barsky (1984), ACM Transactions on Graphics 3(1), 1-22.
pub(crate) fn clip(path: &[[f64; 2]], domain: &Domain) -> Clipped {
    let mut clipped = Clipped::default();
    let mut piece: Vec<[f64; 2]> = Vec::new();
    for (from, to) in path.iter().zip(path.iter().skip(1)) {
        let Some([enter, leave]) = inside(*from, *to, domain) else { continue };
        if piece.is_empty() {
            piece.push(enter);
        }
        piece.push(leave);
        if !domain.contains(*to) {
            clipped.exits.push(leave);
            clipped.pieces.push(std::mem::take(&mut piece));
        }
    }
    if !piece.is_empty() {
        clipped.pieces.push(piece);
    }
    clipped
}

/// The ends of the part of the line from `from` to `to` that is inside the domain.
fn inside(from: [f64; 2], to: [f64; 2], domain: &Domain) -> Option<[[f64; 2]; 2]> {
    // Fractions of the line, with the coordinate that is known exactly there: the edge that was met.
    let (mut enter, mut leave) = ((0.0_f64, None), (1.0_f64, None));
    let edges = [(domain.x0, domain.x1), (domain.y0, domain.y1)];
    for (axis, (low, high)) in edges.into_iter().enumerate() {
        let (a, b) = (from[axis], to[axis]);
        // Halves, so that the difference of two huge numbers stays finite.
        let run = b / 2.0 - a / 2.0;
        if run == 0.0 {
            if a < low || a > high {
                return None;
            }
            continue;
        }
        let at = |edge: f64| ((edge / 2.0 - a / 2.0) / run, Some((axis, edge)));
        let (first, last) = if run > 0.0 { (at(low), at(high)) } else { (at(high), at(low)) };
        if first.0 > enter.0 {
            enter = first;
        }
        if last.0 < leave.0 {
            leave = last;
        }
    }
    let point = |(t, met): (f64, Option<(usize, f64)>)| {
        let mut point =
            if t >= 1.0 { to } else { [0, 1].map(|axis| from[axis] + 2.0 * (t * (to[axis] / 2.0 - from[axis] / 2.0))) };
        if let Some((axis, edge)) = met {
            point[axis] = edge;
        }
        // A rounding may put the other coordinate a hair outside.
        [between(point[0], domain.x0, domain.x1), between(point[1], domain.y0, domain.y1)]
    };
    (enter.0 <= leave.0).then(|| [point(enter), point(leave)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: Domain = Domain { x0: -1.0, x1: 1.0, y0: -1.0, y1: 1.0 };

    #[test]
    fn a_path_that_leaves_and_comes_back_is_two_pieces() {
        let path = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.5, 0.5]];
        let clipped = clip(&path, &SQUARE);
        assert_eq!(clipped.pieces, [vec![[0.0, 0.0], [1.0, 0.0]], vec![[1.0, 1.0], [0.5, 0.5]]]);
        assert_eq!(clipped.exits, [[1.0, 0.0]]);
    }

    #[test]
    fn a_line_across_a_corner_region_outside_leaves_nothing() {
        assert_eq!(clip(&[[-3.0, 0.0], [0.0, 3.0]], &SQUARE), Clipped::default());
    }

    #[test]
    fn a_line_through_the_whole_square_enters_and_leaves() {
        let clipped = clip(&[[-3.0, -3.0], [3.0, 3.0]], &SQUARE);
        assert_eq!(clipped.pieces, [vec![[-1.0, -1.0], [1.0, 1.0]]]);
        assert_eq!(clipped.exits, [[1.0, 1.0]]);
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let clipped = clip(&[[-f64::MAX, 0.0], [f64::MAX, 0.0]], &SQUARE);
        assert_eq!(clipped.exits, [[1.0, 0.0]]);
        assert!(clipped.pieces.iter().flatten().flatten().all(|c| c.abs() <= 1.0));
    }

    #[test]
    fn a_point_resting_on_the_edge_is_inside() {
        let clipped = clip(&[[0.0, 0.0], [1.0, 0.0], [1.0, 0.5]], &SQUARE);
        assert_eq!(clipped.pieces.len(), 1);
        assert!(clipped.exits.is_empty());
    }
}
