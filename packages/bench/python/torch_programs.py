"""Training steps in PyTorch: update(x, y) -> loss, and the weights by their names."""

import math

import torch
import torch.nn.functional as F

from torch_layers import ACTIVATIONS, LAYERS, LOSSES, OPTIMIZERS
from wire import decode_weights, require_layers, require_one_of, with_logits


def predict(layers: list, weights: list, x):
    for layer, own in zip(layers, weights):
        x = LAYERS[layer["layer"]](layer["config"], own, x)
    return x


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
        value = LOSSES[loss](predict(layers, weights, x), y)
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
