"""What the scripts in vectors/generate/layers share: cases are drawn, run in a framework, and written, a file a layer.

A case is (layer, config, batch, input shapes without the batch, parameter shapes). A framework's function is
f(config, inputs, parameters) -> y, written as the source of the formula writes it, not as our record does.
"""
import os
import sys
import zlib
from collections import defaultdict

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import torch

from golden import numbers, write

ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "swish": torch.nn.functional.silu,
    "gelu": torch.nn.functional.gelu,
    "softplus": torch.nn.functional.softplus,
}


def run_torch(function, config, inputs, parameters, dy):
    """Value and cotangents by torch autograd in float64."""
    leaves = [torch.tensor(value, requires_grad=True) for value in inputs]
    p = {name: torch.tensor(value, requires_grad=True) for name, value in parameters.items()}
    y = function(config, leaves, p)
    dy = dy(tuple(y.shape))
    y.backward(torch.tensor(dy))
    slope = lambda leaf: (torch.zeros_like(leaf) if leaf.grad is None else leaf.grad).numpy()
    return y.detach().numpy(), dy, [slope(x) for x in leaves], {name: slope(v) for name, v in p.items()}


def write_layers(functions, cases, framework="torch", version=torch.__version__, run=run_torch, draws=None):
    """Writes vectors/layers/<layer>.json for every layer in `cases`.

    `functions`  by layer
    `draws`      optional: {(layer, parameter or input number): shape -> array} for values that a plain normal law with
                 standard deviation 0.7 does not suit, such as positive ones; called with (rng, shape)
    """
    draws = draws or {}
    by_layer = defaultdict(list)
    for case in cases:
        by_layer[case[0]].append(case)
    for layer, own in by_layer.items():
        rng = np.random.default_rng(zlib.crc32(layer.encode()))
        plain = lambda rng, shape: rng.normal(0, 0.7, shape)
        draw = lambda shape, key=None: np.round(draws.get((layer, key), plain)(rng, shape), 4)
        written = []
        for _, config, batch, input_shapes, parameter_shapes in own:
            inputs = [draw([batch, *shape], at) for at, shape in enumerate(input_shapes)]
            parameters = {name: draw(shape, name) for name, shape in parameter_shapes.items()}
            y, dy, d_inputs, d_parameters = run(functions[layer], config, inputs, parameters, draw)
            written.append(
                {
                    "layer": layer,
                    "source": framework,
                    "config": config,
                    "batch": batch,
                    "inputShapes": input_shapes,
                    "inputs": [numbers(value) for value in inputs],
                    "parameters": {name: numbers(value) for name, value in parameters.items()},
                    "dy": numbers(dy),
                    "y": numbers(y),
                    "dInputs": [numbers(value) for value in d_inputs],
                    "dParameters": {name: numbers(value) for name, value in d_parameters.items()},
                }
            )
        script = f"vectors/generate/layers/{os.path.basename(sys.argv[0])}"
        write(f"layers/{layer}", framework, version, written, script)
