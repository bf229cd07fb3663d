"""Runs programs of `cargo xtask differential` under CPython's asyncio, on the oracle's loop.

`translate` makes Python of a program; here is what that Python uses, and what runs the mains.
"""

import asyncio
import concurrent.futures
import contextlib
import contextvars
import functools
import gc
import logging
import random
import sys
import time
import traceback
import types
import warnings

from own import Manager, PlainManager
from translate import EXCEPTIONS, Translator
from values import AWAITABLE, MISSING, NEW, SORTS, Stream, bare, chain, clean, show, shorten_reprs


# How often a loop's exception handler may be called while it runs: what tells itself again comes to no end.
TOLD = 50


class Interpreter:
    """One run of one program."""

    def __init__(self, program, recorder):
        self.recorder = recorder
        self.variables = {}
        # How many exception handlers run inside one another.
        self.told = 0
        # Each `StopIteration` thrown into a generator: nothing may ever handle it.
        self.astray = []
        # Streams and servers, and what loops still held when they were closed.
        self.kept = []
        self.random = random.Random(program.get("seed", 0))
        self.run = program.get("run", "run")
        self.debug = True if program.get("debug") else None
        translator = Translator(program)
        source, functions, mains = translator.translate()
        self.labels = translator.labels
        # Jobs that only threads can do, by the names of their functions.
        self.threads_only = {
            translator.identifiers["jobs", name]: name
            for name, body in program.get("jobs", {}).items()
            if any(statement["op"] not in ("sleep", "cpu", "return", "raise") for statement in body)
        }
        # A module, so that functions for processes can be pickled.
        sys.modules["program"] = types.ModuleType("program")
        self.namespace = sys.modules["program"].__dict__
        self.namespace.update(self.names())
        exec(compile(source, "<program>", "exec", dont_inherit=True), self.namespace)
        for identifier, name in functions:
            function = self.namespace[identifier]
            # Of a context the generator within: it is what CPython may speak of.
            function = getattr(function, "__wrapped__", function)
            function.__name__ = function.__qualname__ = name
        self.mains = [(name, self.namespace[identifier]) for name, identifier in mains]

    def names(self):
        """What the source of a program uses."""
        return {
            **EXCEPTIONS,
            **SORTS,
            "TaskGroup": asyncio.TaskGroup,
            "Stream": Stream,
            "all_tasks": lambda: list(asyncio.all_tasks()),
            "as_completed": asyncio.as_completed,
            "chain": chain,
            "asynccontextmanager": contextlib.asynccontextmanager,
            "copy_context": contextvars.copy_context,
            "create_task": asyncio.create_task,
            "current_task": asyncio.current_task,
            "ensure_future": running(asyncio.ensure_future),
            "gather": running(asyncio.gather),
            "loop": asyncio.get_running_loop,
            "shield": running(asyncio.shield),
            "sleep": asyncio.sleep,
            "time_sleep": time.sleep,
            "timeout": asyncio.timeout,
            "timeout_at": asyncio.timeout_at,
            "to_thread": asyncio.to_thread,
            "wait": asyncio.wait,
            "wait_for": asyncio.wait_for,
            "variables": self.variables,
            "job_sleep": time.sleep,
            # Without the world of `threads` no job is ever run; nothing is nothing, it does not block.
            "job_cpu": lambda seconds: self.recorder.world.work(seconds) if seconds > 0 else None,
            "job_loop": self.loop,
            "submit": lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, self.loop()),
            **{
                name: getattr(self, name)
                for name in (
                    "added", "awaitable", "call_exception_handler", "caught", "context_var", "create_eager_task", "data", "drop", "ended", "failed", "finishing", "fit", "get_exception_handler", "manager", "plain_manager",
                    "push", "push_async_callback", "push_async_exit", "push_callback",
                    "new", "number", "open_connection", "reschedule", "run_in_executor", "say", "set_exception_handler", "shutdown",
                    "start_server", "stopped", "store", "thrown", "value", "var_get",
                )
            },
            "random": self.draw,
            "show": show,
        }

    # Variables.

    def value(self, name):
        """The value of a variable; `self` is the task that runs."""
        if name == "self":
            # Threads have no loop.
            task = asyncio.current_task() if asyncio._get_running_loop() else None
            if task is None:
                raise TypeError("'self' does not fit")
            return task
        value = self.variables.get(name, MISSING)
        if value is MISSING:
            raise NameError(f"name '{name}' is not defined")
        return value

    def fit(self, name, sorts):
        """The value of a variable that has to be of one of the sorts."""
        value = self.value(name)
        if not isinstance(value, sorts):
            raise TypeError(f"'{name}' does not fit")
        return value

    def awaitable(self, name):
        """The value of a variable that has to be an awaitable."""
        return self.fit(name, AWAITABLE)

    def number(self, name):
        """The value of a variable that has to be a number."""
        value = self.fit(name, (int, float))
        if isinstance(value, bool):
            raise TypeError(f"'{name}' does not fit")
        return value

    def store(self, name, value):
        """Keep a value under a name; what was there is dropped."""
        self.found()
        self.variables[name] = value

    def drop(self, name):
        """`del`."""
        self.found()
        if self.variables.get(name, MISSING) is MISSING:
            raise NameError(f"name '{name}' is not defined")
        self.variables[name] = MISSING

    # Lines.

    def say(self, text):
        """`print`."""
        self.recorder.line(str(text))

    def ended(self, label, name, value):
        """An operation has ended well."""
        self.found()
        if name is not None:
            self.variables[name] = value
        if label is not None:
            self.recorder.line(f"{label} -> {show(value)}")

    def stopped(self):
        """The operation of the line where the exception that is being handled has come to raises it."""
        self.failed(self.labels[sys.exception().__traceback__.tb_lineno])

    def failed(self, label):
        """An operation raises the exception that is being handled."""
        error = self.handled()
        if label is not None:
            self.recorder.line(f"{label} !! {show(error)}")

    def caught(self, name):
        """A `try` handles an exception."""
        error = self.handled()
        if name is not None:
            self.variables[name] = error

    def finishing(self):
        """A `finally` begins, with or without an exception."""
        if sys.exception() is not None:
            self.handled()

    def handled(self):
        """The exception that is being handled."""
        error = bare(sys.exception())
        if has_recursed(error):
            self.recorder.recursed()
        return error

    def thrown(self, error):
        """An exception for `athrow`."""
        if isinstance(error, StopIteration):
            self.astray.append(error)
        return error

    def found(self):
        """A thrown `StopIteration` may have ended an `await` as its value: its frames hold it, and whole callers."""
        for error in self.astray:
            bare(error)

    # Operations that are more than one call.

    def new(self, kind, value, lock):
        """`new`, with a value or the lock of a condition."""
        arguments = [argument for argument in (value, lock) if argument is not None]
        if kind in NEW:
            return NEW[kind](*arguments)
        asyncio.get_running_loop()
        # Looked up only now: `threads` puts a simulated pool in the place of that of processes.
        return getattr(concurrent.futures, f"{kind}Executor")(*arguments)

    def create_eager_task(self, maker, coroutine, name, context):
        """`create_task` of a loop or task group, for a task that starts eagerly."""
        loop = asyncio.get_running_loop()
        loop.next_is_eager = True
        try:
            return maker.create_task(coroutine, name=name, context=context)
        finally:
            loop.next_is_eager = False

    def reschedule(self, timeout, delay):
        """`reschedule`, with seconds from now."""
        timeout.reschedule(None if delay is None else asyncio.get_running_loop().time() + delay)

    def shutdown(self, target, immediate):
        """`shutdown` of a queue, or of a pool, for which the loop does not wait."""
        if isinstance(target, asyncio.Queue):
            return target.shutdown(immediate)
        return target.shutdown(wait=False)

    def draw(self, method, arguments):
        """`random`; the value of `shuffle` is a new list."""
        if method == "shuffle":
            values = list(*arguments)
            self.random.shuffle(values)
            return values
        return getattr(self.random, method)(*arguments)

    def added(self, one, other):
        """A sum; whole numbers have 64 bits, as on the other side."""
        both = one + other
        if isinstance(both, int) and not -(2**63) <= both < 2**63:
            raise OverflowError("too large")
        return both

    def context_var(self, name, default):
        """`ContextVar`, with a default that is not `None`."""
        return contextvars.ContextVar(name) if default is None else contextvars.ContextVar(name, default=default)

    def var_get(self, variable, default):
        """`get` of a context variable, with a default that is not `None`."""
        return variable.get() if default is None else variable.get(default)

    # Exception handlers.

    def set_exception_handler(self, callback):
        """`loop.set_exception_handler`: the callback finds what it is told under names."""
        handler = None if callback is None else functools.partial(self.handle, callback)
        asyncio.get_running_loop().set_exception_handler(handler)

    def get_exception_handler(self):
        """`loop.get_exception_handler`: the name of the callback, if one was set."""
        handler = asyncio.get_running_loop().get_exception_handler()
        return None if handler is None else handler.args[0].__name__

    def handle(self, callback, loop, context):
        """What a loop's exception handler does."""
        if self.recorder.is_over:
            loop.default_exception_handler(context)
            return
        if context.get("exception") is not None:
            bare(context["exception"])
        self.store("message", loop_message(context))
        self.store("error", context.get("exception"))
        # The callback may let go of both.
        context = None
        self.told += 1
        if self.told > TOLD:
            self.recorder.recursed()
        try:
            callback()
        finally:
            self.told -= 1

    def call_exception_handler(self, text, error):
        """`loop.call_exception_handler`."""
        context = {"message": text} if error is None else {"message": text, "exception": error}
        asyncio.get_running_loop().call_exception_handler(context)

    # Exits.

    def telling(self, leave):
        """An exit of the program, which finds what was raised under a name."""

        def exit(kind, error, traceback):
            if error is not None:
                bare(error)
            self.store("error", error)
            kind = error = traceback = None
            return leave()

        return exit

    def manager(self, leave, enter=None):
        """An object of the program that `async with` enters."""
        return Manager(self.telling(leave), enter)

    def plain_manager(self, leave, enter=None):
        """An object of the program that `with` enters."""
        return PlainManager(self.telling(leave), enter)

    def push_async_exit(self, stack, leave):
        """`push_async_exit`, which returns what it was given."""
        stack.push_async_exit(self.telling(leave))

    def push_async_callback(self, stack, callback):
        """`push_async_callback`, which does."""
        stack.push_async_callback(callback)

    def push(self, stack, leave):
        """`push`, which does."""
        stack.push(self.telling(leave))

    def push_callback(self, stack, callback):
        """`callback`, which does."""
        stack.callback(callback)

    def data(self, value):
        """What is to be sent, from a variable: texts are encoded, and of anything else CPython has a word to say."""
        return value.encode() if isinstance(value, str) else value

    # Streams.

    async def open_connection(self, port, limit):
        """`asyncio.open_connection`."""
        limits = {} if limit is None else {"limit": limit}
        stream = Stream(*await asyncio.open_connection("localhost", port, **limits))
        self.kept.append(stream)
        return stream

    async def start_server(self, port, handler, limit):
        """`asyncio.start_server`."""
        limits = {} if limit is None else {"limit": limit}
        server = await asyncio.start_server(handler, "localhost", port, **limits)
        self.kept.append(server)
        return server

    # Pools.

    def run_in_executor(self, pool, job):
        """`loop.run_in_executor`."""
        job_name = self.threads_only.get(job.__name__)
        if job_name is not None and isinstance(pool, concurrent.futures.ProcessPoolExecutor):
            raise TypeError(f"'{job_name}' does not fit")
        return asyncio.get_running_loop().run_in_executor(pool, job)

    def loop(self):
        """The loop of the program, for its threads."""
        return self.recorder.loop_references[-1]()

    # The run.

    def execute(self):
        """Run the mains, and drop what is left when they have ended."""
        getattr(self, f"execute_{self.run}")()
        if self.recorder.uses_threads:
            # CPython waits for them as well.
            self.recorder.world.exit()
        self.recorder.over()
        # Coroutines that are freed now run into the first name they use.
        self.namespace.clear()
        self.mains.clear()
        self.recorder.kept.clear()
        # What a coroutine does that is freed meanwhile may make new ones.
        for name in list(self.variables):
            self.variables[name] = MISSING
        self.kept.clear()
        if "network" in sys.modules:
            # All writers there ever were.
            sys.modules["network"].KEPT.clear()
        gc.collect()

    def main(self, name, run):
        """One of the mains, and a line for how it ended."""
        try:
            value = run()
        except BaseException:
            self.say(f"main {name} !! {show(self.handled())}")
        else:
            self.found()
            self.say(f"main {name} -> {show(value)}")

    def execute_run(self):
        """`asyncio.run` for each main."""
        for name, function in self.mains:
            self.main(name, lambda: asyncio.run(function(), debug=self.debug))

    def execute_runner(self):
        """One `asyncio.Runner` for all."""
        runner = asyncio.Runner(debug=self.debug)
        for name, function in self.mains:
            self.main(name, lambda: runner.run(function()))
        try:
            runner.close()
        except BaseException:
            self.say(f"close !! {show(self.handled())}")

    def execute_loop(self):
        """A loop without anything around it."""
        loop = asyncio.new_event_loop()
        if self.debug:
            loop.set_debug(True)
        for name, function in self.mains:
            self.main(name, lambda: loop.run_until_complete(function()))
        loop.close()


