"""optax's AdaBelief, Yogi and Lion on three surfaces: writes optax.txt beside this file."""

import functools
import platform

import jax
import numpy
import optax

from reference import PATH_FORMAT, number, path_block, query, parse, surface, write

jax.config.update("jax_enable_x64", True)

QUADRATIC = "surface=quadratic&start=-4,1.5"
ROSENBROCK = "surface=rosenbrock&start=-1.5,2"
HIMMELBLAU = "surface=himmelblau&start=0.5,4"

DEFAULTS = {
    "adabelief": {QUADRATIC: "0.01 0.1", ROSENBROCK: "0.001 0.01", HIMMELBLAU: "0.01 0.1"},
    "yogi": {QUADRATIC: "0.01 0.1", ROSENBROCK: "0.01 0.1", HIMMELBLAU: "0.01 0.1"},
    "lion": {QUADRATIC: "0.001 0.0123", ROSENBROCK: "0.001 0.0123", HIMMELBLAU: "0.0037 0.0321"},
}
OFF_DEFAULT = [
    f"{ROSENBROCK}&optimizer=adabelief&lr=0.001&beta1=0.5",
    f"{HIMMELBLAU}&optimizer=adabelief&lr=0.01&beta1=0.99",
    f"{ROSENBROCK}&optimizer=adabelief&lr=0.001&beta2=0.99",
    f"{HIMMELBLAU}&optimizer=adabelief&lr=0.01&beta2=0.9",
    f"{ROSENBROCK}&optimizer=adabelief&lr=0.01&eps=0.1",
    f"{HIMMELBLAU}&optimizer=adabelief&lr=0.1&eps=1",
    f"{ROSENBROCK}&optimizer=adabelief&lr=0.001&weight-decay=1",
    f"{HIMMELBLAU}&optimizer=adabelief&lr=0.01&weight-decay=0.1",
    f"{HIMMELBLAU}&optimizer=adabelief&lr=0.1&beta1=0.8&beta2=0.99&eps=0.01&weight-decay=0.5",
    f"{ROSENBROCK}&optimizer=yogi&lr=0.01&beta1=0.5",
    f"{HIMMELBLAU}&optimizer=yogi&lr=0.1&beta1=0.99",
    f"{ROSENBROCK}&optimizer=yogi&lr=0.01&beta2=0.99",
    f"{HIMMELBLAU}&optimizer=yogi&lr=0.01&beta2=0.9",
    f"{ROSENBROCK}&optimizer=yogi&lr=0.01&eps=0.1",
    f"{HIMMELBLAU}&optimizer=yogi&lr=0.1&eps=1e-8",
    f"{ROSENBROCK}&optimizer=yogi&lr=0.01&weight-decay=1",
    f"{HIMMELBLAU}&optimizer=yogi&lr=0.1&weight-decay=0.1",
    f"{HIMMELBLAU}&optimizer=yogi&lr=0.1&beta1=0.8&beta2=0.99&eps=0.01&weight-decay=0.5",
    f"{ROSENBROCK}&optimizer=lion&lr=0.0123&beta1=0.5",
    f"{HIMMELBLAU}&optimizer=lion&lr=0.0321&beta1=0.99",
    f"{ROSENBROCK}&optimizer=lion&lr=0.0123&beta2=0.9",
    f"{HIMMELBLAU}&optimizer=lion&lr=0.0321&beta2=0.999",
    f"{ROSENBROCK}&optimizer=lion&lr=0.0123&weight-decay=0.1",
    f"{HIMMELBLAU}&optimizer=lion&lr=0.0321&weight-decay=1",
    f"{HIMMELBLAU}&optimizer=lion&lr=0.0037&beta1=0.8&beta2=0.95&weight-decay=0.5",
]


def optimizer(case):
    """The optax transformation that a case names, at optax's defaults where the case is silent."""
    lr, beta1 = number(case, "lr", None), number(case, "beta1", 0.9)
    weight_decay = number(case, "weight-decay", 0)
    if case["optimizer"] == "lion":
        return optax.lion(lr, b1=beta1, b2=number(case, "beta2", 0.99), weight_decay=weight_decay)
    rule, eps = {"adabelief": (optax.adabelief, 1e-16), "yogi": (optax.yogi, 1e-3)}[case["optimizer"]]
    chosen = rule(lr, b1=beta1, b2=number(case, "beta2", 0.999), eps=number(case, "eps", eps))
    return optax.chain(optax.add_decayed_weights(weight_decay), chosen)


@functools.cache
def compiled(text):
    """The run of a query as a compiled function of its start and nudges."""
    case = parse(text)
    rule = optimizer(case)

    def loss(params):
        return surface(case, params[0], params[1], jax.numpy.cos)

    def update(carry, nudge):
        params, state = carry
        delta, state = rule.update(jax.grad(loss)(params * nudge), state, params)
        params = optax.apply_updates(params, delta)
        return (params, state), (params, loss(params))

    def run(start, nudges):
        _, (points, losses) = jax.lax.scan(update, (start, rule.init(start)), nudges)
        return loss(start), points, losses

    return jax.jit(run)


def descend(case, start, nudges):
    first, points, losses = compiled(query(case))(jax.numpy.array(start), jax.numpy.array(nudges))
    assert points.dtype == jax.numpy.float64
    rest = [(*point, loss) for point, loss in zip(points.tolist(), losses.tolist())]
    return [(*start.tolist(), first.item())] + rest


if __name__ == "__main__":
    cases = [
        f"{surface}&optimizer={optimizer}&lr={lr}"
        for optimizer, rates in DEFAULTS.items()
        for surface, lrs in rates.items()
        for lr in lrs.split()
    ] + OFF_DEFAULT
    header = f"""
AdaBelief, Yogi and Lion in float64: optax, gradients by jax.grad. Made by optax_rules.py.
Python {platform.python_version()}, optax {optax.__version__}, jax {jax.__version__} (jax_enable_x64, CPU),
numpy {numpy.__version__}.
What this version computes, with t counting updates from 1, c1 = 1 - beta1^t, c2 = 1 - beta2^t:
adabelief: g is the gradient plus weight-decay * x (add_decayed_weights before adabelief);
m = beta1 * m + (1 - beta1) * g; s = beta2 * s + (1 - beta2) * (g - m)^2 + eps_root, kept with eps_root in it
(1e-16 anew at every update), from m = s = 0; x -= lr * (m / c1) / (sqrt(s / c2) + eps). eps is 1e-16.
yogi: g as in adabelief; v = v - (1 - beta2) * sign(v - g^2) * g^2; m as in adabelief; both start at the initial
accumulator 1e-6, m too, and both are corrected as if from 0: x -= lr * (m / c1) / (sqrt(v / c2) + eps). eps is 1e-3.
lion: x -= lr * (sign(beta1 * m + (1 - beta1) * g) + weight-decay * x), then m = beta2 * m + (1 - beta2) * g, from
m = 0; weight-decay is decoupled and 0 where the query is silent (optax.lion's own default is 1e-3).

{PATH_FORMAT}
"""
    write("optax.txt", header, [path_block(descend, case) for case in cases])
