"""Golden values and gradients of the factorization layers, in float64: sums over pairs as loops over pairs.

Run: python vectors/generate/layers/factorization.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import itertools
import math
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch

from layerCases import ACTIVATIONS, write_layers


def rows_of(x, axes):
    """The samples of an input: everything before its last `axes` axes, flat."""
    return x.reshape(-1, *x.shape[len(x.shape) - axes :])


def each_row(axes, function):
    """f(config, one row, parameters) -> tensor, as a layer on inputs of any rank."""

    def run(config, inputs, p):
        (x,) = inputs
        results = torch.stack([function(config, row, p) for row in rows_of(x, axes)])
        return results.reshape(*x.shape[: len(x.shape) - axes], *results.shape[1:])

    return run


def pairs_of(fields):
    return list(itertools.combinations(range(fields), 2))


def activate(config, y, option="activation", default="linear"):
    return ACTIVATIONS[config.get(option, default)](y)


def factorization_machine(config, x, p):
    # Rendle 2010, Eq. (1)
    n = len(x)
    outputs = []
    for unit in range(config.get("units", 1)):
        total = p["bias"][unit] if "bias" in p else torch.zeros((), dtype=x.dtype)
        if "linear" in p:
            for i in range(n):
                total = total + p["linear"][i, unit] * x[i]
        gain = p["gain"][unit] if "gain" in p else 1
        for i, j in pairs_of(n):
            total = total + gain * torch.dot(p["factors"][i, unit], p["factors"][j, unit]) * x[i] * x[j]
        outputs.append(total)
    return activate(config, torch.stack(outputs))


def field_score(join):
    def run(config, x, p):
        total = p["bias"][0] if "bias" in p else torch.zeros((), dtype=x.dtype)
        if "linear" in p:
            for i in range(len(x)):
                total = total + torch.dot(p["linear"][i], x[i])
        for at, (i, j) in enumerate(pairs_of(len(x))):
            total = total + join(config, p["pairWeights"][at], x[i], x[j])
        return activate(config, total.reshape(1))

    return run


def fwfm_pair(config, weight, left, right):
    return weight * torch.dot(left, right)


def fmfm_pair(config, weight, left, right):
    kind = config.get("pairForm", "matrix")
    if kind == "vector":
        return torch.dot(left * weight, right)
    return left @ (weight + weight.T if kind == "symmetric" else weight) @ right


def ffm(config, x, p):
    fields = len(x)
    length = x.shape[1] // (fields - 1)
    # vector[i][j]: what field i has for field j
    vector = [
        dict(zip([j for j in range(fields) if j != i], x[i].reshape(fields - 1, length))) for i in range(fields)
    ]
    total = sum(torch.dot(vector[i][j], vector[j][i]) for i, j in pairs_of(fields)).reshape(1)
    return total / math.sqrt(length * len(pairs_of(fields))) if config.get("isScaled") else total


def afm(config, x, p):
    products = [x[i] * x[j] for i, j in pairs_of(len(x))]
    scores = []
    for product in products:
        hidden = product @ p["attentionKernel"]
        hidden = hidden + p["attentionBias"] if "attentionBias" in p else hidden
        hidden = activate(config, hidden, "attentionActivation", "relu")
        scores.append(torch.dot(hidden, p["attentionVector"][:, 0]))
    weights = torch.softmax(torch.stack(scores), 0)
    pooled = sum(weight * product for weight, product in zip(weights, products))
    return activate(config, (pooled @ p["projection"]).reshape(1))


def cin(config, x, p):
    maps, sums = list(x), []
    sizes = config["layerSizes"]
    for layer, size in enumerate(sizes):
        current = []
        for h in range(size):
            total = torch.zeros_like(x[0])
            for i, left in enumerate(maps):
                for j, right in enumerate(x):
                    total = total + p[f"kernel{layer}"][i, j, h] * left * right
            total = total + p[f"bias{layer}"][h] if f"bias{layer}" in p else total
            current.append(activate(config, total))
        maps, shown = current, current
        if config.get("splitHalf") and layer < len(sizes) - 1:
            maps, shown = current[: size // 2], current[size // 2 :]
        sums += [one.sum() for one in shown]
    y = torch.stack(sums)
    return y / math.sqrt(x.shape[1]) if config.get("isScaled") else y


def bilinear_interaction(config, x, p):
    kind = config.get("type", "interaction")
    outputs = []
    for at, (i, j) in enumerate(pairs_of(len(x))):
        kernel = p["kernel"][{"all": 0, "each": i, "interaction": at}[kind]]
        product = (x[i] @ kernel) * x[j]
        outputs.append(product.sum() if config.get("product") == "inner" else product)
    return torch.stack(outputs)


def dot_interaction(config, x, p):
    outputs = []
    for i in range(len(x)):
        for j in range(len(x)):
            is_kept = j < i or (config.get("selfInteraction", False) and i == j)
            if is_kept:
                outputs.append(torch.dot(x[i], x[j]))
            elif config.get("skipGather"):
                outputs.append(torch.zeros((), dtype=x.dtype))
    y = torch.stack(outputs)
    return y / math.sqrt(x.shape[1]) if config.get("isScaled") else y


def bi_interaction(config, x, p):
    pairs = pairs_of(len(x))
    y = sum(x[i] * x[j] for i, j in pairs)
    return y / math.sqrt(len(pairs)) if config.get("isScaled") else y


def elementary_symmetric(config, x, p):
    order, fields = config["order"], len(x)
    outputs = []
    for k in range(1, order + 1):
        subsets = list(itertools.combinations(range(fields), k))
        e = sum(torch.stack([x[i] for i in subset]).prod(0) for subset in subsets)
        if config.get("isScaled"):
            e = e / math.sqrt(math.comb(fields, k))
        outputs.append(e)
    if config.get("output", "all") == "all":
        return torch.stack(outputs)
    return sum(outputs) / math.sqrt(order) if config.get("isScaled") else sum(outputs)


def squeeze_excitation(config, x, p):
    squeezed = x.amax(1) if config.get("squeeze") == "max" else x.mean(1)
    linear = torch.nn.functional.linear
    hidden = linear(squeezed, p["reductionKernel"].T, p.get("reductionBias"))
    hidden = activate(config, hidden, "hiddenActivation", "relu")
    gates = linear(hidden, p["excitationKernel"].T, p.get("excitationBias"))
    gates = activate(config, gates, "gateActivation", "relu")
    return torch.stack([gate * field for gate, field in zip(gates, x)])


FUNCTIONS = {
    "factorizationMachine": each_row(1, factorization_machine),
    "fwfm": each_row(2, field_score(fwfm_pair)),
    "fmfm": each_row(2, field_score(fmfm_pair)),
    "ffm": each_row(2, ffm),
    "afm": each_row(2, afm),
    "cin": each_row(2, cin),
    "bilinearInteraction": each_row(2, bilinear_interaction),
    "dotInteraction": each_row(2, dot_interaction),
    "biInteraction": each_row(2, bi_interaction),
    "elementarySymmetric": each_row(2, elementary_symmetric),
    "squeezeExcitation": each_row(2, squeeze_excitation),
}

attention = lambda d, a: {"attentionKernel": [d, a], "attentionVector": [a, 1], "projection": [d, 1]}
excitation = lambda f, r: {
    "reductionKernel": [f, r],
    "reductionBias": [r],
    "excitationKernel": [r, f],
    "excitationBias": [f],
}

CASES = [
    (
        "factorizationMachine",
        {"factors": 3},
        3,
        [[5]],
        {"linear": [5, 1], "factors": [5, 1, 3], "bias": [1]},
    ),
    (
        "factorizationMachine",
        {"factors": 2, "units": 3, "start": "linear", "activation": "tanh"},
        2,
        [[2, 4]],
        {"linear": [4, 3], "factors": [4, 3, 2], "gain": [3], "bias": [3]},
    ),
    (
        "factorizationMachine",
        {"factors": 2, "units": 2, "useLinear": False, "useBias": False},
        2,
        [[3]],
        {"factors": [3, 2, 2]},
    ),
    ("fwfm", {}, 3, [[5, 3]], {"pairWeights": [10], "linear": [5, 3], "bias": [1]}),
    ("fwfm", {"useLinear": False, "useBias": False, "activation": "sigmoid"}, 2, [[2, 3, 2]], {"pairWeights": [3]}),
    ("fmfm", {}, 2, [[4, 3]], {"pairWeights": [6, 3, 3], "linear": [4, 3], "bias": [1]}),
    (
        "fmfm",
        {"pairForm": "symmetric", "useLinear": False, "activation": "tanh"},
        2,
        [[3, 2]],
        {"pairWeights": [3, 2, 2], "bias": [1]},
    ),
    (
        "fmfm",
        {"pairForm": "vector", "start": "linear", "useBias": False},
        2,
        [[2, 4, 2]],
        {"pairWeights": [6, 2], "linear": [4, 2]},
    ),
    ("ffm", {}, 2, [[4, 6]], {}),
    ("ffm", {"isScaled": True}, 2, [[2, 3, 2]], {}),
    ("ffm", {}, 2, [[2, 3]], {}),
    ("afm", {}, 3, [[4, 3]], {**attention(3, 4), "attentionBias": [4]}),
    (
        "afm",
        {"attentionUnits": 2, "attentionActivation": "tanh", "useBias": False, "activation": "sigmoid"},
        2,
        [[2, 3, 2]],
        attention(2, 2),
    ),
    ("cin", {"layerSizes": [3], "useBias": False}, 2, [[4, 3]], {"kernel0": [4, 4, 3]}),
    (
        "cin",
        {"layerSizes": [4, 2, 3], "splitHalf": True},
        2,
        [[3, 2]],
        {
            "kernel0": [3, 3, 4],
            "bias0": [4],
            "kernel1": [2, 3, 2],
            "bias1": [2],
            "kernel2": [1, 3, 3],
            "bias2": [3],
        },
    ),
    (
        "cin",
        {"layerSizes": [3, 2], "activation": "tanh", "isScaled": True},
        2,
        [[2, 3, 2]],
        {"kernel0": [3, 3, 3], "bias0": [3], "kernel1": [3, 3, 2], "bias1": [2]},
    ),
    ("bilinearInteraction", {"type": "all"}, 2, [[4, 3]], {"kernel": [1, 3, 3]}),
    ("bilinearInteraction", {"type": "each"}, 2, [[2, 4, 2]], {"kernel": [3, 2, 2]}),
    ("bilinearInteraction", {}, 2, [[4, 2]], {"kernel": [6, 2, 2]}),
    ("bilinearInteraction", {"type": "all", "product": "inner"}, 2, [[4, 2]], {"kernel": [1, 2, 2]}),
    ("bilinearInteraction", {"type": "each", "product": "inner"}, 2, [[3, 3]], {"kernel": [2, 3, 3]}),
    ("bilinearInteraction", {"type": "interaction", "product": "inner"}, 2, [[2, 3, 2]], {"kernel": [3, 2, 2]}),
    ("dotInteraction", {}, 2, [[4, 3]], {}),
    ("dotInteraction", {"selfInteraction": True, "isScaled": True}, 2, [[3, 2]], {}),
    ("dotInteraction", {"skipGather": True}, 2, [[2, 3, 2]], {}),
    ("dotInteraction", {"selfInteraction": True, "skipGather": True}, 2, [[3, 2]], {}),
    ("biInteraction", {}, 3, [[5, 3]], {}),
    ("biInteraction", {"isScaled": True}, 2, [[2, 3, 2]], {}),
    ("elementarySymmetric", {"order": 4}, 2, [[5, 2]], {}),
    ("elementarySymmetric", {"order": 3, "output": "sum"}, 2, [[2, 4, 2]], {}),
    ("elementarySymmetric", {"order": 3, "isScaled": True}, 2, [[3, 2]], {}),
    ("elementarySymmetric", {"order": 2, "output": "sum", "isScaled": True}, 2, [[4, 1]], {}),
    ("squeezeExcitation", {}, 3, [[7, 2]], excitation(7, 2)),
    (
        "squeezeExcitation",
        {"squeeze": "max", "hiddenActivation": "tanh", "gateActivation": "sigmoid", "start": "random"},
        2,
        [[2, 4, 3]],
        excitation(4, 1),
    ),
    (
        "squeezeExcitation",
        {"reductionRatio": 1, "useBias": False, "start": "random"},
        2,
        [[3, 2]],
        {"reductionKernel": [3, 3], "excitationKernel": [3, 3]},
    ),
]

write_layers(FUNCTIONS, CASES)
