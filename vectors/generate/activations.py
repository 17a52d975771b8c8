"""Golden values and gradients of activations, by torch autograd in float64.

Run: python vectors/generate/activations.py   (needs torch)
Writes vectors/activations.json.
"""
import torch
import torch.nn.functional as F

from golden import numbers, write

POINTS = [-1e4, -100.0, -20.0, -6.0, -3.0, -2.5, -1.0, -0.5, -1e-3, 0.0, 1e-3, 0.5, 1.0, 2.5, 3.0, 6.0, 20.0, 100.0, 1e4]
ROWS = [[0.0, 0.0, 0.0, 0.0], [1.0, -2.0, 0.5, 3.0], [1e4, 1e4 - 1, -1e4, 0.0], [-1000.0, -1001.0, -1002.0, -1003.0]]

ELEMENTWISE = {
    "linear": ("x", lambda x: x * 1.0),
    "relu": ("torch.nn.functional.relu", F.relu),
    "relu6": ("torch.nn.functional.relu6", F.relu6),
    "leakyRelu": ("torch.nn.functional.leaky_relu(x, 0.2)", lambda x: F.leaky_relu(x, 0.2)),
    "squaredRelu": ("torch.square(torch.nn.functional.relu(x))", lambda x: torch.square(F.relu(x))),
    "elu": ("torch.nn.functional.elu", F.elu),
    "selu": ("torch.nn.functional.selu", F.selu),
    "celu": ("torch.nn.functional.celu", F.celu),
    "softplus": ("torch.logaddexp(0, x)", lambda x: torch.logaddexp(torch.zeros_like(x), x)),
    "softsign": ("torch.nn.functional.softsign", F.softsign),
    "tanh": ("torch.tanh", torch.tanh),
    "sigmoid": ("torch.sigmoid", torch.sigmoid),
    "logSigmoid": ("torch.nn.functional.logsigmoid", F.logsigmoid),
    "hardSigmoid": ("torch.clamp(0.2 x + 0.5, 0, 1)", lambda x: torch.clamp(0.2 * x + 0.5, 0, 1)),
    "swish": ("torch.nn.functional.silu", F.silu),
    "hardSwish": ("torch.nn.functional.hardswish", F.hardswish),
    "gelu": ("torch.nn.functional.gelu", F.gelu),
    "geluTanh": ("torch.nn.functional.gelu(approximate='tanh')", lambda x: F.gelu(x, approximate="tanh")),
    "mish": ("torch.nn.functional.mish", F.mish),
    "exponential": ("torch.exp", torch.exp),
    "gaussian": ("torch.exp(-x**2)", lambda x: torch.exp(-(x**2))),
    "sine": ("torch.sin", torch.sin),
}
LAST_AXIS = {
    "softmax": ("torch.softmax(x, -1)", lambda x: torch.softmax(x, -1)),
    "logSoftmax": ("torch.log_softmax(x, -1)", lambda x: torch.log_softmax(x, -1)),
}


def case(name, source, f, points):
    x = torch.tensor(points, dtype=torch.float64, requires_grad=True)
    y = f(x)
    dy = torch.linspace(0.5, 1.5, x.numel(), dtype=torch.float64).reshape(x.shape)
    y.backward(dy)
    return {
        "name": name,
        "source": source,
        "shape": list(x.shape),
        "x": numbers(x),
        "y": numbers(y),
        "dy": numbers(dy),
        "dx": numbers(x.grad),
    }


cases = [case(name, source, f, POINTS) for name, (source, f) in ELEMENTWISE.items()]
cases += [case(name, source, f, ROWS) for name, (source, f) in LAST_AXIS.items()]
write("activations", "torch", torch.__version__, cases)
