"""JAX: the update as one function. Mode 'step' calls it jitted once per step; mode 'scan' runs all steps in `lax.scan`."""

import os
import time

import jax
import jax.numpy as jnp
import jaxlib
import numpy as np
from jax import lax

from channel import Unsupported
from jax_cases import convolution, inference, start, training_until
from jax_programs import PROGRAMS, device_batches
from wire import batches_of, checked_batches_of, decode


def versions() -> dict:
    return {"jax": jax.__version__, "jaxlib": jaxlib.__version__, "numpy": np.__version__}


def threads() -> int:
    """XLA's pool has a thread for each core that the process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def device(mode: str) -> str:
    kind = "lax.scan" if mode == "scan" else "jit"
    return f"jax {jax.__version__} {jax.devices()[0].platform}, {kind}"


def open_task(task: dict, mode: str):
    if task["kind"] in CASES:
        if mode == "scan":
            raise Unsupported("jax-scan takes training steps only")
        return CASES[task["kind"]](task)
    state, update, values = PROGRAMS[task["kind"]](task)
    return (Scanned if mode == "scan" else Stepwise)(task, state, update, values)


class Stepwise:
    """A Python loop over the jitted update; batches are cut and on the device before."""

    granularity = 1

    def __init__(self, task, state, update, values):
        self._task, self._state, self._values = task, state, values
        # The old state's memory becomes the new one's.
        self._update = jax.jit(update, donate_argnums=0)
        self._batches = device_batches(batches_of(task))

    def check(self) -> dict:
        for x, y in device_batches(checked_batches_of(self._task)):
            self._state, _ = self._update(self._state, x, y)
        return self._values(self._state)

    def run(self, runs: int) -> float:
        state, batches, update = self._state, self._batches, self._update
        count = len(batches)
        started = time.perf_counter()
        for run in range(runs):
            x, y = batches[run % count]
            state, loss = update(state, x, y)
        jax.block_until_ready((state, loss))
        elapsed = time.perf_counter() - started
        self._state = state
        return 1e3 * elapsed


class Scanned:
    """All steps in one call, compiled for their number before the clock starts."""

    granularity = 1

    def __init__(self, task, state, update, values):
        self._task, self._state, self._values = task, state, values
        self._data = tuple(map(jnp.asarray, batches_of(task)))
        self._compiled = {}

        def scan(state, data, order):
            x, y = data
            return lax.scan(lambda state, at: update(state, x[at], y[at]), state, order)

        self._scan = jax.jit(scan, donate_argnums=0)

    def check(self) -> dict:
        data = tuple(map(jnp.asarray, checked_batches_of(self._task)))
        self._state, _ = self._scan(self._state, data, jnp.arange(len(data[0])))
        return self._values(self._state)

    def run(self, runs: int) -> float:
        order = jnp.asarray(np.arange(runs, dtype=np.int32) % len(self._data[0]))
        if runs not in self._compiled:
            self._compiled[runs] = self._scan.lower(self._state, self._data, order).compile()
        scan = self._compiled[runs]
        jax.block_until_ready((self._state, order))
        started = time.perf_counter()
        result = jax.block_until_ready(scan(self._state, self._data, order))
        elapsed = time.perf_counter() - started
        self._state = result[0]
        return 1e3 * elapsed


class Product:
    """C = A B by a jitted function of both."""

    granularity = 1

    _FORMS = {"nn": lambda a, b: a @ b, "nt": lambda a, b: a @ b.T, "tn": lambda a, b: a.T @ b}

    def __init__(self, task):
        self._a, self._b = jnp.asarray(decode(task["a"])), jnp.asarray(decode(task["b"]))
        self._multiply = jax.jit(self._FORMS[task["form"]])

    def check(self) -> dict:
        return {"c": self._multiply(self._a, self._b)}

    def run(self, runs: int) -> float:
        a, b, multiply = self._a, self._b, self._multiply
        started = time.perf_counter()
        # Waiting for each keeps one product at a time, as with the other contenders.
        for _ in range(runs):
            multiply(a, b).block_until_ready()
        return 1e3 * (time.perf_counter() - started)


CASES = {
    "matMul": Product,
    "convolution": convolution,
    "inference": inference,
    "compile": start,
    "convergence": training_until,
}
