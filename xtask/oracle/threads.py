"""Threads beside the loop, on the oracle's virtual clock.

Simulated threads are real Python threads that run strictly one at a time: a thread
runs only while it has the baton, and gives it back where it would block. What it
does next is an *event*: something that happens outside the loop, at its moment of
virtual time, even while the loop is held. README.md says in which order.

CPython's own `threading`, `queue` and `concurrent.futures` run on top, unchanged:
only the lock under them, the start and the join of a thread, and the queue that is
written in C are replaced.
"""

import _thread
import collections
import concurrent.futures
import concurrent.futures._base
import concurrent.futures.thread
import heapq
import itertools
import math
import os
import queue
import signal
import threading

import processes

# A run is cut off after this many events.
MAX_EVENTS = 250_000
# As many seconds as CPython counts: 2^63 nanoseconds.
LONGEST = 9_223_372_036.0
# How many processors the machine is to have: the default pool has 4 more workers.
PROCESSORS = 4


def cpu(seconds):
    """CPU work of exactly so many seconds, for those who interpret a program by themselves."""
    if seconds > 0:
        World.only.work(seconds)


class Event:
    """Something that will happen outside the loop, unless cancelled."""

    __slots__ = ("when", "sequence", "callback")

    def __init__(self, when, sequence, callback):
        self.when = when
        self.sequence = sequence
        self.callback = callback

    def __lt__(self, other):
        return (self.when, self.sequence) < (other.when, other.sequence)

    def cancel(self):
        """Make sure that it does not happen."""
        self.callback = None


class Real:
    """How threads take turns: real ones, each of which waits for its baton. `engine/stacks.py` has another way."""

    baton = staticmethod(_thread.allocate_lock)

    @staticmethod
    def start(body):
        """Start a thread; what it gives has `join` and `ident`."""
        return _thread.start_joinable_thread(body, daemon=True)

    @staticmethod
    def begin():
        """What a thread does first: the limit on time is the main thread's."""
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})


class Thread:
    """What the world knows of a thread; the main thread is one too."""

    # How it takes turns.
    way = Real

    def __init__(self):
        self.baton = self.way.baton()
        self.baton.acquire()
        self.resumed_by = None
        self.unparked = False
        self.deadline = None
        self.finished = False
        self.real = None
        # Whether it stands for a process: then its work does not hold the loop.
        self.process = False
        # Seconds of CPU work done.
        self.cpu = 0.0
        # The iteration of its own loop in which nothing has run yet.
        self.iteration = None


