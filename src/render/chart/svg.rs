//! A chart as one SVG.

use super::{Chart, Curve, Quantity, draw_axes, draw_curve, draw_now};
use crate::config::Config;
use crate::error::Error;
use crate::render::frame::Frame;
use crate::render::svg::{dashed, drawn, text};
use crate::render::text::{Anchor, Line, Span, escaped, hex, out_of_range, width as width_of, wrapped};
use crate::render::theme::Theme;
use crate::render::{Strokes, UNITS};
use crate::surface::Domain;
use crate::trajectory::Trajectory;

/// The sizes that a chart may have.
const WIDTHS: [u32; 2] = [240, 4000];
const HEIGHTS: [u32; 2] = [160, 4000];

/// The room left of the axis, for its labels.
const LEFT: f64 = 52.0;

/// From the picture's upper edge to the baseline of the heading.
const TOP: f64 = 22.0;

/// The room under the axis, for its labels.
const BOTTOM: f64 = 30.0;

/// The least space between the middles of two labels.
const LABEL_HEIGHT: f64 = 14.0;

/// How strongly lines are drawn past the step shown.
const FUTURE: f64 = 0.3;

/// The chart of a quantity of a config's runs (of the run at position `run` where it is about one), at the step that the
/// config shows, in CSS pixels. `None` where there is nothing to show.
///
/// # Errors
/// Where `width` or `height` is too small or too large.
pub fn svg(
    quantity: Quantity,
    config: &Config,
    run: usize,
    width: u32,
    height: u32,
    theme: &Theme,
) -> Result<Option<String>, Error> {
    for (key, value, [least, most]) in [("width", width, WIDTHS), ("height", height, HEIGHTS)] {
        if !(least..=most).contains(&value) {
            return Err(out_of_range(key, value, least, most, ""));
        }
    }
    let runs = config.runs();
    let trajectories: Vec<Trajectory> = runs.iter().map(|run| config.descend(run)).collect();
    let chart = Chart::new(quantity, config, &runs, &trajectories, run.min(runs.len() - 1));
    Ok(chart.map(|chart| document(&chart, config, &trajectories, [width.into(), height.into()], theme)))
}

fn document(chart: &Chart, config: &Config, trajectories: &[Trajectory], size: [f64; 2], theme: &Theme) -> String {
    let step = config.step().unwrap_or(config.steps());
    let larger = theme.strokes.text / Strokes::SCREEN.text;
    let (heading, small) = (15.0 * larger, 12.5 * larger);
    let left = LEFT * larger;
    let widest = chart.curves().iter().map(|curve| width_of(&curve.label, small)).fold(0.0, f64::max);
    let right = widest + 16.0;
    let caption = wrapped(&chart.caption((size[0] - left - right) as usize), 0.85 * small, size[0] - 16.0);
    let top = TOP * larger + caption.len() as f64 * 1.4 * small + 16.0;
    let domain = Domain { x0: 0.0, x1: 1.0, y0: 0.0, y1: 1.0 };
    let (width, height) = (size[0] - left - right, (size[1] - top - BOTTOM * larger).max(20.0));
    let frame = chart.frame(Frame { domain, left, top, width, height, dpr: 1.0 });

    let curves_up_to = |last: usize, limits: bool| {
        let one = |curve: &Curve| {
            dashed(&drawn(size, |area| draw_curve(area, chart, curve, trajectories, last, &frame, theme)), curve.dash())
        };
        chart.curves().iter().filter(|curve| curve.is_limit() == limits).map(one).collect::<String>()
    };
    let limits = curves_up_to(chart.steps, true);
    let axes = drawn(size, |area| draw_axes(area, &chart.scale, chart.steps, &frame, theme));
    let (whole, past) = (curves_up_to(chart.steps, false), curves_up_to(step, false));
    let now = drawn(size, |area| draw_now(area, chart, trajectories, step, &frame, theme));

    let line = |words: &str, place: [f64; 2], size: f64, color, bold: bool| Line {
        place,
        anchor: Anchor::Start,
        casing: None,
        spans: vec![Span { text: words.to_owned(), size, color, bold }],
    };
    let mut lines = vec![line(chart.title(), [8.0, TOP * larger], heading, theme.ink, true)];
    lines.extend(caption.iter().enumerate().map(|(i, words)| {
        line(words, [8.0, TOP * larger + (i as f64 + 1.0) * 1.4 * small], small, theme.ink_2, false)
    }));
    lines.extend(chart.labels(trajectories, &frame, LABEL_HEIGHT * larger).into_iter().map(|label| {
        let color = label.run.map_or(theme.ink_2, |run| theme.run(run));
        line(&label.text, [label.place[0], label.place[1] + 0.36 * small], small, color, false)
    }));
    let [units_wide, units_high] = size.map(|pixels| pixels * f64::from(UNITS));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {units_wide} {units_high}\" \
         role=\"img\" font-family=\"{}\" stroke-linejoin=\"round\" stroke-linecap=\"butt\" data-config=\"{}\">\n\
         <title>{}: {}</title>\n<desc>{}</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n\
         {axes}{limits}<g opacity=\"{FUTURE}\">\n{whole}</g>\n{past}{now}{}</svg>\n",
        size[0],
        size[1],
        escaped(Theme::FONT),
        escaped(&config.to_string()),
        escaped(chart.title()),
        escaped(&config.summary()),
        escaped(&caption.join(" ")),
        hex(theme.paper),
        text(&lines),
    )
}
