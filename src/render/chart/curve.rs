//! One line of a chart.

use crate::trajectory::Trajectory;

/// What a curve shows of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// The loss above a level.
    Loss {
        /// The level: 0, or the lowest loss that is known.
        above: f64,
    },
    /// The rate of the update that led to a step.
    Rate,
    /// How far that update moved along x.
    MoveX,
    /// How far that update moved along y.
    MoveY,
    /// The distance to the nearest of these points.
    Distance {
        /// The known minima, at least one.
        minima: &'static [[f64; 2]],
    },
    /// So many times the rate of that update.
    Limit {
        /// 1 or -1 for the rate itself.
        factor: f64,
    },
}

/// A part of a run, step by step.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The run's position.
    pub run: usize,
    /// What it shows.
    pub part: Part,
    /// The run's label, without what the title says.
    pub label: String,
    /// Its first step: 0, or 1 where updates are shown.
    pub first: usize,
    /// Its last step; below `first` where a run made no update.
    pub last: usize,
}

/// The dash of movement in y, and of limits.
const DASHED: &[f64] = &[5.0, 3.0];
const DOTTED: &[f64] = &[1.5, 3.0];

impl Curve {
    pub(super) fn new(run: usize, part: Part, label: &str, trajectory: &Trajectory) -> Self {
        let label = match part {
            Part::MoveX => "x".to_owned(),
            Part::MoveY => "y".to_owned(),
            _ => label.to_owned(),
        };
        let first = usize::from(!matches!(part, Part::Loss { .. } | Part::Distance { .. }));
        Self { run, part, label, first, last: trajectory.last() }
    }

    /// A limit of the updates: `factor` times the rate.
    pub(super) fn limit(run: usize, factor: f64, trajectory: &Trajectory) -> Self {
        let sign = if factor < 0.0 { "−" } else { "+" };
        let times =
            if factor.abs() == 1.0 { String::new() } else { format!("{}\u{a0}", super::words::times(factor.abs())) };
        Self { run, part: Part::Limit { factor }, label: format!("{sign}{times}lr"), first: 1, last: trajectory.last() }
    }

    /// Whether it is no run's but a limit's.
    pub fn is_limit(&self) -> bool {
        matches!(self.part, Part::Limit { .. })
    }

    /// The dash of its line: that of the run, where that is what tells the lines apart.
    pub fn dash(&self) -> &'static [f64] {
        match self.part {
            Part::MoveX => &[],
            Part::MoveY => DASHED,
            Part::Limit { .. } => DOTTED,
            _ => crate::render::Theme::dash(self.run),
        }
    }

    /// Its value at a step from its first to its last, of the run's trajectory.
    pub fn value(&self, trajectory: &Trajectory, k: usize) -> f64 {
        let points = trajectory.points();
        match self.part {
            Part::Loss { above } => trajectory.losses()[k] - above,
            Part::Rate => trajectory.rates()[k - 1],
            Part::MoveX => points[k][0] - points[k - 1][0],
            Part::MoveY => points[k][1] - points[k - 1][1],
            Part::Distance { minima } => {
                let [x, y] = points[k];
                minima.iter().map(|[u, v]| libm::hypot(x - u, y - v)).fold(f64::INFINITY, f64::min)
            }
            Part::Limit { factor } => factor * trajectory.rates()[k - 1],
        }
    }

    /// The steps to draw it through in `columns` columns of pixels over `steps` steps, up to `last`: all of them, or of
    /// each column the first, the lowest, the highest and the last, which draws the same pixels. U. Jugel et al. (2014),
    /// M4: a visualization-oriented time series data aggregation, PVLDB 7(10), 797-808.
    pub(super) fn thinned(
        &self,
        trajectory: &Trajectory,
        steps: usize,
        columns: usize,
        last: usize,
    ) -> Vec<(usize, f64)> {
        let points = (self.first..=self.last.min(last)).map(|k| (k, self.value(trajectory, k)));
        if !is_thinned(steps, columns) {
            return points.collect();
        }
        let mut thinned: Vec<(usize, f64)> = Vec::new();
        let mut column: Option<(usize, [(usize, f64); 4])> = None;
        for point in points {
            let index = point.0 * columns / (steps + 1);
            match &mut column {
                Some((current, [_, low, high, end])) if *current == index => {
                    *low = if point.1 < low.1 { point } else { *low };
                    *high = if point.1 > high.1 { point } else { *high };
                    *end = point;
                }
                _ => {
                    column.into_iter().for_each(|(_, points)| put_in_order(points, &mut thinned));
                    column = Some((index, [point; 4]));
                }
            }
        }
        column.into_iter().for_each(|(_, points)| put_in_order(points, &mut thinned));
        thinned
    }
}

/// Whether there are so many steps that a line through all of them would draw most pixels many times.
pub(super) fn is_thinned(steps: usize, columns: usize) -> bool {
    steps > 4 * columns
}

/// The points of a column by their steps, each once.
fn put_in_order(points: [(usize, f64); 4], line: &mut Vec<(usize, f64)>) {
    let [first, low, high, last] = points;
    let (one, other) = if low.0 <= high.0 { (low, high) } else { (high, low) };
    for point in [first, one, other, last] {
        if line.last().is_none_or(|before| before.0 < point.0) {
            line.push(point);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn a_thinned_curve_has_the_first_last_lowest_and_highest_of_every_column() {
        let config: Config = "surface=beale&lr=0.1&noise=1&steps=5000".parse().expect("a good query");
        let path = config.descend(&config.runs()[0]);
        let curve = Curve::new(0, Part::Loss { above: 0.0 }, "", &path);
        let thinned = curve.thinned(&path, 5000, 100, 5000);
        assert!(thinned.is_sorted_by(|a, b| a.0 < b.0) && thinned.len() <= 400);
        let losses: Vec<(usize, f64)> = path.losses().iter().copied().enumerate().collect();
        for column in losses.chunk_by(|a, b| a.0 * 100 / 5001 == b.0 * 100 / 5001) {
            let by_loss = |a: &&(usize, f64), b: &&(usize, f64)| a.1.total_cmp(&b.1);
            let extremes =
                [column.first(), column.last(), column.iter().min_by(by_loss), column.iter().max_by(by_loss)];
            assert!(extremes.into_iter().flatten().all(|point| thinned.contains(point)));
        }
        assert_eq!(curve.thinned(&path, 5000, 2000, 5000).len(), 5001);
        assert_eq!(curve.thinned(&path, 5000, 100, 17).last().map(|point| point.0), Some(17));
    }
}
