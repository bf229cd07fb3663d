"""What stands before a task's coroutine and tells of its steps."""

import asyncio
import collections.abc


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
