import asyncio

WORK = 2.0
TIMEOUT = 1.0
CLEANUPS = [0.0, 0.5, 1.2]
WHEN_CANCELLED = "raise"


async def report(name, cleanup):
    try:
        print(f"{name}: computing a report")
        await asyncio.sleep(WORK)
        return "the whole report"
    except asyncio.CancelledError:
        print(f"{name}: cancelled, closing files")
        await asyncio.sleep(cleanup)
        print(f"{name}: closed")
        if WHEN_CANCELLED == "raise":
            raise
        return "half a report"


async def client(name, cleanup):
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        result = await asyncio.wait_for(report(name, cleanup), TIMEOUT)
        print(f"{name}: {result} after {loop.time() - start:.2f} s")
    except TimeoutError as error:
        print(f"{name}: {error!r} after {loop.time() - start:.2f} s")


async def main():
    async with asyncio.TaskGroup() as group:
        for number, cleanup in enumerate(CLEANUPS):
            name = f"client-{number}"
            group.create_task(client(name, cleanup), name=name)


asyncio.run(main())
