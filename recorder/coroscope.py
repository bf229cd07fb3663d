"""What happens in a run of an asyncio program, written down as a trace: lines of JSON, as `docs/trace.md` describes them.

    python coroscope.py [-o FILE] [--last N] [--absolute] [--no-sources] program.py arguments …
    python coroscope.py [-o FILE] … -m module arguments …

    with coroscope.record("FILE"):
        asyncio.run(main())

A FILE whose name ends in `.gz` is packed. One file, standard library only, for CPython 3.12 and 3.13. It watches: it holds nothing that the program lets go of,
and adds no callback and no iteration of the loop.

A `Recorder` is told each event by those who run a program on a clock of their own (`Traced` stands before the
coroutine of each task), or finds it by itself: a `Recording` is of a real program, with the real clock. It looks at
what the loops run (`watch_loops`), at what tasks share (`watch_waits`, `watch_resources`), at pools, streams and
timeouts, and at what is said, from places in asyncio's own classes that are given back in the end.
"""

import asyncio
import asyncio.base_events
import asyncio.futures
import asyncio.locks
import asyncio.queues
import asyncio.streams
import asyncio.taskgroups
import asyncio.tasks
import asyncio.threads
import asyncio.timeouts
import atexit
import collections
import collections.abc
import functools
import gc
import inspect
import io
import itertools
import json
import json.encoder
import opcode
import os
import re
import sys
import threading
import types
import weakref
from time import monotonic

FORMAT, VERSION = "coroscope-trace", 1

plainly_quoted = json.encoder.encode_basestring_ascii


def quote(text):
    """A text as JSON has it; surrogates that stand alone, which no reader takes, as they are escaped in Python."""
    quoted = plainly_quoted(text)
    return plainly_quoted(well_formed(text)) if "\\ud" in quoted else quoted


def well_formed(value):
    """A value of which a text may have surrogates that stand alone, with these escaped."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def number(value):
    """A number of seconds as JSON has it; what it has no number for is a text."""
    return repr(value) if value - value == 0 else f'"{value!r}"'


def described(error):
    """An exception as `TypeName: message`, or `TypeName` when the message is empty."""
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


# Tasks


class TaskRecord:
    """What is known of one task, to which it refers weakly: a task that the program drops must be freed when it
    would be, or "exception was never retrieved" goes missing."""

    __slots__ = ("number", "task_field", "by", "parent", "reference", "identity", "name", "begun", "asked", "outcome",
                 "exception")

    def __init__(self, number, parent):
        self.number = number
        # What events say of it, and what events say that come of its steps.
        self.task_field = f',"task":{number}'
        self.by = f',"by":{number}'
        self.parent = parent
        self.reference = self.identity = None
        self.name = None
        # Whether its coroutine has begun.
        self.begun = False
        # Requests to cancel it, not taken back, that have been told, where these are.
        self.asked = 0
        self.outcome = "pending"
        self.exception = None

    def task(self):
        """The task while it is alive, else None."""
        return None if self.reference is None else self.reference()


class Traced(collections.abc.Coroutine):
    """Stands before a task's coroutine, and tells the recorder of each step.

    The task is the C `asyncio.Task`; it accepts any `collections.abc.Coroutine` and calls `send` and `throw`,
    exactly one of them per step. This object holds no reference to the task, and no local variable does: a
    traceback would keep it alive.
    """

    __slots__ = ("coroutine", "record", "recorder")

    def __init__(self, coroutine, record, recorder):
        self.coroutine = coroutine
        self.record = record
        self.recorder = recorder

    def send(self, value):
        """One step of the task, from the beginning or after a plain wake-up."""
        recorder, record = self.recorder, self.record
        outer = recorder.current
        recorder.step(record, self.coroutine)
        record.begun = True
        try:
            yielded = self.coroutine.send(value)
        except BaseException as error:
            self.ended(error)
            raise
        finally:
            recorder.current = outer
        recorder.suspend(record, self.coroutine, yielded)
        return yielded

    def throw(self, *error):
        """One step of the task, in which an exception (mostly CancelledError) is raised."""
        recorder, record = self.recorder, self.record
        outer = recorder.current
        if not record.begun:
            # Nothing else raises in a task that has not begun.
            recorder.tell_iteration()
            recorder.tell("cancel_requested", record.task_field)
        recorder.step(record, self.coroutine)
        record.begun = True
        try:
            yielded = self.coroutine.throw(*error)
        except BaseException as error:
            self.ended(error)
            raise
        finally:
            recorder.current = outer
        recorder.suspend(record, self.coroutine, yielded)
        return yielded

    def ended(self, error):
        """Tell how the task ended. Its caller raises the error on, from its own frame: so nothing is added to a
        traceback that was removed."""
        recorder, record = self.recorder, self.record
        if isinstance(error, StopIteration):
            # A request to cancel that came during the last step wins over the result.
            cancelled = getattr(record.task(), "_must_cancel", False)
            recorder.finish(record, "cancelled" if cancelled else "done")
            return
        if isinstance(error, asyncio.CancelledError):
            recorder.finish(record, "cancelled")
        else:
            recorder.finish(record, "failed", recorder.described(error))
        recorder.raised(error)

    def close(self):
        """As the coroutine's own."""
        return self.coroutine.close()

    def __await__(self):
        return self.coroutine.__await__()

    def __getattr__(self, name):
        # `cr_frame`, `__qualname__` and so on, for `repr(task)` and `task.get_stack()`.
        return getattr(self.coroutine, name)

    def __repr__(self):
        return repr(self.coroutine)

    @property
    def __class__(self):
        # For `isinstance`, and who asks what kind of coroutine it is.
        return type(self.coroutine)


def record_of(task):
    """The record of a task that is recorded, else None."""
    coroutine = task.get_coro() if isinstance(task, asyncio.Task) else None
    return coroutine.record if type(coroutine) is Traced else None


# What the loop runs

STEP, WAKEUP = "TaskStepMethWrapper", "task_wakeup"
Task, Future, TimerHandle = asyncio.Task, asyncio.Future, asyncio.TimerHandle
END_OF_SLEEP, END_OF_TIMEOUT = asyncio.futures._set_result_unless_cancelled, asyncio.Timeout._on_timeout
# Modules whose functions are no callbacks of the program.
INTERNAL = ("asyncio.", "_asyncio", "concurrent.futures")


def stepped(callback):
    """The record of the task of which a callback is a step, else None."""
    task = getattr(callback, "__self__", None)
    if isinstance(task, Task) and (
        type(callback).__name__ == STEP or getattr(callback, "__name__", None) == WAKEUP
    ):
        return record_of(task)
    return None


def kind_of(handle):
    """What a handle is, as lines say it."""
    callback = handle._callback
    while isinstance(callback, functools.partial):
        callback = callback.func
    function = getattr(callback, "__func__", callback)
    if function is END_OF_SLEEP and isinstance(handle, TimerHandle):
        return "sleep"
    if function is END_OF_TIMEOUT:
        return "timeout"
    if (getattr(function, "__module__", None) or "").startswith(INTERNAL):
        return "internal"
    if len(handle._args) == 1 and isinstance(handle._args[0], Future) and handle._args[0].done():
        return "done_callback"
    return "callback"


def watch_handles(recorder):
    """Tell a recorder of what the loop runs, and of what will not run."""
    run, cancel = asyncio.Handle._run, asyncio.Handle.cancel

    def watched_run(handle):
        known, outer = recorder.handles.pop(id(handle), None), recorder.by
        if known is None:
            # A step of a task, of which its coroutine tells. It also says on whose account things happen, to the
            # end of the handle: what a task's end sets off comes after its coroutine's.
            try:
                run(handle)
            finally:
                recorder.by = outer
                # An exception that somebody keeps may have this frame behind its own.
                handle = None
            return
        began = recorder.now
        recorder.handle_begins(*known)
        try:
            run(handle)
        finally:
            recorder.handle_ended(known[0], began)
            recorder.by = outer
            handle = None

    def watched_cancel(handle):
        if not handle._cancelled:
            recorder.cancelled(handle)
        return cancel(handle)

    asyncio.Handle._run, asyncio.Handle.cancel = watched_run, watched_cancel


# Where a task stands, and what it waits for


# Objects without frames that stand between an await and what it waits for; Python offers no attribute that leads on
# from them, the garbage collector's view does.
async def _coroutine():
    pass


async def _asyncgen():
    yield


def _transparent_types():
    generator = _asyncgen()
    samples = (
        _coroutine().__await__(),
        generator.asend(None),
        generator.athrow(GeneratorExit),
        anext(generator, None),
    )
    for sample in samples:
        sample.close()
    return tuple(map(type, samples))


TRANSPARENT = _transparent_types()
FRAMED = (types.CoroutineType, types.GeneratorType, types.AsyncGeneratorType)


def frames(awaitable):
    """The frames that are suspended in one another, the outermost first."""
    while awaitable is not None:
        kind = type(awaitable)
        if kind is types.CoroutineType:
            frame, awaitable = awaitable.cr_frame, awaitable.cr_await
        elif kind is types.GeneratorType:
            frame, awaitable = awaitable.gi_frame, awaitable.gi_yieldfrom
        elif kind is types.AsyncGeneratorType:
            frame, awaitable = awaitable.ag_frame, awaitable.ag_await
        elif kind in TRANSPARENT:
            frame, referents = None, gc.get_referents(awaitable)
            awaitable = next((each for each in referents if isinstance(each, FRAMED + TRANSPARENT)), None)
        elif kind is Traced:
            frame, awaitable = None, awaitable.coroutine
        else:
            return
        if frame is not None:
            yield frame


# How many frames of those that stand in one another are told, the innermost; characters of what a coroutine was called
# with, and how much is told of a container in it.
FRAMES, ARGUMENTS, THINGS = 12, 60, 3
# On older ones, who looks at the variables of a frame keeps them alive.
TELLS_ARGUMENTS = sys.version_info >= (3, 13)
BRACKETS = {list: "[]", tuple: "()", set: "{}", frozenset: "{}"}
NAMED = (type, types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.CoroutineType)


def short(value, deep=False):
    """A value as a short text: by what it is, so that nothing of the program's runs for it."""
    kind = type(value)
    if kind in (float, complex, bool, type(None)) or kind is int and abs(value) < 10**20:
        return repr(value)
    if kind in (str, bytes):
        return repr(value if len(value) <= 24 else value[:23] + (b"..." if kind is bytes else "…"))
    if kind in BRACKETS and not deep:
        things = [short(each, True) for _, each in zip(range(THINGS), value)] + ["…"] * (len(value) > THINGS)
        opening, closing = BRACKETS[kind]
        return f"{opening}{', '.join(things)}{',' * (kind is tuple and len(value) == 1)}{closing}"
    return value.__name__ if isinstance(value, NAMED) else kind.__name__


def arguments(coroutine):
    """What a coroutine was called with that has not begun, as short texts; None where that cannot be told."""
    frame = coroutine.cr_frame
    if not TELLS_ARGUMENTS or frame is None or frame.f_lasti > 0 and coroutine.cr_suspended or coroutine.cr_running:
        return None
    code, variables = frame.f_code, frame.f_locals
    names, count = code.co_varnames, code.co_argcount
    rest = count + code.co_kwonlyargcount
    texts = [short(variables[name]) for name in names[:count] if name in variables and name not in ("self", "cls")]
    keywords = [f"{name}={short(variables[name])}" for name in names[count:rest] if name in variables]
    if code.co_flags & inspect.CO_VARARGS:
        texts += [short(each) for each in variables.get(names[rest], ())[: THINGS + 1]]
        rest += 1
    if code.co_flags & inspect.CO_VARKEYWORDS:
        keywords += [f"{name}={short(each)}" for name, each in variables.get(names[rest], {}).items()]
    texts += keywords
    text = ", ".join(texts)
    return text if len(text) <= ARGUMENTS else text[: ARGUMENTS - 1] + "…"