class World:
    """The threads of a run, and what will happen outside the loop."""

    # That of the one run of this process.
    only = None

    def __init__(self, recorder):
        self.recorder = recorder
        self.begin()

    def begin(self):
        """A world in which nothing has happened; with that of the last run all must be over."""
        self.main = self.current = Thread()
        self.events = []
        self.scheduled = 0
        self.happened = 0
        self.started = 0
        # CPU work has the interpreter lock until then.
        self.held = 0.0
        # Seconds of CPU work of all threads.
        self.cpu = 0.0
        # Pools of processes, and whether they take no more jobs.
        self.pools = []
        self.exiting = False

    def is_over(self):
        """Whether no thread is left, and nothing is going to happen."""
        return self.next_time() == math.inf and threading.active_count() == 1

    # Events.

    def at(self, when, callback):
        """Schedule something outside the loop."""
        self.scheduled += 1
        event = Event(when, self.scheduled, callback)
        heapq.heappush(self.events, event)
        return event

    def next_time(self):
        """When the next event is due: infinity if there is none."""
        while self.events and self.events[0].callback is None:
            heapq.heappop(self.events)
        return self.events[0].when if self.events else math.inf

    def happen(self):
        """Let the next event happen, at its time."""
        self.happened += 1
        if self.happened > MAX_EVENTS:
            self.recorder.deliver({"kind": "limit", "text": f"more than {MAX_EVENTS} events of threads"})
        event = heapq.heappop(self.events)
        self.recorder.now = max(self.recorder.now, event.when)
        event.callback()

    def catch_up(self):
        """The main thread goes on: what is due happens first, and it waits for the interpreter lock."""
        if not self.events and self.held <= self.recorder.now:
            return
        self.pass_until(self.recorder.now)
        self.pass_until(max(self.recorder.now, self.held))

    def pass_until(self, end):
        """Move time to `end`; what is due by then happens at its time."""
        while self.next_time() <= end:
            self.happen()
        self.recorder.now = max(self.recorder.now, end)

    # The baton.

    def resume(self, thread):
        """Let a thread run until it blocks or ends."""
        recorder, resumer = self.recorder, self.current
        thread.resumed_by = resumer
        task, by = recorder.current, recorder.by
        recorder.current, recorder.by = None, ""
        speaker, iteration, recorder.iteration = recorder.speaker, recorder.iteration, thread.iteration
        self.current = thread
        thread.baton.release()
        resumer.baton.acquire()
        self.current = resumer
        recorder.current, recorder.by = task, by
        thread.iteration, recorder.iteration = recorder.iteration, iteration
        recorder.goes_on(speaker)
        if thread.finished:
            # What it still holds is freed before anything else happens.
            thread.real.join()

    def start(self, function, handle):
        """Start a thread. As in CPython, it runs to where it first blocks before its starter goes on."""
        thread = handle.thread = Thread()
        thread.process = self.current.process
        self.started += 1

        def body():
            Thread.way.begin()
            thread.baton.acquire()
            try:
                function()
            finally:
                thread.finished = True
                handle.set_done()
                thread.resumed_by.baton.release()

        thread.real = Thread.way.start(body)
        self.resume(thread)

    def park(self, deadline=math.inf):
        """Block the running thread until somebody unparks it, or the deadline. Returns whether one did."""
        thread = self.current
        thread.unparked = False
        if thread is self.main:
            while not thread.unparked:
                if self.next_time() <= deadline and self.events:
                    self.happen()
                elif deadline == math.inf:
                    self.recorder.deadlock()
                else:
                    self.recorder.now = deadline
                    break
            self.catch_up()
            return thread.unparked
        if deadline < math.inf:
            thread.deadline = self.at(deadline, lambda: self.resume(thread))
        thread.resumed_by.baton.release()
        thread.baton.acquire()
        thread.deadline = None
        return thread.unparked

    def unpark(self, thread):
        """Let a parked thread go on, now but after what else is due."""
        thread.unparked = True
        if thread.deadline is not None:
            thread.deadline.cancel()
            thread.deadline = None
        if thread is not self.main:
            self.at(self.recorder.now, lambda: self.resume(thread))

    # What takes time.

    def sleep(self, seconds):
        """`time.sleep`."""
        if seconds != seconds:
            raise ValueError("Invalid value NaN (not a number)")
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        if seconds > LONGEST:
            raise OverflowError("timestamp out of range for platform time_t")
        end = self.recorder.now + seconds
        if self.current is self.main:
            self.pass_until(end)
            self.catch_up()
        else:
            self.park(end)

    def work(self, seconds):
        """CPU work: it begins when the interpreter lock is free, and has it to the end."""
        self.count_work(seconds)
        self.work_until(self.work_begins() + seconds)

    def count_work(self, seconds):
        """Add to the CPU work of the running thread."""
        self.current.cpu += seconds
        if not self.current.process:
            self.cpu += seconds

    def work_begins(self):
        """When CPU work of the running thread could begin."""
        return self.recorder.now if self.current.process else max(self.recorder.now, self.held)

    def work_until(self, end):
        """CPU work that ends at a moment."""
        thread = self.current
        if not thread.process:
            self.held = end
        if thread is self.main:
            self.pass_until(end)
        else:
            self.park(end)

    def exit(self):
        """The end of the main thread: CPython waits for the threads that are no daemons."""
        if self.started == 0:
            return
        self.exiting = True
        for wait in (False, True):
            for pool in self.pools:
                pool.shutdown(wait)
        for call in reversed(threading._threading_atexits):
            call()
        while others := [each for each in threading.enumerate() if not each.daemon][1:]:
            others[0].join()


# ---------------------------------------------------------------------------
# Under CPython's `threading`, `queue` and `concurrent.futures`


def forget():
    """Take back what CPython's modules know of the threads of a run that is over."""
    threading._counter = itertools.count(1).__next__
    concurrent.futures.thread.ThreadPoolExecutor._counter = itertools.count().__next__
    concurrent.futures.thread._shutdown = False


