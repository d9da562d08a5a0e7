//! The README tells the truth.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{Config, Hyperparameter, Key, Optimizer, Schedule, Surface};

const README: &str = include_str!("../README.md");

/// The row of the keys table for a key.
fn row(key: Key) -> &'static str {
    let start = format!("| `{}` |", key.name());
    README.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no row for {}", key.name()))
}

#[test]
fn the_table_has_every_key_in_order_with_its_default() {
    let rows: Vec<_> = README.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(rows.len(), Key::ALL.len());
    for (row, key) in rows.iter().zip(Key::ALL) {
        assert!(row.starts_with(&format!("| `{}` |", key.name())), "{row}");
    }
    let default = Config::default();
    for key in [Key::Surface, Key::Steps, Key::Optimizer, Key::Lr, Key::Schedule, Key::View] {
        let last = row(key).trim_end_matches(" |").rsplit("| ").next().unwrap_or_default().trim_matches('`');
        assert_eq!(last, default.text(key), "{}", key.name());
    }
}

#[test]
fn the_table_has_every_default_of_every_hyperparameter() {
    let default = |optimizer: &str, key: Key| {
        format!("optimizer={optimizer}").parse::<Config>().map(|config| config.text(key)).expect("a known name")
    };
    for &hyperparameter in Hyperparameter::ALL {
        let key = Key::Hyperparameter(hyperparameter);
        let last = row(key).trim_end_matches(" |").rsplit("| ").next().unwrap_or_default();
        let (usual, others) = last.split_once("; ").unwrap_or((last, ""));
        for optimizer in Optimizer::ALL.iter().map(Optimizer::name) {
            let other = others.split(", ").find_map(|part| part.strip_suffix(&format!(" in `{optimizer}`")));
            let stated: Result<f64, _> = other.unwrap_or(usual).trim_matches('`').parse();
            match default(optimizer, key).parse::<f64>() {
                Ok(value) => assert_eq!(stated, Ok(value), "{} of {optimizer}", key.name()),
                // A switch, or a key that the optimizer does not have.
                Err(_) => assert_eq!(other, None, "{} of {optimizer}", key.name()),
            }
        }
    }
    assert!(row(Key::Hyperparameter(Hyperparameter::BiasCorrection)).ends_with("| `on` |"));
}

#[test]
fn the_table_lists_every_surface_optimizer_and_schedule() {
    for surface in Surface::ALL {
        assert!(row(Key::Surface).contains(&format!("`{}`", surface.facts().name)), "{}", surface.facts().name);
    }
    for optimizer in Optimizer::ALL {
        assert!(row(Key::Optimizer).contains(&format!("`{}`", optimizer.name())));
    }
    for schedule in Schedule::ALL {
        assert!(row(Key::Schedule).contains(&format!("`{}`", schedule.name())));
    }
}

#[test]
fn the_queries_in_it_are_good() {
    let queries: Vec<_> = README
        .split("surface=")
        .skip(1)
        .filter(|rest| !rest.starts_with('"'))
        .filter_map(|rest| rest.split(['"', '`']).next())
        .collect();
    assert!(queries.len() >= 3);
    for query in queries {
        assert!(format!("surface={query}").parse::<Config>().is_ok(), "surface={query}");
    }
}
