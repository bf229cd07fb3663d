import asyncio

WORKERS = 6
PERMITS = 2
HOLD = 0.6
EXTRA = 0.1


async def worker(number, semaphore):
    loop = asyncio.get_running_loop()
    start = loop.time()
    async with semaphore:
        print(f"worker {number}: got a permit after {loop.time() - start:.2f} s")
        await asyncio.sleep(HOLD + EXTRA * number)
        print(f"worker {number}: gives it back")


async def main():
    semaphore = asyncio.Semaphore(PERMITS)
    tasks = [
        asyncio.create_task(worker(number, semaphore), name=f"worker-{number}")
        for number in range(WORKERS)
    ]
    await asyncio.gather(*tasks)
    print(f"{WORKERS} workers done with {PERMITS} permits")


asyncio.run(main())
