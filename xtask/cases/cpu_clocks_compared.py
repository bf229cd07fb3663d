"""A clock of CPU work that is compared only once says what was done, and does nothing; a loop that waits for it works."""

import asyncio
import time


async def main():
    loop = asyncio.get_running_loop()
    began, start = time.process_time(), loop.time()
    await asyncio.sleep(0.1)
    if time.process_time() - began > 20:
        print("much work")
    print(time.process_time() - began < 30, min(time.thread_time(), 40) < 20, loop.time() - start < 20)
    end = time.thread_time() + 0.2
    while time.thread_time() < end:
        pass
    print(loop.time() - start >= 0.3)
    began = time.process_time()
    while time.process_time() - began <= 0.1:
        pass
    print(loop.time() - start >= 0.4)


asyncio.run(main())
