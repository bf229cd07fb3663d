"""The rows of the table in CPython. Arguments: the number of rounds, then names of rows.

A line per row: its name and the median of its times in seconds. Time is virtual: a loop that would wait has
waited already, so that sleeping costs what it costs the loop and nothing else.

Loaded by another name, as in a browser, it measures nothing by itself; `seconds(row)` does.
"""

import asyncio
import gc
import selectors
import statistics
import sys
import time

YIELDERS = 1_000
PERMITS = 10
LONG = 1_000.0


class Selector(selectors.DefaultSelector):
    waited = 0.0

    def select(self, timeout=None):
        if timeout and timeout > 0:
            self.waited += timeout
            return []
        return super().select(timeout)


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.virtual = Selector()
        super().__init__(self.virtual)

    def time(self):
        return self.virtual.waited


class NoSockets(asyncio.BaseEventLoop):
    """The loop of a browser, which has nothing to select from."""

    def __init__(self):
        super().__init__()
        self.waited = 0.0
        self._selector = self

    def select(self, timeout=None):
        if timeout and timeout > 0:
            self.waited += timeout
        return []

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass

    def time(self):
        return self.waited


async def at_once(n):
    return n


async def spawn(n):
    tasks = [asyncio.create_task(at_once(n)) for n in range(n)]
    for task in tasks:
        await task


async def yields(n):
    async def yielder(times):
        for _ in range(times):
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(yielder(n // YIELDERS)) for _ in range(YIELDERS)]
    for task in tasks:
        await task


def queue(places):
    async def row(n):
        queue = asyncio.Queue(places)

        async def producer():
            for item in range(n):
                await queue.put(item)

        task = asyncio.create_task(producer())
        for _ in range(n):
            await queue.get()
        await task

    return row


async def permits(n):
    permits = asyncio.Semaphore(PERMITS)

    async def each():
        async with permits:
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(each()) for _ in range(n)]
    for task in tasks:
        await task


async def sleeps(n):
    async def sleeper(n):
        await asyncio.sleep((n * 7_919 % 100_003 + 1) / 1e3)

    tasks = [asyncio.create_task(sleeper(n)) for n in range(n)]
    for task in tasks:
        await task


async def cancel(n):
    async def sleeper():
        await asyncio.sleep(LONG)

    tasks = [asyncio.create_task(sleeper()) for _ in range(n)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    for task in tasks:
        try:
            await task
        except asyncio.CancelledError:
            pass


async def group(n):
    async with asyncio.TaskGroup() as group:
        for n in range(n):
            group.create_task(at_once(n))


async def gather(n):
    assert len(await asyncio.gather(*map(at_once, range(n)))) == n


ROWS = {
    "spawn": (spawn, 100_000),
    "yields": (yields, 200_000),
    "queue1": (queue(1), 200_000),
    "queue100": (queue(100), 200_000),
    "permits": (permits, 100_000),
    "sleeps": (sleeps, 100_000),
    "cancel": (cancel, 100_000),
    "group": (group, 100_000),
    "gather": (gather, 100_000),
}


def seconds(name):
    """Does the work of a row on a loop without sockets; how long it took."""
    row, n = ROWS[name]
    gc.collect()
    # The browser's own loop counts as running all the time.
    outer = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        began = time.perf_counter()
        loop = NoSockets()
        loop.run_until_complete(row(n))
        loop.close()
        return time.perf_counter() - began
    finally:
        asyncio._set_running_loop(outer)


def main():
    rounds, names = int(sys.argv[1]), sys.argv[2:]
    times = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            row, n = ROWS[name]
            gc.collect()
            began = time.thread_time()
            with asyncio.Runner(loop_factory=Loop) as runner:
                runner.run(row(n))
            times[name].append(time.thread_time() - began)
    for name in names:
        print(name, statistics.median(times[name]))


if __name__ == "__main__":
    main()
