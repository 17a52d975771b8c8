"""Golden vectors of the Task/Lift training of seed 002: the document's own class, run by Keras 3 in float64.

Run: python vectors/generate/lift.py   (needs keras with tensorflow)
Writes vectors/lift.json.
"""
import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from golden import numbers, write

keras.backend.set_floatx("float64")


def get_size(shape):
    size = 1
    for i in shape:
        size *= i
    return size


def flatten_weights(weights):
    flat = np.array([])
    for weight in weights:
        flat = np.concatenate([flat, weight.flatten()])
    return np.array([flat])


class Lifter:
    """The document's `lifter`, statement by statement; `keras.Input` replaces `input_shape`."""

    def __init__(self):
        dense = keras.layers.Dense
        self.task = keras.Sequential([keras.Input((3,)), dense(5, activation="relu"), dense(1)])
        self.lift = keras.Sequential([keras.Input((3,)), dense(10, activation="relu"), dense(26)])
        # compile's default optimizer is RMSprop with Keras's defaults.
        self.task.compile(loss="mse")
        self.lift.compile(loss="mse")
        self.weight_shapes = [np.shape(weight) for weight in self.task.get_weights()]

    def call(self, X):
        pred = np.array([[]])
        for i in range(len(X)):
            new_weights = np.array(self.lift(X[i : i + 1]))
            j = start = end = end2 = 0
            for layer in self.task.layers:
                end += get_size(self.weight_shapes[j])
                end2 = end + get_size(self.weight_shapes[j + 1])
                layer.set_weights(
                    [
                        np.reshape(new_weights[:, start:end], self.weight_shapes[j]),
                        np.reshape(new_weights[:, end:end2], self.weight_shapes[j + 1]),
                    ]
                )
                start = end = end2
                j += 2
            pred = np.concatenate([pred, np.array(self.task(X[i : i + 1]))], axis=1)
        return pred

    def fit_sample(self, x, y):
        prediction = self.call(x)
        task_loss = self.task.fit(x, y, verbose=0).history["loss"][0]
        weights = flatten_weights(self.task.get_weights())
        lift_loss = self.lift.fit(x, weights, verbose=0).history["loss"][0]
        return prediction, task_loss, weights, lift_loss


names = ["kernel1", "bias1", "kernel2", "bias2"]


def lift_weights(model):
    return {name: numbers(weight) for name, weight in zip(names, model.lift.get_weights())}


def main():
    rng = np.random.default_rng(2)
    model = Lifter()
    assert isinstance(model.task.optimizer, keras.optimizers.RMSprop)
    start = [np.round(rng.normal(0, 0.4, np.shape(weight)), 6) for weight in model.lift.get_weights()]
    model.lift.set_weights(start)
    initial = lift_weights(model)
    # The document's data: whole numbers 0..9, y = x0^2 + 2 x1 x2.
    X = rng.integers(0, 10, (6, 3)).astype("float64")
    Y = X[:, 0] ** 2 + 2 * X[:, 1] * X[:, 2]
    steps = []
    for i in range(len(X)):
        prediction, task_loss, weights, lift_loss = model.fit_sample(X[i : i + 1], Y[i : i + 1])
        steps.append(
            {
                "x": numbers(X[i]),
                "y": numbers([Y[i]]),
                "prediction": numbers(prediction),
                "taskLoss": numbers([task_loss]),
                "taskWeights": numbers(weights),
                "liftLoss": numbers([lift_loss]),
                "weights": lift_weights(model),
            }
        )
    probe = rng.integers(0, 10, (4, 3)).astype("float64")
    case = {
        "initial": initial,
        "steps": steps,
        "probe": {"x": numbers(probe), "y": numbers(model.call(probe))},
    }
    write("lift", "keras", f"{keras.__version__} (tensorflow {tf.__version__})", [case])


main()
