//! What is said beside a chart: everything about it that is not to be guessed.

use super::curve::is_thinned;
use super::{Chart, Quantity};
use crate::config::Run;
use crate::number::{minus, short, shortest, whole};

/// The heading of a chart.
pub(super) fn title(quantity: Quantity, run: &Run) -> String {
    match quantity {
        Quantity::Loss => "Loss at each step".to_owned(),
        Quantity::Rate => "Learning rate at each step".to_owned(),
        Quantity::Update if run.label.starts_with("lr ") => format!("Step taken at {}", run.label),
        Quantity::Update => format!("Step taken by {}", run.label),
        Quantity::Distance => "Distance to the nearest minimum".to_owned(),
    }
}

/// A factor to two decimals, without zeros at its end.
pub(super) fn times(factor: f64) -> String {
    shortest((factor * 100.0).round() / 100.0)
}

impl Chart {
    /// Its heading.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it shows on what scale, what is left out, and how it is thinned in `columns` columns of pixels.
    pub fn caption(&self, columns: usize) -> String {
        let mut caption = String::new();
        let scale = if self.scale.is_log() { "Log scale." } else { "Linear scale." };
        match self.quantity {
            Quantity::Loss if self.above != 0.0 => {
                caption += &format!("Loss above the lowest known, {}, on a log scale.", short(self.above));
            }
            Quantity::Loss => caption += scale,
            Quantity::Rate => caption += &format!("{scale} What the schedule makes of each rate."),
            Quantity::Update => caption += &self.limits(),
            Quantity::Distance => caption += scale,
        }
        let value = |measure: f64| short(self.scale.value(measure));
        match self.cut {
            [false, false] => {}
            [true, false] => caption += &format!(" Below {} nothing is drawn.", value(self.scale.low)),
            [false, true] => caption += &format!(" Above {} nothing is drawn.", value(self.scale.high)),
            [true, true] => {
                caption += &format!(" Only {} to {} is drawn.", value(self.scale.low), value(self.scale.high));
            }
        }
        if is_thinned(self.steps, columns) {
            caption += &format!(
                " Thinned: of {} steps, each column of pixels shows its first, last, lowest and highest.",
                whole(self.steps)
            );
        }
        caption
    }

    /// What the dotted lines of updates are.
    fn limits(&self) -> String {
        let mut limits = "Movement in x (solid) and in y (dashed).".to_owned();
        let drawn = |factor: f64| self.curves.iter().any(|curve| curve.part == super::Part::Limit { factor });
        let own = |bound: f64| if bound == 1.0 { "lr".to_owned() } else { format!("{}\u{a0}lr", times(bound)) };
        if drawn(1.0) {
            limits += " Dotted: plus and minus lr";
            limits += match self.bound {
                Some(1.0) => ", which no step can exceed.",
                Some(bound) if drawn(bound) => ", and further out",
                _ => ".",
            };
        }
        match self.bound {
            Some(bound) if bound != 1.0 && drawn(bound) => {
                let lead = if drawn(1.0) { "" } else { " Dotted:" };
                limits += &format!("{lead} {}, which no step can exceed.", own(bound));
            }
            Some(bound) if bound != 1.0 || !drawn(bound) => {
                limits += &format!(" No step can exceed {}, beyond this scale.", own(bound));
            }
            _ => {}
        }
        minus(&limits)
    }
}