class Waits:
    """The operations of asyncio in which tasks wait, by the code of their coroutines.

    Each has a function that makes of a recorder and of the coroutine's frame what a line says; the outermost
    counts, but for those that only pass on to another that is known.
    """

    def on(operation):
        return lambda recorder, frame: recorder.wait_on(operation, frame.f_locals["self"])

    def entering(recorder, frame):
        entered = frame.f_locals["self"]
        return recorder.wait_on("acquire", getattr(entered, "_lock", entered))

    def sleep(recorder, frame):
        return f',"wait":"sleep","until":{number(recorder.moment(frame.f_locals["h"].when()))}'

    def several(operation, tasks):
        return lambda recorder, frame: recorder.wait_for_tasks(operation, tasks(frame.f_locals))

    def cancelling(recorder, frame):
        return recorder.asked

    def in_thread(recorder, frame):
        return recorder.wait_on("to_thread", getattr(frame.f_locals["loop"], "_default_executor", None))

    def plain(operation):
        return lambda recorder, frame: f',"wait":"{operation}"'

    if hasattr(asyncio.tasks, "_AsCompletedIterator"):
        one = asyncio.tasks._AsCompletedIterator._wait_for_one
        as_completed = one, several("as_completed", lambda names: names["self"]._todo)
    else:
        # Of 3.12: a function in the function.
        one = next(each for each in asyncio.as_completed.__code__.co_consts if getattr(each, "co_name", None) == "_wait_for_one")
        as_completed = types.SimpleNamespace(__code__=one), several("as_completed", lambda names: names["todo"])

    Condition, Server = asyncio.locks.Condition, asyncio.base_events.Server
    Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter

    # By their addresses: a code object's hash takes as long as a small function.
    KNOWN = {
        id(function.__code__): describe
        for function, describe in (
            (asyncio.sleep, sleep),
            (asyncio.Lock.acquire, on("acquire")),
            (asyncio.Semaphore.acquire, on("acquire")),
            (asyncio.locks._ContextManagerMixin.__aenter__, entering),
            (asyncio.Event.wait, on("wait")),
            (Condition.wait, on("wait")),
            (asyncio.Barrier.wait, on("wait")),
            (asyncio.Barrier.__aenter__, on("wait")),
            (asyncio.Queue.get, on("get")),
            (asyncio.Queue.put, on("put")),
            (asyncio.Queue.join, on("join")),
            (asyncio.tasks._cancel_and_wait, cancelling),
            (asyncio.tasks._wait, several("wait", lambda names: names["fs"])),
            as_completed,
            (asyncio.TaskGroup.__aexit__, several("TaskGroup", lambda names: names["self"]._tasks)),
            (asyncio.to_thread, in_thread),
            (asyncio.base_events.BaseEventLoop.shutdown_default_executor, plain("shutdown")),
            (asyncio.open_connection, plain("connect")),
            (asyncio.base_events.BaseEventLoop.create_connection, plain("connect")),
            (Reader.read, on("read")),
            (Reader.readline, on("readline")),
            (Reader.readexactly, on("readexactly")),
            (Reader.readuntil, on("readuntil")),
            (Writer.drain, on("drain")),
            (Writer.wait_closed, on("wait_closed")),
            (Server.wait_closed, on("wait_closed")),
            (Server.serve_forever, on("serve_forever")),
        )
    }
    PASSING = {id(Condition.wait.__code__), id(Server.serve_forever.__code__)}


KNOWN = Waits.KNOWN
GATHERING = asyncio.tasks._GatheringFuture


def behind(future, name, variable):
    """What a callback of this name among those of a future has in a variable: how `shield` and `wrap_future` tie
    two futures."""
    for callback, _ in future._callbacks or ():
        code = getattr(callback, "__code__", None)
        if code is not None and code.co_name == name and variable in code.co_freevars:
            return callback.__closure__[code.co_freevars.index(variable)].cell_contents
    return None


# What tasks share

KINDS = (
    (asyncio.Lock, lambda lock: '"lock"'),
    (asyncio.Event, lambda event: '"event"'),
    (asyncio.Condition, lambda condition: '"condition"'),
    (asyncio.Semaphore, lambda semaphore: f'"semaphore","limit":{semaphore._value}'),
    (asyncio.Barrier, lambda barrier: f'"barrier","parties":{barrier._parties}'),
    (asyncio.Queue, lambda queue: f'"queue","bound":{queue._maxsize}' if queue._maxsize > 0 else '"queue"'),
)


# Who makes a queue for itself, by its code: the constructor in 3.13, the function in 3.12.
AS_COMPLETED = getattr(asyncio.tasks, "_AsCompletedIterator", None)


def watch_waits(who, put=setattr):
    """Tell the recorder that `who` gives of what is made that tasks share, and what is waited for where that cannot be
    seen later; with what `put` puts there."""

    def watch(made, kind):
        plain = made.__init__

        @functools.wraps(plain)
        def init(self, *arguments, **named):
            recorder = who()
            # Parts of something else are not told; nor is the queue of `as_completed`, with its parts.
            inside = recorder.is_making
            # The oracle puts a constructor of its own there.
            maker = asyncio.as_completed if AS_COMPLETED is None else AS_COMPLETED.__init__
            frame = sys._getframe(1)
            while frame.f_code is init.__code__:
                # Another recorder looks on.
                frame = frame.f_back
            if inside or frame.f_code is maker.__code__:
                recorder.is_making = True
                try:
                    return plain(self, *arguments, **named)
                finally:
                    recorder.is_making = inside
            # The lock of a condition is a thing of its own, other parts are not.
            recorder.is_making = made is not asyncio.Condition
            try:
                plain(self, *arguments, **named)
            finally:
                recorder.is_making = False
            recorder.made(self, kind(self))

        put(made, "__init__", init)

    for made, kind in KINDS:
        watch(made, kind)

    cancel_and_wait = asyncio.tasks._cancel_and_wait

    def watched(fut):
        recorder = who()
        recorder.asked = recorder.wait(None, fut)
        return cancel_and_wait(fut)

    put(asyncio.tasks, "_cancel_and_wait", watched)


# What the program calls what tasks share


# How much is looked at for names: values in all, and of one container; how often for one thing; of how many tasks, and
# among how many.
VALUES, ITEMS, TRIES, OLDEST, AMONG = 200_000, 100, 6, 8, 64
BASES, MEMBERS = type.__dict__["__mro__"].__get__, type.__dict__["__dict__"].__get__
# What has nothing in it that tasks share.
BARREN = (int, float, str, bytes, bool, type(None), types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)
HOLDERS = ("self", "cls")


def members(value):
    """The attributes that an object has itself, and their values; nothing of the program's runs for it. Of objects that
    are asyncio's the parts are nobody's business."""
    kind = type(value)
    bases = BASES(kind)
    if threading.local in bases or str(MEMBERS(kind).get("__module__")).startswith(INTERNAL):
        return
    for base in bases:
        for name, member in MEMBERS(base).items():
            if type(member) is types.GetSetDescriptorType and name == "__dict__":
                yield from list(member.__get__(value, kind).items())
            elif type(member) is types.MemberDescriptorType and "__slots__" in MEMBERS(base):
                try:
                    yield name, member.__get__(value, kind)
                except AttributeError:
                    # Nothing is in that slot yet.
                    pass


def inside(name, value):
    """What is in the value of a variable, one level deep, and how it is written there."""
    kind = type(value)
    if kind in (list, tuple):
        for place, each in enumerate(value[:ITEMS]):
            yield f"{name}[{place}]", each
    elif kind is dict:
        for key, each in list(itertools.islice(value.items(), ITEMS)):
            if type(key) in (str, int):
                yield f"{name}[{short(key)}]", each
    elif kind is type:
        yield from ((f"{name}.{member}", each) for member, each in itertools.islice(MEMBERS(value).items(), ITEMS))
    elif kind not in BARREN:
        holder = kind.__name__ if name in HOLDERS else name
        yield from ((f"{holder}.{member}", each) for member, each in itertools.islice(members(value), ITEMS))


class Names:
    """Finds the names of what tasks share: variables, what is in the lists, tuples and dictionaries of variables, and the
    attributes of their objects. It compares by identity, and runs nothing of the program's."""

    def __init__(self):
        # References, numbers, and how often each may yet be looked for.
        self.wanted = []
        self.left = VALUES
        # So many chances are let pass before the next look, and before the one after that.
        self.rest, self.pause = 0, 0

    def want(self, shared, number_of):
        """Something that has no name yet."""
        if self.left > 0:
            self.wanted.append((weakref.ref(shared), number_of, TRIES))
            self.rest = self.pause = 0

    def is_due(self):
        """Whether to look now: less and less often, for who is not found at first may be handed around later."""
        self.rest -= 1
        return self.rest < 0

    def find(self, standing):
        """The numbers and names of those that are found from frames that stand: in their globals, then in the frames
        in this order; by the class of an object that is only known as `self` if by no other name."""
        wanted, self.wanted = self.wanted, []
        scopes, local = {}, []
        for frame in standing:
            scopes.setdefault(id(frame.f_globals), frame.f_globals)
            if TELLS_ARGUMENTS and frame.f_code.co_flags & inspect.CO_OPTIMIZED:
                local.append(frame.f_locals)
        scopes = [
            [(name, value) for name, value in list(scope.items()) if type(name) is str and name.isidentifier() and name[:2] != "__"]
            for scope in (*scopes.values(), *local)
        ]
        self.left -= len(wanted) + len(scopes)
        alive = [(each, number_of) for reference, number_of, _ in wanted if (each := reference()) is not None]
        missing, found = {id(each): number_of for each, number_of in alive}, {}

        def look(things):
            for name, value in things:
                self.left -= 1
                if id(value) in missing:
                    found[missing.pop(id(value))] = name

        for is_holder in (False, True):
            for scope in scopes:
                if missing and self.left > 0:
                    chosen = [(name, value) for name, value in scope if (name in HOLDERS) is is_holder]
                    look(chosen)
                    for name, value in chosen:
                        look(inside(name, value))
        again = set(missing.values()) if self.left > 0 else ()
        self.wanted += [(each, number_of, tries - 1) for each, number_of, tries in wanted if number_of in again and tries > 1]
        self.pause = 2 * self.pause + 1
        self.rest = self.pause
        return sorted(found.items())


# The recorder


