"""Golden values and gradients of layers in float64: torch autograd, and tensorflow where its padding rules matter.

Run: python vectors/generate/layers.py   (needs torch and tensorflow)
Writes vectors/layers.json.
"""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
import torch

from golden import numbers, write

ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "swish": torch.nn.functional.silu,
}


def dense(config, inputs, p):
    x, bias = inputs[0], p.get("bias")
    y = torch.nn.functional.linear(x, p["kernel"].T, bias)
    return ACTIVATIONS[config.get("activation", "linear")](y)


def quad_dense(config, inputs, p):
    # The document's call()
    (x,) = inputs
    if config.get("useBias", True):
        x_r, x_g = x @ p["kernelR"] + p["biasR"], x @ p["kernelG"] + p["biasG"]
        y = torch.multiply(x_r, x_g) + x**2 @ p["kernelB"] + p["biasC"]
    else:
        y = torch.multiply(x @ p["kernelR"], x @ p["kernelG"]) + x**2 @ p["kernelB"]
    return ACTIVATIONS[config.get("activation", "linear")](y)


def feature_cross(config, inputs, p):
    # keras_rs FeatureCross.call: down projection, dense with pre-activation, diagonal, product, residual
    x0, x = inputs if len(inputs) == 2 else (inputs[0], inputs[0])
    output = torch.nn.functional.linear(x, p["kernelU"].T) if "kernelU" in p else x
    kernel = p["kernelV"] if "kernelU" in p else p["kernel"]
    output = torch.nn.functional.linear(output, kernel.T, p.get("bias"))
    output = ACTIVATIONS[config.get("preActivation", "linear")](output)
    return x0 * (output + config.get("diagScale", 0) * x) + x


def hyper_dense(config, inputs, p):
    # A loop over samples; each runs a torch network of its own.
    x, z = inputs if len(inputs) == 2 else (inputs[0], inputs[0])
    rows, conditions = x.reshape(-1, x.shape[-1]), z.reshape(-1, z.shape[-1])
    units = [*config.get("taskHiddenUnits", []), config["units"]]
    results = []
    for row, condition in zip(rows, conditions):
        hidden = condition
        if "hiddenKernel" in p:
            hidden = condition @ p["hiddenKernel"] + p["hiddenBias"]
            hidden = ACTIVATIONS[config.get("hiddenActivation", "relu")](hidden)
        theta = hidden @ p["emissionKernel"] + p["emissionBias"]
        below, at = row, 0
        for layer, width in enumerate(units):
            n = len(below)
            if config.get("rank"):
                r = config["rank"]
                left = theta[at : at + n * r].reshape(n, r)
                right = theta[at + n * r : at + (n + width) * r].reshape(r, width)
                kernel, at = left @ right, at + (n + width) * r
            else:
                kernel, at = theta[at : at + n * width].reshape(n, width), at + n * width
            below = below @ kernel
            if config.get("useBias", True):
                below, at = below + theta[at : at + width], at + width
            if layer < len(units) - 1:
                below = ACTIVATIONS[config.get("taskActivation", "relu")](below)
        assert at == len(theta)
        results.append(below)
    y = torch.stack(results).reshape(*x.shape[:-1], config["units"])
    return ACTIVATIONS[config.get("activation", "linear")](y)


def taylor(config, inputs, p):
    # The document's steps: power, coefficient, cumulative sum, weight
    (x,) = inputs
    t = x - (p["center"] if "center" in p else config.get("center", 0))
    powers = t[..., None] ** torch.arange(config.get("degree", 3) + 1)
    terms = powers * p["coefficient"]
    if config.get("mode", "cumulative") == "collapsed":
        return terms.sum(-1)
    return (torch.cumsum(terms, -1) * p["weight"]).sum(-1)


def householder(config, inputs, p):
    (x,) = inputs
    n = x.shape[-1]
    matrix = torch.eye(n, dtype=x.dtype)
    for normal in p["normals"]:
        matrix = (torch.eye(n, dtype=x.dtype) - 2 * torch.outer(normal, normal) / (normal @ normal)) @ matrix
    return x @ matrix.T


