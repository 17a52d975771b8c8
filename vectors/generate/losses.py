"""Golden values of losses per sample, and gradients with respect to the predictions, by Keras on torch in float64.

Run: python vectors/generate/losses.py   (needs keras and torch)
Writes vectors/losses.json.
"""
import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np
import torch

from golden import numbers, write

from keras.src.backend.common import dtypes

# Keras narrows float64 results on torch; golden numbers want them whole.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
keras.config.set_floatx("float64")
K = keras.losses
random = np.random.default_rng(7)


def rounded(shape, low, high):
    return np.round(random.uniform(low, high, shape), 4)


def rows(shape):
    """Rows that sum to 1."""
    values = rounded(shape, 0.05, 1)
    return values / values.sum(-1, keepdims=True)


def one_hot(indices, classes):
    return np.eye(classes)[indices]


def signs(shape):
    return np.where(random.uniform(size=shape) < 0.5, -1.0, 1.0)


def case(name, source, f, t, p):
    prediction = torch.tensor(np.asarray(p, dtype=np.float64), requires_grad=True)
    target = torch.tensor(np.asarray(t, dtype=np.float64))
    y = f(target, prediction)
    # Keras reduces the last axis; a sample's value is the mean over the others.
    sample = y.reshape(y.shape[0], -1).mean(-1)
    dy = torch.linspace(0.5, 1.5, sample.numel(), dtype=torch.float64)
    sample.backward(dy)
    return {
        "name": name,
        "source": source,
        "targetShape": list(target.shape),
        "shape": list(prediction.shape),
        "t": numbers(target),
        "p": numbers(prediction),
        "y": numbers(sample),
        "dy": numbers(dy),
        "dp": numbers(prediction.grad),
    }


def plain(name, f, t, p):
    return case(name, f"keras.losses.{f.__name__}", f, t, p)


def with_clipped_pred_only(t, p):
    """tfjs: t log(clip(t) / clip(p)), the factor t unclipped."""
    low = 1e-7
    return (t * torch.log(torch.clamp(t, low, 1) / torch.clamp(p, low, 1))).sum(-1)


wide, deep = (4, 3), (2, 3, 4)
# The rows hold probabilities that the clip at 1e-7 touches.
extreme = np.array([[0.0, 0.3, 0.7], [1.0, 0.0, 0.0], [1e-9, 0.5, 0.5], [0.2, 0.3, 0.9]])
saturated = np.array([[1000.0, -1000.0, 0.0], [-50.0, 30.0, 2.0], [0.0, 0.0, 0.0], [88.8, -88.8, 1.0]])
labels, deep_labels = np.array([0, 2, 1, 2]), np.array([[0, 3, 1], [2, 2, 0]])
bits = np.array([[0.0, 1, 1], [1, 0, 0], [1, 1, 0], [0, 0, 1]])

cases = []
for shape in (wide, deep):
    t, p = rounded(shape, -2, 2), rounded(shape, -2, 2)
    positive, rate = rounded(shape, 0, 3), rounded(shape, 0.1, 3)
    cases += [
        plain("meanSquaredError", K.mean_squared_error, t, p),
        plain("meanAbsoluteError", K.mean_absolute_error, t, p),
        plain("meanAbsolutePercentageError", K.mean_absolute_percentage_error, t, p),
        plain("meanSquaredLogarithmicError", K.mean_squared_logarithmic_error, positive, p),
        plain("huber", K.huber, t, p),
        plain("logcosh", K.log_cosh, t, p),
        plain("poisson", K.poisson, positive, rate),
        plain("hinge", K.hinge, signs(shape), p),
        plain("squaredHinge", K.squared_hinge, signs(shape), p),
        plain("cosineProximity", K.cosine_similarity, t, p),
        plain("kullbackLeiblerDivergence", K.kl_divergence, rows(shape), rows(shape)),
    ]
cases += [
    case("logcosh", "keras.losses.log_cosh, large errors", K.log_cosh, np.zeros((2, 2)), [[500.0, -500.0], [0.0, 1e-4]]),
    case("kullbackLeiblerDivergence", "torch, t log(clip(t) / clip(p))", with_clipped_pred_only, one_hot(labels, 3), extreme),
    plain("categoricalHinge", K.categorical_hinge, one_hot(labels, 3), rounded(wide, -2, 2)),
    plain("binaryCrossentropy", K.binary_crossentropy, bits, rounded(wide, 0.01, 0.99)),
    case("binaryCrossentropy", "keras.losses.binary_crossentropy, one output", K.binary_crossentropy, [[0.0], [1.0]], [[0.2], [0.4]]),
    plain("categoricalCrossentropy", K.categorical_crossentropy, one_hot(labels, 3), rows(wide)),
    case("categoricalCrossentropy", "keras.losses.categorical_crossentropy, soft targets, rows that do not sum to 1", K.categorical_crossentropy, rows(wide), rounded(wide, 0.1, 2)),
    case("categoricalCrossentropy", "keras.losses.categorical_crossentropy, rank 3", K.categorical_crossentropy, one_hot(deep_labels, 4), rows(deep)),
    case("categoricalCrossentropy", "keras.losses.categorical_crossentropy, clipped", K.categorical_crossentropy, one_hot(labels, 3), extreme),
    plain("sparseCategoricalCrossentropy", K.sparse_categorical_crossentropy, labels, rows(wide)),
    case("sparseCategoricalCrossentropy", "keras.losses.sparse_categorical_crossentropy, [B, 1]", K.sparse_categorical_crossentropy, labels[:, None], rows(wide)),
    case("sparseCategoricalCrossentropy", "keras.losses.sparse_categorical_crossentropy, rank 3", K.sparse_categorical_crossentropy, deep_labels, rows(deep)),
]
for logits, note in ((rounded(wide, -3, 3), ""), (saturated, ", saturated")):
    cases += [
        case("binaryCrossentropyFromLogits", f"keras.losses.binary_crossentropy(from_logits=True){note}", lambda t, p: K.binary_crossentropy(t, p, from_logits=True), bits, logits),
        case("categoricalCrossentropyFromLogits", f"keras.losses.categorical_crossentropy(from_logits=True){note}", lambda t, p: K.categorical_crossentropy(t, p, from_logits=True), one_hot(labels, 3), logits),
        case("sparseCategoricalCrossentropyFromLogits", f"keras.losses.sparse_categorical_crossentropy(from_logits=True){note}", lambda t, p: K.sparse_categorical_crossentropy(t, p, from_logits=True), labels, logits),
    ]
write("losses", "keras", f"{keras.__version__} on torch {torch.__version__}", cases)
