//! One update of a run, line by line, with its numbers filled in.

use crate::number::{constant, shortest, significant, superscript};
use crate::optimizer::{Anatomy, Hyperparameter, Line, NEW_POINT, Optimizer, Rule, Terms, When, WithRule};
use crate::trajectory::{Descent, Objective, State, Trajectory};

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
    /// Of the update that led to a step, above 0 and at most the trajectory's last; `descent` is the run, and `rate` that
    /// of the update.
    pub(crate) fn new(descent: Descent<'_>, optimizer: &Optimizer, rate: f64) -> Self {
        let step = descent.steps + 1;
        let taken = optimizer.with_rule(Take { descent, rate });
        let mut terms = taken.terms;
        for (terms, (before, anatomy)) in terms.iter_mut().zip(taken.before.into_iter().zip(taken.anatomy)) {
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
        let lines = taken.lines.iter().filter(there).chain([&NEW_POINT]).collect();
        Self { lines, terms: [along_x, along_y], anatomy: taken.anatomy }
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

/// Runs up to the update and takes it.
struct Take<'a> {
    descent: Descent<'a>,
    rate: f64,
}

/// What a rule gives of one update.
struct Taken {
    lines: &'static [Line],
    before: [f64; 2],
    anatomy: [Anatomy<f64>; 2],
    terms: [Terms; 2],
}

impl WithRule for Take<'_> {
    type Output = Taken;

    fn with<U: Rule>(self, rule: &U) -> Taken {
        let Self { descent, rate } = self;
        let State { at, point, grad, moments, .. } = descent.state(rule);
        let along = |i: usize| {
            let (anatomy, after) = rule.anatomy(at, rate, point[i], grad[i], moments[i]);
            (anatomy, rule.terms(at, point[i], grad[i], moments[i], after))
        };
        let ((of_x, along_x), (of_y, along_y)) = (along(0), along(1));
        Taken { lines: U::LINES, before: point, anatomy: [of_x, of_y], terms: [along_x, along_y] }
    }
}

impl Trajectory {
    /// The update that led to a step, line by line; `None` for the start and past the last step. The run is made again up
    /// to there: `objective`, `optimizer` and `schedule` are those that made this trajectory, of base rate `lr` over
    /// `horizon` steps.
    pub(crate) fn inspect(
        &self,
        objective: &Objective,
        optimizer: &Optimizer,
        schedule: &crate::schedule::Schedule,
        (lr, horizon): (f64, usize),
        step: usize,
    ) -> Option<Inspection> {
        let rate = *self.rates().get(step.checked_sub(1)?)?;
        let start = self.points()[0];
        let descent = Descent { objective, schedule, lr, start, horizon, steps: step - 1 };
        Some(Inspection::new(descent, optimizer, rate))
    }
}
