import asyncio

WORK = 3.0
TIMEOUT = 1.0
CLEANUP = 0.5
WAY = "wait_for"


async def operation():
    try:
        print("operation: begins")
        await asyncio.sleep(WORK)
        return "the result"
    except asyncio.CancelledError:
        print("operation: cancelled, rolls back")
        await asyncio.sleep(CLEANUP)
        print("operation: rolled back")
        raise


async def wait_for_then_cancel(task):
    try:
        return await asyncio.wait_for(task, TIMEOUT)
    except TimeoutError:
        print(f"main: TimeoutError, the task is done: {task.done()}")
        print(f"main: cancel() has something to cancel: {task.cancel()}")
        try:
            await task
        except asyncio.CancelledError:
            print("main: it was cancelled before")
        return "nothing"


async def wait_then_cancel(task):
    await asyncio.wait([task], timeout=TIMEOUT)
    if not task.done():
        print("main: time is up, the task is still running")
        print(f"main: cancel() has something to cancel: {task.cancel()}")
        await asyncio.wait([task])
    return "nothing" if task.cancelled() else task.result()


async def inside_timeout(task):
    try:
        async with asyncio.timeout(TIMEOUT):
            return await task
    except TimeoutError:
        print(f"main: TimeoutError, the task is done: {task.done()}")
        return "nothing"


async def main():
    task = asyncio.create_task(operation(), name="operation")
    if WAY == "wait_for":
        result = await wait_for_then_cancel(task)
    elif WAY == "wait":
        result = await wait_then_cancel(task)
    else:
        result = await inside_timeout(task)
    print(f"main: has {result}")


asyncio.run(main())
