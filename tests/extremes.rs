//! Trajectories at the ends of every range: none panics, each is whole, each ends where it says.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{Config, MOST_RUNS, MOST_STEPS, Surface, Trajectory};

fn read(query: &str) -> Config {
    query.parse().unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// Whether its lists are as long as each other, all finite, and end at the last step or before the one named.
fn is_whole(path: &Trajectory, steps: usize) -> bool {
    let finite = path.points().iter().flatten().chain(path.losses()).all(|value| value.is_finite());
    let last = path.stopped().map_or(steps, |stopped| stopped - 1);
    finite && path.last() == last && path.points().len() == last + 1 && path.losses().len() == last + 1
}

#[test]
fn every_surface_at_the_ends_of_every_range_gives_whole_trajectories() {
    const RATES: &str = "5e-324,1e-300,1e-8,1,1e8,1e76,1e154,1e300,1e308,1.7976931348623157e308";
    const STARTS: [&str; 7] = ["0,0", "1e6,1e6", "-1e6,1e6", "1e6,-1e6", "-1e6,-1e6", "5e-324,-5e-324", "1,1e-300"];
    const PARAMETERS: [&str; 8] = [
        "",
        "&eps=0",
        "&eps=1e308",
        "&weight-decay=1e308",
        "&beta1=0&beta2=0&eps=0",
        "&beta1=0.9999999999999999&beta2=0.9999999999999999",
        "&bias-correction=off&eps=0",
        "&beta1=0.99&beta2=0",
    ];
    for surface in Surface::ALL {
        for (start, parameters) in STARTS.iter().flat_map(|start| PARAMETERS.map(|parameters| (start, parameters))) {
            let name = surface.facts().name;
            let config = read(&format!("surface={name}&start={start}&lr={RATES}&steps=100{parameters}"));
            for run in config.runs() {
                let path = config.descend(&run);
                assert!(is_whole(&path, 100), "{config} at {}: {:?}", run.label, path.stopped());
            }
        }
    }
}

#[test]
fn the_smallest_rate_does_not_move_a_run_and_the_largest_throws_it_out_at_once() {
    for surface in Surface::ALL {
        let config = read(&format!("surface={}&lr=5e-324,1e308&steps=50", surface.facts().name));
        let [still, thrown] = [0, 1].map(|run| config.descend(&config.runs()[run]));
        assert!(still.points().iter().all(|&point| point == surface.facts().start), "{config}");
        // Easom's loss is 0 as far out as numbers go, so that only the second update is too much.
        let last = usize::from(surface.facts().name == "easom");
        assert_eq!((still.stopped(), thrown.stopped(), thrown.last()), (None, Some(last + 1), last), "{config}");
    }
}

#[test]
fn adam_comes_back_from_as_far_as_a_start_may_lie() {
    for start in ["1e6,1e6", "-1e6,1e6", "1e6,-1e6", "-1e6,-1e6"] {
        let config = read(&format!("surface=quadratic&start={start}&lr=1000&steps=20000"));
        let path = config.descend(&config.runs()[0]);
        assert!(path.losses()[20_000] < 1e-6 * path.losses()[0], "from {start}: {}", path.losses()[20_000]);
    }
}

/// 12 runs of 100,000 steps store x, y, loss and rate a step: 38.4 MB, and no more.
#[test]
fn the_largest_config_stores_four_numbers_a_step_and_no_more() {
    let rates: Vec<_> = (1..=MOST_RUNS).map(|i| format!("{i}e-3")).collect();
    for surface in Surface::ALL {
        let config = read(&format!("surface={}&lr={}&steps={MOST_STEPS}", surface.facts().name, rates.join(",")));
        let paths: Vec<_> = config.runs().iter().map(|run| config.descend(run)).collect();
        assert_eq!(paths.len(), MOST_RUNS);
        let points: usize = paths.iter().map(|path| path.points().len()).sum();
        let losses: usize = paths.iter().map(|path| path.losses().len()).sum();
        assert!(paths.iter().all(|path| is_whole(path, MOST_STEPS)), "{config}");
        assert_eq!((points, losses), (MOST_RUNS * (MOST_STEPS + 1), MOST_RUNS * (MOST_STEPS + 1)), "{config}");
    }
}
