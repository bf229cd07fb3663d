"""Timers with an order of their own, where CPython's heap is not stable."""

import asyncio


class OrderedTimerHandle(asyncio.TimerHandle):
    """Among timers of the same deadline, the one set first comes first."""

    __slots__ = ("_sequence",)

    def __init__(self, sequence, *arguments):
        super().__init__(*arguments)
        self._sequence = sequence

    def __lt__(self, other):
        return (self._when, self._sequence) < (other._when, other._sequence)
