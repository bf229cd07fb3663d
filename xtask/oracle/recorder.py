"""What happened in a run: one object that is told of each event, and keeps the virtual clock.

Those who tell it are the loop (`loop.py`), the coroutines of tasks (`traced.py`), the world of threads
(`threads.py`) and what prints and warns (`patches.py`). What becomes of it is written in `results.py`.
"""

import asyncio
import sys
import weakref

import limits
import threads
from places import place


class TaskRecord:
    """What is known about one task.

    It refers to the task weakly: a task that the program drops must be freed
    when CPython would free it, or "exception was never retrieved" goes missing.
    """

    __slots__ = (
        "reference", "order", "name", "parent", "created", "start", "end",
        "outcome", "result", "exception", "line", "function",
    )

    def __init__(self, order, parent, created):
        self.reference = None
        self.order = order
        self.name = None
        self.parent = parent
        self.created = created
        self.start = None
        self.end = None
        self.outcome = "pending"
        self.result = None
        self.exception = None
        self.line = None
        self.function = None

    def attach(self, task):
        """Tie the record to its task."""
        self.reference = weakref.ref(task)
        self.name = task.get_name()

    def task(self):
        """The task while it is alive, else None."""
        return None if self.reference is None else self.reference()

    def refresh_name(self):
        """Names may be changed at any time: keep the latest one before the task ends."""
        task = self.task()
        if task is not None and self.outcome == "pending":
            self.name = task.get_name()


def described(error):
    """An exception as `TypeName: message`, or `TypeName` when the message is empty."""
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


class Recorder:
    """Everything observed during a run, and the virtual clock."""

    def __init__(self, request, path, reply):
        self.request = request
        self.path = path
        # Where the result goes when the run cannot go on.
        self.reply = reply
        self.now = 0.0
        self.current = None
        self.tasks = []
        # Those and the ones of the loop itself, in the order of creation.
        self.all_tasks = []
        self.lines = []
        self.suspensions = []
        self.steps = []
        self.warnings = []
        self.python_warnings = []
        self.step_count = 0
        self.turn_count = 0
        self.loops = 0
        self.makespan = None
        # Whether every task starts eagerly, and what gives names to tasks that have none.
        self.eager = False
        self.task_name = None
        self.world = threads.World(self)

    # Events, in the order in which they happen.

    def new_task(self):
        """A task is being created by whoever runs now."""
        record = TaskRecord(len(self.tasks), self.current, self.now)
        self.tasks.append(record)
        self.all_tasks.append(record)
        return record

    def own_task(self, task):
        """The loop has created a task that the program does not know of."""
        record = TaskRecord(None, None, self.now)
        record.attach(task)
        self.all_tasks.append(record)

    def step(self, record):
        """A task is about to run."""
        self.step_count += 1
        if self.step_count > limits.STEPS:
            self.deliver({"kind": "limit", "text": f"more than {limits.STEPS} task steps"})
        if record.reference is None:
            # An eager task runs while it is being constructed.
            record.attach(asyncio.current_task())
        self.steps.append((self.now, record, "step", record.line))

    def suspend(self, record, coroutine, yielded):
        """A task has handed `yielded` to the loop."""
        record.line, record.function = place(coroutine, self.path)
        if yielded is None:
            awaited = "yield"
        elif isinstance(yielded, asyncio.Task):
            awaited = f"Task {yielded.get_name()}"
        else:
            awaited = type(yielded).__name__
        self.steps.append((self.now, record, "suspend", record.line))
        self.suspensions.append((self.now, record, record.line, record.function, awaited))

    def finish(self, record, outcome, result=None, exception=None):
        """A task's coroutine has ended; the task object becomes done right after this."""
        record.refresh_name()
        record.end = self.now
        record.outcome = outcome
        record.result = result
        record.exception = exception
        self.steps.append((self.now, record, "finish", None))

    def line(self, text):
        """Something was printed."""
        self.lines.append((self.now, self.current, text.removesuffix("\n")))
        if len(self.lines) > limits.STEPS:
            self.deliver({"kind": "limit", "text": f"more than {limits.STEPS} lines"})

    def recursed(self):
        """Calls within calls, too many: the end of the run, with room for what there is to say of it."""
        sys.setrecursionlimit(2 * sys.getrecursionlimit())
        self.deliver({"kind": "limit", "text": "calls within calls, too many"})

    def loop_warning(self, context):
        """The loop's exception handler is called: keep what CPython would log."""
        text = context.get("message") or "Unhandled exception in event loop"
        if context.get("exception") is not None:
            text += f": {described(context['exception'])}"
        self.warnings.append(text)

    def raised(self, error):
        """A step of a task raises an exception."""

    def opened(self, loop):
        """A loop was made."""
        self.loops += 1

    def closing(self, loop):
        """A loop is about to drop what it holds."""

    # How values and exceptions are written down.
    shown = staticmethod(repr)
    described = staticmethod(described)

    def turn(self):
        """The loop is about to begin a turn."""
        self.turn_count += 1
        if self.turn_count > limits.TURNS:
            self.deliver({"kind": "limit", "text": f"more than {limits.TURNS} turns of the loop"})

    def deadlock(self):
        """Nothing is ready and no timer is set: CPython would wait for ever."""
        blocked = [
            {"task": record.name, "line": record.line}
            for record in self.refreshed() if record.outcome == "pending"
        ]
        self.deliver({"kind": "deadlock", "blocked": blocked})

    # The end.

    def refreshed(self):
        """The records, with names as they are now."""
        for record in self.tasks:
            record.refresh_name()
        return self.tasks

    def deliver(self, error):
        """The run is at its end, or cannot go on: write the result and end this process."""
        self.reply.last(self, error)