class Recorder:
    """Writes a trace, line by line, as it comes about."""

    # How exceptions are written down.
    described = staticmethod(described)

    def __init__(self, put, path=None):
        """`put` takes each line, which has no end; `path` is the file of the program."""
        self.put = put
        self.path = path
        # Loop time, in seconds, which whoever runs the program moves; and that of the last line.
        self.now = 0.0
        self.told = None
        # The record of the task whose step runs, and on whose account things happen, as lines say it.
        self.current = None
        self.by = ""
        self.tasks = []
        # What is logged from now on comes of what is freed after the end.
        self.is_over = False
        # The number of an iteration of the loop in which nothing has run yet.
        self.iteration = None
        self.sites = {}
        # Numbers of what tasks share; whether something of asyncio's is being made, with parts of its own.
        self.resources = weakref.WeakKeyDictionary()
        self.resource_count = 0
        self.is_making = False
        self.names = Names()
        # Futures of pools: the number of the pool, that of the job, and the pool's workers.
        self.jobs = ByIdentity()
        # What is waited for that is being cancelled.
        self.asked = None
        # Numbers and accounts of handles that are ready or whose timers are set, by address.
        self.handles = {}
        self.handle_count = 0
        self.timeouts = weakref.WeakKeyDictionary()

    def begin(self, **header):
        """Write the first line."""
        self.put(json.dumps({"format": FORMAT, "version": VERSION, **header}, separators=(",", ":")))

    def moment(self, when):
        """A time of the loop on the axis of the trace."""
        return when

    def tell(self, event, fields=""):
        """Write an event, now."""
        now = self.now
        if now != self.told:
            self.told = now
            fields = f',"t":{number(now)}{fields}'
        self.put(f'{{"e":"{event}"{fields}}}')

    # The loop.

    def runs(self, loop):
        """A loop, by its number, begins to run."""
        self.iteration = None
        self.tell("loop_runs", f',"loop":{loop}')

    def turn(self, number):
        """The loop is about to begin an iteration: told when something runs in it, with what was ready then."""
        self.iteration = number

    def began(self, event, fields):
        """The loop runs a step of a task, or another handle."""
        if self.iteration is not None:
            self.tell_iteration()
        self.tell(event, fields)

    def tell_iteration(self):
        """What runs now is in another iteration than what ran before."""
        if self.iteration is not None:
            self.tell("iteration_began", f',"number":{self.iteration}')
            self.iteration = None

    def closed(self):
        """A loop forgets what it has before it."""
        self.tell("loop_closed")

    # Handles.

    def scheduled(self, handle, kind=None):
        """A handle has entered the ready queue; what it is, if that is known."""
        record = stepped(handle._callback)
        if record is None:
            kind = kind or kind_of(handle)
            fields = f',"handle":{self.new_handle(handle, kind, self.by)},"what":"{kind}"{self.by}'
            self.tell("handle_scheduled", fields)
        elif record.reference is not None and not self.is_over:
            self.tell("woken", record.task_field + self.by)

    def timer_set(self, handle, kind=None):
        """A timer was set; what its handle is, if that is known."""
        kind = kind or kind_of(handle)
        number_of = self.new_handle(handle, kind, f',"by_timer":{self.handle_count}')
        due = f',"what":"{kind}"{self.by},"due":{number(handle._when)}'
        self.tell("timer_set", f',"handle":{number_of}{due}')

    def timer_fired(self, handle):
        """A timer was due, and its handle has entered the ready queue."""
        if id(handle) in self.handles:
            self.tell("timer_fired", f',"handle":{self.handles[id(handle)][0]}')

    def cancelled(self, handle):
        """A handle was cancelled."""
        known = self.handles.pop(id(handle), None)
        if known is not None:
            self.tell("handle_cancelled", f',"handle":{known[0]}')

    def handle_begins(self, number_of, by):
        """The loop runs a handle, on somebody's account."""
        self.began("handle_began", f',"handle":{number_of}')
        self.by = by

    def handle_ended(self, number_of, began):
        """It has run it."""
        if self.now != began:
            self.tell("handle_ended", f',"handle":{number_of}')

    def new_handle(self, handle, kind, by):
        """A number for a handle, which when it runs does so on this account, or on a timeout's."""
        if kind == "timeout":
            by = f',"by_timeout":{self.timeout_number(handle._callback.__self__)}'
        number_of = self.handle_count
        self.handle_count += 1
        self.handles[id(handle)] = (number_of, by)
        return number_of

    def timeout_number(self, timeout):
        """The number of a timeout."""
        return self.timeouts.setdefault(timeout, len(self.timeouts))

    # Tasks.

    def new_task(self):
        """A task is being created by whoever runs now."""
        record = TaskRecord(len(self.tasks), self.current)
        self.tasks.append(record)
        return record

    def attach(self, record, task, eager=False, coroutine=None):
        """Tie a record to its task, which runs this coroutine, and tell that there is one."""
        record.reference, record.identity = weakref.ref(task), id(task)
        record.name = task.get_name()
        parent = "" if record.parent is None else f',"parent":{record.parent.number}'
        eagerly = ',"eager":true' if eager else ""
        self.tell("task_created", f'{record.task_field}{parent},"name":{quote(record.name)}{eagerly}')
        runs = self.runs_of(coroutine, begun=eager)
        if runs:
            self.tell("runs", record.task_field + runs)

    def runs_of(self, coroutine, begun=False):
        """What a task runs, as the fields of a line; nothing where it is no coroutine."""
        if type(coroutine) is not types.CoroutineType:
            return ""
        code = coroutine.cr_code
        try:
            with_ = None if begun else arguments(coroutine)
        except Exception:
            # Of classes that are made to look like others.
            with_ = None
        told = "" if with_ is None else f',"arguments":{quote(with_)}'
        return f',"function":{quote(code.co_name)}{told}{self.function_at(code)}'

    def function_at(self, code):
        """Where a function of the program is, as a field."""
        if code.co_filename != self.path:
            return ""
        return f',"at":{self.place(code, code.co_firstlineno, None)}'

    def refresh(self, record):
        """Names may be changed at any time: tell a new one."""
        task = record.task()
        if task is not None and task.get_name() != record.name:
            record.name = task.get_name()
            self.tell("renamed", f'{record.task_field},"name":{quote(record.name)}')

    def step(self, record, coroutine=None):
        """A task is about to run."""
        if record.reference is None:
            # An eager task runs while it is being constructed.
            self.attach(record, asyncio.current_task(), eager=True, coroutine=coroutine)
        self.current, self.by = record, record.by
        self.began("step_began", record.task_field)

    def suspend(self, record, coroutine, yielded):
        """A task has handed `yielded` to the loop."""
        self.refresh(record)
        if self.names.wanted and self.names.is_due():
            self.look_for_names(coroutine)
        self.tell("suspended", record.task_field + self.waits(coroutine, yielded))

    def finish(self, record, outcome, exception=None):
        """A task's coroutine has ended; the task object becomes done right after this."""
        self.refresh(record)
        record.outcome, record.exception = outcome, exception
        error = "" if exception is None else f',"error":{quote(exception)}'
        self.tell("finished", f'{record.task_field},"outcome":"{outcome}"{error}')

    def raised(self, error):
        """A step of a task raises an exception."""

    # Requests to cancel.

    def look_at(self, tasks):
        """Tasks that may have been asked to cancel themselves."""
        for task in tasks:
            record = self.find(task)
            if record is not None and not task.done():
                self.look_for_request(record, task)

    def look_for_request(self, record, task, by=None):
        """Tell of a request to cancel a task that has not been told."""
        count = task.cancelling()
        if count > record.asked:
            self.tell_request(record, self.by if by is None else by)
        record.asked = count

    def tell_request(self, record, by):
        """A task was asked to cancel itself. Of one that has not begun it is told when that is raised in it."""
        if record.begun and not self.is_over:
            self.tell("cancel_requested", record.task_field + by)

    # Waits.

    def waits(self, coroutine, yielded):
        """What a task waits for that has handed `yielded` to the loop, and where it stands."""
        known, own = None, []
        passing = True
        for frame in frames(coroutine):
            code = frame.f_code
            if passing and id(code) in KNOWN:
                known, passing = frame, id(code) in Waits.PASSING
            elif code.co_filename == self.path:
                own.append(frame)
        place = f',"at":{self.site(own)}' if own else ""
        return self.wait(known, yielded) + place

    def wait(self, frame, yielded):
        """What a task waits for in a frame of asyncio's, if it is in one."""
        if yielded is None:
            return ',"wait":"next_turn"'
        if isinstance(yielded, asyncio.Task):
            return self.wait_for_task(yielded)
        if frame is not None:
            return KNOWN[id(frame.f_code)](self, frame)
        if type(yielded) is GATHERING:
            return f',"wait":"gather","tasks":{self.numbers(yielded._children)}'
        if isinstance(yielded, asyncio.Future):
            inner = behind(yielded, "_outer_done_callback", "inner")
            if inner is not None:
                return self.wait_for_tasks("shield", [inner])
            source = behind(yielded, "_call_check_cancel", "source")
            if source is not None:
                return self.wait_for_job(source)
        return ',"wait":"future"'

    def wait_on(self, operation, shared):
        """An operation on something that tasks share."""
        resource = self.resources.get(shared)
        on = "" if resource is None else f',"resource":{resource}'
        return f',"wait":"{operation}"{on}'

    def wait_for_job(self, future):
        """The future of a pool, if it is known of which."""
        job = self.jobs.get(future)
        on = "" if job is None else f',"resource":{job[0]}'
        return f',"wait":"run_in_executor"{on}'

    def wait_for_task(self, task):
        """The end of a task; of one that is not recorded, something else. For its own end none can wait."""
        if task is asyncio.current_task():
            return ',"wait":"unknown"'
        record = self.find(task)
        return ',"wait":"future"' if record is None else f',"wait":"task","tasks":[{record.number}]'

    def wait_for_tasks(self, operation, futures):
        """An operation on several tasks; if none is a task, on something else."""
        tasks = self.numbers(futures)
        return ',"wait":"future"' if tasks == "[]" else f',"wait":"{operation}","tasks":{tasks}'

    def numbers(self, futures):
        """The numbers of those that are tasks."""
        records = filter(None, map(self.find, futures))
        return f"[{','.join(str(record.number) for record in records)}]"

    def site(self, stack):
        """The number of the place where the innermost of some frames stands, within those around it."""
        within = None
        for frame in stack[-FRAMES:]:
            within = self.place(frame.f_code, frame.f_lineno, within)
        return within

    def place(self, code, line, within):
        """The number of a place in the program, which is told when it comes for the first time."""
        place = (code.co_filename, line, within)
        site = self.sites.get(place)
        return self.new_site(code, place) if site is None else site

    def new_site(self, code, place):
        """The number of a place that is told for the first time."""
        path, line, within = place
        site = self.sites[place] = len(self.sites)
        around = "" if within is None else f',"within":{within}'
        file, function = quote(self.file_name(path)), quote(code.co_name)
        self.put(f'{{"e":"site","site":{site},"file":{file},"line":{line},"function":{function}{around}}}')
        return site

    def file_name(self, path):
        """A file as the trace names it: relative to the program."""
        return path.rpartition("/")[2]

    # What tasks share.

    def made(self, shared, kind):
        """Something that tasks share was made."""
        resource = self.resources[shared] = self.resource_count
        self.resource_count += 1
        self.tell("resource_created", f',"resource":{resource},"kind":{kind}')
        self.names.want(shared, resource)

    def change(self, event, shared, fields="", task=None):
        """Something happened to what tasks share, if it is known; on account of a task, or of the one that runs."""
        resource = self.resources.get(shared)
        if resource is not None and not self.is_over:
            self.settle()
            record = self.current if task is None else self.find(task)
            by = "" if record is None else record.task_field
            self.tell(event, f',"resource":{resource}{fields}{by}')

    def settle(self):
        """What comes before anything else that the running step sets off is told: here it is already."""

    def look_for_names(self, coroutine):
        """Look for what the program calls what tasks share, now that a task stands somewhere."""
        try:
            found = self.names.find([frame for frame in self.standing(coroutine) if self.is_own(frame.f_code)])
        except Exception:
            # Of classes that are made to look like others.
            return
        for number_of, name in found:
            self.named(number_of, name)

    def named(self, number_of, name):
        """Something that tasks share has a name."""
        self.tell("resource_named", f',"resource":{number_of},"name":{quote(name)}')

    def standing(self, coroutine):
        """Frames that stand: of the oldest tasks, of one that is just suspended, and on the stack."""
        tasks = (record.task() for record in itertools.islice(self.known_tasks(), AMONG))
        alive = (task for task in tasks if type(task) is Task and not task.done())
        for task in itertools.islice(alive, OLDEST):
            yield from frames(task.get_coro())
        yield from frames(coroutine)
        frame = sys._getframe(1)
        while frame is not None:
            yield frame
            frame = frame.f_back

    def known_tasks(self):
        """The records of tasks, the oldest first."""
        return self.tasks

    def is_own(self, code):
        """Whether code is the program's."""
        return code.co_filename == self.path

    # What was said.

    def task_field(self):
        """The task whose step runs, as lines say it."""
        return "" if self.current is None else self.current.task_field

    def line(self, text):
        """Something was printed."""
        self.tell("printed", f'{self.task_field()},"text":{quote(text.removesuffix("\n"))}')

    def logged(self, message, about=None, error=None):
        """Something was logged; the task that it is about, and the exception, as text."""
        fields = f'{self.task_field()},"message":{quote(message)}'
        record = None if about is None else self.find(about)
        if record is not None:
            self.refresh(record)
            fields += f',"about":{record.number}'
        if error is not None:
            fields += f',"error":{quote(error)}'
        if self.is_over:
            fields += ',"late":true'
        self.tell("logged", fields)

    def find(self, task):
        """The record of what may be a task; also of an eager one, whose coroutine is gone."""
        record = record_of(task)
        if record is None and isinstance(task, asyncio.Task):
            # Not by the reference: a collection of garbage clears that before it has the task say its last word.
            # Of tasks that were at one place after another the last is the one that is there.
            return next((record for record in reversed(self.tasks) if record.identity == id(task)), None)
        return record

    # The end.

    def refresh_all(self):
        """Tell new names of tasks that have not ended."""
        for record in self.tasks:
            if record.outcome == "pending":
                self.refresh(record)

    def end(self, how, **fields):
        """Write the last line."""
        self.refresh_all()
        rest = "".join(f",{quote(name)}:{json.dumps(well_formed(value))}" for name, value in fields.items())
        self.tell("end", f',"end":"{how}"{rest}')


