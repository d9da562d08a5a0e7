"""What the reference scripts share: the surfaces, the two twins of a run, and the text that is written.

A case is a dict of Config keys and their texts. A library's `descend(case, start, nudges)` returns the
points of a run, [(x, y, loss), ...] with the start first; the gradient of update k is taken at the point
times nudges[k], which is all ones in the reference itself.
"""

import math
import pathlib

import numpy

STEPS = 500
KEYS = (
    "surface condition start steps optimizer lr schedule beta1 beta2 eps weight-decay momentum alpha rho "
    "momentum-decay bias-correction warmup gamma every power min-lr patience points"
).split()

# The start is moved by this, relative to each coordinate, in the first twin.
START_MOVED_BY = 1e-13
# The point at which each gradient is taken is moved by this, sign by sign at random, in the second twin:
# many times the rounding of any way to write the surface, and renewed at every step as rounding is.
GRADIENT_MOVED_BY = 1e-14
# Two runs agree where |a - b| is below this times max(1, |b|), for x, y and loss.
TWINS_AGREE_TO = 1e-10
# A parameter off its default must change the run at least this much: a thousand times the 1e-9 of the comparison.
PARAMETERS_CHANGE_BY = 1e-6


def surface(case, x, y, cos):
    """The loss at (x, y); cos is the library's own."""
    match case["surface"]:
        case "quadratic":
            return 0.5 * (x**2 + number(case, "condition", 20) * y**2)
        case "rosenbrock":
            return (1 - x) ** 2 + 100 * (y - x**2) ** 2
        case "beale":
            return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2
        case "himmelblau":
            return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
        case "rastrigin":
            return 20 + x**2 + y**2 - 10 * cos(2 * math.pi * x) - 10 * cos(2 * math.pi * y)


def number(case, key, default):
    return float(case.get(key, default))


def query(case):
    """The Config text of a case, keys in Config's order."""
    assert set(case) <= set(KEYS), case
    return "&".join(f"{key}={case[key]}" for key in KEYS if key in case)


def parse(text):
    return dict(item.split("=", 1) for item in text.split("&"))


def write(name, header, blocks):
    """Writes the file of this name beside the scripts."""
    path = pathlib.Path(__file__).with_name(name)
    lines = [f"# {line}".rstrip() for line in header.strip().splitlines()] + blocks
    path.write_text("\n".join(lines) + "\n")
    assert path.stat().st_size < 400_000, path.stat().st_size
    print(path.name, path.stat().st_size, "bytes")


PATH_FORMAT = f"""
Lines: `case <query>`, then perhaps `until <step> <why>`, then rows `k x y loss`: the point after k updates, for
every k up to 50, then every 25th. Numbers read back to the same float64.
`until`: rows end at this step, because the run magnifies rounding beyond it. Two twins of each run were made in
the same library: one from a start moved by {START_MOVED_BY} (relative, both coordinates), one whose every gradient is
taken at a point moved by {GRADIENT_MOVED_BY} (relative, random signs). Up to the named step both stay within
{TWINS_AGREE_TO} * max(1, |value|) of the run, in x, y and loss.
""".strip()


def path_block(descend, text):
    """The lines of one case: its query, where its twins part from it, its rows."""
    case = parse(text) | {"steps": str(STEPS)}
    start = numpy.array([float(s) for s in case["start"].split(",")])
    ones = numpy.ones((STEPS, 2))
    signs = numpy.random.default_rng(1).choice([-1.0, 1.0], (STEPS, 2))
    path = numpy.array(descend(case, start, ones))
    assert path.shape == (STEPS + 1, 3) and numpy.isfinite(path).all(), (query(case), path)

    def apart(twin):
        """How far the twin is from the run at each step."""
        return (numpy.abs(numpy.array(twin) - path) / numpy.maximum(1, numpy.abs(path))).max(axis=1)

    until = STEPS
    for twin in (
        descend(case, start * (1 + START_MOVED_BY), ones),
        descend(case, start, ones + GRADIENT_MOVED_BY * signs),
    ):
        parted = numpy.flatnonzero(apart(twin) >= TWINS_AGREE_TO)
        if parted.size:
            until = min(until, int(parted[0]) - 1)
    lines = [f"case {query(case)}"]
    if until < STEPS:
        lines.append(f"until {until} the run is chaotic here: beyond this step it magnifies a tiny change past {TWINS_AGREE_TO}")
    if until < 50:
        print("too chaotic to be of use:", until, query(case))
    for key in case.keys() - {"surface", "start", "steps", "optimizer", "lr"}:
        without = {other: value for other, value in case.items() if other != key}
        change = apart(descend(without, start, ones))[: until + 1].max()
        if change < PARAMETERS_CHANGE_BY:
            print(f"{key} changes this run by {change:.1e} only:", query(case))
    rows = [k for k in range(until + 1) if k <= 50 or k % 25 == 0]
    lines += [" ".join([str(k)] + [repr(float(value)) for value in path[k]]) for k in rows]
    print(f"{until:4}", f"{path[-1][2]:.3g}".rjust(9), query(case))
    return "\n".join(lines)
