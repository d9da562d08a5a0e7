//! What a visitor is told of a bad text: the whole message, for every key and every kind of mistake.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{Config, Draft, Key, Page, RateAxis};
use proptest::prelude::*;

/// The message of a query that is not a config.
fn message(query: &str) -> String {
    match query.parse::<Config>() {
        Ok(config) => panic!("{query} is the config {config}"),
        Err(error) => error.to_string(),
    }
}

const OPTIMIZERS: &str = "one or more of sgd, momentum, nesterov, adagrad, rmsprop, adadelta, adam, adamw, amsgrad, \
                          adamax, nadam, radam, adabelief, yogi, lion";

/// What each key takes, as its messages say it: of the value as a whole, and of one of its numbers or names.
const EXPECTED: [(&str, Kind, &str); 30] = [
    (
        "surface",
        Kind::Name,
        "one of quadratic, sphere, booth, matyas, rosenbrock, beale, mccormick, goldstein-price, three-hump-camel, \
         six-hump-camel, himmelblau, styblinski-tang, rastrigin, ackley, griewank, levy13, easom, bukin6, ravine, plateau, \
         two-wells, saddle, monkey-saddle",
    ),
    ("condition", Kind::Number, "a number from 1 to 1e6"),
    ("domain", Kind::Number, "x0,x1,y0,y1, each at most 1e300 in size, as in -2,2,-1,3"),
    ("start", Kind::Number, "x,y, each at most 1e6 in size, as in -1.5,2"),
    ("steps", Kind::Number, "a whole number from 1 to 100000"),
    ("optimizer", Kind::Name, OPTIMIZERS),
    ("lr", Kind::Number, "positive numbers, as in 0.001,0.01"),
    (
        "schedule",
        Kind::Name,
        "one or more of constant, step, exponential, linear, polynomial, cosine, cosine-restarts, one-cycle, \
         inverse-sqrt, plateau, piecewise",
    ),
    ("beta1", Kind::Number, "a number from 0 to below 1, as in 0.9"),
    ("beta2", Kind::Number, "a number from 0 to below 1, as in 0.9"),
    ("eps", Kind::Number, "a number, 0 or more, as in 1e-8"),
    ("weight-decay", Kind::Number, "a number, 0 or more, as in 0.01"),
    ("momentum", Kind::Number, "a number, 0 or more, as in 0.9"),
    ("alpha", Kind::Number, "a number from 0 to below 1, as in 0.9"),
    ("rho", Kind::Number, "a number from 0 to 1, as in 0.9"),
    ("momentum-decay", Kind::Number, "a number, 0 or more, as in 0.004"),
    ("bias-correction", Kind::Name, "one of off, on"),
    ("warmup", Kind::Number, "a whole number from 0 to 100000"),
    ("gamma", Kind::Number, "a number from 0 to below 1, as in 0.5"),
    ("every", Kind::Number, "a whole number from 1 to 100000"),
    ("power", Kind::Number, "a number, 0 or more, as in 2"),
    ("min-lr", Kind::Number, "a number, 0 or more, as in 1e-5"),
    ("patience", Kind::Number, "a whole number from 0 to 100000"),
    ("points", Kind::Pairs, "step:factor pairs with rising steps, as in 0:1,100:0.1"),
    ("noise", Kind::Number, "a number, 0 or more, as in 0.5"),
    ("sparsity", Kind::Number, "a number from 0 to below 1, as in 0.9"),
    ("seed", Kind::Number, "a whole number from 0 to 18446744073709551615"),
    ("view", Kind::Name, "one of panels, overlay"),
    ("step", Kind::Number, "a whole number from 0 to 200"),
    ("v", Kind::Name, "1"),
];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Number,
    Name,
    Pairs,
}

