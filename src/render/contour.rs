//! Isolines of a grid of numbers.

/// Numbers at the nodes of a regular grid, row by row from the bottom; `columns` x `rows` nodes, at least two each.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    pub(crate) values: Vec<f64>,
}

impl Grid {
    fn at(&self, column: usize, row: usize) -> f64 {
        self.values[row * self.columns + column]
    }
}

/// The isolines of rising levels, a list a level. Each is an unbroken line in grid coordinates (0 to columns - 1, 0 to
/// rows - 1); a closed one ends where it began. Lines end at the border of the grid and are not closed along it. `bands`
/// says of every node how many of the levels are at or below its number, and `UNDEFINED` where that is not finite.
/// `between(level, a, b)` says where on an edge from one number to another the level lies, as a fraction.
///
/// Marching squares; at a saddle the mean of the four corners decides. W. E. Lorensen & H. E. Cline (1987), SIGGRAPH,
/// in two dimensions.
pub(crate) fn isolines(
    grid: &Grid,
    bands: &[u8],
    levels: &[f64],
    between: impl Fn(f64, f64, f64) -> f64,
) -> Vec<Vec<Vec<[f64; 2]>>> {
    let mut meeting: Vec<[u32; 2]> = vec![[NONE; 2]; 2 * grid.columns * grid.rows];
    let segments = segments(grid, bands, levels);
    let lines = segments.iter().zip(levels).map(|(segments, &level)| {
        let lines = joined(grid, segments, &mut meeting, |a, b| between(level, a, b));
        segments.as_flattened().iter().for_each(|&edge| meeting[edge] = [NONE; 2]);
        lines
    });
    lines.collect()
}

/// The pieces of one level, joined to lines. `meeting` is all [`NONE`] at first: for every grid edge it takes the pieces
/// that meet there.
fn joined(
    grid: &Grid,
    segments: &[[usize; 2]],
    meeting: &mut [[u32; 2]],
    between: impl Fn(f64, f64) -> f64,
) -> Vec<Vec<[f64; 2]>> {
    for (index, segment) in segments.iter().enumerate() {
        for &edge in segment {
            let slot = usize::from(meeting[edge][0] != NONE);
            meeting[edge][slot] = index as u32;
        }
    }
    let place = |edge: usize| {
        let (node, vertical) = (edge / 2, edge % 2);
        let (column, row) = (node % grid.columns, node / grid.columns);
        let t = between(grid.at(column, row), grid.at(column + 1 - vertical, row + vertical));
        if vertical == 1 { [column as f64, row as f64 + t] } else { [column as f64 + t, row as f64] }
    };

    let mut used = vec![false; segments.len()];
    let mut lines = Vec::new();
    // Open lines first, from an end at the border; what remains is closed.
    let ends = segments.iter().enumerate().flat_map(|(index, segment)| segment.map(|edge| (index, edge)));
    let open = ends.clone().filter(|&(_, edge)| meeting[edge][1] == NONE);
    for (first, entry) in open.chain(ends) {
        if used[first] {
            continue;
        }
        let (mut index, mut edge) = (first as u32, entry);
        let mut line = vec![place(edge)];
        while index != NONE && !used[index as usize] {
            used[index as usize] = true;
            let [a, b] = segments[index as usize];
            edge = if a == edge { b } else { a };
            line.push(place(edge));
            let [one, other] = meeting[edge];
            index = if one == index { other } else { one };
        }
        lines.push(line);
    }
    lines
}

/// The line without the points that lie within `tolerance` of what remains. D. H. Douglas & T. K. Peucker (1973),
/// Cartographica 10(2), 112-122.
pub(crate) fn thinned(line: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let last = line.len().saturating_sub(1);
    let mut kept: Vec<bool> = (0..line.len()).map(|i| i == 0 || i == last).collect();
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let (mut farthest, mut most) = (from, tolerance * tolerance);
        for i in from + 1..to {
            let off = distance_squared(line[i], line[from], line[to]);
            if off > most {
                (farthest, most) = (i, off);
            }
        }
        if farthest > from {
            kept[farthest] = true;
            open.extend([(from, farthest), (farthest, to)]);
        }
    }
    line.iter().zip(kept).filter_map(|(&point, kept)| kept.then_some(point)).collect()
}

/// The square of how far a point is from the line between two others.
fn distance_squared([x, y]: [f64; 2], [x0, y0]: [f64; 2], [x1, y1]: [f64; 2]) -> f64 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
    // At one end where both ends are the same point.
    let along = if along.is_nan() { 0.0 } else { along.clamp(0.0, 1.0) };
    let (off_x, off_y) = (x - x0 - along * dx, y - y0 - along * dy);
    off_x * off_x + off_y * off_y
}

const NONE: u32 = u32::MAX;

/// The band of a node whose number is not finite.
pub(crate) const UNDEFINED: u8 = u8::MAX;

/// Each level's line pieces, as pairs of grid edges. An edge is 2 x its lower or left node, plus 1 for a vertical one. All
/// levels in one pass: in most cells no level passes.
fn segments(grid: &Grid, bands: &[u8], levels: &[f64]) -> Vec<Vec<[usize; 2]>> {
    let mut segments = vec![Vec::new(); levels.len()];
    for row in 0..grid.rows - 1 {
        let lower = row * grid.columns;
        let (below, above) = bands[lower..lower + 2 * grid.columns].split_at(grid.columns);
        for column in 0..grid.columns - 1 {
            let corners = [below[column], below[column + 1], above[column + 1], above[column]];
            let [a, b, c, d] = corners;
            let (low, high) = (a.min(b).min(c.min(d)), a.max(b).max(c.max(d)));
            if low == high || high == UNDEFINED {
                continue;
            }
            for level in usize::from(low)..usize::from(high) {
                pieces(grid, lower + column, corners.map(|band| usize::from(band) > level), levels[level], |piece| {
                    segments[level].push(piece);
                });
            }
        }
    }
    segments
}

