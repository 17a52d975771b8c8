"""Golden values of the error function, by mpmath-free scipy in float64. Run: python vectors/generate/erf.py"""
import json, pathlib
import numpy, scipy
from scipy.special import erf

x = numpy.concatenate([numpy.linspace(-6.5, 6.5, 261), 10.0 ** numpy.arange(-12, 0), [2.4999999, 2.5, 2.5000001]])
target = pathlib.Path(__file__).parent.parent / "erf.json"
target.write_text(json.dumps({
    "provenance": {"framework": "scipy", "version": scipy.__version__, "script": "vectors/generate/erf.py", "date": "2026-11-22"},
    "cases": [{"name": "scipy.special.erf", "x": x.tolist(), "y": erf(x).tolist()}],
}, indent=1) + "\n")
