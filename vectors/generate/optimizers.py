"""Golden trajectories of optimizers: ten steps with given gradients, by Keras and torch in float64.

Run: python vectors/generate/optimizers.py   (needs keras and torch)
Writes vectors/optimizers.json. Rates are powers of two: Keras keeps them in float32.
"""
import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np
import torch

from golden import numbers, write

keras.config.set_floatx("float64")
random = np.random.default_rng(11)
STEPS = 10
START = {"w": np.round(random.uniform(-1, 1, (2, 3)), 4), "b": np.round(random.uniform(-1, 1, (3,)), 4)}
# Of all sizes: large, ordinary, near epsilon, and exactly 0.
SCALES = [1, 10, 0.1, 1e-3, 1e-6, 1, 0, 1e-8, 2, 0.5]
GRADIENTS = [
    {name: np.round(random.uniform(-1, 1, value.shape), 4) * scale for name, value in START.items()} for scale in SCALES
]
K, T = keras.optimizers, torch.optim


def by_keras(optimizer):
    variables = [keras.Variable(value, dtype="float64") for value in START.values()]
    optimizer.build(variables)
    for gradients in GRADIENTS:
        optimizer.apply([torch.tensor(g) for g in gradients.values()], variables)
        yield [v.numpy().copy() for v in variables]


def by_torch(make):
    variables = [torch.tensor(value, requires_grad=True) for value in START.values()]
    optimizer = make(variables)
    for gradients in GRADIENTS:
        for variable, gradient in zip(variables, gradients.values()):
            variable.grad = torch.tensor(gradient)
        optimizer.step()
        yield [v.detach().numpy().copy() for v in variables]


def case(name, source, config, trajectory):
    return {
        "name": name,
        "source": source,
        "config": config,
        "start": {key: {"shape": list(value.shape), "values": numbers(value)} for key, value in START.items()},
        "gradients": [{key: numbers(value) for key, value in step.items()} for step in GRADIENTS],
        "parameters": [dict(zip(START, (numbers(value) for value in step))) for step in trajectory],
    }


def keras_case(name, text, config, optimizer):
    return case(name, f"keras.optimizers.{text}", {"dialect": "keras", **config}, by_keras(optimizer))


def torch_case(name, text, config, make):
    return case(name, f"torch.optim.{text}", config, by_torch(make))


r = 2.0**-6
cases = [
    keras_case("sgd", "SGD", {"learningRate": r}, K.SGD(r)),
    keras_case("momentum", "SGD(momentum)", {"learningRate": r, "momentum": 0.8}, K.SGD(r, momentum=0.8)),
    keras_case("momentum", "SGD(nesterov)", {"learningRate": r, "momentum": 0.8, "useNesterov": True}, K.SGD(r, momentum=0.8, nesterov=True)),
    keras_case("rmsprop", "RMSprop", {"learningRate": r}, K.RMSprop(r)),
    keras_case("rmsprop", "RMSprop(momentum)", {"learningRate": r, "decay": 0.8, "momentum": 0.5, "epsilon": 1e-4}, K.RMSprop(r, rho=0.8, momentum=0.5, epsilon=1e-4)),
    keras_case("rmsprop", "RMSprop(centered)", {"learningRate": r, "centered": True}, K.RMSprop(r, centered=True)),
    keras_case("adam", "Adam", {"learningRate": r}, K.Adam(r)),
    keras_case("adam", "Adam(beta_1, beta_2, epsilon)", {"learningRate": r, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3}, K.Adam(r, beta_1=0.8, beta_2=0.95, epsilon=1e-3)),
    keras_case("adamW", "AdamW", {"learningRate": r}, K.AdamW(r)),
    keras_case("adagrad", "Adagrad", {"learningRate": r}, K.Adagrad(r)),
    keras_case("adagrad", "Adagrad(initial_accumulator_value, epsilon)", {"learningRate": r, "initialAccumulatorValue": 0.5, "epsilon": 1e-3}, K.Adagrad(r, initial_accumulator_value=0.5, epsilon=1e-3)),
    keras_case("adadelta", "Adadelta", {"learningRate": 0.5}, K.Adadelta(0.5)),
    keras_case("adamax", "Adamax", {"learningRate": r}, K.Adamax(r)),
    torch_case("sgd", "SGD", {"learningRate": r}, lambda p: T.SGD(p, lr=r)),
    torch_case("momentum", "SGD(momentum)", {"learningRate": r, "momentum": 0.8}, lambda p: T.SGD(p, lr=r, momentum=0.8)),
    torch_case("momentum", "SGD(nesterov)", {"learningRate": r, "momentum": 0.8, "useNesterov": True}, lambda p: T.SGD(p, lr=r, momentum=0.8, nesterov=True)),
    torch_case("rmsprop", "RMSprop: epsilon outside the root", {"learningRate": r, "epsilonPlacement": "outside"}, lambda p: T.RMSprop(p, lr=r, alpha=0.9, eps=1e-7)),
    torch_case("adam", "Adam", {"learningRate": r, "epsilon": 1e-4}, lambda p: T.Adam(p, lr=r, eps=1e-4)),
    torch_case("adamW", "AdamW", {"learningRate": r, "weightDecay": 0.01}, lambda p: T.AdamW(p, lr=r, eps=1e-7, weight_decay=0.01)),
    torch_case("adadelta", "Adadelta", {"learningRate": 0.5, "dialect": "keras"}, lambda p: T.Adadelta(p, lr=0.5, rho=0.95, eps=1e-7)),
]
write("optimizers", "keras", f"{keras.__version__}, torch {torch.__version__}", cases)
