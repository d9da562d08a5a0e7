//! Experiments that are ready to play. What each sentence claims, `tests/presets.rs` reads out of the runs.

/// An experiment: a config, with a name and what to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name, in sentence case.
    pub title: &'static str,
    /// What to look at, or to predict before playing.
    pub lede: &'static str,
    /// The canonical text of its config.
    pub config: &'static str,
}

impl Preset {
    /// Every experiment; the first is what the page opens on.
    pub const ALL: &[Self] = &[
        Self {
            title: "Too low, right, too high",
            lede: "Four learning rates, one surface, one clock. Before you press play, say which one reaches the minimum.",
            config: "surface=beale",
        },
        Self {
            title: "The usual default",
            lede: "0.001 is a good rate for many networks. On this bowl it has hardly left when the clock stops.",
            config: "surface=quadratic&lr=0.001,0.1",
        },
        Self {
            title: "Six rates across the valley",
            lede: "From crawling to hopping in six panels. Only one of these rates gets there in time and stays.",
            config: "surface=himmelblau&lr=0.001,0.01,0.03,0.1,1,3",
        },
        Self {
            title: "Two rates, one curved valley",
            lede: "The floor of this valley is nearly flat: ten times the rate is the difference between arriving and not.",
            config: "steps=2000&lr=0.003,0.03",
        },
        Self {
            title: "Adam beside SGD on a ravine",
            lede: "A hundred times steeper one way than the other. SGD swings across; Adam gives each parameter its own step.",
            config: "surface=quadratic&condition=100&steps=500&optimizer=sgd,adam&lr=0.0195",
        },
        Self {
            title: "SGD overflows, Adam does not",
            lede: "The same rates for both. SGD's steps grow with the slope until they are no numbers any more.",
            config: "surface=beale&optimizer=sgd,adam&lr=0.1,0.3",
        },
        Self {
            title: "Across the plateau",
            lede: "Where the surface is flat, SGD stops. Adam divides by the size of the slope and walks on.",
            config: "surface=plateau&optimizer=sgd,adam&lr=0.1",
        },
        Self {
            title: "Leaving a saddle",
            lede: "A hair beside the ridge the slope almost vanishes. Who walks off first, and who is still waiting?",
            config: "surface=saddle&optimizer=sgd,momentum,adam&lr=0.01",
        },
        Self {
            title: "Momentum overshoots",
            lede: "Three runs at one rate. Momentum rolls past the minimum and back; looking one step ahead calms it.",
            config: "surface=quadratic&optimizer=sgd,momentum,nesterov&lr=0.03",
        },
        Self {
            title: "Warm-up saves the start",
            lede: "Both end at a rate of 1. One begins there and is thrown out; sixty careful steps keep the other inside.",
            config: "surface=beale&steps=300&lr=1&schedule=constant,piecewise&points=0:0.01,60:1",
        },
        Self {
            title: "Annealing shrinks the noise ball",
            lede: "With noise in its gradients a constant rate never comes to rest. A rate that fades out does.",
            config: "surface=quadratic&steps=400&lr=0.3&schedule=constant,cosine&noise=2&seed=1",
        },
        Self {
            title: "Start large, end small",
            lede: "The rate falls to a tenth half-way, as drawn by hand, and with it the swing that the large rate cannot lose.",
            config: "surface=quadratic&steps=400&lr=1&schedule=constant,piecewise&beta2=0.9&points=0:1,200:1,201:0.1",
        },
        Self {
            title: "Sparse gradients",
            lede: "Nine gradients in ten are missing. SGD crawls; Adam and AdaGrad make the most of those that come.",
            config: "surface=quadratic&condition=50&steps=600&optimizer=sgd,adagrad,adam&lr=0.005,0.3&sparsity=0.9&seed=3",
        },
        Self {
            title: "Bias correction off",
            lede: "Both averages begin at zero. Left uncorrected, Adam's first step is 3.16 times the rate: look inside step 1.",
            config: "surface=beale&lr=0.1,0.3&bias-correction=off",
        },
        Self {
            title: "A short memory",
            lede: "Beta2 at 0.5 forgets how steep it was within two steps, and Adam never settles. At 0.999 all three would.",
            config: "surface=quadratic&lr=0.1,0.3,1&beta2=0.5",
        },
        Self {
            title: "Two wells",
            lede: "Two of these rates stay in the shallow well beside the start. Which ones climb over to the deep one?",
            config: "surface=two-wells&steps=400&lr=0.01,0.1,0.3,1",
        },
        Self {
            title: "Caught in the egg box",
            lede: "Rates from 0.01 to 0.3 are caught in the nearest dent. A rate of 1 jumps out, and into another one.",
            config: "surface=rastrigin&lr=0.01,0.1,0.3,1",
        },
        Self {
            title: "Equal budget",
            lede: "200 steps for everyone, at three rates each. Compare every optimizer at its own best rate, not at Adam's.",
            config: "surface=beale&optimizer=sgd,momentum,rmsprop,adam&lr=0.001,0.01,0.1",
        },
        Self {
            title: "Everything at once",
            lede: "Twelve rates on one plot, from a thousandth to three. Follow one line from its start to its end.",
            config: "surface=himmelblau&lr=0.001,0.003,0.006,0.01,0.03,0.06,0.1,0.3,0.6,1,2,3",
        },
    ];

    /// The experiment of a config, if it is one's.
    pub fn by_config(text: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|preset| preset.config == text)
    }
}