# What CPython says when these were never awaited.
Interpreter.open_connection.__qualname__ = "open_connection"
Interpreter.start_server.__qualname__ = "start_server"


def has_recursed(error):
    """Whether it is a `RecursionError`, or a group with one in it."""
    return isinstance(error, RecursionError) or any(map(has_recursed, getattr(error, "exceptions", ())))


def running(function):
    """A function of asyncio that makes a loop where none runs: here it needs one, as others do."""

    def call(*arguments, **options):
        asyncio.get_running_loop()
        return function(*arguments, **options)

    return call


def without_items(queue):
    """What the repr of a queue says, but for what stands in it."""
    text = queue_format(queue)
    return text.replace(f" _queue={list(queue._queue)!r}", "", 1) if queue._queue else text


queue_format = asyncio.Queue._format


def no_stack(f=None, limit=None):
    """In the place of `traceback.extract_stack`."""
    return []


def short_handle(handle):
    """A handle in the messages of debug mode, by the task that it steps if it is one's."""
    task = getattr(handle._callback, "__self__", None)
    return show(task) if isinstance(task, asyncio.Task) else "<Handle>"


def loop_message(context):
    """The message of what a loop's exception handler is called with."""
    text = context.get("message") or "Unhandled exception in event loop"
    return clean("Exception in callback" if text.startswith("Exception in callback ") else text)


