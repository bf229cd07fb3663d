"""What the programs of `cargo xtask differential` handle: sorts of objects, and how lines show them."""

import asyncio
import concurrent.futures
import contextvars
import re
import types

from own import AsyncExitStack, Awaitable, ExitStack, Iterator, Manager, PlainManager

from ordered import OrderedSet

ADDRESS = re.compile(r" at 0x[0-9a-f]+")
# The sets that `wait` gives, and others; asking for the abstract class of sets takes long.
SETS = (OrderedSet, set, frozenset)
# What a variable holds that was deleted: its place in the order of variables stays.
MISSING = object()


class Stream:
    """The two ends of a connection that `open_connection` and `start_server` give, as one."""

    __slots__ = ("reader", "writer")

    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer

    def close(self):
        return self.writer.close()

    def wait_closed(self):
        return self.writer.wait_closed()


async def _generator():
    yield


def _generator_awaitables():
    """The types of what `anext`, `asend`, `athrow` and `aclose` give."""
    generator = _generator()
    samples = (generator.asend(None), generator.athrow(GeneratorExit))
    for sample in samples:
        sample.close()
    return tuple(map(type, samples))


Coroutine = types.CoroutineType
Future = asyncio.Future
# What may be awaited.
AWAITABLE = (Future, Coroutine, Awaitable, *_generator_awaitables())

# The sorts that operations ask for, by the names that `translate` uses.
SORTS = {
    "Task": asyncio.Task,
    "Future": Future,
    "Coroutine": Coroutine,
    "Handle": asyncio.Handle,
    "TimerHandle": asyncio.TimerHandle,
    "Timeout": asyncio.Timeout,
    "TaskGroup": asyncio.TaskGroup,
    "AsyncGenerator": types.AsyncGeneratorType,
    "Lock": asyncio.Lock,
    "Event": asyncio.Event,
    "Condition": asyncio.Condition,
    "Barrier": asyncio.Barrier,
    "Semaphore": asyncio.Semaphore,
    "Queue": asyncio.Queue,
    "Stream": Stream,
    "Server": asyncio.Server,
    "Pool": concurrent.futures.Executor,
    "Submitted": concurrent.futures.Future,
    "ContextVar": contextvars.ContextVar,
    "Token": contextvars.Token,
    "Context": contextvars.Context,
    "Awaitable": Awaitable,
    "Iterator": Iterator,
    "Manager": Manager,
    "AsyncExitStack": AsyncExitStack,
    "ExitStack": ExitStack,
    "PlainManager": PlainManager,
    "Error": BaseException,
}

# What `new` makes; the first argument is called differently everywhere.
NEW = {
    "Lock": asyncio.Lock,
    "Event": asyncio.Event,
    "Condition": asyncio.Condition,
    "Barrier": asyncio.Barrier,
    "Semaphore": asyncio.Semaphore,
    "BoundedSemaphore": asyncio.BoundedSemaphore,
    "Queue": asyncio.Queue,
    "LifoQueue": asyncio.LifoQueue,
    "PriorityQueue": asyncio.PriorityQueue,
    "Timeout": lambda seconds=None: asyncio.timeout(seconds),
    "TaskGroup": asyncio.TaskGroup,
    "AsyncExitStack": AsyncExitStack,
    "ExitStack": ExitStack,
}


def clean(text):
    """A text without the addresses of objects."""
    return ADDRESS.sub("", text) if " at 0x" in text else text


def show(value):
    """A value as lines have it."""
    kind = type(value)
    if value is None or kind in (bool, int, float, str, bytes):
        return repr(value)
    if isinstance(value, asyncio.Task):
        return f"<Task {value.get_name()}>"
    if kind is Coroutine:
        return f"<coroutine {value.__qualname__}>"
    if kind is list or kind is tuple or isinstance(value, SETS):
        # `wait` gives a tuple of sets, here in the order of the arguments.
        return f"[{', '.join(map(show, value))}]"
    if isinstance(value, BaseException):
        return clean(repr(value))
    if isinstance(value, asyncio.TimerHandle):
        return "<TimerHandle>"
    return f"<{kind.__name__.removesuffix('Executor')}>"


def describe(error):
    """An exception as `Type: text`, or `Type` when it says nothing."""
    text = clean(str(error))
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def behind(error):
    """An exception, and all that it came of or consists of, each once: the nearest first."""
    found = [error]
    for each in found:
        for other in (each.__cause__, each.__context__, *getattr(each, "exceptions", ())):
            if other is not None and not any(other is one for one in found):
                found.append(other)
    return found


def bare(error):
    """Let go of the frames that an exception holds, and through them of tasks."""
    for each in behind(error):
        each.__traceback__ = None
    return error


def chain(error):
    """What an exception came of, a text for each: numbers say which is the cause, the context or a member of which."""
    found = behind(error)
    number = lambda other: next(n for n, one in enumerate(found) if one is other)
    texts = []
    for each in found:
        text = clean(repr(each))
        if each.__cause__ is not None:
            text += f" from {number(each.__cause__)}"
        if each.__context__ is not None:
            text += f" in {number(each.__context__)}"
        if each.__suppress_context__:
            text += " alone"
        if members := getattr(each, "exceptions", ()):
            text += f" of {', '.join(str(number(member)) for member in members)}"
        texts.append(text)
    return texts


# The C types keep references to asyncio's functions that make reprs: only their code can be replaced.


def _short_task(task):
    return f"<Task {task.get_name()}>"


def _short_future(future):
    return f"<{type(future).__name__}>"


def shorten_reprs():
    """Make the reprs of tasks and futures those that lines have, for good."""
    asyncio.base_tasks._task_repr.__wrapped__.__code__ = _short_task.__code__
    asyncio.base_futures._future_repr.__wrapped__.__code__ = _short_future.__code__
