"""Golden values and gradients of the polynomial layers, in float64.

Run: python vectors/generate/layers/polynomial.py   (needs torch, scipy)
Writes vectors/layers/<layer>.json.
"""
import itertools
import math
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import numpy
import scipy.special
import torch

from layerCases import ACTIVATIONS, write_layers


def taylor(config, inputs, p):
    # The document's steps: power, coefficient, cumulative sum, weight
    (x,) = inputs
    degree = config.get("degree", 3)
    t = x - (p["center"] if "center" in p else config.get("center", 0))
    if config.get("mode", "cumulative") == "mixing":
        y = p["bias"] if "bias" in p else 0
        for i in range(x.shape[-1]):
            for power in range(1, degree + 1):
                row = p["kernel"][i] if power == 1 else p["kernelHigher"][power - 2, i]
                y = y + t[..., i, None] ** power * row
        return y
    powers = t[..., None] ** torch.arange(degree + 1)
    terms = powers * p["coefficient"]
    if config.get("mode", "cumulative") == "collapsed":
        return terms.sum(-1)
    return (torch.cumsum(terms, -1) * p["weight"]).sum(-1)


# Each basis as scipy has it: the polynomial by its coefficients, its value, and the nodes of its Gauss rule.
BASES = {
    "chebyshev1": ("chebyt", "eval_chebyt", "roots_chebyt", []),
    "chebyshev2": ("chebyu", "eval_chebyu", "roots_chebyu", []),
    "legendre": ("legendre", "eval_legendre", "roots_legendre", []),
    "jacobi": ("jacobi", "eval_jacobi", "roots_jacobi", [("alpha", 1), ("beta", 1)]),
    "gegenbauer": ("gegenbauer", "eval_gegenbauer", "roots_gegenbauer", [("lambda", 1)]),
    "hermite": ("hermitenorm", "eval_hermitenorm", "roots_hermitenorm", []),
    "hermitePhysicists": ("hermite", "eval_hermite", "roots_hermite", []),
    "laguerre": ("genlaguerre", "eval_genlaguerre", "roots_genlaguerre", [("alpha", 0)]),
}


def basis_function(config, d, t):
    """Monomials with scipy's coefficients, for autograd; the values are those of scipy's own evaluation."""
    polynomial, evaluate, roots, options = BASES[config.get("basis", "chebyshev1")]
    arguments = [config.get(name, value) for name, value in options]
    coefficients = getattr(scipy.special, polynomial)(d, *arguments).coeffs[::-1]
    value = sum(float(c) * t**k for k, c in enumerate(coefficients))
    expected = getattr(scipy.special, evaluate)(d, *arguments, t.detach().numpy())
    assert numpy.allclose(value.detach().numpy(), expected, rtol=1e-12, atol=1e-12)
    if not config.get("orthonormal", False):
        return value
    nodes, weights = getattr(scipy.special, roots)(d + 1, *arguments)
    squares = getattr(scipy.special, evaluate)(d, *arguments, nodes) ** 2
    return value / math.sqrt(weights @ squares / weights.sum())


def orthogonal_polynomial(config, inputs, p):
    (x,) = inputs
    low, high = config.get("domain", (-1, 1))
    t = (x - low) / (high - low) * 2 - 1
    kind = config.get("normalization", "tanh")
    if kind == "layerNorm":
        t = torch.nn.functional.layer_norm(t, t.shape[-1:], eps=1e-5)
    t = {"tanh": torch.tanh, "layerNorm": torch.tanh, "clip": lambda t: t.clamp(-1, 1), "none": lambda t: t}[kind](t)
    y = p["bias"] if "bias" in p else 0
    functions = []
    for d in range(1, config.get("degree", 4) + 1):
        if config.get("basis") == "fourier":
            functions += [torch.sin(d * math.pi * t), torch.cos(d * math.pi * t)]
        else:
            functions.append(basis_function(config, d, t))
    for d, values in enumerate(functions):
        for i in range(x.shape[-1]):
            row = p["kernel"][i] if d == 0 else p["kernelHigher"][d - 1, i]
            y = y + values[..., i, None] * row
    return ACTIVATIONS[config.get("activation", "linear")](y)


