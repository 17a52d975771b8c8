"""Golden values and gradients of the layers on image patches, in float64: loops over the columns of torch's unfold.

Run: python vectors/generate/layers/convolution.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import math
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch
import torch.nn.functional as F

from layerCases import ACTIVATIONS, write_layers


def pair(value):
    return [value, value] if isinstance(value, int) else list(value)


def columns(config, x):
    """im2col: x [B, H, W, C] -> patches [B, OH * OW, kh * kw * C], values row by row, channels last; and (OH, OW)."""
    kernel, strides = pair(config["kernelSize"]), pair(config.get("strides", 1))
    dilation = pair(config.get("dilationRate", 1))
    x = x.permute(0, 3, 1, 2)
    spans = [(k - 1) * d + 1 for k, d in zip(kernel, dilation)]
    if config.get("padding", "valid") == "same":
        # TensorFlow's rule: ceil(extent / stride) windows, the odd zero after
        totals = [max(0, (math.ceil(n / s) - 1) * s + span - n) for n, s, span in zip(x.shape[2:], strides, spans)]
        (top, left) = [total // 2 for total in totals]
        x = F.pad(x, (left, totals[1] - left, top, totals[0] - top))
    grid = [(n - span) // s + 1 for n, s, span in zip(x.shape[2:], strides, spans)]
    unfolded = F.unfold(x, kernel, dilation=dilation, stride=strides)
    batch, channels = x.shape[:2]
    by_channel = unfolded.reshape(batch, channels, kernel[0] * kernel[1], grid[0] * grid[1])
    return by_channel.permute(0, 3, 2, 1).reshape(batch, grid[0] * grid[1], -1), grid


def per_filter(config, x, filters, value):
    """y [B, OH, OW, F] of value(patches, f) for every filter."""
    patches, grid = columns(config, x)
    y = torch.stack([value(patches, f) for f in range(filters)], -1)
    return ACTIVATIONS[config.get("activation", "linear")](y.reshape(x.shape[0], *grid, filters))


def quad_conv2d(config, inputs, p):
    groups, variant = config.get("groups", 1), config.get("variant", "fan")
    filters = config["filters"]

    def value(patches, f):
        # The channels of the group of filter f
        channels = inputs[0].shape[3] // groups
        group = f // (filters // groups)
        own = patches.reshape(*patches.shape[:2], -1, groups * channels)
        own = own[..., group * channels : (group + 1) * channels].flatten(2)
        kernel = lambda k: p[f"kernel{k}"][..., f].flatten()
        bias = lambda k: p[f"bias{k}"][f] if f"bias{k}" in p else 0.0
        if variant == "square":
            return own**2 @ kernel("B") + own @ kernel("L") + bias("L")
        if variant == "quadralib":
            return (own @ kernel("R")) * (own @ kernel("G")) + own @ kernel("L") + bias("L")
        product = (own @ kernel("R") + bias("R")) * (own @ kernel("G") + bias("G"))
        return product if variant == "product" else product + own**2 @ kernel("B") + bias("C")

    return per_filter(config, inputs[0], filters, value)


def kervolution2d(config, inputs, p):
    kernel = config.get("kernel", "polynomial")

    def value(patches, f):
        w = p["kernel"][..., f].flatten()
        learnt = p["rootConstant"][0] ** 2 if "rootConstant" in p else None
        c = config.get("offset", 1) if learnt is None else learnt
        gamma = (config.get("gamma") or 1 / w.numel()) if learnt is None else learnt
        kappa = {
            "linear": lambda: patches @ w,
            "polynomial": lambda: (patches @ w + c) ** config.get("degree", 2),
            "gaussian": lambda: torch.exp(-gamma * ((patches - w) ** 2).sum(-1)),
            "l1": lambda: torch.linalg.vector_norm(patches - w, 1, dim=-1),
            "l2": lambda: torch.linalg.vector_norm(patches - w, 2, dim=-1),
            "sigmoid": lambda: torch.tanh(patches @ w),
        }[kernel]()
        return kappa + (p["bias"][f] if "bias" in p else 0.0)

    return per_filter(config, inputs[0], config["filters"], value)


def volterra2d(config, inputs, p):
    def value(patches, f):
        y = patches @ p["kernel"][..., f].flatten() + (p["bias"][f] if "bias" in p else 0.0)
        size = patches.shape[-1]
        if config.get("rank") is None:
            at = 0
            for i in range(size):
                for j in range(i, size):
                    y = y + p["kernelPairs"][at, f] * patches[..., i] * patches[..., j]
                    at += 1
            return y
        for k in range(config["rank"]):
            left, right = p["kernelLeft"][..., k, f].flatten(), p["kernelRight"][..., k, f].flatten()
            y = y + (patches @ left) * (patches @ right)
        return y

    return per_filter(config, inputs[0], config["filters"], value)


FUNCTIONS = {"quadConv2d": quad_conv2d, "kervolution2d": kervolution2d, "volterra2d": volterra2d}


def quad(shape, filters, kernels="RGB", biases="RGC"):
    return {**{f"kernel{k}": [*shape, filters] for k in kernels}, **{f"bias{k}": [filters] for k in biases}}


def weights(shape, filters, bias=True, **more):
    return {"kernel": [*shape, filters], **({"bias": [filters]} if bias else {}), **more}


triangle = lambda p: p * (p + 1) // 2

CASES = [
    ("quadConv2d", {"filters": 3, "kernelSize": 3, "activation": "tanh"}, 2, [[5, 4, 2]], quad([3, 3, 2], 3)),
    (
        "quadConv2d",
        {"filters": 2, "kernelSize": [3, 2], "strides": [2, 3], "padding": "same", "variant": "quadralib"},
        2,
        [[6, 7, 1]],
        quad([3, 2, 1], 2, "RGL", "L"),
    ),
    (
        "quadConv2d",
        {"filters": 4, "kernelSize": 2, "dilationRate": [1, 2], "variant": "product", "groups": 2},
        1,
        [[3, 4, 4]],
        quad([2, 2, 2], 4, "RG", "RG"),
    ),
    (
        "quadConv2d",
        {"filters": 6, "kernelSize": 2, "groups": 3, "useBias": False, "start": "random"},
        2,
        [[3, 3, 3]],
        quad([2, 2, 1], 6, "RGB", ""),
    ),
    ("quadConv2d", {"filters": 2, "kernelSize": 2, "variant": "square"}, 1, [[3, 3, 2]], quad([2, 2, 2], 2, "BL", "L")),
    ("kervolution2d", {"filters": 2, "kernelSize": 2, "activation": "tanh"}, 2, [[3, 4, 2]], weights([2, 2, 2], 2)),
    (
        "kervolution2d",
        {"filters": 2, "kernelSize": [3, 2], "strides": 2, "padding": "same", "degree": 3, "learnConstant": True},
        1,
        [[5, 4, 1]],
        weights([3, 2, 1], 2, rootConstant=[1]),
    ),
    (
        "kervolution2d",
        {"filters": 2, "kernelSize": 2, "kernel": "polynomial", "degree": 5, "offset": 0.3, "useBias": False},
        1,
        [[3, 3, 1]],
        weights([2, 2, 1], 2, False),
    ),
    ("kervolution2d", {"filters": 2, "kernelSize": 3, "kernel": "gaussian"}, 2, [[4, 3, 2]], weights([3, 3, 2], 2)),
    (
        "kervolution2d",
        {"filters": 2, "kernelSize": 2, "kernel": "gaussian", "gamma": 0.4, "dilationRate": 2, "padding": "same"},
        1,
        [[3, 3, 1]],
        weights([2, 2, 1], 2),
    ),
    (
        "kervolution2d",
        {"filters": 2, "kernelSize": 2, "kernel": "gaussian", "learnConstant": True},
        1,
        [[3, 3, 1]],
        weights([2, 2, 1], 2, rootConstant=[1]),
    ),
    ("kervolution2d", {"filters": 3, "kernelSize": 2, "kernel": "l1"}, 2, [[3, 3, 2]], weights([2, 2, 2], 3)),
    (
        "kervolution2d",
        {"filters": 2, "kernelSize": 2, "kernel": "l2", "padding": "same"},
        1,
        [[3, 3, 1]],
        weights([2, 2, 1], 2),
    ),
    ("kervolution2d", {"filters": 2, "kernelSize": 2, "kernel": "sigmoid"}, 1, [[3, 3, 1]], weights([2, 2, 1], 2)),
    ("kervolution2d", {"filters": 2, "kernelSize": 2, "kernel": "linear"}, 1, [[3, 3, 1]], weights([2, 2, 1], 2)),
    (
        "volterra2d",
        {"filters": 2, "kernelSize": 2, "activation": "tanh"},
        2,
        [[3, 4, 2]],
        weights([2, 2, 2], 2, kernelPairs=[triangle(8), 2]),
    ),
    (
        "volterra2d",
        {"filters": 4, "kernelSize": [3, 1], "strides": 2, "padding": "same", "useBias": False},
        2,
        [[5, 4, 1]],
        weights([3, 1, 1], 4, False, kernelPairs=[triangle(3), 4]),
    ),
    (
        "volterra2d",
        {"filters": 3, "kernelSize": 2, "dilationRate": [2, 1], "rank": 2},
        2,
        [[4, 3, 2]],
        weights([2, 2, 2], 3, kernelLeft=[2, 2, 2, 2, 3], kernelRight=[2, 2, 2, 2, 3]),
    ),
]

write_layers(FUNCTIONS, CASES)
