"""What a session does besides training steps: work that is repeated and timed as a whole."""

import time


class Repeated:
    """Runs of `once`, one after the other; each waits for its result."""

    granularity = 1

    def once(self):
        raise NotImplementedError

    def run(self, runs: int) -> float:
        started = time.perf_counter()
        for _ in range(runs):
            self.once()
        return 1e3 * (time.perf_counter() - started)


class Called(Repeated):
    """One call per timing: its latency."""

    maximum_runs = 1

    def __init__(self, task: dict, predict):
        self._output, self.once = task["output"], predict

    def check(self) -> dict:
        return {self._output: self.once()}


class TrainedUntil(Repeated):
    """Trainings from the first weights until the loss is below the goal. `start` gives what takes `stride` steps."""

    def __init__(self, task: dict, start):
        self._task, self._start = task, start

    def once(self) -> list:
        advance, losses = self._start(), []
        while len(losses) * self._task["stride"] < self._task["mostSteps"]:
            losses.append(advance())
            if losses[-1] < self._task["goal"]:
                return losses
        raise RuntimeError(f"no loss below {self._task['goal']} in {self._task['mostSteps']} steps: {losses[-1]}")

    def check(self) -> dict:
        return {"loss": self.once()}


class Started(Repeated):
    """A training from its description to the loss of its first step. `begin` gives update(x, y) -> loss and values()."""

    def __init__(self, batches: tuple, checked: tuple, begin):
        self._first = tuple(column[0] for column in batches)
        self._checked, self._begin = checked, begin

    def once(self) -> float:
        update, _ = self._begin()
        return float(update(*self._first))

    def check(self) -> dict:
        update, values = self._begin()
        for x, y in zip(*self._checked):
            update(x, y)
        return values()
