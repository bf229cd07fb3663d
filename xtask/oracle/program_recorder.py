"""What happened in a run of a program of `cargo xtask differential`."""

import asyncio
import itertools
import weakref

import interpret
import threads
import values
from recorder import Recorder


class ProgramRecorder(Recorder):
    """Nothing is kept that would keep what the program lets go of, and texts are without addresses."""

    described = staticmethod(values.describe)

    def __init__(self, reply):
        super().__init__({}, None, reply)
        self.kept = []
        self.loop_references = []
        self.workers = None
        self.uses_threads = False
        # Not from CPython's own counter, which nobody can set back for the next run.
        self.task_name = map("Task-{}".format, itertools.count(1)).__next__

    def start(self, program):
        """Forget the last run."""
        # The patches know this world.
        world = self.world
        self.__init__(self.reply)
        self.world = world
        world.begin()
        threads.forget()
        self.request["network"] = program.get("network") or {}
        self.eager = bool(program.get("eager"))
        self.workers = program.get("workers", 4)
        self.uses_threads = bool(program.get("jobs"))
        self.begin()

    def line(self, text):
        """Something was printed."""
        if not self.is_over:
            super().line(text)

    def logged(self, message, about=None, error=None):
        """Something was logged."""
        # What asyncio's own coroutines do when they are freed is as little recorded as what others do.
        if self.is_over and message.startswith("Error on transport creation"):
            return
        self.count_line()
        super().logged(values.clean(message), about, error)

    def loop_warning(self, context):
        """The loop's exception handler is called."""
        error = context.get("exception")
        if isinstance(error, RecursionError):
            self.recursed()
        about = next((context[name] for name in ("task", "future") if isinstance(context.get(name), asyncio.Task)), None)
        self.logged(interpret.loop_message(context), about, None if error is None else values.describe(error))
        if error is not None:
            # The frame of the handle that failed refers to it.
            self.raised(error)

    def python_warning(self, category, text):
        """What CPython warns of."""
        if issubclass(category, RuntimeWarning):
            # In debug mode further lines say where the coroutine was created.
            self.logged(str(text).partition("\n")[0])

    def thread_warning(self, text, error):
        """What goes wrong in threads of pools is not asyncio's to tell."""

    def raised(self, error):
        """What a task keeps of an exception must not keep frames, and what they refer to, alive."""
        values.bare(error)

    def opened(self, loop):
        """A loop was made."""
        super().opened(loop)
        self.loop_references.append(weakref.ref(loop))

    def closing(self, loop):
        """What a loop drops when it is closed belongs to what happens after the end of the program."""
        super().closing(loop)
        self.kept.append((list(loop._ready), list(loop._scheduled)))

    def is_clean(self):
        """Whether nothing is left of the run that could show in the next."""
        objects = [reference() for reference in self.loop_references] + [record.task() for record in self.tasks]
        return all(each is None for each in objects) and self.world.is_over()
