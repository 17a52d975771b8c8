"""The layers, losses and optimizers of the step cases in Keras, by the names of their records."""

import keras
from keras import ops

from wire import decode_weights, pair, require_layers


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


def network(task: dict) -> keras.Sequential:
    """A model with the first weights."""
    require_layers(task, LAYERS, ACTIVATIONS, "keras")
    layers = [LAYERS[layer["layer"]](layer["config"]) for layer in task["layers"]]
    model = keras.Sequential([keras.Input(task["x"]["shape"][1:]), *layers])
    set_first_weights(model, task)
    return model


def set_first_weights(model: keras.Sequential, task: dict) -> None:
    for layer, own in zip(task["layers"], model.layers):
        own.set_weights(list(decode_weights(layer["weights"]).values()))


def values_of(model: keras.Sequential, task: dict) -> dict:
    return {
        layer["prefix"] + name: value
        for layer, own in zip(task["layers"], model.layers)
        for name, value in zip(layer["weights"], own.get_weights())
    }