# What tasks share, and timeouts


MISSING = object()
PyTask = asyncio.tasks._PyTask
# Of so many ready tasks each is looked at for a request to cancel it after each step of another.
FEW = 16


class Patches:
    """What stands in the place of attributes of classes and modules, until it is taken back."""

    def __init__(self):
        self.places = []

    def put(self, owner, name, value):
        """Put something in the place of an attribute; where asyncio has none of that name, nothing."""
        if hasattr(owner, name):
            self.places.append((owner, name, vars(owner).get(name, MISSING)))
            setattr(owner, name, value)

    def add(self, owner, name, value):
        """Give a class an attribute that only its instances have, or an object one that only its class has."""
        self.places.append((owner, name, vars(owner).get(name, MISSING)))
        setattr(owner, name, value)

    def take_back(self):
        """As it was."""
        while self.places:
            owner, name, value = self.places.pop()
            if value is MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, value)


class Attribute:
    """Stands before an attribute of the instances of a class and tells when it changes. The value stays where it is
    without this, in the dictionary of the instance."""

    __slots__ = ("name", "changed")

    def __init__(self, name, changed):
        self.name = name
        # Called with the instance, and the value before and now.
        self.changed = changed

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        try:
            return instance.__dict__[self.name]
        except KeyError:
            raise AttributeError(self.name) from None

    def __set__(self, instance, value):
        values, name = instance.__dict__, self.name
        before = values.get(name, MISSING)
        values[name] = value
        if before is not MISSING and before is not value:
            self.changed(instance, before, value)

    def __delete__(self, instance):
        try:
            del instance.__dict__[self.name]
        except KeyError:
            raise AttributeError(self.name) from None


def task_of(callback):
    """The task of which a callback is a step, else None."""
    kind = type(callback)
    if kind.__name__ == STEP:
        return callback.__self__
    if kind is types.BuiltinFunctionType:
        return callback.__self__ if callback.__name__ == WAKEUP else None
    if kind is types.MethodType and isinstance(callback.__self__, PyTask):
        return callback.__self__
    return None


def waiting_task(future):
    """The task that a future wakes, if it is one that waits for nothing else."""
    for callback, _ in future._callbacks or ():
        task = task_of(callback)
        if task is not None:
            return task
    return None


def around(future):
    """The tasks that wait for a future, also through `gather`."""
    tasks, futures = [], [future]
    while futures:
        for callback, _ in getattr(futures.pop(), "_callbacks", None) or ():
            task = task_of(callback)
            if task is not None:
                tasks.append(task)
                futures.append(task)
                continue
            code = getattr(callback, "__code__", None)
            if code is not None and code.co_name == "_done_callback" and "outer" in code.co_freevars:
                outer = callback.__closure__[code.co_freevars.index("outer")].cell_contents
                if outer is not None:
                    futures.append(outer)
        if len(tasks) > FEW:
            break
    return tasks


class ByIdentity:
    """What is known of objects, which need not have a hash, for as long as they live."""

    def __init__(self):
        self.entries = {}

    def get(self, each, default=None):
        """What is known."""
        entry = self.entries.get(id(each))
        return entry[1] if entry is not None and entry[0]() is each else default

    def __setitem__(self, each, value):
        entries, key = self.entries, id(each)

        def forget(reference):
            # Another may live there by now.
            entry = entries.get(key)
            if entry is not None and entry[0] is reference:
                del entries[key]

        entries[key] = (weakref.ref(each, forget), value)

    def setdefault(self, each, value):
        """What is known, or from now on this."""
        known = self.get(each, MISSING)
        if known is MISSING:
            self[each] = known = value
        return known

    def values(self):
        """Of all of them."""
        return [value for _, value in list(self.entries.values())]


def watch_resources(recording):
    """Tell of what happens to what tasks share, and of timeouts."""
    here, put, add = recording.here, recording.patches.put, recording.patches.add

    def locked(lock, before, now):
        here.lane.change("permit_taken" if now else "permit_returned", lock, f',"free":{0 if now else 1}')

    waking = asyncio.Semaphore._wake_up_next.__code__

    def permits(semaphore, before, now):
        if now > before:
            here.lane.change("permit_returned", semaphore, f',"free":{now}')
            return
        # What is given to a task that waits is its own from here on.
        frame = sys._getframe(2)
        future = frame.f_locals.get("fut") if frame.f_code is waking else None
        task = None if future is None else waiting_task(future)
        here.lane.change("permit_taken", semaphore, f',"free":{now}', task)

    def flag(event, before, now):
        here.lane.change("flag_set" if now else "flag_cleared", event)

    def barrier(barrier, before, now):
        waiting = barrier.__dict__["_count"] if barrier._state.value == "filling" else 0
        here.lane.change("barrier_changed", barrier, f',"waiting":{waiting}' + (',"broken":true' if barrier.broken else ""))

    def unfinished(items, before, now):
        if now > before:
            here.lane.change("queue_put", items, f',"depth":{items.qsize()}')
        else:
            here.lane.change("queue_task_done", items, f',"unfinished":{now}')

    add(asyncio.Lock, "_locked", Attribute("_locked", locked))
    add(asyncio.Semaphore, "_value", Attribute("_value", permits))
    add(asyncio.Event, "_value", Attribute("_value", flag))
    add(asyncio.Barrier, "_count", Attribute("_count", barrier))
    add(asyncio.Barrier, "_state", Attribute("_state", barrier))
    add(asyncio.Queue, "_unfinished_tasks", Attribute("_unfinished_tasks", unfinished))

    get_nowait, notify = asyncio.Queue.get_nowait, asyncio.Condition.notify
    shutdown = getattr(asyncio.Queue, "shutdown", None)

    def watched_get_nowait(self):
        lane = here.lane
        if lane.resources.get(self) is not None and not self.empty():
            lane.change("queue_got", self, f',"depth":{self.qsize() - 1}')
        return get_nowait(self)

    def watched_notify(self, n=1):
        if self.locked():
            waiting = sum(not future.done() for future in self._waiters)
            if waiting and n > 0:
                here.lane.change("notified", self, f',"count":{min(n, waiting)}')
        return notify(self, n)

    def watched_shutdown(self, immediate=False):
        here.lane.change("queue_shut_down", self, ',"immediate":true' if immediate else "")
        return shutdown(self, immediate)

    put(asyncio.Queue, "get_nowait", functools.wraps(get_nowait)(watched_get_nowait))
    put(asyncio.Condition, "notify", functools.wraps(notify)(watched_notify))
    if shutdown is not None:
        put(asyncio.Queue, "shutdown", functools.wraps(shutdown)(watched_shutdown))
    watch_timeouts(recording)
    watch_groups(recording)


def watch_timeouts(recording):
    """Tell of timeouts that are entered, moved and left."""
    here, put = recording.here, recording.patches.put
    Timeout = asyncio.Timeout
    reschedule, leave = Timeout.reschedule, Timeout.__aexit__

    def watched_reschedule(self, when):
        lane = here.lane
        if self._task is not None and self._state.value == "active":
            due = "" if when is None else f',"due":{number(lane.moment(when))}'
            if lane.timeouts.get(self) is None:
                record = lane.find(self._task)
                if record is not None:
                    lane.tell("timeout_entered", f',"timeout":{lane.timeout_number(self)}{record.task_field}{due}')
            else:
                lane.tell("timeout_rescheduled", f',"timeout":{lane.timeout_number(self)}{due}')
        return reschedule(self, when)

    def watched_leave(self, *error):
        lane = here.lane
        if self._state.value in ("active", "expiring") and lane.timeouts.get(self) is not None:
            lane.tell("timeout_left", f',"timeout":{lane.timeout_number(self)}')
        return leave(self, *error)

    put(Timeout, "reschedule", functools.wraps(reschedule)(watched_reschedule))
    put(Timeout, "__aexit__", functools.wraps(leave)(watched_leave))


def watch_groups(recording):
    """Tell of requests to cancel that groups make."""
    here, put = recording.here, recording.patches.put
    abort = asyncio.TaskGroup._abort

    def watched_abort(self):
        abort(self)
        here.lane.look_at(list(self._tasks))

    put(asyncio.TaskGroup, "_abort", watched_abort)


def safely_described(error):
    """An exception as text, even if it cannot say what it is."""
    try:
        return described(error)
    except Exception:
        return type(error).__name__


def watch_pools(recording):
    """Tell of pools and of their jobs."""
    import concurrent.futures
    import concurrent.futures.thread

    here, patches, jobs = recording.here, recording.patches, recording.jobs
    Threads, Future = concurrent.futures.thread.ThreadPoolExecutor, concurrent.futures.Future
    counts = ByIdentity()

    def watch(Pool, processes):
        init, submit = Pool.__init__, Pool.submit

        @functools.wraps(init)
        def watched_init(self, *arguments, **named):
            init(self, *arguments, **named)
            here.lane.made(self, f'"pool","workers":{self._max_workers}{processes}')
            # The next job's number, and the threads that are its workers.
            counts[self] = [0, {}]

        @functools.wraps(submit)
        def watched_submit(self, fn, /, *arguments, **named):
            pool, count = recording.resources.get(self), counts.get(self)
            if pool is None or count is None:
                return submit(self, fn, *arguments, **named)
            number_of = count[0]
            count[0] += 1
            here.lane.change("job_queued", self, f',"job":{number_of}')
            making.job = (pool, number_of, count[1])
            try:
                return submit(self, fn, *arguments, **named)
            finally:
                making.job = None

        patches.put(Pool, "__init__", watched_init)
        patches.put(Pool, "submit", watched_submit)

    class Making(threading.local):
        """The job whose future is being made in a thread."""

        job = None

    making = Making()
    init = Future.__init__

    def watched_init(self):
        init(self)
        if making.job is not None:
            jobs[self], making.job = making.job, None

    def changed(future, before, now):
        job = jobs.get(future)
        if job is None:
            return
        pool, number_of, workers = job
        fields, lane = f',"resource":{pool},"job":{number_of}', here.lane
        if now == "RUNNING":
            # Of a process it is the thread that gives it work.
            worker = workers.setdefault(threading.get_ident(), len(workers))
            lane.tell("job_began", f'{fields},"worker":{worker}')
        elif now == "FINISHED":
            error = future._exception
            how = '"done"' if error is None else f'"failed","error":{quote(recording.shown(safely_described(error)))}'
            lane.tell("job_ended", f'{fields},"outcome":{how}')
        elif now == "CANCELLED":
            lane.tell("job_ended", f'{fields},"outcome":"cancelled"')

    patches.put(Future, "__init__", watched_init)
    patches.add(Future, "_state", Attribute("_state", changed))
    watch(Threads, "")
    processes = vars(sys.modules.get("concurrent.futures.process", concurrent.futures)).get("ProcessPoolExecutor")
    if processes is not None:
        watch(processes, ',"processes":true')
        return
    plain = concurrent.futures.__getattr__

    def looked_for(name):
        # Called once for each that comes when it is looked for.
        found = plain(name)
        if name == "ProcessPoolExecutor":
            watch(found, ',"processes":true')
        return found

    patches.put(concurrent.futures, "__getattr__", looked_for)


# Real programs


OWN_FILE = __file__
SLEEP = asyncio.sleep.__code__
# Tasks of `Runner.close`, of which no program knows.
HOUSEKEEPING = (
    asyncio.base_events.BaseEventLoop.shutdown_asyncgens.__code__,
    asyncio.base_events.BaseEventLoop.shutdown_default_executor.__code__,
)
# Lines between two writes, while the program has no pause, and of one piece of what is written: memory for longer
# texts would come from the system each time.
BATCH, PIECE = 4096, 512


# What stands before the first line of some, and after each.
OPENING, TIMED = '{"t":', "e-6,"


# What lines say of tasks.
TASKS = re.compile(r'"(?:task|parent|by|about|tasks)":\[?(\d+(?:,\d+)*)')


def line(event, fields):
    """A line from behind the number of its time, in microseconds, to the next one's: so lines are joined at no cost."""
    return f'{TIMED}"e":"{event}"{fields}}}\n{OPENING}'


# In the stead of a place in code that can be suspended at no other, and the instruction at which code is suspended.
ONLY, SEND = object(), opcode.opmap["SEND"]


