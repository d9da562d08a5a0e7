//! Config and Page as text: what is read, what is printed, and that the one undoes the other.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{
    Config, Domain, Draft, Hyperparameter, Key, MOST_RUNS, MOST_STEPS, Optimizer, Page, Schedule, Scheme, Surface,
    shortest,
};
use proptest::prelude::*;

fn read(query: &str) -> Config {
    query.parse().unwrap_or_else(|error| panic!("{query}: {error}"))
}

fn printed(query: &str) -> String {
    read(query).to_string()
}

#[test]
fn the_example_of_the_design_reads_as_it_says_and_prints_without_its_defaults() {
    let config = read("surface=rosenbrock&lr=0.001,0.01,0.1,1&steps=200");
    assert_eq!(config, Config::default());
    assert_eq!(config.to_string(), "");
    assert_eq!((config.surface(), config.steps()), (&Surface::Rosenbrock, 200));
    assert_eq!((config.rates(), config.step()), ([0.001, 0.01, 0.1, 1.0].as_slice(), None));
}

#[test]
fn the_empty_text_is_the_default() {
    for query in ["", "&", "&&", "v=1"] {
        assert_eq!(read(query), Config::default(), "{query:?}");
    }
}

#[test]
fn a_text_prints_in_the_order_of_the_table() {
    let query = "step=7&bias-correction=off&weight-decay=0.1&eps=1e-7&beta2=0.99&beta1=0.5&lr=0.5&steps=50\
                 &start=1,2&domain=-1,1,-2,2&condition=7&surface=quadratic&schedule=constant&view=panels&momentum-decay=0.1&rho=0.5&alpha=0.5&momentum=0.5\
                 &optimizer=nadam,adadelta,rmsprop,adam";
    let canonical = "surface=quadratic&condition=7&domain=-1,1,-2,2&start=1,2&steps=50&optimizer=nadam,adadelta,rmsprop,adam\
                     &lr=0.5&beta1=0.5&beta2=0.99&eps=1e-7&weight-decay=0.1&momentum=0.5&alpha=0.5&rho=0.5\
                     &momentum-decay=0.1&bias-correction=off&step=7";
    assert_eq!(printed(query), canonical);
}

#[test]
fn what_is_the_default_anyway_is_not_printed() {
    let defaults = "steps=200&optimizer=adam&lr=1e-3,1e-2,1e-1,1e0&schedule=constant&beta1=0.90&beta2=0.999&eps=1e-8\
                    &weight-decay=0&bias-correction=on&view=panels";
    assert_eq!(printed(defaults), "");
    for surface in Surface::ALL {
        let facts = surface.facts();
        let Domain { x0, x1, y0, y1 } = facts.domain;
        let own = format!("domain={x0},{x1},{y0},{y1}&start={},{}", facts.start[0], facts.start[1]);
        let printed = printed(&format!("surface={}&{own}", facts.name));
        assert_eq!(printed, if facts.name == "rosenbrock" { String::new() } else { format!("surface={}", facts.name) });
    }
    assert_eq!(printed("surface=quadratic&condition=20"), "surface=quadratic");
}

#[test]
fn every_optimizer_can_have_rates_of_its_own() {
    let config = read("optimizer=sgd,adam&lr=adam:0.1, sgd : 2e-3,adam:1&surface=beale");
    assert_eq!(config.to_string(), "surface=beale&optimizer=sgd,adam&lr=adam:0.1,sgd:0.002,adam:1");
    assert!(config.has_own_rates());
    assert_eq!(config.rates(), [0.1, 0.002, 1.0]);
    let runs: Vec<_> = config.runs().into_iter().map(|run| (run.label, run.lr, run.rate)).collect();
    let expected = [("SGD, lr 0.002", 0.002, 1), ("Adam, lr 0.1", 0.1, 0), ("Adam, lr 1", 1.0, 2)];
    assert_eq!(runs, expected.map(|(label, lr, rate)| (label.to_owned(), lr, rate)));
    let methods: Vec<_> = config.methods().into_iter().map(|run| run.label).collect();
    assert_eq!(methods, ["SGD, lr 0.002", "Adam, lr 0.1"]);
    // Encoded, as a browser may write it.
    assert_eq!(read("optimizer=sgd,adam&lr=adam%3A0.1,sgd%3a0.002,adam:1&surface=beale"), config);
}

