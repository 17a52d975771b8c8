"""The layers, losses and optimizers of the step cases in PyTorch, by the names of their records."""

import torch
import torch.nn.functional as F

from wire import pair

ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "softmax": lambda x: torch.softmax(x, -1),
}


def dense(config, weights, x):
    return ACTIVATIONS[config["activation"]](torch.addmm(weights["bias"], x, weights["kernel"]))


def quad_dense(config, weights, x):
    r = torch.addmm(weights["biasR"], x, weights["kernelR"])
    g = torch.addmm(weights["biasG"], x, weights["kernelG"])
    return ACTIVATIONS[config["activation"]](r * g + torch.addmm(weights["biasC"], x * x, weights["kernelB"]))


def feature_cross(_, weights, x):
    return x * torch.addmm(weights["bias"], x, weights["kernel"]) + x


def taylor(config, weights, x):
    powers = [torch.ones_like(x)]
    for _ in range(config["degree"]):
        powers.append(powers[-1] * x)
    terms = torch.stack(powers, -1) * weights["coefficient"]
    return torch.sum(torch.cumsum(terms, -1) * weights["weight"], -1)


def conv2d(config, weights, x):
    # Views of channels-last memory: nothing is moved.
    y = F.conv2d(
        x.permute(0, 3, 1, 2),
        weights["kernel"],
        weights["bias"],
        stride=pair(config["strides"]),
        padding=config["padding"],
    )
    return ACTIVATIONS[config["activation"]](y).permute(0, 2, 3, 1)


def max_pool_2d(config, _, x):
    if config["padding"] != "valid":
        raise ValueError("max pooling with padding 'same' is not written here")
    y = F.max_pool2d(x.permute(0, 3, 1, 2), pair(config["poolSize"]), pair(config["strides"] or config["poolSize"]))
    return y.permute(0, 2, 3, 1)


LAYERS = {
    "dense": dense,
    "quadDense": quad_dense,
    "featureCross": feature_cross,
    "taylor": taylor,
    "conv2d": conv2d,
    "maxPool2d": max_pool_2d,
    "flatten": lambda config, weights, x: x.reshape(len(x), -1),
    "activation": lambda config, weights, x: ACTIVATIONS[config["activation"]](x),
}

LOSSES = {
    "meanSquaredError": F.mse_loss,
    "categoricalCrossentropy": lambda p, t: -(t * p.log()).sum(-1).mean(),
    "crossEntropyOfLogits": F.cross_entropy,
}

# Adagrad adds epsilon outside of the root here and inside in the record: at accumulators of 0.1 and more, 1e-6 at most.
OPTIMIZERS = {
    "sgd": lambda weights, config: torch.optim.SGD(weights, lr=config["learningRate"], fused=True),
    "adam": lambda weights, config: torch.optim.Adam(
        weights,
        lr=config["learningRate"],
        betas=(config["beta1"], config["beta2"]),
        eps=config["epsilon"],
        fused=True,
    ),
    "adagrad": lambda weights, config: torch.optim.Adagrad(
        weights,
        lr=config["learningRate"],
        initial_accumulator_value=config["initialAccumulatorValue"],
        eps=config["epsilon"],
        fused=True,
    ),
}