def dilated_conv2d(config, inputs, p):
    # tensorflow has no gradient of it on CPUs; torch pads 'same' alike: the odd zero comes after
    kernel = p["kernel"].permute(3, 2, 0, 1)
    y = torch.nn.functional.conv2d(
        inputs[0].permute(0, 3, 1, 2), kernel, p.get("bias"), padding=config["padding"], dilation=config["dilationRate"]
    )
    return y.permute(0, 2, 3, 1)


def softmax(config, inputs, p):
    return torch.softmax(inputs[0], config.get("axis", -1))


def pair(value):
    return [value, value] if isinstance(value, int) else list(value)


TF_ACTIVATIONS = {"linear": tf.identity, "relu": tf.nn.relu, "tanh": tf.tanh}


def conv2d(config, inputs, p):
    y = tf.nn.conv2d(inputs[0], p["kernel"], pair(config.get("strides", 1)), config.get("padding", "valid").upper())
    y = y + p["bias"] if "bias" in p else y
    return TF_ACTIVATIONS[config.get("activation", "linear")](y)


def pool(reduce):
    def run(config, inputs, p):
        size = pair(config.get("poolSize", 2))
        strides = pair(config.get("strides") or size)
        return reduce(inputs[0], size, strides, config.get("padding", "valid").upper())

    return run


TORCH = {
    "dense": dense,
    "affine": dense,
    "quadDense": quad_dense,
    "featureCross": feature_cross,
    "hyperDense": hyper_dense,
    "taylor": taylor,
    "householder": householder,
    "softmax": softmax,
}
TENSORFLOW = {
    "conv2d": conv2d,
    "maxPool2d": pool(tf.nn.max_pool2d),
    "averagePool2d": pool(tf.nn.avg_pool2d),
    "globalAveragePool2d": lambda config, inputs, p: tf.reduce_mean(inputs[0], [1, 2]),
}

quad = lambda n, u: {**{f"kernel{k}": [n, u] for k in "RGB"}, **{f"bias{k}": [u] for k in "RGC"}}
hyper = lambda m, h, size: {
    **({"hiddenKernel": [m, h], "hiddenBias": [h]} if h else {}),
    "emissionKernel": [h or m, size],
    "emissionBias": [size],
}

