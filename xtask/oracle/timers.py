"""What keeps timers, where CPython's heap is not stable: of the same deadline, the one set first comes first.

The functions have the names of those of `heapq` that `asyncio.base_events` uses, and take their place. What they
keep is sorted, which makes a heap of it too.
"""

import bisect
import operator

DEADLINE = operator.attrgetter("_when")


def heappush(timers, timer):
    """Put a timer behind those that are due no later."""
    bisect.insort_right(timers, timer, key=DEADLINE)


def heappop(timers):
    """Take the timer that is due next."""
    return timers.pop(0)


def heapify(timers):
    """Put timers in order, of the same deadline as they stand."""
    timers.sort(key=DEADLINE)


class Watched:
    """The same, and a recorder is told which timers fire."""

    def __init__(self, recorder):
        self.recorder = recorder

    heappush, heapify = staticmethod(heappush), staticmethod(heapify)

    def heappop(self, timers):
        """Take the timer that is due next."""
        timer = heappop(timers)
        if not timer._cancelled:
            self.recorder.timer_fired(timer)
        return timer
