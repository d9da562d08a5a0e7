//! The colours of the page, of the element and of the drawings are the same.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::render::Theme;
use plotters::style::RGBColor;

const TOKENS: &str = include_str!("../www/tokens.css");
const ELEMENT: &str = include_str!("../www/element-style.js");

/// The light and the dark value of a token in the page's style sheet.
fn token(name: &str) -> [String; 2] {
    let (_, rest) = TOKENS.split_once(&format!("--{name}: light-dark(")).expect("a token of tokens.css");
    let (pair, _) = rest.split_once(')').expect("a closing parenthesis");
    let (light, dark) = pair.split_once(", ").expect("two colours");
    [light.to_owned(), dark.to_owned()]
}

fn hex(color: RGBColor) -> String {
    format!("#{:02x}{:02x}{:02x}", color.0, color.1, color.2)
}

/// What the core draws with, by the token's name.
fn drawn(theme: &Theme) -> Vec<(String, RGBColor)> {
    let runs = theme.runs.iter().enumerate().map(|(i, color)| (format!("run-{}", i + 1), *color));
    let ink = [("paper", theme.paper), ("rule", theme.rule), ("ink", theme.ink)];
    let ink = ink.into_iter().chain([("ink-2", theme.ink_2), ("ink-3", theme.ink_3)]);
    runs.chain(ink.map(|(name, color)| (name.to_owned(), color))).collect()
}

#[test]
fn drawings_have_the_colours_of_the_page() {
    for (side, theme) in [Theme::LIGHT, Theme::DARK].iter().enumerate() {
        for (name, color) in drawn(theme) {
            assert_eq!(token(&name)[side], hex(color), "{name}");
        }
    }
}

#[test]
fn the_element_has_the_colours_of_the_page_and_the_casing_of_the_drawings() {
    let names = ["paper", "tint", "rule", "edge", "ink", "ink-2", "ink-3", "alert"].map(str::to_owned);
    for name in names.into_iter().chain((1..=6).map(|run| format!("run-{run}"))) {
        let [light, dark] = token(&name);
        let line = [format!("\"{name}\": [\"{light}\", \"{dark}\"]"), format!("{name}: [\"{light}\", \"{dark}\"]")];
        assert!(line.iter().any(|line| ELEMENT.contains(line)), "{name}");
    }
    let casing = [Theme::LIGHT, Theme::DARK].map(|theme| hex(theme.casing));
    assert!(ELEMENT.contains(&format!("casing: [\"{}\", \"{}\"]", casing[0], casing[1])));
}

#[test]
fn browsers_without_light_dark_get_the_same_colours() {
    let (_, fallback) = TOKENS.split_once("@supports not").expect("a fallback");
    for name in ["paper", "ink", "alert", "run-1", "run-6"] {
        for value in token(name) {
            assert!(fallback.contains(&format!("--{name}: {value};")), "{name} {value}");
        }
    }
}

#[test]
fn the_projector_has_the_same_colours_everywhere() {
    let (_, tokens) = TOKENS.split_once("[data-theme=\"projector\"]").expect("the projector's tokens");
    let (_, element) = ELEMENT.split_once("const PROJECTOR").expect("the projector's colours");
    for (name, color) in drawn(&Theme::PROJECTOR) {
        assert!(tokens.contains(&format!("--{name}: {};", hex(color))), "{name}");
        let line = [format!("\"{name}\": \"{}\"", hex(color)), format!("{name}: \"{}\"", hex(color))];
        assert!(line.iter().any(|line| element.contains(line)), "{name}");
    }
    assert!(element.contains(&format!("casing: \"{}\"", hex(Theme::PROJECTOR.casing))));
}
