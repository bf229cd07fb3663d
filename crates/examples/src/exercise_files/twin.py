import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

READ = "in-loop"
WORKERS = 2
ADD_UP = "in-thread"

FILES = {
    "notes": (0.49, 310),
    "diary": (0.5, 120),
    "draft": (0.91, 540),
    "poems": (0.31, 75),
    "essay": (0.69, 260),
    "index": (0.3, 45),
    "novel": (1.0, 900),
    "memo": (0.4, 30),
}
total = 0


def read_and_count(name):
    global total
    seconds, words = FILES[name]
    time.sleep(seconds)
    if ADD_UP == "in-thread":
        before = total
        time.sleep(0.05)
        total = before + words
    return words


async def count(name, pool):
    match READ:
        case "in-loop":
            words = read_and_count(name)
        case "to_thread":
            words = await asyncio.to_thread(read_and_count, name)
        case "executor":
            loop = asyncio.get_running_loop()
            words = await loop.run_in_executor(pool, read_and_count, name)
    print(f"{name}: {words} words")
    return words


async def add_file(name, pool):
    global total
    match ADD_UP:
        case "in-thread":
            await count(name, pool)
        case "in-one-line":
            total += await count(name, pool)
        case "after-await":
            words = await count(name, pool)
            total += words


async def heartbeat():
    while True:
        await asyncio.sleep(0.1)


async def main():
    beating = asyncio.create_task(heartbeat(), name="heartbeat")
    with ThreadPoolExecutor(WORKERS) as pool:
        async with asyncio.TaskGroup() as group:
            for name in FILES:
                group.create_task(add_file(name, pool), name=name)
    print(f"total: {total} words")
    beating.cancel()


asyncio.run(main())
