"""What tasks do with what they share, timeouts, and requests to cancel: told as of a real program, by the recorder's own
functions. The oracle does without: its examples tell of these themselves."""

import asyncio
import types

import coroscope


def telling(Recorder):
    """The kind of recorder that tells of them, too."""

    class Telling(Recorder):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            # How often each task that has begun was asked to cancel itself, as far as that is told.
            self.asked = {}
            # On whose account the handle runs that does, and its timeout.
            self.account, self.expiring = "", None

        def change(self, event, shared, fields="", task=None):
            """Something happened to what tasks share, if it is known; on account of a task, or of the one that runs."""
            resource = self.resources.get(shared)
            if resource is not None and not self.is_over:
                record = self.current if task is None else self.find(task)
                by = "" if record is None else record.task_field
                self.tell(event, f',"resource":{resource}{fields}{by}')

        def look_at(self, tasks):
            """Tasks that may have been asked to cancel themselves."""
            for task in tasks:
                record = self.find(task)
                if record is not None and not task.done():
                    self.look_for_request(record, task)

        def look_for_request(self, record, task):
            """Tell of a request to cancel a task that has not been told. Of one that has not begun it is told when
            that is raised in it."""
            count = task.cancelling()
            if count > self.asked.get(record.number, 0) and record.begun and not self.is_over:
                self.tell("cancel_requested", record.task_field + self.by)
            self.asked[record.number] = count

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
            if task is not None and task.cancelling() > self.asked.get(record.number, 0):
                self.look_at([*reversed(coroscope.around(task)), task])
            super().scheduled(handle, kind)

        def step(self, record, coroutine=None):
            """A task is about to run: maybe it was asked while it was ready."""
            task = record.task()
            if task is not None and task.cancelling() != self.asked.get(record.number, 0):
                self.look_for_request(record, task)
            super().step(record, coroutine)

        def handle_begins(self, number_of, by):
            """The loop runs a handle: that of a timeout says that it has come."""
            super().handle_begins(number_of, by)
            self.account = by
            kind, _, number = by.partition(":")
            if kind == ',"by_timeout"':
                self.tell("timeout_expired", f',"timeout":{number}')
                self.expiring = next((each for each, known in self.timeouts.items() if str(known) == number), None)

        def handle_ended(self, number_of, began):
            """It has run it, and may have asked tasks to cancel themselves: a timeout its own, and whom that waits for."""
            timeout, self.expiring = self.expiring, None
            by, self.by = self.by, self.account
            if timeout is not None and timeout._task is not None:
                self.look_at([timeout._task])
            self.look_at_ready()
            self.by = by
            super().handle_ended(number_of, began)

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
    """Watch what tasks share, for as long as the process lives."""
    here = types.SimpleNamespace(lane=recorder)
    coroscope.watch_resources(types.SimpleNamespace(here=here, patches=coroscope.Patches()))
