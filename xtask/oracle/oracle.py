#!/usr/bin/env python3.13
"""Run asyncio programs under the real CPython 3.13 asyncio on a virtual clock.

Requests arrive on standard input, one JSON object per line:

    {"program": "path/to/twin.py", "set": {"NAME": value, ...}, "network": {"latency": seconds, ...}}
    {"differential": program}

and one JSON object per request leaves on standard output, in the same order.
README.md next to this file lists the fields and what is guaranteed.

Every request for a Python file is served by a forked child, so that nothing (task name
counter, patched modules, class definitions) carries over from one run to the next.
"""

import ast
import asyncio
import asyncio.base_events
import asyncio.runners
import asyncio.taskgroups
import builtins
import collections
import collections.abc
import contextlib  # noqa: F401  imported before the fork to make runs fast
import dataclasses  # noqa: F401  likewise
import enum  # noqa: F401  likewise
import functools  # noqa: F401  likewise
import gc
import heapq
import itertools  # noqa: F401  likewise
import json
import logging
import math
import os
import random  # noqa: F401  likewise
import re
import select
import signal
import sys
import time
import types
import typing  # noqa: F401  likewise
import warnings
import weakref

sys.dont_write_bytecode = True

import clocks
import interpret
import network
import threads

# A run is cut off after this many task steps, or printed lines.
MAX_STEPS = 200_000
# A run is cut off after this many turns of the loop (callbacks that reschedule themselves).
MAX_TURNS = 4 * MAX_STEPS
# A run is cut off after this many seconds of real time (a task that never awaits).
MAX_SECONDS = 20.0
# The parent gives up on a child that does not even react to its own alarm after this many more.
GRACE_SECONDS = 5.0
# How much of `steps`, `suspensions` and `lines` is kept when a run is cut off.
KEPT_AFTER_LIMIT = 1_000

CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")


# ---------------------------------------------------------------------------
# The program text


class Invalid(Exception):
    """The request or the program cannot be run at all."""


def literal(value, original):
    """Python source for `value` from JSON; lists take the place of tuples where `original` has them."""

    def shaped(item, like):
        if isinstance(item, list):
            inner = like[0] if isinstance(like, (list, tuple)) and like else None
            return (tuple if isinstance(like, tuple) else list)(shaped(each, inner) for each in item)
        if isinstance(item, dict):
            likes = like if isinstance(like, dict) else {}
            return {key: shaped(each, likes.get(key)) for key, each in item.items()}
        if isinstance(item, float) and not math.isfinite(item):
            raise Invalid(f"{item!r} has no literal")
        return item

    return repr(shaped(value, original))


def substitute(source, path, values):
    """`source` with the literals of its top-level constants replaced; all line numbers stay."""
    try:
        tree = ast.parse(source, path)
    except (SyntaxError, ValueError) as error:
        raise Invalid(f"{type(error).__name__}: {error}") from None
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            target = node.target
        else:
            continue
        if isinstance(target, ast.Name) and CONSTANT.fullmatch(target.id):
            found.setdefault(target.id, []).append(node)

    lines = source.encode().split(b"\n")
    for name, value in values.items():
        nodes = found.get(name, [])
        if len(nodes) != 1:
            raise Invalid(f"{name} is not a constant of the program" if not nodes else f"{name} is assigned twice")
        node = nodes[0]
        if node.lineno != node.end_lineno:
            raise Invalid(f"{name} does not fit on one line")
        try:
            original = ast.literal_eval(node.value)
        except (ValueError, TypeError):
            raise Invalid(f"{name} is not a literal") from None
        # Column offsets count bytes of UTF-8; what follows the value (a comment) stays.
        at = node.lineno - 1
        line = lines[at]
        opening, closing = node.value.col_offset, node.value.end_col_offset
        prefix, suffix = line[:opening].rstrip(b"( "), line[closing:].lstrip(b") ")
        if not prefix.endswith(b"=") or suffix.rstrip() and not suffix.startswith(b"#"):
            raise Invalid(f"{name} is not written as NAME = literal")
        gap = b"  " if suffix.startswith(b"#") else b""
        lines[at] = prefix + b" " + literal(value, original).encode() + gap + suffix
    return b"\n".join(lines).decode()


