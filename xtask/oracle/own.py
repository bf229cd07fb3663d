"""Classes that programs of `cargo xtask differential` have of their own."""

import collections
import contextlib
import sys


class OwnError(Exception):
    """An exception."""


class OwnExit(BaseException):
    """One that is no `Exception`."""


class Awaitable:
    """What is awaited by its `__await__`: each time the coroutine of a function, called anew."""

    __slots__ = ("function",)

    def __init__(self, function):
        self.function = function

    def __repr__(self):
        return "<Awaitable>"

    def __await__(self):
        return self.function().__await__()


class Manager:
    """What `async with` enters at once, and leaves by the coroutine of a function, which is told what was raised."""

    __slots__ = ("leave",)

    def __init__(self, leave):
        self.leave = leave

    async def __aenter__(self):
        return self

    def __aexit__(self, *details):
        return self.leave(*details)


class Iterator:
    """An asynchronous iterator, of which each step is the coroutine of a function."""

    __slots__ = ("function",)

    def __init__(self, function):
        self.function = function

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.function()


class Exits(collections.deque):
    """The exits of a stack: before the next is done, what was raised lets go of its frames.

    Else `__aexit__` would hold the traceback of what an exit has raised, and that its frame: no exception holds
    frames in these programs.
    """

    def pop(self):
        error = sys._getframe(1).f_locals.get("exc")
        if error is not None:
            error.__traceback__ = None
        return super().pop()


class AsyncExitStack(contextlib.AsyncExitStack):
    """The real one, with such exits."""

    def __init__(self):
        super().__init__()
        self._exit_callbacks = Exits()

    def pop_all(self):
        stack = super().pop_all()
        self._exit_callbacks = Exits()
        return stack
