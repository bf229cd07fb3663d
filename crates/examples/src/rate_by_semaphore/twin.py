import asyncio

METHOD = "semaphore"
RATE = 4.0
LIMIT = 3
LATENCY = 0.2
REQUESTS = 12


async def request(name):
    print(f"{name}: sent")
    await asyncio.sleep(LATENCY)


async def request_and_pause(name, semaphore):
    async with semaphore:
        await request(name)
        await asyncio.sleep(1 / RATE)


async def by_semaphore(names):
    loop = asyncio.get_running_loop()
    started = loop.time()
    semaphore = asyncio.Semaphore(LIMIT)
    async with asyncio.TaskGroup() as group:
        for name in names:
            group.create_task(request_and_pause(name, semaphore), name=name)
    return loop.time() - started


async def by_pacing(names):
    loop = asyncio.get_running_loop()
    started = loop.time()
    async with asyncio.TaskGroup() as group:
        for number, name in enumerate(names, start=1):
            group.create_task(request(name), name=name)
            await asyncio.sleep(started + number / RATE - loop.time())
        return loop.time() - started


async def main():
    names = [f"request-{number}" for number in range(1, REQUESTS + 1)]
    if METHOD == "semaphore":
        elapsed = await by_semaphore(names)
    else:
        elapsed = await by_pacing(names)
    print(f"wanted {RATE:.2f} per second, got {REQUESTS / elapsed:.2f}")


asyncio.run(main())
