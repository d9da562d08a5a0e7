"""torch.optim.lr_scheduler's rates, update by update: writes schedules.txt beside this file."""

import math
import platform

import numpy
import torch

from reference import number, parse, query, write

torch.set_default_dtype(torch.float64)

PAST_THE_END = 50
WHERE = "surface=quadratic&start=-4,1.5&steps={}&optimizer=adam&lr={}&schedule="
CASES = [
    WHERE.format(steps, lr) + rest
    for steps, lr, rest in [
        (200, "0.1", "constant"),
        (40, "0.1", "constant&warmup=10"),
        (250, "0.1", "step"),
        (120, "0.3", "step&gamma=0.1&every=30"),
        (60, "0.3", "step&gamma=0.9&every=1"),
        (60, "0.01", "step&warmup=25&gamma=0.7&every=10"),
        (200, "0.1", "exponential"),
        (100, "0.3", "exponential&gamma=0.9"),
        (100, "0.01", "exponential&warmup=20&gamma=0.999"),
        (200, "0.1", "linear"),
        (70, "0.3", "linear&min-lr=0.01"),
        (50, "0.01", "linear&warmup=7&min-lr=0.0005"),
        (1, "0.1", "linear"),
        (200, "0.1", "polynomial"),
        (70, "0.3", "polynomial&power=1"),
        (70, "0.3", "polynomial&power=0.5"),
        (50, "0.01", "polynomial&warmup=10&power=3.5"),
        (200, "0.1", "cosine"),
        (70, "0.3", "cosine&min-lr=0.01"),
        (50, "0.01", "cosine&warmup=9&min-lr=0.001"),
        (1, "0.1", "cosine"),
        (250, "0.1", "cosine-restarts"),
        (100, "0.3", "cosine-restarts&every=30&min-lr=0.01"),
        (60, "0.01", "cosine-restarts&warmup=15&every=7"),
        (200, "0.1", "one-cycle"),
        (77, "0.3", "one-cycle"),
        (10, "0.01", "one-cycle"),
        (4, "0.1", "one-cycle"),
        (3, "0.1", "one-cycle"),
        (2, "0.1", "one-cycle"),
        (1, "0.1", "one-cycle"),
        (60, "0.1", "one-cycle&warmup=5"),
        (60, "0.1", "inverse-sqrt"),
        (100, "0.3", "inverse-sqrt&warmup=1"),
        (150, "0.3", "inverse-sqrt&warmup=20"),
        (60, "0.01", "inverse-sqrt&warmup=50"),
        (100, "0.1", "plateau"),
        (100, "0.3", "plateau&gamma=0.5&patience=3"),
        (100, "0.3", "plateau&gamma=0.3&min-lr=0.02&patience=0"),
        (60, "0.01", "plateau&warmup=10&gamma=0.2&min-lr=0.0003&patience=5"),
        (60, "1e-6", "plateau&gamma=0.1&patience=2"),
        (60, "0.1", "piecewise&points=0:1,100:0.1"),
        (150, "0.1", "piecewise&points=0:1,100:0.1"),
        (120, "0.3", "piecewise&points=0:0.1,10:1,50:1,80:0.25,100:0.01"),
        (60, "0.01", "piecewise&warmup=12&points=0:0.05,7:2,31:0.5"),
    ]
]
# What each plateau case is given, by its number among the plateau cases.
LOSSES = [
    # Falls; then improves by less than the threshold in all, which does not count; then by twice it, which does; stays.
    lambda k: 0.8 ** min(k, 29) * (1 - 0.9e-4 * min(max(k - 29, 0), 30) / 30) * (1 - 2e-4) ** min(max(k - 59, 0), 20),
    # Rings about a level that falls until update 40.
    lambda k: 5 + 3 * math.cos(0.7 * k) + max(0, 40 - k) / 10,
    # Negative throughout: a best loss below zero is beaten by a loss up to 1e-4 of it above.
    lambda k: -1 - 0.02 * min(k, 25) + 0.7e-4 * (k * k % 7),
    lambda k: (k % 9 - 4) ** 2 + 100 / (1 + k),
    lambda k: 1.0,
]


def schedulers(case, optimizer):
    """The torch scheduler that a case names, without warm-up, at PyTorch's or our own defaults."""
    lr_scheduler, steps, lr = torch.optim.lr_scheduler, int(case["steps"]), number(case, "lr", None)
    min_lr = number(case, "min-lr", 0)
    match case["schedule"]:
        case "constant":
            return lr_scheduler.LambdaLR(optimizer, lambda t: 1.0)
        case "step":
            return lr_scheduler.StepLR(optimizer, int(case.get("every", 100)), number(case, "gamma", 0.5))
        case "exponential":
            return lr_scheduler.ExponentialLR(optimizer, number(case, "gamma", 0.99))
        case "linear":
            return lr_scheduler.LinearLR(optimizer, start_factor=1, end_factor=min_lr / lr, total_iters=steps)
        case "polynomial":
            return lr_scheduler.PolynomialLR(optimizer, total_iters=steps, power=number(case, "power", 2))
        case "cosine":
            return lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps, eta_min=min_lr)
        case "cosine-restarts":
            every = int(case.get("every", 100))
            return lr_scheduler.CosineAnnealingWarmRestarts(optimizer, T_0=every, eta_min=min_lr)
        case "one-cycle":
            return lr_scheduler.OneCycleLR(optimizer, max_lr=lr, total_steps=steps, cycle_momentum=False)
        case "inverse-sqrt":
            w = max(int(case.get("warmup", 0)), 1)
            return lr_scheduler.LambdaLR(optimizer, lambda t: math.sqrt(w / (t + 1)) if t >= w else 1.0)
        case "plateau":
            gamma, patience = number(case, "gamma", 0.1), int(case.get("patience", 10))
            return lr_scheduler.ReduceLROnPlateau(optimizer, factor=gamma, patience=patience, min_lr=min_lr)
        case "piecewise":
            points = [[float(part) for part in point.split(":")] for point in case["points"].split(",")]
            at, factors = zip(*points)
            return lr_scheduler.LambdaLR(optimizer, lambda t: float(numpy.interp(t, at, factors)))


