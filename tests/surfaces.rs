//! Every surface of the catalogue: its derivatives, its minima, its start, its names.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashSet;

use adam_scope::{Domain, Dual, LANES, Lanes, Surface};

/// The step of central differences, a power of two, so that `at + h` is exact or nearly. By the five-point formula of
/// [`slope`] the truncation error is h^4/30 times the fifth derivative, the rounding error about 1e-16/h times the loss:
/// both are below 1e-9 of the surfaces' scale (the fifth derivative of Levy's waves, about (6 pi)^5, is the worst).
const STEP: f64 = 1.0 / 4096.0;

/// The most that differences may differ from derivatives, of max(1, the largest loss or slope nearby).
const TOLERANCE: f64 = 1e-8;

/// How much lower than the listed minimum a loss may be, by rounding.
const SLACK: f64 = 1e-9;

/// The surfaces without kinks; `catalogue.rs` has what is said of the others.
fn smooth() -> impl Iterator<Item = &'static Surface> {
    Surface::ALL.iter().filter(|surface| surface.facts().smooth)
}

fn name(surface: &Surface) -> &'static str {
    surface.facts().name
}

/// Points spread evenly over the domain, none of them special: Roberts's R2 sequence (2018), from the plastic number.
fn spread(domain: Domain, count: usize) -> impl Iterator<Item = [f64; 2]> {
    let Domain { x0, x1, y0, y1 } = domain;
    (1..=count).map(move |i| {
        let part = |step: f64| (0.5 + i as f64 * step).fract();
        [x0 + (x1 - x0) * part(0.754_877_666_246_692_7), y0 + (y1 - y0) * part(0.569_840_290_998_053_2)]
    })
}

/// A grid over the domain, its edges and corners included.
fn grid(domain: Domain, cells: u32) -> impl Iterator<Item = [f64; 2]> {
    let Domain { x0, x1, y0, y1 } = domain;
    let along = move |low: f64, high: f64, i: u32| low + (high - low) * f64::from(i) / f64::from(cells);
    (0..=cells).flat_map(move |i| (0..=cells).map(move |j| [along(x0, x1, i), along(y0, y1, j)]))
}

/// The derivative of `f` at `at`, by the five-point central difference: exact for polynomials of degree four.
fn slope(f: impl Fn(f64) -> f64, at: f64) -> f64 {
    let h = STEP;
    (8.0 * (f(at + h) - f(at - h)) - (f(at + 2.0 * h) - f(at - 2.0 * h))) / (12.0 * h)
}

/// The Hessian, as the derivatives of the gradient.
fn hessian(surface: &Surface, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
    let (x, y) = Dual::variables(x, y);
    let (_, [dx, dy]) = surface.loss_and_grad(x, y);
    [[dx.dx, dx.dy], [dy.dx, dy.dy]]
}

fn assert_close(ours: f64, differences: f64, scale: f64, what: &str) {
    let error = (ours - differences).abs();
    assert!(error <= TOLERANCE * scale.abs().max(1.0), "{what}: {ours} but by differences {differences}");
}

#[test]
fn gradients_agree_with_central_differences_all_over_the_domain() {
    for surface in smooth() {
        let domain = surface.facts().domain;
        for [x, y] in spread(domain, 2000).chain(grid(domain, 10)) {
            let (loss, [dx, dy]) = surface.loss_and_grad(x, y);
            assert_eq!(loss, surface.loss(x, y), "{} at ({x}, {y})", name(surface));
            let what = |along| format!("{}: slope along {along} at ({x}, {y})", name(surface));
            assert_close(dx, slope(|x| surface.loss(x, y), x), loss.max(dx.abs()), &what("x"));
            assert_close(dy, slope(|y| surface.loss(x, y), y), loss.max(dy.abs()), &what("y"));
        }
    }
}

