//! A rate that a person draws.

/// The factor at update t: linear between the points, the first one's before them, the last one's after; 1 without any.
pub(super) fn factor(points: &[(usize, f64)], t: usize) -> f64 {
    let after = points.partition_point(|&(step, _)| step <= t);
    match (points[..after].last(), points.get(after)) {
        (Some(&(from, low)), Some(&(to, high))) => {
            let share = (t - from) as f64 / (to - from) as f64;
            low * (1.0 - share) + high * share
        }
        (Some(&(_, factor)), None) | (None, Some(&(_, factor))) => factor,
        (None, None) => 1.0,
    }
}
