"""Training steps in JAX: first state, update(state, x, y) -> (state, loss), and the weights of a state by their names."""

import jax
import jax.numpy as jnp

from jax_layers import ACTIVATIONS, LAYERS, LOSSES, OPTIMIZERS, emit, rmsprop, task_loss
from wire import batches_of, decode_weights, require_layers, require_one_of, with_logits


def device_batches(batches: tuple) -> list:
    return [(jnp.asarray(x), jnp.asarray(y)) for x, y in zip(*batches)]


def predict(layers: list, weights: list, x):
    for layer, own in zip(layers, weights):
        x = LAYERS[layer["layer"]](layer["config"], own, x)
    return x


def training_program(task: dict) -> tuple:
    """First state, update(state, x, y) -> (state, loss), and the weights of a state by their names."""
    require_layers(task, LAYERS, ACTIVATIONS, "jax")
    layers, loss = with_logits(task)
    require_one_of(loss, LOSSES, "loss", "jax")
    require_one_of(task["optimizer"]["name"], OPTIMIZERS, "optimizer", "jax")
    start, move = OPTIMIZERS[task["optimizer"]["name"]](task["optimizer"])
    weights = [jax.tree.map(jnp.asarray, decode_weights(layer["weights"])) for layer in layers]

    def loss_of(weights, x, y):
        return LOSSES[loss](predict(layers, weights, x), y)

    def update(state, x, y):
        weights, slots = state
        value, gradients = jax.value_and_grad(loss_of)(weights, x, y)
        return move(weights, gradients, slots), value

    def values(state) -> dict:
        return {
            layer["prefix"] + name: value
            for layer, own in zip(layers, state[0])
            for name, value in own.items()
        }

    return (weights, start(weights)), update, values


def lift_program(task: dict) -> tuple:
    """Per sample an RMSprop step of Task from the weights that Lift emits, then one of Lift towards the result."""
    lift = jax.tree.map(jnp.asarray, decode_weights(task["weights"]))
    start, move = rmsprop(task["optimizer"])

    def update(state, x, y):
        lift, slots, task_slots = state
        emitted = emit(lift, x)
        value, gradient = jax.value_and_grad(task_loss)(emitted, x, y)
        target, task_slots = move(emitted, gradient, task_slots)
        gradients = jax.grad(lambda lift: jnp.mean((emit(lift, x) - target) ** 2))(lift)
        lift, slots = move(lift, gradients, slots)
        return (lift, slots, task_slots), value

    x, _ = batches_of(task)
    return (lift, start(lift), start(emit(lift, jnp.asarray(x[0])))), update, lambda state: state[0]


PROGRAMS = {"training": training_program, "lift": lift_program}
