"""Stands for python/main.py in tests: behaves as its first argument says. C = A B is all that it computes."""

import base64
import json
import os
import struct
import sys


def say(message):
    print(json.dumps(message), flush=True)


def values(tensor):
    data = base64.b64decode(tensor["data"])
    return struct.unpack(f"<{len(data) // 4}f", data)


def multiply(task):
    a, b = values(task["a"]), values(task["b"])
    (m, k), (_, n) = task["a"]["shape"], task["b"]["shape"]
    return [sum(a[i * k + p] * b[p * n + j] for p in range(k)) for i in range(m) for j in range(n)]


def encoded(numbers):
    return base64.b64encode(struct.pack(f"<{len(numbers)}f", *numbers)).decode("ascii")


behaviour = sys.argv[1]

if behaviour == "missing":
    say({"missing": "ModuleNotFoundError: No module named 'fake'"})
elif behaviour == "dies":
    print("first line\nout of memory", file=sys.stderr)
    sys.exit(3)
elif behaviour == "garbage":
    print("Welcome to Python!", flush=True)
    sys.stdin.read()
elif behaviour == "silent":
    sys.stdin.read()
else:
    cores = int(sys.argv[sys.argv.index("--cores") + 1]) if "--cores" in sys.argv else os.cpu_count()
    threads = 7 if behaviour == "crowded" else cores
    say({"ready": {"versions": {"fake": "1.2"}, "threads": threads, "device": f"pid {os.getpid()}"}})
    task = None
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"] + (behaviour == "confused")}
        if request["do"] == "open":
            task = request["task"]
            if behaviour == "refuses":
                say({**answer, "unsupported": "no fake form of it is written here"})
            else:
                say({**answer, "ok": {"granularity": 3}})
        elif request["do"] == "check":
            if behaviour == "fails":
                say({**answer, "error": "ValueError: shapes do not fit"})
            else:
                product = multiply(task)
                wrong = [2 * one for one in product]
                say({**answer, "ok": {"values": {"c": encoded(wrong if behaviour == "wrong" else product)}}})
        elif behaviour == "dies-at-work":
            os.abort()
        else:
            say({**answer, "ok": {"elapsedMs": -1 if behaviour == "lies" else 0.5 * request["runs"]}})
