import asyncio
import threading

CALL = "call_soon_threadsafe"
TOGETHER = False
DELAYS = [0.9, 0.5, 0.7]
BEAT = 0.8


async def fetch(number, delay):
    asyncio.current_task().set_name(f"fetch-{number}")
    print(f"loop: fetches page {number}")
    await asyncio.sleep(delay)
    return f"page {number}"


def client(loop, finished):
    futures = []
    for number, delay in enumerate(DELAYS):
        future = asyncio.run_coroutine_threadsafe(fetch(number, delay), loop)
        if not TOGETHER:
            future.result()
        futures.append(future)
    for future in futures:
        print(f"thread: has {future.result()}")
    if CALL == "call_soon_threadsafe":
        loop.call_soon_threadsafe(finished.set)
    else:
        loop.call_soon(finished.set)


async def heartbeat():
    while True:
        await asyncio.sleep(BEAT)
        print("heartbeat")


async def main():
    beat = asyncio.create_task(heartbeat(), name="heartbeat")
    finished = asyncio.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(target=client, args=(loop, finished)).start()
    await finished.wait()
    print("main: the thread has finished")
    beat.cancel()


asyncio.run(main())