class LiveRecord(TaskRecord):
    """What is known of a task of a real program."""

    __slots__ = ("told", "since", "until", "created", "runs", "again", "place", "aside", "before", "steps",
                 "at_once", "running")

    def __init__(self, number_of, parent):
        super().__init__(number_of, parent)
        # Whether the end of its step has been told, or it is in none.
        self.told = True
        # When it was told of, and with which fields.
        self.since, self.created = 0.0, ""
        # When it ended.
        self.until = None
        # What it runs, as fields.
        self.runs = ""
        # That it is ready again by its own doing; and where in its code it did so last, and what was said of it.
        self.again = f'}}\n{{"e":"woken"{self.task_field}{self.by}'
        self.place = None
        self.aside = self.before = ""
        # The task itself, while a step of it runs.
        self.running = None
        self.steps = line("step_began", self.task_field)
        # The same, at the time of the line before.
        self.at_once = "{" + self.steps[len(TIMED):]


class Lane(Recorder):
    """What happens in one thread of a real program."""

    def __init__(self, recording):
        super().__init__(recording.put_line)
        self.recording = recording
        # Of all lanes.
        self.sites, self.resources, self.names = recording.sites, recording.resources, recording.names
        self.handles, self.timeouts, self.jobs = recording.handles, recording.timeouts, recording.jobs
        self.extend = recording.events.extend
        # The number of the loop that runs here, and how often it has begun an iteration.
        self.loop, self.turns = None, {}
        # Loop time where the axis of the trace begins.
        self.origin = recording.origin
        # When the sleep ends whose timer was set last, as lines say it: a task that sleeps has set it just before.
        self.due = None
        # The task of a step that began before the recording.
        self.adopted = None
        # Whether a task may run while it is being made.
        self.hatching = False
        # What was printed of a line that has no end yet.
        self.partial = ""
        # Whether the exception handler of a loop is being called.
        self.handling = False

    # Events: two things each, that the garbage collector does not count.

    def tell(self, event, fields=""):
        """Write an event, now."""
        if self.hatching:
            self.hatch()
        self.extend((monotonic(), line(event, fields)))

    def moment(self, when):
        """A time of the loop on the axis of the trace."""
        return round(when - self.origin, 6)

    def speak(self):
        """What follows is this loop's doing, in another iteration."""
        recording = self.recording
        if recording.speaking is not self:
            if recording.speaking is not None and self.loop is not None:
                self.extend((monotonic(), line("loop_runs", f',"loop":{self.loop}')))
            recording.speaking = self
        if self.iteration is not None:
            self.extend((monotonic(), line("iteration_began", f',"number":{self.iteration}')))
            self.iteration = None

    def began(self, event, fields):
        """The loop runs a handle."""
        self.speak()
        self.extend((monotonic(), line(event, fields)))

    # Loops.

    def runs(self, loop):
        """A loop begins to run."""
        self.settle_adopted()
        self.loop = self.recording.loops.setdefault(loop, len(self.recording.loops.entries))
        self.iteration, self.recording.speaking = None, self
        self.origin = self.recording.origin
        if not isinstance(loop, asyncio.base_events.BaseEventLoop):
            # Another clock, such as uvloop's.
            self.origin += loop.time() - monotonic()
        self.tell("loop_runs", f',"loop":{self.loop}')

    def turn(self):
        """The loop begins an iteration."""
        number_of = self.turns[self.loop] = self.turns.get(self.loop, 0) + 1
        self.iteration = number_of
        if len(self.recording.events) >= 2 * BATCH and self.recording.last is None:
            self.recording.flush()

    def closed(self, loop):
        """A loop forgets what it has before it."""
        for handle in (*loop._ready, *loop._scheduled):
            self.handles.pop(id(handle), None)
        self.tell("loop_closed")

    # Handles.

    def new_handle(self, handle, kind, by):
        """A number for a handle, and on whose account it runs."""
        if kind == "timeout":
            by = f',"by_timeout":{self.timeout_number(handle._callback.__self__)}'
        number_of = self.recording.count_handles()
        self.handles[id(handle)] = (number_of, by, kind)
        return number_of

    def timeout_number(self, timeout):
        """The number of a timeout."""
        known = self.timeouts.get(timeout)
        if known is None:
            known = self.timeouts[timeout] = self.recording.count_timeouts()
        return known

    def timer_set(self, handle, kind=None):
        """A timer was set."""
        if handle._callback is END_OF_SLEEP:
            kind = "sleep"
        kind = kind or kind_of(handle)
        due = number(round(handle._when - self.origin, 6))
        if kind == "timeout":
            number_of = self.new_handle(handle, kind, "")
        else:
            number_of = self.recording.count_handles()
            self.handles[id(handle)] = (number_of, f',"by_timer":{number_of}', kind)
            self.due = due if kind == "sleep" else None
        self.tell("timer_set", f',"handle":{number_of},"what":"{kind}"{self.by},"due":{due}')

    def timer_fired(self, handle):
        """A timer was due."""
        known = self.handles.get(id(handle))
        if type(known) is tuple:
            self.tell("timer_fired", f',"handle":{known[0]}')

    def cancelled(self, handle):
        """A handle was cancelled."""
        known = self.handles.pop(id(handle), None)
        if type(known) is tuple:
            self.tell("handle_cancelled", f',"handle":{known[0]}')

    def scheduled(self, handle, kind=None):
        """A handle has entered the ready queue."""
        callback = handle._callback
        task = task_of(callback)
        record = self.current
        if record is not None and not record.told:
            if task is not None and record.reference() is task:
                # It has given up control, and is ready again.
                again = record.again if self.by is record.by else f'}}\n{{"e":"woken"{record.task_field}{self.by}'
                self.paused(record, task, again)
                self.handles[id(handle)] = record
                return
            self.settle()
        elif self.adopted is not None:
            self.settle_adopted()
        if task is not None:
            record = self.woken(task, handle._args)
            if record is not None:
                self.handles[id(handle)] = record
                return
            kind = "internal"
        kind = kind or kind_of(handle)
        number_of = self.new_handle(handle, kind, self.by)
        self.tell("handle_scheduled", f',"handle":{number_of},"what":"{kind}"{self.by}')

    def woken(self, task, args):
        """A task has entered the ready queue; its record, if it is one of the program's."""
        record = self.recording.records.get(task)
        if record is None:
            code = getattr(task.get_coro(), "cr_code", None)
            return None if code in HOUSEKEEPING else self.discover(task)
        if self.hatching:
            self.hatch()
        if args and asyncio.isfuture(args[0]) and args[0].cancelled():
            self.look_for_requests(args[0])
            self.look_for_request(record, task)
        self.extend((monotonic(), line("woken", record.task_field + self.by)))
        return record

    # Tasks.

    def discover(self, task, eager=False):
        """A task that has not been seen yet: mostly it is just being made."""
        recording = self.recording
        # An eager task that has ended has none any more: CPython 3.12.1 crashes when it is asked.
        coroutine = None if task.done() else task.get_coro()
        begun = getattr(coroutine, "cr_suspended", False) and not eager
        parent = None if begun or self.current is None else self.current
        record = LiveRecord(recording.count_tasks(), parent)
        record.reference, record.identity = weakref.ref(task), id(task)
        record.begun, record.asked = begun or eager, task.cancelling()
        record.name = task.get_name()
        recording.records[task] = record
        fields = record.task_field if parent is None else f'{record.task_field},"parent":{parent.number}'
        record.created = f'{fields},"name":{quote(str(record.name))}'
        record.since = monotonic()
        # Whoever refers to the parent holds its records to the first one.
        record.parent = None
        self.extend((record.since, line("task_created", record.created + (',"eager":true' if eager else ""))))
        runs = self.runs_of(coroutine, begun or eager)
        if runs:
            record.runs = record.task_field + runs
            self.extend((record.since, line("runs", record.runs)))
        return record

    def function_at(self, code):
        """Where a function is, if it is the program's."""
        return f',"at":{self.place(code, code.co_firstlineno, None)}' if self.is_own(code) else ""

    def is_own(self, code):
        """Whether code is the program's."""
        rank = self.recording.ranks.get(code.co_filename)
        return (self.recording.rank(code.co_filename) if rank is None else rank) == 2

    def hatch(self):
        """A task may be running while it is being made."""
        task = None if asyncio._get_running_loop() is None else asyncio.current_task()
        if task is None or self.recording.records.get(task) is not None:
            return
        self.hatching = False
        record = self.discover(task, eager=True)
        self.begin_step(record, task)
        self.hatching = True

    def refresh(self, record, task=None):
        """Tell a new name."""
        task = record.task() if task is None else task
        if task is not None:
            name = task.get_name()
            if name != record.name:
                record.name = name
                self.extend((monotonic(), line("renamed", f'{record.task_field},"name":{quote(str(name))}')))

    def begin_step(self, record, task):
        """A step of a task begins."""
        recording = self.recording
        if task.cancelling() != record.asked:
            self.look_for_request(record, task, '')
        self.current, self.by = record, record.by
        record.told, record.begun = False, True
        if self.iteration is not None or recording.speaking is not self:
            self.speak()
        self.extend((monotonic(), record.steps))

    def settle(self):
        """If the task whose step is running has ended, that comes before what it sets off."""
        record = self.current
        if record is not None and not record.told:
            task = record.reference()
            if task is not None and task.done():
                self.over(record, task)
        elif self.adopted is not None:
            self.settle_adopted()

    def settle_adopted(self):
        """The step in which the recording began is over."""
        if self.adopted is not None:
            record, self.adopted = self.adopted, None
            self.end_step(record, record.reference())
            self.current, self.by = None, ""

    def end_step(self, record, task):
        """A step of a task is over."""
        if not record.told and task is not None:
            if task.done():
                self.over(record, task)
            else:
                self.paused(record, task)
        self.look_at_ready()

    def paused(self, record, task, rest=""):
        """A task has given up control; what else to tell at once."""
        if task.get_name() != record.name:
            self.refresh(record, task)
        record.told = True
        if self.names.wanted and self.names.is_due():
            self.look_for_names(task.get_coro())
        try:
            waiter, coroutine = task._fut_waiter, task.get_coro()
            if waiter is not None:
                fields = self.waits(coroutine, waiter)
            else:
                fields = self.turns_aside(record, coroutine, rest)
        except Exception:
            # Frames of somebody else's, with names of their own.
            fields = ',"wait":"unknown"'
        self.extend((monotonic(), line("suspended", record.task_field + fields + rest)))

    def turns_aside(self, record, coroutine, rest):
        """What is said of a task that waits for the next iteration. Where it stands is known by the place in the code:
        of the line of that, Python has to search a table."""
        if type(coroutine) is types.CoroutineType:
            inner = coroutine.cr_await
            if type(inner) is types.CoroutineType and inner.cr_code is SLEEP:
                frame = coroutine.cr_frame
                key = id(frame.f_code), frame.f_lasti
                known = self.recording.asides.get(key)
                if known is None:
                    # The code is kept, for another must not get its address.
                    code = frame.f_code
                    place = ONLY if code.co_code[::2].count(SEND) == 1 else frame.f_lasti
                    known = self.recording.asides[key] = self.waits(coroutine, None), place, code
                if rest is record.again:
                    record.place = known[1]
                    record.aside = line("suspended", record.task_field + known[0] + rest)
                    record.before = record.aside[:-len(OPENING)]
                return known[0]
        return self.waits(coroutine, None)

    def over(self, record, task):
        """A task has ended."""
        self.refresh(record, task)
        record.told = True
        fields = record.task_field
        if task.cancelled():
            record.outcome = "cancelled"
        elif task._exception is None:
            record.outcome = "done"
        else:
            record.outcome = "failed"
        fields += f',"outcome":"{record.outcome}"'
        if record.outcome == "failed":
            fields += f',"error":{quote(self.recording.shown(safely_described(task._exception)))}'
        record.until = monotonic()
        if self.recording.ended is not None:
            self.recording.ended.append(record)
        self.extend((record.until, line("finished", fields)))

    # Requests to cancel.

    def tell_request(self, record, by):
        """A task was asked to cancel itself."""
        self.extend((monotonic(), line("cancel_requested", record.task_field + by)))

    def look_for_requests(self, future):
        """A future was cancelled: maybe because of a task that waits for what waits for it."""
        for task in reversed(around(future)):
            record = self.recording.records.get(task)
            if record is not None:
                self.look_for_request(record, task)

    def look_at_ready(self):
        """If there are few, those that are ready: they are asked to cancel themselves without being woken."""
        if len(self.handles) > FEW:
            return
        known = list(self.handles.values())
        ready = list(getattr(asyncio._get_running_loop(), "_ready", ()))
        aside = sum(type(each) is Aside for each in ready)
        if aside > 0:
            if len(known) + aside > FEW:
                return
            # In their order.
            known = [each.record if type(each) is Aside else self.handles.get(id(each)) for each in ready] + known
        for record in known:
            task = record.reference() if type(record) is LiveRecord else None
            if task is not None and task.cancelling() > record.asked:
                self.look_for_request(record, task)

    # Waits.

    def waits(self, coroutine, yielded):
        """What a task waits for, and where it stands: in the program, or if it is in none of its files, elsewhere."""
        known = elsewhere = None
        own, passing, ranks = [], True, self.recording.ranks
        for frame in frames(coroutine):
            code = frame.f_code
            if passing and id(code) in KNOWN:
                known, passing = frame, id(code) in Waits.PASSING
                continue
            rank = ranks.get(code.co_filename)
            if rank is None:
                rank = self.recording.rank(code.co_filename)
            if rank == 2:
                own.append(frame)
            elif rank == 1:
                elsewhere = frame
        if not own and elsewhere is not None:
            own.append(elsewhere)
        place = f',"at":{self.site(own)}' if own else ""
        if known is not None and known.f_code is SLEEP and yielded is not None and self.due is not None:
            return f',"wait":"sleep","until":{self.due}{place}'
        return self.wait(known, yielded) + place

    def new_site(self, code, place):
        """The number of a place that is told for the first time."""
        return self.recording.new_site(code, place)

    def find(self, task):
        """The record of what may be a task."""
        return self.recording.records.get(task) if isinstance(task, (Task, PyTask)) else None

    # What tasks share.

    def made(self, shared, kind):
        """Something that tasks share was made."""
        number_of = self.resources[shared] = self.recording.new_resource(self, kind)
        if not isinstance(shared, asyncio.base_events.Server):
            self.names.want(shared, number_of)

    def named(self, number_of, name):
        """Something that tasks share has a name."""
        fields = f',"resource":{number_of},"name":{quote(name)}'
        if self.recording.last is not None:
            self.recording.called[number_of] = (monotonic(), fields)
        self.extend((monotonic(), line("resource_named", fields)))

    def known_tasks(self):
        """The records of tasks, the oldest first."""
        return [record for _, record in list(itertools.islice(self.recording.records.entries.values(), AMONG))]

    # What was said.

    def wrote(self, text):
        """A piece of text was written."""
        *lines, self.partial = (self.partial + text).split("\n")
        for line in lines:
            self.line(line)

    def logged(self, message, about=None, error=None):
        """Something was logged."""
        shown = self.recording.shown
        fields = f'{self.task_field()},"message":{quote(shown(message))}'
        record = None if about is None else self.find(about)
        if record is not None:
            self.refresh(record, about)
            fields += f',"about":{record.number}'
        if error is not None:
            fields += f',"error":{quote(shown(error))}'
        self.tell("logged", fields)


