"""Runs a Python file in this process, which that ends."""

import gc
import os
import signal
import sys
import types

import coroscope
import limits
import patches
from recorder import Recorder
from results import Reply
from source import Invalid, substitute


# What shows an exception that a program does not handle, unless it has put another in its place.
PLAIN_HOOK = sys.excepthook


def compiled(source, path):
    """What of a program is run, from its text, and what there is to say of it in the first line of the trace."""
    code = compile(source, path, "exec", dont_inherit=True)
    return lambda namespace: exec(code, namespace), {}


def leave():
    """What Python does last for a program that is over: nothing here, where whoever forked this process asked for things."""


def execute(run, recorder):
    """Run the program; the error for the result, or None."""
    module = types.ModuleType("__main__")
    module.__file__ = recorder.path
    sys.modules["__main__"] = module
    try:
        run(module.__dict__)
        error = None
    except BaseException as raised:
        error = {"kind": "exception", "type": type(raised).__name__, "text": str(raised)}
        if sys.excepthook is not PLAIN_HOOK and not isinstance(raised, SystemExit):
            sys.excepthook(type(raised), raised, raised.__traceback__)
    recorder.world.exit()
    leave()
    recorder.over()
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
        recorder.deliver({"kind": "limit", "text": f"more than {limits.SECONDS} seconds of real time"})

    signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, limits.SECONDS)


def run_file(request, pipe):
    """Run one request in this process, which it ends."""
    path = os.path.abspath(request["program"])
    recorder = Recorder(request, path, Reply(pipe))
    try:
        try:
            with open(path, encoding="utf-8") as file:
                source = substitute(file.read(), path, request["set"])
            run, header = compiled(source, path)
        except (Invalid, OSError, ValueError, SyntaxError) as error:
            recorder.deliver({"kind": "invalid", "text": str(error)})
        sys.argv = [path]
        sys.path[0] = os.path.dirname(path)
        patches.patch(recorder)
        recorder.begin(program=os.path.basename(path), parameters=request["set"], **header)
        limit_time(recorder)
        # A shell starts what runs in the background deaf to it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        recorder.deliver(execute(run, recorder))
    except BaseException as error:
        recorder.deliver({"kind": "internal", "text": coroscope.described(error)})
