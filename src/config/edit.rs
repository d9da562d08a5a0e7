//! What a visitor's hand does to a config: always to a good one, from a good one.

use super::{Config, Draft, Key, Run, check_size, read};
use crate::error::Error;
use crate::number::{between, minus, scientific, shortest, ten_to};
use crate::optimizer::Optimizer;
use crate::surface::Domain;

impl Config {
    /// The config with one key written, as a visitor's hand on a control means it: keys that nothing uses any more
    /// are dropped, a new surface brings its own start and domain, and `piecewise` its first point.
    ///
    /// # Errors
    /// Names the key, the value and what is allowed.
    pub fn with(&self, name: &str, value: &str) -> Result<Self, Error> {
        let mut draft = self.draft();
        draft.set(name, value)?;
        let dropped: &[Key] = match Key::by_name(name) {
            Some(Key::Surface) => &[Key::Condition, Key::Domain, Key::Start],
            Some(Key::Steps) => &[Key::Step],
            _ => &[],
        };
        for key in dropped {
            draft.unset(key.name())?;
        }
        if draft.check().is_err_and(|error| error.missing() == Some(Key::Points)) {
            draft.set(Key::Points.name(), FIRST_POINT)?;
        }
        settled(draft, name)
    }

    /// The config with one key back at its default; keys that nothing uses any more are dropped.
    ///
    /// # Errors
    /// Where the key is unknown, or needed.
    pub fn without(&self, name: &str) -> Result<Self, Error> {
        let mut draft = self.draft();
        draft.unset(name)?;
        settled(draft, name)
    }

    /// The config that has one of this one's runs and no other.
    ///
    /// # Errors
    /// Where there is no such run.
    pub fn alone(&self, run: usize) -> Result<Self, Error> {
        let runs = self.runs();
        check_size("run", run, 0, runs.len() - 1)?;
        let Run { optimizer, schedule, lr, .. } = &runs[run];
        let config = self.with_optimizers(optimizer.name())?;
        config.with(Key::Schedule.name(), schedule.name())?.with(Key::Lr.name(), &shortest(*lr))
    }

    /// The config with the rate at one position replaced by these words.
    ///
    /// # Errors
    /// As for the key `lr`.
    pub fn with_rate(&self, position: usize, words: &str) -> Result<Self, Error> {
        // Checked by itself first, so that a message quotes these words only and a comma makes no second rate.
        read::rate(words)?;
        let mut rates = self.rate_texts();
        if let Some(rate) = rates.get_mut(position) {
            *rate = match rate.split_once(':') {
                Some((name, _)) => format!("{name}:{words}"),
                None => words.to_owned(),
            };
        }
        self.with(Key::Lr.name(), &rates.join(","))
    }

    /// The config with the rate at one position moved to `exponent`, its decimal logarithm, as three digits; past a
    /// rate that another run has.
    ///
    /// # Errors
    /// Where the rate would leave the numbers.
    pub fn with_rate_near(&self, position: usize, exponent: f64) -> Result<Self, Error> {
        let others = |rate: f64| self.rates_beside(position).any(|i| i != position && self.rates[i] == rate);
        let rate = (0..).map(|past| rounded_power(exponent, 2, past)).find(|&rate| !others(rate)).unwrap_or(1.0);
        self.with_rate(position, &shortest(rate))
    }