#[test]
fn own_rates_are_under_every_schedule_and_count_once() {
    let config = read("optimizer=sgd,adam&lr=sgd:1,sgd:2,adam:3&schedule=constant,cosine");
    let runs: Vec<_> = config.runs().into_iter().map(|run| (run.schedule.name(), run.lr)).collect();
    let expected = [1.0, 2.0].map(|lr| ("constant", lr)).into_iter().chain([1.0, 2.0].map(|lr| ("cosine", lr)));
    assert_eq!(runs, expected.chain([("constant", 3.0), ("cosine", 3.0)]).collect::<Vec<_>>());
    let rates: Vec<_> = (1..=11).map(|i| format!("sgd:{i}")).collect();
    assert_eq!(read(&format!("optimizer=sgd,adam&lr=adam:1,{}", rates.join(","))).runs().len(), MOST_RUNS);
}

#[test]
fn the_rates_of_an_only_optimizer_are_those_of_all() {
    assert_eq!(printed("lr=adam:0.1,adam:1"), "lr=0.1,1");
    // The same numbers for each are still its own.
    assert_ne!(read("optimizer=sgd,adam&lr=sgd:1,adam:1"), read("optimizer=sgd,adam&lr=1"));
}

#[test]
fn a_step_of_0_is_printed_as_it_differs_from_none() {
    assert_eq!((read("step=0").step(), read("").step()), (Some(0), None));
    assert_eq!(printed("step=0"), "step=0");
}

#[test]
fn percent_sequences_are_decoded_and_a_plus_is_a_plus() {
    assert_eq!(printed("s%75rface=%62eale&lr=0%2e1%2C0%2E2"), "surface=beale&lr=0.1,0.2");
    assert_eq!(printed("lr=1e+2"), "lr=100");
    assert_eq!(printed("lr=1e%2B2"), "lr=100");
    // Encoded separators are no separators.
    assert!("lr=0.1%26steps=5".parse::<Config>().is_err());
}

#[test]
fn spaces_around_items_are_ignored() {
    let canonical = printed("surface=beale&start=1,2&steps=50&lr=0.1,0.2&bias-correction=off");
    let spaced = "surface= beale &start= 1 ,  2&steps=%2050&lr=%200.1%20, 0.2 &bias-correction=off ";
    assert_eq!(printed(spaced), canonical);
}

#[test]
fn single_values_are_not_decoded() {
    let mut draft = Draft::default();
    draft.set("lr", "0%2E1").expect("a known key");
    assert_eq!(
        draft.check().map_err(|error| error.to_string()),
        Err("lr: \"0%2E1\" is not a number (expected positive numbers, as in 0.001,0.01)".to_owned())
    );
    draft.set("lr", " 0.1, 2 ").expect("a known key");
    assert_eq!(draft.check().map(|config| config.to_string()), Ok("lr=0.1,2".to_owned()));
    draft.unset("lr").expect("a known key");
    assert_eq!(draft.check(), Ok(Config::default()));
}

#[test]
fn the_ends_of_every_range_are_in_it() {
    for query in [
        "surface=quadratic&condition=1",
        "surface=quadratic&condition=1e6",
        "steps=1",
        "steps=100000",
        "step=200",
        "start=-1e6,1e6",
        "domain=0,1e-300,-1e300,1e300",
        "domain=1,1.000000002,0,1",
        "lr=5e-324,1.7976931348623157e308",
        "beta1=0&beta2=0&eps=0",
        "beta1=0.9999999999999999",
        "eps=1e308&weight-decay=1e308",
        "optimizer=rmsprop,adadelta,nadam&lr=1&momentum=0&alpha=0&rho=1&momentum-decay=0",
        "optimizer=nesterov&momentum=5e-324",
        "lr=1,2,3,4,5,6,7,8,9,10,11,12",
        "warmup=100000",
        "schedule=step,plateau&gamma=0&every=1&min-lr=1e308&patience=0&warmup=0",
        "schedule=step,plateau&gamma=0.9999999999999999&every=100000&patience=100000",
        "schedule=polynomial&power=0",
        "schedule=polynomial&power=1e308",
        "schedule=piecewise&points=100000:1e308",
        "noise=1e308&sparsity=0.9999999999999999&seed=18446744073709551615",
    ] {
        let config = read(query);
        assert_eq!(config, read(&config.to_string()), "{query}");
    }
}

#[test]
fn runs_are_numbered_with_the_rate_fastest_and_labelled_by_it() {
    let runs = read("lr=1e-1,5,1e-9").runs();
    let labels: Vec<_> = runs.iter().map(|run| (run.label.as_str(), run.lr)).collect();
    assert_eq!(labels, [("lr 0.1", 0.1), ("lr 5", 5.0), ("lr 1e-9", 1e-9)]);
}