class Polynomial:
    """A polynomial in n variables: exponents -> coefficient. Products and sums only, one term at a time."""

    def __init__(self, terms):
        self.terms = terms

    def __add__(self, other):
        terms = dict(self.terms)
        for exponents, value in other.terms.items():
            terms[exponents] = terms[exponents] + value if exponents in terms else value
        return Polynomial(terms)

    def __mul__(self, other):
        product = Polynomial({})
        for (p, a), (q, b) in itertools.product(self.terms.items(), other.terms.items()):
            product = product + Polynomial({tuple(i + j for i, j in zip(p, q)): a * b})
        return product

    def __call__(self, z):
        y = 0
        for exponents, coefficient in self.terms.items():
            monomial = torch.ones_like(z[..., 0])
            for i, power in enumerate(exponents):
                monomial = monomial * z[..., i] ** power
            y = y + monomial * coefficient
        return y


def polynomial_network(config, inputs, p):
    # The coefficients of every monomial first, from the recursion of the paper in polynomials; then their values
    (z,) = inputs
    n, (h, units), degree, form = z.shape[-1], p["kernelOut"].shape, config.get("degree", 3), config.get("form", "ccp")
    constant = lambda value: Polynomial({(0,) * n: value})
    variable = lambda i: tuple(int(i == j) for j in range(n))
    project = lambda kernel: [Polynomial({variable(i): kernel[i, j] for i in range(n)}) for j in range(h)]
    mix = lambda x, m: [sum((x[i] * constant(m[i, j]) for i in range(h)), Polynomial({})) for j in range(h)]
    x = project(p["kernel"])
    if form != "ccp":
        x = [x[j] * constant(p["offset"][0, j]) for j in range(h)]
    for k in range(1, degree):
        a = project(p["kernelHigher"][k - 1])
        gate = constant(p["gate"][k - 1] if "gate" in p else torch.tensor(1.0, dtype=z.dtype))
        if form == "ccp":
            x = [x[j] + gate * a[j] * x[j] for j in range(h)]
            continue
        s = mix(x, p["mixing"][k - 1])
        o = [constant(p["offset"][k, j]) for j in range(h)]
        if form == "ncp":
            x = [a[j] * (gate * s[j] + o[j]) for j in range(h)]
        else:
            v = mix(x, p["skip"][k - 1])
            x = [v[j] + gate * a[j] * (s[j] + o[j]) for j in range(h)]
    y = [sum((x[j] * constant(p["kernelOut"][j, o]) for j in range(h)), Polynomial({})) for o in range(units)]
    if "bias" in p:
        y = [y[o] + constant(p["bias"][o]) for o in range(units)]
    assert all(max(sum(exponents) for exponents in one.terms) == degree for one in y)
    return ACTIVATIONS[config.get("activation", "linear")](torch.stack([one(z) for one in y], -1))


def rational(config, inputs, p):
    (x,) = inputs
    version, a, b = config.get("version", "a"), p["numerator"], p["denominator"]
    top = sum(a[..., k] * x**k for k in range(a.shape[-1]))
    first = 0 if version == "c" else 1
    terms = [b[..., k] * x ** (k + first) for k in range(b.shape[-1])]
    bottom = {
        "a": lambda: 1 + sum(term.abs() for term in terms),
        "b": lambda: 1 + sum(terms).abs(),
        "c": lambda: 0.1 + sum(terms).abs(),
        "n": lambda: 1 + sum(terms),
    }[version]()
    return top / bottom


def sigma_pi(config, inputs, p):
    (x,) = inputs
    n, sets = x.shape[-1], config.get("sets")
    if sets is None:
        choose = itertools.combinations_with_replacement if config.get("allowPowers") else itertools.combinations
        sets = [s for k in range(1, config.get("order", 2) + 1) for s in choose(range(n), k)]
    rows = {"kernel": [s for s in sets if len(s) == 1], "kernelHigher": [s for s in sets if len(s) > 1]}
    y = p["bias"] if "bias" in p else 0
    for name, own in rows.items():
        for row, s in enumerate(own):
            product = torch.ones_like(x[..., 0])
            for i in s:
                product = product * x[..., i]
            y = y + product[..., None] * p[name][row]
    return ACTIVATIONS[config.get("activation", "linear")](y)


