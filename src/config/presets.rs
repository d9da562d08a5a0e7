//! Experiments to begin with: each a config and a sentence that says what to look at. `tests/presets.rs` holds every sentence
//! to what its runs do.

/// A named experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The title, in sentence case.
    pub title: &'static str,
    /// What to look at, in a sentence or two.
    pub lede: &'static str,
    /// The text of its [`Config`](super::Config), canonical.
    pub config: &'static str,
}

impl Preset {
    /// Every experiment; the page opens on the first.
    pub const ALL: &[Self] = &[
        preset(
            "Too low, right, too high",
            "Four learning rates, one surface, one clock. Before you press play, say which one reaches the minimum.",
            "surface=beale",
        ),
        preset(
            "The usual default",
            "0.001 is a good rate for many networks. On this bowl it has hardly left when the clock stops.",
            "surface=quadratic&lr=0.001,0.1",
        ),
        preset(
            "Six rates across the valley",
            "From crawling to another minimum, in six panels. Which is the first that gets there?",
            "surface=himmelblau&lr=0.001,0.01,0.03,0.1,1,3",
        ),
        preset(
            "Rings, then settles",
            "A rate of 3 swings across the bowl nine times. It still arrives, and hardly later than 0.1.",
            "surface=quadratic&lr=0.1,1,3",
        ),
        preset(
            "SGD overflows, Adam rings",
            "The same rates for both. SGD’s step grows with the slope, so it is off any scale at once; Adam’s does not.",
            "optimizer=sgd,adam&lr=0.01,1",
        ),
        preset(
            "The edge at two over L",
            "On a bowl SGD is stable below a rate of 2/L, here 0.02, and not a hair above it.",
            "surface=quadratic&condition=100&steps=400&optimizer=sgd&lr=0.01,0.0195,0.0205",
        ),
        preset(
            "Adam beside SGD on a narrow bowl",
            "SGD has one rate for both coordinates: what is safe across is slow along. Adam gives each its own step.",
            "surface=quadratic&condition=200&optimizer=sgd,adam&lr=0.009,0.1",
        ),
        preset(
            "Momentum overshoots",
            "Momentum gets there long before plain SGD, and swings past on the way. Nesterov’s looks ahead and swings less.",
            "surface=quadratic&optimizer=sgd,momentum,nesterov&lr=0.02",
        ),
        preset(
            "Six optimizers, one rate",
            "At a rate of 0.01 the simplest gets there first. Say which of the six are on their way, and which one hops.",
            "surface=himmelblau&optimizer=sgd,momentum,adagrad,rmsprop,adam,nadam&lr=0.01",
        ),
        preset(
            "Each at its own best rate",
            "Tuned for this start, momentum comes as low as Adam. At that rate it overflows from most others, and Adam from none.",
            "optimizer=sgd,momentum,rmsprop,adam&lr=sgd:0.00376,momentum:0.00211,rmsprop:0.178,adam:0.841",
        ),
        preset(
            "Annealing shrinks the noise ball",
            "With noisy gradients a constant rate never comes to rest. A cosine schedule does.",
            "surface=quadratic&condition=2&steps=400&lr=0.3&schedule=constant,cosine&noise=1",
        ),
        preset(
            "Warm-up saves the start",
            "Both end at a rate of 1. One begins with forty small steps, and stays in the basin that it started in.",
            "surface=himmelblau&lr=1&schedule=constant,piecewise&points=0:0.02,40:1",
        ),
        preset(
            "Sparse gradients",
            "Nine of ten gradient coordinates are missing. SGD’s rate is too low along or too high across; Adam keeps its pace.",
            "surface=quadratic&condition=100&steps=400&optimizer=sgd,adam&lr=0.015,0.1&sparsity=0.9",
        ),
        preset(
            "Bias correction off",
            "Without the correction the first step is 3.16 times as long as the rate, and the path swings before it settles.",
            "surface=quadratic&lr=0.01,0.1&bias-correction=off",
        ),
        preset(
            "A long memory",
            "Decaying the average of gradients by 0.99 remembers a hundred steps. At a rate that was right, it now flies past.",
            "surface=beale&lr=0.01,0.1&beta1=0.99",
        ),
        preset(
            "Off the shelf",
            "Where it is flat the slope is next to nothing, and so is SGD’s step. Adam divides by the slope’s own size.",
            "surface=plateau&optimizer=sgd,adam&lr=0.1",
        ),
        preset(
            "Out of the saddle",
            "Along the ridge the slope fades. SGD waits until it grows again; Adam walks off.",
            "surface=saddle&optimizer=sgd,adam&lr=0.01",
        ),
        preset(
            "A larger rate finds the deeper well",
            "A tenth settles in the first well that it meets. Ten times that swings on, into the deeper one.",
            "surface=two-wells&lr=0.1,1",
        ),
        preset(
            "Caught in the egg box",
            "Every rate up to 0.3 is caught in the nearest dent. A rate of 1 comes further, into another one.",
            "surface=rastrigin&lr=0.01,0.1,0.3,1",
        ),
        preset(
            "Everything at once",
            "Twelve rates, from a thousandth to three.",
            "surface=himmelblau&lr=0.001,0.003,0.006,0.01,0.03,0.06,0.1,0.3,0.6,1,2,3",
        ),
    ];

    /// The experiment that a config's canonical text is, whichever step it shows and however it is laid out.
    pub fn of(config: &super::Config) -> Option<&'static Self> {
        let bare = |key: super::Key, config: &super::Config| config.without(key.name());
        let config = bare(super::Key::Step, config).and_then(|config| bare(super::Key::View, &config)).ok()?;
        let text = config.to_string();
        Self::ALL.iter().find(|preset| preset.config == text)
    }
}

const fn preset(title: &'static str, lede: &'static str, config: &'static str) -> Preset {
    Preset { title, lede, config }
}