# ---------------------------------------------------------------------------
# What is written down


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
    """Everything observed during the one run of this process, and the virtual clock."""

    def __init__(self, request, path, pipe):
        self.request = request
        self.path = path
        self.pipe = pipe
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
        if self.step_count > MAX_STEPS:
            self.deliver({"kind": "limit", "text": f"more than {MAX_STEPS} task steps"})
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
        if len(self.lines) > MAX_STEPS:
            self.deliver({"kind": "limit", "text": f"more than {MAX_STEPS} lines"})

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
        if self.turn_count > MAX_TURNS:
            self.deliver({"kind": "limit", "text": f"more than {MAX_TURNS} turns of the loop"})

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

    def disagreement(self):
        """Text when a recorded outcome is not what the task object itself says, else None.

        Reads private getters, because `Task.exception()` would mark the exception as retrieved.
        """
        for record in self.tasks:
            task = record.task()
            if task is None:
                continue
            if not task.done():
                actual = ("pending", None)
            elif task.cancelled():
                actual = ("cancelled", None)
            elif task._exception is not None:
                actual = ("failed", self.described(task._exception))
            else:
                actual = ("done", None)
            if actual != (record.outcome, record.exception):
                return f"{record.name}: recorded {(record.outcome, record.exception)}, the task says {actual}"
        return None

    def deliver(self, error):
        """Write the result to the parent and end this process."""
        try:
            self.send(error)
        finally:
            os._exit(0)

    def send(self, error, prefix=b"", suffix=b""):
        """Write the result to the parent."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        kept = None
        if error is None or error["kind"] in ("exception", "deadlock"):
            wrong = self.disagreement()
            if wrong is not None:
                error = {"kind": "internal", "text": wrong}
        elif error["kind"] == "limit":
            kept = KEPT_AFTER_LIMIT
        data = prefix + json.dumps(self.result(error, kept)).encode() + suffix
        while data:
            data = data[os.write(self.pipe, data):]

    def result(self, error, kept):
        """The JSON object for this run; only the first `kept` entries of the long lists."""
        self.refreshed()

        def name(record):
            return None if record is None else record.name

        return {
            "program": self.request["program"],
            "set": self.request["set"],
            "lines": [
                {"time": at, "task": name(record), "text": text}
                for at, record, text in self.lines[:kept]
            ],
            "tasks": [
                {
                    "name": record.name,
                    "parent": name(record.parent),
                    "created": record.created,
                    "start": record.start,
                    "end": record.end,
                    "outcome": record.outcome,
                    "result": record.result,
                    "exception": record.exception,
                }
                for record in self.tasks[:kept]
                # Without a name: calls within calls, too many, while it was being made.
                if record.name is not None
            ],
            "suspensions": [
                {"time": at, "task": name(record), "line": line, "function": function, "awaits": awaited}
                for at, record, line, function, awaited in self.suspensions[:kept]
            ],
            "steps": [[at, name(record), event, line] for at, record, event, line in self.steps[:kept]],
            "makespan": self.now if self.makespan is None else self.makespan,
            "turns": self.turn_count,
            "error": error,
            "warnings": self.warnings,
            "python_warnings": self.python_warnings,
        }


class DifferentialRecorder(Recorder):
    """For a program of `cargo xtask differential`: lines and warnings in one list."""

    shown = staticmethod(interpret.show)
    described = staticmethod(interpret.describe)

    def __init__(self, pipe):
        super().__init__({"program": None, "set": None}, None, pipe)
        self.log = []
        self.late = []
        self.is_over = False
        self.kept = []
        self.loop_references = []
        self.workers = None
        self.uses_threads = False
        # Not from CPython's own counter, which nobody can set back for the next run.
        self.task_name = map("Task-{}".format, itertools.count(1)).__next__

    def begin(self, program):
        """Forget the last run."""
        # Where `threads` is there, the patches know this world; no program before this one had threads.
        world = getattr(self, "world", None)
        self.__init__(self.pipe)
        self.world = world
        self.request["network"] = program.get("network") or {}
        self.eager = bool(program.get("eager"))
        self.workers = program.get("workers", 4)
        self.uses_threads = bool(program.get("jobs"))

    def send(self, error, prefix=b"", suffix=b""):
        """Write the result to the parent."""
        if any((record.exception or "").startswith("RecursionError") for record in self.tasks):
            error = {"kind": "limit", "text": "calls within calls, too many, in a task"}
        super().send(error, prefix, suffix)

    def line(self, text):
        """Something was printed."""
        if not self.is_over:
            self.entry("print", text)

    def warning(self, text):
        """CPython warned."""
        if self.is_over:
            # What asyncio's own coroutines do when they are freed is as little recorded as what others do.
            if not text.startswith("Error on transport creation"):
                self.late.append(text)
        else:
            self.entry("warning", text)

    def entry(self, kind, text):
        """Something is to be written down."""
        self.log.append((self.now, self.current, kind, text))
        if len(self.log) > MAX_STEPS:
            self.deliver({"kind": "limit", "text": f"more than {MAX_STEPS} lines"})

    def loop_warning(self, context):
        """The loop's exception handler is called."""
        if isinstance(context.get("exception"), RecursionError):
            self.recursed()
        self.warning(interpret.loop_warning(context))
        if context.get("exception") is not None:
            # The frame of the handle that failed refers to it.
            self.raised(context["exception"])

    def suspend(self, record, coroutine, yielded):
        """A task has handed `yielded` to the loop."""
        self.steps.append((self.now, record, "suspend", None))

    def raised(self, error):
        """What a task keeps of an exception must not keep frames, and what they refer to, alive."""
        interpret.bare(error)

    def opened(self, loop):
        """A loop was made."""
        super().opened(loop)
        self.loop_references.append(weakref.ref(loop))

    def closing(self, loop):
        """What a loop drops when it is closed belongs to what happens after the end of the program."""
        self.kept.append((list(loop._ready), list(loop._scheduled)))

    def over(self):
        """The program has ended; what still happens belongs to no moment."""
        self.refreshed()
        self.makespan = self.now
        self.is_over = True

    def deliver(self, error):
        """Write the result to the parent and end this process, which no further run can use."""
        try:
            self.send(error, b"-", b"\n")
        finally:
            os._exit(0)

    def is_clean(self):
        """Whether nothing is left of the run that could show in the next."""
        objects = [reference() for reference in self.loop_references] + [record.task() for record in self.tasks]
        return not self.uses_threads and all(each is None for each in objects)

    def result(self, error, kept):
        """The JSON object for this run."""
        result = super().result(error, kept)
        names = {record: record.name for record in self.tasks}
        result["log"] = [[at, names.get(record), kind, text] for at, record, kind, text in self.log[:kept]]
        result["late"] = sorted(self.late)
        for field in ("program", "set", "lines", "suspensions", "warnings", "python_warnings"):
            del result[field]
        return result


