import asyncio
import time

WAY = "wait_for"
WORK = 1.0
TIMEOUT = 1.25
HOLD_FROM = 0.92
HOLD = 0.5


async def fetch():
    try:
        await asyncio.sleep(WORK)
        print("fetch: the answer is here")
        return "an answer"
    except asyncio.CancelledError:
        print("fetch: cancelled")
        raise


async def hold_the_loop():
    await asyncio.sleep(HOLD_FROM)
    time.sleep(HOLD)
    print("holder: gives the loop back")


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    holder = asyncio.create_task(hold_the_loop(), name="holder")
    task = asyncio.create_task(fetch(), name="fetch")
    answer = None
    try:
        match WAY:
            case "wait_for":
                answer = await asyncio.wait_for(task, TIMEOUT)
            case "timeout":
                async with asyncio.timeout(TIMEOUT):
                    answer = await task
            case "wait":
                done, pending = await asyncio.wait([task], timeout=TIMEOUT)
                if task in done:
                    answer = task.result()
    except TimeoutError:
        print("main: TimeoutError")
    print(f"main: {answer} after {loop.time() - start:.2f} s")
    await holder


asyncio.run(main())