    /// The config with one more rate, at the end: in the middle of the widest gap between the rates, or ten times the
    /// only one. Where optimizers have rates of their own, it is one more of the first optimizer.
    ///
    /// # Errors
    /// Where there is no room for more runs.
    pub fn with_another_rate(&self) -> Result<Self, Error> {
        let own: Vec<f64> = self.rates_of(0).map(|rate| self.rates[rate]).collect();
        let exponents: Vec<f64> = own.iter().map(|&rate| libm::log10(rate)).collect();
        // The width of the gap above each rate, and its middle.
        let gap = |&low: &f64| {
            let next = exponents.iter().copied().filter(|&other| other > low).fold(f64::INFINITY, f64::min);
            (next - low, (low + next) / 2.0)
        };
        let gaps = exponents.iter().map(gap).filter(|(width, _)| width.is_finite());
        let wider = |widest: (f64, f64), gap: (f64, f64)| if gap.0 > widest.0 + 1e-9 { gap } else { widest };
        let (_, middle) = gaps.fold((0.0, exponents[0] + 1.0), wider);
        // One digit where that is a rate of its own, three where the gap is narrow.
        let candidates = [(0, 0), (2, 0), (2, 1), (2, 2)].into_iter();
        let rate = candidates
            .map(|(digits, past)| rounded_power(middle, digits, past))
            .find(|rate| !own.contains(rate))
            .unwrap_or(1.0);
        let name = if self.has_own_rates() { format!("{}:", self.optimizers[0].name()) } else { String::new() };
        self.with(Key::Lr.name(), &format!("{},{name}{}", self.text(Key::Lr), shortest(rate)))
    }

    /// The config without the rate at one position; the only rate stays, and so does an optimizer's only one of its own.
    ///
    /// # Errors
    /// None for a position that is there.
    pub fn without_rate(&self, position: usize) -> Result<Self, Error> {
        let goes = |rate: usize| rate == position && self.rates_beside(rate).nth(1).is_some();
        let kept = self.rate_texts().into_iter().enumerate().filter(|(rate, _)| !goes(*rate));
        let rates: Vec<String> = kept.map(|(_, rate)| rate).collect();
        self.with(Key::Lr.name(), &rates.join(","))
    }

    /// The config without the rate of a run, and without its optimizer where that had no other of its own; the only rate
    /// of all stays.
    ///
    /// # Errors
    /// Where there is no such run.
    pub fn without_run(&self, run: usize) -> Result<Self, Error> {
        let runs = self.runs();
        check_size("run", run, 0, runs.len() - 1)?;
        let rate = runs[run].rate;
        if !self.has_own_rates() || self.rates_beside(rate).nth(1).is_some() {
            return self.without_rate(rate);
        }
        let others = self.optimizers.iter().map(Optimizer::name).filter(|name| *name != runs[run].optimizer.name());
        self.with_optimizers(&others.collect::<Vec<_>>().join(","))
    }

    /// The config with these optimizers. Where they have rates of their own, those that stay keep theirs and a new one
    /// has 0.001; where none stays, they have the default rates.
    ///
    /// # Errors
    /// As for the key `optimizer`.
    pub fn with_optimizers(&self, names: &str) -> Result<Self, Error> {
        let mut draft = self.draft();
        draft.set(Key::Optimizer.name(), names)?;
        if self.has_own_rates() {
            let chosen: Vec<&str> = names.split(',').map(|name| name.trim_matches(' ')).collect();
            let stays = |rate: &String| rate.split_once(':').is_some_and(|(name, _)| chosen.contains(&name));
            let mut rates: Vec<String> = self.rate_texts().into_iter().filter(stays).collect();
            draft.unset(Key::Lr.name())?;
            if !rates.is_empty() {
                let is_new = |name: &&&str| self.optimizers.iter().all(|optimizer| optimizer.name() != **name);
                rates.extend(chosen.iter().filter(is_new).map(|name| format!("{name}:{USUAL_RATE}")));
                draft.set(Key::Lr.name(), &rates.join(","))?;
            }
        }
        settled(draft, Key::Optimizer.name())
    }

    /// The start moved by hundredths of the domain, and into it.
    pub fn nudged_start(&self, right: f64, up: f64) -> [f64; 2] {
        let Domain { x0, x1, y0, y1 } = self.domain();
        let [x, y] = self.start();
        [nudged(x, right, x0, x1), nudged(y, up, y0, y1)]
    }

    /// What is run, in words: `Adam and SGD on Beale from (0.5, −0.6)`.
    pub fn summary(&self) -> String {
        let titles: Vec<_> = self.optimizers.iter().map(|optimizer| optimizer.title()).collect();
        let [x, y] = self.start().map(|value| minus(&shortest(value)));
        format!("{} on {} from ({x}, {y})", listed(&titles), self.surface.facts().title)
    }
}

