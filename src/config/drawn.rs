//! The schedule as a visitor draws it: `piecewise`, its points moved by hand.

use super::{Config, Key, MOST_STEPS, Run, schedule};
use crate::error::Error;
use crate::number::ten_to;
use crate::schedule::{Schedule, Shape};
use crate::trajectory::Trajectory;

/// How many points stand for a schedule that is not made of points.
const SAMPLES: usize = 40;

/// The digits of their factors, and of one that is a quotient of rates that somebody typed.
const SAMPLE_DIGITS: i32 = 6;
const HAND_DIGITS: i32 = 12;

impl Config {
    /// The points of the piecewise schedule, step and factor; empty where it is not among the schedules.
    pub fn points(&self) -> &[(usize, f64)] {
        let points = self.schedules.iter().find_map(|schedule| match &schedule.shape {
            Shape::Piecewise { points } => Some(points.as_slice()),
            _ => None,
        });
        points.unwrap_or_default()
    }

    /// The config whose only schedule goes through these points, in the order of their steps.
    ///
    /// # Errors
    /// As for the key `points`.
    fn with_points(&self, points: &[(usize, f64)]) -> Result<Self, Error> {
        let text = schedule::text(&schedule::Value::Points(points.to_vec()));
        let mut draft = self.draft();
        for key in [Key::Gamma, Key::Every, Key::Power, Key::MinLr, Key::Patience] {
            draft.unset(key.name())?;
        }
        draft.set(Key::Schedule.name(), "piecewise")?;
        draft.set(Key::Points.name(), &text)?;
        draft.check()
    }

    /// The config with one more point at an update, counted from 0, or another factor where a point has that step. A schedule that is not drawn yet
    /// becomes one first: [`Self::drawn`].
    ///
    /// # Errors
    /// As for the key `points`.
    pub fn with_point(&self, run: &Run, path: &Trajectory, step: usize, factor: f64) -> Result<Self, Error> {
        let factor = rounded(factor, HAND_DIGITS);
        let mut points = self.drawn(run, path, usize::MAX);
        let after = points.partition_point(|point| point.0 < step);
        match points.get_mut(after) {
            Some(point) if point.0 == step => point.1 = factor,
            _ => points.insert(after, (step, factor)),
        }
        self.with_points(&points)
    }

    /// The config with a point moved, as a hand does it: between its neighbours, and not below 0.
    ///
    /// # Errors
    /// As for the key `points`.
    pub fn with_point_moved(&self, position: usize, step: usize, factor: f64) -> Result<Self, Error> {
        let mut points = self.points().to_vec();
        let first = position.checked_sub(1).and_then(|before| points.get(before)).map_or(0, |point| point.0 + 1);
        let last = points.get(position + 1).map_or(MOST_STEPS, |point| point.0 - 1);
        if let Some(point) = points.get_mut(position) {
            *point = (step.clamp(first, last), rounded(factor, HAND_DIGITS).max(0.0));
        }
        self.with_points(&points)
    }

    /// The config without a point; the only one stays.
    ///
    /// # Errors
    /// As for the key `points`.
    pub fn without_point(&self, position: usize) -> Result<Self, Error> {
        let mut points = self.points().to_vec();
        if points.len() > 1 && position < points.len() {
            points.remove(position);
        }
        self.with_points(&points)
    }

    /// The config in which a run goes on at another rate from the update after `step` on, and everything before stays as
    /// it was: to the bit where the schedule is constant or held, else to rounding; where it is neither constant nor made
    /// of points, straight lines between forty of its rates stand for it. Warm-up, which multiplies, stays. Rates are
    /// factors of lr, so that other runs go on in the same proportion.
    ///
    /// # Errors
    /// As for the key `lr` where the rate is not one, and for `points`.
    pub fn with_rate_from(&self, run: &Run, path: &Trajectory, step: usize, words: &str) -> Result<Self, Error> {
        let rate = super::read::rate(words)?;
        let factor = rounded(rate / run.lr, HAND_DIGITS);
        let mut points = self.drawn(run, path, step);
        points.push((step, factor));
        self.with_points(&points)
    }

    /// The points of a run's schedule without warm-up, for the updates before `end`; past the last of them it holds.
    fn drawn(&self, run: &Run, path: &Trajectory, end: usize) -> Vec<(usize, f64)> {
        let factor = |t: usize| self.factor(run, path, t);
        let mut points: Vec<(usize, f64)> = match &run.schedule.shape {
            Shape::Constant => vec![(0, 1.0)],
            Shape::Piecewise { points } => points.clone(),
            _ => {
                let last = end.min(self.steps()).saturating_sub(1);
                let mut points: Vec<(usize, f64)> = (0..=SAMPLES)
                    .map(|i| (last as f64 * i as f64 / SAMPLES as f64).round() as usize)
                    .map(|t| (t, factor(t)))
                    .collect();
                points.dedup_by_key(|point| point.0);
                points
            }
        };
        if end == usize::MAX {
            return points;
        }
        // The factor of the last update before the end is held there, so that the line to a new one begins beside it.
        let held = end.checked_sub(1).map(|last| (last, factor(last)));
        points.retain(|point| point.0 < end);
        if let Some(held) = held.filter(|held| points.last().is_none_or(|point| point.0 < held.0)) {
            points.push(held);
        }
        points
    }

