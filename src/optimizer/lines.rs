//! An update as people read it: line by line, each with its rule and the arithmetic behind it.

/// One line of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it computes, in words.
    pub name: &'static str,
    /// What that is, in a few words.
    pub help: &'static str,
    /// The rule, in MathML's elements, each as a letter and braces around its content: see [`Line::mathml`].
    pub rule: &'static str,
    /// The right side of the rule, with the names of numbers in braces: `{beta1} × {m0} + {1-beta1} × {g}`. `{1-a}` is
    /// 1 - a, `{^t}` the power t. Empty where nothing is computed.
    ///
    /// | name | number |
    /// |---|---|
    /// | `grad` `lr` `t` | the gradient, the rate, the update's number from 1 |
    /// | `x` `update` `x1` | the parameter before, what is added, the parameter after |
    /// | `m` `v` `m_hat` `v_hat` | as in [`Anatomy`](super::Anatomy) |
    /// | a hyperparameter's | its value |
    /// | others | the rule's own: [`Rule::terms`](super::Rule::terms) |
    pub filled: &'static str,
    /// The name of what comes out.
    pub result: &'static str,
    /// When it is there.
    pub when: When,
}

/// When a line is part of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At every update.
    Always,
    /// Where the number of that name is there and not 0.
    Has(&'static str),
    /// Where the number of that name is 0 or not there.
    HasNot(&'static str),
}

impl Line {
    /// A line that is always there.
    pub(super) const fn new(
        [name, help]: [&'static str; 2],
        rule: &'static str,
        filled: &'static str,
        result: &'static str,
    ) -> Self {
        Self { name, help, rule, filled, result, when: When::Always }
    }

    /// The rule as the content of a MathML `math` element. Written out, the tags of all rules are ten kilobytes of the module
    /// that every visitor of the page loads.
    pub fn mathml(&self) -> String {
        let (mut text, mut open) = (String::new(), Vec::new());
        let mut rest = self.rule;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            rest = &brace[1..];
            if brace.starts_with('}') {
                text.push_str(before);
                text.extend(["</", open.pop().unwrap_or_default(), ">"]);
                continue;
            }
            let letter = before.len().saturating_sub(1);
            text.push_str(&before[..letter]);
            let element =
                ELEMENTS.iter().find(|(code, _)| *code == &before[letter..]).map_or("", |(_, element)| element);
            text.extend(["<", element, ">"]);
            open.push(element);
        }
        text.push_str(rest);
        text
    }

    /// The line where it has a condition.
    pub(super) const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }
}

/// The elements of MathML that rules are made of, and their letters.
const ELEMENTS: [(&str, &str); 10] = [
    ("i", "mi"),
    ("n", "mn"),
    ("o", "mo"),
    ("r", "mrow"),
    ("f", "mfrac"),
    ("q", "msqrt"),
    ("b", "msub"),
    ("p", "msup"),
    ("s", "msubsup"),
    ("v", "mover"),
];

/// Pieces of rules.
macro_rules! var {
    ($name:literal) => {
        concat!("i{", $name, "}")
    };
}
macro_rules! num {
    ($number:literal) => {
        concat!("n{", $number, "}")
    };
}
macro_rules! op {
    ($sign:literal) => {
        concat!("o{", $sign, "}")
    };
}
/// Of this update, of the one before, of the one after.
macro_rules! now {
    ($name:literal) => {
        concat!("b{i{", $name, "}i{t}}")
    };
}
macro_rules! before {
    ($name:literal) => {
        concat!("b{i{", $name, "}r{i{t}o{−}n{1}}}")
    };
}
macro_rules! squared {
    ($name:literal) => {
        concat!("s{i{", $name, "}i{t}n{2}}")
    };
}
macro_rules! hat {
    ($name:literal) => {
        concat!("v{i{", $name, "}o{^}}")
    };
}
macro_rules! beta {
    ($number:literal) => {
        concat!("b{i{β}n{", $number, "}}")
    };
}
macro_rules! beta_power {
    ($number:literal) => {
        concat!("s{i{β}n{", $number, "}i{t}}")
    };
}
macro_rules! rest {
    ($of:expr) => {
        concat!("r{o{(}n{1}o{−}", $of, "o{)}}")
    };
}
macro_rules! fraction {
    ($above:expr, $below:expr) => {
        concat!("f{r{", $above, "}r{", $below, "}}")
    };
}
macro_rules! root {
    ($of:expr) => {
        concat!("q{", $of, "}")
    };
}
/// An assignment.
macro_rules! set {
    ($left:expr, $($part:expr),+) => {
        concat!($left, "o{=}", $($part),+)
    };
}
/// The update as minus the rate times something.
macro_rules! update {
    ($($part:expr),+) => {
        set!("i{Δ}", "o{−}", "i{lr}", $($part),+)
    };
}

