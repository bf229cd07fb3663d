"""The result of a run, as README.md describes it, and how it leaves the process of the run."""

import json
import os
import signal

import limits


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


def name(record):
    """The name of the task of a record, if there is one."""
    return None if record is None else record.name


def common(recorder, error, kept):
    """What results of files and of programs of the differential language have in common."""
    return {
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
            for record in recorder.refreshed()[:kept]
            # Without a name: calls within calls, too many, while it was being made.
            if record.name is not None
        ],
        "steps": [[at, name(record), event, line] for at, record, event, line in recorder.steps[:kept]],
        "makespan": recorder.now if recorder.makespan is None else recorder.makespan,
        "turns": recorder.turn_count,
        "error": error,
    }


def of_file(recorder, error, kept):
    """The result of a Python file; only the first `kept` entries of the long lists."""
    recorder.refreshed()
    return {
        "program": recorder.request["program"],
        "set": recorder.request["set"],
        "lines": [
            {"time": at, "task": name(record), "text": text} for at, record, text in recorder.lines[:kept]
        ],
        "suspensions": [
            {"time": at, "task": name(record), "line": line, "function": function, "awaits": awaited}
            for at, record, line, function, awaited in recorder.suspensions[:kept]
        ],
        **common(recorder, error, kept),
        "warnings": recorder.warnings,
        "python_warnings": recorder.python_warnings,
    }


def of_program(recorder, error, kept):
    """The result of a program of the differential language."""
    result = common(recorder, error, kept)
    names = {record: record.name for record in recorder.tasks}
    result["log"] = [[at, names.get(record), kind, text] for at, record, kind, text in recorder.log[:kept]]
    result["late"] = sorted(recorder.late)
    return result


class Reply:
    """Where the result of a file's run goes: a pipe, to the process that serves."""

    shape = staticmethod(of_file)
    # What stands around a result that is the last of the process.
    around = (b"", b"")

    def __init__(self, pipe):
        self.pipe = pipe

    def text(self, recorder, error):
        """The result as JSON."""
        kept = None
        if error is None or error["kind"] in ("exception", "deadlock"):
            wrong = disagreement(recorder)
            if wrong is not None:
                error = {"kind": "internal", "text": wrong}
        elif error["kind"] == "limit":
            kept = limits.KEPT
        return json.dumps(self.shape(recorder, error, kept)).encode()

    def write(self, recorder, error, before=b"", after=b""):
        """Write the result."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        data = before + self.text(recorder, error) + after
        while data:
            data = data[os.write(self.pipe, data):]

    def last(self, recorder, error):
        """Write the result and end this process."""
        try:
            self.write(recorder, error, *self.around)
        finally:
            os._exit(0)


class ProgramReply(Reply):
    """Where results of programs of the differential language go: a line each, that says whether another may follow."""

    shape = staticmethod(of_program)
    around = (b"-", b"\n")

    def text(self, recorder, error):
        """The result as JSON."""
        if any((record.exception or "").startswith("RecursionError") for record in recorder.tasks):
            error = {"kind": "limit", "text": "calls within calls, too many, in a task"}
        return super().text(recorder, error)

    def more(self, recorder):
        """Write the result; this process takes another program."""
        self.write(recorder, None, b"+", b"\n")
