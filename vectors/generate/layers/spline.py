"""Golden values and gradients of the spline layers, in float64.

Every B-spline is the recursion of Cox and de Boor taken literally, one spline at one point after the other, and is
compared with scipy: BSpline.design_matrix on the grid, BSpline objects beyond it.

Run: python vectors/generate/layers/spline.py   (needs torch and scipy)
Writes vectors/layers/<layer>.json, and design matrices of scipy to vectors/layers/bSplines.json.
"""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import numpy as np
import scipy
import torch
from scipy.interpolate import BSpline

from golden import numbers, write
from layerCases import ACTIVATIONS, write_layers


def b_spline(i, p, x, t, end):
    """B_{i,p}(x) on the knots t; the interval before t[end], where the grid ends, contains t[end]."""
    if p == 0:
        is_in = t[i] < x < t[i + 1] or (x == t[i] and i < end) or (x == t[i + 1] and i + 1 == end)
        return torch.ones_like(x) if is_in else torch.zeros_like(x)
    left = (x - t[i]) / (t[i + p] - t[i]) * b_spline(i, p - 1, x, t, end)
    right = (t[i + p + 1] - x) / (t[i + p + 1] - t[i + 1]) * b_spline(i + 1, p - 1, x, t, end)
    return left + right


def slope(i, p, x, t, end):
    """B'_{i,p}(x)."""
    left = b_spline(i, p - 1, x, t, end) / (t[i + p] - t[i])
    right = b_spline(i + 1, p - 1, x, t, end) / (t[i + p + 1] - t[i + 1])
    return p * (left - right)


def spline_bases(x, t, size, order, outside):
    """All splines at a scalar x; agrees with scipy, or fails."""
    inside = x if outside == "zero" else torch.minimum(torch.maximum(x, t[order]), t[size + order])
    end = size + order
    values = [b_spline(i, order, inside, t, end) for i in range(end)]
    if outside == "linear" and order > 0:
        values = [v + (x - inside) * slope(i, order, inside, t, end) for i, v in enumerate(values)]
    values = torch.stack(values)
    np.testing.assert_allclose(
        values.detach().numpy(), scipy_bases(x.item(), t.detach().numpy(), size, order, outside), atol=1e-13
    )
    return values


def scipy_bases(x, t, size, order, outside):
    first, last = t[order], t[size + order]
    if first <= x <= last:
        return BSpline.design_matrix(np.array([x]), t, order).toarray()[0]
    if outside == "zero":
        elements = [BSpline.basis_element(t[i : i + order + 2], extrapolate=False) for i in range(size + order)]
        return np.nan_to_num(np.array([element(x) for element in elements]))
    end = first if x < first else last
    curve = BSpline(t, np.eye(size + order), order)
    return curve(end) + (x - end) * curve.derivative()(end) if outside == "linear" and order > 0 else curve(end)


def spline_kan(config, inputs, p):
    (x,) = inputs
    size, order = config.get("gridSize", 5), config.get("splineOrder", 3)
    outside = config.get("outside", "linear")
    rows = x.reshape(-1, x.shape[-1])
    outputs = []
    for row in rows:
        total = torch.zeros(config["units"], dtype=x.dtype)
        for i, value in enumerate(row):
            spline = spline_bases(value, p["grid"][i], size, order, outside) @ p["splineKernel"][i]
            total = total + (p["splineScaler"][i] * spline if config.get("useSplineScaler") else spline)
            if config.get("useBase", True):
                total = total + ACTIVATIONS[config.get("baseActivation", "swish")](value) * p["baseKernel"][i]
        outputs.append(total)
    return torch.stack(outputs).reshape(*x.shape[:-1], config["units"])


def rbf_kan(config, inputs, p):
    # FastKANLayer.forward
    (x,) = inputs
    n = x.shape[-1]
    low, high = config.get("gridRange", [-2, 2])
    centers = config.get("centers", 8)
    z = (
        torch.nn.functional.layer_norm(x, [n], p["normScale"], p["normOffset"])
        if config.get("useLayerNorm", True)
        else x
    )
    places = torch.linspace(low, high, centers, dtype=x.dtype)
    bells = torch.exp(-(((z[..., None] - places) / ((high - low) / (centers - 1))) ** 2))
    y = torch.einsum("...ij,ijo->...o", bells, p["radialKernel"])
    if config.get("useBase", True):
        y = y + ACTIVATIONS[config.get("baseActivation", "swish")](x) @ p["baseKernel"]
    return y + p["bias"] if config.get("useBias", True) else y


