"""Golden values and gradients of the stock layers: torch, and tensorflow where its padding rules matter, in float64.

Run: python vectors/generate/layers/stock.py   (needs torch and tensorflow)
Writes vectors/layers/<layer>.json.
"""
import functools
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import tensorflow as tf
import torch
import torch.nn.functional as F

from layerCases import ACTIVATIONS, run_torch, write_layers


def dense(config, inputs, p):
    x, bias = inputs[0], p.get("bias")
    y = torch.nn.functional.linear(x, p["kernel"].T, bias)
    return ACTIVATIONS[config.get("activation", "linear")](y)


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


def run_tensorflow(function, config, inputs, parameters, dy):
    if "dilationRate" in config:
        return run_torch(dilated_conv2d, config, inputs, parameters, dy)
    leaves = [tf.Variable(value) for value in inputs]
    p = {name: tf.Variable(value) for name, value in parameters.items()}
    with tf.GradientTape() as tape:
        y = function(config, leaves, p)
        dy = dy(tuple(y.shape))
        total = tf.reduce_sum(y * dy)
    d_inputs, d_parameters = tape.gradient(total, (leaves, p))
    return y.numpy(), dy, [d.numpy() for d in d_inputs], {name: d.numpy() for name, d in d_parameters.items()}


def merge(reduce):
    return lambda config, inputs, p: reduce(list(inputs))


TORCH = {
    "dense": dense,
    "affine": dense,
    "softmax": softmax,
    "flatten": lambda config, inputs, p: torch.flatten(inputs[0], 1),
    "reshape": lambda config, inputs, p: torch.reshape(inputs[0], [len(inputs[0]), *config["targetShape"]]),
    "activation": lambda config, inputs, p: ACTIVATIONS[config["activation"]](inputs[0]),
    "leakyRelu": lambda config, inputs, p: F.leaky_relu(inputs[0], config.get("alpha", 0.3)),
    # In inference: the masks are our own
    "dropout": lambda config, inputs, p: F.dropout(inputs[0], config["rate"], training=False),
    "concatenate": lambda config, inputs, p: torch.cat(inputs, config.get("axis", -1)),
    "add": merge(lambda xs: functools.reduce(torch.add, xs)),
    "multiply": merge(lambda xs: functools.reduce(torch.mul, xs)),
}
TENSORFLOW = {
    "conv2d": conv2d,
    "maxPool2d": pool(tf.nn.max_pool2d),
    "averagePool2d": pool(tf.nn.avg_pool2d),
    "globalAveragePool2d": lambda config, inputs, p: tf.reduce_mean(inputs[0], [1, 2]),
}
CASES = [
    ("dense", {"units": 3, "activation": "tanh"}, 2, [[4]], {"kernel": [4, 3], "bias": [3]}),
    ("dense", {"units": 2, "activation": "relu", "useBias": False}, 2, [[3, 5]], {"kernel": [5, 2]}),
    ("affine", {"units": 3}, 2, [[2]], {"kernel": [2, 3], "bias": [3]}),
    ("softmax", {"axis": 1}, 2, [[3, 2]], {}),
    ("flatten", {}, 2, [[2, 3]], {}),
    ("reshape", {"targetShape": [3, 2]}, 2, [[2, 3]], {}),
    ("activation", {"activation": "gelu"}, 2, [[3]], {}),
    ("activation", {"activation": "swish"}, 2, [[2, 3]], {}),
    ("leakyRelu", {}, 2, [[4]], {}),
    ("leakyRelu", {"alpha": 0.01}, 2, [[2, 3]], {}),
    ("dropout", {"rate": 0.5}, 2, [[4]], {}),
    ("concatenate", {}, 2, [[2, 3], [2, 1]], {}),
    ("concatenate", {"axis": 1}, 2, [[2, 3], [1, 3]], {}),
    ("add", {}, 2, [[2, 3], [2, 1], [1, 3]], {}),
    ("multiply", {}, 2, [[2, 3], [2, 1], [1, 3]], {}),
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

write_layers(TORCH, [case for case in CASES if case[0] in TORCH])
write_layers(
    TENSORFLOW,
    [case for case in CASES if case[0] in TENSORFLOW],
    "tensorflow, torch where dilated",
    f"{tf.__version__}, {torch.__version__}",
    run_tensorflow,
)
