"""Golden values and gradients of the orthogonal layers, in float64.

Run: python vectors/generate/layers/orthogonal.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch

from layerCases import ACTIVATIONS, write_layers


def reflections(normals):
    """H(n_k) ... H(n_1)"""
    n = normals.shape[-1]
    matrix = torch.eye(n, dtype=normals.dtype)
    for normal in normals:
        matrix = (torch.eye(n, dtype=normals.dtype) - 2 * torch.outer(normal, normal) / (normal @ normal)) @ matrix
    return matrix


def check_reflections():
    """Normals (0, .., 0, 1, v) are what torch.linalg.householder_product takes, in the other order."""
    columns = torch.tril(torch.randn(5, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(1)), -1)
    normals = columns + torch.eye(5, 3, dtype=torch.float64)
    product = torch.linalg.householder_product(columns, 2 / (normals**2).sum(0))
    torch.testing.assert_close(reflections(normals.T.flip(0))[:, :3], product, atol=1e-14, rtol=0)


def householder(config, inputs, p):
    (x,) = inputs
    return x @ reflections(p["normals"]).T


def orthogonal_dense(config, inputs, p):
    # A dense layer whose kernel is a block of the orthogonal matrix
    (x,) = inputs
    kernel = reflections(p["normals"])[: config["units"], : x.shape[-1]]
    bias = p["bias"] if config.get("useBias", True) else None
    return ACTIVATIONS[config.get("activation", "linear")](torch.nn.functional.linear(x, kernel, bias))


FUNCTIONS = {"householder": householder, "orthogonalDense": orthogonal_dense}

CASES = [
    ("householder", {}, 2, [[3]], {"normals": [1, 3]}),
    ("householder", {"reflections": 3}, 2, [[2, 4]], {"normals": [3, 4]}),
    ("orthogonalDense", {"units": 3, "activation": "tanh"}, 2, [[3]], {"normals": [3, 3], "bias": [3]}),
    ("orthogonalDense", {"units": 4, "useBias": False}, 2, [[2, 2]], {"normals": [2, 4]}),
    ("orthogonalDense", {"units": 2, "reflections": 3}, 3, [[4]], {"normals": [3, 4], "bias": [2]}),
]

check_reflections()
write_layers(FUNCTIONS, CASES)