#[test]
fn hessians_are_symmetric_and_agree_with_differences_of_the_gradient() {
    for surface in smooth() {
        for [x, y] in spread(surface.facts().domain, 500) {
            let [[xx, xy], [yx, yy]] = hessian(surface, [x, y]);
            let what = |entry| format!("{}: Hessian's {entry} at ({x}, {y})", name(surface));
            assert_close(xy, yx, 1.0, &what("symmetry"));
            let grad = |x, y| surface.loss_and_grad(x, y).1;
            let scale = [xx, xy, yy].into_iter().chain(grad(x, y)).fold(0.0, |size: f64, value| size.max(value.abs()));
            assert_close(xx, slope(|x| grad(x, y)[0], x), scale, &what("xx"));
            assert_close(xy, slope(|y| grad(x, y)[0], y), scale, &what("xy"));
            assert_close(yy, slope(|y| grad(x, y)[1], y), scale, &what("yy"));
        }
    }
}

/// Points inside the domain, far outside it, at signed zeros and among subnormals.
fn points_of_all_sizes(surface: &Surface) -> Vec<[f64; 2]> {
    let far = Domain { x0: -1e6, x1: 1e6, y0: -1e6, y1: 1e6 };
    let special = [0.0, -0.0, 5e-324, -1e-310, 1e-8, 1.0, -2.5, 65_536.0, 1e6, -1e6];
    let special = special.into_iter().flat_map(|x| special.map(|y| [x, y]));
    // In turn, so that near and far ones share a group of lanes.
    let near_and_far = spread(surface.facts().domain, 1000).zip(spread(far, 1000));
    near_and_far.flat_map(|(near, far)| [near, far]).chain(special).collect()
}

#[test]
fn a_lane_computes_bit_for_bit_what_the_scalar_computes() {
    for surface in Surface::ALL {
        let points = points_of_all_sizes(surface);
        for group in points.chunks_exact(LANES) {
            let axis = |axis: usize| Lanes::of(std::array::from_fn(|lane| group[lane][axis]));
            let (x, y) = Dual::variables(axis(0), axis(1));
            // The loss, its gradient and its Hessian: over lanes, duals of lanes, duals of duals of lanes.
            let (loss, [dx, dy]) = surface.loss_and_grad(axis(0), axis(1));
            let (_, [along_x, along_y]) = surface.loss_and_grad(x, y);
            let lanes = [surface.loss(axis(0), axis(1)), loss, dx, dy, along_x.dx, along_x.dy, along_y.dx, along_y.dy];
            for (lane, &[x, y]) in group.iter().enumerate() {
                let (loss, [dx, dy]) = surface.loss_and_grad(x, y);
                let [[xx, xy], [yx, yy]] = hessian(surface, [x, y]);
                let scalars = [surface.loss(x, y), loss, dx, dy, xx, xy, yx, yy];
                let of_lane = lanes.map(|lanes| lanes.array()[lane].to_bits());
                assert_eq!(of_lane, scalars.map(f64::to_bits), "{} at ({x}, {y})", name(surface));
            }
        }
    }
}

#[test]
fn minima_lie_in_the_domain_and_are_stationary_valleys_of_the_same_loss() {
    for surface in smooth() {
        for &[x, y] in surface.facts().minima {
            let (loss, [dx, dy]) = surface.loss_and_grad(x, y);
            let at = format!("{} at ({x}, {y})", name(surface));
            assert!(surface.facts().domain.contains([x, y]), "{at}");
            assert!(dx.abs() + dy.abs() < 1e-9, "{at}: gradient ({dx:e}, {dy:e})");
            assert!((loss - surface.lowest().expect("there is one")).abs() < SLACK, "{at}: loss {loss:e}");
            let [[xx, xy], [_, yy]] = hessian(surface, [x, y]);
            assert!(xx >= 0.0 && yy >= 0.0 && xx * yy - xy * xy >= -1e-9, "{at}: curved down");
        }
    }
}

#[test]
fn no_point_of_a_fine_grid_is_lower_than_the_minima() {
    for surface in Surface::ALL {
        let Some(lowest) = surface.lowest() else { continue };
        for [x, y] in grid(surface.facts().domain, 1000) {
            let loss = surface.loss(x, y);
            assert!(loss >= lowest - SLACK, "{}: {loss} at ({x}, {y}) is below {lowest}", name(surface));
        }
    }
}

