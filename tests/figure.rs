//! Figures as SVG: the very bytes, and what holds for all of them.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashMap;
use std::path::PathBuf;
use std::{env, fs};

use adam_scope::render::{Theme, UNITS, figure};
use adam_scope::{Config, View};

/// A run for each hue, shape and filling.
const TWELVE: &str = "surface=himmelblau&lr=0.001,0.003,0.006,0.01,0.03,0.06,0.1,0.3,0.6,1,2,3";

/// Name, query, width and whether it is dark.
const GOLDEN: [(&str, &str, u32, bool); 8] = [
    ("default", "", 480, false),
    ("beale-light", "surface=beale", 560, false),
    ("beale-dark", "surface=beale", 560, true),
    ("twelve", TWELVE, 480, false),
    ("linear-scale", "surface=saddle&lr=0.01,0.1&step=80", 560, false),
    ("leaving-and-stopping", "surface=beale&lr=1,20,1e200", 600, true),
    ("overlay", "surface=beale&view=overlay", 640, false),
    ("narrow", "surface=quadratic&lr=0.1,1,3&beta1=0.8", 360, false),
];

/// Queries whose figures are hard to lay out.
const HARD: [&str; 9] = [
    TWELVE,
    "view=overlay&surface=himmelblau&lr=0.001,0.003,0.006,0.01,0.03,0.06,0.1,0.3,0.6,1,2,3.00000000001",
    "lr=1e200,2e200,3e200,4e200,5e200,6e200,7e200",
    "lr=0.12345678901234567,1.2345678901234567e-300",
    "lr=0.12345678901234567,1.2345678901234567e-300,1",
    "surface=quadratic&condition=1000000&domain=-1e6,1e6,-123456,123456&lr=1,2,3,4,5",
    "surface=saddle&domain=-1e300,1e300,-1e300,1e300&start=1e6,1e6&lr=1",
    "surface=rastrigin&start=30,30&lr=0.001,1&steps=100000&step=99999&beta1=0.5&beta2=0.7&eps=1e-10&bias-correction=off",
    "surface=beale&domain=2.9,2.900001,0.4,0.400001&lr=0.1,1,2,3",
];

fn svg(query: &str, width: u32, height: Option<u32>, dark: bool) -> String {
    let config: Config = query.parse().expect("a good query");
    figure::svg(&config, width, height, if dark { &Theme::DARK } else { &Theme::LIGHT }).expect("a good size")
}

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "golden"].iter().collect()
}

#[test]
fn figures_are_the_golden_ones_byte_for_byte() {
    let bless = env::var_os("ADAM_SCOPE_BLESS").is_some();
    assert!(!(bless && env::var_os("CI").is_some()), "golden figures are never rewritten under CI");
    let mut changed = Vec::new();
    let golden = GOLDEN.map(|(name, query, width, dark)| (folder().join(name), svg(query, width, None, dark)));
    // What the page shows where it cannot move, and the README at its top.
    let www = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www");
    let posters = [("poster-light", false), ("poster-dark", true)]
        .map(|(name, dark)| (www.join(name), svg("surface=beale", 1280, None, dark)));
    // What the gallery shows where no script runs.
    let examples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples");
    let stills = [("figure-light", false), ("figure-dark", true)]
        .map(|(name, dark)| (examples.join(name), svg("surface=beale&lr=0.01,0.1,1", 930, Some(420), dark)));
    for (file, drawn) in golden.into_iter().chain(posters).chain(stills) {
        let file = file.with_extension("svg");
        if bless {
            fs::write(&file, &drawn).expect("the figure can be written");
        } else if fs::read_to_string(&file).ok().as_ref() != Some(&drawn) {
            changed.push(file.file_name().map(ToOwned::to_owned));
        }
    }
    assert!(
        changed.is_empty(),
        "{changed:?} are not what is drawn now; look at the difference, and if it is meant, run \
         `ADAM_SCOPE_BLESS=1 cargo test --test figure` to rewrite them"
    );
}

#[test]
fn the_folder_holds_the_golden_figures_only() {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".svg"))
        .collect();
    names.sort();
    let mut expected = GOLDEN.map(|(name, ..)| format!("{name}.svg"));
    expected.sort();
    assert_eq!(names, expected);
}

/// An element of an SVG: name, attributes, and the text directly in it and in what it contains.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: HashMap<String, String>,
    text: String,
}

impl Element {
    fn number(&self, name: &str) -> f64 {
        self.attributes.get(name).and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} of {self:?}"))
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.attributes.get(name).is_some_and(|other| other == value)
    }

    fn points(&self) -> Vec<[f64; 2]> {
        let pairs = self.attributes["points"].split_whitespace().map(|pair| pair.split_once(',').expect("x,y"));
        pairs.map(|(x, y)| [x, y].map(|number| number.parse().expect("a number"))).collect()
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';').expect("an entity ends");
        plain.push_str(before);
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => panic!("&{name};"),
        });
        rest = after;
    }
    plain + rest
}