# Objects without frames that stand between an await and what it waits for; Python offers
# no attribute that leads on from them, the garbage collector's view does.
async def _coroutine():
    pass


async def _asyncgen():
    yield


def _transparent_types():
    generator = _asyncgen()
    samples = (
        _coroutine().__await__(),
        generator.asend(None),
        generator.athrow(GeneratorExit),
        anext(generator, None),
    )
    for sample in samples:
        sample.close()
    return tuple(map(type, samples))


TRANSPARENT = _transparent_types()
FRAMED = (types.CoroutineType, types.GeneratorType, types.AsyncGeneratorType)


def place(awaitable, path):
    """Line and function name of the innermost suspended frame that belongs to the file `path`."""
    line = function = None
    if path is None:
        return line, function
    while awaitable is not None:
        kind = type(awaitable)
        if kind is types.CoroutineType:
            frame, inner = awaitable.cr_frame, awaitable.cr_await
        elif kind is types.GeneratorType:
            frame, inner = awaitable.gi_frame, awaitable.gi_yieldfrom
        elif kind is types.AsyncGeneratorType:
            frame, inner = awaitable.ag_frame, awaitable.ag_await
        elif kind in TRANSPARENT:
            frame, inner = None, None
            for referent in gc.get_referents(awaitable):
                if isinstance(referent, FRAMED + TRANSPARENT):
                    inner = referent
                    break
        elif kind is Traced:
            frame, inner = None, awaitable.coroutine
        else:
            break
        if frame is not None and frame.f_code.co_filename == path:
            line, function = frame.f_lineno, frame.f_code.co_name
        awaitable = inner
    return line, function


