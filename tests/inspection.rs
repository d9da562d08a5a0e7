//! The inspector's lines: their arithmetic, evaluated digit for digit, is what the rule computed.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{Checkpoints, Config, Hyperparameter, Inspection, Optimizer};

/// What an exact line comes to: numbers, + − × /, parentheses, √, ², ^n, |a|, max(a, b), sign(a).
struct Evaluator<'a>(&'a str);

impl Evaluator<'_> {
    fn value(text: &str) -> f64 {
        let mut rest = Evaluator(text);
        let value = rest.sum();
        assert_eq!(rest.0, "", "{text}");
        value
    }

    fn skip(&mut self, token: &str) -> bool {
        let rest = self.0.trim_start();
        let found = rest.strip_prefix(token);
        self.0 = found.unwrap_or(self.0);
        found.is_some()
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.skip("+") {
                value += self.product();
            } else if self.skip("−") {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.power();
        loop {
            if self.skip("×") {
                value *= self.power();
            } else if self.skip("/") {
                value /= self.power();
            } else {
                return value;
            }
        }
    }

    fn power(&mut self) -> f64 {
        let base = self.atom();
        if self.skip("²") {
            base * base
        } else if self.skip("^") {
            let exponent = self.atom();
            (0..exponent as usize).fold(1.0, |power, _| power * base)
        } else {
            base
        }
    }

    fn atom(&mut self) -> f64 {
        if self.skip("−") {
            return -self.power();
        }
        if self.skip("√") {
            return self.atom().sqrt();
        }
        if self.skip("max(") {
            let one = self.sum();
            assert!(self.skip(","));
            let other = self.sum();
            assert!(self.skip(")"));
            return one.max(other);
        }
        if self.skip("sign(") {
            let value = self.sum();
            assert!(self.skip(")"));
            return if value == 0.0 { 0.0 } else { value.signum() };
        }
        for (open, close) in [("(", ")"), ("|", "|")] {
            if self.skip(open) {
                let value = self.sum();
                assert!(self.skip(close), "{}", self.0);
                return if open == "|" { value.abs() } else { value };
            }
        }
        self.number()
    }

    fn number(&mut self) -> f64 {
        let rest = self.0.trim_start();
        let mut end = 0;
        let mut last = ' ';
        for (at, c) in rest.char_indices() {
            let in_exponent = (c == '−' || c == '+') && last == 'e';
            if !(c.is_ascii_digit() || c == '.' || c == 'e' || in_exponent) {
                break;
            }
            (end, last) = (at + c.len_utf8(), c);
        }
        let number = rest[..end].replace('−', "-");
        self.0 = &rest[end..];
        number.parse().unwrap_or_else(|_| panic!("{number:?} before {:?}", self.0))
    }
}

fn inspected(query: &str, step: usize) -> Inspection {
    let config: Config = query.parse().unwrap_or_else(|error| panic!("{query}: {error}"));
    let run = &config.runs()[0];
    config.inspect(run, &config.descend(run), step).expect("an update")
}

/// The queries that every optimizer is inspected under: its hyperparameters at their defaults and off them.
fn queries() -> impl Iterator<Item = String> {
    Optimizer::ALL.iter().flat_map(|optimizer| {
        let base = format!("surface=beale&lr=0.002&steps=60&optimizer={}", optimizer.name());
        let has = |which| optimizer.get(which).is_some();
        let mut queries =
            vec![base.clone(), format!("{base}&weight-decay=0.3"), format!("{base}&noise=0.5&schedule=cosine")];
        if has(Hyperparameter::BiasCorrection) {
            queries.extend([
                format!("{base}&bias-correction=off"),
                format!("{base}&bias-correction=off&weight-decay=0.3"),
            ]);
        }
        if has(Hyperparameter::Beta2) {
            queries.push(format!("{base}&beta1=0.7&beta2=0.9"));
            queries.push(format!("{base}&beta2=0.5"));
        }
        if has(Hyperparameter::Momentum) {
            queries.push(format!("{base}&momentum=0.6"));
        }
        queries
    })
}

fn is_close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1e-300)
}

