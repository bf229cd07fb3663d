"""CPU work of a reader's program: a step that really computes for long holds the loop for as long as was measured."""

import coroscope
from time import perf_counter

# Seconds from which a step counts as computing: what is shorter may be a hiccup of the machine's.
LONG = 0.02


def measuring(Recorder):
    """The kind of recorder that measures the steps of tasks, too."""

    class Measuring(Recorder):
        # When the step that runs began, or was gone on with, in real seconds; and the number of its task.
        since = of = None

        def step(self, record, coroutine=None):
            """A task is about to run."""
            self.held()
            super().step(record, coroutine)
            self.of = record.number
            self.since = perf_counter()

        def held(self):
            """What the running step has computed until now is done: time passes, and it is told that it was measured."""
            if self.since is None:
                return
            seconds, self.since = round(perf_counter() - self.since, 4), None
            if seconds >= LONG and not self.is_over:
                whose = f',"task":{self.of}'
                self.tell("blocked", f'{whose},"seconds":{coroscope.number(seconds)},"measured":true')
                self.world.work(seconds)

        def line(self, text):
            """Something is printed."""
            if self.current is not None:
                self.held()
                self.since = perf_counter()
            super().line(text)

        def suspend(self, record, coroutine, yielded):
            """A task has handed `yielded` to the loop."""
            self.held()
            super().suspend(record, coroutine, yielded)

        def finish(self, record, outcome, exception=None):
            """A task's coroutine has ended."""
            self.held()
            super().finish(record, outcome, exception)

    return Measuring