class Traced(collections.abc.Coroutine):
    """Stands before a task's coroutine, and tells the recorder of each step.

    The task is the C `asyncio.Task`; it accepts any `collections.abc.Coroutine`
    and calls `send` and `throw`, exactly one of them per step. This object holds
    no reference to the task, and no local variable of `drive` does: a traceback
    would keep it alive.
    """

    __slots__ = ("coroutine", "record", "recorder")

    def __init__(self, coroutine, record, recorder):
        self.coroutine = coroutine
        self.record = record
        self.recorder = recorder

    def send(self, value):
        """One step of the task, from the beginning or after a plain wake-up."""
        if self.record.start is None:
            self.record.start = self.recorder.now
        outer = self.begin()
        try:
            yielded = self.coroutine.send(value)
        except BaseException as error:
            self.ended(error)
            raise
        finally:
            self.recorder.current = outer
        self.recorder.suspend(self.record, self.coroutine, yielded)
        return yielded

    def throw(self, *error):
        """One step of the task, in which an exception (mostly CancelledError) is raised."""
        outer, now = self.begin(), self.recorder.now
        try:
            yielded = self.coroutine.throw(*error)
        except BaseException as error:
            self.ended(error)
            if self.record.start is None and self.record.outcome != "cancelled":
                self.record.start = now
            raise
        finally:
            self.recorder.current = outer
        if self.record.start is None:
            # Only what is no coroutine, a generator's `aclose`, can catch it before it has begun.
            self.record.start = now
        self.recorder.suspend(self.record, self.coroutine, yielded)
        return yielded

    def begin(self):
        """Record that a step begins; the record of the task in whose step this one is."""
        recorder = self.recorder
        recorder.step(self.record)
        outer, recorder.current = recorder.current, self.record
        return outer

    def ended(self, error):
        """Record how the task ended. Its caller raises the error on, from its own frame: so nothing
        is added to a traceback that was removed."""
        recorder, record = self.recorder, self.record
        if isinstance(error, StopIteration):
            # A request to cancel that came during the last step wins over the result.
            if getattr(record.task(), "_must_cancel", False):
                recorder.finish(record, "cancelled")
            else:
                recorder.finish(record, "done", result=recorder.shown(error.value))
        elif isinstance(error, asyncio.CancelledError):
            recorder.finish(record, "cancelled")
            recorder.raised(error)
        else:
            recorder.finish(record, "failed", exception=recorder.described(error))
            recorder.raised(error)

    def close(self):
        """As the coroutine's own."""
        return self.coroutine.close()

    def __await__(self):
        return self.coroutine.__await__()

    def __getattr__(self, name):
        # `cr_frame`, `__qualname__` and so on, for `repr(task)` and `task.get_stack()`.
        return getattr(self.coroutine, name)


# ---------------------------------------------------------------------------
# Sets whose order CPython leaves open


