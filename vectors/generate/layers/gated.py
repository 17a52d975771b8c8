"""Golden values and gradients of the gated layers, in float64.

Run: python vectors/generate/layers/gated.py   (needs torch and tensorflow)
Writes vectors/layers/<layer>.json. The GLU is that of torch and, for the value, that of Keras as well.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import keras
import numpy as np
import torch
from torch.nn import functional

from layerCases import ACTIVATIONS, write_layers


def gated(config, x, p):
    linear = functional.linear
    gate, value = (linear(x, p[f"{k}Kernel"].T, p.get(f"{k}Bias")) for k in ("gate", "value"))
    name = config["gate"]
    if name != "sigmoid":
        return ACTIVATIONS[name](gate) * value
    # Both frameworks split one tensor: value first, gate second
    joined = torch.cat([value, gate], -1)
    y = functional.glu(joined, -1)
    np.testing.assert_allclose(
        y.detach().numpy(), keras.activations.glu(joined.detach().numpy(), axis=-1), rtol=1e-12
    )
    return y


def glu(config, inputs, p):
    return gated({"gate": "sigmoid", **config}, inputs[0], p)


def swiglu_feed_forward(config, inputs, p):
    hidden = gated({"gate": "swish", **config}, inputs[0], p)
    return functional.linear(hidden, p["outputKernel"].T, p.get("outputBias"))


FUNCTIONS = {"glu": glu, "swigluFeedForward": swiglu_feed_forward}

kernels = lambda n, u: {f"{k}Kernel": [n, u] for k in ("gate", "value")}
biases = lambda u: {f"{k}Bias": [u] for k in ("gate", "value")}

CASES = [
    ("glu", {"units": 3}, 3, [[4]], {**kernels(4, 3), **biases(3)}),
    ("glu", {"units": 2, "useBias": False}, 2, [[2, 3]], kernels(3, 2)),
    *[
        ("glu", {"units": 2, "gate": gate}, 2, [[3]], {**kernels(3, 2), **biases(2)})
        for gate in ("linear", "relu", "gelu", "swish")
    ],
    # hiddenUnits 8, as 2/3 of 4 times 3
    (
        "swigluFeedForward",
        {},
        2,
        [[3]],
        {**kernels(3, 8), **biases(8), "outputKernel": [8, 3], "outputBias": [3]},
    ),
    (
        "swigluFeedForward",
        {"units": 2, "hiddenUnits": 4, "gate": "gelu", "useBias": False},
        2,
        [[2, 3]],
        {**kernels(3, 4), "outputKernel": [4, 2]},
    ),
    (
        "swigluFeedForward",
        {"hiddenUnits": 2, "gate": "sigmoid"},
        2,
        [[2, 1, 2]],
        {**kernels(2, 2), **biases(2), "outputKernel": [2, 2], "outputBias": [2]},
    ),
]

write_layers(FUNCTIONS, CASES)
