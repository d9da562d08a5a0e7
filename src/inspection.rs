//! One update of a run, line by line, with its numbers filled in.

use crate::number::{constant, shortest, significant, superscript};
use crate::optimizer::{Anatomy, Hyperparameter, Line, NEW_POINT, Optimizer, Terms, When};
use crate::replay::{Checkpoints, Taken, replay};
use crate::trajectory::{Objective, Trajectory};

/// An update taken apart: the lines that its optimizer is read by, and the numbers in them along x and along y, as the
/// rule itself computed them.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    lines: Vec<&'static Line>,
    terms: [Terms; 2],
    anatomy: [Anatomy<f64>; 2],
}

/// The right side of a line with its numbers, and what comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// `0.9 × (−2.88) + 0.1 × (−2.69)`; empty where nothing is computed.
    pub filled: String,
    /// `−2.861`.
    pub result: String,
}

/// The digits of a result; the numbers that go into it have one less.
const RESULT_DIGITS: i32 = 4;

impl Inspection {
    /// Of the update that led to a step of a trajectory, which the optimizer made of the objective; `None` for the start
    /// and past the last step.
    pub(crate) fn new(
        trajectory: &Trajectory,
        objective: &Objective,
        optimizer: &Optimizer,
        step: usize,
        checkpoints: &mut Checkpoints,
    ) -> Option<Self> {
        let before = step.checked_sub(1)?;
        let (&rate, &[x, y]) = (trajectory.rates().get(before)?, trajectory.points().get(before)?);
        let (updates, taken) = replay(trajectory, objective, optimizer, step..=step, checkpoints);
        let (&[of_x, of_y], Taken { lines, mut terms }) = (updates.first()?, taken?);
        for (terms, (before, anatomy)) in terms.iter_mut().zip([(x, of_x), (y, of_y)]) {
            let after = before + anatomy.update;
            terms.extend([("lr", rate), ("t", step as f64), ("x", before), ("x1", after)]);
            for (name, value) in Anatomy::PARTS.into_iter().zip(anatomy.parts()) {
                terms.extend(value.map(|value| (name, value)));
            }
            for &which in Hyperparameter::ALL {
                terms.extend(optimizer.get(which).map(|value| (which.name(), value)));
            }
        }
        let [along_x, along_y] = terms;
        let has = |name: &str| named(&along_x, name).is_some_and(|value| value != 0.0);
        let there = |line: &&Line| match line.when {
            When::Always => true,
            When::Has(name) => has(name),
            When::HasNot(name) => !has(name),
        };
        let lines = lines.iter().filter(there).chain([&NEW_POINT]).collect();
        Some(Self { lines, terms: [along_x, along_y], anatomy: [of_x, of_y] })
    }

    /// The lines, in the order in which they are computed.
    pub fn lines(&self) -> &[&'static Line] {
        &self.lines
    }

    /// What the update was made of, along x and along y.
    pub fn anatomy(&self) -> &[Anatomy<f64>; 2] {
        &self.anatomy
    }

    /// A line with its numbers for people, along x (0) or y (1).
    pub fn sum(&self, line: &Line, axis: usize) -> Sum {
        let terms = &self.terms[axis];
        let number =
            |value: f64, kept: bool| if kept { constant(value) } else { significant(value, RESULT_DIGITS - 1) };
        let result = named(terms, line.result).unwrap_or(f64::NAN);
        Sum { filled: filled(line.filled, terms, number, superscript), result: significant(result, RESULT_DIGITS) }
    }

    /// A line with every digit of its numbers, and what comes out; powers as `^12`.
    pub fn exact(&self, line: &Line, axis: usize) -> (String, f64) {
        let terms = &self.terms[axis];
        let number = |value: f64, _| shortest(value).replace('-', "−");
        let text = filled(line.filled, terms, number, |exponent| format!("^{exponent}"));
        (text, named(terms, line.result).unwrap_or(f64::NAN))
    }
}

fn named(terms: &Terms, name: &str) -> Option<f64> {
    terms.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
}

/// A template with its numbers. `number` is told whether the value is one that a person chose, which keeps its digits; a
/// negative one is in parentheses unless it comes first or between bars.
fn filled(
    template: &str,
    terms: &Terms,
    number: impl Fn(f64, bool) -> String,
    power: impl Fn(i32) -> String,
) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        rest = after;
        let of = |name: &str| named(terms, name).unwrap_or(f64::NAN);
        if let Some(exponent) = name.strip_prefix('^') {
            text.push_str(&power(of(exponent) as i32));
            continue;
        }
        let (value, kept) = match name.strip_prefix("1-") {
            Some(name) => (1.0 - of(name), true),
            None => (of(name), is_chosen(name)),
        };
        let number = number(value, kept);
        let alone = (text.is_empty() && !after.starts_with('²')) || text.ends_with('|');
        if number.starts_with('−') && !alone {
            text.push('(');
            text.push_str(&number);
            text.push(')');
        } else {
            text.push_str(&number);
        }
    }
    text.push_str(rest);
    text
}

/// Whether a number is a rate, a count or a hyperparameter.
fn is_chosen(name: &str) -> bool {
    matches!(name, "lr" | "t" | "rho_inf" | "eps_root") || Hyperparameter::ALL.iter().any(|which| which.name() == name)
}