#[test]
fn labels_say_what_differs_and_no_more() {
    let labels = |query: &str| -> Vec<String> { read(query).runs().into_iter().map(|run| run.label).collect() };
    assert_eq!(labels("lr=0.1"), ["lr 0.1"]);
    assert_eq!(labels("lr=0.1&schedule=cosine"), ["lr 0.1"]);
    assert_eq!(labels("lr=0.1&schedule=step,one-cycle"), ["step decay", "one-cycle"]);
    assert_eq!(
        labels("lr=0.1,1&schedule=cosine,constant"),
        ["cosine, lr 0.1", "cosine, lr 1", "constant, lr 0.1", "constant, lr 1"]
    );
}

#[test]
fn a_parameter_goes_to_each_schedule_that_has_it_and_is_printed_unless_it_is_the_default_of_them_all() {
    assert_eq!(printed("schedule=step&gamma=0.5&every=100"), "schedule=step");
    assert_eq!(printed("schedule=step,exponential&gamma=.5"), "schedule=step,exponential&gamma=0.5");
    assert_eq!(printed("schedule=exponential,linear&gamma=0.99&min-lr=0&warmup=0"), "schedule=exponential,linear");
    assert_eq!(printed("schedule=piecewise&points=0:1, 1e1 :.5"), "schedule=piecewise&points=0:1,10:0.5");
    let config = read("schedule=constant,plateau,step,exponential&lr=0.1&warmup=7&gamma=0.25");
    assert!(config.runs().iter().all(|run| run.schedule.warmup == 7));
    assert_eq!([config.text(Key::Gamma), config.text(Key::Every), config.text(Key::Power)], ["0.25", "100", ""]);
    // Where the defaults differ, that of the first.
    assert_eq!(read("schedule=plateau,step").text(Key::Gamma), "0.1");
    for schedule in Schedule::ALL.iter().filter(|schedule| schedule.name() != "piecewise") {
        assert_eq!(read(&format!("schedule={}", schedule.name())).runs()[0].schedule, *schedule);
    }
}

#[test]
fn a_seed_keeps_all_its_digits() {
    for seed in [1, 1 << 53, (1 << 53) + 1, u64::MAX - 1, u64::MAX, 10_000_000_000_000_000_001] {
        let config = read(&format!("noise=1&seed={seed}"));
        assert_eq!((config.noise().seed, config.to_string()), (seed, format!("noise=1&seed={seed}")));
    }
    let same =
        [("1e3", 1_000), ("1.5e1", 15), ("0.0180000e3", 18), ("1.8446744073709551615e19", u64::MAX), ("700e-2", 7)];
    for (text, seed) in same {
        assert_eq!(read(&format!("sparsity=.5&seed={text}")).noise().seed, seed);
    }
    assert_eq!(printed("noise=1&seed=0"), "noise=1");
    assert_eq!(printed("noise=0&sparsity=0"), "");
    assert_eq!([read("noise=1").text(Key::Seed), read("").text(Key::Seed)], ["0", ""]);
}

#[test]
fn a_page_reads_what_it_prints() {
    for (fragment, canonical) in [
        ("", "v=1"),
        ("theme=auto", "v=1"),
        ("theme=dark", "v=1&theme=dark"),
        ("theme=light&lr=0.10&v=1", "v=1&lr=0.1&theme=light"),
    ] {
        let page = Page::parse(fragment).expect("a good fragment");
        assert_eq!(page.fragment(), canonical);
        assert_eq!(Page::parse(canonical), Ok(page));
    }
}

#[test]
fn a_theme_belongs_to_the_page_and_not_to_the_config() {
    assert!("theme=dark".parse::<Config>().is_err());
    assert!(Draft::default().set("theme", "dark").is_err());
}

/// The same number in another spelling of the grammar.
fn spelled(value: f64, spelling: u8) -> String {
    let (sign, size) = (if value < 0.0 { "-" } else { "" }, value.abs());
    let size = match spelling {
        0 => shortest(size),
        1 => format!("{size:e}"),
        2 => format!("{size:e}").replace('e', "e+").replace("+-", "-"),
        3 => format!("00{size}"),
        4 => format!("{size:?}").split_once('e').map_or_else(|| format!("{size:?}00"), |_| format!("{size}")),
        _ => format!("{size}").strip_prefix("0.").map_or_else(|| format!("{size}"), |decimals| format!(".{decimals}")),
    };
    format!("{sign}{size}")
}

