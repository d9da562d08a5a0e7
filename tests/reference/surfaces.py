"""The catalogue's losses and gradients to 50 digits, by mpmath: writes surfaces.txt beside this file.

The formulas are those of the papers, written once more; the gradients are mpmath's numerical derivatives.
"""

import pathlib
import platform

import mpmath
from mpmath import cos, diff, e, exp, mpf, pi, sin, sqrt

mpmath.mp.dps = 50

LOSSES = {
    "quadratic": lambda x, y: (x**2 + 20 * y**2) / 2,
    "sphere": lambda x, y: x**2 + y**2,
    "booth": lambda x, y: (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2,
    "matyas": lambda x, y: mpf("0.26") * (x**2 + y**2) - mpf("0.48") * x * y,
    "rosenbrock": lambda x, y: 100 * (y - x**2) ** 2 + (1 - x) ** 2,
    "beale": lambda x, y: sum((c - x + x * y**k) ** 2 for k, c in ((1, 1.5), (2, 2.25), (3, 2.625))),
    "mccormick": lambda x, y: sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1,
    "goldstein-price": lambda x, y: (
        (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2))
        * (30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2))
    ),
    "three-hump-camel": lambda x, y: 2 * x**2 - mpf("1.05") * x**4 + x**6 / 6 + x * y + y**2,
    "six-hump-camel": lambda x, y: (4 - mpf("2.1") * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2,
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "styblinski-tang": lambda x, y: sum(a**4 - 16 * a**2 + 5 * a for a in (x, y)) / 2,
    "rastrigin": lambda x, y: 20 + sum(a**2 - 10 * cos(2 * pi * a) for a in (x, y)),
    "ackley": lambda x, y: (
        -20 * exp(-mpf("0.2") * sqrt((x**2 + y**2) / 2)) - exp((cos(2 * pi * x) + cos(2 * pi * y)) / 2) + e + 20
    ),
    "griewank": lambda x, y: 1 + (x**2 + y**2) / 4000 - cos(x) * cos(y / sqrt(2)),
    "levy13": lambda x, y: (
        sin(3 * pi * x) ** 2
        + (x - 1) ** 2 * (1 + sin(3 * pi * y) ** 2)
        + (y - 1) ** 2 * (1 + sin(2 * pi * y) ** 2)
    ),
    "easom": lambda x, y: -cos(x) * cos(y) * exp(-((x - pi) ** 2) - (y - pi) ** 2),
    "bukin6": lambda x, y: 100 * sqrt(abs(y - mpf("0.01") * x**2)) + mpf("0.01") * abs(x + 10),
    "ravine": lambda x, y: abs(y - sin(x)) + x**2 / 10,
    "plateau": lambda x, y: (lambda u: (1 + u / sqrt(1 + u**2)) / 2)(2 * ((x - 1) ** 2 + y**2 - 2)),
    "two-wells": lambda x, y: (
        (x**2 + y**2) / 20
        - exp(-((x + 1.5) ** 2) - (y - 1) ** 2)
        - 2 * exp(-1.5 * ((x - 1.5) ** 2 + (y + 1) ** 2))
    ),
    "saddle": lambda x, y: x**2 - y**2,
    "monkey-saddle": lambda x, y: x**3 - 3 * x * y**2,
}
# Exact in binary and away from every kink.
POINTS = ((0.75, -1.25), (-2.5, 1.625), (3.25, 2.5), (1.125, 0.0625), (-9.5, 0.40625), (60.25, -33.5))


def row(name, loss, x, y):
    values = x, y, loss(mpf(x), mpf(y)), diff(loss, (x, y), (1, 0)), diff(loss, (x, y), (0, 1))
    return " ".join([name, *(repr(float(value)) for value in values)])


header = [f"# Made by surfaces.py with mpmath {mpmath.__version__}, Python {platform.python_version()}.", "# surface x y loss dx dy"]
rows = [row(name, loss, x, y) for name, loss in LOSSES.items() for x, y in POINTS]
pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(header + rows) + "\n")
