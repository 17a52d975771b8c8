"""Golden values and gradients of the cross layers, in float64.

Run: python vectors/generate/layers/cross.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch
from torch.nn import functional as F

from layerCases import ACTIVATIONS, write_layers


def feature_cross(config, inputs, p):
    # keras_rs FeatureCross.call: down projection, dense with pre-activation, diagonal, product, residual
    x0, x = inputs if len(inputs) == 2 else (inputs[0], inputs[0])
    output = F.linear(x, p["kernelU"].T) if "kernelU" in p else x
    kernel = p["kernelV"] if "kernelU" in p else p["kernel"]
    output = F.linear(output, kernel.T, p.get("bias"))
    output = ACTIVATIONS[config.get("preActivation", "linear")](output)
    return x0 * (output + config.get("diagScale", 0) * x) + x


def mix_step(config, x0, x, p):
    # DCN V2, Eq. (3) and (4), a sample and an expert at a time, in column vectors
    activation = ACTIVATIONS[config.get("expertActivation", "tanh")]
    experts = p["kernelDown"].shape[0]
    rows = []
    for x0_row, row in zip(x0.reshape(-1, x0.shape[-1]), x.reshape(-1, x.shape[-1])):
        if "gateKernel" in p:
            scores = torch.stack([row @ p["gateKernel"][:, e] for e in range(experts)])
            gates = scores.softmax(0) if config.get("gate", "softmax") == "softmax" else torch.sigmoid(scores)
        else:
            gates = torch.ones(1, dtype=row.dtype)
        result = row
        for e in range(experts):
            v, c, u = p["kernelDown"][e], p["kernelCore"][e], p["kernelUp"][e].T
            inner = u @ activation(c.T @ activation(v.T @ row))
            result = result + gates[e] * x0_row * (inner + p["bias"] if "bias" in p else inner)
        rows.append(result)
    return torch.stack(rows).reshape(x.shape)


def gated_step(config, x0, x, p):
    # GDCN
    gate = torch.sigmoid(F.linear(x, p["gateKernel"].T))
    return x0 * (F.linear(x, p["kernel"].T) + p.get("bias", 0)) * gate + x


def vector_step(config, x0, x, p):
    # DCN, Eq. (3): x0 xᵀ w + b + x, with the outer product written out
    return torch.einsum("...i,...j,j->...i", x0, x, p["kernel"][:, 0]) + p.get("bias", 0) + x


STEPS = {
    "vector": vector_step,
    "matrix": lambda config, x0, x, p: feature_cross({}, [x0, x], p),
    "lowRank": lambda config, x0, x, p: feature_cross({}, [x0, x], p),
    "mix": mix_step,
    "gated": gated_step,
}


def cross_network(config, inputs, p):
    (x0,) = inputs
    x = x0
    for step in range(config.get("numLayers", 3)):
        own = {name[: -len(str(step))]: value for name, value in p.items() if name.endswith(str(step))}
        if "gateKernel" in p:
            own["gateKernel"] = p["gateKernel"]
        x = STEPS[config.get("mode", "matrix")](config, x0, x, own)
    return x


def pair(step):
    return lambda config, inputs, p: step(config, inputs[0], inputs[-1], p)


def khatri_rao(config, inputs, p):
    # QNN_alpha's QuadraticLayer: heads are split off every field and stacked
    (ego,) = inputs
    x = ego.reshape(-1, ego.shape[-1])
    n, heads, fields = x.shape[-1], config.get("numHeads", 1), config.get("numFields", 1)
    parts = torch.tensor_split(x.reshape(len(x), fields, n // fields), heads, dim=-1)
    multihead = torch.stack(parts, dim=1).reshape(len(x), heads, n // heads)
    products = torch.zeros_like(multihead)
    for row in range(config.get("numRows", 2)):
        h = F.linear(x, p["kernel"][row].T, p["bias"][row] if "bias" in p else None)
        h = ACTIVATIONS[config.get("midActivation", "relu")](h)
        products = products + multihead * h.reshape(len(x), heads, n // heads)
    return products.reshape(ego.shape) + ego


def mask_block(config, inputs, p):
    v, h = inputs if len(inputs) == 2 else (inputs[0], inputs[0])
    mask = ACTIVATIONS[config.get("maskActivation", "relu")](
        F.linear(v, p["maskHiddenKernel"].T, p["maskHiddenBias"])
    )
    mask = F.linear(mask, p["maskKernel"].T, p["maskBias"])
    y = F.linear(mask * h, p["kernel"].T)
    if config.get("useLayerNorm", True):
        y = F.layer_norm(y, y.shape[-1:], p["gamma"], p["beta"], config.get("epsilon", 1e-5))
    return ACTIVATIONS[config.get("activation", "relu")](y)


def factorized_interaction(config, inputs, p):
    # FINAL: one linear map whose result is cut in two
    (x,) = inputs
    weight = torch.cat([p["kernel"], p["factorKernel"]], dim=1).T
    bias = torch.cat([p["bias"], p["factorBias"]]) if "bias" in p else None
    h2, h1 = torch.chunk(F.linear(x, weight, bias), chunks=2, dim=-1)
    y = h2 + h1 * h2 if config.get("residualType", "sum") == "sum" else torch.cat([h2, h1 * h2], dim=-1)
    return ACTIVATIONS[config.get("activation", "linear")](y)


def interaction_aggregation(config, inputs, p):
    # A torch bilinear map for every head
    x, y = inputs
    heads = config.get("numHeads", 1)
    z = F.linear(x, p["kernelX"].T, p.get("bias")) + F.linear(y, p["kernelY"].T)
    for head, (x_h, y_h) in enumerate(zip(x.chunk(heads, -1), y.chunk(heads, -1))):
        z = z + F.bilinear(x_h, y_h, p["kernelXY"][head].permute(2, 0, 1))
    return ACTIVATIONS[config.get("activation", "linear")](z)


def euler_interaction(config, inputs, p):
    # Complex arithmetic: the product of powers is e^(Σ order · log z). No case comes near the guard at the origin.
    (x,) = inputs
    if config.get("encoding", "complex") == "phase":
        z = torch.polar(p["modulus"].abs().expand(x.shape), x)
        z = torch.where(p["modulus"] < 0, -z, z)
    else:
        re, im = x.chunk(2, -1)
        z = torch.complex(re, im)
    assert z.abs().min() ** 2 > config.get("epsilon", 1e-8)
    logarithm = torch.einsum("...fd,fo->...od", z.log(), p["orders"].to(z.dtype))
    explicit = torch.exp(logarithm + torch.complex(p["modulusBias"], p["angleBias"]))
    activation = ACTIVATIONS[config.get("activation", "relu")]
    dense = lambda part: activation(F.linear(part.flatten(-2), p["kernel"].T, p["bias"])).reshape(explicit.shape)
    return torch.cat([explicit.real + dense(z.real), explicit.imag + dense(z.imag)], dim=-1)


def log_transform(config, inputs, p):
    # A product of powers, field by field
    (x,) = inputs
    size = torch.sqrt(x**2 + config.get("epsilon", 1e-5) ** 2)
    neurons = []
    for unit in range(config["units"]):
        y = torch.exp(p["bias"][unit]) if "bias" in p else torch.ones((), dtype=x.dtype)
        for field in range(x.shape[-2]):
            y = y * size[..., field, :] ** p["orders"][field, unit]
        neurons.append(y)
    return torch.stack(neurons, dim=-2)


FUNCTIONS = {
    "featureCross": feature_cross,
    "crossNetwork": cross_network,
    "crossMix": pair(mix_step),
    "gatedCross": pair(gated_step),
    "khatriRao": khatri_rao,
    "maskBlock": mask_block,
    "factorizedInteraction": factorized_interaction,
    "interactionAggregation": interaction_aggregation,
    "eulerInteraction": euler_interaction,
    "logTransform": log_transform,
}


def mix(e, n, r, has_gate=True):
    gate = {"gateKernel": [n, e]} if has_gate else {}
    return {"kernelDown": [e, n, r], "kernelCore": [e, r, r], "kernelUp": [e, r, n], **gate, "bias": [n]}


def steps(count, parameters, shared=()):
    numbered = {f"{name}{at}": shape for at in range(count) for name, shape in parameters.items() if name not in shared}
    return {**numbered, **{name: parameters[name] for name in shared}}


def masks(m, n, k, units):
    hidden = {"maskHiddenKernel": [m, k], "maskHiddenBias": [k], "maskKernel": [k, n], "maskBias": [n]}
    return {**hidden, "kernel": [n, units]}


def euler(fields, size, units):
    biases = {"modulusBias": [units, size], "angleBias": [units, size], "bias": [units * size]}
    return {"orders": [fields, units], "kernel": [fields * size, units * size], **biases}


NORM = lambda units: {"gamma": [units], "beta": [units]}

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
    ("crossNetwork", {}, 2, [[3]], steps(3, {"kernel": [3, 3], "bias": [3]})),
    ("crossNetwork", {"mode": "vector", "numLayers": 4}, 2, [[3]], steps(4, {"kernel": [3, 1], "bias": [3]})),
    (
        "crossNetwork",
        {"mode": "lowRank", "numLayers": 2, "useBias": False},
        2,
        [[2, 5]],
        steps(2, {"kernelU": [5, 2], "kernelV": [2, 5]}),
    ),
    ("crossNetwork", {"mode": "mix", "numLayers": 2, "numExperts": 3}, 2, [[4]], steps(2, mix(3, 4, 1))),
    (
        "crossNetwork",
        {"mode": "mix", "numLayers": 2, "numExperts": 2, "projectionDim": 2, "sharesGate": True},
        2,
        [[3]],
        steps(2, mix(2, 3, 2), ["gateKernel"]),
    ),
    (
        "crossNetwork",
        {"mode": "gated", "numLayers": 2},
        2,
        [[3]],
        steps(2, {"kernel": [3, 3], "gateKernel": [3, 3], "bias": [3]}),
    ),
    ("crossMix", {"numExperts": 3, "projectionDim": 2}, 2, [[4], [4]], mix(3, 4, 2)),
    ("crossMix", {"numExperts": 2, "gate": "sigmoid", "expertActivation": "relu"}, 1, [[5]], mix(2, 5, 2)),
    (
        "crossMix",
        {"numExperts": 1, "expertActivation": "linear", "projectionDim": 2},
        2,
        [[2, 3], [2, 3]],
        mix(1, 3, 2, has_gate=False),
    ),
    ("gatedCross", {}, 3, [[4], [4]], {"kernel": [4, 4], "gateKernel": [4, 4], "bias": [4]}),
    ("gatedCross", {"useBias": False}, 2, [[2, 3]], {"kernel": [3, 3], "gateKernel": [3, 3]}),
    ("khatriRao", {}, 3, [[4]], {"kernel": [2, 4, 4], "bias": [2, 4]}),
    (
        "khatriRao",
        {"numRows": 3, "numHeads": 2, "numFields": 3, "midActivation": "tanh"},
        2,
        [[12]],
        {"kernel": [3, 12, 12], "bias": [3, 12]},
    ),
    (
        "khatriRao",
        {"numRows": 1, "midActivation": "linear", "useBias": False},
        2,
        [[2, 3]],
        {"kernel": [1, 3, 3]},
    ),
    ("maskBlock", {"units": 3}, 3, [[4], [5]], {**masks(4, 5, 5, 3), **NORM(3)}),
    (
        "maskBlock",
        {"units": 4, "reductionRatio": 1.5, "maskActivation": "tanh", "activation": "gelu", "epsilon": 0.01},
        2,
        [[2, 3]],
        {**masks(3, 3, 4, 4), **NORM(4)},
    ),
    ("maskBlock", {"units": 1, "useLayerNorm": False}, 2, [[3], [2]], masks(3, 2, 2, 1)),
    (
        "factorizedInteraction",
        {"units": 3, "activation": "relu"},
        3,
        [[4]],
        {"kernel": [4, 3], "bias": [3], "factorKernel": [4, 3], "factorBias": [3]},
    ),
    (
        "factorizedInteraction",
        {"units": 4, "residualType": "concat", "useBias": False},
        2,
        [[2, 3]],
        {"kernel": [3, 2], "factorKernel": [3, 2]},
    ),
    (
        "interactionAggregation",
        {"units": 2},
        3,
        [[4], [3]],
        {"kernelX": [4, 2], "kernelY": [3, 2], "kernelXY": [1, 4, 3, 2], "bias": [2]},
    ),
    (
        "interactionAggregation",
        {"units": 1, "numHeads": 3, "useBias": False, "activation": "sigmoid"},
        2,
        [[2, 3], [2, 6]],
        {"kernelX": [3, 1], "kernelY": [6, 1], "kernelXY": [3, 1, 2, 1]},
    ),
    ("eulerInteraction", {"units": 2}, 3, [[3, 4]], euler(3, 2, 2)),
    (
        "eulerInteraction",
        {"units": 3, "encoding": "phase", "activation": "tanh"},
        2,
        [[2, 2, 3]],
        {**euler(2, 3, 3), "modulus": [2, 1]},
    ),
    ("logTransform", {"units": 2}, 3, [[3, 4]], {"orders": [3, 2], "bias": [2]}),
    ("logTransform", {"units": 3, "epsilon": 0.3, "useBias": False}, 2, [[2, 2, 2]], {"orders": [2, 3]}),
]

write_layers(FUNCTIONS, CASES)
