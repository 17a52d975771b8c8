"""Golden values and gradients of the polynomial layers, in float64.

Run: python vectors/generate/layers/polynomial.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch

from layerCases import ACTIVATIONS, write_layers


def taylor(config, inputs, p):
    # The document's steps: power, coefficient, cumulative sum, weight
    (x,) = inputs
    t = x - (p["center"] if "center" in p else config.get("center", 0))
    powers = t[..., None] ** torch.arange(config.get("degree", 3) + 1)
    terms = powers * p["coefficient"]
    if config.get("mode", "cumulative") == "collapsed":
        return terms.sum(-1)
    return (torch.cumsum(terms, -1) * p["weight"]).sum(-1)


FUNCTIONS = {"taylor": taylor}


CASES = [
    ("taylor", {}, 3, [[4]], {"coefficient": [4, 4], "weight": [4, 4]}),
    ("taylor", {"degree": 5, "mode": "collapsed", "center": 0.5}, 2, [[2, 3]], {"coefficient": [3, 6]}),
    (
        "taylor",
        {"degree": 2, "trainableCenter": True},
        2,
        [[3]],
        {"coefficient": [3, 3], "weight": [3, 3], "center": [3]},
    ),
]

write_layers(FUNCTIONS, CASES)