/// A number from `values`, with its text.
fn number(values: impl Strategy<Value = f64>) -> impl Strategy<Value = (f64, String)> {
    (values, 0..6_u8).prop_map(|(value, spelling)| (value, spelled(value, spelling)))
}

fn text(values: impl Strategy<Value = f64>) -> impl Strategy<Value = String> {
    number(values).prop_map(|(_, text)| text)
}

/// Any finite number above 0, each bit pattern as likely.
fn any_positive() -> impl Strategy<Value = f64> {
    use prop::num::f64::{NORMAL, POSITIVE, SUBNORMAL};
    POSITIVE | NORMAL | SUBNORMAL
}

/// Few digits, as a person types, or all of them.
fn typed(low: f64, high: f64) -> impl Strategy<Value = f64> {
    prop_oneof![(low..high), (low..high).prop_map(|value| (value * 100.0).trunc() / 100.0)]
}

fn rates() -> impl Strategy<Value = String> {
    let rate = (-300.0..300.0, any::<bool>()).prop_map(|(exponent, whole)| {
        let exponent: f64 = if whole { f64::round(exponent / 100.0) } else { exponent };
        libm::pow(10.0, exponent)
    });
    (prop::collection::vec(number(rate), 1..=MOST_RUNS), "[ ]{0,2}").prop_map(|(rates, spaces)| {
        let fresh =
            rates.iter().enumerate().filter(|(i, (rate, _))| rates[..*i].iter().all(|(other, _)| other != rate));
        let texts: Vec<_> = fresh.map(|(_, (_, text))| format!("{spaces}{text}{spaces}")).collect();
        texts.join(",")
    })
}

fn domain() -> impl Strategy<Value = String> {
    let axis = || (typed(-1e3, 1e3), typed(0.01, 1e3)).prop_map(|(low, span)| [low, low + span]);
    (axis(), axis(), 0..6_u8)
        .prop_map(|([x0, x1], [y0, y1], spelling)| [x0, x1, y0, y1].map(|edge| spelled(edge, spelling)).join(","))
}

/// One schedule, or some where one rate leaves room for them.
fn schedules() -> impl Strategy<Value = String> {
    let names: Vec<_> = Schedule::ALL.iter().map(Schedule::name).collect();
    prop::sample::subsequence(names, 1..=4).prop_shuffle().prop_map(|names| names.join(","))
}

fn points() -> impl Strategy<Value = String> {
    let factor = text(prop_oneof![Just(1.0), typed(0.0, 3.0)]);
    prop::collection::btree_map(0..=MOST_STEPS, factor, 1..5).prop_map(|points| {
        let points: Vec<_> = points.into_iter().map(|(step, factor)| format!("{step}:{factor}")).collect();
        points.join(",")
    })
}

/// Whether the schedules of a query have a parameter, as the design's table says.
fn uses(schedules: &str, key: &str) -> bool {
    let users: &[&str] = match key {
        "gamma" => &["step", "exponential", "plateau"],
        "every" => &["step", "cosine-restarts"],
        "power" => &["polynomial"],
        "min-lr" => &["linear", "cosine", "cosine-restarts", "plateau"],
        "patience" => &["plateau"],
        "points" => &["piecewise"],
        _ => return true,
    };
    schedules.split(',').any(|name| users.contains(&name))
}

/// What stands before rates that are dealt out to the optimizers, so that each has its own.
const OWN: &str = "own:";

/// The rates with the names of the optimizers, dealt out in turn: at least one for each, and as many as there is room for.
fn dealt(rates: &str, optimizers: &[Optimizer], room: usize) -> String {
    let rates: Vec<_> = rates.split(',').collect();
    let count = rates.len().clamp(optimizers.len(), room.max(optimizers.len()));
    let deal =
        (0..count).map(|i| format!("{}: {}", optimizers[i % optimizers.len()].name(), rates[i % rates.len()].trim()));
    let deal: Vec<String> = deal.collect();
    // In circles, an optimizer may get a rate again.
    let fresh = deal.iter().enumerate().filter(|(i, rate)| !deal[..*i].contains(rate));
    fresh.map(|(_, rate)| rate.as_str()).collect::<Vec<_>>().join(",")
}

