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
    """What `async with` enters and leaves by the coroutines of functions, of which the second is told what was raised."""

    __slots__ = ("leave", "enter")

    def __init__(self, leave, enter):
        self.leave = leave
        self.enter = enter

    def __aenter__(self):
        return self.at_once() if self.enter is None else self.enter()

    async def at_once(self):
        """Entering without a function."""
        return self

    at_once.__qualname__ = "Manager.__aenter__"

    def __aexit__(self, *details):
        return self.leave(*details)


class PlainManager:
    """What `with` enters, and leaves by a function that is told what was raised."""

    __slots__ = ("leave", "enter")

    def __init__(self, leave, enter):
        self.leave = leave
        self.enter = enter

    def __enter__(self):
        return self if self.enter is None else self.enter()

    def __exit__(self, *details):
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


class OwnExits:
    """A real stack, with such exits."""

    def __init__(self):
        super().__init__()
        self._exit_callbacks = Exits()

    def pop_all(self):
        stack = super().pop_all()
        self._exit_callbacks = Exits()
        return stack


class AsyncExitStack(OwnExits, contextlib.AsyncExitStack):
    """That of `async with`."""


class ExitStack(OwnExits, contextlib.ExitStack):
    """That of `with`."""
