//! Charts: the very bytes of some, and what holds for all of them.
#![cfg(not(target_arch = "wasm32"))]

use std::path::PathBuf;
use std::{env, fs};

use adam_scope::render::chart::{Chart, Quantity, svg};
use adam_scope::render::{Frame, Theme, closeup};
use adam_scope::{Config, Domain, Surface, Trajectory};

/// Name, quantity, query, position of the run, and theme.
const GOLDEN: [(&str, Quantity, &str, usize, &Theme); 7] = [
    ("loss", Quantity::Loss, "surface=beale&step=75", 0, &Theme::LIGHT),
    ("loss-above-the-lowest", Quantity::Loss, "surface=six-hump-camel&lr=0.003,0.01,0.1&steps=150", 0, &Theme::DARK),
    ("loss-linear-and-cut", Quantity::Loss, "surface=saddle&lr=0.01,0.1,1", 0, &Theme::LIGHT),
    ("rate", Quantity::Rate, "surface=beale&schedule=cosine,one-cycle&warmup=20&lr=0.1", 0, &Theme::LIGHT),
    ("update", Quantity::Update, "surface=beale&step=12", 2, &Theme::LIGHT),
    ("distance", Quantity::Distance, "surface=himmelblau&lr=0.01,0.1,1&step=150", 0, &Theme::PROJECTOR),
    ("thinned", Quantity::Loss, "surface=beale&lr=0.001,0.1&noise=1&steps=20000&step=9000", 0, &Theme::LIGHT),
];

/// Name, query, run and step of close-ups.
const CLOSEUPS: [(&str, &str, usize, usize, &Theme); 3] = [
    ("closeup", "surface=beale", 2, 12, &Theme::LIGHT),
    ("closeup-sgd", "surface=beale&optimizer=sgd&lr=0.01", 0, 3, &Theme::DARK),
    ("closeup-projector", "surface=rastrigin&lr=0.3&bias-correction=off", 0, 9, &Theme::PROJECTOR),
];

fn drawn(quantity: Quantity, query: &str, run: usize, theme: &Theme) -> Option<String> {
    let config: Config = query.parse().expect("a good query");
    svg(quantity, &config, run, 420, 300, theme).expect("a good size")
}

#[test]
fn charts_are_the_golden_ones_byte_for_byte() {
    let bless = env::var_os("ADAM_SCOPE_BLESS").is_some();
    assert!(!(bless && env::var_os("CI").is_some()), "golden charts are never rewritten under CI");
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "golden", "charts"].iter().collect();
    let mut changed = Vec::new();
    let charts = GOLDEN.map(|(name, quantity, query, run, theme)| (name, drawn(quantity, query, run, theme)));
    let closeups = CLOSEUPS.map(|(name, query, run, step, theme)| {
        (name, closeup::svg(&query.parse().expect("a good query"), run, step, 320, theme))
    });
    for (name, drawn) in charts.into_iter().chain(closeups) {
        let file = folder.join(name).with_extension("svg");
        let drawn = drawn.expect("something to show");
        if bless {
            fs::write(&file, &drawn).expect("the chart can be written");
        } else if fs::read_to_string(&file).ok().as_ref() != Some(&drawn) {
            changed.push(name);
        }
    }
    assert!(changed.is_empty(), "{changed:?} are not what is drawn now; see tests/figure.rs");
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), GOLDEN.len() + CLOSEUPS.len());
}

/// A chart with what it was made of.
fn chart(quantity: Quantity, query: &str, run: usize) -> (Chart, Vec<Trajectory>) {
    let config: Config = query.parse().expect("a good query");
    let runs = config.runs();
    let trajectories: Vec<Trajectory> = runs.iter().map(|run| config.descend(run)).collect();
    (Chart::new(quantity, &config, &runs, &trajectories, run).expect("something to show"), trajectories)
}

const PLACE: Frame = Frame {
    domain: Domain { x0: 0.0, x1: 1.0, y0: 0.0, y1: 1.0 },
    left: 40.0,
    top: 10.0,
    width: 300.0,
    height: 180.0,
    dpr: 2.0,
};

fn captioned(quantity: Quantity, query: &str, run: usize) -> String {
    chart(quantity, query, run).0.caption(600)
}

