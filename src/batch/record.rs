//! Runs side by side with every step kept.

use std::array;

use super::block::{ABREAST, Entry, Row, descend};
use super::course::Course;
use super::losses::{End, pass_all};
use crate::real::{LANES, Lanes};
use crate::surface::Spot;
use crate::trajectory::Trajectory;

/// The rows of as many runs as are in hand at once: step k in place k, up to the last, or until all of them have stopped.
/// One record serves many descents, so that its memory is asked for once.
#[derive(Debug)]
pub(super) struct Record {
    rows: Vec<Row>,
    ends: [End; ABREAST],
}

impl Record {
    /// Without any rows.
    pub(super) fn new() -> Self {
        Self { rows: Vec::new(), ends: [End::start(); ABREAST] }
    }

    /// Makes the steps of a course from the entry `first` on; see [`descend`].
    pub(super) fn fill(&mut self, course: &Course, entry: &dyn Fn(usize) -> Entry, first: usize, count: usize) {
        self.rows.clear();
        self.rows.reserve(course.steps + 1);
        self.ends = [End::start(); ABREAST];
        descend(course, entry, first, count, &mut |rows| {
            self.rows.extend_from_slice(rows);
            pass_all(&mut self.ends, rows)
        });
    }

    /// The final loss of a run, infinite where it stopped before, and its lowest one.
    pub(super) fn losses(&self, run: usize) -> [f64; 2] {
        let end = &self.ends[run / LANES];
        [end.last(), end.best()].map(|losses| losses.array()[run % LANES])
    }

    /// Where the runs of one register are in the last row.
    pub(super) fn ends(&self, place: usize) -> [[f64; 2]; LANES] {
        let last = self.rows.last().map(|row| row[place].point);
        array::from_fn(|lane| last.map_or([f64::NAN; 2], |[x, y]| [x.array()[lane], y.array()[lane]]))
    }

    /// The rows of one register.
    pub(super) fn lanes(&self, place: usize) -> impl DoubleEndedIterator<Item = &Spot<Lanes>> {
        self.rows.iter().map(move |row| &row[place])
    }

    /// Each step of one run, those after it has stopped among them: x, y and loss.
    fn run(&self, run: usize) -> impl Iterator<Item = [f64; 3]> {
        let lane = run % LANES;
        self.lanes(run / LANES)
            .map(move |Spot { point: [x, y], loss, .. }| [x.array()[lane], y.array()[lane], loss.array()[lane]])
    }

    /// What `descend` makes of one of the runs, of that base rate.
    pub(super) fn trajectory(&self, course: &Course, run: usize, lr: f64) -> Trajectory {
        let is_finite = |step: &[f64; 3]| step.iter().all(|value| value.is_finite());
        let (mut points, mut losses) = (Vec::with_capacity(self.rows.len()), Vec::with_capacity(self.rows.len()));
        for [x, y, loss] in self.run(run).take_while(is_finite) {
            points.push([x, y]);
            losses.push(loss);
        }
        let mut seen = course.schedule.first(lr);
        let mut rates = vec![lr; losses.len() - 1];
        for ((rate, factor), &loss) in rates.iter_mut().zip(course.factors(0)).zip(&losses) {
            *rate = factor.applied(seen.rate);
            seen = course.schedule.next(seen, loss);
        }
        let stopped = (losses.len() <= course.steps).then_some(losses.len());
        Trajectory::recorded(points, losses, rates, stopped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::block::AT_ONCE;
    use crate::config::{Config, Run};
    use crate::optimizer::Optimizer;
    use crate::schedule::Schedule;
    use crate::surface::Surface;

    /// Rates at which runs crawl, settle, leave and overflow, one for each run that is made at once.
    fn rates() -> Vec<f64> {
        (0..AT_ONCE).map(|i| libm::pow(10.0, i as f64 - 5.0)).collect()
    }

    fn bits(path: &Trajectory) -> Vec<u64> {
        let numbers = path.points().as_flattened().iter().chain(path.losses()).chain(path.rates());
        numbers.map(|number| number.to_bits()).collect()
    }

    /// Compares every run of a query, at every rate, and counts those that stopped.
    fn stopped_of_compared(query: &str) -> usize {
        let config: Config = query.parse().unwrap_or_else(|error| panic!("{query}: {error}"));
        let (mut record, rates) = (Record::new(), rates());
        let mut stopped = 0;
        for run in config.runs().into_iter().step_by(config.rates().len()) {
            let course = Course::of(&config, &run);
            record.fill(&course, &|i| Entry { lr: rates[i], start: config.start() }, 0, rates.len());
            for (i, &lr) in rates.iter().enumerate() {
                let (side_by_side, alone) =
                    (record.trajectory(&course, i, lr), config.descend(&Run { lr, ..run.clone() }));
                assert_eq!(side_by_side.stopped(), alone.stopped(), "{query} {} at {lr}", run.label);
                assert_eq!(bits(&side_by_side), bits(&alone), "{query} {} at {lr}", run.label);
                stopped += usize::from(alone.stopped().is_some());
            }
        }
        stopped
    }

    #[test]
    fn every_optimizer_on_every_surface_has_the_bits_of_a_run_alone() {
        let mut stopped = 0;
        for surface in Surface::ALL {
            for optimizers in Optimizer::ALL.chunks(5) {
                let names: Vec<_> = optimizers.iter().map(Optimizer::name).collect();
                let (surface, optimizers) = (surface.facts().name, names.join(","));
                stopped += stopped_of_compared(&format!("surface={surface}&optimizer={optimizers}&lr=1&steps=70"));
            }
        }
        assert!(stopped > 100, "runs that stop are among them: {stopped}");
    }

    #[test]
    fn every_schedule_has_the_bits_of_a_run_alone() {
        let names: Vec<_> = Schedule::ALL.iter().map(Schedule::name).collect();
        let schedules = format!("schedule={}&points=3:0.5,40:2,60:0.1&lr=1&steps=70", names.join(","));
        for rest in ["", "&warmup=20&min-lr=0.01&every=9&gamma=0.7&patience=2", "&optimizer=sgd&surface=quadratic"] {
            stopped_of_compared(&format!("{schedules}{rest}"));
        }
    }

    #[test]
    fn noisy_and_sparse_gradients_have_the_bits_of_a_run_alone() {
        for noise in ["noise=0.5", "sparsity=0.4&seed=7", "noise=3&sparsity=0.2&schedule=plateau,cosine&patience=1"] {
            stopped_of_compared(&format!("{noise}&optimizer=adam,sgd,lion,yogi&surface=beale&lr=1&steps=150"));
        }
    }

    #[test]
    fn hyperparameters_off_their_defaults_have_the_bits_of_a_run_alone() {
        for rest in [
            "optimizer=adam,amsgrad,nadam,radam,adamw&beta1=0.5&beta2=0.6&eps=0.01&weight-decay=0.1",
            "optimizer=adam,adamw,amsgrad&bias-correction=off",
            "optimizer=nesterov,momentum,rmsprop,adadelta&momentum=0.5&alpha=0.7&rho=0.3&weight-decay=0.1",
            "surface=quadratic&condition=300&start=1,-2",
        ] {
            stopped_of_compared(&format!("{rest}&lr=1&steps=70"));
        }
    }
}