# (layer, config, batch, input shapes without the batch, parameter shapes)
CASES = [
    ("dense", {"units": 3, "activation": "tanh"}, 2, [[4]], {"kernel": [4, 3], "bias": [3]}),
    ("dense", {"units": 2, "activation": "relu", "useBias": False}, 2, [[3, 5]], {"kernel": [5, 2]}),
    ("affine", {"units": 3}, 2, [[2]], {"kernel": [2, 3], "bias": [3]}),
    ("quadDense", {"units": 3, "activation": "relu"}, 3, [[4]], quad(4, 3)),
    ("quadDense", {"units": 2, "activation": "sigmoid"}, 2, [[2, 3]], quad(3, 2)),
    (
        "quadDense",
        {"units": 2, "useBias": False, "start": "random"},
        2,
        [[3]],
        {f"kernel{k}": [3, 2] for k in "RGB"},
    ),
    ("featureCross", {}, 3, [[4], [4]], {"kernel": [4, 4], "bias": [4]}),
    ("featureCross", {"diagScale": 0.7, "preActivation": "tanh"}, 2, [[3]], {"kernel": [3, 3], "bias": [3]}),
    (
        "featureCross",
        {"projectionDim": 2, "useBias": False},
        2,
        [[2, 5], [2, 5]],
        {"kernelU": [5, 2], "kernelV": [2, 5]},
    ),
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
    ("taylor", {}, 3, [[4]], {"coefficient": [4, 4], "weight": [4, 4]}),
    ("taylor", {"degree": 5, "mode": "collapsed", "center": 0.5}, 2, [[2, 3]], {"coefficient": [3, 6]}),
    (
        "taylor",
        {"degree": 2, "trainableCenter": True},
        2,
        [[3]],
        {"coefficient": [3, 3], "weight": [3, 3], "center": [3]},
    ),
    ("householder", {}, 2, [[3]], {"normals": [1, 3]}),
    ("householder", {"reflections": 3}, 2, [[2, 4]], {"normals": [3, 4]}),
    ("softmax", {"axis": 1}, 2, [[3, 2]], {}),
    ("conv2d", {"filters": 3, "kernelSize": 3}, 2, [[5, 4, 2]], {"kernel": [3, 3, 2, 3], "bias": [3]}),
    (
        "conv2d",
        {"filters": 2, "kernelSize": [2, 3], "padding": "same", "activation": "tanh"},
        1,
        [[4, 5, 2]],
        {"kernel": [2, 3, 2, 2], "bias": [2]},
    ),
    (
        "conv2d",
        {"filters": 2, "kernelSize": [3, 2], "strides": [2, 3], "padding": "same", "useBias": False},
        2,
        [[6, 7, 1]],
        {"kernel": [3, 2, 1, 2]},
    ),
    (
        "conv2d",
        {"filters": 1, "kernelSize": 2, "dilationRate": [1, 3], "padding": "same"},
        1,
        [[4, 5, 1]],
        {"kernel": [2, 2, 1, 1], "bias": [1]},
    ),
    ("conv2d", {"filters": 1, "kernelSize": 3, "strides": 2}, 1, [[8, 6, 1]], {"kernel": [3, 3, 1, 1], "bias": [1]}),
    ("maxPool2d", {}, 2, [[4, 5, 2]], {}),
    ("maxPool2d", {"poolSize": [3, 2], "strides": 2, "padding": "same"}, 1, [[6, 5, 2]], {}),
    ("averagePool2d", {"poolSize": 2, "strides": 1}, 1, [[3, 4, 2]], {}),
    ("averagePool2d", {"poolSize": 3, "strides": 2, "padding": "same"}, 2, [[4, 5, 1]], {}),
    ("globalAveragePool2d", {}, 2, [[3, 2, 2]], {}),
]


def run_torch(layer, config, inputs, parameters, dy):
    leaves = [torch.tensor(value, requires_grad=True) for value in inputs]
    p = {name: torch.tensor(value, requires_grad=True) for name, value in parameters.items()}
    y = (TORCH.get(layer) or dilated_conv2d)(config, leaves, p)
    dy = dy(tuple(y.shape))
    y.backward(torch.tensor(dy))
    return y.detach().numpy(), dy, [x.grad.numpy() for x in leaves], {name: v.grad.numpy() for name, v in p.items()}


def run_tensorflow(layer, config, inputs, parameters, dy):
    leaves = [tf.Variable(value) for value in inputs]
    p = {name: tf.Variable(value) for name, value in parameters.items()}
    with tf.GradientTape() as tape:
        y = TENSORFLOW[layer](config, leaves, p)
        dy = dy(tuple(y.shape))
        total = tf.reduce_sum(y * dy)
    d_inputs, d_parameters = tape.gradient(total, (leaves, p))
    return y.numpy(), dy, [d.numpy() for d in d_inputs], {name: d.numpy() for name, d in d_parameters.items()}


def main():
    rng = np.random.default_rng(7)
    draw = lambda shape: np.round(rng.normal(0, 0.7, shape), 4)
    cases = []
    for layer, config, batch, input_shapes, parameter_shapes in CASES:
        inputs = [draw([batch, *shape]) for shape in input_shapes]
        parameters = {name: draw(shape) for name, shape in parameter_shapes.items()}
        is_torch = layer in TORCH or "dilationRate" in config
        run = run_torch if is_torch else run_tensorflow
        y, dy, d_inputs, d_parameters = run(layer, config, inputs, parameters, draw)
        cases.append(
            {
                "layer": layer,
                "source": "torch" if is_torch else "tensorflow",
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
    write("layers", "torch, tensorflow", f"{torch.__version__}, {tf.__version__}", cases)


main()