class Here(threading.local):
    """The lane of the thread that asks."""

    def __init__(self, recording):
        self.lane = lane = Lane(recording)
        # Of a program with one thread it is known without asking which.
        recording.only = lane if recording.only is MISSING else None


class Recording:
    """The recording of a real program: everything that its lanes share, and the way to the file."""

    # That which is going on.
    now = None

    def __init__(self, file, last=None, absolute=False, sources=True, root=None):
        """To `file`, a path; with `last` only so many events; file names relative to the folder `root`, or `absolute`;
        with the text of the program's files, or without."""
        self.path, self.last, self.absolute, self.with_sources = os.path.abspath(file), last, absolute, sources
        self.root = os.path.realpath(root or os.getcwd())
        self.outside = sorted({os.path.realpath(path) for path in sys.path if path}, key=len, reverse=True)
        self.library = os.path.dirname(os.path.realpath(os.__file__))
        folders = {self.root, self.library, *self.outside, *sys.path, os.path.dirname(os.path.abspath(sys.argv[0]))}
        self.folders = [each + os.sep for each in sorted(folders, key=len, reverse=True) if os.path.dirname(each) != each]
        # Two things each: when, and what is said of it.
        self.events = [] if last is None else collections.deque(maxlen=2 * last)
        self.origin = monotonic()
        # In microseconds, of the last line.
        self.told = 0
        self.header = ""
        # Told beside the events, and never dropped.
        self.places, self.named = [], set()
        self.sites, self.ranks, self.asides = {}, {}, {}
        self.records, self.resources, self.loops, self.jobs = ByIdentity(), ByIdentity(), ByIdentity(), ByIdentity()
        # Of a ring: what is known of tasks that ended among the last events, and may be gone.
        self.ended = None if last is None else collections.deque(maxlen=last)
        self.timeouts, self.kinds, self.called, self.links = ByIdentity(), {}, {}, {}
        self.names = Names()
        self.handles = {}
        counters = (itertools.count().__next__ for _ in range(5))
        self.count_tasks, self.count_handles, self.count_timeouts, self.count_resources, self.count_sites = counters
        self.speaking = None
        self.patches = Patches()
        # The lane of the only thread that has one; None where there are several.
        self.only = MISSING
        self.here = Here(self)
        self.lock = threading.Lock()
        self.descriptor = None
        self.unwritten = b""
        # What packs all that is written, if that is asked for.
        self.packer = None
        # When a ring is to be written next.
        self.due = 0.0
        self.process = os.getpid()

    # To the file.

    def start(self, program=None, text=None):
        """Begin; `program` is the name of its file, `text` its source."""
        if Recording.now is not None:
            raise RuntimeError("a recording is going on already")
        header = {"format": FORMAT, "version": VERSION, "recorder": "coroscope.py", "clock": "real"}
        if program is not None:
            program = well_formed(program)
            header["program"] = program
            if text is not None and self.with_sources:
                header["sources"] = {program: text}
                self.named.add(program)
        header["python"] = sys.version.split()[0]
        self.header = json.dumps(header, separators=(",", ":"))
        if self.last is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
            self.descriptor = os.open(self.path, flags, 0o666)
            if self.path.endswith(".gz"):
                import zlib

                # As gzip packs, and fast.
                self.packer = zlib.compressobj(1, wbits=zlib.MAX_WBITS | 16)
            self.unwritten = self.packed(self.header + "\n")
        Recording.now = self
        watch_loops(self)
        watch_waits(lambda: self.here.lane, self.patches.put)
        watch_resources(self)
        watch_pools(self)
        watch_streams(self)
        watch_words(self)
        watch_process(self)
        self.find_old()
        self.flush()

    def find_old(self):
        """What was made before."""
        parts, kinds = set(), tuple(kind for kind, _ in KINDS)
        found = [each for each in gc.get_objects() if isinstance(each, kinds) and vars(each)]
        for each in found:
            if isinstance(each, asyncio.Queue):
                parts.add(id(getattr(each, "_finished", None)))
            elif isinstance(each, asyncio.Barrier):
                parts.update((id(each._cond), id(each._cond._lock)))
        lane = self.here.lane
        for each in found:
            if id(each) not in parts:
                lane.made(each, next(kind for made, kind in KINDS if isinstance(each, made))(each))
        task = asyncio.tasks.current_task() if asyncio._get_running_loop() is not None else None
        if task is not None:
            loop = asyncio.get_running_loop()
            lane.runs(loop)
            record = lane.discover(task)
            lane.begin_step(record, task)
            lane.adopted = record

    def stop(self, how="done", **fields):
        """End, and write the last line."""
        if Recording.now is not self:
            return
        self.here.lane.settle_adopted()
        Recording.now = None
        self.patches.take_back()
        if self.process != os.getpid():
            # A copy of the program, of which the trace is not.
            return
        rest = "".join(f",{quote(name)}:{json.dumps(well_formed(self.shown(value)))}" for name, value in fields.items())
        ending = (monotonic(), line("end", f',"end":"{how}"{rest}'))
        if self.last is not None:
            self.write_ring(ending)
            return
        self.events.extend(ending)
        self.flush()
        if self.packer is not None:
            os.write(self.descriptor, self.packer.flush())
        os.close(self.descriptor)
        self.descriptor = None

    def put_line(self, line):
        """Nothing writes whole lines here."""
        raise NotImplementedError(line)

    def lines(self, events):
        """A list of events as lines. Times are told in microseconds."""
        if not events:
            return ""
        origin = self.origin
        times = [int((when - origin) * 1e6) for when in events[::2]]
        if times[0] >= self.told and times == sorted(times):
            # All of them at once.
            self.told = times[-1]
            events[::2] = times
            return OPENING + (len(times) * "%d%s" % tuple(events))[:-len(OPENING)]
        # Places have no time, and two threads may tell in another order than they looked at the clock.
        told, lines = self.told, []
        for now, text in zip(times, events[1::2]):
            if now >= told:
                told = now
                lines.append(f'{OPENING}{now}{text[:-len(OPENING)]}')
            else:
                lines.append(f'{{{text[len(TIMED):-len(OPENING)]}')
        self.told = told
        return "".join(lines)

    def packed(self, text):
        """A text as the file has it, so that it can be read whatever comes of the rest."""
        text = text.encode()
        if self.packer is None or not text:
            return text
        import zlib

        return self.packer.compress(text) + self.packer.flush(zlib.Z_SYNC_FLUSH)

    def flush(self):
        """Write what has happened."""
        if self.last is not None:
            if monotonic() >= self.due:
                self.write_ring()
            return
        if self.descriptor is None or self.process != os.getpid():
            return
        if not self.lock.acquire(blocking=False):
            return
        try:
            # Another thread may tell something meanwhile, of which nothing is lost.
            left = len(self.events)
            size = 2 * PIECE if self.packer is None else left
            while left > 0:
                piece = self.events[:size]
                del self.events[:len(piece)]
                left -= size
                self.unwritten += self.packed(self.lines(piece))
                self.write()
            self.write()
        finally:
            self.lock.release()

    def write(self):
        """Hand to the system what is lines already."""
        while self.unwritten:
            self.unwritten = self.unwritten[os.write(self.descriptor, self.unwritten):]

    def write_ring(self, ending=None):
        """Write the last events, with what was there before them."""
        if self.process != os.getpid():
            return
        began = monotonic()
        events = list(self.events)
        if ending is not None:
            events.extend(ending)
        first = events[0] if events else self.origin
        before = [(first, line("resource_created", fields)) for since, fields in self.kinds.values() if since < first]
        before += [(first, line("resource_named", fields)) for since, fields in self.called.values() if since < first]
        records = {record.number: record for record in (*self.ended, *self.records.values())}
        spoken_of = {int(each) for text in events[1::2] for found in TASKS.findall(text) for each in found.split(",")}
        for number_of, record in sorted(records.items()):
            if record.since < first and (record.until is None or number_of in spoken_of):
                before.append((first, line("task_created", record.created)))
                if record.runs:
                    before.append((first, line("runs", record.runs)))
                if record.until is not None and record.until < first:
                    before.append((first, line("finished", f'{record.task_field},"outcome":"{record.outcome}"')))
        self.told = 0
        places = ((-1.0, place) for place in self.places)
        text = f"{self.header}\n{self.lines([*itertools.chain(*places, *before)])}{self.lines(events)}".encode()
        # Whoever is killed meanwhile leaves the file of before.
        if self.path.endswith(".gz"):
            import gzip

            text = gzip.compress(text, 1)
        with open(f"{self.path}.new", "wb") as file:
            file.write(text)
        os.replace(f"{self.path}.new", self.path)
        # Now and then, and not for more than a fiftieth of the time.
        now = monotonic()
        self.due = now + max(1.0, 50 * (now - began))

    def save(self):
        """Write everything there is: the process may be about to end."""
        if Recording.now is not self:
            return
        if self.last is None:
            self.flush()
        else:
            self.write_ring()

    # Places.

    def rank(self, path):
        """Whose a file is: 2 the program's, 1 a package's, 0 asyncio's and ours."""
        real = os.path.realpath(path)
        if path == OWN_FILE or real.startswith(os.path.join(self.library, "asyncio") + os.sep):
            rank = 0
        elif real.startswith(self.root + os.sep) and "site-packages" not in real and not real.startswith(self.library + os.sep):
            rank = 2
        else:
            rank = 1
        self.ranks[path] = rank
        return rank

    def file_name(self, path):
        """A file as the trace names it: relative to the program, or to where it would be imported from."""
        if path.startswith("<"):
            return path
        real = os.path.realpath(path)
        if self.absolute:
            return real
        for folder in (self.root, *self.outside):
            if real.startswith(folder + os.sep):
                return real[len(folder) + 1:].replace(os.sep, "/")
        return os.path.basename(real)

    def new_site(self, code, place):
        """The number of a place that is told for the first time."""
        path, line, within = place
        file = self.file_name(path)
        number_of = self.sites[place] = self.count_sites()
        if self.with_sources and file not in self.named and self.rank(path) == 2:
            self.named.add(file)
            try:
                with open(path, encoding="utf-8") as text:
                    self.tell_place("source", f',"file":{quote(file)},"text":{quote(text.read())}')
            except (OSError, ValueError):
                pass
        around = "" if within is None else f',"within":{within}'
        fields = f',"file":{quote(file)},"line":{line},"function":{quote(code.co_name)}{around}'
        self.tell_place("site", f',"site":{number_of}{fields}')
        return number_of

    def shown(self, text):
        """What is said by asyncio or an error, with files as the trace names them."""
        if not self.absolute and os.sep in text:
            for folder in self.folders:
                text = text.replace(folder, "")
        return text

    def tell_place(self, event, fields):
        """Not an event: it has the time of the line before."""
        if self.last is None:
            self.events.extend((-1.0, line(event, fields)))
        else:
            self.places.append(line(event, fields))

    # What tasks share.

    def new_resource(self, lane, kind):
        """The number of something that tasks share."""
        number_of = self.count_resources()
        fields = f',"resource":{number_of},"kind":{kind}'
        if self.last is not None:
            self.kinds[number_of] = (monotonic(), fields)
        lane.tell("resource_created", fields)
        return number_of