def primitives(world):
    """The lock, the handle of a thread and the simple queue of this world."""

    class Lock:
        """`threading.Lock`. Who waits longest is woken first, and may find that another was quicker."""

        def __init__(self):
            self.taken = False
            self.waiters = collections.deque()

        def acquire(self, blocking=True, timeout=-1):
            if not blocking and timeout != -1:
                raise ValueError("can't specify a timeout for a non-blocking call")
            if timeout < 0 and timeout != -1:
                raise ValueError("timeout value must be a non-negative number")
            deadline = math.inf if timeout == -1 else world.recorder.now + timeout
            again = False
            while self.taken:
                if not blocking or timeout == 0:
                    return False
                thread = world.current
                (self.waiters.appendleft if again else self.waiters.append)(thread)
                again = True
                if not world.park(deadline):
                    self.waiters.remove(thread)
                    return False
            self.taken = True
            return True

        def release(self):
            if not self.taken:
                raise RuntimeError("release unlocked lock")
            self.taken = False
            if self.waiters:
                world.unpark(self.waiters.popleft())

        def locked(self):
            return self.taken

        def _at_fork_reinit(self):
            self.__init__()

        def __enter__(self):
            return self.acquire()

        def __exit__(self, *error):
            self.release()

    class Handle:
        """What `threading.Thread` holds of its thread."""

        def __init__(self):
            self.done = False
            self.joiners = []
            self.ident = None
            self.thread = None

        def is_done(self):
            return self.done

        def join(self, timeout=None):
            if self.done or timeout == 0:
                return
            self.joiners.append(world.current)
            if not world.park(math.inf if timeout is None else world.recorder.now + timeout):
                self.joiners.remove(world.current)

        def set_done(self):
            self.done = True
            for thread in self.joiners:
                world.unpark(thread)
            self.joiners.clear()

        _set_done = set_done

    class SimpleQueue:
        """`queue.SimpleQueue`: an item goes straight to the thread that has waited longest."""

        def __init__(self):
            self.items = collections.deque()
            self.waiters = collections.deque()

        def put(self, item, block=True, timeout=None):
            if self.waiters:
                thread, place = self.waiters.popleft()
                place.append(item)
                world.unpark(thread)
            else:
                self.items.append(item)

        def get(self, block=True, timeout=None):
            if self.items:
                return self.items.popleft()
            if timeout is not None and timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            if not block or timeout == 0:
                raise queue.Empty
            waiter = (world.current, [])
            self.waiters.append(waiter)
            if not world.park(math.inf if timeout is None else world.recorder.now + timeout):
                self.waiters.remove(waiter)
                raise queue.Empty
            return waiter[1][0]

        def put_nowait(self, item):
            self.put(item)

        def get_nowait(self):
            return self.get(block=False)

        def empty(self):
            return not self.items

        def qsize(self):
            return len(self.items)

    return Lock, Handle, SimpleQueue


def patch(world, ordered_set):
    """Put the world under CPython's modules, for good."""
    World.only = world
    Lock, Handle, SimpleQueue = primitives(world)

    def start_joinable_thread(function, handle=None, daemon=True):
        handle = Handle() if handle is None else handle
        world.start(function, handle)
        return handle

    def start_new_thread(function, args, kwargs=None):
        handle = start_joinable_thread(lambda: function(*args, **(kwargs or {})))
        return handle.thread.real.ident

    threading.Lock = threading._allocate_lock = Lock
    threading._CRLock = None  # RLock() makes one in Python, on the lock above
    threading._ThreadHandle = Handle
    threading._start_joinable_thread = start_joinable_thread
    _thread.start_new_thread = start_new_thread
    threading._main_thread._handle = Handle()
    threading._time = queue.time = lambda: world.recorder.now
    queue.SimpleQueue = SimpleQueue
    os.process_cpu_count = os.cpu_count = lambda: PROCESSORS

    # Held while a worker starts, which runs at once.
    concurrent.futures.thread._global_shutdown_lock = Lock()
    # Their order decides who is joined first, and what comes first of several.
    concurrent.futures.thread.set = concurrent.futures._base.set = ordered_set
    plain_wait = concurrent.futures._base.wait

    def wait(fs, timeout=None, return_when=concurrent.futures.ALL_COMPLETED):
        fs = ordered_set(fs)
        done, not_done = plain_wait(fs, timeout, return_when)
        return concurrent.futures._base.DoneAndNotDoneFutures(
            ordered_set(f for f in fs if f in done), ordered_set(f for f in fs if f in not_done)
        )

    concurrent.futures.wait = concurrent.futures._base.wait = wait
    concurrent.futures.ProcessPoolExecutor = processes.pool_class(world)

    def excepthook(args):
        if args.exc_type is not SystemExit:
            name = "<unknown>" if args.thread is None else args.thread.name
            world.recorder.thread_warning(f"Exception in thread {name}", args.exc_value)

    threading.excepthook = excepthook