#[test]
fn every_line_of_every_optimizer_comes_to_what_the_rule_computed() {
    for query in queries() {
        for step in [1, 2, 7, 31, 60] {
            let inspection = inspected(&query, step);
            for line in inspection.lines() {
                for axis in [0, 1] {
                    let (text, result) = inspection.exact(line, axis);
                    assert!(result.is_finite(), "{query} at {step}: {} is {result}", line.name);
                    if !text.is_empty() {
                        let value = Evaluator::value(&text);
                        assert!(is_close(value, result, 1e-10), "{query} at {step}: {text} = {value}, not {result}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_results_are_those_of_the_trace_and_the_last_is_the_new_point() {
    for query in queries() {
        let config: Config = query.parse().expect("a good query");
        let run = &config.runs()[0];
        let path = config.descend(run);
        for step in [1, 2, 31, 60] {
            let inspection = config.inspect(run, &path, step).expect("an update");
            assert_eq!(inspection.anatomy(), &config.anatomy(run, &path, step..=step)[0], "{query}");
            let last = inspection.lines().last().expect("lines");
            assert_eq!([0, 1].map(|axis| inspection.exact(last, axis).1), path.points()[step], "{query}");
            // The moments that the trace tells are all among the lines.
            for axis in [0, 1] {
                let anatomy = inspection.anatomy()[axis];
                let results: Vec<f64> = inspection.lines().iter().map(|line| inspection.exact(line, axis).1).collect();
                let told = [anatomy.m, anatomy.v, Some(anatomy.grad), Some(anatomy.update)];
                assert!(told.into_iter().flatten().all(|part| results.contains(&part)), "{query} at {step}");
            }
        }
    }
}

#[test]
fn from_checkpoints_every_step_is_what_it_is_from_the_start() {
    for optimizer in Optimizer::ALL {
        let query =
            format!("surface=beale&lr=0.002&steps=3100&noise=0.1&schedule=cosine&optimizer={}", optimizer.name());
        let config: Config = query.parse().expect("a good query");
        let run = &config.runs()[0];
        let path = config.descend(run);
        let mut kept = Checkpoints::default();
        for step in [1, 1500, 3100, 2999, 1000, 1001, 1002, 7, 0, 3101, 2001] {
            let from_kept = config.inspect_from(run, &path, step, &mut kept);
            assert_eq!(from_kept, config.inspect(run, &path, step), "{query} at {step}");
        }
    }
}

#[test]
fn a_line_reads_as_on_paper() {
    let inspection = inspected("surface=beale&lr=0.1", 12);
    let said: Vec<[String; 2]> = inspection
        .lines()
        .iter()
        .map(|line| {
            let sum = inspection.sum(line, 0);
            [line.name.to_owned(), format!("{} = {}", sum.filled, sum.result)]
        })
        .collect();
    let expected = [
        ["gradient", " = −2.694"],
        ["average of gradients", "0.9 × (−2.88) + 0.1 × (−2.69) = −2.861"],
        ["average of squares", "0.999 × 0.315 + 0.001 × (−2.69)² = 0.3218"],
        ["average, corrected", "−2.86 / (1 − 0.9¹²) = −3.987"],
        ["squares, corrected", "0.322 / (1 − 0.999¹²) = 26.97"],
        ["update", "−0.1 × (−3.99) / (√27.0 + 10⁻⁸) = 0.07677"],
        ["new point", "1.48 + 0.0768 = 1.558"],
    ];
    assert_eq!(said, expected.map(|pair| pair.map(str::to_owned)));
}

#[test]
fn lines_are_there_where_they_apply() {
    let names = |query: &str, step: usize| -> Vec<&str> {
        inspected(query, step).lines().iter().map(|line| line.name).collect()
    };
    assert_eq!(names("optimizer=sgd&lr=0.001", 3), ["gradient", "update", "new point"]);
    assert_eq!(
        names("optimizer=adam&lr=0.001&bias-correction=off&weight-decay=0.1", 3),
        ["gradient", "with weight decay", "average of gradients", "average of squares", "update", "new point"]
    );
    assert!(!names("optimizer=radam&lr=0.001", 5).contains(&"rectification"));
    assert!(names("optimizer=radam&lr=0.001", 6).contains(&"rectification"));
}

#[test]
fn no_update_led_to_the_start_or_past_the_end() {
    let config: Config = "surface=beale&lr=0.1,1e200&steps=10".parse().expect("a good query");
    let [short, cut] = [0, 1].map(|run| (config.runs()[run].clone(), config.descend(&config.runs()[run])));
    assert!(config.inspect(&short.0, &short.1, 0).is_none() && config.inspect(&short.0, &short.1, 11).is_none());
    assert!(config.inspect(&short.0, &short.1, 10).is_some());
    assert!(config.inspect(&cut.0, &cut.1, 1).is_none(), "its first step is not finite");
}

/// A rule is the content of a `math` element, of the elements that every browser knows, each closed.
#[test]
fn rules_are_well_formed_mathml() {
    const ELEMENTS: [&str; 9] = ["mi", "mn", "mo", "mrow", "mfrac", "msqrt", "msub", "msup", "msubsup"];
    for query in queries() {
        for line in inspected(&query, 20).lines() {
            let mut open = Vec::new();
            for part in line.rule.split('<').skip(1) {
                let (tag, _) = part.split_once('>').expect("a tag ends");
                match tag.strip_prefix('/') {
                    Some(name) => assert_eq!(open.pop(), Some(name), "{}", line.rule),
                    None => {
                        assert!(ELEMENTS.contains(&tag) || tag == "mover", "{tag}");
                        open.push(tag);
                    }
                }
            }
            assert!(open.is_empty() && !line.name.is_empty() && !line.help.is_empty(), "{}", line.rule);
        }
    }
}
