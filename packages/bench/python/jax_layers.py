"""The layers, losses and optimizers of the step cases in JAX, by the names of their records."""

import math

import jax
import jax.numpy as jnp
from jax import lax

from wire import pair

ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": jax.nn.relu,
    "sigmoid": jax.nn.sigmoid,
    "tanh": jnp.tanh,
    "softmax": jax.nn.softmax,
}


def dense(config, weights, x):
    return ACTIVATIONS[config["activation"]](x @ weights["kernel"] + weights["bias"])


def quad_dense(config, weights, x):
    product = (x @ weights["kernelR"] + weights["biasR"]) * (x @ weights["kernelG"] + weights["biasG"])
    return ACTIVATIONS[config["activation"]](product + (x * x) @ weights["kernelB"] + weights["biasC"])


def feature_cross(_, weights, x):
    return x * (x @ weights["kernel"] + weights["bias"]) + x


def taylor(config, weights, x):
    powers = [jnp.ones_like(x)]
    for _ in range(config["degree"]):
        powers.append(powers[-1] * x)
    terms = jnp.stack(powers, -1) * weights["coefficient"]
    return jnp.sum(jnp.cumsum(terms, -1) * weights["weight"], -1)


def conv2d(config, weights, x):
    y = lax.conv_general_dilated(
        x,
        weights["kernel"],
        pair(config["strides"]),
        config["padding"].upper(),
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )
    return ACTIVATIONS[config["activation"]](y + weights["bias"])


def max_pool_2d(config, _, x):
    window = (1, *pair(config["poolSize"]), 1)
    strides = (1, *pair(config["strides"] or config["poolSize"]), 1)
    return lax.reduce_window(x, -jnp.inf, lax.max, window, strides, config["padding"].upper())


LAYERS = {
    "dense": dense,
    "quadDense": quad_dense,
    "featureCross": feature_cross,
    "taylor": taylor,
    "conv2d": conv2d,
    "maxPool2d": max_pool_2d,
    "flatten": lambda config, weights, x: x.reshape(len(x), -1),
    "activation": lambda config, weights, x: ACTIVATIONS[config["activation"]](x),
}

LOSSES = {
    "meanSquaredError": lambda p, t: jnp.mean((p - t) ** 2),
    "categoricalCrossentropy": lambda p, t: -jnp.mean(jnp.sum(t * jnp.log(p), -1)),
    "crossEntropyOfLogits": lambda p, t: -jnp.mean(jnp.sum(t * jax.nn.log_softmax(p), -1)),
}


def sgd(config):
    rate = config["learningRate"]

    def move(weights, gradients, slots):
        return jax.tree.map(lambda w, g: w - rate * g, weights, gradients), slots

    return lambda weights: (), move


def adam(config):
    rate, beta1, beta2, epsilon = (config[name] for name in ("learningRate", "beta1", "beta2", "epsilon"))

    def start(weights):
        zeros = [jax.tree.map(jnp.zeros_like, weights) for _ in range(2)]
        return *zeros, jnp.float32(beta1), jnp.float32(beta2)

    def move(weights, gradients, slots):
        m, v, power1, power2 = slots
        m = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, m, gradients)
        v = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, v, gradients)
        weights = jax.tree.map(
            lambda w, m, v: w - rate * (m / (1 - power1)) / (jnp.sqrt(v / (1 - power2)) + epsilon),
            weights,
            m,
            v,
        )
        return weights, (m, v, power1 * beta1, power2 * beta2)

    return start, move


def adagrad(config):
    rate, epsilon = config["learningRate"], config["epsilon"]

    def start(weights):
        return jax.tree.map(lambda w: jnp.full_like(w, config["initialAccumulatorValue"]), weights)

    def move(weights, gradients, slots):
        slots = jax.tree.map(lambda s, g: s + g * g, slots, gradients)
        return jax.tree.map(lambda w, g, s: w - rate * g / jnp.sqrt(s + epsilon), weights, gradients, slots), slots

    return start, move


def rmsprop(config):
    rate, decay, epsilon = config["learningRate"], config["decay"], config["epsilon"]

    def move(weights, gradients, slots):
        slots = jax.tree.map(lambda s, g: decay * s + (1 - decay) * g * g, slots, gradients)
        return jax.tree.map(lambda w, g, s: w - rate * g / jnp.sqrt(s + epsilon), weights, gradients, slots), slots

    return lambda weights: jax.tree.map(jnp.zeros_like, weights), move


OPTIMIZERS = {"sgd": sgd, "adam": adam, "adagrad": adagrad}


# Task 3-5-1 of seed 002: kernel, bias, output kernel, output bias in one row.
TASK_SHAPES = ((3, 5), (5,), (5, 1), (1,))


def emit(lift, x):
    return jax.nn.relu(x @ lift["kernel1"] + lift["bias1"]) @ lift["kernel2"] + lift["bias2"]


def task_loss(emitted, x, y):
    parts, at = [], 0
    for shape in TASK_SHAPES:
        size = math.prod(shape)
        parts.append(emitted[0, at : at + size].reshape(shape))
        at += size
    kernel, bias, output_kernel, output_bias = parts
    return jnp.mean((jax.nn.relu(x @ kernel + bias) @ output_kernel + output_bias - y) ** 2)