impl Kind {
    /// What is said of a value, where a number would be told `of_number`.
    fn problem(self, of_number: &'static str) -> &'static str {
        match self {
            Self::Number => of_number,
            Self::Name => "is unknown",
            Self::Pairs => "is not a pair",
        }
    }
}

/// Values that are wrong for every key, how a message shows them, and what it says of them where a number is expected.
const WRONG: [(&str, &str, &str); 16] = [
    ("fast", "fast", "is not a number"),
    ("1e999", "1e999", "is out of range"),
    ("-1e6000", "-1e6000", "is out of range"),
    ("-1e400", "-1e400", "is out of range"),
    ("NaN", "NaN", "is not a number"),
    ("inf", "inf", "is not a number"),
    ("-Infinity", "-Infinity", "is not a number"),
    ("0x1F", "0x1F", "is not a number"),
    ("1_000", "1_000", "is not a number"),
    ("+1", "+1", "is not a number"),
    ("%3Cimg src=x onerror=alert(1)%3E", "<img src=x onerror=alert(1)>", "is not a number"),
    ("\"><script>", "\"><script>", "is not a number"),
    ("a%0Ab%0D%00%1B[31m%7F%C2%85", r"a\u{a}b\u{d}\u{0}\u{1b}[31m\u{7f}\u{85}", "is not a number"),
    ("%E2%80%AE1%E2%80%A8%E2%81%A6", r"\u{202e}1\u{2028}\u{2066}", "is not a number"),
    ("\u{200b}1\u{feff}\u{ad}\u{e0041}", r"\u{200b}1\u{feff}\u{ad}\u{e0041}", "is not a number"),
    ("٣ 一 🙂", "٣ 一 🙂", "is not a number"),
];

/// The pair, with whatever else that key needs.
fn query(key: &str, value: &str) -> String {
    let surface = if key == "condition" { "surface=quadratic&" } else { "" };
    format!("{surface}{key}={value}")
}

#[test]
fn every_key_of_the_table_is_tested_here() {
    let keys: Vec<_> = EXPECTED.iter().map(|(key, ..)| *key).filter(|key| *key != "v").collect();
    assert_eq!(keys, Key::ALL.iter().map(|key| key.name()).collect::<Vec<_>>());
}

#[test]
fn an_empty_value_is_called_empty() {
    for (key, _, expected) in EXPECTED {
        for value in ["", " ", "%20%20"] {
            // The version is one word and not trimmed.
            if value.is_empty() || key != "v" {
                assert_eq!(message(&query(key, value)), format!("{key}: the value is empty (expected {expected})"));
            }
        }
    }
    assert_eq!(message("lr"), "lr: the value is empty (expected positive numbers, as in 0.001,0.01)");
}

#[test]
fn a_wrong_value_is_quoted_and_what_is_expected_is_said() {
    for (key, kind, expected) in EXPECTED {
        for (value, shown, of_number) in WRONG {
            let problem = kind.problem(of_number);
            assert_eq!(message(&query(key, value)), format!("{key}: \"{shown}\" {problem} (expected {expected})"));
        }
    }
}

#[test]
fn an_attribute_gets_the_same_messages() {
    for (key, kind, expected) in EXPECTED.into_iter().filter(|(key, ..)| !["v", "condition"].contains(key)) {
        let mut draft = Draft::default();
        draft.set(key, "<img src=x onerror=alert(1)>").expect("a known key");
        let problem = kind.problem("is not a number");
        assert_eq!(
            draft.check().expect_err("a bad value").to_string(),
            format!("{key}: \"<img src=x onerror=alert(1)>\" {problem} (expected {expected})")
        );
    }
}

#[test]
fn what_does_not_decode_is_shown_as_it_stands() {
    for (key, ..) in EXPECTED {
        for value in ["%ff", "100%", "%4", "%zz", "%C3%28", "%ED%A0%80", "%+1"] {
            let expected = "two hex digits of UTF-8 after each %, %25 for % itself";
            let message = message(&query(key, value));
            assert_eq!(message, format!("{key}: \"{value}\" is not percent-encoded UTF-8 (expected {expected})"));
        }
    }
}

#[test]
fn ten_thousand_characters_are_quoted_as_forty() {
    for (key, kind, expected) in EXPECTED {
        for character in ["9", "x", "é", "%C3%A9", "\u{202e}", "%3C"] {
            let shown = match character {
                "%C3%A9" => "é",
                "%3C" => "<",
                "\u{202e}" => r"\u{202e}",
                other => other,
            };
            let problem = kind.problem(if character == "9" { "is out of range" } else { "is not a number" });
            let message = message(&query(key, &character.repeat(10_000)));
            assert_eq!(message, format!("{key}: \"{}…\" {problem} (expected {expected})", shown.repeat(40)));
        }
    }
}

#[test]
fn forty_characters_are_quoted_whole() {
    let forty = "x".repeat(40);
    let expected = "one of panels, overlay";
    assert_eq!(message(&format!("view={forty}")), format!("view: \"{forty}\" is unknown (expected {expected})"));
    assert_eq!(message(&format!("view={forty}y")), format!("view: \"{forty}…\" is unknown (expected {expected})"));
}

#[test]
fn a_repeated_key_is_named_once() {
    for (key, ..) in EXPECTED {
        for query in [
            format!("{key}=1&{key}=2"),
            format!("{key}&{key}=1&x=1"),
            format!("{key}=1&%{:02x}{}=%ff", key.as_bytes()[0], &key[1..]),
        ] {
            assert_eq!(message(&query), format!("{key}: given twice (expected each key at most once)"));
        }
    }
}

#[test]
fn an_unknown_key_is_quoted_and_the_known_ones_are_listed() {
    const KNOWN: &str = "surface, condition, domain, start, steps, optimizer, lr, schedule, beta1, beta2, eps, \
                         weight-decay, momentum, alpha, rho, momentum-decay, bias-correction, warmup, gamma, every, \
                         power, min-lr, patience, points, noise, sparsity, seed, view, step";
    for (query, shown) in [
        ("learning-rate=0.1", "learning-rate"),
        ("LR=0.1", "LR"),
        ("foo", "foo"),
        ("foo=1&foo=2", "foo"),
        ("=1&=2", ""),
        ("?lr=0.1", "?lr"),
        (" lr=0.1", " lr"),
        ("%ff=1", "%ff"),
        ("%3Cimg src%3Dx onerror%3Dalert(1)%3E=1", "<img src=x onerror=alert(1)>"),
        ("a%0Ab%E2%80%AE=1", r"a\u{a}b\u{202e}"),
        ("theme=dark", "theme"),
    ] {
        assert_eq!(message(query), format!("\"{shown}\": unknown key (expected one of {KNOWN}, v)"));
    }
    let long = message(&"k".repeat(10_000));
    assert_eq!(long, format!("\"{}…\": unknown key (expected one of {KNOWN}, v)", "k".repeat(40)));
    let of_page = Page::parse("foo=1").expect_err("an unknown key").to_string();
    assert_eq!(of_page, format!("\"foo\": unknown key (expected one of {KNOWN}, v, theme)"));
    let of_element = Draft::default().set("v", "1").expect_err("not an attribute").to_string();
    assert_eq!(of_element, format!("\"v\": unknown key (expected one of {KNOWN})"));
}

#[test]
fn a_theme_is_one_of_four() {
    for (fragment, message) in [
        ("theme=", "theme: the value is empty (expected one of auto, light, dark, projector)"),
        ("theme=Dark", "theme: \"Dark\" is unknown (expected one of auto, light, dark, projector)"),
        ("theme=dark&theme=dark", "theme: given twice (expected each key at most once)"),
        ("v=2", "v: \"2\" is unknown (expected 1)"),
    ] {
        assert_eq!(Page::parse(fragment).map_err(|error| error.to_string()), Err(message.to_owned()));
    }
}

#[test]
fn mistakes_that_only_one_key_can_have_are_told() {
    let apart = "x0 < x1 and y0 < y1, apart by at least 1e-9 of their size, as in -2,2,-1,3";
    let edges = "x0,x1,y0,y1, each at most 1e300 in size, as in -2,2,-1,3";
    let rates = "positive numbers, as in 0.001,0.01";
    let own = "rates for each optimizer, as in adam:0.1,sgd:0.01";
    const SHRINKING: &str = "only with the schedule step or exponential or plateau";
    const SEED: &str = "a whole number from 0 to 18446744073709551615";
    for (query, problem, expected) in [
        ("lr=fast", "lr: \"fast\" is not a number", rates),
        ("lr=0.1,fast,slow", "lr: \"fast\" is not a number", rates),
        ("lr=0", "lr: \"0\" is out of range", rates),
        ("lr=0.1,-0.1", "lr: \"-0.1\" is out of range", rates),
        ("lr=1e-400", "lr: \"1e-400\" is out of range", rates),
        ("lr=0.1,,1", "lr: \"0.1,,1\" has an empty item", rates),
        ("lr=0.1, ", "lr: \"0.1, \" has an empty item", rates),
        ("lr=,", "lr: \",\" has an empty item", rates),
        ("lr=0.1;0.2", "lr: \"0.1;0.2\" is not a number", rates),
        ("lr=0.1,0.2,0.1", "lr: \"0.1,0.2,0.1\" repeats \"0.1\"", "each rate at most once"),
        ("lr=0.1,1e-1", "lr: \"0.1,1e-1\" repeats \"1e-1\"", "each rate at most once"),
        ("lr=adam:fast", "lr: \"fast\" is not a number", rates),
        ("lr=adam:", "lr: the value is empty", rates),
        ("lr=lion:0.1", "lr: \"lion:0.1\" is unknown", own),
        ("lr=:0.1", "lr: \":0.1\" is unknown", own),
        ("lr=adam:0.1,0.2", "lr: \"adam:0.1,0.2\" has 2 items", own),
        ("optimizer=adam,sgd&lr=adam:0.1", "lr: \"adam:0.1\" is only one item", own),
        ("optimizer=adam,sgd&lr=adam:0.1,sgd:0.2,3", "lr: \"adam:0.1,sgd:0.2,3\" has 3 items", own),
        ("lr=adam:0.1,adam:1e-1", "lr: \"adam:0.1,adam:1e-1\" repeats \"adam:1e-1\"", "each rate at most once"),
        ("optimizer=adam,sgdd", "optimizer: \"sgdd\" is unknown", OPTIMIZERS),
        ("optimizer=adam,", "optimizer: \"adam,\" has an empty item", OPTIMIZERS),
        ("optimizer=adam,adam", "optimizer: \"adam,adam\" repeats \"adam\"", "each name at most once"),
        (
            "schedule=constant, constant",
            "schedule: \"constant, constant\" repeats \"constant\"",
            "each name at most once",
        ),
        ("surface=beale,saddle", "surface: \"beale,saddle\" is unknown", EXPECTED[0].2),
        ("surface=Beale", "surface: \"Beale\" is unknown", EXPECTED[0].2),
        ("condition=50", "condition: \"50\" has no effect on the chosen surface", "only with surface=quadratic"),
        (
            "surface=beale&condition=20",
            "condition: \"20\" has no effect on the chosen surface",
            "only with surface=quadratic",
        ),
        ("surface=quadratic&condition=0.99", "condition: \"0.99\" is out of range", "a number from 1 to 1e6"),
        ("surface=quadratic&condition=1000001", "condition: \"1000001\" is out of range", "a number from 1 to 1e6"),
        ("domain=1,2,3", "domain: \"1,2,3\" has 3 items", edges),
        ("domain=1,2,3,4,5", "domain: \"1,2,3,4,5\" has 5 items", edges),
        ("domain=1", "domain: \"1\" is only one item", edges),
        ("domain=0,1e301,0,1", "domain: \"1e301\" is out of range", edges),
        ("domain=2,-2,-1,3", "domain: \"2,-2,-1,3\" is out of range", apart),
        ("domain=0,1,5,5", "domain: \"0,1,5,5\" is out of range", apart),
        ("domain=1,1.0000000001,0,1", "domain: \"1,1.0000000001,0,1\" is out of range", apart),
        ("start=1", "start: \"1\" is only one item", EXPECTED[3].2),
        ("start=1,2,3", "start: \"1,2,3\" has 3 items", EXPECTED[3].2),
        ("start=1,", "start: \"1,\" has an empty item", EXPECTED[3].2),
        ("start=1,-1000001", "start: \"-1000001\" is out of range", EXPECTED[3].2),
        ("steps=0", "steps: \"0\" is out of range", EXPECTED[4].2),
        ("steps=100001", "steps: \"100001\" is out of range", EXPECTED[4].2),
        ("steps=2.5", "steps: \"2.5\" is not a whole number", EXPECTED[4].2),
        ("steps=10&step=11", "step: \"11\" is out of range", "a whole number from 0 to 10"),
        ("step=-1", "step: \"-1\" is out of range", "a whole number from 0 to 200"),
        ("step=0.5", "step: \"0.5\" is not a whole number", "a whole number from 0 to 200"),
        ("beta1=1", "beta1: \"1\" is out of range", "a number from 0 to below 1, as in 0.9"),
        ("beta2=-0.1", "beta2: \"-0.1\" is out of range", "a number from 0 to below 1, as in 0.9"),
        ("eps=-1e-8", "eps: \"-1e-8\" is out of range", "a number, 0 or more, as in 1e-8"),
        (
            "optimizer=momentum,nesterov&momentum=0",
            "momentum: \"0\" is out of range",
            "a number above 0 with nesterov, as in 0.9",
        ),
        ("optimizer=momentum&momentum=-0.1", "momentum: \"-0.1\" is out of range", "a number, 0 or more, as in 0.9"),
        ("optimizer=rmsprop&alpha=1", "alpha: \"1\" is out of range", "a number from 0 to below 1, as in 0.9"),
        ("optimizer=adadelta&rho=1.01", "rho: \"1.01\" is out of range", "a number from 0 to 1, as in 0.9"),
        (
            "optimizer=nadam&momentum-decay=-0.004",
            "momentum-decay: \"-0.004\" is out of range",
            "a number, 0 or more, as in 0.004",
        ),
        (
            "optimizer=sgd,momentum&beta1=0.9",
            "beta1: \"0.9\" has no effect on the chosen optimizers",
            "only with adam, adamw, amsgrad, adamax, nadam, radam, adabelief, yogi, lion",
        ),
        ("rho=0.9", "rho: \"0.9\" has no effect on the chosen optimizers", "only with adadelta"),
        (
            "optimizer=lion&bias-correction=off",
            "bias-correction: \"off\" has no effect on the chosen optimizers",
            "only with adam, adamw, amsgrad",
        ),
        ("bias-correction=true", "bias-correction: \"true\" is unknown", "one of off, on"),
        ("warmup=2.5", "warmup: \"2.5\" is not a whole number", "a whole number from 0 to 100000"),
        ("warmup=100001", "warmup: \"100001\" is out of range", "a whole number from 0 to 100000"),
        ("gamma=0.5", "gamma: \"0.5\" has no effect on the chosen schedules", SHRINKING),
        ("schedule=cosine,linear&gamma=0.5", "gamma: \"0.5\" has no effect on the chosen schedules", SHRINKING),
        ("schedule=step&gamma=1", "gamma: \"1\" is out of range", "a number from 0 to below 1, as in 0.5"),
        ("schedule=step&every=0", "every: \"0\" is out of range", "a whole number from 1 to 100000"),
        (
            "schedule=constant&every=5",
            "every: \"5\" has no effect on the chosen schedules",
            "only with the schedule step or cosine-restarts",
        ),
        ("power=3", "power: \"3\" has no effect on the chosen schedules", "only with the schedule polynomial"),
        ("schedule=polynomial&power=-1", "power: \"-1\" is out of range", "a number, 0 or more, as in 2"),
        (
            "schedule=one-cycle&min-lr=0.1",
            "min-lr: \"0.1\" has no effect on the chosen schedules",
            "only with the schedule linear or cosine or cosine-restarts or plateau",
        ),
        ("schedule=cosine&min-lr=-0.1", "min-lr: \"-0.1\" is out of range", "a number, 0 or more, as in 1e-5"),
        ("patience=3", "patience: \"3\" has no effect on the chosen schedules", "only with the schedule plateau"),
        ("schedule=plateau&patience=0.5", "patience: \"0.5\" is not a whole number", "a whole number from 0 to 100000"),
        ("points=0:1", "points: \"0:1\" has no effect on the chosen schedules", "only with the schedule piecewise"),
        ("schedule=piecewise", "schedule: \"piecewise\" needs points", "points=0:1,100:0.1 or the like beside it"),
        (
            "schedule=cosine,piecewise",
            "schedule: \"piecewise\" needs points",
            "points=0:1,100:0.1 or the like beside it",
        ),
        ("points=0:1,5", "points: \"5\" is not a pair", "step:factor pairs with rising steps, as in 0:1,100:0.1"),
        (
            "points=0:1,,5:1",
            "points: \"0:1,,5:1\" has an empty item",
            "step:factor pairs with rising steps, as in 0:1,100:0.1",
        ),
        ("points=0:1,0:2", "points: \"0:2\" is out of range", "each step above the one before it"),
        ("points=7:1,3:2", "points: \"3:2\" is out of range", "each step above the one before it"),
        ("points=0.5:1", "points: \"0.5\" is not a whole number", "a whole number from 0 to 100000"),
        ("points=100001:1", "points: \"100001\" is out of range", "a whole number from 0 to 100000"),
        ("points=0:-1", "points: \"-1\" is out of range", "a factor, 0 or more, as in 0.1"),
        ("points=0:1:2", "points: \"1:2\" is not a number", "a factor, 0 or more, as in 0.1"),
        ("points=0:", "points: the value is empty", "a factor, 0 or more, as in 0.1"),
        ("noise=-1", "noise: \"-1\" is out of range", "a number, 0 or more, as in 0.5"),
        ("sparsity=1", "sparsity: \"1\" is out of range", "a number from 0 to below 1, as in 0.9"),
        ("seed=5", "seed: \"5\" has no effect on the chosen gradients", "only with noise or sparsity above 0"),
        ("noise=0&seed=5", "seed: \"5\" has no effect on the chosen gradients", "only with noise or sparsity above 0"),
        ("noise=1&seed=-1", "seed: \"-1\" is out of range", SEED),
        ("noise=1&seed=1.5", "seed: \"1.5\" is not a whole number", SEED),
        ("noise=1&seed=18446744073709551616", "seed: \"18446744073709551616\" is out of range", SEED),
        ("v=2", "v: \"2\" is unknown", "1"),
    ] {
        assert_eq!(message(query), format!("{problem} (expected {expected})"), "{query}");
    }
}

#[test]
fn more_than_twelve_runs_are_counted() {
    for count in [13, 14, 5_000] {
        let rates: Vec<_> = (1..=count).map(|rate| rate.to_string()).collect();
        let own: Vec<_> = (1..count).map(|rate| format!("adam:{rate}")).collect();
        let expected = format!("lr: {count} runs are too many (expected at most 12: optimizers x schedules x rates)");
        assert_eq!(message(&format!("lr={}", rates.join(","))), expected);
        assert_eq!(message(&format!("optimizer=adam,sgd&lr={},sgd:1", own.join(","))), expected);
    }
}

#[test]
fn edits_give_the_same_messages() {
    let config = Config::default();
    let own: Config = "optimizer=adam,sgd&lr=adam:0.1,adam:1,sgd:0.1".parse().expect("a good query");
    for (edited, message) in [
        (config.with_rate(1, "x"), "lr: \"x\" is not a number (expected positive numbers, as in 0.001,0.01)"),
        (config.with_rate(1, ""), "lr: the value is empty (expected positive numbers, as in 0.001,0.01)"),
        (config.with_rate(1, "1,5"), "lr: \"1,5\" is not a number (expected positive numbers, as in 0.001,0.01)"),
        (config.with_rate(1, "1e0"), "lr: \"0.001,1e0,0.1,1\" repeats \"1\" (expected each rate at most once)"),
        (
            config.with_rate_near(1, f64::NAN),
            "lr: \"inf\" is not a number (expected positive numbers, as in 0.001,0.01)",
        ),
        (config.with_rate_near(1, 400.0), "lr: \"inf\" is not a number (expected positive numbers, as in 0.001,0.01)"),
        (config.with_rate_near(1, -400.0), "lr: \"0\" is out of range (expected positive numbers, as in 0.001,0.01)"),
        (
            own.with_rate(1, "0.1"),
            "lr: \"adam:0.1,adam:0.1,sgd:0.1\" repeats \"adam:0.1\" (expected each rate at most once)",
        ),
        (own.with_rate(2, "x"), "lr: \"x\" is not a number (expected positive numbers, as in 0.001,0.01)"),
        (
            own.without("optimizer"),
            "lr: \"sgd:0.1\" is unknown (expected rates for each optimizer, as in adam:0.1,sgd:0.01)",
        ),
        (config.with("beta1", "2"), "beta1: \"2\" is out of range (expected a number from 0 to below 1, as in 0.9)"),
    ] {
        assert_eq!(edited.map_err(|error| error.to_string()), Err(message.to_owned()));
    }
}

/// One line, of bounded length, without characters that hide or turn text, and with what is expected at its end.
fn is_well_formed(message: &str) -> bool {
    let hidden =
        |c: char| c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
    !message.contains(hidden)
        && message.chars().count() < 1000
        && message.contains(": ")
        && message.contains(" (expected ")
        && message.ends_with(')')
}

/// Parses any text; a config is run, a message looked at.
fn survives(text: &str) -> Result<(), TestCaseError> {
    if let Err(error) = Page::parse(text) {
        prop_assert!(is_well_formed(&error.to_string()), "{error}");
    }
    match text.parse::<Config>() {
        Err(error) => prop_assert!(is_well_formed(&error.to_string()), "{error}"),
        Ok(config) => {
            let steps = config.steps().min(50).to_string();
            let config = config.with("steps", &steps).expect("in range");
            for run in config.runs() {
                prop_assert!(config.descend(&run).last() <= 50);
            }
            edits_survive(&config)?;
        }
    }
    Ok(())
}

/// What a hand on the controls does to a config is a config or a message, too.
fn edits_survive(config: &Config) -> Result<(), TestCaseError> {
    prop_assert!(config.nudged_start(1.0, -1.0).into_iter().all(f64::is_finite));
    let axis = RateAxis::of(config);
    prop_assert!(config.rates().iter().all(|&rate| (0.0..=1.0).contains(&axis.place(rate))));
    prop_assert_eq!(axis.labels().len(), (axis.high - axis.low + 1) as usize);
    let exponents = [-400.0, -2.0, 0.0, 400.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    let dragged = exponents.map(|exponent| config.with_rate_near(0, exponent));
    let others = [config.with_another_rate(), config.without_rate(0), config.with("surface", "beale")];
    let last = config.runs().len() - 1;
    let fewer = [config.without_run(last), config.with_optimizers("lion,adam"), config.alone(last)];
    let others = others.into_iter().chain(fewer);
    for edited in dragged.into_iter().chain(others) {
        prop_assert!(edited.as_ref().map_or_else(|error| is_well_formed(&error.to_string()), |_| true), "{edited:?}");
    }
    Ok(())
}

/// A good query that has every key.
const GOOD: &str = "surface=quadratic&condition=50&domain=-1,1,-2,2.5&start=1e1,-.5&steps=20&optimizer=adam\
                    ,rmsprop,adadelta,nadam&lr=0.1,1e-3,2&schedule=constant&beta1=0.5&beta2=0.99&eps=1e-6&weight-decay=0.1\
                    &momentum=0.5&alpha=0.9&rho=0.5&momentum-decay=0.1&bias-correction=off&warmup=2\
                    &noise=0.5&sparsity=.1&seed=12345678901234567890&view=panels&step=3&v=1";

/// Characters that mean something in a query or a number, and some that never do.
const ALPHABET: &str = "=&,%+-.e019 #?<\"a\u{0}\u{202e}é🙂";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_config_or_a_line_about_it(
        text in ".{0,80}|[\\PC\\p{C}]{0,40}|([a-z0-9-]{1,9}=[0-9a-z.,%-]{0,12}&?){0,4}",
    ) {
        survives(&text)?;
    }

    #[test]
    fn any_value_of_any_key_is_good_or_told(key in prop::sample::select(Key::ALL), value in "[0-9e.,+-]{0,12}|.{0,50}") {
        survives(&format!("{}={value}", key.name()))?;
        survives(&format!("surface=quadratic&{}={}", key.name(), value.replace('%', "%25")))?;
        let mut draft = Draft::default();
        draft.set(key.name(), &value).expect("a known key");
        if let Err(error) = draft.check() {
            prop_assert!(is_well_formed(&error.to_string()), "{error}");
            prop_assert!(error.to_string().starts_with(&format!("{}: ", key.name())), "{error}");
        }
    }

    #[test]
    fn a_mutated_query_is_a_config_or_a_line_about_it(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, any::<prop::sample::Index>()), 1..6),
    ) {
        let mut text: Vec<char> = GOOD.chars().collect();
        let alphabet: Vec<char> = ALPHABET.chars().collect();
        for (place, edit, character) in edits {
            let (at, new) = (place.index(text.len()), alphabet[character.index(alphabet.len())]);
            match edit {
                0 => drop(text.remove(at)),
                1 => text.insert(at, new),
                _ => text[at] = new,
            }
        }
        survives(&text.into_iter().collect::<String>())?;
    }

    #[test]
    fn good_queries_cut_and_joined_anywhere_are_configs_or_told(from in 0..GOOD.len(), to in 0..GOOD.len()) {
        survives(&format!("{}{}", &GOOD[..from], &GOOD[to..]))?;
    }
}
