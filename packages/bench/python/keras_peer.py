"""Keras 3 on TensorFlow: a Sequential model, `train_on_batch` and `predict_on_batch`. Mode 'xla' compiles the step by XLA, mode 'plain' does not."""

import os
import time

import keras
import numpy as np
import tensorflow as tf

from channel import Unsupported
from keras_layers import LOSSES, OPTIMIZERS, network, set_first_weights, values_of
from sessions import Called, Started, TrainedUntil
from wire import batches_of, checked_batches_of, decode, require_one_of, with_weights_decoded


def versions() -> dict:
    return {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__}


def threads() -> int:
    """Both pools of TensorFlow have a thread for each core that the process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def device(mode: str) -> str:
    kind = "XLA" if mode == "xla" else "plain"
    return f"keras {keras.__version__} on tensorflow {tf.__version__} cpu, {kind}"


def open_task(task: dict, mode: str):
    if task["kind"] not in CASES:
        raise Unsupported("keras takes networks only")
    # Models leave graphs behind that a session keeps.
    keras.backend.clear_session()
    return CASES[task["kind"]](task, mode == "xla")


def compiled(task: dict, is_xla: bool) -> keras.Sequential:
    require_one_of(task["loss"], LOSSES, "loss", "keras")
    require_one_of(task["optimizer"]["name"], OPTIMIZERS, "optimizer", "keras")
    model = network(task)
    optimizer = OPTIMIZERS[task["optimizer"]["name"]](task["optimizer"])
    model.compile(optimizer, LOSSES[task["loss"]], jit_compile=is_xla)
    return model


class Trained:
    """`train_on_batch` of batches that are cut and TensorFlow's before: `fit` adds several milliseconds per epoch."""

    granularity = 1

    def __init__(self, task: dict, is_xla: bool):
        self._task, self._batches = task, tensors(batches_of(task))
        self._model = compiled(task, is_xla)

    def check(self) -> dict:
        for x, y in tensors(checked_batches_of(self._task)):
            self._model.train_on_batch(x, y)
        return values_of(self._model, self._task)

    def run(self, runs: int) -> float:
        batches, train = self._batches, self._model.train_on_batch
        count = len(batches)
        started = time.perf_counter()
        for run in range(runs):
            # The loss comes back as a number, so the step is over.
            train(*batches[run % count])
        return 1e3 * (time.perf_counter() - started)


def inference(task: dict, is_xla: bool) -> Called:
    model, x = network(task), decode(task["x"])
    model.compile(jit_compile=is_xla)
    return Called(task, lambda: model.predict_on_batch(x))


def start(task: dict, is_xla: bool) -> Started:
    decoded = with_weights_decoded(task)

    def begin():
        keras.backend.clear_session()
        model = compiled({**decoded, "x": task["x"]}, is_xla)
        return model.train_on_batch, lambda: values_of(model, task)

    return Started(batches_of(task), checked_batches_of(task), begin)


def training_until(task: dict, is_xla: bool) -> TrainedUntil:
    """Compiled once; weights and optimizer start again with every training."""
    model, decoded = compiled(task, is_xla), with_weights_decoded(task)
    model.optimizer.build(model.trainable_variables)
    first = [variable.numpy() for variable in model.optimizer.variables]
    x, y = (tf.constant(column[0]) for column in batches_of(task))

    def begin():
        set_first_weights(model, decoded)
        for variable, value in zip(model.optimizer.variables, first):
            variable.assign(value)

        def advance() -> float:
            for _ in range(task["stride"]):
                # The loss that comes back is a mean since the last reset.
                model.reset_metrics()
                loss = model.train_on_batch(x, y)
            return float(loss)

        return advance

    return TrainedUntil(task, begin)


CASES = {"training": Trained, "inference": inference, "compile": start, "convergence": training_until}


def tensors(batches: tuple) -> list:
    return [(tf.constant(x), tf.constant(y)) for x, y in zip(*batches)]