class OrderedSet(collections.abc.MutableSet):
    """A set that iterates in the order of insertion.

    It takes the place of the plain sets of tasks inside asyncio, which iterate in
    the order of memory addresses, so that one of the possible orders is always the same.
    """

    def __init__(self, items=()):
        self.items = dict.fromkeys(items)

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __repr__(self):
        return "{" + ", ".join(map(repr, self)) + "}" if self else "set()"

    def add(self, item):
        self.items[item] = None

    def discard(self, item):
        self.items.pop(item, None)

    def clear(self):
        self.items.clear()

    # The methods by name that the abstract class does not bring along.

    def copy(self):
        return OrderedSet(self)

    def update(self, *others):
        for other in others:
            self.items.update(dict.fromkeys(other))

    def difference_update(self, *others):
        for item in [item for other in others for item in other]:
            self.discard(item)

    def intersection_update(self, *others):
        for other in others:
            self.items = dict.fromkeys(filter(OrderedSet(other).__contains__, self))

    def union(self, *others):
        result = self.copy()
        result.update(*others)
        return result

    def difference(self, *others):
        result = self.copy()
        result.difference_update(*others)
        return result

    def intersection(self, *others):
        result = self.copy()
        result.intersection_update(*others)
        return result

    def symmetric_difference(self, other):
        return self ^ OrderedSet(other)

    def issubset(self, other):
        return self <= OrderedSet(other)

    def issuperset(self, other):
        return self >= OrderedSet(other)


class OrderedWeakSet:
    """What the loop needs of `weakref.WeakSet` for its asynchronous generators, in order."""

    def __init__(self):
        self.references = {}

    def __len__(self):
        return sum(1 for _ in self)

    def __iter__(self):
        for reference in list(self.references):
            item = reference()
            # What only cycles of frames keep of a context is nothing that the program has.
            if item is not None and not (item.ag_frame is None and item.__qualname__ == "context"):
                yield item

    def add(self, item):
        self.references[weakref.ref(item, self._forget)] = None

    def discard(self, item):
        self.references.pop(weakref.ref(item), None)

    def clear(self):
        self.references.clear()

    def _forget(self, reference):
        self.references.pop(reference, None)


def as_completed_init(self, aws, timeout):
    """`_AsCompletedIterator.__init__` of CPython 3.13, word for word but for the two sets."""
    self._done = asyncio.Queue()
    self._timeout_handle = None

    loop = asyncio.get_event_loop()
    todo = OrderedSet(asyncio.ensure_future(aw, loop=loop) for aw in OrderedSet(aws))
    for f in todo:
        f.add_done_callback(self._handle_completion)
    if todo and timeout is not None:
        self._timeout_handle = loop.call_later(timeout, self._handle_timeout)
    self._todo = todo
    self._todo_left = len(todo)


# ---------------------------------------------------------------------------
# The loop


class VirtualSelector(network.Selector):
    """Never waits: moves the clock to the next timer instead, or to what threads do before it."""

    def __init__(self, recorder):
        super().__init__()
        self.recorder = recorder
        self.loop = None

    def select(self, timeout=None):
        """What is ready (sockets in memory, the loop's own self-pipe); until something is, time passes."""
        recorder, world = self.recorder, self.recorder.world
        recorder.turn()
        if timeout is None or timeout > 0:
            while not super().select(0):
                # The head of the heap is not cancelled: the loop has just dropped those that are. The
                # network may have set a timer since.
                deadline = self.loop._scheduled[0]._when if self.loop._scheduled else math.inf
                when = world.next_time()
                if when <= deadline and when != math.inf:
                    world.happen()
                elif deadline == math.inf:
                    recorder.deadlock()
                else:
                    # Exactly the deadline, not the sum of now and the difference.
                    recorder.now = max(recorder.now, deadline)
                    break
        world.catch_up()
        return super().select(0)


class OrderedTimerHandle(asyncio.TimerHandle):
    """Among timers of the same deadline, the one set first comes first."""

    __slots__ = ("_sequence",)

    def __init__(self, sequence, *arguments):
        super().__init__(*arguments)
        self._sequence = sequence

    def __lt__(self, other):
        return (self._when, self._sequence) < (other._when, other._sequence)


# Tasks of `Runner.close`, of which no program knows.
HOUSEKEEPING = (
    asyncio.base_events.BaseEventLoop.shutdown_asyncgens.__code__,
    asyncio.base_events.BaseEventLoop.shutdown_default_executor.__code__,
)


