//! Every surface of the catalogue against what is published of it: values, minima, kinks, and what its default start shows.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashSet;
use std::f64::consts::PI;

use adam_scope::{Config, Domain, Real, Surface};

fn named(name: &str) -> Surface {
    Surface::by_name(name).unwrap_or_else(|| panic!("no surface {name}"))
}

fn distance([x, y]: [f64; 2], [u, v]: [f64; 2]) -> f64 {
    (x - u).abs().max((y - v).abs())
}

/// Losses as others print them, to half a unit of their last digit.
const PUBLISHED: &[(&str, [f64; 2], f64, f64)] = &[
    // Surjanovic & Bingham, Virtual Library of Simulation Experiments: the global minima.
    ("six-hump-camel", [0.0898, -0.7126], -1.0316, 5e-5),
    ("six-hump-camel", [-0.0898, 0.7126], -1.0316, 5e-5),
    ("mccormick", [-0.54719, -1.54719], -1.9133, 1e-4), // Rounded up there.
    ("styblinski-tang", [-2.903534, -2.903534], -78.33233, 5e-6),
    // Goldstein & Price (1971): the local minima.
    ("goldstein-price", [-0.6, -0.4], 30.0, 1e-10),
    ("goldstein-price", [1.8, 0.2], 84.0, 1e-10),
    ("goldstein-price", [1.2, 0.8], 840.0, 1e-10),
    // Jamil & Yang (2013): the shallower wells of the three-hump camel.
    ("three-hump-camel", [1.7476, -0.8738], 0.2986, 5e-5),
    ("three-hump-camel", [-1.7476, 0.8738], 0.2986, 5e-5),
    // The tests of other libraries: esbox, opytimark, lipo and pycellga.
    ("styblinski-tang", [-0.68, -0.68], -10.584586240000002, 1e-13),
    ("six-hump-camel", [0.0898, -0.7126], -1.0316284229280819, 1e-14),
    ("goldstein-price", [1.0, 1.0], 1876.0, 1e-9),
    ("goldstein-price", [-1.0, 1.0], 87100.0, 1e-9),
    ("goldstein-price", [1.0, -1.0], 7100.0, 1e-9),
    ("ackley", [-15.2, -30.1], 20.799510075569014, 1e-13),
];

#[test]
fn losses_are_those_that_others_print() {
    for &(name, [x, y], published, precision) in PUBLISHED {
        let loss = named(name).loss(x, y);
        assert!((loss - published).abs() <= precision, "{name} at ({x}, {y}): {loss} for {published}");
    }
}

#[test]
fn losses_and_gradients_agree_with_mpmath_to_thirteen_digits() {
    let rows: Vec<_> = include_str!("reference/surfaces.txt").lines().filter(|line| !line.starts_with('#')).collect();
    let mut seen = HashSet::new();
    for row in rows {
        let (name, numbers) = row.split_once(' ').expect("a name first");
        let numbers: Vec<f64> = numbers.split(' ').map(|number| number.parse().expect("a number")).collect();
        let &[x, y, loss, dx, dy] = numbers.as_slice() else { panic!("{row}") };
        let (our_loss, ours) = named(name).loss_and_grad(x, y);
        // Against the largest term of a sum, which is not above the first of these.
        let scale = loss.abs().max(dx.abs()).max(dy.abs());
        for (ours, theirs) in [(our_loss, loss), (ours[0], dx), (ours[1], dy)] {
            assert!((ours - theirs).abs() <= 1e-13 * scale, "{row}: {ours:e} for {theirs:e}");
        }
        seen.insert(name);
    }
    assert_eq!(seen.len(), Surface::ALL.len());
}

/// The lowest loss of every surface that has one, to twelve decimals.
const LOWEST: &[(&str, f64)] = &[
    ("quadratic", 0.0),
    ("sphere", 0.0),
    ("booth", 0.0),
    ("matyas", 0.0),
    ("rosenbrock", 0.0),
    ("beale", 0.0),
    ("mccormick", -1.913222954981036),
    ("goldstein-price", 3.0),
    ("three-hump-camel", 0.0),
    ("six-hump-camel", -1.031628453489877),
    ("himmelblau", 0.0),
    ("styblinski-tang", -78.332331407542),
    ("rastrigin", 0.0),
    ("ackley", 0.0),
    ("griewank", 0.0),
    ("levy13", 0.0),
    ("easom", -1.0),
    ("bukin6", 0.0),
    ("ravine", 0.0),
    ("plateau", 0.014928749927334),
    ("two-wells", -1.840168450129572),
];

#[test]
fn every_minimum_has_the_published_lowest_loss() {
    for surface in Surface::ALL {
        let facts = surface.facts();
        let Some(&(_, lowest)) = LOWEST.iter().find(|(name, _)| *name == facts.name) else {
            assert!(facts.minima.is_empty(), "{}", facts.name);
            continue;
        };
        assert!(!facts.minima.is_empty(), "{}", facts.name);
        for &[x, y] in facts.minima {
            let (loss, [dx, dy]) = surface.loss_and_grad(x, y);
            assert!((loss - lowest).abs() <= 1e-12, "{} at ({x}, {y}): {loss:e}", facts.name);
            assert!(!facts.smooth || dx.abs().max(dy.abs()) < 1e-9, "{} at ({x}, {y}): ({dx:e}, {dy:e})", facts.name);
        }
    }
}

