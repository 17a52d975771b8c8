"""Golden learning rates by keras.optimizers.schedules.

Run: python vectors/generate/schedules.py   (needs keras and torch)
Writes vectors/schedules.json.
"""
import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import torch

from golden import numbers, write

S = keras.optimizers.schedules
STEPS = [0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 19, 20, 21, 100]


def case(name, config, schedule, warm_up=None):
    rates = [float(schedule(torch.tensor(float(step)))) for step in STEPS]
    golden = {"name": name, "source": f"keras.optimizers.schedules.{type(schedule).__name__}", "config": config}
    if warm_up:
        golden["warmUp"] = warm_up
    return {**golden, "steps": STEPS, "rates": numbers(rates)}


start = {"initialLearningRate": 0.5, "decaySteps": 10}
decay = {**start, "decayRate": 0.5}
cases = [
    case("exponentialDecay", decay, S.ExponentialDecay(0.5, 10, 0.5)),
    case("exponentialDecay", {**decay, "staircase": True}, S.ExponentialDecay(0.5, 10, 0.5, staircase=True)),
    case("inverseTimeDecay", decay, S.InverseTimeDecay(0.5, 10, 0.5)),
    case("inverseTimeDecay", {**decay, "staircase": True}, S.InverseTimeDecay(0.5, 10, 0.5, staircase=True)),
    case("polynomialDecay", start, S.PolynomialDecay(0.5, 10)),
    case("polynomialDecay", {**start, "endLearningRate": 0.1, "power": 2}, S.PolynomialDecay(0.5, 10, 0.1, power=2.0)),
    case("polynomialDecay", {**start, "endLearningRate": 0.1, "power": 0.5, "cycle": True}, S.PolynomialDecay(0.5, 10, 0.1, power=0.5, cycle=True)),
    case("piecewiseConstant", {"boundaries": [3, 10], "values": [1, 0.5, 0.25]}, S.PiecewiseConstantDecay([3.0, 10.0], [1.0, 0.5, 0.25])),
    case("cosineDecay", start, S.CosineDecay(0.5, 10)),
    case("cosineDecay", {**start, "alpha": 0.1}, S.CosineDecay(0.5, 10, alpha=0.1)),
    case("cosineDecay", start, S.CosineDecay(0.125, 10, warmup_target=0.5, warmup_steps=5), {"warmUpSteps": 5, "from": 0.125}),
]
write("schedules", "keras", f"{keras.__version__} on torch {torch.__version__} (float32)", cases)
