"""Serves requests: each is run in a forked child, in the same one where that leaves nothing behind."""

import json
import os
import select
import signal
import time

import limits
import network
import results
from program_recorder import ProgramRecorder
from recorder import Recorder
from runs import run_file, run_programs


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
        deadline = time.monotonic() + limits.SECONDS + limits.GRACE_SECONDS
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


NO_ANSWER = f"no answer after {limits.SECONDS + limits.GRACE_SECONDS} seconds of real time"


class Worker:
    """Where programs of `cargo xtask differential` run: a child, and another one when it has ended."""

    def __init__(self):
        self.child = None

    def serve(self, line):
        """The result, as a line of JSON, of one request line."""
        if self.child is None:
            self.child = Child(run_programs)
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
        error = {"kind": kind, "text": text.format(self.end())}
        return json.dumps(results.of_program(ProgramRecorder(None), error, None)).encode()


def empty_result(request, kind, text):
    """The result of a request that was not run to an end."""
    get = request.get if isinstance(request, dict) else lambda name: None
    recorder = Recorder({"program": get("program"), "set": get("set")}, None, None)
    return json.dumps(results.of_file(recorder, {"kind": kind, "text": text}, None)).encode()


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

    child = Child(lambda requests, pipe: run_file(request, pipe))
    data = child.answer(lambda data: False)
    status = child.end()
    if data is None:
        return empty_result(request, "limit", NO_ANSWER)
    if not data or status != 0:
        text = f"the run ended without a result (status {os.waitstatus_to_exitcode(status)})"
        return empty_result(request, "internal", text)
    return data