class VirtualLoop(network.Loop):
    """CPython's own selector loop; only the clock, timer ties, sockets and recording are different."""

    def __init__(self, recorder):
        selector = VirtualSelector(recorder)
        super().__init__(selector, recorder.request["network"])
        selector.loop = self
        self._recorder = recorder
        self._timer_sequence = 0
        self._asyncgens = OrderedWeakSet()
        self.is_eager = recorder.eager
        self.next_is_eager = False
        recorder.opened(self)

    def time(self):
        """The virtual clock."""
        return self._recorder.now

    @property
    def _clock_resolution(self):
        """Linux's; after 100 days the step to the next number, for this clock stands still at a deadline."""
        return max(1e-9, math.ulp(self._recorder.now))

    @_clock_resolution.setter
    def _clock_resolution(self, resolution):
        """What CPython asks its own clock for."""

    def call_at(self, when, callback, *args, context=None):
        """As in CPython, with timers that know the order in which they were set."""
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, "call_at")
        self._timer_sequence += 1
        timer = OrderedTimerHandle(self._timer_sequence, when, callback, args, self, context)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def create_task(self, coro, *, name=None, context=None):
        """As in CPython, on a traced coroutine.

        Not a task factory, for eager tasks neither: with one, CPython 3.13.0 names unnamed tasks "None".
        """
        eager, self.next_is_eager = self.is_eager or self.next_is_eager, False
        if name is None and self._recorder.task_name is not None and asyncio.iscoroutine(coro):
            name = self._recorder.task_name()
        recorder = self._recorder
        if not asyncio.iscoroutine(coro) or getattr(coro, "cr_code", None) in HOUSEKEEPING:
            task = super().create_task(coro, name=name, context=context)
            recorder.own_task(task)
            return task
        self._check_closed()
        record = recorder.new_task()
        traced = Traced(coro, record, recorder)
        if eager:
            task = asyncio.Task(traced, loop=self, name=name, context=context, eager_start=True)
        else:
            task = super().create_task(traced, name=name, context=context)
        record.attach(task)
        return task

    def default_exception_handler(self, context):
        """Keep what CPython would log."""
        self._recorder.loop_warning(context)

    def close(self):
        """As in CPython."""
        self._recorder.closing(self)
        super().close()


class VirtualPolicy(asyncio.DefaultEventLoopPolicy):
    """Makes `asyncio.run` use the virtual loop."""

    def __init__(self, recorder):
        super().__init__()
        self.recorder = recorder

    def new_event_loop(self):
        return VirtualLoop(self.recorder)


class Output:
    """Standard output for those who do not print: one entry per write."""

    encoding = "utf-8"

    def __init__(self, recorder):
        self.recorder = recorder

    def write(self, text):
        if text and text != "\n":
            self.recorder.line(text)
        return len(text)

    def flush(self):
        pass

    def isatty(self):
        return False


class LogHandler(logging.Handler):
    """Keeps what asyncio logs other than through the loop's exception handler."""

    def __init__(self, recorder):
        super().__init__(logging.WARNING)
        self.recorder = recorder

    def emit(self, record):
        self.recorder.warnings.append(record.getMessage())


def patch(recorder):
    """Put the virtual clock, the ordered sets and the recorder in place, for good: this process serves one run."""
    asyncio.set_event_loop_policy(VirtualPolicy(recorder))
    network.install()
    logging.getLogger("asyncio").addHandler(LogHandler(recorder))

    clocks.patch(recorder.world)
    threads.patch(recorder.world, OrderedSet, described)

    # Leftover tasks are cancelled by `asyncio.run` in the order of this set.
    plain_all_tasks = asyncio.tasks.all_tasks

    def all_tasks(loop=None):
        live = plain_all_tasks(asyncio.get_running_loop() if loop is None else loop)
        ordered = OrderedSet(task for task in (record.task() for record in recorder.all_tasks) if task in live)
        ordered.update(live)
        return ordered

    asyncio.all_tasks = asyncio.tasks.all_tasks = all_tasks
    # The sets of `wait` and `TaskGroup`; the constructor of `as_completed`.
    asyncio.tasks.set = asyncio.taskgroups.set = OrderedSet
    asyncio.tasks._AsCompletedIterator.__init__ = as_completed_init

    output = Output(recorder)
    plain_print = builtins.print

    def captured_print(*values, sep=None, end=None, file=None, flush=False):
        target = sys.stdout if file is None else file
        if target is not output:
            plain_print(*values, sep=sep, end=end, file=target, flush=flush)
            return
        recorder.line((" " if sep is None else sep).join(map(str, values)) + ("\n" if end is None else end))

    builtins.print = captured_print
    sys.stdout = output

    def showwarning(message, category, filename, lineno, file=None, line=None):
        recorder.python_warnings.append(f"{category.__name__}: {message}")

    warnings.showwarning = showwarning


