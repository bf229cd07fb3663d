"""Where programs of `cargo xtask differential` run: a child, and another one when it has ended."""

import collections
import os
import select
import time

import limits
import results
from child import Child, pages
from program_runs import run_programs


class ProgramWorker:
    """Gives programs to a child, several ahead, and passes on its answers."""

    def __init__(self, write):
        """`write` is called with each result."""
        self.write = write
        self.child = None
        # Requests that wait, with whether they want a process of their own, and those that the child has.
        self.waiting = collections.deque()
        self.given = collections.deque()
        self.given_bytes = 0
        self.answer = b""
        self.deadline = 0.0

    def is_busy(self):
        """Whether a request has no answer yet."""
        return bool(self.waiting or self.given)

    def take(self, line, is_alone):
        """A request has come."""
        self.waiting.append((line + b"\n", is_alone))
        self.give()

    def give(self):
        """Give the child what it can be given."""
        while self.waiting:
            line, is_alone = self.waiting[0]
            # Writing must not wait for the child, which may wait for its answers to be read.
            if self.given and (is_alone or self.given_bytes + pages(line) > self.child.room):
                return
            if is_alone:
                self.end()
            if self.child is None:
                self.child = Child(run_programs)
            if not self.given:
                self.wait_for_answer()
            self.given.append(self.waiting.popleft())
            self.given_bytes += pages(line)
            try:
                while line:
                    line = line[os.write(self.child.writing, line):]
            except BrokenPipeError:
                # What it has written, and that it has ended, will be read.
                return

    def wait_for_answer(self):
        """From now on the child has so much time."""
        self.deadline = time.monotonic() + limits.SECONDS + limits.GRACE_SECONDS

    def work(self, others=()):
        """Wait until the child or one of other files has something to read; take what the child has. Those
        of the others that have something."""
        reading = [] if self.child is None else [self.child.reading]
        patience = max(0.0, self.deadline - time.monotonic()) if self.given else None
        ready, _, _ = select.select([*reading, *others], [], [], patience)
        if not ready:
            self.child.kill()
            self.failure(results.cut_off())
        elif reading and reading[0] in ready:
            self.read()
        return ready

    def finish(self):
        """Until everything has its answer."""
        while self.is_busy():
            self.work()

    def read(self):
        """Take what the child has written."""
        chunk = os.read(self.child.reading, 1 << 20)
        if not chunk:
            self.failure(None)
            return
        *answers, self.answer = (self.answer + chunk).split(b"\n\n")
        for answer in answers:
            self.given_bytes -= pages(self.given.popleft()[0])
            self.write(answer[1:] + b"\n\n")
            self.wait_for_answer()
            if answer.startswith(b"-"):
                self.end()
        self.give()

    def end(self):
        """Have no child any more; the status of the one that was. What it was given waits again."""
        child, self.child = self.child, None
        self.waiting.extendleft(reversed(self.given))
        self.given.clear()
        self.given_bytes, self.answer = 0, b""
        return None if child is None else os.waitstatus_to_exitcode(child.end())

    def failure(self, answer):
        """The child came to no answer of its own for what it was given first."""
        failed = bool(self.given)
        status = self.end()
        if failed:
            self.waiting.popleft()
            self.write(answer or results.refusal("internal", f"the run ended without a trace (status {status})"))
        self.give()
