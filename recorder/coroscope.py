"""What happens in a run of an asyncio program, written down as a trace: lines of JSON, as `docs/trace.md` describes them.

One file, standard library only. A `Recorder` is told each event by those who run the program, or finds it by
itself where asyncio has a place for that (`Traced` stands before the coroutine of a task, `watch_handles` and
`watch_resources` look at what the loop runs and at what tasks share). It holds nothing that the program lets go of,
and adds no callback and no iteration of the loop.
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
import collections.abc
import functools
import gc
import json
import json.encoder
import sys
import types
import weakref

FORMAT, VERSION = "coroscope-trace", 1

quote = json.encoder.encode_basestring_ascii


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

    __slots__ = ("number", "task_field", "by", "parent", "reference", "identity", "name", "begun", "outcome", "exception")

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
        recorder.step(record)
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
        recorder.step(record)
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
            recorder.by = outer
            recorder.handle_ended(known[0], began)
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
        return f',"wait":"sleep","until":{number(frame.f_locals["h"].when())}'

    def several(operation, tasks):
        return lambda recorder, frame: recorder.wait_for_tasks(operation, tasks(frame.f_locals))

    def cancelling(recorder, frame):
        return recorder.asked

    def in_thread(recorder, frame):
        return recorder.wait_on("to_thread", getattr(frame.f_locals["loop"], "_default_executor", None))

    def plain(operation):
        return lambda recorder, frame: f',"wait":"{operation}"'

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
            (asyncio.tasks._AsCompletedIterator._wait_for_one, several("as_completed", lambda names: names["self"]._todo)),
            (asyncio.TaskGroup.__aexit__, several("TaskGroup", lambda names: names["self"]._tasks)),
            (asyncio.to_thread, in_thread),
            (asyncio.base_events.BaseEventLoop.shutdown_default_executor, plain("shutdown")),
            (asyncio.open_connection, plain("connect")),
            (asyncio.base_events.BaseEventLoop.create_connection, plain("connect")),
            (Reader.read, plain("read")),
            (Reader.readline, plain("readline")),
            (Reader.readexactly, plain("readexactly")),
            (Reader.readuntil, plain("readuntil")),
            (Writer.drain, plain("drain")),
            (Writer.wait_closed, plain("wait_closed")),
            (Server.wait_closed, plain("wait_closed")),
            (Server.serve_forever, plain("serve_forever")),
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


def watch_waits(recorder):
    """Tell a recorder of what is made that tasks share, and what is waited for where that cannot be seen later."""

    def watch(made, kind):
        plain = made.__init__

        @functools.wraps(plain)
        def init(self, *arguments, **named):
            # Parts of something else are not told; nor is the queue of `as_completed`, with its parts.
            inside = recorder.is_making
            if inside or sys._getframe(1).f_code is asyncio.tasks._AsCompletedIterator.__init__.__code__:
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

        made.__init__ = init

    for made, kind in KINDS:
        watch(made, kind)

    cancel_and_wait = asyncio.tasks._cancel_and_wait

    def watched(fut):
        recorder.asked = recorder.wait(None, fut)
        return cancel_and_wait(fut)

    asyncio.tasks._cancel_and_wait = watched


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
        # What is waited for that is being cancelled.
        self.asked = None
        # Numbers and accounts of handles that are ready or whose timers are set, by address.
        self.handles = {}
        self.handle_count = 0
        self.timeouts = weakref.WeakKeyDictionary()

    def begin(self, **header):
        """Write the first line."""
        self.put(json.dumps({"format": FORMAT, "version": VERSION, **header}, separators=(",", ":")))

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

    def attach(self, record, task, eager=False):
        """Tie a record to its task, and tell that there is one."""
        record.reference, record.identity = weakref.ref(task), id(task)
        record.name = task.get_name()
        parent = "" if record.parent is None else f',"parent":{record.parent.number}'
        eagerly = ',"eager":true' if eager else ""
        self.tell("task_created", f'{record.task_field}{parent},"name":{quote(record.name)}{eagerly}')

    def refresh(self, record):
        """Names may be changed at any time: tell a new one."""
        task = record.task()
        if task is not None and task.get_name() != record.name:
            record.name = task.get_name()
            self.tell("renamed", f'{record.task_field},"name":{quote(record.name)}')

    def step(self, record):
        """A task is about to run."""
        if record.reference is None:
            # An eager task runs while it is being constructed.
            self.attach(record, asyncio.current_task(), eager=True)
        self.current, self.by = record, record.by
        self.began("step_began", record.task_field)

    def suspend(self, record, coroutine, yielded):
        """A task has handed `yielded` to the loop."""
        self.refresh(record)
        self.tell("suspended", record.task_field + self.waits(coroutine, yielded))

    def finish(self, record, outcome, exception=None):
        """A task's coroutine has ended; the task object becomes done right after this."""
        self.refresh(record)
        record.outcome, record.exception = outcome, exception
        error = "" if exception is None else f',"error":{quote(exception)}'
        self.tell("finished", f'{record.task_field},"outcome":"{outcome}"{error}')

    def raised(self, error):
        """A step of a task raises an exception."""

    # Waits.

    def waits(self, coroutine, yielded):
        """What a task waits for that has handed `yielded` to the loop, and where it stands."""
        at = known = None
        passing = True
        for frame in frames(coroutine):
            code = frame.f_code
            if passing and id(code) in KNOWN:
                known, passing = frame, id(code) in Waits.PASSING
            elif code.co_filename == self.path:
                at = frame
        place = "" if at is None else f',"at":{self.site(at)}'
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
            if behind(yielded, "_call_check_cancel", "source") is not None:
                return ',"wait":"run_in_executor"'
        return ',"wait":"future"'

    def wait_on(self, operation, shared):
        """An operation on something that tasks share."""
        resource = self.resources.get(shared)
        on = "" if resource is None else f',"resource":{resource}'
        return f',"wait":"{operation}"{on}'

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

    def site(self, frame):
        """The number of a place in the program, which is told when it comes for the first time."""
        code = frame.f_code
        place = (code.co_filename, frame.f_lineno)
        site = self.sites.get(place)
        if site is None:
            site = self.sites[place] = len(self.sites)
            file, function = quote(self.file_name(code.co_filename)), quote(code.co_name)
            self.put(f'{{"e":"site","site":{site},"file":{file},"line":{frame.f_lineno},"function":{function}}}')
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
        rest = "".join(f",{quote(name)}:{json.dumps(value)}" for name, value in fields.items())
        self.tell("end", f',"end":"{how}"{rest}')
