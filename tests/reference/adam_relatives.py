"""torch.optim's AdamW, AMSGrad, Adamax, NAdam and RAdam on three surfaces: writes adam_relatives.txt beside this file."""

import platform

import numpy
import torch

from reference import PATH_FORMAT, path_block, write
from with_torch import descend

QUADRATIC = "surface=quadratic&start=-4,1.5"
ROSENBROCK = "surface=rosenbrock&start=-1.5,2"
HIMMELBLAU = "surface=himmelblau&start=0.5,4"

OPTIMIZERS = "adamw amsgrad adamax nadam radam".split()
RATES = {QUADRATIC: "0.01 0.5", ROSENBROCK: "0.01 0.1", HIMMELBLAU: "0.01 0.1"}
# RAdam's first updates are not divided by the root of v: a rate of Adam's would throw it far off.
RADAM_RATES = {QUADRATIC: "0.01 0.05", ROSENBROCK: "0.0001 0.0003", HIMMELBLAU: "0.001 0.01"}
DEFAULTS = [
    f"{surface}&optimizer={optimizer}&lr={lr}"
    for optimizer in OPTIMIZERS
    for surface, lrs in (RADAM_RATES if optimizer == "radam" else RATES).items()
    for lr in lrs.split()
]
OFF_DEFAULT = [
    case.replace("&lr", f"&optimizer={optimizer}&lr")
    for optimizer in OPTIMIZERS
    if optimizer != "radam"
    for case in (
        f"{ROSENBROCK}&lr=0.01&beta1=0.5",
        f"{HIMMELBLAU}&lr=0.1&beta1=0.99",
        f"{ROSENBROCK}&lr=0.01&beta2=0.99",
        f"{HIMMELBLAU}&lr=0.1&beta2=0.9",
        f"{ROSENBROCK}&lr=0.1&eps=0.001",
        f"{HIMMELBLAU}&lr=0.1&eps=1",
        f"{ROSENBROCK}&lr=0.01&weight-decay=0.1",
        f"{HIMMELBLAU}&lr=0.1&beta1=0.8&beta2=0.99&eps=0.01&weight-decay=0.5",
    )
] + [
    f"{HIMMELBLAU}&optimizer=adamw&lr=0.1&weight-decay=0",
    f"{ROSENBROCK}&optimizer=nadam&lr=0.01&momentum-decay=0",
    f"{ROSENBROCK}&optimizer=nadam&lr=0.01&momentum-decay=0.1",
    f"{HIMMELBLAU}&optimizer=nadam&lr=0.1&beta1=0.8&momentum-decay=1",
    f"{HIMMELBLAU}&optimizer=radam&lr=0.01&beta1=0.5",
    f"{HIMMELBLAU}&optimizer=radam&lr=0.001&beta1=0.99",
    f"{HIMMELBLAU}&optimizer=radam&lr=0.01&beta2=0.99",
    f"{ROSENBROCK}&optimizer=radam&lr=0.0003&beta2=0.9",
    f"{HIMMELBLAU}&optimizer=radam&lr=0.001&beta2=0.5",
    f"{HIMMELBLAU}&optimizer=radam&lr=0.01&eps=0.1",
    f"{QUADRATIC}&optimizer=radam&lr=0.05&eps=1",
    f"{HIMMELBLAU}&optimizer=radam&lr=0.01&weight-decay=0.1",
    f"{ROSENBROCK}&optimizer=radam&lr=0.0003&weight-decay=1",
    f"{HIMMELBLAU}&optimizer=radam&lr=0.01&beta1=0.8&beta2=0.99&eps=0.01&weight-decay=0.5",
]

if __name__ == "__main__":
    header = f"""
AdamW, AMSGrad, Adamax, NAdam and RAdam in float64: torch.optim, gradients by torch.autograd. Made by
adam_relatives.py. Python {platform.python_version()}, torch {torch.__version__}, numpy {numpy.__version__}.
What this version computes, with t counting updates from 1, g the gradient plus weight-decay * x (but for adamw),
m and v the averages of g and g^2 from 0, c1 = 1 - beta1^t, c2 = 1 - beta2^t:
adamw: x *= 1 - lr * weight-decay first; then x -= lr / c1 * m / (sqrt(v) / sqrt(c2) + eps).
amsgrad (Adam with amsgrad=True): w = max(w, v) over the raw v; x -= lr / c1 * m / (sqrt(w) / sqrt(c2) + eps).
adamax: u = max(beta2 * u, |g| + eps) from u = 0; x -= lr / c1 * m / u. eps is inside the maximum.
nadam: mu_t = beta1 * (1 - 0.5 * 0.96^(t * momentum-decay)), p = product of mu_1 .. mu_t, d = sqrt(v / c2) + eps;
x -= lr * (1 - mu_t) / (1 - p) * g / d + lr * mu_(t+1) / (1 - p * mu_(t+1)) * m / d.
The default dtype was float64 here: p is kept in it, and in float32 it is exact to seven digits only.
radam: rho_inf = 2 / (1 - beta2) - 1, rho = rho_inf - 2 * t * beta2^t / c2; where rho > 5,
x -= lr * (m / c1) * sqrt(c2) / (sqrt(v) + eps) * r, with eps added to the raw root, and
r = sqrt((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho)); elsewhere the un-rectified
x -= lr * m / c1, which has no second moment: at beta2 = 0.999 the first five updates, at 0.5 all of them.
Of torch 1.13, one formula differs: its nadam has p * mu_t * mu_(t+1) in place of p * mu_(t+1).

{PATH_FORMAT}
"""
    write("adam_relatives.txt", header, [path_block(descend, case) for case in DEFAULTS + OFF_DEFAULT])
