"""What is put under CPython's asyncio and around a program, for as long as the process lives."""

import asyncio
import asyncio.base_events
import asyncio.taskgroups
import builtins
import logging
import sys
import warnings

import clocks
import coroscope
import network
import threads
import timers
from loop import VirtualPolicy
from ordered import OrderedSet, as_completed_init


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
        self.recorder.log_warning(record.getMessage())


def patch(recorder):
    """Put the virtual clock, the ordered sets and the recorder in place, for good: this process serves one run."""
    asyncio.set_event_loop_policy(VirtualPolicy(recorder))
    network.install()
    logging.getLogger("asyncio").addHandler(LogHandler(recorder))

    clocks.patch(recorder.world)
    threads.patch(recorder.world, OrderedSet)

    # Of timers that are due together the one set first comes first.
    asyncio.base_events.heapq = timers.Timers(recorder)
    coroscope.watch_handles(recorder)
    coroscope.watch_waits(lambda: recorder)

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
        recorder.python_warning(category, message)

    warnings.showwarning = showwarning
