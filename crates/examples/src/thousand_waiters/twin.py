import asyncio
import threading
import time

WAY = "tasks"
WAITS = 40
WAIT = 1.0


def wait_in_thread():
    time.sleep(WAIT)


async def wait():
    await asyncio.sleep(WAIT)


async def hand_over():
    await asyncio.to_thread(wait_in_thread)


async def main():
    await asyncio.gather(*(wait() if WAY == "tasks" else hand_over() for _ in range(WAITS)))


def run_threads():
    threads = [threading.Thread(target=wait_in_thread) for _ in range(WAITS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


start = time.monotonic()
if WAY == "threads":
    run_threads()
else:
    asyncio.run(main())
print(f"{WAITS} waits by {WAY}: {time.monotonic() - start:.2f} s")
