import asyncio

DELAYS = [1.8, 0.7, 2.6, 1.2]
HANDLING = 0.2
TIMEOUT = 4.0
LOOP = "async_for"


async def measure(station, delay):
    print(f"station {station}: measuring")
    await asyncio.sleep(delay)
    return f"measured in {delay:.1f} s"


async def main():
    tasks = [
        asyncio.create_task(measure(station, delay), name=f"station-{station}")
        for station, delay in enumerate(DELAYS)
    ]
    try:
        if LOOP == "async_for":
            async for task in asyncio.as_completed(tasks, timeout=TIMEOUT):
                print(f"{task.get_name()}: {await task}")
                await asyncio.sleep(HANDLING)
        else:
            for coroutine in asyncio.as_completed(tasks, timeout=TIMEOUT):
                print(f"one of the stations: {await coroutine}")
                await asyncio.sleep(HANDLING)
    except TimeoutError:
        late = [task for task in tasks if not task.done()]
        names = ", ".join(task.get_name() for task in late)
        print(f"time is up, still running: {names or 'none'}")
        await asyncio.gather(*late)
        print("the late ones were not cancelled")


asyncio.run(main())
