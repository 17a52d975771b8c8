"""Tensors and the data of a task, as the harness sends them."""

import base64

import numpy as np

from channel import Unsupported


def encode_all(values: dict) -> dict:
    return {name: encode(value) for name, value in values.items()}


def encode(value) -> str:
    return base64.b64encode(np.ascontiguousarray(value, dtype="<f4").tobytes()).decode("ascii")


def decode(tensor, dtype: str = "<f4") -> np.ndarray:
    """A tensor {"shape": [...], "data": base64 of little-endian 32-bit elements}; one that was decoded before is copied."""
    if isinstance(tensor, np.ndarray):
        return tensor.copy()
    return np.frombuffer(base64.b64decode(tensor["data"]), dtype=dtype).reshape(tensor["shape"]).copy()


def decode_weights(weights: dict) -> dict:
    return {name: decode(tensor) for name, tensor in weights.items()}


def with_weights_decoded(task: dict) -> dict:
    """The task with numbers in the place of text, for what reads its first weights again and again."""
    return {**task, "layers": [{**layer, "weights": decode_weights(layer["weights"])} for layer in task["layers"]]}


def batches_of(task: dict) -> tuple:
    """The data in whole batches, in file order: x [batches, batch, ...] and y alike."""
    batch = task["batch"]
    return tuple(in_batches(decode(task[name]), batch) for name in ("x", "y"))


def checked_batches_of(task: dict) -> tuple:
    """The batches of the check's steps, which repeat rows."""
    rows = decode(task["checkRows"], "<i4")
    return tuple(in_batches(decode(task[name])[rows], task["batch"]) for name in ("x", "y"))


def in_batches(rows: np.ndarray, batch: int) -> np.ndarray:
    count = len(rows) // batch
    return rows[: count * batch].reshape(count, batch, *rows.shape[1:])


# Options that change what a layer computes, with the only value that is written here.
_REQUIRED_OPTIONS = {
    "quadDense": {"variant": "fan", "useBias": True},
    "featureCross": {"projectionDim": None, "diagScale": 0, "preActivation": "linear", "useBias": True},
    "taylor": {"mode": "cumulative", "center": 0, "trainableCenter": False},
    "dense": {"useBias": True},
    "conv2d": {"useBias": True, "dilationRate": 1},
}


def require_layers(task: dict, known, activations, framework: str) -> None:
    """Raises Unsupported for a layer, an option or an activation that is not written here."""
    for layer in task["layers"]:
        name, config = layer["layer"], layer["config"]
        if name not in known:
            raise Unsupported(f"no {framework} form of {name} is written here")
        for option, value in _REQUIRED_OPTIONS.get(name, {}).items():
            if config[option] != value:
                raise Unsupported(f"no {framework} form of {name} with {option}: {config[option]} is written here")
        if config.get("activation", "linear") not in activations:
            raise Unsupported(f"no {framework} form of activation {config['activation']} is written here")


def require_one_of(value: str, known, what: str, framework: str) -> None:
    if value not in known:
        raise Unsupported(f"no {framework} form of {what} {value} is written here")


def with_logits(task: dict) -> tuple:
    """Layers and loss with a last softmax moved into the cross-entropy, as users of JAX and torch write it."""
    layers, loss = task["layers"], task["loss"]
    last = layers[-1]
    if loss != "categoricalCrossentropy" or last["config"].get("activation") != "softmax":
        return layers, loss
    linear = {**last, "config": {**last["config"], "activation": "linear"}}
    return [*layers[:-1], linear], "crossEntropyOfLogits"


def pair(extent) -> tuple:
    """Rows and columns of an extent that may be one number for both."""
    return tuple(extent) if isinstance(extent, list) else (extent, extent)