/// Where a local descent ends: Newton steps, damped (Levenberg-Marquardt) until the loss falls. It ends where it leaves
/// the domain, too.
fn bottom(surface: &Surface, start: [f64; 2]) -> [f64; 2] {
    let ([mut x, mut y], mut damping) = (start, 1.0);
    for _ in 0..500 {
        let (loss, [dx, dy]) = surface.loss_and_grad(x, y);
        let [[xx, xy], [_, yy]] = hessian(surface, [x, y]);
        let (a, b) = (xx + damping, yy + damping);
        let determinant = a * b - xy * xy;
        let next = [x - (b * dx - xy * dy) / determinant, y - (a * dy - xy * dx) / determinant];
        if a > 0.0 && determinant > 0.0 && surface.loss(next[0], next[1]) < loss {
            ([x, y], damping) = (next, damping / 4.0);
        } else {
            damping *= 4.0;
        }
        if damping > 1e12 || !surface.facts().domain.contains([x, y]) {
            break;
        }
    }
    [x, y]
}

#[test]
fn descents_from_everywhere_find_the_listed_minima_and_nothing_as_low() {
    for surface in smooth() {
        let facts = surface.facts();
        let bottoms: Vec<_> = spread(facts.domain, 400).map(|start| bottom(surface, start)).collect();
        let Some(lowest) = surface.lowest() else {
            let [x, y] = bottoms.into_iter().find(|&end| facts.domain.contains(end)).unwrap_or([f64::NAN; 2]);
            assert!(x.is_nan(), "{}: lists no minimum, but a descent ends at ({x}, {y})", facts.name);
            continue;
        };
        let near = |[x, y]: [f64; 2], [u, v]: [f64; 2]| (x - u).abs().max((y - v).abs()) < 1e-4;
        for minimum in facts.minima {
            assert!(bottoms.iter().any(|&end| near(end, *minimum)), "{}: {minimum:?} is never reached", facts.name);
        }
        for end in bottoms.into_iter().filter(|&end| facts.domain.contains(end)) {
            let loss = surface.loss(end[0], end[1]);
            assert!(loss >= lowest - SLACK, "{}: {loss} at {end:?} is below {lowest}", facts.name);
            let listed = facts.minima.iter().any(|&minimum| near(end, minimum));
            assert!(listed || loss > lowest + 1e-6, "{}: {end:?} is as low, but not listed", facts.name);
        }
    }
}

#[test]
fn starts_lie_inside_the_domain_on_a_slope() {
    for surface in Surface::ALL {
        let facts = surface.facts();
        let (loss, [dx, dy]) = surface.loss_and_grad(facts.start[0], facts.start[1]);
        assert!(facts.domain.contains(facts.start), "{}", facts.name);
        assert!(loss.is_finite() && dx != 0.0 && dy != 0.0, "{}: {loss}, ({dx}, {dy})", facts.name);
        assert!(surface.lowest().is_none_or(|lowest| loss > lowest), "{}", facts.name);
    }
}

#[test]
fn names_are_unique_kebab_case_and_found_again() {
    let mut seen = HashSet::new();
    for surface in Surface::ALL {
        let name = name(surface);
        assert!(seen.insert(name), "{name} is not unique");
        assert!(name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.ends_with('-'), "{name}");
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
        assert_eq!(Surface::by_name(name), Some(*surface));
    }
    assert_eq!(Surface::by_name("Rosenbrock"), None);
}

#[test]
fn no_surface_has_a_finite_loss_at_a_point_that_is_not_finite() {
    let odd = [f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
    for surface in Surface::ALL {
        for odd in odd {
            for other in [0.0, 1.0, -3.5, 1e300, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
                for [x, y] in [[odd, other], [other, odd]] {
                    let (loss, _) = surface.slope([x, y]);
                    assert!(!loss.is_finite(), "{} at ({x}, {y}): {loss}", surface.facts().name);
                }
            }
        }
    }
}