const DECAYS: When = When::Has("weight-decay");
pub(super) const CORRECTED: When = When::Has("bias-correction");
pub(super) const UNCORRECTED: When = When::HasNot("bias-correction");

pub(super) const UPDATE: [&str; 2] = ["update", "how far it moves"];
pub(super) const SQUARES_NAME: [&str; 2] = ["average of squares", "how steep it has been"];
const M_HAT_NAME: [&str; 2] = ["average, corrected", "it began at zero"];
const V_HAT_NAME: [&str; 2] = ["squares, corrected", "they began at zero"];

pub(super) const GRADIENT: Line = Line::new(["gradient", "the slope here"], set!(now!("g"), var!("∇f")), "", "grad");

pub(super) const DECAYED: Line = Line::new(
    ["with weight decay", "pulls towards zero"],
    set!(now!("g"), var!("∇f"), op!("+"), var!("λ"), before!("x")),
    "{grad} + {weight-decay} × {x}",
    "g",
)
.when(DECAYS);

pub(super) const MEAN: Line = Line::new(
    ["average of gradients", "the momentum"],
    set!(now!("m"), beta!("1"), before!("m"), op!("+"), rest!(beta!("1")), now!("g")),
    "{beta1} × {m0} + {1-beta1} × {g}",
    "m",
);

pub(super) const SQUARES: Line = Line::new(
    SQUARES_NAME,
    set!(now!("v"), beta!("2"), before!("v"), op!("+"), rest!(beta!("2")), squared!("g")),
    "{beta2} × {v0} + {1-beta2} × {g}²",
    "v",
);

pub(super) const M_HAT: Line = Line::new(
    M_HAT_NAME,
    set!(hat!("m"), fraction!(now!("m"), concat!(num!("1"), op!("−"), beta_power!("1")))),
    "{m} / (1 − {beta1}{^t})",
    "m_hat",
);

pub(super) const V_HAT: Line = Line::new(
    V_HAT_NAME,
    set!(hat!("v"), fraction!(now!("v"), concat!(num!("1"), op!("−"), beta_power!("2")))),
    "{v} / (1 − {beta2}{^t})",
    "v_hat",
);

/// The same of a maximum in the place of v.
pub(super) const MAXIMUM_HAT: Line = Line::new(
    ["largest, corrected", "it began at zero"],
    set!(hat!("v"), fraction!(now!("u"), concat!(num!("1"), op!("−"), beta_power!("2")))),
    "{v_max} / (1 − {beta2}{^t})",
    "v_hat",
);

pub(super) const ADAM_UPDATE: Line = Line::new(
    UPDATE,
    update!(fraction!(hat!("m"), concat!(root!(hat!("v")), op!("+"), var!("ε")))),
    "−{lr} × {m_hat} / (√{v_hat} + {eps})",
    "update",
);

/// Adam's update without its corrections.
pub(super) const RAW_UPDATE: Line = Line::new(
    UPDATE,
    update!(fraction!(now!("m"), concat!(root!(now!("v")), op!("+"), var!("ε")))),
    "−{lr} × {m} / (√{v} + {eps})",
    "update",
);

/// The gradient itself, divided.
pub(super) const DIVIDED_UPDATE: Line = Line::new(
    UPDATE,
    update!(fraction!(now!("g"), concat!(root!(now!("v")), op!("+"), var!("ε")))),
    "−{lr} × {g} / (√{v} + {eps})",
    "update",
);

/// SGD's sum of gradients.
pub(super) const SUM: Line = Line::new(
    ["sum of gradients", "the momentum"],
    set!(now!("m"), var!("μ"), before!("m"), op!("+"), now!("g")),
    "{momentum} × {m0} + {g}",
    "m",
);

/// The last line of every update.
pub(crate) const NEW_POINT: Line = Line::new(
    ["new point", "where the step ends"],
    set!(now!("x"), before!("x"), op!("+"), var!("Δ")),
    "{x} + {update}",
    "x1",
);
