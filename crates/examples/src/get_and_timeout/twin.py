import asyncio
import time

WAY = "wait_for"
PUT_AT = 1.0
TIMEOUT = 1.15
HOLD_FROM = 0.92
HOLD = 0.4
PATIENCE = 1.0


async def put_later(queue):
    await asyncio.sleep(PUT_AT)
    queue.put_nowait("a letter")
    print("producer: put a letter")


async def hold_the_loop():
    await asyncio.sleep(HOLD_FROM)
    time.sleep(HOLD)
    print("holder: gives the loop back")


async def first_try(queue):
    if WAY == "wait_for":
        return await asyncio.wait_for(queue.get(), TIMEOUT)
    getter = asyncio.create_task(queue.get(), name="getter")
    done, pending = await asyncio.wait([getter], timeout=TIMEOUT)
    if not done:
        raise TimeoutError
    return getter.result()


async def main():
    queue = asyncio.Queue()
    producer = asyncio.create_task(put_later(queue), name="producer")
    holder = asyncio.create_task(hold_the_loop(), name="holder")
    try:
        letter = await first_try(queue)
        print(f"main: got {letter} at once")
    except TimeoutError:
        print(f"main: TimeoutError, {queue.qsize()} in the queue")
        try:
            letter = await asyncio.wait_for(queue.get(), PATIENCE)
            print(f"main: got {letter} at the second try")
        except TimeoutError:
            print("main: nothing came at the second try")
    await asyncio.wait([producer, holder])


asyncio.run(main())
