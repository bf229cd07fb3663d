import asyncio

WAY = "naive"
WORK = 3.05
CLEANUP = 1.0
STOP_AT = 0.5
CANCEL_AT = 1.02


async def worker():
    try:
        await asyncio.sleep(WORK)
    finally:
        print("worker: cleans up")
        await asyncio.sleep(CLEANUP)
        print("worker: is clean")


async def stop(task):
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        if WAY == "careful" and asyncio.current_task().cancelling():
            print("stopper: that cancellation was mine")
            raise
        print("stopper: takes it for the worker's")


async def stopper(task):
    await asyncio.sleep(STOP_AT)
    await stop(task)
    print("stopper: goes on")
    await asyncio.sleep(1.0)
    print("stopper: ends as if nothing had been")


async def main():
    task = asyncio.create_task(worker(), name="worker")
    stopping = asyncio.create_task(stopper(task), name="stopper")
    await asyncio.sleep(CANCEL_AT)
    print(f"main: cancels the stopper: {stopping.cancel()}")
    await asyncio.wait([task, stopping])
    print(f"main: the stopper was cancelled: {stopping.cancelled()}")


asyncio.run(main())
