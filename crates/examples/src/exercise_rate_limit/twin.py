import asyncio

STRATEGY = "semaphore"
PERMITS = 3
RATE = 3.0

REQUESTS = 10


class TokenBucket:
    def __init__(self, tokens, rate):
        self.loop = asyncio.get_running_loop()
        self.capacity = self.tokens = tokens
        self.rate = rate
        self.updated = self.loop.time()

    async def take(self):
        now = self.loop.time()
        refilled = self.tokens + (now - self.updated) * self.rate
        self.tokens = min(self.capacity, refilled) - 1
        self.updated = now
        if self.tokens < 0:
            await asyncio.sleep(-self.tokens / self.rate)


async def request(number):
    print(f"request {number}: begins")
    await asyncio.sleep(0.2)
    print(f"request {number}: answered")


async def client(number, semaphore, bucket):
    loop = asyncio.get_running_loop()
    match STRATEGY:
        case "semaphore":
            async with semaphore:
                await request(number)
        case "hold-a-second":
            async with semaphore:
                began = loop.time()
                await request(number)
                await asyncio.sleep(began + 1 - loop.time())
        case "paced":
            await asyncio.sleep(number / RATE)
            await request(number)
        case "token-bucket":
            await bucket.take()
            await request(number)


async def main():
    semaphore = asyncio.Semaphore(PERMITS)
    bucket = TokenBucket(PERMITS, RATE)
    async with asyncio.TaskGroup() as group:
        for number in range(REQUESTS):
            coroutine = client(number, semaphore, bucket)
            group.create_task(coroutine, name=f"client-{number}")
    print(f"{REQUESTS} requests served")


asyncio.run(main())
