import asyncio
import contextlib

JOBS = 14
CAPACITY = 4
SLOWDOWN = 0.5
BOUNDED = False
LIMIT = 4


class Service:
    def __init__(self):
        self.in_flight = self.peak = 0

    async def request(self, job):
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        overload = max(0, self.in_flight - CAPACITY)
        try:
            await asyncio.sleep(0.5 * (1 + SLOWDOWN * overload))
        finally:
            self.in_flight -= 1
        print(f"job {job}: answered")


async def main():
    loop = asyncio.get_running_loop()
    service = Service()
    limit = asyncio.Semaphore(LIMIT) if BOUNDED else contextlib.nullcontext()
    slowest = 0.0

    async def run(job):
        nonlocal slowest
        async with limit:
            start = loop.time()
            await service.request(job)
            slowest = max(slowest, loop.time() - start)

    start = loop.time()
    tasks = [asyncio.create_task(run(job), name=f"job-{job}") for job in range(JOBS)]
    await asyncio.gather(*tasks)
    print(f"all answered after {loop.time() - start:.2f} s")
    print(f"slowest answer {slowest:.2f} s, at most {service.peak} in flight")


asyncio.run(main())
