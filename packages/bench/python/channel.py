"""Requests and answers, one JSON value a line. Needs no package, so that it can say which one is missing."""

import json
import os
import sys


class Unsupported(Exception):
    """A task that a framework does not take, which is no mistake; the text says why."""


class Channel:
    """Requests in, answers out, one JSON value a line."""

    def __init__(self):
        # Whatever a framework prints goes to standard error; the answers keep the pipe for themselves.
        self._answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)

    def send(self, message: dict) -> None:
        self._answers.write(json.dumps(message) + "\n")
        self._answers.flush()

    def requests(self):
        for line in sys.stdin:
            yield json.loads(line)
