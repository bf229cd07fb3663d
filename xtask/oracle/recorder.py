"""What happened in a run on the virtual clock: the recorder of `recorder/coroscope.py`, with limits and an end.

Those who tell it are the loop (`loop.py`), the coroutines of tasks, the world of threads (`threads.py`) and what
prints and warns (`patches.py`). How its lines leave the process is in `results.py`.
"""

import asyncio
import re
import sys
import weakref

import coroscope
import limits
import threads
from coroscope import described


class Recorder(coroscope.Recorder):
    """Everything observed during a run, and the virtual clock."""

    def __init__(self, request, path, reply):
        self.lines = []
        super().__init__(self.lines.append, path)
        self.request = request
        # Where the trace goes when the run cannot go on.
        self.reply = reply
        # The tasks of the program and of the loop itself, in the order of creation.
        self.all_tasks = []
        self.step_count = 0
        self.line_count = 0
        self.turn_count = 0
        self.loops = 0
        # The number of the loop whose doing is told.
        self.speaker = None
        # Whether every task starts eagerly, and what gives names to tasks that have none.
        self.eager = False
        self.task_name = None
        self.world = threads.World(self)

    # Events, in the order in which they happen.

    def new_task(self):
        """A task is being created by whoever runs now."""
        record = super().new_task()
        self.all_tasks.append(record)
        return record

    def own_task(self, task):
        """The loop has created a task that the program does not know of."""
        record = coroscope.TaskRecord(None, None)
        record.reference = weakref.ref(task)
        self.all_tasks.append(record)

    def step(self, record, coroutine=None):
        """A task is about to run."""
        self.step_count += 1
        if self.step_count > limits.STEPS:
            self.cut(f"more than {limits.STEPS} task steps")
        super().step(record, coroutine)

    def line(self, text):
        """Something was printed."""
        self.count_line()
        super().line(text)

    def count_line(self):
        """Something is about to be written down."""
        self.line_count += 1
        if self.line_count > limits.STEPS:
            self.cut(f"more than {limits.STEPS} lines")

    def recursed(self):
        """Calls within calls, too many: the end of the run, with room for what there is to say of it."""
        sys.setrecursionlimit(2 * sys.getrecursionlimit())
        self.cut("calls within calls, too many")

    def loop_warning(self, context):
        """The loop's exception handler is called: keep what CPython would log."""
        about = next((context[name] for name in ("task", "future") if isinstance(context.get(name), asyncio.Task)), None)
        error = context.get("exception")
        message = context.get("message") or "Unhandled exception in event loop"
        self.logged(message, about, None if error is None else described(error))

    def log_warning(self, text):
        """What asyncio logs other than through the loop's exception handler; of what was slow, only its name."""
        text = re.sub(r"^Executing <Task .*? name=('[^']*') .*> took ", r"Executing <Task name=\1> took ", text)
        self.logged(re.sub(r"^Executing <(Timer)?Handle .*> took ", "Executing <Handle> took ", text))

    def python_warning(self, category, text):
        """What CPython warns of."""
        self.logged(f"{category.__name__}: {text}")

    def thread_warning(self, text, error):
        """A thread has raised."""
        self.logged(text, error=described(error))

    def opened(self, loop):
        """A loop was made."""
        loop.number, loop.turns = self.loops, 0
        self.loops += 1

    def closing(self, loop):
        """A loop is about to drop what it holds."""
        self.closed()

    def runs(self, loop):
        """A loop begins to run."""
        self.speaker = loop
        super().runs(loop)

    def goes_on(self, loop):
        """A loop goes on, after those of other threads perhaps, where it was."""
        if loop != self.speaker and loop is not None:
            iteration = self.iteration
            self.runs(loop)
            self.iteration = iteration

    def turn(self, loop):
        """The loop is about to begin a turn."""
        self.turn_count += 1
        if self.turn_count > limits.TURNS:
            self.cut(f"more than {limits.TURNS} turns of the loop")
        loop.turns += 1
        super().turn(loop.turns)

    # The end.

    def deadlock(self):
        """Nothing is ready and no timer is set: CPython would wait for ever."""
        self.deliver({"kind": "deadlock"})

    def cut(self, why):
        """The run has gone on for too long."""
        self.deliver({"kind": "limit", "text": why})

    def over(self):
        """The program has ended; what still happens belongs to no moment."""
        self.refresh_all()
        self.is_over = True

    def deliver(self, error):
        """The run is at its end, or cannot go on: write the trace and end this process."""
        self.reply.last(self, error)
