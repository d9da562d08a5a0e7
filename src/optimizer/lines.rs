//! An update as people read it: line by line, each with its rule and the arithmetic behind it.

/// One line of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it computes, in words.
    pub name: &'static str,
    /// What that is, in a few words.
    pub help: &'static str,
    /// The rule, as the content of a MathML `math` element.
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

    /// The line where it has a condition.
    pub(super) const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }
}

/// Pieces of MathML.
macro_rules! var {
    ($name:literal) => {
        concat!("<mi>", $name, "</mi>")
    };
}
macro_rules! num {
    ($number:literal) => {
        concat!("<mn>", $number, "</mn>")
    };
}
macro_rules! op {
    ($sign:literal) => {
        concat!("<mo>", $sign, "</mo>")
    };
}
/// Of this update, of the one before, of the one after.
macro_rules! now {
    ($name:literal) => {
        concat!("<msub><mi>", $name, "</mi><mi>t</mi></msub>")
    };
}
macro_rules! before {
    ($name:literal) => {
        concat!("<msub><mi>", $name, "</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub>")
    };
}
macro_rules! squared {
    ($name:literal) => {
        concat!("<msubsup><mi>", $name, "</mi><mi>t</mi><mn>2</mn></msubsup>")
    };
}
macro_rules! hat {
    ($name:literal) => {
        concat!("<mover><mi>", $name, "</mi><mo>^</mo></mover>")
    };
}
macro_rules! beta {
    ($number:literal) => {
        concat!("<msub><mi>β</mi><mn>", $number, "</mn></msub>")
    };
}
macro_rules! beta_power {
    ($number:literal) => {
        concat!("<msubsup><mi>β</mi><mn>", $number, "</mn><mi>t</mi></msubsup>")
    };
}
macro_rules! rest {
    ($of:expr) => {
        concat!("<mrow><mo>(</mo><mn>1</mn><mo>−</mo>", $of, "<mo>)</mo></mrow>")
    };
}
macro_rules! fraction {
    ($above:expr, $below:expr) => {
        concat!("<mfrac><mrow>", $above, "</mrow><mrow>", $below, "</mrow></mfrac>")
    };
}
macro_rules! root {
    ($of:expr) => {
        concat!("<msqrt>", $of, "</msqrt>")
    };
}
/// An assignment.
macro_rules! set {
    ($left:expr, $($part:expr),+) => {
        concat!($left, "<mo>=</mo>", $($part),+)
    };
}
/// The update as minus the rate times something.
macro_rules! update {
    ($($part:expr),+) => {
        set!("<mi>Δ</mi>", "<mo>−</mo>", "<mi>lr</mi>", $($part),+)
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
