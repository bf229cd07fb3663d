"""The clocks that a program reads, and the CPU work that it does by reading them.

A loop that only computes takes no virtual time, with one exception, which takes
just as long under a plain CPython:

    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass

A clock that is read over and over at the same place, with nothing in between, is
read to pass the time: the next reading that is compared with a bound does the work
that is missing, at once and exactly. So it is with `process_time`, too, and with the
clocks on the wall. A comparison elsewhere takes no time.
"""

import sys
import time

# So many readings at one place, with nothing in between, are a busy loop.
BUSY = 1000
# CPU work of a reading that nobody compares, in a busy loop.
STEP = 0.001


class Bound(float):
    """A reading plus so many seconds: those seconds exactly, if nothing else is done meanwhile."""

    def __new__(cls, start, seconds):
        bound = super().__new__(cls, float(start) + seconds)
        bound.start = float(start)
        bound.seconds = seconds
        return bound


def seconds_to(value, bound):
    """The work from a reading `value` to `bound`."""
    if type(bound) is Bound and bound.start == value:
        return bound.seconds
    return float(bound) - value


class Reading(float):
    """What a clock says, as long as it still says that; `passes` if it is read to pass the time."""

    def __new__(cls, value, clock, passes):
        reading = super().__new__(cls, value)
        reading.clock = clock
        reading.passes = passes
        return reading

    def __add__(self, seconds):
        return Bound(self, seconds)

    __radd__ = __add__

    def __sub__(self, start):
        return Elapsed(self, start)

    def reach(self, bound):
        """Work until the clock says `bound`; what it says then."""
        value = float(self)
        if not self.passes:
            return value
        if isinstance(bound, (int, float)) and type(bound) is not Reading and self.clock.value() == value < bound:
            self.clock.work(seconds_to(value, bound), float(bound))
            value = self.clock.value()
        return value

    def __lt__(self, bound):
        return self.reach(bound) < bound

    def __ge__(self, bound):
        return self.reach(bound) >= bound

    def __le__(self, bound):
        value = self.reach(bound)
        if self.passes and value == bound:
            self.clock.work(STEP, value + STEP)
            value = self.clock.value()
        return value <= bound

    def __gt__(self, bound):
        return not self <= bound

    __eq__ = float.__eq__
    __hash__ = float.__hash__


class Elapsed(float):
    """A reading minus an earlier one."""

    def __new__(cls, reading, start):
        elapsed = super().__new__(cls, float(reading) - start)
        elapsed.reading = reading
        elapsed.start = float(start)
        return elapsed

    def __lt__(self, seconds):
        return self.reading < Bound(self.start, seconds)

    def __ge__(self, seconds):
        return not self < seconds

    def __le__(self, seconds):
        return self.reading <= Bound(self.start, seconds)

    def __gt__(self, seconds):
        return not self <= seconds

    __eq__ = float.__eq__
    __hash__ = float.__hash__


class Clock:
    """One that knows when it is only read to pass the time."""

    def __init__(self, world):
        self.world = world
        self.place = None
        self.readings = 0

    def busy(self, frame):
        """Count a reading; whether there have been so many that it is a busy loop."""
        recorder, world = self.world.recorder, self.world
        place = (
            frame.f_code, frame.f_lasti, recorder.now, recorder.line_count,
            recorder.step_count, recorder.turn_count, world.scheduled, world.current,
        )
        self.readings = self.readings + 1 if place == self.place else 0
        self.place = place
        return self.readings >= BUSY


class CpuClock(Clock):
    """`thread_time`, or with `whole` `process_time`; a process of a pool has its own."""

    def __init__(self, world, whole):
        super().__init__(world)
        self.whole = whole

    def value(self):
        thread = self.world.current
        return self.world.cpu if self.whole and not thread.process else thread.cpu

    def work(self, seconds, value):
        """Do so much work; then the clock says exactly `value`."""
        world, thread = self.world, self.world.current
        world.work(seconds)
        if self.whole and not thread.process:
            world.cpu = value
        else:
            thread.cpu = value


class WallClock(Clock):
    """`time`, `monotonic` and `perf_counter`."""

    def value(self):
        return self.world.recorder.now

    def work(self, seconds, value):
        """Work until `value`; the interpreter lock may be free only later than that."""
        world = self.world
        end = max(value, world.work_begins())
        world.count_work(end - world.work_begins())
        world.work_until(end)


def patch(world):
    """Put the clocks into the module `time`, for good."""
    wall = WallClock(world)

    def read():
        now = world.recorder.now
        return Reading(now, wall, True) if wall.busy(sys._getframe(1)) else now

    def read_ns():
        if wall.busy(sys._getframe(1)):
            world.work(STEP)
            wall.readings = BUSY
        return round(world.recorder.now * 1e9)

    for name in ("time", "monotonic", "perf_counter"):
        setattr(time, name, read)
        setattr(time, f"{name}_ns", read_ns)

    def cpu(clock):
        def reading_ns():
            if clock.busy(sys._getframe(1)):
                clock.work(STEP, clock.value() + STEP)
                clock.readings = BUSY
            return round(clock.value() * 1e9)

        return lambda: Reading(clock.value(), clock, clock.busy(sys._getframe(1))), reading_ns

    time.thread_time, time.thread_time_ns = cpu(CpuClock(world, False))
    time.process_time, time.process_time_ns = cpu(CpuClock(world, True))
    time.sleep = world.sleep