/// The elements of a well-formed text in the order of their start tags; panics where it is not well-formed.
fn elements(svg: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = svg;
    while let Some((text, after)) = rest.split_once('<') {
        assert!(!text.contains('>') && (!open.is_empty() || text.trim().is_empty()), "{text}");
        for &index in &open {
            elements[index].text += &unescaped(text);
        }
        let (tag, after) = after.split_once('>').expect("a tag ends");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let index = open.pop().expect("an open element");
            assert_eq!(elements[index].name, name);
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut element = Element { name: name.to_owned(), ..Element::default() };
        while !attributes.trim().is_empty() {
            let (key, after) = attributes.split_once("=\"").expect("key=\"value\"");
            let (value, after) = after.split_once('"').expect("a quote ends");
            let before = element.attributes.insert(key.trim().to_owned(), unescaped(value));
            assert!(before.is_none() && !key.trim().contains(char::is_whitespace), "{tag}");
            attributes = after;
        }
        if !closed {
            open.push(elements.len());
        }
        elements.push(element);
    }
    assert!(open.is_empty() && rest.trim().is_empty() && elements[0].name == "svg");
    elements
}

#[test]
fn every_figure_is_well_formed_and_says_what_it_shows() {
    let hard = HARD.iter().map(|query| (*query, 640, true));
    for (query, width, dark) in GOLDEN.iter().map(|&(_, query, width, dark)| (query, width, dark)).chain(hard) {
        let elements = elements(&svg(query, width, None, dark));
        let root = &elements[0];
        assert_eq!(root.number("width"), f64::from(width));
        let view_box = [root.number("width"), root.number("height")].map(|pixels| pixels * f64::from(UNITS));
        assert_eq!(root.attributes["viewBox"], format!("0 0 {} {}", view_box[0], view_box[1]));
        assert!(root.is("role", "img") && root.is("stroke-linejoin", "round") && root.is("stroke-linecap", "butt"));
        let config: Config = query.parse().expect("a good query");
        assert_eq!(root.attributes["data-config"].parse(), Ok(config.clone()));
        assert_eq!((elements[1].name.as_str(), elements[1].text.as_str()), ("title", config.summary().as_str()));
        assert!(elements[2].name == "desc" && elements[2].text.starts_with(&config.summary()));
        let plots = if config.view() == View::Overlay { 1 } else { config.runs().len() };
        assert_eq!(elements.iter().filter(|element| element.name == "use").count(), plots);
        assert_eq!(elements.iter().filter(|element| element.name == "image").count(), 1);
        for element in &elements {
            let numbers = element.attributes.values().any(|value| value.contains("NaN") || value.contains("inf"));
            assert!(!numbers, "{element:?}");
        }
    }
}

/// The frames of the panels in backend units: left, top, right, bottom.
fn frames(elements: &[Element]) -> Vec<[f64; 4]> {
    let image = elements.iter().find(|element| element.name == "image").expect("the shade");
    let [left, top, width, height] = ["x", "y", "width", "height"].map(|name| image.number(name));
    let uses = elements.iter().filter(|element| element.name == "use").map(|used| [used.number("x"), used.number("y")]);
    uses.map(|[x, y]| [left + x, top + y, left + x + width, top + y + height]).collect()
}

#[test]
fn no_path_is_drawn_outside_its_frame() {
    let leaving = [
        "surface=beale&lr=1,20,1e200",
        "surface=saddle&lr=0.1,1,10,1000",
        "surface=rosenbrock&start=-3,1&lr=0.1,1,3",
        "surface=quadratic&domain=-1,1,0.5,1&lr=0.1,0.2,1",
        "surface=himmelblau&start=500,-700&lr=1,10,100,1000",
    ];
    for query in leaving {
        let elements = elements(&svg(query, 800, None, false));
        let frames = frames(&elements);
        let path = (2 * UNITS).to_string();
        let mut runs_drawn = 0;
        for (run, [left, top, right, bottom]) in frames.iter().copied().enumerate() {
            let hue = Theme::LIGHT.run(run);
            let hue = format!("#{:02X}{:02X}{:02X}", hue.0, hue.1, hue.2);
            let lines = elements.iter().filter(|element| {
                element.name == "polyline" && element.is("stroke", &hue) && element.is("stroke-width", &path)
            });
            for line in lines {
                let points = line.points();
                let swatch = points.len() == 2 && points[0][1] == points[1][1] && points[0][1] < top;
                let inside = |[x, y]: &[f64; 2]| (left..=right).contains(x) && (top..=bottom).contains(y);
                assert!(
                    swatch || points.iter().all(inside),
                    "{query}: {points:?} outside {left} {top} {right} {bottom}"
                );
                runs_drawn += usize::from(!swatch);
            }
        }
        assert!(runs_drawn > 0, "{query}");
        let caption = &elements[2].text;
        assert!(caption.contains("Arrowheads mark where a path leaves its plot; what is outside is not drawn."));
    }
    assert!(!elements(&svg("surface=beale&lr=0.1", 800, None, false))[2].text.contains("Arrowheads"));
}

