"""Adam, AdamW and AMSGrad without bias correction: writes no_bias_correction.txt beside this file.

PyTorch has no such switch, so the rules and the gradients are written out here in plain Python floats,
which are float64. With the correction on, the same code is checked against torch.optim before anything is written.
"""

import math
import platform

import numpy
import torch

import with_torch
from reference import PATH_FORMAT, STEPS, number, parse, path_block, surface, write

CASES = [
    "surface=quadratic&start=-4,1.5&optimizer=adam&lr=0.01&bias-correction=off",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.001&bias-correction=off",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.1&bias-correction=off",
    "surface=himmelblau&start=0.5,4&optimizer=adam&lr=0.01&bias-correction=off",
    "surface=himmelblau&start=0.5,4&optimizer=adam&lr=1&bias-correction=off",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.01&beta1=0.5&bias-correction=off",
    "surface=rosenbrock&start=-1.5,2&optimizer=adam&lr=0.01&beta1=0.99&beta2=0.99&bias-correction=off",
    "surface=himmelblau&start=0.5,4&optimizer=adam&lr=0.1&beta2=0.99&bias-correction=off",
    "surface=himmelblau&start=0.5,4&optimizer=adam&lr=0.1&eps=0.001&weight-decay=0.1&bias-correction=off",
    "surface=rosenbrock&start=-1.5,2&optimizer=adamw&lr=0.01&bias-correction=off",
    "surface=himmelblau&start=0.5,4&optimizer=adamw&lr=0.1&beta1=0.8&beta2=0.99&weight-decay=0.1&bias-correction=off",
    "surface=rosenbrock&start=-1.5,2&optimizer=amsgrad&lr=0.01&bias-correction=off",
    "surface=himmelblau&start=0.5,4&optimizer=amsgrad&lr=0.1&beta1=0.8&beta2=0.9&bias-correction=off",
    "surface=himmelblau&start=0.5,4&optimizer=amsgrad&lr=0.1&eps=0.1&weight-decay=0.1&bias-correction=off",
]


def gradient(case, x, y):
    """By hand, and so apart from torch.autograd."""
    match case["surface"]:
        case "quadratic":
            return x, number(case, "condition", 20) * y
        case "rosenbrock":
            return -2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)
        case "himmelblau":
            first, second = x**2 + y - 11, x + y**2 - 7
            return 4 * x * first + 2 * second, 2 * first + 4 * y * second


def descend(case, start, nudges):
    beta1, beta2 = number(case, "beta1", 0.9), number(case, "beta2", 0.999)
    lr, eps = number(case, "lr", None), number(case, "eps", 1e-8)
    decoupled = case["optimizer"] == "adamw"
    weight_decay = number(case, "weight-decay", 0.01 if decoupled else 0)
    corrected = case.get("bias-correction", "on") == "on"
    params, m, v, v_max = [float(s) for s in start], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]
    path = [(*params, surface(case, *params, math.cos))]
    for t in range(1, STEPS + 1):
        grad = gradient(case, *(float(p * nudge) for p, nudge in zip(params, nudges[t - 1])))
        for i in range(2):
            g = grad[i]
            if decoupled:
                params[i] -= lr * weight_decay * params[i]
            else:
                g += weight_decay * params[i]
            m[i] = beta1 * m[i] + (1 - beta1) * g
            v[i] = beta2 * v[i] + (1 - beta2) * g * g
            v_max[i] = max(v_max[i], v[i])
            m_hat, v_hat = m[i], v_max[i] if case["optimizer"] == "amsgrad" else v[i]
            if corrected:
                m_hat, v_hat = m_hat / (1 - beta1**t), v_hat / (1 - beta2**t)
            params[i] -= lr * m_hat / (math.sqrt(v_hat) + eps)
        path.append((*params, surface(case, *params, math.cos)))
    return path


def check_against_torch(text):
    """The corrected rule of this file is torch.optim's, to 1e-10."""
    case = parse(text)
    del case["bias-correction"]
    start, ones = numpy.array([float(s) for s in case["start"].split(",")]), numpy.ones((STEPS, 2))
    ours, theirs = numpy.array(descend(case, start, ones)), numpy.array(with_torch.descend(case, start, ones))
    apart = (numpy.abs(ours - theirs) / numpy.maximum(1, numpy.abs(theirs))).max()
    assert apart < 1e-10, (text, apart)


if __name__ == "__main__":
    for case in CASES:
        check_against_torch(case)
    header = f"""
Adam, AdamW and AMSGrad in float64 without bias correction: update = -lr * m / (sqrt(v) + eps), for AMSGrad with
the running maximum of v in place of v. Made by no_bias_correction.py, not by PyTorch, which cannot switch the
correction off. With the correction on, the same code is within 1e-10 of torch.optim in all of these cases.
Python {platform.python_version()}, torch {torch.__version__} (for that check), numpy {numpy.__version__}.

{PATH_FORMAT}
"""
    write("no_bias_correction.txt", header, [path_block(descend, case) for case in CASES])
