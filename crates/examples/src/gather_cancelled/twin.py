import asyncio

CANCEL = "child"
RETURN_EXCEPTIONS = True
CANCEL_AT = 0.75
DELAYS = [0.5, 1.0, 1.5]


async def fetch(name, delay):
    try:
        await asyncio.sleep(delay)
        print(f"{name}: done")
        return name
    except asyncio.CancelledError:
        print(f"{name}: cancelled")
        raise


async def collect(tasks):
    try:
        results = await asyncio.gather(*tasks, return_exceptions=RETURN_EXCEPTIONS)
        print(f"collect: {', '.join(repr(result) for result in results)}")
    except asyncio.CancelledError:
        print(f"collect: CancelledError, cancelling() is {asyncio.current_task().cancelling()}")
        raise


async def main():
    tasks = [
        asyncio.create_task(fetch(f"fetch-{number}", delay), name=f"fetch-{number}")
        for number, delay in enumerate(DELAYS)
    ]
    collecting = asyncio.create_task(collect(tasks), name="collect")
    await asyncio.sleep(CANCEL_AT)
    if CANCEL == "child":
        tasks[-1].cancel()
        print("main: cancelled the last fetch")
    elif CANCEL == "collector":
        collecting.cancel()
        print("main: cancelled the collector")
    await asyncio.wait(tasks)
    await asyncio.wait([collecting])
    print(f"main: the collector was cancelled: {collecting.cancelled()}")


asyncio.run(main())