/// Nodes along each side of the grid that minima are looked for on.
const NODES: usize = 401;

/// The most by which polishing is expected to miss a lowest loss.
const SLACK: f64 = 1e-9;

/// The nodes of a grid over the domain that are no higher than their neighbours, and the 50 lowest ones.
fn candidates(surface: &Surface) -> Vec<[f64; 2]> {
    let Domain { x0, x1, y0, y1 } = surface.facts().domain;
    let at = |i: usize, low: f64, high: f64| low + (high - low) * i as f64 / (NODES - 1) as f64;
    let node = |index: usize| [at(index % NODES, x0, x1), at(index / NODES, y0, y1)];
    let losses: Vec<f64> = (0..NODES * NODES).map(node).map(|[x, y]| surface.loss(x, y)).collect();
    let is_local = |index: &usize| {
        let (column, row) = (index % NODES, index / NODES);
        let rows = row.saturating_sub(1)..=(row + 1).min(NODES - 1);
        let columns = column.saturating_sub(1)..=(column + 1).min(NODES - 1);
        rows.flat_map(|r| columns.clone().map(move |c| r * NODES + c)).all(|other| losses[*index] <= losses[other])
    };
    let mut lowest: Vec<usize> = (0..losses.len()).collect();
    lowest.sort_by(|&a, &b| losses[a].total_cmp(&losses[b]));
    lowest.truncate(50);
    lowest.into_iter().chain((0..losses.len()).filter(is_local)).map(node).collect()
}

/// Where a search in eight directions ends, whose step is halved where none of them is lower. It needs no derivative,
/// and gives up in a valley that is long and narrow.
fn polished(surface: &Surface, [mut x, mut y]: [f64; 2]) -> [f64; 2] {
    let Domain { x0, x1, .. } = surface.facts().domain;
    let (mut step, mut loss) = ((x1 - x0) / NODES as f64, surface.loss(x, y));
    for _ in 0..2000 {
        let directions = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)];
        let points = directions.map(|(dx, dy)| [x + step * f64::from(dx), y + step * f64::from(dy)]);
        match points.into_iter().find(|&[x, y]| surface.loss(x, y) < loss) {
            Some(lower) => {
                [x, y] = lower;
                loss = surface.loss(x, y);
            }
            None => step /= 2.0,
        }
    }
    [x, y]
}

#[test]
fn nothing_in_the_domain_is_lower_than_the_minima_and_none_is_missing() {
    for surface in Surface::ALL {
        let (facts, Some(lowest)) = (surface.facts(), surface.lowest()) else { continue };
        for start in candidates(surface) {
            let end = polished(surface, start);
            let loss = surface.loss(end[0], end[1]);
            assert!(loss >= lowest - SLACK, "{}: {loss:e} at {end:?} is below {lowest:e}", facts.name);
            let is_listed = facts.minima.iter().any(|&minimum| distance(minimum, end) < 1e-3);
            assert!(is_listed || loss > lowest + SLACK, "{}: {end:?} is as low, but not listed", facts.name);
        }
    }
}

/// The derivative along one axis by central differences, f(t) being the loss at t along it.
fn slope(f: impl Fn(f64) -> f64, step: f64) -> f64 {
    (8.0 * (f(step) - f(-step)) - (f(2.0 * step) - f(-2.0 * step))) / (12.0 * step)
}

/// How far the nearest kink is, about.
fn to_kink(name: &str, [x, y]: [f64; 2]) -> f64 {
    match name {
        "ackley" => x.abs().max(y.abs()),
        "bukin6" => (y - 0.01 * x * x).abs().min((x + 10.0).abs()),
        "ravine" => (y - Real::sin(x)).abs(),
        _ => f64::INFINITY,
    }
}

#[test]
fn gradients_agree_with_central_differences_where_there_is_no_kink() {
    for surface in Surface::ALL {
        let facts = surface.facts();
        let Domain { x0, x1, y0, y1 } = facts.domain;
        // Halton's points (1960) of bases 2 and 3.
        let halton = |base: u32, index: u32| {
            let (mut part, mut digits, mut rest) = (0.0, 1.0, index);
            while rest > 0 {
                digits /= f64::from(base);
                part += digits * f64::from(rest % base);
                rest /= base;
            }
            part
        };
        let points = (1..).map(|i| [x0 + (x1 - x0) * halton(2, i), y0 + (y1 - y0) * halton(3, i)]);
        for [x, y] in points.filter(|&point| to_kink(facts.name, point) > 0.05).take(200) {
            let (loss, [dx, dy]) = surface.loss_and_grad(x, y);
            let step = 1.0 / 4096.0;
            let differences = [slope(|t| surface.loss(x + t, y), step), slope(|t| surface.loss(x, y + t), step)];
            let scale = loss.abs().max(dx.abs()).max(dy.abs()).max(1.0);
            let error = distance([dx, dy], differences);
            assert!(error <= 1e-8 * scale, "{} at ({x}, {y}): ({dx}, {dy}) for {differences:?}", facts.name);
        }
    }
}

