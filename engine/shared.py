"""What tasks do with what they share, pools and their jobs, timeouts, and requests to cancel: told as of a real program,
by the recorder's own functions. The oracle does without: its examples tell of these themselves."""

import asyncio
import types
import weakref

import coroscope


def telling(Recorder):
    """The kind of recorder that tells of them, too."""

    class Telling(Recorder):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            # The timeouts whose handles have not run, by the numbers of these.
            self.coming = weakref.WeakValueDictionary()

        def new_handle(self, handle, kind, by):
            """A number for a handle, which may be a timeout's."""
            number_of = super().new_handle(handle, kind, by)
            if kind == "timeout":
                self.coming[number_of] = handle._callback.__self__
            return number_of

        def handle_begins(self, number_of, by):
            """The loop runs a handle: that of a timeout says that it has come."""
            super().handle_begins(number_of, by)
            timeout = self.coming.get(number_of)
            if timeout is not None:
                self.tell("timeout_expired", f',"timeout":{self.timeout_number(timeout)}')

        def handle_ended(self, number_of, began):
            """It has run it, and may have asked tasks to cancel themselves: a timeout its own, and whom that waits for."""
            timeout = self.coming.pop(number_of, None)
            if timeout is not None and timeout._task is not None:
                self.look_at([timeout._task])
            self.look_at_ready()
            super().handle_ended(number_of, began)

        def look_at_ready(self):
            """Those that are ready are asked to cancel themselves without being woken."""
            ready = asyncio.get_running_loop()._ready
            for handle in list(ready) if len(ready) <= coroscope.FEW else ():
                record = coroscope.stepped(handle._callback)
                task = None if record is None else record.task()
                if task is not None:
                    self.look_for_request(record, task)

        def scheduled(self, handle, kind=None):
            """A handle has entered the ready queue: of a task maybe because it was cancelled, or one that waits for it."""
            record = coroscope.stepped(handle._callback)
            task = None if record is None else record.task()
            if task is not None and task.cancelling() > record.asked:
                self.look_at([*reversed(coroscope.around(task)), task])
            super().scheduled(handle, kind)

        def step(self, record, coroutine=None):
            """A task is about to run: maybe it was asked while it was ready."""
            task = record.task()
            if task is not None:
                self.look_for_request(record, task)
            super().step(record, coroutine)

        def suspend(self, record, coroutine, yielded):
            """A task has handed `yielded` to the loop."""
            self.look_at_ready()
            super().suspend(record, coroutine, yielded)

        def finish(self, record, outcome, exception=None):
            """A task's coroutine has ended."""
            self.look_at_ready()
            super().finish(record, outcome, exception)

    return Telling


def install(recorder):
    """Watch what tasks share, and pools, for as long as the process lives."""
    recording = types.SimpleNamespace(
        here=types.SimpleNamespace(lane=recorder),
        patches=coroscope.Patches(),
        resources=recorder.resources,
        jobs=recorder.jobs,
        shown=str,
    )
    coroscope.watch_resources(recording)
    coroscope.watch_pools(recording)
