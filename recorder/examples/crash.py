"""A program that dies in the middle, in a way that is asked for: by an exception, a signal, or at once."""

import asyncio
import os
import signal
import sys

WAYS = {
    "raise": lambda: 1 / 0,
    "interrupt": lambda: os.kill(os.getpid(), signal.SIGINT),
    "terminate": lambda: os.kill(os.getpid(), signal.SIGTERM),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "abort": os.abort,
    "exit": lambda: os._exit(3),
}


async def tick(name, die=None):
    """One that goes on, or dies."""
    for n in range(100):
        print(name, n)
        await asyncio.sleep(0.01)
        if die is not None and n == 5:
            die()


async def main(way):
    """Two, of which one dies; before that asyncio tells where a callback is that fails."""
    asyncio.get_running_loop().call_soon(lambda: [].pop())
    async with asyncio.TaskGroup() as group:
        group.create_task(tick("well"), name="well")
        group.create_task(tick("ill", WAYS[way]), name="ill")


asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "raise"))