def rates(case, scheduler_of, count, losses=None, closed_form=False):
    """The rates that a torch optimizer has at its updates 0 .. count - 1."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], number(case, "lr", None))
    scheduler = scheduler_of(case, optimizer)
    found = []
    for t in range(count):
        found.append(scheduler._get_closed_form_lr()[0] if closed_form else optimizer.param_groups[0]["lr"])
        optimizer.step()
        if t + 1 < count:
            scheduler.step() if losses is None else scheduler.step(losses[t])
    return numpy.array([float(lr) for lr in found])


def warmup(case, optimizer):
    """The factor of the warm-up, as the rate of a base rate of 1."""
    steps = int(case.get("warmup", 0))
    return torch.optim.lr_scheduler.LambdaLR(optimizer, lambda t: min(1, (t + 1) / steps) if steps else 1.0)


def check_losses(text, losses, base):
    """The losses reduce the rate, and none is so near the threshold that rounding could decide."""
    assert len(set(base)) > 1, text
    best = math.inf
    for loss in losses:
        assert best == math.inf or abs(loss - best * (1 - 1e-4)) > 1e-9 * abs(best), (text, loss, best)
        best = loss if loss < best * (1 - 1e-4) else best


def block(text, losses):
    case = parse(text)
    assert query(case) == text, (query(case), text)
    steps, schedule = int(case["steps"]), case["schedule"]
    # OneCycleLR raises past its total; CosineAnnealingLR turns up again past T_max; a plateau needs losses.
    count = steps if schedule in ("one-cycle", "plateau") else steps + 1 if schedule == "cosine" else steps + PAST_THE_END
    base = rates(case, schedulers, count, losses)
    if losses is not None:
        check_losses(text, losses, base)
    if schedule in ("step", "exponential", "linear", "polynomial", "cosine"):
        closed = rates(case, schedulers, count, closed_form=True)
        apart = numpy.abs(base - closed).max() / number(case, "lr", None)
        print(f"closed form and recursion differ by {apart:.1e} lr:", text)
        assert apart < 1e-9
        base = closed
    lrs = base * rates(case | {"lr": "1"}, warmup, count)
    lines = [f"case {text}"]
    if losses is not None:
        lines.append("losses " + " ".join(repr(float(loss)) for loss in losses))
    lines += [f"{t} {float(lr)!r}" for t, lr in enumerate(lrs)]
    return "\n".join(lines)


if __name__ == "__main__":
    given = iter(LOSSES)
    blocks = []
    for case in CASES:
        is_plateau = "schedule=plateau" in case
        loss = next(given) if is_plateau else None
        blocks.append(block(case, [loss(k) for k in range(int(parse(case)["steps"]))] if is_plateau else None))
    header = f"""
Learning rates in float64: torch.optim.lr_scheduler. Made by schedules.py.
Python {platform.python_version()}, torch {torch.__version__}, numpy {numpy.__version__}.
Lines: `case <query>`, for a plateau `losses l0 l1 ...`, then rows `t lr`: the rate of update t, counted from 0.
constant, inverse-sqrt, piecewise: LambdaLR with factor 1; with sqrt(w / (t + 1)) where t >= w = max(warmup, 1), else 1;
with numpy.interp over the points, which holds the last one.
step: StepLR. exponential: ExponentialLR. linear: LinearLR(start_factor=1, end_factor=min-lr / lr, total_iters=steps).
polynomial: PolynomialLR(total_iters=steps). cosine: CosineAnnealingLR(T_max=steps, eta_min=min-lr).
Of these five the rows are the closed form (_get_closed_form_lr); the recursion that a training loop runs through
differs from it by less than 1e-9 lr, checked by the script up to the last row.
cosine-restarts: CosineAnnealingWarmRestarts(T_0=every, eta_min=min-lr).
one-cycle: OneCycleLR(max_lr=lr, total_steps=steps, cycle_momentum=False): initial rate lr / 25, final lr / 250000, cosine
in both phases, the top at 0.3 * steps - 1, which is not rounded and for steps < 4 lies before update 0.
plateau: ReduceLROnPlateau(factor=gamma, patience=patience, min_lr=min-lr), threshold 1e-4 relative. l_k is given to
its k-th step(), after update k, so the rate of update t knows l_0 .. l_(t-1). A reduction of at most 1e-8 (its eps)
is not made. A loss l is better where l < best * (1 - 1e-4), also when best is negative.
warmup: LambdaLR with factor min(1, (t + 1) / warmup); its rate is multiplied to the schedule's, min-lr included.
Rows with t >= steps: what the scheduler does past the end of the run, {PAST_THE_END} updates on. step, exponential,
cosine-restarts, inverse-sqrt and piecewise go on; linear and polynomial hold their last rate. cosine stops at t = steps,
its min-lr, as it would rise again; one-cycle stops at steps - 1, as OneCycleLR raises past steps; plateau has no more losses.
"""
    write("schedules.txt", header, blocks)
