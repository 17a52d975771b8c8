"""Golden values and gradients of the layers with computed weights, in float64.

Run: python vectors/generate/layers/hyper.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import math
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch
import torch.nn.functional as F

from layerCases import ACTIVATIONS, write_layers


def encode(z, config):
    if config.get("zEncoding", "none") == "none":
        return z
    return torch.cat([torch.cos(math.pi / 2 * z), torch.sin(math.pi / 2 * z)])


def hypernet(code, config, p, hidden):
    """theta for one code: hidden layers, then the emission."""
    h = code
    for name in hidden:
        h = ACTIVATIONS[config.get("hiddenActivation", "relu")](h @ p[f"{name}Kernel"] + p[f"{name}Bias"])
    theta = h @ p["emissionKernel"]
    return theta + p["emissionBias"] if "emissionBias" in p else theta


def tensors_of(n, units, config):
    """(kind, layer, shape, standard deviation of hyperfan-in) of every generated tensor, for relu networks."""
    r, core, bias = config.get("rank"), config.get("rankForm") == "core", config.get("useBias", True)
    share = 2 if bias else 1
    found = []
    for layer, width in enumerate(units):
        q = 1.0 if layer == 0 else 0.5
        if not r:
            found.append(("kernel", layer, (n, width), (share * n * q) ** -0.5))
        elif core:
            found.append(("core", layer, (r, r), (share * r * q) ** -0.5))
        else:
            found.append(("u", layer, (n, r), (n * q) ** -0.5))
            found.append(("v", layer, (r, width), (share * r) ** -0.5))
        if bias:
            found.append(("bias", layer, (width,), 0.5**0.5))
        n = width
    return found


def generated(code, n, units, config, p, hidden):
    """The weights of one sample as a dictionary, by kind and layer."""
    tensors = tensors_of(n, units, config)
    if config.get("chunkSize"):
        # One small hypernetwork, run once for each learned chunk embedding.
        pieces = [hypernet(torch.cat([code, e]), config, p, hidden) for e in p["chunkEmbedding"]]
        theta = torch.cat(pieces)
    else:
        theta = hypernet(code, config, p, hidden)
    weights, at = {}, 0
    for kind, layer, shape, deviation in tensors:
        size = math.prod(shape)
        weight = theta[at : at + size].reshape(shape)
        if config.get("chunkSize"):
            weight = weight * deviation
        if config.get("base"):
            weight = p[f"{kind}{layer}Base"] + weight
        weights[kind, layer], at = weight, at + size
    assert at == len(theta) or (config.get("chunkSize") and at < len(theta))
    return weights


def task(row, weights, units, config, p):
    below = row
    for layer in range(len(units)):
        if ("kernel", layer) in weights:
            below = below @ weights["kernel", layer]
        elif ("core", layer) in weights:
            # APG: ((x U) S(z)) V
            below = ((below @ p[f"projectionU{layer}"]) @ weights["core", layer]) @ p[f"projectionV{layer}"]
        else:
            below = below @ (weights["u", layer] @ weights["v", layer])
        if ("bias", layer) in weights:
            below = below + weights["bias", layer]
        if layer < len(units) - 1:
            below = ACTIVATIONS[config.get("taskActivation", "relu")](below)
    return below


def generated_network(config, inputs, p, units, hidden):
    """A loop over rows; each runs a network of its own, with weights of its own z."""
    x = inputs[0]
    z = inputs[1] if len(inputs) == 2 else x
    rows = x.reshape(-1, x.shape[-1])
    shared = 1 if config.get("weightSource") == "static" else len(rows) // z.reshape(-1, z.shape[-1]).shape[0]
    results = []
    for at, row in enumerate(rows):
        if config.get("weightSource") == "static":
            code = p["embedding"]
        else:
            code = z.reshape(-1, z.shape[-1])[at // shared]
        weights = generated(encode(code, config), len(row), units, config, p, hidden)
        results.append(task(row, weights, units, config, p))
    y = torch.stack(results).reshape(*x.shape[:-1], units[-1])
    return ACTIVATIONS[config.get("activation", "linear")](y)


def hyper_dense(config, inputs, p):
    units = [*config.get("taskHiddenUnits", []), config["units"]]
    return generated_network(config, inputs, p, units, ["hidden"] if "hiddenKernel" in p else [])


def hyper_network(config, inputs, p):
    hidden = [f"hidden{at}" for at in range(len(config.get("hiddenUnits", [32])))]
    return generated_network(config, inputs, p, config["taskUnits"], hidden)


def film(config, inputs, p):
    x, z = inputs
    results = []
    rows, codes = x.reshape(-1, x.shape[-1]), z.reshape(-1, z.shape[-1])
    for at, row in enumerate(rows):
        g = codes[at * len(codes) // len(rows)]
        if "hiddenKernel" in p:
            g = ACTIVATIONS[config.get("hiddenActivation", "relu")](g @ p["hiddenKernel"] + p["hiddenBias"])
        y = row
        if "scaleKernel" in p:
            delta = g @ p["scaleKernel"] + p["scaleBias"]
            y = y * (2 * torch.sigmoid(delta) if config.get("scale") == "sigmoid" else 1 + delta)
        if "shiftKernel" in p:
            y = y + g @ p["shiftKernel"] + p["shiftBias"]
        results.append(y)
    return ACTIVATIONS[config.get("activation", "linear")](torch.stack(results).reshape(x.shape))


def shares_of(z, config, p):
    logits = (z @ p["routingKernel"] + p["routingBias"]) / config.get("temperature", 1)
    return torch.softmax(logits, -1) if config.get("routing") == "softmax" else torch.sigmoid(logits)


def cond_dense(config, inputs, p):
    x = inputs[0]
    z = inputs[1] if len(inputs) == 2 else x
    rows, codes = x.reshape(-1, x.shape[-1]), z.reshape(-1, z.shape[-1])
    results = []
    for at, row in enumerate(rows):
        total = 0
        for k, share in enumerate(shares_of(codes[at * len(codes) // len(rows)], config, p)):
            expert = row @ p["kernel"][k]
            total = total + share * (expert + p["bias"][k] if "bias" in p else expert)
        results.append(total)
    y = torch.stack(results).reshape(*x.shape[:-1], config["units"])
    return ACTIVATIONS[config.get("activation", "linear")](y)


def cond_conv2d(config, inputs, p):
    """torch's conv2d, image by image and expert by expert."""
    x = inputs[0]
    routed = inputs[1] if len(inputs) == 2 else x.mean((1, 2))
    kh, kw = config["kernelSize"]
    stride, dilation = config.get("strides", 1), config.get("dilationRate", 1)
    results = []
    for image, z in zip(x, routed):
        channels_first = image.permute(2, 0, 1)[None]
        if config.get("padding", "valid") == "same":
            sides = []
            for extent, window in ((x.shape[2], kw), (x.shape[1], kh)):
                span = (window - 1) * dilation + 1
                total = max(0, (-(-extent // stride) - 1) * stride + span - extent)
                sides += [total // 2, total - total // 2]
            channels_first = F.pad(channels_first, sides)
        total = 0
        for k, share in enumerate(shares_of(z, config, p)):
            kernel = p["kernel"][k].permute(3, 2, 0, 1)
            bias = p["bias"][k] if "bias" in p else None
            total = total + share * F.conv2d(channels_first, kernel, bias, stride=stride, dilation=dilation)
        results.append(total[0].permute(1, 2, 0))
    return ACTIVATIONS[config.get("activation", "linear")](torch.stack(results))


FUNCTIONS = {
    "hyperDense": hyper_dense,
    "hyperNetwork": hyper_network,
    "film": film,
    "condDense": cond_dense,
    "condConv2d": cond_conv2d,
}

hyper = lambda m, h, size: {
    **({"hiddenKernel": [m, h], "hiddenBias": [h]} if h else {}),
    "emissionKernel": [h or m, size],
    "emissionBias": [size],
}
affine = lambda name, rows, columns: {f"{name}Kernel": [rows, columns], f"{name}Bias": [columns]}

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
    (
        "hyperDense",
        {"units": 2, "hiddenUnits": 3, "weightSource": "static", "embeddingSize": 2, "zEncoding": "cosSin"},
        2,
        [[3]],
        {"embedding": [2], **hyper(4, 3, 8)},
    ),
    (
        "hyperDense",
        {
            "units": 3,
            "hiddenUnits": 4,
            "hiddenActivation": "tanh",
            "weightSource": "conditional",
            "rank": 2,
            "rankForm": "core",
            "base": True,
        },
        2,
        [[3, 2], [2]],
        {
            "hiddenKernel": [2, 4],
            "hiddenBias": [4],
            "emissionKernel": [4, 7],
            "core0Base": [2, 2],
            "bias0Base": [3],
            "projectionU0": [2, 2],
            "projectionV0": [2, 3],
        },
    ),
    (
        "hyperDense",
        {"units": 2, "taskHiddenUnits": [3], "hiddenUnits": 3, "chunkSize": 4, "chunkEmbeddingSize": 2},
        2,
        [[2], [1]],
        {"chunkEmbedding": [5, 2], **hyper(3, 3, 4)},
    ),
    (
        "hyperDense",
        {"units": 2, "hiddenUnits": 0, "chunkSize": 3, "chunkEmbeddingSize": 1, "base": True, "start": "zeroDelta"},
        2,
        [[2], [2]],
        {"chunkEmbedding": [2, 1], "emissionKernel": [3, 3], "kernel0Base": [2, 2], "bias0Base": [2]},
    ),
    (
        "hyperNetwork",
        {"taskUnits": [3, 2], "hiddenUnits": [4, 3], "hiddenActivation": "tanh", "taskActivation": "sigmoid"},
        2,
        [[2], [3]],
        {
            **affine("hidden0", 3, 4),
            **affine("hidden1", 4, 3),
            "emissionKernel": [3, 17],
            "emissionBias": [17],
        },
    ),
    (
        "hyperNetwork",
        {"taskUnits": [2, 2, 1], "hiddenUnits": [], "weightSource": "conditional", "rank": 1, "base": True},
        2,
        [[2, 2], [2]],
        {
            "emissionKernel": [2, 16],
            **{f"u{k}Base": [2, 1] for k in range(3)},
            "v0Base": [1, 2],
            "v1Base": [1, 2],
            "v2Base": [1, 1],
            "bias0Base": [2],
            "bias1Base": [2],
            "bias2Base": [1],
        },
    ),
    (
        "hyperNetwork",
        {
            "taskUnits": [3, 1],
            "hiddenUnits": [3],
            "weightSource": "static",
            "embeddingSize": 2,
            "chunkSize": 5,
            "chunkEmbeddingSize": 2,
            "zEncoding": "cosSin",
            "activation": "tanh",
        },
        3,
        [[2]],
        {"embedding": [2], "chunkEmbedding": [3, 2], **affine("hidden0", 6, 3), **affine("emission", 3, 5)},
    ),
    ("film", {}, 2, [[3], [2]], {**affine("scale", 2, 3), **affine("shift", 2, 3)}),
    (
        "film",
        {"scale": "sigmoid", "hiddenUnits": 3, "activation": "tanh"},
        2,
        [[2, 2, 3], [2]],
        {**affine("hidden", 2, 3), **affine("scale", 3, 3), **affine("shift", 3, 3)},
    ),
    (
        "film",
        {"useShift": False, "hiddenUnits": 2, "hiddenActivation": "tanh"},
        2,
        [[2, 2], [2, 1]],
        {**affine("hidden", 1, 2), **affine("scale", 2, 2)},
    ),
    ("film", {"scale": "none"}, 2, [[2], [2]], affine("shift", 2, 2)),
    (
        "condDense",
        {"units": 2, "experts": 3},
        3,
        [[4]],
        {"kernel": [3, 4, 2], "bias": [3, 2], **affine("routing", 4, 3)},
    ),
    (
        "condDense",
        {"units": 2, "routing": "softmax", "temperature": 3, "activation": "sigmoid"},
        2,
        [[3, 2], [3]],
        {"kernel": [4, 2, 2], "bias": [4, 2], **affine("routing", 3, 4)},
    ),
    (
        "condDense",
        {"units": 2, "experts": 1, "temperature": 0.5, "useBias": False},
        2,
        [[2, 3]],
        {"kernel": [1, 3, 2], **affine("routing", 3, 1)},
    ),
    (
        "condConv2d",
        {"filters": 2, "kernelSize": [2, 2], "experts": 3},
        2,
        [[3, 4, 2]],
        {"kernel": [3, 2, 2, 2, 2], "bias": [3, 2], **affine("routing", 2, 3)},
    ),
    (
        "condConv2d",
        {
            "filters": 2,
            "kernelSize": [3, 2],
            "strides": 2,
            "padding": "same",
            "experts": 2,
            "routing": "softmax",
            "temperature": 4,
            "activation": "tanh",
        },
        2,
        [[4, 3, 1], [3]],
        {"kernel": [2, 3, 2, 1, 2], "bias": [2, 2], **affine("routing", 3, 2)},
    ),
    (
        "condConv2d",
        {"filters": 1, "kernelSize": [2, 2], "dilationRate": 2, "experts": 1, "useBias": False},
        2,
        [[3, 4, 2]],
        {"kernel": [1, 2, 2, 2, 1], **affine("routing", 2, 1)},
    ),
]

write_layers(FUNCTIONS, CASES)
