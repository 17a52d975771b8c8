"""Golden values, slopes, Gauss rules and moments of the bases of the orthogonal polynomial layer.

Run: python vectors/generate/orthogonalPolynomials.py   (needs numpy, scipy)
Writes vectors/orthogonalPolynomials.json. Kinds of cases:

values   P_d and P_d' at points on [-1, 1] and far outside: scipy.special.eval_*, and its poly1d for the slope
gauss    nodes and weights (of sum 1) of the Gauss rule of the basis: exact for products of degree 8 and below
moments  E[P_d(t)^2], t = tanh(x), min(max(x, -1), 1) or x for standard normal x, or t uniform on [-1, 1]: scipy.integrate
"""
import numpy
import scipy
from scipy import integrate, special, stats

from golden import numbers, write

BASES = {
    "chebyshev1": ("chebyt", "eval_chebyt", "roots_chebyt", {}),
    "chebyshev2": ("chebyu", "eval_chebyu", "roots_chebyu", {}),
    "legendre": ("legendre", "eval_legendre", "roots_legendre", {}),
    "jacobi": ("jacobi", "eval_jacobi", "roots_jacobi", {"alpha": 1, "beta": 1}),
    "gegenbauer": ("gegenbauer", "eval_gegenbauer", "roots_gegenbauer", {"lambda": 1.5}),
    "hermite": ("hermitenorm", "eval_hermitenorm", "roots_hermitenorm", {}),
    "hermitePhysicists": ("hermite", "eval_hermite", "roots_hermite", {}),
    "laguerre": ("genlaguerre", "eval_genlaguerre", "roots_genlaguerre", {"alpha": 0}),
}
MORE_OPTIONS = [
    ("jacobi", {"alpha": 0.5, "beta": -0.25}),
    # Where the general recurrence divides 0 by 0 at its first step
    ("jacobi", {"alpha": 0, "beta": 0}),
    ("jacobi", {"alpha": -0.5, "beta": -0.5}),
    ("jacobi", {"alpha": 0.3, "beta": -0.3}),
    ("gegenbauer", {"lambda": 0.25}),
    ("laguerre", {"alpha": 2.5}),
]
DEGREE = 8
POINTS = numpy.concatenate([numpy.linspace(-1, 1, 17), [-20, -3.5, 1.75, 20]])
MAPS = {"tanh": numpy.tanh, "clip": lambda x: numpy.clip(x, -1, 1), "none": lambda x: x}


def values(basis, options):
    polynomial, evaluate, _, _ = BASES[basis]
    for d in range(1, DEGREE + 1):
        p = getattr(special, polynomial)(d, *options.values())
        yield {
            "kind": "values",
            "basis": basis,
            "options": options,
            "degree": d,
            "x": numbers(POINTS),
            "value": numbers(getattr(special, evaluate)(d, *options.values(), POINTS)),
            "slope": numbers(numpy.poly1d(p.coeffs).deriv()(POINTS)),
        }


def gauss(basis, options):
    _, evaluate, roots, _ = BASES[basis]
    nodes, weights = getattr(special, roots)(9, *options.values())
    weights = weights / weights.sum()
    squares = [weights @ getattr(special, evaluate)(d, *options.values(), nodes) ** 2 for d in range(1, DEGREE + 1)]
    return {
        "kind": "gauss",
        "basis": basis,
        "options": options,
        "nodes": numbers(nodes),
        "weights": numbers(weights),
        "norms": numbers(squares),
    }


def moments(basis, options):
    _, evaluate, _, _ = BASES[basis]
    square = lambda t, d: getattr(special, evaluate)(d, *options.values(), t) ** 2
    for name, f in MAPS.items():
        expected = [
            integrate.quad(lambda x: square(f(x), d) * stats.norm.pdf(x), -14, 14, points=[-1, 1], limit=400, epsabs=0)[0]
            for d in range(1, 5)
        ]
        yield {"kind": "moments", "basis": basis, "options": options, "normalization": name, "moments": numbers(expected)}
    uniform = [integrate.quad(lambda t: square(t, d) / 2, -1, 1)[0] for d in range(1, 5)]
    yield {"kind": "moments", "basis": basis, "options": options, "normalization": "uniform", "moments": numbers(uniform)}


def cases():
    for basis, options in [(basis, entry[3]) for basis, entry in BASES.items()] + MORE_OPTIONS:
        yield from values(basis, options)
        yield gauss(basis, options)
    for basis in ("chebyshev1", "legendre", "hermite"):
        yield from moments(basis, BASES[basis][3])


if __name__ == "__main__":
    write("orthogonalPolynomials", "scipy", f"{scipy.__version__} (numpy {numpy.__version__})", list(cases()))
