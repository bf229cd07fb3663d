import asyncio

DELAY = 1.0
FAILING = False


async def fetch():
    print("fetch: runs")
    await asyncio.sleep(DELAY)
    if FAILING:
        raise ConnectionError("no page")
    return "a page"


async def ask(awaitable, how):
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        result = await awaitable
        print(f"{how}: {result} after {loop.time() - start:.2f} s")
    except Exception as error:
        print(f"{how}: {error!r} after {loop.time() - start:.2f} s")


async def main():
    task = asyncio.create_task(fetch(), name="fetch")
    await ask(task, "a task")
    await ask(task, "the same task again")
    await ask(asyncio.shield(task), "a shield around it")
    coroutine = fetch()
    await ask(coroutine, "a coroutine")
    await ask(coroutine, "the same coroutine again")
    print(f"ensure_future gives back the task itself: {asyncio.ensure_future(task) is task}")
    slept = await asyncio.sleep(DELAY, "well rested")
    print(f"sleep with a result: {slept}")


asyncio.run(main())