#[test]
fn a_caption_says_the_scale_and_all_that_is_left_out() {
    let loss = |query: &str| captioned(Quantity::Loss, query, 0);
    assert_eq!(loss("surface=beale"), "Log scale.");
    assert_eq!(loss("surface=six-hump-camel"), "Loss above the lowest known, −1.03, on a log scale.");
    assert_eq!(loss("surface=saddle&lr=0.001"), "Log scale.");
    assert_eq!(loss("surface=saddle&lr=0.01&steps=120"), "Linear scale.");
    assert_eq!(loss("surface=saddle&lr=0.001,0.01"), "Linear scale. Below −4.01 nothing is drawn.");
    assert_eq!(
        loss("surface=sphere&lr=0.5&steps=5000"),
        "Log scale. Below 3.0×10⁻¹⁶ nothing is drawn. Thinned: of 5,000 steps, each column of pixels shows its first, last, lowest and highest."
    );
    assert!(loss("surface=rosenbrock&optimizer=sgd&lr=1").starts_with("Log scale. Above "));
}

#[test]
fn the_limits_of_updates_are_told_apart() {
    let update = |query: &str| captioned(Quantity::Update, query, 0);
    assert_eq!(
        update("surface=beale&lr=0.1"),
        "Movement in x (solid) and in y (dashed). Dotted: plus and minus lr. No step can exceed 7.27\u{a0}lr, beyond this scale."
    );
    assert_eq!(
        update("surface=beale&lr=0.1&bias-correction=off"),
        "Movement in x (solid) and in y (dashed). Dotted: plus and minus lr, and further out 7.27\u{a0}lr, which no step can exceed."
    );
    assert_eq!(
        update("surface=beale&lr=0.1&optimizer=lion"),
        "Movement in x (solid) and in y (dashed). Dotted: plus and minus lr, which no step can exceed."
    );
    assert_eq!(
        update("surface=beale&lr=0.01&optimizer=sgd"),
        "Movement in x (solid) and in y (dashed). Dotted: plus and minus lr."
    );
}

#[test]
fn every_quantity_of_every_surface_has_a_chart_or_nothing_is_known() {
    for surface in Surface::ALL {
        let name = surface.facts().name;
        for &quantity in Quantity::ALL {
            for rates in ["0.01", "0.001,0.1,10", "1e-300,1e300"] {
                let drawn = drawn(quantity, &format!("surface={name}&lr={rates}"), 0, &Theme::LIGHT);
                let expected = quantity != Quantity::Distance || !surface.facts().minima.is_empty();
                assert_eq!(drawn.is_some(), expected, "{name} {quantity:?}");
                assert!(
                    !drawn.is_some_and(|svg| svg.contains("NaN") || svg.contains("inf\"")),
                    "{name} {quantity:?} {rates}"
                );
            }
        }
    }
}

#[test]
fn a_place_on_a_chart_is_a_step_and_a_value() {
    let (chart, trajectories) = chart(Quantity::Rate, "surface=beale&lr=0.001,0.1&steps=100", 0);
    let frame = chart.frame(PLACE);
    assert_eq!([-5.0, 40.0, 191.0, 340.0, 900.0].map(|left| chart.step_at(left, &frame)), [0, 0, 50, 100, 100]);
    for curve in chart.curves() {
        let [_, top] = frame.place([7.0, chart.scale().measure(curve.value(&trajectories[curve.run], 7))]);
        assert_eq!(chart.value_at(top, &frame), trajectories[curve.run].rates()[6]);
    }
    assert_eq!(chart.reading(0, &trajectories), ["", ""]);
    assert_eq!(chart.reading(7, &trajectories), ["0.00100", "0.100"]);
}

#[test]
fn labels_are_at_the_ends_of_their_lines_and_apart() {
    let twelve = "surface=himmelblau&lr=0.001,0.003,0.006,0.01,0.03,0.06,0.1,0.3,0.6,1,2,3";
    let (chart, trajectories) = chart(Quantity::Loss, twelve, 0);
    let labels = chart.labels(&trajectories, &chart.frame(PLACE), 14.0);
    assert_eq!(labels.iter().map(|label| label.run).collect::<Vec<_>>(), (0..12).map(Some).collect::<Vec<_>>());
    let mut tops: Vec<f64> = labels.iter().map(|label| label.place[1]).collect();
    tops.sort_by(f64::total_cmp);
    assert!(tops.windows(2).all(|pair| pair[1] - pair[0] >= 14.0 - 1e-9), "{tops:?}");
    assert!(labels.iter().all(|label| label.place[0] > 340.0 && (10.0..=190.0).contains(&label.place[1])));
}

/// Of 20,001 points at most four a column of pixels are drawn; which ones is tested beside the code.
#[test]
fn long_runs_are_drawn_with_few_points() {
    let drawn = drawn(Quantity::Loss, "surface=beale&lr=0.1&noise=1&steps=20000", 0, &Theme::LIGHT).expect("a chart");
    let points =
        drawn.split("points=\"").skip(1).flat_map(|rest| rest.split('"').next()).map(|line| line.split(' ').count());
    let most = points.max().expect("a line");
    assert!((1000..=4 * 420).contains(&most), "{most} points");
}