# ---------------------------------------------------------------------------
# One run, in its own process


def execute(code, recorder):
    """Run the program; the error for the result, or None."""
    module = types.ModuleType("__main__")
    module.__file__ = recorder.path
    sys.modules["__main__"] = module
    try:
        exec(code, module.__dict__)
        error = None
    except BaseException as raised:
        error = {"kind": "exception", "type": type(raised).__name__, "text": str(raised)}
    recorder.world.exit()
    recorder.makespan = recorder.now
    if recorder.loops == 0 and recorder.world.started == 0 and error is None:
        error = {"kind": "invalid", "text": "the program did not start an event loop"}
    # As at the interpreter's exit: drop what the program holds, for warnings such as
    # "Task exception was never retrieved"; first what it cannot reach any more, which may still need
    # its globals.
    gc.collect()
    module.__dict__.clear()
    gc.collect()
    return error


def limit_time(recorder):
    """End this process if a run takes too long."""

    def too_long(signum, frame):
        recorder.deliver({"kind": "limit", "text": f"more than {MAX_SECONDS} seconds of real time"})

    signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, MAX_SECONDS)


def serve_in_child(request, pipe):
    """Run one request in this process, which it ends."""
    path = os.path.abspath(request["program"])
    recorder = Recorder(request, path, pipe)
    try:
        try:
            with open(path, encoding="utf-8") as file:
                source = substitute(file.read(), path, request["set"])
            code = compile(source, path, "exec", dont_inherit=True)
        except (Invalid, OSError, ValueError, SyntaxError) as error:
            recorder.deliver({"kind": "invalid", "text": str(error)})
        sys.argv = [path]
        sys.path[0] = os.path.dirname(path)
        patch(recorder)
        limit_time(recorder)
        recorder.deliver(execute(code, recorder))
    except BaseException as error:
        recorder.deliver({"kind": "internal", "text": described(error)})


def serve_differential(requests, pipe):
    """Run the programs of `cargo xtask differential` that come in, a line each, as long as all goes well.

    A program whose run leaves nothing behind lets the next one have this process: forking for each
    would take many times as long as running it. After any other the process ends.
    """
    recorder = DifferentialRecorder(pipe)
    try:
        patch(recorder)
        interpret.prepare(recorder)
        for line in requests:
            program = json.loads(line)["differential"]
            recorder.begin(program)
            asyncio.set_event_loop_policy(VirtualPolicy(recorder))
            limit_time(recorder)
            try:
                run = interpret.Interpreter(program, recorder)
            except (interpret.Malformed, SyntaxError, KeyError, TypeError, AttributeError, RecursionError) as error:
                recorder.deliver({"kind": "invalid", "text": described(error)})
            run.execute()
            del run
            if not recorder.is_clean():
                recorder.deliver(None)
            recorder.send(None, b"+", b"\n")
    except BaseException as error:
        recorder.deliver({"kind": "internal", "text": described(error)})


