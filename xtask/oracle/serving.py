"""Serves requests: each is run in a forked child, in the same one where that leaves nothing behind."""

import json
import os

import network
import results
from child import Child
from program_worker import ProgramWorker
from runs import run_file

# How a request for a program of the differential language begins, as `cargo xtask differential` writes it.
PROGRAM = b'{"differential":'


def serve_file(request):
    """The answer to a request for a Python file."""
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
        return results.refusal("invalid", text)

    child = Child(lambda requests, pipe: run_file(request, pipe))
    data = b""
    while chunk := child.read():
        data += chunk
    if chunk is None:
        child.kill()
    status = child.end()
    if chunk is None:
        return results.cut_off()
    if not data or status != 0:
        text = f"the run ended without a trace (status {os.waitstatus_to_exitcode(status)})"
        return results.refusal("internal", text)
    return data


class Server:
    """Takes requests, a line each, and writes answers in the same order."""

    def __init__(self, reading, writing):
        self.reading = reading
        self.writing = writing
        self.worker = ProgramWorker(self.write)

    def write(self, answer):
        """Write an answer."""
        while answer:
            answer = answer[os.write(self.writing, answer):]

    def serve(self):
        """Serve until the input ends."""
        rest, is_open = b"", True
        while is_open or self.worker.is_busy():
            ready = self.worker.work([self.reading] if is_open else [])
            if self.reading in ready:
                chunk = os.read(self.reading, 1 << 20)
                is_open = bool(chunk)
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines if is_open else [*lines, rest]:
                    self.take(line)
        self.worker.end()

    def take(self, line):
        """A request has come."""
        if not line.strip():
            return
        if line.startswith(PROGRAM) and b'"alone"' not in line:
            self.worker.take(line, is_alone=False)
            return
        try:
            request = json.loads(line)
        except ValueError as error:
            self.worker.finish()
            self.write(results.refusal("invalid", f"not JSON: {error}"))
            return
        if isinstance(request, dict) and isinstance(request.get("differential"), dict):
            self.worker.take(line, is_alone=bool(request.get("alone")))
        else:
            self.worker.finish()
            self.write(serve_file(request))
