"""What a task says of its coroutine, and where that stands."""

import asyncio
import collections.abc
import inspect
import types


async def work(n, *rest, word="w"):
    await asyncio.sleep(n)


async def main():
    task = asyncio.create_task(work(1, 2))
    coroutine = task.get_coro()
    print(inspect.getcoroutinestate(coroutine), coroutine.__qualname__, repr(coroutine).split(" at ")[0])
    await asyncio.sleep(0)
    print(inspect.getcoroutinestate(coroutine), coroutine.cr_frame.f_lineno, inspect.getcoroutinelocals(coroutine))
    kinds = types.CoroutineType, collections.abc.Coroutine, collections.abc.Awaitable, types.GeneratorType
    print([isinstance(coroutine, kind) for kind in kinds], inspect.iscoroutine(coroutine), asyncio.iscoroutine(coroutine))
    print(type(coroutine), coroutine.__class__, inspect.isawaitable(coroutine), coroutine.cr_await is not None, coroutine.cr_code.co_name)
    print([frame.f_code.co_name for frame in task.get_stack()])
    task.cancel()
    await asyncio.wait([task])
    print(inspect.getcoroutinestate(coroutine), coroutine.cr_frame)


asyncio.run(main())
