"""The time of many Adam runs on Rosenbrock in optax: jit, vmap over the rates, scan over the steps, float64, two threads.

Prints one line. The same work in the page is the first line of `cargo xtask bench`; run both in turn on a quiet machine.
"""

import os

# Before jax is imported: it reads them once.
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=true intra_op_parallelism_threads=2"

import statistics
import time

import jax
import jax.numpy as jnp
import numpy
import optax

jax.config.update("jax_enable_x64", True)

RUNS, STEPS, ROUNDS = 4096, 1000, 9


def loss(point):
    x, y = point
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def run(rate):
    """The point after STEPS steps from the surface's start."""
    adam = optax.adam(rate, b1=0.9, b2=0.999, eps=1e-8)

    def step(carry, _):
        point, state = carry
        update, state = adam.update(jax.grad(loss)(point), state)
        return (optax.apply_updates(point, update), state), None

    start = jnp.array([-1.5, 2.0])
    (point, _), _ = jax.lax.scan(step, (start, adam.init(start)), None, length=STEPS)
    return point


def main():
    runs = jax.jit(jax.vmap(run))
    rates = jnp.asarray(numpy.geomspace(1e-5, 1, RUNS))
    runs(rates).block_until_ready()
    seconds = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        runs(rates).block_until_ready()
        seconds.append(time.perf_counter() - before)
    median = statistics.median(seconds)
    print(
        f"optax {optax.__version__} on jax {jax.__version__}: {RUNS} runs of {STEPS} steps in {median * 1e3:.1f} ms, "
        f"{median * 1e9 / (RUNS * STEPS):.2f} ns a step of a run (median of {ROUNDS})"
    )


if __name__ == "__main__":
    main()
