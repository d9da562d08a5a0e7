"""torch.optim's SGD, Adagrad, RMSprop and Adadelta on three surfaces: writes optimizers.txt beside this file."""

import platform

import numpy
import torch

from reference import PATH_FORMAT, path_block, write
from with_torch import descend

QUADRATIC = "surface=quadratic&start=-4,1.5"
ROSENBROCK = "surface=rosenbrock&start=-1.5,2"
HIMMELBLAU = "surface=himmelblau&start=0.5,4"
STEEP = "surface=quadratic&condition=100&start=-4,1.5"

# optimizer: the rates on each surface.
DEFAULTS = {
    "sgd": {QUADRATIC: "0.01 0.09", ROSENBROCK: "0.0005 0.001", HIMMELBLAU: "0.001 0.01"},
    "momentum": {QUADRATIC: "0.001 0.05", ROSENBROCK: "0.0001 0.0003", HIMMELBLAU: "0.001 0.005"},
    "nesterov": {QUADRATIC: "0.001 0.05", ROSENBROCK: "0.0001 0.0003", HIMMELBLAU: "0.001 0.005"},
    "adagrad": {QUADRATIC: "0.1 1", ROSENBROCK: "0.1 1", HIMMELBLAU: "0.1 1"},
    "rmsprop": {QUADRATIC: "0.001 0.01", ROSENBROCK: "0.001 0.01", HIMMELBLAU: "0.001 0.1"},
    "adadelta": {QUADRATIC: "0.1 1", ROSENBROCK: "1 0.1", HIMMELBLAU: "1 10"},
}
OFF_DEFAULT = [
    f"{QUADRATIC}&optimizer=sgd&lr=0.01&weight-decay=0.1",
    f"{HIMMELBLAU}&optimizer=sgd&lr=0.01&weight-decay=1",
    f"{STEEP}&optimizer=sgd&lr=0.019",
    f"{HIMMELBLAU}&optimizer=momentum&lr=0.005&momentum=0.5",
    f"{QUADRATIC}&optimizer=momentum&lr=0.01&momentum=0.99",
    f"{ROSENBROCK}&optimizer=momentum&lr=0.0003&weight-decay=0.1",
    f"{HIMMELBLAU}&optimizer=momentum&lr=0.005&momentum=0.8&weight-decay=1",
    f"{HIMMELBLAU}&optimizer=nesterov&lr=0.005&momentum=0.5",
    f"{QUADRATIC}&optimizer=nesterov&lr=0.01&momentum=0.99",
    f"{ROSENBROCK}&optimizer=nesterov&lr=0.0003&weight-decay=0.1",
    f"{HIMMELBLAU}&optimizer=nesterov&lr=0.005&momentum=0.8&weight-decay=1",
    f"{ROSENBROCK}&optimizer=adagrad&lr=0.1&eps=0.1",
    f"{HIMMELBLAU}&optimizer=adagrad&lr=0.1&eps=10",
    f"{ROSENBROCK}&optimizer=adagrad&lr=0.1&weight-decay=0.1",
    f"{HIMMELBLAU}&optimizer=adagrad&lr=1&weight-decay=1",
    f"{ROSENBROCK}&optimizer=rmsprop&lr=0.001&alpha=0.9",
    f"{HIMMELBLAU}&optimizer=rmsprop&lr=0.01&alpha=0.999",
    f"{QUADRATIC}&optimizer=rmsprop&lr=0.001&alpha=0.5",
    f"{ROSENBROCK}&optimizer=rmsprop&lr=0.001&eps=0.1",
    f"{HIMMELBLAU}&optimizer=rmsprop&lr=0.01&eps=1",
    f"{ROSENBROCK}&optimizer=rmsprop&lr=0.001&momentum=0.5",
    f"{HIMMELBLAU}&optimizer=rmsprop&lr=0.001&momentum=0.9",
    f"{ROSENBROCK}&optimizer=rmsprop&lr=0.001&weight-decay=0.1",
    f"{HIMMELBLAU}&optimizer=rmsprop&lr=0.01&weight-decay=1",
    f"{HIMMELBLAU}&optimizer=rmsprop&lr=0.001&eps=0.01&weight-decay=0.1&momentum=0.8&alpha=0.95",
    f"{QUADRATIC}&optimizer=adadelta&lr=1&rho=0.5",
    f"{HIMMELBLAU}&optimizer=adadelta&lr=1&rho=0.99",
    f"{QUADRATIC}&optimizer=adadelta&lr=1&eps=0.0001",
    f"{HIMMELBLAU}&optimizer=adadelta&lr=1&eps=1e-8",
    f"{ROSENBROCK}&optimizer=adadelta&lr=1&weight-decay=0.1",
    f"{HIMMELBLAU}&optimizer=adadelta&lr=10&weight-decay=1",
    f"{HIMMELBLAU}&optimizer=adadelta&lr=3&eps=0.001&weight-decay=0.1&rho=0.95",
]

if __name__ == "__main__":
    cases = [
        f"{surface}&optimizer={optimizer}&lr={lr}"
        for optimizer, rates in DEFAULTS.items()
        for surface, lrs in rates.items()
        for lr in lrs.split()
    ] + OFF_DEFAULT
    header = f"""
SGD, Adagrad, RMSprop and Adadelta in float64: torch.optim, gradients by torch.autograd. Made by optimizers.py.
Python {platform.python_version()}, torch {torch.__version__}, numpy {numpy.__version__}.
What this version computes, g being the gradient plus weight-decay * x:
sgd: x -= lr * g.
momentum: b = g at the first update, then b = momentum * b + g (no dampening); x -= lr * b.
nesterov: b as in momentum; x -= lr * (g + momentum * b).
adagrad: s += g^2 from s = 0; x -= lr * g / (sqrt(s) + eps). No lr decay.
rmsprop: v = alpha * v + (1 - alpha) * g^2 from v = 0, not corrected, not centered; u = g / (sqrt(v) + eps);
x -= lr * u, or with momentum > 0: b = momentum * b + u from b = 0, x -= lr * b.
adadelta: v = rho * v + (1 - rho) * g^2; u = sqrt(d + eps) / sqrt(v + eps) * g; d = rho * d + (1 - rho) * u^2;
x -= lr * u. eps is inside both roots.

{PATH_FORMAT}
"""
    write("optimizers.txt", header, [path_block(descend, case) for case in cases])
