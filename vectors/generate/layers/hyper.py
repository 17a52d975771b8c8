"""Golden values and gradients of the layers with computed weights, in float64.

Run: python vectors/generate/layers/hyper.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch

from layerCases import ACTIVATIONS, write_layers


def hyper_dense(config, inputs, p):
    # A loop over samples; each runs a torch network of its own.
    x, z = inputs if len(inputs) == 2 else (inputs[0], inputs[0])
    rows, conditions = x.reshape(-1, x.shape[-1]), z.reshape(-1, z.shape[-1])
    units = [*config.get("taskHiddenUnits", []), config["units"]]
    results = []
    for row, condition in zip(rows, conditions):
        hidden = condition
        if "hiddenKernel" in p:
            hidden = condition @ p["hiddenKernel"] + p["hiddenBias"]
            hidden = ACTIVATIONS[config.get("hiddenActivation", "relu")](hidden)
        theta = hidden @ p["emissionKernel"] + p["emissionBias"]
        below, at = row, 0
        for layer, width in enumerate(units):
            n = len(below)
            if config.get("rank"):
                r = config["rank"]
                left = theta[at : at + n * r].reshape(n, r)
                right = theta[at + n * r : at + (n + width) * r].reshape(r, width)
                kernel, at = left @ right, at + (n + width) * r
            else:
                kernel, at = theta[at : at + n * width].reshape(n, width), at + n * width
            below = below @ kernel
            if config.get("useBias", True):
                below, at = below + theta[at : at + width], at + width
            if layer < len(units) - 1:
                below = ACTIVATIONS[config.get("taskActivation", "relu")](below)
        assert at == len(theta)
        results.append(below)
    y = torch.stack(results).reshape(*x.shape[:-1], config["units"])
    return ACTIVATIONS[config.get("activation", "linear")](y)


FUNCTIONS = {"hyperDense": hyper_dense}

hyper = lambda m, h, size: {
    **({"hiddenKernel": [m, h], "hiddenBias": [h]} if h else {}),
    "emissionKernel": [h or m, size],
    "emissionBias": [size],
}

CASES = [
    ("hyperDense", {"units": 2, "hiddenUnits": 4, "hiddenActivation": "tanh"}, 3, [[3]], hyper(3, 4, 8)),
    ("hyperDense", {"units": 1, "taskHiddenUnits": [5], "hiddenUnits": 10}, 4, [[3]], hyper(3, 10, 26)),
    (
        "hyperDense",
        {"units": 2, "hiddenUnits": 3, "rank": 1, "useBias": False, "activation": "sigmoid"},
        2,
        [[2, 4], [2, 2]],
        hyper(2, 3, 6),
    ),
    ("hyperDense", {"units": 3, "hiddenUnits": 0}, 2, [[2], [3]], hyper(3, 0, 9)),
]

write_layers(FUNCTIONS, CASES)
