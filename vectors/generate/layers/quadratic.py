"""Golden values and gradients of the quadratic layers, in float64.

Run: python vectors/generate/layers/quadratic.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch

from layerCases import ACTIVATIONS, write_layers


def quad_dense(config, inputs, p):
    # The document's call()
    (x,) = inputs
    if config.get("useBias", True):
        x_r, x_g = x @ p["kernelR"] + p["biasR"], x @ p["kernelG"] + p["biasG"]
        y = torch.multiply(x_r, x_g) + x**2 @ p["kernelB"] + p["biasC"]
    else:
        y = torch.multiply(x @ p["kernelR"], x @ p["kernelG"]) + x**2 @ p["kernelB"]
    return ACTIVATIONS[config.get("activation", "linear")](y)


FUNCTIONS = {"quadDense": quad_dense}

quad = lambda n, u: {**{f"kernel{k}": [n, u] for k in "RGB"}, **{f"bias{k}": [u] for k in "RGC"}}

CASES = [
    ("quadDense", {"units": 3, "activation": "relu"}, 3, [[4]], quad(4, 3)),
    ("quadDense", {"units": 2, "activation": "sigmoid"}, 2, [[2, 3]], quad(3, 2)),
    (
        "quadDense",
        {"units": 2, "useBias": False, "start": "random"},
        2,
        [[3]],
        {f"kernel{k}": [3, 2] for k in "RGB"},
    ),
]

write_layers(FUNCTIONS, CASES)