#[test]
fn gradients_are_finite_at_kinks_and_beside_them_and_far_away() {
    let neighbours = |x: f64| [x.next_down(), x, x.next_up(), x - 1e-160, x + 1e-160, x - 1e-9, x + 1e-9];
    for surface in Surface::ALL {
        let facts = surface.facts();
        let ground = (-150..=-50).map(|i| f64::from(i) / 10.0);
        let ground = ground.map(|x| match facts.name {
            "bukin6" => [x, x * x * 0.01],
            _ => [x, Real::sin(x)],
        });
        let far = [-1e6, -1e3, 0.0, 1e3, 1e6].map(|x| [-1e6, 0.0, 1e6].map(|y| [x, y]));
        let points = facts.minima.iter().copied().chain(ground).chain([[0.0; 2]]).chain(far.into_iter().flatten());
        let beside =
            points.flat_map(|[x, y]| neighbours(x).into_iter().flat_map(move |x| neighbours(y).map(|y| [x, y])));
        for [x, y] in beside {
            let (loss, [dx, dy]) = surface.loss_and_grad(x, y);
            let all_finite = loss.is_finite() && dx.is_finite() && dy.is_finite();
            assert!(all_finite, "{} at ({x:e}, {y:e}): {loss}, ({dx}, {dy})", facts.name);
        }
    }
}

#[test]
fn the_derivative_across_a_kink_is_taken_as_zero() {
    assert_eq!(named("ackley").loss_and_grad(0.0, 0.0).1, [0.0, 0.0]);
    assert_eq!(named("bukin6").loss_and_grad(-10.0, 1.0).1, [0.0, 0.0]);
    assert_eq!(named("bukin6").loss_and_grad(-5.0, 0.25).1, [0.01, 0.0]);
    assert_eq!(named("ravine").loss_and_grad(2.0, Real::sin(2.0)).1, [0.4, 0.0]);
    assert_eq!(named("ravine").loss_and_grad(0.0, 0.0).1, [0.0, 0.0]);
}

#[test]
fn a_surface_is_smooth_unless_a_kink_is_at_its_minima() {
    for surface in Surface::ALL {
        let facts = surface.facts();
        for &[x, y] in facts.minima {
            // Near a smooth minimum the loss grows like the square of the distance, so 100 times from 1e-4 to 1e-3.
            let rise = |r: f64| {
                [(r, 0.3 * r), (-0.3 * r, r)].map(|(dx, dy)| surface.loss(x + dx, y + dy) - surface.loss(x, y))
            };
            let growth = rise(1e-3)[0].max(rise(1e-3)[1]) / rise(1e-4)[0].max(rise(1e-4)[1]);
            assert!(growth > 1.5, "{}: no minimum at ({x}, {y})", facts.name);
            assert_eq!(facts.smooth, growth > 50.0, "{}: the loss grows {growth} times", facts.name);
        }
    }
}

/// Where Adam ends from the default start, as the surfaces' documentation says.
const STORIES: &[(&str, &str, [f64; 2])] = &[
    ("three-hump-camel", "0.1", [0.0, 0.0]),
    ("three-hump-camel", "1", [1.7476, -0.8738]),
    ("six-hump-camel", "0.01", [0.0898, -0.7127]),
    ("six-hump-camel", "0.1", [0.0898, -0.7127]),
    ("six-hump-camel", "1", [-0.0898, 0.7127]),
    ("mccormick", "0.1", [2.5944, 1.5944]),
    ("mccormick", "1", [2.5944, 1.5944]),
    ("goldstein-price", "0.1", [-0.6, -0.4]),
    ("goldstein-price", "1", [0.0, -1.0]),
    ("styblinski-tang", "0.1", [-2.9035, 2.7468]),
    ("styblinski-tang", "1", [-2.9035, -2.9035]),
    ("ackley", "0.01", [-3.979, 2.984]),
    ("ackley", "0.1", [-3.979, 2.984]),
    ("levy13", "0.01", [1.0, 1.973]),
    ("levy13", "0.1", [1.0, 1.0]),
    ("easom", "0.01", [1.305, 1.305]),
    ("easom", "0.1", [1.305, 1.305]),
    ("easom", "1", [PI, PI]),
    ("griewank", "0.1", [0.0, 0.0]),
    ("griewank", "1", [-PI, 4.4385]),
    ("two-wells", "0.1", [-1.4281, 0.952]),
    ("two-wells", "1", [1.4754, -0.9836]),
];

#[test]
fn the_default_starts_show_what_their_documentation_says() {
    for &(name, lr, end) in STORIES {
        let config: Config = format!("surface={name}&lr={lr}").parse().expect("a good query");
        let path = config.descend(&config.runs()[0]);
        let last = path.points()[path.last()];
        assert!(distance(last, end) < 0.02, "{name} at rate {lr} ends at {last:?}");
    }
}
