//! A path without the points that cannot be seen.

use super::frame::Frame;

/// Half of what a drawn path may be off its true place, in pixels: once across a line, once along it.
const GRAIN: f64 = 0.05;

/// Which points of a path are worth drawing at one size: what is left out lies within a tenth of a pixel of the line
/// through the others. That holds for the path up to any step, the point of that step included, so that one list serves
/// the whole clock.
///
/// From each point that is kept, a wedge of directions is held open in which a line passes all points since within the
/// grain; the first point that leaves it, or turns back, is where the next line begins. J. Sklansky & V. Gonzalez (1980),
/// Pattern Recognition 12(5), 327-331.
#[derive(Clone, Debug, PartialEq)]
pub struct Thinned {
    /// Pixels in a unit of x and y.
    scale: [f64; 2],
    /// From this many pixels on, a step is long.
    spacing: f64,
    kept: Vec<usize>,
    long: Vec<usize>,
}

/// The directions from a point in which a line passes all points since; vectors of length 1, left is counter-clockwise.
#[derive(Clone, Copy)]
struct Wedge {
    left: [f64; 2],
    right: [f64; 2],
    farthest: f64,
}

impl Thinned {
    /// Of these points on such a frame, of which there is at least one.
    pub fn new(points: &[[f64; 2]], frame: &Frame, spacing: f64) -> Self {
        let scale = frame.scale();
        let off = |from: usize, to: usize| [0, 1].map(|i| (points[to][i] - points[from][i]) * scale[i]);
        let (mut kept, mut long) = (vec![0], Vec::new());
        let (mut anchor, mut wedge) = (0, None);
        for k in 1..points.len() {
            if length(off(k - 1, k)) > spacing {
                long.push(k);
            }
            let seen = seen(wedge, off(anchor, k));
            wedge = seen.unwrap_or_else(|| {
                kept.push(k - 1);
                anchor = k - 1;
                self::seen(None, off(anchor, k)).flatten()
            });
        }
        Self { scale, spacing, kept, long }
    }

    /// Whether it was made for a frame of that scale.
    pub fn fits(&self, frame: &Frame, spacing: f64) -> bool {
        self.scale == frame.scale() && self.spacing == spacing
    }

    /// The steps to draw a line through for the path up to `step`; it is the last of them.
    pub fn steps(&self, step: usize) -> impl Iterator<Item = usize> {
        let kept = self.kept.partition_point(|&k| k < step);
        self.kept[..kept].iter().copied().chain([step])
    }

    /// The steps at either end of a long one, up to `step`.
    pub fn ends(&self, step: usize) -> impl Iterator<Item = usize> {
        let mut last = None;
        let long = self.long[..self.long.partition_point(|&k| k <= step)].iter();
        long.flat_map(|&k| [k - 1, k]).filter(move |&k| last.replace(k) != Some(k))
    }
}

/// The wedge with one more point at `offset` from where it opens; `None` within the outer one where it does not fit.
fn seen(wedge: Option<Wedge>, offset: [f64; 2]) -> Option<Option<Wedge>> {
    let distance = length(offset);
    let farthest = wedge.map_or(0.0, |wedge| wedge.farthest);
    if wedge.is_none() && distance <= GRAIN {
        return Some(None);
    }
    // No direction is known of a point beyond all measure: no other one fits with it, and both are kept.
    let toward = if distance < f64::INFINITY { offset.map(|part| part / distance) } else { [f64::NAN; 2] };
    let inside = wedge
        .is_none_or(|Wedge { left, right, .. }| cross(right, toward) >= 0.0 && cross(toward, left) >= 0.0)
        && distance >= farthest - GRAIN;
    if !inside {
        return None;
    }
    let sin = (GRAIN / distance).min(1.0);
    let cos = (1.0 - sin * sin).sqrt();
    let [x, y] = toward;
    let (mut left, mut right) = ([x * cos - y * sin, x * sin + y * cos], [x * cos + y * sin, y * cos - x * sin]);
    if let Some(wedge) = wedge {
        left = if cross(left, wedge.left) < 0.0 { wedge.left } else { left };
        right = if cross(wedge.right, right) < 0.0 { wedge.right } else { right };
    }
    Some(Some(Wedge { left, right, farthest: distance.max(farthest) }))
}

fn length([x, y]: [f64; 2]) -> f64 {
    (x * x + y * y).sqrt()
}

/// Positive where `b` is counter-clockwise of `a`.
fn cross(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::surface::Domain;

    const FRAME: Frame = Frame {
        domain: Domain { x0: -1.0, x1: 4.5, y0: -2.0, y1: 2.0 },
        left: 30.0,
        top: 8.0,
        width: 320.0,
        height: 320.0,
        dpr: 2.0,
    };

    /// How far a place is from the nearest of the lines between places in turn.
    fn off(place: [f64; 2], line: &[[f64; 2]]) -> f64 {
        let pieces = line.iter().zip(line.iter().skip(1).chain(line.last()));
        let distance = |(&from, &to): (&[f64; 2], &[f64; 2])| {
            let (along, away) = ([to[0] - from[0], to[1] - from[1]], [place[0] - from[0], place[1] - from[1]]);
            let share = (along[0] * away[0] + along[1] * away[1]) / (along[0] * along[0] + along[1] * along[1]);
            let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
            length([away[0] - share * along[0], away[1] - share * along[1]])
        };
        pieces.map(distance).fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn no_point_is_a_tenth_of_a_pixel_off_the_thinned_path_up_to_any_step() {
        let config: Config =
            "surface=beale&lr=0.001,0.01,0.1,0.5,1&steps=600&noise=0.01".parse().expect("a good query");
        for run in config.runs() {
            let trajectory = config.descend(&run);
            let thinned = Thinned::new(trajectory.points(), &FRAME, 8.0);
            for step in [0, 1, 2, 7, 40, 133, 599, 600] {
                let line: Vec<_> = thinned.steps(step).map(|k| FRAME.place(trajectory.points()[k])).collect();
                // The lines near a point in time, so that a path that comes by again does not hide a mistake.
                for k in 0..=step {
                    let after = thinned.steps(step).position(|kept| kept >= k).expect("the step itself is kept");
                    let nearby = &line[after.saturating_sub(1)..=after];
                    let off = off(FRAME.place(trajectory.points()[k]), nearby);
                    assert!(off <= 0.1, "{}: step {k} of {step} is {off} px off", run.label);
                }
            }
        }
    }

    #[test]
    fn slow_and_settled_paths_lose_most_of_their_points() {
        let config: Config = "surface=beale&lr=0.001,0.1&steps=2000".parse().expect("a good query");
        for run in config.runs() {
            let kept = Thinned::new(config.descend(&run).points(), &FRAME, 8.0).kept.len();
            assert!(kept < 150, "{} of 2001 points of {}", kept, run.label);
        }
    }

    #[test]
    fn both_ends_of_long_steps_are_told_once_and_in_order() {
        let points = [[0.0, 0.0], [0.01, 0.0], [1.0, 0.0], [2.0, 0.0], [2.01, 0.0], [3.0, 0.0]];
        let thinned = Thinned::new(&points, &FRAME, 8.0);
        assert_eq!(thinned.ends(5).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(thinned.ends(2).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(thinned.ends(1).count(), 0);
    }

    #[test]
    fn points_beyond_all_measure_are_kept() {
        let points = [[0.0, 0.0], [1e300, 0.0], [-1e300, 1e300], [0.0, 0.0]];
        assert_eq!(Thinned::new(&points, &FRAME, 8.0).steps(3).collect::<Vec<_>>(), [0, 1, 2, 3]);
    }
}
