"""The same program in a world in which things take a little more or less time: sleeps, as seen from the loop; timeouts stay."""

import asyncio
import random
from asyncio import futures


def install(seed, part):
    """Have each sleep take up to this part of its length more or less, differently for each seed."""
    dice = random.Random(seed)
    plain = asyncio.BaseEventLoop.call_later

    def call_later(self, delay, callback, *args, context=None):
        # What `asyncio.sleep` asks for, and nobody else.
        if callback is futures._set_result_unless_cancelled:
            delay *= 1 + part * (2 * dice.random() - 1)
        return plain(self, delay, callback, *args, context=context)

    asyncio.BaseEventLoop.call_later = call_later
