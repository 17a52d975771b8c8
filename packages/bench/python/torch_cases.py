"""What PyTorch does besides training steps and products: convolutions, calls, starts, trainings until a loss."""

import torch
import torch.nn.functional as F

from sessions import Called, Repeated, Started, TrainedUntil
from torch_layers import ACTIVATIONS, LAYERS
from torch_programs import load, predict, training_program
from wire import batches_of, checked_batches_of, decode, require_layers, with_weights_decoded


class Convolved(Repeated):
    """A convolution, or both its derivatives. Images are views of channels-last memory, the kernel is torch's own."""

    def __init__(self, task):
        self._task = task
        images = {name: torch.from_numpy(decode(task[name])).permute(0, 3, 1, 2) for name in ("x", "dy") if name in task}
        # [rows, columns, in, out] -> [out, in, rows, columns]
        kernel = torch.from_numpy(decode(task["kernel"])).permute(3, 2, 0, 1).contiguous()
        strides = [task["strides"]] * 2
        if task["direction"] == "forward":
            self._of = lambda: [F.conv2d(images["x"], kernel, None, strides, task["padding"])]
        else:
            # 'same' has an odd window and stride 1 here, so that its zeros are alike on both sides.
            zeros = [(task["kernelSize"] - 1) // 2 if task["padding"] == "same" else 0] * 2
            self._of = lambda: torch.ops.aten.convolution_backward(
                images["dy"], images["x"], kernel, None, strides, zeros, [1, 1], False, [0, 0], 1, [True, True, False]
            )[:2]

    def once(self):
        with torch.inference_mode():
            return self._of()

    def check(self) -> dict:
        names = self._task["names"]
        if self._task["direction"] == "forward":
            return {names["y"]: self.once()[0].permute(0, 2, 3, 1).numpy()}
        dx, dkernel = self.once()
        return {names["dx"]: dx.permute(0, 2, 3, 1).numpy(), names["dkernel"]: dkernel.permute(2, 3, 1, 0).numpy()}


def convolution(task: dict) -> Convolved:
    return Convolved(task)


def inference(task: dict) -> Called:
    require_layers(task, LAYERS, ACTIVATIONS, "torch")
    layers, x = task["layers"], decode(task["x"])
    weights = [load(layer) for layer in layers]

    def call():
        with torch.inference_mode():
            return predict(layers, weights, torch.from_numpy(x)).numpy()

    return Called(task, call)


def start(task: dict) -> Started:
    """Eager: new weights and a new optimizer are all there is to it."""
    decoded = with_weights_decoded(task)

    def begin():
        update, values = training_program(decoded)
        return lambda x, y: update(torch.from_numpy(x), torch.from_numpy(y)).item(), values

    return Started(batches_of(task), checked_batches_of(task), begin)


def training_until(task: dict) -> TrainedUntil:
    decoded = with_weights_decoded(task)
    x, y = (torch.from_numpy(column[0]) for column in batches_of(task))

    def begin():
        update, _ = training_program(decoded)

        def advance() -> float:
            for _ in range(task["stride"]):
                loss = update(x, y)
            return loss.item()

        return advance

    return TrainedUntil(task, begin)