/// The pairs of a good query, in any order.
fn pairs() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let surface = prop::sample::select(Surface::ALL).prop_map(|surface| surface.facts().name.to_owned());
    let start = (text(typed(-1e6, 1e6)), text(typed(-10.0, 10.0))).prop_map(|(x, y)| format!("{x},{y}"));
    let steps = (1..=MOST_STEPS).prop_map(|steps| steps as f64);
    let optimizers = prop::sample::subsequence(Optimizer::ALL, 1..=4).prop_shuffle();
    let optimizers = optimizers.prop_map(|chosen| chosen.iter().map(Optimizer::name).collect::<Vec<_>>().join(","));
    let key = |name: &'static str, values: BoxedStrategy<String>| {
        prop::option::of(values).prop_map(move |value| value.map(|value| (name, value)))
    };
    let keys = vec![
        key("surface", surface.boxed()),
        key("condition", text(prop_oneof![Just(20.0), typed(1.0, 1e6)]).boxed()),
        key("domain", domain().boxed()),
        key("start", start.boxed()),
        key("steps", text(prop_oneof![Just(200.0), steps]).boxed()),
        key("optimizer", optimizers.boxed()),
        key("lr", prop_oneof![rates(), rates().prop_map(|rates| format!("{OWN}{rates}"))].boxed()),
        key("schedule", schedules().boxed()),
        key("beta1", text(prop_oneof![Just(0.9), typed(0.0, 1.0)]).boxed()),
        key("beta2", text(prop_oneof![Just(0.999), typed(0.0, 1.0)]).boxed()),
        key("eps", text(prop_oneof![Just(1e-8), Just(-0.0), typed(0.0, 1.0)]).boxed()),
        key("weight-decay", text(prop_oneof![Just(0.0), typed(0.0, 1.0)]).boxed()),
        key("momentum", text(prop_oneof![Just(0.9), typed(0.01, 2.0)]).boxed()),
        key("alpha", text(prop_oneof![Just(0.99), typed(0.0, 1.0)]).boxed()),
        key("rho", text(prop_oneof![Just(0.9), typed(0.0, 1.0)]).boxed()),
        key("momentum-decay", text(prop_oneof![Just(0.004), typed(0.0, 1.0)]).boxed()),
        key("bias-correction", prop::sample::select(vec!["on".to_owned(), "off".to_owned()]).boxed()),
        key("warmup", text((0..=100_u8).prop_map(f64::from)).boxed()),
        key("gamma", text(prop_oneof![Just(0.5), Just(0.1), typed(0.0, 1.0)]).boxed()),
        key("every", text((1..=100_u8).prop_map(f64::from)).boxed()),
        key("power", text(prop_oneof![Just(2.0), typed(0.0, 5.0)]).boxed()),
        key("min-lr", text(prop_oneof![Just(0.0), typed(0.0, 1.0)]).boxed()),
        key("patience", text((0..=20_u8).prop_map(f64::from)).boxed()),
        key("points", points().boxed()),
        key("noise", text(prop_oneof![Just(0.0), typed(0.0, 1.0)]).boxed()),
        key("sparsity", text(prop_oneof![Just(0.0), typed(0.0, 1.0)]).boxed()),
        key("seed", any::<u64>().prop_map(|seed| seed.to_string()).boxed()),
        key("view", prop_oneof![Just("panels".to_owned()), Just("overlay".to_owned())].boxed()),
        key("step", text((0..=1_u8).prop_map(f64::from)).boxed()),
        key("v", Just("1".to_owned()).boxed()),
    ];
    keys.prop_map(|pairs| {
        let mut pairs: Vec<_> = pairs.into_iter().flatten().collect();
        let quadratic = pairs.iter().any(|(key, value)| *key == "surface" && value == "quadratic");
        pairs.retain(|(key, _)| quadratic || *key != "condition");
        let value = |wanted: &str| pairs.iter().find(|(key, _)| *key == wanted).map(|(_, value)| value.clone());
        let schedules = value("schedule").unwrap_or_default();
        let draws = ["noise", "sparsity"].into_iter().filter_map(value).any(|value| value.parse() != Ok(0.0));
        pairs.retain(|(key, _)| uses(&schedules, key) && (draws || *key != "seed"));
        if uses(&schedules, "points") && !pairs.iter().any(|(key, _)| *key == "points") {
            pairs.push(("points", "0:1,100:0.1".to_owned()));
        }
        if schedules.contains(',') {
            // Not more than twelve runs.
            pairs.retain(|(key, _)| *key != "lr");
            pairs.push(("lr", "0.01,1".to_owned()));
        }
        trimmed(pairs)
    })
    .prop_shuffle()
}

