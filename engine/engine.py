"""Runs a program in Pyodide as the oracle runs it under CPython: on the virtual clock, recorded as a trace.

Pyodide has CPython's own asyncio, C tasks and all, and puts a loop of the browser's under it; here that is taken
away again. What the modules beside this one need of the operating system and Pyodide has not is made up for.
"""

import _ctypes
import asyncio
import asyncio.runners
import asyncio.selector_events
import asyncio.sslproto
import atexit
import concurrent.futures.thread
import functools
import importlib.util
import json
import os
import random
import select
import selectors
import socket
import subprocess
import sys
import threading

import asked
import cells
import dates
import far
import linux
import logs
import loops
import measured
import network
import pasted
import printed
import shared
import signals
import stacks
import standins
import tracebacks
import variables
import varied

# What Linux has and the socket module here lacks: the network in memory looks at none of it.
SOCKET = {
    "SO_REUSEADDR": 2,
    "SO_REUSEPORT": 15,
    "SO_KEEPALIVE": 9,
    "SO_ERROR": 4,
    "SOL_SOCKET": 1,
    "TCP_NODELAY": 1,
    "IPPROTO_TCP": 6,
    "IPPROTO_IPV6": 41,
    "IPV6_V6ONLY": 26,
    "SOMAXCONN": 4096,
    "AI_PASSIVE": 1,
}


def restore_asyncio():
    """Put CPython's own `run` and `Runner` back, and leave the loop that Pyodide runs in."""
    exec(importlib.util.find_spec("asyncio.runners").loader.get_code("asyncio.runners"), asyncio.runners.__dict__)
    asyncio.run, asyncio.Runner = asyncio.runners.run, asyncio.runners.Runner
    asyncio._set_running_loop(None)
    # A loop here has no pipe to itself; see `join_to_itself`.
    for name in ("_make_self_pipe", "_close_self_pipe", "_write_to_self", "_read_from_self"):
        setattr(asyncio.selector_events.BaseSelectorEventLoop, name, lambda loop: None)


def join_to_itself(network):
    """Let threads end the wait of a loop: what a pipe to itself does where there are pipes."""
    plain = network.Selector.select

    def select(self, timeout=None):
        events = plain(self, timeout)
        if self.is_woken:
            # As the system would list it: before the sockets of the network.
            reader = asyncio.Handle(self.loop._read_from_self, (), self.loop)
            key = selectors.SelectorKey(None, -1, selectors.EVENT_READ, (reader, None))
            events.insert(0, (key, selectors.EVENT_READ))
        return events

    network.Selector.select = select


def complete_socket():
    """Give the socket module the constants that asyncio asks it for."""
    for name, value in SOCKET.items():
        if not hasattr(socket, name):
            setattr(socket, name, value)


# What ends a run; a program's own call of it is refused.
leave_process = os._exit

# How a program is refused that starts a thread where stacks cannot be suspended. Elsewhere it is run once more, so that
# they can be: `engine/interpreter.mjs`.
THREADS = "threads"

# What a loop cannot do here, with the words for it.
OF_LOOPS = {
    "subprocess_exec": "processes cannot be started",
    "subprocess_shell": "processes cannot be started",
    "connect_read_pipe": "there are no pipes",
    "connect_write_pipe": "there are no pipes",
    "create_unix_server": "there are no Unix sockets",
    "create_unix_connection": "there are no Unix sockets",
    "create_datagram_endpoint": "there are no datagrams",
}


# Modules that CPython's library lists and has on other systems only.
ELSEWHERE = frozenset("msvcrt nt winreg winsound _msi _overlapped _scproxy _winapi".split())