def prepare(recorder):
    """Put in place what runs need beyond the oracle's own patches, for good."""
    shorten_reprs()
    asyncio.Queue._format = without_items
    # Debug mode remembers where each handle and task was made, of which no line tells: half of its time.
    asyncio.format_helpers.extract_stack.__code__ = traceback.extract_stack.__code__ = no_stack.__code__
    asyncio.base_events._format_handle = short_handle
    logging.getLogger("asyncio").propagate = False
    # What goes wrong in threads of pools is not asyncio's to tell.
    logging.getLogger("concurrent.futures").disabled = True
    # Every one counts, not only the first of a place.
    warnings.filterwarnings("always", category=RuntimeWarning)
    plain_handle_timeout = asyncio.tasks._AsCompletedIterator._handle_timeout

    def handle_timeout(iterator):
        """Without the handle that has run, which would keep the iterator and all that has completed alive."""
        iterator._timeout_handle = None
        plain_handle_timeout(iterator)

    asyncio.tasks._AsCompletedIterator._handle_timeout = handle_timeout
    plain_force_close = asyncio.selector_events._SelectorTransport._force_close

    def force_close(transport, error):
        """Without the frames of the error, which the reader keeps, and through them the future that the loop ran for."""
        plain_force_close(transport, error and bare(error))

    asyncio.selector_events._SelectorTransport._force_close = force_close
    plain_run_in_executor = asyncio.base_events.BaseEventLoop.run_in_executor

    def run_in_executor(loop, executor, function, *arguments):
        """With a default pool of as many workers as the program says."""
        if executor is None and loop._default_executor is None and not loop._executor_shutdown_called:
            pool = concurrent.futures.ThreadPoolExecutor(recorder.workers, thread_name_prefix="asyncio")
            loop._default_executor = pool
        return plain_run_in_executor(loop, executor, function, *arguments)

    asyncio.base_events.BaseEventLoop.run_in_executor = run_in_executor
    # What destroyed coroutines still raise.
    sys.unraisablehook = lambda unraisable: None
