"""Golden values and gradients of the layers that accompany higher-order ones, in float64.

Run: python vectors/generate/layers/companion.py   (needs torch)
Writes vectors/layers/<layer>.json.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import torch
import torch.nn.functional as F

from layerCases import ACTIVATIONS, write_layers


def siren(config, inputs, p):
    # Sine()(Linear()(x)) of the authors' modules.py
    return torch.sin(config.get("omega", 30) * F.linear(inputs[0], p["kernel"].T, p.get("bias")))


def rms_norm(config, inputs, p):
    return F.rms_norm(inputs[0], inputs[0].shape[-1:], p.get("gamma"), config.get("epsilon", 1e-6))


def layer_norm(config, inputs, p):
    return F.layer_norm(inputs[0], inputs[0].shape[-1:], p.get("gamma"), p.get("beta"), config.get("epsilon", 1e-3))


def group_norm(config, inputs, p):
    channels_first = inputs[0].movedim(-1, 1)
    y = F.group_norm(channels_first, config["groups"], p.get("gamma"), p.get("beta"), config.get("epsilon", 1e-3))
    return y.movedim(1, -1)


def re_zero(config, inputs, p):
    return p["alpha"] * inputs[0] if len(inputs) == 1 else inputs[0] + p["alpha"] * inputs[1]


def spectral_dense(config, inputs, p):
    # Miyato et al., Algorithm 1, differentiated as it stands
    w, u = p["kernel"], p["u"]
    for _ in range(config.get("iterations", 1)):
        v = F.normalize(w @ u, dim=0)
        u = F.normalize(w.T @ v, dim=0)
    weight = w / (v @ w @ u)
    assert torch.allclose(weight, by_torch(config, p), rtol=1e-12)
    y = inputs[0] @ weight + (p["bias"] if "bias" in p else 0)
    return ACTIVATIONS[config.get("activation", "linear")](y)


def by_torch(config, p):
    """The normalised weight of torch.nn.utils.parametrizations.spectral_norm, which calls our u its v."""
    w = p["kernel"].detach()
    layer = torch.nn.Linear(w.shape[1], w.shape[0], dtype=torch.float64)
    torch.nn.utils.parametrizations.spectral_norm(layer, n_power_iterations=config.get("iterations", 1))
    layer.parametrizations.weight.original.data.copy_(w)
    layer.parametrizations.weight[0]._v.copy_(F.normalize(p["u"].detach(), dim=0))
    return layer.train().weight


FUNCTIONS = {
    "siren": siren,
    "rmsNorm": rms_norm,
    "layerNorm": layer_norm,
    "groupNorm": group_norm,
    "reZero": re_zero,
    "spectralDense": spectral_dense,
}

both = lambda n: {"gamma": [n], "beta": [n]}

CASES = [
    ("siren", {"units": 3}, 2, [[4]], {"kernel": [4, 3], "bias": [3]}),
    ("siren", {"units": 2, "omega": 5, "useBias": False, "isFirst": True}, 2, [[2, 3]], {"kernel": [3, 2]}),
    ("rmsNorm", {}, 3, [[4]], {"gamma": [4]}),
    ("rmsNorm", {"scale": False, "epsilon": 0.1}, 2, [[2, 3]], {}),
    ("layerNorm", {}, 3, [[4]], both(4)),
    ("layerNorm", {"scale": False, "epsilon": 1e-5}, 2, [[2, 3]], {"beta": [3]}),
    ("layerNorm", {"center": False}, 2, [[3]], {"gamma": [3]}),
    ("groupNorm", {"groups": 2}, 2, [[3, 2, 4]], both(4)),
    ("groupNorm", {"groups": 3, "epsilon": 1e-5}, 2, [[6]], both(6)),
    ("groupNorm", {"groups": 1, "scale": False, "center": False}, 2, [[3, 2]], {}),
    ("reZero", {}, 2, [[3], [3]], {"alpha": [1]}),
    ("reZero", {"perFeature": True}, 2, [[2, 3], [2, 3]], {"alpha": [3]}),
    ("reZero", {}, 2, [[3]], {"alpha": [1]}),
    ("spectralDense", {"units": 3, "activation": "tanh"}, 2, [[4]], {"kernel": [4, 3], "bias": [3], "u": [3]}),
    (
        "spectralDense",
        {"units": 2, "iterations": 3, "useBias": False},
        2,
        [[2, 3]],
        {"kernel": [3, 2], "u": [2]},
    ),
]

write_layers(FUNCTIONS, CASES)
