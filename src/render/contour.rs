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

/// The isolines of one level, each an unbroken line in grid coordinates (0 to columns - 1, 0 to rows - 1); a closed one
/// ends where it began. Lines end at the border of the grid and are not closed along it. `between` says where on an edge
/// from one number to another the level lies, as a fraction.
///
/// Marching squares; at a saddle the mean of the four corners decides. W. E. Lorensen & H. E. Cline (1987), SIGGRAPH,
/// in two dimensions.
pub(crate) fn isolines(grid: &Grid, level: f64, between: impl Fn(f64, f64) -> f64) -> Vec<Vec<[f64; 2]>> {
    let segments = segments(grid, level);
    let mut meeting: Vec<[usize; 2]> = vec![[NONE; 2]; 2 * grid.columns * grid.rows];
    for (index, segment) in segments.iter().enumerate() {
        for &edge in segment {
            let slot = usize::from(meeting[edge][0] != NONE);
            meeting[edge][slot] = index;
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
        let (mut index, mut edge) = (first, entry);
        let mut line = vec![place(edge)];
        while index != NONE && !used[index] {
            used[index] = true;
            let [a, b] = segments[index];
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
        let off = |&i: &usize| distance(line[i], line[from], line[to]);
        let farthest = (from + 1..to).max_by(|a, b| off(a).total_cmp(&off(b)));
        if let Some(farthest) = farthest.filter(|farthest| off(farthest) > tolerance) {
            kept[farthest] = true;
            open.extend([(from, farthest), (farthest, to)]);
        }
    }
    line.iter().zip(kept).filter_map(|(&point, kept)| kept.then_some(point)).collect()
}

/// How far a point is from the line between two others.
fn distance([x, y]: [f64; 2], [x0, y0]: [f64; 2], [x1, y1]: [f64; 2]) -> f64 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
    // At one end where both ends are the same point.
    let along = if along.is_nan() { 0.0 } else { along.clamp(0.0, 1.0) };
    libm::hypot(x - x0 - along * dx, y - y0 - along * dy)
}

const NONE: usize = usize::MAX;

/// Each cell's line pieces, as pairs of grid edges. An edge is 2 x its lower or left node, plus 1 for a vertical one.
fn segments(grid: &Grid, level: f64) -> Vec<[usize; 2]> {
    let mut segments = Vec::new();
    for row in 0..grid.rows - 1 {
        for column in 0..grid.columns - 1 {
            let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
                .map(|(c, r)| grid.at(c, r));
            if corners.iter().any(|corner| !corner.is_finite()) {
                continue;
            }
            let node = row * grid.columns + column;
            let [bottom, left] = [2 * node, 2 * node + 1];
            let [right, top] = [2 * (node + 1) + 1, 2 * (node + grid.columns)];
            let above = corners.map(|corner| corner >= level);
            let case = above.iter().rev().fold(0, |bits, &bit| 2 * bits + usize::from(bit));
            let center_above = corners.iter().sum::<f64>() / 4.0 >= level;
            match case {
                0 | 15 => {}
                1 | 14 => segments.push([left, bottom]),
                2 | 13 => segments.push([bottom, right]),
                3 | 12 => segments.push([left, right]),
                4 | 11 => segments.push([right, top]),
                6 | 9 => segments.push([bottom, top]),
                7 | 8 => segments.push([left, top]),
                // Corners 0 and 2 above (5), or 1 and 3 (10): the mean says which of them are connected.
                _ if (case == 5) == center_above => segments.extend([[left, top], [bottom, right]]),
                _ => segments.extend([[left, bottom], [right, top]]),
            }
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(columns: usize, rows: usize, f: impl Fn(f64, f64) -> f64) -> Grid {
        let values = (0..rows).flat_map(|r| (0..columns).map(move |c| (c, r))).map(|(c, r)| f(c as f64, r as f64));
        Grid { columns, rows, values: values.collect() }
    }

    fn linear(level: f64) -> impl Fn(f64, f64) -> f64 {
        move |a, b| (level - a) / (b - a)
    }

    #[test]
    fn a_circle_is_one_closed_line_at_its_radius() {
        let bowl = grid(41, 41, |x, y| (x - 20.0) * (x - 20.0) + (y - 20.0) * (y - 20.0));
        let lines = isolines(&bowl, 100.0, linear(100.0));
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
        for [x, y] in &lines[0] {
            assert!((libm::hypot(x - 20.0, y - 20.0) - 10.0).abs() < 0.02);
        }
    }

    #[test]
    fn a_slope_has_a_straight_line_from_border_to_border() {
        let slope = grid(5, 4, |x, _| x);
        let lines = isolines(&slope, 1.25, linear(1.25));
        assert_eq!(lines.len(), 1);
        assert!(lines[0].iter().all(|point| point[0] == 1.25));
        assert_eq!(lines[0].len(), 4);
    }

    #[test]
    fn a_saddle_has_two_lines_that_do_not_cross() {
        let saddle = grid(21, 21, |x, y| (x - 10.0) * (y - 10.0));
        for level in [-3.0, 3.0] {
            assert_eq!(isolines(&saddle, level, linear(level)).len(), 2);
        }
    }

    #[test]
    fn a_thinned_circle_has_few_points_and_stays_closed_and_near() {
        let bowl = grid(41, 41, |x, y| (x - 20.0) * (x - 20.0) + (y - 20.0) * (y - 20.0));
        let line = &isolines(&bowl, 100.0, linear(100.0))[0];
        let thin = thinned(line, 0.1);
        assert!(thin.len() < line.len() / 2 && thin.first() == thin.last());
        let off = |point: &[f64; 2]| {
            thin.windows(2).map(|pair| distance(*point, pair[0], pair[1])).fold(f64::INFINITY, f64::min)
        };
        assert!(line.iter().all(|point| off(point) <= 0.1));
        assert_eq!(thinned(&line[..1], 0.1), line[..1]);
        assert_eq!(thinned(&[], 0.1), [[0.0; 2]; 0]);
    }

    #[test]
    fn every_piece_belongs_to_exactly_one_line() {
        let waves = grid(60, 50, |x, y| f64::from((x as i32 * 7 + y as i32 * 11) % 13));
        let level = 5.5;
        let pieces: usize = isolines(&waves, level, linear(level)).iter().map(|line| line.len() - 1).sum();
        assert_eq!(pieces, segments(&waves, level).len());
    }
}
