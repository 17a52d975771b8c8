"""Golden values and gradients of the quadratic layers, in float64.

Run: python vectors/generate/layers/quadratic.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch
from torch.nn import functional

from layerCases import ACTIVATIONS, write_layers


def quad_dense(config, inputs, p):
    (x,) = inputs
    y = VARIANTS[config.get("variant", "fan")](x, p)
    return ACTIVATIONS[config.get("activation", "linear")](y)


def fan(x, p):
    # The document's call()
    if "biasR" in p:
        x_r, x_g = x @ p["kernelR"] + p["biasR"], x @ p["kernelG"] + p["biasG"]
        return torch.multiply(x_r, x_g) + x**2 @ p["kernelB"] + p["biasC"]
    return torch.multiply(x @ p["kernelR"], x @ p["kernelG"]) + x**2 @ p["kernelB"]


def product(x, p):
    # QuadraLib type 4
    left = functional.linear(x, p["kernelR"].T, p.get("biasR"))
    return left * functional.linear(x, p["kernelG"].T, p.get("biasG"))


def linear(x, p):
    return functional.linear(x, p["kernelL"].T, p.get("biasL"))


def quadralib(x, p):
    # QuadraLib type 4 + linear
    return functional.linear(x, p["kernelR"].T) * functional.linear(x, p["kernelG"].T) + linear(x, p)


def square(x, p):
    # QuadraLib type 2
    return functional.linear(torch.pow(x, 2), p["kernelB"].T) + linear(x, p)


def low_rank(x, p):
    # y_k = x' Q_k' diag(lambda_k) Q_k x by the matrix of each unit
    matrices = [
        p["kernelQ"][:, k, :] @ torch.diag(row) @ p["kernelQ"][:, k, :].T
        for k, row in enumerate(p["kernelLambda"])
    ]
    return form(x, torch.stack(matrices)) + linear(x, p)


def symmetric(x, p):
    return form(x, symmetric_matrices(p["kernelS"], x.shape[-1])) + linear(x, p)


def form(x, matrices):
    return functional.bilinear(x, x, matrices)


def symmetric_matrices(kernel, n):
    """[n(n+1)/2, units] coefficients of monomials -> [units, n, n] symmetric matrices."""
    matrices = [[[None] * n for _ in range(n)] for _ in range(kernel.shape[1])]
    for k, matrix in enumerate(matrices):
        at = 0
        for i in range(n):
            for j in range(i, n):
                matrix[i][j] = matrix[j][i] = kernel[at, k] / (1 if i == j else 2)
                at += 1
    return torch.stack([torch.stack([torch.stack(row) for row in matrix]) for matrix in matrices])


VARIANTS = {
    "fan": fan,
    "product": product,
    "quadralib": quadralib,
    "square": square,
    "lowRank": low_rank,
    "symmetric": symmetric,
}


def quadratic_form(config, inputs, p):
    (x,) = inputs
    shape = config.get("form", "symmetric")
    if shape == "full":
        y = form(x, p["kernelA"])
    elif shape == "symmetric":
        y = form(x, symmetric_matrices(p["kernelS"], x.shape[-1]))
    else:
        y = sum(
            p["kernelLambda"][:, r] * torch.tensordot(x, p["kernelQ"][:, :, r], 1) ** 2
            for r in range(p["kernelLambda"].shape[1])
        )
    y = y + x @ p["kernelL"] if "kernelL" in p else y
    y = y + p["biasL"] if "biasL" in p else y
    return ACTIVATIONS[config.get("activation", "linear")](y)


def bilinear(config, inputs, p):
    # torch.nn.Bilinear itself, its weight and bias by name
    x, z = inputs
    units, n, m = p["kernel"].shape
    layer = torch.nn.Bilinear(n, m, units, bias="bias" in p, dtype=torch.float64)
    weights = {"weight": p["kernel"]} | ({"bias": p["bias"]} if "bias" in p else {})
    y = torch.func.functional_call(layer, weights, (x, z))
    return ACTIVATIONS[config.get("activation", "linear")](y)


FUNCTIONS = {"quadDense": quad_dense, "quadraticForm": quadratic_form, "bilinear": bilinear}

quad = lambda n, u: {**{f"kernel{k}": [n, u] for k in "RGB"}, **{f"bias{k}": [u] for k in "RGC"}}
path = lambda n, u: {"kernelL": [n, u], "biasL": [u]}
pairs = lambda n: n * (n + 1) // 2

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
    (
        "quadDense",
        {"units": 2, "variant": "product", "activation": "tanh"},
        2,
        [[3]],
        {**{f"kernel{k}": [3, 2] for k in "RG"}, **{f"bias{k}": [2] for k in "RG"}},
    ),
    (
        "quadDense",
        {"units": 2, "variant": "quadralib"},
        2,
        [[2, 3]],
        {**{f"kernel{k}": [3, 2] for k in "RG"}, **path(3, 2)},
    ),
    (
        "quadDense",
        {"units": 3, "variant": "square", "useBias": False},
        2,
        [[2]],
        {"kernelB": [2, 3], "kernelL": [2, 3]},
    ),
    (
        "quadDense",
        {"units": 2, "variant": "lowRank", "rank": 2},
        2,
        [[2, 3]],
        {"kernelQ": [3, 2, 2], "kernelLambda": [2, 2], **path(3, 2)},
    ),
    (
        "quadDense",
        {"units": 2, "variant": "symmetric", "activation": "sigmoid"},
        2,
        [[2, 3]],
        {"kernelS": [pairs(3), 2], **path(3, 2)},
    ),
    ("quadraticForm", {"units": 2}, 3, [[4]], {"kernelS": [pairs(4), 2], **path(4, 2)}),
    (
        "quadraticForm",
        {"units": 3, "form": "full", "activation": "tanh"},
        2,
        [[2, 3]],
        {"kernelA": [3, 3, 3], **path(3, 3)},
    ),
    (
        "quadraticForm",
        {"units": 2, "form": "full", "start": "random", "useLinear": False, "useBias": False},
        2,
        [[3]],
        {"kernelA": [2, 3, 3]},
    ),
    (
        "quadraticForm",
        {"units": 2, "form": "lowRank", "rank": 3, "start": "random", "useLinear": False},
        2,
        [[2, 1, 4]],
        {"kernelQ": [4, 2, 3], "kernelLambda": [2, 3], "biasL": [2]},
    ),
    ("bilinear", {"units": 3}, 3, [[4], [2]], {"kernel": [3, 4, 2], "bias": [3]}),
    ("bilinear", {"units": 2, "useBias": False}, 2, [[3], [3]], {"kernel": [2, 3, 3]}),
    (
        "bilinear",
        {"units": 2, "activation": "softplus"},
        2,
        [[2, 2, 3], [2, 2, 1]],
        {"kernel": [2, 3, 1], "bias": [2]},
    ),
]

write_layers(FUNCTIONS, CASES)
