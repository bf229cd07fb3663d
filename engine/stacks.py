"""Threads where Python has none: Python stacks that are suspended and resumed (JSPI), and take turns.

In a browser, or Node.js, that can suspend WebAssembly, each thread is a call of its own into the interpreter. The
oracle's world of threads lets one run at a time anyway; what is said here is how one waits for its baton. Pyodide keeps
apart, between stacks, what the interpreter has of a thread: frames, the exception being handled, the context; what
Python itself knows by the number of a thread is told apart here.
"""

import _threading_local
import asyncio
import itertools
import threading

from pyodide.ffi import can_run_sync, create_proxy, run_sync

try:
    # In the page, whose policy allows no code that is made of text.
    from coroscope_stacks import later, promise
except ImportError:
    from pyodide.code import run_js

    promise = run_js("() => Promise.withResolvers()")
    later = run_js("(body) => { Promise.resolve().then(() => body.callPromising()).catch(() => {}) }")


NOWHERE = object()


def wait_for(promise):
    """Suspend this stack until a promise of JavaScript's is kept.

    `run_sync` would have asyncio make a task of it; there is no loop that could run that, nor need there be.
    """
    plain = asyncio.ensure_future

    def itself(awaitable):
        # It is asked before the stack is suspended; others shall not see this.
        asyncio.ensure_future = plain
        return awaitable

    asyncio.ensure_future = itself
    run_sync(promise)


class Baton:
    """As a lock that one waits for and another gives back."""

    def __init__(self):
        self.is_free = True
        self.give = None

    def acquire(self):
        """Wait until it is free."""
        if self.is_free:
            self.is_free = False
            return
        # Which loop runs here is known of the interpreter's one thread. Pyodide asks what it is, to set the current task
        # aside, which is of no loop of ours.
        loop = asyncio._get_running_loop()
        asyncio._set_running_loop(NOWHERE)
        pair = promise()
        self.give = pair.resolve
        wait_for(pair.promise)
        asyncio._set_running_loop(loop)

    def release(self):
        """It is free, or goes to who waits."""
        if self.give is None:
            self.is_free = True
        else:
            give, self.give = self.give, None
            give()


class Stack:
    """A thread that was started."""

    def __init__(self, ident):
        self.ident = ident

    def join(self):
        """It is at its end when it says so."""


class Stacks:
    """How threads take turns here."""

    baton = Baton
    numbers = itertools.count(2)

    @staticmethod
    def start(body):
        """Start a thread."""
        # Not within the call of another: its stack would be taken for a part of that.
        later(create_proxy(body))
        return Stack(next(Stacks.numbers))

    @staticmethod
    def begin():
        """What a thread does first."""
        asyncio._set_running_loop(None)


def can_switch():
    """Whether stacks can be suspended here, and this one is one that can."""
    return can_run_sync()


def install(threads):
    """Have the oracle's threads take turns so; before its world is made."""
    threads.Thread.way = Stacks
    main = threading.get_ident()

    def get_ident():
        world = threads.World.only
        real = None if world is None else world.current.real
        return main if real is None else real.ident

    threading.get_ident = threads._thread.get_ident = threading._get_ident = get_ident
    threading.local = _threading_local.local
