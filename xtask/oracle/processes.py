"""A pool of processes beside the loop, simulated by threads.

What differs from a pool of threads: a worker takes time to start and each call to
travel, CPU work does not hold the loop, and a job that has been put on its way to
the workers can no longer be cancelled. Functions, arguments and results must
pickle; globals, which real processes do not share, are shared here.
"""

import collections
import concurrent.futures
import functools
import itertools
import os
import queue
import threading

# Seconds that a worker takes to start, before its first job.
START = 0.05
# Seconds that a call takes to reach its worker.
CALL = 0.001


def chunk(function, arguments):
    """What a worker does with one chunk of `map`."""
    return [function(*each) for each in arguments]


def pool_class(world):
    """`ProcessPoolExecutor` for this world."""

    class ProcessPoolExecutor(concurrent.futures.Executor):
        """As `concurrent.futures.ProcessPoolExecutor`."""

        def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
            if max_workers is None:
                max_workers = os.process_cpu_count()
            if max_workers <= 0:
                raise ValueError("max_workers must be greater than 0")
            self._max_workers = max_workers
            self._initializer = (initializer, initargs)
            self._pending = collections.deque()
            self._calls = queue.SimpleQueue()
            self._sending = False
            self._workers = []
            self._shutdown = False
            world.pools.append(self)

        def submit(self, fn, /, *args, **kwargs):
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if world.exiting:
                raise RuntimeError("cannot schedule new futures after interpreter shutdown")
            future = concurrent.futures.Future()
            self._enqueue((future, fn, args, kwargs))
            # Those that are idle are so only until what is queued is sent.
            idle = len(self._calls.waiters) - max(len(self._pending) - 1, 0)
            if idle <= 0 and len(self._workers) < self._max_workers:
                worker = threading.Thread(target=self._work, name=f"ForkProcess-{len(self._workers) + 1}")
                worker.start()
                self._workers.append(worker)
            return future

        def _enqueue(self, item):
            self._pending.append(item)
            if not self._workers:
                self._send()
            elif not self._sending:
                self._sending = True
                world.at(world.recorder.now, self._send)

        def _send(self):
            """Put calls on their way, one more than there are workers; these count as running."""
            self._sending = False
            while self._pending and self._calls.qsize() <= self._max_workers:
                item = self._pending.popleft()
                if item is None or item[0].set_running_or_notify_cancel():
                    self._calls.put(item)

        def _work(self):
            # Few programs get here, and it takes long to load.
            import pickle

            world.current.process = True
            first = True
            while (item := self._calls.get()) is not None:
                self._send()
                world.sleep(START + CALL if first else CALL)
                future, function, args, kwargs = item
                try:
                    if first and self._initializer[0] is not None:
                        self._initializer[0](*self._initializer[1])
                    pickle.dumps((function, args, kwargs))
                    result = function(*args, **kwargs)
                    pickle.dumps(result)
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(result)
                first = False
                del item, future, function, args, kwargs
                result = None
            self._calls.put(None)

        def map(self, fn, *iterables, timeout=None, chunksize=1):
            if chunksize < 1:
                raise ValueError("chunksize must be >= 1.")
            chunks = itertools.batched(zip(*iterables), chunksize)
            results = super().map(functools.partial(chunk, fn), chunks, timeout=timeout)
            return itertools.chain.from_iterable(results)

        def shutdown(self, wait=True, *, cancel_futures=False):
            self._shutdown = True
            if cancel_futures:
                left = list(self._pending)
                self._pending.clear()
                for item in left:
                    if item is not None:
                        item[0].cancel()
            self._enqueue(None)
            if wait:
                for worker in self._workers:
                    worker.join()

    return ProcessPoolExecutor
