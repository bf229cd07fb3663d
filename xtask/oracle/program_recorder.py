"""What happened in a run of a program of `cargo xtask differential`."""

import itertools
import weakref

import interpret
import limits
import threads
import values
from recorder import Recorder


class ProgramRecorder(Recorder):
    """Lines and warnings are in one list; nothing is kept that would keep what the program lets go of."""

    shown = staticmethod(values.show)
    described = staticmethod(values.describe)

    def __init__(self, reply):
        super().__init__({"program": None, "set": None}, None, reply)
        self.log = []
        self.late = []
        self.is_over = False
        self.kept = []
        self.loop_references = []
        self.workers = None
        self.uses_threads = False
        # Not from CPython's own counter, which nobody can set back for the next run.
        self.task_name = map("Task-{}".format, itertools.count(1)).__next__

    def begin(self, program):
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

    def line(self, text):
        """Something was printed."""
        if not self.is_over:
            self.entry("print", text)

    def warning(self, text):
        """CPython warned."""
        if self.is_over:
            # What asyncio's own coroutines do when they are freed is as little recorded as what others do.
            if not text.startswith("Error on transport creation"):
                self.late.append(text)
        else:
            self.entry("warning", text)

    def entry(self, kind, text):
        """Something is to be written down."""
        self.log.append((self.now, self.current, kind, text))
        if len(self.log) > limits.STEPS:
            self.deliver({"kind": "limit", "text": f"more than {limits.STEPS} lines"})

    def loop_warning(self, context):
        """The loop's exception handler is called."""
        if isinstance(context.get("exception"), RecursionError):
            self.recursed()
        self.warning(interpret.loop_warning(context))
        if context.get("exception") is not None:
            # The frame of the handle that failed refers to it.
            self.raised(context["exception"])

    def suspend(self, record, coroutine, yielded):
        """A task has handed `yielded` to the loop."""
        self.steps.append((self.now, record, "suspend", None))

    def raised(self, error):
        """What a task keeps of an exception must not keep frames, and what they refer to, alive."""
        values.bare(error)

    def opened(self, loop):
        """A loop was made."""
        super().opened(loop)
        self.loop_references.append(weakref.ref(loop))

    def closing(self, loop):
        """What a loop drops when it is closed belongs to what happens after the end of the program."""
        self.kept.append((list(loop._ready), list(loop._scheduled)))

    def over(self):
        """The program has ended; what still happens belongs to no moment."""
        self.refreshed()
        self.makespan = self.now
        self.is_over = True

    def is_clean(self):
        """Whether nothing is left of the run that could show in the next."""
        objects = [reference() for reference in self.loop_references] + [record.task() for record in self.tasks]
        return all(each is None for each in objects) and self.world.is_over()