/// The pieces of a level in the cell whose lower left node is `node`, by which of its corners, counterclockwise from that
/// node, are above the level.
fn pieces(grid: &Grid, node: usize, above: [bool; 4], level: f64, mut push: impl FnMut([usize; 2])) {
    let [bottom, left] = [2 * node, 2 * node + 1];
    let [right, top] = [2 * (node + 1) + 1, 2 * (node + grid.columns)];
    let case = above.iter().rev().fold(0, |bits, &bit| 2 * bits + usize::from(bit));
    match case {
        0 | 15 => {}
        1 | 14 => push([left, bottom]),
        2 | 13 => push([bottom, right]),
        3 | 12 => push([left, right]),
        4 | 11 => push([right, top]),
        6 | 9 => push([bottom, top]),
        7 | 8 => push([left, top]),
        // Corners 0 and 2 above (5), or 1 and 3 (10): the mean says which of them are connected.
        _ => {
            let corners = [0, 1, grid.columns + 1, grid.columns].map(|offset| grid.values[node + offset]);
            let center_above = corners.iter().sum::<f64>() / 4.0 >= level;
            let cut = if (case == 5) == center_above {
                [[left, top], [bottom, right]]
            } else {
                [[left, bottom], [right, top]]
            };
            cut.into_iter().for_each(push);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(columns: usize, rows: usize, f: impl Fn(f64, f64) -> f64) -> Grid {
        let values = (0..rows).flat_map(|r| (0..columns).map(move |c| (c, r))).map(|(c, r)| f(c as f64, r as f64));
        Grid { columns, rows, values: values.collect() }
    }

    fn bands(grid: &Grid, levels: &[f64]) -> Vec<u8> {
        let band = |value: &f64| levels.iter().filter(|level| *level <= value).count() as u8;
        grid.values.iter().map(|value| if value.is_finite() { band(value) } else { UNDEFINED }).collect()
    }

    /// The lines of one level.
    fn lines(grid: &Grid, level: f64) -> Vec<Vec<[f64; 2]>> {
        let mut lines = isolines(grid, &bands(grid, &[level]), &[level], |level, a, b| (level - a) / (b - a));
        assert_eq!(lines.len(), 1);
        lines.remove(0)
    }

    #[test]
    fn a_circle_is_one_closed_line_at_its_radius() {
        let bowl = grid(41, 41, |x, y| (x - 20.0) * (x - 20.0) + (y - 20.0) * (y - 20.0));
        let lines = lines(&bowl, 100.0);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
        for [x, y] in &lines[0] {
            assert!((libm::hypot(x - 20.0, y - 20.0) - 10.0).abs() < 0.02);
        }
    }

    #[test]
    fn a_slope_has_a_straight_line_from_border_to_border() {
        let slope = grid(5, 4, |x, _| x);
        let lines = lines(&slope, 1.25);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].iter().all(|point| point[0] == 1.25));
        assert_eq!(lines[0].len(), 4);
    }

    #[test]
    fn a_saddle_has_two_lines_that_do_not_cross() {
        let saddle = grid(21, 21, |x, y| (x - 10.0) * (y - 10.0));
        for level in [-3.0, 3.0] {
            assert_eq!(lines(&saddle, level).len(), 2);
        }
    }

    #[test]
    fn a_thinned_circle_has_few_points_and_stays_closed_and_near() {
        let bowl = grid(41, 41, |x, y| (x - 20.0) * (x - 20.0) + (y - 20.0) * (y - 20.0));
        let line = &lines(&bowl, 100.0)[0];
        let thin = thinned(line, 0.1);
        assert!(thin.len() < line.len() / 2 && thin.first() == thin.last());
        let off = |point: &[f64; 2]| {
            thin.windows(2).map(|pair| distance_squared(*point, pair[0], pair[1])).fold(f64::INFINITY, f64::min)
        };
        assert!(line.iter().all(|point| off(point) <= 0.01));
        assert_eq!(thinned(&line[..1], 0.1), line[..1]);
        assert_eq!(thinned(&[], 0.1), [[0.0; 2]; 0]);
    }

    #[test]
    fn every_piece_belongs_to_exactly_one_line() {
        let waves = grid(60, 50, |x, y| f64::from((x as i32 * 7 + y as i32 * 11) % 13));
        let level = 5.5;
        let pieces: usize = lines(&waves, level).iter().map(|line| line.len() - 1).sum();
        assert_eq!(pieces, segments(&waves, &bands(&waves, &[level]), &[level])[0].len());
    }

    #[test]
    fn levels_found_together_are_those_found_alone() {
        let waves = grid(60, 50, |x, y| if (x, y) == (9.0, 9.0) { f64::NAN } else { (x - 20.0) * (y - 3.5) / 9.0 + x });
        let levels = [-3.5, 0.25, 7.5, 7.75, 41.0];
        let together = isolines(&waves, &bands(&waves, &levels), &levels, |level, a, b| (level - a) / (b - a));
        for (level, together) in levels.into_iter().zip(together) {
            assert_eq!(together, lines(&waves, level), "{level}");
        }
    }
}