    /// What a run's schedule multiplies lr by at update `t`, without warm-up.
    fn factor(&self, run: &Run, path: &Trajectory, t: usize) -> f64 {
        if let Shape::Constant | Shape::Piecewise { .. } = run.schedule.shape {
            let bare = Schedule { shape: run.schedule.shape.clone(), warmup: 0 };
            return bare.rate(1.0, self.steps(), t, bare.first(1.0));
        }
        // Past the end of a run that stopped, the last of its rates.
        let t = t.min(path.rates().len().saturating_sub(1));
        let warm = ((t + 1) as f64 / run.schedule.warmup.max(1) as f64).min(1.0);
        rounded(path.rates().get(t).map_or(1.0, |rate| rate / run.lr / warm), SAMPLE_DIGITS)
    }
}

/// The number in so many significant digits.
fn rounded(factor: f64, digits: i32) -> f64 {
    if factor <= 0.0 || !factor.is_finite() {
        return factor;
    }
    let unit = libm::log10(factor).floor() as i32 + 1 - digits;
    let scale = ten_to(unit.abs());
    if unit < 0 { (factor * scale).round() / scale } else { (factor / scale).round() * scale }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(query: &str) -> Config {
        query.parse().unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    /// The first run of a config, and its path.
    fn first(config: &Config) -> (Run, Trajectory) {
        let run = config.runs().swap_remove(0);
        let path = config.descend(&run);
        (run, path)
    }

    fn changed(query: &str, step: usize, rate: &str) -> (Trajectory, Trajectory, Config) {
        let before = config(query);
        let (run, path) = first(&before);
        let after = before.with_rate_from(&run, &path, step, rate).expect("a good rate");
        let (_, new) = first(&after);
        (path, new, after)
    }

    #[test]
    fn a_run_goes_on_at_another_rate_and_its_past_stays() {
        let (old, new, after) = changed("surface=beale&lr=0.1", 60, "0.02");
        assert_eq!(after.to_string(), "surface=beale&lr=0.1&schedule=piecewise&points=0:1,59:1,60:0.2");
        assert_eq!(new.points()[..=60], old.points()[..=60]);
        assert_eq!(new.rates()[60..], [0.1 * 0.2; 140]);
        // A second change later leaves the first one be.
        let (run, path) = first(&after);
        let twice = after.with_rate_from(&run, &path, 90, "0.1").expect("a good rate");
        assert_eq!(twice.to_string(), "surface=beale&lr=0.1&schedule=piecewise&points=0:1,59:1,60:0.2,89:0.2,90:1");
        assert_eq!(first(&twice).1.points()[..=90], path.points()[..=90]);
        assert_eq!(changed("surface=beale&lr=0.1", 0, "0.02").1.rates(), [0.1 * 0.2; 200]);
        assert_eq!(changed("surface=beale&lr=0.1", 1, "0.02").1.rates()[..2], [0.1, 0.1 * 0.2]);
    }

    #[test]
    fn the_past_of_other_schedules_stays_nearly() {
        for schedule in
            ["cosine", "exponential", "linear", "one-cycle", "inverse-sqrt&warmup=20", "plateau", "step&every=40"]
        {
            let (old, new, _) = changed(&format!("surface=beale&lr=0.1&schedule={schedule}"), 120, "0.05");
            let off = old.rates()[..120].iter().zip(new.rates()).filter(|(a, b)| (*a - *b).abs() > 0.004).count();
            // A jump lies between two samples, where the line is another one.
            let jumps = schedule.starts_with("step") || schedule == "plateau";
            assert!(off <= if jumps { 9 } else { 0 }, "{schedule}: {off}");
            assert_eq!(new.rates()[120..].iter().map(|rate| (rate * 1e6).round()).max_by(f64::total_cmp), Some(5e4));
        }
    }

    #[test]
    fn points_are_added_moved_between_their_neighbours_and_removed() {
        let drawn = config("lr=0.1&schedule=piecewise&points=0:1,50:0.5,100:0.1");
        let (run, path) = first(&drawn);
        let text = |result: Result<Config, Error>| result.map(|config| config.text(Key::Points));
        assert_eq!(text(drawn.with_point(&run, &path, 70, 0.25)), Ok("0:1,50:0.5,70:0.25,100:0.1".to_owned()));
        assert_eq!(text(drawn.with_point(&run, &path, 50, 2.0)), Ok("0:1,50:2,100:0.1".to_owned()));
        assert_eq!(text(drawn.with_point_moved(1, 400, -3.0)), Ok("0:1,99:0,100:0.1".to_owned()));
        assert_eq!(text(drawn.with_point_moved(0, 400, 1.5)), Ok("49:1.5,50:0.5,100:0.1".to_owned()));
        assert_eq!(text(drawn.without_point(1)), Ok("0:1,100:0.1".to_owned()));
        assert_eq!(text(config("schedule=piecewise&points=0:1&lr=1").without_point(0)), Ok("0:1".to_owned()));
        assert_eq!(text(drawn.with_point_moved(7, 1, 1.0)), text(Ok(drawn.clone())));
    }

    #[test]
    fn a_first_point_makes_a_drawn_schedule_of_any_other() {
        let cosine = config("lr=0.1&schedule=cosine&min-lr=0.01&warmup=5");
        let (run, path) = first(&cosine);
        let drawn = cosine.with_point(&run, &path, 100, 0.9).expect("a good point");
        assert!(drawn.to_string().starts_with("lr=0.1&schedule=piecewise&warmup=5&points=0:1,"), "{drawn}");
        assert_eq!(drawn.points().iter().find(|point| point.0 == 100), Some(&(100, 0.9)));
    }
}