# Where a recording looks


class Aside(asyncio.Handle):
    """The handle of a task that has stepped aside and is ready again: it knows whose it is."""

    __slots__ = ("record", "task")


# As it is shown.
Aside.__name__, Aside.__qualname__, Aside.__module__ = asyncio.Handle.__name__, asyncio.Handle.__qualname__, asyncio.Handle.__module__


class WatchedHeap:
    """The functions of `heapq` that loops use for their timers."""

    def __init__(self, plain, here):
        self.heappush, self.heapify = plain.heappush, plain.heapify
        pop = plain.heappop

        def heappop(timers):
            timer = pop(timers)
            if not timer._cancelled:
                here.lane.timer_fired(timer)
            return timer

        self.heappop = heappop


def shorten(handle):
    """In debug mode a handle knows where it was made; that a recorder was in between is not part of it."""
    del handle._source_traceback[-1]


def is_of(module, function):
    """Whether a function is that of a module, and nobody's in its stead."""
    return isinstance(function, types.FunctionType) and function.__code__.co_filename == module.__file__


def watch_loops(recording):
    """Tell of what loops run."""
    here, handles, put = recording.here, recording.handles, recording.patches.put
    Loop, Handle = asyncio.base_events.BaseEventLoop, asyncio.Handle
    run, cancel, call_soon, call_at = Handle._run, Handle.cancel, Loop._call_soon, Loop.call_at
    run_once, run_forever, close, create_task = Loop._run_once, Loop.run_forever, Loop.close, Loop.create_task

    # What runs for each step of a task is written out here rather than called.
    events, take, extend = recording.events, handles.pop, recording.events.extend
    a_step = None
    schedules_plainly = is_of(asyncio.base_events, call_soon)
    # The record of the task whose step began last, in whatever thread.
    stepping = LiveRecord(0, None)
    # The record of the task that stepped aside last, if nothing has run since of which nothing is told.
    last = None

    def watched_run(self):
        nonlocal stepping, last
        if type(self) is Aside:
            known, task = self.record, self.task
        else:
            known, task = take(id(self), None), None
            if known is None:
                last = None
                return run(self)
            if type(known) is not tuple:
                task = known.reference()
        lane = recording.only or here.lane
        current, by = lane.current, lane.by
        if type(known) is tuple:
            try:
                run_known(lane, known, self)
            finally:
                lane.current, lane.by = current, by
                self = None
            return
        if task is not None:
            # As `begin_step`.
            if task.cancelling() != known.asked:
                lane.look_for_request(known, task, "")
            lane.current, lane.by = known, known.by
            known.told = False
            if lane.iteration is not None or recording.speaking is not lane:
                lane.speak()
            stepping, known.running = known, task
            if last is not None and events and events[-1] is last.aside:
                # A loop begins a handle as soon as the one before is over: there is no other time to look at.
                events[-1] = last.before + known.at_once
            else:
                extend((monotonic(), known.steps))
        try:
            run(self)
        finally:
            known.running = None
            if not known.told or FEW >= len(self._loop._ready) and FEW >= len(handles):
                lane.end_step(known, task)
            lane.current, lane.by = current, by
            # An exception that somebody keeps may have this frame behind its own.
            self = task = None

    def run_known(lane, known, handle):
        number_of, by, kind = known
        timeout = handle._callback.__self__ if kind == "timeout" else None
        lane.began("handle_began", f',"handle":{number_of}')
        lane.current, lane.by = None, by
        if timeout is not None:
            lane.tell("timeout_expired", f',"timeout":{lane.timeout_number(timeout)}')
        try:
            run(handle)
        finally:
            if timeout is not None and timeout._task is not None:
                lane.look_at([timeout._task])
            # Of a timeout, too: its task may wait for one whose own wait is over.
            if len(handles) <= FEW:
                lane.look_at_ready()
            lane.tell("handle_ended", f',"handle":{number_of}')
            handle = timeout = None

    def watched_cancel(self):
        # What has run is not known any more.
        if not self._cancelled and id(self) in handles:
            here.lane.cancelled(self)
        return cancel(self)

    def watched_call_soon(self, callback, args, context):
        nonlocal a_step, last
        if type(callback) is a_step:
            record, task = stepping, callback.__self__
            if task is record.running:
                # What such a task does last in its step. If it steps aside where it did before, nothing but the time
                # is new; what it runs is the same as ever, and so is the code in which it does so.
                place = record.place
                if place is not None:
                    coroutine = task.get_coro()
                    try:
                        sleeps = coroutine.cr_await.cr_code is SLEEP
                    except AttributeError:
                        sleeps = False
                    if sleeps:
                        if (place is ONLY or coroutine.cr_frame.f_lasti == place) and task.get_name() is record.name:
                            # As `BaseEventLoop._call_soon`.
                            handle = Aside(callback, args, self, context)
                            self._ready.append(handle)
                            if handle._source_traceback:
                                shorten(handle)
                            handle.record, handle.task = record, task
                            record.told, last = True, record
                            extend((monotonic(), record.aside))
                            return handle
        elif a_step is None and schedules_plainly and type(callback).__name__ == STEP:
            a_step = type(callback)
        if schedules_plainly:
            handle = Handle(callback, args, self, context)
            self._ready.append(handle)
        else:
            handle = call_soon(self, callback, args, context)
        if handle._source_traceback:
            shorten(handle)
        here.lane.scheduled(handle)
        return handle

    def watched_call_at(self, when, callback, *args, context=None):
        timer = call_at(self, when, callback, *args, context=context)
        if timer._source_traceback:
            shorten(timer)
        lane = here.lane
        lane.settle()
        lane.timer_set(timer)
        return timer

    def watched_run_once(self):
        lane = here.lane
        if lane.adopted is not None:
            lane.settle_adopted()
        lane.turn()
        if not self._ready and recording.events:
            # It is about to wait.
            recording.flush()
        return run_once(self)

    def watched_run_forever(self):
        lane = here.lane
        outer = lane.loop
        lane.runs(self)
        try:
            return run_forever(self)
        finally:
            lane.settle_adopted()
            lane.loop = outer

    def watched_close(self):
        if not self._closed and not self.is_running():
            here.lane.closed(self)
        return close(self)

    def watched_create_task(self, coro, **keywords):
        if self._task_factory is None:
            task = create_task(self, coro, **keywords)
        else:
            lane = here.lane
            outer = lane.hatching, lane.current, lane.by
            lane.hatching = True
            try:
                task = create_task(self, coro, **keywords)
                if isinstance(task, (Task, PyTask)):
                    record = recording.records.get(task)
                    if record is None:
                        # It has run, and nothing of it was seen.
                        lane.hatching = False
                        record = lane.discover(task, eager=True)
                        lane.begin_step(record, task)
                    if not record.told:
                        lane.hatching = False
                        lane.end_step(record, task)
            finally:
                lane.hatching, lane.current, lane.by = outer
        if getattr(task, "_source_traceback", None):
            del task._source_traceback[-1]
        return task

    put(Handle, "_run", watched_run)
    put(Handle, "cancel", watched_cancel)
    put(Loop, "_call_soon", watched_call_soon)
    put(Loop, "call_at", watched_call_at)
    put(Loop, "_run_once", watched_run_once)
    put(Loop, "run_forever", watched_run_forever)
    put(Loop, "close", watched_close)
    put(Loop, "create_task", watched_create_task)
    put(asyncio.base_events, "heapq", WatchedHeap(asyncio.base_events.heapq, here))
    watch_network(recording)
    if "uvloop" in sys.modules:
        watch_uvloop(recording, sys.modules["uvloop"].Loop)


def watch_network(recording):
    """Tell of callbacks on account of the network."""
    here = recording.here
    Loop = asyncio.selector_events.BaseSelectorEventLoop
    process_events, add_callback = Loop._process_events, asyncio.base_events.BaseEventLoop._add_callback

    def watched_process_events(self, event_list):
        lane = here.lane
        lane.by = ',"by_network":true'
        try:
            return process_events(self, event_list)
        finally:
            lane.by = ""

    def watched_add_callback(self, handle):
        add_callback(self, handle)
        # How another thread ends the wait of the loop is no part of the program.
        if not handle._cancelled and getattr(handle._callback, "__name__", "") != "_read_from_self":
            here.lane.scheduled(handle, "network")

    recording.patches.put(Loop, "_process_events", watched_process_events)
    recording.patches.put(asyncio.base_events.BaseEventLoop, "_add_callback", watched_add_callback)


class UvloopHandle:
    """What uvloop runs in the place of a callback: uvloop's own handles cannot be watched."""

    __slots__ = ("_callback", "_args", "_when", "recording")

    def __init__(self, recording, callback, args, when=None):
        self._callback, self._args, self._when, self.recording = callback, args, when, recording

    def __call__(self, *args):
        recording, lane = self.recording, self.recording.here.lane
        known = recording.handles.pop(id(self), None)
        if known is None:
            return self._callback(*args)
        outer = lane.current, lane.by
        task = None if type(known) is tuple else known.reference()
        if task is not None:
            lane.begin_step(known, task)
        elif type(known) is tuple:
            if self._when is not None:
                lane.tell("timer_fired", f',"handle":{known[0]}')
            lane.began("handle_began", f',"handle":{known[0]}')
            lane.current, lane.by = None, known[1]
            if known[2] == "timeout":
                lane.tell("timeout_expired", f',"timeout":{lane.timeout_number(self._callback.__self__)}')
        try:
            return self._callback(*args)
        finally:
            if task is not None:
                lane.end_step(known, task)
            elif type(known) is tuple:
                lane.tell("handle_ended", f',"handle":{known[0]}')
            lane.current, lane.by = outer
            task = None