/// The pairs without those that the chosen optimizers do not use, and with no more rates than there is room for.
fn trimmed(mut pairs: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    let schedules = pairs.iter().find(|(key, _)| *key == "schedule").map_or(1, |(_, names)| names.split(',').count());
    // No more optimizers than there is room for.
    if let Some((_, names)) = pairs.iter_mut().find(|(key, _)| *key == "optimizer") {
        *names = names.split(',').take((MOST_RUNS / schedules).max(1)).collect::<Vec<_>>().join(",");
    }
    let given = pairs.iter().find(|(key, _)| *key == "optimizer").map_or("adam", |(_, names)| names);
    let chosen: Vec<_> = given.split(',').filter_map(Optimizer::by_name).collect();
    let used = |key: &str| {
        let hyperparameter = Hyperparameter::ALL.iter().find(|hyperparameter| hyperparameter.name() == key);
        hyperparameter.is_none_or(|&which| chosen.iter().any(|optimizer| optimizer.get(which).is_some()))
    };
    pairs.retain(|(key, _)| used(key));
    // Four rates by default, and as many given as fit.
    let room = MOST_RUNS / (chosen.len() * schedules);
    if let Some((_, rates)) = pairs.iter_mut().find(|(key, _)| *key == "lr") {
        if let Some(own) = rates.strip_prefix(OWN) {
            *rates = match &chosen[..] {
                [_] => own.to_owned(),
                _ => dealt(own, &chosen, MOST_RUNS / schedules),
            };
        }
        let room = if rates.contains(':') { MOST_RUNS / schedules } else { room };
        *rates = rates.split(',').take(room).collect::<Vec<_>>().join(",");
    } else if room < 4 {
        pairs.push(("lr", "0.1".to_owned()));
    }
    pairs
}

/// A good query, with some of its characters percent-encoded.
fn query() -> impl Strategy<Value = String> {
    (pairs(), prop::collection::vec(0..9_u8, 1..50)).prop_map(|(pairs, dice)| {
        let mut dice = dice.into_iter().cycle();
        let mut encoded = |text: &str| -> String {
            let one = |c: char| match dice.next() {
                Some(0) => format!("%{:02X}", u32::from(c)),
                Some(1) => format!("%{:02x}", u32::from(c)),
                _ => c.to_string(),
            };
            text.chars().map(one).collect()
        };
        let pairs: Vec<_> = pairs.iter().map(|(key, value)| format!("{}={}", encoded(key), encoded(value))).collect();
        pairs.join("&")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_config_prints_reads_back_as_that_config(query in query()) {
        let config = read(&query);
        let text = config.to_string();
        prop_assert_eq!(&read(&text), &config, "{}", text);
        prop_assert_eq!(read(&text).to_string(), text);
        prop_assert_eq!(config.draft().check(), Ok(config));
    }

    #[test]
    fn what_a_config_prints_is_in_the_order_of_the_table_and_all_needed(query in query()) {
        let config = read(&query);
        let text = config.to_string();
        let keys: Vec<_> = text.split('&').filter_map(|pair| Key::by_name(pair.split_once('=')?.0)).collect();
        prop_assert_eq!(keys.len(), if text.is_empty() { 0 } else { text.split('&').count() });
        prop_assert!(keys.is_sorted_by(|a, b| a < b), "{}", text);
        // Without any one of them it would be another config, or none.
        for key in keys {
            prop_assert_ne!(config.without(key.name()), Ok(config.clone()), "{} of {}", key.name(), text);
        }
    }

    #[test]
    fn any_spelling_of_a_number_is_that_number((value, text) in number(prop_oneof![any_positive(), 0.01..100.0])) {
        let config = read(&format!("lr={text}"));
        prop_assert_eq!(config.rates(), [value]);
    }

    #[test]
    fn the_values_in_force_are_those_given((pairs, theme) in (pairs(), prop::sample::select(Scheme::ALL))) {
        let query: Vec<_> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let page = Page::parse(&format!("{}&theme={}", query.join("&"), theme.name())).expect("a good fragment");
        prop_assert_eq!(page.scheme, theme);
        prop_assert_eq!(&Page::parse(&page.fragment()).expect("a good fragment"), &page);
        let numbers = |text: &str| -> Vec<Result<f64, String>> {
            text.split([',', ':']).map(|item| item.trim().parse().map_err(|_| item.to_owned())).collect()
        };
        for (key, value) in pairs.iter().filter_map(|(name, value)| Some((Key::by_name(name)?, value))) {
            prop_assert_eq!(numbers(&page.config.text(key)), numbers(value), "{}", key.name());
        }
    }
}
