"""Writes golden files: provenance first, then the cases."""
import datetime
import json
import math
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def number(value):
    """A JSON number, or the string that the reader turns into NaN or an infinity."""
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def numbers(tensor):
    """Elements of a tensor or nested list, row-major."""
    if hasattr(tensor, "detach"):
        tensor = tensor.detach().numpy()
    if hasattr(tensor, "ravel"):
        return [number(value) for value in tensor.ravel()]
    return [number(value) for value in tensor]


def write(topic, framework, version, cases, script=None):
    """Writes vectors/<topic>.json, one case a line. `script` where its name is not the topic's."""
    provenance = {
        "framework": framework,
        "version": str(version),
        "script": script or f"vectors/generate/{topic}.py",
        "date": datetime.date.today().isoformat(),
    }
    lines = ",\n".join(json.dumps(case, allow_nan=False) for case in cases)
    path = ROOT / "vectors" / f"{topic}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{{\n"provenance": {json.dumps(provenance)},\n"cases": [\n{lines}\n]\n}}\n')
    print(f"{path.relative_to(ROOT)}: {len(cases)} cases")
