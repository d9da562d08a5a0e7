"""torch.optim.Adam on five surfaces: writes adam.txt beside this file."""

import platform

import numpy
import torch

from reference import PATH_FORMAT, path_block, write
from with_torch import descend

STARTS = {
    "quadratic": "-4,1.5",
    "rosenbrock": "-1.5,2",
    "beale": "1,1.5",
    "himmelblau": "0.5,4",
    "rastrigin": "2.2,1.4",
}
CASES = [
    f"surface={surface}&start={start}&optimizer=adam&lr={lr}"
    for surface, start in STARTS.items()
    for lr in ("0.001", "0.01", "0.1", "1")
] + [
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.01&beta1=0",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.01&beta1=0.5",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.01&beta1=0.99",
    "surface=quadratic&start=-4,1.5&optimizer=adam&lr=0.1&beta1=0",
    "surface=himmelblau&start=0.5,4&optimizer=adam&lr=0.1&beta1=0.5",
    "surface=beale&start=1,1.5&optimizer=adam&lr=0.01&beta1=0.99",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.01&beta2=0.9",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.01&beta2=0.99",
    "surface=himmelblau&start=0.5,4&optimizer=adam&lr=0.01&beta2=0",
    "surface=quadratic&start=-4,1.5&optimizer=adam&lr=0.01&beta2=0.9",
    "surface=beale&start=1,1.5&optimizer=adam&lr=0.1&beta2=0.99",
    "surface=rastrigin&start=2.2,1.4&optimizer=adam&lr=0.01&beta2=0.9",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.01&eps=0.001",
    "surface=quadratic&start=-4,1.5&optimizer=adam&lr=0.1&eps=0.001",
    "surface=beale&start=1,1.5&optimizer=adam&lr=0.1&eps=1",
    "surface=himmelblau&start=3.000003,2&optimizer=adam&lr=0.1&eps=1e-12",
    "surface=beale&start=2.99999,0.5&optimizer=adam&lr=0.01&eps=1e-12",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.01&weight-decay=0.1",
    "surface=himmelblau&start=0.5,4&optimizer=adam&lr=0.1&weight-decay=0.1",
    "surface=beale&start=1,1.5&optimizer=adam&lr=0.1&weight-decay=0.01",
    "surface=rastrigin&start=2.2,1.4&optimizer=adam&lr=0.1&weight-decay=0.01",
    "surface=quadratic&condition=1&start=-4,1.5&optimizer=adam&lr=0.1",
    "surface=quadratic&condition=1000&start=-4,1.5&optimizer=adam&lr=0.1",
    "surface=quadratic&condition=1000&start=-4,1.5&optimizer=adam&lr=0.001",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.1&beta1=0.8&beta2=0.99&eps=0.0001&weight-decay=0.01",
    "surface=beale&start=1,1.5&optimizer=adam&lr=0.1&beta1=0.5&beta2=0.9&eps=0.001",
    "surface=himmelblau&start=0.5,4&optimizer=adam&lr=0.1&beta1=0&beta2=0.99&weight-decay=0.1",
    "surface=quadratic&condition=1000&start=-4,1.5&optimizer=adam&lr=0.01&beta1=0.99&beta2=0.9&eps=0.001",
    "surface=rastrigin&start=2.2,1.4&optimizer=adam&lr=0.1&beta1=0.8&beta2=0.99&weight-decay=0.01",
]

if __name__ == "__main__":
    header = f"""
Adam in float64: torch.optim.Adam, gradients by torch.autograd. Made by adam.py.
Python {platform.python_version()}, torch {torch.__version__}, numpy {numpy.__version__}.
weight-decay is L2: it is added to the gradient, and so scaled by the moments. eps is outside the root:
update = -lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps).

{PATH_FORMAT}
"""
    write("adam.txt", header, [path_block(descend, case) for case in CASES])