class Child:
    """A forked process that serves."""

    def __init__(self, work):
        """`work(requests, pipe)` reads lines and writes answers."""
        reading, self.writing = os.pipe()
        self.reading, writing = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            try:
                os.close(self.writing)
                os.close(self.reading)
                # The child must not touch the streams of the protocol.
                nowhere = os.open(os.devnull, os.O_RDWR)
                os.dup2(nowhere, 0)
                os.dup2(nowhere, 1)
                work(open(reading, "rb"), writing)
            finally:
                os._exit(1)
        os.close(reading)
        os.close(writing)

    def answer(self, is_complete):
        """The bytes of an answer: up to its end, or to where `is_complete` says so. None after too long."""
        data = b""
        deadline = time.monotonic() + MAX_SECONDS + GRACE_SECONDS
        while not is_complete(data):
            ready, _, _ = select.select([self.reading], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                os.kill(self.process, signal.SIGKILL)
                return None
            chunk = os.read(self.reading, 1 << 20)
            if not chunk:
                break
            data += chunk
        return data

    def end(self):
        """Wait for the process; its status."""
        os.close(self.reading)
        os.close(self.writing)
        return os.waitpid(self.process, 0)[1]


NO_ANSWER = f"no answer after {MAX_SECONDS + GRACE_SECONDS} seconds of real time"


class Worker:
    """Where programs of `cargo xtask differential` run: a child, and another one when it has ended."""

    def __init__(self):
        self.child = None

    def serve(self, line):
        """The result, as a line of JSON, of one request line."""
        if self.child is None:
            self.child = Child(serve_differential)
        try:
            os.write(self.child.writing, line.rstrip(b"\n") + b"\n")
        except BrokenPipeError:
            return self.failure("internal", "the process for runs ended by itself (status {})")
        answer = self.child.answer(lambda data: data.endswith(b"\n"))
        if answer is None:
            return self.failure("limit", NO_ANSWER)
        if not answer.endswith(b"\n"):
            return self.failure("internal", "the run ended without a result (status {})")
        if answer.startswith(b"-"):
            self.end()
        return answer[1:-1]

    def end(self):
        """Have no child any more; the status of the one that was."""
        child, self.child = self.child, None
        return None if child is None else os.waitstatus_to_exitcode(child.end())

    def failure(self, kind, text):
        """The result of a run that did not end."""
        recorder = DifferentialRecorder(None)
        return json.dumps(recorder.result({"kind": kind, "text": text.format(self.end())}, None)).encode()


def empty_result(request, kind, text):
    """The result of a request that was not run to an end."""
    get = request.get if isinstance(request, dict) else lambda name: None
    recorder = Recorder({"program": get("program"), "set": get("set")}, None, None)
    return json.dumps(recorder.result({"kind": kind, "text": text}, None)).encode()


def serve(line, worker):
    """The result, as a line of JSON, of one request line."""
    try:
        request = json.loads(line)
    except ValueError as error:
        return empty_result(None, "invalid", f"not JSON: {error}")
    if isinstance(request, dict) and isinstance(request.get("differential"), dict):
        if request.get("alone"):
            worker.end()
        return worker.serve(line)
    if isinstance(request, dict):
        request.setdefault("set", {})
        request.setdefault("network", {})
    if (
        not isinstance(request, dict)
        or not isinstance(request.get("program"), str)
        or not isinstance(request["set"], dict)
        or not isinstance(request["network"], dict)
        or not network.PARAMETERS.issuperset(request["network"])
    ):
        text = 'a request is {"program": "path", "set": {"NAME": value}, "network": {"latency": seconds}} or {"differential": program}'
        return empty_result(request, "invalid", text)

    child = Child(lambda requests, pipe: serve_in_child(request, pipe))
    data = child.answer(lambda data: False)
    status = child.end()
    if data is None:
        return empty_result(request, "limit", NO_ANSWER)
    if not data or status != 0:
        text = f"the run ended without a result (status {os.waitstatus_to_exitcode(status)})"
        return empty_result(request, "internal", text)
    return data


def main():
    """Serve requests until the input ends."""
    if sys.version_info[:2] != (3, 13) or sys.implementation.name != "cpython":
        sys.exit("oracle.py needs CPython 3.13")
    if os.environ.get("PYTHONHASHSEED") != "0":
        # Sets of strings in programs iterate in the same order in every run.
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, *sys.argv])
    # No collection at arbitrary moments; what exists now is not even looked at in children.
    gc.disable()
    gc.freeze()
    worker = Worker()
    for line in sys.stdin.buffer:
        if line.strip():
            sys.stdout.buffer.write(serve(line, worker) + b"\n")
            sys.stdout.buffer.flush()
    worker.end()


if __name__ == "__main__":
    main()
