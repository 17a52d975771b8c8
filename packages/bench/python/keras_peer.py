"""Keras 3 on TensorFlow: `train_on_batch` of a Sequential model. Mode 'xla' compiles the step by XLA, mode 'plain' does not."""

import os
import time

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from channel import Unsupported
from wire import batches_of, checked_batches_of, decode_weights, pair, require_layers, require_one_of


def versions() -> dict:
    return {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__}


def threads() -> int:
    """Both pools of TensorFlow have a thread for each core that the process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def device(mode: str) -> str:
    kind = "XLA" if mode == "xla" else "plain"
    return f"keras {keras.__version__} on tensorflow {tf.__version__} cpu, {kind}"


class QuadDense(keras.layers.Layer):
    def __init__(self, units, activation):
        super().__init__()
        self.units, self.activation = units, keras.activations.get(activation)

    def build(self, shape):
        kernel, bias = (shape[-1], self.units), (self.units,)
        self.kernel_r, self.kernel_g, self.kernel_b = (self.add_weight(shape=kernel) for _ in range(3))
        self.bias_r, self.bias_g, self.bias_c = (self.add_weight(shape=bias) for _ in range(3))

    def call(self, x):
        r = ops.matmul(x, self.kernel_r) + self.bias_r
        g = ops.matmul(x, self.kernel_g) + self.bias_g
        return self.activation(r * g + ops.matmul(x * x, self.kernel_b) + self.bias_c)


class FeatureCross(keras.layers.Layer):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], shape[-1]))
        self.bias = self.add_weight(shape=(shape[-1],))

    def call(self, x):
        return x * (ops.matmul(x, self.kernel) + self.bias) + x


class Taylor(keras.layers.Layer):
    def __init__(self, degree):
        super().__init__()
        self.degree = degree

    def build(self, shape):
        self.coefficient, self.weight = (self.add_weight(shape=(shape[-1], self.degree + 1)) for _ in range(2))

    def call(self, x):
        powers = [ops.ones_like(x)]
        for _ in range(self.degree):
            powers.append(powers[-1] * x)
        terms = ops.stack(powers, -1) * self.coefficient
        return ops.sum(ops.cumsum(terms, -1) * self.weight, -1)


class Adam(keras.optimizers.Adam):
    """Keras adds epsilon before the correction of the second moment; the record, the paper and torch after it."""

    def update_step(self, gradient, variable, learning_rate):
        epsilon = self.epsilon
        step = ops.cast(self.iterations + 1, variable.dtype)
        self.epsilon = epsilon * ops.sqrt(1 - ops.power(ops.cast(self.beta_2, variable.dtype), step))
        try:
            super().update_step(gradient, variable, learning_rate)
        finally:
            self.epsilon = epsilon


# The weights of each are created in the order of the records.
LAYERS = {
    "dense": lambda c: keras.layers.Dense(c["units"], activation=c["activation"]),
    "quadDense": lambda c: QuadDense(c["units"], c["activation"]),
    "featureCross": lambda c: FeatureCross(),
    "taylor": lambda c: Taylor(c["degree"]),
    "conv2d": lambda c: keras.layers.Conv2D(
        c["filters"], pair(c["kernelSize"]), pair(c["strides"]), c["padding"], activation=c["activation"]
    ),
    "maxPool2d": lambda c: keras.layers.MaxPooling2D(
        pair(c["poolSize"]), pair(c["strides"] or c["poolSize"]), c["padding"]
    ),
    "flatten": lambda c: keras.layers.Flatten(),
    "activation": lambda c: keras.layers.Activation(c["activation"]),
}

ACTIVATIONS = ("linear", "relu", "sigmoid", "tanh", "softmax")

LOSSES = {"meanSquaredError": "mean_squared_error", "categoricalCrossentropy": "categorical_crossentropy"}

OPTIMIZERS = {
    "sgd": lambda c: keras.optimizers.SGD(c["learningRate"]),
    "adam": lambda c: Adam(c["learningRate"], beta_1=c["beta1"], beta_2=c["beta2"], epsilon=c["epsilon"]),
    "adagrad": lambda c: keras.optimizers.Adagrad(
        c["learningRate"], initial_accumulator_value=c["initialAccumulatorValue"], epsilon=c["epsilon"]
    ),
}


def open_task(task: dict, mode: str):
    if task["kind"] != "training":
        raise Unsupported("keras takes training steps of sequential models only")
    require_layers(task, LAYERS, ACTIVATIONS, "keras")
    require_one_of(task["loss"], LOSSES, "loss", "keras")
    require_one_of(task["optimizer"]["name"], OPTIMIZERS, "optimizer", "keras")
    # Models leave graphs behind that a session keeps.
    keras.backend.clear_session()
    return Trained(task, mode == "xla")


class Trained:
    """`train_on_batch` of batches that are cut and TensorFlow's before: `fit` adds several milliseconds per epoch."""

    granularity = 1

    def __init__(self, task: dict, is_xla: bool):
        self._task = task
        batches = batches_of(task)
        self._batches = tensors(batches)
        self._layers = [LAYERS[layer["layer"]](layer["config"]) for layer in task["layers"]]
        self._model = keras.Sequential([keras.Input(batches[0].shape[2:]), *self._layers])
        for layer, own in zip(task["layers"], self._layers):
            own.set_weights(list(decode_weights(layer["weights"]).values()))
        optimizer = OPTIMIZERS[task["optimizer"]["name"]](task["optimizer"])
        self._model.compile(optimizer, LOSSES[task["loss"]], jit_compile=is_xla)

    def check(self) -> dict:
        for x, y in tensors(checked_batches_of(self._task)):
            self._model.train_on_batch(x, y)
        return {
            layer["prefix"] + name: value
            for layer, own in zip(self._task["layers"], self._layers)
            for name, value in zip(layer["weights"], own.get_weights())
        }

    def run(self, runs: int) -> float:
        batches, train = self._batches, self._model.train_on_batch
        count = len(batches)
        started = time.perf_counter()
        for run in range(runs):
            # The loss comes back as a number, so the step is over.
            train(*batches[run % count])
        return 1e3 * (time.perf_counter() - started)


def tensors(batches: tuple) -> list:
    return [(tf.constant(x), tf.constant(y)) for x, y in zip(*batches)]
