"""Golden values and gradients of the cross layers, in float64.

Run: python vectors/generate/layers/cross.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch

from layerCases import ACTIVATIONS, write_layers


def feature_cross(config, inputs, p):
    # keras_rs FeatureCross.call: down projection, dense with pre-activation, diagonal, product, residual
    x0, x = inputs if len(inputs) == 2 else (inputs[0], inputs[0])
    output = torch.nn.functional.linear(x, p["kernelU"].T) if "kernelU" in p else x
    kernel = p["kernelV"] if "kernelU" in p else p["kernel"]
    output = torch.nn.functional.linear(output, kernel.T, p.get("bias"))
    output = ACTIVATIONS[config.get("preActivation", "linear")](output)
    return x0 * (output + config.get("diagScale", 0) * x) + x


FUNCTIONS = {"featureCross": feature_cross}


CASES = [
    ("featureCross", {}, 3, [[4], [4]], {"kernel": [4, 4], "bias": [4]}),
    ("featureCross", {"diagScale": 0.7, "preActivation": "tanh"}, 2, [[3]], {"kernel": [3, 3], "bias": [3]}),
    (
        "featureCross",
        {"projectionDim": 2, "useBias": False},
        2,
        [[2, 5], [2, 5]],
        {"kernelU": [5, 2], "kernelV": [2, 5]},
    ),
]

write_layers(FUNCTIONS, CASES)
