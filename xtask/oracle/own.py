"""Classes that programs of `cargo xtask differential` have of their own."""


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


class Iterator:
    """An asynchronous iterator, of which each step is the coroutine of a function."""

    __slots__ = ("function",)

    def __init__(self, function):
        self.function = function

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.function()
