"""Fits the first coefficients of the rational layer: P / Q close to an activation on [-3, 3], least squares.

Run: python vectors/generate/rationalCoefficients.py   (needs numpy, scipy)
Writes vectors/rationalCoefficients.json and packages/kernels/src/layers/polynomial/rationalTables.ts, the same numbers.

A case: activation, version of the denominator, degrees, coefficients rounded to 7 digits, the largest error of the
rounded quotient on a grid of 6001 points, and the smallest value of Q on [-10, 10].
"""
import itertools

import numpy
import scipy
from scipy.optimize import least_squares
from scipy.special import erf, expit

from golden import ROOT, number, numbers, write

ACTIVATIONS = {
    "relu": lambda x: numpy.maximum(x, 0),
    "leakyRelu": lambda x: numpy.where(x > 0, x, 0.2 * x),
    "tanh": numpy.tanh,
    "sigmoid": expit,
    "gelu": lambda x: x * 0.5 * (1 + erf(x / numpy.sqrt(2))),
    "swish": lambda x: x * expit(x),
}
DEGREES = [(5, 4), (3, 2)]
GRID = numpy.linspace(-3, 3, 301)
WIDE = numpy.linspace(-10, 10, 401)
FINE = numpy.linspace(-3, 3, 6001)
# Keeps coefficients of order 1 where several quotients fit alike: 1e-8 |c|^2 against a squared error of 1e-4 or so.
RIDGE = 1e-4


def powers(x, count, first=0):
    return x[:, None] ** numpy.arange(first, first + count)


DENOMINATORS = {
    "a": lambda x, b: 1 + powers(numpy.abs(x), len(b), 1) @ numpy.abs(b),
    "b": lambda x, b: 1 + numpy.abs(powers(x, len(b), 1) @ b),
    "c": lambda x, b: 0.1 + numpy.abs(powers(x, len(b)) @ b),
    "n": lambda x, b: 1 + powers(x, len(b), 1) @ b,
}


# What an absolute value is taken of, and 1/20. Where that is negative, the quotient bends far from its activation.
INNER = {
    "b": lambda x, b: 0.05 + powers(x, len(b), 1) @ b,
    "c": lambda x, b: 0.05 + powers(x, len(b)) @ b,
    "n": lambda x, b: 0.5 + powers(x, len(b), 1) @ b,
}


def quotient(version, x, a, b):
    return powers(x, len(a)) @ a / DENOMINATORS[version](x, b)


def best_even(f, p, q):
    """Coefficients s, t >= 0 of the best Q = 1 + s x^2 + t x^4 on a grid of them, with the best P for each."""
    best = (numpy.inf, 0, 0)
    for s, t in itertools.product(numpy.linspace(0, 6, 61), numpy.linspace(0, 0.5, 51) if q == 4 else [0]):
        columns = powers(GRID, p + 1) / (1 + s * GRID**2 + t * GRID**4)[:, None]
        a = numpy.linalg.lstsq(columns, f(GRID), rcond=None)[0]
        best = min(best, (numpy.sum((columns @ a - f(GRID)) ** 2), s, t))
    return best[1:]


def fit(version, f, p, q, rng):
    """The best of several local fits, started from the best even denominator and from random ones."""
    count = q + 1 if version == "c" else q
    first = 0 if version == "c" else 1
    even = numpy.zeros(5)
    even[[2, 4]] = best_even(f, p, q)
    even[0] = 0.9
    best = None
    for attempt in range(8):
        b = even[first : first + count]
        if attempt > 0:
            b = rng.normal(0, 0.5, count) * (0.7 ** numpy.arange(count))
            for k in range(count):
                if (k + first) % 2 == 0:
                    b[k] = abs(b[k])
            if version == "c":
                b[0] = 0.9
        q_values = DENOMINATORS[version](GRID, b)
        a = numpy.linalg.lstsq(powers(GRID, p + 1) / q_values[:, None], f(GRID), rcond=None)[0]

        def residuals(c, strength):
            a, b = c[: p + 1], c[p + 1 :]
            misfit = (quotient(version, GRID, a, b) - f(GRID)) / numpy.sqrt(len(GRID))
            # Version n has no pole at the start: Q >= 1/2 on [-10, 10].
            sign = strength * numpy.maximum(0, -INNER[version](WIDE, b)) if version in INNER else []
            return numpy.concatenate([misfit, RIDGE * c, sign])

        # Bounded at once, and free first: the bound has kinks that stop a descent from afar.
        for strengths in ((10,), (0, 0.1, 10)):
            found = numpy.concatenate([a, b])
            for strength in strengths:
                solution = least_squares(residuals, found, max_nfev=150, xtol=1e-12, ftol=1e-12, args=(strength,))
                found = solution.x
            if best is None or solution.cost < best[0]:
                best = (solution.cost, found)
    c = numpy.array([float(f"{value:.7g}") for value in best[1]])
    a, b = c[: p + 1], c[p + 1 :]
    # The sign of an absolute value is free: the positive one is where its slope at 0 points too.
    if version == "a":
        b = numpy.abs(b)
    return a, b


def cases():
    rng = numpy.random.default_rng(5)
    for p, q in DEGREES:
        for name, f in ACTIVATIONS.items():
            for version in DENOMINATORS:
                a, b = fit(version, f, p, q, rng)
                yield {
                    "activation": name,
                    "version": version,
                    "degrees": [p, q],
                    "numerator": numbers(a),
                    "denominator": numbers(b),
                    "maxError": number(numpy.max(numpy.abs(quotient(version, FINE, a, b) - f(FINE)))),
                    "leastDenominator": number(DENOMINATORS[version](WIDE, b).min()),
                }


HEADER = """/**
 * @file First coefficients of the rational layer: least-squares fits to activations on [-3, 3].
 * Written by vectors/generate/rationalCoefficients.py, which says how; vectors/rationalCoefficients.json has the errors.
 */

/** Coefficients of P, from x^0 on, and of Q: from x^1 on, of version 'c' from x^0 on. */
export interface RationalFit {
  readonly activation: 'relu' | 'leakyRelu' | 'tanh' | 'sigmoid' | 'gelu' | 'swish';
  readonly version: 'a' | 'b' | 'c' | 'n';
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

// biome-ignore format: one fit a line
export const rationalFits: readonly RationalFit[] = [
"""


def write_table(written):
    """The table as TypeScript, one fit a line, in the shortest decimals that are the same numbers."""
    path = ROOT / "packages/kernels/src/layers/polynomial/rationalTables.ts"
    show = lambda values: ", ".join(repr(value).replace("e-0", "e-") for value in values)
    lines = [
        f"  {{ activation: '{case['activation']}', version: '{case['version']}', "
        f"numerator: [{show(case['numerator'])}], denominator: [{show(case['denominator'])}] }},\n"
        for case in written
    ]
    path.write_text(HEADER + "".join(lines) + "];\n")


if __name__ == "__main__":
    written = []
    for case in cases():
        written.append(case)
        print(case['activation'], case['version'], case['degrees'], f"error {case['maxError']:.2g}")
    write("rationalCoefficients", "scipy", f"{scipy.__version__} (numpy {numpy.__version__})", written)
    write_table(written)
