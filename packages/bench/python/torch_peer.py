"""PyTorch, eager: forward, backward and a fused optimizer, called once per step."""

import time

import numpy as np
import torch

from torch_cases import convolution, inference, start, training_until
from torch_programs import PROGRAMS
from wire import batches_of, checked_batches_of, decode


def versions() -> dict:
    return {"torch": torch.__version__, "numpy": np.__version__}


def threads() -> int:
    return torch.get_num_threads()


def device(mode: str) -> str:
    return f"torch {torch.__version__} cpu, eager"


def open_task(task: dict, mode: str):
    if task["kind"] in CASES:
        return CASES[task["kind"]](task)
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


CASES = {
    "matMul": Product,
    "convolution": convolution,
    "inference": inference,
    "compile": start,
    "convergence": training_until,
}
