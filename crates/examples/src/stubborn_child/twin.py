import asyncio

SWALLOWS = 1
WORK = 2.05
FAIL_AT = 0.5
LIMIT = 4.02


async def stubborn():
    swallowed = 0
    while True:
        try:
            await asyncio.sleep(WORK)
            print("stubborn: has done its work")
            return
        except asyncio.CancelledError:
            if swallowed == SWALLOWS:
                raise
            swallowed += 1
            print("stubborn: cancelled, begins anew")


async def fail():
    await asyncio.sleep(FAIL_AT)
    raise ValueError("no")


async def polite():
    try:
        await asyncio.sleep(WORK)
    finally:
        print("polite: ends")


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        async with asyncio.timeout(LIMIT):
            async with asyncio.TaskGroup() as group:
                group.create_task(stubborn(), name="stubborn")
                group.create_task(polite(), name="polite")
                group.create_task(fail(), name="fail")
    except* ValueError:
        print("main: the group raised ValueError")
    except* TimeoutError:
        print("main: the time limit came first")
    print(f"main: the group took {loop.time() - start:.2f} s")


asyncio.run(main())
