"""The trace of a run, complete with its end, and how it leaves the process of the run.

An answer is the lines of the trace and an empty one; where there is no run to tell of, a line that says why.
"""

import json
import os
import signal

import coroscope
import limits


def refusal(kind, text):
    """The answer to what was not run, or not to an end that means something."""
    return json.dumps({"refused": kind, "text": text}).encode() + b"\n\n"


def cut_off():
    """The answer for a run that came to no end by itself."""
    lines = []
    recorder = coroscope.Recorder(lines.append)
    recorder.begin()
    recorder.end("cut")
    return "\n".join([*lines, "", ""]).encode()


def disagreement(recorder):
    """Text when a recorded outcome is not what the task object itself says, else None.

    Reads private getters, because `Task.exception()` would mark the exception as retrieved.
    """
    for record in recorder.tasks:
        task = record.task()
        if task is None:
            continue
        if not task.done():
            actual = ("pending", None)
        elif task.cancelled():
            actual = ("cancelled", None)
        elif task._exception is not None:
            actual = ("failed", recorder.described(task._exception))
        else:
            actual = ("done", None)
        if actual != (record.outcome, record.exception):
            return f"{record.name}: recorded {(record.outcome, record.exception)}, the task says {actual}"
    return None


def end(recorder, error):
    """Tell the end of a run."""
    if error is None:
        recorder.end("done")
    elif error["kind"] == "exception":
        recorder.end("raised", type=error["type"], text=error["text"])
    elif error["kind"] == "deadlock":
        recorder.end("stuck", blocked=[
            record.number for record in recorder.tasks
            # Without a name: calls within calls, too many, while it was being made.
            if record.outcome == "pending" and record.name is not None
        ])
    else:
        # Where it was cut off says nothing.
        del recorder.lines[limits.KEPT:]
        recorder.told = None
        recorder.end("cut")


class Reply:
    """Where the trace of a file's run goes: a pipe, to the process that serves."""

    # What stands before an answer that is the last of the process.
    last_mark = b""

    def __init__(self, pipe):
        self.pipe = pipe

    def answer(self, recorder, error):
        """The answer."""
        kind = "exception" if error is None else error["kind"]
        if kind in ("invalid", "internal"):
            return refusal(kind, error["text"])
        if kind != "limit":
            wrong = disagreement(recorder)
            if wrong is not None:
                return refusal("internal", wrong)
        end(recorder, error)
        recorder.lines += ("", "")
        return "\n".join(recorder.lines).encode()

    def write(self, recorder, error, mark=b""):
        """Write the answer."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        data = mark + self.answer(recorder, error)
        while data:
            data = data[os.write(self.pipe, data):]

    def last(self, recorder, error):
        """Write the answer and end this process."""
        try:
            self.write(recorder, error, self.last_mark)
        finally:
            os._exit(0)


class ProgramReply(Reply):
    """Where the traces of programs of the differential language go: before each stands whether another may follow."""

    last_mark = b"-"

    def answer(self, recorder, error):
        """The answer."""
        if any((record.exception or "").startswith("RecursionError") for record in recorder.tasks):
            error = {"kind": "limit", "text": "calls within calls, too many, in a task"}
        return super().answer(recorder, error)

    def more(self, recorder):
        """Write the answer; this process takes another program."""
        self.write(recorder, None, b"+")