FUNCTIONS = {"splineKan": spline_kan, "rbfKan": rbf_kan}

DRAWS = {
    # Wide enough for some inputs to lie beyond the grid, on both sides
    ("splineKan", 0): lambda rng, shape: rng.normal(0, 1.5, shape),
    ("splineKan", "grid"): lambda rng, shape: -1 - shape[1] / 5 + np.cumsum(rng.uniform(0.2, 0.7, shape), axis=1),
    ("rbfKan", "normScale"): lambda rng, shape: rng.uniform(0.5, 1.5, shape),
}


def spline(n, units, size=5, order=3, base=True, scaler=False):
    return {
        "grid": [n, size + 2 * order + 1],
        **({"baseKernel": [n, units]} if base else {}),
        "splineKernel": [n, size + order, units],
        **({"splineScaler": [n, units]} if scaler else {}),
    }


def rbf(n, units, centers=8, norm=True, base=True, bias=True):
    return {
        **({"normScale": [n], "normOffset": [n]} if norm else {}),
        **({"baseKernel": [n, units]} if base else {}),
        "radialKernel": [n, centers, units],
        **({"bias": [units]} if bias else {}),
    }


CASES = [
    ("splineKan", {"units": 2}, 6, [[3]], spline(3, 2)),
    ("splineKan", {"units": 2, "outside": "zero", "gridSize": 3}, 8, [[2]], spline(2, 2, 3)),
    (
        "splineKan",
        {"units": 2, "outside": "clamp", "gridSize": 4, "useSplineScaler": True},
        3,
        [[2, 2]],
        spline(2, 2, 4, scaler=True),
    ),
    (
        "splineKan",
        {"units": 1, "splineOrder": 2, "gridSize": 1, "useBase": False},
        6,
        [[2]],
        spline(2, 1, 1, 2, base=False),
    ),
    (
        "splineKan",
        {"units": 2, "splineOrder": 1, "gridSize": 2, "baseActivation": "tanh"},
        6,
        [[2]],
        spline(2, 2, 2, 1),
    ),
    (
        "splineKan",
        {"units": 1, "splineOrder": 0, "gridSize": 4, "baseActivation": "linear"},
        5,
        [[2]],
        spline(2, 1, 4, 0),
    ),
    ("splineKan", {"units": 1, "splineOrder": 5, "gridSize": 2}, 4, [[2]], spline(2, 1, 2, 5)),
    ("rbfKan", {"units": 2}, 3, [[4]], rbf(4, 2)),
    (
        "rbfKan",
        {"units": 3, "centers": 5, "useLayerNorm": False, "gridRange": [-1, 2], "baseActivation": "gelu"},
        2,
        [[2, 2]],
        rbf(2, 3, 5, norm=False),
    ),
    (
        "rbfKan",
        {"units": 1, "centers": 3, "useBase": False, "useBias": False},
        3,
        [[3]],
        rbf(3, 1, 3, base=False, bias=False),
    ),
]

write_layers(
    FUNCTIONS,
    CASES,
    framework="torch with scipy",
    version=f"{torch.__version__}, {scipy.__version__}",
    draws=DRAWS,
)


def design_matrix(order, size, rng):
    """All splines of a random grid at its knots, both ends among them, and between."""
    t = np.cumsum(rng.uniform(0.1, 1, size + 2 * order + 1)) - 1
    grid = t[order : size + order + 1]
    x = np.sort(np.concatenate([grid, rng.uniform(grid[0], grid[-1], 10)]))
    matrix = BSpline.design_matrix(x, t, order).toarray()
    return {"splineOrder": order, "gridSize": size, "knots": numbers(t), "x": numbers(x), "matrix": numbers(matrix)}


rng = np.random.default_rng(7)
matrices = [design_matrix(order, size, rng) for order in range(6) for size in (1, 5, 12)]
write("layers/bSplines", "scipy", scipy.__version__, matrices, "vectors/generate/layers/spline.py")