/// A text's box in CSS pixels, by a generous guess of its characters' width: left, top, right, bottom.
fn boxed(line: &Element, spans: &[&Element]) -> [f64; 4] {
    let prose = line.text.chars().count() > 30;
    let character = if prose { 0.54 } else { 0.6 };
    let size = spans.iter().map(|span| span.number("font-size")).fold(0.0, f64::max);
    let width: f64 =
        spans.iter().map(|span| span.text.chars().count() as f64 * character * span.number("font-size")).sum();
    let left = match line.attributes.get("text-anchor").map(String::as_str) {
        Some("end") => line.number("x") - width,
        Some("middle") => line.number("x") - width / 2.0,
        _ => line.number("x"),
    };
    [left, line.number("y") - 0.75 * size, left + width, line.number("y") + 0.2 * size]
}

/// Asserts that no text of a figure meets another one, or a plot that it does not name, or the edge.
fn assert_text_has_room(query: &str, width: u32, height: Option<u32>) {
    let elements = elements(&svg(query, width, height, false));
    let frames: Vec<[f64; 4]> =
        frames(&elements).iter().map(|frame| frame.map(|edge| edge / f64::from(UNITS))).collect();
    let mut boxes: Vec<([f64; 4], &str)> = Vec::new();
    for (index, line) in elements.iter().enumerate().filter(|(_, element)| element.name == "text") {
        let spans: Vec<&Element> = elements[index + 1..].iter().take_while(|element| element.name == "tspan").collect();
        if spans.is_empty() || line.attributes.contains_key("paint-order") {
            continue;
        }
        boxes.push((boxed(line, &spans), &line.text));
    }
    let meet = |a: &[f64; 4], b: &[f64; 4]| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    let size = [elements[0].number("width"), elements[0].number("height")];
    for (i, (this, text)) in boxes.iter().enumerate() {
        let inside = this[0] >= 0.0 && this[1] >= 0.0 && this[2] <= size[0] && this[3] <= size[1];
        assert!(inside, "{query} at {width}: {text} in {this:?} of {size:?}");
        let met = boxes[..i].iter().find(|(other, _)| meet(this, other));
        assert!(met.is_none(), "{query} at {width}: {text} meets {met:?}");
        assert!(!frames.iter().any(|frame| meet(this, frame)), "{query} at {width}: {text} meets a plot");
    }
    for [left, top, right, bottom] in frames {
        assert!(left >= 0.0 && top >= 0.0 && right <= size[0] && bottom <= size[1] && right - left >= 60.0);
    }
}

#[test]
fn no_text_meets_another_one_or_a_plot() {
    let rates: Vec<String> = (1..=12).map(|rate| format!("{}", f64::from(rate) / 1000.0)).collect();
    let counts = (1..=12).map(|count| format!("surface=beale&lr={}", rates[..count].join(",")));
    for query in HARD.iter().map(|query| (*query).to_owned()).chain(counts) {
        for width in [320, 559, 960, 1440] {
            assert_text_has_room(&query, width, None);
        }
        assert_text_has_room(&query, 960, Some(1600));
    }
}

#[test]
fn a_height_that_is_asked_for_is_kept() {
    for height in [400, 751, 2000] {
        let elements = elements(&svg("surface=beale", 960, Some(height), false));
        assert_eq!(elements[0].number("height"), f64::from(height));
    }
}

#[test]
fn the_caption_names_every_setting_that_changes_the_picture() {
    let caption = |query: &str| elements(&svg(query, 960, None, false))[2].text.clone();
    assert_eq!(
        caption("surface=quadratic&condition=5&lr=0.1&beta1=0.5&bias-correction=off&steps=1000&step=10"),
        "Adam on the quadratic bowl from (−4, 2) in 1,000 steps, condition 5, beta1 0.5, bias-correction off. Shown at \
         step\u{a0}10. Shade is loss, log scale."
    );
    assert_eq!(
        caption("surface=saddle&steps=1&lr=0.1,0.2,0.3,0.4,0.5,0.6,0.7"),
        "Adam on the saddle from (−1.5, 0.01) in 1 step. Shade is loss, linear scale. Each plot spans x from −2\u{a0}to\u{a0}2, y from −2\u{a0}to\u{a0}2."
    );
}

#[test]
fn the_caption_says_what_the_plots_span_where_ticks_do_not() {
    let said =
        |query: &str, width: u32| elements(&svg(query, width, None, false))[2].text.contains("Each plot spans x from");
    assert!(!said("surface=beale", 960));
    assert!(said("surface=beale", 360));
    assert!(said("surface=beale&domain=2.9,2.900001,0.4,0.6", 960));
    assert!(said("surface=beale&domain=2.9,3,0.4,0.400001", 960));
}

#[test]
fn a_run_that_stops_says_so_in_its_head() {
    let elements = elements(&svg("surface=beale&lr=0.1,1e200", 960, None, false));
    let said =
        elements.iter().filter(|element| element.text == "not finite from step\u{a0}1" && element.name == "text");
    assert_eq!(said.count(), 1);
}