/// The config of a draft in which one key was edited, without the other keys that have no effect any more.
fn settled(mut draft: Draft, edited: &str) -> Result<Config, Error> {
    loop {
        let checked = draft.check();
        match checked.as_ref().err().and_then(Error::unused).filter(|&key| key != edited) {
            Some(unused) => draft.unset(unused)?,
            None => return checked,
        }
    }
}

/// The words as a sentence lists them: `Adam, SGD and Lion`.
fn listed(words: &[&str]) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// The rate of an optimizer that is put beside others with rates of their own.
const USUAL_RATE: &str = "0.001";

/// A piecewise schedule before anything is drawn: the base rate throughout.
const FIRST_POINT: &str = "0:1";

/// 10^exponent with `digits` decimals of its mantissa, `past` units of the last of them further up.
pub(super) fn rounded_power(exponent: f64, digits: u32, past: i32) -> f64 {
    let decade = exponent.floor();
    let unit = f64::from(10_u32.pow(digits));
    let mantissa = (libm::pow(10.0, exponent - decade) * unit).round() + f64::from(past);
    // Through text, so that the result is the very number that a person would type.
    scientific(mantissa, (decade as i32).saturating_sub(digits as i32))
}

/// A coordinate moved by hundredths of its range, to a thousandth's grain.
fn nudged(value: f64, hundredths: f64, low: f64, high: f64) -> f64 {
    let grain = (high - low) / 1000.0;
    let decimals = -libm::log10(grain).floor();
    let moved = between(value + hundredths * 10.0 * grain, low, high);
    if !(0.0..=15.0).contains(&decimals) {
        return moved;
    }
    let scale = ten_to(decimals as i32);
    between((moved * scale).round() / scale, low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(query: &str) -> Config {
        query.parse().expect("a good query")
    }

    #[test]
    fn a_new_surface_brings_its_own_start_and_domain() {
        let changed =
            config("surface=quadratic&condition=50&start=1,1&lr=0.1").with("surface", "beale").expect("known");
        assert_eq!(changed.to_string(), "surface=beale&lr=0.1");
    }

    #[test]
    fn other_optimizers_drop_the_keys_that_they_do_not_have() {
        let rmsprop = config("optimizer=rmsprop,adam&beta1=0.8&eps=1e-6&weight-decay=0.1&momentum=0.5");
        let changed = |optimizers| rmsprop.with("optimizer", optimizers).map(|config| config.to_string());
        assert_eq!(changed("sgd"), Ok("optimizer=sgd&weight-decay=0.1".to_owned()));
        assert_eq!(changed("nesterov"), Ok("optimizer=nesterov&weight-decay=0.1&momentum=0.5".to_owned()));
        assert_eq!(
            changed("lion,adagrad"),
            Ok("optimizer=lion,adagrad&beta1=0.8&eps=0.000001&weight-decay=0.1".to_owned())
        );
        assert_eq!(
            rmsprop.without("optimizer").map(|config| config.to_string()),
            Ok("beta1=0.8&eps=0.000001&weight-decay=0.1".to_owned())
        );
        // What the hand itself wrote is never dropped.
        assert!(changed("sgd").is_ok_and(|text| config(&text).with("beta1", "0.5").is_err()));
    }

    #[test]
    fn a_summary_lists_its_optimizers() {
        let summary = |optimizers: &str| config(&format!("surface=beale&start=1,-1&optimizer={optimizers}")).summary();
        assert_eq!(summary("adamw"), "AdamW on Beale from (1, −1)");
        assert_eq!(summary("adam,sgd"), "Adam and SGD on Beale from (1, −1)");
        assert_eq!(summary("adam,sgd,lion"), "Adam, SGD and Lion on Beale from (1, −1)");
    }

    #[test]
    fn fewer_steps_than_the_one_shown_first_drop_it() {
        assert_eq!(config("steps=300&step=250").with("steps", "100").expect("in range").to_string(), "steps=100");
    }

    #[test]
    fn keys_that_nothing_uses_any_more_go_with_what_used_them() {
        let changed = |query: &str, key: &str, value: &str| {
            config(query).with(key, value).map_err(|error| error.to_string()).map(|config| config.to_string())
        };
        let step = "schedule=step&warmup=5&gamma=0.1&every=30";
        assert_eq!(changed(step, "schedule", "constant"), Ok("warmup=5".to_owned()));
        assert_eq!(changed(step, "schedule", "plateau"), Ok("schedule=plateau&warmup=5".to_owned()));
        assert_eq!(
            changed(step, "schedule", "cosine,exponential"),
            Ok("schedule=cosine,exponential&warmup=5&gamma=0.1".to_owned())
        );
        assert_eq!(changed("noise=0.5&seed=7", "noise", "0"), Ok(String::new()));
        assert_eq!(changed("noise=0.5&sparsity=0.5&seed=7", "noise", "0"), Ok("sparsity=0.5&seed=7".to_owned()));
        // What a hand writes itself is not dropped but told.
        assert!(changed("", "gamma", "0.5").is_err_and(|error| error.starts_with("gamma: \"0.5\" has no effect")));
        assert!(changed(step, "every", "x").is_err_and(|error| error.starts_with("every: \"x\" is not a number")));
        let without = |query: &str, key: &str| config(query).without(key).map(|config| config.to_string());
        assert_eq!(without(step, "schedule"), Ok("warmup=5".to_owned()));
        assert_eq!(without("sparsity=0.5&seed=7", "sparsity"), Ok(String::new()));
    }

    #[test]
    fn a_piecewise_schedule_starts_as_the_base_rate_throughout() {
        let piecewise = config("lr=0.1").with("schedule", "piecewise").expect("it brings a point");
        assert_eq!(piecewise.to_string(), "lr=0.1&schedule=piecewise&points=0:1");
        let drawn = piecewise.with("points", "0:1,50:0.1").expect("good points");
        assert_eq!(
            drawn.with("schedule", "cosine,piecewise").map(|config| config.text(Key::Points)),
            Ok("0:1,50:0.1".to_owned())
        );
        assert_eq!(
            drawn.with("schedule", "cosine").map(|config| config.to_string()),
            Ok("lr=0.1&schedule=cosine".to_owned())
        );
        assert!(drawn.without("points").is_err());
    }

    #[test]
    fn another_rate_fills_the_widest_gap() {
        let next = |query: &str| config(query).with_another_rate().map(|config| config.text(Key::Lr));
        assert_eq!(next("lr=0.001,0.01,0.1,1"), Ok("0.001,0.01,0.1,1,0.003".to_owned()));
        assert_eq!(next("lr=0.001,1,0.1"), Ok("0.001,1,0.1,0.01".to_owned()));
        assert_eq!(next("lr=0.02"), Ok("0.02,0.2".to_owned()));
        assert_eq!(next("lr=0.1,0.101"), Ok("0.1,0.101,0.102".to_owned()));
        assert!(next("lr=1,2,3,4,5,6,7,8,9,10,11,12").is_err());
    }

    #[test]
    fn a_dragged_rate_has_three_digits_and_passes_over_the_others() {
        let moved =
            |exponent: f64| config("lr=0.01,0.1").with_rate_near(0, exponent).map(|config| config.text(Key::Lr));
        assert_eq!(moved(-3.0), Ok("0.001,0.1".to_owned()));
        assert_eq!(moved(-2.95), Ok("0.00112,0.1".to_owned()));
        assert_eq!(moved(-1.0), Ok("0.101,0.1".to_owned()));
    }

    #[test]
    fn a_typed_rate_is_one_number() {
        let typed = |words: &str| config("lr=0.01,0.1").with_rate(0, words).map_err(|error| error.to_string());
        assert!(typed("0.5").is_ok());
        for (words, message) in [
            ("1,5", r#"lr: "1,5" is not a number (expected positive numbers, as in 0.001,0.01)"#),
            ("", "lr: the value is empty (expected positive numbers, as in 0.001,0.01)"),
        ] {
            assert_eq!(typed(words), Err(message.to_owned()));
        }
    }

    #[test]
    fn the_only_rate_cannot_be_removed() {
        assert_eq!(config("lr=0.5").without_rate(0).map(|config| config.text(Key::Lr)), Ok("0.5".to_owned()));
        assert_eq!(config("lr=0.5,1,2").without_rate(1).map(|config| config.text(Key::Lr)), Ok("0.5,2".to_owned()));
    }

    #[test]
    fn own_rates_are_edited_one_by_one() {
        let own = config("optimizer=sgd,adam&lr=adam:0.1,sgd:0.1,adam:1");
        let text = |result: Result<Config, Error>| result.map(|config| config.to_string());
        let rates = |rates: &str| Ok(format!("optimizer=sgd,adam&lr={rates}"));
        assert_eq!(text(own.with_rate(1, "1")), rates("adam:0.1,sgd:1,adam:1"));
        assert_eq!(text(own.with_rate_near(1, 0.0)), rates("adam:0.1,sgd:1,adam:1"));
        assert_eq!(text(own.with_rate_near(2, -1.0)), rates("adam:0.1,sgd:0.1,adam:0.101"));
        assert_eq!(text(own.with_another_rate()), rates("adam:0.1,sgd:0.1,adam:1,sgd:1"));
        assert_eq!(text(own.without_rate(0)), rates("sgd:0.1,adam:1"));
        assert_eq!(text(own.without_rate(1)), text(Ok(own.clone())));
    }

    #[test]
    fn an_optimizer_goes_with_the_last_of_its_own_rates() {
        let own = config("optimizer=sgd,adam,lion&lr=adam:0.1,lion:3,sgd:2,adam:1&beta1=0.8");
        let without = |run| own.without_run(run).map(|config| config.to_string());
        assert_eq!(without(0), Ok("optimizer=adam,lion&lr=adam:0.1,lion:3,adam:1&beta1=0.8".to_owned()));
        assert_eq!(without(1), Ok("optimizer=sgd,adam,lion&lr=lion:3,sgd:2,adam:1&beta1=0.8".to_owned()));
        assert!(without(4).is_err());
        let one = config("optimizer=sgd,adam&lr=adam:0.1,sgd:2&beta1=0.8").without_run(1);
        assert_eq!(one.map(|config| config.to_string()), Ok("optimizer=sgd&lr=2".to_owned()));
        assert_eq!(config("lr=0.1,1").without_run(1), Ok(config("lr=0.1")));
        assert_eq!(config("lr=0.1").without_run(0), Ok(config("lr=0.1")));
    }

    #[test]
    fn optimizers_keep_their_own_rates_and_new_ones_have_the_usual_one() {
        let own = config("optimizer=sgd,adam&lr=adam:0.1,sgd:2,adam:1");
        let chosen = |names: &str| own.with_optimizers(names).map(|config| config.to_string());
        assert_eq!(chosen("adam, lion"), Ok("optimizer=adam,lion&lr=adam:0.1,adam:1,lion:0.001".to_owned()));
        assert_eq!(chosen("adam"), Ok("lr=0.1,1".to_owned()));
        assert_eq!(chosen("lion"), Ok("optimizer=lion".to_owned()));
        assert!(chosen("adm").is_err_and(|error| error.to_string().starts_with("optimizer: \"adm\" is unknown")));
        assert!(chosen("").is_err_and(|error| error.to_string().starts_with("optimizer: the value is empty")));
        assert_eq!(config("lr=0.1").with_optimizers("sgd"), Ok(config("optimizer=sgd&lr=0.1")));
        assert_eq!(own.alone(2).map(|config| config.to_string()), Ok("lr=1".to_owned()));
    }

    #[test]
    fn a_nudge_is_a_hundredth_of_the_domain_and_stays_inside() {
        let config = config("surface=himmelblau&start=4.95,-5");
        assert_eq!(config.nudged_start(-1.0, 1.0), [4.85, -4.9]);
        assert_eq!(config.nudged_start(5.0, -5.0), [5.0, -5.0]);
    }
}
