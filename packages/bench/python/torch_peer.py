"""PyTorch, eager: forward, backward and a fused optimizer, called once per step."""

import math
import time

import numpy as np
import torch
import torch.nn.functional as F

from wire import (
    batches_of,
    checked_batches_of,
    decode,
    decode_weights,
    pair,
    require_layers,
    require_one_of,
    with_logits,
)


def versions() -> dict:
    return {"torch": torch.__version__, "numpy": np.__version__}


def threads() -> int:
    return torch.get_num_threads()


def device(mode: str) -> str:
    return f"torch {torch.__version__} cpu, eager"


def open_task(task: dict, mode: str):
    if task["kind"] == "matMul":
        return Product(task)
    return Stepwise(task, *PROGRAMS[task["kind"]](task))


class Stepwise:
    granularity = 1

    def __init__(self, task, update, values):
        self._task, self._update, self._values = task, update, values
        self._batches = tensors(batches_of(task))

    def check(self) -> dict:
        for x, y in tensors(checked_batches_of(self._task)):
            self._update(x, y)
        return self._values()

    def run(self, runs: int) -> float:
        batches, update = self._batches, self._update
        count = len(batches)
        started = time.perf_counter()
        for run in range(runs):
            loss = update(*batches[run % count])
        loss.item()
        return 1e3 * (time.perf_counter() - started)


class Product:
    granularity = 1

    _FORMS = {"nn": lambda a, b: a @ b, "nt": lambda a, b: a @ b.T, "tn": lambda a, b: a.T @ b}

    def __init__(self, task):
        self._a, self._b = torch.from_numpy(decode(task["a"])), torch.from_numpy(decode(task["b"]))
        self._multiply = self._FORMS[task["form"]]

    def check(self) -> dict:
        return {"c": self._multiply(self._a, self._b).numpy()}

    def run(self, runs: int) -> float:
        a, b, multiply = self._a, self._b, self._multiply
        started = time.perf_counter()
        with torch.inference_mode():
            for _ in range(runs):
                multiply(a, b)
        return 1e3 * (time.perf_counter() - started)


def tensors(batches: tuple) -> list:
    return [(torch.from_numpy(x), torch.from_numpy(y)) for x, y in zip(*batches)]


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


def training_program(task: dict) -> tuple:
    """update(x, y) -> loss, and the weights by their names."""
    require_layers(task, LAYERS, ACTIVATIONS, "torch")
    layers, loss = with_logits(task)
    require_one_of(loss, LOSSES, "loss", "torch")
    require_one_of(task["optimizer"]["name"], OPTIMIZERS, "optimizer", "torch")
    weights = [load(layer) for layer in layers]
    leaves = [leaf for own in weights for leaf in own.values()]
    optimizer = OPTIMIZERS[task["optimizer"]["name"]](leaves, task["optimizer"])

    def update(x, y):
        optimizer.zero_grad(set_to_none=True)
        for layer, own in zip(layers, weights):
            x = LAYERS[layer["layer"]](layer["config"], own, x)
        value = LOSSES[loss](x, y)
        value.backward()
        optimizer.step()
        return value

    def values() -> dict:
        return {
            layer["prefix"] + name: as_stored(layer, value.detach()).numpy()
            for layer, own in zip(layers, weights)
            for name, value in own.items()
        }

    return update, values


def load(layer: dict) -> dict:
    weights = {name: torch.from_numpy(value) for name, value in decode_weights(layer["weights"]).items()}
    if layer["layer"] == "conv2d":
        # [rows, columns, in, out] -> [out, in, rows, columns]
        weights["kernel"] = weights["kernel"].permute(3, 2, 0, 1).contiguous()
    return {name: value.requires_grad_() for name, value in weights.items()}


def as_stored(layer: dict, value):
    return value.permute(2, 3, 1, 0) if layer["layer"] == "conv2d" and value.ndim == 4 else value


# Task 3-5-1 of seed 002: kernel, bias, output kernel, output bias in one row.
TASK_SHAPES = ((3, 5), (5,), (5, 1), (1,))
TASK_SIZES = tuple(map(math.prod, TASK_SHAPES))


def lift_program(task: dict) -> tuple:
    """Per sample an RMSprop step of Task from the weights that Lift emits, then one of Lift towards the result."""
    lift = {name: torch.from_numpy(value).requires_grad_() for name, value in decode_weights(task["weights"]).items()}
    leaves = list(lift.values())
    slots = [torch.zeros_like(leaf) for leaf in leaves]
    task_slot = torch.zeros(1, sum(TASK_SIZES))
    rate, decay, epsilon = (task["optimizer"][name] for name in ("learningRate", "decay", "epsilon"))

    def step(gradient, slot):
        # By hand: torch.optim.RMSprop adds epsilon outside of the root.
        slot.mul_(decay).addcmul_(gradient, gradient, value=1 - decay)
        return gradient / torch.sqrt(slot + epsilon) * rate

    def update(x, y):
        emitted = torch.addmm(lift["bias2"], torch.relu(torch.addmm(lift["bias1"], x, lift["kernel1"])), lift["kernel2"])
        weights = emitted.detach().requires_grad_()
        kernel, bias, output_kernel, output_bias = (
            part.reshape(shape) for part, shape in zip(weights[0].split(TASK_SIZES), TASK_SHAPES)
        )
        prediction = torch.addmm(output_bias, torch.relu(torch.addmm(bias, x, kernel)), output_kernel)
        value = F.mse_loss(prediction, y)
        (gradient,) = torch.autograd.grad(value, weights)
        target = weights.detach() - step(gradient, task_slot)
        gradients = torch.autograd.grad(F.mse_loss(emitted, target), leaves)
        with torch.no_grad():
            for leaf, slot, gradient in zip(leaves, slots, gradients):
                leaf -= step(gradient, slot)
        return value

    return update, lambda: {name: value.detach().numpy() for name, value in lift.items()}


PROGRAMS = {"training": training_program, "lift": lift_program}
