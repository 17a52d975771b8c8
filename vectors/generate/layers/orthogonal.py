"""Golden values and gradients of the orthogonal layers, in float64.

Run: python vectors/generate/layers/orthogonal.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch

from layerCases import ACTIVATIONS, write_layers


def householder(config, inputs, p):
    (x,) = inputs
    n = x.shape[-1]
    matrix = torch.eye(n, dtype=x.dtype)
    for normal in p["normals"]:
        matrix = (torch.eye(n, dtype=x.dtype) - 2 * torch.outer(normal, normal) / (normal @ normal)) @ matrix
    return x @ matrix.T


FUNCTIONS = {"householder": householder}


CASES = [
    ("householder", {}, 2, [[3]], {"normals": [1, 3]}),
    ("householder", {"reflections": 3}, 2, [[2, 4]], {"normals": [3, 4]}),
]

write_layers(FUNCTIONS, CASES)