def sum_product(config, inputs, p):
    # In probabilities, not logarithms
    (x,) = inputs
    f, d = config.get("factors", 2), x.shape[-1]
    aligned = config.get("combination", "all") == "aligned"
    choices = [(node,) * f for node in range(d)] if aligned else list(itertools.product(range(d), repeat=f))
    groups = []
    for g in range(x.shape[-2] // f):
        weights = torch.exp(p["logits"][g]) / torch.exp(p["logits"][g]).sum(0)
        mixture = 0
        for row, choice in enumerate(choices):
            product = torch.ones_like(x[..., 0, 0])
            for j, node in enumerate(choice):
                product = product * torch.exp(x[..., f * g + j, node])
            mixture = mixture + product[..., None] * weights[row]
        groups.append(torch.log(mixture))
    return torch.stack(groups, -2)


FUNCTIONS = {
    "taylor": taylor,
    "orthogonalPolynomial": orthogonal_polynomial,
    "polynomialNetwork": polynomial_network,
    "rational": rational,
    "sigmaPi": sigma_pi,
    "sumProduct": sum_product,
}


def mixed(n, units, functions, bias=True):
    """Shapes of the kernels of a layer that mixes functions of its features."""
    higher = {"kernelHigher": [functions - 1, n, units]} if functions > 1 else {}
    return {"kernel": [n, units], **higher, **({"bias": [units]} if bias else {})}


def pi_net(form, n, h, units, degree, **extra):
    """Shapes of the parameters of a polynomial network."""
    higher = {"kernelHigher": [degree - 1, n, h]}
    mixing = {"mixing": [degree - 1, h, h], "offset": [degree, h]} if form != "ccp" else {}
    skip = {"skip": [degree - 1, h, h]} if form == "ncpSkip" else {}
    return {"kernel": [n, h], **higher, **mixing, **skip, **extra, "kernelOut": [h, units]}


CASES = [
    ("taylor", {}, 3, [[4]], {"coefficient": [4, 4], "weight": [4, 4]}),
    ("taylor", {"degree": 5, "mode": "collapsed", "center": 0.5}, 2, [[2, 3]], {"coefficient": [3, 6]}),
    (
        "taylor",
        {"degree": 2, "trainableCenter": True},
        2,
        [[3]],
        {"coefficient": [3, 3], "weight": [3, 3], "center": [3]},
    ),
    ("taylor", {"mode": "mixing", "units": 2, "center": -0.5}, 3, [[3]], mixed(3, 2, 3)),
    ("taylor", {"mode": "mixing", "units": 3, "degree": 1, "useBias": False}, 2, [[2, 2]], mixed(2, 3, 1, False)),
    ("orthogonalPolynomial", {"units": 2}, 3, [[3]], mixed(3, 2, 4)),
    (
        "orthogonalPolynomial",
        {"units": 2, "basis": "legendre", "normalization": "layerNorm", "activation": "tanh"},
        2,
        [[2, 3]],
        mixed(3, 2, 4),
    ),
    (
        "orthogonalPolynomial",
        {"units": 1, "basis": "chebyshev2", "normalization": "none", "domain": [-2, 3], "useBias": False},
        3,
        [[2]],
        mixed(2, 1, 4, False),
    ),
    (
        "orthogonalPolynomial",
        {"units": 2, "basis": "jacobi", "alpha": 0.5, "beta": -0.25, "orthonormal": True, "degree": 3},
        2,
        [[2]],
        mixed(2, 2, 3),
    ),
    ("orthogonalPolynomial", {"units": 2, "basis": "jacobi", "degree": 2}, 2, [[2]], mixed(2, 2, 2)),
    (
        "orthogonalPolynomial",
        {"units": 2, "basis": "gegenbauer", "lambda": 0.75, "orthonormal": True, "normalization": "clip"},
        3,
        [[2]],
        mixed(2, 2, 4),
    ),
    (
        "orthogonalPolynomial",
        {"units": 2, "basis": "hermite", "orthonormal": True, "normalization": "none"},
        2,
        [[3]],
        mixed(3, 2, 4),
    ),
    ("orthogonalPolynomial", {"units": 1, "basis": "hermitePhysicists", "degree": 3}, 2, [[2]], mixed(2, 1, 3)),
    (
        "orthogonalPolynomial",
        {"units": 1, "basis": "laguerre", "alpha": 0.5, "orthonormal": True, "degree": 3},
        2,
        [[2]],
        mixed(2, 1, 3),
    ),
    ("orthogonalPolynomial", {"units": 2, "basis": "fourier", "degree": 3}, 2, [[2]], mixed(2, 2, 6)),
    ("orthogonalPolynomial", {"units": 2, "degree": 1}, 2, [[2]], mixed(2, 2, 1)),
    ("polynomialNetwork", {"units": 2, "rank": 2}, 3, [[2]], pi_net("ccp", 2, 2, 2, 3, bias=[2])),
    (
        "polynomialNetwork",
        {"units": 1, "rank": 2, "degree": 4, "start": "gated", "useBias": False, "activation": "tanh"},
        2,
        [[2, 2]],
        pi_net("ccp", 2, 2, 1, 4, gate=[3]),
    ),
    ("polynomialNetwork", {"units": 2, "rank": 2, "form": "ncp"}, 3, [[2]], pi_net("ncp", 2, 2, 2, 3, bias=[2])),
    (
        "polynomialNetwork",
        {"units": 1, "rank": 3, "form": "ncp", "start": "gated", "degree": 2},
        2,
        [[2]],
        pi_net("ncp", 2, 3, 1, 2, gate=[1], bias=[1]),
    ),
    (
        "polynomialNetwork",
        {"units": 2, "rank": 2, "form": "ncpSkip", "start": "calibrated"},
        2,
        [[2]],
        pi_net("ncpSkip", 2, 2, 2, 3, bias=[2]),
    ),
    (
        "polynomialNetwork",
        {"units": 1, "rank": 2, "form": "ncpSkip", "start": "gated"},
        2,
        [[2]],
        pi_net("ncpSkip", 2, 2, 1, 3, gate=[2], bias=[1]),
    ),
    ("rational", {}, 3, [[3]], {"numerator": [6], "denominator": [4]}),
    ("rational", {"perFeature": True}, 2, [[2, 2]], {"numerator": [2, 6], "denominator": [2, 4]}),
    ("rational", {"version": "b"}, 3, [[3]], {"numerator": [6], "denominator": [4]}),
    ("rational", {"version": "c", "perFeature": True}, 2, [[3]], {"numerator": [3, 6], "denominator": [3, 5]}),
    ("rational", {"version": "n"}, 3, [[2]], {"numerator": [6], "denominator": [4]}),
    # The reference library leaves this one out: as many coefficients below as above, and more
    (
        "rational",
        {"numeratorDegree": 2, "denominatorDegree": 4, "approximates": "identity"},
        2,
        [[3]],
        {"numerator": [3], "denominator": [4]},
    ),
    ("sigmaPi", {"units": 2}, 3, [[3]], {"kernel": [3, 2], "kernelHigher": [3, 2], "bias": [2]}),
    (
        "sigmaPi",
        {"units": 2, "order": 3, "allowPowers": True, "useBias": False, "activation": "tanh"},
        2,
        [[2, 2]],
        {"kernel": [2, 2], "kernelHigher": [7, 2]},
    ),
    (
        "sigmaPi",
        {"units": 2, "sets": [[2, 1], [0], [0, 0, 3], [1, 2, 3], [2], [0, 1, 2, 3]]},
        2,
        [[4]],
        {"kernel": [2, 2], "kernelHigher": [4, 2], "bias": [2]},
    ),
    ("sumProduct", {"units": 2}, 2, [[4, 2]], {"logits": [2, 4, 2]}),
    ("sumProduct", {"units": 1, "factors": 3}, 2, [[2, 3, 2]], {"logits": [1, 8, 1]}),
    ("sumProduct", {"units": 2, "factors": 2, "combination": "aligned"}, 3, [[2, 3]], {"logits": [1, 3, 2]}),
    ("sumProduct", {"units": 3, "factors": 1}, 2, [[2, 2]], {"logits": [2, 2, 3]}),
]

write_layers(FUNCTIONS, CASES)
