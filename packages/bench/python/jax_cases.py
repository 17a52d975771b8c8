"""What JAX does besides training steps and products: convolutions, calls, starts, trainings until a loss."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from jax_layers import ACTIVATIONS, LAYERS
from jax_programs import predict, training_program
from sessions import Called, Repeated, Started, TrainedUntil
from wire import batches_of, checked_batches_of, decode, decode_weights, require_layers, with_weights_decoded


class Convolved(Repeated):
    """A convolution, or both its derivatives, by a jitted function."""

    def __init__(self, task):
        strides, padding = (task["strides"],) * 2, task["padding"].upper()

        def forward(x, kernel):
            return lax.conv_general_dilated(x, kernel, strides, padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))

        if task["direction"] == "forward":
            self._names, self._of, operands = ["y"], jax.jit(lambda x, kernel: [forward(x, kernel)]), ("x", "kernel")
        else:
            # y is not computed: nothing reads it.
            self._names, operands = ["dx", "dkernel"], ("x", "kernel", "dy")
            self._of = jax.jit(lambda x, kernel, dy: jax.vjp(forward, x, kernel)[1](dy))
        self._stored = [task["names"][name] for name in self._names]
        self._operands = [jnp.asarray(decode(task[name])) for name in operands]

    def once(self):
        return jax.block_until_ready(self._of(*self._operands))

    def check(self) -> dict:
        return dict(zip(self._stored, self.once()))


def convolution(task: dict) -> Convolved:
    return Convolved(task)


def inference(task: dict) -> Called:
    """The forward pass jitted; samples come from and predictions go to numpy."""
    require_layers(task, LAYERS, ACTIVATIONS, "jax")
    layers, x = task["layers"], decode(task["x"])
    weights = [jax.tree.map(jnp.asarray, decode_weights(layer["weights"])) for layer in layers]
    forward = jax.jit(lambda weights, x: predict(layers, weights, x))
    return Called(task, lambda: np.asarray(forward(weights, x)))


def start(task: dict) -> Started:
    """A new function is traced and compiled anew: `jit` knows functions by their identity."""
    decoded = with_weights_decoded(task)

    def begin():
        state, update, values = training_program(decoded)
        jitted = jax.jit(update, donate_argnums=0)

        def step(x, y):
            nonlocal state
            state, loss = jitted(state, x, y)
            return loss

        return step, lambda: values(state)

    return Started(batches_of(task), checked_batches_of(task), begin)


def training_until(task: dict) -> TrainedUntil:
    """The update jitted once, called `stride` times before its loss is read."""
    first, update, _ = training_program(task)
    jitted = jax.jit(update, donate_argnums=0)
    x, y = (jnp.asarray(column[0]) for column in batches_of(task))

    def begin():
        state = jax.tree.map(jnp.copy, first)

        def advance() -> float:
            nonlocal state
            for _ in range(task["stride"]):
                state, loss = jitted(state, x, y)
            return float(loss)

        return advance

    return TrainedUntil(task, begin)
