import asyncio
import math
import random

RATE = 4.0
WORKERS = 2
SERVICE = 0.6
QUEUE_LIMIT = 16
SEED = 1

REQUESTS = 16


class Server:
    def __init__(self):
        self.workers = asyncio.Semaphore(WORKERS)
        self.waiting = 0
        self.latencies = []

    async def handle(self, number, seconds):
        if self.waiting >= QUEUE_LIMIT:
            print(f"request {number}: 503, too many are waiting")
            return
        loop = asyncio.get_running_loop()
        arrived = loop.time()
        self.waiting += 1
        async with self.workers:
            self.waiting -= 1
            await asyncio.sleep(seconds)
        latency = loop.time() - arrived
        self.latencies.append(latency)
        print(f"request {number}: 200 after {latency:.2f} s")


def percentile(latencies, share):
    return sorted(latencies)[math.ceil(share * len(latencies)) - 1]


async def main():
    rng = random.Random(SEED)
    server = Server()
    loop = asyncio.get_running_loop()
    begin = loop.time()
    async with asyncio.TaskGroup() as group:
        for number in range(REQUESTS):
            seconds = SERVICE * rng.uniform(0.5, 1.5)
            group.create_task(server.handle(number, seconds), name=f"request-{number}")
            await asyncio.sleep(rng.expovariate(RATE))
    served = len(server.latencies)
    throughput = served / (loop.time() - begin)
    print(f"{served} of {REQUESTS} served, {throughput:.2f} per second")
    p50, p95 = percentile(server.latencies, 0.5), percentile(server.latencies, 0.95)
    print(f"p50 {p50:.2f} s, p95 {p95:.2f} s")


asyncio.run(main())
