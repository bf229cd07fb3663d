"""What keeps timers, where CPython's heap is not stable: of the same deadline, the one set first comes first."""

import bisect
import operator

DEADLINE = operator.attrgetter("_when")


class Timers:
    """The functions of `heapq` that `asyncio.base_events` uses, in whose place it stands. What they keep is sorted,
    which makes a heap of it too. A recorder is told which timers fire."""

    def __init__(self, recorder):
        self.recorder = recorder

    def heappush(self, timers, timer):
        """Put a timer behind those that are due no later."""
        bisect.insort_right(timers, timer, key=DEADLINE)

    def heappop(self, timers):
        """Take the timer that is due next."""
        timer = timers.pop(0)
        if not timer._cancelled:
            self.recorder.timer_fired(timer)
        return timer

    def heapify(self, timers):
        """Put timers in order, of the same deadline as they stand."""
        timers.sort(key=DEADLINE)
