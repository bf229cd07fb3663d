"""The same program in another of the worlds that asyncio and the network leave open, differently for each seed.

Sleeps, as seen from the loop and in threads, and the ways over the network take a little more or less time; of timers that
are due at one moment another is first; and asyncio's own sets of tasks, which lie in memory as it happens, are gone through
in another order. Timeouts stay as they are.
"""

import asyncio
import random
from asyncio import futures


def install(seed, part):
    """Have what takes time take up to this part of it more or less."""
    vary_sleeps(random.Random(seed), part)
    vary_threads(random.Random(f"threads {seed}"), part)
    vary_network(random.Random(f"network {seed}"), part)
    vary_timers(random.Random(f"timers {seed}"))
    vary_sets(random.Random(f"sets {seed}"))


def around(dice, part):
    """What a length is multiplied with."""
    return 1 + part * (2 * dice.random() - 1)


def vary_sleeps(dice, part):
    """Those of the loop."""
    plain = asyncio.BaseEventLoop.call_later

    def call_later(self, delay, callback, *args, context=None):
        # What `asyncio.sleep` asks for, and nobody else.
        if callback is futures._set_result_unless_cancelled:
            delay *= around(dice, part)
        return plain(self, delay, callback, *args, context=context)

    asyncio.BaseEventLoop.call_later = call_later


def vary_threads(dice, part):
    """`time.sleep` in threads: what holds the loop is the program's own doing and stays."""
    import threads

    plain = threads.World.sleep

    def sleep(self, seconds):
        # A length that is none is refused as ever.
        if self.current is not self.main and seconds > 0:
            seconds *= around(dice, part)
        return plain(self, seconds)

    threads.World.sleep = sleep


def vary_network(dice, part):
    """Each way over the network; what goes one way arrives in the order in which it was sent."""
    import network

    def latency(self):
        return self.plain_latency * around(dice, part)

    def set_latency(self, seconds):
        self.plain_latency = seconds

    network.Network.latency = property(latency, set_latency)


def vary_timers(dice):
    """The order of those that are due at one moment, which a heap leaves open."""
    import timers

    deadline, place = timers.DEADLINE, places(dice)
    timers.DEADLINE = lambda timer: (deadline(timer), place(timer))


def vary_sets(dice):
    """The order in which asyncio goes through its sets of tasks."""
    import ordered

    place = places(dice)
    ordered.OrderedSet.__iter__ = lambda self: iter(sorted(self.items, key=place))


def places(dice):
    """Places of objects in memory, as it happens: of one that comes to lie where another was it is the same. Nothing is
    kept alive by it."""
    known = {}
    return lambda item: known.setdefault(id(item), dice.random())