def refuse_modules(program, refusing):
    """End the run where a program imports what CPython's library has and this one has not."""

    class Missing:
        """Is asked when nobody else knows a module."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            frame = sys._getframe(1)
            while frame.f_code.co_filename.startswith("<frozen importlib"):
                frame = frame.f_back
            if name in OF_PROCESSES:
                refusing(f"there is no {of_processes(frame, program)}")()
            # The library itself often can do without.
            if frame.f_code.co_filename == program and name in sys.stdlib_module_names - ELSEWHERE:
                refusing(f"there is no module {name}")()

    sys.meta_path.append(Missing)


# What `multiprocessing` is made of.
OF_PROCESSES = ("_multiprocessing", "_posixshmem")


def of_processes(frame, program):
    """What of `multiprocessing` a program uses, by its own name for it, seen from a frame in which that lacks something."""
    name = "multiprocessing"
    while frame is not None and frame.f_code.co_filename != program:
        module = frame.f_globals.get("__name__", "")
        if module == "multiprocessing.context":
            name = f"multiprocessing.{frame.f_code.co_name}"
        elif module.startswith("multiprocessing"):
            name = module
        frame = frame.f_back
    return name


class Handed:
    """Which line of the program something is on whose account: also of what a thread was handed that is none of its own
    functions."""

    def __init__(self, program):
        self.program, self.runs = program, set()
        self.watch(concurrent.futures.thread._WorkItem, "__init__", "run")
        self.watch(threading.Thread, "start", "run")

    def watch(self, kind, handing, running):
        """Keep the line where a kind of thing is handed to a thread, in which its `running` is called."""
        plain = getattr(kind, handing)
        self.runs.add(getattr(kind, running).__code__)

        @functools.wraps(plain)
        def kept(item, *arguments, **keywords):
            item._handed = self.line(sys._getframe(1))
            return plain(item, *arguments, **keywords)

        setattr(kind, handing, kept)

    def line(self, frame):
        """The line, seen from a frame."""
        while frame is not None:
            code = frame.f_code
            if code.co_filename == self.program:
                return frame.f_lineno
            if code in self.runs:
                return getattr(frame.f_locals["self"], "_handed", None)
            frame = frame.f_back
        return None


def refuse_the_rest(threads, program, refuse):
    """End the run where a program asks for what there is not: going on without it would show what CPython does not do.

    Gives what makes a function that does so.
    """

    def refusing(what, kind="unsupported"):
        def refuse_here(*arguments, **keywords):
            line = handed.line(sys._getframe())
            where = "" if line is None else f"line {line}: "
            refuse(kind, f"{where}{what} in the browser's Python")

        return refuse_here

    handed = Handed(program)
    if not stacks.can_switch():
        threads.World.start = refusing("threads cannot be started", THREADS)
    signals.install(refusing("signals do not come"))
    for name, what in OF_LOOPS.items():
        setattr(asyncio.SelectorEventLoop, name, refusing(what))
    for name in ("open_unix_connection", "start_unix_server"):
        setattr(asyncio, name, refusing("there are no Unix sockets"))
    os._exit = os.abort = refusing("a process cannot be left at once")
    subprocess.Popen.__init__ = os.system = os.fork = refusing("processes cannot be started")
    no_sockets = refusing("there are no sockets of the system")
    socket.socketpair = socket.create_connection = no_sockets
    # Here they would seem to come about.
    for name in ("connect", "connect_ex", "bind", "setsockopt"):
        setattr(socket.socket, name, no_sockets)
    register, no_files = network.Selector.register, refusing("files cannot be watched")
    select.poll = select.epoll = no_files
    asyncio.sslproto.SSLProtocol.__init__ = refusing("there is no module ssl")
    open_library, no_libraries = _ctypes.dlopen, refusing("libraries of the system cannot be loaded")
    _ctypes.dlopen = lambda name, *mode: open_library(name, *mode) if name is None else no_libraries()

    def register_sockets(self, fileobj, events, data=None):
        if not isinstance(fileobj, int) or fileobj < network.FIRST_FD:
            no_files()
        return register(self, fileobj, events, data)

    network.Selector.register = register_sockets
    refuse_modules(program, refusing)
    return refusing


def complete(finishing):
    """Have the oracle's world be completed where it is put in place; for a reader's program what is printed is told by
    lines, and `finishing` gets what is to be done at its end."""
    import patches

    plain = patches.patch

    def patch(recorder):
        plain(recorder)
        shared.install(recorder)
        loops.install(recorder)
        logs.install(recorder)
        dates.install()
        tracebacks.install()
        if finishing is not None:
            finishing.append(printed.install(recorder))

    patches.patch = patch


def run(request, answer):
    """Run a program and give its trace, or why there is none, to `answer`; once in this interpreter.

    The request is JSON: `name` and `source` of the program, `set` for its constants, `network`; optional are `pasted`,
    if true to run also what lacks imports, awaits at the top or leaves the call out (the first line of the trace says in
    `added` what was added: `imports`, `call`, `await`, and which libraries stand-ins were for: `standins`), `cells`, texts
    of which such a program may use what they define, `locals`, if true to tell local variables too, `measured`, if
    true to count CPU work as it was measured, `seed` of `random` (0), `vary`, the part by which
    what takes time takes more or less by the same seed, which then also orders what is left open, and `input`, the
    lines that it is given when it asks. Called from JavaScript as `run.callPromising(request, answer)`, where stacks can be suspended, the program may start threads.
    """
    request = json.loads(request)
    restore_asyncio()
    complete_socket()

    import network
    import results
    import runs
    import threads

    if stacks.can_switch():
        stacks.install(threads)
    join_to_itself(network)

    class Reply(results.Reply):
        """To whoever asked."""

        def write(self, recorder, error, mark=b""):
            answer(self.answer(recorder, error).decode())

        def last(self, recorder, error):
            finish()
            self.write(recorder, error)
            leave_process(0)

    def refuse(kind, text):
        answer(results.refusal(kind, text).decode())
        leave_process(0)

    finishing = []

    def finish():
        for each in finishing:
            each()

    def leave():
        atexit._run_exitfuncs()
        finish()

    runs.Reply, runs.leave = Reply, leave
    linux.install()
    if request.get("pasted"):
        far.install()

        def compiled(source, path):
            program = pasted.Pasted(source, path, cells.lent(source, request.get("cells", ())))
            far.Settings.read(source, request.get("seed", 0))

            return program.run, {"added": program.added()}

        runs.compiled = compiled
    if request.get("locals"):
        runs.Recorder = variables.Recorder
    runs.Recorder = shared.telling(runs.Recorder)
    if request.get("measured"):
        runs.Recorder = measured.measuring(runs.Recorder)
    complete(finishing if request.get("pasted") else None)
    random.seed(request.get("seed", 0))
    if request.get("vary"):
        varied.install(request.get("seed", 0), request["vary"])
    folder = "/program"
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, request["name"])
    refusing = refuse_the_rest(threads, path, refuse)
    if request.get("pasted"):
        standins.install(refusing)
    asked.install(request.get("input"), refusing("there is nobody to ask"))
    with open(path, "w", encoding="utf-8") as file:
        file.write(request["source"])
    sys.path.insert(0, folder)
    # There is no alarm: a run that does not end is ended from outside, by ending the worker.
    runs.limit_time = lambda recorder: None
    runs.run_file({"program": path, "set": request["set"], "network": request["network"]}, None)
