import asyncio

WORK = 2.05
TIMEOUT = 1.0
CLEANUP = 1.5
SWALLOW = False


async def update(lock):
    async with lock:
        print("update: has the lock")
        try:
            await asyncio.sleep(WORK)
            print("update: done")
        except asyncio.CancelledError:
            print("update: cancelled, rolls back")
            await asyncio.sleep(CLEANUP)
            print("update: rolled back")
            if not SWALLOW:
                raise
    return "an update"


async def reader(lock):
    await asyncio.sleep(0.25)
    async with lock:
        print("reader: has the lock")


async def main():
    lock = asyncio.Lock()
    reading = asyncio.create_task(reader(lock), name="reader")
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        result = await asyncio.wait_for(update(lock), TIMEOUT)
        print(f"main: {result} after {loop.time() - start:.2f} s")
    except TimeoutError:
        print(f"main: TimeoutError after {loop.time() - start:.2f} s")
    print(f"main: the lock is held: {lock.locked()}")
    await reading


asyncio.run(main())
