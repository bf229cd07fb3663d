import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

JOBS = [0.9, 0.5, 1.2, 0.4, 0.7]
WORKERS = 2
TIMEOUT = 5.0


def query(number, seconds):
    thread = threading.current_thread().name
    print(f"{thread}: query {number} begins")
    time.sleep(seconds)
    print(f"{thread}: query {number} ends")
    return number * 10


async def client(number, seconds, pool):
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(TIMEOUT):
            rows = await loop.run_in_executor(pool, query, number, seconds)
            print(f"client {number}: {rows} rows")
    except TimeoutError:
        print(f"client {number}: gave up")


async def main():
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        async with asyncio.TaskGroup() as group:
            for number, seconds in enumerate(JOBS):
                group.create_task(client(number, seconds, pool), name=f"client-{number}")
        print("main: no client waits any more")
    print("main: the pool is shut down")


asyncio.run(main())
