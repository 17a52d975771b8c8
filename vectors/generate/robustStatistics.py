"""Golden robust statistics by numpy and scipy, and bootstrap intervals by enumeration.

Run: python vectors/generate/robustStatistics.py   (needs numpy, scipy)
Writes vectors/robustStatistics.json. Not called statistics.py, which would hide Python's own module from its neighbours.
"""
import itertools

import numpy
import scipy
from scipy import stats

from golden import numbers, number, write

PROBABILITIES = [0.0, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.95, 1.0]
RANDOM = numpy.random.default_rng(7)
SAMPLES = {
    "one value": [3.5],
    "two values": [1.0, 2.0],
    "ties": [2.0, 2.0, 2.0, 5.0, 5.0],
    "negative and positive": [-3.0, 7.0, 0.0, -0.5, 2.25, 11.0],
    "an outlier": [1.0, 1.01, 0.99, 1.02, 1e6],
    "30 timings": list(numpy.round(RANDOM.lognormal(1.0, 0.4, 30), 6)),
    "101 timings": list(numpy.round(RANDOM.exponential(2.0, 101), 6)),
}
# Resamples of the test: 20,000, so the share of draws below an atom is known to 0.0011 (one sigma) at 0.025.
CLEARANCE = 0.005
RATIOS = {
    "four against four": ([34.0, 35.0, 38.0, 39.0], [2.0, 3.0, 8.0, 13.0]),
    "five against three": ([10.0, 15.0, 17.0, 23.0, 29.0], [2.0, 11.0, 14.0]),
    "three against five": ([26.0, 33.0, 34.0], [2.0, 4.0, 5.0, 8.0, 10.0]),
}


def summary(name, values):
    """Type 7 quantiles, median and the unscaled median absolute deviation."""
    quantiles = [{"p": number(p), "value": number(numpy.quantile(values, p))} for p in PROBABILITIES]
    return {
        "kind": "summary",
        "source": f"numpy.quantile and scipy.stats.median_abs_deviation of {name}",
        "values": numbers(values),
        "quantiles": quantiles,
        "median": number(numpy.median(values)),
        "mad": number(stats.median_abs_deviation(values)),
    }


def medians(values):
    """Median of every resample with replacement, each as likely as any other."""
    return numpy.median(list(itertools.product(values, repeat=len(values))), axis=1)


def interval(name, numerator, denominator):
    """The 2.5 % and 97.5 % atoms of the exact bootstrap distribution of the ratio of medians."""
    ratios = numpy.sort(numpy.divide.outer(medians(numerator), medians(denominator)).ravel())
    ends = []
    for share in (0.025, 0.975):
        end = ratios[int(share * len(ratios))]
        below, upto = numpy.searchsorted(ratios, [end * (1 - 1e-12), end * (1 + 1e-12)]) / len(ratios)
        assert below + CLEARANCE < share < upto - CLEARANCE, (name, share, below, upto)
        ends.append(number(end))
    return {
        "kind": "ratio",
        "source": f"every pair of resamples, {name}",
        "numerator": numbers(numerator),
        "denominator": numbers(denominator),
        "ratio": number(numpy.median(numerator) / numpy.median(denominator)),
        "low": ends[0],
        "high": ends[1],
    }


if __name__ == "__main__":
    cases = [summary(name, values) for name, values in SAMPLES.items()]
    cases += [interval(name, *pair) for name, pair in RATIOS.items()]
    write("robustStatistics", "scipy", f"{scipy.__version__} (numpy {numpy.__version__})", cases)