def watch_uvloop(recording, Loop):
    """The same for loops of uvloop."""
    here, put = recording.here, recording.patches.put
    call_soon, threadsafe, call_later, call_at = Loop.call_soon, Loop.call_soon_threadsafe, Loop.call_later, Loop.call_at
    run_forever, handler = Loop.run_forever, Loop.call_exception_handler

    def soon(plain):
        def watched(self, callback, *args, context=None):
            handle = UvloopHandle(recording, callback, args)
            result = plain(self, handle, *args, context=context)
            here.lane.scheduled(handle)
            return result

        return watched

    def timed(plain, is_delay):
        def watched(self, when, callback, *args, context=None):
            lane = here.lane
            handle = UvloopHandle(recording, callback, args, self.time() + when if is_delay else when)
            result = plain(self, when, handle, *args, context=context)
            lane.settle()
            lane.timer_set(handle, "sleep" if callback is END_OF_SLEEP else None)
            return result

        return watched

    def watched_run_forever(self):
        lane = here.lane
        outer = lane.loop
        lane.runs(self)
        try:
            return run_forever(self)
        finally:
            lane.loop = outer

    put(Loop, "call_soon", soon(call_soon))
    put(Loop, "call_soon_threadsafe", soon(threadsafe))
    put(Loop, "call_later", timed(call_later, True))
    put(Loop, "call_at", timed(call_at, False))
    put(Loop, "run_forever", watched_run_forever)
    put(Loop, "call_exception_handler", watched_handler(recording, handler))


def is_real(transport):
    """Whether a transport is asyncio's or uvloop's, and no stand-in."""
    return type(transport).__module__.startswith(("asyncio.", "uvloop."))


def watch_streams(recording):
    """Tell of connections through streams, and of servers."""
    here, put, resources = recording.here, recording.patches.put, recording.resources
    Reader, Writer, Server = asyncio.StreamReader, asyncio.StreamWriter, asyncio.base_events.Server
    open_links = {}

    def link(lane, key, outward):
        known = open_links.get(key)
        if known is None:
            known = open_links[key] = recording.new_resource(lane, f'"link","outward":{str(outward).lower()}')
        return known

    writer_init, write, writelines, close = Writer.__init__, Writer.write, Writer.writelines, Writer.close
    feed_data, feed_eof, server_init = Reader.feed_data, Reader.feed_eof, Server.__init__

    @functools.wraps(writer_init)
    def watched_writer_init(self, transport, protocol, reader, loop):
        writer_init(self, transport, protocol, reader, loop)
        if not is_real(transport):
            return
        here_is, there_is = transport.get_extra_info("sockname"), transport.get_extra_info("peername")
        if not here_is or not there_is:
            return
        is_server = getattr(protocol, "_client_connected_cb", None) is not None
        lane, here_is, there_is = here.lane, repr(here_is[:2]), repr(there_is[:2])
        resources[self] = link(lane, (here_is, there_is), not is_server)
        if reader is not None:
            resources[reader] = link(lane, (there_is, here_is), is_server)

    def sent(writer, count):
        if resources.get(writer) is not None and count:
            here.lane.change("bytes_sent", writer, f',"bytes":{count}')

    @functools.wraps(write)
    def watched_write(self, data):
        write(self, data)
        sent(self, memoryview(data).nbytes if resources.get(self) is not None else 0)

    @functools.wraps(writelines)
    def watched_writelines(self, data):
        if resources.get(self) is not None:
            data = list(data)
        writelines(self, data)
        if resources.get(self) is not None:
            sent(self, sum(memoryview(each).nbytes for each in data))

    @functools.wraps(feed_data)
    def watched_feed_data(self, data):
        number_of = resources.get(self)
        if number_of is not None and data:
            here.lane.tell("bytes_arrived", f',"resource":{number_of},"bytes":{len(data)}')
        return feed_data(self, data)

    def over(each):
        number_of = resources.get(each)
        if number_of is None:
            return
        for key, known in list(open_links.items()):
            if known == number_of:
                del open_links[key]
                here.lane.tell("link_closed", f',"resource":{number_of}')

    @functools.wraps(close)
    def watched_close(self):
        over(self)
        return close(self)

    @functools.wraps(feed_eof)
    def watched_feed_eof(self):
        over(self)
        return feed_eof(self)

    @functools.wraps(server_init)
    def watched_server_init(self, loop, sockets, *arguments, **named):
        server_init(self, loop, sockets, *arguments, **named)
        try:
            port = sockets[0].getsockname()[1]
        except Exception:
            # A socket without a port, or none at all.
            port = None
        here.lane.made(self, '"server"' + (f',"port":{port}' if type(port) is int else ""))

    put(Writer, "__init__", watched_writer_init)
    put(Writer, "write", watched_write)
    put(Writer, "writelines", watched_writelines)
    put(Writer, "close", watched_close)
    put(Reader, "feed_data", watched_feed_data)
    put(Reader, "feed_eof", watched_feed_eof)
    put(Server, "__init__", watched_server_init)


def watched_handler(recording, plain):
    """In the place of `call_exception_handler`."""
    here = recording.here

    def call_exception_handler(self, context):
        lane = here.lane
        about = next((context[name] for name in ("task", "future") if isinstance(context.get(name), (Task, PyTask))), None)
        error = context.get("exception")
        message = context.get("message") or "Unhandled exception in event loop"
        lane.logged(str(message), about, None if error is None else safely_described(error))
        outer, lane.handling = lane.handling, True
        about = error = None
        try:
            return plain(self, context)
        finally:
            lane.handling = outer
            self = context = None

    return call_exception_handler


def watch_words(recording):
    """Tell of what is printed, logged and warned of."""
    import logging
    import warnings

    here, patches = recording.here, recording.patches
    Loop = asyncio.base_events.BaseEventLoop
    patches.put(Loop, "call_exception_handler", watched_handler(recording, Loop.call_exception_handler))
    call_handlers, show = logging.Logger.callHandlers, warnings._showwarnmsg_impl

    def watched_call_handlers(self, record):
        lane = here.lane
        if not (lane.handling and record.name == "asyncio"):
            text = f"{record.levelname}:{record.name}:{record.getMessage()}"
            if record.levelno >= logging.WARNING:
                error = record.exc_info[1] if record.exc_info else None
                lane.logged(text, error=None if error is None else safely_described(error))
            else:
                lane.line(text)
        return call_handlers(self, record)

    def watched_show(msg):
        here.lane.logged(f"{msg.category.__name__}: {msg.message}")
        return show(msg)

    patches.put(logging.Logger, "callHandlers", watched_call_handlers)
    patches.put(warnings, "_showwarnmsg_impl", watched_show)
    output = sys.stdout
    if isinstance(output, io.TextIOBase) and hasattr(output, "__dict__"):
        write = output.write

        def watched_write(text):
            if type(text) is str:
                here.lane.wrote(text)
            return write(text)

        try:
            patches.add(output, "write", watched_write)
        except AttributeError:
            # One that takes no attributes is not watched.
            patches.places.pop()


def watch_process(recording):
    """Write what there is before the process goes, and nothing in a copy of it."""
    leave, abort, kill = os._exit, os.abort, os.kill

    def save():
        if Recording.now is recording:
            recording.save()

    def watched_exit(status):
        save()
        leave(status)

    def watched_abort():
        save()
        abort()

    def watched_kill(process, number, /):
        if process == os.getpid():
            save()
        kill(process, number)

    recording.patches.put(os, "_exit", watched_exit)
    recording.patches.put(os, "abort", watched_abort)
    recording.patches.put(os, "kill", watched_kill)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=recording.patches.take_back)


class record:
    """Records what happens inside `with`: to a file, or to a ring of its last events; see `Recording`."""

    def __init__(self, file, *, last=None, absolute=False, sources=True):
        caller = sys._getframe(1).f_globals.get("__file__")
        self.program = None if caller is None else os.path.basename(caller)
        root = None if caller is None else os.path.dirname(os.path.realpath(caller))
        self.recording = Recording(file, last, absolute, sources, root)

    def __enter__(self):
        self.recording.start(self.program)
        return self.recording

    def __exit__(self, kind, error, traceback):
        if error is None:
            self.recording.stop()
        else:
            self.recording.stop("raised", type=kind.__name__, text=str(error))


# The command


def usage():
    """How it is called."""
    return __doc__.split("\n\n")[1].replace("    ", "") + "\n"


def options(arguments):
    """What was asked for: the settings, whether a module is meant, and the program with its arguments."""
    settings, arguments = {"file": None, "last": None, "absolute": False, "sources": True}, list(arguments)
    while arguments and arguments[0].startswith("-"):
        option = arguments.pop(0)
        if option in ("-o", "--output", "--last") and arguments:
            value = arguments.pop(0)
            settings["last" if option == "--last" else "file"] = value
        elif option == "--absolute":
            settings["absolute"] = True
        elif option == "--no-sources":
            settings["sources"] = False
        elif option == "-m" and arguments:
            return settings, True, arguments
        elif option in ("-h", "--help"):
            print(usage(), end="")
            raise SystemExit(0)
        else:
            raise SystemExit(f"coroscope.py: {option} is not known, or needs a value\n{usage()}")
    if not arguments:
        raise SystemExit(usage())
    if settings["last"] is not None:
        try:
            settings["last"] = int(settings["last"])
            if settings["last"] < 1:
                raise ValueError
        except ValueError:
            raise SystemExit("coroscope.py: --last needs a number of events, from 1") from None
    return settings, False, arguments


def prepare(is_module, name):
    """The code of a program, its file, and the package that it is of."""
    if is_module:
        import runpy

        _, spec, code = runpy._get_module_details(name)
        return code, spec.origin, spec
    with open(name, "rb") as file:
        text = file.read()
    return compile(text, name, "exec", dont_inherit=True), name, None


def main(arguments):
    """Record a program; its exit code, or what it raises."""
    if sys.version_info < (3, 12) or sys.implementation.name != "cpython":
        raise SystemExit("coroscope.py needs CPython 3.12 or newer")
    if sys.version_info >= (3, 14):
        print("coroscope.py knows asyncio of CPython 3.12 and 3.13: of this one it may not see everything", file=sys.stderr)
    settings, is_module, (name, *rest) = options(arguments)
    # Before it, `sys.path` begins with the folder of the program, or of whoever called.
    sys.path[0] = os.getcwd() if is_module else os.path.dirname(os.path.realpath(name))
    sys.modules.setdefault("coroscope", sys.modules[__name__])
    try:
        code, path, spec = prepare(is_module, name)
    except (OSError, ImportError) as error:
        raise SystemExit(f"coroscope.py: {error}") from None
    except SyntaxError as error:
        # Without our own frames.
        sys.excepthook(type(error), error.with_traceback(None), None)
        return 1
    path = os.path.abspath(path)
    root = os.path.dirname(os.path.realpath(path))
    file = settings["file"] or os.path.splitext(os.path.basename(path))[0] + ".trace"
    sys.argv = [path if is_module else name, *rest]
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=path if is_module else name, __builtins__=__builtins__, __spec__=spec)
    if spec is not None:
        module.__package__, module.__loader__ = spec.parent, spec.loader
    sys.modules["__main__"] = module
    import_uvloop()
    recording = Recording(file, settings["last"], settings["absolute"], settings["sources"], root)
    try:
        with open(path, encoding="utf-8") as source:
            text = source.read()
    except (OSError, ValueError):
        text = None
    recording.start(recording.file_name(path), text)
    atexit.register(recording.save)
    at_sigterm(recording)
    return run_main(code, module, recording)


def import_uvloop():
    """Loops of uvloop are watched too, where it is installed."""
    import importlib.machinery

    if importlib.machinery.PathFinder.find_spec("uvloop") is not None:
        import uvloop  # noqa: F401


def at_sigterm(recording):
    """A program that does nothing about SIGTERM ends by it, but its trace is written."""
    import signal

    if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        return

    def write(number_of, frame):
        recording.stop("cut")
        signal.signal(number_of, signal.SIG_DFL)
        os.kill(os.getpid(), number_of)

    signal.signal(signal.SIGTERM, write)


def run_main(code, module, recording):
    """Run the program to its end, as Python does; the exit code."""
    try:
        exec(code, module.__dict__)
        # As Python does before it ends.
        threading._shutdown()
    except SystemExit as error:
        if error.code in (None, 0):
            recording.stop()
        else:
            recording.stop("raised", type="SystemExit", text=str(error.code))
        raise
    except BaseException as error:
        recording.stop("raised", type=type(error).__name__, text=str(error))
        # Without our own frames.
        traceback = error.__traceback__.tb_next
        sys.excepthook(type(error), error.with_traceback(traceback), traceback)
        if isinstance(error, KeyboardInterrupt):
            interrupt()
        return 1
    recording.stop()
    return 0


def interrupt():
    """End as a program does that was interrupted."""
    import signal

    sys.stdout.flush()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
