"""CPython's own event loop on a virtual clock, in memory, with ordered timers, that tells what it does."""

import asyncio
import asyncio.base_events
import math
import signal

import network
from coroscope import Traced
from ordered import OrderedWeakSet


class VirtualSelector(network.Selector):
    """Never waits: moves the clock to the next timer instead, or to what threads do before it."""

    def __init__(self, recorder):
        super().__init__()
        self.recorder = recorder
        self.loop = None
        # The thread that waits here, if it is not the main one.
        self.waiter = None

    def select(self, timeout=None):
        """What is ready (sockets in memory, the loop's own self-pipe); until something is, time passes."""
        recorder, world = self.recorder, self.recorder.world
        recorder.turn(self.loop)
        if world.current is not world.main:
            return self.select_beside(timeout)
        if timeout is None or timeout > 0:
            while not super().select(0):
                # The head of the heap is not cancelled: the loop has just dropped those that are. The
                # network may have set a timer since.
                deadline = self.loop._scheduled[0]._when if self.loop._scheduled else math.inf
                when = world.next_time()
                if when <= deadline and when != math.inf:
                    world.happen()
                elif deadline == math.inf:
                    recorder.deadlock()
                else:
                    # Exactly the deadline, not the sum of now and the difference.
                    recorder.now = max(recorder.now, deadline)
                    break
        world.catch_up()
        return super().select(0)

    def select_beside(self, timeout):
        """The same in a thread beside the main one: it is parked until the next timer, or until another thread wakes it."""
        recorder = self.recorder
        if timeout is None or timeout > 0:
            while not super().select(0):
                deadline = self.loop._scheduled[0]._when if self.loop._scheduled else math.inf
                if deadline <= recorder.now:
                    break
                self.waiter = recorder.world.current
                recorder.world.park(deadline)
                self.waiter = None
        recorder.goes_on(self.loop.number)
        return super().select(0)


# Tasks of `Runner.close`, of which no program knows.
HOUSEKEEPING = (
    asyncio.base_events.BaseEventLoop.shutdown_asyncgens.__code__,
    asyncio.base_events.BaseEventLoop.shutdown_default_executor.__code__,
)


class VirtualLoop(network.Loop):
    """CPython's own selector loop; only the clock, sockets and recording are different."""

    def __init__(self, recorder):
        selector = VirtualSelector(recorder)
        super().__init__(selector, recorder.request["network"])
        selector.loop = self
        self._recorder = recorder
        self._asyncgens = OrderedWeakSet()
        self.is_eager = recorder.eager
        self.next_is_eager = False
        self.chosen_factory = None
        recorder.opened(self)

    def time(self):
        """The virtual clock."""
        return self._recorder.now

    @property
    def _clock_resolution(self):
        """Linux's; after 100 days the step to the next number, for this clock stands still at a deadline."""
        now = self._recorder.now
        # The ulp of 2^23 is the first that is longer.
        return 1e-9 if now < 8e6 else max(1e-9, math.ulp(now))

    @_clock_resolution.setter
    def _clock_resolution(self, resolution):
        """What CPython asks its own clock for."""

    def set_task_factory(self, factory):
        """As in CPython; a factory of eager tasks is known by its name and not called, see `create_task`."""
        made_by = getattr(factory, "__qualname__", "")
        self.is_eager = made_by.startswith(asyncio.create_eager_task_factory.__qualname__)
        self.chosen_factory = factory
        super().set_task_factory(None if self.is_eager else factory)

    def get_task_factory(self):
        """What was chosen."""
        return self.chosen_factory

    def create_task(self, coro, *, name=None, context=None):
        """As in CPython, on a traced coroutine.

        Not a task factory, for eager tasks neither: with one, CPython 3.13.0 names unnamed tasks "None".
        """
        eager, self.next_is_eager = self.is_eager or self.next_is_eager, False
        if eager and context is not None and asyncio.iscoroutine(coro):
            # Refused here where something runs in the context: CPython 3.13.0 takes the task that it cannot start
            # for the one that runs, and no task ever runs again.
            context.run(int)
        if name is None and self._recorder.task_name is not None and asyncio.iscoroutine(coro):
            name = self._recorder.task_name()
        recorder = self._recorder
        if not asyncio.iscoroutine(coro) or getattr(coro, "cr_code", None) in HOUSEKEEPING:
            task = super().create_task(coro, name=name, context=context)
            recorder.own_task(task)
            return task
        self._check_closed()
        record = recorder.new_task()
        traced = Traced(coro, record, recorder)
        if eager:
            by = recorder.by
            try:
                task = asyncio.Task(traced, loop=self, name=name, context=context, eager_start=True)
            finally:
                # Making the task raises what leaves the loop.
                recorder.by = by
        else:
            task = super().create_task(traced, name=name, context=context)
        if record.reference is None:
            recorder.attach(record, task, coroutine=coro)
        return task

    def run_forever(self):
        """As in CPython."""
        self._recorder.runs(self.number)
        super().run_forever()

    def _write_to_self(self):
        super()._write_to_self()
        thread, self._selector.waiter = self._selector.waiter, None
        if thread is not None:
            self._recorder.world.unpark(thread)

    def add_signal_handler(self, sig, callback, *args):
        """As in CPython, where the system writes the byte that wakes the loop; here that has to be noticed."""
        super().add_signal_handler(sig, callback, *args)
        handler = signal.getsignal(sig)

        def came(number, frame):
            handler(number, frame)
            self._selector.is_woken = True

        signal.signal(sig, came)

    def _call_soon(self, callback, args, context):
        handle = super()._call_soon(callback, args, context)
        self._recorder.scheduled(handle)
        return handle

    def call_at(self, when, callback, *args, context=None):
        """As in CPython."""
        timer = super().call_at(when, callback, *args, context=context)
        self._recorder.timer_set(timer, "network" if callback is network.arrives else None)
        return timer

    def _process_events(self, events):
        recorder = self._recorder
        outer, recorder.by = recorder.by, ',"by_network":true'
        super()._process_events(events)
        recorder.by = outer

    def _add_callback(self, handle):
        super()._add_callback(handle)
        # How another thread ends the wait of the loop is no part of the program.
        if not handle._cancelled and handle._callback != self._read_from_self:
            self._recorder.scheduled(handle, "network")

    def default_exception_handler(self, context):
        """Keep what CPython would log."""
        self._recorder.loop_warning(context)

    def close(self):
        """As in CPython."""
        self._recorder.closing(self)
        super().close()


class VirtualPolicy(asyncio.DefaultEventLoopPolicy):
    """Makes `asyncio.run` use the virtual loop."""

    def __init__(self, recorder):
        super().__init__()
        self.recorder = recorder

    def new_event_loop(self):
        return VirtualLoop(self.recorder)
