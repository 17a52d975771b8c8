"""One framework as a contender of @polyneuron/bench: answers JSON lines on standard input by JSON lines.

    python3 main.py FRAMEWORK [--mode MODE] [--cores N]

First it says what it is: {"ready": {"versions": {...}, "threads": n, "device": "..."}}, or {"missing": "why"} and ends.
Then each request has one answer, {"id": id, "ok": {...}}, {"id": id, "unsupported": "why"} or {"id": id, "error": "why"}:

    {"id": 1, "do": "open", "task": {...}}   builds the case from its first weights: {"granularity": g, "maximumRuns": m}
    {"id": 2, "do": "check"}                 {"values": {name: tensor}} after the steps of the check
    {"id": 3, "do": "run", "runs": n}        {"elapsedMs": t}, measured here around the n steps alone

It ends when its input does. Needs Python 3.9 and the framework, nothing else.
"""

import argparse
import importlib
import os
import platform
import signal
import sys

from channel import Channel, Unsupported

# Packages of which one process may hold one: each brings thread pools, and tensorflow imports jax where it finds it.
RIVALS = {"jax": ("torch", "tensorflow"), "torch": ("jax", "tensorflow"), "keras": ("jax", "torch")}


class Hiding:
    """An import finder to which some packages are not installed."""

    def __init__(self, finder, packages):
        self._finder, self._packages = finder, packages

    def find_spec(self, name, path=None, target=None):
        is_hidden = name.partition(".")[0] in self._packages
        return None if is_hidden else self._finder.find_spec(name, path, target)

    def __getattr__(self, name):
        return getattr(self._finder, name)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("framework", choices=sorted(RIVALS))
    parser.add_argument("--mode", default="")
    parser.add_argument("--cores", type=int)
    arguments = parser.parse_args()
    channel = Channel()
    # Ctrl-C reaches the whole process group; this process ends when its parent does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Before the import: the pools of all three frameworks count the cores that the process may use.
    if arguments.cores is not None:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: arguments.cores])
    framework = load(arguments.framework, channel)
    if framework is None:
        return
    channel.send(
        {
            "ready": {
                "versions": {"python": platform.python_version(), **framework.versions()},
                "threads": framework.threads(),
                "device": framework.device(arguments.mode),
            }
        }
    )
    serve(framework, arguments.mode, channel)


def load(name: str, channel: Channel):
    sys.meta_path[:] = [Hiding(finder, RIVALS[name]) for finder in sys.meta_path]
    try:
        return importlib.import_module(f"{name}_peer")
    except Exception as cause:  # A framework that is installed and broken raises anything.
        channel.send({"missing": f"{type(cause).__name__}: {cause}"})
        return None


def serve(framework, mode: str, channel: Channel) -> None:
    from wire import encode_all

    session = None
    for request in channel.requests():
        try:
            if request["do"] == "open":
                # The old case goes first, so that two are never in memory.
                session = None
                session = framework.open_task(request["task"], mode)
                answer = {"granularity": session.granularity}
                if hasattr(session, "maximum_runs"):
                    answer["maximumRuns"] = session.maximum_runs
            elif request["do"] == "check":
                answer = {"values": encode_all(session.check())}
            else:
                answer = {"elapsedMs": session.run(request["runs"])}
            channel.send({"id": request["id"], "ok": answer})
        except Unsupported as cause:
            channel.send({"id": request["id"], "unsupported": str(cause)})
        except Exception as cause:
            channel.send({"id": request["id"], "error": f"{type(cause).__name__}: {cause}"})


main()
