"""Golden fans, standard deviations and normal quantiles by Keras and SciPy.

Run: python vectors/generate/initializers.py   (needs keras, torch and scipy)
Writes vectors/initializers.json.
"""
import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np
import scipy
from keras.src.initializers.random_initializers import compute_fans
from scipy.special import ndtri
from scipy.stats import truncnorm

from golden import numbers, write

P = [1e-16, 1e-12, 1e-8, 1e-5, 1e-3, 0.02275013194817921, 0.0749, 0.075, 0.0751, 0.2, 0.5, 0.6, 0.9, 0.925, 0.9251, 0.99, 0.9999, 1 - 1e-9]
SHAPES = [[], [7], [3, 4], [5, 3, 4], [3, 3, 8, 16], [2, 3, 3, 8, 16], [1, 1]]
AXES = [([4, 100, 10], [1], [2]), ([3, 4], [1], [0]), ([3, 3, 8, 16], [0, 1, 2], [0, 1, 3]), ([6, 5], [0, 1], [])]

cases = [{"name": "normalQuantile", "source": "scipy.special.ndtri", "p": P, "z": numbers(ndtri(np.array(P)))}]
cases += [
    {"name": "fans", "source": "keras compute_fans", "shape": shape, "fans": list(compute_fans(shape))} for shape in SHAPES
]
cases += [
    {
        "name": "fans",
        "source": "keras compute_fans(input_axes, output_axes)",
        "shape": shape,
        "axes": {"in": fan_in, "out": fan_out},
        "fans": list(compute_fans(shape, fan_in, fan_out)),
    }
    for shape, fan_in, fan_out in AXES
]
cases.append({"name": "truncatedDeviation", "source": "scipy.stats.truncnorm(-2, 2).std()", "value": float(truncnorm(-2, 2).std())})
write("initializers", "keras", f"{keras.__version__}, scipy {scipy.__version__}", cases)
